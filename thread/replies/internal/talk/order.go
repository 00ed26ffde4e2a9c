package talk

import (
	"slices"

	"threadheat/thread"
)

// Order lists all comments in the order in which they were written, as far as
// the thread tells: that of the document, or by time on pages that show the
// newest comments first. O(n), O(n log n) on such pages.
func Order(t *thread.Thread) []thread.Index {
	order := slices.AppendSeq(make([]thread.Index, 0, t.Len()), t.Document())
	up, down := 0, 0
	var last thread.Stamp
	for _, i := range order {
		s := t.Time(i)
		if !Flat(t, i) || s.Precision() < thread.Day {
			continue
		}
		if !last.IsZero() && s.UnixMilli() > last.UnixMilli() {
			up++
		} else if !last.IsZero() && s.UnixMilli() < last.UnixMilli() {
			down++
		}
		last = s
	}
	if down < 3 || down < 10*up {
		return order
	}
	slices.Reverse(order)
	when := make([]int64, t.Len())
	var now int64
	for _, i := range order {
		if s := t.Time(i); !s.IsZero() {
			now = s.UnixMilli()
		}
		when[i] = now
	}
	slices.SortStableFunc(order, func(a, b thread.Index) int {
		switch {
		case when[a] < when[b]:
			return -1
		case when[a] > when[b]:
			return 1
		}
		return 0
	})
	return order
}

// Flat tells that the source itself says of i no comment that it answers.
func Flat(t *thread.Thread, i thread.Index) bool {
	return t.Parent(i) == thread.NoIndex || t.Certainty(i) > 0
}

// Chat tells that t is a conversation in a channel: short comments of people
// who take many turns, minutes apart. The measure of "short" is 160 bytes for
// half of the comments, of "many" 2.5 turns a head, of "minutes" 5 for half of
// the gaps; without times half of the comments must be below 80 bytes, at 4
// turns a head. Exports of chat programs are chats whatever their looks.
func Chat(t *thread.Thread) bool {
	switch t.Meta().Source.Format {
	case "discord", "slack", "telegram":
		return true
	}
	var lengths [162]int
	var gaps [7]int
	flat, all, timed := 0, 0, 0
	seen := make([]bool, t.Authors())
	heads := 0
	var last thread.Stamp
	for i := range t.Document() {
		if !Speaks(t, i) {
			continue
		}
		all++
		if !Flat(t, i) {
			continue
		}
		flat++
		lengths[min(len(t.Text(i)), len(lengths)-1)]++
		if a := t.Author(i); !seen[a] {
			seen[a] = true
			heads++
		}
		if s := t.Time(i); s.Timed() {
			if last.Timed() {
				gap := (s.UnixMilli() - last.UnixMilli()) / 60_000
				gaps[min(max(gap, -gap), int64(len(gaps)-1))]++
				timed++
			}
			last = s
		}
	}
	if flat < 8 || 2*flat < all || heads < 2 {
		return false
	}
	length := median(lengths[:], flat)
	if 2*timed < flat {
		return length <= 80 && flat >= 4*heads
	}
	return length <= 160 && 2*flat >= 5*heads && median(gaps[:], timed) <= 5
}

// median is the median of n numbers of which counts[v] are v.
func median(counts []int, n int) int {
	sum := 0
	for v, c := range counts {
		if sum += c; 2*sum >= n {
			return v
		}
	}
	return len(counts)
}
