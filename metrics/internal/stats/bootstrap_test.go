package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// The spatial test data of Efron and Tibshirani (1993, chapter 14): 26 children,
// the variance (with 1/n) is 171.5 and its acceleration 0.061.
func TestAccelerationPublished(t *testing.T) {
	a := []float64{48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41}
	variance := func(xs []float64) float64 { return stat.PopVariance(xs, nil) }
	if got := variance(a); math.Abs(got-171.5) > .05 {
		t.Fatalf("variance = %v, want 171.5: the data are wrong", got)
	}
	var without []float64
	for i := range a {
		without = append(without, variance(slices.Delete(slices.Clone(a), i, i+1)))
	}
	if got := acceleration([][]float64{without}); math.Abs(got-.061) > .0006 {
		t.Errorf("acceleration = %v, want .061", got)
	}
	// Where half of the draws lie below and nothing accelerates, it is the
	// percentile interval.
	draws := make([]float64, 1001)
	for i := range draws {
		draws[i] = float64(i)
	}
	if got, ok := BCa(500, draws); !ok || math.Abs(got[0]-25) > 1e-9 || math.Abs(got[1]-975) > 1e-9 {
		t.Errorf("BCa without bias = %v, want 25 to 975", got)
	}
	if got, ok := Percentile(append(draws, math.NaN(), math.Inf(1))); !ok || math.Abs(got[0]-25) > 1e-9 || math.Abs(got[1]-975) > 1e-9 {
		t.Errorf("Percentile = %v, want 25 to 975", got)
	}
	// 0.6 of the draws below: z₀ = 0.2533, ends at Φ(2·0.2533 ∓ 1.96): tables of Φ
	// give 0.0731 and 0.9932.
	if got, _ := BCa(600.1, draws); math.Abs(got[0]-73.1) > .5 || math.Abs(got[1]-993.2) > .5 {
		t.Errorf("BCa with bias = %v, want 73.1 to 993.2", got)
	}
	for name, draws := range map[string][]float64{"none": nil, "alike": {1, 1}, "all above": {2, 3}} {
		if _, ok := BCa(1, draws); ok {
			t.Errorf("BCa of draws that are %s is defined", name)
		}
	}
}

// The same bits for any number of workers and any order of the values; other
// draws for another seed.
func TestBootstrapIsDeterministic(t *testing.T) {
	xs, ys := []float64{1, 2, 4, 8, 16.5, 3}, []float64{3, 5, 9, 1.25, 7}
	d1, c1, ok := Bootstrap{Workers: 1}.MeanDifference(xs, ys)
	if !ok || !near(d1, 5.05-34.5/6) {
		t.Fatalf("MeanDifference = %v, %v, want %v", d1, ok, 5.05-34.5/6)
	}
	for _, workers := range []int{0, 2, 7} {
		slices.Reverse(xs)
		if d, c, _ := (Bootstrap{Workers: workers}).MeanDifference(xs, ys); d != d1 || c != c1 {
			t.Errorf("%d workers: %v in %v, want %v in %v", workers, d, c, d1, c1)
		}
	}
	if _, c, _ := (Bootstrap{Seed: 1}).MeanDifference(xs, ys); c == c1 {
		t.Error("another seed gives the same interval")
	}
	if _, _, ok := (Bootstrap{}).MeanDifference([]float64{1}, ys); ok {
		t.Error("there is an interval with one value on a side")
	}
}

// The interval of a difference holds the truth about as often as it says, a little
// less for few skewed values. Ends at 1.96 errors of what is drawn hold it in 0.86
// of the cases with five normal values on each side.
func TestMeanDifferenceCovers(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for _, tt := range []struct {
		name        string
		n, m        int
		draw        func() float64
		mean        float64
		least, most float64
	}{
		{"five normal", 5, 5, r.NormFloat64, 0, .90, .97},
		{"twenty exponential", 20, 15, r.ExpFloat64, 1, .89, .97},
		{"sixty normal", 60, 40, r.NormFloat64, 0, .925, .975},
	} {
		inside, rounds := 0, 800
		for k := range rounds {
			xs, ys := make([]float64, tt.n), make([]float64, tt.m)
			for i := range xs {
				xs[i] = tt.draw()
			}
			for i := range ys {
				ys[i] = 2 * tt.draw()
			}
			if _, ci, _ := (Bootstrap{Draws: 499, Seed: uint64(k)}).MeanDifference(xs, ys); ci[0] <= tt.mean && tt.mean <= ci[1] {
				inside++
			}
		}
		if got := float64(inside) / float64(rounds); got < tt.least || got > tt.most {
			t.Errorf("%s: the interval holds the truth in %v of the cases, want about .94", tt.name, got)
		}
	}
}

// By hand: 1, 2, 3 have the variance 1, 2, 4, 6, 8 the variance 20/3 by n − 1, so
// that 1/3 and 5/3 add up to 2 where draws have 2/9 + 5/4 = 53/36; Welch's degrees
// of freedom are 4 / (1/18 + 25/27) = 4.0755, whose t is 2.7566.
func TestExpanded(t *testing.T) {
	if got, want := expanded([]float64{1, 2, 3}, []float64{2, 4, 6, 8}), 2.7566*math.Sqrt(72./53); math.Abs(got-want) > 2e-3 {
		t.Errorf("expanded = %v, want %v", got, want)
	}
	if got := expanded([]float64{1, 1}, []float64{2, 2}); got != normal95 {
		t.Errorf("expanded without variance = %v, want 1.96", got)
	}
}

// The 15 p-values of Benjamini and Hochberg (1995, section 4.1), of which their
// procedure takes the first four at 0.05.
func TestFalseDiscoveryPublished(t *testing.T) {
	ps := []float64{.0344, .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0459, .3240, .4262, .5719, .6528, .7590, 1}
	qs := FalseDiscovery(ps)
	for i, q := range qs {
		// By the definition: the least of p·m over its rank, among those as large.
		want := math.Inf(1)
		for _, p := range ps {
			rank := 0.
			for _, other := range ps {
				if other <= p {
					rank++
				}
			}
			if p >= ps[i] {
				want = min(want, p*15/rank)
			}
		}
		if !near(q, want) {
			t.Errorf("q of p = %v is %v, want %v", ps[i], q, want)
		}
		if found := q <= .05; found != (ps[i] <= .0095) {
			t.Errorf("p = %v: found %v at .05", ps[i], found)
		}
	}
	if got := FalseDiscovery(nil); len(got) != 0 {
		t.Errorf("FalseDiscovery of nothing = %v", got)
	}
}
