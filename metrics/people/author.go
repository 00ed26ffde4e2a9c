package people

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/pace"
	"threadheat/metrics/replygraph"
	"threadheat/thread"
)

// What each author did. The values are undefined for authors who said nothing:
// those of ghosts and of pingbacks. O(n).
var (
	AuthorComments = perAuthor(metrics.Measure{
		Name:   "comments",
		Title:  metrics.Text{EN: "Comments", FR: "Commentaires"},
		Doc:    metrics.Text{EN: "How many comments the author wrote.", FR: "Nombre de commentaires de l’auteur."},
		Math:   "|{v : author(v) = a}|",
		MathFR: "|{v : auteur(v) = a}|",
		Unit:   metrics.Count,
	}, func(p *profile, a thread.AuthorID) int { return int(p.Comments[a]) })

	AuthorWords = perAuthor(metrics.Measure{
		Name:   "words",
		Title:  metrics.Text{EN: "Words", FR: "Mots"},
		Doc:    metrics.Text{EN: "How many words the author’s comments count together.", FR: "Nombre de mots de tous les commentaires de l’auteur."},
		Math:   "Σ words(v), author(v) = a",
		MathFR: "Σ mots(v), auteur(v) = a",
		Unit:   metrics.Count, Needs: metrics.NeedText,
	}, func(p *profile, a thread.AuthorID) int { return int(p.Words[a]) })

	RepliesGiven = perAuthor(metrics.Measure{
		Name:  "replies-given",
		Title: metrics.Text{EN: "Replies given", FR: "Réponses données"},
		Doc: metrics.Text{
			EN: "How many comments of the author answer one of somebody else. Replies to the article, to oneself and to comments that the input lacks are not counted.",
			FR: "Nombre de commentaires de l’auteur qui répondent à un autre auteur. Les réponses à l’article, à soi-même et à des commentaires absents de l’entrée ne comptent pas.",
		},
		Math: "Σ_{b ≠ a} w(a, b)",
		Unit: metrics.Count,
	}, func(p *profile, a thread.AuthorID) int { return total(p.graph.Out(a)) })

	RepliesReceived = perAuthor(metrics.Measure{
		Name:  "replies-received",
		Title: metrics.Text{EN: "Replies received", FR: "Réponses reçues"},
		Doc: metrics.Text{
			EN: "How many comments of others answer one of the author’s.",
			FR: "Nombre de commentaires d’autres auteurs qui répondent à l’un des siens.",
		},
		Math: "Σ_{b ≠ a} w(b, a)",
		Unit: metrics.Count,
	}, func(p *profile, a thread.AuthorID) int { return total(p.graph.In(a)) })

	AuthorSelfReplies = perAuthor(metrics.Measure{
		Name:  "self-replies",
		Title: metrics.Text{EN: "Replies to oneself", FR: "Réponses à soi-même"},
		Doc: metrics.Text{
			EN: "How many comments of the author answer one of their own.",
			FR: "Nombre de commentaires de l’auteur qui répondent à l’un des siens.",
		},
		Math: "w(a, a)",
		Unit: metrics.Count,
	}, func(p *profile, a thread.AuthorID) int { return p.graph.SelfRepliesOf(a) })

	PeopleAnswered = perAuthor(metrics.Measure{
		Name:  "people-answered",
		Title: metrics.Text{EN: "People answered", FR: "Personnes auxquelles il répond"},
		Doc: metrics.Text{
			EN: "How many different people the author answered.",
			FR: "Nombre de personnes différentes auxquelles l’auteur a répondu.",
		},
		Math: "|{b ≠ a : w(a, b) > 0}|",
		Unit: metrics.Count,
	}, func(p *profile, a thread.AuthorID) int { return len(p.graph.Out(a)) })

	AnsweredBy = perAuthor(metrics.Measure{
		Name:  "answered-by",
		Title: metrics.Text{EN: "Answered by", FR: "Personnes qui lui répondent"},
		Doc: metrics.Text{
			EN: "How many different people answered the author.",
			FR: "Nombre de personnes différentes qui ont répondu à l’auteur.",
		},
		Math: "|{b ≠ a : w(b, a) > 0}|",
		Unit: metrics.Count,
	}, func(p *profile, a thread.AuthorID) int { return len(p.graph.In(a)) })
)

