package exchange

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

// inPileOns tells of each comment whether it is one of the replies of a pile-on, by
// thread.Index.
var inPileOns = &metrics.Fact[[]bool]{Name: "comments of pile-ons", Compute: func(c *metrics.Context) ([]bool, error) {
	p, err := ManyToOne.Of(c)
	if err != nil {
		return nil, err
	}
	in := make([]bool, c.Thread.Len())
	for _, one := range p.All {
		for _, i := range one.Replies {
			in[i] = true
		}
	}
	return in, nil
}}

// InPileOn tells whether a comment is part of a pile-on. N is 1. Undefined for what
// people did not write and for comments without a time.
var InPileOn = &metrics.Measure{
	Name:  "in-pile-on",
	Group: group,
	Title: metrics.Text{EN: "Part of a pile-on", FR: "Part d’un assaut groupé"},
	Doc: metrics.Text{
		EN: "1 where the comment is one of those by which at least 5 different people answered the same person within an hour, else 0. It counts people, not hostility: an answer may be thanks.",
		FR: "1 quand le commentaire est l’un de ceux par lesquels au moins 5 personnes différentes ont répondu à la même en une heure, sinon 0. On compte des gens, non de l’hostilité : une réponse peut être un merci.",
	},
	Math:   "[in a window of 60 minutes with ≥ 5 authors of answers to the same person]",
	MathFR: "[dans une fenêtre de 60 minutes avec ≥ 5 auteurs de réponses à la même personne]",
	Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedTimes | metrics.NeedReplies, MinN: 1,
	Source: []metrics.Citation{cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		in, err := inPileOns.Of(c)
		if err != nil {
			return nil, err
		}
		a, err := pace.InTime.Of(c)
		if err != nil {
			return nil, err
		}
		timed := make([]bool, len(in))
		for _, i := range a.Order {
			timed[i] = true
		}
		return metrics.Each(len(in), func(i int) metrics.Value {
			switch {
			case !timed[i]:
				return metrics.Undefined(0, untimed)
			case in[i]:
				return metrics.Of(1, 1)
			}
			return metrics.Of(0, 1)
		}), nil
	},
}

var untimed = &metrics.Text{EN: "no comment of a person with a usable time", FR: "ce n’est pas un commentaire d’une personne avec une heure utilisable"}

// pileOnHeats are the heats of the timed replies between people with names: of those
// in a pile-on, and of the others.
type pileOnHeats struct {
	in, out []float64
	pileOns int
}

var pileOnHeat = heat.FactOf("heat of pile-ons", func(s *heat.Source, c *metrics.Context) (*pileOnHeats, error) {
	vs, err := s.Values.Of(c)
	if err != nil {
		return nil, err
	}
	p, err := ManyToOne.Of(c)
	if err != nil {
		return nil, err
	}
	in, err := inPileOns.Of(c)
	if err != nil {
		return nil, err
	}
	a, err := pace.InTime.Of(c)
	if err != nil {
		return nil, err
	}
	t, h := c.Thread, &pileOnHeats{pileOns: len(p.All)}
	for _, i := range a.Order {
		up := t.Parent(i)
		switch {
		case !vs[i].Defined() || up == thread.NoIndex || !named(t, i) || !named(t, up) || t.Author(up) == t.Author(i):
		case in[i]:
			h.in = append(h.in, vs[i].X)
		default:
			h.out = append(h.out, vs[i].X)
		}
	}
	return h, nil
})

// PileOnHeat is the mean heat of the replies of pile-ons. N is their number.
func PileOnHeat(s *heat.Source) *metrics.Measure {
	return ofPileOnHeats(s, metrics.Measure{
		Name:  "pile-on-heat",
		Title: metrics.Text{EN: "Heat of pile-ons", FR: "Chaleur des assauts groupés"},
		Doc: metrics.Text{
			EN: "The mean heat of the answers by which at least 5 people answered the same person within an hour: a pile-on of thanks is cool. The 95% interval, from 4 answers on, takes them for independent, which those of a crowd are not.",
			FR: "La chaleur moyenne des réponses par lesquelles au moins 5 personnes ont répondu à la même en une heure : un assaut de remerciements est froid. L’intervalle à 95 %, à partir de 4 réponses, les suppose indépendantes, ce que celles d’une foule ne sont pas.",
		},
		Math:   "mean of h over replies in pile-ons",
		MathFR: "moyenne de h sur les réponses des assauts groupés",
		Unit:   metrics.Heat, Range: metrics.Fraction,
		Interval: &metrics.Interval{
			How:  metrics.Text{EN: "mean ± t · s/√n (Student), from 4 replies on, taken for independent", FR: "moyenne ± t · s/√n (Student), dès 4 réponses, supposées indépendantes"},
			None: metrics.Text{EN: "fewer than 4 replies", FR: "moins de 4 réponses"},
		},
	}, func(h *pileOnHeats) metrics.Value {
		m, half := stats.MeanBand(h.in)
		v := metrics.Of(m, len(h.in))
		if len(h.in) >= intervalFrom {
			v = v.With(func(more *metrics.More) { more.CI = &[2]float64{max(m-half, 0), min(m+half, 1)} })
		}
		return v
	})
}

