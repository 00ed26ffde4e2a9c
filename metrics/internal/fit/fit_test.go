package fit_test

import (
	"math"
	"testing"

	"threadheat/metrics/internal/fit"
)

// poisson is the likelihood of a rate, given counts: its maximum is the mean, and
// its profile interval solves n(r − m − m ln(r/m)) = drop.
func poisson(counts ...float64) *fit.Model {
	return &fit.Model{
		LogLikelihood: func(p []float64) float64 {
			l := 0.0
			for _, c := range counts {
				l += c*math.Log(p[0]) - p[0]
			}
			return l
		},
		Low: []float64{1e-6}, High: []float64{1e6},
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestFit(t *testing.T) {
	m := poisson(3, 5, 4, 8)
	r := m.Fit([]float64{1}, []float64{100})
	near(t, "rate", r.Params[0], 5, 1e-3)
	low, high := m.Interval(r, 0)
	for _, x := range []float64{low, high} {
		lost := 4 * (x - 5 - 5*math.Log(x/5))
		near(t, "log likelihood lost at the end of the interval", lost, 1.920729, 0.002)
	}
	if !(low < 5 && 5 < high) {
		t.Errorf("interval %v to %v does not hold 5", low, high)
	}
	near(t, "fixed rate", m.Without(r, 0, 2).LogLikelihood, 20*math.Log(2)-8, 1e-9)
}

// TestFitAtBound: no events at all want the smallest rate.
func TestFitAtBound(t *testing.T) {
	m := poisson(0, 0, 0)
	r := m.Fit([]float64{1})
	if r.Params[0] > 1e-5 {
		t.Errorf("rate of nothing = %v, want the bound 1e-6", r.Params[0])
	}
	if low, _ := m.Interval(r, 0); low != 1e-6 {
		t.Errorf("interval begins at %v, want the bound", low)
	}
}

// TestFitTwo: a normal distribution has its mean and deviation as maximum.
func TestFitTwo(t *testing.T) {
	xs := []float64{1, 2, 3, 4, 5}
	m := &fit.Model{
		LogLikelihood: func(p []float64) float64 {
			l := 0.0
			for _, x := range xs {
				z := (x - p[0]) / p[1]
				l -= z*z/2 + math.Log(p[1])
			}
			return l
		},
		Low: []float64{1e-3, 1e-3}, High: []float64{1e3, 1e3},
	}
	r := m.Fit([]float64{1, 1}, []float64{10, 10})
	near(t, "mean", r.Params[0], 3, 1e-3)
	near(t, "deviation", r.Params[1], math.Sqrt(2), 1e-3)
}

// TestBetter: the quantiles of chi-squared that every table has.
func TestBetter(t *testing.T) {
	near(t, "p of 3.841 with 1 df", fit.Better(0, 3.841459/2, 1), 0.05, 1e-6)
	near(t, "p of 5.991 with 2 df", fit.Better(0, 5.991465/2, 2), 0.05, 1e-6)
	near(t, "p of nothing gained", fit.Better(1, 1, 2), 1, 1e-12)
	near(t, "p of a loss", fit.Better(2, 1, 1), 1, 1e-12)
}

// TestKolmogorovSmirnov: the critical value 1.358/√n belongs to .05; xs that lie
// where they should be are at the distance 1/(2n).
func TestKolmogorovSmirnov(t *testing.T) {
	uniform := func(x float64) float64 { return min(1, max(0, x)) }
	var even []float64
	for i := range 1000 {
		even = append(even, (float64(i)+0.5)/1000)
	}
	d, p := fit.KolmogorovSmirnov(even, uniform)
	near(t, "distance of even xs", d, 0.0005, 1e-12)
	near(t, "its p", p, 1, 1e-9)
	shift := 1.358 / (math.Sqrt(1000) + 0.12 + 0.11/math.Sqrt(1000))
	for i := range even {
		even[i] = min(1, even[i]+shift-0.0005)
	}
	_, p = fit.KolmogorovSmirnov(even, uniform)
	near(t, "p at the critical distance", p, 0.05, 2e-3)
	if d, p = fit.KolmogorovSmirnov(nil, uniform); d != 0 || p != 1 {
		t.Errorf("of nothing = %v, %v, want 0, 1", d, p)
	}
}
