// Package table writes measures as JSON, as CSV, as Parquet and as tables for a terminal.
package table

import (
	"fmt"
	"io"
	"iter"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/thread"
)

// Output is one way to write measures.
type Output struct {
	Name string // as typed after --to
	Doc  string
	New  func(io.Writer, Options) Writer
}

// Outputs lists every output.
var Outputs = []*Output{JSON, CSV, Parquet, Terminal}

// Options are how measures are written. The zero Options are sensible.
type Options struct {
	Lang   metrics.Lang // of reasons and headings; "" is English
	Width  int          // of the terminal in columns; 0 is 80
	Colour bool

	Details bool // curves and lists beside the numbers that sum them up; JSON only
}

// Writer takes one thread's measures after the other. Close writes what is
// still to come; it does not close what is written to.
type Writer interface {
	Write(*metrics.Table) error
	Close() error
}

// Find is the output of the given name.
func Find(name string) (*Output, error) {
	var names []string
	for _, o := range Outputs {
		if o.Name == name {
			return o, nil
		}
		names = append(names, o.Name)
	}
	return nil, fmt.Errorf("unknown output %q: known are %s", name, strings.Join(names, ", "))
}

// row is one thing that measures have values for, with the place of its value
// in each column of its scope.
type row struct {
	scope      metrics.Scope
	place      int
	id, author string // of comments and authors; "" where unknown
	a, b       string // of pairs
	state      thread.State
}

// part is all of one scope that a table has values for, and its columns: the
// thread; its comments, in document order; its authors; its pairs.
type part struct {
	scope   metrics.Scope
	len     int
	rows    iter.Seq[row]
	columns []metrics.Column
}

func parts(t *metrics.Table) ([]part, error) {
	th := t.Context.Thread
	pairs, err := exchange.Pairs.Of(t.Context)
	if err != nil {
		return nil, fmt.Errorf("exchanges: %w", err)
	}
	return []part{
		{metrics.PerThread, 1, func(yield func(row) bool) { yield(row{}) }, columns(t, metrics.PerThread)},
		{metrics.PerComment, th.Len(), func(yield func(row) bool) {
			for i := range th.Document() {
				if !yield(row{scope: metrics.PerComment, place: int(i), id: th.ID(i), author: th.AuthorName(th.Author(i)), state: th.State(i)}) {
					return
				}
			}
		}, columns(t, metrics.PerComment)},
		{metrics.PerAuthor, th.Authors(), func(yield func(row) bool) {
			for a := range th.Authors() {
				if !yield(row{scope: metrics.PerAuthor, place: a, author: th.AuthorName(thread.AuthorID(a))}) {
					return
				}
			}
		}, columns(t, metrics.PerAuthor)},
		{metrics.PerPair, len(pairs), func(yield func(row) bool) {
			for k, p := range pairs {
				if !yield(row{scope: metrics.PerPair, place: k, a: th.AuthorName(p.A), b: th.AuthorName(p.B)}) {
					return
				}
			}
		}, columns(t, metrics.PerPair)},
	}, nil
}

// columns are the columns of one scope.
func columns(t *metrics.Table, s metrics.Scope) []metrics.Column {
	var out []metrics.Column
	for _, c := range t.Columns {
		if c.Measure.Scope == s {
			out = append(out, c)
		}
	}
	return out
}

// value is the value of a row in a column.
func (r row) value(c metrics.Column) metrics.Value {
	if r.place < c.Values.Len() {
		return c.Values.At(r.place)
	}
	return metrics.Undefined(0, metrics.NotComputed)
}

// threadID is what a thread is called in output: its ID, or its source.
func threadID(t *thread.Thread) string {
	m := t.Meta()
	if m.ID != "" {
		return m.ID
	}
	return m.Source.Name
}
