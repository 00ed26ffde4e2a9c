package replygraph

import (
	"math"

	"threadheat/metrics"
)

// PageRank is the share of time that somebody spends with each author who walks
// from author to author along answers, more often along those given more often,
// and jumps to a random author with probability 0.15 and where an author answers
// nobody. The shares of all authors sum to 1. O(arcs) a round, some 100 rounds.
var PageRank = ofAuthors(metrics.Measure{
	Name:  "pagerank",
	Title: metrics.Text{EN: "PageRank", FR: "PageRank"},
	Doc: metrics.Text{
		EN: "How much attention ends up with the author: being answered counts, more so by people who are answered themselves. It says nothing of agreement.",
		FR: "Quelle part de l’attention revient à l’auteur : être l’objet de réponses compte, davantage quand elles viennent de gens à qui l’on répond aussi. Cela ne dit rien de l’accord.",
	},
	Math: "r(v) = 0.15/n + 0.85 (Σ_{u → v} w(u,v)/s(u) · r(u) + Σ_{s(u) = 0} r(u)/n)",
	Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source: []metrics.Citation{{Authors: "Page, Brin, Motwani, Winograd", Title: "The PageRank citation ranking: bringing order to the web", Venue: "Stanford InfoLab", Year: 1999}},
}, ranks)

const (
	damping    = 0.85
	precision  = 1e-12 // of the sum of all changes in a round
	maxRounds  = 1000
	notSettled = "the iteration did not settle"
)

var unsettled = &metrics.Text{EN: notSettled, FR: "le calcul itératif ne se stabilise pas"}

var ranks = &metrics.Fact[*score]{Name: "PageRank", Compute: func(c *metrics.Context) (*score, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	return &score{x: g.pageRank()}, nil
}}

// pageRank iterates from equal shares: each round shrinks the error by damping,
// so that it always settles.
func (g *Graph) pageRank() []float64 {
	n := float64(len(g.authors))
	r, next, each := make([]float64, len(g.node)), make([]float64, len(g.node)), make([]float64, len(g.node))
	strength := make([]float64, len(g.node))
	for _, a := range g.authors {
		r[a] = 1 / n
		for _, to := range g.out.of(a) {
			strength[a] += float64(to.Replies)
		}
	}
	for range maxRounds {
		idle := 0.0 // with those who answer nobody
		for _, a := range g.authors {
			if each[a] = 0; strength[a] > 0 {
				each[a] = r[a] / strength[a] // for one answer
			} else {
				idle += r[a]
			}
		}
		change := 0.0
		for _, v := range g.authors {
			in := 0.0
			for _, from := range g.in.of(v) {
				in += float64(from.Replies) * each[from.Author]
			}
			next[v] = (1-damping)/n + damping*(in+idle/n)
			change += math.Abs(next[v] - r[v])
		}
		r, next = next, r
		if change < precision {
			break
		}
	}
	return r
}
