package stats

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// ExactRanks is how many values a rank test takes up to which its p is exact.
const ExactRanks = 50

// ranks are the places of xs from 1 to n, times two, so that the middle of tied
// places is whole: 10, 20, 20 have 2, 5, 5. ties is Σ (t³ − t) over runs of t
// equal values. O(n log n).
func ranks(xs []float64) (doubled []int, ties float64) {
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(xs[a], xs[b]) })
	doubled = make([]int, len(xs))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && xs[order[j]] == xs[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			doubled[k] = i + j + 1 // twice the mean of i+1 … j
		}
		t := float64(j - i)
		ties += t*t*t - t
		i = j
	}
	return doubled, ties
}

// RankTest is the result of a rank test.
type RankTest struct {
	Statistic float64 // U of the first sample, or the sum W⁺ of the positive ranks
	P         float64 // two-sided, never 0
	N         int     // values it rests on
	Exact     bool    // p counts every split; else it is that of the normal law
}

// MannWhitney tests that neither of two samples tends to have the larger values.
// Its statistic is U of the first,
//
//	U = Σᵢ Σⱼ [xᵢ > yⱼ] + ½ [xᵢ = yⱼ],
//
// from 0 to n·m. For up to ExactRanks values p is the share of all splits of them,
// ties and all, whose U is at least as far from n·m/2; beyond that it is that of
// the normal law, with the variance corrected for ties and ½ for continuity
// (Mann & Whitney 1947; Lehmann 1975, section 1.4). p is 1 where all values are
// equal or a sample is empty. O(N log N), and O(N⁴) up to ExactRanks.
func MannWhitney(xs, ys []float64) RankTest {
	n, m := len(xs), len(ys)
	all := slices.Concat(xs, ys)
	doubled, ties := ranks(all)
	sum := 0
	for _, r := range doubled[:n] {
		sum += r
	}
	t := RankTest{Statistic: float64(sum-n*(n+1)) / 2, P: 1, N: n + m}
	if n == 0 || m == 0 || slices.Min(all) == slices.Max(all) {
		return t
	}
	// Twice U, and twice what is expected of it, are whole.
	far := abs(sum - n*(n+1) - n*m)
	if n+m <= ExactRanks {
		t.Exact = true
		t.P = splits(doubled, n, func(s int) bool { return abs(s-n*(n+1)-n*m) >= far })
		return t
	}
	a, b, total := float64(n), float64(m), float64(n+m)
	variance := a * b / 12 * (total + 1 - ties/(total*(total-1)))
	t.P = normalP(float64(far)/2, variance)
	return t
}

// SignedRank is Wilcoxon's test that differences lie as much above 0 as below.
// Differences of 0 are dropped. Its statistic is the sum of the ranks of the
// positive ones, by their absolute values. p is exact for up to ExactRanks
// differences, with ties too, else normal, as in MannWhitney (Wilcoxon 1945;
// Lehmann 1975, section 3.2). p is 1 where no difference is left. O(n log n), and
// O(n³) up to ExactRanks.
func SignedRank(differences []float64) RankTest {
	var sizes []float64
	var positive []bool
	for _, d := range differences {
		if d != 0 {
			sizes, positive = append(sizes, math.Abs(d)), append(positive, d > 0)
		}
	}
	doubled, ties := ranks(sizes)
	n, sum := len(sizes), 0
	for i, r := range doubled {
		if positive[i] {
			sum += r
		}
	}
	t := RankTest{Statistic: float64(sum) / 2, P: 1, N: n}
	if n == 0 {
		return t
	}
	half := n * (n + 1) / 2 // of the sum of all doubled ranks
	far := abs(sum - half)
	if n <= ExactRanks {
		t.Exact = true
		t.P = subsets(doubled, func(s int) bool { return abs(s-half) >= far })
		return t
	}
	k := float64(n)
	t.P = normalP(float64(far)/2, k*(k+1)*(2*k+1)/24-ties/48)
	return t
}

// normalP is the two-sided p of a distance from the mean, less ½ for continuity.
func normalP(far, variance float64) float64 {
	z := max(0, far-0.5) / math.Sqrt(variance)
	return min(1, max(2*distuv.UnitNormal.Survival(z), math.SmallestNonzeroFloat64))
}

func abs(x int) int { return max(x, -x) }

// splits is the share of the choices of k of the numbers whose sum is asked for.
// The counts stay exact: C(50, 25) is below 2⁵³. O(n · k · sum).
func splits(numbers []int, k int, asked func(sum int) bool) float64 {
	total := 0
	for _, x := range numbers {
		total += x
	}
	ways := make([][]float64, k+1) // by how many are chosen, by their sum
	for j := range ways {
		ways[j] = make([]float64, total+1)
	}
	ways[0][0] = 1
	reach := 0
	for _, x := range numbers {
		reach += x
		for j := k; j > 0; j-- {
			for s := reach; s >= x; s-- {
				ways[j][s] += ways[j-1][s-x]
			}
		}
	}
	return share(ways[k], asked)
}

