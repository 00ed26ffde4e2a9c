// Package pace measures when people wrote: how fast they answered, how evenly
// the comments came, and who came back.
//
// Only what people said counts (metrics.Spoken), and only times given to the
// minute or better. Where the zone is unknown the wall clock is taken: the
// comments of one page are read off one clock. Times with and without a zone are
// never subtracted from each other.
package pace

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/thread"
)

const group = "pace"

// Arrivals are the timed comments of a thread in order of time, those of equal
// time in document order. Callers must not change it.
type Arrivals struct {
	Order  []thread.Index
	Millis []int64 // when, for each of Order, in ms; only differences mean anything
	Spoken int     // comments that people wrote, timed or not
}

// InTime are the Arrivals of a thread. Where some times have a known zone and
// others have not, only the more frequent kind is used. O(n log n).
var InTime = &metrics.Fact[*Arrivals]{Name: "arrivals", Compute: arrivals}

func arrivals(c *metrics.Context) (*Arrivals, error) {
	t := c.Thread
	a := &Arrivals{}
	var zoned, local int // timed comments whose zone is known, and others
	for i := range t.All() {
		if !metrics.Spoken(t, i) {
			continue
		}
		a.Spoken++
		if s := t.Time(i); s.Timed() {
			if s.ZoneKnown() {
				zoned++
			} else {
				local++
			}
		}
	}
	keepZoned := zoned >= local
	a.Order = make([]thread.Index, 0, max(zoned, local))
	for i := range t.Document() {
		if s := t.Time(i); s.Timed() && s.ZoneKnown() == keepZoned && metrics.Spoken(t, i) {
			a.Order = append(a.Order, i)
		}
	}
	slices.SortStableFunc(a.Order, func(i, j thread.Index) int {
		return cmp.Compare(t.Time(i).UnixMilli(), t.Time(j).UnixMilli())
	})
	a.Millis = make([]int64, len(a.Order))
	for k, i := range a.Order {
		a.Millis[k] = t.Time(i).UnixMilli()
	}
	return a, nil
}

// Minutes is the time from the first arrival to arrival k.
func (a *Arrivals) Minutes(k int) float64 { return minutes(a.Millis[k] - a.Millis[0]) }

// Gaps are the times in minutes between each arrival and the next.
func (a *Arrivals) Gaps() []float64 {
	if len(a.Millis) < 2 {
		return nil
	}
	gaps := make([]float64, len(a.Millis)-1)
	for k := range gaps {
		gaps[k] = minutes(a.Millis[k+1] - a.Millis[k])
	}
	return gaps
}

func minutes(ms int64) float64 { return float64(ms) / 60_000 }
