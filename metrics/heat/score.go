// Package heat measures hostility in the words of a comment, and says which
// words. Heat is not hatred: it sees how something is said, not what is meant.
package heat

import (
	"math"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Score is the heat of one comment.
type Score struct {
	Value    float64 // 0 cool to below 1 hot
	Tokens   int
	Evidence []metrics.Evidence // by Start; shares add up to 1 where Value > 0
	Reason   *metrics.Text      // why there is no score; nil where there is
	Lang     words.Lang         // Unknown where the text is too short to tell
	Target   evidence.Target    // at whom most of the heat is aimed
	// Counts are the hits of each cue, second person outside replies included.
	Counts [NumCues]int
}

// Scores are the heats of a thread's comments, by thread.Index. A comment too
// short to tell its language counts as written in that of most others.
var Scores = &metrics.Fact[[]Score]{Name: "heat", Compute: scores}

func scores(c *metrics.Context) ([]Score, error) {
	t := c.Thread
	out := make([]Score, t.Len())
	var s Scorer
	one := func(i thread.Index, hint words.Lang) Score {
		in := evidence.Input{Text: t.Text(i), Lang: hint}
		if p := t.Parent(i); p != thread.NoIndex {
			in.Reply, in.Parent = true, t.Text(p)
		}
		return s.Score(in)
	}
	var long [words.Other + 1]int // comments in each language
	for i := range t.All() {
		if why := words.Unread(t, i); why != nil {
			out[i].Reason = why
			continue
		}
		out[i] = one(i, words.Unknown)
		if out[i].Lang != words.Unknown {
			long[out[i].Lang]++
		}
	}
	// Three Polish words among Polish comments are not cool, they are not read.
	if most := majority(long[:]); most != words.Unknown {
		for i := range t.All() {
			if o := &out[i]; o.Lang == words.Unknown && o.Tokens > 0 && words.Unread(t, i) == nil {
				*o = one(i, most)
			}
		}
	}
	return out, nil
}

// majority is the language of more than half of the comments, Unknown where
// there is none.
func majority(comments []int) words.Lang {
	sum := 0
	for _, n := range comments {
		sum += n
	}
	for l, n := range comments {
		if 2*n > sum {
			return words.Lang(l)
		}
	}
	return words.Unknown
}

// Why a comment with words has no heat.
var (
	Language = &metrics.Text{
		EN: "the cues know French and English only",
		FR: "les indices ne connaissent que le français et l’anglais",
	}
	TooShort = &metrics.Text{
		EN: "too short to tell",
		FR: "trop court pour en juger",
	}
	QuotesOnly = &metrics.Text{
		EN: "only words of others, or code",
		FR: "rien que des mots d’autrui, ou du code",
	}
)

// fewestWords is the number of own words below which a text without a single
// cue is not called cool.
const fewestWords = 3

// Of is the heat of a text,
//
//	heat = 1 − exp(−(Λ(text) + Λ(hottest sentence))/2)
//	Λ    = max(0, Σₖ wₖ xₖ)
//
// over the Cues; see CueInfo for x. The hottest sentence is there because ten
// lines about turbines do not undo one about the reader. The heat is in [0, 1),
// grows with every hit but those of Politeness and Hedge, and is 0 for an empty
// text. Second person counts in a reply only. It looks at the writer's own words:
// not at quoted lines, quotations of the parent, and code. A text in a language
// other than French and English, of less than three own words without any cue,
// or without own words, has no heat, but a Reason.
//
// Evidence has one entry for every hit, or for several that overlap, whose cues
// are then joined by "+". Its shares tell which part of the exponent rests on
// the span: the exponent is a sum over hits, so this is exact and not an
// estimate. Politeness lowers Λ by lowering the part of every other hit in
// proportion; its own spans have the share 0, as all have where heat is 0.
//
// O(len(text)).
func Of(text string, reply bool) Score {
	var s Scorer
	return s.Score(evidence.Input{Text: text, Reply: reply})
}

// Scorer gives the heat of many comments with little memory. The zero Scorer is
// ready. It must not be used by two goroutines at once.
type Scorer struct {
	Bare bool // without Score.Evidence, which is the one thing that takes memory

	r    evidence.Reader
	hits []evidence.Hit
	part []float64
}

// Score is the heat of a comment; see Of.
func (c *Scorer) Score(in evidence.Input) Score {
	if strings.TrimSpace(in.Text) == "" {
		return Score{}
	}
	r := &c.r
	r.Read(in)
	s := Score{Tokens: words.Count(in.Text), Lang: r.Lang}
	if s.Reason = unreadable(r); s.Reason != nil {
		return s
	}
	c.hits = c.hits[:0]
	for _, h := range r.Hits {
		s.Counts[h.Cue]++
		if h.Cue != SecondPerson || in.Reply {
			c.hits = append(c.hits, h)
		}
	}
	hits := c.hits
	n := 0
	for _, calm := range r.Calm {
		n += int(calm)
	}
	whole := levelOf(hits, n)
	peak, from, to := hottest(hits, r.Calm)
	sum := (whole.sum + peak.sum) / 2
	s.Value = -math.Expm1(-sum)
	c.part = append(c.part[:0], make([]float64, len(hits))...)
	part := c.part
	var at [evidence.NumTargets]float64
	if sum > 0 {
		for i, h := range hits {
			part[i] = whole.part(h)
			if i >= from && i < to {
				part[i] += peak.part(h)
			}
			part[i] /= 2 * sum
			at[h.Target] += part[i]
		}
	}
	for t := range at {
		if at[t] > at[s.Target] {
			s.Target = evidence.Target(t)
		}
	}
	if c.Bare {
		return s
	}
	s.Evidence = spans(hits, part)
	return s
}

// unreadable is why a text that was read has no heat, nil where it has.
func unreadable(r *evidence.Reader) *metrics.Text {
	switch {
	case r.Lang != words.FR && r.Lang != words.EN && r.Lang != words.Unknown:
		return Language
	case len(r.Hits) > 0 || r.Own >= fewestWords || len(r.Words) == 0:
		return nil
	}
	for _, w := range r.Words {
		if w.Zone != words.Own && r.Own == 0 {
			return QuotesOnly
		}
	}
	return TooShort
}

// level is the Λ of a stretch of text and what one hit of each cue adds to it.
type level struct {
	sum float64
	per [NumCues]float64
}

func (l *level) part(h evidence.Hit) float64 { return l.per[h.Cue] * float64(h.Strength) }

// x is how much of a cue there is in n words.
func (c *CueInfo) x(strength float64, n int) float64 {
	if c.Flat {
		return -math.Expm1(-strength / c.Full)
	}
	return min(1, strength/(float64(n)+Kappa)/c.Full)
}

func levelOf(hits []evidence.Hit, n int) level {
	var strength [NumCues]float64
	for i := range hits {
		strength[hits[i].Cue] += float64(hits[i].Strength)
	}
	var l level
	heating, cooling := 0.0, 0.0
	for c, s := range strength {
		if s == 0 {
			continue
		}
		x := Cues[c].Weight * Cues[c].x(s, n)
		if x < 0 {
			cooling -= x
			continue
		}
		heating += x
		l.per[c] = x / s
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
func hottest(hits []evidence.Hit, calm []int32) (best level, from, to int) {
	for i := 0; i < len(hits); {
		j := i
		for j < len(hits) && hits[j].Sentence == hits[i].Sentence {
			j++
		}
		if l := levelOf(hits[i:j], int(calm[hits[i].Sentence])); l.sum > best.sum {
			best, from, to = l, i, j
		}
		i = j
	}
	return best, from, to
}

// spans lists the hits, those that overlap as one.
func spans(hits []evidence.Hit, part []float64) []metrics.Evidence {
	var out []metrics.Evidence
	cues := 0 // of the last entry, as bits
	for i, h := range hits {
		name := Cues[h.Cue].Name
		last := len(out) - 1
		if last < 0 || int(h.Start) >= out[last].End {
			out = append(out, metrics.Evidence{Start: int(h.Start), End: int(h.End), Cue: name, Share: part[i]})
			cues = 1 << h.Cue
			continue
		}
		e := &out[last]
		e.End = max(e.End, int(h.End))
		e.Share += part[i]
		if cues&(1<<h.Cue) == 0 {
			e.Cue += "+" + name
			cues |= 1 << h.Cue
		}
	}
	return out
}
