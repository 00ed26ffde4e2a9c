package shape

import (
	"math"

	"threadheat/metrics"
)

// Cophenetic is the total cophenetic index: the sum, over all pairs of leaves,
// of the depth of their lowest common ancestor,
//
//	Φ = Σ_{v≠root} C(leaves under v, 2).
//
// 0 for a star and for one node. O(n).
var Cophenetic, ForestCophenetic = ofTree(metrics.Measure{
	Name:  "cophenetic",
	Title: metrics.Text{EN: "Total cophenetic index", FR: "Indice cophénétique total"},
	Doc: metrics.Text{
		EN: "How deep two lines of the discussion part on average, summed over all pairs of unanswered nodes: 0 where all lines part at the top.",
		FR: "Profondeur à laquelle deux lignes de la discussion se séparent, sommée sur toutes les paires de nœuds sans réponse : 0 quand toutes se séparent au sommet.",
	},
	Math:   "Σ_{v≠root} C(ℓ_v, 2), ℓ_v = leaves under v",
	MathFR: "Σ_{v≠racine} C(ℓ_v, 2), ℓ_v = feuilles sous v",
	Unit:   metrics.Edges, Range: metrics.NonNegative,
	Source: []metrics.Citation{{
		Authors: "Mir, Rosselló, Rotger", Title: "A new balance index for phylogenetic trees", Venue: "Mathematical Biosciences 241", Year: 2013, DOI: "10.1016/j.mbs.2012.10.005",
	}},
}, func(p part) metrics.Value {
	leaves := make([]int32, p.len())
	var twice sum128
	for v := p.len() - 1; v > 0; v-- {
		if p.children[v] == 0 {
			leaves[v] = 1
		}
		leaves[p.up(v)] += leaves[v]
		twice.addProduct(leaves[v], leaves[v]-1)
	}
	return metrics.Of(twice.float()/2, p.len())
})

// B2 is the entropy, in bits, of the leaf that a walker reaches who starts at
// the root and takes each reply of a node with equal chance. By the chain rule
// it is the sum of log₂ children(v) over the inner nodes, weighted with the
// chance to come by. log₂ N for a star, 0 for a chain and for one node. O(n).
var B2, ForestB2 = sumsOfReach.plain(ofTree(metrics.Measure{
	Name:  "b2",
	Title: metrics.Text{EN: "B2 index", FR: "Indice B2"},
	Doc: metrics.Text{
		EN: "How open the end of a walk down the discussion is when every reply is taken with equal chance: the entropy of the unanswered node reached. High where the discussion spreads evenly, 0 in a chain.",
		FR: "Incertitude sur l’arrivée d’une descente dans la discussion où chaque réponse est prise avec la même chance : l’entropie du nœud sans réponse atteint. Élevée quand la discussion se répartit également, nulle dans une chaîne.",
	},
	Math:   "−Σ_{leaves} p log₂ p, p = Π 1/children along the path",
	MathFR: "−Σ_{feuilles} p log₂ p, p = Π 1/enfants le long du chemin",
	Unit:   metrics.Bits, Range: metrics.NonNegative,
	Source: []metrics.Citation{shaoSokal},
}, func(p part) metrics.Value {
	reach := make([]float64, p.len())
	reach[0] = 1
	var bits float64
	for v, k := range p.children {
		if v > 0 {
			up := p.up(v)
			reach[v] = reach[up] / float64(p.children[up])
		}
		if k > 1 {
			bits += reach[v] * math.Log2(float64(k))
		}
	}
	return metrics.Of(bits, p.len())
}))
