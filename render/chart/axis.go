package chart

import (
	"fmt"
	"math"
	"slices"
	"time"

	"threadheat/render"
)

// axis lays moments out from left to right in true proportion, but for long
// silences, which are cut. Between two cuts one pixel is the same time
// everywhere. Moments are milliseconds since 1970.
type axis struct {
	spans  []span
	zone   *time.Location // in which ticks fall on round hours
	perPix float64        // ms; 0 where all moments are equal
	daily  bool           // times of day are unknown
}

// span is a stretch of an axis between two cuts.
type span struct {
	t0, t1 float64
	x0, x1 float64 // where t0 and t1 are
	lo, hi float64 // the room of the span, wider by a margin
}

const (
	cutWidth  = 54 // room for "8 months"
	spanPad   = 9
	cutShare  = .4 // of the width may go to cuts
	roomyGap  = 26 // px between two moments at which nothing needs cutting
	longTimes = 4  // a silence is cut if it is so many times the median gap
)

// newAxis lays out sorted moments between x0 and x1.
func newAxis(ts []float64, x0, x1 float64, zone *time.Location) axis {
	a := axis{zone: zone}
	cut := longSilences(ts, x1-x0)
	first := 0
	for i := range ts {
		if i == len(ts)-1 || cut[i] {
			a.spans = append(a.spans, span{t0: ts[first], t1: ts[i]})
			first = i + 1
		}
	}
	total := 0.0
	for _, s := range a.spans {
		total += s.t1 - s.t0
	}
	n := float64(len(a.spans))
	room := x1 - x0 - cutWidth*(n-1) - 2*spanPad*n
	if total > 0 {
		a.perPix = total / room
	}
	x := x0
	for i := range a.spans {
		s := &a.spans[i]
		w := room / n // where every span is one moment
		if total > 0 {
			w = room * (s.t1 - s.t0) / total
		}
		s.lo, s.hi = x, x+w+2*spanPad
		s.x0, s.x1 = x+spanPad, x+w+spanPad
		if s.t0 == s.t1 {
			s.x0 = (s.lo + s.hi) / 2
			s.x1 = s.x0
		}
		x = s.hi + cutWidth
	}
	return a
}

// longSilences marks the gaps to cut, by the moment before. Nothing is cut as
// long as half the gaps are wide enough to tell; else the longest go, one
// after the other, until they are or no outstanding one is left.
func longSilences(ts []float64, width float64) map[int]bool {
	cut := map[int]bool{}
	type gap struct {
		after int
		ms    float64
	}
	var gaps []gap
	for i := 1; i < len(ts); i++ {
		if ts[i] > ts[i-1] {
			gaps = append(gaps, gap{i - 1, ts[i] - ts[i-1]})
		}
	}
	if len(gaps) < 2 {
		return cut
	}
	slices.SortStableFunc(gaps, func(a, b gap) int {
		switch {
		case a.ms > b.ms:
			return -1
		case a.ms < b.ms:
			return 1
		}
		return a.after - b.after
	})
	total := ts[len(ts)-1] - ts[0]
	enough := math.Min(roomyGap, .3*width/float64(len(gaps)))
	most := int(cutShare * width / (cutWidth + 2*spanPad))
	for k := 0; k < min(most, len(gaps)-1); k++ {
		left := gaps[k:]
		median := left[len(left)/2].ms
		room := width - float64(k)*(cutWidth+2*spanPad) - 2*spanPad
		if total <= 0 || median*room/total >= enough || left[0].ms < longTimes*median {
			break
		}
		cut[left[0].after] = true
		total -= left[0].ms
	}
	return cut
}

// at is where a moment stands. Outside the axis it is the nearer end.
func (a axis) at(t float64) float64 {
	i, _ := slices.BinarySearchFunc(a.spans, t, func(s span, t float64) int {
		if s.t1 < t {
			return -1
		}
		return 1
	})
	if i == len(a.spans) {
		return a.spans[i-1].x1
	}
	s := a.spans[i]
	switch {
	case t >= s.t0 && s.t1 > s.t0:
		return s.x0 + (s.x1-s.x0)*(t-s.t0)/(s.t1-s.t0)
	case t >= s.t0 || i == 0:
		return s.x0
	}
	p := a.spans[i-1] // in a cut
	return p.x1 + (s.x0-p.x1)*(t-p.t1)/(s.t0-p.t1)
}

func (a axis) time(ms float64) time.Time { return time.UnixMilli(int64(ms)).In(a.zone) }

// tick is a round moment on an axis, named on two lines: the lower one says
// what the upper leaves open, where that changes.
type tick struct {
	x            float64
	upper, lower string
}

// pace is a distance between ticks.
type pace struct {
	years, months, days, minutes int
	ms                           float64 // about
}

var paces = func() (out []pace) {
	const minute = 60_000.
	for _, m := range []int{1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720} {
		out = append(out, pace{minutes: m, ms: float64(m) * minute})
	}
	for _, d := range []int{1, 2, 7} {
		out = append(out, pace{days: d, ms: float64(d) * 1440 * minute})
	}
	for _, m := range []int{1, 3, 6} {
		out = append(out, pace{months: m, ms: float64(m) * 30.44 * 1440 * minute})
	}
	for _, y := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		out = append(out, pace{years: y, ms: float64(y) * 365.25 * 1440 * minute})
	}
	return out
}()

