package heat

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/words"
)

// Source is one way to say how hot each comment of a thread is: Own is the heat of
// this package, Brought are scores that somebody brought along.
//
// What is made of the heats of many comments is written once, as a function from
// the Source to the measure, and called for both:
//
//	func peak(s *Source) *metrics.Measure {
//		return s.Measure(metrics.Measure{
//			Name:  "peak", // becomes heat-peak and given-heat-peak
//			Title: metrics.Text{EN: "Peak heat", FR: "Chaleur maximale"},
//			…
//			Run: func(c *metrics.Context) (metrics.Values, error) {
//				vs, err := s.Values.Of(c) // and never Scores
//				…
//			},
//		})
//	}
//
// One line in ofSources then puts it into the catalogue for each Source. Its words
// must hold for either; what only our own score knows (cues, evidence, languages)
// reads Scores and is no measure of a Source. A fact that rests on a Source is made
// by a function as well, once for each.
type Source struct {
	Name string // begins the names of the measures: "heat", "given-heat"
	// Values are the heats by thread.Index, in [0, 1], undefined with the reason
	// where a comment has none.
	Values *metrics.Fact[metrics.List]
	Hot    float64 // from which a comment counts as hot

	suffix metrics.Text // of titles
	after  metrics.Text // the sentence that docs end with
	cites  []metrics.Citation
}

// Own is the heat that this package finds in the words, without its evidence. N is
// the number of words.
var Own = &Source{
	Name: "heat", Hot: Hot, cites: sources,
	Values: &metrics.Fact[metrics.List]{Name: "heats", Compute: func(c *metrics.Context) (metrics.List, error) {
		ss, err := Scores.Of(c)
		if err != nil {
			return nil, err
		}
		vs := make(metrics.List, len(ss))
		for i, s := range ss {
			if s.Reason != nil {
				vs[i] = metrics.Undefined(s.Tokens, s.Reason)
			} else {
				vs[i] = metrics.Of(s.Value, s.Tokens)
			}
		}
		return vs, nil
	}},
}

// Brought are the scores of Context.Given. N is 1.
var Brought = &Source{
	Name: "given-heat", Hot: 0.5, cites: []metrics.Citation{cite.Own},
	suffix: metrics.Text{EN: " (given scores)", FR: " (scores fournis)"},
	after: metrics.Text{
		EN: " Here the heats are the scores brought along with --scores, taken as they are.",
		FR: " Les chaleurs sont ici les scores fournis avec --scores, pris tels quels.",
	},
	Values: &metrics.Fact[metrics.List]{Name: "given heats", Compute: func(c *metrics.Context) (metrics.List, error) {
		t := c.Thread
		vs := make(metrics.List, t.Len())
		for i := range t.All() {
			if c.Given == nil {
				vs[i] = metrics.Undefined(0, noneGiven)
			} else if x, ok := c.Given.Of[t.ID(i)]; ok {
				vs[i] = metrics.Of(x, 1)
			} else if why := words.Unread(t, i); why != nil {
				vs[i] = metrics.Undefined(0, why)
			} else {
				vs[i] = metrics.Undefined(0, notGiven)
			}
		}
		return vs, nil
	}},
}

var (
	noneGiven = &metrics.Text{EN: "no scores were brought along (--scores)", FR: "aucun score n’a été fourni (--scores)"}
	notGiven  = &metrics.Text{EN: "the scores brought along have none for this comment", FR: "les scores fournis n’en ont pas pour ce commentaire"}
)

// Measure is m of the heats of s: its name begins with that of s, its title and
// doc say whose heats they are. Its group is heat and its sources are followed by
// those of s, unless it names another group.
func (s *Source) Measure(m metrics.Measure) *metrics.Measure {
	m.Name = s.Name + "-" + m.Name
	return s.complete(m)
}

// MeasureNamed is Measure for one whose name holds no "heat": ours keeps it, that
// of the scores brought along has "given-" before it.
func (s *Source) MeasureNamed(m metrics.Measure) *metrics.Measure {
	if s != Own {
		m.Name = "given-" + m.Name
	}
	return s.complete(m)
}

func (s *Source) complete(m metrics.Measure) *metrics.Measure {
	if m.Group == "" {
		m.Group = "heat"
		m.Source = append(m.Source[:len(m.Source):len(m.Source)], s.cites...)
	}
	m.Title = metrics.Text{EN: m.Title.EN + s.suffix.EN, FR: m.Title.FR + s.suffix.FR}
	m.Doc = metrics.Text{EN: m.Doc.EN + s.after.EN, FR: m.Doc.FR + s.after.FR}
	return &m
}

// Defined are the heats that have a number, with the places of their comments.
func (s *Source) Defined(c *metrics.Context) (xs []float64, at []int, err error) {
	vs, err := s.Values.Of(c)
	if err != nil {
		return nil, nil, err
	}
	for i, v := range vs {
		if v.Defined() {
			xs, at = append(xs, v.X), append(at, i)
		}
	}
	return xs, at, nil
}

// none is why an aggregate of s is undefined where no comment has a heat.
func (s *Source) none(c *metrics.Context) *metrics.Text {
	if s == Brought && c.Given == nil {
		return noneGiven
	}
	return noHeat
}
