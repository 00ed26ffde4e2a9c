// Package replygraph holds the graph of who answers whom, and measures what it
// falls apart into.
//
// Its nodes are the people who said something (metrics.Spoken), each unknown
// author one of their own. Answers to the article, to ghosts and to pingbacks
// make no edge; answers to oneself are counted beside the graph.
package replygraph

import (
	"slices"
	"sync"

	"gonum.org/v1/gonum/graph"

	"threadheat/metrics"
	"threadheat/thread"
)

// Graph is a directed graph of authors. An arc from a to b weighs as many
// comments of a as answer one of b. It implements gonum's
// graph.WeightedDirected, with AuthorIDs as node IDs, in flat arrays: some 16
// bytes an arc and 20 an author, and up to 10 an arc more for measures that do
// not ask who answered whom. Callers must not change what its methods return.
type Graph struct {
	authors []thread.AuthorID // the nodes, ascending
	node    []bool            // by AuthorID
	self    []int32           // by AuthorID
	out, in arcs
	replies int
	selfs   int

	once    sync.Once
	friends *friends // see undirected
}

// Arc is an arc to (or from) another author.
type Arc struct {
	Author  thread.AuthorID
	Replies int32
}

// arcs are the arcs of all authors: those of a are list[at[a]:at[a+1]], by
// Author.
type arcs struct {
	at   []int32
	list []Arc
}

func (s arcs) of(a thread.AuthorID) []Arc { return s.list[s.at[a]:s.at[a+1]] }

// Replies is the Graph of a thread. O(n log n).
var Replies = &metrics.Fact[*Graph]{Name: "reply graph", Compute: build}

func build(c *metrics.Context) (*Graph, error) {
	t := c.Thread
	g := &Graph{node: make([]bool, t.Authors()), self: make([]int32, t.Authors())}
	pairs := make([]uint64, 0, t.Len()) // from << 32 | to, one a reply
	for i := range t.All() {
		if !metrics.Spoken(t, i) {
			continue
		}
		from := t.Author(i)
		g.node[from] = true
		p := t.Parent(i)
		if p == thread.NoIndex || !metrics.Spoken(t, p) {
			continue
		}
		if to := t.Author(p); to != from {
			pairs = append(pairs, uint64(from)<<32|uint64(to))
		} else {
			g.self[from]++
			g.selfs++
		}
	}
	g.connect(pairs)
	return g, nil
}

// Of is the graph of authors 0 to n−1 with the given answers, each from one author
// to another; answers to oneself are only counted. O(n + answers · log answers).
func Of(n int, answers [][2]thread.AuthorID) *Graph {
	g := &Graph{node: slices.Repeat([]bool{true}, n), self: make([]int32, n)}
	pairs := make([]uint64, 0, len(answers))
	for _, a := range answers {
		if a[0] == a[1] {
			g.self[a[0]]++
			g.selfs++
			continue
		}
		pairs = append(pairs, uint64(a[0])<<32|uint64(a[1]))
	}
	g.connect(pairs)
	return g
}

// connect makes the arcs of pairs, from << 32 | to, one a reply.
func (g *Graph) connect(pairs []uint64) {
	for a, is := range g.node {
		if is {
			g.authors = append(g.authors, thread.AuthorID(a))
		}
	}
	g.replies = len(pairs)
	g.out = collect(pairs, len(g.node))
	g.in = g.out.turned()
}

// collect sorts pairs and counts equal ones.
func collect(pairs []uint64, authors int) arcs {
	slices.Sort(pairs)
	n := 0
	for i, p := range pairs {
		if i == 0 || p != pairs[i-1] {
			n++
		}
	}
	s := arcs{at: make([]int32, authors+1), list: make([]Arc, 0, n)}
	for i, p := range pairs {
		if i > 0 && p == pairs[i-1] {
			s.list[len(s.list)-1].Replies++
			continue
		}
		s.list = append(s.list, Arc{thread.AuthorID(uint32(p)), 1})
		s.at[p>>32+1]++
	}
	for a := range authors {
		s.at[a+1] += s.at[a]
	}
	return s
}

// turned are the arcs the other way round.
func (s arcs) turned() arcs {
	back := arcs{at: make([]int32, len(s.at)), list: make([]Arc, len(s.list))}
	for _, arc := range s.list {
		back.at[arc.Author+1]++
	}
	for a := range len(back.at) - 1 {
		back.at[a+1] += back.at[a]
	}
	next := slices.Clone(back.at) // where the next arc of each author goes
	for a := range len(s.at) - 1 {
		for _, arc := range s.of(thread.AuthorID(a)) {
			back.list[next[arc.Author]] = Arc{thread.AuthorID(a), arc.Replies}
			next[arc.Author]++
		}
	}
	return back
}

// Authors are the nodes, ascending.
func (g *Graph) Authors() []thread.AuthorID { return g.authors }

