package replygraph

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

func delabOf(t *testing.T, th *thread.Thread) *metrics.Table {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Delab)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func ofAuthor(table *metrics.Table, name string, a thread.AuthorID) metrics.Value {
	c, ok := table.Find(metrics.PerAuthor, name)
	if !ok {
		panic(name)
	}
	return c.Values.At(int(a))
}

// TestDelabTrees: the values are the output of delab-trees' own code on this tree.
func TestDelabTrees(t *testing.T) {
	raw, err := os.ReadFile("testdata/delab.json")
	if err != nil {
		t.Fatal(err)
	}
	var golden struct {
		Tree  [][3]*string
		Delab struct {
			Factor    float64 `json:"average_branching_factor"`
			Weight    float64 `json:"branching_weight"`
			Depth     float64 `json:"depth"`
			Dominance float64 `json:"root_dominance"`
			Total     float64 `json:"total"`
			Authors   map[string]map[string]float64
		}
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
	th := b.Build()
	table := delabOf(t, th)
	for name, want := range map[string]float64{
		"average_branching_factor": golden.Delab.Factor, "branching_weight": golden.Delab.Weight, "tree_depth": golden.Delab.Depth,
		"root_dominance": golden.Delab.Dominance, "total_number_of_posts": golden.Delab.Total,
	} {
		near(t, name, table.Value(name).X, want, 1e-9)
	}
	if len(golden.Delab.Authors) != 4 {
		t.Fatalf("%d authors in the golden file, want 4", len(golden.Delab.Authors))
	}
	for author, values := range golden.Delab.Authors {
		a, ok := th.FindAuthor(author)
		if !ok || len(values) != 4 {
			t.Fatalf("author %s has %d golden values, want 4", author, len(values))
		}
		for name, want := range values {
			near(t, name+" of "+author, ofAuthor(table, name, a).X, want, 1e-9)
		}
	}
}

// slowDelab is the author graph of rows with one root, from whoever is answered
// to whoever answers, and the vision of each author, post by post along its path.
func slowDelab(rows []testthread.Row) (*simple.DirectedGraph, []string, map[string]float64) {
	g := simple.NewDirectedGraph()
	var names []string
	id := func(name string) simple.Node {
		k := slices.Index(names, name)
		if k < 0 {
			k, names = len(names), append(names, name)
		}
		return simple.Node(k)
	}
	vision, posts := map[string]float64{}, map[string]float64{}
	for k, r := range rows {
		posts[r.Author]++
		self := r.Parent >= 0 && rows[r.Parent].Author == r.Author
		if r.Parent >= 0 && !self {
			g.SetEdge(g.NewEdge(id(rows[r.Parent].Author), id(r.Author)))
		}
		if self {
			continue
		}
		path := []int{k} // upwards, those who answer themselves left out
		for up := r.Parent; up >= 0; up = rows[up].Parent {
			if p := rows[up].Parent; p < 0 || rows[p].Author != rows[up].Author {
				path = append(path, up)
			}
		}
		sum := 0.0
		for j := 1; j < len(path); j++ {
			sum += math.Pow(0.5, float64(j+1))
		}
		vision[r.Author] += sum / float64(len(path))
	}
	for name := range vision {
		vision[name] /= posts[name]
	}
	return g, names, vision
}

func TestDelabAgainstSlow(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	for k := range 60 {
		rows := testthread.Shape(testthread.Bushy(2+r.IntN(25), uint64(k))...)
		people := 2 + r.IntN(8)
		for i := range rows {
			rows[i].Parent = max(rows[i].Parent, min(i, 1)-1) // one root
			rows[i].Author = fmt.Sprint("author ", r.IntN(people))
		}
		g, names, vision := slowDelab(rows)
		th := testthread.Build(rows)
		table := delabOf(t, th)
		for name, want := range vision {
			a, _ := th.FindAuthor(name)
			near(t, fmt.Sprintf("thread %d: vision of %s", k, name), ofAuthor(table, "baseline_author_vision", a).X, want, 1e-12)
		}
		n := float64(len(names))
		between, all := network.Betweenness(g), path.DijkstraAllPaths(g)
		katz := make([]float64, len(names))
		for range 200 {
			next := make([]float64, len(names))
			for v := range next {
				next[v] = 1
				for in := g.To(int64(v)); in.Next(); {
					next[v] += 0.1 * katz[in.Node().ID()]
				}
			}
			katz = next
		}
		length := 0.0
		for _, x := range katz {
			length = math.Hypot(length, x)
		}
		for v, name := range names {
			a, _ := th.FindAuthor(name)
			want := 0.0
			if n > 2 {
				want = between[int64(v)] / ((n - 1) * (n - 2))
			}
			near(t, fmt.Sprintf("thread %d: betweenness of %s", k, name), ofAuthor(table, "betweenness_centrality", a).X, want, 1e-9)
			sum, reach := 0.0, 0.0
			for u := range names {
				if d := all.Weight(int64(u), int64(v)); u != v && !math.IsInf(d, 1) {
					sum += d
					reach++
				}
			}
			want = 0
			if reach > 0 {
				want = reach / sum * reach / (n - 1)
			}
			near(t, fmt.Sprintf("thread %d: closeness of %s", k, name), ofAuthor(table, "closeness_centrality", a).X, want, 1e-9)
			near(t, fmt.Sprintf("thread %d: Katz of %s", k, name), ofAuthor(table, "katz_centrality", a).X, katz[v]/length, 2e-6)
		}
	}
}

// Two who answer the article and one who answers the first: the article is a
// fourth post by a third person.
func TestDelabOfSeveralRoots(t *testing.T) {
	th := testthread.Build([]testthread.Row{{Parent: -1, Author: "Ada"}, {Parent: 0, Author: "Bob"}, {Parent: -1, Author: "Bob"}})
	table := delabOf(t, th)
	for name, want := range map[string]float64{"total_number_of_posts": 4, "average_branching_factor": 1.5, "branching_weight": 3, "tree_depth": 3, "root_dominance": 0.25} {
		near(t, name, table.Value(name).X, want, 1e-12)
	}
	ada, _ := th.FindAuthor("Ada")
	bob, _ := th.FindAuthor("Bob")
	// Article → Ada, article → Bob, Ada → Bob.
	near(t, "closeness of Ada", ofAuthor(table, "closeness_centrality", ada).X, 1./2, 1e-12)
	near(t, "closeness of Bob", ofAuthor(table, "closeness_centrality", bob).X, 1, 1e-12)
	near(t, "vision of Ada", ofAuthor(table, "baseline_author_vision", ada).X, 1./8, 1e-12)
	// At path lengths 3 and 2: (3/8)/3 and (1/4)/2.
	near(t, "vision of Bob", ofAuthor(table, "baseline_author_vision", bob).X, 1./8, 1e-12)
}

// Somebody alone is in no author graph, and dense answers let Katz grow for ever.
func TestDelabUndefined(t *testing.T) {
	alone := delabOf(t, testthread.Build([]testthread.Row{{Parent: -1, Author: "Ada"}, {Parent: 0, Author: "Ada"}}))
	if v := ofAuthor(alone, "closeness_centrality", 0); v.Defined() {
		t.Errorf("closeness of somebody alone = %v, want a reason", v.X)
	}
	if v := ofAuthor(alone, "baseline_author_vision", 0); !v.Defined() || v.X != 0 {
		t.Errorf("vision of somebody alone = %+v, want 0", v)
	}
	rows := []testthread.Row{{Parent: -1, Author: "0"}}
	const people = 14 // everybody answers everybody
	for a := range people {
		for b := range people {
			if a != b {
				rows = append(rows, testthread.Row{Parent: len(rows) - 1, Author: fmt.Sprint(a)}, testthread.Row{Parent: len(rows), Author: fmt.Sprint(b)})
			}
		}
	}
	if v := ofAuthor(delabOf(t, testthread.Build(rows)), "katz_centrality", 0); v.Defined() {
		t.Errorf("Katz where each of %d answers each = %v, want a reason", people, v.X)
	}
	empty := delabOf(t, &thread.Thread{})
	if v := empty.Value("root_dominance"); v.Defined() {
		t.Errorf("root dominance of nothing = %v, want a reason", v.X)
	}
}
