package shape

import "threadheat/metrics"

// Strahler is the Horton-Strahler number of the root: 1 for a leaf; for a node
// the largest number of its children, and one more where at least two have it.
// 1 for a chain, 3 for a full binary tree of 7, 0 without comments. O(n).
var Strahler, ForestStrahler = ofTree(metrics.Measure{
	Name:  "strahler",
	Title: metrics.Text{EN: "Strahler number", FR: "Nombre de Strahler"},
	Doc: metrics.Text{
		EN: "How deeply the discussion keeps branching, by the rule used for rivers: a line without branches is 1, and two equal streams that meet make one higher.",
		FR: "Profondeur des ramifications de la discussion, par la règle des rivières : une ligne sans embranchement vaut 1, et deux cours égaux qui se rejoignent donnent un de plus.",
	},
	Math:   "S(leaf) = 1; S(v) = max S(c), + 1 if two children c share the maximum",
	MathFR: "S(feuille) = 1 ; S(v) = max S(c), + 1 si deux enfants c ont le maximum",
	Unit:   metrics.Count, Range: metrics.NonNegative,
	Source: []metrics.Citation{
		{Authors: "Horton", Title: "Erosional development of streams and their drainage basins", Venue: "Geological Society of America Bulletin 56", Year: 1945},
		{Authors: "Strahler", Title: "Hypsometric (area-altitude) analysis of erosional topography", Venue: "Geological Society of America Bulletin 63", Year: 1952},
	},
}, func(p part) metrics.Value {
	return count(int(p.strahler()[0]), p.len())
})

// strahler are the numbers of all nodes. The number k needs 2^k − 1 nodes, so
// eight bits are plenty.
func (p part) strahler() []int8 {
	best := make([]int8, p.len())
	shared := make([]bool, p.len()) // by two children
	for v := p.len() - 1; v >= 0; v-- {
		switch {
		case p.children[v] == 0:
			best[v] = 1
		case shared[v]:
			best[v]++
		}
		if v == 0 {
			break
		}
		switch up := p.up(v); {
		case best[v] > best[up]:
			best[up], shared[up] = best[v], false
		case best[v] == best[up]:
			shared[up] = true
		}
	}
	return best
}