func total(arcs []replygraph.Arc) int {
	n := 0
	for _, arc := range arcs {
		n += int(arc.Replies)
	}
	return n
}

// profile is all that the counts of authors are made from.
type profile struct {
	*Tally
	graph *replygraph.Graph
}

var profiles = &metrics.Fact[*profile]{Name: "profiles", Compute: func(c *metrics.Context) (*profile, error) {
	y, err := ByAuthor.Of(c)
	if err != nil {
		return nil, err
	}
	g, err := replygraph.Replies.Of(c)
	return &profile{y, g}, err
}}

// perAuthor completes a count that each author has. Its N is the number of the
// author's comments.
func perAuthor(m metrics.Measure, value func(*profile, thread.AuthorID) int) *metrics.Measure {
	m.Group, m.Scope, m.Range, m.MinN = group, metrics.PerAuthor, metrics.NonNegative, 1
	m.Source = []metrics.Citation{cite.Own}
	m.Run = metrics.EachFrom(profiles, func(p *profile) metrics.Values {
		return metrics.Each(len(p.Comments), func(a int) metrics.Value {
			n := int(p.Comments[a])
			if n == 0 {
				return metrics.Undefined(0, saidNothing)
			}
			return metrics.Of(float64(value(p, thread.AuthorID(a))), n)
		})
	})
	return &m
}

var saidNothing = &metrics.Text{EN: "said nothing that the input holds", FR: "n’a rien dit qui figure dans l’entrée"}

// FirstComment and LastComment tell when each author wrote first and last, in
// minutes after the first timed comment of the thread.
var (
	FirstComment = perAppearance(metrics.Measure{
		Name:  "first-comment",
		Title: metrics.Text{EN: "First comment", FR: "Premier commentaire"},
		Doc: metrics.Text{
			EN: "How long after the first timed comment of the discussion the author first wrote.",
			FR: "Temps écoulé du premier commentaire daté de la discussion au premier de l’auteur.",
		},
		Math:   "min t(v) − t₍₁₎, author(v) = a",
		MathFR: "min t(v) − t₍₁₎, auteur(v) = a",
	}, func(a *appearance) int32 { return a.first })

	LastComment = perAppearance(metrics.Measure{
		Name:  "last-comment",
		Title: metrics.Text{EN: "Last comment", FR: "Dernier commentaire"},
		Doc: metrics.Text{
			EN: "How long after the first timed comment of the discussion the author last wrote.",
			FR: "Temps écoulé du premier commentaire daté de la discussion au dernier de l’auteur.",
		},
		Math:   "max t(v) − t₍₁₎, author(v) = a",
		MathFR: "max t(v) − t₍₁₎, auteur(v) = a",
	}, func(a *appearance) int32 { return a.last })
)

// appearance is where in the order of arrivals an author stands. n is the
// number of their timed comments.
type appearance struct{ first, last, n int32 }

// appearances are those of all authors.
var appearances = &metrics.Fact[[]appearance]{Name: "appearances", Compute: func(c *metrics.Context) ([]appearance, error) {
	arrivals, err := pace.InTime.Of(c)
	if err != nil {
		return nil, err
	}
	who := make([]appearance, c.Thread.Authors())
	for k, i := range arrivals.Order {
		a := &who[c.Thread.Author(i)]
		if a.n == 0 {
			a.first = int32(k)
		}
		a.last = int32(k)
		a.n++
	}
	return who, nil
}}

var neverTimed = metrics.TooFew(0, 1, metrics.TimedComments)

func perAppearance(m metrics.Measure, value func(*appearance) int32) *metrics.Measure {
	m.Group, m.Scope, m.Unit, m.Range, m.Needs, m.MinN = group, metrics.PerAuthor, metrics.Minutes, metrics.NonNegative, metrics.NeedTimes, 1
	m.Source = []metrics.Citation{cite.Own}
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		arrivals, err := pace.InTime.Of(c)
		if err != nil {
			return nil, err
		}
		who, err := appearances.Of(c)
		if err != nil {
			return nil, err
		}
		return metrics.Each(len(who), func(i int) metrics.Value {
			a := &who[i]
			if a.n == 0 {
				return neverTimed
			}
			return metrics.Of(arrivals.Minutes(int(value(a))), int(a.n))
		}), nil
	}
	return &m
}
