package replygraph

import (
	"math"
	"math/rand/v2"

	"threadheat/metrics"
	"threadheat/thread"
)

// All shortest paths are walked of up to maxExactPaths authors, as long as that
// looks at no more than pathSteps arcs. Else only those from some authors drawn
// at random are, and the values carry an interval that holds the exact one in at
// least 95 % of cases: from mostSources, fewer where even they take more than
// pathSteps, but leastSources in any case.
const (
	maxExactPaths = 5000
	mostSources   = 1000
	leastSources  = 100
	pathSteps     = 250_000_000
)

// pathSources is from how many of the authors paths are walked.
func pathSources(authors, arcs int) int {
	k := authors
	if authors > maxExactPaths {
		k = mostSources
	}
	return min(k, max(leastSources, pathSteps/max(arcs, 1)))
}

// Betweenness is the share of the shortest chains of answers between two others
// that pass through each author, and HarmonicCloseness how near others are to
// the author along their answers. Both take the arcs without weight and cost
// O(sources · arcs): see pathSources.
var (
	Betweenness = ofAuthors(metrics.Measure{
		Name:  "betweenness",
		Title: metrics.Text{EN: "Betweenness", FR: "Intermédiarité"},
		Doc: metrics.Text{
			EN: "Which share of the shortest chains of answers between two other people goes through the author: high for those who link circles. A chain of answers carries neither agreement nor news. Beyond 5,000 people, or where people times pairs who answered exceed 250 million, it is estimated from the paths of 100 to 1,000 people drawn at random, with an interval.",
			FR: "Quelle part des plus courtes chaînes de réponses entre deux autres personnes passe par l’auteur : élevée chez ceux qui relient des cercles. Une chaîne de réponses ne transmet ni accord ni nouvelles. Au-delà de 5 000 personnes, ou quand le produit des personnes et des couples où l’on s’est répondu dépasse 250 millions, elle est estimée à partir des chemins de 100 à 1 000 personnes tirées au hasard, avec un intervalle.",
		},
		Math: "1/((n−1)(n−2)) Σ_{s ≠ v ≠ t} σ(s,t|v)/σ(s,t)",
		Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 3,
		Source: []metrics.Citation{
			{Authors: "Brandes", Title: "A faster algorithm for betweenness centrality", Venue: "Journal of Mathematical Sociology 25(2)", Year: 2001, DOI: "10.1080/0022250X.2001.9990249"},
			{Authors: "Brandes, Pich", Title: "Centrality estimation in large networks", Venue: "International Journal of Bifurcation and Chaos 17(7)", Year: 2007},
		},
	}, betweenness)

	HarmonicCloseness = ofAuthors(metrics.Measure{
		Name:  "harmonic-closeness",
		Title: metrics.Text{EN: "Harmonic closeness", FR: "Proximité harmonique"},
		Doc: metrics.Text{
			EN: "How near the others are to the author: 1 when everybody answered them, less for each step between, 0 when nobody’s answers lead there. It does not tell who reads whom. In large discussions it is estimated as betweenness is, with an interval.",
			FR: "À quel point les autres sont proches de l’auteur : 1 quand chacun lui a répondu, moins à chaque étape intermédiaire, 0 quand aucune chaîne de réponses ne mène à lui. Elle ne dit pas qui lit qui. Dans les grandes discussions elle est estimée comme l’intermédiarité, avec un intervalle.",
		},
		Math: "1/(n−1) Σ_{u ≠ v} 1/d(u,v), 1/∞ = 0",
		Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 2,
		Source: []metrics.Citation{{Authors: "Boldi, Vigna", Title: "Axioms for centrality", Venue: "Internet Mathematics 10(3–4)", Year: 2014, DOI: "10.1080/15427951.2013.865686"}},
	}, harmonic)
)

type pathScores struct{ between, near *score }

var paths = &metrics.Fact[*pathScores]{Name: "shortest paths", Compute: func(c *metrics.Context) (*pathScores, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	return g.paths(pathSources(len(g.authors), g.Arcs()), c.Seed), nil
}}

var (
	betweenness = &metrics.Fact[*score]{Name: "betweenness", Compute: func(c *metrics.Context) (*score, error) { s, err := paths.Of(c); return s.between, err }}
	harmonic    = &metrics.Fact[*score]{Name: "harmonic closeness", Compute: func(c *metrics.Context) (*score, error) { s, err := paths.Of(c); return s.near, err }}
)

// moments sums up what each source adds for each author.
type moments struct{ sum, squares, most []float64 }

