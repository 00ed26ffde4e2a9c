package thread_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
)

func build(cs ...thread.Comment) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for _, c := range cs {
		b.Add(c)
	}
	return b.Build()
}

// outline writes the tree in reading order, "a(b(c) d)".
func outline(t *thread.Thread) string {
	var s strings.Builder
	depth := 0
	for i := range t.All() {
		switch d := t.Depth(i); {
		case i == 0:
		case d > depth:
			s.WriteString("(")
		default:
			s.WriteString(strings.Repeat(")", depth-d) + " ")
		}
		depth = t.Depth(i)
		s.WriteString(t.ID(i))
	}
	s.WriteString(strings.Repeat(")", depth))
	return s.String()
}

func document(t *thread.Thread) string {
	var ids []string
	for i := range t.Document() {
		ids = append(ids, t.ID(i))
	}
	return strings.Join(ids, " ")
}

func codes(t *thread.Thread) string {
	var s []string
	for _, d := range t.Diagnostics() {
		s = append(s, fmt.Sprintf("%s %s %s", d.Severity, d.Code, d.Comment))
	}
	return strings.Join(s, ", ")
}

func TestBuild(t *testing.T) {
	c := func(id, parent string) thread.Comment { return thread.Comment{ID: id, Parent: parent} }
	for _, test := range []struct {
		name              string
		in                []thread.Comment
		tree, doc, issues string
	}{
		{"nothing", nil, "", "", ""},
		{"one", []thread.Comment{c("a", "")}, "a", "a", ""},
		{"chain", []thread.Comment{c("a", ""), c("b", "a"), c("c", "b")}, "a(b(c))", "a b c", ""},
		{"star", []thread.Comment{c("a", ""), c("b", "a"), c("c", "a")}, "a(b c)", "a b c", ""},
		{"flat list of replies", []thread.Comment{c("a", ""), c("b", ""), c("c", "a"), c("d", "b"), c("e", "a")}, "a(c e) b(d)", "a b c d e", ""},
		{"child first", []thread.Comment{c("b", "a"), c("c", "b"), c("a", "")}, "a(b(c))", "b c a", ""},
		{"missing parent", []thread.Comment{c("a", ""), c("c", "x"), c("d", "x")}, "a x(c d)", "a x c d", "repaired missing-parent c"},
		{"two missing parents", []thread.Comment{c("a", "y"), c("b", "x"), c("c", "y")}, "y(a c) x(b)", "y a x b c", "repaired missing-parent a, repaired missing-parent b"},
		{"own parent", []thread.Comment{c("a", ""), c("b", "b"), c("c", "b")}, "a b(c)", "a b c", "repaired self-parent b"},
		{"circle of two", []thread.Comment{c("a", "b"), c("b", "a")}, "a(b)", "a b", "repaired cycle a"},
		{"circle of three with a tail", []thread.Comment{c("t", "c"), c("b", "a"), c("c", "b"), c("a", "c")}, "b(c(t a))", "t b c a", "repaired cycle b"},
		{"two circles", []thread.Comment{c("a", "b"), c("b", "a"), c("c", "d"), c("d", "c")}, "a(b) c(d)", "a b c d", "repaired cycle a, repaired cycle c"},
		{"no IDs", []thread.Comment{c("", ""), c("", ""), c("#5", ""), c("", "#1"), c("", "")}, "#1(#4) #2 #5 #5~2", "#1 #2 #5 #4 #5~2",
			"repaired missing-id #1, repaired missing-id #2, repaired missing-id #4, repaired missing-id #5~2"},
		{"same ID, other text", []thread.Comment{{ID: "a", Text: "x"}, {ID: "a", Text: "y"}, {ID: "a", Text: "z"}, c("b", "a")}, "a(b) a~2 a~3", "a a~2 a~3 b",
			"repaired duplicate-id a~2, repaired duplicate-id a~3"},
		{"same ID, other author", []thread.Comment{{ID: "a", Author: "x"}, {ID: "a", Author: "y"}}, "a a~2", "a a~2", "repaired duplicate-id a~2"},
		{"same ID and name, other key", []thread.Comment{{ID: "a", Author: "x", AuthorKey: "1"}, {ID: "a", Author: "x"}}, "a a~2", "a a~2", "repaired duplicate-id a~2"},
		{"same comment twice", []thread.Comment{{ID: "a", Author: "x", Text: "y"}, {ID: "a", Author: "x", Text: "y"}}, "a", "a", "quarantined duplicate-id a"},
		{"broken UTF-8 in IDs", []thread.Comment{c("a\xff", ""), c("b", "a\xff")}, "a\uFFFD(b)", "a\uFFFD b", ""},
		{"NUL in a name", []thread.Comment{{ID: "a", Author: "A\x00B"}}, "a", "a", "repaired invalid-text a"},
		{"white space around IDs", []thread.Comment{c(" a\n", ""), c("b", "a")}, "a(b)", "a b", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			th := build(test.in...)
			checkThread(t, th)
			if got := outline(th); got != test.tree {
				t.Errorf("tree = %s, want %s", got, test.tree)
			}
			if got := document(th); got != test.doc {
				t.Errorf("document order = %s, want %s", got, test.doc)
			}
			if got := codes(th); got != test.issues {
				t.Errorf("diagnostics = %s, want %s", got, test.issues)
			}
			if got, want := th.Len()-th.Ghosts()+len(th.Quarantined()), len(test.in); got != want {
				t.Errorf("placed + quarantined = %d, want the %d comments added", got, want)
			}
		})
	}
}

