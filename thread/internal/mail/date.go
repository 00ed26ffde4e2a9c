package mail

import (
	"strings"
	"time"

	"threadheat/thread"
)

var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// zones are the names of zones with their minutes east of UTC: those of RFC
// 5322, section 4.3, and others that mean one thing only in practice. RFC 5322
// takes other names as "unknown".
var zones = map[string]int{
	"ut": 0, "utc": 0, "gmt": 0, "z": 0, "wet": 0,
	"edt": -240, "est": -300, "cdt": -300, "cst": -360, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480,
	"cet": 60, "met": 60, "mez": 60, "cest": 120, "mest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "jst": 540,
}

// The years of which dates are believed: there was no mail before, and clocks
// that are not set say 1970.
const (
	firstYear = 1971
	lastYear  = 2100
)

// date reads "Sat, 25 Dec 2021 07:12:00 +0100 (CET)" and what stands in its
// place: years of two digits, names of zones, no seconds, the form of ctime
// ("Sat Dec 25 07:12:00 2021") and that of RFC 850 ("Saturday, 25-Dec-21"). A
// time without a zone that is known stands in zone, where that is not nil. It
// reads no day without a time of day, for no program writes one.
func date(s string, zone *time.Location) (thread.Stamp, bool) {
	var d struct {
		day, year, hour, min, sec int
		month                     time.Month
		offset                    int // in minutes
		clock, seconds, zoned     bool
	}
	d.day, d.year = -1, -1
	rest := s
	for range 24 { // of the words of a date; more are none
		word := ""
		word, rest = nextWord(rest)
		if word == "" {
			break
		}
		low := strings.ToLower(word)
		switch {
		case strings.IndexByte(word, ':') > 0 && !d.clock:
			var ok bool
			if d.hour, d.min, d.sec, d.seconds, ok = clock(low); !ok {
				return thread.Stamp{}, false
			}
			d.clock = true
		case (word[0] == '+' || word[0] == '-') && d.clock && !d.zoned:
			d.offset, d.zoned = offset(word)
		case isDigits(word):
			n := number(word)
			switch {
			case d.day < 0 && len(word) <= 2:
				d.day = n
			case d.year < 0:
				d.year = year(n, len(word))
			}
		case len(low) >= 3 && months[low[:3]] > 0 && d.month == 0 && len(low) <= 9:
			d.month = months[low[:3]]
		case d.clock && !d.zoned:
			name, shift := low, ""
			if at := strings.IndexAny(low, "+-"); at > 0 { // GMT+0200
				name, shift = low[:at], low[at:]
			}
			if d.offset, d.zoned = zones[name]; d.zoned && shift != "" {
				d.offset, d.zoned = offset(shift)
			}
		}
	}
	if d.day < 1 || d.month == 0 || d.year < firstYear || d.year > lastYear || !d.clock {
		return thread.Stamp{}, false
	}
	if d.sec == 60 { // a leap second
		d.sec = 59
	}
	precision := thread.Minute
	if d.seconds {
		precision = thread.Second
	}
	where := time.UTC
	if d.zoned {
		where = time.FixedZone("", d.offset*60)
	} else if zone != nil {
		where = zone
	}
	if time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Day() != d.day { // 31 February
		return thread.Stamp{}, false
	}
	t := time.Date(d.year, d.month, d.day, d.hour, d.min, d.sec, 0, where)
	if !d.zoned && zone == nil {
		return thread.Local(t, precision), true
	}
	return thread.At(t, precision), true
}

// nextWord cuts a word off s: what stands between white space, commas and the
// hyphens of 25-Dec-2021, comments in parentheses left out.
func nextWord(s string) (word, rest string) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(':
			depth := 0
			for ; i < len(s); i++ {
				if s[i] == '(' {
					depth++
				} else if s[i] == ')' {
					if depth--; depth == 0 {
						break
					}
				}
			}
		case c == ' ' || c == '\t' || c == ',' || c == '"':
		default:
			end := i + 1
			for end < len(s) && s[end] != ' ' && s[end] != '\t' && s[end] != ',' && s[end] != '(' && s[end] != '"' {
				if s[end] == '-' && isAlnum(s[end-1]) && end-i <= 3 && (isDigits(s[i:end]) || months[strings.ToLower(s[i:end])] > 0) {
					return s[i:end], s[end+1:]
				}
				end++
			}
			return s[i:end], s[end:]
		}
	}
	return "", ""
}

// clock reads 7:12, 07:12:00 and 07:12:00.5.
func clock(s string) (hour, min, sec int, seconds, ok bool) {
	parts := strings.SplitN(s, ":", 3)
	if len(parts) < 2 || !isDigits(parts[0]) || !isDigits(parts[1]) || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return 0, 0, 0, false, false
	}
	hour, min = number(parts[0]), number(parts[1])
	if len(parts) == 3 {
		whole, _, _ := strings.Cut(parts[2], ".")
		if !isDigits(whole) || len(whole) > 2 {
			return 0, 0, 0, false, false
		}
		sec, seconds = number(whole), true
	}
	return hour, min, sec, seconds, hour < 24 && min < 60 && sec <= 60
}

// offset reads +0100, +01:00, +100 and +1 as minutes.
func offset(s string) (minutes int, ok bool) {
	digits := strings.ReplaceAll(s[1:], ":", "")
	if !isDigits(digits) || len(digits) > 4 {
		return 0, false
	}
	n := number(digits)
	if len(digits) <= 2 {
		n *= 100
	}
	minutes = n/100*60 + n%100
	if n%100 >= 60 || minutes > 14*60 {
		return 0, false
	}
	if s[0] == '-' {
		minutes = -minutes
	}
	return minutes, true
}

// year is a year of so many digits (RFC 5322, section 4.3).
func year(n, digits int) int {
	switch {
	case digits == 2 && n < 50:
		return 2000 + n
	case digits <= 3:
		return 1900 + n
	}
	return n
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// number is the value of digits, of which those of a date are few.
func number(s string) int {
	n := 0
	for i := 0; i < len(s) && n < 1_000_000; i++ {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
