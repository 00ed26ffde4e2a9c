// Package isso reads comments of the comment server Isso: the JSON that it
// imports, and what its interface gives for a page.
package isso

import (
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads the JSON that Isso imports, in which each page is a thread and
// all comments stand at top level, and the answers of its interface, which nest
// them. The score is the likes less the dislikes. E-mail and IP addresses are
// not read. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "isso",
	Doc:    "Isso comments: import files and answers of the interface (JSON)",
	URL:    "https://isso-comments.de/docs/reference/migrators/",
	Sniff:  jsondoc.Sniffer("Isso comments", []string{`"author"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	d := docs[0]
	switch first := d.First(); {
	case first.Has("id", "title") && first.Get("comments").First().Has("author", "text", "created"):
		return "a list of pages with id, title and comments, as Isso imports them"
	case d.Has("total_replies", "hidden_replies") && d.Get("replies").Kind() == jsontree.Array:
		return "total_replies, hidden_replies and replies, as Isso gives them"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		for page := range doc.Items() {
			f := files.File(page.Get("id").ID())
			r, ok := f.Record(page)
			if !ok {
				continue
			}
			f.Meta.Title, f.Meta.URL = r.Str("title"), r.Name("id")
			for v := range page.Get("comments").Items() {
				if r, ok := f.Record(v); ok {
					f.Add(r, imported(r))
				}
			}
		}
		if doc.Has("replies") {
			answer(doc, files.File(""))
		}
	}
}

func imported(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{ID: r.Name("id"), Parent: r.Name("parent"), Author: r.Str("author"), Text: r.Str("text")}
	if strings.Contains(c.Text, "</") || strings.Contains(c.Text, "<br") { // Isso keeps Markdown, but other exports become its imports
		c.Text = jsondoc.PlainText(c.Text)
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if r.Get("created").Kind() == jsontree.Number {
		c.Time = r.Unix("created")
	} else {
		c.Time = r.Time(nil, "created")
	}
	return c
}

// answer reads what the interface gives, with all that is below it. The stack
// holds what is still to be read, the next one last.
func answer(doc jsondoc.Value, f *jsondoc.File) {
	stack := []jsondoc.Value{doc}
	missing := 0
	for len(stack) > 0 {
		v := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if r, ok := f.Record(v); ok && v != doc {
			f.Add(r, comment(r))
		}
		if n, err := strconv.Atoi(v.Get("hidden_replies").ID()); err == nil {
			missing += max(n, 0)
		}
		first := len(stack)
		for reply := range v.Get("replies").Items() {
			stack = append(stack, reply)
		}
		slices.Reverse(stack[first:])
	}
	f.More(missing, "hidden_replies")
}

// The modes of comments (isso/db/comments.py); 1 is published.
const (
	pending = 2
	deleted = 4
)

func comment(r *jsondoc.Record) thread.Comment {
	c := thread.Comment{
		ID:     r.Name("id"),
		Parent: r.Name("parent"),
		Author: r.Str("author"),
		Time:   r.Unix("created"),
		Edited: r.Unix("modified"),
		Text:   r.HTML("text"),
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if likes, ok := r.Int("likes"); ok {
		dislikes, _ := r.Int("dislikes")
		c.Score, c.HasScore = likes-dislikes, true
	}
	switch mode, _ := r.Int("mode"); mode {
	case pending:
		c.State = thread.Pending
	case deleted:
		c.State = thread.Deleted
	}
	return c
}
