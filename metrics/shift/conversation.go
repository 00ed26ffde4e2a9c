package shift

import "slices"

// conversation are turns, each of which answers one before it or none. A turn
// stands after the one that it answers, and before any that answers neither it nor
// what is below it: the order of a walk through the tree.
type conversation struct {
	r        *reader
	turns    []turn
	before   []int // by turn: the one that it answers, -1 for none
	overlaps []overlap
	depth    []int
}

// compare fills overlaps and depth. O(words).
func (c *conversation) compare() {
	n := len(c.turns)
	c.overlaps, c.depth = make([]overlap, n), make([]int, n)
	var known counter
	var above []int // from the first turn to the one that the next may answer
	for k := range n {
		b := c.before[k]
		for len(above) > 0 && above[len(above)-1] != b {
			known.add(c.turns[above[len(above)-1]].terms, -1)
			above = above[:len(above)-1]
		}
		if b >= 0 {
			c.depth[k] = c.depth[b] + 1
			c.overlaps[k] = overlapOf(&c.turns[k], c.history(k), &known, c.overlaps[b].inAny)
			c.overlaps[b].answers.add(&c.turns[k], &c.overlaps[k])
		}
		known.add(c.turns[k].terms, 1)
		above = append(above, k)
	}
}

// history are the turns before turn k.
func (c *conversation) history(k int) (h history) {
	for j := range h {
		if k = c.before[k]; k < 0 {
			break
		}
		h[j] = &c.turns[k]
	}
	return h
}

// features writes those of turn k, which answers another, to x.
func (c *conversation) features(x []float64, k int) {
	c.turns[k].features(x, c.history(k), &c.overlaps[k], c.depth[k])
}

// own are the features of a hit: those that are 1 because the turn has it.
func (h hit) own() []int {
	var at [4]int
	out := at[:0]
	kind := int(NumCues) // said
	if h.asked {
		kind = 0
	}
	out = append(out, kind+int(h.cue))
	if h.first {
		out = append(out, 2*int(NumCues)+int(h.cue))
	}
	if h.last {
		out = append(out, 5*int(NumCues)+int(h.cue))
	}
	return slices.Clip(out)
}