// Arcs is the number of arcs: of ordered pairs of authors of whom the first
// answered the second.
func (g *Graph) Arcs() int { return len(g.out.list) }

// Replies is the sum of the weights of all arcs.
func (g *Graph) Replies() int { return g.replies }

// SelfReplies is the number of answers to oneself, which are not in Replies.
func (g *Graph) SelfReplies() int { return g.selfs }

// SelfRepliesOf is how often a answered themselves.
func (g *Graph) SelfRepliesOf(a thread.AuthorID) int { return int(g.self[a]) }

// Out are the arcs from a, In those to a, by Author.
func (g *Graph) Out(a thread.AuthorID) []Arc { return g.out.of(a) }

// In are the arcs to a, by Author.
func (g *Graph) In(a thread.AuthorID) []Arc { return g.in.of(a) }

// Between is how often from answered to, 0 where never or where they are the
// same. O(log arcs of from).
func (g *Graph) Between(from, to thread.AuthorID) int {
	list := g.out.of(from)
	k, ok := slices.BinarySearchFunc(list, to, func(a Arc, to thread.AuthorID) int { return int(a.Author) - int(to) })
	if !ok {
		return 0
	}
	return int(list[k].Replies)
}

// The rest is gonum's graph.WeightedDirected.

var _ graph.WeightedDirected = (*Graph)(nil)

// Node is an author as a node of gonum's.
type Node thread.AuthorID

// ID implements graph.Node.
func (n Node) ID() int64 { return int64(n) }

// edge is an arc as an edge of gonum's.
type edge struct {
	from, to Node
	weight   float64
}

func (e edge) From() graph.Node         { return e.from }
func (e edge) To() graph.Node           { return e.to }
func (e edge) ReversedEdge() graph.Edge { return edge{e.to, e.from, e.weight} }
func (e edge) Weight() float64          { return e.weight }

func (g *Graph) has(id int64) bool { return 0 <= id && id < int64(len(g.node)) && g.node[id] }

// Node implements graph.Graph.
func (g *Graph) Node(id int64) graph.Node {
	if !g.has(id) {
		return nil
	}
	return Node(id)
}

// Nodes implements graph.Graph.
func (g *Graph) Nodes() graph.Nodes {
	return &nodes[thread.AuthorID]{list: g.authors, id: func(a thread.AuthorID) Node { return Node(a) }}
}

// From implements graph.Graph.
func (g *Graph) From(id int64) graph.Nodes { return g.neighbours(g.out, id) }

// To implements graph.Directed.
func (g *Graph) To(id int64) graph.Nodes { return g.neighbours(g.in, id) }

func (g *Graph) neighbours(s arcs, id int64) graph.Nodes {
	if !g.has(id) {
		return graph.Empty
	}
	return &nodes[Arc]{list: s.of(thread.AuthorID(id)), id: func(a Arc) Node { return Node(a.Author) }}
}

// HasEdgeFromTo implements graph.Directed.
func (g *Graph) HasEdgeFromTo(uid, vid int64) bool {
	return g.has(uid) && g.has(vid) && g.Between(thread.AuthorID(uid), thread.AuthorID(vid)) > 0
}

// HasEdgeBetween implements graph.Graph.
func (g *Graph) HasEdgeBetween(xid, yid int64) bool {
	return g.HasEdgeFromTo(xid, yid) || g.HasEdgeFromTo(yid, xid)
}

// Edge implements graph.Graph.
func (g *Graph) Edge(uid, vid int64) graph.Edge {
	if e := g.WeightedEdge(uid, vid); e != nil {
		return e
	}
	return nil
}

// WeightedEdge implements graph.Weighted.
func (g *Graph) WeightedEdge(uid, vid int64) graph.WeightedEdge {
	if !g.HasEdgeFromTo(uid, vid) {
		return nil
	}
	return edge{Node(uid), Node(vid), float64(g.Between(thread.AuthorID(uid), thread.AuthorID(vid)))}
}

// Weight implements graph.Weighted. Answers to oneself are no edge: the weight
// of a node to itself is 0.
func (g *Graph) Weight(xid, yid int64) (w float64, ok bool) {
	if xid == yid {
		return 0, g.has(xid)
	}
	if !g.HasEdgeFromTo(xid, yid) {
		return 0, false
	}
	return float64(g.Between(thread.AuthorID(xid), thread.AuthorID(yid))), true
}

// nodes walks authors as gonum's graph.Nodes.
type nodes[T any] struct {
	list []T
	id   func(T) Node
	next int
}

func (n *nodes[T]) Next() bool {
	if n.next < len(n.list) {
		n.next++
		return true
	}
	n.next = len(n.list) + 1
	return false
}

func (n *nodes[T]) Node() graph.Node {
	if n.next == 0 || n.next > len(n.list) {
		return nil
	}
	return n.id(n.list[n.next-1])
}

func (n *nodes[T]) Len() int { return max(0, len(n.list)-n.next) }

func (n *nodes[T]) Reset() { n.next = 0 }
