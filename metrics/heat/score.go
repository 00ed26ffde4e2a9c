// Package heat measures hostility in the words of a comment, and says which
// words. Heat is not hatred: it sees how something is said, not what is meant.
package heat

import (
	"math"
	"slices"
	"strings"
	"sync"

	"threadheat/metrics"
	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/heat/model"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Score is the heat of one comment.
type Score struct {
	Value    float64 // 0 cool to below 1 hot
	ByModel  float64 // what the trained model says, from 0 to below 1
	ByCues   float64 // what the weighed cues say, from 0 to below 1
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
//	1 − heat = (1 − model) · (1 − cues)^CueShare
//
// A comment is cool as far as the trained model and the weighed cues both find
// it cool. The model is package model: the probability that people who label
// such comments call this one hostile, insulting or impolite, where three in
// ten are. The cues are
//
//	cues = 1 − exp(−(Λ(text) + Λ(hottest sentence))/2)
//	Λ    = max(0, Σₖ wₖ xₖ)
//
// over the Cues; see CueInfo for x. The hottest sentence is there because ten
// lines about turbines do not undo one about the reader. The model has seen no
// parents: what a comment is to the one it answers only the cues know. The heat
// is in [0, 1) and 0 for an empty text. It does not fall with an insult more, nor
// grow with thanks, as long as the language of the text is told the same. It looks at the writer's own words: not at quoted lines,
// quotations of the parent, and code. A text in a language other than French and
// English, of less than three own words without any cue, or without own words,
// has no heat, but a Reason.
//
// Evidence has shares that add up to 1, each telling which part of the exponent
// −ln(1−heat) rests on the span; the exponent is a sum of that of the model and
// those of the hits, so for the cues this is exact and not an estimate. The
// exponent of the model is divided among words in proportion to what they add to
// its log-odds, among those that add at least WordingLeast of what the strongest
// adds; its bias and what cools lower all of them in proportion. Where no word
// adds anything all own words have the same part. Words outside the hits have the
// cue Wording. Politeness lowers Λ by lowering the part of every other hit in
// proportion; its own spans have no share of the cues.
//
// O(len(text)).
func Of(text string, reply bool) Score {
	s := scorers.Get().(*Scorer)
	defer scorers.Put(s)
	return s.Score(evidence.Input{Text: text, Reply: reply})
}

// scorers are for single texts: a Scorer has a megabyte to itself.
var scorers = sync.Pool{New: func() any { return new(Scorer) }}

// Scorer gives the heat of many comments with little memory. The zero Scorer is
// ready. It must not be used by two goroutines at once.
type Scorer struct {
	Bare bool // without Score.Evidence, which is the one thing that takes memory

	r    evidence.Reader
	hits []evidence.Hit
	part []float64
	m    model.Scorer
	all  []span
}

// Model sets the model to use in place of the embedded one.
func (c *Scorer) Model(m *model.Model) { c.m.Model = m }

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
	s.ByCues = -math.Expm1(-sum)
	c.m.Explain = !c.Bare
	odds := c.m.LogOdds(r)
	byModel := softplus(c.m.Model.Calibrate(odds, r.Lang))
	switch {
	case c.m.Words() == 0 && len(hits) == 0:
		byModel = 0
	case c.m.Words() == 0:
		// Nothing but anger, thanks and marks: what they add to an empty text.
		byModel = max(0, byModel-softplus(c.m.Model.Calibrate(c.m.Model.Base(r.Lang), r.Lang)))
	}
	s.ByModel = -math.Expm1(-byModel)
	exponent := byModel + CueShare*sum
	// Below 1 whatever the odds.
	if s.Value = min(-math.Expm1(-exponent), math.Nextafter(1, 0)); s.Value == 0 {
		exponent = 1 // all parts are 0
	}

	c.part = append(c.part[:0], make([]float64, len(hits))...)
	part := c.part
	var at [evidence.NumTargets]float64
	for i, h := range hits {
		if sum > 0 {
			part[i] = whole.part(h)
			if i >= from && i < to {
				part[i] += peak.part(h)
			}
			part[i] /= 2 * sum
		}
		at[h.Target] += part[i]
		part[i] *= CueShare * sum / exponent
	}
	for t := range at {
		if at[t] > at[s.Target] {
			s.Target = evidence.Target(t)
		}
	}
	if c.Bare {
		return s
	}
	s.Evidence = c.spans(hits, part, byModel/exponent)
	return s
}

// softplus is ln(1 + eˣ): −ln(1−p) of the p with log-odds x.
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

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

// span is a piece of evidence before those that overlap are joined.
type span struct {
	start, end int32
	cue        int // Cue, or that of wording
	part       float64
}

const wording = NumCues

// spans lists the hits and the words to which the model gives its share. Hits
// that overlap are one; so are words next to each other. A word in a hit adds to
// that.
func (c *Scorer) spans(hits []evidence.Hit, part []float64, share float64) []metrics.Evidence {
	all := c.all[:0]
	for i, h := range hits {
		all = append(all, span{h.Start, h.End, int(h.Cue), part[i]})
	}
	most := slices.Max(append(c.m.Parts, 0))
	sum := 0.0
	for k, x := range c.m.Parts {
		if most == 0 {
			// No word heats: all own words alike.
			if w := &c.r.Words[k]; w.Zone == words.Own {
				c.m.Parts[k] = 1
			}
		} else if x < WordingLeast*most {
			c.m.Parts[k] = 0
		}
		sum += max(0, c.m.Parts[k])
	}
	if sum == 0 && share > 0 {
		// Marks without words.
		for i := range all {
			all[i].part += share / float64(len(all))
		}
	}
	last, next, end := -2, 0, int32(0) // end: of the hits before next
	for k, x := range c.m.Parts {
		if x <= 0 || share == 0 {
			continue
		}
		w := &c.r.Words[k]
		for ; next < len(hits) && hits[next].Start < w.End; next++ {
			end = max(end, hits[next].End)
		}
		n := len(all)
		switch {
		case end > w.Start: // in a hit
			last = -2
			all = append(all, span{w.Start, w.End, wording, share * x / sum})
			continue
		case last == k-1 && end <= all[n-1].end:
			all[n-1].end = w.End
			all[n-1].part += share * x / sum
		default:
			all = append(all, span{w.Start, w.End, wording, share * x / sum})
		}
		last = k
	}
	c.all = all
	slices.SortStableFunc(all, func(a, b span) int { return int(a.start) - int(b.start) })

	var out []metrics.Evidence
	cues := 0 // of the last entry, as bits
	for _, x := range all {
		last := len(out) - 1
		if last < 0 || int(x.start) >= out[last].End {
			out = append(out, metrics.Evidence{Start: int(x.start), End: int(x.end), Cue: cueName(x.cue), Share: x.part})
			cues = 1 << x.cue
			continue
		}
		e := &out[last]
		e.End = max(e.End, int(x.end))
		e.Share += x.part
		switch {
		case x.cue == wording || cues&(1<<x.cue) != 0:
		case cues == 1<<wording:
			e.Cue = cueName(x.cue)
			cues = 1 << x.cue
		default:
			e.Cue += "+" + cueName(x.cue)
			cues |= 1 << x.cue
		}
	}
	return out
}

func cueName(c int) string {
	if c == wording {
		return Wording
	}
	return Cues[c].Name
}
