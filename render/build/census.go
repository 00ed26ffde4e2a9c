package build

import (
	"slices"

	"threadheat/thread"
)

// census is what is counted of a thread to describe it. It counts what a
// reader sees on the page, apart from any measure.
type census struct {
	comments int // people talking: neither ghosts nor pingbacks nor system messages
	found    int // as pages count theirs, see thread.Published
	links    int // pingbacks and trackbacks
	system   int
	ghosts   int
	roots    int // of comments
	replies  int
	basis    map[thread.Basis]int
	named    int // distinct authors with a name
	unnamed  int // comments without an author's name
	dated    int // comments with any time
	timed    int // comments with a time to the minute
	zoned    int
	written  []int // comments by AuthorID
	first    thread.Stamp
	last     thread.Stamp
}

func count(t *thread.Thread) census {
	c := census{basis: map[thread.Basis]int{}, written: make([]int, t.Authors())}
	for i := range t.All() {
		switch {
		case t.State(i) == thread.Missing:
			c.ghosts++
			continue
		case t.Kind(i) == thread.Pingback || t.Kind(i) == thread.Trackback:
			c.links++
			continue
		case t.Kind(i) == thread.System:
			c.system++
			continue
		}
		c.comments++
		c.written[t.Author(i)]++
		if t.AuthorName(t.Author(i)) == "" {
			c.unnamed++
		} else if c.written[t.Author(i)] == 1 {
			c.named++
		}
		if t.Parent(i) == thread.NoIndex {
			c.roots++
		} else {
			c.replies++
			c.basis[t.Basis(i)]++
		}
		c.clock(t.Time(i))
	}
	c.found = t.Published()
	return c
}

func (c *census) clock(s thread.Stamp) {
	if s.IsZero() {
		return
	}
	if c.dated == 0 || s.UnixMilli() < c.first.UnixMilli() {
		c.first = s
	}
	if c.dated == 0 || s.UnixMilli() > c.last.UnixMilli() {
		c.last = s
	}
	c.dated++
	if s.Timed() {
		c.timed++
	}
	if s.ZoneKnown() {
		c.zoned++
	}
}

// busiest lists the named authors, the most comments first; ties by first
// appearance.
func (b *builder) busiest() []thread.AuthorID {
	var out []thread.AuthorID
	for a := range b.census.written {
		if b.census.written[a] > 0 && b.t.AuthorName(thread.AuthorID(a)) != "" {
			out = append(out, thread.AuthorID(a))
		}
	}
	slices.SortStableFunc(out, func(x, y thread.AuthorID) int {
		return b.census.written[y] - b.census.written[x]
	})
	return out
}
