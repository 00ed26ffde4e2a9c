package pace

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

// Said are the comments that somebody said, in order of time; in document order
// where a time is missing.
var Said = &metrics.Fact[[]thread.Index]{Name: "comments in order", Compute: func(c *metrics.Context) ([]thread.Index, error) {
	a, err := InTime.Of(c)
	if err != nil || len(a.Order) == a.Spoken {
		return a.Order, err
	}
	order := make([]thread.Index, 0, a.Spoken)
	for i := range c.Thread.Document() {
		if metrics.Spoken(c.Thread, i) {
			order = append(order, i)
		}
	}
	return order, nil
}}

// Pattern tells in what order people came: for each comment that somebody said,
// in order of time, its author's number by first appearance (0, 1, 1, 0 is
// ABBA). Document order stands in where a time is missing. An unknown author is
// a new one each time.
var Pattern = &metrics.Fact[[]int]{Name: "arrival pattern", Compute: pattern}

func pattern(c *metrics.Context) ([]int, error) {
	t := c.Thread
	order, err := Said.Of(c)
	if err != nil {
		return nil, err
	}
	label := make([]int, t.Authors()) // 1 + number, 0 not yet seen
	known := 0
	labels := make([]int, len(order))
	for k, i := range order {
		who := t.Author(i)
		if label[who] == 0 {
			known++
			label[who] = known
		}
		labels[k] = label[who] - 1
	}
	return labels, nil
}

// ReEntryRate is the share of authors who wrote at least twice. Unknown authors
// count as different people, so that it is a lower bound where there are any. N
// is the number of authors.
var ReEntryRate = ofPattern(metrics.Measure{
	Name:  "re-entry-rate",
	Title: metrics.Text{EN: "People who came back", FR: "Personnes revenues"},
	Doc: metrics.Text{
		EN: "The share of authors who wrote more than once. Unknown authors are taken for different people, so that it may be too low where there are any.",
		FR: "Part des auteurs qui ont écrit plus d’une fois. Les auteurs inconnus sont tenus pour des personnes différentes, ce qui peut la rendre trop basse.",
	},
	Math:     "|{a : comments(a) ≥ 2}| / authors",
	MathFR:   "|{a : commentaires(a) ≥ 2}| / auteurs",
	Interval: overAuthors(func(n int32) (part, of float64) { return one(n >= 2), 1 }),
}, func(perAuthor []int32) (part, of int) {
	for _, n := range perAuthor {
		if n >= 2 {
			part++
		}
	}
	return part, len(perAuthor)
})

// DistinctAuthorShare is the number of authors over the number of comments: 1
// where everybody writes once (expansion), towards 0 where few go on and on
// (focus). Unknown authors count as different people. N is the number of
// comments.
var DistinctAuthorShare = ofPattern(metrics.Measure{
	Name:  "distinct-author-share",
	Title: metrics.Text{EN: "Authors per comment", FR: "Auteurs par commentaire"},
	Doc: metrics.Text{
		EN: "1 where everybody wrote once and the discussion keeps drawing new people; near 0 where a few go on and on. Unknown authors are taken for different people, so that it may be too high.",
		FR: "Vaut 1 quand chacun a écrit une fois et que la discussion attire sans cesse du monde ; proche de 0 quand quelques-uns n’en finissent pas. Les auteurs inconnus sont tenus pour des personnes différentes, ce qui peut la rendre trop haute.",
	},
	Math:     "authors / comments",
	MathFR:   "auteurs / commentaires",
	Interval: overAuthors(func(n int32) (part, of float64) { return 1, float64(n) }),
}, func(perAuthor []int32) (part, of int) {
	for _, n := range perAuthor {
		of += int(n)
	}
	return len(perAuthor), of
})

// ofPattern completes a share that follows from the numbers of comments of the
// authors.
func ofPattern(m metrics.Measure, value func(perAuthor []int32) (part, of int)) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range, m.Needs, m.MinN = group, metrics.PerThread, metrics.Ratio, metrics.Fraction, metrics.NeedAuthors, 1
	m.Source = []metrics.Citation{backstrom}
	m.Run = metrics.From(Pattern, func(labels []int) metrics.Value {
		part, of := value(perAuthor(labels))
		if of == 0 {
			return metrics.TooFew(0, 1, metrics.Comments)
		}
		return metrics.Of(float64(part)/float64(of), of)
	})
	return &m
}

