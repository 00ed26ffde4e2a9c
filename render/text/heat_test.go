package text_test

import (
	"bytes"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render/text"
)

func heatOf(t testing.TB, s string, score heat.Score, o text.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := text.Heat(&b, "", s, score, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestHeat(t *testing.T) {
	const said = "Well, \x1b[31myou FOOL"
	score := heat.Score{
		Value: 0.75, ByModel: 0.5, ByCues: 0.5, Tokens: 3,
		Evidence: []metrics.Evidence{{Start: 11, End: 14, Cue: "second-person", Share: 0.25}, {Start: 15, End: 19, Cue: "shouting", Share: 0.75}},
	}
	got := heatOf(t, said, score, text.Options{})
	check(t, got, 80)
	for _, want := range []string{
		"Well, ␛[31m[1 you] [2 FOOL]\n", "heat          0.75\n", "model         0.50, its part 50%\n",
		"confidence    medium: ", "   1   25%  second person “you”\n", "   2   75%  shouting “FOOL”\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	got = heatOf(t, said, score, text.Options{Colour: true, Lang: metrics.French})
	if !strings.Contains(got, "\x1b[1m[1 you]\x1b[0m \x1b[1m[2 FOOL]\x1b[0m\n") || !strings.Contains(got, "chaleur       0,75\n") {
		t.Errorf("in French and colours:\n%q", got)
	}
	got = heatOf(t, "hm", heat.Score{Reason: heat.TooShort, Tokens: 1}, text.Options{})
	if !strings.Contains(got, "heat          cannot tell: too short to tell\n") || strings.Contains(got, "model") {
		t.Errorf("without a heat:\n%s", got)
	}
}

func FuzzHeat(f *testing.F) {
	f.Add("Vous avez TORT, « mon cher » é😀 !!")
	f.Add("\x00\u202e you\xff ARE \x01 wrong\r\n\n[1 x] \x1b[2J")
	f.Fuzz(func(t *testing.T, said string) {
		got := heatOf(t, said, heat.Of(said, true), text.Options{})
		for _, r := range got {
			if r != '\n' && r < ' ' || r == 0x7f {
				t.Fatalf("the control character %U is written to the terminal", r)
			}
		}
		check(t, got, 80)
	})
}
