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

// Format reads 4CAT datasets. Where a source says who answers whom, each does so
// in its own way (sources.go); of the others all posts of a thread are top-level.
var Format = &format.Format{
	Name:          "4cat",
	Doc:           "datasets of 4CAT (CSV or NDJSON); replies of TikTok, Telegram, Bluesky, X (raw), VK and, by their quotations, image boards",
	URL:           "https://github.com/digitalmethodsinitiative/4cat",
	Sniff:         sniff,
	Interleaved:   true,
	ThreadParents: true,
	Decode:        decode,
}

var importMeta = regexp.MustCompile(`"(?:__import_meta|4CAT_metadata)"\s*:\s*\{|"_chat"\s*:\s*\{[^\n]*"_type"\s*:\s*"Message"|"_type"\s*:\s*"Message"[^\n]*"_chat"\s*:\s*\{`)

// always are the columns of every source, usual those of most.
var (
	always = []string{"id", "thread_id", "timestamp", "body"}
	usual  = []string{"unix_timestamp", "author"}
)

func sniff(h format.Head) (format.Confidence, string) {
	head := h.Bytes[:min(len(h.Bytes), 1<<16)]
	if isJSON(head) {
		line, _, _ := bytes.Cut(head, []byte("\n"))
		if importMeta.Match(line) {
			return format.Certain, "JSON objects with what 4CAT notes beside them"
		}
		return format.No, "JSON without 4CAT's notes"
	}
	var header []string
	if h.Has("thread_id") { // most tables have not, and need not be read
		_, header, _ = columns.Delimiter(head)
	}
	for _, name := range always {
		if !slices.Contains(header, name) {
			return format.No, "no header with a column " + name
		}
	}
	if s := sourceOf(header); s != nil {
		return format.Certain, "a header as 4CAT has it for " + s.name
	}
	for _, name := range usual {
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
		s := sourceOf(table.Header)
		if s == nil {
			columns.Comments(table, src, src.Columns, out)(yield)
			return
		}
		table, is := s.explain(table, src.Columns)
		for c, err := range columns.Comments(table, src, is, out) {
			if err == nil {
				s.settle(&c)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}
