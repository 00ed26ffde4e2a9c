package exchange

import (
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// Escalation is the least-squares slope of heat over the number of the turn. CI
// is its 95 % interval, from 4 scored turns on, as if turns were independent. P
// is that of a one-sided permutation test of "it gets hotter": all orders of the
// heats for up to 8 scored turns, 9999 drawn from the Context's seed for up to
// 200, the normal approximation beyond. P is given for the testedPairs first
// exchanges, those with the most turns. Turns without a heat are left out, the
// numbers of the others stay. Undefined below 3 scored turns; N is their number.
var Escalation = escalation(own)

func escalation(s scored) *metrics.Measure {
	return s.MeasureNamed(metrics.Measure{
		Name:  "escalation-slope",
		Group: group,
		Title: metrics.Text{EN: "Escalation", FR: "Escalade"},
		Doc: metrics.Text{
			EN: "By how much the heat rises from one turn to the next, along the straight line that fits best; below 0 where the exchange cools down. p is the chance of a rise at least as steep if the same turns came in any order: with 4 turns it cannot fall below 1/24. The 95% interval is given from 4 turns on; it takes the turns for independent, which replies are not.",
			FR: "De combien la chaleur monte d’un tour au suivant, selon la droite la mieux ajustée ; moins de 0 quand l’échange se calme. p est la probabilité d’une montée au moins aussi raide si les mêmes tours venaient dans n’importe quel ordre : avec 4 tours, elle ne peut descendre sous 1/24. L’intervalle à 95 % est donné à partir de 4 tours ; il suppose des tours indépendants, ce que des réponses ne sont pas.",
		},
		Math:   "Σ (k − k̄) h(k) / Σ (k − k̄)², h(k) heat of turn k",
		MathFR: "Σ (k − k̄) h(k) / Σ (k − k̄)², h(k) chaleur du tour k",
		Scope:  metrics.PerPair, Unit: metrics.PerTurn, Range: metrics.Signed, MinN: minTurns,
		Source: []metrics.Citation{
			cite.Own,
			{Authors: "Phipson, Smyth", Title: "Permutation p-values should never be zero", Venue: "Statistical Applications in Genetics and Molecular Biology 9(1)", Year: 2010},
		},
		Run: func(c *metrics.Context) (metrics.Values, error) {
			xs, err := s.exchanges.Of(c)
			if err != nil {
				return nil, err
			}
			trends, err := s.trends.Of(c)
			if err != nil {
				return nil, err
			}
			return long(xs, func(k int) metrics.Value {
				if trends[k] != nil {
					return trends[k].value()
				}
				_, _, why := xs[k].heats()
				return *why
			}), nil
		},
	})
}

// TheilSen is the median of the slopes of heat between all pairs of turns. It
// is undefined where Escalation is.
var TheilSen = theilSen(own)

func theilSen(s scored) *metrics.Measure {
	return s.ofHeats(metrics.Measure{
		Name:  "escalation-theil-sen",
		Title: metrics.Text{EN: "Escalation, robust", FR: "Escalade, robuste"},
		Doc: metrics.Text{
			EN: "By how much the heat rises from one turn to the next, as the median over all pairs of turns: one hot turn does not make it.",
			FR: "De combien la chaleur monte d’un tour au suivant, en médiane sur tous les couples de tours : un seul tour chaud n’y suffit pas.",
		},
		Math:   "median (h(j) − h(i)) / (j − i), i < j",
		MathFR: "médiane (h(j) − h(i)) / (j − i), i < j",
		Unit:   metrics.PerTurn, Range: metrics.Signed,
		Source: []metrics.Citation{{
			Authors: "Sen", Title: "Estimates of the regression coefficient based on Kendall’s tau", Venue: "Journal of the American Statistical Association 63", Year: 1968,
		}},
	}, func(_ *Exchange, turns, heats []float64) float64 { return stats.TheilSen(turns, heats) })
}

// PeakHeat is the heat of the hottest turn.
var PeakHeat = peakHeat(own)

func peakHeat(s scored) *metrics.Measure {
	return s.ofHeats(metrics.Measure{
		Name:  "peak-heat",
		Title: metrics.Text{EN: "Hottest turn", FR: "Tour le plus chaud"},
		Doc: metrics.Text{
			EN: "The heat of the hottest turn.",
			FR: "Chaleur du tour le plus chaud.",
		},
		Math: "max h(k)",
		Unit: metrics.Heat, Range: metrics.Fraction,
		Source: []metrics.Citation{cite.Own},
	}, func(_ *Exchange, _, heats []float64) float64 { return slices.Max(heats) })
}

// PeakByA is 1 where A wrote the hottest turn, 0 where B did, ½ where both have
// one equally hot.
var PeakByA = peakOfA(own)

func peakOfA(s scored) *metrics.Measure {
	return s.ofHeats(metrics.Measure{
		Name:  "peak-by-a",
		Title: metrics.Text{EN: "Hottest turn by A", FR: "Tour le plus chaud par A"},
		Doc: metrics.Text{
			EN: "1 where A, who wrote the first turn, wrote the hottest one too; 0 where B did, one half where both have a turn as hot.",
			FR: "1 quand A, qui a écrit le premier tour, a écrit aussi le plus chaud ; 0 quand c’est B, un demi quand chacun en a un aussi chaud.",
		},
		Math:   "a / (a + b), a = [max h(k) is reached by A], b likewise",
		MathFR: "a / (a + b), a = [max h(k) atteint par A], b de même",
		Unit:   metrics.Ratio, Range: metrics.Fraction,
		Source: []metrics.Citation{cite.Own},
	}, peakByA)
}

func peakByA(x *Exchange, _, heats []float64) float64 {
	peak := slices.Max(heats)
	var a, b float64 // 1 where they have a turn as hot as that
	for _, u := range x.Said {
		switch {
		case !u.Heat.Defined() || u.Heat.X < peak:
		case u.ByA:
			a = 1
		default:
			b = 1
		}
	}
	return a / (a + b)
}

// OfGiven are the measures of the heats of exchanges and of pile-ons, of the scores
// that were brought along.
var OfGiven = []*metrics.Measure{
	PileOnHeat(heat.Brought), PileOnHeatAbove(heat.Brought),
	escalation(brought), theilSen(brought), peakHeat(brought), peakOfA(brought),
}

// scored are the exchanges with the heats of a source.
type scored struct {
	*heat.Source
	exchanges *metrics.Fact[[]Exchange]
	trends    *metrics.Fact[[]*Trend]
}

var (
	own     = scored{heat.Own, Exchanges, Trends}
	brought = scored{heat.Brought, givenExchanges, GivenTrends}
)

// GivenTrends are Trends of the scores that were brought along.
var GivenTrends = trendsOf("given trends", givenExchanges)

// givenExchanges are the Exchanges with the heats of heat.Brought.
var givenExchanges = &metrics.Fact[[]Exchange]{Name: "given exchanges", Compute: func(c *metrics.Context) ([]Exchange, error) {
	xs, err := Exchanges.Of(c)
	if err != nil {
		return nil, err
	}
	heats, err := heat.Brought.Values.Of(c)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(xs)
	for k := range out {
		out[k].Said = slices.Clone(out[k].Said)
		for n, u := range out[k].Said {
			out[k].Said[n].Heat = heats[u.Comment]
		}
	}
	return out, nil
}}

// ofHeats completes a measure of the heats of at least minTurns turns. N is the
// number of turns with a heat.
func (s scored) ofHeats(m metrics.Measure, value func(x *Exchange, turns, heats []float64) float64) *metrics.Measure {
	m.Group, m.Scope, m.MinN = group, metrics.PerPair, minTurns
	m.Run = metrics.EachFrom(s.exchanges, func(xs []Exchange) metrics.Values {
		return long(xs, func(k int) metrics.Value {
			turns, heats, why := xs[k].heats()
			if why != nil {
				return *why
			}
			return metrics.Of(value(&xs[k], turns, heats), len(turns))
		})
	})
	return s.MeasureNamed(m)
}

// heats are the numbers of the turns that have a heat, from 0, and their heats;
// why is the value of a measure where they are too few.
func (x *Exchange) heats() (turns, heats []float64, why *metrics.Value) {
	for k, u := range x.Said {
		if u.Heat.Defined() {
			turns = append(turns, float64(k))
			heats = append(heats, u.Heat.X)
		}
	}
	if n := len(turns); n < minTurns {
		return nil, nil, &fewScored[n]
	}
	return turns, heats, nil
}

var (
	scoredTurns = metrics.Text{EN: "turns with a heat", FR: "tours dont la chaleur est connue"}
	fewScored   = fewer(minTurns, scoredTurns)
)
