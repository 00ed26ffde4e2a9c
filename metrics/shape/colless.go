package shape

import (
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
)

// CollessLike is the Colless-like balance index with f = ln(k + e) and the mean
// deviation from the median (MDM):
//
//	Σ_v MDM(δ(T₁), …, δ(T_k)), T₁…T_k the subtrees under v,
//	δ(T) = Σ_{u in T} ln(children(u) + e).
//
// It is 0 where all siblings carry subtrees of equal shape, so for a chain, a
// star and one node. O(n log n).
var CollessLike, ForestCollessLike = ofTree(metrics.Measure{
	Name:  "colless-like",
	Title: metrics.Text{EN: "Colless-like index", FR: "Indice de type Colless"},
	Doc: metrics.Text{
		EN: "How unevenly the discussion splits: at each node, how far the subtrees of its replies differ in size and branching. It is 0 for a chain and for a star alike, so read it beside the Sackin index.",
		FR: "Déséquilibre des embranchements : à chaque nœud, l’écart de taille et de ramification entre les sous-arbres de ses réponses. Il vaut 0 pour une chaîne comme pour une étoile ; lisez-le avec l’indice de Sackin.",
	},
	Math:   "Σ_v MDM(δ(T₁), …, δ(T_k)), δ(T) = Σ_{u∈T} ln(children(u) + e)",
	MathFR: "Σ_v MDM(δ(T₁), …, δ(T_k)), δ(T) = Σ_{u∈T} ln(enfants(u) + e)",
	Unit:   metrics.Ratio, Range: metrics.NonNegative,
	Source: []metrics.Citation{{
		Authors: "Mir, Rosselló, Rotger", Title: "Sound Colless-like balance indices for multifurcating trees", Venue: "PLoS ONE 13", Year: 2018, DOI: "10.1371/journal.pone.0203401",
	}},
}, func(p part) metrics.Value {
	var total float64
	delta := make([]float64, p.len())
	under := make([]float64, 0, slices.Max(p.children))
	for v := p.len() - 1; v >= 0; v-- {
		under = under[:0]
		for c := v + 1; c < v+int(p.size[v]); c += int(p.size[c]) {
			under = append(under, delta[c])
		}
		// Sorted before they are added, so that subtrees of equal shape get equal
		// δ to the bit and balanced trees exactly 0.
		slices.Sort(under)
		delta[v] = math.Log(float64(p.children[v]) + math.E)
		for _, d := range under {
			delta[v] += d
		}
		total += deviation(under)
	}
	return metrics.Of(total, p.len())
})

// deviation is the mean distance of sorted xs to their median, 0 for none.
func deviation(xs []float64) float64 {
	if len(xs) < 2 {
		return 0
	}
	median := stats.SortedQuantile(xs, 0.5)
	var sum float64
	for _, x := range xs {
		sum += math.Abs(x - median)
	}
	return sum / float64(len(xs))
}
