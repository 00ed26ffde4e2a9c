// Package dates reads dates as people and sites write them, in many languages.
//
// A date is a day, with or without a time of day: "31 décembre 2021 à 16 h 41
// min", "on 11/08/2020 at 9:52", "2021年12月25日(土) 午後3:05",
// "2021-12-25T08:12:00+01:00". Years run from 1980 to 2100, days and times must
// exist. A month without a day is no date, and neither is a time without a day
// or a day without a year, unless Base settles them: then they mean the latest
// such moment before Base. Names of months and days, glue words, digits and
// halves of the day are known in all languages at once, for sites mix them.
//
// The wall clock stands in the zone the text names, else in Options.Zone, else
// nowhere in particular.
package dates

import (
	"strings"
	"time"
	"unicode/utf8"

	"threadheat/thread"
)

// Options settle what a written date leaves open.
type Options struct {
	Base  time.Time      // relative dates count from here; zero: they stay unknown
	Order Order          // of all-number dates
	Zone  *time.Location // of times without one; nil: unknown
}

// Order is the order of the parts of an all-number date.
type Order uint8

// The orders. Auto takes what is unambiguous in the date itself, then DMY.
const (
	Auto Order = iota
	DMY
	MDY
	YMD
)

// Match is a date found in a text.
type Match struct {
	Stamp      thread.Stamp
	Start, End int // bytes of the text it was read from
	// Ambiguous tells that day and month could be swapped, and Order was Auto.
	// Dots and a year of four digits ("05.06.2020") settle it: nobody writes the
	// month first that way.
	Ambiguous bool
	// Relative tells that the date counts from Base ("2 hours ago", "yesterday",
	// "Jun 20th at 2:41 am"); Stamp is zero where there is none.
	Relative bool
}

const (
	minYear = 1980
	maxYear = 2100
	// maxDate bounds what Parse looks at, in bytes. The longest real dates,
	// with weekday, glue and zone, have about 100.
	maxDate = 256
)

// Parse reads s, which must be a date and nothing else but glue words and
// punctuation ("31 décembre 2021 à 16 h 41 min", "on 11/08/2020 at 9:52"). A
// relative date must say so: "6 months ago" is one, "18 months" is not.
func Parse(s string, o Options) (Match, bool) {
	if len(s) > maxDate {
		return Match{}, false
	}
	p := parser{s: s, o: o}
	p.scan()
	// A word of glue may also be the first of the date ("a year ago"), so the
	// date is tried before each.
	for k := 0; k < len(p.toks); {
		if m, end, ok := p.match(k); ok && p.skip(end, glue|weekday|timeEnd, len(p.toks)) == len(p.toks) {
			return m, true
		}
		next := p.skip(k, glue, 1)
		if next == k {
			break
		}
		k = next
	}
	return Match{}, false
}

// Find reads the first date inside s. It is stricter than Parse: the date must
// stand apart from words and numbers around it, a year of two digits and a day
// without a year need a time beside them, a time needs a day, and a relative
// date must be in figures and end s or a part of it. Linear in len(s).
func Find(s string, o Options) (Match, bool) {
	if !hasDigit(s) {
		return Match{}, false
	}
	p := parser{s: s, o: o, find: true}
	p.scan()
	figure := -1 // the first number at or after k
	for k := range p.toks {
		for figure < k || p.toks[figure].kind != number {
			if figure = max(figure, k-1) + 1; figure == len(p.toks) {
				return Match{}, false
			}
		}
		// Before its first number a date has a weekday, a month or half a day.
		if figure-k > 4 || !p.standsApart(k) {
			continue
		}
		if figure > k && (p.toks[k].kind != word || p.meaning(k).roles&(month|weekday|front|agoFirst|dayName) == 0) {
			continue
		}
		if m, end, ok := p.match(k); ok && p.endsApart(end) {
			return m, true
		}
	}
	return Match{}, false
}

// InferOrder tells in which order the all-number dates among texts are
// written, from those in which only one order is possible; Auto where none is,
// or as many speak for one as for the other.
func InferOrder(texts []string) Order {
	var votes [YMD + 1]int
	for _, s := range texts {
		if !hasDigit(s) {
			continue
		}
		p := parser{s: s, find: true}
		p.scan()
		for k := range p.toks {
			if !p.standsApart(k) {
				continue
			}
			if a, b, c, _, end, ok := p.triple(k); ok && p.endsApart(end) {
				votes[p.orderAt(k, a, b, c)]++
			}
		}
	}
	switch {
	case votes[DMY] > votes[MDY]:
		return DMY
	case votes[MDY] > votes[DMY]:
		return MDY
	case votes[DMY] == 0 && votes[YMD] > 0:
		return YMD
	}
	return Auto
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; '0' <= c && c <= '9' {
			return true
		} else if c >= utf8.RuneSelf {
			return strings.ContainsFunc(s[i:], func(r rune) bool { _, ok := digit(r); return ok })
		}
	}
	return false
}
