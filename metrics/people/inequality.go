package people

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/intervals"
)

// How unequally the authors share the comments, and the words. Each is
// undefined where nobody wrote (or nobody used a word); N is the number of
// authors. Unknown authors count one by one, so that the true inequality is at
// least what these say where there are any.
var (
	AuthorGini, AuthorGiniWords = ofShares(metrics.Measure{
		Name:  "author-gini",
		Title: metrics.Text{EN: "Inequality of authors", FR: "Inégalité des auteurs"},
		Doc: metrics.Text{
			EN: "How unequally the authors share the discussion: 0 where all contributed the same, near 1 where one of many contributed nearly everything.",
			FR: "Inégalité du partage de la discussion entre les auteurs : 0 quand tous ont contribué autant, proche de 1 quand l’un d’eux, parmi beaucoup, a presque tout dit.",
		},
		Math: "Σᵢ (2i − n − 1) x₍ᵢ₎ / (n Σ x), x₍₁₎ ≤ … ≤ x₍ₙ₎",
		Unit: metrics.Ratio, Range: metrics.Fraction,
		Source: []metrics.Citation{cite.Gini},
	}, stats.Gini, giniOf)

	AuthorEntropy, AuthorEntropyWords = ofShares(metrics.Measure{
		Name:  "author-entropy",
		Title: metrics.Text{EN: "Entropy of authors", FR: "Entropie des auteurs"},
		Doc: metrics.Text{
			EN: "How hard it is to guess who contributed a given piece: 0 bits where one author did it all, one bit more each time the number of equal authors doubles.",
			FR: "Difficulté de deviner l’auteur d’une contribution : 0 bit quand un seul a tout écrit, un bit de plus chaque fois que double le nombre d’auteurs à parts égales.",
		},
		Math: "−Σ p log₂ p",
		Unit: metrics.Bits, Range: metrics.NonNegative,
		Source: []metrics.Citation{cite.Shannon},
	}, stats.Entropy, sumsOf(func(x float64) float64 { return x * math.Log2(x) }, func(x, of float64) float64 { return math.Log2(x) - of/x }))

	AuthorHHI, AuthorHHIWords = ofShares(metrics.Measure{
		Name:  "author-hhi",
		Title: metrics.Text{EN: "Concentration of authors", FR: "Concentration des auteurs"},
		Doc: metrics.Text{
			EN: "The Herfindahl-Hirschman index: the chance that two pieces drawn at random, with replacement, are by one author. 1 for a monologue, 1/n where n authors share equally.",
			FR: "Indice de Herfindahl-Hirschman : la chance que deux contributions tirées au hasard, avec remise, soient d’un même auteur. 1 pour un monologue, 1/n quand n auteurs contribuent également.",
		},
		Math: "Σ p²",
		Unit: metrics.Ratio, Range: metrics.Fraction,
		Source: []metrics.Citation{{Authors: "Hirschman", Title: "The paternity of an index", Venue: "American Economic Review 54", Year: 1964}},
	}, stats.HHI, sumsOf(func(x float64) float64 { return x * x }, func(x, of float64) float64 { return of / (x * x) }))

	AuthorTopShare, AuthorTopShareWords = ofShares(metrics.Measure{
		Name:  "author-top-share",
		Title: metrics.Text{EN: "Share of the busiest author", FR: "Part de l’auteur le plus actif"},
		Doc: metrics.Text{
			EN: "The share that the busiest author contributed.",
			FR: "Part apportée par l’auteur le plus actif.",
		},
		Math: "max p",
		Unit: metrics.Ratio, Range: metrics.Fraction,
		Source: []metrics.Citation{cite.Own},
	}, topShare(1), nil)

	AuthorTop3Share, AuthorTop3ShareWords = ofShares(metrics.Measure{
		Name:  "author-top-3-share",
		Title: metrics.Text{EN: "Share of the three busiest authors", FR: "Part des trois auteurs les plus actifs"},
		Doc: metrics.Text{
			EN: "The share that the three busiest authors contributed together: 1 where there are three or fewer.",
			FR: "Part apportée ensemble par les trois auteurs les plus actifs : 1 s’ils sont trois ou moins.",
		},
		Math: "p₍ₙ₎ + p₍ₙ₋₁₎ + p₍ₙ₋₂₎, p₍₁₎ ≤ … ≤ p₍ₙ₎",
		Unit: metrics.Ratio, Range: metrics.Fraction,
		Source: []metrics.Citation{cite.Own},
	}, topShare(3), nil)
)

// topShare is the share of the k busiest.
func topShare(k int) func([]int32) float64 {
	return func(counts []int32) float64 { return stats.TopShare(counts, k) }
}

// giniOf is the Gini coefficient of the counts of those who are drawn.
func giniOf(counts []int32, u *intervals.Units) intervals.Statistic {
	return u.Count(counts).Statistic(intervals.Gini)
}

// sumsOf is what follows from the sum of the counts of those who are drawn, and
// that of a function of each above 0.
func sumsOf(of func(float64) float64, value func(sum, sumOf float64) float64) func([]int32, *intervals.Units) intervals.Statistic {
	return func(counts []int32, u *intervals.Units) intervals.Statistic {
		sums := u.Sums(2)
		for k, n := range counts {
			if s := sums.Unit(u.Of[k]); n > 0 {
				s[0] += float64(n)
				s[1] += of(float64(n))
			}
		}
		return sums.Statistic(func(s []float64) float64 { return value(s[0], s[1]) })
	}
}

// ofShares makes the measures of how authors share the comments and the words.
// drawn is the value of those who are drawn, nil where there is no interval.
func ofShares(m metrics.Measure, value func([]int32) float64, drawn func([]int32, *intervals.Units) intervals.Statistic) (ofComments, ofWords *metrics.Measure) {
	m.Group, m.Scope, m.MinN = group, metrics.PerThread, 1
	w := m
	w.Name += "-words"
	w.Title.EN += ", by words"
	w.Title.FR += ", en mots"
	w.Doc.EN += " Counted in words."
	w.Doc.FR += " Compté en mots."
	w.Needs = metrics.NeedText
	m.Title.EN += ", by comments"
	m.Title.FR += ", en commentaires"
	m.Doc.EN += " Counted in comments."
	m.Doc.FR += " Compté en commentaires."
	overPeople := func(counts func(*Tally) []int32) *metrics.Interval {
		if drawn == nil {
			return metrics.Extreme
		}
		return intervals.OverPeople(func(c *metrics.Context) ([]int32, error) {
			y, err := ByAuthor.Of(c)
			if err != nil {
				return nil, err
			}
			return y.each(counts(y)), nil
		}, drawn)
	}
	run := func(counts func(*Tally) []int32, of metrics.Text) func(*metrics.Context) (metrics.Values, error) {
		return metrics.From(ByAuthor, func(y *Tally) metrics.Value {
			have := y.each(counts(y))
			if stats.Sum(have) == 0 {
				return metrics.TooFew(0, 1, of)
			}
			return metrics.Of(value(have), len(have))
		})
	}
	ofAll, inWords := func(y *Tally) []int32 { return y.Comments }, func(y *Tally) []int32 { return y.Words }
	m.Run, m.Interval = run(ofAll, metrics.Comments), overPeople(ofAll)
	w.Run, w.Interval = run(inWords, metrics.Words), overPeople(inWords)
	return &m, &w
}