// subsets is the share of all subsets of the numbers whose sum is asked for.
func subsets(numbers []int, asked func(sum int) bool) float64 {
	ways := []float64{1}
	for _, x := range numbers {
		ways = append(ways, make([]float64, x)...)
		for s := len(ways) - 1; s >= x; s-- {
			ways[s] += ways[s-x]
		}
	}
	return share(ways, asked)
}

func share(ways []float64, asked func(int) bool) float64 {
	var hits, all float64
	for s, w := range ways {
		all += w
		if asked(s) {
			hits += w
		}
	}
	return hits / all
}

// Spearman is the correlation of the ranks of xs and ys, ties at the middle of
// their places (Spearman 1904), and false where either is constant or there are
// fewer than two. O(n log n).
func Spearman(xs, ys []float64) (float64, bool) {
	return Correlation(places(xs), places(ys))
}

func places(xs []float64) []float64 {
	doubled, _ := ranks(xs)
	out := make([]float64, len(xs))
	for i, r := range doubled {
		out[i] = float64(r) / 2
	}
	return out
}

// Kendall is tau-b: concordant less discordant pairs of points, over the
// geometric mean of the pairs not tied in x and those not tied in y (Kendall
// 1945). False where either is constant or there are fewer than two. O(n log n),
// by counting the exchanges of a merge sort (Knight 1966); gonum's is wrong with
// ties.
func Kendall(xs, ys []float64) (float64, bool) {
	n := len(xs)
	if n < 2 || constant(xs) || constant(ys) {
		return 0, false
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(xs[a], xs[b]), cmp.Compare(ys[a], ys[b])) })
	byX := make([]float64, n)
	for k, i := range order {
		byX[k] = ys[i]
	}
	same := func(equal func(a, b int) bool) (pairs float64) {
		for i := 0; i < n; {
			j := i + 1
			for j < n && equal(order[i], order[j]) {
				j++
			}
			pairs += float64(j-i) * float64(j-i-1) / 2
			i = j
		}
		return pairs
	}
	tiedX := same(func(a, b int) bool { return xs[a] == xs[b] })
	tiedBoth := same(func(a, b int) bool { return xs[a] == xs[b] && ys[a] == ys[b] })
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(ys[a], ys[b]) })
	tiedY := same(func(a, b int) bool { return ys[a] == ys[b] })
	all := float64(n) * float64(n-1) / 2
	difference := all - tiedX - tiedY + tiedBoth - 2*exchanges(byX)
	tau := difference / math.Sqrt((all-tiedX)*(all-tiedY))
	return min(1, max(-1, tau)), true
}

// exchanges is how many pairs of xs stand the wrong way round. It sorts xs.
func exchanges(xs []float64) (count float64) {
	from, to := xs, make([]float64, len(xs))
	for width := 1; width < len(xs); width *= 2 {
		for lo := 0; lo < len(xs); lo += 2 * width {
			mid, hi := min(lo+width, len(xs)), min(lo+2*width, len(xs))
			i, j := lo, mid
			for k := lo; k < hi; k++ {
				if j == hi || i < mid && from[i] <= from[j] {
					to[k] = from[i]
					i++
					continue
				}
				to[k] = from[j]
				j++
				count += float64(mid - i)
			}
		}
		from, to = to, from
	}
	return count
}

// Dominance is Cliff's delta: how much more often a value of xs is above one of
// ys than below,
//
//	δ = (#(x > y) − #(x < y)) / (n·m) = 2U/(n·m) − 1,
//
// from −1 to 1, with its 95 % interval (Cliff 1993). It is also the rank-biserial
// correlation. The interval is that of Newcombe (2006, method 5) for U/(n·m): the
// values δ that are no more than 1.96 standard errors away, the error being that
// of Hanley and McNeil (1982) at δ itself, so that it is not empty where all of
// xs lie on one side of ys. False where either is empty. O(N log N).
func Dominance(xs, ys []float64) (delta float64, ci [2]float64, ok bool) {
	n, m := float64(len(xs)), float64(len(ys))
	if n == 0 || m == 0 {
		return 0, ci, false
	}
	theta := dominanceShare(xs, ys)
	for side, end := range []float64{0, 1} {
		in, out := theta, end
		for range 60 { // bisection: how far is too far grows with the distance
			mid := (in + out) / 2
			if math.Abs(theta-mid) <= normal95*math.Sqrt(shareVariance(mid, n, m)) {
				in = mid
			} else {
				out = mid
			}
		}
		ci[side] = 2*in - 1
	}
	return 2*theta - 1, ci, true
}

var normal95 = distuv.UnitNormal.Quantile(0.975)

func dominanceShare(xs, ys []float64) float64 {
	doubled, _ := ranks(slices.Concat(xs, ys))
	sum := 0
	for _, r := range doubled[:len(xs)] {
		sum += r
	}
	n, m := len(xs), len(ys)
	return float64(sum-n*(n+1)) / 2 / (float64(n) * float64(m))
}

// shareVariance is the variance of U/(n·m) where it is expected to be p.
func shareVariance(p, n, m float64) float64 {
	mean := (n+m)/2 - 1
	return p * (1 - p) * (1 + mean*((1-p)/(2-p)+p/(1+p))) / (n * m)
}
