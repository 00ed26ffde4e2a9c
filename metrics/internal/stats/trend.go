package stats

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// TheilSen is the median of the slopes between all pairs of points with
// different x; NaN where there are none. Of more than maxTheilSen points every
// second, third, … is taken, so that it stays fast. O(n² log n) up to there.
func TheilSen(xs, ys []float64) float64 {
	step := (len(xs) + maxTheilSen - 1) / maxTheilSen
	n := min(len(xs), maxTheilSen)
	slopes := make([]float64, 0, n*(n-1)/2)
	for i := 0; i < len(xs); i += step {
		for j := i + step; j < len(xs); j += step {
			if dx := xs[j] - xs[i]; dx != 0 {
				slopes = append(slopes, (ys[j]-ys[i])/dx)
			}
		}
	}
	slices.Sort(slopes)
	return SortedQuantile(slopes, 0.5)
}

const maxTheilSen = 300

// How permutation tests are run.
const (
	ExactUpTo = 8    // points, up to which all n! orders are tried
	DrawnUpTo = 200  // points, up to which Shuffles orders are drawn
	Shuffles  = 9999 // and beyond which the normal approximation serves
)

// RisingP is the p-value of the one-sided permutation test that ys rise with
// xs: the share of orders of ys whose least-squares slope is at least the one
// observed. All n! orders are tried for up to ExactUpTo points, so p is at
// least 1/n!. For up to DrawnUpTo points Shuffles orders are drawn from the
// given seed, and p = (b+1)/(B+1) with b of the B drawn at least as steep (Phipson
// & Smyth 2010). Beyond that the slope of a random order is as good as normal. p
// is never 0.
func RisingP(xs, ys []float64, seed uint64) float64 {
	n := len(xs)
	mean := stat.Mean(xs, nil)
	// Orders are compared by Σ (x − x̄) y, which is the slope but for a factor.
	steepness := func(order []int) float64 {
		var s float64
		for i, k := range order {
			s += (xs[i] - mean) * ys[k]
		}
		return s
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	observed := steepness(order)
	if n > DrawnUpTo {
		sd := math.Sqrt(float64(n-1) * stat.Variance(xs, nil) * stat.Variance(ys, nil))
		if sd == 0 {
			return 1
		}
		return max(distuv.UnitNormal.Survival(observed/sd), math.SmallestNonzeroFloat64)
	}
	var scale float64
	for i := range xs {
		scale += math.Abs(xs[i]-mean) * math.Abs(ys[i])
	}
	atLeast := observed - 1e-12*scale // equal sums differ in their last bits
	return Permuted(n, seed, func(order []int) bool { return steepness(order) >= atLeast })
}

// Permuted is the share of the orders of n things that are at least as extreme as
// the one observed, which counts among them. All n! orders are tried for up to
// ExactUpTo things. Beyond that Shuffles orders are drawn from the given seed, and
// it is (b+1)/(Shuffles+1) with b of them extreme (Phipson & Smyth 2010). It is
// never 0 where the order observed, 0 … n−1, is extreme. extreme must not keep the
// order.
func Permuted(n int, seed uint64, extreme func(order []int) bool) float64 {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	if n <= ExactUpTo {
		var hits, all float64
		for more := true; more; more = nextOrder(order) {
			if all++; extreme(order) {
				hits++
			}
		}
		return hits / all
	}
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	hits := 1.0
	for range Shuffles {
		r.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
		if extreme(order) {
			hits++
		}
	}
	return hits / (Shuffles + 1)
}

// nextOrder makes the next order of the dictionary of order, false at the last.
// gonum's generator works out each from its number, which takes ten times as long.
func nextOrder(order []int) bool {
	i := len(order) - 2
	for i >= 0 && order[i] > order[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(order) - 1
	for order[j] < order[i] {
		j--
	}
	order[i], order[j] = order[j], order[i]
	slices.Reverse(order[i+1:])
	return true
}
