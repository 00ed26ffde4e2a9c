package hyperconvo

import (
	"fmt"
	"math"
	"strings"

	"threadheat/metrics"
)

// feature is one number, or a reason why there is none.
type feature struct {
	x   float64
	why *metrics.Text
}

var (
	noComment = &metrics.Text{EN: "there is no comment", FR: "il n’y a pas de commentaire"}
	noReply   = &metrics.Text{EN: "there is no reply", FR: "il n’y a pas de réponse"}
	onlyOne   = &metrics.Text{EN: "there is only one", FR: "il n’y en a qu’un"}
)

// statistic is what ConvoKit computes of a distribution.
type statistic struct {
	name   string
	en, fr string
	of     func(*summary) feature
	whole  bool // a count or a place, else a ratio or nats
}

// summary is a distribution read once.
type summary struct {
	n, sum, nonzero, multiple int
	max, second               int32
	argmax, second2           int // places, of the largest and of the next
	entropy                   float64
}

func summarise(l []int32) *summary {
	s := &summary{n: len(l), max: -1, second: -1, argmax: -1, second2: -1}
	for k, x := range l {
		s.sum += int(x)
		if x > 0 {
			s.nonzero++
		}
		if x > 1 {
			s.multiple++
		}
		switch {
		case x > s.max:
			s.second, s.second2 = s.max, s.argmax
			s.max, s.argmax = x, k
		case x > s.second:
			s.second, s.second2 = x, k
		}
	}
	for _, x := range l {
		if x > 0 {
			p := float64(x) / float64(s.sum)
			s.entropy -= p * math.Log(p)
		}
	}
	return s
}

func ratio(a, b int) feature { return feature{x: float64(a) / float64(b)} }

// two is f where there are two places and some reply, which ConvoKit asks for.
func two(f func(*summary) feature) func(*summary) feature {
	return func(s *summary) feature {
		switch {
		case s.n < 2:
			return feature{why: onlyOne}
		case s.sum == 0:
			return feature{why: noReply}
		}
		return f(s)
	}
}

var statistics = []statistic{
	{"max", "the largest", "le plus grand", func(s *summary) feature { return feature{x: float64(s.max)} }, true},
	{"argmax", "the place of the largest, in order of time from 0", "le rang du plus grand, dans l’ordre du temps, à partir de 0", func(s *summary) feature { return feature{x: float64(s.argmax)} }, true},
	{"norm.max", "the share of the largest in the sum", "la part du plus grand dans la somme", func(s *summary) feature {
		if s.sum == 0 {
			return feature{}
		}
		return ratio(int(s.max), s.sum)
	}, false},
	{"2nd-largest", "the second largest", "le deuxième", func(s *summary) feature {
		if s.n < 2 {
			return feature{why: onlyOne}
		}
		return feature{x: float64(s.second)}
	}, true},
	{"2nd-argmax", "the place of the second largest, in order of time from 0", "le rang du deuxième, dans l’ordre du temps, à partir de 0", func(s *summary) feature {
		if s.n < 2 {
			return feature{why: onlyOne}
		}
		return feature{x: float64(s.second2)}
	}, true},
	{"norm.2nd-largest", "the share of the second largest in the sum", "la part du deuxième dans la somme", two(func(s *summary) feature { return ratio(int(s.second), s.sum) }), false},
	{"mean", "the mean", "la moyenne", func(s *summary) feature { return ratio(s.sum, s.n) }, false},
	{"mean-nonzero", "the mean of those above 0", "la moyenne de ceux qui dépassent 0", func(s *summary) feature {
		if s.nonzero == 0 {
			return feature{}
		}
		return ratio(s.sum, s.nonzero)
	}, false},
	{"prop-nonzero", "the share of those above 0", "la part de ceux qui dépassent 0", func(s *summary) feature { return ratio(s.nonzero, s.n) }, false},
	{"prop-multiple", "the share of those above 1 among those above 0", "la part de ceux qui dépassent 1 parmi ceux qui dépassent 0", func(s *summary) feature {
		if s.nonzero == 0 {
			return feature{}
		}
		return ratio(s.multiple, s.nonzero)
	}, false},
	{"entropy", "the entropy in nats", "l’entropie en nats", func(s *summary) feature {
		if s.sum == 0 {
			return feature{why: noReply}
		}
		return feature{x: s.entropy}
	}, false},
	{"2nd-largest / max", "the second largest over the largest", "le deuxième rapporté au plus grand", two(func(s *summary) feature { return ratio(int(s.second), int(s.max)) }), false},
}