func TestZeroThread(t *testing.T) {
	var th thread.Thread
	for range th.All() {
		t.Error("the zero Thread has a comment")
	}
	for range th.Roots() {
		t.Error("the zero Thread has a root")
	}
	if _, ok := th.Find(""); ok || th.Len() != 0 || th.Authors() != 0 {
		t.Error("the zero Thread is not empty")
	}
}

func TestClean(t *testing.T) {
	th := build(thread.Comment{ID: "1", Author: "Zoë \t\u00a0Q\n", Text: "one\r\ntwo\rthree\x00\x1b[31m\xfffour\tfive\u0085"})
	if got, want := th.Text(0), "one\ntwo\nthree[31m\uFFFDfour\tfive"; got != want {
		t.Errorf("Text = %q, want %q", got, want)
	}
	if got, want := th.AuthorName(0), "Zoë Q"; got != want {
		t.Errorf("AuthorName = %q, want %q", got, want)
	}
	b := thread.NewBuilder(thread.Meta{Title: "a\x00\nb", Article: "a\x00\nb"})
	b.Report(thread.Diagnostic{Code: "odd", Message: "a\xff\nb"})
	th = b.Build()
	if m := th.Meta(); m.Title != "a b" || m.Article != "a\nb" {
		t.Errorf("Title, Article = %q, %q, want %q, %q", m.Title, m.Article, "a b", "a\nb")
	}
	if got, want := th.Diagnostics()[0].Message, "a\uFFFD b"; got != want {
		t.Errorf("Message = %q, want %q", got, want)
	}
}

func TestCertainty(t *testing.T) {
	for _, c := range []struct{ given, want float32 }{{0.5, 0.5}, {1, 1}, {0, 0}, {-1, 0}, {1.5, 0}, {float32(math.NaN()), 0}} {
		th := build(thread.Comment{ID: "1"}, thread.Comment{ID: "2", Parent: "1", Basis: thread.Mentioned, Certainty: c.given})
		if got := th.Certainty(1); got != float64(c.want) {
			t.Errorf("Certainty of %v = %v, want %v", c.given, got, c.want)
		}
	}
	th := build(thread.Comment{ID: "1", Certainty: 0.5})
	if got := th.Certainty(0); got != 0 {
		t.Errorf("Certainty at top level = %v, want 0", got)
	}
}

