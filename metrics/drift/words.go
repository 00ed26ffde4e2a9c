package drift

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/thread"
)

// Reasons are the words behind the drift-nats of a branch.
type Reasons struct {
	// Tie are words that the branch shares with the path above it, with the nats
	// that each takes off the evidence of drift, strongest first.
	Tie []Tied
	// Cut are words of the branch that are not above it, with how often they
	// stand there, the most frequent first, of equals the rarest in the language.
	Cut []Counted
}

// Tied is a word with nats, Counted one with how often it stands somewhere.
type (
	Tied struct {
		Text string
		Nats float64
	}
	Counted struct {
		Text  string
		Count int
	}
)

// Why are the Reasons of the branch of i, at most n words of each kind; none
// where it is not measured. It costs the words of the branch and of the path.
func Why(c *metrics.Context, i thread.Index, n int) (Reasons, error) {
	d, err := Drifts.Of(c)
	if err != nil || c.Thread.Parent(i) == thread.NoIndex || !d.measured(i) {
		return Reasons{}, err
	}
	f := newTree(c.Thread, d)
	s := f.s
	s.lang = f.b.lang[i]
	terms, _ := f.piece(i, s.below, nil)
	slices.Sort(terms)
	total := s.load(c.Thread.Parent(i))
	var out Reasons
	type unshared struct {
		Counted
		level uint8
	}
	var cut []unshared
	for _, w := range terms {
		text := f.b.reader.Word(f.b.reader.Shown[w])
		if q := s.path[w]; q > 0 {
			var x sums
			s.shared(&x, w, s.below[w], q, total)
			out.Tie = append(out.Tie, Tied{text, -x.path})
		} else {
			cut = append(cut, unshared{Counted{text, int(s.below[w])}, s.level[w]})
		}
	}
	slices.SortStableFunc(out.Tie, func(a, b Tied) int { return cmp.Compare(b.Nats, a.Nats) })
	out.Tie = out.Tie[:min(n, len(out.Tie))]
	slices.SortStableFunc(cut, func(a, b unshared) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.level, b.level))
	})
	for _, w := range cut[:min(n, len(cut))] {
		out.Cut = append(out.Cut, w.Counted)
	}
	return out, nil
}
