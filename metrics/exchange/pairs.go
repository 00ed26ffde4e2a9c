// Package exchange measures what passes between two authors who answer each
// other.
package exchange

import (
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
// turn's place in the document. Unknown authors, ghosts and pingbacks take no
// part, nor do replies to oneself.
var Pairs = &metrics.Fact[[]Pair]{Name: "pairs", Compute: pairs}

func pairs(c *metrics.Context) ([]Pair, error) { return nil, nil }
