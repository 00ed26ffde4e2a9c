package pace

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/intervals"
)

// overReplies is the interval of a share of the replies. among is asked of the
// latency of each.
func overReplies(among func(metrics.Value) bool) *metrics.Interval {
	return intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		l, err := ReplyTimes.Of(c)
		if err != nil {
			return nil, err
		}
		sums := u.Sums(2)
		for i, v := range metrics.All(l.values()) {
			if v.Reason == noReply {
				continue
			}
			s := sums.Unit(u.Of[i])
			s[0] += one(among(v))
			s[1]++
		}
		return sums.Statistic(intervals.Ratio), nil
	})
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// overLatencies is the interval of what follows from the quantiles of the times to
// reply.
func overLatencies(value func(quantile func(p float64) float64) float64) *metrics.Interval {
	return intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		l, err := ReplyTimes.Of(c)
		if err != nil {
			return nil, err
		}
		return u.Rank(u.Values(l.values())).Statistic(value), nil
	})
}

// overLogs is the interval of what follows from the number, the sum and the sum of
// squares of the logarithms of the times to reply.
func overLogs(value func(sums []float64) float64) *metrics.Interval {
	return intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		l, err := ReplyTimes.Of(c)
		if err != nil {
			return nil, err
		}
		sums := u.Sums(3)
		for i, v := range metrics.All(l.values()) {
			if v.Defined() && v.X > 0 {
				log, s := math.Log(v.X), sums.Unit(u.Of[i])
				s[0]++
				s[1] += log
				s[2] += log * log
			}
		}
		return sums.Statistic(func(s []float64) float64 {
			if s[0] < minLogNormal {
				return math.NaN()
			}
			return value(s)
		}), nil
	})
}

// overAuthors is the interval of a ratio of sums over the authors. of tells what an
// author with n comments adds.
func overAuthors(of func(n int32) (part, whole float64)) *metrics.Interval {
	return intervals.OverPeople(func(c *metrics.Context) ([]int32, error) {
		labels, err := Pattern.Of(c)
		return perAuthor(labels), err
	}, func(counts []int32, u *intervals.Units) intervals.Statistic {
		sums := u.Sums(2)
		for k, n := range counts {
			s := sums.Unit(u.Of[k])
			part, whole := of(n)
			s[0] += part
			s[1] += whole
		}
		return sums.Statistic(intervals.Ratio)
	})
}

// overTimed is the interval of the share of comments with a time.
var overTimed = intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
	sums := u.Sums(2)
	for i := range c.Thread.All() {
		if metrics.Spoken(c.Thread, i) {
			s := sums.Unit(u.Of[i])
			s[0] += one(c.Thread.Time(i).Timed())
			s[1]++
		}
	}
	return sums.Statistic(intervals.Ratio), nil
})

// What the Hawkes process says of intervals.
var (
	profiled = &metrics.Interval{
		How: metrics.Text{EN: "profile likelihood", FR: "vraisemblance profilée"},
		None: metrics.Text{
			EN: "it would reach from 0 beyond 1: the times rule out no value that a thread could have",
			FR: "il irait de 0 jusqu’au-delà de 1 : les heures n’excluent aucune valeur qu’un fil pourrait avoir",
		},
	}
	branchingOnly = &metrics.Interval{None: metrics.Text{
		EN: "of the three parameters that are fitted together, only hawkes-branching has one",
		FR: "des trois paramètres ajustés ensemble, seul hawkes-branching en a un",
	}}
)
