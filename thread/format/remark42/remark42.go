// Package remark42 reads comments of the comment server Remark42: its backups,
// and what its interface gives for a page.
package remark42

import (
	"slices"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads backups (a comment a line), lists and trees of comments. Each
// page is a thread. People are told apart by their ID; their addresses are not
// read. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "remark42",
	Doc:    "Remark42 comments: backups, lists and trees (JSON)",
	URL:    "https://remark42.com/docs/contributing/api/",
	Sniff:  jsondoc.Sniffer("Remark42 comments", []string{`"pid"`, `"locator"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	// A backup starts with a line about users and posts.
	for _, d := range docs[:min(len(docs), 2)] {
		c := d
		switch {
		case d.Kind() == jsontree.Array:
			c = d.First()
		case d.Get("comments").Kind() == jsontree.Array:
			c = d.Get("comments").First()
		}
		if nested := c.Get("comment"); nested.Kind() == jsontree.Object {
			c = nested
		}
		if c.Has("id", "pid", "locator", "user") {
			return "pid and locator, as Remark42 writes comments"
		}
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for i, doc := range docs {
		switch {
		case doc.Kind() == jsontree.Array:
			walk(doc, files)
		case doc.Get("comments").Kind() == jsontree.Array:
			walk(doc.Get("comments"), files)
		case doc.Has("comment"):
			tree([]jsondoc.Value{doc}, files)
		case i == 0 && doc.Has("version") && !doc.Has("pid"): // what a backup starts with
		default:
			take(doc, files)
		}
	}
}

// walk reads a list of comments or of trees of comments.
func walk(list jsondoc.Value, files *jsondoc.Files) {
	for v := range list.Items() {
		if v.Get("comment").Kind() == jsontree.Object {
			tree([]jsondoc.Value{v}, files)
		} else {
			take(v, files)
		}
	}
}

// tree reads comments with all that is below them, in document order. The
// stack holds what is still to be read, the next one last.
func tree(stack []jsondoc.Value, files *jsondoc.Files) {
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		take(v.Get("comment"), files)
		first := len(stack)
		for r := range v.Get("replies").Items() {
			stack = append(stack, r)
		}
		slices.Reverse(stack[first:])
	}
}

func take(v jsondoc.Value, files *jsondoc.Files) {
	page := v.Get("locator", "url").Text()
	f := files.File(page)
	f.Meta.URL = page
	r, ok := f.Record(v)
	if !ok {
		return
	}
	if title := r.Str("title"); title != "" {
		f.Meta.Title = title
	}
	c := thread.Comment{
		ID:        r.Str("id"),
		Parent:    r.Str("pid"),
		Author:    r.Str("user", "name"),
		AuthorKey: r.Str("user", "id"),
		Time:      r.Time(time.UTC, "time"),
		Edited:    r.Time(time.UTC, "edit", "time"),
		Text:      r.HTML("text"),
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	c.Score, c.HasScore = r.Int("score")
	if r.Flag("delete") {
		c.State, c.Text = thread.Deleted, ""
	}
	if c.AuthorKey == gone {
		c.Author, c.AuthorKey = "", ""
	}
	f.Add(r, c)
}

// gone is the account to which Remark42 gives what deleted users wrote.
const gone = "deleted"
