package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat/combin"

	"threadheat/metrics/internal/testthread"
)

func floats(w []int) []float64 {
	xs := make([]float64, len(w))
	for i, x := range w {
		xs[i] = float64(x)
	}
	return xs
}

// The examples of R's documentation of wilcox.test, after Hollander and Wolfe
// (1973): W = 35, one-sided p = 0.1272; V = 40, one-sided p = 0.01953.
func TestRankTestsPublished(t *testing.T) {
	placenta := MannWhitney(
		[]float64{.80, .83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, .73, 1.46},
		[]float64{1.15, .88, .90, .74, 1.21})
	if placenta.Statistic != 35 || !placenta.Exact || math.Abs(placenta.P-2*.1272) > 1e-4 {
		t.Errorf("MannWhitney = %+v, want U 35, p 0.2544", placenta)
	}
	first := []float64{1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30}
	second := []float64{.878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29}
	for i := range first {
		first[i] -= second[i]
	}
	if got := SignedRank(first); got.Statistic != 40 || !got.Exact || math.Abs(got.P-2*.01953) > 1e-5 {
		t.Errorf("SignedRank = %+v, want W 40, p 0.03906", got)
	}
}

// MannWhitney and Dominance against their definitions: all pairs compared, all
// splits tried, for all samples of up to 3 and 3 with up to three values.
func TestMannWhitneyTwin(t *testing.T) {
	u := func(xs, ys []float64) (s float64) {
		for _, x := range xs {
			for _, y := range ys {
				switch {
				case x > y:
					s++
				case x == y:
					s += .5
				}
			}
		}
		return s
	}
	for _, size := range [][2]int{{1, 1}, {1, 3}, {2, 2}, {2, 3}, {3, 3}} {
		n, m := size[0], size[1]
		for w := range testthread.Words(n+m, 3) {
			all := floats(w)
			xs, ys := all[:n], all[n:]
			far := math.Abs(u(xs, ys) - float64(n*m)/2)
			hits, splits := 0., 0.
			for set := range 1 << (n + m) {
				var a, b []float64
				for i, x := range all {
					if set>>i&1 == 1 {
						a = append(a, x)
					} else {
						b = append(b, x)
					}
				}
				if len(a) != n {
					continue
				}
				splits++
				if math.Abs(u(a, b)-float64(n*m)/2) >= far {
					hits++
				}
			}
			if got := MannWhitney(xs, ys); got.Statistic != u(xs, ys) || !near(got.P, hits/splits) {
				t.Fatalf("MannWhitney(%v, %v) = %+v, want U %v, p %v", xs, ys, got, u(xs, ys), hits/splits)
			}
			delta, ci, ok := Dominance(xs, ys)
			if want := 2*u(xs, ys)/float64(n*m) - 1; !ok || !near(delta, want) || ci[0] > delta || ci[1] < delta || ci[0] < -1 || ci[1] > 1 {
				t.Fatalf("Dominance(%v, %v) = %v in %v, want %v", xs, ys, delta, ci, want)
			}
		}
	}
}

func TestSignedRankTwin(t *testing.T) {
	sum := func(ds []float64) (s float64) {
		for i, p := range places(absolute(ds)) {
			if ds[i] > 0 {
				s += p
			}
		}
		return s
	}
	for w := range testthread.Words(5, 5) {
		var ds []float64
		for _, x := range w {
			if x != 2 {
				ds = append(ds, float64(x-2))
			}
		}
		half := float64(len(ds)*(len(ds)+1)) / 4
		far := math.Abs(sum(ds) - half)
		hits := 0.
		for set := range 1 << len(ds) {
			other := slices.Clone(ds)
			for i := range other {
				if set>>i&1 == 1 {
					other[i] = -other[i]
				}
			}
			if math.Abs(sum(other)-half) >= far {
				hits++
			}
		}
		want := hits / float64(int(1)<<len(ds))
		if got := SignedRank(floats2(w)); got.N != len(ds) || !near(got.P, want) || len(ds) > 0 && got.Statistic != sum(ds) {
			t.Fatalf("SignedRank(%v - 2) = %+v, want W %v, p %v", w, got, sum(ds), want)
		}
	}
}

