// Package intervals tells how uncertain the measures of a thread are: what they
// could have been if other branches like these had grown, or other people like
// these had come. Units are drawn anew from the thread with replacement, whole
// branches and never single comments, which depend on what they answer.
package intervals

import (
	"fmt"
	"math"
	"math/rand/v2"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
)

// Fewest is the number of units below which there is no interval. Of made-up threads
// of 20 branches with geometric sizes, intervals held the mean of all such threads
// in 87 to 97 of 100 cases, by measure; of 40, in 88 to 95; of 10, in 81 to 98.
const Fewest = 20

// FewestUneven is the same for what hangs on the sizes of branches or on depths, which
// a few long branches decide. In threads whose comments have 0.5 to 0.8 replies each on
// average (geometric), branches that happened to stay short tell nothing of those that
// did not: of 40 branches, intervals held the mean of all such threads in 68 to 86 of 100
// cases, by measure, of 100 in 77 to 90, of 400 in 85 to 95. Two other rules did not
// help. Of 40 branches, ends 1.5 or 2 times as many standard errors away held it in 75
// to 96 cases. And where there is no interval if a few branches hold much of the thread,
// those that are left, of threads in which no branch grew long, are the worst: they held
// it in 66 cases where there were 8 branches of equal weight or more, in 32 from 15 on.
const FewestUneven = 400

// Draws is how many times the units are drawn.
const Draws = stats.Resamples

// Most is how many units are drawn from. Where there are more, they are first put
// together by chance into as many groups of equal size, which vary as much
// altogether: the cost is bounded, whatever the size of the thread.
const Most = 500

// Beside is a table like the given one, whose values of the thread have an interval
// beside them, or the reason why they have none. Values that are undefined have
// neither. The seed is that of the context. It costs O(Draws · Most) a measure at
// most, and little where there are few units.
func Beside(table *metrics.Table) (*metrics.Table, error) {
	out := &metrics.Table{Context: table.Context}
	weights := map[int][][]uint16{}
	for _, c := range table.Columns {
		if c.Measure.Scope == metrics.PerThread && c.Measure.Interval != nil && c.Values.At(0).Defined() {
			ci, why, err := of(table.Context, c.Measure, c.Values.At(0).X, weights)
			if err != nil {
				return nil, fmt.Errorf("interval of %s: %w", c.Measure.Name, err)
			}
			c.Values = metrics.One(c.Values.At(0).With(func(more *metrics.More) {
				switch {
				case ci != nil:
					more.CI = ci
				case more.CI == nil: // nor did the measure make one itself
					more.NoCI = why
				}
			}))
		}
		out.Columns = append(out.Columns, c)
	}
	return out, nil
}

// of is the interval of a measure with the given value, or why there is none.
// weights are what was drawn already, by the number of units.
func of(c *metrics.Context, m *metrics.Measure, value float64, weights map[int][][]uint16) (*[2]float64, *metrics.Text, error) {
	if m.Interval.Sample == nil {
		return nil, &m.Interval.None, nil
	}
	s, err := m.Interval.Sample(c)
	switch {
	case err != nil:
		return nil, nil, err
	case s.Why != nil:
		return nil, s.Why, nil
	case s.Units < max(s.Fewest, Fewest):
		return nil, metrics.TooFew(s.Units, max(s.Fewest, Fewest), s.Of).Reason, nil
	}
	if weights[s.Units] == nil {
		weights[s.Units] = draw(s.Units, c.Seed)
	}
	drawn := make([]float64, Draws)
	defined := 0
	for d, w := range weights[s.Units] {
		if drawn[d] = s.Statistic(w); !math.IsNaN(drawn[d]) && !math.IsInf(drawn[d], 0) {
			defined++
		}
	}
	without, finite := leaveOneOut(s)
	if defined < Draws/2 || !finite {
		return nil, &metrics.Text{
			EN: "without some of the " + s.Of.EN + " it would be undefined",
			FR: "sans une partie des " + s.Of.FR + ", elle ne serait pas définie",
		}, nil
	}
	ci, ok := stats.BCa(value, drawn, without)
	if !ok || !(ci[0] <= value && value <= ci[1]) {
		return nil, &metrics.Text{
			EN: "the " + s.Of.EN + " are too much alike, or one of them decides: drawn anew they do not spread around the value",
			FR: "les " + s.Of.FR + " se ressemblent trop, ou une seule de ces unités décide : de nouveaux tirages ne se répartissent pas autour de la valeur",
		}, nil
	}
	return &[2]float64{max(ci[0], m.Range.Min), min(ci[1], m.Range.Max)}, nil, nil
}

// draw is how often each of n units comes, in each draw. Every draw has a generator
// of its own.
func draw(n int, seed uint64) [][]uint16 {
	source := rand.NewPCG(0, 0)
	r := rand.New(source)
	out := make([][]uint16, Draws)
	for d := range out {
		source.Seed(seed, uint64(d))
		out[d] = make([]uint16, n)
		for range n {
			out[d][r.IntN(n)]++
		}
	}
	return out
}

// leaveOneOut are the statistics without each unit, and whether all are finite.
func leaveOneOut(s *metrics.Sample) ([]float64, bool) {
	once := make([]uint16, s.Units)
	for u := range once {
		once[u] = 1
	}
	out := make([]float64, s.Units)
	for u := range out {
		once[u] = 0
		out[u] = s.Statistic(once)
		once[u] = 1
		if math.IsNaN(out[u]) || math.IsInf(out[u], 0) {
			return nil, false
		}
	}
	return out, true
}
