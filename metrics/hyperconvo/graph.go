// Package hyperconvo computes the features of the HyperConvo transformer of
// ConvoKit, under its names: how replies spread over the comments and people of
// a thread, and how often they form patterns of two and three.
//
// A comment is a node (c), a person a hypernode (C). Replies join c to c, C to c
// and C to C. A degree counts distinct neighbours, not replies. What ConvoKit
// calls the root utterance is here the top-level comment where there is only
// one, else the article, by an author of its own. Features of the mid-thread
// leave the root out.
//
// ConvoKit looks at the first ten utterances unless told otherwise; here the
// whole thread counts. It puts deleted authors together; here each is a person
// of their own. Its 2nd-argmax depends on the sorting of its library where values
// are equal; here the first of equals is taken.
package hyperconvo

import (
	"slices"

	"threadheat/metrics"
	"threadheat/thread"
)

// degrees are the five distributions of one hypergraph and its motifs.
type degrees struct {
	replies   []int32 // c→c, by comment: replies to it
	answered  []int32 // C→c, by author: comments answered
	answerers []int32 // C→c, by comment: people who answer it
	targets   []int32 // C→C, by author: people answered
	sources   []int32 // C→C, by author: people who answer
	motifs    [motifKinds]int
}

// The motifs, in ConvoKit's order.
const (
	reciprocity = iota
	externalReciprocity
	dyadic
	incomingTriads
	outgoingTriads
	motifKinds
)

// sequence is the comments of a thread in order of time, the root first. Where
// not all have a time, document order is all that is known.
type sequence struct {
	parent []int32 // place of the parent, -1 where none
	author []int32 // numbered by first comment in the sequence
	people int
}

// inTime is the sequence of a thread.
func inTime(t *thread.Thread) sequence {
	var order []thread.Index
	timed := true
	for i := range t.Document() {
		if metrics.Spoken(t, i) {
			order = append(order, i)
			timed = timed && !t.Time(i).IsZero()
		}
	}
	if timed {
		slices.SortStableFunc(order, func(a, b thread.Index) int {
			return compare(t.Time(a).UnixMilli(), t.Time(b).UnixMilli())
		})
	}
	at := make([]int32, t.Len())
	for i := range at {
		at[i] = -1
	}
	top := 0
	for _, i := range order {
		if p := t.Parent(i); p == thread.NoIndex || !metrics.Spoken(t, p) {
			top++
		}
	}
	var s sequence
	article := top != 1
	if article {
		s.add(-1, 0)
		s.people = 1
	}
	author := make([]int32, t.Authors())
	for i := range author {
		author[i] = -1
	}
	if !article { // the root comes first, whatever its time
		for k, i := range order {
			if p := t.Parent(i); p == thread.NoIndex || !metrics.Spoken(t, p) {
				copy(order[1:k+1], order[:k])
				order[0] = i
				break
			}
		}
	}
	for _, i := range order {
		at[i] = int32(len(s.parent))
		a := t.Author(i)
		if author[a] < 0 {
			author[a] = int32(s.people)
			s.people++
		}
		s.add(-1, author[a])
	}
	for _, i := range order {
		if p := t.Parent(i); p != thread.NoIndex && at[p] >= 0 {
			s.parent[at[i]] = at[p]
		} else if article {
			s.parent[at[i]] = 0
		}
	}
	return s
}

func compare(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (s *sequence) add(parent, author int32) {
	s.parent, s.author = append(s.parent, parent), append(s.author, author)
}

// withoutRoot is the sequence of the mid-thread, its people numbered anew.
func (s sequence) withoutRoot() sequence {
	var mid sequence
	number := make([]int32, s.people)
	for i := range number {
		number[i] = -1
	}
	for k := 1; k < len(s.parent); k++ {
		a := s.author[k]
		if number[a] < 0 {
			number[a] = int32(mid.people)
			mid.people++
		}
		mid.add(max(s.parent[k]-1, -1), number[a])
	}
	return mid
}

// degrees counts. O(n log n).
func (s sequence) degrees() degrees {
	n := len(s.parent)
	d := degrees{make([]int32, n), make([]int32, s.people), make([]int32, n), make([]int32, s.people), make([]int32, s.people), [motifKinds]int{}}
	toComment := make([]uint64, 0, n) // author << 32 | comment answered
	toPerson := make([]uint64, 0, n)  // author << 32 | author answered
	for k, p := range s.parent {
		if p < 0 {
			continue
		}
		d.replies[p]++
		toComment = append(toComment, uint64(s.author[k])<<32|uint64(p))
		toPerson = append(toPerson, uint64(s.author[k])<<32|uint64(s.author[p]))
		// c3 → c2 → c1: does the author of c3 come back to an own comment?
		if q := s.parent[p]; q >= 0 {
			if s.author[q] == s.author[k] {
				d.motifs[reciprocity]++
			} else {
				d.motifs[externalReciprocity]++
			}
		}
	}
	slices.Sort(toComment)
	for _, e := range slices.Compact(toComment) {
		d.answered[e>>32]++
		d.answerers[uint32(e)]++
	}
	slices.Sort(toPerson)
	toPerson = slices.Compact(toPerson)
	for _, e := range toPerson {
		from, to := uint32(e>>32), uint32(e)
		d.targets[from]++
		d.sources[to]++
		if from < to {
			if _, back := slices.BinarySearch(toPerson, uint64(to)<<32|uint64(from)); back {
				d.motifs[dyadic]++
			}
		}
	}
	for a := range s.people {
		d.motifs[incomingTriads] += pairs(d.sources[a])
		d.motifs[outgoingTriads] += pairs(d.targets[a])
	}
	return d
}

func pairs(k int32) int { return int(k) * (int(k) - 1) / 2 }
