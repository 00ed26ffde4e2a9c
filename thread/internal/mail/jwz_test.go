package mail

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"threadheat/thread"
)

// silent is a Sink that keeps nothing.
type silent struct{}

func (silent) Describe(string, thread.Meta)     {}
func (silent) Report(string, thread.Diagnostic) {}

// mail is a message as threading sees it.
type mail struct {
	id, subject string
	refs, reply []string
	day         int
}

func (m mail) message() message {
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, m.day)
	return message{id: m.id, subject: m.subject, references: m.refs, inReplyTo: m.reply, date: at.Format(time.RFC1123Z)}
}

// box is a Box of messages, threaded.
func box(mails []mail) (*Box, *forest, []string) {
	b := newBox(nil, silent{})
	for _, m := range mails {
		b.add(m.message())
	}
	names := b.shortIDs()
	return b, b.thread(names), names
}

// parents are "child < parent" for all that has a parent, missing messages
// included, and the number of the conversation of each message.
func parents(mails []mail) (links []string, group []int32) {
	b, f, names := box(mails)
	for c := range b.ids {
		if p := f.parent[c]; p != none {
			links = append(links, names[c]+" < "+names[p])
		}
	}
	slices.Sort(links)
	for i := range b.letters {
		group = append(group, f.group[f.top(b.letters[i].container)])
	}
	return links, group
}

