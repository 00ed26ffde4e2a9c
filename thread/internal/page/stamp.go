package page

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dates"
)

// ordered settles in which order a page writes all-number dates.
type ordered struct {
	shown []string
	order dates.Order
}

// see takes note of a date of the page.
func (o *ordered) see(s string) {
	if MachineTime(s, false).IsZero() {
		o.shown = append(o.shown, s)
	}
}

func (o *ordered) settle(given format.DateOrder) {
	o.order, o.shown = Order(given, o.shown), nil
}

// Order is the order of the all-number dates that a page shows: as given, else
// as the dates themselves settle it.
func Order(given format.DateOrder, shown []string) dates.Order {
	switch given {
	case format.DMY:
		return dates.DMY
	case format.MDY:
		return dates.MDY
	case format.YMD:
		return dates.YMD
	}
	return dates.InferOrder(shown)
}

// stamp is the first time that any of the values tells.
func (p *reader) stamp(id string, ws []when) thread.Stamp {
	for _, w := range ws {
		if s := MachineTime(w.value, w.utc); !s.IsZero() {
			return s
		}
		if len(w.value) > 400 {
			continue
		}
		o := dates.Options{Base: p.src.Base, Order: p.dates.order, Zone: p.src.Zone}
		if w.utc {
			o.Zone = time.UTC
		}
		m, ok := dates.Find(w.value, o)
		if !ok || m.Stamp.IsZero() {
			continue
		}
		if m.Ambiguous {
			p.notes = append(p.notes, thread.Diagnostic{Code: thread.AmbiguousDate, Comment: id, Pos: thread.Pos{File: p.src.Name},
				Message: "the date " + strconv.Quote(w.value[m.Start:m.End]) + " can be read with day and month swapped"})
		}
		return m.Stamp
	}
	return thread.Stamp{}
}

// MachineTime reads a time as attributes hold it for machines: ISO 8601, the
// dates of mail, and seconds or milliseconds since 1970. utc is the zone of
// those that name none. Anything else is the zero Stamp.
func MachineTime(s string, utc bool) thread.Stamp {
	s = strings.TrimSpace(s)
	if len(s) >= 9 && len(s) <= 14 && !slices.ContainsFunc([]byte(s), func(c byte) bool { return c < '0' || c > '9' }) {
		n, err := strconv.ParseInt(s, 10, 64)
		switch {
		case err != nil:
			return thread.Stamp{}
		case len(s) > 11:
			return plausible(time.UnixMilli(n).UTC(), thread.Second, true)
		}
		return plausible(time.Unix(n, 0).UTC(), thread.Second, true)
	}
	for _, f := range layouts {
		if !SameShape(s, f.layout) { // a failed Parse is dear
			continue
		}
		if t, err := time.Parse(f.layout, s); err == nil {
			return plausible(t, f.prec, f.zoned || utc && f.prec > thread.Day)
		}
	}
	return thread.Stamp{}
}

// SameShape tells whether s can be of a layout of time.Parse that begins as ISO
// 8601 or the dates of mail do: it has the mark that sets the layout apart where
// the layout has it, that is the comma of mail dates, the dash after a year, the T
// or space after a day, and ends in a zone where the layout does.
func SameShape(s, layout string) bool {
	switch {
	case len(s) < 10 || (len(s) == 10) != (len(layout) == 10):
		return false
	case layout[3] == ',':
		return s[3] == ','
	case s[4] != '-' || len(layout) > 10 && s[10] != layout[10]:
		return false
	}
	sign := func(back int) bool { return s[len(s)-back] == '+' || s[len(s)-back] == '-' }
	switch {
	case strings.HasSuffix(layout, "Z07:00"):
		return s[len(s)-1] == 'Z' || sign(len("+07:00"))
	case strings.HasSuffix(layout, "Z0700"):
		return s[len(s)-1] == 'Z' || sign(len("+0700"))
	case strings.HasSuffix(layout, "-0700"):
		return sign(len("-0700"))
	}
	return true
}

func plausible(t time.Time, p thread.Precision, zoned bool) thread.Stamp {
	switch {
	case t.Year() < 1980 || t.Year() > 9999:
		return thread.Stamp{}
	case zoned:
		return thread.At(t, p)
	}
	return thread.Local(t, p)
}

var layouts = []struct {
	layout string
	prec   thread.Precision
	zoned  bool
}{
	{time.RFC3339, thread.Second, true}, {"2006-01-02T15:04:05Z0700", thread.Second, true}, {"2006-01-02 15:04:05Z07:00", thread.Second, true},
	{"2006-01-02T15:04Z07:00", thread.Minute, true}, {"2006-01-02 15:04:05 -0700", thread.Second, true}, {"2006-01-02 15:04:05 MST", thread.Second, true},
	{time.RFC1123Z, thread.Second, true}, {time.RFC1123, thread.Second, true},
	{"2006-01-02T15:04:05", thread.Second, false}, {"2006-01-02 15:04:05", thread.Second, false},
	{"2006-01-02T15:04", thread.Minute, false}, {"2006-01-02 15:04", thread.Minute, false}, {"2006-01-02", thread.Day, false},
}