// distributions, in ConvoKit's order.
var distributions = []struct {
	name   string
	en, fr string
	of     func(*degrees) []int32
}{
	{"indegree over c->c", "how many replies each comment gets", "réponses que reçoit chaque commentaire", func(d *degrees) []int32 { return d.replies }},
	{"outdegree over C->c", "how many comments each person answers", "commentaires auxquels répond chaque personne", func(d *degrees) []int32 { return d.answered }},
	{"indegree over C->c", "how many people answer each comment", "personnes qui répondent à chaque commentaire", func(d *degrees) []int32 { return d.answerers }},
	{"outdegree over C->C", "how many people each person answers", "personnes auxquelles répond chaque personne", func(d *degrees) []int32 { return d.targets }},
	{"indegree over C->C", "how many people answer each person", "personnes qui répondent à chaque personne", func(d *degrees) []int32 { return d.sources }},
}

// motifs, in the order of the constants.
var motifs = [motifKinds]struct{ name, en, fr, math string }{
	{"reciprocity motif", "somebody answers a reply to an own comment", "quelqu’un répond à une réponse faite à l’un de ses commentaires", "|{c₃ → c₂ → c₁ : C(c₃) = C(c₁)}|"},
	{"external reciprocity motif", "somebody answers a reply to a comment of somebody else", "quelqu’un répond à une réponse faite au commentaire d’un autre", "|{c₃ → c₂ → c₁ : C(c₃) ≠ C(c₁)}|"},
	{"dyadic interaction motif", "two people answer each other", "deux personnes se répondent", "|{ {C, D} : C → D, D → C, C ≠ D }|"},
	{"incoming triads", "two people answer the same person", "deux personnes répondent à la même", "Σ k(k − 1)/2, k = |{D : D → C}|"},
	{"outgoing triads", "somebody answers two people", "quelqu’un répond à deux personnes", "Σ k(k − 1)/2, k = |{D : C → D}|"},
}

// perThread is how many features one hypergraph has.
var perThread = len(statistics)*len(distributions) + 2*motifKinds

// all are the features of a thread: of the whole, then of the mid-thread, each
// in the order of Measures.
type all struct {
	features []feature
	n        int // comments
}

// Features are all features of a thread. O(n log n), for 0 comments all undefined.
var features = &metrics.Fact[*all]{Name: "HyperConvo features", Compute: func(c *metrics.Context) (*all, error) {
	s := inTime(c.Thread)
	a := &all{n: 0}
	for i := range c.Thread.All() {
		if metrics.Spoken(c.Thread, i) {
			a.n++
		}
	}
	if a.n == 0 {
		s = sequence{}
	}
	for _, part := range []sequence{s, s.mid()} {
		a.features = append(a.features, part.features()...)
	}
	return a, nil
}}

func (s sequence) mid() sequence {
	if len(s.parent) == 0 {
		return s
	}
	return s.withoutRoot()
}

func (s sequence) features() []feature {
	d := s.degrees()
	out := make([]feature, 0, perThread)
	for _, dist := range distributions {
		l := dist.of(&d)
		sum := summarise(l)
		for _, st := range statistics {
			if len(l) == 0 {
				out = append(out, feature{why: noComment})
				continue
			}
			out = append(out, st.of(sum))
		}
	}
	for _, count := range d.motifs {
		if len(s.parent) == 0 {
			out = append(out, feature{why: noComment}, feature{why: noComment})
			continue
		}
		out = append(out, feature{x: float64(min(count, 1))}, feature{x: float64(count)})
	}
	return out
}

// capital is s with its first letter, an ASCII one, as a capital.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// source is the paper, from its abstract and ConvoKit's documentation.
var source = []metrics.Citation{{
	Authors: "Zhang, Danescu-Niculescu-Mizil, Sauper, Taylor", Title: "Characterizing Online Public Discussions through Patterns of Participant Interactions",
	Venue: "Proceedings of the ACM on Human-Computer Interaction 2 (CSCW)", Year: 2018, DOI: "10.1145/3274467", Where: "Table 4 and Figure 2, as ConvoKit’s HyperConvo computes them", WhereFR: "tableau 4 et figure 2, tels que HyperConvo de ConvoKit les calcule",
}}

