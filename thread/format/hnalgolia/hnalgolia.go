// Package hnalgolia reads threads of Hacker News as its search service Algolia
// gives them out: an item with all replies nested, or the hits of a search.
package hnalgolia

import (
	"bytes"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/hackernews"
	"threadheat/thread/internal/jsontree"
)

// Format reads answers of Algolia's API for Hacker News, each in memory as a
// whole. The hits of a search may be of several threads.
var Format = &format.Format{
	Name:        "hnalgolia",
	Doc:         "Hacker News threads from Algolia's API (items with nested children, search hits)",
	URL:         "https://hn.algolia.com/api",
	Sniff:       sniff,
	Decode:      decode,
	Interleaved: true,
}

// shape tells whether the object n is an item or a hit.
func shape(t *jsontree.Tree, n jsontree.Node) (item, hit bool) {
	var id, children, created, object, tags bool
	for name, v := range t.Members(n) {
		switch string(name) {
		case "id":
			id = t.Kind(v) == jsontree.Number
		case "children":
			children = t.Kind(v) == jsontree.Array
		case "created_at_i", "created_at":
			created = true
		case "objectID":
			object = true
		case "_tags":
			tags = true
		}
	}
	return id && children && created, object && tags && created
}

func sniff(h format.Head) (format.Confidence, string) {
	if jsontree.IsMarkup(h.Bytes) {
		return format.No, "no JSON items with children and created_at_i"
	}
	for record := range jsontree.Records(bytes.NewReader(h.Bytes)) {
		if record == nil {
			break
		}
		for n := range jsontree.Node(record.Len()) {
			// The head may cut the outer items short of their last fields.
			if record.Kind(n) == jsontree.Object && record.Whole(n) {
				switch item, hit := shape(&record.Tree, n); {
				case item:
					return format.Certain, "JSON items with children and created_at_i"
				case hit:
					return format.Certain, "JSON hits with objectID, _tags and created_at_i"
				}
			}
		}
		break // one answer tells
	}
	return format.No, "no JSON items with children and created_at_i"
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		d := decoder{src: src, out: out, described: map[string]bool{}}
		for record, err := range jsontree.Records(src.Reader) {
			if err != nil {
				yield(thread.Comment{}, err)
				return
			}
			if !d.answer(record, yield) {
				return
			}
		}
	}
}

type decoder struct {
	src       format.Source
	out       format.Sink
	described map[string]bool // threads, of late: to describe one again does no harm
	key       string          // of the last item
}

// maxDescribed is how many threads are remembered as described.
const maxDescribed = 1 << 16

// open is an item whose replies are being read.
type open struct {
	end jsontree.Node
	id  string
	is  bool // a comment
}

// answer reads one answer of the API; false means that the receiver has had
// enough. Items stand in the order of the page at whatever depth: one walk over
// all nodes meets them.
func (d *decoder) answer(record *jsontree.Record, yield func(thread.Comment, error) bool) bool {
	t, found := &record.Tree, false
	var around []open
	for n := range jsontree.Node(t.Len()) {
		if t.Kind(n) != jsontree.Object {
			continue
		}
		for len(around) > 0 && around[len(around)-1].end <= n {
			around = around[:len(around)-1]
		}
		item, hit := shape(t, n)
		// An item that the input cuts short may lack the fields after its replies.
		if item = item || !t.Whole(n) && t.Kind(t.Get(n, "children")) == jsontree.Array; !item && !hit {
			continue
		}
		found = true
		it := hackernews.Read(t, n, record.At(d.src.Name, n))
		if !t.Whole(n) {
			if it.ID == "" { // its replies name it, and get a ghost
				around = append(around, open{end: t.End(n)})
				continue
			}
			it.Cut()
		}
		up := open{}
		if len(around) > 0 {
			up = around[len(around)-1]
		}
		d.place(it, up, len(around) == 0)
		if item {
			around = append(around, open{t.End(n), it.ID, it.IsComment})
		}
		it.Report(d.out)
		if (it.IsComment || it.IsOption) && !yield(it.Comment, nil) {
			return false
		}
	}
	switch {
	case record.Err != nil:
		d.out.Report(d.key, thread.Diagnostic{
			Code: thread.Truncated, Pos: record.At(d.src.Name, jsontree.Node(t.Len()-1)), Message: "reading stopped here: " + record.Err.Error(),
		})
	case !found && !isSearch(t):
		d.out.Report(d.key, thread.Diagnostic{
			Code: thread.BadRecord, Severity: thread.Quarantined, Pos: record.At(d.src.Name, 0), Message: "a record is left out: it holds no items of Hacker News",
		})
	}
	return true
}

// isSearch tells a search without hits from something else.
func isSearch(t *jsontree.Tree) bool { return t.Kind(t.Get(0, "hits")) == jsontree.Array }

// place gives an item its thread and its parent there, and describes the thread
// when it is new.
func (d *decoder) place(it *hackernews.Item, up open, outermost bool) {
	story := it.Thread
	if it.Thread == "" && outermost {
		it.Thread = it.ID
	} else if it.Thread == "" {
		it.Thread = d.key
	}
	d.key = it.Thread
	if !it.IsComment && !it.IsOption {
		it.Thread, d.key = it.ID, it.ID
		d.out.Describe(it.ID, it.Meta())
		return
	}
	if !d.described[d.key] {
		if len(d.described) == maxDescribed {
			clear(d.described)
		}
		d.described[d.key] = true
		m := hackernews.Unnamed(d.key)
		if story != "" {
			m.Title = it.Title // a hit names its story
		}
		d.out.Describe(d.key, m)
	}
	it.Basis = thread.Declared
	if it.Parent == "" && up.id != "" {
		it.Parent, it.Basis = up.id, thread.Nested
	}
	if it.Parent == d.key && it.Parent != it.ID || it.Parent == up.id && !up.is {
		it.Parent = "" // it answers the story
	}
	if it.Parent == "" {
		it.Basis = thread.NoBasis
	}
}
