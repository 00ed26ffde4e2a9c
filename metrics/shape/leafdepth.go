package shape

import (
	"threadheat/metrics"
)

// Sackin is the sum of the depths of the leaves: 0 for one node. O(n).
var Sackin, ForestSackin = ofTree(metrics.Measure{
	Name:  "sackin",
	Title: metrics.Text{EN: "Sackin index", FR: "Indice de Sackin"},
	Doc: metrics.Text{
		EN: "The sum of the depths of all unanswered nodes: long lines of replies make it large. It grows with the size, so compare threads by the average leaf depth.",
		FR: "Somme des profondeurs de tous les nœuds sans réponse : de longues suites de réponses l’augmentent. Il croît avec la taille ; comparez les discussions par la profondeur moyenne des feuilles.",
	},
	Math:   "Σ_{leaves} depth",
	MathFR: "Σ_{feuilles} profondeur",
	Unit:   metrics.Edges, Range: metrics.NonNegative,
	Source: []metrics.Citation{sackin1972, shaoSokal},
}, func(p part) metrics.Value {
	return count(p.sackin(), p.len())
})

// AverageLeafDepth is the mean depth of the leaves: 0 for one node. N is the
// number of leaves. O(n).
var AverageLeafDepth, ForestAverageLeafDepth = sumsOfLeafDepth.plain(ofTree(metrics.Measure{
	Name:  "average-leaf-depth",
	Title: metrics.Text{EN: "Average leaf depth", FR: "Profondeur moyenne des feuilles"},
	Doc: metrics.Text{
		EN: "How many replies a line of the discussion counts on average before nobody answers any more.",
		FR: "Nombre moyen de réponses d’une ligne de la discussion avant que plus personne ne réponde.",
	},
	Math:   "Σ_{leaves} depth / leaves",
	MathFR: "Σ_{feuilles} profondeur / feuilles",
	Unit:   metrics.Edges, Range: metrics.NonNegative,
	Source: []metrics.Citation{sackin1972, shaoSokal},
}, func(p part) metrics.Value {
	leaves := p.leaves()
	return ratio(p.sackin(), int64(leaves), leaves)
}))

func (p part) sackin() int64 {
	var sum int64
	for v, k := range p.children {
		if k == 0 {
			sum += int64(p.depth[v] - p.top)
		}
	}
	return sum
}

var (
	sackin1972 = metrics.Citation{Authors: "Sackin", Title: "“Good” and “bad” phenograms", Venue: "Systematic Zoology 21", Year: 1972, DOI: "10.1093/sysbio/21.2.225"}
	shaoSokal  = metrics.Citation{Authors: "Shao, Sokal", Title: "Tree balance", Venue: "Systematic Zoology 39", Year: 1990, DOI: "10.2307/2992186"}
)
