package exchange

import (
	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/pace"
	"threadheat/metrics/people"
	"threadheat/thread"
)

// Exchange is a Pair with what is known of each of its turns.
type Exchange struct {
	Pair
	Said []Turn // as Turns
}

// Turn is one comment of an Exchange.
type Turn struct {
	Comment thread.Index
	ByA     bool          // else by B
	Answers int           // which turn of the other it answers, -1 for none
	Latency metrics.Value // minutes since the turn that it answers
	Words   int
	Heat    metrics.Value
}

// Exchanges are the Pairs of a thread with their turns, in the same order. O(n)
// beside the facts it rests on.
var Exchanges = &metrics.Fact[[]Exchange]{Name: "exchanges", Compute: exchanges}

func exchanges(c *metrics.Context) ([]Exchange, error) {
	ps, err := Pairs.Of(c)
	if err != nil {
		return nil, err
	}
	words, err := people.Words.Of(c)
	if err != nil {
		return nil, err
	}
	latencies, err := pace.ReplyTimes.Of(c)
	if err != nil {
		return nil, err
	}
	heats, err := heat.Scores.Of(c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	at := make([]int, t.Len()) // 1 + place among the turns of the pair at hand
	out := make([]Exchange, len(ps))
	for k, p := range ps {
		x := Exchange{p, make([]Turn, len(p.Turns))}
		for n, i := range p.Turns {
			at[i] = n + 1
		}
		for n, i := range p.Turns {
			u := Turn{Comment: i, ByA: t.Author(i) == p.A, Answers: -1, Words: int(words[i])}
			u.Latency = metrics.Undefined(0, opens)
			if up := t.Parent(i); up != thread.NoIndex && at[up] > 0 && t.Author(up) != t.Author(i) {
				u.Answers, u.Latency = at[up]-1, latencies.Of(i)
			}
			if h := heats[i]; h.Reason == nil {
				u.Heat = metrics.Of(h.Value, h.Tokens)
			} else {
				u.Heat = metrics.Undefined(h.Tokens, h.Reason)
			}
			x.Said[n] = u
		}
		for _, i := range p.Turns {
			at[i] = 0
		}
		out[k] = x
	}
	return out, nil
}

var opens = &metrics.Text{EN: "does not answer the other", FR: "ne répond pas à l’autre"}
