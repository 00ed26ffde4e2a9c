package replygraph

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// sidesOf are the given sides of a graph that is in one piece.
func sidesOf(g *Graph, second func(a int) bool) *Sides {
	s := g.among(g.authors)
	side := make([]bool, len(g.authors))
	for a := range side {
		side[a] = second(a)
	}
	s.set(side)
	return s
}

// The karate club cut in halves of 17, as partitioners do: but for 8, who is
// closer to the others, and 9, who has a friend in each half, those are the clubs
// into which it fell.
func factions() *Sides {
	return sidesOf(karate, func(a int) bool { return a > 21 || slices.Contains([]int{8, 14, 15, 18, 20}, a) })
}

// Computed elsewhere, to six decimals, by a dense solution for halves of 17
// and 17.
func TestRWCOfKarate(t *testing.T) {
	c := factions().controversy()
	for k, want := range []float64{.590032, .683737, .757328, .768190, .781199} {
		near(t, fmt.Sprintf("RWC of k = %d", k+1), c.ByK[k], want, 5e-7)
	}
	if len(c.ByK) != 10 || c.K != 4 {
		t.Errorf("%d values, the one for all is k = %d, want 10 and 4", len(c.ByK), c.K)
	}
}

// Two people on one side and nine on the other: walks can end with one of each
// side, and with no other number, so that there is no least and no most.
func TestRWCOfOneNumberOfEnds(t *testing.T) {
	var rows []testthread.Row
	add := func(who, parent int) {
		rows = append(rows, testthread.Row{Parent: parent, Author: fmt.Sprint("author ", who)})
	}
	add(0, -1)
	for who := 1; who < 9; who++ { // around 0
		add(who, 0)
	}
	add(9, -1)
	for range 3 {
		add(10, 9) // 9 and 10, and the bridge
	}
	add(0, 9)
	c, _ := graphOf(t, rows)
	curve, err := RWCurve.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	if len(curve.ByK) != 1 {
		t.Fatalf("%d numbers of ends (%v), want 1", len(curve.ByK), curve.why)
	}
	table, err := metrics.Run(c, []*metrics.Measure{RWC, RWCLeast, RWCMost})
	if err != nil {
		t.Fatal(err)
	}
	if !table.Value("rwc").Defined() || table.Value("rwc-least").Reason != oneNumberOfEnds || table.Value("rwc-most").Reason != oneNumberOfEnds {
		t.Errorf("rwc %+v, least %+v, most %+v: want the first alone", table.Value("rwc"), table.Value("rwc-least"), table.Value("rwc-most"))
	}
}

// The split that is found is nearly that in halves, whatever the seed.
func TestSidesOfKarate(t *testing.T) {
	want := factions().Second
	for seed := range uint64(20) {
		s := karate.among(karate.authors)
		s.split(seed)
		off := 0
		for v := range want {
			if s.why != nil || s.Second[v] != want[v] {
				off++
			}
		}
		// Number 9 may go either way, and 2 has as many friends in both.
		if off > 2 {
			t.Errorf("seed %d: %d of 34 on the other side, want at most 2", seed, off)
		}
	}
}

// joined is a random graph in one piece.
func joined(r *rand.Rand, n, more int) *Graph {
	var arcs [][2]int
	for v := 1; v < n; v++ {
		arcs = append(arcs, [2]int{v, r.IntN(v)})
	}
	for range more {
		if a, b := r.IntN(n), r.IntN(n); a != b {
			arcs = append(arcs, [2]int{a, b})
		}
	}
	return arcsOf(n, arcs...)
}

// denseSpread solves the same equations by elimination.
func denseSpread(s *Sides, x []float64, fixed []bool) []float64 {
	n := len(x)
	a, b := mat.NewDense(n, n, nil), mat.NewVecDense(n, nil)
	for v := range n {
		a.Set(v, v, 1)
		if fixed[v] {
			b.SetVec(v, x[v])
			continue
		}
		for _, u := range s.of(int32(v)) {
			a.Set(v, int(u), -1/s.degree(int32(v)))
		}
	}
	var out mat.VecDense
	if err := out.SolveVec(a, b); err != nil {
		panic(err)
	}
	return out.RawVector().Data
}

