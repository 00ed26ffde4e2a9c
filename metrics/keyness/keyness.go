// Package keyness tells which words two bodies of text use differently: what is
// said more on one side than chance would give, and by how much.
package keyness

import (
	"cmp"
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/words"
)

// Bag counts words.
type Bag map[string]int

// Add counts the words of a text, function words included. O(len(text)).
func (b Bag) Add(text string) {
	for w := range words.All(text) {
		b[w.Text]++
	}
}

// Total is the number of words counted.
func (b Bag) Total() (n int) {
	for _, c := range b {
		n += c
	}
	return n
}

// Term is a word with how differently two sides use it.
type Term struct {
	Text  string
	A, B  int     // how often either side says it
	Delta float64 // difference of the log odds, positive where A says it more
	Z     float64 // Delta in standard errors
}

// Line is the |z| from which a word counts as one that the sides use differently:
// 5 % of words that they use alike lie beyond it. Of a thousand words, some fifty
// do by chance alone.
const Line = 1.96

// Result compares two sides.
type Result struct {
	Terms  []Term        // all words of either, those of A first: by Z falling, then by the alphabet
	Totals [2]int        // words said
	Reason *metrics.Text // why the two are not compared; then there are no Terms
}

// Least is how many words either side must have said: with fewer, no word can
// reach the Line but by being all there is.
const Least = 20

var tooFew = metrics.Text{EN: "words on either side", FR: "mots de chaque côté"}

// Compare compares two sides by the log odds of each word, drawn towards those of
// a prior (Monroe, Colaresi, Quinn 2008):
//
//	δ = ln((y₁+α)/(n₁+α₀−y₁−α)) − ln((y₂+α)/(n₂+α₀−y₂−α)), z = δ/√(1/(y₁+α)+1/(y₂+α))
//
// with y the counts of a word and n those of all words on each side, α that of the
// word and α₀ that of all in the prior. A nil prior is both sides together. A word
// that is all there is, or that the prior does not know, has δ = z = 0.
// O(v log v) for v different words.
func Compare(a, b, prior Bag) Result {
	out := Result{Totals: [2]int{a.Total(), b.Total()}}
	if least := min(out.Totals[0], out.Totals[1]); least < Least {
		out.Reason = metrics.TooFew(least, Least, tooFew).Reason
		return out
	}
	out.Terms = terms(a, b, prior)
	return out
}

func terms(a, b, prior Bag) []Term {
	n, m := float64(a.Total()), float64(b.Total())
	a0 := n + m
	if prior != nil {
		a0 = float64(prior.Total())
	}
	var out []Term
	add := func(w string) {
		y, z := a[w], b[w]
		alpha := float64(y + z)
		if prior != nil {
			alpha = float64(prior[w])
		}
		t := Term{Text: w, A: y, B: z}
		t.Delta, t.Z = LogOdds(float64(y), n, float64(z), m, alpha, a0)
		out = append(out, t)
	}
	for w := range a {
		add(w)
	}
	for w := range b {
		if a[w] == 0 {
			add(w)
		}
	}
	slices.SortFunc(out, func(x, y Term) int {
		return cmp.Or(cmp.Compare(y.Z, x.Z), cmp.Compare(x.Text, y.Text))
	})
	return out
}

// LogOdds is how far the odds of a word differ between two texts, in which it
// stands y times of n and z times of m, with a prior of alpha times of alpha0: the
// difference of the logarithms, and the same in standard errors. Both are 0 where
// they are not finite: there is no other word, or no prior for this one.
func LogOdds(y, n, z, m, alpha, alpha0 float64) (delta, score float64) {
	delta = math.Log((y+alpha)/(n+alpha0-y-alpha)) - math.Log((z+alpha)/(m+alpha0-z-alpha))
	if math.IsNaN(delta) || math.IsInf(delta, 0) {
		return 0, 0
	}
	return delta, delta / math.Sqrt(1/(y+alpha)+1/(z+alpha))
}

// Significant are the words beyond the Line: those of A with the strongest first,
// and those of B likewise. Both are empty where none lies beyond it, which is what
// short texts mostly give.
func (r Result) Significant() (ofA, ofB []Term) {
	for k := 0; k < len(r.Terms) && r.Terms[k].Z >= Line; k++ {
		ofA = append(ofA, r.Terms[k])
	}
	for k := len(r.Terms) - 1; k >= 0 && r.Terms[k].Z <= -Line; k-- {
		ofB = append(ofB, r.Terms[k])
	}
	return ofA, ofB
}

// Monroe is the source of the comparison.
var Monroe = metrics.Citation{
	Authors: "Monroe, Colaresi, Quinn", Title: "Fightin’ words: lexical feature selection and evaluation for identifying the content of political conflict",
	Venue: "Political Analysis 16(4)", Year: 2008, DOI: "10.1093/pan/mpn018",
}
