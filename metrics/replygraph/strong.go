package replygraph

import (
	"threadheat/metrics"
	"threadheat/thread"
)

// StrongComponents is the number of groups within which answers lead from
// everybody to everybody, and MutualShare the share of people in the largest.
// O(arcs).
var (
	StrongComponents = ofGraph(metrics.Measure{
		Name:  "strong-components",
		Title: metrics.Text{EN: "Groups linked both ways", FR: "Groupes reliés dans les deux sens"},
		Doc: metrics.Text{
			EN: "Into how many groups the people fall when only those stay together between whom answers lead both ways, if over others.",
			FR: "Nombre de groupes que forment les gens quand ne restent ensemble que ceux que des réponses relient dans les deux sens, fût-ce par d’autres.",
		},
		Math: "|V / ≈|, a ≈ b : a → … → b → … → a",
		Unit: metrics.Count, Range: metrics.NonNegative, MinN: 1,
		Source:   tarjan,
		Interval: metrics.Counted,
	}, func(g *Graph) metrics.Value {
		n, _ := g.strong()
		return people(g, float64(n))
	})

	MutualShare = ofGraph(metrics.Measure{
		Name:  "strong-share",
		Title: metrics.Text{EN: "Share in the largest such group", FR: "Part du plus grand de ces groupes"},
		Doc: metrics.Text{
			EN: "Which share of the people is in the largest group within which answers lead from everybody to everybody.",
			FR: "Quelle part des gens appartient au plus grand groupe où des réponses mènent de chacun à chacun.",
		},
		Math: "max |C| / n, C ∈ V / ≈, a ≈ b : a → … → b → … → a",
		Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
		Source:   tarjan,
		Interval: metrics.Linked,
	}, func(g *Graph) metrics.Value {
		_, largest := g.strong()
		return people(g, float64(largest)/float64(max(1, len(g.authors))))
	})
)

var tarjan = []metrics.Citation{{Authors: "Tarjan", Title: "Depth-first search and linear graph algorithms", Venue: "SIAM Journal on Computing 1(2)", Year: 1972}}

// strong is Tarjan's algorithm with a stack of its own: gonum's calls itself for
// each author of a chain.
func (g *Graph) strong() (components, largest int) {
	n := len(g.node)
	seen, low := make([]int32, n), make([]int32, n) // 0 not yet
	open := make([]bool, n)
	next := make([]int32, n) // the arc to follow
	var stack, path []thread.AuthorID
	count := int32(0)
	for _, root := range g.authors {
		if seen[root] != 0 {
			continue
		}
		path = append(path[:0], root)
		for len(path) > 0 {
			v := path[len(path)-1]
			if seen[v] == 0 {
				count++
				seen[v], low[v] = count, count
				open[v] = true
				stack = append(stack, v)
			}
			out := g.out.of(v)
			if int(next[v]) < len(out) {
				u := out[next[v]].Author
				next[v]++
				if seen[u] == 0 {
					path = append(path, u)
				} else if open[u] {
					low[v] = min(low[v], seen[u])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				up := path[len(path)-1]
				low[up] = min(low[up], low[v])
			}
			if low[v] != seen[v] {
				continue
			}
			components++
			size := 0
			for {
				u := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				open[u] = false
				size++
				if u == v {
					break
				}
			}
			largest = max(largest, size)
		}
	}
	return components, largest
}
