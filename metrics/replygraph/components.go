package replygraph

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
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

// Communities are the groups of authors who answer each other more than chance
// would have it, found by the Louvain method on the directed, weighted graph,
// and its modularity Q. They are nil where the graph has no arcs or more than
// maxLouvain authors or maxArcs arcs.
type Communities struct {
	Groups [][]thread.AuthorID // the largest first, ties by the first author
	Q      float64
}

// maxLouvain and maxArcs bound the time of the Louvain method: gonum's sums Q
// over all pairs within a community. 450 authors with 100,000 arcs take 11 s.
const (
	maxLouvain = 500
	maxArcs    = 25_000
)

// Louvain are the Communities of a thread. The result depends on the seed of
// the Context and on nothing else.
var Louvain = &metrics.Fact[*Communities]{Name: "communities", Compute: func(c *metrics.Context) (*Communities, error) {
	g, err := Replies.Of(c)
	// Modularize panics on a graph without edges.
	if err != nil || g.Arcs() == 0 || g.Arcs() > maxArcs || len(g.Authors()) > maxLouvain {
		return nil, err
	}
	groups := community.Modularize(g, 1, rand.NewPCG(c.Seed, 1)).Communities()
	// gonum sums Q in an order of its own, so that its last bits are noise: 0 comes
	// out as 7e-17.
	const digits = 1e12
	return &Communities{ordered(groups), math.Round(community.Q(g, groups, 1)*digits) / digits}, nil
}}

// Modularity is the modularity of the Communities,
//
//	Q = 1/m Σᵢⱼ (wᵢⱼ − sᵢ(out) sⱼ(in)/m) [i and j in one community],
//
// undefined without replies between authors.
var Modularity = &metrics.Measure{
	Name:  "modularity",
	Group: group,
	Title: metrics.Text{EN: "Modularity", FR: "Modularité"},
	Doc: metrics.Text{
		EN: "How far the people fall into camps that answer within: 0 where replies cross between groups as chance would have it, above about 0.3 where groups keep to themselves. A group here is who talks with whom, not who agrees with whom. Found by the Louvain method, whose result depends on the seed.",
		FR: "Les gens se répartissent-ils en cercles qui se répondent entre eux ? 0 quand les réponses vont d’un groupe à l’autre comme au hasard, plus de 0,3 environ quand les groupes restent entre eux. Un groupe dit ici qui parle avec qui, non qui est d’accord avec qui. Trouvée par la méthode de Louvain, dont le résultat dépend de la graine.",
	},
	Math:  "1/m Σᵢⱼ (wᵢⱼ − sᵢ(out) sⱼ(in)/m) [cᵢ = cⱼ]",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedReplies, MinN: 1,
	Source: []metrics.Citation{
		{Authors: "Blondel, Guillaume, Lambiotte, Lefebvre", Title: "Fast unfolding of communities in large networks", Venue: "Journal of Statistical Mechanics P10008", Year: 2008},
		{Authors: "Leicht, Newman", Title: "Community structure in directed networks", Venue: "Physical Review Letters 100, 118703", Year: 2008},
	},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		g, err := Replies.Of(c)
		if err != nil {
			return nil, err
		}
		found, err := Louvain.Of(c)
		switch {
		case err != nil:
			return nil, err
		case g.Arcs() == 0:
			return metrics.One(metrics.TooFew(0, 1, metrics.Replies)), nil
		case found == nil:
			return metrics.One(metrics.Undefined(g.Replies(), &metrics.Text{
				EN: "left out for more than 500 authors, or 25,000 pairs of whom one answered the other: it would take too long",
				FR: "omise au-delà de 500 auteurs, ou de 25 000 couples dont l’un a répondu à l’autre : le calcul serait trop long",
			})), nil
		}
		return metrics.One(metrics.Of(found.Q, g.Replies())), nil
	},
}
