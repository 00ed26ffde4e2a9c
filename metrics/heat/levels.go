package heat

import (
	"threadheat/metrics"
	"threadheat/metrics/pace"
)

// Bin is the heat of a part of a thread's comments.
type Bin struct {
	From, To float64 // depth, or minutes since the first timed comment; To included
	N        int     // comments with a heat
	Mean     float64 // 0 where N is
}

// AtDepth is the mean heat at each depth that has a comment with a heat, in
// ascending order. OverTime is that of up to tenths of the timed comments, as equal
// in number as can be, in the order of time. O(n).
var (
	AtDepth = FactOf("heat at each depth", func(s *Source, c *metrics.Context) ([]Bin, error) {
		l, err := AllLinked.Of(s, c)
		if err != nil {
			return nil, err
		}
		var bins []Bin
		deepest := 0
		for _, i := range l.Comments {
			deepest = max(deepest, c.Thread.Depth(i))
		}
		sums := make([]float64, deepest+1)
		counts := make([]int, deepest+1)
		for k, i := range l.Comments {
			d := c.Thread.Depth(i)
			sums[d] += l.Heat[k]
			counts[d]++
		}
		for d, n := range counts {
			if n > 0 {
				bins = append(bins, Bin{float64(d), float64(d), n, sums[d] / float64(n)})
			}
		}
		return bins, nil
	})
	OverTime = FactOf("heat over time", func(s *Source, c *metrics.Context) ([]Bin, error) {
		heats, minutes, err := timed(s, c)
		if err != nil {
			return nil, err
		}
		n := len(heats)
		var bins []Bin
		for k := range min(tenths, n) {
			from, to := k*n/min(tenths, n), (k+1)*n/min(tenths, n)
			b := Bin{From: minutes[from], To: minutes[to-1], N: to - from}
			for _, x := range heats[from:to] {
				b.Mean += x / float64(b.N)
			}
			bins = append(bins, b)
		}
		return bins, nil
	})
)

const tenths = 10

// timed are the heats of the timed comments, in the order of time, and when they
// were written.
func timed(s *Source, c *metrics.Context) (heats, minutes []float64, err error) {
	vs, err := s.Values.Of(c)
	if err != nil {
		return nil, nil, err
	}
	a, err := pace.InTime.Of(c)
	if err != nil {
		return nil, nil, err
	}
	for k, i := range a.Order {
		if vs[i].Defined() {
			heats, minutes = append(heats, vs[i].X), append(minutes, a.Minutes(k))
		}
	}
	return heats, minutes, nil
}

// fewestForTrend is the number of comments below which a rank correlation is left
// out.
const fewestForTrend = 5

// byDepth and byTime are rank correlations of heat. N is the number of comments.

func byDepth(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "by-depth",
		Title: metrics.Text{EN: "Heat by depth", FR: "Chaleur selon la profondeur"},
		Doc: metrics.Text{
			EN: "Whether it is hotter further down in the tree: the rank correlation of heat and depth, from −1 to 1. Where a cue counts in replies only, top level is cooler for that reason. The 95% interval, from 10 comments on, takes comments for independent, which those of one branch are not.",
			FR: "Fait-il plus chaud au fond de l’arbre ? Corrélation des rangs de la chaleur et de la profondeur, de −1 à 1. Si un indice ne compte que dans les réponses, le premier niveau est plus froid pour cette raison. L’intervalle à 95 %, à partir de 10 commentaires, suppose des commentaires indépendants, ce que ceux d’une branche ne sont pas.",
		},
		Math:   "Spearman’s ρ of h and depth",
		MathFR: "ρ de Spearman de h et de la profondeur",
		Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedReplies, MinN: fewestForTrend, Interval: ofRanks,
		Source: []metrics.Citation{spearman1904, bonettWright},
		Run: func(c *metrics.Context) (metrics.Values, error) {
			l, err := AllLinked.Of(s, c)
			if err != nil {
				return nil, err
			}
			if len(l.Comments) < fewestForTrend {
				return metrics.One(l.few(len(l.Comments), fewestForTrend, heated)), nil
			}
			depths := make([]float64, len(l.Comments))
			for k, i := range l.Comments {
				depths[k] = float64(c.Thread.Depth(i))
			}
			return metrics.One(ranked(l.Heat, depths)), nil
		},
	})
}

func byTime(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "by-time",
		Title: metrics.Text{EN: "Heat by time", FR: "Chaleur selon le temps"},
		Doc: metrics.Text{
			EN: "Whether the thread gets hotter as time goes by: the rank correlation of heat and time of the timed comments, from −1 to 1. It sees a steady rise or fall; a fire that goes out again may give 0. The 95% interval, from 10 comments on, takes comments for independent, which is too much where one answers the other.",
			FR: "Le fil s’échauffe-t-il avec le temps ? Corrélation des rangs de la chaleur et de l’heure des commentaires datés, de −1 à 1. Elle voit une montée ou une baisse constante ; un feu qui s’éteint peut donner 0. L’intervalle à 95 %, à partir de 10 commentaires, suppose des commentaires indépendants, ce qui est trop dire quand l’un répond à l’autre.",
		},
		Math:   "Spearman’s ρ of h and time",
		MathFR: "ρ de Spearman de h et de l’heure",
		Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedTimes, MinN: fewestForTrend, Interval: ofRanks,
		Source: []metrics.Citation{spearman1904, bonettWright},
		Run: func(c *metrics.Context) (metrics.Values, error) {
			heats, minutes, err := timed(s, c)
			if err != nil {
				return nil, err
			}
			if len(heats) < fewestForTrend {
				why := metrics.TooFew(len(heats), fewestForTrend, metrics.Text{EN: "timed comments with a heat", FR: "commentaires datés dont la chaleur est connue"})
				if l, err := AllLinked.Of(s, c); err != nil {
					return nil, err
				} else if l.None != nil {
					why = metrics.Undefined(0, l.None)
				}
				return metrics.One(why), nil
			}
			return metrics.One(ranked(heats, minutes)), nil
		},
	})
}
