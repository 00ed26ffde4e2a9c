package accommodation

import (
	"fmt"
	"math"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/intervals"
	"threadheat/thread"
)

// Measures are the measures of accommodation, in the order in which they are shown.
var Measures = []*metrics.Measure{Mean, ByA, ByB}

var danescu = metrics.Citation{
	Authors: "Danescu-Niculescu-Mizil, Lee, Pang, Kleinberg", Title: "Echoes of power: language effects and power differences in social interaction",
	Venue: "WWW", Year: 2012, DOI: "10.1145/2187836.2187931",
}

// LeastReplies is how many replies there must be: with fewer, one word decides.
const LeastReplies = 5

var (
	tooFewHeard = &metrics.Text{
		EN: fmt.Sprintf("no class of words stands in at least %d of the comments answered", TargetLeast),
		FR: fmt.Sprintf("aucune classe de mots ne figure dans au moins %d des commentaires auxquels il est répondu", TargetLeast),
	}
	counted = metrics.Text{EN: "replies between known people in English or French", FR: "réponses entre personnes connues en français ou en anglais"}
)

const (
	math12    = "mean over classes m of P(reply has m | what it answers has m) − P(reply has m), m in at least 3 of what is answered"
	math12FR  = "moyenne sur les classes m de P(la réponse a m | ce à quoi elle répond a m) − P(la réponse a m), m dans 3 au moins de ce à quoi il est répondu"
	classesEN = "articles, pronouns, prepositions, conjunctions, negations, quantifiers, auxiliaries and adverbs"
	classesFR = "articles, pronoms, prépositions, conjonctions, négations, quantifieurs, auxiliaires et adverbes"
)

// Mean is the mean over those who answer of their coordination with all whom they
// answer. N is the number of replies. P is one-sided, from replies given by chance
// to the comments that the same person answers.
var Mean = &metrics.Measure{
	Name: "coordination", Group: "exchange",
	Title: metrics.Text{EN: "Coordination of style", FR: "Coordination du style"},
	Doc: metrics.Text{
		EN: "How much more often a reply has words of a class where the comment that it answers has some, on average over the classes (" + classesEN + ") and over those who answer: 0 no more often, 1 only then. p tells how often it is as large where each person’s replies are dealt anew among the comments they answer. Long comments have all classes: then there is nothing to take over. To take over a style is not to agree.",
		FR: "De combien une réponse a plus souvent des mots d’une classe quand le commentaire auquel elle répond en a, en moyenne sur les classes (" + classesFR + ") et sur ceux qui répondent : 0 pas plus souvent, 1 seulement alors. p dit combien souvent la valeur est aussi grande quand les réponses de chacun sont redistribuées entre les commentaires auxquels il répond. Les longs commentaires ont toutes les classes : il n’y a alors rien à reprendre. Reprendre un style n’est pas approuver.",
	},
	Math: math12 + "; mean over speakers", MathFR: math12FR + " ; moyenne sur les locuteurs",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedText | metrics.NeedReplies | metrics.NeedAuthors, MinN: LeastReplies,
	Source: []metrics.Citation{danescu},
	Interval: intervals.OverReplies(replies.Of, func(rs []reply, u *intervals.Units) intervals.Statistic {
		if len(rs) > mostDrawn {
			return nil
		}
		return func(drawn []uint16) float64 {
			return meanOfSpeakers(rs, func(k int) uint8 { return rs[k].answers }, func(k int) int { return int(drawn[u.Of[k]]) })
		}
	}),
	Run: func(c *metrics.Context) (metrics.Values, error) {
		rs, err := replies.Of(c)
		if err != nil {
			return nil, err
		}
		if len(rs) < LeastReplies {
			return metrics.One(metrics.TooFew(len(rs), LeastReplies, counted)), nil
		}
		x := meanOfSpeakers(rs, func(k int) uint8 { return rs[k].answers }, once)
		if math.IsNaN(x) {
			return metrics.One(metrics.Undefined(len(rs), tooFewHeard)), nil
		}
		p := chance(rs, x, c.Seed)
		return metrics.One(metrics.Of(x, len(rs)).With(func(more *metrics.More) { more.P = &p })), nil
	},
}

// mostDrawn is how many replies are drawn anew: more would take seconds, and have a
// narrow interval.
const mostDrawn = 10_000

// Of the two people of an exchange.
var (
	ByA = ofPair(metrics.Measure{
		Name:  "coordination-a",
		Title: metrics.Text{EN: "Coordination of A with B", FR: "Coordination de A avec B"},
		Doc: metrics.Text{
			EN: "How much more often replies of A, who wrote the first turn, have words of a class (" + classesEN + ") where the comment of B that they answer has some. With the few replies of one pair it is a hint at most.",
			FR: "De combien les réponses de A, qui a écrit le premier tour, ont plus souvent des mots d’une classe (" + classesFR + ") quand le commentaire de B auquel elles répondent en a. Avec les quelques réponses d’une paire, c’est au plus un indice.",
		},
	}, func(p exchange.Pair) (speaker, target thread.AuthorID) { return p.A, p.B })
	ByB = ofPair(metrics.Measure{
		Name:  "coordination-b",
		Title: metrics.Text{EN: "Coordination of B with A", FR: "Coordination de B avec A"},
		Doc: metrics.Text{
			EN: "How much more often replies of B have words of a class (" + classesEN + ") where the comment of A, who wrote the first turn, that they answer has some. With the few replies of one pair it is a hint at most.",
			FR: "De combien les réponses de B ont plus souvent des mots d’une classe (" + classesFR + ") quand le commentaire de A, qui a écrit le premier tour, auquel elles répondent en a. Avec les quelques réponses d’une paire, c’est au plus un indice.",
		},
	}, func(p exchange.Pair) (speaker, target thread.AuthorID) { return p.B, p.A })
)

func ofPair(m metrics.Measure, who func(exchange.Pair) (speaker, target thread.AuthorID)) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range = "exchange", metrics.PerPair, metrics.Ratio, metrics.Signed
	m.Math, m.MathFR, m.MinN = math12, math12FR, LeastReplies
	m.Needs, m.Source = metrics.NeedText|metrics.NeedReplies|metrics.NeedAuthors, []metrics.Citation{danescu}
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		pairs, err := exchange.Pairs.Of(c)
		if err != nil {
			return nil, err
		}
		have, err := Pairs.Of(c)
		if err != nil {
			return nil, err
		}
		return metrics.Each(len(pairs), func(k int) metrics.Value {
			speaker, target := who(pairs[k])
			p := find(have, speaker, target)
			n := 0
			if p != nil {
				n = p.replies
			}
			if n < LeastReplies {
				return metrics.TooFew(n, LeastReplies, counted)
			}
			if x := p.mean(); !math.IsNaN(x) {
				return metrics.Of(x, n)
			}
			return metrics.Undefined(n, tooFewHeard)
		}), nil
	}
	return &m
}
