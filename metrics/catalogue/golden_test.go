package catalogue

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/pace"
	"threadheat/metrics/shape"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
)

// The values below were worked out by hand and with other programs from the two
// real pages with comments, before this program existed.

// golden is one of these values. Undefined is NaN.
type golden struct {
	scope metrics.Scope
	name  string
	at    int // which comment, author or pair
	want  float64
	n     int
}

var undefined = math.NaN()

const (
	ofThread  = metrics.PerThread
	ofComment = metrics.PerComment
	ofAuthor  = metrics.PerAuthor
	ofPair    = metrics.PerPair
)

func TestGoldenNested(t *testing.T) {
	th := realPage(t, "004_de8b060ac039dc55.txt")
	c := metrics.NewContext(th, metrics.Options{})
	checkGolden(t, c, []golden{
		{ofThread, "comments", 0, 7, 7},
		{ofThread, "roots", 0, 4, 7},
		{ofThread, "replies", 0, 3, 7},
		{ofThread, "max-depth", 0, 4, 8},
		{ofThread, "forest-max-depth", 0, 3, 7},
		{ofThread, "mean-depth", 0, 13. / 8, 8},
		{ofThread, "forest-mean-depth", 0, 6. / 7, 7},
		{ofThread, "longest-chain", 0, 4, 7},
		{ofThread, "max-width", 0, 4, 8},
		{ofThread, "forest-max-width", 0, 4, 7},
		{ofThread, "leaf-ratio", 0, .5, 8},
		{ofThread, "forest-leaf-ratio", 0, 4. / 7, 7},
		{ofThread, "branching", 0, 1.75, 8},
		{ofThread, "forest-branching", 0, 1, 7},
		{ofThread, "mean-children", 0, 7. / 8, 8},
		{ofThread, "forest-mean-children", 0, 3. / 7, 7},
		{ofThread, "child-gini", 0, .660714, 8},
		{ofThread, "forest-child-gini", 0, 4. / 7, 7},
		{ofThread, "wiener-index", 0, 71, 8},
		{ofThread, "forest-wiener-index", 0, 10, 4},
		{ofThread, "structural-virality", 0, 71. / 28, 8},
		{ofThread, "forest-structural-virality", 0, 5. / 3, 4},
		{ofThread, "h-index", 0, 1, 8},
		{ofThread, "sackin", 0, 7, 8},
		{ofThread, "forest-sackin", 0, 3, 4},
		{ofThread, "average-leaf-depth", 0, 1.75, 4},
		{ofThread, "colless-like", 0, .984946, 8},
		{ofThread, "cophenetic", 0, 0, 8},
		{ofThread, "b2", 0, 2, 8},
		{ofThread, "strahler", 0, 2, 8},
		{ofThread, "forest-strahler", 0, 1, 4},
		{ofThread, "replied-root-fraction", 0, .25, 4},
		{ofThread, "lifetime", 0, 11252, 7},
		{ofThread, "half-life", 0, 3635, 7},

		{ofThread, "latency-median", 0, 333, 3},
		{ofThread, "mean-gap", 0, 11252. / 6, 6},
		{ofThread, "burstiness", 0, .127700, 6},
		{ofThread, "burstiness-kim-jo", 0, .385664, 6},
		{ofThread, "memory", 0, -.496741, 6},
		{ofThread, "re-entry-rate", 0, 1, 2},
		{ofThread, "distinct-author-share", 0, 2. / 7, 7},

		{ofThread, "authors", 0, 2, 7},
		{ofThread, "words", 0, 1656, 7},
		{ofThread, "author-gini", 0, 1. / 14, 2},
		{ofThread, "author-entropy", 0, .985228, 2},
		{ofThread, "author-hhi", 0, .510204, 2},
		{ofThread, "author-top-share", 0, 4. / 7, 2},
		{ofThread, "author-top-share-words", 0, 1275. / 1656, 2},
		{ofThread, "density", 0, 1, 2},
		{ofThread, "reciprocity", 0, 1, 2},
		{ofThread, "reciprocity-weighted", 0, 2. / 3, 3},
		{ofThread, "reciprocity-corrected", 0, undefined, 2},

		{ofAuthor, "comments", 0, 4, 4}, // quinctius cincinnatus, who stands first on the page
		{ofAuthor, "comments", 1, 3, 3},
		{ofAuthor, "words", 0, 381, 4},
		{ofAuthor, "words", 1, 1275, 3},
		{ofAuthor, "replies-given", 0, 2, 4},
		{ofAuthor, "replies-given", 1, 1, 3},

		{ofPair, "turns", 0, 4, 4},
		{ofPair, "alternation", 0, 1, 4},
		{ofPair, "turn-balance", 0, 1, 4},
		{ofPair, "words-a", 0, 900, 4},
		{ofPair, "words-b", 0, 225, 4},
		{ofPair, "word-share-a", 0, .8, 1125},
		{ofPair, "word-balance", 0, .25, 1125},
		{ofPair, "latency-median", 0, 333, 3},
		{ofPair, "latency-mean", 0, 2107. / 3, 3},
		{ofPair, "latency-median-a", 0, 333, 1},
		{ofPair, "latency-median-b", 0, 887, 2}, // of 1532 and 242
		{ofPair, "initiations", 0, 1, 4},
		{ofPair, "last-word-a", 0, 0, 4},
	})

	levels := fact(t, c, shape.Levels)
	if d := cmp.Diff([]int{1, 4, 1, 1, 1}, levels); d != "" {
		t.Errorf("Levels (-want +got):\n%s", d)
	}
	gaps := fact(t, c, pace.Gaps)
	if d := cmp.Diff([]float64{2064, 39, 1532, 333, 242, 7042}, gaps); d != "" {
		t.Errorf("Gaps (-want +got):\n%s", d)
	}
	pattern := fact(t, c, pace.Pattern)
	if d := cmp.Diff([]int{0, 1, 1, 0, 1, 0, 0}, pattern); d != "" {
		t.Errorf("Pattern, ABBABAA (-want +got):\n%s", d)
	}
	said := fact(t, c, exchange.Exchanges)[0].Said
	latencies := []float64{0, 1532, 333, 242}
	for k, u := range said {
		if u.Latency.X != latencies[k] || u.Answers != k-1 || u.ByA != (k%2 == 0) {
			t.Errorf("turn %d: latency %v, answers %d, by A %v, want %v, %d, %v", k, u.Latency.X, u.Answers, u.ByA, latencies[k], k-1, k%2 == 0)
		}
	}
	sizes := []float64{1, 4, 3, 2, 1, 1, 1}
	var below []golden
	for i, s := range sizes {
		below = append(below, golden{ofComment, "descendants", i, s - 1, 1})
	}
	checkGolden(t, c, below)
	tokens := []float64{43, 577, 140, 323, 85, 375, 113}
	var words []golden
	for i, w := range tokens {
		words = append(words, golden{ofComment, "words", i, w, 1})
	}
	checkGolden(t, c, words)
	var links []golden
	for i, replies := range []float64{0, 1, 1, 1, 0, 0, 0} {
		links = append(links, golden{ofComment, "replies", i, replies, 1})
	}
	for i, depth := range []float64{0, 0, 1, 2, 3, 0, 0} {
		links = append(links, golden{ofComment, "depth", i, depth, 1})
	}
	checkGolden(t, c, links)
}

