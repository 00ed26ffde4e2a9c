package heat

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

// What a comment's heat is beside those around it. O(n) each.

// ofAnswer completes a measure of single comments.
func (s *Source) ofAnswer(m metrics.Measure, value func(t *thread.Thread, heats metrics.List, i thread.Index) metrics.Value) metrics.Measure {
	m.Scope, m.Needs, m.MinN = metrics.PerComment, metrics.NeedReplies, 2
	m.Source = []metrics.Citation{cite.Own}
	m.Run = func(c *metrics.Context) (metrics.Values, error) {
		heats, err := s.Values.Of(c)
		if err != nil {
			return nil, err
		}
		return metrics.Each(c.Thread.Len(), func(i int) metrics.Value { return value(c.Thread, heats, thread.Index(i)) }), nil
	}
	return m
}

var (
	noParent     = &metrics.Text{EN: "answers no comment", FR: "ne répond à aucun commentaire"}
	parentNoHeat = &metrics.Text{EN: "what it answers has no heat", FR: "ce à quoi il répond n’a pas de chaleur"}
	noRebuttal   = &metrics.Text{EN: "does not answer who answered its author", FR: "ne répond pas à qui a répondu à son auteur"}
	ownNoHeat    = &metrics.Text{EN: "its author’s turn before has no heat", FR: "le tour précédent de son auteur n’a pas de chaleur"}
	notSpoken    = &metrics.Text{EN: "not a comment that a person wrote", FR: "ce n’est pas un commentaire écrit par une personne"}
)

// against is the heat of i and of another comment; why is there where one has none.
func against(t *thread.Thread, heats metrics.List, i, other thread.Index, lacks *metrics.Text) (x, y float64, why *metrics.Value) {
	undefined := func(n int, text *metrics.Text) *metrics.Value {
		v := metrics.Undefined(n, text)
		return &v
	}
	switch {
	case !metrics.Spoken(t, i):
		return 0, 0, undefined(0, notSpoken)
	case !heats[i].Defined():
		return 0, 0, undefined(0, heats[i].Reason)
	case !metrics.Spoken(t, other) || !heats[other].Defined():
		return 0, 0, undefined(1, lacks)
	}
	return heats[i].X, heats[other].X, nil
}

// heatAboveParent is the heat of a reply less that of what it answers. N is 2.
func heatAboveParent(s *Source) *metrics.Measure {
	return s.Measure(s.ofAnswer(metrics.Measure{
		Name:  "above-parent",
		Title: metrics.Text{EN: "Heat above the parent", FR: "Chaleur au-dessus du parent"},
		Doc: metrics.Text{
			EN: "By how much a reply is hotter than what it answers; below 0 where it is cooler. Two single heats are compared: after a very hot comment nearly everything is cooler, without anybody having calmed down.",
			FR: "De combien une réponse est plus chaude que ce à quoi elle répond ; moins de 0 quand elle l’est moins. Deux chaleurs isolées sont comparées : après un commentaire très chaud, presque tout est plus froid, sans que personne se soit calmé.",
		},
		Math:   "h(i) − h(parent of i)",
		MathFR: "h(i) − h(parent de i)",
		Unit:   metrics.Heat, Range: metrics.Signed,
	}, func(t *thread.Thread, heats metrics.List, i thread.Index) metrics.Value {
		p := t.Parent(i)
		if p == thread.NoIndex {
			return metrics.Undefined(0, noParent)
		}
		x, y, why := against(t, heats, i, p, parentNoHeat)
		if why != nil {
			return *why
		}
		return metrics.Of(x-y, 2)
	}))
}

