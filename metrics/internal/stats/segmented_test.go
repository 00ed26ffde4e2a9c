package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Level and slope change are what two lines, fitted apart, differ by at 0; the
// errors are those of the definition, written out as a double sum over all pairs of
// residuals, with the coefficients as linear functions of the ys, or those of
// residuals of which each resembles the one before.
func TestInterruptedTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for round := range 20 {
		var xs, ys []float64
		for i := range 13 + 7*round {
			x := float64(i) - 6.5 - 2*float64(round)
			xs = append(xs, 3*x)
			ys = append(ys, 1+.1*x+r.NormFloat64())
			if x >= 0 {
				ys[i] += 2 + .3*x
			}
		}
		n, after := len(xs), 0
		for xs[after] < 0 {
			after++
		}
		before, _ := FitLine(xs[:after], ys[:after])
		behind, _ := FitLine(xs[after:], ys[after:])
		level, slope, ok := Interrupted(xs, ys)
		if !ok || math.Abs(level.X-(behind.At(0)-before.At(0))) > 1e-9 || math.Abs(slope.X-(behind.Slope-before.Slope)) > 1e-9 {
			t.Fatalf("level %v, slope %v, %v, want %v and %v", level.X, slope.X, ok, behind.At(0)-before.At(0), behind.Slope-before.Slope)
		}
		// How much y at place i weighs in the level and in the slope change.
		weight := func(i int) (inLevel, inSlope float64) {
			l, lo, hi, sign := before, 0, after, -1.
			if i >= after {
				l, lo, hi, sign = behind, after, n, 1
			}
			d := (xs[i] - l.meanX) / l.sxx
			return sign * (1/float64(hi-lo) - l.meanX*d), sign * d
		}
		residual := func(i int) (e, leverage float64) {
			if i < after {
				return ys[i] - before.At(xs[i]), 1/float64(after) + (xs[i]-before.meanX)*(xs[i]-before.meanX)/before.sxx
			}
			return ys[i] - behind.At(xs[i]), 1/float64(n-after) + (xs[i]-behind.meanX)*(xs[i]-behind.meanX)/behind.sxx
		}
		lags := int(4 * math.Pow(float64(n)/100, 2./9))
		var varLevel, varSlope, plainLevel, plainSlope, squares, next float64
		for i := range n {
			ei, hi := residual(i)
			li, si := weight(i)
			plainLevel += li * li
			plainSlope += si * si
			squares += ei * ei
			for j := range n {
				ej, hj := residual(j)
				lj, sj := weight(j)
				away := max(i-j, j-i)
				if i-j == 1 {
					next += ei * ej
				}
				if away <= lags {
					w := (1 - float64(away)/float64(lags+1)) * ei / (1 - hi) * ej / (1 - hj)
					varLevel += w * li * lj
					varSlope += w * si * sj
				}
			}
		}
		rho := next/squares + 4/float64(n)
		ordinary := squares / float64(n-4) * max(1, (1+rho)/(1-rho))
		varLevel, varSlope = max(varLevel, ordinary*plainLevel), max(varSlope, ordinary*plainSlope)
		for _, c := range []struct {
			name     string
			got      Change
			variance float64
		}{{"level", level, varLevel}, {"slope", slope, varSlope}} {
			half := Student95(n-4) * math.Sqrt(c.variance)
			if math.Abs(c.got.CI[1]-c.got.X-half) > 1e-8*half || math.Abs(c.got.X-c.got.CI[0]-half) > 1e-8*half {
				t.Errorf("%s of %d: interval %v, want %v ± %v", c.name, n, c.got.CI, c.got.X, half)
			}
			if inside := c.got.CI[0] < 0 && 0 < c.got.CI[1]; inside != (c.got.P > .05) {
				t.Errorf("%s of %d: p = %v, and the interval is %v", c.name, n, c.got.P, c.got.CI)
			}
		}
	}
}

func TestInterruptedOfLittle(t *testing.T) {
	for name, ps := range map[string][2][]float64{
		"nothing":          {},
		"five":             {{-2, -1, 0, 1, 2}, {1, 2, 1, 2, 1}},
		"one before":       {{-1, 0, 1, 2, 3, 4}, {1, 2, 1, 2, 1, 3}},
		"one after":        {{-5, -4, -3, -2, -1, 0}, {1, 2, 1, 2, 1, 3}},
		"one time before":  {{-1, -1, -1, 0, 1, 2}, {1, 2, 1, 2, 1, 3}},
		"one time after":   {{-3, -2, -1, 1, 1, 1}, {1, 2, 1, 2, 1, 3}},
		"no residuals":     {{-3, -2, -1, 0, 1, 2}, {1, 2, 3, 9, 9, 9}},
		"the same for all": {{-3, -2, -1, 0, 1, 2}, {0, 0, 0, 0, 0, 0}},
	} {
		if _, _, ok := Interrupted(ps[0], ps[1]); ok {
			t.Errorf("%s: there is a result", name)
		}
	}
}

// Where nothing happens, p is below 0.05 about as often as that, though neighbours
// resemble each other; ordinary errors would say so in a quarter of these series.
func TestInterruptedHoldsItsLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, tt := range []struct {
		rho, most float64
		n         int
	}{{0, .06, 16}, {0, .06, 60}, {.4, .1, 60}} {
		const rounds = 600
		hits := 0.
		for range rounds {
			xs, ys := make([]float64, tt.n), make([]float64, tt.n)
			e := 0.
			for i := range xs {
				e = tt.rho*e + r.NormFloat64()
				xs[i], ys[i] = float64(i-tt.n/2), e
			}
			if level, _, _ := Interrupted(xs, ys); level.P < .05 {
				hits++
			}
		}
		if got := hits / rounds; got > tt.most || got < .01 {
			t.Errorf("%d points, ρ = %v: a jump in %v of the series without one, want at most %v", tt.n, tt.rho, got, tt.most)
		}
	}
}
