package replygraph

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/stat"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// arcsOf is a graph of n authors with the given arcs, each as often as it stands.
func arcsOf(n int, arcs ...[2]int) *Graph {
	var answers [][2]thread.AuthorID
	for _, a := range arcs {
		answers = append(answers, [2]thread.AuthorID{thread.AuthorID(a[0]), thread.AuthorID(a[1])})
	}
	return Of(n, answers)
}

// random is a graph of n authors with m answers, some authors silent.
func random(r *rand.Rand, n, m int) *Graph {
	var arcs [][2]int
	for range m {
		if a, b := r.IntN(n), r.IntN(n); a != b {
			arcs = append(arcs, [2]int{a, b})
		}
	}
	return arcsOf(n, arcs...)
}

// small are the different graphs of all forests of up to 8 comments by four authors,
// one labelling by chance for each forest of more than 3.
func small(t *testing.T) []*Graph {
	var out []*Graph
	seen := map[string]bool{}
	for parents, who := range testthread.Labelled(4, 3) {
		var arcs [][2]int
		for k, p := range parents {
			if p >= 0 && who[k] != who[p] {
				arcs = append(arcs, [2]int{who[k], who[p]})
			}
		}
		slices.SortFunc(arcs, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
		if key := fmt.Sprint(arcs); !seen[key] {
			seen[key] = true
			out = append(out, arcsOf(4, arcs...))
		}
	}
	t.Logf("%d small graphs", len(out))
	return out
}

// karate is Zachary's karate club, each friendship once, from the lower number.
var karate = func() *Graph {
	friends := [][]int{
		{1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31}, {2, 3, 7, 13, 17, 19, 21, 30}, {3, 7, 8, 9, 13, 27, 28, 32}, {7, 12, 13}, {6, 10},
		{6, 10, 16}, {16}, nil, {30, 32, 33}, {33}, nil, nil, nil, {33}, {32, 33}, {32, 33}, nil, nil, {32, 33}, {33}, {32, 33}, nil, {32, 33},
		{25, 27, 29, 32, 33}, {25, 27, 31}, {31}, {29, 33}, {33}, {31, 33}, {32, 33}, {32, 33}, {32, 33}, {33}, nil,
	}
	var arcs [][2]int
	for a, list := range friends {
		for _, b := range list {
			arcs = append(arcs, [2]int{a, b})
		}
	}
	return arcsOf(34, arcs...)
}()

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s = %.12g, want %.12g", what, got, want)
	}
}

func TestPageRankAgainstGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	graphs := small(t)
	for range 60 {
		graphs = append(graphs, random(r, 2+r.IntN(20), r.IntN(60)))
	}
	for k, g := range graphs {
		want := network.PageRank(g, damping, 1e-13)
		sum := 0.0
		for a, x := range g.pageRank() {
			sum += x
			near(t, fmt.Sprintf("graph %d: PageRank of %d", k, a), x, want[int64(a)], 1e-9)
		}
		near(t, fmt.Sprintf("graph %d: sum", k), sum, 1, 1e-9)
	}
	// Two who answer each other share alike; whom nobody answers has what jumps bring.
	x := arcsOf(3, [2]int{0, 1}, [2]int{1, 0}, [2]int{2, 0}).pageRank()
	near(t, "PageRank of one whom nobody answers", x[2], 0.15/3, 1e-9)
}

// dense is the slow way: powers of W Wᵀ applied to equal scores.
func dense(g *Graph, rounds int) (hub, authority []float64) {
	n := len(g.node)
	hub, authority = slices.Repeat([]float64{1}, n), make([]float64, n)
	scale := func(x []float64) {
		sum := 0.0
		for _, v := range x {
			sum += v
		}
		for i := range x {
			x[i] /= sum
		}
	}
	w := func(a, b int) float64 { return float64(g.Between(thread.AuthorID(a), thread.AuthorID(b))) }
	for range rounds {
		was := slices.Clone(hub)
		for v := range n {
			authority[v] = 0
			for u := range n {
				authority[v] += w(u, v) * hub[u]
			}
		}
		scale(authority)
		for v := range n {
			hub[v] = 0
			for u := range n {
				hub[v] += w(v, u) * authority[u]
			}
		}
		scale(hub)
		if slices.Equal(hub, was) {
			break
		}
	}
	return hub, authority
}

