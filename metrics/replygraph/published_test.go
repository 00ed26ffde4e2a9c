package replygraph

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"threadheat/thread"
)

// Values that other libraries publish for graphs of theirs, in their documentation
// and with their tests. Links are written once; mutual makes arcs both ways of them.
func mutual(n int, links ...[2]int) *Graph {
	arcs := slices.Clone(links)
	for _, l := range links {
		arcs = append(arcs, [2]int{l[1], l[0]})
	}
	return arcsOf(n, arcs...)
}

func transitivity(g *Graph) float64 {
	c := g.census()
	return 3 * c.closed / c.wedges
}

// igraph's examples of transitivity: 0 of a ring of 100, 1 of 20 who all know each
// other, none of people who do not, .2556818… of the karate club.
func TestTransitivityOfIgraph(t *testing.T) {
	var ring, full [][2]int
	for v := range 100 {
		ring = append(ring, [2]int{v, (v + 1) % 100})
	}
	for v := range 20 {
		for u := range v {
			full = append(full, [2]int{v, u})
		}
	}
	near(t, "of a ring", transitivity(arcsOf(100, ring...)), 0, 0)
	near(t, "of a full graph", transitivity(arcsOf(20, full...)), 1, 0)
	near(t, "of the karate club", transitivity(karate), 0.2556818181818181767717, 1e-15)
	if x := transitivity(arcsOf(6)); !math.IsNaN(x) {
		t.Errorf("without links = %v, want none", x)
	}
}

// igraph's core numbers of the karate club and of five who all know each other.
func TestCoresOfIgraph(t *testing.T) {
	want := []int32{4, 4, 4, 4, 3, 3, 3, 4, 4, 2, 3, 1, 2, 4, 2, 2, 2, 2, 2, 3, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 4, 3, 4, 4}
	if got := karate.cores(); !slices.Equal(got, want) {
		t.Errorf("of the karate club %v, want %v", got, want)
	}
	var full [][2]int
	for v := range 5 {
		for u := range v {
			full = append(full, [2]int{v, u})
		}
	}
	if got := arcsOf(5, full...).cores(); !slices.Equal(got, []int32{4, 4, 4, 4, 4}) {
		t.Errorf("of a full graph %v, want all 4", got)
	}
}

// networkx's example of cores, Figure 1 of Batagelj and Zaveršnik (2003): 1 to 8 are
// the 3-core, 9 to 16 the 2-core, 17 to 20 the 1-core, 21 has no link.
func TestCoresOfNetworkx(t *testing.T) {
	links := [][2]int{
		{3, 7}, {2, 11}, {11, 5}, {11, 12}, {5, 12}, {12, 19}, {12, 18}, {3, 9}, {7, 9}, {7, 10}, {9, 10}, {9, 20},
		{17, 13}, {13, 14}, {14, 15}, {15, 16}, {16, 13},
	}
	for _, four := range []int{1, 5} { // all of these know each other
		for v := range 4 {
			for u := range v {
				links = append(links, [2]int{four + v, four + u})
			}
		}
	}
	core := arcsOf(22, links...).cores()
	for v := 1; v <= 21; v++ {
		want := int32(0)
		switch {
		case v <= 8:
			want = 3
		case v <= 16:
			want = 2
		case v <= 20:
			want = 1
		}
		if core[v] != want {
			t.Errorf("core number of %d = %d, want %d", v, core[v], want)
		}
	}
}

// igraph's examples of harmonic centrality, to the six digits that it prints: a line
// of seven, in one direction (its distances are to others, ours from them, so that
// the line runs the other way here) and in both, and a graph of several parts.
func TestHarmonicOfIgraph(t *testing.T) {
	var line, back [][2]int
	for v := range 6 {
		line, back = append(line, [2]int{v, v + 1}), append(back, [2]int{v + 1, v})
	}
	parts := [][2]int{
		{1, 2}, {2, 3}, {1, 3}, {4, 5}, {5, 6}, {6, 7}, {5, 8}, {8, 9}, {6, 10}, {10, 11}, {7, 11},
		{9, 13}, {9, 14}, {9, 15}, {9, 16}, {13, 14}, {13, 15}, {13, 16}, {14, 15}, {14, 16},
		{15, 16}, {17, 18}, {4, 19}, {4, 20},
	}
	for _, tt := range []struct {
		name string
		g    *Graph
		want []float64
	}{
		{"a line", arcsOf(7, back...), []float64{.408333, .380556, .347222, .305556, .25, .166667, 0}},
		{"a line both ways", mutual(7, line...), []float64{.408333, .547222, .597222, .611111, .597222, .547222, .408333}},
		{"several parts", mutual(21, parts...), []float64{
			0, .1, .1, .1, .3125, .358333, .325, .260833, .329167, .368333, .260833, .23, 0, .315, .315, .315, .315, .05, .05, .220833, .220833,
		}},
	} {
		got := tt.g.paths(len(tt.want), 0).near.x
		for v, want := range tt.want {
			near(t, fmt.Sprintf("%s: harmonic closeness of %d", tt.name, v), got[v], want, 6e-7)
		}
	}
}

