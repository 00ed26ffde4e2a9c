package build

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/render"
	"threadheat/thread"
)

// Four values of which two tie: the places are 1, 2.5, 2.5 and 4.
func TestPlaces(t *testing.T) {
	values := []float64{.2, .9, .2, 0}
	got := places([]thread.Index{0, 1, 2, 3}, func(i thread.Index) float64 { return values[i] })
	if d := cmp.Diff([]float64{2.5, 1, 2.5, 4}, got); d != "" {
		t.Errorf("places (-want +got):\n%s", d)
	}
}

// A report with scores that were brought along shows them in figures of their own and
// says where they and our heat part; a report without has no word of them.
func TestGiven(t *testing.T) {
	th := fixtures.Build(fixtures.Bushy(40, 3))
	given := &metrics.Given{Name: "tox\u202eicity", Of: map[string]float64{}}
	for i := range th.All() {
		given.Of[th.ID(i)] = float64(int(i)*7%10) / 10
	}
	for _, g := range []*metrics.Given{nil, given} {
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{Given: g}), catalogue.DefaultWithGiven)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Report(Input{Tables: []*metrics.Table{table}, Lang: metrics.French})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, s := range r.Sections {
			for _, b := range s.Blocks {
				switch b := b.(type) {
				case *render.Figure:
					ids = append(ids, b.ID)
				case *render.Table:
					ids = append(ids, b.ID)
				}
			}
		}
		for _, want := range []string{"given-heat", "given", "given-apart"} {
			there := slices.ContainsFunc(ids, func(id string) bool { return strings.HasSuffix(id, want) })
			if there != (g != nil) {
				t.Errorf("given %v: a block %s is there: %v", g != nil, want, there)
			}
		}
	}
}
