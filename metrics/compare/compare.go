package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// How few are too few.
const (
	MinInterval = 5  // observations on each side for an interval of their difference
	MinTest     = 2  // on each side for a test
	Few         = 20 // fewer on a side are called few
	MinSeries   = 8  // dated threads before and after for an interrupted time series
)

// maxDrawn is how many observations, of both sides together, have a bootstrap
// interval. Beyond that the interval is that of the normal law, which by then is
// as good and takes no time.
const maxDrawn = 2000

// Side is one of the two sides.
type Side struct {
	Name         string
	Observations []Observation // in any order; Add adds one
	// Whole is the single thread of which the Observations are the branches; nil
	// where they are threads.
	Whole *Observation

	whys []*metrics.Text // why the first that is undefined is, by Quantity
}

// Add adds an observation. All of a side have the same quantities.
func (s *Side) Add(o Observation) {
	if s.whys == nil {
		s.whys = make([]*metrics.Text, len(o.Values))
	}
	for k, x := range o.Values {
		if math.IsNaN(x) && s.whys[k] == nil {
			s.whys[k] = o.Whys[k]
		}
	}
	o.Whys = nil
	s.Observations = append(s.Observations, o)
}

// Options are how sides are compared.
type Options struct {
	Seed    uint64
	Split   time.Time // where the sides are one series before and after it; else the zero time
	Workers int       // 0 is as many as there are processors; results do not depend on it
}

// Result tells how two sides differ.
type Result struct {
	Options
	Sides    [2]Side
	Branches bool // the observations are branches of one thread on each side
	Rows     []Row
	Tests    int // p-values among the Rows, for which the q-values account
	Draws    int // of the intervals
	// Series tells how many threads the interrupted time series has before and
	// after the split; NoSeries, where there is a split, why there is none.
	Series   [2]int
	NoSeries *metrics.Text
}

// Row compares the sides by one Quantity. Differences and dominance are those of
// the second side against the first: above 0 where the second has more.
type Row struct {
	Quantity
	Sides      [2]Summary
	Difference metrics.Value // of the means, with its BCa interval
	NoInterval *metrics.Text // why it has none
	Dominance  metrics.Value // Cliff's delta with its interval; N is all observations
	Test       *Test         // that neither side tends to more (Mann-Whitney); nil where there is none
	NoTest     *metrics.Text // why
	// Level and Slope are the jump at the split and the change of the slope, per day,
	// of an interrupted time series; NoSeries is why there is none.
	Level, Slope metrics.Value
	LevelTest    *Test
	SlopeTest    *Test
	NoSeries     *metrics.Text
}

// Test is a p-value, and what is left of it among all tests of the comparison.
type Test struct {
	P, Q  float64
	Exact bool // p counts every split of the observations
}

// Summary is one side of a Row.
type Summary struct {
	N            int           // observations in which the quantity is defined
	Mean, Median float64       // 0 where N is 0
	Why          *metrics.Text // of the first observation in which it is not defined, where N is 0
	Whole        metrics.Value // of the thread whose branches these are, where they are
}

// Sides compares two sides by the quantities they were observed with. The order of
// the observations does not matter.
func Sides(qs []Quantity, a, b Side, o Options) *Result {
	r := &Result{Options: o, Sides: [2]Side{a, b}, Branches: a.Whole != nil && b.Whole != nil, Draws: stats.Resamples}
	for k, q := range qs {
		r.Rows = append(r.Rows, r.row(q, k))
	}
	if !o.Split.IsZero() {
		r.interrupt(qs)
	}
	var tests []*Test
	var ps []float64
	for k := range r.Rows {
		row := &r.Rows[k]
		for _, t := range []*Test{row.Test, row.LevelTest, row.SlopeTest} {
			if t != nil {
				tests, ps = append(tests, t), append(ps, t.P)
			}
		}
	}
	r.Tests = len(tests)
	for k, q := range stats.FalseDiscovery(ps) {
		tests[k].Q = q
	}
	return r
}

func (r *Result) row(q Quantity, k int) Row {
	row := Row{Quantity: q}
	var xs [2][]float64
	for s, side := range r.Sides {
		sum := &row.Sides[s]
		for _, o := range side.Observations {
			if x := o.Values[k]; !math.IsNaN(x) {
				xs[s] = append(xs[s], x)
			}
		}
		slices.Sort(xs[s])
		if sum.N = len(xs[s]); sum.N > 0 {
			sum.Mean, sum.Median = stat.Mean(xs[s], nil), stats.SortedQuantile(xs[s], 0.5)
		} else if len(side.Observations) > 0 {
			sum.Why = side.whys[k]
		} else {
			sum.Why = &metrics.Text{EN: "there is nothing on this side", FR: "il n’y a rien de ce côté"}
		}
		if side.Whole != nil {
			sum.Whole = side.Whole.Value(k)
		}
	}
	a, b := xs[0], xs[1]
	n := len(a) + len(b)
	least := min(len(a), len(b))
	if least == 0 {
		why := row.Sides[0].Why
		if why == nil {
			why = row.Sides[1].Why
		}
		row.Difference, row.Dominance = metrics.Undefined(n, why), metrics.Undefined(n, why)
		row.NoInterval, row.NoTest = why, why
		return row
	}
	row.difference(a, b, r.Options)
	delta, ci, _ := stats.Dominance(b, a)
	row.Dominance = metrics.Of(delta, n)
	switch {
	case a[0] == a[len(a)-1] && b[0] == b[len(b)-1] && a[0] == b[0]:
		row.NoTest = same
		return row
	case least < MinTest:
		row.NoTest = tooFewToTest(least)
		return row
	}
	row.Dominance.More = &metrics.More{CI: &ci}
	u := stats.MannWhitney(b, a)
	row.Test = &Test{P: u.P, Exact: u.Exact}
	return row
}

