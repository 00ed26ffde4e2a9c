// Package shift tells where a conversation changes its subject by the way people
// talk: with a question that needs nothing said before, an announcement, an
// answer that hangs on to nothing. It is another thing than drift, which looks at
// the words of the subject only.
package shift

import (
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Measures are the measures of this package.
var Measures = []*metrics.Measure{TopicShift}

var (
	xie = metrics.Citation{
		Authors: "Xie, Liu, Xiong, Liu, Copestake", Title: "TIAGE: a benchmark for topic-shift aware dialog modeling",
		Venue: "Findings of EMNLP", Year: 2021, DOI: "10.48550/arXiv.2109.04562", Where: "the task and the labels", WhereFR: "la tâche et les étiquettes",
	}
	otherLanguage = &metrics.Text{EN: "neither English nor French, the languages whose cues are known", FR: "ni en français ni en anglais, les langues dont les indices sont connus"}
	mixed         = &metrics.Text{EN: "it is in another language than the comment it answers", FR: "il est dans une autre langue que le commentaire auquel il répond"}
	nothing       = &metrics.Text{EN: "it answers no other comment", FR: "il ne répond à aucun autre commentaire"}
	first         = &metrics.Text{EN: "no comment stands before it", FR: "aucun commentaire ne le précède"}
	silent        = &metrics.Text{EN: "the comment it answers has no words to read", FR: "le commentaire auquel il répond n’a pas de mots à lire"}
)

// TopicShift is, for each reply, the probability that it changes the subject. In
// a thread where nobody answers anybody, each comment is taken to follow the one
// before it on the page. N is the number of words of the comment. O(words).
var TopicShift = &metrics.Measure{
	Name: "topic-shift", Group: "drift",
	Title: metrics.Text{EN: "Change of subject", FR: "Changement de sujet"},
	Doc: metrics.Text{
		EN: "How likely a comment turns to something else than what it answers, by the manner of speaking: questions that need nothing said before, “by the way”, agreement and thanks, words that point back, words that came up before, and what the answers take up. " +
			"The weights were learnt from 300 small-talk chats in English, of whose turns a fifth change the subject; on 100 others, a turn that does has the higher value in 83 of 100 pairs. French cues are our counterparts of the English ones, and were not tested so. In long comments on an article the ranks may hold; the numbers are no shares. Where nobody answers anybody, the comment before it on the page stands for what it answers.",
		FR: "Combien il est probable qu’un commentaire passe à autre chose que ce à quoi il répond, d’après la manière de parler : questions qui se passent de ce qui précède, « au fait », accord et remerciements, mots qui renvoient en arrière, mots déjà venus, et ce que reprennent les réponses. " +
			"Les poids ont été appris sur 300 bavardages en anglais, dont un tour sur cinq change de sujet ; sur 100 autres, un tour qui en change a la valeur la plus haute dans 83 paires sur 100. Les indices français sont nos équivalents des anglais et n’ont pas été éprouvés ainsi. Pour de longs commentaires d’article, le rang peut valoir ; les nombres ne sont pas des parts. Là où personne ne répond à personne, le commentaire précédent de la page tient lieu de ce à quoi il répond.",
	},
	Math:   "1/(1+exp(−w·x)), x = features of the comment, of up to three above it and of its answers",
	MathFR: "1/(1+exp(−w·x)), x = traits du commentaire, de trois au plus au-dessus et de ses réponses",
	Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedText, MinN: 1,
	Source: []metrics.Citation{xie},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		return values(c.Thread), nil
	},
}

func values(t *thread.Thread) metrics.List {
	r := newReader()
	langs := r.stems.Languages(t.Len(), func(k int) string {
		if i := thread.Index(k); words.Unread(t, i) == nil {
			return t.Text(i)
		}
		return ""
	}, t.Meta().Lang)
	flat := true
	for i := range t.All() {
		flat = flat && t.Parent(i) == thread.NoIndex
	}
	order, before := sequence(t, flat)
	talk := conversation{r: r, turns: make([]turn, len(order)), before: before}
	why := make([]*metrics.Text, len(order))
	known := [2]stems.Lang{stems.ByCode("en"), stems.ByCode("fr")}
	for k, i := range order {
		why[k] = words.Unread(t, i)
		lang := langs[i]
		switch {
		case why[k] != nil:
			continue
		case !slices.Contains(known[:], lang) && t.Text(i) != "":
			why[k] = otherLanguage
		default:
			talk.turns[k] = r.read(t.Text(i), lang)
		}
	}
	talk.compare()
	out := make(metrics.List, len(order))
	x := make([]float64, len(featureNames))
	for k, i := range order {
		n := talk.turns[k].words
		b := before[k]
		switch {
		case why[k] != nil:
			out[i] = metrics.Undefined(n, why[k])
		case n == 0:
			out[i] = metrics.TooFew(n, 1, metrics.Words)
		case b < 0 && flat:
			out[i] = metrics.Undefined(n, first)
		case b < 0:
			out[i] = metrics.Undefined(n, nothing)
		case talk.turns[b].words == 0:
			out[i] = metrics.Undefined(n, silent)
		case langs[i] != langs[order[b]]:
			out[i] = metrics.Undefined(n, mixed)
		default:
			talk.features(x, k)
			out[i] = metrics.Of(Probability(weights(), x), n)
			if spans := evidence(talk.turns[k].hits); len(spans) > 0 {
				out[i].More = &metrics.More{Evidence: spans}
			}
		}
	}
	return out
}

// sequence is the order in which comments are read and, by place in it, the place
// of the one that each answers: in a flat list, the one before it that a person
// wrote.
func sequence(t *thread.Thread, flat bool) (order []thread.Index, before []int) {
	before = make([]int, t.Len())
	if !flat {
		for i := range t.All() {
			order = append(order, i)
			before[i] = int(t.Parent(i)) // NoIndex is -1
		}
		return order, before
	}
	last := -1
	for i := range t.Document() {
		k := len(order)
		order = append(order, i)
		before[k] = last
		if words.Unread(t, i) == nil {
			last = k
		}
	}
	return order, before
}

// evidence are the cues that speak for a change, by place, each with its share of
// what they say together. Where several overlap, the strongest stands.
func evidence(hits []hit) []metrics.Evidence {
	var out []metrics.Evidence
	total := 0.0
	for _, h := range hits {
		w := 0.0
		for _, f := range h.own() {
			w += weights()[f]
		}
		if w <= 0 {
			continue
		}
		e := metrics.Evidence{Start: int(h.start), End: int(h.end), Cue: h.cue.String(), Share: w}
		if n := len(out); n > 0 && out[n-1].End > e.Start {
			if out[n-1].Share >= w {
				continue
			}
			total -= out[n-1].Share
			out = out[:n-1]
		}
		out = append(out, e)
		total += w
	}
	for k := range out {
		out[k].Share /= total
	}
	return out
}
