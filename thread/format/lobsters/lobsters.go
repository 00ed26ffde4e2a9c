// Package lobsters reads stories of Lobsters and its sister sites as their JSON
// interface gives them ("/s/abc123.json").
package lobsters

import (
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads stories. Older ones do not name the parents of comments; there
// the depths tell. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "lobsters",
	Doc:    "Lobsters stories with their comments (JSON)",
	URL:    "https://github.com/lobsters/lobsters",
	Sniff:  jsondoc.Sniffer("a Lobsters story", []string{`"short_id"`, `"comments"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	d := docs[0]
	if d.Has("short_id") && (d.Get("comments").First().Has("short_id", "commenting_user") || d.Has("comments", "comments_url", "comment_count")) {
		return "short_id and comments, as Lobsters gives stories"
	}
	return ""
}

// gone is the account to which Lobsters gives what deleted users wrote.
const gone = "inactive-user"

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		f := files.File(doc.Get("short_id").Text())
		story, ok := f.Record(doc)
		if !ok {
			continue
		}
		f.Meta.Title, f.Meta.URL, f.Meta.Article = story.Str("title"), story.Str("comments_url"), story.Str("description_plain")
		if f.Meta.Article == "" {
			f.Meta.Article = story.HTML("description")
		}
		f.Meta.Declared, f.Meta.HasDeclared = story.Int("comment_count")
		var above []string // IDs of the comments above the next, by depth
		for v := range doc.Get("comments").Items() {
			r, ok := f.Record(v)
			if !ok {
				continue
			}
			c, depth := comment(r)
			if !r.Has("parent_comment") {
				if depth > len(above) {
					r.Note(thread.DepthJump, "the comment %q is %d levels below the one before it; it is taken to answer that", c.ID, depth-len(above)+1)
				}
				above = above[:min(max(depth, 0), len(above))]
				if len(above) > 0 {
					c.Parent, c.Basis = above[len(above)-1], thread.Nested
				}
				above = append(above, c.ID)
			}
			f.Add(r, c)
		}
	}
}

func comment(r *jsondoc.Record) (c thread.Comment, depth int) {
	c = thread.Comment{
		ID:     r.Str("short_id"),
		Parent: r.Str("parent_comment"),
		Time:   r.Time(time.UTC, "created_at"),
		Text:   r.Str("comment_plain"),
	}
	if c.Parent != "" {
		c.Basis = thread.Declared
	}
	if r.Get("commenting_user").Kind() == jsontree.Object { // before 2024
		c.Author = r.Str("commenting_user", "username")
	} else {
		c.Author = r.Str("commenting_user")
	}
	if c.Author == gone {
		c.Author = ""
	}
	edited := "last_edited_at"
	if !r.Has(edited) {
		edited = "updated_at"
	}
	c.Edited = jsondoc.Edited(r.Time(time.UTC, edited), c.Time)
	if c.Text == "" {
		c.Text = r.HTML("comment")
	}
	c.Score, c.HasScore = r.Int("score")
	// A removed comment is both deleted and moderated. Its text is a notice.
	switch {
	case r.Flag("is_moderated") || r.Flag("is_deleted") && strings.HasPrefix(c.Text, "Comment removed by moderator"):
		c.State, c.Text = thread.Removed, ""
	case r.Flag("is_deleted"):
		c.State, c.Text = thread.Deleted, ""
	}
	if depth, ok := r.Int("depth"); ok {
		return c, depth
	}
	level, _ := r.Int("indent_level") // counts from 1
	return c, level - 1
}
