package people

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
)

// Authors is the number of people who wrote, unknown ones counted one by one. N
// is the number of their comments.
var Authors = ofTally(metrics.Measure{
	Name:  "authors",
	Title: metrics.Text{EN: "Authors", FR: "Auteurs"},
	Doc: metrics.Text{
		EN: "How many people wrote. Each comment without a name counts as a person of its own, so that this is an upper bound where there are any; unknown-authors says how many.",
		FR: "Nombre de personnes qui ont écrit. Chaque commentaire sans nom compte pour une personne, ce qui en fait une borne supérieure ; unknown-authors dit combien il y en a.",
	},
	Math:   "|{author(v)}|",
	MathFR: "|{auteur(v)}|",
	Unit:   metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
}, func(y *Tally) int { return y.People })

// UnknownAuthors is the number of comments that name no author.
var UnknownAuthors = ofTally(metrics.Measure{
	Name:  "unknown-authors",
	Title: metrics.Text{EN: "Comments without an author", FR: "Commentaires sans auteur"},
	Doc: metrics.Text{
		EN: "How many comments name no author: anonymous ones, and those of deleted accounts. Some may be by one person.",
		FR: "Nombre de commentaires sans auteur nommé : anonymes ou de comptes supprimés. Plusieurs peuvent être d’une même personne.",
	},
	Math:   "|{v : author(v) unknown}|",
	MathFR: "|{v : auteur(v) inconnu}|",
	Unit:   metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
}, func(y *Tally) int { return y.Unknown })

func ofTally(m metrics.Measure, value func(*Tally) int) *metrics.Measure {
	m.Group, m.Scope = group, metrics.PerThread
	m.Run = metrics.From(ByAuthor, func(y *Tally) metrics.Value {
		return metrics.Of(float64(value(y)), y.comments())
	})
	return &m
}