// difference fills in that of the means, with an interval where there can be one.
func (row *Row) difference(a, b []float64, o Options) {
	n := len(a) + len(b)
	d := row.Sides[1].Mean - row.Sides[0].Mean
	row.Difference = metrics.Of(d, n)
	var ci [2]float64
	switch least := min(len(a), len(b)); {
	case least < MinInterval:
		row.NoInterval = tooFewToDraw(least)
		return
	case n > maxDrawn:
		va, vb := stat.Variance(a, nil)/float64(len(a)), stat.Variance(b, nil)/float64(len(b))
		half := 1.959964 * math.Sqrt(va+vb)
		ci = [2]float64{d - half, d + half}
	default:
		var ok bool
		if _, ci, ok = (stats.Bootstrap{Seed: o.Seed, Workers: o.Workers}).MeanDifference(a, b); !ok {
			if row.NoInterval = same; a[0] != a[len(a)-1] || b[0] != b[len(b)-1] {
				row.NoInterval = lopsided
			}
			return
		}
	}
	row.Difference.More = &metrics.More{CI: &ci}
}

var same = &metrics.Text{EN: "hardly differs from one to the next: there is nothing to test", FR: "ne varie guère de l’un à l’autre : il n’y a rien à tester"}

var lopsided = &metrics.Text{EN: "the samples drawn anew all lie on one side: they tell no interval", FR: "les échantillons tirés à nouveau sont tous du même côté : ils ne disent pas d’intervalle"}

func tooFewToDraw(n int) *metrics.Text {
	return &metrics.Text{
		EN: fmt.Sprintf("an interval needs at least %d on each side, one has %d", MinInterval, n),
		FR: fmt.Sprintf("un intervalle en demande au moins %d de chaque côté, l’un en a %d", MinInterval, n),
	}
}

func tooFewToTest(n int) *metrics.Text {
	return &metrics.Text{
		EN: fmt.Sprintf("a test needs at least %d on each side, one has %d", MinTest, n),
		FR: fmt.Sprintf("un test en demande au moins %d de chaque côté, l’un en a %d", MinTest, n),
	}
}

// perDay makes days of milliseconds.
const perDay = 24 * 60 * 60 * 1000

// interrupt fits an interrupted time series to each row, over all dated threads of
// both sides by their start.
func (r *Result) interrupt(qs []Quantity) {
	type point struct {
		day    float64 // since the split
		values []float64
	}
	var points []point
	for _, side := range r.Sides {
		for _, o := range side.Observations {
			if !o.Start.IsZero() {
				points = append(points, point{float64(o.Start.UnixMilli()-r.Split.UnixMilli()) / perDay, o.Values})
			}
		}
	}
	slices.SortStableFunc(points, func(a, b point) int {
		// Threads of the same time must not depend on the order of the input.
		return cmp.Or(cmp.Compare(a.day, b.day), slices.Compare(a.values, b.values))
	})
	for _, p := range points {
		if p.day < 0 {
			r.Series[0]++
		} else {
			r.Series[1]++
		}
	}
	if min(r.Series[0], r.Series[1]) < MinSeries {
		r.NoSeries = shortSeries(r.Series)
		return
	}
	for k := range qs {
		row := &r.Rows[k]
		var days, ys []float64
		var n [2]int
		for _, p := range points {
			if x := p.values[k]; !math.IsNaN(x) {
				days, ys = append(days, p.day), append(ys, x)
				if p.day < 0 {
					n[0]++
				} else {
					n[1]++
				}
			}
		}
		if min(n[0], n[1]) < MinSeries {
			row.NoSeries = shortSeries(n)
			continue
		}
		level, slope, ok := stats.Interrupted(days, ys)
		if !ok {
			row.NoSeries = same
			continue
		}
		row.Level, row.LevelTest = change(level, len(ys))
		row.Slope, row.SlopeTest = change(slope, len(ys))
	}
}

func change(c stats.Change, n int) (metrics.Value, *Test) {
	v := metrics.Of(c.X, n)
	v.More = &metrics.More{CI: &c.CI, P: &c.P}
	return v, &Test{P: c.P}
}

func shortSeries(n [2]int) *metrics.Text {
	return &metrics.Text{
		EN: fmt.Sprintf("a series needs at least %d dated threads before and after, there are %d and %d", MinSeries, n[0], n[1]),
		FR: fmt.Sprintf("une série demande au moins %d fils datés avant et après, il y en a %d et %d", MinSeries, n[0], n[1]),
	}
}

// Before tells on which side of the split a thread stands, by its start; false
// where it has none. A time without a zone is taken for UTC.
func Before(start thread.Stamp, split time.Time) (before, dated bool) {
	return start.UnixMilli() < split.UnixMilli(), !start.IsZero()
}

// Size says how large a dominance is in one word, by the limits of Romano et al.
// (2006): 0.147, 0.33 and 0.474 for Cliff's delta.
func Size(delta float64) metrics.Text {
	switch d := math.Abs(delta); {
	case d < 0.147:
		return metrics.Text{EN: "negligible", FR: "négligeable"}
	case d < 0.33:
		return metrics.Text{EN: "small", FR: "faible"}
	case d < 0.474:
		return metrics.Text{EN: "medium", FR: "moyen"}
	}
	return metrics.Text{EN: "large", FR: "fort"}
}