// The cases that the test lists of other implementations name.
func TestThreading(t *testing.T) {
	for _, tt := range []struct {
		name  string
		mails []mail
		want  []string // links
		convs int
	}{
		{name: "none"},
		{name: "one", mails: []mail{{id: "a", subject: "x"}}, convs: 1},
		{name: "two unrelated", mails: []mail{{id: "a", subject: "x"}, {id: "b", subject: "y"}}, convs: 2},
		{name: "two", mails: []mail{{id: "a", subject: "x"}, {id: "b", subject: "Re: x", refs: []string{"a"}}}, want: []string{"b < a"}, convs: 1},
		{name: "child first", mails: []mail{{id: "b", subject: "x", refs: []string{"a"}}, {id: "a", subject: "y"}}, want: []string{"b < a"}, convs: 1},
		{name: "two children of a missing parent", mails: []mail{{id: "b", refs: []string{"a"}}, {id: "c", refs: []string{"a"}}}, want: []string{"b < a", "c < a"}, convs: 1},
		{name: "two levels of missing parents", mails: []mail{{id: "c", refs: []string{"a", "b"}}}, want: []string{"b < a", "c < b"}, convs: 1},
		{name: "missing in the middle", mails: []mail{{id: "a"}, {id: "d", refs: []string{"a", "b", "c"}}, {id: "e", refs: []string{"a", "b"}}},
			want: []string{"b < a", "c < b", "d < c", "e < b"}, convs: 1},
		{name: "the same reference twice, then another in In-Reply-To", mails: []mail{{id: "m", refs: []string{"r", "s", "r"}, reply: []string{"t"}}},
			want: []string{"m < t", "s < r", "t < s"}, convs: 1},
		{name: "In-Reply-To alone", mails: []mail{{id: "a"}, {id: "b", reply: []string{"a"}}}, want: []string{"b < a"}, convs: 1},
		{name: "In-Reply-To among the references", mails: []mail{{id: "c", refs: []string{"a", "b"}, reply: []string{"a"}}}, want: []string{"b < a", "c < b"}, convs: 1},
		{name: "several in In-Reply-To, the second at hand", mails: []mail{{id: "b"}, {id: "c", reply: []string{"a", "b"}}}, want: []string{"c < b"}, convs: 1},
		{name: "itself", mails: []mail{{id: "a", refs: []string{"a"}, reply: []string{"a"}}}, convs: 1},
		{name: "itself last", mails: []mail{{id: "a"}, {id: "b", refs: []string{"a", "b"}}}, want: []string{"b < a"}, convs: 1},
		{name: "two answer each other", mails: []mail{{id: "a", refs: []string{"b"}}, {id: "b", refs: []string{"a"}}}, want: []string{"a < b"}, convs: 1},
		{name: "a circle of three", mails: []mail{{id: "a", refs: []string{"b"}}, {id: "b", refs: []string{"c"}}, {id: "c", refs: []string{"a"}}},
			want: []string{"a < b", "b < c"}, convs: 1},
		{name: "a circle in the references of others", mails: []mail{{id: "m", refs: []string{"a", "b"}}, {id: "n", refs: []string{"b", "a"}}},
			want: []string{"b < a", "m < b", "n < a"}, convs: 1},
		{name: "its own references count more than those of others", mails: []mail{{id: "z", refs: []string{"y", "c"}}, {id: "c", refs: []string{"x"}}},
			want: []string{"c < x", "z < c"}, convs: 1},
		{name: "an answer without references", mails: []mail{{id: "a", subject: "Hello"}, {id: "b", subject: "RE: hello", day: 1}}, want: []string{"b < a"}, convs: 1},
		{name: "an answer that comes first by its clock", mails: []mail{{id: "b", subject: "Re: Hello"}, {id: "a", subject: "Hello", day: 2}}, want: []string{"b < a"}, convs: 1},
		{name: "an answer that is too old", mails: []mail{{id: "b", subject: "Re: Hello"}, {id: "a", subject: "Hello", day: 3}}, convs: 2},
		{name: "an answer to the last of its subject", mails: []mail{{id: "a", subject: "Report"}, {id: "b", subject: "Report", day: 7}, {id: "c", subject: "Re: Report", day: 8}},
			want: []string{"c < b"}, convs: 2},
		{name: "answers without what they answer", mails: []mail{{id: "a", subject: "Re: x"}, {id: "b", subject: "Re: x", day: 9}}, convs: 1},
		{name: "siblings with missing parents, grouped by subject", mails: []mail{{id: "a", subject: "Re: x", refs: []string{"p"}}, {id: "b", subject: "Re: x", refs: []string{"q"}}},
			want: []string{"a < p", "b < q"}, convs: 1},
		{name: "an opening and an answer to something missing", mails: []mail{{id: "a", subject: "x"}, {id: "b", subject: "Re: x", refs: []string{"p"}, day: 1}}, want: []string{"b < p"}, convs: 1},
		{name: "no subject", mails: []mail{{id: "a"}, {id: "b", subject: "Re:"}, {id: "c", subject: "(no subject)"}, {id: "d", subject: "Re: (no subject)"}}, convs: 4},
		{name: "forwarded", mails: []mail{{id: "a", subject: "x"}, {id: "b", subject: "Fwd: x", day: 1}}, convs: 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			links, group := parents(tt.mails)
			if !slices.Equal(links, tt.want) {
				t.Errorf("links = %q, want %q", links, tt.want)
			}
			slices.Sort(group)
			if convs := len(slices.Compact(group)); convs != tt.convs {
				t.Errorf("%d conversations, want %d", convs, tt.convs)
			}
		})
	}
}

// An In-Reply-To of old programs names the person before the message.
func TestAddressIsNoReference(t *testing.T) {
	b := newBox(nil, silent{})
	b.add(message{id: "1@h", author: person{"Ann", "ann@host"}})
	b.add(message{id: "2@h", author: person{"Bob", "bob@host"}, inReplyTo: []string{"Ann@host", "gone@h"}})
	names := b.shortIDs()
	f := b.thread(names)
	if p := f.parent[b.letters[1].container]; p == none || names[p] != "gone" {
		t.Errorf("the parent is %d, want <gone@h>", p)
	}
}

func TestShortIDs(t *testing.T) {
	_, _, names := box([]mail{{id: "1@a", refs: []string{"1@b", "x"}}, {id: "1@c"}, {id: "@d"}, {}, {id: "1@a"}, {id: "a\x00 b@h"}})
	want := []string{"1", "1~3", "x", "1~2", "id", "", "ab"} // the second 1@a says the same as the first
	if !slices.Equal(names, want) {
		t.Errorf("shortIDs() = %q, want %q", names, want)
	}
}

