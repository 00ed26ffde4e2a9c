package pace

import (
	"threadheat/metrics"
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
	Math: "|{a : comments(a) ≥ 2}| / authors",
}, func(perAuthor []int) (part, of int) {
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
	Math: "authors / comments",
}, func(perAuthor []int) (part, of int) {
	for _, n := range perAuthor {
		of += n
	}
	return len(perAuthor), of
})

// ofPattern completes a share that follows from the numbers of comments of the
// authors.
func ofPattern(m metrics.Measure, value func(perAuthor []int) (part, of int)) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range, m.Needs, m.MinN = group, metrics.PerThread, metrics.Ratio, metrics.Fraction, metrics.NeedAuthors, 1
	m.Source = []metrics.Citation{{
		Authors: "Backstrom, Kleinberg, Lee, Danescu-Niculescu-Mizil",
		Title:   "Characterizing and curating conversation threads: expansion, focus, volume, re-entry",
		Venue:   "Proceedings of WSDM", Year: 2013,
	}}
	m.Run = metrics.From(Pattern, func(labels []int) metrics.Value {
		var perAuthor []int
		for _, a := range labels {
			if a == len(perAuthor) {
				perAuthor = append(perAuthor, 0)
			}
			perAuthor[a]++
		}
		part, of := value(perAuthor)
		if of == 0 {
			return metrics.TooFew(0, 1, metrics.Comments)
		}
		return metrics.Of(float64(part)/float64(of), of)
	})
	return &m
}
