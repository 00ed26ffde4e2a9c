package thread

import (
	"fmt"
	"time"
)

// Precision tells how much of a Stamp was written in the source. "31 December
// 2021" is a Day, not midnight.
type Precision uint8

// The precisions, from knowing nothing to knowing the second.
const (
	None Precision = iota
	Year
	Month
	Day
	Hour
	Minute
	Second
)

var precisionNames = [...]string{"none", "year", "month", "day", "hour", "minute", "second"}

// String is the name used in files: "none", "year", … "second".
func (p Precision) String() string {
	if int(p) < len(precisionNames) {
		return precisionNames[p]
	}
	return fmt.Sprintf("Precision(%d)", uint8(p))
}

// ParsePrecision is the inverse of Precision.String.
func ParsePrecision(s string) (Precision, error) {
	for i, name := range precisionNames {
		if s == name {
			return Precision(i), nil
		}
	}
	return None, fmt.Errorf("unknown precision %q", s)
}

// Stamp is a point in time as a source wrote it: with the precision it was
// written in, and with or without a known zone. Where the zone is unknown the
// Stamp is wall-clock time somewhere; differences between two such stamps of
// one page are still meaningful, their distance to UTC is not. The zero Stamp
// is "no time given". Milliseconds are kept, finer parts are not.
type Stamp struct {
	ms     int64 // wall clock as if it were UTC, in ms since 1970
	offset int16 // minutes east of UTC, where zoned
	prec   Precision
	zoned  bool
}

// At is the Stamp of t, whose zone is known.
func At(t time.Time, p Precision) Stamp {
	if p == None {
		return Stamp{}
	}
	_, sec := t.Zone()
	// Offsets of history have seconds (Paris before 1911: +0:09:21); files carry minutes.
	min := sec / 60
	return Stamp{ms: t.UnixMilli() + int64(min)*60_000, offset: int16(min), prec: p, zoned: true}
}

// Local is the Stamp of a wall-clock reading whose zone is unknown: the fields
// of t count, its location does not.
func Local(t time.Time, p Precision) Stamp {
	if p == None {
		return Stamp{}
	}
	wall := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	return Stamp{ms: wall.UnixMilli(), prec: p}
}

// IsZero tells that no time is known.
func (s Stamp) IsZero() bool { return s.prec == None }

// Precision tells how much of the stamp was given.
func (s Stamp) Precision() Precision { return s.prec }

// ZoneKnown tells whether the source gave the offset from UTC.
func (s Stamp) ZoneKnown() bool { return s.zoned }

// Time is the stamp as a time.Time: in its own zone where that is known, else
// the wall clock as UTC.
func (s Stamp) Time() time.Time {
	if s.zoned && s.offset != 0 {
		return time.UnixMilli(s.UnixMilli()).In(time.FixedZone("", int(s.offset)*60))
	}
	return time.UnixMilli(s.ms).UTC()
}

// UnixMilli is the instant in milliseconds since 1970 in UTC where the zone is
// known, else the wall clock taken as UTC. It orders and subtracts stamps.
func (s Stamp) UnixMilli() int64 { return s.ms - int64(s.offset)*60_000 }

// Timed tells whether the stamp is fine enough to order comments within an
// hour: minute or second.
func (s Stamp) Timed() bool { return s.prec >= Minute }

// String writes RFC 3339 with the offset where the zone is known, the local
// time without offset where it is not, no more than the precision allows
// ("2021-12-31" for a Day, "2021" for a Year), and "" for the zero Stamp.
func (s Stamp) String() string {
	t := s.Time()
	switch s.prec {
	case None:
		return ""
	case Year:
		return t.Format("2006")
	case Month:
		return t.Format("2006-01")
	case Day:
		return t.Format("2006-01-02")
	}
	layout := "2006-01-02T15:04:05"
	if s.ms%1000 != 0 {
		layout += ".000"
	}
	if s.zoned {
		layout += "Z07:00"
	}
	return t.Format(layout)
}

var stampLayouts = []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00", "2006-01-02", "2006-01", "2006"}

// ParseStamp reads what String wrote. p is the precision that stood beside it.
func ParseStamp(s string, p Precision) (Stamp, error) {
	if s == "" || p == None {
		return Stamp{}, nil
	}
	for i, layout := range stampLayouts {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if y := t.Year(); y < 0 || y > 9999 {
			break
		}
		if i == 1 {
			return At(t, p), nil
		}
		return Local(t, p), nil
	}
	return Stamp{}, fmt.Errorf("%q is not a time like 2021-12-26T09:44:00 or 2021-12-26T08:44:00Z", s)
}
