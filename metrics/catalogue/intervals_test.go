package catalogue

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/intervals"
	"threadheat/thread"
)

// sampled are the measures whose intervals are made by drawing units.
func sampled() []*metrics.Measure {
	return slices.DeleteFunc(slices.Clone(Measures), func(m *metrics.Measure) bool {
		return m.Interval == nil || m.Interval.Sample == nil
	})
}

// lively is a thread of many branches by several people, with replies at all hours.
func lively(n int, seed uint64) []testthread.Row {
	r := rand.New(rand.NewPCG(seed, 0))
	rows := make([]testthread.Row, n)
	for k := range rows {
		parent := -1
		if k > 0 && r.IntN(3) > 0 {
			parent = r.IntN(k)
		}
		rows[k] = testthread.Row{
			Parent: parent, Author: fmt.Sprint("p", r.IntN(n/3)), Minute: 7*k + r.IntN(40),
			Text: strings.Repeat("You are WRONG! ", r.IntN(3)) + strings.Repeat("I see. ", r.IntN(6)),
		}
		if r.IntN(9) == 0 {
			rows[k].Minute = testthread.NoTime
		}
	}
	return rows
}

// Where each unit stands once, what is drawn is the thread itself: also where units
// are put together because there are many.
func TestDrawnOnceIsTheValue(t *testing.T) {
	t.Parallel()
	bushy := fixtures.Build(fixtures.Bushy(300, 2))
	article := bushy.Meta()
	for i := range thread.Index(40) { // in the language of the comments, and long enough
		article.Article += bushy.Text(i) + " "
	}
	threads := map[string]*thread.Thread{
		"many": testthread.Build(lively(6000, 1)),
		"flat": fixtures.Build(fixtures.Flat(40)),
	}
	for seed := range uint64(6) {
		threads[fmt.Sprint("lively ", seed)] = testthread.Build(lively(200, seed))
	}
	about := thread.NewBuilder(article)
	for c := range fixtures.Bushy(300, 2) {
		about.Add(c)
	}
	threads["about"] = about.Build()
	tested := map[string]bool{}
	for name, th := range threads {
		given := &metrics.Given{Of: map[string]float64{}}
		for i := range th.All() {
			given.Of[th.ID(i)] = float64(i%7) / 6
		}
		c := metrics.NewContext(th, metrics.Options{Given: given})
		table, err := metrics.Run(c, sampled())
		if err != nil {
			t.Fatal(err)
		}
		for _, col := range table.Columns {
			m, v := col.Measure, col.Values.At(0)
			s, err := m.Interval.Sample(c)
			if err != nil {
				t.Fatal(err)
			}
			if !v.Defined() || s.Statistic == nil {
				continue
			}
			tested[m.Name] = true
			if s.Units > intervals.Most {
				t.Errorf("%s: %s draws %d units", name, m.Name, s.Units)
			}
			if got := s.Statistic(slices.Repeat([]uint16{1}, s.Units)); math.Abs(got-v.X) > 1e-9*math.Max(1, math.Abs(v.X)) {
				t.Errorf("%s: %s of the units is %v, of the thread %v", name, m.Name, got, v.X)
			}
		}
	}
	for _, m := range sampled() {
		if !tested[m.Name] {
			t.Errorf("%s was never defined", m.Name)
		}
	}
}

// The slow twin: a thread is built in which each branch, or each person with what
// they wrote, stands as often as it was drawn, and is measured.
func TestDrawnIsWhatAThreadOfItIs(t *testing.T) {
	t.Parallel()
	branches := func(rows []testthread.Row, drawn []uint16) (out []testthread.Row) {
		unit, roots := make([]int, len(rows)), 0
		for k, r := range rows {
			if r.Parent < 0 {
				unit[k] = roots
				roots++
			} else {
				unit[k] = unit[r.Parent]
			}
		}
		for u, times := range drawn {
			for range times {
				place := map[int]int{-1: -1}
				for k, r := range rows {
					if unit[k] == u {
						place[k] = len(out)
						r.Parent = place[r.Parent]
						out = append(out, r)
					}
				}
			}
		}
		return out
	}
	people := func(rows []testthread.Row, drawn []uint16) (out []testthread.Row) {
		var names []string
		for _, r := range rows {
			if !slices.Contains(names, r.Author) {
				names = append(names, r.Author)
			}
		}
		for u, times := range drawn {
			for twin := range times {
				for _, r := range rows {
					if r.Author == names[u] {
						r.Parent, r.Author = -1, fmt.Sprint(r.Author, "/", twin)
						out = append(out, r)
					}
				}
			}
		}
		return out
	}
	for seed := range uint64(8) {
		rows := lively(200, seed)
		c := metrics.NewContext(testthread.Build(rows), metrics.Options{})
		r := rand.New(rand.NewPCG(seed, 9))
		for _, m := range sampled() {
			s, err := m.Interval.Sample(c)
			if err != nil || s.Statistic == nil {
				t.Fatalf("%s: %v, %d units", m.Name, err, s.Units)
			}
			var build func([]testthread.Row, []uint16) []testthread.Row
			switch {
			case s.Of.EN == "top-level comments":
				build = branches
			case s.Of.EN == "authors" && m.Name != "first-comment-answered": // it needs replies
				build = people
			default:
				continue
			}
			drawn := make([]uint16, s.Units)
			for range drawn {
				drawn[r.IntN(len(drawn))]++
			}
			table, err := metrics.Run(metrics.NewContext(testthread.Build(build(rows, drawn)), metrics.Options{}), []*metrics.Measure{m})
			if err != nil {
				t.Fatal(err)
			}
			v := table.Columns[0].Values.At(0)
			if got := s.Statistic(drawn); v.Defined() && math.Abs(got-v.X) > 1e-9*math.Max(1, math.Abs(v.X)) {
				t.Errorf("seed %d: %s of what was drawn is %v, of a thread of it %v", seed, m.Name, got, v.X)
			}
		}
	}
}