func TestAuthors(t *testing.T) {
	th := build(
		thread.Comment{ID: "1", Author: "Ann"},
		thread.Comment{ID: "2"}, // nobody knows who
		thread.Comment{ID: "3", Author: "Ann"},
		thread.Comment{ID: "4", Author: "Ann", AuthorKey: "17"}, // another Ann
		thread.Comment{ID: "5"},
		thread.Comment{ID: "6", AuthorKey: "Ann"}, // a key is no name
		thread.Comment{ID: "7", Author: "Anna", AuthorKey: "17"},
		thread.Comment{ID: "8", Author: "Bo", AuthorKey: "Ann"}, // the name comes later
	)
	var got []thread.AuthorID
	for i := range th.All() {
		got = append(got, th.Author(i))
	}
	if want := []thread.AuthorID{0, 1, 0, 2, 3, 4, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("authors = %v, want %v", got, want)
	}
	var names []string
	for a := range th.Authors() {
		names = append(names, th.AuthorName(thread.AuthorID(a)))
	}
	if diff := cmp.Diff([]string{"Ann", "", "Ann", "", "Bo"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if a, ok := th.FindAuthor("Bo"); a != 4 || !ok {
		t.Errorf("FindAuthor(Bo) = %d, %v, want 4, true", a, ok)
	}
	if _, ok := th.FindAuthor(""); ok {
		t.Error("FindAuthor finds the unknown")
	}
}

func TestChildBeforeParent(t *testing.T) {
	utc := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	at := func(s string, p thread.Precision) thread.Stamp { return thread.At(utc(s), p) }
	local := func(s string, p thread.Precision) thread.Stamp { return thread.Local(utc(s), p) }
	for _, c := range []struct {
		name          string
		parent, child thread.Stamp
		want          bool
	}{
		{"later", at("2021-05-05T10:00:00Z", thread.Second), at("2021-05-05T10:00:01Z", thread.Second), false},
		{"earlier", at("2021-05-05T10:00:01Z", thread.Second), at("2021-05-05T10:00:00Z", thread.Second), true},
		{"equal", at("2021-05-05T10:00:00Z", thread.Second), at("2021-05-05T10:00:00Z", thread.Second), false},
		{"equal in another zone", at("2021-05-05T10:00:00Z", thread.Second), at("2021-05-05T11:00:00+02:00", thread.Second), true},
		{"within the minute", at("2021-05-05T10:00:30Z", thread.Second), at("2021-05-05T10:00:00Z", thread.Minute), false},
		{"a minute before", at("2021-05-05T10:01:30Z", thread.Second), at("2021-05-05T10:00:00Z", thread.Minute), true},
		{"the same day", local("2021-05-05T10:00:00Z", thread.Minute), local("2021-05-05T00:00:00Z", thread.Day), false},
		{"the day before", local("2021-05-05T10:00:00Z", thread.Minute), local("2021-05-04T00:00:00Z", thread.Day), true},
		{"the same month", local("2021-05-05T10:00:00Z", thread.Day), local("2021-05-01T00:00:00Z", thread.Month), false},
		{"the year before", local("2021-01-01T00:00:00Z", thread.Day), local("2020-01-01T00:00:00Z", thread.Year), true},
		{"one zone unknown", at("2021-05-05T10:00:00Z", thread.Minute), local("2021-05-05T09:00:00Z", thread.Minute), false},
		{"before 1970", local("1969-05-05T10:00:00Z", thread.Day), local("1969-05-04T10:00:00Z", thread.Day), true},
		{"no time", thread.Stamp{}, at("2021-05-05T10:00:00Z", thread.Second), false},
	} {
		th := build(thread.Comment{ID: "p", Time: c.parent}, thread.Comment{ID: "c", Parent: "p", Time: c.child})
		if got := codes(th) == "note child-before-parent c"; got != c.want {
			t.Errorf("%s: diagnostics = %q, child before parent: want %v", c.name, codes(th), c.want)
		}
	}
}

func TestDeclaredCount(t *testing.T) {
	for declared, want := range map[int]string{2: "", 3: "note count-mismatch ", 4: "note count-mismatch "} {
		b := thread.NewBuilder(thread.Meta{Declared: declared, HasDeclared: true})
		b.Add(thread.Comment{ID: "1"})
		b.Add(thread.Comment{ID: "2", Kind: thread.Pingback}) // counted, as blogs do
		b.Add(thread.Comment{ID: "3", Kind: thread.System})
		b.Add(thread.Comment{ID: "4", State: thread.Missing})
		if got := codes(b.Build()); got != want {
			t.Errorf("declared %d of 2: diagnostics = %q, want %q", declared, got, want)
		}
	}
}

// checkThread asserts what holds of every Thread, each from its definition.
func checkThread(t *testing.T, th *thread.Thread) {
	t.Helper()
	n := thread.Index(th.Len())
	ids := map[string]bool{}
	ghosts, roots, replies := 0, 0, 0
	size := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		size[i]++
		if p := th.Parent(i); p != thread.NoIndex {
			size[p] += size[i]
		}
	}
	for i := range th.All() {
		p := th.Parent(i)
		if p >= i || p < thread.NoIndex {
			t.Fatalf("Parent(%d) = %d, not before it", i, p)
		}
		if got := int(th.End(i) - i); got != size[i] {
			t.Errorf("End(%d)-%d = %d, want the subtree's size %d", i, i, got, size[i])
		}
		if p != thread.NoIndex && th.End(i) > th.End(p) {
			t.Errorf("End(%d) = %d is beyond End of the parent, %d", i, th.End(i), th.End(p))
		}
		above := 0
		for a := range th.Ancestors(i) {
			above++
			if a >= i || th.End(a) <= i {
				t.Errorf("%d is an ancestor of %d but does not hold it", a, i)
			}
		}
		if got := th.Depth(i); got != above {
			t.Errorf("Depth(%d) = %d, want %d ancestors", i, got, above)
		}
		below := 0
		for range th.Below(i) {
			below++
		}
		if below != size[i]-1 {
			t.Errorf("Below(%d) yields %d, want %d", i, below, size[i]-1)
		}
		for r := range th.Replies(i) {
			replies++
			if th.Parent(r) != i {
				t.Errorf("Replies(%d) yields %d, whose parent is %d", i, r, th.Parent(r))
			}
		}
		id := th.ID(i)
		if id == "" || ids[id] {
			t.Errorf("ID(%d) = %q, empty or used twice", i, id)
		}
		ids[id] = true
		if f, ok := th.Find(id); n < 50 && (!ok || f != i) {
			t.Errorf("Find(%q) = %d, %v, want %d", id, f, ok, i)
		}
		if th.State(i) == thread.Missing {
			ghosts++
		}
		if p == thread.NoIndex && th.Basis(i) != thread.NoBasis {
			t.Errorf("Basis(%d) = %v at top level", i, th.Basis(i))
		}
		for _, s := range []string{id, th.AuthorName(th.Author(i)), th.AuthorKey(th.Author(i)), th.Text(i)} {
			if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
				t.Errorf("comment %d holds %q", i, s)
			}
		}
	}
	for r := range th.Roots() {
		roots++
		if th.Parent(r) != thread.NoIndex || th.Depth(r) != 0 {
			t.Errorf("Roots yields %d, whose parent is %d", r, th.Parent(r))
		}
	}
	if roots+replies != int(n) {
		t.Errorf("%d roots + %d replies, want %d", roots, replies, n)
	}
	if ghosts != th.Ghosts() {
		t.Errorf("Ghosts = %d, want %d", th.Ghosts(), ghosts)
	}
	place := make([]int, n) // in the document
	k, authors := 0, thread.AuthorID(0)
	for i := range th.Document() {
		if k++; place[i] != 0 {
			t.Errorf("Document yields %d twice", i)
		}
		place[i] = k
		switch a := th.Author(i); {
		case a == authors:
			authors++
		case a > authors || a < 0:
			t.Errorf("Author(%d) = %d, want at most %d: authors are numbered by first appearance", i, a, authors)
		case th.AuthorName(a) == "" && th.AuthorKey(a) == "":
			t.Errorf("two comments share the unknown author %d", a)
		}
	}
	if k != int(n) || int(authors) != th.Authors() {
		t.Errorf("Document yields %d comments of %d authors, want %d of %d", k, authors, n, th.Authors())
	}
	siblings := func(name string, list func(func(thread.Index) bool)) {
		last := 0
		for c := range list {
			if place[c] < last {
				t.Errorf("%s are not in document order: %d", name, c)
			}
			last = place[c]
		}
	}
	siblings("roots", th.Roots())
	for i := range th.All() {
		siblings("replies", th.Replies(i))
	}
}

