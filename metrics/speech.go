package metrics

import "threadheat/thread"

// Spoken tells whether comment i is something that a person said and that the
// input holds: an ordinary comment or a post, not a ghost. Pingbacks, trackbacks
// and system notices are nobody's turn; measures of people, pace and exchange
// leave them out, measures of shape do not.
func Spoken(t *thread.Thread, i thread.Index) bool {
	k := t.Kind(i)
	return (k == thread.Ordinary || k == thread.Post) && t.State(i) != thread.Missing
}
