package pace

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// Latencies tell how long each reply took: the time between a comment and the
// one it answers. Callers must not change them.
type Latencies struct {
	Minutes  []float64 // those that count, ascending
	Replies  int       // comments of people that answer another comment
	Untimed  int       // of Replies: a time is missing, or only one has a zone
	Negative int       // of Replies: dated before the comment they answer
	Zero     int       // of Minutes: answered in the same minute

	thread *thread.Thread
}

// ReplyTimes are the Latencies of a thread. O(n log n).
var ReplyTimes = &metrics.Fact[*Latencies]{Name: "latencies", Compute: latencies}

func latencies(c *metrics.Context) (*Latencies, error) {
	l := &Latencies{thread: c.Thread}
	for i := range l.thread.All() {
		if _, why := l.took(i); why != noReply {
			l.Replies++
		}
	}
	l.Minutes = make([]float64, 0, l.Replies)
	for i := range l.thread.All() {
		switch m, why := l.took(i); {
		case why == noReply:
		case why == untimed:
			l.Untimed++
		case why == negative:
			l.Negative++
		default:
			if l.Minutes = append(l.Minutes, m); m == 0 {
				l.Zero++
			}
		}
	}
	slices.Sort(l.Minutes)
	return l, nil
}

// Of is the time, in minutes, that i took to answer; undefined with the reason
// where there is none.
func (l *Latencies) Of(i thread.Index) metrics.Value {
	switch m, why := l.took(i); {
	case why == noReply:
		return metrics.Undefined(0, why)
	case why != nil:
		return metrics.Undefined(1, why)
	default:
		return metrics.Of(m, 1)
	}
}

// values are Of every comment.
func (l *Latencies) values() metrics.Values {
	return metrics.Each(l.thread.Len(), func(i int) metrics.Value { return l.Of(thread.Index(i)) })
}

// took is the time from the comment that i answers to i, or why there is none.
func (l *Latencies) took(i thread.Index) (float64, *metrics.Text) {
	t, p := l.thread, l.thread.Parent(i)
	if p == thread.NoIndex || !metrics.Spoken(t, i) {
		return 0, noReply
	}
	from, to := t.Time(p), t.Time(i)
	if !metrics.Spoken(t, p) || !from.Timed() || !to.Timed() || from.ZoneKnown() != to.ZoneKnown() {
		return 0, untimed
	}
	if d := to.UnixMilli() - from.UnixMilli(); d >= 0 {
		return minutes(d), nil
	}
	return 0, negative
}

var (
	noReply  = &metrics.Text{EN: "does not answer a comment", FR: "ne répond pas à un commentaire"}
	untimed  = &metrics.Text{EN: "the time of the reply or of what it answers is not known", FR: "l’heure de la réponse ou de ce à quoi elle répond n’est pas connue"}
	negative = &metrics.Text{EN: "the reply is dated before what it answers", FR: "la réponse est datée d’avant ce à quoi elle répond"}
)

// Latency is the time that each reply took.
var Latency = &metrics.Measure{
	Name:  "latency",
	Group: group,
	Title: metrics.Text{EN: "Time to reply", FR: "Délai de réponse"},
	Doc: metrics.Text{
		EN: "How long after the comment that it answers this one was written. It is not given for comments on the article, nor where a time is missing or the reply is dated before what it answers.",
		FR: "Temps écoulé depuis le commentaire auquel celui-ci répond. Il n’est pas donné pour les commentaires sur l’article, ni quand une heure manque ou que la réponse est datée d’avant ce à quoi elle répond.",
	},
	Math:   "t(reply) − t(parent)",
	MathFR: "t(réponse) − t(parent)",
	Scope:  metrics.PerComment, Unit: metrics.Minutes, Range: metrics.NonNegative, MinN: 1,
	Source: []metrics.Citation{cite.Own},
	Run:    metrics.EachFrom(ReplyTimes, (*Latencies).values),
}

// LatencyMedian is the median time that a reply took.
var LatencyMedian = ofLatencies(metrics.Measure{
	Name:  "latency-median",
	Title: metrics.Text{EN: "Median time to reply", FR: "Délai de réponse médian"},
	Doc: metrics.Text{
		EN: "Half of the timed replies came faster than this, replies to oneself included. Replies dated before what they answer are left out and counted in latency-excluded-share.",
		FR: "La moitié des réponses datées sont arrivées plus vite, les réponses à soi-même comprises. Les réponses datées d’avant ce à quoi elles répondent sont écartées et comptées dans latency-excluded-share.",
	},
	Math:   "Q₂ of t(reply) − t(parent) (type 7)",
	MathFR: "Q₂ de t(réponse) − t(parent) (type 7)",
	Unit:   metrics.Minutes, Range: metrics.NonNegative, MinN: 1,
	Source:   []metrics.Citation{cite.Quantile7},
	Interval: overLatencies(func(q func(float64) float64) float64 { return q(0.5) }),
}, func(sorted []float64) float64 { return stats.SortedQuantile(sorted, 0.5) })