// node and slowTree are the definition of the tree, with pointers and
// recursion: what Builder must agree with.
type node struct {
	id      string
	parent  *node
	replies []*node
}

func slowTree(parents []string) string {
	nodes := map[string]*node{}
	var arrived []*node
	for i := range parents {
		n := &node{id: strconv.Itoa(i)}
		nodes[n.id] = n
		arrived = append(arrived, n)
	}
	var doc []*node
	for i, p := range parents {
		if p != "" && nodes[p] == nil {
			nodes[p] = &node{id: p}
			doc = append(doc, nodes[p])
		}
		doc = append(doc, arrived[i])
		if p != strconv.Itoa(i) {
			arrived[i].parent = nodes[p]
		}
	}
	// A cycle is cut at its earliest comment: the first, in order of arrival,
	// that can be reached from itself.
	for _, n := range arrived {
		for a, steps := n.parent, 0; a != nil && steps <= len(arrived); a, steps = a.parent, steps+1 {
			if a == n {
				n.parent = nil
				break
			}
		}
	}
	root := &node{}
	for _, n := range doc {
		p := n.parent
		if p == nil {
			p = root
		}
		p.replies = append(p.replies, n)
	}
	var write func(n *node) string
	write = func(n *node) string {
		var s []string
		for _, r := range n.replies {
			s = append(s, write(r))
		}
		if len(s) == 0 {
			return n.id
		}
		return n.id + "(" + strings.Join(s, " ") + ")"
	}
	all := write(root)
	return strings.TrimSuffix(strings.TrimPrefix(all, "("), ")")
}

