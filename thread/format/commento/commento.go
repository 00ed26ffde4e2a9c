// Package commento reads exports of the comment server Commento.
package commento

import (
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads exports of a site. Each page is a thread. People are told apart
// by their number, those without an account not at all; their addresses are not
// read. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "commento",
	Doc:    "Commento exports (JSON)",
	URL:    "https://gitlab.com/commento/commento",
	Sniff:  jsondoc.Sniffer("a Commento export", []string{`"commentHex"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	if docs[0].Get("comments").First().Has("commentHex") {
		return "comments[].commentHex, as Commento exports them"
	}
	return ""
}

const (
	anonymous = "anonymous" // the commenter of all who gave no name
	top       = "root"      // the parent of top-level comments
)

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		names := map[string]string{}
		for v := range doc.Get("commenters").Items() {
			names[v.Get("commenterHex").ID()] = v.Get("name").Text()
		}
		for v := range doc.Get("comments").Items() {
			page := v.Get("domain").Text() + v.Get("url").Text()
			if page == "" {
				page = v.Get("path").Text()
			}
			f := files.File(page)
			f.Meta.URL = page
			r, ok := f.Record(v)
			if !ok {
				continue
			}
			c := comment(r)
			c.Author = names[c.AuthorKey]
			f.Add(r, c)
		}
	}
}

func comment(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{
		ID:        r.Str("commentHex"),
		Parent:    r.Str("parentHex"),
		AuthorKey: r.Str("commenterHex"),
		Time:      r.Time(time.UTC, "creationDate"),
		Text:      r.Str("markdown"),
	}
	if c.Parent == top {
		c.Parent = ""
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if c.AuthorKey == anonymous {
		c.AuthorKey = ""
	}
	if c.Text == "" {
		c.Text = r.HTML("html")
	}
	c.Score, c.HasScore = r.Int("score")
	switch {
	case r.Flag("deleted"):
		c.State, c.Text = thread.Deleted, "" // what stands there is a notice
	case r.Str("state") == "unapproved":
		c.State = thread.Pending
	case r.Str("state") == "flagged":
		c.State = thread.Hidden
	}
	return c
}
