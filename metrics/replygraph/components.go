package replygraph

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

const group = "replygraph"

// Components are the groups of authors who are joined by answers, whoever
// answered whom: the largest first, ties by the first author; authors ascending.
// Somebody whom nobody answers and who answers nobody is a group of one. O(arcs +
// n log n); gonum's walk makes an object of each author and arc on its way.
var Components = &metrics.Fact[[][]thread.AuthorID]{Name: "components", Compute: func(c *metrics.Context) ([][]thread.AuthorID, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	return g.components(), nil
}}

func (g *Graph) components() [][]thread.AuthorID {
	met := make([]bool, len(g.node))
	all := make([]thread.AuthorID, 0, len(g.authors)) // group after group
	var out [][]thread.AuthorID
	for _, a := range g.authors {
		if met[a] {
			continue
		}
		met[a] = true
		from := len(all)
		all = append(all, a)
		for k := from; k < len(all); k++ {
			for _, next := range [2][]Arc{g.out.of(all[k]), g.in.of(all[k])} {
				for _, arc := range next {
					if !met[arc.Author] {
						met[arc.Author] = true
						all = append(all, arc.Author)
					}
				}
			}
		}
		one := all[from:len(all):len(all)]
		slices.Sort(one)
		out = append(out, one)
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
	Math:  "|V / ∼|, a ∼ b : a − … − b",
	Scope: metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: metrics.EachFrom(Components, func(cs [][]thread.AuthorID) metrics.Values {
		people := 0
		for _, c := range cs {
			people += len(c)
		}
		return metrics.One(metrics.Of(float64(len(cs)), people))
	}),
}
