package people

import (
	"fmt"
	"maps"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

var all = []*metrics.Measure{
	Authors, UnknownAuthors, WordTotal, AuthorGini, AuthorGiniWords, AuthorEntropy, AuthorEntropyWords, AuthorHHI,
	AuthorHHIWords, AuthorTopShare, AuthorTopShareWords, AuthorTop3Share, AuthorTop3ShareWords, Density, MeanStrength, SelfReplies, Reciprocity,
	WeightedReciprocity, CorrectedReciprocity, CommentWords, AuthorComments, AuthorWords, RepliesGiven, RepliesReceived,
	AuthorSelfReplies, PeopleAnswered, AnsweredBy, FirstComment, LastComment,
}

func run(t *testing.T, th *thread.Thread) *metrics.Table {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), all)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// check compares a value; NaN is undefined.
func check(t *testing.T, what string, v metrics.Value, want float64) {
	t.Helper()
	if v.Defined() == math.IsNaN(want) || v.Defined() && math.Abs(v.X-want) > 1e-12 {
		t.Errorf("%s = %v (defined %v), want %v", what, v.X, v.Defined(), want)
	}
}

func edges(pairs ...[2]string) *thread.Thread {
	var rows []testthread.Row
	opening := map[string]int{}
	for _, p := range pairs {
		for _, name := range p {
			if _, ok := opening[name]; !ok {
				opening[name] = len(rows)
				rows = append(rows, testthread.Row{Parent: -1, Author: name})
			}
		}
	}
	for _, p := range pairs {
		rows = append(rows, testthread.Row{Parent: opening[p[1]], Author: p[0]})
	}
	return testthread.Build(rows)
}

// The graphs of networkx's own tests and of igraph's example of reciprocity, and some
// worked by hand. igraph gives its small graph as pairs that answer each other of all
// pairs that answer, 1/2: the same as 2/3 of the arcs.
func TestReciprocity(t *testing.T) {
	undefined := math.NaN()
	for _, tt := range []struct {
		name                      string
		th                        *thread.Thread
		binary, weighted, correct float64
	}{
		{"both ways (networkx)", edges([2]string{"1", "2"}, [2]string{"2", "1"}), 1, 1, undefined},
		{"12 23 32 (networkx, igraph)", edges([2]string{"1", "2"}, [2]string{"2", "3"}, [2]string{"3", "2"}), 2. / 3, 2. / 3, 1. / 3},
		{"small (igraph)", edges([2]string{"0", "1"}, [2]string{"0", "2"}, [2]string{"0", "3"}, [2]string{"1", "0"}, [2]string{"2", "3"}, [2]string{"3", "2"}), 2. / 3, 2. / 3, 1. / 3},
		{"one way", edges([2]string{"1", "2"}), 0, 0, -1},
		{"3 against 1", edges([2]string{"1", "2"}, [2]string{"1", "2"}, [2]string{"1", "2"}, [2]string{"2", "1"}), 1, 2. / 4, undefined},
		{"circle of 3", edges([2]string{"1", "2"}, [2]string{"2", "3"}, [2]string{"3", "1"}), 0, 0, -1},
		{"to oneself only", edges([2]string{"1", "1"}), undefined, undefined, undefined},
		{"nobody", testthread.Build(nil), undefined, undefined, undefined},
	} {
		table := run(t, tt.th)
		check(t, tt.name+": reciprocity", table.Value("reciprocity"), tt.binary)
		check(t, tt.name+": reciprocity-weighted", table.Value("reciprocity-weighted"), tt.weighted)
		check(t, tt.name+": reciprocity-corrected", table.Value("reciprocity-corrected"), tt.correct)
	}
}

// Every measure against its definition over a matrix of replies, on all forests
// of up to 8 comments by up to three authors, one of them unknown.
func TestTwins(t *testing.T) {
	names := []string{"Ada", "Bob", ""}
	texts := []string{"one", "one two", "", "it’s four words", "five", "six, or seven", "", "eight"}
	for parents, who := range testthread.Labelled(len(names), 3) {
		if len(parents) == 0 {
			continue // TestNobody and the catalogue's test know that
		}
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Author, rows[k].Text = names[who[k]], texts[k]
		}
		checkTwins(t, testthread.Build(rows))
		if t.Failed() {
			t.Fatalf("parents %v, authors %v", parents, who)
		}
	}
}

