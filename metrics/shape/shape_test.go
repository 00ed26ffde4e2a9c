package shape

import (
	"math"
	"math/big"
	"testing"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// Closed forms for the families of trees that the literature uses. star, path
// and full binary tree are trees of comments, so that the first comment is the
// root and the forest frame holds.
func TestPublishedTrees(t *testing.T) {
	star := func(n int) []int { // n comments, all but one answer the first
		parents := make([]int, n)
		parents[0] = -1
		return parents
	}
	binary := []int{-1, 0, 0, 1, 1, 2, 2}
	// The thread that ConvoKit, delab-trees and MKLab's measures were run on.
	peers := []int{-1, 0, 1, 2, 0, 1, 5, 0, 4, 3, 9, 7}
	for _, tt := range []struct {
		tree    string
		parents []int
		name    string
		want    float64
	}{
		{"star of 10", star(10), "forest-structural-virality", 1.8}, // 2(N−1)/N
		{"star of 10", star(10), "forest-wiener-index", 81},         // (N−1)²
		{"star of 10", star(10), "forest-colless-like", 0},
		{"star of 10", star(10), "forest-cophenetic", 0},
		{"star of 8 and its root", star(9), "forest-b2", 3},
		{"path of 10", testthread.Chain(10), "forest-structural-virality", 11. / 3}, // (N+1)/3
		{"path of 10", testthread.Chain(10), "forest-wiener-index", 165},            // C(N+1, 3)
		{"path of 10", testthread.Chain(10), "forest-strahler", 1},
		{"path of 10", testthread.Chain(10), "forest-colless-like", 0},
		{"path of 10", testthread.Chain(10), "forest-sackin", 9},
		{"path of 10", testthread.Chain(10), "forest-b2", 0},
		{"full binary of 7", binary, "forest-wiener-index", 48},
		{"full binary of 7", binary, "forest-structural-virality", 16. / 7},
		{"full binary of 7", binary, "forest-strahler", 3},
		{"full binary of 7", binary, "forest-colless-like", 0},
		{"full binary of 7", binary, "forest-b2", 2},
		{"full binary of 7", binary, "forest-cophenetic", 2}, // two pairs of leaves meet at depth 1
		{"peers' tree", peers, "forest-structural-virality", 3.303030303030303},
		{"peers' tree", peers, "forest-max-depth", 5},
		{"peers' tree", peers, "forest-mean-depth", 13. / 6},
		{"peers' tree", peers, "forest-max-width", 4},
		{"peers' tree", peers, "forest-h-index", 2},
	} {
		v := run(t, testthread.Build(testthread.Shape(tt.parents...))).Value(tt.name)
		if !v.Defined() || math.Abs(v.X-tt.want) > 1e-12 {
			t.Errorf("%s: %s = %v (defined %v), want %v", tt.tree, tt.name, v.X, v.Defined(), tt.want)
		}
	}
}

// Of all trees of N nodes the star has the smallest virality and the path the
// largest; B2 is at most log₂ of the leaves; the h-index needs h levels.
func TestBounds(t *testing.T) {
	for n := 2; n <= 7; n++ {
		for parents := range fixtures.AllForests(n) {
			table := run(t, testthread.Build(testthread.Shape(parents...)))
			N := float64(n + 1)
			nu := table.Value("structural-virality").X
			if nu < 2*(N-1)/N-1e-12 || nu > (N+1)/3+1e-12 {
				t.Errorf("parents %v: virality %v is outside [2(N−1)/N, (N+1)/3]", parents, nu)
			}
			leaves := table.Value("leaf-ratio").X * N
			if b := table.Value("b2").X; b > math.Log2(leaves)+1e-12 {
				t.Errorf("parents %v: B2 %v exceeds log₂ of %v leaves", parents, b, leaves)
			}
			if h, d := table.Value("h-index").X, table.Value("max-depth").X; h > d {
				t.Errorf("parents %v: h-index %v exceeds the depth %v", parents, h, d)
			}
			if d, f := table.Value("max-depth").X, table.Value("forest-max-depth").X; d != f+1 {
				t.Errorf("parents %v: depth %v with the article, %v without, want one more", parents, d, f)
			}
		}
	}
}

// Two subtrees of equal shape whose parts stand in another order balance
// exactly, not to the last bit but one.
func TestCollessLikeKnowsMirrorImages(t *testing.T) {
	of := func(parents ...int) float64 {
		return run(t, testthread.Build(testthread.Shape(parents...))).Value("forest-colless-like").X
	}
	// 1 and 2 are answered by a leaf, a node of three leaves and a node of two.
	same := of(-1, 0, 0, 1, 1, 1, 4, 4, 4, 5, 5, 2, 2, 2, 12, 12, 12, 13, 13)
	mirrored := of(-1, 0, 0, 1, 1, 1, 4, 4, 4, 5, 5, 2, 2, 2, 11, 11, 12, 12, 12)
	if same != mirrored {
		t.Errorf("mirrored %v, same order %v: differ by %g", mirrored, same, mirrored-same)
	}
}

// Empty threads have counts of 0 and no ratios.
func TestFewComments(t *testing.T) {
	empty := run(t, testthread.Build(nil))
	for _, tt := range []struct {
		name string
		want float64 // NaN is undefined
	}{
		{"comments", 0}, {"roots", 0}, {"replies", 0}, {"max-depth", 0}, {"forest-max-depth", 0}, {"max-width", 0},
		{"h-index", 0}, {"wiener-index", 0}, {"sackin", 0}, {"longest-chain", 0}, {"strahler", 0},
		{"mean-depth", math.NaN()}, {"leaf-ratio", math.NaN()}, {"forest-leaf-ratio", math.NaN()}, {"branching", math.NaN()},
		{"child-gini", math.NaN()}, {"structural-virality", math.NaN()}, {"forest-structural-virality", math.NaN()},
		{"replied-root-fraction", math.NaN()}, {"subtree-entropy", math.NaN()}, {"subtree-gini", math.NaN()},
	} {
		checkTwin(t, empty, tt.name, tt.want, nil)
	}
	one := run(t, testthread.Build(testthread.Shape(-1)))
	for _, tt := range []struct {
		name string
		want float64
	}{
		{"comments", 1}, {"max-depth", 1}, {"forest-max-depth", 0}, {"structural-virality", 1},
		{"forest-structural-virality", math.NaN()}, {"wiener-index", 1}, {"forest-wiener-index", 0}, {"sackin", 1},
		{"forest-sackin", 0}, {"strahler", 1}, {"forest-branching", math.NaN()}, {"child-gini", .5}, {"forest-child-gini", 0},
	} {
		checkTwin(t, one, tt.name, tt.want, []int{-1})
	}
}

// A ghost holds its replies up but is no comment of the input; pingbacks are
// counted as the blog counts them, notices of the system are not.
func TestGhostsAndNotices(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for _, c := range []thread.Comment{
		{ID: "a", Parent: "lost"}, {ID: "b", Parent: "lost"},
		{ID: "p", Kind: thread.Pingback}, {ID: "s", Kind: thread.System},
	} {
		b.Add(c)
	}
	th := b.Build()
	table := run(t, th)
	for name, want := range map[string]float64{"comments": 3, "roots": 3, "replies": 2, "forest-max-depth": 1, "max-width": 3} {
		checkTwin(t, table, name, want, nil)
	}
}

// 50,000 comments in a line and in a crowd: no recursion, and the closed forms
// hold to the last bit that a float64 has.
func TestLargeChainAndStar(t *testing.T) {
	const n = 50_000
	N := int64(n + 1)
	wienerOfPath := new(big.Int).Div(new(big.Int).Mul(new(big.Int).Mul(big.NewInt(N-1), big.NewInt(N)), big.NewInt(N+1)), big.NewInt(6))
	exact, _ := new(big.Float).SetInt(wienerOfPath).Float64()
	chain := run(t, testthread.Build(testthread.Shape(testthread.Chain(n)...)))
	for name, want := range map[string]float64{
		"wiener-index": exact, "structural-virality": float64(N+1) / 3, "max-depth": n, "sackin": n, "strahler": 1,
		"b2": 0, "colless-like": 0, "h-index": 1, "longest-chain": n, "cophenetic": 0, "roots": 1,
	} {
		checkTwin(t, chain, name, want, nil)
	}
	star := run(t, testthread.Build(testthread.Shape(testthread.Star(n)...)))
	for name, want := range map[string]float64{
		"wiener-index": n * n, "structural-virality": 2 * n / float64(N), "max-depth": 1, "sackin": n, "strahler": 2,
		"colless-like": 0, "h-index": 1, "longest-chain": 1, "cophenetic": 0, "roots": n, "max-width": n,
		"b2": math.Log2(n), "subtree-entropy": math.Log2(n), "subtree-gini": 0,
	} {
		checkTwin(t, star, name, want, nil)
	}
}

// The sums do not wrap round where 64 bits end: beyond 4.8 million comments in
// a line.
func TestSumsBeyond64Bits(t *testing.T) {
	var s sum128
	want := new(big.Int)
	for k := int32(1); k < math.MaxInt32-1<<20; k += 1 << 20 {
		for range 8 {
			s.addProduct(k, math.MaxInt32)
			want.Add(want, new(big.Int).Mul(big.NewInt(int64(k)), big.NewInt(math.MaxInt32)))
		}
	}
	exact, _ := new(big.Float).SetInt(want).Float64()
	if want.BitLen() <= 64 {
		t.Fatalf("the sum has %d bits: the test tests nothing", want.BitLen())
	}
	if got := s.float(); math.Abs(got/exact-1) > 1e-15 {
		t.Errorf("sum = %v, want %v", got, exact)
	}
}

func BenchmarkAllOfAMillion(b *testing.B) {
	th := fixtures.Build(fixtures.Million(1))
	for b.Loop() {
		if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), all); err != nil {
			b.Fatal(err)
		}
	}
}

// The tree of twelve of which other programs' values are published: r(c1(c2(c3(c9(c10))) c5(c6)) c4(c8) c7(c11)).
func TestAgainstPeers(t *testing.T) {
	th := testthread.Build(testthread.Shape(-1, 0, 1, 2, 0, 1, 5, 0, 4, 3, 9, 7))
	table := run(t, th)
	for name, want := range map[string]float64{
		"forest-structural-virality": 3.303030303030303,
		"forest-randic-index":        5.794753619934976,
		"forest-depth-over-width":    11.333333333333332,
		"forest-mean-width":          2,
		"forest-mean-depth":          2.1666666666666665,
		"forest-max-depth":           5,
		"forest-max-width":           4,
		"forest-h-index":             2,
	} {
		if v := table.Value(name); !v.Defined() || math.Abs(v.X-want) > 1e-9 {
			t.Errorf("%s = %v, want %v", name, v.X, want)
		}
	}
}