// PileOnHeatAbove is the mean heat of the replies of pile-ons less that of the other
// replies. CI is Welch's, P two-sided by ranks (stats.MannWhitney). N is the number of
// replies of both kinds. Undefined with fewer than 2 of either.
func PileOnHeatAbove(s *heat.Source) *metrics.Measure {
	return ofPileOnHeats(s, metrics.Measure{
		Name:  "pile-on-heat-above",
		Title: metrics.Text{EN: "Heat of pile-ons above other replies", FR: "Chaleur des assauts au-dessus des autres réponses"},
		Doc: metrics.Text{
			EN: "By how much the answers in pile-ons are hotter than the other timed answers between people with names. p is that of a rank test that neither tends to be hotter. Interval (Welch, 95%) and p take answers for independent, which those of a crowd are not.",
			FR: "De combien les réponses des assauts groupés sont plus chaudes que les autres réponses datées entre personnes nommées. p est celui d’un test des rangs : aucune des deux n’est plutôt plus chaude. L’intervalle (Welch, 95 %) et p supposent des réponses indépendantes, ce que celles d’une foule ne sont pas.",
		},
		Math:   "mean of h over replies in pile-ons − mean of h over other replies",
		MathFR: "moyenne de h sur les réponses des assauts groupés − moyenne de h sur les autres réponses",
		Unit:   metrics.Heat, Range: metrics.Signed,
		Interval: &metrics.Interval{
			How:  metrics.Text{EN: "difference of means ± t · s (Welch), replies taken for independent", FR: "différence des moyennes ± t · s (Welch), réponses supposées indépendantes"},
			None: metrics.Text{EN: "fewer than 2 replies of a kind", FR: "moins de 2 réponses d’une sorte"},
		},
		Source: []metrics.Citation{{
			Authors: "Welch", Title: "The generalization of ‘Student’s’ problem when several different population variances are involved", Venue: "Biometrika 34", Year: 1947,
		}},
	}, func(h *pileOnHeats) metrics.Value {
		if len(h.out) < 2 {
			return metrics.TooFew(len(h.out), 2, metrics.Text{EN: "other timed replies with a heat", FR: "autres réponses datées de chaleur connue"})
		}
		d, half := welch(h.in, h.out)
		p := stats.MannWhitney(h.in, h.out).P
		return metrics.Of(d, len(h.in)+len(h.out)).With(func(more *metrics.More) {
			more.CI, more.P = &[2]float64{max(d-half, -1), min(d+half, 1)}, &p
		})
	})
}

// welch is the difference of the means of xs and ys, at least two each, and half its
// 95 % interval for variances that may differ.
func welch(xs, ys []float64) (difference, half float64) {
	mx, vx := stat.MeanVariance(xs, nil)
	my, vy := stat.MeanVariance(ys, nil)
	a, b := vx/float64(len(xs)), vy/float64(len(ys))
	if a+b == 0 {
		return mx - my, 0
	}
	df := (a + b) * (a + b) / (a*a/float64(len(xs)-1) + b*b/float64(len(ys)-1))
	return mx - my, stats.Student95(int(df)) * math.Sqrt(a+b)
}

func ofPileOnHeats(s *heat.Source, m metrics.Measure, value func(*pileOnHeats) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Needs, m.MinN = group, metrics.PerThread, metrics.NeedTimes|metrics.NeedReplies, 2
	m.Source = append(m.Source, cite.Own)
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		h, err := pileOnHeat.Of(s, c)
		if err != nil {
			return nil, err
		}
		switch {
		case h.pileOns == 0:
			return metrics.One(metrics.Undefined(len(h.out), noPileOn)), nil
		case len(h.in) < 2:
			return metrics.One(metrics.TooFew(len(h.in), 2, metrics.Text{EN: "replies of pile-ons with a heat", FR: "réponses d’assauts groupés de chaleur connue"})), nil
		}
		return metrics.One(value(h)), nil
	}
	return s.MeasureNamed(m)
}
