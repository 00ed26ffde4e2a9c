// Package heat measures hostility in the words of a comment, and says which
// words. Heat is not hatred: it sees how something is said, not what is meant.
package heat

import "threadheat/metrics"

// Score is the heat of one comment.
type Score struct {
	Value    float64 // 0 cool to below 1 hot
	Tokens   int
	Evidence []metrics.Evidence // by Start; shares add up to 1 where Value > 0
	Reason   *metrics.Text      // why there is no score; nil where there is
}

// Scores are the heats of a thread's comments, by thread.Index.
var Scores = &metrics.Fact[[]Score]{Name: "heat", Compute: scores}

func scores(c *metrics.Context) ([]Score, error) { return make([]Score, c.Thread.Len()), nil }
