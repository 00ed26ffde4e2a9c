// Package fit finds the parameters under which a model explains what was
// observed best, how far they may be off, and whether a simpler model does as
// well.
package fit

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat/distuv"
)

// Model is a log likelihood over positive parameters. Each is looked for between
// its bounds, on a logarithmic scale; a bound of 0 stands for what is too small to
// matter.
type Model struct {
	LogLikelihood func(params []float64) float64
	Low, High     []float64 // bounds, positive
}

// Result is the best fit.
type Result struct {
	Params        []float64
	LogLikelihood float64
}

// bad stands for what is no likelihood: the search turns back from it.
const bad = 1e300

// at is minus the log likelihood at the logarithms of parameters, which are kept
// within the bounds.
func (m *Model) at(logs []float64, params []float64) float64 {
	for j, l := range logs {
		params[j] = math.Exp(min(max(l, math.Log(m.Low[j])), math.Log(m.High[j])))
	}
	v := -m.LogLikelihood(params)
	if math.IsNaN(v) || v > bad {
		return bad
	}
	// Outside of the bounds it gets worse, so that the search comes back.
	for j, l := range logs {
		over := max(math.Log(m.Low[j])-l, l-math.Log(m.High[j]), 0)
		v += over * over
	}
	return v
}

// rounds bounds a search; it ends earlier where nothing improves.
const rounds = 400

// search looks for the best values of the free parameters, the others of start
// fixed, by the method of Nelder and Mead: it needs no derivatives and nothing
// random.
func (m *Model) search(start []float64, free []int) Result {
	logs, params := make([]float64, len(start)), make([]float64, len(start))
	for j, x := range start {
		logs[j] = math.Log(min(max(x, m.Low[j]), m.High[j]))
	}
	if len(free) == 0 {
		return Result{slices.Clone(start), -m.at(logs, params)}
	}
	x := make([]float64, len(free))
	for k, j := range free {
		x[k] = logs[j]
	}
	value := func(x []float64) float64 {
		for k, j := range free {
			logs[j] = x[k]
		}
		return m.at(logs, params)
	}
	found, err := optimize.Minimize(optimize.Problem{Func: value}, x, &optimize.Settings{
		MajorIterations: rounds, FuncEvaluations: 2 * rounds,
		Converger: &optimize.FunctionConverge{Absolute: 1e-7, Iterations: 25},
	}, &optimize.NelderMead{})
	if err == nil || found != nil {
		x = found.X
	}
	best := -value(x)
	return Result{slices.Clone(params), best}
}

// Fit is the best result of searches from several starts. O(starts · searches).
func (m *Model) Fit(starts ...[]float64) Result {
	var best Result
	for k, s := range starts {
		if r := m.search(s, all(len(s))); k == 0 || r.LogLikelihood > best.LogLikelihood {
			best = r
		}
	}
	return best
}

// Without is the best result with parameter j fixed at x, looked for from the
// parameters of r.
func (m *Model) Without(r Result, j int, x float64) Result {
	start := slices.Clone(r.Params)
	start[j] = x
	return m.search(start, slices.DeleteFunc(all(len(start)), func(k int) bool { return k == j }))
}

func all(n int) []int {
	free := make([]int, n)
	for j := range free {
		free[j] = j
	}
	return free
}

// drop is how far the log likelihood may fall within a 95 % interval: half of the
// quantile of the chi-squared distribution with one degree of freedom.
var drop = distuv.ChiSquared{K: 1}.Quantile(0.95) / 2

// Interval is the profile likelihood interval of parameter j at 95 %: all values
// with which, the others fitted anew, the data are not much less likely. It ends
// at a bound where the data do not rule that out. O(20 searches).
func (m *Model) Interval(r Result, j int) (low, high float64) {
	end := func(bound float64) float64 {
		// How much more may be lost, at a logarithm.
		spare := func(x float64) float64 {
			return m.Without(r, j, math.Exp(x)).LogLikelihood - r.LogLikelihood + drop
		}
		in, out := math.Log(r.Params[j]), math.Log(bound)
		left, short := drop, spare(out)
		if short >= 0 {
			return bound
		}
		// False position after Illinois: a side that stays counts half the next time.
		// Far out the likelihood falls steeply, which bisection bears better.
		stayed := 0
		for range 40 {
			mid := (in + out) / 2
			if short > -4*drop {
				mid = in + (out-in)*left/(left-short)
			}
			s := spare(mid)
			switch {
			case math.Abs(s) < 1e-3:
				return math.Exp(mid)
			case s > 0:
				in, left = mid, s
				if stayed++; stayed > 1 {
					short /= 2
				}
			default:
				out, short = mid, s
				if stayed--; stayed < -1 {
					left /= 2
				}
			}
		}
		return math.Exp(in)
	}
	return end(m.Low[j]), end(m.High[j])
}

// Better is the p-value of the test that the fuller of two nested models is no
// better: how often its likelihood would exceed that of the simpler one as much by
// chance. extra is how many parameters more it has. Where the simpler one lies on
// the border of the fuller one, the true p is smaller.
func Better(simple, full float64, extra int) float64 {
	return max(leastP, distuv.ChiSquared{K: float64(extra)}.Survival(max(0, 2*(full-simple))))
}

// leastP stands for all that is smaller: a p-value is never 0.
const leastP = 1e-300

// KolmogorovSmirnov is the largest distance of the distribution of xs from the
// one with the given cumulative distribution, and its p-value by the asymptotic
// formula with Stephens' correction. 0 and 1 for no xs.
func KolmogorovSmirnov(xs []float64, cdf func(float64) float64) (distance, p float64) {
	sorted := slices.Sorted(slices.Values(xs))
	n := float64(len(sorted))
	if n == 0 {
		return 0, 1
	}
	for i, x := range sorted {
		f := cdf(x)
		distance = max(distance, f-float64(i)/n, float64(i+1)/n-f)
	}
	t := (math.Sqrt(n) + 0.12 + 0.11/math.Sqrt(n)) * distance
	if t < 0.2 { // the series below does not converge there; p is 1 to 12 digits
		return distance, 1
	}
	sign := 1.0
	for k := 1.0; k <= 100; k++ {
		p += 2 * sign * math.Exp(-2*k*k*t*t)
		sign = -sign
	}
	return distance, min(1, max(leastP, p))
}
