package replygraph

import (
	"threadheat/metrics"
	"threadheat/thread"
)

// Core is the core number of each author: the largest k such that the author is
// one of a group in which everybody exchanged answers, in either direction, with
// at least k others of the group. O(arcs).
var Core = ofAuthors(metrics.Measure{
	Name:  "core",
	Title: metrics.Text{EN: "Core number", FR: "Indice de noyau"},
	Doc: metrics.Text{
		EN: "How deep the author stands in the dense part of the discussion: 0 for those who exchanged with nobody, 1 on its fringe, more where groups talk among themselves. It counts with how many people, not how often.",
		FR: "À quelle profondeur l’auteur se trouve dans la partie dense de la discussion : 0 pour qui n’a échangé avec personne, 1 à la marge, davantage là où des groupes se parlent. Il compte les personnes, non les réponses.",
	},
	Math: "max k : v ∈ H ⊆ G, deg_H(u) ≥ k ∀ u ∈ H",
	Unit: metrics.Count, Range: metrics.NonNegative, MinN: 1,
	Source: seidman,
}, cores)

// Degeneracy is the largest core number, and InnerCore how many authors have it.
var (
	Degeneracy = ofGraph(metrics.Measure{
		Name:  "degeneracy",
		Title: metrics.Text{EN: "Degeneracy", FR: "Dégénérescence"},
		Doc: metrics.Text{
			EN: "The largest k for which some people each exchanged with at least k others of them: how dense the densest part is.",
			FR: "Le plus grand k tel que certains ont chacun échangé avec au moins k des autres : la densité de la partie la plus dense.",
		},
		Math:   "max_v core(v)",
		MathFR: "max_v noyau(v)",
		Unit:   metrics.Count, Range: metrics.NonNegative, MinN: 1,
		Source:   seidman,
		Interval: metrics.Extreme,
	}, func(g *Graph) metrics.Value {
		k, _ := g.innermost()
		return people(g, float64(k))
	})

	InnerCore = ofGraph(metrics.Measure{
		Name:  "inner-core",
		Title: metrics.Text{EN: "People in the innermost core", FR: "Personnes du noyau intérieur"},
		Doc: metrics.Text{
			EN: "How many people stand in the densest part of the discussion.",
			FR: "Combien de personnes forment la partie la plus dense de la discussion.",
		},
		Math:   "|{v : core(v) = max_u core(u)}|",
		MathFR: "|{v : noyau(v) = max_u noyau(u)}|",
		Unit:   metrics.Count, Range: metrics.NonNegative, MinN: 1,
		Source:   seidman,
		Interval: metrics.Counted,
	}, func(g *Graph) metrics.Value {
		_, n := g.innermost()
		return people(g, float64(n))
	})
)

var seidman = []metrics.Citation{
	{Authors: "Seidman", Title: "Network structure and minimum degree", Venue: "Social Networks 5(3)", Year: 1983},
	{Authors: "Batagelj, Zaveršnik", Title: "An O(m) algorithm for cores decomposition of networks", Venue: "arXiv cs/0310049", Year: 2003},
}

// people is a value that rests on all authors, undefined where there are none.
func people(g *Graph, x float64) metrics.Value {
	if len(g.authors) == 0 {
		return metrics.TooFew(0, 1, metrics.Authors)
	}
	return metrics.Of(x, len(g.authors))
}

var cores = &metrics.Fact[*score]{Name: "cores", Compute: func(c *metrics.Context) (*score, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	s := &score{x: make([]float64, len(g.node))}
	for a, k := range g.cores() {
		s.x[a] = float64(k)
	}
	return s, nil
}}

func (g *Graph) innermost() (k int32, n int) {
	for a, core := range g.cores() {
		switch {
		case !g.node[a]:
		case core > k:
			k, n = core, 1
		case core == k:
			n++
		}
	}
	return k, n
}

// cores takes authors away, those with the fewest neighbours left first. They are
// kept sorted by that number in bins, so that each arc is looked at once.
func (g *Graph) cores() []int32 {
	f := g.undirected()
	n := len(g.node)
	degree := make([]int32, n)
	most := int32(0)
	for a := range degree {
		degree[a] = int32(f.degree(thread.AuthorID(a)))
		most = max(most, degree[a])
	}
	bin := make([]int32, most+2) // where the authors of each degree begin
	for _, d := range degree {
		bin[d+1]++
	}
	for d := range most + 1 {
		bin[d+1] += bin[d]
	}
	order, place := make([]int32, n), make([]int32, n)
	next := append([]int32(nil), bin...)
	for a, d := range degree {
		place[a] = next[d]
		order[next[d]] = int32(a)
		next[d]++
	}
	for k := range order {
		a := order[k]
		for _, b := range f.of(thread.AuthorID(a)) {
			d := degree[b]
			if d <= degree[a] {
				continue
			}
			// b moves to the front of its bin, which then begins behind it.
			first := bin[d]
			if c := order[first]; c != int32(b) {
				order[first], order[place[b]] = int32(b), c
				place[c], place[b] = place[b], first
			}
			bin[d]++
			degree[b]--
		}
	}
	return degree
}
