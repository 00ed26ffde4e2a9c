package replygraph

import (
	"threadheat/metrics"
)

// score is a number for each author and, for those where it is only estimated,
// how far it may be off.
type score struct {
	x   []float64 // by AuthorID; of those who are no nodes 0
	off []float64 // half of the 95 % interval; nil where x is exact
	why *metrics.Text
}

// ofAuthors completes a measure of each author that follows from one fact. It is
// undefined for those who said nothing.
func ofAuthors(m metrics.Measure, of *metrics.Fact[*score]) *metrics.Measure {
	m.Group, m.Scope = group, metrics.PerAuthor
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		g, err := Replies.Of(c)
		if err != nil {
			return nil, err
		}
		s, err := of.Of(c)
		if err != nil {
			return nil, err
		}
		return metrics.Each(len(g.node), func(a int) metrics.Value {
			switch {
			case !g.node[a]:
				return metrics.Undefined(0, saidNothing)
			case s.why != nil:
				return metrics.Undefined(len(g.authors), s.why)
			}
			v := metrics.Of(s.x[a], len(g.authors))
			if s.off != nil {
				v.More = &metrics.More{CI: &[2]float64{max(m.Range.Min, s.x[a]-s.off[a]), min(m.Range.Max, s.x[a]+s.off[a])}}
			}
			return v
		}), nil
	}
	return &m
}

var (
	saidNothing = &metrics.Text{EN: "the author said nothing here", FR: "l’auteur n’a rien dit ici"}
	noReplies   = &metrics.Text{EN: "nobody answers another", FR: "personne ne répond à un autre"}
)

// ofGraph completes a measure of the thread that follows from the graph alone.
func ofGraph(m metrics.Measure, value func(*Graph) metrics.Value) *metrics.Measure {
	m.Group, m.Scope = group, metrics.PerThread
	m.Run = metrics.From(Replies, value)
	return &m
}
