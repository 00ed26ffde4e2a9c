package keyness

import (
	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Sides compares the words of the two people of the longest exchange, the first of
// equally long ones: A is who wrote its first turn.
var Sides = &metrics.Fact[*Exchange]{Name: "words of each side", Compute: func(c *metrics.Context) (*Exchange, error) {
	pairs, err := exchange.Pairs.Of(c)
	if err != nil {
		return nil, err
	}
	if len(pairs) == 0 {
		return &Exchange{Result: Result{Reason: noExchange}}, nil
	}
	longest := pairs[0] // they come by length
	out := &Exchange{A: longest.A, B: longest.B}
	a, b := Bag{}, Bag{}
	for _, i := range longest.Turns {
		if words.Unread(c.Thread, i) != nil {
			continue
		}
		if c.Thread.Author(i) == longest.A {
			a.Add(c.Thread.Text(i))
		} else {
			b.Add(c.Thread.Text(i))
		}
	}
	out.Result = Compare(a, b, nil)
	return out, nil
}}

// Exchange is a comparison of two people; of nobody where there is a Reason and no
// word is counted.
type Exchange struct {
	A, B thread.AuthorID
	Result
}

var noExchange = &metrics.Text{EN: "nobody answered anybody else", FR: "personne n’a répondu à quelqu’un d’autre"}

// HotAndCool compares the words of hot comments (A) with those of all others that
// have a heat (B).
var HotAndCool = &metrics.Fact[*Result]{Name: "words of hot comments", Compute: func(c *metrics.Context) (*Result, error) {
	heats, err := heat.Own.Values.Of(c)
	if err != nil {
		return nil, err
	}
	hot, cool := Bag{}, Bag{}
	for i, v := range heats {
		if !v.Defined() {
			continue
		}
		side := cool
		if v.X >= heat.Own.Hot {
			side = hot
		}
		side.Add(c.Thread.Text(thread.Index(i)))
	}
	r := Compare(hot, cool, nil)
	return &r, nil
}}
