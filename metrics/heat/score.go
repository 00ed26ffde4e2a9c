// Package heat measures hostility in the words of a comment, and says which
// words. Heat is not hatred: it sees how something is said, not what is meant.
package heat

import (
	"math"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Score is the heat of one comment.
type Score struct {
	Value    float64 // 0 cool to below 1 hot
	Tokens   int
	Evidence []metrics.Evidence // by Start; shares add up to 1 where Value > 0
	Reason   *metrics.Text      // why there is no score; nil where there is
	// Counts are the hits of each cue, second person outside replies included.
	Counts [NumCues]int
}

// Scores are the heats of a thread's comments, by thread.Index. A comment too
// short to tell its language counts as written in that of most others.
var Scores = &metrics.Fact[[]Score]{Name: "heat", Compute: scores}

func scores(c *metrics.Context) ([]Score, error) {
	t := c.Thread
	out := make([]Score, t.Len())
	for i := range t.All() {
		if why := words.Unread(t, i); why != nil {
			out[i].Reason = why
			continue
		}
		out[i] = Of(t.Text(i), t.Parent(i) != thread.NoIndex)
	}
	abstainWithTheRest(out)
	return out, nil
}

// abstainWithTheRest takes the heat of texts too short to tell their language
// from where most of the longer ones around them are in one that the cues do
// not know: three Polish words are not cool, they are not read.
func abstainWithTheRest(ss []Score) {
	read, foreign := 0, 0
	for _, s := range ss {
		switch {
		case s.Reason == Language:
			foreign++
		case s.Reason == nil && s.Tokens >= foreignWords:
			read++
		}
	}
	if foreign <= read {
		return
	}
	for i, s := range ss {
		if s.Reason == nil && 0 < s.Tokens && s.Tokens < foreignWords {
			ss[i] = Score{Tokens: s.Tokens, Reason: Language}
		}
	}
}

// Language is why a comment in another language has no heat.
var Language = &metrics.Text{
	EN: "the cues know French and English only",
	FR: "les indices ne connaissent que le français et l’anglais",
}

// Of is the heat of a text,
//
//	heat = 1 − exp(−(Λ(text) + Λ(hottest sentence))/2)
//	Λ    = max(0, Σₖ wₖ xₖ),  xₖ = min(1, hitsₖ / (words + Kappa) / Fullₖ)
//
// over the Cues, with Politeness as the one negative w. The hottest sentence is
// there because ten lines about turbines do not undo one about the reader. The
// heat is in [0, 1), grows with every hit but those of Politeness, and is 0 for
// an empty text. Second person counts in a reply only. A text of at least eight
// words in a language other than French and English has no heat, but a Reason.
//
// Evidence has one entry for every hit, or for several that overlap, whose cues
// are then joined by "+". Its shares tell which part of the exponent rests on
// the span: the exponent is a sum over hits, so this is exact and not an
// estimate. Politeness lowers Λ by lowering the part of every other hit in
// proportion; its own spans have the share 0, as all have where heat is 0.
//
// O(len(text)).
func Of(text string, reply bool) Score {
	if strings.TrimSpace(text) == "" {
		return Score{}
	}
	r := read(text)
	s := Score{Tokens: len(r.tokens)}
	if r.foreign() {
		s.Reason = Language
		return s
	}
	hits := r.hits[:0]
	for _, h := range r.hits {
		s.Counts[h.cue]++
		if h.cue != SecondPerson || reply {
			hits = append(hits, h)
		}
	}
	whole := levelOf(hits, s.Tokens)
	peak, from, to := hottest(hits, r.sentences)
	sum := (whole.sum + peak.sum) / 2
	s.Value = -math.Expm1(-sum)
	part := make([]float64, len(hits))
	if sum > 0 {
		for i, h := range hits {
			part[i] = whole.part(h)
			if i >= from && i < to {
				part[i] += peak.part(h)
			}
			part[i] /= 2 * sum
		}
	}
	s.Evidence = evidence(hits, part)
	return s
}

// level is the Λ of a stretch of text and what one hit of each cue adds to it.
type level struct {
	sum float64
	per [NumCues]float64
}

func (l *level) part(h hit) float64 { return l.per[h.cue] * h.strength }

func levelOf(hits []hit, tokens int) level {
	var strength [NumCues]float64
	for _, h := range hits {
		strength[h.cue] += h.strength
	}
	var l level
	heating, cooling := 0.0, 0.0
	for c, n := range strength {
		if n == 0 {
			continue
		}
		x := Cues[c].Weight * min(1, n/(float64(tokens)+Kappa)/Cues[c].Full)
		if x < 0 {
			cooling -= x
			continue
		}
		heating += x
		l.per[c] = x / n
	}
	l.sum = max(0, heating-cooling)
	for c := range l.per {
		if heating > 0 {
			l.per[c] *= l.sum / heating
		}
	}
	return l
}

// hottest is the level of the sentence with the highest, the first of equals,
// and its hits from ≤ i < to.
func hottest(hits []hit, sentences []int32) (best level, from, to int) {
	for i := 0; i < len(hits); {
		j := i
		for j < len(hits) && hits[j].sentence == hits[i].sentence {
			j++
		}
		if l := levelOf(hits[i:j], int(sentences[hits[i].sentence])); l.sum > best.sum {
			best, from, to = l, i, j
		}
		i = j
	}
	return best, from, to
}

// evidence lists the hits, those that overlap as one.
func evidence(hits []hit, part []float64) []metrics.Evidence {
	var out []metrics.Evidence
	cues := 0 // of the last entry, as bits
	for i, h := range hits {
		name := Cues[h.cue].Name
		last := len(out) - 1
		if last < 0 || h.start >= out[last].End {
			out = append(out, metrics.Evidence{Start: h.start, End: h.end, Cue: name, Share: part[i]})
			cues = 1 << h.cue
			continue
		}
		e := &out[last]
		e.End = max(e.End, h.end)
		e.Share += part[i]
		if cues&(1<<h.cue) == 0 {
			e.Cue += "+" + name
			cues |= 1 << h.cue
		}
	}
	return out
}
