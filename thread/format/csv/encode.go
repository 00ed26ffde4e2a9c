package csv

import (
	"encoding/csv"
	"io"

	"threadheat/thread"
	"threadheat/thread/internal/columns"
)

// Encoder writes threads as one table, a comment a row, which Format reads back
// to equal threads. Its columns are columns.Own. What a row cannot say is not
// there: diagnostics, quarantined comments, places in the input, and threads
// without comments. Absent values are empty.
//
// It is plain CSV (RFC 4180, but with a line feed alone at the end of a row) in
// UTF-8 without byte order mark. Texts stand as they were written, also those
// that a spreadsheet would take for a formula ("=1+1").
type Encoder struct {
	w    *csv.Writer
	rows columns.Rows
}

// NewEncoder begins a table in w with its header.
func NewEncoder(w io.Writer) *Encoder {
	e := &Encoder{w: csv.NewWriter(w)}
	var header []string
	for _, c := range columns.Own {
		header = append(header, c.Name)
	}
	e.w.Write(header) // its error comes again on Flush
	return e
}

// Encode writes the comments of t.
func (e *Encoder) Encode(t *thread.Thread) error {
	for _, row := range e.rows.Of(t) {
		if err := e.w.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// Close ends the table. The writer stays open.
func (e *Encoder) Close() error {
	e.w.Flush()
	return e.w.Error()
}