func checkTwins(t *testing.T, th *thread.Thread) {
	table := run(t, th)
	n := th.Authors()
	w := make([][]float64, n)
	for a := range w {
		w[a] = make([]float64, n)
	}
	comments, used := make([]float64, n), make([]float64, n)
	var unknown, selfs, replies float64
	for i := range th.All() {
		a := th.Author(i)
		comments[a]++
		used[a] += float64(words.Count(th.Text(i)))
		if th.AuthorName(a) == "" {
			unknown++
		}
		if p := th.Parent(i); p != thread.NoIndex {
			if th.Author(p) == a {
				selfs++
			} else {
				w[a][th.Author(p)]++
				replies++
			}
		}
	}
	check(t, "authors", table.Value("authors"), float64(n))
	check(t, "unknown-authors", table.Value("unknown-authors"), unknown)
	check(t, "self-replies", table.Value("self-replies"), selfs)
	check(t, "mean-strength", table.Value("mean-strength"), replies/float64(n))

	checkShares(t, table, "", comments)
	checkShares(t, table, "-words", used)

	var arcs, both, returned float64
	for a := range w {
		var given, got, to, from float64
		for b := range w {
			given += w[a][b]
			got += w[b][a]
			if w[a][b] > 0 {
				to++
				arcs++
			}
			if w[b][a] > 0 {
				from++
			}
			if w[a][b] > 0 && w[b][a] > 0 {
				both++
			}
			returned += min(w[a][b], w[b][a])
		}
		of := func(name string) metrics.Value {
			c, _ := table.Find(metrics.PerAuthor, name)
			return c.Values.At(a)
		}
		check(t, "replies-given", of("replies-given"), given)
		check(t, "replies-received", of("replies-received"), got)
		check(t, "people-answered", of("people-answered"), to)
		check(t, "answered-by", of("answered-by"), from)
		check(t, "comments", of("comments"), comments[a])
		if sum(used) > 0 {
			check(t, "words", of("words"), used[a])
		}
	}
	density := arcs / (float64(n) * float64(n-1)) // 0/0 where there is one author
	check(t, "density", table.Value("density"), density)
	check(t, "reciprocity", table.Value("reciprocity"), both/arcs)
	check(t, "reciprocity-weighted", table.Value("reciprocity-weighted"), returned/replies)
	check(t, "reciprocity-corrected", table.Value("reciprocity-corrected"), (both/arcs-density)/(1-density))
}

func sum(xs []float64) float64 {
	var s float64
	for _, x := range xs {
		s += x
	}
	return s
}

func checkShares(t *testing.T, table *metrics.Table, suffix string, xs []float64) {
	all := sum(xs)
	var difference, entropy, hhi, top, three float64
	for _, x := range xs {
		for _, y := range xs {
			difference += math.Abs(x - y)
		}
		p := x / all
		if x > 0 {
			entropy -= p * math.Log2(p)
		}
		hhi += p * p
		top = max(top, p)
	}
	for i := range xs { // all groups of up to three
		for j := range xs {
			for k := range xs {
				group := map[int]bool{i: true, j: true, k: true}
				of := 0.0
				for a := range group {
					of += xs[a]
				}
				three = max(three, of/all)
			}
		}
	}
	if all == 0 {
		entropy = math.NaN()
	}
	check(t, "author-gini"+suffix, table.Value("author-gini"+suffix), difference/(2*float64(len(xs))*all))
	check(t, "author-entropy"+suffix, table.Value("author-entropy"+suffix), entropy)
	check(t, "author-hhi"+suffix, table.Value("author-hhi"+suffix), hhi)
	check(t, "author-top-share"+suffix, table.Value("author-top-share"+suffix), top)
	check(t, "author-top-3-share"+suffix, table.Value("author-top-3-share"+suffix), three)
}

// Ghosts and pingbacks said nothing: they are no authors, their words do not
// count, and who answers them answers nobody.
func TestNobody(t *testing.T) {
	th := testthread.Build([]testthread.Row{
		{Parent: -1, Author: "A blog", Kind: thread.Pingback, Text: "[…] as others say […]"},
		{Parent: 0, Author: "Ada", Text: "thank you", Minute: 3},
		{Parent: 77, Author: "Bob", Text: "no", Minute: 1},
		{Parent: -1, Author: "", Text: "yes", Minute: 2, State: thread.Deleted},
	})
	table := run(t, th)
	for name, want := range map[string]float64{"authors": 3, "unknown-authors": 1, "words": 4, "self-replies": 0, "author-gini": 0, "density": 0} {
		check(t, name, table.Value(name), want)
	}
	got := map[string]metrics.Value{}
	column, _ := table.Find(metrics.PerAuthor, "comments")
	first, _ := table.Find(metrics.PerAuthor, "first-comment")
	for a, v := range metrics.All(column.Values) {
		got[th.AuthorName(thread.AuthorID(a))] = v
		if name := th.AuthorName(thread.AuthorID(a)); name == "Ada" {
			check(t, "first-comment of Ada", first.Values.At(a), 2)
		}
	}
	check(t, "comments of the blog", got["A blog"], math.NaN())
	check(t, "comments of Ada", got["Ada"], 1)
}

// Names do not matter: only who is the same as whom.
func TestRenaming(t *testing.T) {
	rows := testthread.Shape(testthread.Bushy(60, 3)...)
	for k := range rows {
		rows[k].Author, rows[k].Text = fmt.Sprint("author ", k*k%11), "word"
	}
	before := run(t, testthread.Build(rows))
	for k := range rows {
		rows[k].Author = "someone else: " + rows[k].Author
	}
	after := run(t, testthread.Build(rows))
	for k, c := range before.Columns {
		if d := cmp.Diff(maps.Collect(metrics.All(c.Values)), maps.Collect(metrics.All(after.Columns[k].Values))); d != "" {
			t.Errorf("%s (-before +after):\n%s", c.Measure.Name, d)
		}
	}
}
