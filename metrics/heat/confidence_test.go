package heat_test

import (
	"testing"

	"threadheat/metrics/heat"
)

// Each limit of the rule from both sides.
func TestConfidence(t *testing.T) {
	for _, c := range []struct {
		name        string
		model, cues float64
		words       int
		want        string
	}{
		{"both cool", 0.1, 0, 8, "high"},
		{"both hot", 0.9, 0.5, 8, "high"},
		{"short", 0.9, 0.5, 7, "medium"},
		{"undecided and cool", 0.34, 0, 80, "medium"},
		{"undecided and hot", 0.44, 0.2, 80, "medium"},
		{"only the model", 0.35, 0.15, 80, "low"},
		{"only the cues", 0.1, 0.16, 80, "low"},
		{"no words", 0, 0, 0, ""},
	} {
		s := heat.Score{ByModel: c.model, ByCues: c.cues, Tokens: c.words}
		if got := s.Confidence().String(); got != c.want {
			t.Errorf("%s: confidence %q, want %q", c.name, got, c.want)
		}
	}
	s := heat.Score{Tokens: 9, Reason: heat.Language}
	if got := s.Confidence(); got != heat.NoConfidence {
		t.Errorf("without a heat: confidence %q, want none", got)
	}
}
