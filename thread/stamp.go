package thread

import (
	"encoding/binary"
	"errors"
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

// At is the Stamp of t, whose zone is known. What is finer than p is dropped,
// and so is the zone where p is a Day or coarser: a day is a square of the
// calendar, not an instant. A year outside 0 to 9999, which files cannot say,
// gives the zero Stamp.
func At(t time.Time, p Precision) Stamp {
	if p <= Day {
		return Local(t, p)
	}
	_, sec := t.Zone()
	// Offsets of history have seconds (Paris before 1911: +0:09:21); files carry minutes.
	min := sec / 60
	if min <= -24*60 || min >= 24*60 {
		t, min = t.UTC(), 0
	}
	s := Local(t.In(time.FixedZone("", min*60)), p)
	if s.IsZero() {
		return s
	}
	s.offset, s.zoned = int16(min), true
	return s
}

// Local is the Stamp of a wall-clock reading whose zone is unknown: the fields
// of t count, as far as p goes, its location does not. A year outside 0 to 9999
// gives the zero Stamp.
func Local(t time.Time, p Precision) Stamp {
	year, month, day := t.Date()
	if p == None || year < 0 || year > 9999 {
		return Stamp{}
	}
	hour, min, sec := t.Clock()
	ms := t.Nanosecond() / 1e6
	switch p {
	case Year:
		month, day = 1, 1
		fallthrough
	case Month:
		day = 1
		fallthrough
	case Day:
		hour = 0
		fallthrough
	case Hour:
		min = 0
		fallthrough
	case Minute:
		sec, ms = 0, 0
	}
	wall := time.Date(year, month, day, hour, min, sec, ms*1e6, time.UTC)
	return Stamp{ms: wall.UnixMilli(), prec: p}
}

// Equal tells whether both say the same, precision and zone included. It is ==,
// for tests that compare whatever holds stamps.
func (s Stamp) Equal(o Stamp) bool { return s == o }

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
		if i == 1 {
			return At(t, p), nil
		}
		return Local(t, p), nil
	}
	return Stamp{}, fmt.Errorf("%q is not a time like 2021-12-26T09:44:00 or 2021-12-26T08:44:00Z", s)
}

// ReadStamp is ParseStamp with the name of the precision, as files hold it. ""
// is the zero Stamp. Where nobody wrote the precision, the length of s tells it.
func ReadStamp(s, precision string) (Stamp, error) {
	if s == "" {
		return Stamp{}, nil
	}
	if precision != "" {
		p, err := ParsePrecision(precision)
		if err != nil {
			return Stamp{}, err
		}
		return ParseStamp(s, p)
	}
	p := Second
	switch len(s) {
	case len("2021"):
		p = Year
	case len("2021-12"):
		p = Month
	case len("2021-12-31"):
		p = Day
	}
	return ParseStamp(s, p)
}

// stampSize is the length of what AppendBinary appends.
const stampSize = 11

// AppendBinary appends s as bytes for UnmarshalBinary. It never fails.
func (s Stamp) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint64(b, uint64(s.ms))
	b = binary.LittleEndian.AppendUint16(b, uint16(s.offset))
	prec := byte(s.prec)
	if s.zoned {
		prec |= 0x80
	}
	return append(b, prec), nil
}

// UnmarshalBinary reads what AppendBinary wrote, exactly.
func (s *Stamp) UnmarshalBinary(b []byte) error {
	if len(b) != stampSize || Precision(b[10]&0x7F) > Second {
		return errors.New("no stamp")
	}
	s.ms = int64(binary.LittleEndian.Uint64(b))
	s.offset = int16(binary.LittleEndian.Uint16(b[8:]))
	s.prec, s.zoned = Precision(b[10]&0x7F), b[10]&0x80 != 0
	return nil
}
