package replygraph

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

func graphOf(t testing.TB, rows []testthread.Row) (*metrics.Context, *Graph) {
	t.Helper()
	c := metrics.NewContext(testthread.Build(rows), metrics.Options{})
	g, err := Replies.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	return c, g
}

// matrix counts replies by author from the parents alone, the slow way:
// from → to, self-replies on the diagonal.
func matrix(t *thread.Thread) [][]int {
	w := make([][]int, t.Authors())
	for a := range w {
		w[a] = make([]int, t.Authors())
	}
	for i := range t.All() {
		if p := t.Parent(i); p != thread.NoIndex {
			w[t.Author(i)][t.Author(p)]++
		}
	}
	return w
}

// On all forests of up to 8 comments by up to three authors, one of them
// unknown, every way to look into the graph agrees with the matrix.
func TestGraphAgreesWithMatrix(t *testing.T) {
	names := []string{"Ada", "Bob", ""}
	for parents, who := range testthread.Labelled(len(names), 4) {
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Author = names[who[k]]
		}
		c, g := graphOf(t, rows)
		checkGraph(t, g, matrix(c.Thread))
		if t.Failed() {
			t.Fatalf("parents %v, authors %v", parents, who)
		}
	}
}

func checkGraph(t *testing.T, g *Graph, w [][]int) {
	arcs, replies, selfs := 0, 0, 0
	for a := range w {
		from := thread.AuthorID(a)
		var out, in []Arc
		for b := range w {
			to := thread.AuthorID(b)
			if a == b {
				selfs += w[a][a]
				if g.SelfRepliesOf(from) != w[a][a] || g.Between(from, from) != 0 {
					t.Errorf("author %d: %d self-replies, %d in the graph, want %d and 0", a, g.SelfRepliesOf(from), g.Between(from, from), w[a][a])
				}
				continue
			}
			if w[a][b] > 0 {
				out = append(out, Arc{to, int32(w[a][b])})
				arcs++
				replies += w[a][b]
			}
			if w[b][a] > 0 {
				in = append(in, Arc{to, int32(w[b][a])})
			}
			x, y := int64(a), int64(b)
			weight, ok := g.Weight(x, y)
			e := g.WeightedEdge(x, y)
			if g.Between(from, to) != w[a][b] || weight != float64(w[a][b]) || ok != (w[a][b] > 0) || (e != nil) != ok ||
				(g.Edge(x, y) != nil) != ok || g.HasEdgeFromTo(x, y) != ok || g.HasEdgeBetween(x, y) != (w[a][b]+w[b][a] > 0) {
				t.Errorf("%d→%d is not %d", a, b, w[a][b])
			}
			if e != nil && (e.From().ID() != x || e.To().ID() != y || e.Weight() != weight || e.ReversedEdge().From().ID() != y) {
				t.Errorf("%d→%d: edge %v", a, b, e)
			}
		}
		if !slices.Equal(g.Out(from), out) || !slices.Equal(g.In(from), in) {
			t.Errorf("author %d: out %v in %v, want %v and %v", a, g.Out(from), g.In(from), out, in)
		}
		if got := ids(g.From(int64(a))); !slices.Equal(got, authorsOf(out)) {
			t.Errorf("From(%d) = %v, want %v", a, got, authorsOf(out))
		}
		if got := ids(g.To(int64(a))); !slices.Equal(got, authorsOf(in)) {
			t.Errorf("To(%d) = %v, want %v", a, got, authorsOf(in))
		}
	}
	if g.Arcs() != arcs || g.Replies() != replies || g.SelfReplies() != selfs || len(ids(g.Nodes())) != len(w) {
		t.Errorf("%d arcs, %d replies, %d to oneself, %d nodes, want %d, %d, %d, %d",
			g.Arcs(), g.Replies(), g.SelfReplies(), len(ids(g.Nodes())), arcs, replies, selfs, len(w))
	}
}

func ids(nodes graph.Nodes) []int64 {
	var out []int64
	n := nodes.Len()
	for nodes.Next() {
		out = append(out, nodes.Node().ID())
		n--
		if nodes.Len() != n {
			panic("Len does not count down")
		}
	}
	nodes.Reset()
	if nodes.Len() != len(out) {
		panic("Reset does not start again")
	}
	return out
}

func authorsOf(arcs []Arc) []int64 {
	var out []int64
	for _, a := range arcs {
		out = append(out, int64(a.Author))
	}
	return out
}

// Ghosts, pingbacks, trackbacks and notices are nobody: no node, and answers to
// them no arc.
func TestNobody(t *testing.T) {
	_, g := graphOf(t, []testthread.Row{
		{Parent: -1, Author: "A blog", Kind: thread.Pingback},
		{Parent: -1, Author: "A blog", Kind: thread.Trackback},
		{Parent: -1, Author: "Site", Kind: thread.System},
		{Parent: 0, Author: "Ada"},
		{Parent: 99, Author: "Bob"}, // row 99 does not exist: a ghost
		{Parent: 4, Author: "Ada"},
	})
	if len(g.Authors()) != 2 || g.Arcs() != 1 || g.Replies() != 1 {
		t.Errorf("%d nodes, %d arcs, %d replies, want 2, 1, 1", len(g.Authors()), g.Arcs(), g.Replies())
	}
	for _, id := range []int64{-1, 0, 1, 1 << 40} {
		if g.Node(id) != nil || g.From(id).Next() || g.To(id).Next() || g.HasEdgeBetween(id, id) {
			t.Errorf("node %d is there", id)
		}
	}
}

