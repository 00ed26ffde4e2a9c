package shape

import (
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
)

// MaxDepth is the number of steps from the root to the node farthest from it:
// 0 without comments. ForestMaxDepth counts from the top-level comments. O(n).
var MaxDepth, ForestMaxDepth = ofNodes(metrics.Measure{
	Name:  "max-depth",
	Title: metrics.Text{EN: "Depth", FR: "Profondeur"},
	Doc: metrics.Text{
		EN: "How many replies the longest line of answers counts: the steps from the top down to the deepest comment.",
		FR: "Nombre de réponses de la plus longue suite de réponses : les pas du sommet au commentaire le plus profond.",
	},
	Math:   "max depth(v)",
	MathFR: "max profondeur(v)",
	Unit:   metrics.Edges, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Extreme,
}, func(p part) metrics.Value {
	return count(slices.Max(p.depth)-p.top, p.len())
})

// MeanDepth is the mean number of steps to the root over all nodes, the root
// itself (0 steps) included in the rooted frame. O(n).
var MeanDepth, ForestMeanDepth = sumsOfDepth.both(ofNodes(metrics.Measure{
	Name:  "mean-depth",
	Title: metrics.Text{EN: "Mean depth", FR: "Profondeur moyenne"},
	Doc: metrics.Text{
		EN: "How deep a node lies on average, the top one included at depth 0.",
		FR: "Profondeur moyenne d’un nœud, celui du sommet compris avec une profondeur de 0.",
	},
	Math:   "Σ depth(v) / N",
	MathFR: "Σ profondeur(v) / N",
	Unit:   metrics.Edges, Range: metrics.NonNegative, MinN: 1,
	Source: []metrics.Citation{cite.Own},
}, func(p part) metrics.Value {
	var sum int64
	for _, d := range p.depth {
		sum += int64(d - p.top)
	}
	return ratio(sum, int64(p.len()), p.len())
}))

// LongestChain is the longest run of comments each of which is the only reply
// to the one before: 1 where nobody answers, 0 without comments. O(n).
var LongestChain = &metrics.Measure{
	Name:  "longest-chain",
	Group: group,
	Title: metrics.Text{EN: "Longest chain", FR: "Plus longue chaîne"},
	Doc: metrics.Text{
		EN: "How many comments follow each other, each the only reply to the one before. Two people who argue while the others watch make a long chain; the depth counts branching lines too.",
		FR: "Nombre de commentaires qui se suivent, chacun étant la seule réponse au précédent. Deux personnes qui se disputent sous les yeux des autres font une longue chaîne ; la profondeur compte aussi les lignes qui bifurquent.",
	},
	Math:   "max k : v₁ ← … ← v_k, children(vᵢ) = 1 for i < k",
	MathFR: "max k : v₁ ← … ← v_k, enfants(vᵢ) = 1 pour i < k",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Extreme,
	Run: metrics.From(Rooted, func(t *Tree) metrics.Value {
		longest, run := int32(0), int32(0)
		for v := 1; v < len(t.Size); v++ {
			// An only child stands right behind its parent in reading order.
			if p := t.Parent[v]; p == 0 || t.Children[p] > 1 {
				run = 0
			}
			run++
			longest = max(longest, run)
		}
		return count(longest, t.Comments())
	}),
}
