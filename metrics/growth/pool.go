package growth

import (
	"threadheat/metrics"
	"threadheat/metrics/pace"
)

// MaxPooled is how many choices a Pool takes: a fit of them takes half a minute.
const MaxPooled = 50_000

// Pool gathers the choices of threads that are fitted together, as where each alone
// has too few. They are taken for independent and for made by the same weights: a
// thread that differs from the others pulls the fit, and its interval does not say so.
// The zero Pool is empty.
type Pool struct {
	Threads int // that were added
	Left    int // threads left out, as the pool was full
	choices []choice
}

// Add adds the first 1,000 timed comments of a thread, unless the pool would hold more
// than MaxPooled choices. O(n log n).
func (p *Pool) Add(c *metrics.Context) error {
	a, err := pace.InTime.Of(c)
	if err != nil {
		return err
	}
	more := history(c.Thread, a)
	if len(p.choices)+len(more) > MaxPooled {
		p.Left++
		return nil
	}
	p.Threads++
	p.choices = append(p.choices, more...)
	return nil
}

// Fit is the model that explains all choices best. O(choices) for each of some 20,000
// likelihoods.
func (p *Pool) Fit() Fit { return fitChoices(p.choices) }

// valueOf tells the value of each of the Measures by a fit.
var valueOf = map[*metrics.Measure]func(*Fit) metrics.Value{}

// Value is what m, one of Measures, is by a fit; undefined below 30 choices.
func (f *Fit) Value(m *metrics.Measure) metrics.Value {
	if !f.Enough() {
		return metrics.TooFew(f.N, minChoices, choicesText)
	}
	return valueOf[m](f)
}
