package people

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/replygraph"
)

// Density is the share of all ordered pairs of authors of whom the first
// answered the second. Undefined below 2 authors. N is the number of authors.
var Density = &metrics.Measure{
	Name:  "density",
	Group: group,
	Title: metrics.Text{EN: "Density of replies", FR: "Densité des réponses"},
	Doc: metrics.Text{
		EN: "The share of all possible pairs (who answers, who is answered) that occur. It falls with the number of people, since nobody can answer everybody.",
		FR: "Part de tous les couples possibles (qui répond, à qui) qui se présentent. Elle baisse avec le nombre de gens, car nul ne peut répondre à tous.",
	},
	Math:   "L / (n (n − 1)), L arcs between n authors",
	MathFR: "L / (n (n − 1)), L arcs entre n auteurs",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 2,
	Source:   []metrics.Citation{{Authors: "Wasserman, Faust", Title: "Social Network Analysis", Venue: "Cambridge University Press", Year: 1994}},
	Interval: metrics.Linked,
	Run: metrics.From(replygraph.Replies, func(g *replygraph.Graph) metrics.Value {
		n := len(g.Authors())
		if n < 2 {
			return metrics.TooFew(n, 2, metrics.Authors)
		}
		return metrics.Of(density(g), n)
	}),
}

func density(g *replygraph.Graph) float64 {
	n := float64(len(g.Authors()))
	return float64(g.Arcs()) / (n * (n - 1))
}

// MeanStrength is the number of replies to others over the number of authors:
// given and received alike. N is the number of authors.
var MeanStrength = &metrics.Measure{
	Name:  "mean-strength",
	Group: group,
	Title: metrics.Text{EN: "Replies per author", FR: "Réponses par auteur"},
	Doc: metrics.Text{
		EN: "How many replies to others an author wrote on average, which is also how many they got from others.",
		FR: "Nombre moyen de réponses à d’autres écrites par un auteur, qui est aussi le nombre de réponses reçues d’autres.",
	},
	Math:  "Σ w / n",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.NonNegative, MinN: 1,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Linked,
	Run: metrics.From(replygraph.Replies, func(g *replygraph.Graph) metrics.Value {
		n := len(g.Authors())
		if n == 0 {
			return metrics.TooFew(0, 1, metrics.Authors)
		}
		return metrics.Of(float64(g.Replies())/float64(n), n)
	}),
}

// SelfReplies is the number of answers to oneself, which take no part in the
// measures of who answers whom. N is the number of replies to people.
var SelfReplies = &metrics.Measure{
	Name:  "self-replies",
	Group: group,
	Title: metrics.Text{EN: "Replies to oneself", FR: "Réponses à soi-même"},
	Doc: metrics.Text{
		EN: "How many comments answer one of the same author: additions and corrections more often than talk.",
		FR: "Nombre de commentaires qui répondent à un commentaire du même auteur : des ajouts et des corrections plutôt qu’une conversation.",
	},
	Math:  "Σₐ w(a, a)",
	Scope: metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: metrics.From(replygraph.Replies, func(g *replygraph.Graph) metrics.Value {
		return metrics.Of(float64(g.SelfReplies()), g.Replies()+g.SelfReplies())
	}),
}

// Reciprocity is the share of arcs whose opposite is there too: r = L↔/L. N is
// the number of arcs.
var Reciprocity = ofArcs(metrics.Measure{
	Name:  "reciprocity",
	Title: metrics.Text{EN: "Reciprocity", FR: "Réciprocité"},
	Doc: metrics.Text{
		EN: "Of all pairs in which one answered the other, the share in which the other answered too, each direction counted: 1 where everybody who is answered answers back.",
		FR: "Parmi les couples où l’un a répondu à l’autre, part de ceux où l’autre a répondu aussi, chaque sens étant compté : 1 quand quiconque reçoit une réponse répond à son tour.",
	},
	Math: "r = L↔ / L",
	Unit: metrics.Ratio, Range: metrics.Fraction,
	Source:   []metrics.Citation{garlaschelli},
	Interval: metrics.Linked,
}, func(g *replygraph.Graph) metrics.Value {
	return metrics.Of(reciprocity(g), g.Arcs())
})

