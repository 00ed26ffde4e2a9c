package pace

import (
	"cmp"
	"slices"

	"threadheat/thread"
)

// ByTime are all comments in the order of time; those without one, and those of
// the same time, stand as in the document. A comment without a time goes with the
// one before it in the document. O(n log n).
func ByTime(t *thread.Thread) []thread.Index {
	order := make([]thread.Index, 0, t.Len())
	when := make([]int64, t.Len())
	last, some := int64(0), false
	for i := range t.Document() {
		if s := t.Time(i); s.Timed() {
			if last = s.UnixMilli(); !some { // what stands before the first time goes with it
				some = true
				for _, j := range order {
					when[j] = last
				}
			}
		}
		when[i] = last
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b thread.Index) int { return cmp.Compare(when[a], when[b]) })
	return order
}
