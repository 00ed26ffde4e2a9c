package table

import (
	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/thread"
)

// driftPoints lists where branches leave their subject, the clearest first.
func driftPoints(c *metrics.Context) (any, error) {
	type word struct {
		Word string  `json:"word"`
		Z    float64 `json:"z"`
	}
	words := func(ws []drift.Word) []word {
		out := make([]word, len(ws))
		for k, w := range ws {
			out[k] = word{w.Text, w.Z}
		}
		return out
	}
	turns, err := drift.Points.Of(c)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, p := range turns.Points {
		out = append(out, struct {
			At     string  `json:"at"`
			Nats   float64 `json:"nats"`
			Before []word  `json:"before"`
			After  []word  `json:"after"`
		}{c.Thread.ID(p.At), p.Nats, words(p.Before), words(p.After)})
	}
	return out, nil
}

// driftCurves lists the curve over time and those down the longest branches.
func driftCurves(c *metrics.Context) (any, error) {
	type step struct {
		From     string  `json:"from"`
		To       string  `json:"to"`
		Comments int     `json:"comments"`
		Mean     float64 `json:"mean"`
		Low      float64 `json:"low"`
		High     float64 `json:"high"`
	}
	type curve struct {
		Along    string `json:"along"`
		Comments int    `json:"comments"`
		Steps    []step `json:"steps"`
	}
	curves, err := drift.DriftCurves.Of(c)
	if err != nil {
		return nil, err
	}
	out := []curve{}
	add := func(along string, from drift.Curve) {
		if len(from.Steps) == 0 {
			return
		}
		to := curve{Along: along, Comments: from.N}
		for _, s := range from.Steps {
			to.Steps = append(to.Steps, step{c.Thread.ID(s.From), c.Thread.ID(s.To), s.N, s.Mean, s.Low, s.High})
		}
		out = append(out, to)
	}
	add("time", curves.Time)
	for _, b := range curves.Branches {
		add("branch", b)
	}
	return out, nil
}

// driftTopics lists the topics of the drifted branches, each with its first comments.
func driftTopics(c *metrics.Context) (any, error) {
	topics, err := drift.DriftTopics.Of(c)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, x := range topics.List {
		out = append(out, struct {
			Words    []string `json:"words"`
			Comments int      `json:"comments"`
			Typical  []string `json:"typical"`
		}{x.Words, len(x.Comments), ids(c.Thread, x.Comments[:min(typical, len(x.Comments))])})
	}
	return out, nil
}

// typical is how many comments are named of a topic.
const typical = 5

func ids(t *thread.Thread, of []thread.Index) []string {
	out := make([]string, len(of))
	for k, i := range of {
		out[k] = t.ID(i)
	}
	return out
}
