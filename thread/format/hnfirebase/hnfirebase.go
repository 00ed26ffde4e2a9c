// Package hnfirebase reads items of Hacker News as its own API gives them out,
// one record an item, as do the copies of it in BigQuery.
package hnfirebase

import (
	"bytes"
	"fmt"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/hackernews"
	"threadheat/thread/internal/jsontree"
)

// Format reads items in any order. A comment names only what it answers, so its
// story is found by walking up, and all items are in memory before the first is
// passed on. Where the walk ends at an item that is not in the input, nothing
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
		all := items{at: map[string]int{}}
		var failure error
		for record, err := range jsontree.Records(src.Reader) {
			if err != nil {
				failure = err
				break
			}
			t := &record.Tree
			if record.Err != nil && t.Kind(0) != jsontree.Array {
				all.bad(record.At(src.Name, 0), record.Err.Error())
				continue
			}
			for n, end := t.Span(0); n < end; n = t.End(n) {
				switch pos := record.At(src.Name, n); {
				case !t.Whole(n):
					all.bad(pos, jsontree.ErrCut.Error())
				case !isItem(t, n):
					all.bad(pos, "it is no item of Hacker News")
				default:
					all.add(t, hackernews.Read(t, n, pos))
				}
			}
			if record.Err != nil {
				all.report(thread.Diagnostic{
					Code: thread.Truncated, Pos: record.At(src.Name, jsontree.Node(t.Len()-1)), Message: "reading stopped here: " + record.Err.Error(),
				})
			}
		}
		if all.deliver(out, yield) && failure != nil {
			yield(thread.Comment{}, failure)
		}
	}
}

// items are all items of an input.
type items struct {
	list []entry
	at   map[string]int // by ID, the first of each
	said []remark
}

type entry struct {
	*hackernews.Item
	kids []string
}

// remark is a diagnostic, to be said of the thread of the item read before it.
type remark struct {
	thread.Diagnostic
	after int
}

func (all *items) add(t *jsontree.Tree, it *hackernews.Item) {
	e := entry{Item: it}
	if t.Kind(it.Kids) == jsontree.Array {
		for n, end := t.Span(it.Kids); n < end; n = t.End(n) {
			if id := hackernews.ID(t, n); id != "" {
				e.kids = append(e.kids, id)
			}
		}
	}
	if _, twice := all.at[it.ID]; !twice {
		all.at[it.ID] = len(all.list)
	}
	all.list = append(all.list, e)
}

func (all *items) report(d thread.Diagnostic) {
	all.said = append(all.said, remark{d, len(all.list) - 1})
}

func (all *items) bad(pos thread.Pos, why string) {
	all.report(thread.Diagnostic{Code: thread.BadRecord, Severity: thread.Quarantined, Pos: pos, Message: "a record is left out: " + why})
}

// deliver yields the comments with their threads; false means that the receiver
// has had enough.
func (all *items) deliver(out format.Sink, yield func(thread.Comment, error) bool) bool {
	roots := all.roots()
	described := map[string]bool{}
	for i, e := range all.list {
		it, key := e.Item, roots[i]
		it.Thread = key
		if !described[key] {
			described[key] = true
			m := hackernews.Unnamed(key)
			if r, ok := all.at[key]; ok && !all.list[r].IsComment {
				m = all.list[r].Meta()
			}
			out.Describe(key, m)
		}
		it.Report(out)
		all.missing(&e, out)
		if !it.IsComment && !it.IsOption {
			continue
		}
		it.Basis = thread.Declared
		if up, ok := all.at[it.Parent]; it.Parent == "" || it.IsOption || ok && !all.list[up].IsComment {
			it.Parent, it.Basis = "", thread.NoBasis
		}
		if !yield(it.Comment, nil) {
			return false
		}
	}
	for _, r := range all.said {
		key := ""
		if len(all.list) > 0 {
			key = roots[max(r.after, 0)]
		}
		out.Report(key, r.Diagnostic)
	}
	return true
}

// missing reports the replies that an item names but the input does not hold.
func (all *items) missing(e *entry, out format.Sink) {
	n := 0
	for _, id := range e.kids {
		if _, ok := all.at[id]; !ok {
			n++
		}
	}
	if n == 0 {
		return
	}
	of := e.ID
	if !e.IsComment {
		of = ""
	}
	out.Report(e.Thread, thread.Diagnostic{
		Code: thread.MoreComments, Comment: of, Pos: e.Pos, Message: fmt.Sprintf("%d of the %d direct replies to item %s are not in the input", n, len(e.kids), e.ID),
	})
}

// roots is the thread of each item: the ID at the end of the walk up, in the
// input or not. Each item is passed twice, so the walks are linear together; a
// walk that comes back to itself ends where it does.
func (all *items) roots() []string {
	roots := make([]string, len(all.list))
	done, seen := make([]bool, len(roots)), make([]bool, len(roots))
	var path []int
	for i := range roots {
		path = path[:0]
		key := ""
		for at := i; ; {
			it := all.list[at].Item
			if done[at] {
				key = roots[at]
				break
			}
			if seen[at] {
				key = it.ID
				break
			}
			seen[at] = true
			path = append(path, at)
			if key = it.ID; it.Parent == "" || !it.IsComment && !it.IsOption {
				break
			}
			key = it.Parent
			up, ok := all.at[it.Parent]
			if !ok {
				break
			}
			at = up
		}
		for _, at := range path {
			roots[at], done[at] = key, true
		}
	}
	return roots
}