func TestHITS(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 1))
	settled := 0
	graphs := small(t)
	few := len(graphs)
	for range 60 {
		graphs = append(graphs, random(r, 2+r.IntN(12), 1+r.IntN(40)))
	}
	for k, g := range graphs {
		h, a, why := g.hits()
		if why != nil {
			continue
		}
		if k >= few {
			settled++
		}
		wantH, wantA := dense(g, 1000)
		for v := range h {
			near(t, fmt.Sprintf("graph %d: hub %d", k, v), h[v], wantH[v], 1e-8)
			near(t, fmt.Sprintf("graph %d: authority %d", k, v), a[v], wantA[v], 1e-8)
		}
	}
	if settled < 50 {
		t.Errorf("%d of 60 graphs settled, want nearly all", settled)
	}
	if _, _, why := arcsOf(3).hits(); why == nil {
		t.Error("HITS without answers is defined, want a reason")
	}
}

func TestPathsAgainstGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	graphs := small(t)
	for range 60 {
		graphs = append(graphs, random(r, 3+r.IntN(12), r.IntN(40)))
	}
	for k, g := range graphs {
		n := len(g.node)
		unweighted := simple.NewDirectedGraph()
		for a := range n {
			unweighted.AddNode(simple.Node(a))
		}
		for a := range n {
			for _, e := range g.Out(thread.AuthorID(a)) {
				unweighted.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(e.Author)})
			}
		}
		between := network.Betweenness(unweighted)
		harmonic := network.Harmonic(unweighted, path.DijkstraAllPaths(unweighted))
		got := g.paths(n, 0)
		for a := range n {
			near(t, fmt.Sprintf("graph %d: betweenness of %d", k, a), got.between.x[a], between[int64(a)]/float64((n-1)*(n-2)), 1e-9)
			near(t, fmt.Sprintf("graph %d: harmonic closeness of %d", k, a), got.near.x[a], harmonic[int64(a)]/float64(n-1), 1e-9)
		}
	}
	// The middle of 0 → 1 → 2 lies on the one path between the others.
	near(t, "betweenness of the middle of a path", arcsOf(3, [2]int{0, 1}, [2]int{1, 2}).paths(3, 0).between.x[1], 0.5, 1e-12)
}

// TestPathsSampled: at least 95 % of the intervals hold the exact value, among
// few and among many who exchanged, and all are narrower than what they tell of.
func TestPathsSampled(t *testing.T) {
	for _, of := range []struct {
		name    string
		answers int
	}{{"sparse", 1600}, {"dense", 120_000}} {
		g := random(rand.New(rand.NewPCG(4, 1)), 400, of.answers)
		exact, some := g.paths(400, 0), g.paths(120, 7)
		if exact.between.off != nil || some.between.off == nil {
			t.Fatalf("%s: an interval of the exact values, or none of the others", of.name)
		}
		for _, c := range []struct {
			name string
			x, y *score
		}{{"betweenness", exact.between, some.between}, {"harmonic closeness", exact.near, some.near}} {
			inside, wide := 0, 0
			for a := range c.x.x {
				if math.Abs(c.x.x[a]-c.y.x[a]) <= c.y.off[a]+1e-12 {
					inside++
				}
				if c.y.off[a] > c.x.x[a] {
					wide++
				}
			}
			t.Logf("%s: %s: %d of 400 inside, %d wide", of.name, c.name, inside, wide)
			if share := float64(inside) / 400; share < 0.95 {
				t.Errorf("%s: %s: %.2f of the intervals hold the exact value, want .95", of.name, c.name, share)
			}
		}
	}
}

func TestPathSources(t *testing.T) {
	for _, tt := range []struct{ authors, arcs, want int }{
		{0, 0, 0},
		{1, 0, 1},
		{5000, 50_000, 5000},       // 250 million steps
		{5001, 50_000, 1000},       // more than 5,000
		{1000, 500_000, 500},       // all who exchanged with half of all
		{100_000, 10_000_000, 100}, // never fewer
		{50, 2450, 50},             // everybody answered everybody
	} {
		if got := pathSources(tt.authors, tt.arcs); got != tt.want {
			t.Errorf("pathSources(%d, %d) = %d, want %d", tt.authors, tt.arcs, got, tt.want)
		}
	}
}

func TestCoresAgainstGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	graphs := append(small(t), karate, arcsOf(0), arcsOf(3))
	for range 60 {
		graphs = append(graphs, random(r, 1+r.IntN(15), r.IntN(60)))
	}
	for k, g := range graphs {
		core := g.cores()
		most, _ := g.innermost() // beyond it gonum panics
		for want := range int(most) + 1 {
			in := map[int64]bool{}
			for _, v := range topo.KCore(want, graph.Undirect{G: g}) {
				in[v.ID()] = true
			}
			for _, a := range g.authors {
				if got := int(core[a]) >= want; got != in[int64(a)] {
					t.Errorf("graph %d: author %d in the %d-core: %t, want %t", k, a, want, got, in[int64(a)])
				}
			}
		}
	}
	if k, _ := karate.innermost(); k != 4 {
		t.Errorf("degeneracy of the karate club = %d, want 4", k)
	}
}

func TestStrongAgainstGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	graphs := small(t)
	for range 100 {
		graphs = append(graphs, random(r, 1+r.IntN(15), r.IntN(40)))
	}
	for k, g := range graphs {
		want, largest := topo.TarjanSCC(g), 0
		for _, c := range want {
			largest = max(largest, len(c))
		}
		if n, l := g.strong(); n != len(want) || l != largest {
			t.Errorf("graph %d: %d groups, the largest of %d, want %d and %d", k, n, l, len(want), largest)
		}
	}
}

func TestComponentsAgainstGonum(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 1))
	graphs := small(t)
	for range 100 {
		graphs = append(graphs, random(r, 1+r.IntN(20), r.IntN(25)))
	}
	for k, g := range graphs {
		want := map[string]bool{}
		for _, group := range topo.ConnectedComponents(graph.Undirect{G: g}) {
			var ids []int
			for _, n := range group {
				ids = append(ids, int(n.ID()))
			}
			slices.Sort(ids)
			want[fmt.Sprint(ids)] = true
		}
		got := g.components()
		for i, group := range got {
			if !want[fmt.Sprint(group)] {
				t.Errorf("graph %d: %v is no group", k, group)
			}
			if i > 0 && len(group) > len(got[i-1]) {
				t.Errorf("graph %d: a group of %d after one of %d", k, len(group), len(got[i-1]))
			}
		}
		if len(got) != len(want) {
			t.Errorf("graph %d: %d groups, want %d", k, len(got), len(want))
		}
	}
}

// named is an example of each kind of triad as it is usually drawn.
var named = map[int][][2]int{
	t003: {}, t012: {{0, 1}}, t102: {{0, 1}, {1, 0}}, t021D: {{1, 0}, {1, 2}}, t021U: {{0, 1}, {2, 1}}, t021C: {{0, 1}, {1, 2}},
	t111D: {{0, 1}, {1, 0}, {2, 1}}, t111U: {{0, 1}, {1, 0}, {1, 2}}, t030T: {{0, 1}, {2, 1}, {0, 2}}, t030C: {{1, 0}, {2, 1}, {0, 2}},
	t201: {{0, 1}, {1, 0}, {1, 2}, {2, 1}}, t120D: {{1, 0}, {1, 2}, {0, 2}, {2, 0}}, t120U: {{0, 1}, {2, 1}, {0, 2}, {2, 0}},
	t120C: {{0, 1}, {1, 2}, {0, 2}, {2, 0}}, t210: {{0, 1}, {1, 2}, {2, 1}, {0, 2}, {2, 0}}, t300: {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 2}, {2, 0}},
}

// kindOf finds the kind of a triad by trying all ways to number an example.
func kindOf(has func(i, j int) bool) int {
	for kind, arcs := range named {
		for _, p := range [][3]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			same := 0
			for i := range 3 {
				for j := range 3 {
					if i != j && has(p[i], p[j]) == slices.Contains(arcs, [2]int{i, j}) {
						same++
					}
				}
			}
			if same == 6 {
				return kind
			}
		}
	}
	return -1
}

