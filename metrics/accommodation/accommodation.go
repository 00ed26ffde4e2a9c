// Package accommodation measures whether people take over how those speak whom they
// answer: whether a reply has articles, negations or the like more often where the
// comment that it answers has some (linguistic coordination, Danescu-Niculescu-Mizil
// et al. 2012).
package accommodation

import (
	"cmp"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// TargetLeast is how many of the comments answered must have a class for it to
// count, as in ConvoKit.
const TargetLeast = 3

// reply is one that counts: by an author to another, both with words and in the same
// language, English or French.
type reply struct {
	speaker, target thread.AuthorID
	said, answers   uint8 // classes of the reply and of the comment that it answers, as bits
}

// replies are those of a thread, by speaker, then by target, then as in the tree.
var replies = &metrics.Fact[[]reply]{Name: "replies with their function words", Compute: func(c *metrics.Context) ([]reply, error) {
	t := c.Thread
	text := func(k int) string {
		if i := thread.Index(k); metrics.Spoken(t, i) && words.Unread(t, i) == nil {
			return t.Text(i)
		}
		return ""
	}
	langs := stems.NewReader().Languages(t.Len(), text, t.Meta().Lang)
	classes := make([]uint8, t.Len())
	has := make([]bool, t.Len())
	for k := range classes {
		if set, known := sets[langs[k].Code()]; known {
			for w := range words.All(text(k)) {
				classes[k] |= set[w.Text]
				has[k] = true
			}
		}
	}
	var out []reply
	for i := range t.All() {
		p := t.Parent(i)
		if p == thread.NoIndex || !has[i] || !has[p] || langs[i] != langs[p] || t.Author(i) == t.Author(p) ||
			t.AuthorName(t.Author(i)) == "" || t.AuthorName(t.Author(p)) == "" {
			continue
		}
		out = append(out, reply{t.Author(i), t.Author(p), classes[i], classes[p]})
	}
	slices.SortStableFunc(out, func(a, b reply) int {
		return cmp.Or(cmp.Compare(a.speaker, b.speaker), cmp.Compare(a.target, b.target))
	})
	return out, nil
}}

// counts of replies, of one speaker.
type counts struct {
	replies int
	said    [NumClasses]int // replies with the class
	heard   [NumClasses]int // comments answered with it
	both    [NumClasses]int
}

func (c *counts) add(said, answers uint8, times int) {
	c.replies += times
	for m := said; m != 0; m &= m - 1 {
		c.said[bits.TrailingZeros8(m)] += times
	}
	for m := answers; m != 0; m &= m - 1 {
		c.heard[bits.TrailingZeros8(m)] += times
	}
	for m := said & answers; m != 0; m &= m - 1 {
		c.both[bits.TrailingZeros8(m)] += times
	}
}

// Of is the coordination in a class; false where too few of the comments answered
// have it.
func (c *counts) of(m Class) (float64, bool) {
	if c.heard[m] < TargetLeast {
		return 0, false
	}
	return float64(c.both[m])/float64(c.heard[m]) - float64(c.said[m])/float64(c.replies), true
}

// mean is that over the classes that count; NaN where none does.
func (c *counts) mean() float64 {
	sum, n := 0.0, 0
	for m := range NumClasses {
		if x, ok := c.of(m); ok {
			sum, n = sum+x, n+1
		}
	}
	return sum / float64(n)
}

// meanOfSpeakers is the mean over speakers of their coordination with all whom they
// answer, NaN where nobody has one. times tells how often each reply counts, once
// where it is nil; answers what each one answers.
func meanOfSpeakers(rs []reply, answers func(k int) uint8, times func(k int) int) float64 {
	sum, n := 0.0, 0
	for k := 0; k < len(rs); {
		var c counts
		speaker := rs[k].speaker
		for ; k < len(rs) && rs[k].speaker == speaker; k++ {
			c.add(rs[k].said, answers(k), times(k))
		}
		if x := c.mean(); !math.IsNaN(x) {
			sum, n = sum+x, n+1
		}
	}
	return sum / float64(n)
}

func once(int) int { return 1 }

// chance is the share of draws in which the mean is at least as large if each
// speaker's replies are given by chance to the comments that this speaker answers,
// (b+1)/(B+1).
func chance(rs []reply, observed float64, seed uint64) float64 {
	draws := min(max(2_000_000/max(len(rs), 1), 99), 999)
	r := rand.New(rand.NewPCG(seed, 0))
	answers := make([]uint8, len(rs))
	for k := range rs {
		answers[k] = rs[k].answers
	}
	as := 0
	for range draws {
		for k := 0; k < len(rs); {
			j := k + 1
			for j < len(rs) && rs[j].speaker == rs[k].speaker {
				j++
			}
			part := answers[k:j]
			r.Shuffle(len(part), func(a, b int) { part[a], part[b] = part[b], part[a] })
			k = j
		}
		// Sums come in another order: equal ones may differ in the last bits.
		if meanOfSpeakers(rs, func(k int) uint8 { return answers[k] }, once) >= observed-1e-12 {
			as++
		}
	}
	return float64(as+1) / float64(draws+1)
}

// Pair is how one person answers another.
type Pair struct {
	Speaker, Target thread.AuthorID
	counts
}

// Replies is how often the speaker answered the target.
func (p *Pair) Replies() int { return p.replies }

// Of is C_m(speaker, target), in [−1, 1]: the share of replies with class m among
// those to comments with m, less that among all replies; false where fewer than
// TargetLeast comments answered have it.
func (p *Pair) Of(m Class) (float64, bool) { return p.of(m) }

// Pairs are all ordered pairs of which the first answered the second, by speaker and
// target. O(replies · log replies).
var Pairs = &metrics.Fact[[]Pair]{Name: "coordination of pairs", Compute: func(c *metrics.Context) ([]Pair, error) {
	rs, err := replies.Of(c)
	if err != nil {
		return nil, err
	}
	var out []Pair
	for _, r := range rs {
		if n := len(out); n == 0 || out[n-1].Speaker != r.speaker || out[n-1].Target != r.target {
			out = append(out, Pair{Speaker: r.speaker, Target: r.target})
		}
		out[len(out)-1].add(r.said, r.answers, 1)
	}
	return out, nil
}}

// find is the pair of a speaker and a target, nil where the one never answered the
// other.
func find(ps []Pair, speaker, target thread.AuthorID) *Pair {
	k, found := slices.BinarySearchFunc(ps, Pair{Speaker: speaker, Target: target}, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Speaker, b.Speaker), cmp.Compare(a.Target, b.Target))
	})
	if !found {
		return nil
	}
	return &ps[k]
}
