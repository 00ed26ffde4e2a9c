package intervals

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// drawnAnew are random observations of units, what is drawn of the units, and the
// observations written out as often as their unit is drawn.
func drawnAnew(n, units int, seed uint64) (u *Units, xs []float64, whole []int32, drawn []uint16, out []float64) {
	r := rand.New(rand.NewPCG(seed, 0))
	u = &Units{Of: make([]int32, n), N: units}
	drawn = make([]uint16, units)
	for range units {
		drawn[r.IntN(units)]++
	}
	for k := range n {
		u.Of[k] = int32(r.IntN(units))
		x := r.IntN(n) // with ties
		xs, whole = append(xs, float64(x)), append(whole, int32(x))
		for range drawn[u.Of[k]] {
			out = append(out, float64(x))
		}
	}
	return u, xs, whole, drawn, out
}

// The slow twins: quantiles, Gini coefficients and means of all that is drawn, written
// out. 3,000 observations make several steps of Ranks.
func TestOfWhatIsDrawn(t *testing.T) {
	for seed := range uint64(60) {
		n := []int{1, 2, 5, 40, 256, 257, 3000}[seed%7]
		u, xs, whole, drawn, out := drawnAnew(n, 1+int(seed)%30, seed)
		for _, p := range []float64{0, 0.025, 0.25, 0.5, 0.9, 1} {
			got := u.Rank(xs, u.Of).Statistic(func(quantile func(float64) float64) float64 { return quantile(p) })(drawn)
			if want := stats.Quantile(out, p); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("seed %d: the %v-quantile is %v, want %v", seed, p, got, want)
			}
		}
		counts := []int32{7}
		for _, x := range out {
			counts = append(counts, int32(x))
		}
		if got, want := u.Count(whole, 7).Statistic(Gini)(drawn), stats.Gini(counts); math.Abs(got-want) > 1e-12 {
			t.Errorf("seed %d: Gini = %v, want %v", seed, got, want)
		}
		vs := make(metrics.List, n)
		sum := 0.0
		for k, x := range xs {
			vs[k] = metrics.Of(x, 1)
		}
		for _, x := range out {
			sum += x
		}
		if got, want := u.Means(vs)(drawn), sum/float64(len(out)); math.Abs(got-want) > 1e-9 && len(out) > 0 {
			t.Errorf("seed %d: mean = %v, want %v", seed, got, want)
		}
	}
}

// share is a measure of n branches: the share of those with k below the given part.
func share(t *testing.T, n int, part float64) *metrics.Table {
	t.Helper()
	b := thread.NewBuilder(thread.Meta{})
	for range n {
		b.Add(thread.Comment{Author: "Ada"})
	}
	yes := func(i thread.Index) bool { return float64(i) < part*float64(n) }
	m := &metrics.Measure{
		Name: "share", Range: metrics.Fraction,
		Run: func(c *metrics.Context) (metrics.Values, error) {
			return metrics.One(metrics.Of(math.Ceil(part*float64(n))/float64(n), n)), nil
		},
		Interval: OverBranches(func(c *metrics.Context, u *Units) (Statistic, error) {
			sums := u.Sums(2)
			for i := range c.Thread.All() {
				s := sums.Unit(u.Of[i])
				if s[1]++; yes(i) {
					s[0]++
				}
			}
			return sums.Statistic(Ratio), nil
		}),
	}
	table, err := metrics.Run(metrics.NewContext(b.Build(), metrics.Options{}), []*metrics.Measure{m})
	if err != nil {
		t.Fatal(err)
	}
	if table, err = Beside(table); err != nil {
		t.Fatal(err)
	}
	return table
}

// The interval of a share is that of the normal law where n is large, whether units
// are drawn singly (400) or in groups (20,000).
func TestShare(t *testing.T) {
	for _, n := range []int{400, 20_000} {
		v := share(t, n, 0.3).Value("share")
		if v.More.CI == nil {
			t.Fatalf("%d units have no interval: %s", n, v.More.NoCI.EN)
		}
		want := 2 * 1.96 * math.Sqrt(0.3*0.7/float64(n))
		if got := v.More.CI[1] - v.More.CI[0]; math.Abs(got/want-1) > 0.12 { // of 500 groups the spread itself is known to 3 %
			t.Errorf("%d units: the interval is %v wide, want about %v", n, got, want)
		}
	}
}

func TestWhyThereIsNone(t *testing.T) {
	for _, tt := range []struct {
		n    int
		part float64
		want string // "" where there is an interval
	}{
		{Fewest - 1, 0.5, "needs at least 20 top-level comments, has 19"},
		{Fewest, 0.5, ""},
		{50, 0, "too much alike"},
		{50, 1, "too much alike"},
	} {
		v := share(t, tt.n, tt.part).Value("share")
		switch {
		case (v.More.CI == nil) == (v.More.NoCI == nil):
			t.Errorf("%d units: %+v, want an interval or a reason", tt.n, v.More)
		case tt.want == "" && v.More.CI == nil, tt.want != "" && (v.More.NoCI == nil || !strings.Contains(v.More.NoCI.EN, tt.want)):
			t.Errorf("%d units of which %v: %+v, want %q", tt.n, tt.part, v.More, tt.want)
		}
	}
}

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, Most, Most + 1, 7 * Most} {
		u := Each(n, 3)
		sizes := make([]int, u.N)
		for _, k := range u.Of {
			sizes[k]++
		}
		if len(u.Of) != n || u.N != min(n, Most) || n > 0 && slices.Max(sizes)-slices.Min(sizes) > 1 {
			t.Errorf("Each(%d): %d units of %d things, sizes %v", n, u.N, len(u.Of), sizes)
		}
		if again := Each(n, 3); !slices.Equal(u.Of, again.Of) {
			t.Errorf("Each(%d) differs from run to run", n)
		}
	}
}