// node is a message or the place of a missing one, for the slow twin.
type node struct {
	id       string
	mail     *mail
	parent   *node
	children []*node
}

func (n *node) above(other *node) bool {
	if n == other {
		return true
	}
	for _, c := range n.children {
		if c.above(other) {
			return true
		}
	}
	return false
}

func (n *node) adopt(child *node) bool {
	if child.above(n) {
		return false
	}
	n.children, child.parent = append(n.children, child), n
	return true
}

// speaker is the mail of n, or else the first below it.
func (n *node) speaker() *mail {
	if n.mail != nil {
		return n.mail
	}
	var best *mail
	for _, c := range n.children {
		if m := c.earliest(); m != nil && (best == nil || cmp.Or(m.day-best.day, cmp.Compare(m.id, best.id)) < 0) {
			best = m
		}
	}
	return best
}

// earliest is the first mail at or below n.
func (n *node) earliest() *mail {
	best := n.mail
	for _, c := range n.children {
		if m := c.earliest(); m != nil && (best == nil || cmp.Or(m.day-best.day, cmp.Compare(m.id, best.id)) < 0) {
			best = m
		}
	}
	return best
}

// twin threads as the documentation of forest says, with pointers, recursion
// and no care for time. Message-IDs must differ.
func twin(mails []mail) (links []string, group []int) {
	nodes := map[string]*node{}
	var all []*node
	at := func(id string) *node {
		if nodes[id] == nil {
			nodes[id] = &node{id: id}
			all = append(all, nodes[id])
		}
		return nodes[id]
	}
	for i := range mails {
		m := &mails[i]
		at(m.id).mail = m
	}
	chains := make([][]string, len(mails))
	for i, m := range mails {
		chain := []string{}
		for _, id := range m.refs {
			if id != m.id && !slices.Contains(chain, id) {
				chain = append(chain, id)
			}
		}
		reply := slices.DeleteFunc(slices.Clone(m.reply), func(id string) bool { return id == m.id })
		named := slices.ContainsFunc(reply, func(id string) bool { return slices.Contains(chain, id) })
		if len(reply) > 0 && !named {
			best := reply[0]
			for _, id := range slices.Backward(reply) {
				if nodes[id] != nil && nodes[id].mail != nil {
					best = id
				}
			}
			chain = append(chain, best)
		}
		chains[i] = chain
	}
	for i, m := range mails {
		if chain := chains[i]; len(chain) > 0 {
			at(chain[len(chain)-1]).adopt(at(m.id))
		}
	}
	for _, chain := range chains {
		for k := 1; k < len(chain); k++ {
			if c := at(chain[k]); c.parent == nil {
				at(chain[k-1]).adopt(c)
			}
		}
	}
	var roots []*node
	for _, n := range all {
		if n.parent == nil && n.earliest() != nil {
			roots = append(roots, n)
		}
	}
	slices.SortFunc(roots, func(x, y *node) int {
		a, b := x.speaker(), y.speaker()
		return cmp.Or(a.day-b.day, cmp.Compare(a.id, b.id))
	})
	groups := map[*node]int{}
	for k, r := range roots {
		groups[r] = k
		first := *r.speaker()
		title, reply := stripSubject(first.subject)
		answer := r.mail == nil || reply
		same := []*node{} // earlier roots of this subject
		for _, o := range roots[:k] {
			if other, _ := stripSubject(o.speaker().subject); groupKey(other) == groupKey(title) && groupKey(title) != "" {
				same = append(same, o)
			}
		}
		if len(same) == 0 {
			continue
		}
		last := groups[same[len(same)-1]]
		same = slices.DeleteFunc(same, func(o *node) bool { return groups[o] != last })
		var opening *node
		for _, o := range same {
			if _, reply := stripSubject(o.speaker().subject); o.mail != nil && !reply {
				opening = o
			}
		}
		switch {
		case answer:
			groups[r] = last
			if opening != nil && r.mail != nil {
				opening.adopt(r)
			}
		case opening == nil && first.day-same[0].speaker().day <= 2:
			groups[r] = last
			for _, o := range same {
				if o.mail != nil {
					r.adopt(o)
				}
			}
		}
	}
	for _, n := range all {
		if n.parent != nil {
			links = append(links, n.id+" < "+n.parent.id)
		}
	}
	slices.Sort(links)
	for _, m := range mails {
		n := nodes[m.id]
		g, rooted := groups[n]
		for !rooted {
			n = n.parent
			g, rooted = groups[n]
		}
		group = append(group, g)
	}
	return links, group
}