// LatencyIQR is the distance between the quartiles of the times that replies
// took: the range of the middle half.
var LatencyIQR = ofLatencies(metrics.Measure{
	Name:  "latency-iqr",
	Title: metrics.Text{EN: "Spread of times to reply", FR: "Dispersion des délais de réponse"},
	Doc: metrics.Text{
		EN: "The time between the fastest and the slowest of the middle half of the replies, those to oneself included.",
		FR: "Temps qui sépare la plus rapide de la plus lente dans la moitié centrale des réponses, celles à soi-même comprises.",
	},
	Math: "Q₃ − Q₁ (type 7)",
	Unit: metrics.Minutes, Range: metrics.NonNegative, MinN: 2,
	Source:   []metrics.Citation{cite.Quantile7},
	Interval: overLatencies(func(q func(float64) float64) float64 { return q(0.75) - q(0.25) }),
}, func(sorted []float64) float64 {
	return stats.SortedQuantile(sorted, 0.75) - stats.SortedQuantile(sorted, 0.25)
})

// ofLatencies completes a PerThread measure of at least m.MinN times to reply.
func ofLatencies(m metrics.Measure, value func(sorted []float64) float64) *metrics.Measure {
	m.Group, m.Scope, m.Needs = group, metrics.PerThread, metrics.NeedTimes|metrics.NeedReplies
	m.Run = metrics.From(ReplyTimes, func(l *Latencies) metrics.Value {
		n := len(l.Minutes)
		if n < m.MinN {
			return metrics.TooFew(n, m.MinN, metrics.TimedReplies)
		}
		return metrics.Of(value(l.Minutes), n)
	})
	return &m
}

// LatencyExcludedShare is the share of replies that the measures of latency
// leave out.
var LatencyExcludedShare = ofReplies(metrics.Measure{
	Name:  "latency-excluded-share",
	Title: metrics.Text{EN: "Replies without a usable time", FR: "Réponses sans délai exploitable"},
	Doc: metrics.Text{
		EN: "The share of replies that the measures of latency leave out: a time is missing, or the reply is dated before what it answers.",
		FR: "Part des réponses que les mesures de délai écartent : une heure manque, ou la réponse est datée d’avant ce à quoi elle répond.",
	},
	Math:     "(untimed + negative) / replies",
	MathFR:   "(sans heure + négatifs) / réponses",
	Interval: overReplies(func(v metrics.Value) bool { return v.Reason != nil }),
}, func(l *Latencies) int { return l.Untimed + l.Negative })

// LatencyNegativeShare is the share of replies dated before what they answer.
var LatencyNegativeShare = ofReplies(metrics.Measure{
	Name:  "latency-negative-share",
	Title: metrics.Text{EN: "Replies dated too early", FR: "Réponses datées trop tôt"},
	Doc: metrics.Text{
		EN: "The share of replies that are dated before the comment that they answer: a wrong clock, a wrong date or a wrong parent.",
		FR: "Part des réponses datées d’avant le commentaire auquel elles répondent : une horloge, une date ou un parent faux.",
	},
	Math:     "negative / replies",
	MathFR:   "négatifs / réponses",
	Interval: overReplies(func(v metrics.Value) bool { return v.Reason == negative }),
}, func(l *Latencies) int { return l.Negative })

// LatencyZeroShare is the share of replies that came in the same minute.
var LatencyZeroShare = ofReplies(metrics.Measure{
	Name:  "latency-zero-share",
	Title: metrics.Text{EN: "Replies within the minute", FR: "Réponses dans la minute"},
	Doc: metrics.Text{
		EN: "The share of replies with the same time as the comment that they answer. They count as 0 minutes, and are left out of the log-normal fit.",
		FR: "Part des réponses de même heure que le commentaire auquel elles répondent. Elles comptent pour 0 minute et sont écartées de l’ajustement log-normal.",
	},
	Math:     "zero / replies",
	MathFR:   "nuls / réponses",
	Interval: overReplies(func(v metrics.Value) bool { return v.Reason == nil && v.X == 0 }),
}, func(l *Latencies) int { return l.Zero })

// ofReplies completes a share of all replies.
func ofReplies(m metrics.Measure, part func(*Latencies) int) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range, m.Needs, m.MinN = group, metrics.PerThread, metrics.Ratio, metrics.Fraction, metrics.NeedReplies, 1
	m.Source = []metrics.Citation{cite.Own}
	m.Run = metrics.From(ReplyTimes, func(l *Latencies) metrics.Value {
		if l.Replies == 0 {
			return metrics.TooFew(0, 1, metrics.Text{EN: "replies", FR: "réponses"})
		}
		return metrics.Of(float64(part(l))/float64(l.Replies), l.Replies)
	})
	return &m
}

// LogNormal is the log-normal distribution of the positive times to reply, in
// minutes, by maximum likelihood: the mean and the population standard deviation
// of their natural logarithms. N is 0 where there are fewer than minLogNormal of
// them or they do not vary.
type LogNormal struct {
	distuv.LogNormal
	N  int
	KS float64 // largest distance between the fitted and the empirical distribution function
}

// minLogNormal is where two parameters begin to mean something.
const minLogNormal = 5

