package people

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// WordTotal is the number of words that people wrote. N is the number of their
// comments.
var WordTotal = &metrics.Measure{
	Name:  "words",
	Group: group,
	Title: metrics.Text{EN: "Words", FR: "Mots"},
	Doc: metrics.Text{
		EN: "How many words all comments together count; a word is a run of letters and digits, split at apostrophes and hyphens.",
		FR: "Nombre de mots de tous les commentaires ; un mot est une suite de lettres et de chiffres, coupée aux apostrophes et aux traits d’union.",
	},
	Math:   "Σ words(v)",
	MathFR: "Σ mots(v)",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: metrics.From(ByAuthor, func(y *Tally) metrics.Value {
		return metrics.Of(float64(stats.Sum(y.Words)), y.comments())
	}),
}

// CommentWords is the number of words of each comment.
var CommentWords = &metrics.Measure{
	Name:  "words",
	Group: group,
	Title: metrics.Text{EN: "Words", FR: "Mots"},
	Doc: metrics.Text{
		EN: "How many words the comment counts: 0 for ghosts, pingbacks and system notices, which nobody said.",
		FR: "Nombre de mots du commentaire : 0 pour les fantômes, les rétroliens et les avis du système, que personne n’a dits.",
	},
	Math:   "|{runs of letters and digits in v}|",
	MathFR: "|{suites de lettres et de chiffres dans v}|",
	Scope:  metrics.PerComment, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText,
	Source: []metrics.Citation{cite.Own},
	Run: metrics.EachFrom(Words, func(n []int32) metrics.Values {
		return metrics.Each(len(n), func(i int) metrics.Value { return metrics.Of(float64(n[i]), 1) })
	}),
}
