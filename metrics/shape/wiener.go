package shape

import (
	"threadheat/metrics"
)

// WienerIndex is the sum of the distances between all pairs of nodes,
//
//	W = Σ_{v≠root} s_v (N − s_v),
//
// because the edge above v lies between s_v nodes and N − s_v others (s_v is
// the size of the subtree). 0 for one node. Exact below 2⁵³, else rounded once.
// O(n).
var WienerIndex, ForestWienerIndex = ofTree(metrics.Measure{
	Name:  "wiener-index",
	Title: metrics.Text{EN: "Wiener index", FR: "Indice de Wiener"},
	Doc: metrics.Text{
		EN: "The sum of the distances, in replies, between all pairs of nodes. It grows with the size of the discussion and with the length of its lines; structural virality is the same as a mean.",
		FR: "Somme des distances, en réponses, entre toutes les paires de nœuds. Il croît avec la taille de la discussion et la longueur de ses lignes ; la viralité structurelle en est la moyenne.",
	},
	Math:   "Σ_{u<v} d(u, v) = Σ_{v≠root} s_v (N − s_v), s_v = size of the subtree of v",
	MathFR: "Σ_{u<v} d(u, v) = Σ_{v≠racine} s_v (N − s_v), s_v = taille du sous-arbre de v",
	Unit:   metrics.Edges, Range: metrics.NonNegative,
	Source: []metrics.Citation{{
		Authors: "Wiener", Title: "Structural determination of paraffin boiling points",
		Venue: "Journal of the American Chemical Society 69(1)", Year: 1947,
	}},
}, func(p part) metrics.Value {
	return metrics.Of(p.wiener(), p.len())
})

// StructuralVirality is the mean distance between two nodes of a tree,
//
//	ν = 2W / (N (N − 1)),
//
// with W the Wiener index (Goel et al. 2016, doi:10.1287/mnsc.2015.2158). It is
// 2(N−1)/N for a star and (N+1)/3 for a chain, undefined for one node. O(n).
var StructuralVirality, ForestStructuralVirality = sumsOfSizes.plain(ofTree(metrics.Measure{
	Name:  "structural-virality",
	Title: metrics.Text{EN: "Structural virality", FR: "Viralité structurelle"},
	Doc: metrics.Text{
		EN: "How many replies lie between two nodes on average. Just below 2 where everybody answers the article, and the higher, the more the discussion lives from replies to replies.",
		FR: "Nombre moyen de réponses qui séparent deux nœuds. Un peu moins de 2 quand tous répondent à l’article, et d’autant plus élevée que la discussion vit de réponses aux réponses.",
	},
	Math: "1 / (N (N − 1)) Σᵤ Σᵥ d(u, v) = 2W / (N (N − 1))",
	Unit: metrics.Edges, Range: metrics.Range{Min: 1, Max: metrics.NonNegative.Max}, MinN: 2,
	Source: []metrics.Citation{{
		Authors: "Goel, Anderson, Hofman, Watts", Title: "The structural virality of online diffusion",
		Venue: "Management Science 62(1)", Year: 2016, DOI: "10.1287/mnsc.2015.2158",
	}},
}, func(p part) metrics.Value {
	n := p.len()
	if n < 2 {
		return metrics.TooFew(n, 2, metrics.Comments)
	}
	return metrics.Of(2*p.wiener()/(float64(n)*float64(n-1)), n)
}))

func (p part) wiener() float64 {
	var w sum128
	n := int32(p.len())
	for _, s := range p.size[1:] {
		w.addProduct(s, n-s)
	}
	return w.float()
}
