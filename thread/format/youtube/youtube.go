// Package youtube reads comments on videos as the YouTube Data API lists them.
package youtube

import (
	"slices"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads pages of commentThreads.list and comments.list, one or several one
// after the other or in an array, and arrays of their items. YouTube keeps two
// levels: a reply to a reply is a reply to
// the top-level comment. The score is the likes. A file is held in memory as a
// whole.
var Format = &format.Format{
	Name:   "youtube",
	Doc:    "YouTube comments from the Data API (JSON)",
	URL:    "https://developers.google.com/youtube/v3/docs/commentThreads/list",
	Sniff:  jsondoc.Sniffer("a list of YouTube comments", []string{`"youtube#comment`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

const watch = "https://www.youtube.com/watch?v="

func test(docs []jsondoc.Value) string {
	first := docs[0]
	if first.Kind() == jsontree.Array {
		first = first.First()
	}
	switch kind := first.Get("kind").Text(); kind {
	case "youtube#commentThreadListResponse", "youtube#commentListResponse", "youtube#commentThread":
		return "kind is " + kind
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	var last *jsondoc.File
	var pages []jsondoc.Value
	for _, doc := range docs {
		if doc.Kind() == jsontree.Array {
			pages = slices.AppendSeq(pages, doc.Items())
		} else {
			pages = append(pages, doc)
		}
	}
	for i, page := range pages {
		if page.Has("snippet") { // an item without its page
			last = item(page, files)
		}
		for v := range page.Get("items").Items() {
			last = item(v, files)
		}
		if last != nil && i == len(pages)-1 && page.Get("nextPageToken").Text() != "" {
			last.Report(thread.MoreComments, "the list goes on on another page, which is not in the input")
		}
	}
}

// item reads a top-level comment with its replies, or a comment alone.
func item(v jsondoc.Value, files *jsondoc.Files) *jsondoc.File {
	video := v.Get("snippet", "videoId").ID()
	f := files.File(video)
	if video != "" {
		f.Meta.URL = watch + video
	}
	top := v.Get("snippet", "topLevelComment")
	if top.Kind() == jsontree.Null {
		if r, ok := f.Record(v); ok {
			f.Add(r, comment(r, ""))
		}
		return f
	}
	id := v.Get("id").ID()
	if r, ok := f.Record(top); ok {
		c := comment(r, "")
		id = c.ID
		f.Add(r, c)
	}
	replies := v.Get("replies", "comments")
	for reply := range f.List(replies, "replies.comments") {
		if r, ok := f.Record(reply); ok {
			f.Add(r, comment(r, id))
		}
	}
	if around, ok := f.Record(v); ok {
		if total, ok := around.Int("snippet", "totalReplyCount"); ok {
			f.More(total-replies.Len(), "replies to "+id)
		}
	}
	return f
}

// comment reads a comment that stands under another, "" for none.
func comment(r *jsondoc.Record, under string) thread.Comment {
	c := thread.Comment{
		ID:        r.Name("id"),
		Parent:    r.Name("snippet", "parentId"),
		Author:    r.Str("snippet", "authorDisplayName"),
		AuthorKey: r.Name("snippet", "authorChannelId", "value"),
		Time:      r.Time(time.UTC, "snippet", "publishedAt"),
		Text:      r.Str("snippet", "textOriginal"),
	}
	switch {
	case c.Parent != "":
		c.Basis = thread.Declared
	case under != "":
		c.Parent, c.Basis = under, thread.Nested
	}
	c.Edited = jsondoc.Edited(r.Time(time.UTC, "snippet", "updatedAt"), c.Time)
	if c.Text == "" {
		c.Text = r.HTML("snippet", "textDisplay")
	}
	c.Score, c.HasScore = r.Int("snippet", "likeCount")
	switch r.Str("snippet", "moderationStatus") {
	case "heldForReview", "likelySpam":
		c.State = thread.Pending
	case "rejected":
		c.State = thread.Removed
	}
	return c
}
