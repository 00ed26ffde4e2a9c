package pace

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/fit"
	"threadheat/thread"
)

// minHawkes is below how many timed comments nothing can be told of excitation,
// maxHawkes how many of the first ones are used.
const (
	minHawkes = 20
	maxHawkes = 5000
)

// Excitation is the Hawkes process that explains the arrivals best: comments come
// at the rate
//
//	λ(t) = μ + α θ Σ_{tᵢ<t} e^{−θ(t−tᵢ)},
//
// μ by themselves and α on average because of each comment before, after a time
// of 1/θ on average. Times are in hours from the first comment to the last.
type Excitation struct {
	Background float64 // μ, comments per hour
	Branching  float64 // α; from 1 on the process would never end
	Decay      float64 // θ, per hour
	Interval   [2]float64
	P          float64 // of the test that α = 0: arrivals at an even rate
	KS, PKS    float64 // distance of the rescaled gaps from what they should be, and its p
	N          int     // comments; 0 where there are too few, or they came at once

	// Even tells that an even rate explains the arrivals as well: Branching is 0, and
	// Decay means nothing. AtBound tells that Decay lies where the search ended: they
	// would fit the better, the longer or the shorter a comment excites.
	Even, AtBound bool
}

// Excited is the Excitation of a thread. Comments that share a minute, or what
// else the times are given to, are spread evenly over it, and 1/θ is not
// looked for below it. O(n) for each of some 2,000 likelihoods.
var Excited = &metrics.Fact[Excitation]{Name: "Hawkes process", Compute: func(c *metrics.Context) (Excitation, error) {
	a, err := InTime.Of(c)
	if err != nil || len(a.Order) < minHawkes {
		return Excitation{}, err
	}
	a = &Arrivals{Order: a.Order[:min(len(a.Order), maxHawkes)], Millis: a.Millis[:min(len(a.Millis), maxHawkes)]}
	if a.Millis[0] == a.Millis[len(a.Millis)-1] {
		return Excitation{}, nil
	}
	unit := 60_000.0
	if c.Thread.Time(a.Order[0]).Precision() == thread.Second {
		unit = 1000
	}
	return excitation(spreadTies(a.Millis, unit), unit/3_600_000), nil
}}

// spreadTies are times in hours after the first, equal ones spread over their unit.
func spreadTies(millis []int64, unit float64) []float64 {
	at := make([]float64, len(millis))
	for from := 0; from < len(millis); {
		to := from
		for to < len(millis) && millis[to] == millis[from] {
			to++
		}
		for k := from; k < to; k++ {
			at[k] = (float64(millis[from]-millis[0]) + unit*float64(k-from)/float64(to-from)) / 3_600_000
		}
		from = to
	}
	return at
}

// hawkesLikelihood is that of times from 0 to the last. Ogata's recursion makes it
// O(n): Aᵢ = e^{−θ(tᵢ−tᵢ₋₁)} (1 + Aᵢ₋₁).
func hawkesLikelihood(at []float64, mu, alpha, theta float64) float64 {
	end := at[len(at)-1]
	sum, a, last := 0.0, 0.0, 0.0
	product := 1.0 // of rates whose logarithm is still to be taken
	for i, t := range at {
		if i > 0 {
			a = math.Exp(-theta*(t-last)) * (1 + a)
		}
		last = t
		if product *= mu + alpha*theta*a; product < 1e-200 || product > 1e200 {
			sum += math.Log(product)
			product = 1
		}
	}
	// At the end Σ e^{−θ(T−tᵢ)} is 1 + a, the last arrival included.
	return sum + math.Log(product) - alpha*(float64(len(at))-1-a) - mu*end
}

// poissonLikelihood is that of an even rate, at its best.
func poissonLikelihood(n int, end float64) float64 {
	return float64(n)*math.Log(float64(n)/end) - float64(n)
}

// sameLikelihood is by how much log likelihoods differ whose difference means nothing.
const sameLikelihood = 1e-3

