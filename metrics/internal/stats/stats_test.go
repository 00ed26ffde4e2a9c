package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"threadheat/metrics/internal/testthread"
)

func slope(xs, ys []float64) float64 {
	l, _ := FitLine(xs, ys)
	return l.Slope
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12 }

// The values for 0.25 and 0.75 are those of R's quantile(x) and NumPy's
// default.
func TestQuantile(t *testing.T) {
	for _, tt := range []struct {
		xs   []float64
		p    float64
		want float64
	}{
		{[]float64{242, 333, 1532}, .5, 333}, // gonum's LinInterp gives 287.5
		{[]float64{1532, 242, 333}, .5, 333},
		{[]float64{242, 333, 1532}, .25, 287.5},
		{[]float64{242, 333, 1532}, .75, 932.5},
		{[]float64{1, 2, 3, 4}, .5, 2.5},
		{[]float64{1, 2, 3, 4}, .25, 1.75},
		{[]float64{1, 2, 3, 4}, 0, 1},
		{[]float64{1, 2, 3, 4}, 1, 4},
		{[]float64{7}, .9, 7},
	} {
		if got := Quantile(tt.xs, tt.p); !near(got, tt.want) {
			t.Errorf("Quantile(%v, %v) = %v, want %v", tt.xs, tt.p, got, tt.want)
		}
	}
	if got := Quantile(nil, .5); !math.IsNaN(got) {
		t.Errorf("Quantile of nothing = %v, want NaN", got)
	}
}

// Gini, Entropy, HHI and TopShare against their definitions, on all counts of
// up to five holders with up to four each.
func TestInequalityTwins(t *testing.T) {
	for n := 1; n <= 5; n++ {
		for w := range testthread.Words(n, 5) {
			counts := make([]int32, n)
			var sum, difference, entropy, hhi, top, two float64
			for i, x := range w {
				counts[i] = int32(x)
				sum += float64(x)
			}
			for i, x := range w {
				for j, y := range w {
					if sum > 0 && i != j {
						two = max(two, float64(x+y)/sum)
					}
					difference += math.Abs(float64(x - y))
				}
				if sum > 0 && x > 0 {
					p := float64(x) / sum
					entropy -= p * math.Log2(p)
					hhi += p * p
					top = max(top, p)
				}
			}
			gini := 0.
			if sum > 0 {
				gini = difference / (2 * float64(n) * sum)
			}
			for _, c := range []struct {
				name      string
				got, want float64
			}{
				{"Gini", Gini(counts), gini}, {"Entropy", Entropy(counts), entropy},
				{"HHI", HHI(counts), hhi}, {"TopShare", TopShare(counts, 1), top},
				{"TopShare of two", TopShare(counts, 2), max(two, top)}, {"TopShare of all", TopShare(counts, 9), min(1, sum)},
			} {
				if !near(c.got, c.want) {
					t.Fatalf("%s(%v) = %v, want %v", c.name, counts, c.got, c.want)
				}
			}
			if fmt.Sprint(w) != fmt.Sprint(counts) {
				t.Fatalf("%v was changed to %v", w, counts)
			}
		}
	}
}

// The rise of second-person words along the exchange of one of the real pages:
// hits per 100 words of its four turns. Slope, Theil-Sen slope and p were worked
// out before this program existed.
func TestTrendOfFourTurns(t *testing.T) {
	turns := []float64{0, 1, 2, 3}
	rate := []float64{500. / 577, 200. / 140, 1500. / 323, 300. / 85}
	if got := slope(turns, rate); math.Abs(got-1.1204) > 5e-5 {
		t.Errorf("slope = %v, want 1.1204", got)
	}
	if got := TheilSen(turns, rate); math.Abs(got-.9690) > 5e-5 {
		t.Errorf("TheilSen = %v, want .9690", got)
	}
	if got := RisingP(turns, rate, 0); got != 3./24 {
		t.Errorf("RisingP = %v, want 3/24", got)
	}
}

