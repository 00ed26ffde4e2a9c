package main

import (
	"fmt"
	"slices"

	"threadheat/thread"
	"threadheat/thread/replies"
	"threadheat/thread/replies/internal/talk"
)

// counts are what precision and recall are made of.
type counts struct{ right, made, gold int }

func (c counts) precision() float64 { return ratio(c.right, c.made) }
func (c counts) recall() float64    { return ratio(c.right, c.gold) }

// f1 is 2·right/(made+gold), the harmonic mean of precision and recall.
func (c counts) f1() float64 { return ratio(2*c.right, c.made+c.gold) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func (c counts) String() string {
	return fmt.Sprintf("P %.3f  R %.3f  F1 %.3f  (%d right of %d made, %d to find)", c.precision(), c.recall(), c.f1(), c.right, c.made, c.gold)
}

// result is a method's figures by both definitions.
type result struct {
	links counts // reply links alone
	graph counts // a message without one counts as a link to itself
}

// score compares parents, by number of the message and -1 for none, with what
// the annotators said.
func (r *result) score(c *chat, parent func(i int) int) {
	for _, i := range c.annotated {
		gold := c.gold[i]
		p := parent(i)
		r.links.gold += len(gold)
		r.graph.gold += max(1, len(gold))
		r.graph.made++
		if p < 0 {
			if len(gold) == 0 {
				r.graph.right++
			}
			continue
		}
		r.links.made++
		if slices.Contains(gold, p) {
			r.links.right++
			r.graph.right++
		}
	}
}

// previous links each message to the one before it that a person wrote.
func previous(c *chat) func(int) int {
	last := -1
	up := make([]int, c.t.Len())
	for i := range c.t.All() {
		up[i] = -1
		if talk.Speaks(c.t, i) {
			up[i], last = last, int(i)
		}
	}
	return func(i int) int { return up[i] }
}

// mentionOrOwn links each message to the last one of whom it addresses, or else
// to the last one of its own author.
func mentionOrOwn(c *chat) func(int) int {
	k := talk.Read(c.t, talk.NewNames(c.t), talk.Inner)
	up := make([]int, c.t.Len())
	for i := range up {
		up[i] = -1
	}
	last := map[thread.AuthorID]int{}
	for i := range k.Lines {
		l := &k.Lines[i]
		if j, ok := last[l.To]; ok && l.Form != talk.Inside {
			up[l.At] = j
		} else if j, ok := last[l.Author]; ok {
			up[l.At] = j
		}
		last[l.Author] = int(l.At)
	}
	return func(i int) int { return up[i] }
}

// inferred links as replies.Infer does.
func inferred(c *chat, mode replies.Mode) func(int) int {
	t := replies.Infer(c.t, mode)
	up := make([]int, t.Len())
	number := make([]int, t.Len())
	n := 0
	for i := range t.Document() {
		number[i] = n
		n++
	}
	for i := range t.Document() {
		up[number[i]] = -1
		if p := t.Parent(i); p != thread.NoIndex {
			up[number[i]] = number[p]
		}
	}
	return func(i int) int { return up[i] }
}
