package exchange

import (
	"fmt"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/intervals"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

// Welcome is how an author's first comment in the thread was received.
type Welcome struct {
	First thread.Index  // the comment; NoIndex for who said nothing, or opened the thread
	Reply thread.Index  // the first reply of somebody else to it; NoIndex where there is none
	After metrics.Value // minutes until that reply
	Heat  metrics.Value // of that reply
}

// Welcomes are those of all authors, by AuthorID. First is by time, and by place
// in the document where a time is missing. Who is new in the thread need not be on
// the site. Unknown authors are left out: each of their comments would be a first.
// O(n).
var Welcomes = &metrics.Fact[[]Welcome]{Name: "welcomes", Compute: func(c *metrics.Context) ([]Welcome, error) {
	t := c.Thread
	order, err := pace.Said.Of(c)
	if err != nil {
		return nil, err
	}
	latencies, err := pace.ReplyTimes.Of(c)
	if err != nil {
		return nil, err
	}
	heats, err := heat.Scores.Of(c)
	if err != nil {
		return nil, err
	}
	none := Welcome{
		First: thread.NoIndex, Reply: thread.NoIndex,
		After: metrics.Undefined(0, notAnswered), Heat: metrics.Undefined(0, notAnswered),
	}
	out := make([]Welcome, t.Authors())
	for a := range out {
		out[a] = none
	}
	seen := make([]bool, t.Authors())
	for _, i := range order {
		who := t.Author(i)
		if !seen[who] && t.AuthorName(who) != "" && t.Kind(i) != thread.Post {
			out[who].First = i
		}
		seen[who] = true
	}
	for _, i := range order {
		p := t.Parent(i)
		if p == thread.NoIndex || t.Author(p) == t.Author(i) {
			continue
		}
		w := &out[t.Author(p)]
		if w.First != p || w.Reply != thread.NoIndex {
			continue
		}
		w.Reply, w.After = i, latencies.Of(i)
		if h := heats[i]; h.Reason == nil {
			w.Heat = metrics.Of(h.Value, 1)
		} else {
			w.Heat = metrics.Undefined(0, h.Reason)
		}
	}
	return out, nil
}}

var (
	notAnswered = &metrics.Text{EN: "nobody answered the first comment", FR: "personne n’a répondu au premier commentaire"}
	notNew      = &metrics.Text{EN: "unknown, said nothing, or opened the thread", FR: "inconnu, n’a rien dit ou a ouvert le fil"}
)

// How newcomers to the thread are received.
var (
	// WelcomedShare is the share of known authors whose first comment somebody else
	// answered. N is the number of such authors.
	WelcomedShare = ofWelcomes(metrics.Measure{
		Name:  "first-comment-answered",
		Title: metrics.Text{EN: "First comments that are answered", FR: "Premiers commentaires qui reçoivent réponse"},
		Doc: metrics.Text{
			EN: "The share of people whose first comment in this thread somebody else answered. Those who came last had little time to be answered. New in the thread is not new on the site.",
			FR: "Part des gens dont le premier commentaire de ce fil a reçu une réponse d’un autre. Les derniers venus ont eu peu de temps pour en recevoir. Nouveau dans le fil ne veut pas dire nouveau sur le site.",
		},
		Math:   "|{a : first comment of a is answered}| / |{a}|",
		MathFR: "|{a : premier commentaire de a a une réponse}| / |{a}|",
		Unit:   metrics.Ratio, Range: metrics.Fraction, MinN: 1,
		Interval: overWelcomed,
	}, func(ws []Welcome) metrics.Value {
		newcomers, answered := 0, 0
		for _, w := range ws {
			newcomers += one(w.First != thread.NoIndex)
			answered += one(w.Reply != thread.NoIndex)
		}
		if newcomers == 0 {
			return metrics.TooFew(0, 1, metrics.KnownAuthors)
		}
		return metrics.Of(float64(answered)/float64(newcomers), newcomers)
	})

	// WelcomeDelay is the median time to those first replies. N is their number.
	WelcomeDelay = ofWelcomes(metrics.Measure{
		Name:  "first-comment-latency",
		Title: metrics.Text{EN: "Median time to the first answer", FR: "Délai médian de la première réponse"},
		Doc: metrics.Text{
			EN: "How long people waited until somebody else answered their first comment in this thread, in the median over those who were answered.",
			FR: "Temps d’attente médian, parmi ceux qui ont reçu une réponse d’un autre à leur premier commentaire de ce fil.",
		},
		Math:   "median of t(first reply to v) − t(v), v first of its author",
		MathFR: "médiane de t(première réponse à v) − t(v), v premier de son auteur",
		Unit:   metrics.Minutes, Range: metrics.NonNegative, MinN: 1,
		Interval: overDelays,
	}, func(ws []Welcome) metrics.Value {
		return ofLatencies(defined(ws, func(w *Welcome) metrics.Value { return w.After }), stats.Median)
	})

	// WelcomeHeat is the mean heat of those first replies, with a 95 % interval from
	// intervalFrom of them on. N is the number of first replies with a heat.
	WelcomeHeat = ofWelcomes(metrics.Measure{
		Name:  "first-comment-heat",
		Title: metrics.Text{EN: "Heat of the first answer", FR: "Chaleur de la première réponse"},
		Doc: metrics.Text{
			EN: "How hot the first answer is, on average, that people got to their first comment in this thread. The 95% interval takes the answers for independent.",
			FR: "Chaleur moyenne de la première réponse que les gens ont reçue à leur premier commentaire de ce fil. L’intervalle à 95 % suppose des réponses indépendantes.",
		},
		Math:   "mean of h(first reply to v), v first of its author",
		MathFR: "moyenne de h(première réponse à v), v premier de son auteur",
		Unit:   metrics.Heat, Range: metrics.Fraction, MinN: 1,
		Interval: ofTheMean,
	}, func(ws []Welcome) metrics.Value {
		heats := defined(ws, func(w *Welcome) metrics.Value { return w.Heat })
		if len(heats) == 0 {
			return metrics.TooFew(0, 1, firstReplies)
		}
		mean, half := stats.MeanBand(heats)
		v := metrics.Of(mean, len(heats))
		if len(heats) >= intervalFrom {
			v.More = &metrics.More{CI: &[2]float64{max(0, mean-half), min(1, mean+half)}}
		}
		return v
	})

	// WelcomeDelayOf and WelcomeHeatOf are those of each author, of one reply.
	WelcomeDelayOf = ofWelcome(metrics.Measure{
		Name:  "first-comment-latency",
		Title: metrics.Text{EN: "Time to the first answer", FR: "Délai de la première réponse"},
		Doc: metrics.Text{
			EN: "How long the author waited until somebody else answered their first comment in this thread.",
			FR: "Temps au bout duquel un autre a répondu au premier commentaire de l’auteur dans ce fil.",
		},
		Math:   "t(first reply to v) − t(v), v first of its author",
		MathFR: "t(première réponse à v) − t(v), v premier de son auteur",
		Unit:   metrics.Minutes, Range: metrics.NonNegative,
	}, func(w *Welcome) metrics.Value { return w.After })

	WelcomeHeatOf = ofWelcome(metrics.Measure{
		Name:  "first-comment-heat",
		Title: metrics.Text{EN: "Heat of the first answer", FR: "Chaleur de la première réponse"},
		Doc: metrics.Text{
			EN: "How hot the first answer is that the author got to their first comment in this thread.",
			FR: "Chaleur de la première réponse reçue par l’auteur à son premier commentaire de ce fil.",
		},
		Math:   "h(first reply to v), v first of its author",
		MathFR: "h(première réponse à v), v premier de son auteur",
		Unit:   metrics.Heat, Range: metrics.Fraction,
	}, func(w *Welcome) metrics.Value { return w.Heat })
)

var firstReplies = metrics.Text{EN: "first replies with a heat", FR: "premières réponses dont la chaleur est connue"}

// The intervals. Newcomers, and the replies to them, count as independent.
var (
	overWelcomed = intervals.OverPeople(func(c *metrics.Context) ([]int32, error) {
		ws, err := Welcomes.Of(c)
		var answered []int32 // 1 or 0 for each newcomer
		for _, w := range ws {
			if w.First != thread.NoIndex {
				answered = append(answered, int32(one(w.Reply != thread.NoIndex)))
			}
		}
		return answered, err
	}, func(answered []int32, u *intervals.Units) intervals.Statistic {
		sums := u.Sums(2)
		for k, yes := range answered {
			s := sums.Unit(u.Of[k])
			s[0] += float64(yes)
			s[1]++
		}
		return sums.Statistic(intervals.Ratio)
	})

	overDelays = intervals.OverReplies(func(c *metrics.Context) ([]float64, error) {
		ws, err := Welcomes.Of(c)
		return defined(ws, func(w *Welcome) metrics.Value { return w.After }), err
	}, func(minutes []float64, u *intervals.Units) intervals.Statistic {
		return u.Rank(minutes, u.Of).Statistic(func(quantile func(float64) float64) float64 { return quantile(0.5) })
	})

	ofTheMean = &metrics.Interval{
		How: metrics.Text{
			EN: fmt.Sprintf("mean ± t · s/√n (Student), from %d first replies on", intervalFrom),
			FR: fmt.Sprintf("moyenne ± t · s/√n (Student), à partir de %d premières réponses", intervalFrom),
		},
		None: metrics.Text{EN: "too few first replies", FR: "trop peu de premières réponses"},
	}
)

func defined(ws []Welcome, of func(*Welcome) metrics.Value) []float64 {
	var xs []float64
	for k := range ws {
		if v := of(&ws[k]); v.Defined() {
			xs = append(xs, v.X)
		}
	}
	return xs
}

func ofWelcomes(m metrics.Measure, value func([]Welcome) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Source = group, metrics.PerThread, []metrics.Citation{cite.Own}
	m.Run = metrics.From(Welcomes, value)
	return &m
}

func ofWelcome(m metrics.Measure, value func(*Welcome) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.MinN, m.Source = group, metrics.PerAuthor, 1, []metrics.Citation{cite.Own}
	m.Run = metrics.EachFrom(Welcomes, func(ws []Welcome) metrics.Values {
		return metrics.Each(len(ws), func(a int) metrics.Value {
			if ws[a].First == thread.NoIndex {
				return metrics.Undefined(0, notNew)
			}
			return value(&ws[a])
		})
	})
	return &m
}
