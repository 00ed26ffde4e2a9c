package replygraph

import (
	"math"

	"threadheat/metrics"
	"threadheat/thread"
)

// DegreeAssortativity tells whether people with many partners exchange with
// people with many partners: the correlation of the numbers of neighbours at both
// ends of a link, whoever answered whom. O(arcs).
var DegreeAssortativity = ofGraph(metrics.Measure{
	Name:  "assortativity",
	Title: metrics.Text{EN: "Assortativity by number of partners", FR: "Assortativité par nombre de partenaires"},
	Doc: metrics.Text{
		EN: "Whether those who exchange with many do so with others who exchange with many (towards 1) or with those who exchange with few (towards −1, as around one person whom everybody answers). A few people with very many partners push it below 0 without anybody choosing so.",
		FR: "Ceux qui échangent avec beaucoup de monde échangent-ils entre eux (vers 1) ou avec ceux qui ont peu de partenaires (vers −1, comme autour d’une personne à qui tous répondent) ? Quelques personnes aux très nombreux partenaires la poussent sous 0 sans que nul l’ait choisi.",
	},
	Math: "corr(k_u, k_v), u ~ v",
	Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedReplies, MinN: 2,
	Source:   []metrics.Citation{{Authors: "Newman", Title: "Assortative mixing in networks", Venue: "Physical Review Letters 89, 208701", Year: 2002, DOI: "10.1103/PhysRevLett.89.208701"}},
	Interval: metrics.Linked,
}, func(g *Graph) metrics.Value {
	f := g.undirected()
	return g.assortativity(func(a thread.AuthorID) float64 { return float64(f.degree(a)) })
})

// LabelAssortativity is Newman's coefficient for labels of authors: 1 where
// people exchange only within their label, 0 where as chance has it. Each link
// counts once in both directions, whatever its weight. Authors with a negative
// label are left out. Undefined without links, or where all have one label.
// O(arcs + labels). Newman, Mixing patterns in networks, Physical Review E 67,
// 026126, 2003, equation 2.
func (g *Graph) LabelAssortativity(label func(thread.AuthorID) int) metrics.Value {
	f := g.undirected()
	within, links := 0.0, 0.0
	ends := map[int]float64{}
	for _, a := range g.authors {
		la := label(a)
		for _, b := range f.of(a) {
			lb := label(b)
			if la < 0 || lb < 0 {
				continue
			}
			links++
			ends[la]++
			if la == lb {
				within++
			}
		}
	}
	if links == 0 {
		if g.Arcs() == 0 {
			return metrics.Undefined(0, noReplies)
		}
		return metrics.Undefined(0, unlabelled)
	}
	chance := 0.0
	for _, a := range g.authors { // each label once, in the order of authors
		if l := label(a); l >= 0 {
			chance += ends[l] / links * (ends[l] / links)
			delete(ends, l)
		}
	}
	n := int(links / 2)
	if chance >= 1 {
		return metrics.Undefined(n, oneLabel)
	}
	return metrics.Of(min(1, max(-1, (within/links-chance)/(1-chance))), n)
}

// LabelMixing is LabelAssortativity for the labels of Context.Labels; N is the number
// of links among people who have one. O(arcs + labels).
var LabelMixing = &metrics.Measure{
	Name:  "assortativity-label",
	Group: group,
	Title: metrics.Text{EN: "Assortativity by label", FR: "Assortativité par étiquette"},
	Doc: metrics.Text{
		EN: "Whether people exchange answers with those who bear the same label, of the labels brought along (--labels): 1 where they do so only within their label, 0 as often as chance would have it, below 0 where more with others. Who has no label is left out. People answer those they contradict: within a label is not in agreement.",
		FR: "Échange-t-on des réponses avec ceux qui portent la même étiquette, parmi les étiquettes fournies (--labels) ? 1 quand on ne le fait qu’entre soi, 0 aussi souvent que par hasard, au-dessous de 0 davantage avec les autres. Qui n’a pas d’étiquette est laissé de côté. On répond à ceux que l’on contredit : entre mêmes étiquettes ne veut pas dire d’accord.",
	},
	Math:  "(Σ e_ii − Σ a_i²) / (1 − Σ a_i²)",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedReplies | metrics.NeedAuthors, MinN: 1,
	Source:   []metrics.Citation{{Authors: "Newman", Title: "Mixing patterns in networks", Venue: "Physical Review E 67, 026126", Year: 2003, DOI: "10.1103/PhysRevE.67.026126", Where: "equation 2", WhereFR: "équation 2"}},
	Interval: metrics.Linked,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		if c.Labels == nil {
			return metrics.One(metrics.Undefined(0, noLabels)), nil
		}
		g, err := Replies.Of(c)
		if err != nil {
			return nil, err
		}
		number := map[string]int{}
		of := make([]int, len(g.node)) // by author, −1 for none
		for a := range of {
			of[a] = -1
			if l, ok := c.Labels.Of[c.Thread.AuthorName(thread.AuthorID(a))]; ok {
				if _, known := number[l]; !known {
					number[l] = len(number)
				}
				of[a] = number[l]
			}
		}
		return metrics.One(g.LabelAssortativity(func(a thread.AuthorID) int { return of[a] })), nil
	},
}

var (
	noLabels   = &metrics.Text{EN: "no labels of authors were brought along (--labels)", FR: "aucune étiquette d’auteurs n’a été fournie (--labels)"}
	unlabelled = &metrics.Text{
		EN: "no two people who have a label exchanged answers",
		FR: "aucun couple de personnes qui ont une étiquette n’a échangé de réponses",
	}
	oneLabel  = &metrics.Text{EN: "all have the same label", FR: "tous portent la même étiquette"}
	sameValue = &metrics.Text{EN: "all links join people with the same number of partners", FR: "tous les liens joignent des gens qui ont autant de partenaires"}
)

// assortativity is the correlation of a number at both ends of each link.
func (g *Graph) assortativity(of func(thread.AuthorID) float64) metrics.Value {
	f := g.undirected()
	links, sum, squares, products := 0.0, 0.0, 0.0, 0.0
	for _, a := range g.authors {
		for _, b := range f.of(a) {
			x, y := of(a), of(b)
			links++
			sum += x
			squares += x * x
			products += x * y
		}
	}
	if links == 0 {
		return metrics.Undefined(0, noReplies)
	}
	mean := sum / links
	variance := squares/links - mean*mean
	n := int(links / 2)
	if variance <= 1e-12*math.Max(1, mean*mean) {
		return metrics.Undefined(n, sameValue)
	}
	return metrics.Of(min(1, max(-1, (products/links-mean*mean)/variance)), n)
}
