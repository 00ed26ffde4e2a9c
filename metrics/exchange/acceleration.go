package exchange

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// How the two speed up: by how often the time to answer halves from one answer to
// the next, along the straight line that fits log₂(1 + minutes) best. Untimed
// answers are left out. Undefined below 3 timed answers; N is their number.
// Acceleration has its 95 % interval from 4 answers on and, for up to
// stats.ExactUpTo answers of the testedPairs first exchanges, the p of a one-sided
// test over all orders.
var (
	Acceleration = ofSpeed(metrics.Measure{
		Name:  "acceleration",
		Title: metrics.Text{EN: "Acceleration", FR: "Accélération"},
		Doc: metrics.Text{
			EN: "How fast the answers between the two speed up: 1 where each comes in half of the time of the one before, 0 at an even pace, below 0 where they slow down. p is the chance of speeding up as much if the same delays came in any order; it is given for up to 8 answers.",
			FR: "À quelle allure les réponses entre les deux se précipitent : 1 quand chacune vient en deux fois moins de temps que la précédente, 0 à rythme égal, moins de 0 quand elles ralentissent. p est la probabilité d’une telle accélération si les mêmes délais venaient dans n’importe quel ordre ; il est donné jusqu’à 8 réponses.",
		},
	}, either, true)

	AccelerationA = ofSpeed(metrics.Measure{
		Name:  "acceleration-a",
		Title: metrics.Text{EN: "Acceleration of A", FR: "Accélération de A"},
		Doc: metrics.Text{
			EN: "How fast the answers of A, who wrote the first turn, speed up: 1 where each comes in half of the time of A’s one before.",
			FR: "À quelle allure se précipitent les réponses de A, qui a écrit le premier tour : 1 quand chacune vient en deux fois moins de temps que sa précédente.",
		},
	}, func(u Turn) bool { return u.ByA }, false)

	AccelerationB = ofSpeed(metrics.Measure{
		Name:  "acceleration-b",
		Title: metrics.Text{EN: "Acceleration of B", FR: "Accélération de B"},
		Doc: metrics.Text{
			EN: "How fast the answers of B to A, who wrote the first turn, speed up: 1 where each comes in half of the time of B’s one before.",
			FR: "À quelle allure se précipitent les réponses de B à A, qui a écrit le premier tour : 1 quand chacune vient en deux fois moins de temps que sa précédente.",
		},
	}, func(u Turn) bool { return !u.ByA }, false)
)

// minAnswers is below how many answers a pace cannot change.
const minAnswers = 3

var fewAnswers = fewer(minAnswers, metrics.TimedReplies)

// ofSpeed completes a measure of how the times of some answers change.
func ofSpeed(m metrics.Measure, among func(Turn) bool, tested bool) *metrics.Measure {
	m.Math = "−Σ (k − k̄) y(k) / Σ (k − k̄)², y(k) = log₂(1 + minutes of answer k)"
	m.MathFR = "−Σ (k − k̄) y(k) / Σ (k − k̄)², y(k) = log₂(1 + minutes de la réponse k)"
	m.Group, m.Scope, m.Unit, m.Range, m.MinN = group, metrics.PerPair, metrics.Ratio, metrics.AnyNumber, minAnswers
	m.Source = []metrics.Citation{cite.Own}
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		xs, err := Exchanges.Of(c)
		if err != nil {
			return nil, err
		}
		return long(xs, func(k int) metrics.Value {
			return speed(xs[k].latencies(among), tested, tested && k < testedPairs, c.Seed)
		}), nil
	}
	return &m
}

// speed is how fast some latencies, in minutes, shrink.
func speed(took []float64, interval, test bool, seed uint64) metrics.Value {
	n := len(took)
	if n < minAnswers {
		return fewAnswers[n]
	}
	at, haste := make([]float64, n), make([]float64, n)
	for k, minutes := range took {
		at[k], haste[k] = float64(k), -math.Log2(1+minutes)
	}
	line, _ := stats.FitLine(at, haste)
	v := metrics.Of(line.Slope, n)
	if !interval {
		return v
	}
	v.More = &metrics.More{}
	if n >= intervalFrom {
		half := line.SlopeBand()
		v.More.CI = &[2]float64{line.Slope - half, line.Slope + half}
	}
	if test && n <= stats.ExactUpTo {
		p := stats.RisingP(at, haste, seed)
		v.More.P = &p
	}
	return v
}