// Components against the transitive closure, and Q against its definition, on all
// forests of up to 8 comments by four authors; and against the best of all
// partitions where there are 4 comments.
func TestComponentsAndModularity(t *testing.T) {
	for parents, who := range testthread.Labelled(4, 4) {
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Author = fmt.Sprint("author ", who[k])
		}
		c, g := graphOf(t, rows)
		w := matrix(c.Thread)
		cs, err := Components.Of(c)
		if err != nil {
			t.Fatal(err)
		}
		if want := closure(w); !slices.EqualFunc(want, cs, slices.Equal) {
			t.Fatalf("parents %v, authors %v: components (-want +got):\n%s", parents, who, cmp.Diff(want, cs))
		}
		found, err := Louvain.Of(c)
		if err != nil {
			t.Fatal(err)
		}
		if g.Arcs() == 0 {
			if found != nil {
				t.Fatalf("parents %v, authors %v: communities without arcs", parents, who)
			}
			continue
		}
		group := make([]int, len(w))
		for k, as := range found.Groups {
			for _, a := range as {
				group[a] = k
			}
		}
		if want := q(w, group); math.Abs(found.Q-want) > 1e-12 {
			t.Fatalf("parents %v, authors %v: Q = %v, the definition gives %v", parents, who, found.Q, want)
		}
		if len(rows) != 4 {
			continue
		}
		best := math.Inf(-1)
		for partition := range testthread.Words(len(w), len(w)) {
			best = max(best, q(w, partition))
		}
		if found.Q > best+1e-12 {
			t.Fatalf("parents %v, authors %v: Q = %v, of the best partition %v", parents, who, found.Q, best)
		}
	}
}

// closure groups authors by who can reach whom.
func closure(w [][]int) [][]thread.AuthorID {
	n := len(w)
	joined := make([][]bool, n)
	for a := range joined {
		joined[a] = make([]bool, n)
		for b := range joined {
			joined[a][b] = a == b || w[a][b]+w[b][a] > 0
		}
	}
	for k := range n {
		for a := range n {
			for b := range n {
				joined[a][b] = joined[a][b] || joined[a][k] && joined[k][b]
			}
		}
	}
	var out [][]thread.AuthorID
	for a := range n {
		if slices.Index(joined[a], true) < a {
			continue
		}
		var c []thread.AuthorID
		for b := range n {
			if joined[a][b] {
				c = append(c, thread.AuthorID(b))
			}
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y []thread.AuthorID) int { return len(y) - len(x) })
	return out
}

// q is directed modularity by its definition, self-replies left out.
func q(w [][]int, group []int) float64 {
	var m, sum float64
	out, in := make([]float64, len(w)), make([]float64, len(w))
	for a := range w {
		for b := range w {
			if a != b {
				out[a] += float64(w[a][b])
				in[b] += float64(w[a][b])
				m += float64(w[a][b])
			}
		}
	}
	for a := range w {
		for b := range w {
			if group[a] != group[b] {
				continue
			}
			if a != b {
				sum += float64(w[a][b])
			}
			sum -= out[a] * in[b] / m
		}
	}
	return sum / m
}

func BenchmarkBuildMillion(b *testing.B) {
	rows := testthread.Shape(testthread.Bushy(1_000_000, 1)...)
	for k := range rows {
		rows[k].Author = fmt.Sprint("author ", (k*7919)%100_003)
	}
	th := testthread.Build(rows)
	for b.Loop() {
		c := metrics.NewContext(th, metrics.Options{})
		if _, err := Replies.Of(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkComponentsMillion(b *testing.B) {
	rows := testthread.Shape(testthread.Bushy(1_000_000, 1)...)
	for k := range rows {
		rows[k].Author = fmt.Sprint("author ", (k*7919)%100_003)
	}
	th := testthread.Build(rows)
	for b.Loop() {
		c := metrics.NewContext(th, metrics.Options{})
		if _, err := Components.Of(c); err != nil {
			b.Fatal(err)
		}
	}
}

// People without a name are people too: the reason does not call them known.
func TestTriadsOfTwo(t *testing.T) {
	th := testthread.Build([]testthread.Row{{Parent: -1}, {Parent: 0}})
	for _, m := range []*metrics.Measure{Triads[0], Triads[15]} {
		vs, err := m.Run(metrics.NewContext(th, metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if vs.At(0).Defined() || vs.At(0).Reason.EN != "needs at least 3 authors, has 2" {
			t.Errorf("%s of two without a name = %+v", m.Name, vs.At(0))
		}
	}
}
