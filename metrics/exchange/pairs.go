// Package exchange measures what passes between two authors who answer each
// other: who opens, who answers how fast and at what length, and whether it
// gets hotter from turn to turn.
package exchange

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/thread"
)

// Pair is two authors of whom at least one answered the other.
type Pair struct {
	A, B thread.AuthorID // A wrote the first turn
	// Turns are the comments of A and B that answer the other of the two, or are
	// answered by them, by time (document order where times are missing or equal).
	Turns      []thread.Index
	AtoB, BtoA int // replies of A to B and of B to A
}

// Pairs are the pairs of a thread, the most turns first; ties by the first
// turn's place in the document, then by the number of B. Unknown authors,
// ghosts and pingbacks take no part, nor do replies to oneself. O(n log n).
var Pairs = &metrics.Fact[[]Pair]{Name: "pairs", Compute: pairs}

// turn is a comment that belongs to the exchange of two authors.
type turn struct {
	pair    uint64 // lower AuthorID << 32 | higher
	place   int32  // in the document
	comment thread.Index
	answers bool // the other of the two; else it is only answered
}

func pairs(c *metrics.Context) ([]Pair, error) {
	t := c.Thread
	place := make([]int32, t.Len())
	k := int32(0)
	for i := range t.Document() {
		place[i] = k
		k++
	}
	var turns []turn
	for i := range t.All() {
		p := t.Parent(i)
		if p == thread.NoIndex || !named(t, i) || !named(t, p) || t.Author(i) == t.Author(p) {
			continue
		}
		lo, hi := min(t.Author(i), t.Author(p)), max(t.Author(i), t.Author(p))
		key := uint64(lo)<<32 | uint64(hi)
		turns = append(turns, turn{key, place[i], i, true}, turn{key, place[p], p, false})
	}
	slices.SortFunc(turns, func(x, y turn) int {
		return cmp.Or(cmp.Compare(x.pair, y.pair), cmp.Compare(x.place, y.place))
	})
	var out []Pair
	for len(turns) > 0 {
		n := 1
		for n < len(turns) && turns[n].pair == turns[0].pair {
			n++
		}
		out = append(out, pairOf(t, turns[:n]))
		turns = turns[n:]
	}
	slices.SortFunc(out, func(x, y Pair) int {
		return cmp.Or(
			cmp.Compare(len(y.Turns), len(x.Turns)),
			cmp.Compare(place[x.Turns[0]], place[y.Turns[0]]),
			cmp.Compare(x.B, y.B))
	})
	return out, nil
}

// named tells whether i was said by somebody with a name.
func named(t *thread.Thread, i thread.Index) bool {
	return metrics.Spoken(t, i) && t.AuthorName(t.Author(i)) != ""
}

// pairOf makes a Pair of its turns in document order. A comment that answers
// and is answered, or is answered twice, stands there more than once.
func pairOf(t *thread.Thread, turns []turn) Pair {
	p := Pair{A: thread.AuthorID(turns[0].pair >> 32), B: thread.AuthorID(uint32(turns[0].pair))}
	for _, u := range turns {
		if len(p.Turns) == 0 || p.Turns[len(p.Turns)-1] != u.comment {
			p.Turns = append(p.Turns, u.comment)
		}
		switch {
		case u.answers && t.Author(u.comment) == p.A:
			p.AtoB++
		case u.answers:
			p.BtoA++
		}
	}
	if ordered(t, p.Turns) {
		slices.SortStableFunc(p.Turns, func(i, j thread.Index) int {
			return cmp.Compare(t.Time(i).UnixMilli(), t.Time(j).UnixMilli())
		})
	}
	if t.Author(p.Turns[0]) != p.A {
		p.A, p.B, p.AtoB, p.BtoA = p.B, p.A, p.BtoA, p.AtoB
	}
	return p
}

// ordered tells whether times can put all turns in order: all are given to the
// minute, and all with a zone or all without.
func ordered(t *thread.Thread, turns []thread.Index) bool {
	zoned := t.Time(turns[0]).ZoneKnown()
	for _, i := range turns {
		if s := t.Time(i); !s.Timed() || s.ZoneKnown() != zoned {
			return false
		}
	}
	return true
}