func newMoments(n int) moments {
	return moments{make([]float64, n), make([]float64, n), make([]float64, n)}
}

func (m *moments) add(a thread.AuthorID, x float64) {
	m.sum[a] += x
	m.squares[a] += x * x
	m.most[a] = max(m.most[a], x)
}

// paths walks all shortest paths from all authors, or from some of them drawn
// at random.
func (g *Graph) paths(some int, seed uint64) *pathScores {
	n := len(g.authors)
	sources := g.authors
	sampled := some < n
	if sampled {
		sources = make([]thread.AuthorID, 0, some)
		for _, k := range rand.New(rand.NewPCG(seed, 2)).Perm(n)[:some] {
			sources = append(sources, g.authors[k])
		}
	}
	size := len(g.node)
	between, near := newMoments(size), newMoments(size)
	w := walk{dist: make([]int32, size), paths: make([]float64, size), through: make([]float64, size)}
	for _, s := range sources {
		w.from(g, s)
		for k := len(w.order) - 1; k > 0; k-- { // the farthest first, the source not
			v := w.order[k]
			near.add(v, 1/float64(w.dist[v]-1))
			if w.through[v] > 0 {
				between.add(v, w.through[v])
			}
		}
	}
	// A score is the mean over sources of what a source adds, scaled: those that
	// add nothing count as 0.
	pairs := float64((n - 1) * (n - 2))
	return &pathScores{
		between.score(len(sources), n, pairs, sampled, n < 3),
		near.score(len(sources), n, float64(n-1), sampled, n < 2),
	}
}

var tooFewPeople = &metrics.Text{EN: "too few people", FR: "trop peu de personnes"}

func (m *moments) score(sources, n int, scale float64, sampled, tooFew bool) *score {
	if tooFew {
		return &score{x: m.sum, why: tooFewPeople}
	}
	s := &score{x: m.sum}
	k, all := float64(sources), float64(n)
	if sampled {
		s.off = make([]float64, len(m.sum))
	}
	typical := 0.0 // the largest that a source adds for an author, on average
	for _, x := range m.most {
		typical += x / all
	}
	for a := range m.sum {
		mean := m.sum[a] / k
		if sampled {
			// The standard error of a mean of k of n drawn without replacement. Where few
			// sources add anything it is too small: as in the bounds of Bernstein, what
			// three more sources would add comes on top, each like the largest seen.
			left := 1 - k/all
			variance := max(0, m.squares[a]/k-mean*mean) / (k - 1) * left
			s.off[a] = (1.96*math.Sqrt(variance) + 3*max(m.most[a], typical)/k*left) * all / scale
		}
		s.x[a] = min(1, mean*all/scale)
	}
	return s
}

// walk is a breadth-first search that counts shortest paths.
type walk struct {
	order   []thread.AuthorID // by distance from the source
	dist    []int32           // by AuthorID; 1 for the source, 0 for those not reached
	paths   []float64         // how many shortest ones lead there
	through []float64         // how many pairs depend on it, in fractions
}

// from walks from s along the arcs and back.
func (w *walk) from(g *Graph, s thread.AuthorID) {
	for _, v := range w.order {
		w.dist[v], w.paths[v], w.through[v] = 0, 0, 0
	}
	order, dist, paths, through := append(w.order[:0], s), w.dist, w.paths, w.through
	paths[s], dist[s] = 1, 1
	for k := 0; k < len(order); k++ {
		u := order[k]
		next, ways := dist[u]+1, paths[u]
		if len(order) == len(g.authors) && next > dist[order[len(order)-1]] {
			break // all are reached, and nobody is farther than u
		}
		for _, e := range g.out.of(u) {
			v := e.Author
			if dist[v] == 0 {
				dist[v] = next
				order = append(order, v)
			}
			paths[v] += orZero(ways, dist[v] == next)
		}
	}
	// Between the source and those beside it is nobody.
	for k := len(order) - 1; k > 0 && dist[order[k]] > 2; k-- {
		v := order[k]
		before, ways, pairs := dist[v]-1, paths[v], 1+through[v]
		for _, e := range g.in.of(v) {
			u := e.Author
			through[u] += orZero(paths[u]/ways*pairs, dist[u] == before)
		}
	}
	w.order = order
}

// orZero is x where is, else 0. Whether an arc leads to the next distance is
// toss-up among people who all exchanged, and a branch would be guessed wrongly
// half of the time; a choice between whole numbers needs none.
func orZero(x float64, is bool) float64 {
	b := math.Float64bits(x)
	if !is {
		b = 0
	}
	return math.Float64frombits(b)
}