// slowRWC counts the four chances one by one, from the solution by elimination.
func slowRWC(s *Sides, k int) float64 {
	n := len(s.People)
	hub := make([]bool, n)
	onFirst := make([]float64, n)
	for _, second := range []bool{false, true} {
		for range k {
			best := -1
			for v := range n {
				if s.Second[v] == second && !hub[v] && (best < 0 || s.degree(int32(v)) > s.degree(int32(best))) {
					best = v
				}
			}
			hub[best] = true
			if !second {
				onFirst[best] = 1
			}
		}
	}
	end := denseSpread(s, onFirst, hub)
	var p [2][2]float64 // start and end
	for v := range n {
		start := 0
		if s.Second[v] {
			start = 1
		}
		for _, u := range s.of(int32(v)) {
			step := 0.5 / float64(s.size(start == 1)) / s.degree(int32(v))
			p[start][0] += step * end[u]
			p[start][1] += step * (1 - end[u])
		}
	}
	given := func(start, end int) float64 { return p[start][end] / (p[0][end] + p[1][end]) }
	return given(0, 0)*given(1, 1) - given(1, 0)*given(0, 1)
}

func TestControversyAgainstElimination(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	for k := range 60 {
		n := minPeople + r.IntN(40)
		g := joined(r, n, r.IntN(3*n))
		cut := 2 + r.IntN(n-4)
		s := sidesOf(g, func(a int) bool { return a >= cut })
		c := s.controversy()
		if c.why != nil {
			t.Fatalf("graph %d: %s", k, c.why.EN)
		}
		for k, x := range c.ByK {
			near(t, fmt.Sprintf("RWC of k = %d", k+1), x, slowRWC(s, k+1), 1e-10)
		}
		x, fixed := make([]float64, n), make([]bool, n)
		for side, hubs := range s.hubs {
			for _, v := range hubs[:(len(hubs)+19)/20] {
				x[v], fixed[v] = []float64{1, -1}[side], true
			}
		}
		var up, down []float64
		for _, o := range denseSpread(s, x, fixed) {
			if o > 1e-9 {
				up = append(up, o)
			} else if o < -1e-9 {
				down = append(down, o)
			}
		}
		mean := func(xs []float64) float64 {
			sum := 0.0
			for _, x := range xs {
				sum += x
			}
			return sum / float64(len(xs))
		}
		want := (1 - math.Abs(float64(len(up)-len(down)))/float64(n)) * (mean(up) - mean(down)) / 2
		near(t, fmt.Sprintf("graph %d: dipole moment", k), s.dipole().X, want, 1e-10)
	}
}

// bridge is two stars of five, their centres 0 and 5, joined by 1 and 6.
func bridge(more ...[2]int) *Graph {
	arcs := [][2]int{{1, 0}, {2, 0}, {3, 0}, {4, 0}, {6, 5}, {7, 5}, {8, 5}, {9, 5}, {1, 6}}
	return arcsOf(10, append(arcs, more...)...)
}

// By hand. The boundary of the bridge is 1 and 6, with one link inside and one
// across each. With 2 answering 7 too, two more such; with 0 answering 5, the
// centres join the boundary, but 1 and 2 then have nobody inside: 0 has two
// links inside (3 and 4) and one across.
func TestBoundaryByHand(t *testing.T) {
	for _, tt := range []struct {
		name string
		more [][2]int
		want float64
		n    int
	}{
		{"one bridge", nil, 0, 2},
		{"two bridges", [][2]int{{2, 7}}, 0, 4},
		{"two bridges and the centres", [][2]int{{2, 7}, {0, 5}}, 2./3 - 1./2, 2},
		{"a bridge with friends", [][2]int{{1, 2}, {1, 3}}, (3./4+1./2)/2 - 1./2, 2},
		{"one who answers five", [][2]int{{1, 7}, {1, 8}, {1, 9}}, (1./5+4*1./2)/5 - 1./2, 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := sidesOf(bridge(tt.more...), func(a int) bool { return a >= 5 }).boundary()
			near(t, "boundary connectivity", v.X, tt.want, 1e-12)
			if v.N != tt.n {
				t.Errorf("boundary of %d, want %d", v.N, tt.n)
			}
		})
	}
	everybody := bridge([2]int{0, 5}, [2]int{2, 7}, [2]int{3, 8}, [2]int{4, 9})
	if v := sidesOf(everybody, func(a int) bool { return a >= 5 }).boundary(); v.Defined() {
		t.Errorf("where everybody crosses = %v, want a reason", v.X)
	}
}

