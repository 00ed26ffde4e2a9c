// Package lemmy reads lists of comments as the interface of Lemmy gives them
// ("/api/v3/comment/list").
package lemmy

import (
	"net/url"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
)

// Format reads lists of comments, also those of several posts and pages of a
// list one after the other. A comment's path names all comments above it, so
// that those left out of the list keep their places. A file is held in memory
// as a whole.
var Format = &format.Format{
	Name:   "lemmy",
	Doc:    "Lemmy comment lists (JSON)",
	URL:    "https://join-lemmy.org/api",
	Sniff:  jsondoc.Sniffer("a Lemmy comment list", []string{`"comments"`, `"path"`}, test),
	Decode: jsondoc.Decoder("comments", read),
}

func test(docs []jsondoc.Value) string {
	if docs[0].Get("comments").First().Get("comment").Has("path", "content") {
		return "comments[].comment.path, as Lemmy lists comments"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	posts := map[string]*post{}
	var order []*post
	for _, doc := range docs {
		for v := range doc.Get("comments").Items() {
			id := v.Get("comment", "post_id").ID()
			p, ok := posts[id]
			if !ok {
				p = &post{File: files.File(id), have: map[string]bool{}, below: map[string]int{}}
				posts[id], order = p, append(order, p)
			}
			p.take(v)
		}
	}
	for _, p := range order {
		p.finish()
	}
}

// post is the thread of one post.
type post struct {
	*jsondoc.File
	have  map[string]bool
	roots []count        // top-level comments
	below map[string]int // replies at any depth in the input, by top-level comment
	paths []path
}

// count is how many replies at any depth a comment declares.
type count struct {
	id      string
	replies int
}

// path is the comments above a comment, from the top.
type path struct {
	r     *jsondoc.Record
	above []string
}

func (p *post) take(v jsondoc.Value) {
	r, ok := p.Record(v)
	if !ok {
		return
	}
	if p.Meta.Title == "" {
		p.Meta.Title, p.Meta.URL, p.Meta.Article = r.Str("post", "name"), r.Str("post", "ap_id"), r.Str("post", "body")
	}
	above := strings.Split(r.Str("comment", "path"), ".")
	if above[0] == "0" {
		above = above[1:]
	}
	c := thread.Comment{
		ID: r.Name("comment", "id"),
		// Before 0.19 the times are in UTC, but do not say so.
		Time:   r.Time(time.UTC, "comment", "published"),
		Edited: r.Time(time.UTC, "comment", "updated"),
		Text:   r.Str("comment", "content"),
	}
	c.Edited = jsondoc.Edited(c.Edited, c.Time)
	if len(above) > 0 && above[len(above)-1] == c.ID {
		above = above[:len(above)-1]
	}
	if len(above) > 0 && above[0] != "" {
		c.Parent, c.Basis = above[len(above)-1], thread.Declared
		p.paths = append(p.paths, path{r, above})
	}
	c.Score, c.HasScore = r.Int("counts", "score")
	replies, _ := r.Int("counts", "child_count")
	if !p.have[c.ID] {
		p.have[c.ID] = true
		if c.Parent == "" {
			p.roots = append(p.roots, count{c.ID, replies})
		} else {
			p.below[above[0]]++
		}
	}
	if !r.Flag("creator", "deleted") {
		c.Author, c.AuthorKey = r.Str("creator", "display_name"), r.Name("creator", "name")
		if c.Author == "" {
			c.Author = c.AuthorKey
		}
		if u, err := url.Parse(r.Str("creator", "actor_id")); err == nil && u.Host != "" && c.AuthorKey != "" {
			c.AuthorKey += "@" + u.Host // a name is unique on its own server only
		}
	}
	switch { // what stands there is a notice
	case r.Flag("comment", "removed"):
		c.State, c.Text = thread.Removed, ""
	case r.Flag("comment", "deleted"):
		c.State, c.Text = thread.Deleted, ""
	}
	p.Add(r, c)
}

// finish puts a missing comment in each place that a path names and the list
// does not fill, and counts what is not in the list.
func (p *post) finish() {
	missing := 0
	for _, root := range p.roots {
		missing += max(root.replies-p.below[root.id], 0)
	}
	for _, at := range p.paths {
		for i := len(at.above) - 1; i >= 0 && !p.have[at.above[i]]; i-- {
			c := thread.Comment{ID: at.above[i]}
			if i > 0 {
				c.Parent, c.Basis = at.above[i-1], thread.Declared
			}
			p.have[c.ID] = true
			p.Missing(at.r, c)
			if at.above[0] == c.ID {
				missing++
			}
		}
	}
	p.More(missing, "the counts of replies tell")
}
