package hyperconvo_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/hyperconvo"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

func run(t testing.TB, th *thread.Thread) map[string]metrics.Value {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), hyperconvo.Measures)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]metrics.Value{}
	for _, c := range table.Columns {
		out[c.Measure.Name] = c.Values.At(0)
	}
	return out
}

// TestConvoKit: the values are the output of ConvoKit's own code on this tree.
func TestConvoKit(t *testing.T) {
	raw, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Tree       [][3]*string
		HyperConvo map[string]any
	}
	if err := json.Unmarshal(raw, &golden); err != nil {
		t.Fatal(err)
	}
	b := thread.NewBuilder(thread.Meta{})
	for _, row := range golden.Tree {
		c := thread.Comment{ID: *row[0], Author: *row[2], Text: "x"}
		if row[1] != nil {
			c.Parent = *row[1]
		}
		b.Add(c)
	}
	got := run(t, b.Build())
	if len(golden.HyperConvo) != 140 || len(got) != 140 {
		t.Fatalf("%d values and %d measures, want 140 of each", len(golden.HyperConvo), len(got))
	}
	for name, want := range golden.HyperConvo {
		x, ok := want.(float64)
		if yes, is := want.(bool); is {
			ok = true
			if yes {
				x = 1
			}
		}
		v, have := got[name]
		if !ok || !have || !v.Defined() || math.Abs(v.X-x) > 1e-9 {
			t.Errorf("%s = %v (defined %t), want %v", name, v.X, v.Defined(), want)
		}
	}
}

// slow is the hypergraph as the paper draws it: sets of neighbours by name.
type slow struct {
	comments, people []string // in order of time
	nodes            map[string]map[string]bool
	out, in          map[string]map[string]int
}

func (g *slow) edge(u, v string) {
	if g.out[u] == nil {
		g.out[u] = map[string]int{}
	}
	if g.in[v] == nil {
		g.in[v] = map[string]int{}
	}
	g.out[u][v]++
	g.in[v][u]++
}

// slowGraph is that of comments given by parents (-1: none) and authors, the
// first skip left out.
func slowGraph(parents []int, authors []string, skip int) *slow {
	g := &slow{nodes: map[string]map[string]bool{}, out: map[string]map[string]int{}, in: map[string]map[string]int{}}
	c := func(k int) string { return fmt.Sprint("c", k) }
	p := func(k int) string { return "C" + authors[k] }
	for k := skip; k < len(parents); k++ {
		g.comments = append(g.comments, c(k))
		if g.nodes[p(k)] == nil {
			g.nodes[p(k)] = map[string]bool{}
			g.people = append(g.people, p(k))
		}
		g.nodes[p(k)][c(k)] = true
		if up := parents[k]; up >= skip {
			g.edge(c(k), c(up))
			g.edge(p(k), c(up))
			g.edge(p(k), p(up))
		}
	}
	return g
}

// degrees are the numbers of neighbours of the given kind, 'c' or 'C'.
func degrees(list []string, edges map[string]map[string]int, kind byte) []int {
	var out []int
	for _, u := range list {
		n := 0
		for v := range edges[u] {
			if v[0] == kind {
				n++
			}
		}
		out = append(out, n)
	}
	return out
}

func (g *slow) motifs() [5]int {
	var m [5]int
	for _, C1 := range g.people {
		for c1 := range g.nodes[C1] {
			for c2 := range g.in[c1] {
				if c2[0] == 'c' {
					m[0] += g.out[C1][c2]
				}
			}
		}
		for c2, n := range g.out[C1] {
			if c2[0] != 'c' {
				continue
			}
			for c1 := range g.out[c2] {
				if c1[0] == 'c' && !g.nodes[C1][c1] {
					m[1] += n
				}
			}
		}
		for _, C2 := range g.people {
			if C1 < C2 && g.out[C1][C2] > 0 && g.out[C2][C1] > 0 {
				m[2]++
			}
		}
	}
	for _, n := range degrees(g.people, g.in, 'C') {
		m[3] += n * (n - 1) / 2
	}
	for _, n := range degrees(g.people, g.out, 'C') {
		m[4] += n * (n - 1) / 2
	}
	return m
}

