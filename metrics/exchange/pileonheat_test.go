package exchange

import (
	"fmt"
	"math"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/testthread"
)

// Six people answer Ada within half an hour, two answer Bob two hours later. By hand:
// .5, .6, .7, .8, .9, .7 have mean .7 and variance .02; .2 and .4 have mean .3 and
// variance .02. The error is √(.02/6 + .02/2) = .115470, with
// (.0133333)²/(.00333333²/5 + .01²/1) = 1.739 degrees, taken as 1: t = 12.706.
func TestPileOnHeat(t *testing.T) {
	rows := []testthread.Row{{Parent: -1, Author: "Ada"}}
	heats := []float64{0}
	for k, h := range []float64{.5, .6, .7, .8, .9, .7} {
		rows = append(rows, testthread.Row{Parent: 0, Author: fmt.Sprint("person ", k), Minute: 5 * k})
		heats = append(heats, h)
	}
	for k, h := range []float64{.2, .4} {
		rows = append(rows, testthread.Row{Parent: 1, Author: fmt.Sprint("other ", k), Minute: 150 + k})
		heats = append(heats, h)
	}
	g := &metrics.Given{Of: map[string]float64{}}
	for k, h := range heats {
		g.Of[fmt.Sprintf("c%d", k)] = h
	}
	run := func(th []testthread.Row, ms ...*metrics.Measure) *metrics.Table {
		table, err := metrics.Run(metrics.NewContext(testthread.Build(th), metrics.Options{Given: g}), ms)
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	mean, above := PileOnHeat(heat.Brought), PileOnHeatAbove(heat.Brought)
	table := run(rows, mean, above, InPileOn)
	if v := table.Value(mean.Name); math.Abs(v.X-.7) > 1e-12 || v.N != 6 || v.More.CI[0] > .7 || v.More.CI[1] < .7 {
		t.Errorf("%s = %+v, want .7 of 6", mean.Name, v)
	}
	v := table.Value(above.Name)
	if math.Abs(v.X-.4) > 1e-12 || v.N != 8 || v.More.CI[1] != 1 || v.More.CI[0] != -1 {
		t.Errorf("%s = %+v, want .4 of 8 in an interval wider than can be", above.Name, v)
	}
	// Of the 28 ways to choose the two, the lowest two have U = 0, and as far to the other
	// side is one: 2/28.
	if p := *v.More.P; math.Abs(p-2./28) > 1e-12 {
		t.Errorf("p = %v, want 2/28", p)
	}
	if d, half := welch([]float64{.5, .6, .7, .8, .9, .7}, []float64{.2, .4}); math.Abs(d-.4) > 1e-12 || math.Abs(half-12.7062*.11547) > 1e-3 {
		t.Errorf("welch = %v ± %v, want .4 ± 1.4672", d, half)
	}
	in, _ := table.Find(metrics.PerComment, "in-pile-on")
	for i, v := range metrics.All(in.Values) {
		if want := heatOfRow(table, i) >= .5; (v.X == 1) != want {
			t.Errorf("in-pile-on of %d = %v, want %v", i, v.X, want)
		}
	}
	for name, cut := range map[string][]testthread.Row{"no comments": nil, "no pile-on": rows[:4]} {
		table := run(cut, mean, above, InPileOn)
		for _, m := range []*metrics.Measure{mean, above} {
			if v := table.Value(m.Name); v.Defined() || v.Reason.EN == "" || v.Reason.FR == "" {
				t.Errorf("%s: %s = %+v", name, m.Name, v)
			}
		}
	}
	if v := run(rows[:7], above).Value(above.Name); v.Defined() {
		t.Errorf("no other replies: %+v", v)
	}
}

func heatOfRow(t *metrics.Table, i int) float64 {
	vs, err := heat.Brought.Values.Of(t.Context)
	if err != nil {
		panic(err)
	}
	return vs[i].X
}