// By hand. On the bridge, opinions fall from 1 at one centre to −1 at the other:
// 1/3 at 1, −1/3 at 6; the leaves have those of their centre. Means are ±(4+1/3)/5.
func TestDipoleByHand(t *testing.T) {
	near(t, "of the bridge", sidesOf(bridge(), func(a int) bool { return a >= 5 }).dipole().X, 13./15, 1e-12)
	// Four leaves more on one side: 9 and 5 of 14, with means (8+1/3)/9 and −(4+1/3)/5.
	arcs := [][2]int{{1, 0}, {2, 0}, {3, 0}, {4, 0}, {6, 5}, {7, 5}, {8, 5}, {9, 5}, {1, 6}, {10, 0}, {11, 0}, {12, 0}, {13, 0}}
	s := sidesOf(arcsOf(14, arcs...), func(a int) bool { return 5 <= a && a <= 9 })
	near(t, "of unequal stars", s.dipole().X, (1-4./14)*(25./27+13./15)/2, 1e-12)
}

// What has no two sides says so, and what has is found.
func TestTwoSides(t *testing.T) {
	star := testthread.Shape(slices.Insert(slices.Repeat([]int{0}, 40), 0, -1)...)
	chain := testthread.Shape(testthread.Chain(30)...)
	for _, tt := range []struct {
		name    string
		rows    []testthread.Row
		why     *metrics.Text
		smaller int
	}{
		{"nobody", nil, tooFewLinked, 0},
		{"nine people", chain[:9], tooFewLinked, 0},
		{"a star", star, undivided, 0},
		{"a chain", chain, nil, 15},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := graphOf(t, tt.rows)
			s, err := TwoSides.Of(c)
			if err != nil {
				t.Fatal(err)
			}
			if s.why != tt.why {
				t.Fatalf("why = %+v, want %+v", s.why, tt.why)
			}
			if s.why == nil && min(s.size(false), s.size(true)) != tt.smaller {
				t.Errorf("sides of %d and %d, want the smaller of %d", s.size(false), s.size(true), tt.smaller)
			}
		})
	}
}

// A split into two is at least as good as most there are: on random graphs of 10
// people, at least as good as any where one person changes sides, and within 0.1
// of the best of all 512.
func TestSplitAgainstAllSplits(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 1))
	for k := range 40 {
		g := joined(r, 10, r.IntN(12))
		q := func(second []bool) float64 {
			links, within := 0.0, 0.0
			var ends [2]float64
			f := g.undirected()
			for a := range 10 {
				for _, b := range f.of(thread.AuthorID(a)) {
					links += 0.5
					if second[a] == second[b] {
						within += 0.5
					}
					if second[a] {
						ends[1]++
					} else {
						ends[0]++
					}
				}
			}
			return within/links - (ends[0]*ends[0]+ends[1]*ends[1])/(4*links*links)
		}
		best := 0.0
		for bits := range 1 << 9 {
			second := make([]bool, 10)
			for v := range second {
				second[v] = bits>>v&1 == 1
			}
			best = max(best, q(second))
		}
		s := g.among(g.authors)
		x := s.slowest(1)
		second := make([]bool, 10)
		for v := range second {
			second[v] = x[v] > 0
		}
		got := s.improve(second)
		near(t, "Q", got, q(second), 1e-12)
		if got < best-0.1 {
			t.Errorf("graph %d: Q = %v, at best %v", k, got, best)
		}
		for v := range second {
			second[v] = !second[v]
			if q(second) > got+1e-12 {
				t.Errorf("graph %d: better if %d changes sides: %v, have %v", k, v, q(second), got)
			}
			second[v] = !second[v]
		}
	}
}

// The answers take their time, but not for ever: a large comment page in which
// all are joined, and a chain of people, on which walks settle slowly.
func BenchmarkControversy(b *testing.B) {
	for _, tt := range []struct {
		name string
		th   *thread.Thread
	}{
		{"bushy", fixtures.Build(fixtures.Bushy(50_000, 1))},
		{"chain", testthread.Build(testthread.Shape(testthread.Chain(20_000)...))},
	} {
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				c := metrics.NewContext(tt.th, metrics.Options{})
				v, err := metrics.Run(c, []*metrics.Measure{RWC, RWCLeast, RWCMost, BoundaryConnectivity, DipoleMoment})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(v.Value("rwc").X, "rwc")
			}
		})
	}
}
