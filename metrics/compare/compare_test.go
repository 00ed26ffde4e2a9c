package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/pace"
	"threadheat/metrics/people"
	"threadheat/metrics/shape"
	"threadheat/thread"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9 }

// some is a side with observations of one quantity.
func some(xs ...float64) (s Side) {
	for _, x := range xs {
		s.Add(Observation{Values: []float64{x}, Whys: []*metrics.Text{{EN: "why", FR: "pourquoi"}}, Size: 1})
	}
	return s
}

var one = []Quantity{{shape.Comments, false}}

func compareTwo(a, b []float64) Row {
	return Sides(one, some(a...), some(b...), Options{}).Rows[0]
}

// 1, 2, 3 against 4, 5: means 2 and 4.5, all six pairs one way; of the 10 splits
// two are as far apart.
func TestSidesByHand(t *testing.T) {
	row := compareTwo([]float64{2, 1, 3, math.NaN()}, []float64{5, 4})
	if a, b := row.Sides[0], row.Sides[1]; a.N != 3 || a.Mean != 2 || a.Median != 2 || b.N != 2 || b.Mean != 4.5 || b.Median != 4.5 {
		t.Errorf("sides %+v and %+v", a, b)
	}
	if row.Difference.X != 2.5 || row.Difference.N != 5 || row.Difference.More != nil || row.NoInterval == nil {
		t.Errorf("difference %+v, want 2.5 without an interval, with a reason", row.Difference)
	}
	if row.Dominance.X != 1 || row.Test == nil || !near(row.Test.P, .2) || !near(row.Test.Q, .2) || !row.Test.Exact {
		t.Errorf("dominance %v, test %+v, want 1 and p 2/10", row.Dominance.X, row.Test)
	}
	for name, tt := range map[string]struct{ a, b []float64 }{
		"an empty side":      {nil, []float64{1, 2}},
		"an undefined side":  {[]float64{1, 2}, []float64{math.NaN()}},
		"one on a side":      {[]float64{1, 2, 3}, []float64{1}},
		"all alike":          {[]float64{1, 1, 1, 1, 1}, []float64{1, 1, 1, 1, 1}},
		"nothing whatsoever": {nil, nil},
	} {
		row := compareTwo(tt.a, tt.b)
		if row.Test != nil || row.NoTest == nil || row.NoTest.FR == "" || row.NoInterval == nil {
			t.Errorf("%s: test %v, reasons %v, %v: want none, with reasons", name, row.Test, row.NoTest, row.NoInterval)
		}
	}
}

// The same result for any order of the observations and any number of workers; the
// sides exchanged turn the signs round and leave p.
func TestSidesSymmetry(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var a, b []float64
	for k := range 30 {
		a = append(a, float64(r.IntN(9)))
		if k < 17 {
			b = append(b, float64(r.IntN(12)))
		}
	}
	want := compareTwo(a, b)
	if want.Difference.More == nil || want.Dominance.More == nil {
		t.Fatal("47 observations have no intervals")
	}
	slices.Reverse(a)
	slices.Sort(b)
	got := Sides(one, some(a...), some(b...), Options{Workers: 3}).Rows[0]
	if *got.Difference.More.CI != *want.Difference.More.CI || *got.Test != *want.Test {
		t.Errorf("in another order: %v %v, want %v %v", *got.Difference.More.CI, *got.Test, *want.Difference.More.CI, *want.Test)
	}
	back := compareTwo(b, a)
	if !near(back.Difference.X, -want.Difference.X) || !near(back.Dominance.X, -want.Dominance.X) || !near(back.Test.P, want.Test.P) ||
		!near(back.Dominance.More.CI[0], -want.Dominance.More.CI[1]) {
		t.Errorf("the other way round: %+v, want %+v turned", back, want)
	}
}

// Beyond what is drawn the interval is the normal one, and near the drawn one.
func TestSidesOfMany(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	draw := func(n int) (xs []float64) {
		for range n {
			xs = append(xs, r.ExpFloat64())
		}
		return xs
	}
	a, b := draw(maxDrawn/2), draw(maxDrawn/2)
	drawn := compareTwo(a, b).Difference.More.CI
	normal := compareTwo(append(a, a...), append(b, b...)).Difference.More.CI
	if w, v := drawn[1]-drawn[0], (normal[1]-normal[0])*math.Sqrt2; math.Abs(w/v-1) > .08 {
		t.Errorf("widths %v drawn, %v by the normal law of twice as many", w, v)
	}
}

