package exchange

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// Side is what one of the two did in an exchange.
type Side struct {
	Turns, Words int
	Latency      metrics.Value // median time to answer, in minutes; N timed answers
	Heat         metrics.Value // mean heat of the turns; N turns with a heat
	Peak         thread.Index  // their hottest turn, the first of equals; NoIndex where none has a heat
}

// Side is what A did, or B.
func (x *Exchange) Side(isA bool) Side {
	s := Side{Peak: thread.NoIndex}
	var heats []float64
	peak := 0.0
	for _, u := range x.Said {
		if u.ByA != isA {
			continue
		}
		s.Turns++
		s.Words += u.Words
		if !u.Heat.Defined() {
			continue
		}
		heats = append(heats, u.Heat.X)
		if s.Peak == thread.NoIndex || u.Heat.X > peak {
			s.Peak, peak = u.Comment, u.Heat.X
		}
	}
	s.Latency = ofLatencies(x.latencies(func(u Turn) bool { return u.ByA == isA }), stats.Median)
	if s.Heat = metrics.TooFew(0, 1, scoredTurns); len(heats) > 0 {
		mean, _ := stats.MeanBand(heats)
		s.Heat = metrics.Of(mean, len(heats))
	}
	return s
}

// latencies are the times, in minutes, that the answers among some turns took.
func (x *Exchange) latencies(among func(Turn) bool) []float64 {
	var took []float64
	for _, u := range x.Said {
		if among(u) && u.Latency.Defined() {
			took = append(took, u.Latency.X)
		}
	}
	return took
}

func ofLatencies(took []float64, value func([]float64) float64) metrics.Value {
	if len(took) == 0 {
		return noTimedReply
	}
	return metrics.Of(value(took), len(took))
}