// perAuthor is how often each label occurs.
func perAuthor(labels []int) []int32 {
	var out []int32
	for _, a := range labels {
		if a == len(out) {
			out = append(out, 0)
		}
		out[a]++
	}
	return out
}

var backstrom = metrics.Citation{
	Authors: "Backstrom, Kleinberg, Lee, Danescu-Niculescu-Mizil",
	Title:   "Characterizing and curating conversation threads: expansion, focus, volume, re-entry",
	Venue:   "Proceedings of WSDM", Year: 2013,
}

// Label writes the beginning of a Pattern, its first 26 comments at most, with a
// letter for each person: ABBA.
func Label(labels []int) string {
	var b strings.Builder
	for _, a := range labels[:min(len(labels), 26)] {
		b.WriteByte('A' + byte(a))
	}
	return b.String()
}

// LateNewcomers is the share of the later half of the comments (the middle one is
// of the first) that are their author's first. N is the number of comments.
var LateNewcomers = ofLabels(metrics.Measure{
	Name:  "late-newcomers",
	Title: metrics.Text{EN: "New people in the later half", FR: "Nouveaux venus dans la seconde moitié"},
	Doc: metrics.Text{
		EN: "The share of the later half of the comments that are the first of their author: near 1 where the discussion keeps drawing people in (expansion), near 0 where those who are there go on (focus). Unknown authors are taken for different people, so that it may be too high.",
		FR: "Part des commentaires de la seconde moitié qui sont le premier de leur auteur : près de 1 quand la discussion attire toujours du monde (expansion), près de 0 quand les présents poursuivent entre eux (concentration). Les auteurs inconnus sont tenus pour des personnes différentes, ce qui peut la rendre trop haute.",
	},
	Math:   "|{k > ⌈n/2⌉ : comment k is its author’s first}| / ⌊n/2⌋",
	MathFR: "|{k > ⌈n/2⌉ : le commentaire k est le premier de son auteur}| / ⌊n/2⌋",
	Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 2,
	Interval: metrics.OneSequence,
}, func(labels []int) float64 {
	people, late, half := 0, 0, (len(labels)+1)/2
	for k, a := range labels {
		if a == people {
			people++
			if k >= half {
				late++
			}
		}
	}
	return float64(late) / float64(len(labels)-half)
})

// OpeningOfTwo is the number of comments before a third person speaks, all of them
// where none does. N is the number of comments.
var OpeningOfTwo = ofLabels(metrics.Measure{
	Name:  "opening-of-two",
	Title: metrics.Text{EN: "Comments before a third person", FR: "Commentaires avant un tiers"},
	Doc: metrics.Text{
		EN: "How many comments the first two people wrote before anybody else spoke: 2 where the third comment is a third person’s, all comments where nobody joined.",
		FR: "Nombre de commentaires des deux premières personnes avant qu’une autre n’intervienne : 2 quand le troisième est d’un tiers, tous quand personne ne s’est joint à eux.",
	},
	Math:   "min {k : comment k + 1 is by a third person}",
	MathFR: "min {k : le commentaire k + 1 est d’un tiers}",
	Unit:   metrics.Count, Range: metrics.NonNegative, MinN: 1,
	Interval: metrics.OneSequence,
}, func(labels []int) float64 {
	if k := slices.Index(labels, 2); k >= 0 {
		return float64(k)
	}
	return float64(len(labels))
})

// ofLabels completes a measure of the Pattern of at least m.MinN comments.
func ofLabels(m metrics.Measure, value func(labels []int) float64) *metrics.Measure {
	m.Group, m.Scope, m.Needs = group, metrics.PerThread, metrics.NeedAuthors
	m.Source = []metrics.Citation{backstrom, cite.Own}
	m.Run = metrics.From(Pattern, func(labels []int) metrics.Value {
		if len(labels) < m.MinN {
			return metrics.TooFew(len(labels), m.MinN, metrics.Comments)
		}
		return metrics.Of(value(labels), len(labels))
	})
	return &m
}
