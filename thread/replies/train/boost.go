package main

import (
	"math/rand/v2"
	"slices"

	"threadheat/thread/replies/internal/rank"
)

// table is the rows of many lines in bins, each line's candidates together.
type table struct {
	columns int
	bins    []uint8 // row after row
	groups  []int32 // where the rows of a line begin; one more at the end
	right   []bool  // by row: a candidate that the line does answer
}

func (t *table) row(r int32) []uint8 { return t.bins[int(r)*t.columns : int(r+1)*t.columns] }

// edgesOf chooses at most most bounds between the values of each column, by
// quantiles of a sample of rows.
func edgesOf(sample []float32, columns, most int) [][]float32 {
	edges := make([][]float32, columns)
	rows := len(sample) / columns
	for c := range edges {
		v := make([]float32, rows)
		for r := range v {
			v[r] = sample[r*columns+c]
		}
		slices.Sort(v)
		for q := 1; q <= most; q++ {
			x := v[min(rows-1, rows*q/(most+1))]
			if n := len(edges[c]); (n == 0 || edges[c][n-1] < x) && x < v[rows-1] {
				edges[c] = append(edges[c], x)
			}
		}
		// Rare values deserve their bins, too: flags are seldom 1.
		d := slices.Compact(v)
		if len(d) <= most {
			edges[c] = slices.Clone(d[:len(d)-1])
		}
	}
	return edges
}

// options of boosting.
type options struct {
	trees, leaves, minRows int
	rate, lambda, share    float64
	seed                   uint64
}

// boost adds trees to m for the loss −log Σ p(right candidates), p the softmax
// of the scores of a line's candidates: Newton steps on a share of the lines
// each, leaves shrunk by rate. The same table and options give the same trees.
func boost(t *table, m *rank.Model, o options) {
	rows := len(t.right)
	score := make([]float32, rows)
	g, h := make([]float32, rows), make([]float32, rows)
	rng := rand.New(rand.NewPCG(o.seed, 1))
	var sample []int32
	p := make([]float32, rank.MaxCandidates)
	for range o.trees {
		sample = sample[:0]
		for k := 0; k+1 < len(t.groups); k++ {
			if rng.Float64() >= o.share {
				continue
			}
			lo, hi := t.groups[k], t.groups[k+1]
			p = append(p[:0], score[lo:hi]...)
			rank.Softmax(p)
			good := float32(0)
			for r := lo; r < hi; r++ {
				if t.right[r] {
					good += p[r-lo]
				}
			}
			for r := lo; r < hi; r++ {
				q := p[r-lo]
				g[r] = q
				h[r] = max(q*(1-q), 1e-6)
				if t.right[r] {
					g[r] -= q / good
				}
				sample = append(sample, r)
			}
		}
		tree := grow(t, m.Edges, sample, g, h, o)
		for r := range score {
			score[r] += tree.Leaves[tree.Leaf(t.row(int32(r)))]
		}
		m.Trees = append(m.Trees, tree)
	}
}

// cell sums the derivatives of rows.
type cell struct {
	g, h float64
	n    int
}

// part is a leaf that may yet be split.
type part struct {
	lo, hi int // of the sample
	sum    cell
	hist   []cell
	gain   float64
	column int
	bin    int
	parent int // node whose child it is, -1 at the root
	left   bool
}

const maxBins = 64

// grow is one tree, the leaf of the greatest gain split first.
func grow(t *table, edges [][]float32, sample []int32, g, h []float32, o options) rank.Tree {
	histogram := func(p *part) {
		p.hist = make([]cell, t.columns*maxBins)
		for _, r := range sample[p.lo:p.hi] {
			gr, hr := float64(g[r]), float64(h[r])
			row := t.row(r)
			for c, b := range row {
				x := &p.hist[c*maxBins+int(b)]
				x.g += gr
				x.h += hr
				x.n++
			}
		}
	}
	best := func(p *part) {
		base := p.sum.g * p.sum.g / (p.sum.h + o.lambda)
		p.gain = 0
		for c := range t.columns {
			var left cell
			for b := range len(edges[c]) {
				x := &p.hist[c*maxBins+b]
				left.g += x.g
				left.h += x.h
				left.n += x.n
				if left.n < o.minRows {
					continue
				}
				if p.sum.n-left.n < o.minRows {
					break
				}
				rg, rh := p.sum.g-left.g, p.sum.h-left.h
				if gain := left.g*left.g/(left.h+o.lambda) + rg*rg/(rh+o.lambda) - base; gain > p.gain+1e-9 {
					p.gain, p.column, p.bin = gain, c, b
				}
			}
		}
	}
	root := &part{hi: len(sample), parent: -1}
	histogram(root)
	for b := range maxBins {
		x := root.hist[b]
		root.sum.g += x.g
		root.sum.h += x.h
		root.sum.n += x.n
	}
	best(root)
	parts := []*part{root}
	var tree rank.Tree
	for len(parts) < o.leaves {
		at := 0
		for i, p := range parts {
			if p.gain > parts[at].gain {
				at = i
			}
		}
		p := parts[at]
		if p.gain <= 0 {
			break
		}
		node := len(tree.Nodes)
		tree.Nodes = append(tree.Nodes, rank.Node{Column: uint8(p.column), Bin: uint8(p.bin)})
		link(&tree, p, int8(node))
		rows := sample[p.lo:p.hi]
		var right []int32
		n := 0
		for _, r := range rows {
			if t.bins[int(r)*t.columns+p.column] <= uint8(p.bin) {
				rows[n] = r
				n++
			} else {
				right = append(right, r)
			}
		}
		copy(rows[n:], right)
		a := &part{lo: p.lo, hi: p.lo + n, parent: node, left: true}
		b := &part{lo: p.lo + n, hi: p.hi, parent: node}
		small, big := a, b
		if n > len(right) {
			small, big = b, a
		}
		histogram(small)
		big.hist = p.hist
		for i := range big.hist {
			big.hist[i].g -= small.hist[i].g
			big.hist[i].h -= small.hist[i].h
			big.hist[i].n -= small.hist[i].n
		}
		for _, q := range []*part{a, b} {
			for i := range maxBins {
				x := q.hist[i]
				q.sum.g += x.g
				q.sum.h += x.h
				q.sum.n += x.n
			}
			best(q)
		}
		parts[at] = a
		parts = append(parts, b)
	}
	for i, p := range parts {
		link(&tree, p, int8(^i))
		tree.Leaves = append(tree.Leaves, rank.Round(-o.rate*p.sum.g/(p.sum.h+o.lambda)))
	}
	if len(tree.Nodes) == 0 { // nothing to split
		tree.Nodes = []rank.Node{{Left: -1, Right: -1}}
		tree.Leaves = append(tree.Leaves, 0)
	}
	return tree
}

// link makes child the child of its parent's node on its side.
func link(t *rank.Tree, p *part, child int8) {
	if p.parent < 0 {
		return
	}
	if p.left {
		t.Nodes[p.parent].Left = child
	} else {
		t.Nodes[p.parent].Right = child
	}
}
