// Package dates reads dates as people and sites write them, in many languages.
package dates

import (
	"time"

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
	Start, End int  // bytes of the text it was read from
	Ambiguous  bool // day and month could be swapped, and Order was Auto
	Relative   bool // "2 hours ago"; Stamp is zero where there is no Base
}

// Parse reads s, which must be a date and nothing else but glue words and
// punctuation ("31 décembre 2021 à 16 h 41 min", "on 11/08/2020 at 9:52").
func Parse(s string, o Options) (Match, bool) { return Match{}, false }

// Find reads the first date inside s.
func Find(s string, o Options) (Match, bool) { return Match{}, false }

// InferOrder tells in which order the all-number dates among texts are
// written, from those in which only one order is possible; Auto where none is.
func InferOrder(texts []string) Order { return Auto }
