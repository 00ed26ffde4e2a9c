package heat

import (
	"threadheat/metrics"
	"threadheat/metrics/intervals"
	"threadheat/thread"
)

// overMean, overP90 and overHot are the intervals of the measures of the thread.
func overMean(s *Source) *metrics.Interval {
	ci := intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		vs, err := s.Values.Of(c)
		return u.Means(vs), err
	})
	ci.How.EN += studentEN
	ci.How.FR += studentFR
	return ci
}

// overStructure is overMean of structural heat.
func overStructure() *metrics.Interval {
	ci := intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		ss, err := Structure.Of(c)
		vs := make(metrics.List, len(ss))
		for i, s := range ss {
			if vs[i] = metrics.Undefined(0, notSpoken); metrics.Spoken(c.Thread, thread.Index(i)) {
				vs[i] = metrics.Of(s.Value())
			}
		}
		return u.Means(vs), err
	})
	ci.How.EN += studentEN
	ci.How.FR += studentFR
	return ci
}

// Below so many branches that they can be drawn, comments are taken for independent.
const (
	studentEN = "; with fewer, from 4 comments on, mean ± t · s/√n (Student)"
	studentFR = " ; à moins, dès 4 commentaires, moyenne ± t · s/√n (Student)"
)

func overP90(s *Source) *metrics.Interval {
	return intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		vs, err := s.Values.Of(c)
		return u.Rank(u.Values(vs)).Statistic(func(quantile func(float64) float64) float64 { return quantile(0.9) }), err
	})
}

func overHot(s *Source) *metrics.Interval {
	return intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		vs, err := s.Values.Of(c)
		hot := make(metrics.List, len(vs))
		for i, v := range vs {
			if hot[i] = v; v.Defined() {
				hot[i].X = 0
				if v.X >= s.Hot {
					hot[i].X = 1
				}
			}
		}
		return u.Means(hot), err
	})
}

var (
	// ofRanks is that of stats.SpearmanBand.
	ofRanks = &metrics.Interval{
		How: metrics.Text{
			EN: "of Fisher’s z with the variance of Bonett and Wright, from 10 comments on",
			FR: "par le z de Fisher avec la variance de Bonett et Wright, à partir de 10 commentaires",
		},
		None: metrics.Text{EN: "too few comments, or the same order in both", FR: "trop peu de commentaires, ou le même ordre chez les deux"},
	}

	byChance = &metrics.Interval{None: metrics.Text{
		EN: "these heats in these places are one observation; p tells what chance would give",
		FR: "ces chaleurs à ces places sont une seule observation ; p dit ce que donnerait le hasard",
	}}
)
