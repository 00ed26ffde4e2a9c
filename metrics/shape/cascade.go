package shape

import (
	"threadheat/metrics"
)

// CascadeVirality is the sum, over the nodes that were answered, of the mean
// distance to all nodes below them. 1 for a star, N(N−1)/4 for a chain, 0 for one
// node. O(n).
var CascadeVirality, ForestCascadeVirality = ofTree(metrics.Measure{
	Name:  "cascade-virality",
	Title: metrics.Text{EN: "Cascade virality", FR: "Viralité en cascade"},
	Doc: metrics.Text{
		EN: "How far below each answered comment its discussion goes on, on average, summed over all of them. Unlike structural virality it grows with the size.",
		FR: "Jusqu’où, en moyenne, la discussion se poursuit sous chaque commentaire qui a reçu une réponse, somme sur tous. Elle croît avec la taille, au contraire de la viralité structurelle.",
	},
	Math: "Σ_{v : sᵥ > 1} 1/(sᵥ−1) Σ_{u < v} d(v,u)",
	Unit: metrics.Edges, Range: metrics.NonNegative,
	Source: []metrics.Citation{{Authors: "Zhang", Title: "Cascade virality", Venue: "as the cascade_virality program computes it", Year: 2020}},
}, func(p part) metrics.Value {
	n := p.len()
	below := make([]int64, n) // distances from v to all below
	sum := 0.0
	for v := n - 1; v >= 0; v-- {
		if p.size[v] > 1 {
			sum += float64(below[v]) / float64(p.size[v]-1)
		}
		if v > 0 {
			below[p.up(v)] += below[v] + int64(p.size[v])
		}
	}
	return metrics.Of(sum, n)
})
