package exchange

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
)

const group = "exchange"

// What can be counted of any exchange, of two turns already.
var (
	TurnCount = ofAny(metrics.Measure{
		Name:  "turns",
		Title: metrics.Text{EN: "Turns", FR: "Tours"},
		Doc: metrics.Text{
			EN: "How many comments of the two answer the other, or are answered by the other.",
			FR: "Nombre de commentaires des deux auteurs qui répondent à l’autre, ou auxquels l’autre répond.",
		},
		Math:   "|T|, T = {v of A or B : v answers the other, or is answered}",
		MathFR: "|T|, T = {v de A ou B : v répond à l’autre, ou reçoit sa réponse}",
	}, func(x *Exchange) int { return len(x.Said) })

	TurnsA = ofAny(metrics.Measure{
		Name:  "turns-a",
		Title: metrics.Text{EN: "Turns of A", FR: "Tours de A"},
		Doc: metrics.Text{
			EN: "How many of the turns are by A, who wrote the first.",
			FR: "Nombre de tours de A, qui a écrit le premier.",
		},
		Math:   "|{v ∈ T : author(v) = A}|, T the turns",
		MathFR: "|{v ∈ T : auteur(v) = A}|, T les tours",
	}, func(x *Exchange) int { return x.count(func(u Turn) int { return one(u.ByA) }) })

	RepliesA = ofAny(metrics.Measure{
		Name:  "replies-a",
		Title: metrics.Text{EN: "Replies of A to B", FR: "Réponses de A à B"},
		Doc:   metrics.Text{EN: "How often A, who wrote the first turn, answers B.", FR: "Nombre de fois où A, qui a écrit le premier tour, répond à B."},
		Math:  "w(A, B)",
	}, func(x *Exchange) int { return x.AtoB })

	RepliesB = ofAny(metrics.Measure{
		Name:  "replies-b",
		Title: metrics.Text{EN: "Replies of B to A", FR: "Réponses de B à A"},
		Doc:   metrics.Text{EN: "How often B answers A, who wrote the first turn.", FR: "Nombre de fois où B répond à A, qui a écrit le premier tour."},
		Math:  "w(B, A)",
	}, func(x *Exchange) int { return x.BtoA })

	Initiations = ofAny(metrics.Measure{
		Name:  "initiations",
		Title: metrics.Text{EN: "Openings", FR: "Ouvertures"},
		Doc: metrics.Text{
			EN: "How often one of the two began: turns that the other answers and that do not answer the other.",
			FR: "Nombre de fois où l’un des deux a commencé : tours auxquels l’autre répond et qui ne répondent pas à l’autre.",
		},
		Math:   "|{v ∈ T : v does not answer the other}|, T the turns",
		MathFR: "|{v ∈ T : v ne répond pas à l’autre}|, T les tours",
	}, func(x *Exchange) int { return x.count(func(u Turn) int { return one(u.Answers < 0) }) })

	InitiationsA = ofAny(metrics.Measure{
		Name:  "initiations-a",
		Title: metrics.Text{EN: "Openings by A", FR: "Ouvertures de A"},
		Doc: metrics.Text{
			EN: "How many of the openings are by A, who wrote the first turn.",
			FR: "Nombre d’ouvertures de A, qui a écrit le premier tour.",
		},
		Math:   "|{v ∈ T : author(v) = A, v does not answer B}|, T the turns",
		MathFR: "|{v ∈ T : auteur(v) = A, v ne répond pas à B}|, T les tours",
	}, func(x *Exchange) int { return x.count(func(u Turn) int { return one(u.Answers < 0 && u.ByA) }) })

	WordsA = ofAny(metrics.Measure{
		Name:   "words-a",
		Title:  metrics.Text{EN: "Words of A", FR: "Mots de A"},
		Doc:    metrics.Text{EN: "How many words the turns of A count together.", FR: "Nombre de mots de tous les tours de A."},
		Math:   "Σ words(v), v a turn of A",
		MathFR: "Σ mots(v), v tour de A",
	}, func(x *Exchange) int { return x.words(true) })

	WordsB = ofAny(metrics.Measure{
		Name:   "words-b",
		Title:  metrics.Text{EN: "Words of B", FR: "Mots de B"},
		Doc:    metrics.Text{EN: "How many words the turns of B count together.", FR: "Nombre de mots de tous les tours de B."},
		Math:   "Σ words(v), v a turn of B",
		MathFR: "Σ mots(v), v tour de B",
	}, func(x *Exchange) int { return x.words(false) })
)

// count adds up what f gives for each turn.
func (x *Exchange) count(f func(Turn) int) int {
	n := 0
	for _, u := range x.Said {
		n += f(u)
	}
	return n
}

// words is how many words A (else B) used.
func (x *Exchange) words(byA bool) int {
	return x.count(func(u Turn) int { return one(u.ByA == byA) * u.Words })
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ofAny completes a count that every exchange has. N is the number of turns.
func ofAny(m metrics.Measure, value func(*Exchange) int) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range = group, metrics.PerPair, metrics.Count, metrics.NonNegative
	m.Source = []metrics.Citation{cite.Own}
	m.Run = metrics.EachFrom(Exchanges, func(xs []Exchange) metrics.Values {
		return metrics.Each(len(xs), func(k int) metrics.Value {
			return metrics.Of(float64(value(&xs[k])), len(xs[k].Said))
		})
	})
	return &m
}

// minTurns is how many turns an exchange must have for more than counts.
const minTurns = 3

// tooShort is the value of the others: one who answers and one who is answered
// make two turns, and no exchange has fewer.
var tooShort = metrics.TooFew(2, minTurns, metrics.Turns)

// fewer are the values of a measure that needs some of something, where there are
// 0, 1, … of them. Many exchanges share them.
func fewer(need int, of metrics.Text) []metrics.Value {
	vs := make([]metrics.Value, need)
	for n := range vs {
		vs[n] = metrics.TooFew(n, need, of)
	}
	return vs
}

// ofLong completes a measure that only exchanges of minTurns turns have.
func ofLong(m metrics.Measure, value func(*Exchange) metrics.Value) *metrics.Measure {
	m.Group, m.Scope = group, metrics.PerPair
	m.Run = metrics.EachFrom(Exchanges, func(xs []Exchange) metrics.Values {
		return long(xs, func(k int) metrics.Value { return value(&xs[k]) })
	})
	return &m
}

// long are the values of exchanges of which those of minTurns turns, which come
// first, have one. Most pairs of people exchange no more than two, and take no
// memory.
func long(xs []Exchange, value func(k int) metrics.Value) metrics.Values {
	var vs metrics.List
	for k := 0; k < len(xs) && len(xs[k].Said) >= minTurns; k++ {
		vs = append(vs, value(k))
	}
	return metrics.Each(len(xs), func(k int) metrics.Value {
		if k < len(vs) {
			return vs[k]
		}
		return tooShort
	})
}
