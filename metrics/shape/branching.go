package shape

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// LeafRatio is the share of nodes without a reply. O(n).
var LeafRatio, ForestLeafRatio = sumsOfLeaves.both(ofNodes(metrics.Measure{
	Name:  "leaf-ratio",
	Title: metrics.Text{EN: "Unanswered share", FR: "Part sans réponse"},
	Doc: metrics.Text{
		EN: "The share of nodes that nobody answers. Near 1 in a crowd that talks past each other, near 0 in a long exchange.",
		FR: "Part des nœuds auxquels personne ne répond. Proche de 1 dans une foule où chacun parle pour soi, proche de 0 dans un long échange.",
	},
	Math:   "|{v : children(v) = 0}| / N",
	MathFR: "|{v : enfants(v) = 0}| / N",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source: []metrics.Citation{cite.Own},
}, func(p part) metrics.Value {
	return ratio(p.leaves(), p.len(), p.len())
}))

func (p part) leaves() int {
	n := 0
	for _, k := range p.children {
		if k == 0 {
			n++
		}
	}
	return n
}

// MeanChildren is the mean number of replies to a node. In the rooted frame it
// is (N−1)/N, whatever the tree. O(n).
var MeanChildren, ForestMeanChildren = sumsOfChildren.forest(ofNodes(metrics.Measure{
	Name:  "mean-children",
	Title: metrics.Text{EN: "Replies per node", FR: "Réponses par nœud"},
	Doc: metrics.Text{
		EN: "How many replies a node gets on average, the unanswered ones included. It says little with the article counted, where it depends on the number of comments alone.",
		FR: "Nombre moyen de réponses à un nœud, ceux sans réponse compris. Il dit peu quand l’article est compté : il ne dépend alors que du nombre de commentaires.",
	},
	Math:   "Σ children(v) / N",
	MathFR: "Σ enfants(v) / N",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.FromSize,
}, func(p part) metrics.Value {
	return ratio(stats.Sum(p.children), int64(p.len()), p.len())
}))

// Branching is the mean number of replies to a node that has any. It is
// undefined where no node has. O(n).
var Branching, ForestBranching = sumsOfInner.both(ofNodes(metrics.Measure{
	Name:  "branching",
	Title: metrics.Text{EN: "Replies per answered node", FR: "Réponses par nœud qui en reçoit"},
	Doc: metrics.Text{
		EN: "How many replies a node gets on average if it gets any: 1 in a chain, many where one remark sets off a crowd.",
		FR: "Nombre moyen de réponses à un nœud qui en reçoit : 1 dans une chaîne, beaucoup quand une remarque déchaîne une foule.",
	},
	Math:   "Σ children(v) / |{v : children(v) > 0}|",
	MathFR: "Σ enfants(v) / |{v : enfants(v) > 0}|",
	Unit:   metrics.Ratio, Range: metrics.Range{Min: 1, Max: metrics.NonNegative.Max}, MinN: 1,
	Source: []metrics.Citation{cite.Own},
}, func(p part) metrics.Value {
	inner := p.len() - p.leaves()
	if inner == 0 {
		return metrics.Undefined(p.len(), noReplies)
	}
	return ratio(stats.Sum(p.children), int64(inner), p.len())
}))

var noReplies = &metrics.Text{EN: "no comment answers another", FR: "aucun commentaire ne répond à un autre"}

// ChildGini is the Gini coefficient of the numbers of replies to all nodes; 0
// where nobody replies. O(n log n).
var ChildGini, ForestChildGini = countsOfChildren(ofNodes(metrics.Measure{
	Name:  "child-gini",
	Title: metrics.Text{EN: "Inequality of replies", FR: "Inégalité des réponses"},
	Doc: metrics.Text{
		EN: "How unequally replies are spread over the nodes: 0 where all get the same number (or none at all), near 1 where one gets them all.",
		FR: "Inégalité de la répartition des réponses entre les nœuds : 0 quand tous en reçoivent autant (ou aucune), proche de 1 quand un seul les reçoit toutes.",
	},
	Math:   "Σᵢ (2i − N − 1) c₍ᵢ₎ / (N Σ c), c₍₁₎ ≤ … ≤ c₍N₎ the numbers of replies",
	MathFR: "Σᵢ (2i − N − 1) c₍ᵢ₎ / (N Σ c), c₍₁₎ ≤ … ≤ c₍N₎ les nombres de réponses",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source: []metrics.Citation{cite.Gini},
}, func(p part) metrics.Value {
	return metrics.Of(stats.Gini(p.children), p.len())
}))
