package shape

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// SubtreeSizes are the numbers of comments of the top-level comments' trees,
// themselves included, in reading order. They add up to the number of comments
// and ghosts.
var SubtreeSizes = &metrics.Fact[[]int32]{Name: "subtree sizes", Compute: func(c *metrics.Context) ([]int32, error) {
	t, err := Rooted.Of(c)
	if err != nil {
		return nil, err
	}
	sizes := make([]int32, 0, t.Children[0])
	for r := range t.roots() {
		sizes = append(sizes, t.Size[r])
	}
	return sizes, nil
}}

// SubtreeEntropy is the Shannon entropy of the distribution of comments over
// the top-level comments' trees, in bits: 0 where all stand in one tree, log₂
// roots where all trees are equal. N is the number of trees. O(n).
var SubtreeEntropy = &metrics.Measure{
	Name:  "subtree-entropy",
	Group: group,
	Title: metrics.Text{EN: "Entropy of tree sizes", FR: "Entropie des tailles d’arbre"},
	Doc: metrics.Text{
		EN: "How evenly the comments are spread over the trees that the top-level comments start: 0 where all stand in one, the more bits, the more trees share them evenly.",
		FR: "Régularité de la répartition des commentaires entre les arbres ouverts par les commentaires de premier niveau : 0 quand tous sont dans un seul, d’autant plus de bits que plus d’arbres se les partagent également.",
	},
	Math:   "−Σ p log₂ p, p = comments of a tree / comments",
	MathFR: "−Σ p log₂ p, p = commentaires d’un arbre / commentaires",
	Scope:  metrics.PerThread, Unit: metrics.Bits, Range: metrics.NonNegative, MinN: 1,
	Source:   []metrics.Citation{cite.Shannon},
	Run:      metrics.From(SubtreeSizes, ofSizes(stats.Entropy)),
	Interval: sumsOfTrees.over(0),
}

// SubtreeGini is the Gini coefficient of the sizes of the top-level comments'
// trees. N is the number of trees. O(n log n).
var SubtreeGini = &metrics.Measure{
	Name:  "subtree-gini",
	Group: group,
	Title: metrics.Text{EN: "Inequality of tree sizes", FR: "Inégalité des tailles d’arbre"},
	Doc: metrics.Text{
		EN: "How unequal the trees are that the top-level comments start: 0 where all have the same size, near 1 where one of many holds nearly all comments.",
		FR: "Inégalité des arbres ouverts par les commentaires de premier niveau : 0 quand tous ont la même taille, proche de 1 quand l’un d’eux, parmi beaucoup, contient presque tous les commentaires.",
	},
	Math:   "Σᵢ (2i − n − 1) s₍ᵢ₎ / (n Σ s), s₍₁₎ ≤ … ≤ s₍ₙ₎ the sizes of the trees",
	MathFR: "Σᵢ (2i − n − 1) s₍ᵢ₎ / (n Σ s), s₍₁₎ ≤ … ≤ s₍ₙ₎ les tailles des arbres",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source:   []metrics.Citation{cite.Gini},
	Run:      metrics.From(SubtreeSizes, ofSizes(stats.Gini)),
	Interval: overTrees,
}

func ofSizes(f func([]int32) float64) func([]int32) metrics.Value {
	return func(sizes []int32) metrics.Value {
		if len(sizes) == 0 {
			return noComments()
		}
		return metrics.Of(f(sizes), len(sizes))
	}
}
