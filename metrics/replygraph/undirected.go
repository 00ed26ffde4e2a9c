package replygraph

import (
	"iter"

	"threadheat/thread"
)

// friends are the neighbours of each author, whoever answered whom: those of a
// are list[at[a]:at[a+1]], ascending, and kind says who answered.
type friends struct {
	at   []int32
	list []thread.AuthorID
	kind []uint8 // answers, answered or both
}

func (f *friends) of(a thread.AuthorID) []thread.AuthorID { return f.list[f.at[a]:f.at[a+1]] }

func (f *friends) degree(a thread.AuthorID) int { return int(f.at[a+1] - f.at[a]) }

// kinds are the kinds of the pairs of a with each of its neighbours.
func (f *friends) kinds(a thread.AuthorID) []uint8 { return f.kind[f.at[a]:f.at[a+1]] }

// undirected are the arcs of both directions as one. O(arcs) the first time.
func (g *Graph) undirected() *friends {
	g.once.Do(func() {
		n := g.links()
		f := &friends{at: make([]int32, len(g.node)+1), list: make([]thread.AuthorID, 0, n), kind: make([]uint8, 0, n)}
		for a := range g.node {
			for l := range g.linksOf(thread.AuthorID(a)) {
				f.list, f.kind = append(f.list, l.with), append(f.kind, l.kind())
			}
			f.at[a+1] = int32(len(f.list))
		}
		g.friends = f
	})
	return g.friends
}

// linked is what passed between somebody and another: how often they answered
// the other, and were answered.
type linked struct {
	with       thread.AuthorID
	given, got int32
}

func (l linked) kind() uint8 {
	switch {
	case l.got == 0:
		return answers
	case l.given == 0:
		return answered
	}
	return both
}

// linksOf walks whom a answered or was answered by, ascending.
func (g *Graph) linksOf(a thread.AuthorID) iter.Seq[linked] {
	return func(yield func(linked) bool) {
		out, in := g.out.of(a), g.in.of(a)
		for len(out) > 0 || len(in) > 0 {
			var l linked
			switch {
			case len(in) == 0 || len(out) > 0 && out[0].Author < in[0].Author:
				l, out = linked{out[0].Author, out[0].Replies, 0}, out[1:]
			case len(out) == 0 || in[0].Author < out[0].Author:
				l, in = linked{in[0].Author, 0, in[0].Replies}, in[1:]
			default:
				l, out, in = linked{out[0].Author, out[0].Replies, in[0].Replies}, out[1:], in[1:]
			}
			if !yield(l) {
				return
			}
		}
	}
}

// links is the number of pairs who exchanged, each counted for both. O(arcs).
func (g *Graph) links() int {
	n := 0
	for _, a := range g.authors {
		for range g.linksOf(a) {
			n++
		}
	}
	return n
}
