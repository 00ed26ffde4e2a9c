package exchange

import (
	"gonum.org/v1/gonum/stat"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// How fast the two answered each other, in minutes. N is the number of timed
// answers.
var (
	LatencyMedian = ofAnswers(metrics.Measure{
		Name:  "latency-median",
		Title: metrics.Text{EN: "Median time to answer", FR: "Délai de réponse médian"},
		Doc: metrics.Text{
			EN: "Half of the answers between the two came faster than this.",
			FR: "La moitié des réponses entre les deux sont arrivées plus vite.",
		},
		Math:   "median of t(turn) − t(turn that it answers)",
		MathFR: "médiane de t(tour) − t(tour auquel il répond)",
		Source: []metrics.Citation{cite.Quantile7},
	}, either, stats.Median)

	LatencyMean = ofAnswers(metrics.Measure{
		Name:  "latency-mean",
		Title: metrics.Text{EN: "Mean time to answer", FR: "Délai de réponse moyen"},
		Doc: metrics.Text{
			EN: "The mean time that an answer between the two took. One long silence raises it; the median hardly notices.",
			FR: "Temps moyen d’une réponse entre les deux. Un seul long silence l’augmente ; la médiane le sent à peine.",
		},
		Math:   "mean of t(turn) − t(turn that it answers)",
		MathFR: "moyenne de t(tour) − t(tour auquel il répond)",
		Source: []metrics.Citation{cite.Own},
	}, either, func(xs []float64) float64 { return stat.Mean(xs, nil) })

	LatencyMedianA = ofAnswers(metrics.Measure{
		Name:  "latency-median-a",
		Title: metrics.Text{EN: "Median time to answer of A", FR: "Délai de réponse médian de A"},
		Doc: metrics.Text{
			EN: "Half of the answers that A, who wrote the first turn, gave to B came faster than this.",
			FR: "La moitié des réponses de A, qui a écrit le premier tour, à B sont arrivées plus vite.",
		},
		Math:   "median of t(turn of A) − t(turn that it answers)",
		MathFR: "médiane de t(tour de A) − t(tour auquel il répond)",
		Source: []metrics.Citation{cite.Quantile7},
	}, func(u Turn) bool { return u.ByA }, stats.Median)

	LatencyMedianB = ofAnswers(metrics.Measure{
		Name:  "latency-median-b",
		Title: metrics.Text{EN: "Median time to answer of B", FR: "Délai de réponse médian de B"},
		Doc: metrics.Text{
			EN: "Half of the answers that B gave to A, who wrote the first turn, came faster than this.",
			FR: "La moitié des réponses de B à A, qui a écrit le premier tour, sont arrivées plus vite.",
		},
		Math:   "median of t(turn of B) − t(turn that it answers)",
		MathFR: "médiane de t(tour de B) − t(tour auquel il répond)",
		Source: []metrics.Citation{cite.Quantile7},
	}, func(u Turn) bool { return !u.ByA }, stats.Median)
)

func either(Turn) bool { return true }

// ofAnswers completes a measure of the times that the answers of some turns
// took.
func ofAnswers(m metrics.Measure, of func(Turn) bool, value func([]float64) float64) *metrics.Measure {
	m.Unit, m.Range, m.MinN = metrics.Minutes, metrics.NonNegative, 1
	return ofLong(m, func(x *Exchange) metrics.Value {
		return ofLatencies(x.latencies(of), value)
	})
}
