package table

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/keyness"
	"threadheat/metrics/pace"
	"threadheat/metrics/replygraph"
	"threadheat/metrics/shape"
	"threadheat/thread"
)

// detail is a curve or a list that a measure of the thread sums up.
type detail struct {
	Name string // in the output
	Of   string // the measure or measures: without any of them, the detail is left out too
	list func(*metrics.Context) (any, error)
}

// details are all of them, in the order of the output. Each may be empty; none is
// null.
var details = []detail{
	{"widths", "max-width", func(c *metrics.Context) (any, error) {
		return shape.Levels.Of(c) // by depth, the article being 0
	}},
	{"comments-per-hour", "active-hours", func(c *metrics.Context) (any, error) {
		return each(pace.PerHour, c, func(h pace.HourCount) any {
			return struct {
				Hour     int64 `json:"hour"`
				Comments int   `json:"comments"`
			}{h.Hour, h.Comments}
		})
	}},
	{"modularity-by-resolution", "modularity", func(c *metrics.Context) (any, error) {
		return each(replygraph.Profile, c, func(r replygraph.Resolved) any {
			return struct {
				Resolution float64 `json:"resolution"`
				Modularity float64 `json:"modularity"`
				Groups     int     `json:"groups"`
				Largest    int     `json:"largest"`
			}{r.Resolution, r.Q, r.Groups, r.Largest}
		})
	}},
	{"rwc-by-ends", "rwc", func(c *metrics.Context) (any, error) {
		curve, err := replygraph.RWCurve.Of(c)
		if err != nil {
			return nil, err
		}
		return append([]float64{}, curve.ByK...), nil // for 1, 2, … ends
	}},
	{"sides", "rwc rwc-least rwc-most boundary-connectivity dipole-moment", func(c *metrics.Context) (any, error) {
		s, err := replygraph.TwoSides.Of(c)
		if err != nil {
			return nil, err
		}
		out := []any{}
		for _, p := range s.Placed() {
			out = append(out, struct {
				Author   string `json:"author"`
				Side     int    `json:"side"`
				Place    int    `json:"place"`
				Links    int    `json:"links"`
				Boundary bool   `json:"boundary"`
			}{c.Thread.AuthorName(p.Author), p.Side, p.Place, p.Links, p.Boundary})
		}
		return out, nil
	}},
	{"groups-of-three", "groups-of-three", func(c *metrics.Context) (any, error) { return groups(c, 0) }},
	{"groups-of-four", "groups-of-four", func(c *metrics.Context) (any, error) { return groups(c, 1) }},
	{"pile-ons", "pile-ons", func(c *metrics.Context) (any, error) {
		found, err := exchange.ManyToOne.Of(c)
		if err != nil {
			return nil, err
		}
		out := []any{}
		for _, p := range found.All {
			replies := make([]string, len(p.Replies))
			for k, i := range p.Replies {
				replies[k] = c.Thread.ID(i)
			}
			out = append(out, struct {
				On      string   `json:"on"`
				People  []string `json:"people"`
				AtOnce  int      `json:"most-within-an-hour"`
				Minutes float64  `json:"minutes"`
				Replies []string `json:"replies"`
			}{c.Thread.AuthorName(p.Target), names(c.Thread, p.People), p.AtOnce, p.Minutes, replies})
		}
		return out, nil
	}},
	{"words-hot-against-cool", "heat-mean", func(c *metrics.Context) (any, error) {
		r, err := keyness.HotAndCool.Of(c)
		if err != nil {
			return nil, err
		}
		return telling(r), nil
	}},
	{"words-of-each-side", "words", func(c *metrics.Context) (any, error) {
		r, err := keyness.Sides.Of(c)
		if err != nil {
			return nil, err
		}
		return telling(&r.Result), nil // of the longest exchange: who wrote its first turn is A
	}},
	{"drift-points", "drift-points", driftPoints},
	{"drift-curves", "drift-trend", driftCurves},
	{"drift-topics", "drift-topics", driftTopics},
}

// telling lists the words that two sides use differently, those of A first.
func telling(r *keyness.Result) []any {
	out := []any{}
	ofA, ofB := r.Significant()
	for _, w := range slices.Concat(ofA, ofB) {
		out = append(out, struct {
			Word string  `json:"word"`
			A    int     `json:"a"`
			B    int     `json:"b"`
			Z    float64 `json:"z"`
		}{w.Text, w.A, w.B, w.Z})
	}
	return out
}

// each lists the items of a fact.
func each[T any](f *metrics.Fact[[]T], c *metrics.Context, item func(T) any) (any, error) {
	have, err := f.Of(c)
	out := make([]any, 0, len(have))
	for _, x := range have {
		out = append(out, item(x))
	}
	return out, err
}

// groups lists the conversations of three (k = 0) or four people.
func groups(c *metrics.Context, k int) (any, error) {
	chains, err := exchange.AllChains.Of(c)
	if err != nil {
		return nil, err
	}
	out := []any{}
	for _, g := range chains[k].Groups {
		out = append(out, struct {
			People   []string `json:"people"`
			Comments int      `json:"comments"`
			Last     string   `json:"last"`
		}{names(c.Thread, g.People), g.Comments, c.Thread.ID(g.Last)})
	}
	return out, nil
}

func names(t *thread.Thread, people []thread.AuthorID) []string {
	out := make([]string, len(people))
	for k, a := range people {
		out[k] = t.AuthorName(a)
	}
	return out
}

// lists writes the details of the measures in a table, as a member.
func (j *jsonWriter) lists(t *metrics.Table) error {
	j.b.WriteString(`,"details":{`)
	for _, d := range details {
		asked := slices.ContainsFunc(strings.Fields(d.Of), func(name string) bool {
			_, ok := t.Find(metrics.PerThread, name)
			return ok
		})
		if !asked {
			continue
		}
		list, err := d.list(t.Context)
		if err != nil {
			return err
		}
		if err := j.member(d.Name, list); err != nil {
			return err
		}
	}
	j.b.WriteByte('}')
	return nil
}
