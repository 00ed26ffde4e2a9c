package table_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/compare"
	"threadheat/metrics/shape"
	"threadheat/render/table"
)

func TestCompared(t *testing.T) {
	none := []*metrics.Text{nil, {EN: "=none"}}
	side := func(xs ...float64) (s compare.Side) {
		for _, x := range xs {
			s.Add(compare.Observation{Values: []float64{x, math.NaN()}, Whys: none})
		}
		return s
	}
	a, b := side(1, 2, 3), side(4, 5)
	a.Whole = &compare.Observation{Values: []float64{1, math.NaN()}, Whys: none}
	b.Whole = &compare.Observation{Values: []float64{5, math.NaN()}, Whys: none}
	r := compare.Sides([]compare.Quantity{{Measure: shape.Comments}, {Measure: shape.Depth, OfComments: true}}, a, b, compare.Options{Split: time.Time{}})
	var out bytes.Buffer
	if err := table.Compared(&out, r, []string{"=1+1", "second"}, metrics.English); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(records) != 3 {
		t.Fatalf("%d records, %v, want a header and two", len(records), err)
	}
	got := map[string]string{}
	for k, name := range records[0] {
		got[name] = records[1][k]
	}
	delete(got, "delta_low") // worked out elsewhere
	delete(got, "delta_high")
	want := map[string]string{
		"measure": "comments", "of": "thread", "unit": "count", "n_a": "3", "n_b": "2", "thread_a": "1", "thread_b": "5",
		"mean_a": "2", "mean_b": "4.5", "median_a": "2", "median_b": "4.5", "difference": "2.5", "difference_low": "", "difference_high": "",
		"delta": "1", "p": "0.2", "q": "0.2",
		"jump": "", "jump_low": "", "jump_high": "", "jump_p": "", "jump_q": "", "slope": "", "slope_low": "", "slope_high": "", "slope_p": "", "slope_q": "",
		"reason": "", "sentence": "'=1+1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the first record (-want +got):\n%s", d)
	}
	if last := records[2]; last[0] != "depth" || last[1] != "comments" || last[7] != "" || last[len(last)-2] != "'=none" {
		t.Errorf("the second record is %q", last)
	}
}