func TestRisingP(t *testing.T) {
	for _, tt := range []struct {
		name string
		ys   []float64
		want float64
	}{
		{"steady rise of 3", []float64{1, 2, 3}, 1. / 6},
		{"steady fall of 3", []float64{3, 2, 1}, 1},
		{"no change", []float64{.5, .5, .5, .5}, 1},
		{"no heat", []float64{0, 0, 0}, 1},
		{"rise with a tie", []float64{.1, .1, .3}, 2. / 6},           // two orders look the same
		{"rise of 8", []float64{1, 2, 3, 4, 5, 6, 7, 8}, 1. / 40320}, // the smallest there is
	} {
		xs := make([]float64, len(tt.ys))
		for i := range xs {
			xs[i] = float64(i)
		}
		if got := RisingP(xs, tt.ys, 0); !near(got, tt.want) {
			t.Errorf("%s: p = %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Beyond eight points the test is drawn: it is the same for the same seed, close
// for another, never 0, and agrees with what all orders would give.
func TestRisingPDrawn(t *testing.T) {
	xs := []float64{0, 1, 2, 3, 4, 5, 6, 7, 8}
	up := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9}
	if got := RisingP(xs, up, 1); got < 1./(Shuffles+1) || got > .002 {
		t.Errorf("steady rise of 9: p = %v, want at least 1/%d and nearly that", got, Shuffles+1)
	}
	// One 1 among zeros at place 6 of 0…8: as steep or steeper at 6, 7, 8.
	mixed := []float64{0, 0, 0, 0, 0, 0, 1, 0, 0}
	a, b := RisingP(xs, mixed, 1), RisingP(xs, mixed, 2)
	if a != RisingP(xs, mixed, 1) {
		t.Error("the same seed gives another p")
	}
	for _, p := range []float64{a, b} {
		if math.Abs(p-3./9) > .02 { // four standard errors of 9999 draws
			t.Errorf("p = %v, want about 3/9", p)
		}
	}
}

// Where the normal approximation serves, it agrees with drawing.
func TestRisingPNormal(t *testing.T) {
	series := func(n int, rise float64) (xs, ys []float64) {
		for i := range n {
			xs = append(xs, float64(i))
			ys = append(ys, rise*float64(i)+float64(i*7919%101)) // a jagged line
		}
		return xs, ys
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, rise := range []float64{-.02, 0, .02, .05} {
		xs, ys := series(DrawnUpTo+1, rise)
		normal, observed := RisingP(xs, ys, 0), slope(xs, ys)
		const draws = 4000
		hits := 0
		for range draws {
			r.Shuffle(len(ys), func(i, j int) { ys[i], ys[j] = ys[j], ys[i] })
			if slope(xs, ys) >= observed {
				hits++
			}
		}
		if drawn := float64(hits) / draws; math.Abs(drawn-normal) > .03 { // four standard errors
			t.Errorf("rise %v: p = %v by the normal law, %v of the orders drawn", rise, normal, drawn)
		}
	}
	xs, steep := series(100_000, 1e6)
	if p := RisingP(xs, steep, 0); !(p > 0 && p < 1e-9) {
		t.Errorf("a long steep rise: p = %v, want tiny and not 0", p)
	}
	if p := RisingP(xs, make([]float64, len(xs)), 0); p != 1 {
		t.Errorf("a long line without heat: p = %v, want 1", p)
	}
}

// The slope is unmoved by what moves a least-squares line.
func TestTheilSenIgnoresOneOutlier(t *testing.T) {
	xs := []float64{0, 1, 2, 3, 4, 5, 6}
	ys := []float64{0, 1, 2, 100, 4, 5, 6}
	if got := TheilSen(xs, ys); got != 1 {
		t.Errorf("TheilSen = %v, want 1", got)
	}
	if got := TheilSen([]float64{1, 1}, []float64{0, 1}); !math.IsNaN(got) {
		t.Errorf("TheilSen of one place = %v, want NaN", got)
	}
	long := make([]float64, 5*maxTheilSen)
	for i := range long {
		long[i] = float64(i)
	}
	if got := TheilSen(long, long); got != 1 {
		t.Errorf("TheilSen of a long line = %v, want 1", got)
	}
}

func TestCorrelation(t *testing.T) {
	if r, ok := Correlation([]float64{1, 2, 3}, []float64{2, 4, 6}); !ok || !near(r, 1) {
		t.Errorf("Correlation of a line = %v, %v, want 1", r, ok)
	}
	for _, ys := range [][]float64{{5, 5, 5}, {0, 0, 0}} {
		if _, ok := Correlation([]float64{1, 2, 3}, ys); ok {
			t.Errorf("Correlation with the constant %v is defined", ys)
		}
	}
	if _, ok := Correlation([]float64{1}, []float64{2}); ok {
		t.Error("Correlation of one point is defined")
	}
}

func BenchmarkRisingP(b *testing.B) {
	for _, n := range []int{8, 9, 100} {
		xs := make([]float64, n)
		for i := range xs {
			xs[i] = float64(i)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				RisingP(xs, xs, 0)
			}
		})
	}
}
