package exchange

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
)

// Alternation is the share of successive turns that change the speaker. N is
// the number of turns.
var Alternation = ofLong(metrics.Measure{
	Name:  "alternation",
	Title: metrics.Text{EN: "Alternation", FR: "Alternance"},
	Doc: metrics.Text{
		EN: "How often the speaker changes from one turn to the next: 1 where the two take strict turns, lower where one writes several times in a row.",
		FR: "Fréquence du changement d’auteur d’un tour au suivant : 1 quand les deux alternent strictement, moins quand l’un écrit plusieurs fois de suite.",
	},
	Math:   "changes of speaker / (turns − 1)",
	MathFR: "changements d’auteur / (tours − 1)",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: minTurns,
	Source: []metrics.Citation{cite.Own},
}, func(x *Exchange) metrics.Value {
	changes := 0
	for k := 1; k < len(x.Said); k++ {
		changes += one(x.Said[k].ByA != x.Said[k-1].ByA)
	}
	return metrics.Of(float64(changes)/float64(len(x.Said)-1), len(x.Said))
})

// TurnBalance is the smaller number of turns over the larger. N is the number
// of turns.
var TurnBalance = ofLong(metrics.Measure{
	Name:  "turn-balance",
	Title: metrics.Text{EN: "Balance of turns", FR: "Équilibre des tours"},
	Doc: metrics.Text{
		EN: "How equally the two share the turns: 1 where both have as many, near 0 where one holds nearly all.",
		FR: "Égalité du partage des tours : 1 quand les deux en ont autant, proche de 0 quand l’un les a presque tous.",
	},
	Math: "min(a, b) / max(a, b)",
	Unit: metrics.Ratio, Range: metrics.Fraction, MinN: minTurns,
	Source: []metrics.Citation{cite.Own},
}, func(x *Exchange) metrics.Value {
	a := x.count(func(u Turn) int { return one(u.ByA) })
	return metrics.Of(balance(a, len(x.Said)-a), len(x.Said))
})

// WordBalance is the smaller number of words over the larger. It is undefined
// where neither used a word. N is the number of words.
var WordBalance = ofLong(metrics.Measure{
	Name:  "word-balance",
	Title: metrics.Text{EN: "Balance of words", FR: "Équilibre des mots"},
	Doc: metrics.Text{
		EN: "How equally the two share the words: 1 where both wrote as much, near 0 where one wrote nearly everything.",
		FR: "Égalité du partage des mots : 1 quand les deux ont écrit autant, proche de 0 quand l’un a presque tout écrit.",
	},
	Math:   "min(words A, words B) / max(words A, words B)",
	MathFR: "min(mots A, mots B) / max(mots A, mots B)",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source: []metrics.Citation{cite.Own},
}, func(x *Exchange) metrics.Value {
	a, b := x.words(true), x.words(false)
	if a+b == 0 {
		return noWords
	}
	return metrics.Of(balance(a, b), a+b)
})

// WordShareA is the share of the words that are A's. It is undefined where
// neither used a word. N is the number of words.
var WordShareA = ofLong(metrics.Measure{
	Name:  "word-share-a",
	Title: metrics.Text{EN: "Words of A, share", FR: "Part des mots de A"},
	Doc: metrics.Text{
		EN: "The share of all words of the exchange that A, who wrote the first turn, used.",
		FR: "Part de tous les mots de l’échange qu’a écrits A, auteur du premier tour.",
	},
	Math:   "words A / (words A + words B)",
	MathFR: "mots A / (mots A + mots B)",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source: []metrics.Citation{cite.Own},
}, func(x *Exchange) metrics.Value {
	a, b := x.words(true), x.words(false)
	if a+b == 0 {
		return noWords
	}
	return metrics.Of(float64(a)/float64(a+b), a+b)
})

// LastWordA is 1 where A wrote the last turn, 0 where B did. N is the number of
// turns.
var LastWordA = ofLong(metrics.Measure{
	Name:  "last-word-a",
	Title: metrics.Text{EN: "Last word by A", FR: "Dernier mot à A"},
	Doc: metrics.Text{
		EN: "1 where A, who wrote the first turn, also wrote the last; 0 where B did.",
		FR: "1 quand A, qui a écrit le premier tour, a aussi écrit le dernier ; 0 quand c’est B.",
	},
	Math:   "[author(last turn) = A]",
	MathFR: "[auteur(dernier tour) = A]",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: minTurns,
	Source: []metrics.Citation{cite.Own},
}, func(x *Exchange) metrics.Value {
	return metrics.Of(float64(one(x.Said[len(x.Said)-1].ByA)), len(x.Said))
})

var noWords = metrics.TooFew(0, 1, metrics.Words)

// balance is the smaller over the larger. They must not both be 0.
func balance(a, b int) float64 { return float64(min(a, b)) / float64(max(a, b)) }