// floor is the last round moment not after t.
func (p pace) floor(t time.Time) time.Time {
	y, m, d := t.Date()
	z := t.Location()
	switch {
	case p.years > 0:
		return time.Date(y-y%p.years, 1, 1, 0, 0, 0, 0, z)
	case p.months > 0:
		return time.Date(y, m-(m-1)%time.Month(p.months), 1, 0, 0, 0, 0, z)
	case p.days == 7: // weeks begin on Monday
		return time.Date(y, m, d-(int(t.Weekday())+6)%7, 0, 0, 0, 0, z)
	case p.days > 0:
		return time.Date(y, m, d-(d-1)%p.days, 0, 0, 0, 0, z)
	}
	min := t.Hour()*60 + t.Minute()
	return time.Date(y, m, d, 0, min-min%p.minutes, 0, 0, z)
}

func (p pace) next(t time.Time) time.Time {
	n := t.AddDate(p.years, p.months, p.days).Add(time.Duration(p.minutes) * time.Minute)
	if p.days == 2 && n.Month() != t.Month() { // 29, 31, 1, 3: begin anew
		n = time.Date(n.Year(), n.Month(), 1, 0, 0, 0, 0, n.Location())
	}
	return n
}

// ticks are the round moments of the axis, at least minPx apart. A span too
// short to hold one has its first moment for a tick.
func (a axis) ticks(l tongue, minPx float64) []tick {
	p := paces[len(paces)-1]
	for _, q := range paces {
		if q.ms >= a.perPix*minPx && (q.minutes == 0 || !a.daily) {
			p = q
			break
		}
	}
	var out []tick
	last := ""
	for _, s := range a.spans {
		before := len(out)
		if a.perPix > 0 {
			lo, hi := s.t0-(s.x0-s.lo)*a.perPix, s.t1+(s.hi-s.x1)*a.perPix
			if s.t0 == s.t1 {
				lo, hi = s.t0, s.t1
			}
			for t, n := p.floor(a.time(lo)), 0; float64(t.UnixMilli()) <= hi && n < 64; t, n = p.next(t), n+1 {
				if ms := float64(t.UnixMilli()); ms >= lo {
					out = append(out, tick{x: s.x0 + (ms-s.t0)/a.perPix})
					out[len(out)-1].upper, out[len(out)-1].lower = l.tick(t, p)
				}
			}
		}
		if len(out) == before {
			k := tick{x: s.x0}
			k.upper, k.lower = l.tick(a.time(s.t0), p)
			out = append(out, k)
		}
		for i := before; i < len(out); i++ {
			if out[i].lower == last && i > before {
				out[i].lower = ""
			} else {
				last = out[i].lower
			}
		}
	}
	return out
}

func (l tongue) tick(t time.Time, p pace) (upper, lower string) {
	switch {
	case p.years > 0:
		return fmt.Sprint(t.Year()), ""
	case p.months > 0:
		return render.ShortMonth(l.lang(), t.Month()), fmt.Sprint(t.Year())
	case p.days > 0:
		return l.day(t), fmt.Sprint(t.Year())
	}
	lower = fmt.Sprintf("%s\u00a0%d", l.day(t), t.Year())
	switch {
	case !l.french():
		return t.Format("15:04"), lower
	case t.Minute() == 0:
		return fmt.Sprintf("%d\u00a0h", t.Hour()), lower
	}
	return fmt.Sprintf("%d\u00a0h\u00a0%02d", t.Hour(), t.Minute()), lower
}

// paintTicks draws grid lines from top to bottom and the names of ticks below,
// leaving out what has no room. It takes 36 units of height.
func (c *canvas) paintTicks(a axis, l tongue, top, bottom float64) {
	grid := stroke{colour: c.grid, width: 1}
	for i := 1; i < len(a.spans); i++ {
		c.rect(box{a.spans[i-1].hi, top, a.spans[i].lo, bottom}, mix(c.paper, c.muted, .07))
	}
	for _, k := range a.ticks(l, 64) {
		t := text{body: k.upper, size: noteSize, colour: c.muted}
		if !c.label(t, place{pt{k.x, bottom + 17}, middle}) {
			continue
		}
		c.line(pt{k.x, top}, pt{k.x, bottom + 3}, grid)
		if k.lower != "" {
			t.body = k.lower
			c.label(t, place{pt{k.x, bottom + 32}, middle})
		}
	}
	for i := 1; i < len(a.spans); i++ {
		x := (a.spans[i-1].hi + a.spans[i].lo) / 2
		t := text{body: l.lapse(a.spans[i].t0 - a.spans[i-1].t1), size: 10.5, colour: c.muted}
		c.label(t, place{pt{x, bottom + 17}, middle}, place{pt{x, bottom - 4}, middle})
	}
}

// paintBase draws a line at height y, broken at each cut of the axis.
func (c *canvas) paintBase(a axis, x0, x1, y float64, s stroke) {
	for i := 1; i < len(a.spans); i++ {
		before, after := a.spans[i-1].hi, a.spans[i].lo
		c.line(pt{x0, y}, pt{before, y}, s)
		for _, x := range []float64{before, after} {
			c.line(pt{x - 3, y + 6}, pt{x + 3, y - 6}, s)
		}
		x0 = after
	}
	c.line(pt{x0, y}, pt{x1, y}, s)
}
