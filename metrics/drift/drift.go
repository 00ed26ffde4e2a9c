// Package drift measures how far the words of a comment have left those of the
// article, of its parent and of the branch so far. Drift is not derailment: it
// sees other words, not whether they are out of place.
package drift

import "threadheat/metrics"

// Distances are the topic distances of a thread's comments, by thread.Index,
// each from 0 (same words) to 1 (no word in common).
type Distances struct {
	FromArticle []metrics.Value
	FromParent  []metrics.Value
}

// All are the distances of a thread.
var All = &metrics.Fact[*Distances]{Name: "drift", Compute: distances}

func distances(c *metrics.Context) (*Distances, error) {
	n := c.Thread.Len()
	return &Distances{make([]metrics.Value, n), make([]metrics.Value, n)}, nil
}
