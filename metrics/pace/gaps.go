package pace

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// Gaps are the times in minutes between each timed comment and the next, in
// order of time.
var Gaps = &metrics.Fact[[]float64]{Name: "gaps", Compute: func(c *metrics.Context) ([]float64, error) {
	a, err := InTime.Of(c)
	if err != nil {
		return nil, err
	}
	return a.Gaps(), nil
}}

// MeanGap is the mean time between a comment and the next.
var MeanGap = ofGaps(metrics.Measure{
	Name:  "mean-gap",
	Title: metrics.Text{EN: "Mean gap", FR: "Intervalle moyen"},
	Doc: metrics.Text{
		EN: "The mean time between one comment and the next, whoever wrote them. A few long silences raise it; burstiness tells whether there were any.",
		FR: "Temps moyen entre un commentaire et le suivant, quels qu’en soient les auteurs. Quelques longs silences l’augmentent ; l’intermittence dit s’il y en a eu.",
	},
	Math: "m = Σ τ / n",
	Unit: metrics.Minutes, Range: metrics.NonNegative, MinN: 1,
	Source: []metrics.Citation{cite.Own},
}, func(gaps []float64) (float64, *metrics.Text) { return stat.Mean(gaps, nil), nil })

// Burstiness is B = (σ − m) / (σ + m) of the gaps τ, with their mean m and
// population standard deviation σ (Goh & Barabási 2008): −1 where all gaps are
// equal, 0 for a Poisson process, towards 1 for rare bursts in long silence. It
// is undefined below 2 gaps and where all gaps are 0, and biased low for few
// gaps: see BurstinessKimJo.
var Burstiness = ofGaps(metrics.Measure{
	Name:  "burstiness",
	Title: metrics.Text{EN: "Burstiness", FR: "Intermittence"},
	Doc: metrics.Text{
		EN: "How unevenly the comments came: −1 like a clock, 0 at random, towards 1 in bursts with long silences between. With few comments it comes out too low; the Kim-Jo form corrects that.",
		FR: "Irrégularité des arrivées : −1 comme une horloge, 0 au hasard, vers 1 par rafales séparées de longs silences. Avec peu de commentaires elle est trop basse ; la forme de Kim et Jo corrige ce biais.",
	},
	Math: "B = (σ − m) / (σ + m)",
	Unit: metrics.Ratio, Range: metrics.Signed, MinN: 2,
	Source: []metrics.Citation{gohBarabasi},
}, func(gaps []float64) (float64, *metrics.Text) {
	m, s := spread(gaps)
	if m == 0 {
		return 0, allAtOnce
	}
	return (s - m) / (s + m), nil
})

// BurstinessKimJo is burstiness corrected for the number n of gaps,
//
//	A = (√(n+1) r − √(n−1)) / ((√(n+1) − 2) r + √(n−1)), r = σ/m,
//
// (Kim & Jo 2016). −1 where all gaps are equal, 1 where one gap holds all the
// time. n is the number of gaps: only so are both ends reached.
var BurstinessKimJo = ofGaps(metrics.Measure{
	Name:  "burstiness-kim-jo",
	Title: metrics.Text{EN: "Burstiness, corrected for few comments", FR: "Intermittence corrigée des petits nombres"},
	Doc: metrics.Text{
		EN: "How unevenly the comments came, comparable between short and long discussions: −1 like a clock, about 0 at random, 1 where one silence holds all the time.",
		FR: "Irrégularité des arrivées, comparable entre discussions courtes et longues : −1 comme une horloge, environ 0 au hasard, 1 quand un seul silence contient tout le temps.",
	},
	Math:   "A = (√(n+1) r − √(n−1)) / ((√(n+1) − 2) r + √(n−1)), r = σ/m, n gaps",
	MathFR: "A = (√(n+1) r − √(n−1)) / ((√(n+1) − 2) r + √(n−1)), r = σ/m, n intervalles",
	Unit:   metrics.Ratio, Range: metrics.Signed, MinN: 2,
	Source: []metrics.Citation{{
		Authors: "Kim, Jo", Title: "Measuring burstiness for finite event sequences", Venue: "Physical Review E 94, 032311", Year: 2016,
	}},
}, func(gaps []float64) (float64, *metrics.Text) {
	m, s := spread(gaps)
	if m == 0 {
		return 0, allAtOnce
	}
	r, n := s/m, float64(len(gaps))
	a := (math.Sqrt(n+1)*r - math.Sqrt(n-1)) / ((math.Sqrt(n+1)-2)*r + math.Sqrt(n-1))
	return math.Min(math.Max(a, -1), 1), nil // the ends are reached but for the last bit
})

// Memory is the correlation of each gap with the next (Goh & Barabási 2008). It
// is undefined below 3 gaps and where all but the first or all but the last are
// equal.
var Memory = ofGaps(metrics.Measure{
	Name:  "memory",
	Title: metrics.Text{EN: "Memory", FR: "Mémoire"},
	Doc: metrics.Text{
		EN: "Whether short gaps follow short ones: above 0 where quick answers call for quick answers, below 0 where haste and silence alternate. With few gaps it is mostly chance.",
		FR: "Les intervalles courts se suivent-ils ? Au-dessus de 0 quand les réponses rapides en appellent d’autres, au-dessous quand hâte et silence alternent. Avec peu d’intervalles, c’est surtout du hasard.",
	},
	Math: "M = corr(τᵢ, τᵢ₊₁)",
	Unit: metrics.Ratio, Range: metrics.Signed, MinN: 3,
	Source: []metrics.Citation{gohBarabasi},
}, func(gaps []float64) (float64, *metrics.Text) {
	r, ok := stats.Correlation(gaps[:len(gaps)-1], gaps[1:])
	if !ok {
		return 0, &metrics.Text{EN: "the gaps do not vary", FR: "les intervalles ne varient pas"}
	}
	return r, nil
})

var gohBarabasi = metrics.Citation{
	Authors: "Goh, Barabási", Title: "Burstiness and memory in complex systems", Venue: "EPL 81, 48002", Year: 2008,
}

var allAtOnce = &metrics.Text{
	EN: "all timed comments came in the same minute",
	FR: "tous les commentaires datés sont de la même minute",
}

// spread is the mean and the population standard deviation.
func spread(gaps []float64) (mean, sd float64) { return stat.PopMeanStdDev(gaps, nil) }

// ofGaps completes a PerThread measure of at least m.MinN gaps. value tells the
// reason where it has no number.
func ofGaps(m metrics.Measure, value func([]float64) (float64, *metrics.Text)) *metrics.Measure {
	m.Group, m.Scope, m.Needs = group, metrics.PerThread, metrics.NeedTimes
	m.Interval = metrics.OneSequence
	m.Run = metrics.From(Gaps, func(gaps []float64) metrics.Value {
		if len(gaps) < m.MinN {
			return metrics.TooFew(len(gaps), m.MinN, metrics.Gaps)
		}
		x, why := value(gaps)
		if why != nil {
			return metrics.Undefined(len(gaps), why)
		}
		return metrics.Of(x, len(gaps))
	})
	return &m
}
