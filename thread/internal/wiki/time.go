package wiki

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/dates"
)

// Time is the time at the end of a signature.
type Time struct {
	Stamp      thread.Stamp
	Start, End int // bytes of the text it was found in
}

const (
	maxDate = 48 // letters of a date before its zone; the longest, Latvian ones have about 40
	maxZone = 24 // bytes between the brackets
)

// FindTime is the first time in s that is written as signatures have it: a day
// and a time of day in any order and language, then the zone in brackets, as in
// "08:12, 25 December 2021 (UTC)" or "25. Dez. 2021, 08:12 (CET)". Other dates
// are part of what people say. A zone that only its wiki knows leaves the time
// without one.
//
// It costs O(len(s)) and a constant for each pair of brackets.
func FindTime(s string) (Time, bool) {
	for from := 0; ; {
		open := from + bracket(s[from:])
		if open == len(s) {
			return Time{}, false
		}
		_, size := utf8.DecodeRuneInString(s[open:])
		from = open + size
		inside := strings.IndexAny(s[from:min(len(s), from+maxZone+3)], ")）")
		if inside < 0 || !isZone(s[from:from+inside]) {
			continue
		}
		_, size = utf8.DecodeRuneInString(s[from+inside:])
		end := from + inside + size
		if t, ok := timeBefore(s, open, end, s[from:from+inside]); ok {
			return t, true
		}
	}
}

// bracket is where the first opening bracket stands in s, len(s) where there is
// none.
func bracket(s string) int {
	for i := range len(s) {
		if s[i] == '(' || s[i] == wide[0] && strings.HasPrefix(s[i:], wide) {
			return i
		}
	}
	return len(s)
}

// wide is the bracket of Chinese and Japanese.
const wide = "（"

// MayHaveTime tells quickly that s, or what its entities stand for, can hold a
// time of a signature.
func MayHaveTime(s string) bool { return bracket(s) < len(s) || strings.IndexByte(s, '&') >= 0 }

// isZone tells that s looks like the name of a zone: "UTC", "CEST", "+07",
// "UTC+2", "ت ع م".
func isZone(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
		case unicode.IsSpace(r) || unicode.IsDigit(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune("+-−:.", r):
		default:
			return false
		}
	}
	return letters > 0 && letters <= 12 || letters == 0 && strings.ContainsAny(s, "+-−")
}

// timeBefore reads the date that ends where the brackets open.
func timeBefore(s string, open, end int, zone string) (Time, bool) {
	lo := open
	for n := 0; n < maxDate && lo > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(s[:lo])
		lo -= size
	}
	date := strings.TrimRightFunc(s[lo:open], blank)
	if digits(date) < 4 {
		return Time{}, false
	}
	// The longest reading is the right one: "25 December 2021, 08:12" ends with
	// a time alone. It begins with a number or a word at most a few words before.
	for at := 0; at < len(date); {
		r, size := utf8.DecodeRuneInString(date[at:])
		if !begins(date, at, r) {
			at += size
			continue
		}
		m, ok := dates.Parse(colon(date[at:]), dates.Options{})
		if ok && !m.Relative && m.Stamp.Timed() && m.Start == 0 {
			return Time{Stamp: in(m.Stamp, zone), Start: lo + at, End: end}, true
		}
		at += size
	}
	return Time{}, false
}

// colon is a date that begins with a time of day, as Turks write it, with a colon
// in it: "08.12, 25 Aralık 2021". Elsewhere 08.12 is a day.
func colon(date string) string {
	hour, rest, ok := strings.Cut(date, ".")
	minute, _, ok2 := strings.Cut(rest, ", ")
	if !ok || !ok2 || len(minute) != 2 || digits(minute) != 2 || len(hour) > 2 || digits(hour) != len(hour) {
		return date
	}
	return hour + ":" + rest
}

// digits counts the digits of s, of any script.
func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// begins tells whether a date can begin with the letter or digit r at s[at:]:
// with the first of a number or of a word.
func begins(s string, at int, r rune) bool {
	if !unicode.IsDigit(r) && !unicode.IsLetter(r) {
		return false
	}
	before, size := utf8.DecodeLastRuneInString(s[:at])
	switch {
	case size == 0:
		return true
	case unicode.IsDigit(r):
		return !unicode.IsDigit(before) && before != '.' && before != ':' && before != '/' && before != '-'
	}
	return !unicode.IsLetter(before) && !unicode.IsMark(before) && !unicode.IsDigit(before)
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// in is the wall clock of t in the zone of the given name.
func in(t thread.Stamp, zone string) thread.Stamp {
	wall := t.Time()
	zone = strings.Join(strings.FieldsFunc(zone, blank), " ")
	minutes, ok := zones[zone]
	if !ok {
		m, known := dates.Parse("2021-12-25 08:12 ("+zone+")", dates.Options{})
		if ok = known && m.Stamp.ZoneKnown(); !ok {
			return thread.Local(wall, t.Precision())
		}
		_, east := m.Stamp.Time().Zone()
		minutes = east / 60
	}
	at := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, time.FixedZone("", minutes*60))
	return thread.At(at, t.Precision())
}

// zones are those that wikis sign in, in minutes east of UTC; package dates
// knows more. IST is the time of Israel: wikis of India sign in UTC.
var zones = map[string]int{
	"UTC": 0, "ইউটিসি": 0, "GMT": 0, "WET": 0, "BST": 60, "WEST": 60, "WAT": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180,
	"CAT": 120, "SAST": 120, "IST": 120, "IDT": 180, "EAT": 180,
	"WIB": 420, "ICT": 420, "WITA": 480, "HKT": 480, "PHT": 480, "WIT": 540, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "NZST": 720, "NZDT": 780,
	"+00": 0, "+01": 60, "+02": 120, "+03": 180, "+04": 240, "+05": 300, "+06": 360, "+07": 420, "+08": 480, "-02": -120, "-03": -180, "-04": -240, "-05": -300,
}