func TestTriads(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 1))
	graphs := append(small(t), arcsOf(0), arcsOf(1), arcsOf(2, [2]int{0, 1}), karate)
	for range 80 {
		graphs = append(graphs, random(r, 3+r.IntN(9), r.IntN(50)))
	}
	for k, g := range graphs {
		var want [16]float64
		n := len(g.node)
		for a := range n {
			for b := a + 1; b < n; b++ {
				for c := b + 1; c < n; c++ {
					who := [3]int{a, b, c}
					want[kindOf(func(i, j int) bool { return g.Between(thread.AuthorID(who[i]), thread.AuthorID(who[j])) > 0 })]++
				}
			}
		}
		if got := g.census().triads; got != want {
			t.Errorf("graph %d: %v, want %v", k, got, want)
		}
	}
	// The published example.
	got := arcsOf(7, [2]int{0, 1}, [2]int{0, 2}, [2]int{0, 3}, [2]int{0, 4}, [2]int{0, 5}, [2]int{1, 2}, [2]int{1, 6}, [2]int{5, 1}, [2]int{5, 6}, [2]int{6, 5}).census().triads
	want := [16]float64{t003: 8, t012: 9, t102: 3, t021D: 9, t021C: 2, t111D: 1, t030T: 2, t120C: 1}
	if got != want {
		t.Errorf("networkx's example: %v, want %v", got, want)
	}
}

// The karate club's published figures: transitivity .2557, mean clustering .5706,
// assortativity -.4756.
func TestKarate(t *testing.T) {
	s := karate.census()
	near(t, "transitivity", 3*s.closed/s.wedges, 0.2556818182, 1e-9)
	sum := 0.0
	for _, a := range karate.authors {
		if k := float64(s.friends.degree(a)); k > 1 {
			sum += float64(s.triangles[a]) / (k * (k - 1) / 2)
		}
	}
	near(t, "mean clustering", sum/34, 0.5706384782, 1e-9)
	f := karate.undirected()
	near(t, "assortativity", karate.assortativity(func(a thread.AuthorID) float64 { return float64(f.degree(a)) }).X, -0.4756130977, 1e-9)
}

func TestLabelAssortativity(t *testing.T) {
	square := arcsOf(4, [2]int{0, 1}, [2]int{2, 3}, [2]int{1, 2}, [2]int{3, 0})
	label := func(labels ...int) func(thread.AuthorID) int {
		return func(a thread.AuthorID) int { return labels[a] }
	}
	// Half of the links stay within, as half would by chance.
	if v := square.LabelAssortativity(label(0, 0, 1, 1)); !v.Defined() || v.X != 0 || v.N != 4 {
		t.Errorf("of halves = %+v, want 0 of 4 links", v)
	}
	if v := square.LabelAssortativity(label(0, 1, 0, 1)); v.X != -1 {
		t.Errorf("of alternating labels = %v, want -1", v.X)
	}
	if v := square.LabelAssortativity(label(0, 0, -1, -1)); v.Defined() {
		t.Errorf("of one label = %v, want a reason", v.X)
	}
	if v := arcsOf(4, [2]int{0, 1}, [2]int{2, 3}).LabelAssortativity(label(0, 0, 1, 1)); v.X != 1 {
		t.Errorf("of separate labels = %v, want 1", v.X)
	}
	if v := arcsOf(2).LabelAssortativity(label(0, 1)); v.Defined() {
		t.Errorf("without links = %v, want a reason", v.X)
	}
}

