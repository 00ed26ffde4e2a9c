package replygraph

import (
	"math"

	"threadheat/metrics"
)

// Hub and Authority are the two scores of HITS, weighted by the number of
// answers: good hubs answer good authorities, good authorities are answered by
// good hubs. Each sums to 1 over all authors. O(arcs) a round. Undefined where
// nobody answers another, or where the scores do not settle, which two equally
// strong groups can cause.
var (
	Hub = ofAuthors(metrics.Measure{
		Name:  "hub",
		Title: metrics.Text{EN: "Hub score", FR: "Score de pivot"},
		Doc: metrics.Text{
			EN: "How much the author answers those whom everybody answers. It tells whom they turn to, not whether they are heard.",
			FR: "À quel point l’auteur répond à ceux à qui tout le monde répond. Il dit à qui l’auteur s’adresse, non s’il est entendu.",
		},
		Math: "h ∝ W a, a ∝ Wᵀ h",
		Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 2, Source: kleinberg,
	}, hubs)

	Authority = ofAuthors(metrics.Measure{
		Name:  "authority",
		Title: metrics.Text{EN: "Authority score", FR: "Score d’autorité"},
		Doc: metrics.Text{
			EN: "How much the author is answered by those who answer the most answered. Authority here is attention, not expertise.",
			FR: "À quel point ceux qui répondent aux plus sollicités répondent à l’auteur. L’autorité désigne ici l’attention, non la compétence.",
		},
		Math: "a ∝ Wᵀ h, h ∝ W a",
		Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 2, Source: kleinberg,
	}, authorities)
)

var kleinberg = []metrics.Citation{{Authors: "Kleinberg", Title: "Authoritative sources in a hyperlinked environment", Venue: "Journal of the ACM 46(5)", Year: 1999}}

type hitsScores struct{ hub, authority *score }

var hits = &metrics.Fact[*hitsScores]{Name: "HITS", Compute: func(c *metrics.Context) (*hitsScores, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	h, a, why := g.hits()
	return &hitsScores{&score{x: h, why: why}, &score{x: a, why: why}}, nil
}}

var (
	hubs        = &metrics.Fact[*score]{Name: "hubs", Compute: func(c *metrics.Context) (*score, error) { s, err := hits.Of(c); return s.hub, err }}
	authorities = &metrics.Fact[*score]{Name: "authorities", Compute: func(c *metrics.Context) (*score, error) { s, err := hits.Of(c); return s.authority, err }}
)

// hits iterates from equal scores.
func (g *Graph) hits() (hub, authority []float64, why *metrics.Text) {
	hub, authority = make([]float64, len(g.node)), make([]float64, len(g.node))
	if g.Arcs() == 0 {
		return hub, authority, noReplies
	}
	for _, a := range g.authors {
		hub[a] = 1 / float64(len(g.authors))
	}
	before := make([]float64, len(g.node))
	for range maxRounds {
		copy(before, hub)
		g.spread(authority, hub, g.in)
		g.spread(hub, authority, g.out)
		change := 0.0
		for _, a := range g.authors {
			change += math.Abs(hub[a] - before[a])
		}
		if change < precision {
			return hub, authority, nil
		}
	}
	return hub, authority, unsettled
}

// spread sets to[v] to the sum of from over the arcs of v, scaled to the sum 1.
func (g *Graph) spread(to, from []float64, along arcs) {
	total := 0.0
	for _, v := range g.authors {
		sum := 0.0
		for _, e := range along.of(v) {
			sum += float64(e.Replies) * from[e.Author]
		}
		to[v] = sum
		total += sum
	}
	for _, v := range g.authors {
		to[v] /= total
	}
}