// Every value of a thread has an interval or says why not, the same each time; an
// interval holds the value and lies in the range of the measure.
func TestEveryValueHasAnIntervalOrAReason(t *testing.T) {
	t.Parallel()
	for name, th := range map[string]*thread.Thread{
		"nothing": testthread.Build(nil), "one": testthread.Build(lively(3, 1)[:1]), "lively": testthread.Build(lively(200, 3)),
		"star": fixtures.Build(fixtures.Star(50)), "flat": fixtures.Build(fixtures.Flat(2000)), "chain": fixtures.Build(fixtures.Chain(50)),
	} {
		var first *metrics.Table
		for range 2 {
			plain, err := metrics.Run(metrics.NewContext(th, metrics.Options{Seed: 4}), Measures)
			if err != nil {
				t.Fatal(err)
			}
			table, err := intervals.Beside(plain)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = table
			}
			for k, c := range table.Columns {
				m := c.Measure
				if m.Scope != metrics.PerThread {
					continue
				}
				x := c.Values.At(0)
				switch {
				case !x.Defined():
				case x.More == nil || (x.More.CI == nil) == (x.More.NoCI == nil):
					t.Errorf("%s: %s has %+v, want an interval or a reason", name, m.Name, x.More)
				case x.More.NoCI != nil && (x.More.NoCI.EN == "" || x.More.NoCI.FR == ""):
					t.Errorf("%s: %s has no interval for no reason", name, m.Name)
				case x.More.CI != nil && !(m.Range.Min <= x.More.CI[0] && x.More.CI[0] <= x.X && x.X <= x.More.CI[1] && x.More.CI[1] <= m.Range.Max):
					t.Errorf("%s: %s = %v has the interval %v", name, m.Name, x.X, *x.More.CI)
				}
				if d := cmp.Diff(first.Columns[k].Values.At(0), x); d != "" {
					t.Errorf("%s: %s, again (-first +again):\n%s", name, m.Name, d)
				}
			}
		}
		if name == "lively" {
			for _, want := range []string{"leaf-ratio", "forest-branching", "latency-median", "author-gini", "heat-mean", "child-gini", "re-entry-rate"} {
				if v := first.Value(want); v.More == nil || v.More.CI == nil || v.More.CI[0] >= v.More.CI[1] {
					t.Errorf("%s = %+v, want an interval", want, v.More)
				}
			}
		}
	}
}

// Of made-up threads of 20 branches with geometric sizes, nearly as many intervals
// as they say hold the mean of all such threads: what Fewest was chosen by.
func TestIntervalsHold(t *testing.T) {
	t.Parallel()
	var ms []*metrics.Measure
	for _, m := range sampled() {
		if slices.Contains([]string{"forest-mean-children", "forest-leaf-ratio", "child-gini", "forest-branching"}, m.Name) {
			ms = append(ms, m)
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	measured := func() *metrics.Table {
		var rows []testthread.Row
		for range intervals.Fewest {
			root := len(rows)
			rows = append(rows, testthread.Row{Parent: -1})
			for r.IntN(4) > 0 {
				rows = append(rows, testthread.Row{Parent: root + r.IntN(len(rows)-root)})
			}
		}
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), ms)
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	const threads, tried = 1500, 250
	mean := make([]float64, len(ms))
	for range threads {
		for k, c := range measured().Columns {
			mean[k] += c.Values.At(0).X / threads
		}
	}
	held := make([]int, len(ms))
	for range tried {
		table, err := intervals.Beside(measured())
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range table.Columns {
			if more := c.Values.At(0).More; more.CI != nil && more.CI[0] <= mean[k] && mean[k] <= more.CI[1] {
				held[k]++
			}
		}
	}
	for k, m := range ms {
		if share := float64(held[k]) / tried; share < 0.84 || share > 0.99 {
			t.Errorf("%s: %.3f of the intervals hold the mean, want about 0.9", m.Name, share)
		}
	}
}

// BenchmarkIntervals is what intervals cost beside all structural measures of a
// million comments.
func BenchmarkIntervals(b *testing.B) {
	table, err := metrics.Run(metrics.NewContext(fixtures.Build(fixtures.Million(1)), metrics.Options{}), structural())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := intervals.Beside(table); err != nil {
			b.Fatal(err)
		}
	}
}