func absolute(xs []float64) []float64 {
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = math.Abs(x)
	}
	return out
}

func floats2(w []int) []float64 {
	xs := floats(w)
	for i := range xs {
		xs[i] -= 2
	}
	return xs
}

// Where p is that of the normal law, it is close to the exact one of nearly as
// many values, ties and all.
func TestRankTestsNormal(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 15 {
		all := make([]float64, ExactRanks)
		for i := range all {
			all[i] = float64(r.IntN(12))
			if i < 20 {
				all[i] += float64(r.IntN(4))
			}
		}
		xs, ys := all[:20], all[20:]
		exact := MannWhitney(xs, ys)
		doubled, ties := ranks(all)
		far := math.Abs(exact.Statistic - 300)
		normal := normalP(far, 600./12*(51-ties/(50*49)))
		if math.Abs(exact.P-normal) > .02 {
			t.Errorf("U of %v: exact p %v, normal p %v", doubled, exact.P, normal)
		}
		for i := range all {
			all[i] -= 6.5
		}
		one := SignedRank(all)
		_, ties = ranks(absolute(all))
		if normal := normalP(math.Abs(one.Statistic-50*51/4.), 50*51*101/24.-ties/48); math.Abs(one.P-normal) > .02 {
			t.Errorf("W: exact p %v, normal p %v", one.P, normal)
		}
	}
	// 51 values of which all x are above all y: z = 24.5·26 less ½ over its error.
	xs, ys := make([]float64, 25), make([]float64, 26)
	for i := range xs {
		xs[i] = float64(i + 100)
	}
	for i := range ys {
		ys[i] = float64(i)
	}
	got := MannWhitney(xs, ys)
	if want := math.Erfc((325 - .5) / math.Sqrt(25*26*52/12.) / math.Sqrt2); got.Exact || math.Abs(got.P/want-1) > 1e-6 {
		t.Errorf("MannWhitney of two apart = %+v, want p %v by the normal law", got, want)
	}
}

// Kendall and Spearman by their definitions, over all pairs of points; and the
// example with ties on which gonum's Kendall gives 1: tau-b is 2/√6.
func TestRankCorrelationTwins(t *testing.T) {
	if got, _ := Kendall([]float64{1, 1, 2}, []float64{1, 2, 3}); !near(got, 2/math.Sqrt(6)) {
		t.Errorf("Kendall = %v, want 0.816", got)
	}
	sign := func(x float64) float64 {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
		return 0
	}
	for w := range testthread.Words(5, 3) {
		for v := range testthread.Words(5, 3) {
			xs, ys := floats(w), floats(v)
			var both, onlyX, onlyY float64
			for i := range xs {
				for j := range i {
					sx, sy := sign(xs[i]-xs[j]), sign(ys[i]-ys[j])
					both += sx * sy
					onlyX += sx * sx
					onlyY += sy * sy
				}
			}
			got, ok := Kendall(xs, ys)
			if ok != (onlyX > 0 && onlyY > 0) || ok && !near(got, both/math.Sqrt(onlyX*onlyY)) {
				t.Fatalf("Kendall(%v, %v) = %v, %v, want %v", xs, ys, got, ok, both/math.Sqrt(onlyX*onlyY))
			}
		}
	}
	// Without ties Spearman's rho is 1 − 6 Σ d² / (n (n² − 1)): d = 1, 1, 0, 1, 1.
	if got, ok := Spearman([]float64{10, 20, 30, 40, 50}, []float64{2, 1, 3, 5, 4}); !ok || !near(got, 1-6*4./120) {
		t.Errorf("Spearman = %v, want 0.8", got)
	}
	// The middle of tied places: ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4.
	if got, _ := Spearman([]float64{0, 1, 1, 2}, []float64{1, 2, 3, 4}); !near(got, 4.5/math.Sqrt(4.5*5)) {
		t.Errorf("Spearman with a tie = %v, want %v", got, 4.5/math.Sqrt(4.5*5))
	}
	if _, ok := Spearman([]float64{1, 1}, []float64{1, 2}); ok {
		t.Error("Spearman of a constant is defined")
	}
}

