// Package hnfirebase reads items of Hacker News as its own API gives them out,
// one record an item, as do the copies of it in BigQuery.
package hnfirebase

import (
	"bytes"
	"iter"

	"threadheat/thread"
	"threadheat/thread/corpus"
	"threadheat/thread/format"
	"threadheat/thread/internal/hackernews"
	"threadheat/thread/internal/jsontree"
)

// Format reads items in any order. A comment names only what it answers, so its
// story is found by walking up, and all items are read before the first is passed
// on. About 50 bytes of each stay in memory, the words only as far as Options
// say. Where the walk ends at an item that is not in the input, nothing
// tells whether that was the story: a ghost stands in for it.
var Format = &format.Format{
	Name:        "hnfirebase",
	Doc:         "Hacker News items from its Firebase API or BigQuery, one JSON record each",
	URL:         "https://github.com/HackerNews/API",
	Sniff:       sniff,
	Decode:      decode,
	Interleaved: true,
}

// tries is how many records detection looks at: the first may be broken.
const tries = 5

func sniff(h format.Head) (format.Confidence, string) {
	if jsontree.IsMarkup(h.Bytes) {
		return format.No, "no JSON records that are items of Hacker News"
	}
	tried := 0
	for record := range jsontree.Records(bytes.NewReader(h.Bytes)) {
		if record == nil {
			break
		}
		for n, end := record.Span(0); n < end; n = record.End(n) {
			if isItem(&record.Tree, n) {
				return format.Certain, "JSON records with id, a type of Hacker News, and by, kids, deleted, or time and parent"
			}
			if tried++; tried == tries {
				return format.No, "the first JSON records are no items of Hacker News"
			}
		}
	}
	return format.No, "no JSON records that are items of Hacker News"
}

// isItem tells that the object n has what items have, and not what the same
// items have elsewhere.
func isItem(t *jsontree.Tree, n jsontree.Node) bool {
	var id, kind, sign, time, parent bool
	for name, v := range t.Members(n) {
		switch string(name) {
		case "id":
			id = hackernews.ID(t, v) != ""
		case "type":
			switch t.Text(v) {
			case "story", "comment", "job", "poll", "pollopt":
				kind = true
			}
		case "by", "kids", "deleted", "dead":
			sign = true
		case "time":
			time = true
		case "parent":
			parent = true
		case "children", "objectID", "link_id":
			return false
		}
	}
	return id && kind && (sign || time && parent)
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		all := items{tape: corpus.NewTape(corpus.Options{Memory: src.Memory, Dir: src.TempDir})}
		defer all.tape.Close()
		failure := all.read(src)
		all.sort()
		p := player{items: &all, roots: all.roots(), described: map[string]bool{}, out: out, yield: yield}
		err := all.tape.Play(&p)
		if p.enough {
			return
		}
		if failure == nil {
			failure = err
		}
		if failure != nil {
			yield(thread.Comment{}, failure)
		}
	}
}
