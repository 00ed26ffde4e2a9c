package heat

import (
	"threadheat/metrics"
	"threadheat/metrics/intervals"
)

// The intervals of the measures of the thread.
var (
	overMean = func() *metrics.Interval {
		ci := intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
			vs, err := values(c)
			return u.Means(vs), err
		})
		ci.How.EN += "; with fewer, from 4 comments on, mean ± t · s/√n (Student)"
		ci.How.FR += " ; à moins, dès 4 commentaires, moyenne ± t · s/√n (Student)"
		return ci
	}()

	overP90 = intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		vs, err := values(c)
		return u.Rank(u.Values(vs)).Statistic(func(quantile func(float64) float64) float64 { return quantile(0.9) }), err
	})

	overHot = intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		vs, err := values(c)
		for i, v := range vs {
			if v.X = 0; vs[i].X >= Hot {
				v.X = 1
			}
			vs[i] = v
		}
		return u.Means(vs), err
	})
)

// values are the heats of the comments.
func values(c *metrics.Context) ([]metrics.Value, error) {
	ss, err := Scores.Of(c)
	vs := make([]metrics.Value, len(ss))
	for i, s := range ss {
		vs[i] = metrics.Value{X: s.Value, N: s.Tokens, Reason: s.Reason}
	}
	return vs, err
}