// The trees of the page one by one: three single comments and a chain of four.
func TestGoldenTrees(t *testing.T) {
	th := realPage(t, "004_de8b060ac039dc55.txt")
	sizes := []int{1, 4, 1, 1}
	tree := 0
	for root := range th.Roots() {
		if tree == len(sizes) {
			t.Fatalf("more than %d trees", len(sizes))
		}
		b := thread.NewBuilder(thread.Meta{})
		for i := root; i < th.End(root); i++ {
			b.Add(th.Comment(i))
		}
		want := []golden{
			{ofThread, "forest-strahler", 0, 1, 1},
			{ofThread, "forest-wiener-index", 0, 0, 1},
			{ofThread, "forest-structural-virality", 0, undefined, 1},
			{ofThread, "forest-sackin", 0, 0, 1},
		}
		if sizes[tree] == 4 {
			want = []golden{
				{ofThread, "forest-strahler", 0, 1, 4},
				{ofThread, "forest-wiener-index", 0, 10, 4},
				{ofThread, "forest-structural-virality", 0, 5. / 3, 4},
				{ofThread, "forest-sackin", 0, 3, 4},
			}
		}
		checkGolden(t, metrics.NewContext(b.Build(), metrics.Options{}), want)
		tree++
	}
	if tree != len(sizes) {
		t.Errorf("%d trees, want %d", tree, len(sizes))
	}
}