// LogNormalFit is the LogNormal of a thread. O(n).
var LogNormalFit = &metrics.Fact[LogNormal]{Name: "log-normal fit", Compute: func(c *metrics.Context) (LogNormal, error) {
	l, err := ReplyTimes.Of(c)
	if err != nil {
		return LogNormal{}, err
	}
	return fitLogNormal(l.Minutes[l.Zero:]), nil
}}

// fitLogNormal fits positive values in ascending order.
func fitLogNormal(sorted []float64) LogNormal {
	n := len(sorted)
	if n < minLogNormal || sorted[0] == sorted[n-1] {
		return LogNormal{}
	}
	logs := make([]float64, n)
	for i, m := range sorted {
		logs[i] = math.Log(m)
	}
	mu, sigma := stat.PopMeanStdDev(logs, nil)
	fit := LogNormal{LogNormal: distuv.LogNormal{Mu: mu, Sigma: sigma}, N: n}
	for i, m := range sorted {
		p := fit.CDF(m)
		fit.KS = max(fit.KS, p-float64(i)/float64(n), float64(i+1)/float64(n)-p)
	}
	return fit
}

// LogNormalMu, LogNormalSigma and LogNormalKS describe the log-normal
// distribution fitted to the times to reply.
var (
	LogNormalMu = ofLogNormal(metrics.Measure{
		Name:  "latency-lognormal-mu",
		Title: metrics.Text{EN: "Log-normal fit of times to reply: μ", FR: "Ajustement log-normal des délais : μ"},
		Doc: metrics.Text{
			EN: "The mean of the natural logarithm of the times to reply; e to this power is the median that a log-normal distribution gives them. Replies within the minute are left out.",
			FR: "Moyenne du logarithme naturel des délais de réponse ; e à cette puissance est la médiane que leur donne une loi log-normale. Les réponses dans la minute sont écartées.",
		},
		Math: "μ = Σ ln τ / n",
		Unit: metrics.LogTime, Range: metrics.AnyNumber,
		Interval: overLogs(func(s []float64) float64 { return s[1] / s[0] }),
	}, func(f LogNormal) float64 { return f.Mu })

	LogNormalSigma = ofLogNormal(metrics.Measure{
		Name:  "latency-lognormal-sigma",
		Title: metrics.Text{EN: "Log-normal fit of times to reply: σ", FR: "Ajustement log-normal des délais : σ"},
		Doc: metrics.Text{
			EN: "The standard deviation of the natural logarithm of the times to reply: 1 means that two thirds of them lie within a factor of e, about 2.7, of their median.",
			FR: "Écart type du logarithme naturel des délais de réponse : 1 signifie que deux tiers d’entre eux sont à un facteur e, environ 2,7, de leur médiane.",
		},
		Math: "σ = √(Σ (ln τ − μ)² / n)",
		Unit: metrics.LogTime, Range: metrics.NonNegative,
		Interval: overLogs(func(s []float64) float64 { return math.Sqrt(max(0, s[2]/s[0]-s[1]/s[0]*s[1]/s[0])) }),
	}, func(f LogNormal) float64 { return f.Sigma })

	LogNormalKS = ofLogNormal(metrics.Measure{
		Name:  "latency-lognormal-ks",
		Title: metrics.Text{EN: "Log-normal fit of times to reply: misfit", FR: "Ajustement log-normal des délais : écart"},
		Doc: metrics.Text{
			EN: "How far the times to reply are from the log-normal distribution fitted to them: the largest difference between the shares of replies up to some time. Below 0.1 the fit describes them well; it is not a test.",
			FR: "Écart entre les délais de réponse et la loi log-normale ajustée : la plus grande différence entre les parts de réponses jusqu’à un délai donné. Au-dessous de 0,1 l’ajustement les décrit bien ; ce n’est pas un test.",
		},
		Math: "max |Fₙ(τ) − F(τ)|",
		Unit: metrics.Ratio, Range: metrics.Fraction,
		Interval: metrics.Misfit,
	}, func(f LogNormal) float64 { return f.KS })
)

func ofLogNormal(m metrics.Measure, value func(LogNormal) float64) *metrics.Measure {
	m.Group, m.Scope, m.Needs, m.MinN = group, metrics.PerThread, metrics.NeedTimes|metrics.NeedReplies, minLogNormal
	m.Source = []metrics.Citation{{Authors: "Aitchison, Brown", Title: "The Lognormal Distribution", Venue: "Cambridge University Press", Year: 1957}}
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		l, err := ReplyTimes.Of(c)
		if err != nil {
			return nil, err
		}
		fit, err := LogNormalFit.Of(c)
		if err != nil {
			return nil, err
		}
		switch n := len(l.Minutes) - l.Zero; {
		case n < minLogNormal:
			return metrics.One(metrics.TooFew(n, minLogNormal, metrics.TimedReplies)), nil
		case fit.N == 0:
			return metrics.One(metrics.Undefined(n, &metrics.Text{EN: "all replies took the same time", FR: "toutes les réponses ont pris le même temps"})), nil
		}
		return metrics.One(metrics.Of(value(fit), fit.N)), nil
	}
	return &m
}
