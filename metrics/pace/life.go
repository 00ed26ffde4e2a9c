package pace

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
)

// TimedShare is the share of what people said that has a time to the minute.
var TimedShare = &metrics.Measure{
	Name:  "timed-share",
	Group: group,
	Title: metrics.Text{EN: "Timed comments", FR: "Commentaires datés"},
	Doc: metrics.Text{
		EN: "The share of comments whose time is known to the minute. All measures of pace rest on these alone.",
		FR: "Part des commentaires dont l’heure est connue à la minute. Toutes les mesures de rythme ne reposent que sur eux.",
	},
	Math:   "timed comments / comments",
	MathFR: "commentaires datés / commentaires",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 1,
	Source:   []metrics.Citation{cite.Own},
	Interval: overTimed,
	Run: metrics.From(InTime, func(a *Arrivals) metrics.Value {
		if a.Spoken == 0 {
			return metrics.TooFew(0, 1, metrics.Comments)
		}
		return metrics.Of(float64(len(a.Order))/float64(a.Spoken), a.Spoken)
	}),
}

// Lifetime is the time from the first comment to the last: 0 where all came in
// the same minute, undefined below 2 timed comments.
var Lifetime = ofArrivals(metrics.Measure{
	Name:  "lifetime",
	Group: "shape",
	Title: metrics.Text{EN: "Lifetime", FR: "Durée de vie"},
	Doc: metrics.Text{
		EN: "How long the discussion lasted, from the first timed comment to the last. It ends where the page was saved, whether or not people went on.",
		FR: "Durée de la discussion, du premier commentaire daté au dernier. Elle s’arrête où la page a été enregistrée, que l’on ait continué ou non.",
	},
	Math: "t₍ₙ₎ − t₍₁₎",
	Unit: metrics.Minutes, MinN: 2,
	Interval: metrics.Extreme,
}, func(a *Arrivals) float64 { return a.Minutes(len(a.Order) - 1) })

// HalfLife is the time from the first comment until half of them, ⌈n/2⌉, had
// come. Undefined below 2 timed comments.
var HalfLife = ofArrivals(metrics.Measure{
	Name:  "half-life",
	Group: "shape",
	Title: metrics.Text{EN: "Half-life", FR: "Demi-vie"},
	Doc: metrics.Text{
		EN: "How long it took from the first timed comment until half of all timed comments had come. Far below half the lifetime where the talk was over soon and stragglers followed.",
		FR: "Temps écoulé du premier commentaire daté jusqu’à l’arrivée de la moitié des commentaires datés. Bien en deçà de la moitié de la durée de vie quand l’essentiel s’est dit tôt.",
	},
	Math: "t₍⌈n/2⌉₎ − t₍₁₎",
	Unit: metrics.Minutes, MinN: 2,
	Interval: metrics.OneSequence,
}, func(a *Arrivals) float64 { return a.Minutes((len(a.Order)+1)/2 - 1) })

// PeakHour is the largest number of comments within any 60 minutes (the end
// excluded).
var PeakHour = ofArrivals(metrics.Measure{
	Name:  "peak-hour",
	Group: "shape",
	Title: metrics.Text{EN: "Busiest hour", FR: "Heure la plus active"},
	Doc: metrics.Text{
		EN: "The largest number of comments that came within any 60 minutes.",
		FR: "Plus grand nombre de commentaires arrivés en 60 minutes, où qu’elles commencent.",
	},
	Math: "max_t |{i : t ≤ tᵢ < t + 60 min}|",
	Unit: metrics.PerHour, MinN: 1,
	Interval: metrics.Extreme,
}, func(a *Arrivals) float64 {
	most, from := 0, 0
	for k, ms := range a.Millis {
		for ms-a.Millis[from] >= 60*60_000 {
			from++
		}
		most = max(most, k-from+1)
	}
	return float64(most)
})

// HourCount is how many comments came in an hour.
type HourCount struct {
	Hour     int64 // after the first comment, from 0
	Comments int
}

// PerHour is the curve of comments per hour since the first timed comment, without
// the hours in which none came. O(n).
var PerHour = &metrics.Fact[[]HourCount]{Name: "comments per hour", Compute: func(c *metrics.Context) ([]HourCount, error) {
	a, err := InTime.Of(c)
	if err != nil {
		return nil, err
	}
	hour := func(k int) int64 { return (a.Millis[k] - a.Millis[0]) / (60 * 60_000) }
	hours := 0
	for k := range a.Millis {
		if k == 0 || hour(k) != hour(k-1) {
			hours++
		}
	}
	out := make([]HourCount, 0, hours)
	for k := range a.Millis {
		if k == 0 || hour(k) != hour(k-1) {
			out = append(out, HourCount{Hour: hour(k)})
		}
		out[len(out)-1].Comments++
	}
	return out, nil
}}

// ActiveHours is the number of hours since the first comment in which one came.
var ActiveHours = &metrics.Measure{
	Name:  "active-hours",
	Group: group,
	Title: metrics.Text{EN: "Active hours", FR: "Heures actives"},
	Doc: metrics.Text{
		EN: "In how many of the hours since the first comment, counted from its minute, at least one comment came. Far below the lifetime where long silences part the talk.",
		FR: "Dans combien des heures écoulées depuis le premier commentaire, comptées à partir de sa minute, il en est venu au moins un. Bien en deçà de la durée de vie quand de longs silences coupent l’échange.",
	},
	Math:  "|{⌊(tᵢ − t₍₁₎) / 60 min⌋}|",
	Scope: metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedTimes, MinN: 1,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Counted,
	Run: metrics.From(PerHour, func(hours []HourCount) metrics.Value {
		n := 0
		for _, h := range hours {
			n += h.Comments
		}
		if n == 0 {
			return metrics.TooFew(0, 1, metrics.TimedComments)
		}
		return metrics.Of(float64(len(hours)), n)
	}),
}

// ofArrivals completes a PerThread measure that needs m.MinN timed comments.
func ofArrivals(m metrics.Measure, value func(*Arrivals) float64) *metrics.Measure {
	m.Scope, m.Range, m.Needs = metrics.PerThread, metrics.NonNegative, metrics.NeedTimes
	m.Source = []metrics.Citation{cite.Own}
	m.Run = metrics.From(InTime, func(a *Arrivals) metrics.Value {
		n := len(a.Order)
		if n < m.MinN {
			return metrics.TooFew(n, m.MinN, metrics.TimedComments)
		}
		return metrics.Of(value(a), n)
	})
	return &m
}