func TestGoldenFlat(t *testing.T) {
	th := realPage(t, "000_50b2d838b5dc8676.txt")
	c := metrics.NewContext(th, metrics.Options{})
	checkGolden(t, c, []golden{
		{ofThread, "comments", 0, 8, 8},
		{ofThread, "roots", 0, 8, 8},
		{ofThread, "replies", 0, 0, 8},
		{ofThread, "max-depth", 0, 1, 9},
		{ofThread, "forest-max-depth", 0, 0, 8},
		{ofThread, "max-width", 0, 8, 9},
		{ofThread, "forest-leaf-ratio", 0, 1, 8},
		{ofThread, "forest-branching", 0, undefined, 8},
		{ofThread, "wiener-index", 0, 64, 9},
		{ofThread, "forest-wiener-index", 0, 0, 1},
		{ofThread, "structural-virality", 0, 16. / 9, 9},
		{ofThread, "forest-structural-virality", 0, undefined, 1},
		{ofThread, "h-index", 0, 1, 9},
		{ofThread, "sackin", 0, 8, 9},
		{ofThread, "b2", 0, 3, 9},
		{ofThread, "strahler", 0, 2, 9},
		{ofThread, "colless-like", 0, 0, 9},
		{ofThread, "lifetime", 0, undefined, 0},
		{ofThread, "half-life", 0, undefined, 0},
		{ofThread, "latency-median", 0, undefined, 0},
		{ofThread, "burstiness", 0, undefined, 0},
		{ofThread, "burstiness-kim-jo", 0, undefined, 0},
		{ofThread, "memory", 0, undefined, 0},
		{ofThread, "authors", 0, 8, 8},
		{ofThread, "author-gini", 0, 0, 8},
		{ofThread, "author-entropy", 0, 3, 8},
		{ofThread, "author-hhi", 0, .125, 8},
		{ofThread, "density", 0, 0, 8},
		{ofThread, "components", 0, 8, 8},
		{ofThread, "reciprocity", 0, undefined, 0},
		{ofThread, "reciprocity-weighted", 0, undefined, 0},
		{ofThread, "modularity", 0, undefined, 0},
	})
	var words []golden
	for i, w := range []float64{53, 111, 45, 117, 43, 46, 374, 79} {
		words = append(words, golden{ofComment, "words", i, w, 1})
	}
	checkGolden(t, c, words)
	if ps := fact(t, c, exchange.Pairs); len(ps) != 0 {
		t.Errorf("%d pairs, want none", len(ps))
	}
}

func checkGolden(t *testing.T, c *metrics.Context, want []golden) {
	t.Helper()
	table, err := metrics.Run(c, Measures)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range want {
		col, ok := table.Find(g.scope, g.name)
		if !ok {
			t.Errorf("no measure %s/%s", g.scope, g.name)
			continue
		}
		v := col.Values.At(g.at)
		// Values given with six decimals are right to half a unit of the last.
		// Eighths are exact, and so is what is written as a fraction.
		given := g.want == math.Round(g.want*1e6)/1e6 && g.want*8 != math.Round(g.want*8)
		near := math.Abs(v.X-g.want) <= 1e-9 || given && math.Abs(v.X-g.want) <= 5e-7
		if v.Defined() == math.IsNaN(g.want) || v.Defined() && !near {
			t.Errorf("%s/%s[%d] = %v (defined %v), want %v", g.scope, g.name, g.at, v.X, v.Defined(), g.want)
		}
		if v.N != g.n {
			t.Errorf("%s/%s[%d]: N = %d, want %d", g.scope, g.name, g.at, v.N, g.n)
		}
	}
}

func fact[T any](t *testing.T, c *metrics.Context, f *metrics.Fact[T]) T {
	t.Helper()
	v, err := f.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// realPage is the thread of one of the real pages, which are no part of the
// repository.
func realPage(t *testing.T, name string) *thread.Thread {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(sharedDir(), "samples", "seeds", name))
	if err != nil {
		t.Skipf("the golden values of %s were NOT checked: %v", name, err)
	}
	return decode(t, name, page)
}

// decode is the one thread of a page.
func decode(t *testing.T, name string, page []byte) *thread.Thread {
	t.Helper()
	head, r, err := format.Peek(name, bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	found, err := format.Detect(all.Formats, head)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var threads []*thread.Thread
	for th, err := range format.Threads(found.Format, format.Source{Name: name, Reader: r}, thread.Source{}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	if len(threads) != 1 {
		t.Fatalf("%s: %d threads, want 1", name, len(threads))
	}
	return threads[0]
}

// sharedDir is the folder of samples that lies beside the repository.
func sharedDir() string {
	if dir := os.Getenv("THREADHEAT_SHARED"); dir != "" {
		return dir
	}
	dir, _ := os.Getwd()
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil || dir == filepath.Dir(dir) {
			return filepath.Join(dir, "..", "shared")
		}
		dir = filepath.Dir(dir)
	}
}