func excitation(at []float64, unit float64) Excitation {
	n, end := len(at), at[len(at)-1]
	rate := float64(n) / end
	m := &fit.Model{
		LogLikelihood: func(p []float64) float64 { return hawkesLikelihood(at, p[0], p[1], p[2]) },
		Low:           []float64{rate * 1e-6, 1e-4, 0.1 / end},
		High:          []float64{rate * 10, 10, max(1/unit, 1/end)},
	}
	r := m.Fit([]float64{rate / 2, 0.5, rate}, []float64{rate / 2, 0.5, 20 * rate}, []float64{rate, 0.01, rate / 10})
	x := Excitation{Background: r.Params[0], Branching: r.Params[1], Decay: r.Params[2], N: n}
	x.Interval[0], x.Interval[1] = m.Interval(r, 1)
	if x.Interval[0] <= m.Low[1] {
		x.Interval[0] = 0
	}
	even := poissonLikelihood(n, end)
	x.P = fit.Better(even, r.LogLikelihood, 2)
	if x.Even = r.LogLikelihood < even+sameLikelihood; x.Even {
		x.Background, x.Branching, x.Interval[0] = rate, 0, 0
	}
	const near = 1.01 // the search stops short of its bounds
	x.AtBound = !x.Even && (x.Decay < near*m.Low[2] || x.Decay > m.High[2]/near)
	gaps := rescaled(at, x.Background, x.Branching, x.Decay)
	x.KS, x.PKS = fit.KolmogorovSmirnov(gaps, func(g float64) float64 { return -math.Expm1(-g) })
	return x
}

// rescaled are the expected numbers of arrivals between one and the next: random
// waits of mean 1 where the process is the right one.
func rescaled(at []float64, mu, alpha, theta float64) []float64 {
	gaps := make([]float64, 0, len(at)-1)
	a := 0.0 // excitation just before the arrival
	for i := 1; i < len(at); i++ {
		dt := at[i] - at[i-1]
		a++
		gaps = append(gaps, mu*dt+alpha*a*-math.Expm1(-theta*dt))
		a *= math.Exp(-theta * dt)
	}
	return gaps
}

// What the Hawkes process tells of the thread. Undefined below 20 timed comments.
// The branching ratio has a profile likelihood interval and the p-value of the
// likelihood ratio test against an even rate, the misfit the p-value of a
// Kolmogorov-Smirnov test.
var (
	HawkesBranching = ofHawkes(metrics.Measure{
		Name:  "hawkes-branching",
		Title: metrics.Text{EN: "Self-excitation (branching ratio)", FR: "Auto-excitation (rapport de branchement)"},
		Doc: metrics.Text{
			EN: "How many further comments each comment brings about, on average, through the pace alone. Near 0: people come by themselves; near 1: nearly all comments are sparked by others; above 1 the fit says that it would never end, which a finite thread cannot show. A daily rhythm looks like excitation too. Fitted to the first 5,000 timed comments. p tests an even rate.",
			FR: "Combien de commentaires chacun en entraîne, en moyenne, à en juger par le seul rythme. Près de 0 : les gens viennent d’eux-mêmes ; près de 1 : presque tous réagissent ; au-dessus de 1 l’ajustement dit que cela ne finirait jamais, ce qu’un fil fini ne peut montrer. Un rythme quotidien ressemble aussi à une excitation. Ajusté aux 5 000 premiers commentaires datés. p teste un débit constant.",
		},
		Math:     "α in λ(t) = μ + α θ Σ e^{−θ(t−tᵢ)}",
		MathFR:   "α dans λ(t) = μ + α θ Σ e^{−θ(t−tᵢ)}",
		Unit:     metrics.Ratio,
		Interval: profiled,
	}, func(x Excitation) metrics.Value {
		v := metrics.Of(x.Branching, x.N)
		v.More = &metrics.More{P: &x.P}
		if x.Interval[0] > 0 || x.Interval[1] < 1 {
			v.More.CI = &x.Interval
		} else {
			v.More.NoCI = &profiled.None // as where times come at an even rate
		}
		switch {
		case x.Even:
			v.More.Note = evenRate
		case x.Branching >= 1:
			v.More.Note = neverEnds
		case x.AtBound:
			v.More.Note = decayAtBound
		}
		return v
	})
	HawkesBackground = ofHawkes(metrics.Measure{
		Name:  "hawkes-background",
		Title: metrics.Text{EN: "Comments that come by themselves", FR: "Commentaires venus d’eux-mêmes"},
		Doc: metrics.Text{
			EN: "How many comments an hour would come if none sparked another.",
			FR: "Combien de commentaires viendraient par heure si aucun n’en suscitait d’autre.",
		},
		Math:     "μ in λ(t) = μ + α θ Σ e^{−θ(t−tᵢ)}",
		MathFR:   "μ dans λ(t) = μ + α θ Σ e^{−θ(t−tᵢ)}",
		Unit:     metrics.PerHour,
		Interval: branchingOnly,
	}, func(x Excitation) metrics.Value { return metrics.Of(x.Background, x.N) })
	HawkesMemory = ofHawkes(metrics.Measure{
		Name:  "hawkes-memory",
		Title: metrics.Text{EN: "How long a comment excites", FR: "Durée de l’excitation"},
		Doc: metrics.Text{
			EN: "How long after a comment those that it brings about come, on average.",
			FR: "Combien de temps après un commentaire viennent, en moyenne, ceux qu’il entraîne.",
		},
		Math:     "60/θ in λ(t) = μ + α θ Σ e^{−θ(t−tᵢ)}",
		MathFR:   "60/θ dans λ(t) = μ + α θ Σ e^{−θ(t−tᵢ)}",
		Unit:     metrics.Minutes,
		Interval: branchingOnly,
	}, func(x Excitation) metrics.Value {
		if x.Even {
			return metrics.Undefined(x.N, evenRate)
		}
		v := metrics.Of(60/x.Decay, x.N)
		if x.AtBound {
			v.More = &metrics.More{Note: decayAtBound}
		}
		return v
	})
	HawkesKS = ofHawkes(metrics.Measure{
		Name:  "hawkes-ks",
		Title: metrics.Text{EN: "Misfit of the self-excitation", FR: "Écart de l’auto-excitation"},
		Doc: metrics.Text{
			EN: "How far the waits between comments are from what the fitted process expects, after stretching time to its rate. A small p says that the process is the wrong one, and that its other numbers mean little. The parameters come from the same data, so that p is rather too large.",
			FR: "Écart entre les attentes observées et celles que prédit le processus ajusté, une fois le temps étiré à son débit. Un petit p dit que le processus ne convient pas et que ses autres nombres ne disent rien. Les paramètres viennent des mêmes données : p est plutôt trop grand.",
		},
		Math:     "max |Fₙ(Λ) − (1 − e^{−Λ})|",
		Unit:     metrics.Ratio,
		Interval: metrics.Misfit,
	}, func(x Excitation) metrics.Value {
		v := metrics.Of(x.KS, x.N)
		v.More = &metrics.More{P: &x.PKS}
		return v
	})
)

