// Package stats holds the small statistics that gonum lacks or defines
// otherwise: quantiles of type 7, inequality of counts, lines and means with
// their intervals, Theil-Sen slopes and permutation tests. Inputs are never
// changed; results do not depend on the order of the input, to the bit, unless
// a function says that order matters.
package stats

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Quantile is the p-quantile of xs by linear interpolation between order
// statistics (type 7 of Hyndman and Fan, the default of R and NumPy; gonum's
// LinInterp is another type, whose 0.5 is not the median). NaN for no xs.
// O(n log n).
func Quantile(xs []float64, p float64) float64 {
	return SortedQuantile(sorted(xs), p)
}

// SortedQuantile is Quantile of xs in ascending order. O(1).
func SortedQuantile(xs []float64, p float64) float64 {
	if len(xs) == 0 {
		return math.NaN()
	}
	at := p * float64(len(xs)-1)
	lo := min(max(int(at), 0), len(xs)-1)
	hi := min(lo+1, len(xs)-1)
	return xs[lo] + (at-float64(lo))*(xs[hi]-xs[lo])
}

// Median is the 0.5-quantile. NaN for no xs.
func Median(xs []float64) float64 { return Quantile(xs, 0.5) }

// sorted is a copy of xs in order. slices.Sorted would grow it piece by piece.
func sorted[T cmp.Ordered](xs []T) []T {
	ys := slices.Clone(xs)
	slices.Sort(ys)
	return ys
}

// Gini is how unequally a total is spread over counts,
//
//	G = Σᵢ (2i − n − 1) x₍ᵢ₎ / (n Σ x),
//
// from 0 (all alike) to (n−1)/n (one has all). It is 0 where all counts are 0 or
// there are none. The sums are exact while n·Σx stays below 2⁶³. O(n log n).
func Gini(counts []int32) float64 {
	xs := sorted(counts)
	n := int64(len(xs))
	var weighted, sum int64
	for i, x := range xs {
		weighted += (2*int64(i+1) - n - 1) * int64(x)
		sum += int64(x)
	}
	if sum == 0 {
		return 0
	}
	return float64(weighted) / (float64(n) * float64(sum))
}

// Entropy is the Shannon entropy of the distribution of a total over counts,
// in bits: 0 where one has all, log₂ n where all are alike, 0 where the total
// is 0. O(n log n).
func Entropy(counts []int32) float64 {
	return math.Max(0, stat.Entropy(shares(counts))/math.Ln2) // 1 − ulp summed can fall below 0
}

// HHI is the Herfindahl-Hirschman index: the sum of squared shares, from 1/n
// (all alike) to 1 (one has all); 0 where the total is 0. O(n log n).
func HHI(counts []int32) float64 {
	var h float64
	for _, p := range shares(counts) {
		h += p * p
	}
	return math.Min(h, 1)
}

// shares are the counts, ascending, over their total.
func shares(counts []int32) []float64 {
	xs := sorted(counts)
	ps := make([]float64, len(xs))
	sum := Sum(xs)
	if sum == 0 {
		return ps
	}
	for i, x := range xs {
		ps[i] = float64(x) / float64(sum)
	}
	return ps
}

// Sum is the total of counts.
func Sum(counts []int32) int64 {
	var s int64
	for _, x := range counts {
		s += int64(x)
	}
	return s
}

// TopShare is the share of the total that the k largest counts have; 0 where the
// total is 0. O(n log n).
func TopShare(counts []int32, k int) float64 {
	sum := Sum(counts)
	if sum == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(counts))
	return float64(Sum(sorted[max(0, len(sorted)-k):])) / float64(sum)
}

// Correlation is Pearson's r of xs and ys, and false where either is constant
// or there are fewer than two. Order matters.
func Correlation(xs, ys []float64) (float64, bool) {
	if len(xs) < 2 || constant(xs) || constant(ys) {
		return 0, false
	}
	r := stat.Correlation(xs, ys, nil)
	return math.Min(math.Max(r, -1), 1), !math.IsNaN(r)
}

func constant(xs []float64) bool {
	return slices.Min(xs) == slices.Max(xs)
}
