package growth

import (
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/fit"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

// minChoices is below how many choices nothing can be told of four weights.
// Threads that are shorter can be fitted together: see Pool.
const minChoices = 30

// Edge tells where the best value of a weight lies among those it can have.
type Edge uint8

// Where a best value lies.
const (
	Inside    Edge = iota
	Absent         // the choices are explained as well without the term
	Unbounded      // the choices are explained as well by any larger value, or better
)

// Term is one weight of the model.
type Term struct {
	Value    float64
	Interval [2]float64 // at 95 %, by profile likelihood
	Open     bool       // the choices rule out no larger value: Interval[1] is where the search ended
	P        float64    // of the test that the term is absent
	Edge     Edge
}

// Fit is the model that explains the choices of a thread, or of several, best:
//
//	P(k) ∝ α d(k) + β [k is the article] + τ^lag(k) + κ [k answers the one who chooses],
//
// d(k) the answers to k and its own link to what it answers, lag(k) 1 for the
// newest and t for the article, oldest of t candidates. The article has no link of
// its own. The last term is that of Aragón et al. 2017: k is by somebody else and
// answers the author of the new comment. They rule out besides that people answer
// themselves or twice the same comment; on the pages read here both happen, so
// that it is not ruled out.
type Fit struct {
	Popularity  Term // α
	RootBias    Term // β
	Novelty     Term // of 1 − τ: 0 where age does not matter, towards 1 where only the newest counts
	Reciprocity Term // κ
	Returns     int  // choices among which there was one who had answered; 0: κ is not known

	LogLikelihood float64
	Blind         float64 // the log likelihood where all candidates are alike (uniform recursive tree)
	P             float64 // of the test that they are
	N             int     // choices that were any: the first comment can only answer the article
}

// Enough tells whether there are enough choices to fit anything.
func (f *Fit) Enough() bool { return f.N >= minChoices }

// scaleless tells whether some weight is so large, or newness so short, that
// others can be compared with each other alone.
func (f *Fit) scaleless() bool {
	for _, t := range []Term{f.Popularity, f.RootBias, f.Novelty, f.Reciprocity} {
		if t.Edge == Unbounded {
			return true
		}
	}
	return false
}

// FitPooled fits one model to several threads, which may be short: see Pool.
func FitPooled(threads []*thread.Thread) (Fit, error) {
	var p Pool
	for _, t := range threads {
		if err := p.Add(metrics.NewContext(t, metrics.Options{})); err != nil {
			return Fit{}, err
		}
	}
	return p.Fit(), nil
}

// Grown is the Fit of a thread's first 1,000 timed comments; only N is set below
// 30 choices.
var Grown = &metrics.Fact[Fit]{Name: "growth", Compute: func(c *metrics.Context) (Fit, error) {
	a, err := pace.InTime.Of(c)
	if err != nil {
		return Fit{}, err
	}
	return fitChoices(history(c.Thread, a)), nil
}}

// Bounds of the search: what is below is nothing, what is above everything.
const (
	nothing    = 1e-9
	everything = 1e6
	mostForget = 0.999
)

// sameLikelihood is by how much log likelihoods differ whose difference means nothing.
const sameLikelihood = 1e-3

func fitChoices(choices []choice) Fit {
	f := Fit{N: informed(choices), Blind: blind(choices)}
	for _, c := range choices {
		if c.mutuals > 0 {
			f.Returns++
		}
	}
	if !f.Enough() {
		return f
	}
	m := model(choices, f.Returns > 0)
	k := len(m.Low)
	var from [][]float64
	for _, s := range starts {
		from = append(from, s[:k])
	}
	best := m.Fit(from...)
	f.LogLikelihood = max(best.LogLikelihood, f.Blind)
	f.P = fit.Better(f.Blind, f.LogLikelihood, k)
	for j, t := range []*Term{&f.Popularity, &f.RootBias, &f.Novelty, &f.Reciprocity}[:k] {
		*t = term(m, best, from, j)
	}
	return f
}

// model is the likelihood of α, β, 1 − τ and, where there can be any, κ.
func model(choices []choice, reciprocal bool) *fit.Model {
	p := powersFor(choices)
	m := &fit.Model{
		LogLikelihood: func(x []float64) float64 {
			now := params{alpha: x[0], beta: x[1], tau: 1 - x[2]}
			if reciprocal {
				now.kappa = x[3]
			}
			return logLikelihood(choices, now, p)
		},
		Low:  []float64{nothing, nothing, nothing},
		High: []float64{everything, everything, mostForget},
	}
	if reciprocal {
		m.Low, m.High = append(m.Low, nothing), append(m.High, everything)
	}
	return m
}

// starts are where the search begins: an ordinary thread, one that turns around the
// article, one in which the newest is answered, and blind choice.
var starts = [][]float64{
	{.5, 1, .2, 1},
	{.05, 5, .02, .1},
	{nothing, 1, .5, nothing},
	{nothing, nothing, nothing, nothing},
}

// fixed is the best log likelihood with parameter j at x. Where α, β and κ are all
// large, only their ratios matter, and a search that keeps the others where they
// were would not come down in time: so it begins at several places.
func fixed(m *fit.Model, best fit.Result, from [][]float64, j int, x float64) float64 {
	scaled := slices.Clone(best.Params)
	for i := range scaled {
		if i != novelty {
			scaled[i] *= x / best.Params[j]
		}
	}
	most := m.Without(best, j, x).LogLikelihood
	for _, s := range append([][]float64{scaled}, from...) {
		most = max(most, m.Without(fit.Result{Params: s}, j, x).LogLikelihood)
	}
	return most
}

// novelty is the place of 1 − τ among the parameters.
const novelty = 2

// certain is how far the log likelihood falls at the end of a 95 % interval.
const certain = 1.920729

// term is what is known of parameter j.
func term(m *fit.Model, best fit.Result, from [][]float64, j int) Term {
	t := Term{Value: best.Params[j]}
	t.Interval[0], t.Interval[1] = m.Interval(best, j)
	without := fixed(m, best, from, j, m.Low[j])
	t.P = fit.Better(without, best.LogLikelihood, 1)
	if without > best.LogLikelihood-certain {
		t.Interval[0] = 0
	}
	beyond := fixed(m, best, nil, j, m.High[j])
	if t.Open = beyond > best.LogLikelihood-certain; t.Open {
		t.Interval[1] = m.High[j]
	}
	switch {
	case without > best.LogLikelihood-sameLikelihood:
		t.Edge, t.Value, t.Interval[0] = Absent, 0, 0
	case beyond > best.LogLikelihood-sameLikelihood:
		t.Edge = Unbounded
	}
	return t
}