// By Newman's table of who is linked with whom, by label, on all small graphs; the
// labels are two, of everybody or of all but the last.
func TestAssortativityOfSmallGraphs(t *testing.T) {
	of := []int{0, 1, 0, 1}
	for k, g := range small(t) {
		of[3] = k%3 - 1
		var e [2][2]float64
		links := 0.0
		var degrees, others []float64 // at both ends of each link
		degree := func(a int) (n float64) {
			for b := range 4 {
				if g.HasEdgeBetween(int64(a), int64(b)) {
					n++
				}
			}
			return n
		}
		for a := range 4 {
			for b := range 4 {
				if a == b || !g.HasEdgeBetween(int64(a), int64(b)) {
					continue
				}
				degrees, others = append(degrees, degree(a)), append(others, degree(b))
				if of[a] >= 0 && of[b] >= 0 {
					e[of[a]][of[b]]++
					links++
				}
			}
		}
		chance := 0.0
		for l := range 2 {
			a := (e[l][0] + e[l][1]) / links
			chance += a * a
		}
		want := ((e[0][0]+e[1][1])/links - chance) / (1 - chance) // 0/0 where there is none
		v := g.LabelAssortativity(func(a thread.AuthorID) int { return of[a] })
		if v.Defined() == math.IsNaN(want) || v.Defined() && math.Abs(v.X-want) > 1e-12 || v.N != int(links/2) {
			t.Fatalf("graph %d, labels %v: by label %+v, want %v of %v links", k, of, v, want, links/2)
		}
		f := g.undirected()
		v = g.assortativity(func(a thread.AuthorID) float64 { return float64(f.degree(a)) })
		want = stat.Correlation(degrees, others, nil)
		if v.Defined() == math.IsNaN(want) || v.Defined() && math.Abs(v.X-want) > 1e-9 {
			t.Fatalf("graph %d: by degree %+v, want %v", k, v, want)
		}
	}
}

// The measure reads the labels that were brought along, and says why there is none.
func TestLabelMixing(t *testing.T) {
	rows := []testthread.Row{
		{Parent: -1, Author: "Ada"}, {Parent: 0, Author: "Bob"}, {Parent: 1, Author: "Cyd"}, {Parent: 2, Author: "Dan"}, {Parent: 3, Author: "Ada"},
		{Parent: 0, Author: ""},
	}
	of := func(l *metrics.Labels) metrics.Value {
		vs, err := LabelMixing.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{Labels: l}))
		if err != nil {
			t.Fatal(err)
		}
		return vs.At(0)
	}
	if v := of(&metrics.Labels{Of: map[string]string{"Ada": "red", "Bob": "blue", "Cyd": "red", "Dan": "blue"}}); v.X != -1 || v.N != 4 {
		t.Errorf("of alternating labels = %+v, want -1 of 4 links", v)
	}
	if v := of(&metrics.Labels{Of: map[string]string{"Ada": "red", "Bob": "red", "Cyd": "blue"}}); !v.Defined() || v.N != 2 {
		t.Errorf("of three with a label = %+v, want that of 2 links", v)
	}
	for _, tt := range []struct {
		l    *metrics.Labels
		want *metrics.Text
	}{
		{nil, noLabels},
		{&metrics.Labels{Of: map[string]string{"Ada": "red", "Cyd": "blue"}}, unlabelled},
		{&metrics.Labels{Of: map[string]string{"Ada": "red", "Bob": "red"}}, oneLabel},
	} {
		if v := of(tt.l); v.Defined() || v.Reason != tt.want {
			t.Errorf("of %+v = %+v, want %s", tt.l, v, tt.want.EN)
		}
	}
}

func largeGraph() *Graph { return random(rand.New(rand.NewPCG(8, 1)), 100_000, 500_000) }

func BenchmarkPageRank(b *testing.B) {
	g := largeGraph()
	for b.Loop() {
		g.pageRank()
	}
}

// BenchmarkPageRankGonum is the same with gonum's own graph and algorithm.
func BenchmarkPageRankGonum(b *testing.B) {
	g := largeGraph()
	s := simple.NewWeightedDirectedGraph(0, 0)
	for _, a := range g.authors {
		s.AddNode(simple.Node(a))
	}
	for _, a := range g.authors {
		for _, e := range g.Out(a) {
			s.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(a), T: simple.Node(e.Author), W: float64(e.Replies)})
		}
	}
	for b.Loop() {
		network.PageRankSparse(s, damping, precision)
	}
}

func BenchmarkCensus(b *testing.B) {
	g := largeGraph()
	for b.Loop() {
		g.census()
	}
}
