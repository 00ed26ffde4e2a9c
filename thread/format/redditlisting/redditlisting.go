// Package redditlisting reads Reddit's comments as its API nests them: what
// reddit.com/….json saves, replies to api/morechildren, Arctic Shift's comment
// trees.
package redditlisting

import (
	"bytes"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsontree"
	"threadheat/thread/internal/reddit"
)

// Format reads pages of Reddit's API. A page is in memory as a whole. It may
// hold comments of several threads, as that of a user does.
var Format = &format.Format{
	Name:        "redditlisting",
	Doc:         "Reddit threads as its API gives them out (address + .json), with comments not loaded counted, and Arctic Shift trees",
	URL:         "https://www.reddit.com/dev/api/#GET_comments_{article}",
	Sniff:       sniff,
	Decode:      decode,
	Interleaved: true,
}

// thing is an object of Reddit's API: {"kind": …, "data": {…}}.
func thing(t *jsontree.Tree, n jsontree.Node) (kind string, data jsontree.Node) {
	data = jsontree.None
	for name, v := range t.Members(n) {
		switch string(name) {
		case "kind":
			kind = string(t.Raw(v))
		case "data":
			data = v
		default:
			return "", jsontree.None // nothing else stands in a thing
		}
	}
	return kind, data
}

func sniff(h format.Head) (format.Confidence, string) {
	if jsontree.IsMarkup(h.Bytes) {
		return format.No, `no JSON with a thing of the kind "t1", "t3" or "more"`
	}
	for record := range jsontree.Records(bytes.NewReader(h.Bytes)) {
		if record == nil {
			break
		}
		t := &record.Tree
		for n := range jsontree.Node(t.Len()) {
			if t.Kind(n) != jsontree.Object {
				continue
			}
			switch kind, data := thing(t, n); kind {
			case "t1":
				if reddit.IsComment(t, data) {
					return format.Certain, `a thing of the kind "t1" with a comment of Reddit`
				}
			case "t3":
				if reddit.IsSubmission(t, data) {
					return format.Certain, `a thing of the kind "t3" with a submission of Reddit`
				}
			case "more":
				if t.Get(data, "children") != jsontree.None && t.Get(data, "parent_id") != jsontree.None {
					return format.Certain, `a thing of the kind "more"`
				}
			}
		}
		if record.Err == nil {
			break // one page tells
		}
	}
	return format.No, `no JSON with a thing of the kind "t1", "t3" or "more"`
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		r := reddit.NewReader(out)
		defer r.Close()
		for record, err := range jsontree.Records(src.Reader) {
			if err != nil {
				yield(thread.Comment{}, err)
				return
			}
			// Things stand in the order of the page, parents before replies, at
			// whatever depth: one walk over all nodes meets them, without a stack.
			t, found := &record.Tree, false
			for n := range jsontree.Node(t.Len()) {
				if t.Kind(n) != jsontree.Object {
					continue
				}
				kind, data := thing(t, n)
				switch kind {
				case "t1", "t3":
					if t.Kind(data) != jsontree.Object {
						continue
					}
					if c, ok := r.Comment(t, data, record.At(src.Name, data)); ok && !yield(c, nil) {
						return
					}
				case "more":
					r.More(t, data, record.At(src.Name, data))
				case "Listing":
				default:
					continue
				}
				found = true
			}
			switch {
			case record.Err != nil:
				r.Cut(record.At(src.Name, jsontree.Node(t.Len()-1)), record.Err)
			case !found:
				r.Bad(record.At(src.Name, 0), "it holds nothing of Reddit's API")
			}
		}
	}
}