// igraph's assortativity of the karate club: by degree, and by degree as a label that
// has no order.
func TestAssortativityOfIgraph(t *testing.T) {
	f := karate.undirected()
	near(t, "by degree", karate.assortativity(func(a thread.AuthorID) float64 { return float64(f.degree(a)) }).X, -0.475613, 5e-7)
	near(t, "by degree as a label", karate.LabelAssortativity(func(a thread.AuthorID) int { return f.degree(a) }).X, -0.077745, 5e-7)
}

// networkx's: a line of four by degree, and six fish of four kinds.
func TestAssortativityOfNetworkx(t *testing.T) {
	line := arcsOf(4, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3})
	f := line.undirected()
	near(t, "by degree", line.assortativity(func(a thread.AuthorID) float64 { return float64(f.degree(a)) }).X, -0.5, 1e-12)
	fish := []int{0, 0, 1, 1, 2, 3}
	near(t, "by kind of fish", arcsOf(6, [2]int{0, 1}, [2]int{2, 3}, [2]int{0, 4}, [2]int{2, 5}).
		LabelAssortativity(func(a thread.AuthorID) int { return fish[a] }).X, 6./22, 1e-12)
}

// networkx's example of betweenness, Krackhardt's kite, before it is halved.
func TestBetweennessOfNetworkx(t *testing.T) {
	kite := mutual(10, [][2]int{
		{0, 1}, {0, 2}, {0, 3}, {0, 5}, {1, 3}, {1, 4}, {1, 6}, {2, 3}, {2, 5}, {3, 4}, {3, 5}, {3, 6}, {4, 6}, {5, 6}, {5, 7},
		{6, 7}, {7, 8}, {8, 9},
	}...)
	got := kite.paths(10, 0).between.x
	for v, want := range []float64{1.667, 1.667, 0, 7.333, 0, 16.667, 16.667, 28, 16, 0} {
		near(t, fmt.Sprintf("betweenness of %d", v), got[v]*9*8, want, 5e-4)
	}
}

// networkx's example of HITS, which is Langville's and Meyer's.
func TestHITSOfNetworkx(t *testing.T) {
	hub, authority, why := arcsOf(7, [2]int{1, 3}, [2]int{1, 5}, [2]int{2, 1}, [2]int{3, 5}, [2]int{5, 4}, [2]int{5, 3}, [2]int{6, 5}).hits()
	if why != nil {
		t.Fatal(why.EN)
	}
	wantHub := []float64{0, .366025, 0, .211325, 0, .211325, .211325}
	wantAuthority := []float64{0, 0, 0, .366025, .133975, .5, 0}
	for v := range wantHub {
		near(t, fmt.Sprintf("hub %d", v), hub[v], wantHub[v], 1e-6)
		near(t, fmt.Sprintf("authority %d", v), authority[v], wantAuthority[v], 1e-6)
	}
}

// networkx's examples of the kinds of triad, one each.
func TestTriadsOfNetworkx(t *testing.T) {
	for kind, arcs := range map[int][][2]int{
		t003: {}, t012: {{0, 1}}, t021D: {{0, 1}, {0, 2}}, t102: {{0, 1}, {1, 0}}, t021U: {{0, 1}, {2, 1}}, t021C: {{0, 1}, {1, 2}},
		t111D: {{0, 1}, {1, 0}, {2, 1}}, t111U: {{0, 1}, {1, 0}, {1, 2}}, t030T: {{0, 1}, {1, 2}, {0, 2}}, t030C: {{0, 1}, {1, 2}, {2, 0}},
		t201: {{0, 1}, {1, 0}, {2, 0}, {0, 2}}, t120D: {{0, 1}, {1, 0}, {2, 0}, {2, 1}}, t120U: {{0, 1}, {1, 0}, {0, 2}, {1, 2}},
		t120C: {{0, 1}, {1, 0}, {0, 2}, {2, 1}}, t210: {{0, 1}, {1, 0}, {2, 1}, {1, 2}, {0, 2}},
		t300: {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 2}, {2, 0}},
	} {
		var want [16]float64
		want[kind] = 1
		if got := arcsOf(3, arcs...).census().triads; got != want {
			t.Errorf("%v: triads %v, want one of kind %d", arcs, got, kind)
		}
	}
	// A line of four: two people in the middle.
	want := [16]float64{t012: 2, t021C: 2}
	if got := arcsOf(4, [2]int{0, 1}, [2]int{1, 2}, [2]int{2, 3}).census().triads; got != want {
		t.Errorf("a line of four: %v, want %v", got, want)
	}
}
