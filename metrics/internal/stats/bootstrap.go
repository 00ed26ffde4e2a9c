package stats

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Bootstrap draws samples anew from samples of the given sizes, each from itself,
// with replacement.
type Bootstrap struct {
	Draws   int // 0 is Resamples
	Seed    uint64
	Workers int // 0 is as many as there are processors; results do not depend on it
}

// Resamples is how many samples a Bootstrap draws.
const Resamples = 1999

// Draw is the statistic of each sample drawn. It is called with the places drawn
// from each sample, which it must not keep, by several goroutines at once. Every
// draw has a generator of its own, so that the work can be shared out.
func (b Bootstrap) Draw(sizes []int, statistic func(picked [][]int) float64) []float64 {
	draws, workers := b.Draws, b.Workers
	if draws == 0 {
		draws = Resamples
	}
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	out := make([]float64, draws)
	var wait sync.WaitGroup
	for w := range min(workers, draws) {
		wait.Go(func() {
			source := rand.NewPCG(0, 0)
			r := rand.New(source)
			picked := make([][]int, len(sizes))
			for k, n := range sizes {
				picked[k] = make([]int, n)
			}
			for d := w; d < draws; d += workers {
				source.Seed(b.Seed, uint64(d))
				for k, n := range sizes {
					for i := range picked[k] {
						picked[k][i] = r.IntN(n)
					}
				}
				out[d] = statistic(picked)
			}
		})
	}
	wait.Wait()
	return out
}

// Percentile is the 95 % interval from the 0.025 to the 0.975 quantile of what was
// drawn (Efron & Tibshirani 1993, chapter 13). Draws that are not finite are left
// out; false where none is left.
func Percentile(draws []float64) (ci [2]float64, ok bool) {
	sorted := sortedFinite(draws)
	if len(sorted) == 0 {
		return ci, false
	}
	return [2]float64{SortedQuantile(sorted, 0.025), SortedQuantile(sorted, 0.975)}, true
}

func sortedFinite(xs []float64) []float64 {
	out := make([]float64, 0, len(xs))
	for _, x := range xs {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}

// BCa is the 95 % interval corrected for bias and acceleration: the quantiles of
// what was drawn at
//
//	Φ(z₀ + (z₀ ± z) / (1 − a (z₀ ± z))),
//
// z₀ by the share of draws below what was observed, a from the statistics without
// one observation each, group by group (Efron 1987; Davison & Hinkley 1997,
// section 5.3.2 for several samples). False where the draws say nothing: all lie on
// one side of what was observed, or are equal.
func BCa(observed float64, draws []float64, without ...[]float64) (ci [2]float64, ok bool) {
	return bca(observed, draws, normal95, without)
}

// bca is BCa whose ends lie z standard errors away.
func bca(observed float64, draws []float64, z float64, without [][]float64) (ci [2]float64, ok bool) {
	sorted := sortedFinite(draws)
	if len(sorted) == 0 || sorted[0] == sorted[len(sorted)-1] {
		return ci, false
	}
	below := 0.0
	for _, x := range sorted {
		switch {
		case x < observed:
			below++
		case x == observed:
			below += 0.5 // few different values: a draw like the observed is on neither side
		}
	}
	below /= float64(len(sorted))
	if below == 0 || below == 1 {
		return ci, false
	}
	z0, a := distuv.UnitNormal.Quantile(below), acceleration(without)
	for side, z := range []float64{-z, z} {
		slow := 1 - a*(z0+z)
		if slow <= 0 {
			return ci, false // so skewed that the correction has turned round
		}
		ci[side] = SortedQuantile(sorted, distuv.UnitNormal.CDF(z0+(z0+z)/slow))
	}
	return ci, true
}

// acceleration is how fast the standard error changes with what is estimated, by
// the statistics without one observation each.
func acceleration(without [][]float64) float64 {
	var cubes, squares float64
	for _, group := range without {
		mean, n := stat.Mean(group, nil), float64(len(group))
		for _, x := range group {
			d := (n - 1) * (mean - x) / n // its influence, over the size of its group
			squares += d * d
			cubes += d * d * d
		}
	}
	if squares == 0 {
		return 0
	}
	return cubes / (6 * math.Pow(squares, 1.5))
}

// MeanDifference is the mean of ys less that of xs with its BCa interval. The
// samples are drawn from separately. Draws from n values spread by √((n−1)/n) too
// little, and the normal law knows nothing of how few they are: so the ends lie as
// many standard errors away as Welch's t would have it (the expanded interval of
// Hesterberg 2015, The American Statistician 69(4), here of two samples). ok is
// false where there is no interval. The order of xs and ys does not matter.
func (b Bootstrap) MeanDifference(xs, ys []float64) (difference float64, ci [2]float64, ok bool) {
	xs, ys = sorted(xs), sorted(ys)
	difference = stat.Mean(ys, nil) - stat.Mean(xs, nil)
	if len(xs) < 2 || len(ys) < 2 {
		return difference, ci, false
	}
	draws := b.Draw([]int{len(xs), len(ys)}, func(picked [][]int) float64 {
		return meanOf(ys, picked[1]) - meanOf(xs, picked[0])
	})
	ci, ok = bca(difference, draws, expanded(xs, ys), [][]float64{leaveOut(xs, -1), leaveOut(ys, 1)})
	return difference, ci, ok
}

// expanded is how many standard errors of what is drawn make a 95 % interval of the
// difference of two means.
func expanded(xs, ys []float64) float64 {
	var drawn, all, freedom float64 // variances of the mean as drawn and without bias
	for _, s := range [2][]float64{xs, ys} {
		n := float64(len(s))
		v := stat.Variance(s, nil) / n
		all += v
		drawn += v * (n - 1) / n
		freedom += v * v / (n - 1)
	}
	if all == 0 {
		return normal95
	}
	t := distuv.StudentsT{Sigma: 1, Nu: all * all / freedom}.Quantile(0.975) // Welch–Satterthwaite
	return t * math.Sqrt(all/drawn)
}

func meanOf(xs []float64, picked []int) float64 {
	var s float64
	for _, i := range picked {
		s += xs[i]
	}
	return s / float64(len(picked))
}

// leaveOut is sign times the means of xs without each one.
func leaveOut(xs []float64, sign float64) []float64 {
	var sum float64
	for _, x := range xs {
		sum += x
	}
	out := make([]float64, len(xs))
	for i, x := range xs {
		out[i] = sign * (sum - x) / float64(len(xs)-1)
	}
	return out
}
