package main

import (
	"math"
	"strings"
	"testing"

	"threadheat/metrics/heat/model"
)

// Worked by hand: of the four pairs three are in order.
func TestAUC(t *testing.T) {
	xs := []scored{{score: .1}, {score: .35, hot: true}, {score: .4}, {score: .8, hot: true}}
	if got := auc(xs); got != .75 {
		t.Errorf("AUC = %v, want .75", got)
	}
	if got := auc([]scored{{score: 1}, {score: 1, hot: true}}); got != .5 {
		t.Errorf("AUC of a tie = %v, want .5", got)
	}
	if got := auc(xs[:1]); !math.IsNaN(got) {
		t.Errorf("AUC without a hot comment = %v, want NaN", got)
	}
	// From the hottest: hot (precision 1), cool, hot (2 of 3), cool.
	if got, want := averagePrecision(xs), (1+2./3)/2; math.Abs(got-want) > 1e-12 {
		t.Errorf("AP = %v, want %v", got, want)
	}
}

// Two comments at .8 of which one is hot are .3 off, one cool at .1 is .1 off.
func TestCalibrationError(t *testing.T) {
	xs := []scored{{score: .8, hot: true, weight: 1}, {score: .8, weight: 1}, {score: .1, weight: 2}}
	if got, _ := calibrationError(xs); math.Abs(got-(.5*.3+.5*.1)) > 1e-12 {
		t.Errorf("ECE = %v, want .2", got)
	}
}

// One half of those at 0 and three quarters of those at 1 are hot: log-odds of 0
// and of ln 3.
func TestPlatt(t *testing.T) {
	var xs []scored
	for i := range 4 {
		xs = append(xs, scored{score: 0, hot: i < 2, weight: 1}, scored{score: 1, hot: i < 3, weight: 1})
	}
	if a, b := platt(xs); math.Abs(a) > 1e-9 || math.Abs(b-math.Log(3)) > 1e-9 {
		t.Errorf("platt = %v, %v, want 0, %v", a, b, math.Log(3))
	}
}

// A learned model tells the two kinds of sentences apart, gives an insult no
// negative weight and thanks no positive one, and is the same the second time.
func TestFit(t *testing.T) {
	rows := []row{}
	for i, s := range []bool{false, true} {
		for _, r := range sentences(s)[:900] {
			// Two sources, or no feature would count.
			r.set, r.hot, r.used = setOf([]string{"civil", "hostile"}[i]), s, true
			rows = append(rows, r)
			r.set = setOf("spans")
			rows = append(rows, r)
		}
	}
	feats := extract(rows, fewest)
	all := func(*row) bool { return true }
	l := fit(rows, feats, all)
	z := make([]float64, len(rows))
	w := round(l, feats)
	logOdds(w, rows, all, z)
	var xs []scored
	for i := range rows {
		xs = append(xs, scored{score: z[i], hot: rows[i].hot})
	}
	if got := auc(xs); got < .99 {
		t.Errorf("AUC on what was learned = %.3f, want nearly 1", got)
	}
	for f, k := range feats.kinds {
		for _, x := range l.weights[f] {
			if k == model.Angry && x < 0 || k == model.Polite && x > 0 {
				t.Errorf("a feature of kind %d has the weight %v", k, x)
			}
		}
	}
	if again := round(fit(rows, feats, all), feats); string(again.Append(nil)) != string(w.Append(nil)) {
		t.Error("the same comments give other weights the second time")
	}
}

// Every choice of the grammars is made, and the same every time.
func TestSentences(t *testing.T) {
	for _, hostile := range []bool{false, true} {
		rows := sentences(hostile)
		for _, r := range rows {
			if strings.ContainsAny(r.Text, "{}|") {
				t.Errorf("a choice is left in %q", r.Text)
			}
		}
		if again := sentences(hostile); again[len(again)/2].Text != rows[len(rows)/2].Text || len(again) != len(rows) {
			t.Error("other sentences the second time")
		}
	}
}

// One line for each variant that the card counts.
func TestVariants(t *testing.T) {
	for i, line := range strings.Split(strings.TrimSuffix(variants, "\n"), "\n") {
		if !strings.Contains(line, "0.") {
			t.Errorf("variants.txt:%d has no number: %q", i+1, line)
		}
	}
}