// All ways in which up to six comments can name each other, nobody, or
// somebody who is missing as their parents: 8^6 of six.
func TestBuilderAgainstPointers(t *testing.T) {
	t.Parallel()
	most := 6
	if testing.Short() || raceEnabled {
		most = 5
	}
	for n := range most + 1 {
		choices := []string{"", "x"}
		ids := make([]string, n)
		for i := range n {
			ids[i] = strconv.Itoa(i)
			choices = append(choices, ids[i])
		}
		parents := make([]string, n)
		digits := make([]int, n)
		for {
			for i, d := range digits {
				parents[i] = choices[d]
			}
			b := thread.NewBuilder(thread.Meta{})
			for i, p := range parents {
				b.Add(thread.Comment{ID: ids[i], Parent: p})
			}
			th := b.Build()
			if got, want := outline(th), slowTree(parents); got != want {
				t.Fatalf("tree of parents %q = %s, want %s", parents, got, want)
			}
			if n <= 4 {
				checkThread(t, th)
			}
			i := 0
			for ; i < n; i++ {
				if digits[i]++; digits[i] < len(choices) {
					break
				}
				digits[i] = 0
			}
			if i == n {
				break
			}
		}
	}
}

// randomComments is any number of odd comments, of few IDs and authors so that
// they meet.
func randomComments(r *rand.Rand, n int) []thread.Comment {
	odd := []string{"", "a", "b", "é", "e\u0301", "日本", "a\x00b", "\xff", "x y", " x ", "\u202eabc", "line\nline", "tab\tq", "\r\n", `"\`, "<b>&amp;</b>", "👩\u200d👩\u200d👧", "~2", "\u2028", "#1"}
	pick := func() string { return odd[r.IntN(len(odd))] }
	id := func() string {
		if r.IntN(8) == 0 {
			return pick()
		}
		return strconv.Itoa(r.IntN(n*3/2 + 1))
	}
	stamp := func() thread.Stamp {
		p := thread.Precision(r.IntN(7))
		at := time.Date(2020, 1, 1, 0, r.IntN(100000), r.IntN(60), r.IntN(1e9), time.FixedZone("", 60*(r.IntN(1600)-800)))
		if r.IntN(2) == 0 {
			return thread.At(at, p)
		}
		return thread.Local(at, p)
	}
	cs := make([]thread.Comment, n)
	for i := range cs {
		cs[i] = thread.Comment{
			ID: id(), Parent: id(), Author: pick(), Time: stamp(), Edited: stamp(), Text: pick() + pick(),
			Score: r.IntN(20) - 10, HasScore: r.IntN(2) == 0, Kind: thread.Kind(r.IntN(5)), Basis: thread.Basis(r.IntN(5)),
			Pos: thread.Pos{File: []string{"", "page"}[r.IntN(2)], Line: r.IntN(3), Offset: int64(r.IntN(3))},
		}
		switch r.IntN(6) {
		case 0:
			cs[i].AuthorKey = pick()
		case 1:
			cs[i].State = thread.State(r.IntN(6))
		case 2:
			cs[i].Parent = ""
		case 3:
			if i > 0 {
				cs[i] = cs[r.IntN(i)] // twice
			}
		}
		if !cs[i].HasScore {
			cs[i].Score = 0
		}
	}
	return cs
}

// dump is all that can be asked of a thread.
type dump struct {
	Meta        thread.Meta
	Comments    []thread.Comment
	Indexes     [][4]int
	Names, Keys []string
	Ghosts      int
	Document    string
	Diagnostics []thread.Diagnostic
	Quarantined []thread.Comment
}

func dumpOf(t *thread.Thread) dump {
	d := dump{Meta: t.Meta(), Ghosts: t.Ghosts(), Document: document(t), Quarantined: t.Quarantined()}
	for i := range t.All() {
		d.Comments = append(d.Comments, t.Comment(i))
		d.Indexes = append(d.Indexes, [4]int{int(t.Parent(i)), int(t.End(i)), t.Depth(i), int(t.Author(i))})
	}
	for a := range t.Authors() {
		d.Names, d.Keys = append(d.Names, t.AuthorName(thread.AuthorID(a))), append(d.Keys, t.AuthorKey(thread.AuthorID(a)))
	}
	return d
}

func diff(a, b *thread.Thread) string {
	return cmp.Diff(dumpOf(a), dumpOf(b), cmp.AllowUnexported(thread.Stamp{}))
}

// rebuild adds all of t to a new Builder, as a decoder of a written thread does.
func rebuild(t *thread.Thread) *thread.Thread {
	b := thread.NewBuilder(t.Meta())
	for _, d := range t.Diagnostics() {
		b.Report(d)
	}
	for i := range t.Document() {
		b.Add(t.Comment(i))
	}
	for _, c := range t.Quarantined() {
		b.Add(c)
	}
	return b.Build()
}

func TestBuilderOnRandomInput(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 400 {
		cs := randomComments(r, n%40)
		missing := 0
		for _, c := range cs {
			if c.State == thread.Missing {
				missing++
			}
		}
		b := thread.NewBuilder(thread.Meta{ID: "t", Declared: n, HasDeclared: n%3 == 0})
		for _, c := range cs {
			b.Add(c)
		}
		if added := b.Len(); added > len(cs) {
			t.Errorf("Len = %d after %d comments", added, len(cs))
		}
		placed := b.Len()
		th := b.Build()
		checkThread(t, th)
		if placed+len(th.Quarantined()) != len(cs) {
			t.Errorf("%d placed + %d quarantined, want %d", placed, len(th.Quarantined()), len(cs))
		}
		if added := th.Len() - placed; added > th.Ghosts() {
			t.Errorf("%d comments were added, %d of them ghosts", added, th.Ghosts())
		}
		if d := diff(th, rebuild(th)); d != "" {
			t.Fatalf("built again from its own comments (-first +again):\n%s", d)
		}
	}
}

func FuzzBuilder(f *testing.F) {
	f.Add([]byte("a-\x00hello"))
	f.Add([]byte("ab0xba0ycc1zd\x002w"))
	f.Add([]byte("aa0xaa0xaa1xa\x001y"))
	f.Add([]byte("\x00\x00\xff\xff\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := thread.NewBuilder(thread.Meta{Title: string(data)})
		n := 0
		for ; len(data) >= 4; data = data[4:] {
			c := thread.Comment{
				ID: strings.Trim(string(data[:1]), "0"), Parent: strings.Trim(string(data[1:2]), "-"),
				Author: strings.Trim(string(data[2:3]), "9"), Text: string(data[3:4]), Kind: thread.Kind(data[3] % 5),
				Time: thread.Local(time.Unix(int64(data[2])*3600, 0).UTC(), thread.Precision(data[3]%7)),
			}
			if data[2]%7 == 0 {
				c.AuthorKey = string(data[3:4])
			}
			b.Add(c)
			n++
		}
		th := b.Build()
		checkThread(t, th)
		made := 0
		for _, d := range th.Diagnostics() {
			if d.Code == thread.MissingParent {
				made++
			}
		}
		if got := th.Len() - made + len(th.Quarantined()); got != n {
			t.Errorf("%d in the thread − %d ghosts + %d quarantined = %d, want %d", th.Len(), made, len(th.Quarantined()), got, n)
		}
		if d := diff(th, rebuild(th)); d != "" {
			t.Errorf("built again from its own comments (-first +again):\n%s", d)
		}
	})
}

// A million comments are built however they hang together. BenchmarkBuild tells
// how fast; anything that is not linear would take hours here.
func TestMillion(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("a million comments: not under -short or the race detector")
	}
	t.Parallel()
	const million = 1_000_000
	ids := make([]string, million)
	for i := range ids {
		ids[i] = strconv.Itoa(i)
	}
	n := million
	for _, shape := range []struct {
		name   string
		n      int
		id     func(i int) string
		parent func(i int) string
		depth  int
		ghosts int
	}{
		{"chain", million, func(i int) string { return ids[i] }, func(i int) string {
			if i == 0 {
				return ""
			}
			return ids[i-1]
		}, million - 1, 0},
		{"chain, last first", million / 8, func(i int) string { return ids[n-1-i] }, func(i int) string {
			if i == n-1 {
				return ""
			}
			return ids[n-2-i]
		}, million/8 - 1, 0},
		{"star", million, func(i int) string { return ids[i] }, func(i int) string {
			if i == 0 {
				return ""
			}
			return ids[0]
		}, 1, 0},
		{"circle", million / 8, func(i int) string { return ids[i] }, func(i int) string { return ids[(i+1)%n] }, million/8 - 1, 0},
		{"one ID for all", million / 8, func(int) string { return "x" }, func(int) string { return "" }, 0, 0},
		{"ghosts", million / 8, func(i int) string { return ids[i] }, func(i int) string { return "g" + ids[i/2] }, 1, million / 16},
	} {
		n = shape.n
		b := thread.NewBuilder(thread.Meta{})
		for i := range n {
			b.Add(thread.Comment{ID: shape.id(i), Parent: shape.parent(i), Author: "a", Text: ids[i]})
		}
		th := b.Build()
		deepest := 0
		for i := range th.All() {
			deepest = max(deepest, th.Depth(i))
		}
		if th.Len() != n+shape.ghosts || deepest != shape.depth || th.Ghosts() != shape.ghosts {
			t.Errorf("%s: Len, depth, Ghosts = %d, %d, %d, want %d, %d, %d", shape.name, th.Len(), deepest, th.Ghosts(), n+shape.ghosts, shape.depth, shape.ghosts)
		}
	}
}

// benchmarkIDs are made before, so that memory is the Builder's own.
func benchmarkComments(n int) []thread.Comment {
	r := rand.New(rand.NewPCG(3, 4))
	cs := make([]thread.Comment, n)
	for i := range cs {
		cs[i] = thread.Comment{ID: strconv.Itoa(i), Author: "author " + strconv.Itoa(r.IntN(n/5+1)), Text: "a few words", Pos: thread.Pos{File: "page", Line: i}}
		if i > 0 && r.IntN(3) > 0 {
			cs[i].Parent = cs[r.IntN(i)].ID
		}
	}
	return cs
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			cs := benchmarkComments(n)
			b.ReportAllocs()
			for b.Loop() {
				if th := build(cs...); th.Len() != n {
					b.Fatal(th.Len())
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/comment")
		})
	}
}

// BenchmarkMemory measures what stays in memory, texts aside: while adding and
// of the finished Thread.
func BenchmarkMemory(b *testing.B) {
	const n = 1 << 20
	cs := benchmarkComments(n)
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for b.Loop() {
		before := heap()
		bu := thread.NewBuilder(thread.Meta{})
		for i := range cs {
			bu.Add(cs[i])
		}
		adding := heap() - before
		th := bu.Build()
		bu = nil
		built := heap() - before
		text := float64(n * len("a few words"))
		b.ReportMetric((adding-text)/n, "adding-B/comment")
		b.ReportMetric((built-text)/n, "built-B/comment")
		runtime.KeepAlive(th)
	}
}
