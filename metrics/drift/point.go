package drift

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// PointRank is the place of a comment among the drift points of its thread.
var PointRank = &metrics.Measure{
	Name: "drift-point", Group: "drift",
	Title: metrics.Text{EN: "Drift point", FR: "Point de dérive"},
	Doc: metrics.Text{
		EN: "The place of a comment among the drift points of its thread: 1 where the evidence that it begins something else is strongest, 0 where it is none. It speaks of words: about one ordinary reply in twenty looks like a beginning by chance, and a beginning is no fault.",
		FR: "La place d’un commentaire parmi les points de dérive de son fil : 1 où les indices qu’il entame autre chose sont les plus forts, 0 s’il n’en est pas un. Elle parle de mots : environ une réponse ordinaire sur vingt ressemble à un début par hasard, et un début n’est pas une faute.",
	},
	Math:   "place among the cuts of drift-points, in the order in which they are made; 0 elsewhere",
	MathFR: "place parmi les coupes de drift-points, dans l’ordre où elles sont faites ; 0 ailleurs",
	Scope:  metrics.PerComment, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText | metrics.NeedReplies, MinN: MinStems,
	Source: []metrics.Citation{madsen, cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		d, err := Drifts.Of(c)
		if err != nil {
			return nil, err
		}
		turns, err := Points.Of(c)
		if err != nil {
			return nil, err
		}
		t := c.Thread
		rank := make([]int, t.Len())
		for k, p := range turns.Points {
			rank[p.At] = k + 1
		}
		vs := make(metrics.List, t.Len())
		for i := range t.All() {
			n := d.Stems[i]
			switch why := words.Unread(t, i); {
			case why != nil:
				vs[i] = metrics.Undefined(0, why)
			case t.Parent(i) == thread.NoIndex:
				vs[i] = metrics.Undefined(n, noParent)
			case n < MinStems:
				vs[i] = metrics.TooFew(n, MinStems, contentStems)
			case d.Above[i] == 0:
				vs[i] = metrics.Undefined(n, nothingAbove)
			case rank[i] == 0 && !turns.Whole:
				vs[i] = metrics.Undefined(n, tooLong)
			default:
				vs[i] = metrics.Of(float64(rank[i]), n)
			}
		}
		return vs, nil
	},
}
