// Package sampling draws comments or threads for people to read and label: so many
// of each kind, by chance, with the weights that turn what they say of the sample
// into what holds of all.
package sampling

import (
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/people"
	"threadheat/thread"
)

// Options are how a sample is drawn. The zero Options will do, but for N.
type Options struct {
	N       int // of comments, or of threads
	Threads bool
	Strata  []*Stratifier // crossed with each other; none is one stratum
	Seed    uint64
	Context int // how many comments above each Unit carries
}

// Sampler draws a sample of what Add is given, one thread after the other. What is
// drawn depends on the seed and on the IDs of threads and comments alone, and not on
// the order in which they come.
//
// Each comment or thread has a number by chance, made of the seed and its IDs, and
// of each stratum those with the least are drawn. Memory is that of N of each stratum.
type Sampler struct {
	o      Options
	strata map[string]*stratum
	left   int // comments that cannot be drawn
	seen   int
}

// NewSampler is a Sampler that was given nothing yet.
func NewSampler(o Options) *Sampler { return &Sampler{o: o, strata: map[string]*stratum{}} }

// Unit is a comment that was drawn, or one of a thread that was, with what somebody
// needs to know to judge it.
type Unit struct {
	Thread  string
	Title   string
	ID      string
	Author  string
	Time    thread.Stamp
	Depth   int
	Text    string
	Parent  *Said  // the comment above; nil at top level, or where it is not in the input
	Above   []Said // those above the parent, up to Options.Context, the highest first
	Heat    metrics.Value
	Stratum string
	Weight  float64 // how many of all it, or its thread, stands for
}

// Said is a comment as context.
type Said struct{ Author, Text string }

// Stratum tells how many of a kind there are, and how many were drawn.
type Stratum struct {
	Name   string
	Of     int // in all
	Drawn  int
	Weight float64 // Of / Drawn; 0 where none was drawn
}

// stratum keeps the N with the least numbers.
type stratum struct {
	name  string
	place []int // by which strata are ordered
	of    int
	kept  drawn
}

// candidate is a comment or thread that may be drawn.
type candidate struct {
	number [4]uint64
	order  int // in which it came, for what has the same IDs
	units  []Unit
}

func (c *candidate) compare(d *candidate) int {
	if k := slices.Compare(c.number[:], d.number[:]); k != 0 {
		return k
	}
	return c.order - d.order
}

// drawn is a heap with the greatest number on top.
type drawn []*candidate

func (d drawn) Len() int           { return len(d) }
func (d drawn) Less(i, j int) bool { return d[i].compare(d[j]) > 0 }
func (d drawn) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *drawn) Push(x any)        { *d = append(*d, x.(*candidate)) }
func (d *drawn) Pop() any {
	old := *d
	last := old[len(old)-1]
	*d = old[:len(old)-1]
	return last
}

// Add gives the sampler a thread. Comments that nobody can judge are passed over:
// what no person said, what is missing or was removed, and what has no text. O(n log
// N), beside the heat.
func (s *Sampler) Add(c *metrics.Context) error {
	d := &described{context: c}
	var err error
	if d.heats, err = heat.Own.Values.Of(c); err != nil {
		return err
	}
	if d.words, err = people.Words.Of(c); err != nil {
		return err
	}
	t := c.Thread
	d.written = make([]int, t.Authors())
	var can []thread.Index
	for i := range t.All() {
		if !metrics.Spoken(t, i) || strings.TrimSpace(t.Text(i)) == "" {
			s.left++
			continue
		}
		can = append(can, i)
		d.written[t.Author(i)]++
	}
	if s.o.Threads {
		if len(can) > 0 {
			d.of = can
			s.offer(d, "", func() []Unit {
				units := make([]Unit, len(can))
				for k, i := range can {
					units[k] = s.unit(d, i)
				}
				return units
			})
		}
		return nil
	}
	for _, i := range can {
		d.of = []thread.Index{i}
		s.offer(d, t.ID(i), func() []Unit { return []Unit{s.unit(d, i)} })
	}
	return nil
}

