package heat_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/testthread"
)

// A comment alone has the heat that it has in its thread.
func TestAloneIsAsInTheThread(t *testing.T) {
	const first, second = "This plan is a fine one, and it costs us next to nothing at all.", "You forget half of it. “It costs us next to nothing”: WHO pays, you fool?"
	rows := testthread.Shape(-1, 0)
	rows[0].Text, rows[1].Text = first, second
	want, err := heat.Scores.Of(metrics.NewContext(testthread.Build(rows), metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var s heat.Scorer
	for k, got := range []heat.Score{s.Alone(first, "", false, ""), s.Alone(second, first, true, "en-GB")} {
		if d := cmp.Diff(want[k], got); d != "" {
			t.Errorf("comment %d (-in its thread +alone):\n%s", k, d)
		}
	}
	if want[1].Value == 0 {
		t.Error("the second comment has no heat, so that nothing was compared")
	}
}

func TestAloneInALanguage(t *testing.T) {
	var s heat.Scorer
	const text = "you are all wrong"
	for tag, read := range map[string]bool{
		"": true, "en": true, "EN_us": true, "eng": true, "fr-CA": true, "fra": true, "und": true, "mul": true,
		"de": false, "pl-PL": false, "deu": false, "tlh": false,
	} {
		if got := s.Alone(text, "", true, tag); (got.Reason == nil) != read {
			t.Errorf("language %q: reason %v, want it read: %v", tag, got.Reason, read)
		} else if got.Tokens != 4 {
			t.Errorf("language %q: %d words, want 4", tag, got.Tokens)
		}
	}
}
