// Package fourcat reads the datasets of 4CAT, a capture and analysis toolkit
// for social media.
package fourcat

import (
	"bytes"
	"iter"
	"regexp"
	"slices"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/columns"
)

// Format reads 4CAT datasets. Few of its sources say who answers whom; without
// that, all posts of a thread are top-level.
var Format = &format.Format{
	Name:        "4cat",
	Doc:         "datasets of 4CAT (CSV or NDJSON)",
	URL:         "https://github.com/digitalmethodsinitiative/4cat",
	Sniff:       sniff,
	Interleaved: true,
	Decode:      decode,
}

var importMeta = regexp.MustCompile(`"__import_meta"\s*:\s*\{`)

// always are the columns of every source.
var always = []string{"id", "thread_id", "timestamp", "unix_timestamp", "author", "body"}

func sniff(h format.Head) (format.Confidence, string) {
	head := h.Bytes[:min(len(h.Bytes), 1<<16)]
	if isJSON(head) {
		line, _, _ := bytes.Cut(head, []byte("\n"))
		if importMeta.Match(line) {
			return format.Certain, "JSON objects with __import_meta"
		}
		return format.No, "JSON without __import_meta"
	}
	var header []string
	if h.Has("unix_timestamp") { // most tables have not, and need not be read
		_, header, _ = columns.Delimiter(head)
	}
	for _, name := range always {
		if !slices.Contains(header, name) {
			return format.No, "no header with a column " + name
		}
	}
	return format.Certain, "a header with id, thread_id, timestamp, unix_timestamp, author and body"
}

func isJSON(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\uFEFF"))), []byte("{"))
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		head, r, err := format.Peek(src.Name, src.Reader)
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		open := columns.OpenCSV
		if isJSON(head.Bytes) {
			open = columns.OpenJSON
		}
		table, err := open(r)
		if err != nil {
			yield(thread.Comment{}, err)
			return
		}
		columns.Comments(table, src, src.Columns, out)(yield)
	}
}
