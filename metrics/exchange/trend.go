package exchange

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
)

// Trend is the straight line that fits the heats of an exchange best, by the
// number of the turn from 0. The measure escalation-slope and the figure of an
// exchange both tell of it.
type Trend struct {
	line stats.Line
	n    int      // turns with a heat
	P    *float64 // see Escalation; nil where no test was made
}

// intervalFrom is the number of turns below which no interval is given: that
// of three is wider than any heat.
const intervalFrom = 4

// Trends are the trends of Exchanges, in the same order; nil for an exchange
// with fewer than 3 turns that have a heat. P is there for the testedPairs
// first.
var Trends = trendsOf("trends", Exchanges)

func trendsOf(name string, exchanges *metrics.Fact[[]Exchange]) *metrics.Fact[[]*Trend] {
	return &metrics.Fact[[]*Trend]{Name: name, Compute: func(c *metrics.Context) ([]*Trend, error) {
		xs, err := exchanges.Of(c)
		if err != nil {
			return nil, err
		}
		out := make([]*Trend, len(xs))
		for k := range xs {
			if len(xs[k].Said) < minTurns {
				continue
			}
			turns, heats, why := xs[k].heats()
			if why != nil {
				continue
			}
			if out[k] = TrendOf(turns, heats); k < testedPairs {
				p := stats.RisingP(turns, heats, c.Seed)
				out[k].P = &p
			}
		}
		return out, nil
	}}
}

// testedPairs bounds the time of the permutation tests. Nobody reads further.
const testedPairs = 100

// TrendOf is the trend of the heats of the turns with the given numbers, without
// a test; nil where fewer than two turns differ in number. O(n).
func TrendOf(turns, heats []float64) *Trend {
	line, ok := stats.FitLine(turns, heats)
	if !ok {
		return nil
	}
	return &Trend{line: line, n: len(turns)}
}

// Slope is the change of heat from one turn to the next.
func (t *Trend) Slope() float64 { return t.line.Slope }

// At is the height of the line at a turn. It may lie outside [0, 1].
func (t *Trend) At(turn float64) float64 { return t.line.At(turn) }

// Interval is the 95 % interval of the slope, false below 4 turns. It takes the
// turns for independent, which replies are not: it is a guide.
func (t *Trend) Interval() (ci [2]float64, ok bool) {
	half := t.line.SlopeBand()
	return [2]float64{t.line.Slope - half, t.line.Slope + half}, t.n >= intervalFrom
}

// Band is the 95 % band of the line at a turn, false where Interval is.
func (t *Trend) Band(turn float64) (band [2]float64, ok bool) {
	at, half := t.line.At(turn), t.line.Band(turn)
	return [2]float64{at - half, at + half}, t.n >= intervalFrom
}

// Certain tells that the heat rises or falls beyond what chance would do: the
// interval of the slope leaves 0 out, and the permutation test, where one was
// made, does not contradict it at 5 %.
func (t *Trend) Certain() bool {
	ci, ok := t.Interval()
	if !ok || ci[0] <= 0 && ci[1] >= 0 {
		return false
	}
	const alpha = 0.05
	return t.P == nil || t.line.Slope > 0 && *t.P <= alpha || t.line.Slope < 0 && *t.P >= 1-alpha
}

// value is the slope as a Value.
func (t *Trend) value() metrics.Value {
	v := metrics.Of(t.line.Slope, t.n)
	v.More = &metrics.More{P: t.P}
	if ci, ok := t.Interval(); ok {
		v.More.CI = &ci
	}
	return v
}