// The q-values account for every test in the report, those of the series too.
func TestQValuesAreOfTheWholeReport(t *testing.T) {
	split := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	r := rand.New(rand.NewPCG(3, 3))
	qs := []Quantity{{shape.Comments, false}, {shape.Replies, false}}
	var sides [2]Side
	for day := -20; day < 20; day++ {
		s := 0
		jump := 0.
		if day >= 0 {
			s, jump = 1, 5
		}
		sides[s].Add(Observation{
			Start:  thread.At(split.AddDate(0, 0, day), thread.Minute),
			Values: []float64{jump + r.NormFloat64(), r.NormFloat64()},
		})
	}
	got := Sides(qs, sides[0], sides[1], Options{Split: split})
	if got.Tests != 6 || got.Series != [2]int{20, 20} || got.NoSeries != nil {
		t.Fatalf("%d tests, series %v (%v), want 6 and 20, 20", got.Tests, got.Series, got.NoSeries)
	}
	row := got.Rows[0]
	if !near(row.Test.Q, row.Test.P*6) && !near(row.Test.Q, row.Test.P*3) {
		t.Errorf("p %v has q %v among 6 tests of which two are small", row.Test.P, row.Test.Q)
	}
	if row.Level.X < 3 || row.LevelTest.Q > .01 || row.SlopeTest.Q < .05 {
		t.Errorf("level %v with q %v, slope with q %v: want a jump of about 5 and no bend", row.Level.X, row.LevelTest.Q, row.SlopeTest.Q)
	}
	// The order of the input does not matter.
	slices.Reverse(sides[0].Observations)
	again := Sides(qs, sides[0], sides[1], Options{Split: split})
	if *again.Rows[0].LevelTest != *row.LevelTest {
		t.Error("the series depends on the order of the input")
	}
	short := Sides(qs, Side{Observations: sides[0].Observations[:7]}, sides[1], Options{Split: split})
	if short.NoSeries == nil || short.Rows[0].LevelTest != nil {
		t.Errorf("seven threads before make a series: %+v", short.NoSeries)
	}
}

func TestObserve(t *testing.T) {
	rows := testthread.Shape(-1, 0, 0, 2)
	for k := range rows {
		rows[k].Text = "one two three"[:3+4*(k%2)]
	}
	qs := Quantities([]*metrics.Measure{shape.Comments, shape.Depth, pace.Latency, people.AuthorWords})
	if len(qs) != 3 {
		t.Fatalf("%d quantities, want 3: those of authors are left out", len(qs))
	}
	o, err := Observe(testthread.Build(rows), qs, metrics.Options{})
	if err != nil {
		t.Fatal(err)
	}
	// Depths 0, 1, 1, 2; latencies 1, 2 and 1 minutes.
	if o.Values[0] != 4 || o.Values[1] != 1 || !near(o.Values[2], 4./3) || o.Size != 4 {
		t.Errorf("Observe = %+v", o)
	}
	if o.Start != testthread.Build(rows).Time(0) {
		t.Errorf("Start = %v, want that of the first comment", o.Start)
	}
	empty, err := Observe(testthread.Build(nil), qs, metrics.Options{})
	if err != nil || empty.Value(1).Defined() || !empty.Start.IsZero() {
		t.Errorf("of nothing: %+v, %v", empty, err)
	}
}

func TestStart(t *testing.T) {
	at := time.Date(2024, 3, 5, 10, 0, 0, 0, time.UTC)
	b := thread.NewBuilder(thread.Meta{})
	for k, s := range []thread.Stamp{{}, thread.Local(at, thread.Year), thread.Local(at, thread.Minute), thread.Local(at.AddDate(0, 0, -3), thread.Day)} {
		b.Add(thread.Comment{ID: fmt.Sprint(k), Time: s})
	}
	got := Start(b.Build())
	if want := thread.Local(at.AddDate(0, 0, -3), thread.Day); got != want {
		t.Errorf("Start = %v, want %v: a year is no start", got, want)
	}
	if before, dated := Before(got, at); !before || !dated {
		t.Error("it begins before the split")
	}
	if _, dated := Before(thread.Stamp{}, at); dated {
		t.Error("no time is dated")
	}
}

// Each comment is in the branch of its top-level comment, with its parent.
func TestBranches(t *testing.T) {
	for _, parents := range [][]int{{}, {-1}, {-1, 0, -1, 2, 1, 0, -1}, testthread.Bushy(40, 1), testthread.Star(5), testthread.Chain(6)} {
		th := testthread.BuildShuffled(testthread.Shape(parents...), 3)
		got := map[string]string{}
		branches := 0
		for b := range Branches(th) {
			branches++
			roots := 0
			for i := range b.All() {
				parent := ""
				if b.Parent(i) != thread.NoIndex {
					parent = b.ID(b.Parent(i))
				} else {
					roots++
				}
				got[b.ID(i)] = parent
			}
			if roots != 1 {
				t.Errorf("%v: a branch has %d top-level comments", parents, roots)
			}
		}
		want := map[string]string{}
		for k, p := range parents {
			want[fmt.Sprint("c", k)] = ""
			if p >= 0 {
				want[fmt.Sprint("c", k)] = fmt.Sprint("c", p)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v: branches hold %v, want %v", parents, got, want)
		}
		if roots := len(slices.Collect(th.Roots())); branches != roots {
			t.Errorf("%v: %d branches, want %d", parents, branches, roots)
		}
	}
}

func TestSize(t *testing.T) {
	for delta, want := range map[float64]string{0: "negligible", -.146: "negligible", .147: "small", -.33: "medium", .474: "large", -1: "large"} {
		if got := Size(delta).EN; got != want {
			t.Errorf("Size(%v) = %s, want %s", delta, got, want)
		}
	}
}