// partition numbers groups by first appearance, so that partitions compare.
func partition[T comparable](group []T) []int {
	number := map[T]int{}
	out := make([]int, len(group))
	for i, g := range group {
		if _, ok := number[g]; !ok {
			number[g] = len(number)
		}
		out[i] = number[g]
	}
	return out
}

func TestThreadingAgainstTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	subjects := []string{"", "a", "Re: a", "b", "Re: b", "AW: a"}
	for range 12_000 {
		n := 1 + rng.IntN(7)
		mails := make([]mail, n)
		pick := func(k int) []string {
			var ids []string
			for range rng.IntN(k) {
				ids = append(ids, string(rune('a'+rng.IntN(n+2)))) // two of them are missing
			}
			return ids
		}
		for i, id := range rng.Perm(n) {
			mails[i] = mail{id: string(rune('a' + id)), subject: subjects[rng.IntN(len(subjects))], refs: pick(4), day: rng.IntN(6)}
			if rng.IntN(3) == 0 {
				mails[i].reply = pick(3)
			}
		}
		links, group := parents(mails)
		wantLinks, wantGroup := twin(mails)
		if !slices.Equal(links, wantLinks) || !slices.Equal(partition(group), partition(wantGroup)) {
			t.Fatalf("%+v:\nlinks %q, want %q\ngroups %v, want %v", mails, links, wantLinks, group, wantGroup)
		}
	}
}

// Where every message names all that is above it, the tree is the true one,
// whatever is missing and in whatever order the rest comes.
func TestThreadingFindsTheTree(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2_000 {
		n := 2 + rng.IntN(12)
		up := make([]int, n)
		var mails []mail
		want := map[string]bool{}
		for i := range n {
			up[i] = rng.IntN(i+1) - 1
			m := mail{id: strconv.Itoa(i), subject: strconv.Itoa(i), day: rng.IntN(3)}
			for p := up[i]; p >= 0; p = up[p] {
				m.refs = append([]string{strconv.Itoa(p)}, m.refs...)
			}
			if rng.IntN(4) == 0 {
				continue // it is missing
			}
			mails = append(mails, m)
			for p := i; up[p] >= 0; p = up[p] {
				want[fmt.Sprintf("%d < %d", p, up[p])] = true
			}
		}
		rng.Shuffle(len(mails), func(i, j int) { mails[i], mails[j] = mails[j], mails[i] })
		links, _ := parents(mails)
		if len(links) != len(want) {
			t.Fatalf("%v:\n%d links %q, want %d %v", mails, len(links), links, len(want), want)
		}
		for _, l := range links {
			if !want[l] {
				t.Fatalf("%v: link %q is wrong", mails, l)
			}
		}
	}
}

// A chain of 50,000, in an order that makes each link join two long pieces, and
// one reference list that names all of them.
func TestDeepChain(t *testing.T) {
	const n = 50_000
	rng := rand.New(rand.NewPCG(5, 6))
	var mails []mail
	var all []string
	for i := range n {
		m := mail{id: strconv.Itoa(i), subject: "Re: deep"}
		if i > 0 {
			m.refs = []string{strconv.Itoa(i - 1)}
		}
		mails, all = append(mails, m), append(all, m.id)
	}
	rng.Shuffle(n, func(i, j int) { mails[i], mails[j] = mails[j], mails[i] })
	mails = append(mails, mail{id: "last", refs: all})
	b, f, _ := box(mails)
	depth := 0
	for c := b.byID["last"]; f.parent[c] != none; c = f.parent[c] {
		depth++
	}
	if depth != n {
		t.Errorf("depth of the last = %d, want %d", depth, n)
	}
}
