package shape

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
)

// Depth is the number of replies above each comment: 0 at top level, as the
// source nests them (the forest frame).
var Depth = perComment(metrics.Measure{
	Name:  "depth",
	Title: metrics.Text{EN: "Depth", FR: "Profondeur"},
	Doc: metrics.Text{
		EN: "How many replies lead from the top-level comment to this one: 0 at top level.",
		FR: "Nombre de réponses du commentaire de premier niveau à celui-ci : 0 au premier niveau.",
	},
	Math:   "|path(v)| − 1, path(v) from the top-level comment",
	MathFR: "|chemin(v)| − 1, chemin(v) depuis le premier niveau",
	Unit:   metrics.Edges,
}, func(t *Tree, v int) int32 { return t.Depth[v] - 1 })

// RepliesTo is the number of direct replies to each comment.
var RepliesTo = perComment(metrics.Measure{
	Name:  "replies",
	Title: metrics.Text{EN: "Replies", FR: "Réponses"},
	Doc: metrics.Text{
		EN: "How many comments answer this one directly.",
		FR: "Nombre de commentaires qui répondent directement à celui-ci.",
	},
	Math:   "children(v)",
	MathFR: "enfants(v)",
	Unit:   metrics.Count,
}, func(t *Tree, v int) int32 { return t.Children[v] })

// Descendants is the number of comments below each comment.
var Descendants = perComment(metrics.Measure{
	Name:  "descendants",
	Title: metrics.Text{EN: "Comments below", FR: "Commentaires dessous"},
	Doc: metrics.Text{
		EN: "How many comments stand below this one: its replies, the replies to them, and so on.",
		FR: "Nombre de commentaires placés sous celui-ci : ses réponses, leurs réponses, et ainsi de suite.",
	},
	Math:   "s_v − 1, s_v = size of the subtree of v",
	MathFR: "s_v − 1, s_v = taille du sous-arbre de v",
	Unit:   metrics.Count,
}, func(t *Tree, v int) int32 { return t.Size[v] - 1 })

// perComment completes a count of comments that each comment has. O(n).
func perComment(m metrics.Measure, value func(t *Tree, v int) int32) *metrics.Measure {
	m.Group, m.Scope, m.Range = group, metrics.PerComment, metrics.NonNegative
	m.Source = []metrics.Citation{cite.Own}
	m.Run = metrics.EachFrom(Rooted, func(t *Tree) metrics.Values {
		return metrics.Each(t.Comments(), func(i int) metrics.Value { return count(value(t, i+1), 1) })
	})
	return &m
}
