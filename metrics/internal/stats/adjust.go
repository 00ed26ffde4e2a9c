package stats

import (
	"cmp"
	"slices"
)

// FalseDiscovery are the q-values of a family of tests: where all with q ≤ α are
// taken for findings, at most a share α of them is expected to be none (Benjamini &
// Hochberg 1995),
//
//	q₍ᵢ₎ = min over j ≥ i of p₍ⱼ₎ m / j,
//
// in the order of ps. O(m log m).
func FalseDiscovery(ps []float64) []float64 {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(ps[a], ps[b]) })
	qs := make([]float64, len(ps))
	least := 1.0
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		least = min(least, ps[i]*float64(len(ps))/float64(k+1))
		qs[i] = least
	}
	return qs
}
