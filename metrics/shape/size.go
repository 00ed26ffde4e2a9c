package shape

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

// Comments is the number of comments that the input holds. O(n).
var Comments = &metrics.Measure{
	Name:  "comments",
	Group: group,
	Title: metrics.Text{EN: "Comments", FR: "Commentaires"},
	Doc: metrics.Text{
		EN: "How many comments the input holds, pingbacks included as blogs count them. Ghosts, which stand in for comments that the input lacks, and system notices are not counted.",
		FR: "Nombre de commentaires présents dans l’entrée, rétroliens compris, comme les comptent les blogs. Les fantômes, qui remplacent des commentaires absents de l’entrée, et les avis du système ne sont pas comptés.",
	},
	Math:   "|{v : v is neither a ghost nor a notice}|",
	MathFR: "|{v : v n’est ni un fantôme ni un avis}|",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		n := 0
		for i := range c.Thread.All() {
			if c.Thread.State(i) != thread.Missing && c.Thread.Kind(i) != thread.System {
				n++
			}
		}
		return metrics.One(count(n, n)), nil
	},
}

// Roots is the number of top-level comments, 0 for an empty thread.
var Roots = &metrics.Measure{
	Name:  "roots",
	Group: group,
	Title: metrics.Text{EN: "Top-level comments", FR: "Commentaires de premier niveau"},
	Doc: metrics.Text{
		EN: "How many comments answer the article itself and not another comment. Each starts a tree of its own.",
		FR: "Nombre de commentaires qui répondent à l’article lui-même et non à un autre commentaire. Chacun ouvre un arbre.",
	},
	Math:   "|{v : v answers no comment}|",
	MathFR: "|{v : v ne répond à aucun commentaire}|",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: metrics.From(Rooted, func(t *Tree) metrics.Value {
		return count(t.Children[0], t.Comments())
	}),
}

// Replies is the number of comments that answer another comment.
var Replies = &metrics.Measure{
	Name:  "replies",
	Group: group,
	Title: metrics.Text{EN: "Replies", FR: "Réponses"},
	Doc: metrics.Text{
		EN: "How many comments answer another comment: all but the top-level ones.",
		FR: "Nombre de commentaires qui répondent à un autre commentaire : tous sauf ceux de premier niveau.",
	},
	Math:   "|{v : v answers a comment}|",
	MathFR: "|{v : v répond à un commentaire}|",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: metrics.From(Rooted, func(t *Tree) metrics.Value {
		n := t.Comments()
		return count(n-int(t.Children[0]), n)
	}),
}

// RepliedRootFraction is the share of top-level comments that got a reply.
var RepliedRootFraction = &metrics.Measure{
	Name:  "replied-root-fraction",
	Group: group,
	Title: metrics.Text{EN: "Top-level comments with a reply", FR: "Commentaires de premier niveau ayant une réponse"},
	Doc: metrics.Text{
		EN: "The share of top-level comments that at least one comment answers. Low where people talk to the article, high where they talk to each other.",
		FR: "Part des commentaires de premier niveau auxquels répond au moins un commentaire. Faible quand on s’adresse à l’article, forte quand on se parle.",
	},
	Math:   "|{r : children(r) > 0}| / roots",
	MathFR: "|{r : enfants(r) > 0}| / |{r}|",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source:   []metrics.Citation{cite.Own},
	Interval: sumsOfAnswered.over(1),
	Run: metrics.From(Rooted, func(t *Tree) metrics.Value {
		var roots, replied int
		for r := range t.roots() {
			roots++
			if t.Children[r] > 0 {
				replied++
			}
		}
		if roots == 0 {
			return noComments()
		}
		return ratio(replied, roots, roots)
	}),
}
