// Package csv reads comments from tables of text, and writes them.
package csv

import (
	"bytes"
	"fmt"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/columns"
)

// Format reads tables with a header, whatever stands between the columns.
// Which column is what is told by their names in several languages, or by
// Options.Columns; package columns has the rules.
var Format = &format.Format{
	Name:          "csv",
	Doc:           "tables with a header (CSV, TSV, Excel's semicolons), a comment a row; `--columns` says which column is what where names do not",
	URL:           "https://www.rfc-editor.org/rfc/rfc4180",
	Sniff:         sniff,
	Any:           true,
	Interleaved:   true,
	ThreadParents: true,
	Decode:        decode,
}

func sniff(h format.Head) (format.Confidence, string) {
	head, _ := charset.UTF8(h.Bytes[:min(len(h.Bytes), 1<<16)], "")
	if start := bytes.TrimSpace([]byte(head)); len(start) == 0 || bytes.IndexByte([]byte("<{["), start[0]) >= 0 {
		return format.No, "empty, markup or JSON"
	}
	mark, header, _ := columns.Delimiter([]byte(head))
	if mark == 0 {
		return format.No, "no header of two columns or more"
	}
	if columns.IsOwn(header) {
		return format.Certain, "the columns that threadheat writes"
	}
	m, err := columns.Guess(header, nil)
	if len(h.Columns) > 0 {
		named, err := columns.Guess(header, h.Columns)
		switch {
		case err != nil:
			return format.Possible, err.Error() // which reading it then says
		case h.Columns[columns.Names[columns.Text]] != "":
			return format.Likely, fmt.Sprintf("a header of %d columns parted by %q, among them %q as named", len(header), mark, header[named[columns.Text]])
		}
	}
	if err != nil {
		return format.No, err.Error()
	}
	if m[columns.ID] < 0 && m[columns.Author] < 0 && m[columns.Time] < 0 && m[columns.Parent] < 0 {
		return format.No, "no column that is called like an author, a time or an ID"
	}
	return format.Likely, fmt.Sprintf("a header of %d columns parted by %q, among them %q", len(header), mark, header[m[columns.Text]])
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		table, err := columns.OpenCSV(src.Reader)
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		columns.Comments(table, src, src.Columns, out)(yield)
	}
}
