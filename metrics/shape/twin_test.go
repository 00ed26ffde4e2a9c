package shape

import (
	"math"
	"slices"
	"testing"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// twin is a tree as the definitions of the indices see it: nodes, children, and
// the distances between all pairs. Everything here is slow and says what the
// textbook says; none of it shares code with the package.
type twin struct {
	kids [][]int
	up   []int // -1 for the root, or where the nodes are several trees
	dist [][]float64
}

// twinOf makes a twin of some comments of a thread; with the article as node 0
// where rooted.
func twinOf(t *thread.Thread, comments []thread.Index, rooted bool) twin {
	node := map[thread.Index]int{}
	var w twin
	if rooted {
		node[thread.NoIndex] = 0
		w.up = append(w.up, -1)
	}
	for _, i := range comments {
		node[i] = len(w.up)
		w.up = append(w.up, -1)
	}
	n := len(w.up)
	w.kids = make([][]int, n)
	w.dist = make([][]float64, n)
	for v := range w.dist {
		w.dist[v] = slices.Repeat([]float64{math.Inf(1)}, n)
		w.dist[v][v] = 0
	}
	for _, i := range comments {
		v := node[i]
		if p, ok := node[t.Parent(i)]; ok {
			w.up[v] = p
			w.kids[p] = append(w.kids[p], v)
			w.dist[v][p], w.dist[p][v] = 1, 1
		}
	}
	for k := range n { // Floyd-Warshall
		for i := range n {
			for j := range n {
				w.dist[i][j] = min(w.dist[i][j], w.dist[i][k]+w.dist[k][j])
			}
		}
	}
	return w
}

// root is above v, or v itself.
func (w twin) root(v int) int {
	for w.up[v] >= 0 {
		v = w.up[v]
	}
	return v
}

func (w twin) depth(v int) float64 { return w.dist[v][w.root(v)] }

func (w twin) leaves() []int {
	var out []int
	for v, k := range w.kids {
		if len(k) == 0 {
			out = append(out, v)
		}
	}
	return out
}

func (w twin) wiener() float64 {
	var sum float64
	for i := range w.dist {
		for j := range i {
			sum += w.dist[i][j]
		}
	}
	return sum
}

func (w twin) virality() float64 {
	n := float64(len(w.up))
	if n < 2 {
		return math.NaN()
	}
	var sum float64
	for i := range w.dist {
		for j := range w.dist {
			sum += w.dist[i][j]
		}
	}
	return sum / (n * (n - 1))
}

func (w twin) maxDepth() float64 {
	var deepest float64
	for v := range w.up {
		deepest = max(deepest, w.depth(v))
	}
	return deepest
}

func (w twin) meanDepth() float64 {
	var sum float64
	for v := range w.up {
		sum += w.depth(v)
	}
	return sum / float64(len(w.up))
}

func (w twin) width(d float64) int {
	n := 0
	for v := range w.up {
		if w.depth(v) == d {
			n++
		}
	}
	return n
}

func (w twin) maxWidth() float64 {
	most := 0
	for d := 0.; d <= w.maxDepth(); d++ {
		most = max(most, w.width(d))
	}
	return float64(most)
}

func (w twin) hIndex() float64 {
	for h := len(w.up); h > 0; h-- {
		all := true
		for k := 1; k <= h; k++ {
			all = all && w.width(float64(k)) >= k
		}
		if all {
			return float64(h)
		}
	}
	return 0
}

func (w twin) leafRatio() float64 { return float64(len(w.leaves())) / float64(len(w.up)) }

func (w twin) branching() float64 {
	var kids, inner float64
	for _, k := range w.kids {
		if len(k) > 0 {
			kids += float64(len(k))
			inner++
		}
	}
	return kids / inner
}

func (w twin) meanChildren() float64 {
	var kids float64
	for _, k := range w.kids {
		kids += float64(len(k))
	}
	return kids / float64(len(w.kids))
}

// childGini is half the relative mean difference.
func (w twin) childGini() float64 {
	var xs []float64
	for _, k := range w.kids {
		xs = append(xs, float64(len(k)))
	}
	return giniTwin(xs)
}

func giniTwin(xs []float64) float64 {
	var difference, sum float64
	for _, x := range xs {
		sum += x
		for _, y := range xs {
			difference += math.Abs(x - y)
		}
	}
	if sum == 0 {
		return 0
	}
	return difference / (2 * float64(len(xs)) * sum)
}

func (w twin) sackin() float64 {
	var sum float64
	for _, l := range w.leaves() {
		sum += w.depth(l)
	}
	return sum
}

func (w twin) averageLeafDepth() float64 { return w.sackin() / float64(len(w.leaves())) }

func (w twin) under(v int) []int {
	out := []int{v}
	for _, k := range w.kids[v] {
		out = append(out, w.under(k)...)
	}
	return out
}

func (w twin) collessLike() float64 {
	var sum float64
	for v := range w.kids {
		var sizes []float64
		for _, k := range w.kids[v] {
			size := 0.
			for _, u := range w.under(k) {
				size += math.Log(float64(len(w.kids[u])) + math.E)
			}
			sizes = append(sizes, size)
		}
		n := len(sizes)
		if n == 0 {
			continue
		}
		slices.Sort(sizes)
		median := (sizes[(n-1)/2] + sizes[n/2]) / 2
		var deviation float64
		for _, s := range sizes {
			deviation += math.Abs(s - median)
		}
		sum += deviation / float64(n)
	}
	return sum
}

// cophenetic adds up the depths of the lowest common ancestors of all pairs of
// leaves.
func (w twin) cophenetic() float64 {
	var sum float64
	for _, a := range w.leaves() {
		for _, b := range w.leaves() {
			if a >= b {
				continue
			}
			lca := a
			for !slices.Contains(w.under(lca), b) {
				lca = w.up[lca]
			}
			sum += w.depth(lca)
		}
	}
	return sum
}

func (w twin) b2() float64 {
	var sum float64
	for _, l := range w.leaves() {
		p := 1.
		for v := l; w.up[v] >= 0; v = w.up[v] {
			p /= float64(len(w.kids[w.up[v]]))
		}
		sum -= p * math.Log2(p)
	}
	return sum
}

func (w twin) strahler() float64 { return float64(w.strahlerOf(0)) }

func (w twin) strahlerOf(v int) int {
	most, times := 0, 0
	for _, k := range w.kids[v] {
		switch s := w.strahlerOf(k); {
		case s > most:
			most, times = s, 1
		case s == most:
			times++
		}
	}
	if times == 0 {
		return 1
	}
	if times > 1 {
		return most + 1
	}
	return most
}

func (w twin) randic() float64 {
	var sum float64
	degree := func(v int) (d float64) {
		for u := range w.up {
			if w.dist[v][u] == 1 {
				d++
			}
		}
		return d
	}
	for i := range w.dist {
		for j := range i {
			if w.dist[i][j] == 1 {
				sum += 1 / math.Sqrt(degree(i)*degree(j))
			}
		}
	}
	return sum
}

func (w twin) cascade() float64 {
	var total float64
	for v := range w.up {
		var sum, n float64
		for u := range w.up {
			for a := u; w.up[a] >= 0; a = w.up[a] { // u below v?
				if w.up[a] == v {
					sum, n = sum+w.dist[v][u], n+1
				}
			}
		}
		if n > 0 {
			total += sum / n
		}
	}
	return total
}

// widths counts the nodes at each depth.
func (w twin) widths() map[float64]float64 {
	at := map[float64]float64{}
	for v := range w.up {
		at[w.depth(v)]++
	}
	return at
}

func (w twin) meanWidth() float64 { return float64(len(w.up)) / float64(len(w.widths())) }

func (w twin) depthOverWidth() float64 {
	var sum float64
	for d, n := range w.widths() {
		sum += d / n
	}
	return sum
}

// The indices defined for one tree, and those counted over all nodes.
var (
	treeTwins = map[string]func(twin) float64{
		"wiener-index":        twin.wiener,
		"structural-virality": twin.virality,
		"sackin":              twin.sackin,
		"average-leaf-depth":  twin.averageLeafDepth,
		"colless-like":        twin.collessLike,
		"cophenetic":          twin.cophenetic,
		"b2":                  twin.b2,
		"strahler":            twin.strahler,
		"randic-index":        twin.randic,
		"cascade-virality":    twin.cascade,
	}
	nodeTwins = map[string]func(twin) float64{
		"level-entropy": func(w twin) float64 {
			bits, n := 0.0, float64(len(w.up))
			for v := range w.up { // each node tells of its own level
				bits -= math.Log2(float64(w.width(w.depth(v)))/n) / n
			}
			return bits
		},
		"max-depth":        twin.maxDepth,
		"mean-depth":       twin.meanDepth,
		"max-width":        twin.maxWidth,
		"h-index":          twin.hIndex,
		"leaf-ratio":       twin.leafRatio,
		"branching":        twin.branching,
		"mean-children":    twin.meanChildren,
		"child-gini":       twin.childGini,
		"mean-width":       twin.meanWidth,
		"depth-over-width": twin.depthOverWidth,
	}
)

// onlyRooted are the twins of what has no forest frame.
var onlyRooted = map[string]func(*thread.Thread) float64{
	"comments": func(t *thread.Thread) float64 { return float64(t.Len()) },
	"roots":    func(t *thread.Thread) float64 { return float64(len(treesOf(t))) },
	"replies": func(t *thread.Thread) float64 {
		n := 0
		for i := range t.All() {
			if t.Parent(i) != thread.NoIndex {
				n++
			}
		}
		return float64(n)
	},
	"replied-root-fraction": func(t *thread.Thread) float64 {
		replied := 0
		for _, tree := range treesOf(t) {
			if len(tree) > 1 {
				replied++
			}
		}
		return float64(replied) / float64(len(treesOf(t)))
	},
	"longest-chain": func(t *thread.Thread) float64 {
		longest := 0
		for i := range t.All() {
			n := 1
			for at := i; ; n++ {
				kids := slices.Collect(t.Replies(at))
				if len(kids) != 1 {
					break
				}
				at = kids[0]
			}
			longest = max(longest, n)
		}
		return float64(longest)
	},
	"subtree-entropy": func(t *thread.Thread) float64 {
		var bits float64
		for _, tree := range treesOf(t) {
			p := float64(len(tree)) / float64(t.Len())
			bits -= p * math.Log2(p)
		}
		return bits
	},
	"subtree-gini": func(t *thread.Thread) float64 {
		var sizes []float64
		for _, tree := range treesOf(t) {
			sizes = append(sizes, float64(len(tree)))
		}
		return giniTwin(sizes)
	},
}

// treesOf groups the comments by their top-level comment.
func treesOf(t *thread.Thread) [][]thread.Index {
	var trees [][]thread.Index
	at := map[thread.Index]int{}
	for i := range t.All() {
		root := i
		for p := range t.Ancestors(i) {
			root = p
		}
		if root == i {
			at[i] = len(trees)
			trees = append(trees, nil)
		}
		trees[at[root]] = append(trees[at[root]], i)
	}
	return trees
}

var all = []*metrics.Measure{
	Comments, Roots, Replies, RepliedRootFraction, MaxDepth, ForestMaxDepth, MeanDepth, ForestMeanDepth, LongestChain,
	MaxWidth, ForestMaxWidth, HIndex, ForestHIndex, LeafRatio, ForestLeafRatio, MeanChildren, ForestMeanChildren,
	Branching, ForestBranching, ChildGini, ForestChildGini, WienerIndex, ForestWienerIndex, StructuralVirality,
	ForestStructuralVirality, Sackin, ForestSackin, AverageLeafDepth, ForestAverageLeafDepth, CollessLike,
	ForestCollessLike, Cophenetic, ForestCophenetic, B2, ForestB2, Strahler, ForestStrahler, SubtreeEntropy, SubtreeGini,
	Randic, ForestRandic, CascadeVirality, ForestCascadeVirality, MeanWidth, ForestMeanWidth, DepthOverWidth, ForestDepthOverWidth,
	LevelEntropy, ForestLevelEntropy,
}

// Every measure of shape agrees with its twin on all forests of up to 8
// comments (7 with -short), 46,233 of them.
func TestTwinsOnAllSmallForests(t *testing.T) {
	largest := 8
	if testing.Short() {
		largest = 7
	}
	for n := 1; n <= largest; n++ {
		for parents := range fixtures.AllForests(n) {
			checkForest(t, parents)
			if t.Failed() {
				return
			}
		}
	}
	if want := 2*len(treeTwins) + 2*len(nodeTwins) + len(onlyRooted); want != len(all) {
		t.Errorf("%d measures have a twin, want all %d", want, len(all))
	}
}

// checkForest compares every measure with its twin.
func checkForest(t *testing.T, parents []int) {
	th := testthread.Build(testthread.Shape(parents...))
	table := run(t, th)
	comments := slices.Collect(th.All())
	trees := treesOf(th)
	big := trees[0]
	for _, tree := range trees {
		if len(tree) > len(big) {
			big = tree
		}
	}
	rooted, forest, tree := twinOf(th, comments, true), twinOf(th, comments, false), twinOf(th, big, false)
	for name, f := range treeTwins {
		checkTwin(t, table, name, f(rooted), parents)
		checkTwin(t, table, "forest-"+name, f(tree), parents)
	}
	for name, f := range nodeTwins {
		checkTwin(t, table, name, f(rooted), parents)
		checkTwin(t, table, "forest-"+name, f(forest), parents)
	}
	for name, f := range onlyRooted {
		checkTwin(t, table, name, f(th), parents)
	}
}

// FuzzTwins is the same for larger forests: byte k says which of the k comments
// before it, or the article, comment k answers.
func FuzzTwins(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte("a bushy one, with many trees"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 40 {
			return // nothing to compare, or too slow for the twins
		}
		parents := make([]int, len(data))
		for k, b := range data {
			parents[k] = int(b)%(k+1) - 1
		}
		checkForest(t, parents)
	})
}

// checkTwin compares a value with that of its twin; NaN is undefined.
func checkTwin(t *testing.T, table *metrics.Table, name string, want float64, parents []int) {
	v := table.Value(name)
	if v.Defined() == math.IsNaN(want) || v.Defined() && math.Abs(v.X-want) > 1e-9 {
		t.Errorf("parents %v: %s = %v (defined %v), the definition gives %v", parents, name, v.X, v.Defined(), want)
	}
}

func run(t *testing.T, th *thread.Thread) *metrics.Table {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), all)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
