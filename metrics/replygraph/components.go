package replygraph

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/topo"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

const group = "replygraph"

// Components are the groups of authors who are joined by answers, whoever
// answered whom: the largest first, ties by the first author; authors ascending.
// Somebody whom nobody answers and who answers nobody is a group of one. O(n log n).
var Components = &metrics.Fact[[][]thread.AuthorID]{Name: "components", Compute: func(c *metrics.Context) ([][]thread.AuthorID, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	return ordered(topo.ConnectedComponents(graph.Undirect{G: g})), nil
}}

// ordered are groups of authors, the largest first.
func ordered(groups [][]graph.Node) [][]thread.AuthorID {
	out := make([][]thread.AuthorID, len(groups))
	for i, nodes := range groups {
		for _, n := range nodes {
			out[i] = append(out[i], thread.AuthorID(n.ID()))
		}
		slices.Sort(out[i])
	}
	slices.SortFunc(out, func(a, b []thread.AuthorID) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0]))
	})
	return out
}

// ComponentCount is the number of Components.
var ComponentCount = &metrics.Measure{
	Name:  "components",
	Group: group,
	Title: metrics.Text{EN: "Separate groups", FR: "Groupes séparés"},
	Doc: metrics.Text{
		EN: "Into how many groups the people fall when those who answered each other, in either direction, are joined. Everybody who exchanged with nobody is a group.",
		FR: "Nombre de groupes que forment les gens quand on relie ceux dont l’un a répondu à l’autre. Qui n’a échangé avec personne forme un groupe.",
	},
	Scope: metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source: []metrics.Citation{cite.Own},
	Run: metrics.EachFrom(Components, func(cs [][]thread.AuthorID) metrics.Values {
		people := 0
		for _, c := range cs {
			people += len(c)
		}
		return metrics.One(metrics.Of(float64(len(cs)), people))
	}),
}
