package heat_test

import (
	"fmt"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words"
)

// By hand: heats .1, .3, none, .5, .7; the halves are .2 and .6. Second person in two of
// the four that are not the first, politeness in one of five, questions in two.
func TestSigns(t *testing.T) {
	ss := make([]heat.Score, 5)
	for k, x := range []float64{.1, .3, 0, .5, .7} {
		ss[k].Value = x
	}
	ss[2].Reason = heat.Language
	ss[0].Counts[heat.SecondPerson] = 3
	ss[1].Counts[heat.SecondPerson], ss[4].Counts[heat.SecondPerson] = 1, 2
	ss[3].Counts[heat.Politeness] = 1
	var asks []bool
	for _, text := range []string{"Why?", "see http://a.b/c?d=1", "", "really?!", "no"} {
		asks = append(asks, heat.Asks(text))
	}
	s := heat.SignsOf(ss, asks)
	want := heat.Signs{.4, .7, .4, .5, .2, .4}
	for k := range want {
		if !near(s[k], want[k], 1e-12) {
			t.Errorf("%s = %v, want %v", heat.SignNames[k], s[k], want[k])
		}
	}
	// Level and rise count in full at heat.Hot.
	full := func(x float64) float64 { return min(1, x/heat.Hot) }
	if got, want := s.Warning(), .4*full(.4)+.2*.7+.2*full(.4)+.2*.5-.1*.2; !near(got, want, 1e-12) {
		t.Errorf("warning = %v, want %v", got, want)
	}
	if got := (heat.Signs{heat.SignPoliteness: 1}).Warning(); got != 0 {
		t.Errorf("warning of thanks = %v, want 0", got)
	}
	if got := (heat.Signs{1, 1, 1, 1, 0, 1}).Warning(); !near(got, 1, 1e-12) {
		t.Errorf("warning of all signs = %v, want 1", got)
	}
}

// More of a sign never lowers the warning, but for politeness, which never raises it.
func TestWarningIsMonotone(t *testing.T) {
	for k := range heat.SignNames {
		for x := 0.; x <= 1; x += .1 {
			a, b := heat.Signs{.2, .3, .1, .4, .3, .2}, heat.Signs{.2, .3, .1, .4, .3, .2}
			a[k], b[k] = x, x+.1
			if d := b.Warning() - a.Warning(); k == int(heat.SignPoliteness) && d > 0 || k != int(heat.SignPoliteness) && d < 0 {
				t.Errorf("%s from %v to %v changes the warning by %v", heat.SignNames[k], x, x+.1, d)
			}
		}
	}
}

// The first comments are those by time, and what follows them changes nothing.
func TestEarlyWarning(t *testing.T) {
	texts := []string{"Merci de la question", "Vous avez tort !", "Non, c’est faux", "VRAIMENT, vous exagérez !!", "Et vous donc ?", "Bon", "Fini"}
	var rows []testthread.Row
	for k, s := range texts {
		rows = append(rows, testthread.Row{Parent: k - 1, Author: fmt.Sprint(k % 2), Minute: k, Text: s})
	}
	run := func(rows []testthread.Row) metrics.Value {
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), []*metrics.Measure{heat.EarlyWarning})
		if err != nil {
			t.Fatal(err)
		}
		return table.Value("early-warning")
	}
	var ss []heat.Score
	var asks []bool
	var of heat.Scorer // the short texts take the language of the thread
	for k, s := range texts[:5] {
		ss, asks = append(ss, of.Score(evidence.Input{Text: s, Reply: k > 0, Lang: words.FR})), append(asks, heat.Asks(s))
	}
	want := heat.SignsOf(ss, asks).Warning()
	for n := 5; n <= len(rows); n++ {
		if v := run(rows[:n]); v.X != want || v.N != 5 || want == 0 {
			t.Errorf("warning of %d comments = %+v, want %v", n, v, want)
		}
	}
	for n := range 5 {
		if v := run(rows[:n]); v.Defined() || v.N > n {
			t.Errorf("warning of %d comments = %+v, want none", n, v)
		}
	}
	for k := range rows {
		rows[k].Text = "Это неправда, и вы это прекрасно знаете, дорогой мой друг"
	}
	if v := run(rows); v.Defined() {
		t.Errorf("warning in another language = %+v, want none", v)
	}
}