var (
	evenRate = &metrics.Text{
		EN: "on the edge: an even rate explains the arrivals as well",
		FR: "au bord : un débit constant explique aussi bien les arrivées",
	}
	neverEnds = &metrics.Text{
		EN: "1 or more: as fitted, the discussion would never end",
		FR: "1 ou plus : selon l’ajustement, la discussion ne finirait jamais",
	}
	decayAtBound = &metrics.Text{
		EN: "how long a comment excites lies where the search ended",
		FR: "la durée de l’excitation est là où la recherche s’arrête",
	}
)

func ofHawkes(m metrics.Measure, value func(Excitation) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Range, m.Needs, m.MinN = group, metrics.PerThread, metrics.NonNegative, metrics.NeedTimes, minHawkes
	m.Source = []metrics.Citation{
		{Authors: "Hawkes", Title: "Spectra of some self-exciting and mutually exciting point processes", Venue: "Biometrika 58(1)", Year: 1971},
		{Authors: "Ogata", Title: "Statistical models for earthquake occurrences and residual analysis for point processes", Venue: "Journal of the American Statistical Association 83(401)", Year: 1988, DOI: "10.1080/01621459.1988.10478560"},
	}
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		a, err := InTime.Of(c)
		if err != nil {
			return nil, err
		}
		if n := len(a.Order); n < minHawkes {
			return metrics.One(metrics.TooFew(n, minHawkes, metrics.TimedComments)), nil
		}
		x, err := Excited.Of(c)
		if err != nil {
			return nil, err
		}
		if x.N == 0 {
			return metrics.One(metrics.Undefined(len(a.Order), &metrics.Text{EN: "all timed comments came at the same time", FR: "tous les commentaires datés sont venus en même temps"})), nil
		}
		return metrics.One(value(x)), nil
	}
	return &m
}
