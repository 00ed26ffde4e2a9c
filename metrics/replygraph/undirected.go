package replygraph

import (
	"slices"

	"threadheat/thread"
)

// friends are the neighbours of each author, whoever answered whom: those of a
// are list[at[a]:at[a+1]], ascending.
type friends struct {
	at   []int32
	list []thread.AuthorID
}

func (f *friends) of(a thread.AuthorID) []thread.AuthorID { return f.list[f.at[a]:f.at[a+1]] }

func (f *friends) degree(a thread.AuthorID) int { return int(f.at[a+1] - f.at[a]) }

func (f *friends) joined(a, b thread.AuthorID) bool {
	_, ok := slices.BinarySearch(f.of(a), b)
	return ok
}

// undirected merges the arcs of both directions. O(arcs).
func (g *Graph) undirected() *friends {
	f := &friends{at: make([]int32, len(g.node)+1), list: make([]thread.AuthorID, 0, 2*len(g.out.list))}
	for a := range g.node {
		out, in := g.out.of(thread.AuthorID(a)), g.in.of(thread.AuthorID(a))
		for len(out) > 0 || len(in) > 0 {
			switch {
			case len(in) == 0 || len(out) > 0 && out[0].Author < in[0].Author:
				f.list, out = append(f.list, out[0].Author), out[1:]
			case len(out) == 0 || in[0].Author < out[0].Author:
				f.list, in = append(f.list, in[0].Author), in[1:]
			default:
				f.list, out, in = append(f.list, out[0].Author), out[1:], in[1:]
			}
		}
		f.at[a+1] = int32(len(f.list))
	}
	return f
}
