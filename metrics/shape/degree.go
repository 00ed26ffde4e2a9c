package shape

import (
	"math"

	"threadheat/metrics"
)

// Randic is the Randić connectivity index of the tree, taken without direction,
//
//	R = Σ over edges (u,v) of 1/√(d_u d_v),
//
// d the number of neighbours: √(N−1) for a star, (N−3)/2 + √2 for a chain of 3 or
// more, 0 for one node. O(n).
var Randic, ForestRandic = ofTree(metrics.Measure{
	Name:  "randic-index",
	Title: metrics.Text{EN: "Randić index", FR: "Indice de Randić"},
	Doc: metrics.Text{
		EN: "Each reply counts the less, the more neighbours its two ends have: low for stars, high for lines of replies of the same size.",
		FR: "Chaque réponse compte d’autant moins que ses deux extrémités ont de voisins : faible pour une étoile, élevé pour une suite de réponses de même taille.",
	},
	Math: "Σ_{u ~ v} 1/√(dᵤ dᵥ)",
	Unit: metrics.Ratio, Range: metrics.NonNegative,
	Source: []metrics.Citation{{
		Authors: "Randić", Title: "On characterization of molecular branching",
		Venue: "Journal of the American Chemical Society 97(23)", Year: 1975, DOI: "10.1021/ja00856a001",
	}},
}, func(p part) metrics.Value {
	sum := 0.0
	for v := 1; v < p.len(); v++ {
		u := p.up(v)
		above := 1 // the edge to its own parent
		if u == 0 {
			above = 0
		}
		sum += 1 / math.Sqrt(float64(int(p.children[u])+above)*float64(p.children[v]+1))
	}
	return metrics.Of(sum, p.len())
})