// The ends of the interval are 1.96 standard errors away by the error at the end,
// as Hanley and McNeil give it; the interval of two samples apart is not empty; and
// it covers what it should.
func TestDominanceInterval(t *testing.T) {
	xs, ys := []float64{1, 4, 5, 7, 9, 11}, []float64{2, 3, 6, 8}
	delta, ci, _ := Dominance(xs, ys)
	theta := (delta + 1) / 2
	for _, end := range ci {
		p := (end + 1) / 2
		q1, q2, k := p/(2-p), 2*p*p/(1+p), (6.+4)/2-1 // Q1 and Q2 of Hanley and McNeil
		se := math.Sqrt((p*(1-p) + k*(q1-p*p) + k*(q2-p*p)) / 24)
		if z := math.Abs(theta-p) / se; math.Abs(z-1.959964) > 1e-5 {
			t.Errorf("the end %v lies %v errors from %v, want 1.96", end, z, delta)
		}
	}
	if delta, ci, _ := Dominance([]float64{2, 3}, []float64{0, 1}); delta != 1 || ci[1] != 1 || ci[0] > 0 {
		t.Errorf("two pairs apart: %v in %v, want 1, and that it proves nothing", delta, ci)
	}
	// Normal samples one standard deviation apart: δ = 2Φ(1/√2) − 1 = erf(½).
	want, inside, rounds := math.Erf(.5), 0, 1000
	r := rand.New(rand.NewPCG(5, 5))
	for range rounds {
		a, b := make([]float64, 12), make([]float64, 9)
		for i := range a {
			a[i] = r.NormFloat64() + 1
		}
		for i := range b {
			b[i] = r.NormFloat64()
		}
		if _, ci, _ := Dominance(a, b); ci[0] <= want && want <= ci[1] {
			inside++
		}
	}
	if got := float64(inside) / float64(rounds); got < .93 || got > .985 {
		t.Errorf("the interval holds the truth in %v of the cases, want about .95", got)
	}
}

func TestRankTestsOfNothing(t *testing.T) {
	for name, got := range map[string]RankTest{
		"no xs": MannWhitney(nil, []float64{1}), "nothing": MannWhitney(nil, nil), "all alike": MannWhitney([]float64{2, 2}, []float64{2}),
		"no differences": SignedRank(nil), "only zeros": SignedRank([]float64{0, 0}),
	} {
		if got.P != 1 {
			t.Errorf("%s: p = %v, want 1", name, got.P)
		}
	}
	if _, _, ok := Dominance(nil, []float64{1}); ok {
		t.Error("Dominance of nothing is defined")
	}
}

// All orders of the dictionary come up once, the first first.
func TestEveryOrder(t *testing.T) {
	for n := range 7 {
		var got, want [][]int
		Permuted(n, 0, func(order []int) bool { got = append(got, slices.Clone(order)); return true })
		for g := combin.NewPermutationGenerator(n, n); g.Next(); {
			want = append(want, g.Permutation(nil))
		}
		slices.SortFunc(want, slices.Compare)
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("the orders of %d (-want +got):\n%s", n, d)
		}
	}
}

// The two-sided permutation test of a slope counts both tails.
func TestPermuted(t *testing.T) {
	ys := []float64{1, 2, 3, 4}
	p := Permuted(4, 0, func(order []int) bool {
		var s float64
		for i, k := range order {
			s += (float64(i) - 1.5) * ys[k]
		}
		return math.Abs(s) >= 5-1e-12
	})
	if p != 2./24 {
		t.Errorf("p of a steady rise of four, both ways = %v, want 2/24", p)
	}
	if p := Permuted(20, 1, func(order []int) bool { return order[0] == 0 }); math.Abs(p-1./20) > .01 {
		t.Errorf("p of the first staying first among 20 = %v, want 1/20", p)
	}
}
