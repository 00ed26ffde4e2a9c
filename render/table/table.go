// Package table writes measures as JSON, as CSV and as tables for a terminal.
package table

import (
	"fmt"
	"io"
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
var Outputs = []*Output{JSON, CSV, Terminal}

// Options are how measures are written. The zero Options are sensible.
type Options struct {
	Lang   metrics.Lang // of reasons and headings; "" is English
	Width  int          // of the terminal in columns; 0 is 80
	Colour bool
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

// rows lists everything that a table has values for: the thread, its comments
// in document order, its authors, its pairs.
func rows(t *metrics.Table) ([]row, error) {
	th := t.Context.Thread
	out := []row{{scope: metrics.PerThread}}
	for i := range th.Document() {
		out = append(out, row{scope: metrics.PerComment, place: int(i), id: th.ID(i), author: th.AuthorName(th.Author(i)), state: th.State(i)})
	}
	for a := range th.Authors() {
		out = append(out, row{scope: metrics.PerAuthor, place: a, author: th.AuthorName(thread.AuthorID(a))})
	}
	pairs, err := exchange.Pairs.Of(t.Context)
	if err != nil {
		return nil, fmt.Errorf("exchanges: %w", err)
	}
	for k, p := range pairs {
		out = append(out, row{scope: metrics.PerPair, place: k, a: th.AuthorName(p.A), b: th.AuthorName(p.B)})
	}
	return out, nil
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
