package replygraph

import "threadheat/thread"

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

// undirected merges the arcs of both directions. O(arcs).
func (g *Graph) undirected() *friends {
	f := &friends{at: make([]int32, len(g.node)+1), list: make([]thread.AuthorID, 0, 2*len(g.out.list)), kind: make([]uint8, 0, 2*len(g.out.list))}
	for a := range g.node {
		out, in := g.out.of(thread.AuthorID(a)), g.in.of(thread.AuthorID(a))
		for len(out) > 0 || len(in) > 0 {
			switch {
			case len(in) == 0 || len(out) > 0 && out[0].Author < in[0].Author:
				f.list, f.kind, out = append(f.list, out[0].Author), append(f.kind, answers), out[1:]
			case len(out) == 0 || in[0].Author < out[0].Author:
				f.list, f.kind, in = append(f.list, in[0].Author), append(f.kind, answered), in[1:]
			default:
				f.list, f.kind, out, in = append(f.list, out[0].Author), append(f.kind, both), out[1:], in[1:]
			}
		}
		f.at[a+1] = int32(len(f.list))
	}
	return f
}