// WeightedReciprocity is the share of replies that are returned one for one,
// Σ min(wᵢⱼ, wⱼᵢ) / Σ wᵢⱼ over ordered pairs (Squartini et al. 2013). N is the
// number of replies between different people.
var WeightedReciprocity = ofArcs(metrics.Measure{
	Name:  "reciprocity-weighted",
	Title: metrics.Text{EN: "Weighted reciprocity", FR: "Réciprocité pondérée"},
	Doc: metrics.Text{
		EN: "The share of replies that are returned one for one: 1 where each pair answers each other equally often, lower where one side talks more to the other than back.",
		FR: "Part des réponses rendues une pour une : 1 quand dans chaque couple on se répond aussi souvent, moins quand l’un répond davantage à l’autre qu’en retour.",
	},
	Math: "Σᵢ≠ⱼ min(wᵢⱼ, wⱼᵢ) / Σᵢ≠ⱼ wᵢⱼ",
	Unit: metrics.Ratio, Range: metrics.Fraction,
	Source: []metrics.Citation{{
		Authors: "Squartini, Picciolo, Ruzzenenti, Garlaschelli", Title: "Reciprocity of weighted networks", Venue: "Scientific Reports 3, 2729", Year: 2013,
	}},
	Interval: metrics.Linked,
}, func(g *replygraph.Graph) metrics.Value {
	_, replies := returned(g)
	return metrics.Of(float64(replies)/float64(g.Replies()), g.Replies())
})

// CorrectedReciprocity is reciprocity beyond what the density a alone makes
// likely, ρ = (r − a)/(1 − a) (Garlaschelli & Loffredo 2004): 0 at random, 1
// where all is returned, below 0 where people avoid answering back. Undefined
// where everybody answered everybody (a = 1). N is the number of arcs.
var CorrectedReciprocity = ofArcs(metrics.Measure{
	Name:  "reciprocity-corrected",
	Title: metrics.Text{EN: "Reciprocity beyond chance", FR: "Réciprocité au-delà du hasard"},
	Doc: metrics.Text{
		EN: "Reciprocity compared with that of a random graph of the same density: 0 as chance would have it, 1 where all replies are returned, below 0 where answering back is rarer than by chance.",
		FR: "Réciprocité comparée à celle d’un graphe aléatoire de même densité : 0 comme au hasard, 1 quand toutes les réponses sont rendues, moins de 0 quand répondre en retour est plus rare qu’au hasard.",
	},
	Math:   "ρ = (r − a) / (1 − a), a = density",
	MathFR: "ρ = (r − a) / (1 − a), a = densité",
	Unit:   metrics.Ratio, Range: metrics.Signed,
	Source:   []metrics.Citation{garlaschelli},
	Interval: metrics.Linked,
}, func(g *replygraph.Graph) metrics.Value {
	a := density(g)
	if a == 1 {
		return metrics.Undefined(g.Arcs(), &metrics.Text{
			EN: "everybody answered everybody, so that chance could do no less",
			FR: "chacun a répondu à chacun : le hasard ne pouvait faire moins",
		})
	}
	// r ≥ 2 − 1/a keeps ρ above −1 but for the last bit.
	return metrics.Of(max(-1, (reciprocity(g)-a)/(1-a)), g.Arcs())
})

var garlaschelli = metrics.Citation{
	Authors: "Garlaschelli, Loffredo", Title: "Patterns of link reciprocity in directed networks", Venue: "Physical Review Letters 93, 268701", Year: 2004,
}

func reciprocity(g *replygraph.Graph) float64 {
	arcs, _ := returned(g)
	return float64(arcs) / float64(g.Arcs())
}

// returned is how many arcs have an opposite, and how many of their replies are
// returned one for one. O(arcs).
func returned(g *replygraph.Graph) (arcs, replies int) {
	for _, a := range g.Authors() {
		in := g.In(a)
		for _, out := range g.Out(a) {
			for len(in) > 0 && in[0].Author < out.Author {
				in = in[1:]
			}
			if len(in) > 0 && in[0].Author == out.Author {
				arcs++
				replies += int(min(out.Replies, in[0].Replies))
			}
		}
	}
	return arcs, replies
}

// ofArcs completes a PerThread measure of a graph with at least one arc.
func ofArcs(m metrics.Measure, value func(*replygraph.Graph) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Needs, m.MinN = group, metrics.PerThread, metrics.NeedReplies, 1
	m.Run = metrics.From(replygraph.Replies, func(g *replygraph.Graph) metrics.Value {
		if g.Arcs() == 0 {
			return metrics.TooFew(0, 1, metrics.Replies)
		}
		return value(g)
	})
	return &m
}
