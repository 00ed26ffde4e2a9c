// Package jsonl reads comments from JSON objects of any make.
package jsonl

import (
	"bytes"
	"fmt"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/columns"
)

// Format reads objects, one a line or in one array. Which member is what is
// told by their names, or by Options.Columns; package columns has the rules.
var Format = &format.Format{
	Name:          "jsonl",
	Doc:           "JSON objects, one a line or in one array, a comment each; `--columns` says which member is what where names do not",
	URL:           "https://jsonlines.org",
	Sniff:         sniff,
	Any:           true,
	Interleaved:   true,
	ThreadParents: true,
	Decode:        decode,
}

func sniff(h format.Head) (format.Confidence, string) {
	head := bytes.TrimSpace(bytes.TrimPrefix(h.Bytes[:min(len(h.Bytes), 1<<16)], []byte("\uFEFF")))
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return format.No, "not JSON"
	}
	table, err := columns.OpenJSON(bytes.NewReader(head))
	if err != nil {
		return format.No, err.Error()
	}
	defer table.Close()
	m, err := columns.Guess(table.Header, nil)
	if len(h.Columns) > 0 {
		named, err := columns.Guess(table.Header, h.Columns)
		switch {
		case err != nil:
			return format.Possible, err.Error() // which reading it then says
		case h.Columns[columns.Names[columns.Text]] != "":
			return format.Likely, fmt.Sprintf("JSON objects with %q as named", table.Header[named[columns.Text]])
		}
	}
	if err != nil {
		return format.No, err.Error()
	}
	found := 0
	for _, f := range []columns.Field{columns.ID, columns.Parent, columns.Thread, columns.Author, columns.Time} {
		if m[f] >= 0 {
			found++
		}
	}
	if found < 2 {
		return format.No, "no members that are called like IDs, authors or times"
	}
	return format.Likely, fmt.Sprintf("JSON objects with %q and %d other members that comments have", table.Header[m[columns.Text]], found)
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		table, err := columns.OpenJSON(src.Reader)
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		columns.Comments(table, src, src.Columns, out)(yield)
	}
}
