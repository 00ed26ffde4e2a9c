// Package shape measures the tree of replies: how large, deep, wide and uneven
// it is, whoever wrote it and whatever was said. Ghosts and pingbacks are part
// of it, because replies hang on them; only measures that count comments say
// otherwise.
//
// There are two frames. In the rooted frame the article is node 0 and every
// top-level comment answers it; the measures of this frame have the plain
// names. In the forest frame there are comments only, at top level of depth 0;
// its measures are called forest-…. An index that is defined for one tree is
// given there for the largest one, the first of equals, and never summed over
// trees.
package shape

import (
	"math/bits"

	"threadheat/metrics"
)

// Tree is a thread with the article put on top, in reading order: node 0 is the
// article, node i+1 the comment with thread.Index i. The nodes below v are v+1 …
// v+Size[v]-1, so that a walk from the last node to the first meets children
// before parents. Callers must not change it.
type Tree struct {
	Parent   []int32 // -1 for the article
	Size     []int32 // of the subtree, the node itself included
	Children []int32
	Depth    []int32 // 0 for the article, 1 at top level
}

// Rooted is the Tree of a thread. O(n), 16 bytes a comment.
var Rooted = &metrics.Fact[*Tree]{Name: "tree", Compute: rooted}

func rooted(c *metrics.Context) (*Tree, error) {
	t := c.Thread
	n := t.Len() + 1
	tree := &Tree{make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)}
	tree.Parent[0], tree.Size[0] = -1, int32(n)
	for i := range t.All() {
		v, p := int32(i)+1, int32(t.Parent(i))+1
		tree.Parent[v] = p
		tree.Size[v] = int32(t.End(i) - i)
		tree.Depth[v] = int32(t.Depth(i)) + 1
		tree.Children[p]++
	}
	return tree, nil
}

// Comments is the number of nodes but for the article.
func (t *Tree) Comments() int { return len(t.Size) - 1 }

// part is a run of nodes of a Tree that holds one or several whole trees. Node 0
// of a part that is one tree is its root.
type part struct {
	size, children, depth, parent []int32

	first int32 // node of the Tree that is node 0 here
	top   int32 // depth of node 0 in the Tree
}

func (t *Tree) part(from, to int32) part {
	return part{t.Size[from:to], t.Children[from:to], t.Depth[from:to], t.Parent[from:to], from, t.Depth[from]}
}

// whole is the rooted frame, comments the forest frame.
func (t *Tree) whole() part    { return t.part(0, int32(len(t.Size))) }
func (t *Tree) comments() part { return t.part(1, int32(len(t.Size))) }

// below is the tree under node v.
func (t *Tree) below(v int32) part { return t.part(v, v+t.Size[v]) }

// largest is the largest tree of the forest frame, the first of equals. There
// must be a comment.
func (t *Tree) largest() part {
	best := int32(1)
	for r := range t.roots() {
		if t.Size[r] > t.Size[best] {
			best = r
		}
	}
	return t.below(best)
}

// roots walks the top-level comments.
func (t *Tree) roots() func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		for r := int32(1); int(r) < len(t.Size); r += t.Size[r] {
			if !yield(r) {
				return
			}
		}
	}
}

func (p part) len() int { return len(p.size) }

// up is the parent of node v of a part that is one tree. v must not be 0.
func (p part) up(v int) int { return int(p.parent[v] - p.first) }

// sum128 adds up counts that can outgrow 64 bits on long chains.
type sum128 struct{ hi, lo uint64 }

func (s *sum128) addProduct(a, b int32) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, lo, 0)
	s.hi, _ = bits.Add64(s.hi, hi, carry)
}

func (s sum128) float() float64 { return float64(s.hi)*(1<<64) + float64(s.lo) }