// TestAgainstSets compares counts and places with those of the slow graph, over
// all forests of 2 to 8 comments (every other one of 8) by four people and over
// random threads with and without one root, with people who answer themselves.
func TestAgainstSets(t *testing.T) {
	turn := 0
	for parents, who := range testthread.Labelled(4, 2) {
		turn++
		if n := len(parents); n >= 2 && (n < 8 || turn%2 == 0) {
			checkSets(t, parents, who)
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		n := 2 + r.IntN(12)
		parents, who := make([]int, n), make([]int, n)
		for k := range n {
			parents[k], who[k] = r.IntN(k+1)-1, r.IntN(4)
			if k > 0 && r.IntN(3) > 0 {
				parents[k] = max(parents[k], 0)
			}
		}
		checkSets(t, parents, who)
	}
}

func checkSets(t *testing.T, answered, who []int) {
	t.Helper()
	var rows []testthread.Row
	parents, authors := []int{-1}, []string{"the article"}
	roots := 0
	for k, p := range answered {
		if p < 0 {
			roots++
		}
		a := fmt.Sprint("p", who[k])
		rows = append(rows, testthread.Row{Parent: p, Author: a, Minute: k})
		parents, authors = append(parents, p+1), append(authors, a)
	}
	if roots == 1 { // that comment is the root
		parents, authors = parents[1:], authors[1:]
		for k := range parents {
			parents[k]--
		}
	}
	got := run(t, testthread.Build(rows))
	for skip, infix := range []string{"", "mid-thread "} {
		g := slowGraph(parents, authors, skip)
		for name, l := range map[string][]int{
			"indegree over c->c":  degrees(g.comments, g.in, 'c'),
			"outdegree over C->c": degrees(g.people, g.out, 'c'),
			"indegree over C->c":  degrees(g.comments, g.in, 'C'),
			"outdegree over C->C": degrees(g.people, g.out, 'C'),
			"indegree over C->C":  degrees(g.people, g.in, 'C'),
		} {
			sum, largest, at := 0, -1, 0
			for k, x := range l {
				sum += x
				if x > largest {
					largest, at = x, k
				}
			}
			for stat, want := range map[string]float64{"max": float64(largest), "argmax": float64(at), "mean": float64(sum) / float64(len(l))} {
				full := fmt.Sprintf("%s[%s %sresponses]", stat, name, infix)
				if v := got[full]; math.Abs(v.X-want) > 1e-12 {
					t.Fatalf("%s of %v = %v, want %v", full, rows, v.X, want)
				}
			}
		}
		want := g.motifs()
		for k, name := range []string{"reciprocity motif", "external reciprocity motif", "dyadic interaction motif", "incoming triads", "outgoing triads"} {
			suffix := ""
			if skip == 1 {
				suffix = " over mid-thread"
			}
			if v := got["count["+name+suffix+"]"]; v.X != float64(want[k]) {
				t.Fatalf("count of %s%s of %v = %v, want %d", name, suffix, rows, v.X, want[k])
			}
		}
	}
}

// TestFew: nothing of nothing, and what one comment alone can tell.
func TestFew(t *testing.T) {
	for name, v := range run(t, thread.NewBuilder(thread.Meta{}).Build()) {
		if v.Defined() {
			t.Errorf("%s of no comments = %v, want a reason", name, v.X)
		}
	}
	got := run(t, testthread.Build(testthread.Shape(-1)))
	for name, want := range map[string]float64{"max[indegree over c->c responses]": 0, "mean[outdegree over C->C responses]": 0, "count[incoming triads]": 0} {
		if v := got[name]; !v.Defined() || v.X != want {
			t.Errorf("%s of one comment = %v (defined %t), want %v", name, v.X, v.Defined(), want)
		}
	}
	for _, name := range []string{"2nd-largest[indegree over c->c responses]", "entropy[indegree over c->c responses]", "max[indegree over c->c mid-thread responses]", "count[incoming triads over mid-thread]"} {
		if got[name].Defined() {
			t.Errorf("%s of one comment is defined, want a reason", name)
		}
	}
}

// BenchmarkLarge is a thread of 50,000 comments by 12,500 people.
func BenchmarkLarge(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var rows []testthread.Row
	for k := range 50_000 {
		rows = append(rows, testthread.Row{Parent: r.IntN(k+1) - 1, Author: fmt.Sprint("p", r.IntN(12_500)), Minute: k})
	}
	benchmark(b, rows)
}

// BenchmarkStar is a flat thread of 4,000 people.
func BenchmarkStar(b *testing.B) {
	benchmark(b, testthread.Shape(testthread.Star(4000)...))
}

func benchmark(b *testing.B, rows []testthread.Row) {
	th := testthread.Build(rows)
	b.ReportAllocs()
	for b.Loop() {
		run(b, th)
	}
}
