// Package bitbucket reads comments on pull requests, issues and commits as the
// interface of Bitbucket Cloud lists them.
package bitbucket

import (
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads pages of comments, one or several one after the other or in an
// array. A comment names the one it answers. A file is held in memory as a
// whole.
var Format = &format.Format{
	Name:   "bitbucket",
	Doc:    "Bitbucket comments on pull requests, issues and commits (JSON)",
	URL:    "https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/",
	Sniff:  jsondoc.Sniffer("Bitbucket comments", []string{`"values"`, `"created_on"`, `"content"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	page := docs[0]
	if page.Kind() == jsontree.Array {
		page = page.First()
	}
	if first := page.Get("values").First(); first.Has("content", "created_on", "user") {
		return "values with content and created_on, as Bitbucket lists comments"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	var pages []jsondoc.Value
	for _, doc := range docs {
		if doc.Kind() != jsontree.Array {
			pages = append(pages, doc)
		}
		for page := range doc.Items() {
			pages = append(pages, page)
		}
	}
	var last *jsondoc.File
	for i, page := range pages {
		for v := range page.Get("values").Items() {
			last = add(files, v)
		}
		if last != nil && i == len(pages)-1 && page.Get("next").Text() != "" {
			last.Report(thread.MoreComments, "the list goes on on another page, which is not in the input")
		}
	}
}

// abouts are what comments are about.
var abouts = []string{"pullrequest", "issue", "commit"}

// add adds a comment to the thread of what it is about.
func add(files *jsondoc.Files, v jsondoc.Value) *jsondoc.File {
	key := ""
	var about jsondoc.Value
	for _, name := range abouts {
		if about = v.Get(name); about.Kind() == jsontree.Object {
			key = name + " " + about.Get("id").ID() + about.Get("hash").ID()
			break
		}
	}
	f := files.File(strings.TrimSpace(key))
	if m := &f.Meta; m.URL == "" {
		m.URL, m.Title = about.Get("links", "html", "href").Text(), about.Get("title").Text()
	}
	r, ok := f.Record(v)
	if !ok {
		return f
	}
	c := thread.Comment{
		ID:        r.Name("id"),
		Parent:    r.Name("parent", "id"),
		Author:    r.Str("user", "display_name"),
		AuthorKey: r.Str("user", "uuid"),
		Time:      r.Time(time.UTC, "created_on"),
		Text:      r.Str("content", "raw"),
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if c.Text == "" {
		c.Text = r.HTML("content", "html")
	}
	c.Edited = jsondoc.Edited(r.Time(time.UTC, "updated_on"), c.Time)
	switch {
	case r.Flag("deleted"):
		c.State = thread.Deleted
	case r.Flag("pending"):
		c.State = thread.Pending
	}
	f.Add(r, c)
	return f
}