// offer draws what d describes, if its number is small enough so far.
func (s *Sampler) offer(d *described, id string, units func() []Unit) {
	name, place := "", []int{}
	for k, by := range s.o.Strata {
		level := by.level(d, s.o.Threads)
		if k > 0 {
			name += ", "
		}
		name += by.Name + " " + by.Levels[level]
		place = append(place, level)
	}
	h := s.strata[name]
	if h == nil {
		h = &stratum{name: name, place: place}
		s.strata[name] = h
	}
	h.of++
	s.seen++
	c := &candidate{number: number(s.o.Seed, threadID(d.context.Thread), id), order: s.seen}
	if len(h.kept) == s.o.N {
		if s.o.N == 0 || c.compare(h.kept[0]) > 0 {
			return
		}
		heap.Pop(&h.kept)
	}
	c.units = units()
	heap.Push(&h.kept, c)
}

// number is a number by chance.
func number(seed uint64, thread, id string) (n [4]uint64) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", seed, thread, id))
	for k := range n {
		n[k] = binary.BigEndian.Uint64(sum[8*k:])
	}
	return n
}

// threadID is what a thread is called: its ID, or its source.
func threadID(t *thread.Thread) string {
	if id := t.Meta().ID; id != "" {
		return id
	}
	return t.Meta().Source.Name
}

// unit is comment i with its context.
func (s *Sampler) unit(d *described, i thread.Index) Unit {
	t := d.context.Thread
	said := func(i thread.Index) Said { return Said{t.AuthorName(t.Author(i)), strings.Clone(t.Text(i))} }
	u := Unit{
		Thread: threadID(t), Title: t.Meta().Title, ID: t.ID(i), Author: t.AuthorName(t.Author(i)), Time: t.Time(i), Depth: t.Depth(i),
		Text: strings.Clone(t.Text(i)), Heat: d.heats[i],
	}
	up := t.Parent(i)
	if up == thread.NoIndex || t.State(up) == thread.Missing {
		return u
	}
	parent := said(up)
	u.Parent = &parent
	for up = t.Parent(up); up != thread.NoIndex && len(u.Above) < s.o.Context; up = t.Parent(up) {
		u.Above = append(u.Above, said(up))
	}
	slices.Reverse(u.Above)
	return u
}

// Left is how many comments could not be drawn: nobody's, missing, or without text.
func (s *Sampler) Left() int { return s.left }

// Draw gives the sample and the strata it was drawn from. Each stratum gives as many
// as the others; what a small one cannot give, the others give in its place. A
// comment stands for as many as its stratum has to each that was drawn of it: the
// weights of the sample sum to all there are. The Units of a thread stay together;
// else their order is by chance.
func (s *Sampler) Draw() ([]Unit, []Stratum) {
	var hs []*stratum
	for _, h := range s.strata {
		hs = append(hs, h)
	}
	slices.SortFunc(hs, func(a, b *stratum) int { return slices.Compare(a.place, b.place) })
	sizes := make([]int, len(hs))
	for k, h := range hs {
		sizes[k] = h.of
	}
	var chosen []*candidate
	var out []Stratum
	for k, n := range allocate(s.o.N, sizes) {
		h := hs[k]
		kept := slices.Clone(h.kept)
		slices.SortFunc(kept, (*candidate).compare)
		st := Stratum{Name: h.name, Of: h.of, Drawn: n}
		if n > 0 {
			st.Weight = float64(h.of) / float64(n)
		}
		for _, c := range kept[:n] {
			c.units = slices.Clone(c.units)
			for u := range c.units {
				c.units[u].Stratum, c.units[u].Weight = h.name, st.Weight
			}
			chosen = append(chosen, c)
		}
		out = append(out, st)
	}
	slices.SortFunc(chosen, (*candidate).compare)
	var units []Unit
	for _, c := range chosen {
		units = append(units, c.units...)
	}
	return units, out
}

// allocate shares n out among strata of the given sizes: as many of each as of the
// others while they last, what is left over to the first ones.
func allocate(n int, sizes []int) []int {
	out := make([]int, len(sizes))
	left, open := n, len(sizes)
	for left > 0 && open > 0 {
		each := max(1, left/open)
		open = 0
		for k, size := range sizes {
			give := min(each, size-out[k], left)
			out[k] += give
			left -= give
			if out[k] < size {
				open++
			}
		}
	}
	return out
}