// answersHeat tells whether a hot comment answers a hot one of somebody else.
func answersHeat(s *Source) *metrics.Measure {
	return s.MeasureNamed(s.ofAnswer(metrics.Measure{
		Name:  "answers-heat",
		Title: metrics.Text{EN: "Answers heat with heat", FR: "Répond à la chaleur par la chaleur"},
		Doc: metrics.Text{
			EN: "1 where a hot comment answers a hot one of another author, else 0. What counts as hot is what the share of hot comments counts. Who answers oneself does not answer heat with heat.",
			FR: "1 quand un commentaire chaud répond à un commentaire chaud d’un autre auteur, sinon 0. Est chaud ce que compte la part des commentaires vifs. Qui se répond à soi-même ne répond pas à la chaleur par la chaleur.",
		},
		Math:   "[h(i) ≥ hot] · [h(parent of i) ≥ hot] · [authors differ]",
		MathFR: "[h(i) ≥ seuil] · [h(parent de i) ≥ seuil] · [auteurs différents]",
		Unit:   metrics.Ratio, Range: metrics.Fraction,
	}, func(t *thread.Thread, heats metrics.List, i thread.Index) metrics.Value {
		p := t.Parent(i)
		if p == thread.NoIndex {
			return metrics.Undefined(0, noParent)
		}
		x, y, why := against(t, heats, i, p, parentNoHeat)
		switch {
		case why != nil:
			return *why
		case x >= s.Hot && y >= s.Hot && t.Author(i) != t.Author(p):
			return metrics.Of(1, 2)
		}
		return metrics.Of(0, 2)
	}))
}

// rebuts tells whether i answers somebody else's answer to a comment of its own
// author, and which that is.
func rebuts(t *thread.Thread, i thread.Index) (own thread.Index, ok bool) {
	p := t.Parent(i)
	if p == thread.NoIndex || !metrics.Spoken(t, i) || !metrics.Spoken(t, p) {
		return thread.NoIndex, false
	}
	own = t.Parent(p)
	if own == thread.NoIndex || !metrics.Spoken(t, own) || t.Author(own) != t.Author(i) || t.Author(p) == t.Author(i) {
		return thread.NoIndex, false
	}
	return own, true
}

// AnswersBack tells whether a comment answers the answer to a comment of its own
// author. N is 1.
var AnswersBack = &metrics.Measure{
	Name: "rebuttal", Group: "heat",
	Title: metrics.Text{EN: "Answers back", FR: "Réplique"},
	Doc: metrics.Text{
		EN: "1 where the author was answered and answers back: comment, answer of another, comment of the first again; else 0. It is read off the tree, without a look at the words: an answer back may as well say thanks. People without a name are never recognised again.",
		FR: "1 quand l’auteur a reçu une réponse et y réplique : commentaire, réponse d’un autre, commentaire du premier ; sinon 0. C’est lu dans l’arbre, sans regarder les mots : une réplique peut aussi bien remercier. Une personne sans nom n’est jamais reconnue.",
	},
	Math:   "[author(i) = author(parent of parent)] · [author(i) ≠ author(parent)]",
	MathFR: "[auteur(i) = auteur(parent du parent)] · [auteur(i) ≠ auteur(parent)]",
	Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 1,
	Source: []metrics.Citation{cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		t := c.Thread
		return metrics.Each(t.Len(), func(i int) metrics.Value {
			if !metrics.Spoken(t, thread.Index(i)) {
				return metrics.Undefined(0, notSpoken)
			}
			if _, ok := rebuts(t, thread.Index(i)); ok {
				return metrics.Of(1, 1)
			}
			return metrics.Of(0, 1)
		}), nil
	},
}

// heatAboveOwnTurn is the heat of an answer back less that of its author's comment
// that was answered. N is 2.
func heatAboveOwnTurn(s *Source) *metrics.Measure {
	return s.Measure(s.ofAnswer(metrics.Measure{
		Name:  "above-own-turn",
		Title: metrics.Text{EN: "Heat above one’s own turn before", FR: "Chaleur au-dessus de son propre tour précédent"},
		Doc: metrics.Text{
			EN: "Of who was answered and answers back: by how much hotter than before. It compares the author with the same author, so that hot tempers cancel out; it does not tell what the answer between the two did.",
			FR: "Pour qui a reçu une réponse et y réplique : de combien plus chaud qu’avant. L’auteur est comparé à lui-même, si bien que le tempérament s’annule ; cela ne dit pas ce qu’a fait la réponse entre les deux.",
		},
		Math:   "h(i) − h(parent of parent of i), both by the same author, the parent by another",
		MathFR: "h(i) − h(parent du parent de i), tous deux du même auteur, le parent d’un autre",
		Unit:   metrics.Heat, Range: metrics.Signed,
	}, func(t *thread.Thread, heats metrics.List, i thread.Index) metrics.Value {
		own, ok := rebuts(t, i)
		if !ok {
			return metrics.Undefined(0, noRebuttal)
		}
		x, y, why := against(t, heats, i, own, ownNoHeat)
		if why != nil {
			return *why
		}
		return metrics.Of(x-y, 2)
	}))
}
