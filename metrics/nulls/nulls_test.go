package nulls

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words"
	"threadheat/metrics/people"
	"threadheat/metrics/replygraph"
	"threadheat/metrics/shape"
	"threadheat/thread"
)

func context(rows []testthread.Row) *metrics.Context {
	return metrics.NewContext(testthread.Build(rows), metrics.Options{Seed: 1})
}

func prepare(t *testing.T, m *Model, c *metrics.Context) func(*rand.Rand) *thread.Thread {
	t.Helper()
	draw, why, err := m.Prepare(c)
	if err != nil || why != nil {
		t.Fatalf("%s: %v, %v", m.Name, why, err)
	}
	return draw
}

// parents writes who answers whom, by ID.
func parents(t *thread.Thread) string {
	var out []string
	for i := range t.All() {
		p := "-"
		if t.Parent(i) != thread.NoIndex {
			p = t.ID(t.Parent(i))
		}
		out = append(out, t.ID(i)+"→"+p)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// chances draws often and tells how often each outcome came.
func chances(draw func(*rand.Rand) *thread.Thread, say func(*thread.Thread) string) map[string]float64 {
	r := rand.New(rand.NewPCG(1, 2))
	const draws = 6000
	out := map[string]float64{}
	for range draws {
		out[say(draw(r))] += 1. / draws
	}
	return out
}

// even tells whether n outcomes came, all about as often.
func even(t *testing.T, name string, got map[string]float64, n int) {
	t.Helper()
	if len(got) != n {
		t.Errorf("%s: %d outcomes, want %d: %v", name, len(got), n, slices.Sorted(maps.Keys(got)))
	}
	for outcome, p := range got {
		want := 1 / float64(n)
		if math.Abs(p-want) > 4.5*math.Sqrt(want*(1-want)/6000) {
			t.Errorf("%s: %s comes with %.3f, want %.3f", name, outcome, p, want)
		}
	}
}

// Every outcome that a model allows comes with the same chance. There are 3!
// recursive trees of the article and three comments, 1·2 choices of parents for the
// two replies of three comments, and 4!/(2!·1!·1!) ways to deal three names of which
// one stands twice.
func TestModelsAreEven(t *testing.T) {
	chain := context(testthread.Shape(-1, 0, 1))
	even(t, "recursive tree", chances(prepare(t, RecursiveTree, chain), parents), 6)
	even(t, "parents", chances(prepare(t, Parents, chain), parents), 2)

	rows := testthread.Shape(-1, 0, 1, 2)
	for k, name := range []string{"Ada", "Bob", "Ada", ""} {
		rows[k].Author = name
	}
	names := func(th *thread.Thread) string {
		var out []string
		for i := range th.All() {
			out = append(out, th.AuthorName(th.Author(i)))
		}
		return strings.Join(out, ",")
	}
	even(t, "authors", chances(prepare(t, Authors, context(rows)), names), 12)

	// Four people who each answer one and are answered by one: there are nine such
	// graphs, the derangements of four.
	ring := context([]testthread.Row{
		{Parent: -1, Author: "a"}, {Parent: -1, Author: "b"}, {Parent: -1, Author: "c"}, {Parent: -1, Author: "d"},
		{Parent: 1, Author: "a"}, {Parent: 0, Author: "b"}, {Parent: 3, Author: "c"}, {Parent: 2, Author: "d"},
	})
	even(t, "arcs", chances(prepare(t, Arcs, ring), func(th *thread.Thread) string { return namedArcs(th) }), 9)
}

// namedArcs writes the arcs of a thread by the names.
func namedArcs(th *thread.Thread) string {
	g, err := replygraph.Replies.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		panic(err)
	}
	var out []string
	for _, a := range g.Authors() {
		for _, to := range g.Out(a) {
			out = append(out, th.AuthorName(a)+">"+th.AuthorName(to.Author))
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// crowd is a thread of n comments by few people with a few words each.
func crowd(n int) []testthread.Row {
	rows := testthread.Shape(testthread.Bushy(n, 5)...)
	for k := range rows {
		rows[k].Author = fmt.Sprint("p", k*k%11)
		rows[k].Text = strings.Repeat(fmt.Sprintf("w%d ", k%7), k%5)
	}
	rows[3].Author, rows[4].State, rows[5].Kind = "", thread.Missing, thread.Pingback
	return rows
}

// What a model keeps is the same in every thread it draws.
func TestModelsKeep(t *testing.T) {
	c := context(crowd(60))
	sorted := func(xs []string) []string { slices.Sort(xs); return xs }
	each := func(th *thread.Thread, f func(thread.Index) string) (out []string) {
		for i := range th.All() {
			out = append(out, f(i))
		}
		return sorted(out)
	}
	ids := func(th *thread.Thread) []string { return each(th, th.ID) }
	times := func(th *thread.Thread) []string {
		return each(th, func(i thread.Index) string { return th.ID(i) + th.Time(i).String() })
	}
	whose := func(th *thread.Thread) []string {
		return each(th, func(i thread.Index) string { return th.ID(i) + th.AuthorName(th.Author(i)) })
	}
	who := func(th *thread.Thread) []string {
		return each(th, func(i thread.Index) string { return th.AuthorName(th.Author(i)) })
	}
	tree := func(th *thread.Thread) []string { return []string{parents(th)} }
	replies := func(th *thread.Thread) []string {
		return each(th, func(i thread.Index) string { return fmt.Sprint(th.ID(i), th.Parent(i) != thread.NoIndex) })
	}
	lengths := func(th *thread.Thread) []string {
		return each(th, func(i thread.Index) string { return fmt.Sprint(th.ID(i), words.Count(th.Text(i))) })
	}
	vocabulary := func(th *thread.Thread) (out []string) {
		for i := range th.All() {
			out = append(out, strings.Fields(th.Text(i))...)
		}
		return sorted(out)
	}
	degrees := func(th *thread.Thread) (out []string) {
		g, _ := replygraph.Replies.Of(metrics.NewContext(th, metrics.Options{}))
		for _, a := range g.Authors() {
			var weights []int
			for _, to := range g.Out(a) {
				weights = append(weights, int(to.Replies))
			}
			slices.Sort(weights)
			out = append(out, fmt.Sprint(len(g.In(a)), weights))
		}
		return sorted(out)
	}
	type kept = func(*thread.Thread) []string
	for m, keeps := range map[*Model][]kept{
		RecursiveTree: {ids, times, whose, lengths},
		Parents:       {ids, times, whose, lengths, replies},
		Authors:       {ids, times, tree, who, lengths},
		Arcs:          {degrees},
		Words:         {ids, times, whose, tree, lengths, vocabulary},
	} {
		draw := prepare(t, m, c)
		r := rand.New(rand.NewPCG(2, 2))
		for range 20 {
			th := draw(r)
			for k, f := range keeps {
				if d := cmp.Diff(f(c.Thread), f(th)); d != "" {
					t.Fatalf("%s changes what it keeps (%d):\n%s", m.Name, k, d)
				}
			}
			for i := range th.All() {
				if p := th.Parent(i); m != Arcs && p != thread.NoIndex && m != Authors && m != Words && th.Time(p).UnixMilli() > th.Time(i).UnixMilli() {
					t.Fatalf("%s: %s answers %s, which is later", m.Name, th.ID(i), th.ID(p))
				}
			}
		}
	}
}

// Of all 3! recursive trees of the article and three comments four are lines (the
// article may stand in the middle) and one is as deep as a chain; the mean virality
// is worked out over all six.
func TestAgainstAllTrees(t *testing.T) {
	ms := []*metrics.Measure{shape.StructuralVirality, shape.MaxDepth}
	var mean float64
	for a := -1; a < 1; a++ {
		for b := -1; b < 2; b++ {
			table, err := metrics.Run(context(testthread.Shape(-1, a, b)), ms)
			if err != nil {
				t.Fatal(err)
			}
			mean += table.Value("structural-virality").X / 6
		}
	}
	got, err := Against(context(testthread.Shape(-1, 0, 1)), ms, RecursiveTree, Options{Draws: 5000})
	if err != nil {
		t.Fatal(err)
	}
	if v := got[0]; math.Abs(v.Mean-mean) > .01 || math.Abs(v.High-4./6) > .03 || v.Low != 1 || !v.HasZ || v.Z <= 0 || v.N != 5000 {
		t.Errorf("virality: %+v, want mean %v, high 4/6, low 1", v, mean)
	}
	if v := got[1]; math.Abs(v.High-1./6) > .025 || math.Abs(v.P-2./6) > .05 || v.Low != 1 {
		t.Errorf("depth: %+v, want high 1/6, p 2/6, low 1", v)
	}
}

// People who answer only each other are more mutual than chance; the result is the
// same for any number of workers.
func TestAgainstIsDeterministic(t *testing.T) {
	var rows []testthread.Row
	for k := range 8 {
		a, b := fmt.Sprint("a", k), fmt.Sprint("b", k)
		at := len(rows)
		rows = append(rows, testthread.Row{Parent: -1, Author: a}, testthread.Row{Parent: at, Author: b}, testthread.Row{Parent: at + 1, Author: a})
	}
	ms := []*metrics.Measure{people.Reciprocity, replygraph.Modularity}
	var first []Test
	for _, workers := range []int{1, 2, 5} {
		got, err := Against(context(rows), ms, Arcs, Options{Draws: 199, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		for k := range got {
			if got[k] != first[k] {
				t.Errorf("%d workers: %+v, want %+v", workers, got[k], first[k])
			}
		}
	}
	if v := first[0]; v.P > .011 || v.Z < 2 || v.Observed.X != 1 {
		t.Errorf("reciprocity = %+v, want far out", v)
	}
}

func TestAgainstLittle(t *testing.T) {
	for _, m := range Models {
		for _, rows := range [][]testthread.Row{nil, testthread.Shape(-1), testthread.Shape(-1, -1)} {
			got, err := Against(context(rows), []*metrics.Measure{shape.StructuralVirality, people.Reciprocity}, m, Options{Draws: 19})
			if err != nil {
				t.Fatalf("%s: %v", m.Name, err)
			}
			if v := got[1]; v.Reason == nil || v.Reason.FR == "" {
				t.Errorf("%s: reciprocity of %d comments = %+v, want a reason", m.Name, len(rows), v)
			}
		}
	}
	if _, err := Against(context(nil), []*metrics.Measure{shape.Depth}, Authors, Options{}); err == nil {
		t.Error("a measure of comments can be tested")
	}
	// All names the same: chance gives the same each time, and there is no z.
	rows := testthread.Shape(-1, 0, 1)
	got, _ := Against(context(rows), []*metrics.Measure{shape.MaxDepth}, Authors, Options{Draws: 19})
	if v := got[0]; v.HasZ || v.P != 1 || v.SD != 0 {
		t.Errorf("depth under other names = %+v, want p 1 and no z", v)
	}
}

// Rewired arcs say nothing of the tree, and what stands beside a value says so.
func TestBeside(t *testing.T) {
	var rows []testthread.Row
	for k, parent := range []int{-1, 0, 1, 2, 1, -1, 5} {
		rows = append(rows, testthread.Row{Parent: parent, Author: string("abcabcd"[k])})
	}
	table, err := metrics.Run(context(rows), []*metrics.Measure{shape.MaxDepth, people.Reciprocity, replygraph.Modularity, shape.Depth})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Beside(table, Arcs, Options{Draws: 49})
	if err != nil {
		t.Fatal(err)
	}
	if n := got.Value("max-depth").More.Null; n == nil || n.Reason == nil {
		t.Errorf("depth: %+v, want a reason", n)
	}
	for _, name := range []string{"reciprocity", "modularity"} {
		if n := got.Value(name).More.Null; n == nil || n.Reason != nil || n.Draws == 0 || n.P <= 0 || n.Model != "arcs" {
			t.Errorf("%s: %+v, want a test", name, n)
		}
	}
	if c, _ := got.Find(metrics.PerComment, "depth"); c.Values.At(0).More != nil || table.Value("max-depth").More != nil {
		t.Error("comments have a test, or the table given was changed")
	}
	if _, err := Find("arc"); err == nil || !strings.Contains(err.Error(), "recursive-tree, parents, authors, arcs, words") {
		t.Errorf("Find(arc): error %v should list what is known", err)
	}
}