// asThere ends every doc.
var asThere = metrics.Text{
	EN: " It tells how replies spread, not what they say. ConvoKit’s definition, over all comments instead of the first ten.",
	FR: " Il s’agit de la répartition des réponses, non de ce qu’elles disent. Définition de ConvoKit, sur tous les commentaires au lieu des dix premiers.",
}

// formulas of the statistics of the numbers x₁ … xₙ.
var formulas = map[string]string{
	"max": "max x", "argmax": "argmax x", "2nd-argmax": "argsort(−x)₂", "norm.max": "max x / Σ x",
	"2nd-largest": "x₍ₙ₋₁₎", "norm.2nd-largest": "x₍ₙ₋₁₎ / Σ x", "2nd-largest / max": "x₍ₙ₋₁₎ / max x",
	"mean": "Σ x / n", "mean-nonzero": "Σ x / |{x > 0}|", "prop-nonzero": "|{x > 0}| / n", "prop-multiple": "|{x > 1}| / |{x > 0}|",
	"entropy": "−Σ p ln p, p = x / Σ x",
}

// Measures are all 140 features, as measures of the thread under ConvoKit's
// names. Those that are 1 or 0 there for true or false are so here.
var Measures = measures()

func measures() []*metrics.Measure {
	var ms []*metrics.Measure
	add := func(name, math string, title, doc metrics.Text, u metrics.Unit) {
		at := len(ms)
		ms = append(ms, &metrics.Measure{
			Name: name, NamedBy: "ConvoKit", Group: "hyperconvo", Title: title, Doc: doc, Math: math,
			Scope: metrics.PerThread, Unit: u, Range: metrics.NonNegative, Source: source, Interval: metrics.AsThePeer,
			Run: metrics.From(features, func(a *all) metrics.Value {
				if f := a.features[at]; f.why == nil {
					return metrics.Of(f.x, a.n)
				}
				return metrics.Undefined(a.n, a.features[at].why)
			}),
		})
	}
	for _, frame := range []struct{ infix, suffix, en, fr string }{
		{"", "", "whole thread", "fil entier"},
		{"mid-thread ", " over mid-thread", "mid-thread, without the root", "fil sans la racine"},
	} {
		for _, dist := range distributions {
			for _, st := range statistics {
				u := metrics.Ratio
				if st.whole {
					u = metrics.Count
				}
				name := fmt.Sprintf("%s[%s %sresponses]", st.name, dist.name, frame.infix)
				add(name, formulas[st.name], metrics.Text{EN: capital(dist.en) + ": " + st.en, FR: capital(dist.fr) + " : " + st.fr}, metrics.Text{
					EN: fmt.Sprintf("Of %s (%s): %s.", dist.en, frame.en, st.en) + asThere.EN,
					FR: fmt.Sprintf("Parmi les %s (%s) : %s.", dist.fr, frame.fr, st.fr) + asThere.FR,
				}, u)
			}
		}
		for _, m := range motifs {
			name := fmt.Sprintf("is-present[%s%s]", m.name, frame.suffix)
			add(name, "[ "+m.math+" > 0 ]", metrics.Text{EN: "Whether " + m.en, FR: "Si " + m.fr}, metrics.Text{
				EN: fmt.Sprintf("1 where it happens that %s (%s), else 0.", m.en, frame.en) + asThere.EN,
				FR: fmt.Sprintf("1 s’il arrive que %s (%s), 0 sinon.", m.fr, frame.fr) + asThere.FR,
			}, metrics.Count)
			name = fmt.Sprintf("count[%s%s]", m.name, frame.suffix)
			add(name, m.math, metrics.Text{EN: "How often " + m.en, FR: "Combien de fois " + m.fr}, metrics.Text{
				EN: fmt.Sprintf("How often it happens that %s (%s).", m.en, frame.en) + asThere.EN,
				FR: fmt.Sprintf("Combien de fois il arrive que %s (%s).", m.fr, frame.fr) + asThere.FR,
			}, metrics.Count)
		}
	}
	return ms
}
