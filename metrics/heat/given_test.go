package heat_test

import (
	"math"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/testthread"
)

// Four comments of two people with the scores 0.2, 0.9, none and 1: counted by hand.
func TestGiven(t *testing.T) {
	rows := testthread.Shape(-1, 0, 1, 2)
	for k := range rows {
		rows[k].Author = []string{"Ada", "Bob"}[k%2]
		rows[k].Text = []string{"", "You are wrong!", "thanks", "NONSENSE, you forget this!!"}[k]
	}
	th := testthread.Build(rows)
	g := &metrics.Given{Name: "x", Of: map[string]float64{th.ID(0): 0.2, th.ID(1): 0.9, th.ID(3): 1, "elsewhere": 0.5}}
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{Given: g}), heat.OfGiven)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]float64{
		"given-heat-mean": 2.1 / 3, "given-heat-peak": 1, "given-heat-p90": 0.98, "given-heat-share": 2. / 3,
		"given-heat-spearman": 1, "given-heat-auc": 1,
	} {
		if v := table.Value(name); math.Abs(v.X-want) > 1e-12 || v.N != 3 {
			t.Errorf("%s = %v of %d, want %v of 3", name, v.X, v.N, want)
		}
	}
	of, _ := table.Find(metrics.PerComment, "given-heat")
	if v := of.Values.At(2); v.Defined() {
		t.Errorf("given-heat of a comment without score = %v", v.X)
	}
	by, _ := table.Find(metrics.PerAuthor, "given-heat-mean")
	for a, want := range []float64{0.2, 0.95} {
		if v := by.Values.At(a); math.Abs(v.X-want) > 1e-12 {
			t.Errorf("given-heat-mean of %s = %v, want %v", th.AuthorName(0), v.X, want)
		}
	}
}

// The published example of y .1 .35 .4 .8 with labels F T F T, and its ends.
func TestAUC(t *testing.T) {
	for _, c := range []struct {
		name           string
		scores, labels []float64
		want           float64
	}{
		{"three pairs of four", []float64{.1, .35, .4, .8}, []float64{0, 1, 0, 1}, .75},
		{"a tie is one half", []float64{.1, .1}, []float64{0, 1}, .5},
		{"the wrong way round", []float64{.9, .1}, []float64{0, 1}, 0},
		{"no positive", []float64{.9, .1}, []float64{0, .4}, math.NaN()},
		{"nothing", nil, nil, math.NaN()},
	} {
		v := heat.AUC(c.scores, c.labels, .5)
		if math.IsNaN(c.want) != !v.Defined() || v.Defined() && math.Abs(v.X-c.want) > 1e-12 {
			t.Errorf("%s: AUC = %v (defined %v), want %v", c.name, v.X, v.Defined(), c.want)
		}
		if v.Defined() && (v.More.CI[0] > v.X || v.More.CI[1] < v.X || v.More.CI[0] < 0 || v.More.CI[1] > 1) {
			t.Errorf("%s: %v is not in its interval %v", c.name, v.X, *v.More.CI)
		}
	}
}
