// Package discourse reads topics of the Discourse forum software as its JSON
// interface gives them ("/t/12.json").
package discourse

import (
	"strconv"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads topics, the pages of one topic one after the other included. A
// comment's ID is its number in the topic, its score the likes. The opening
// post is the article. Of a post that answers none but quotes another of the
// topic, the first quoted is the parent. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "discourse",
	Doc:    "Discourse topics (JSON)",
	URL:    "https://docs.discourse.org/#tag/Topics/operation/getTopic",
	Sniff:  jsondoc.Sniffer("a Discourse topic", []string{`"post_stream"`}, test),
	Decode: jsondoc.Decoder("posts beside the opening one", read),
}

func test(docs []jsondoc.Value) string {
	if docs[0].Get("post_stream", "posts").Kind() == jsontree.Array {
		return "post_stream.posts, as Discourse gives topics"
	}
	return ""
}

// The types of posts (Post.types in app/models/post.rb of Discourse). The
// others, regular posts and those of moderators, are people talking.
const (
	smallAction = 3
	whisper     = 4
)

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	byTopic := map[string]*topic{}
	var topics []*topic
	for _, doc := range docs {
		posts := doc.Get("post_stream", "posts")
		id := doc.Get("id").ID()
		if id == "" {
			id = posts.First().Get("topic_id").ID()
		}
		t, ok := byTopic[id]
		if !ok {
			t = &topic{File: files.File(id), id: id, have: map[string]bool{}}
			byTopic[id], topics = t, append(topics, t)
		}
		t.describe(doc)
		for v := range posts.Items() {
			t.post(v)
		}
	}
	for _, t := range topics {
		missing := 0
		for _, id := range t.stream {
			if !t.have[id] {
				missing++
			}
		}
		t.More(missing, "they stand in the topic's stream of posts only")
	}
}

// topic is a topic being read.
type topic struct {
	*jsondoc.File
	id     string
	have   map[string]bool // by post ID
	stream []string        // IDs of all posts of the topic
}

func (t *topic) describe(doc jsondoc.Value) {
	m := &t.Meta
	if title := doc.Get("title").Text(); title != "" {
		m.Title = title
	}
	if n, err := strconv.Atoi(doc.Get("posts_count").ID()); err == nil && n > 0 {
		m.Declared, m.HasDeclared = n-1, true // the opening post is the article
	}
	if stream := doc.Get("post_stream", "stream"); len(t.stream) == 0 {
		for id := range stream.Items() {
			t.stream = append(t.stream, id.ID())
		}
	}
}

func (t *topic) post(v jsondoc.Value) {
	r, ok := t.Record(v)
	if !ok {
		return
	}
	t.have[r.Name("id")] = true
	c := thread.Comment{
		ID:        r.Name("post_number"),
		Parent:    r.Name("reply_to_post_number"),
		Author:    r.Str("name"),
		AuthorKey: r.Str("username"),
		Time:      r.Time(time.UTC, "created_at"),
	}
	if c.Author == "" {
		c.Author = c.AuthorKey
	}
	if r.Get("version").ID() != "1" {
		c.Edited = jsondoc.Edited(r.Time(time.UTC, "updated_at"), c.Time)
	}
	var quoted string
	c.Text, quoted = t.text(r.Str("cooked"))
	if c.ID == "1" {
		t.Meta.Article = c.Text
		return
	}
	switch {
	case c.Parent != "":
		c.Basis = thread.Declared
	case quoted != "" && quoted != c.ID:
		c.Parent, c.Basis = quoted, thread.Quoted
	}
	if c.Parent == "1" { // to answer the opening post is to answer the topic
		c.Parent, c.Basis = "", thread.NoBasis
	}
	if actions := r.Get("actions_summary"); actions.Kind() == jsontree.Array {
		c.HasScore = true // a post without likes has no entry for them
		for a := range actions.Items() {
			if a.Get("id").ID() == "2" { // "like"
				c.Score, _ = strconv.Atoi(a.Get("count").ID())
			}
		}
	}
	if kind, _ := r.Int("post_type"); kind == smallAction {
		c.Kind = thread.System
		if c.Text == "" {
			c.Text = r.Str("action_code") // "closed.enabled"
		}
	} else if kind == whisper {
		c.State = thread.Hidden
	}
	switch {
	case r.Flag("user_deleted"):
		c.State, c.Text = thread.Deleted, "" // what stands there is the software's notice
	case r.Str("deleted_at") != "":
		c.State = thread.Removed
	case r.Flag("hidden"):
		c.State = thread.Hidden
	}
	if c.AuthorKey == "system" && c.State == thread.Deleted {
		c.Author, c.AuthorKey = "", "" // it stands in for accounts that are gone
	}
	t.Add(r, c)
}

// text is the plain text of a post and the number of the post of this topic
// that it quotes first, "" where it quotes none.
func (t *topic) text(cooked string) (text, quoted string) {
	page := dom.Parse(cooked)
	for n := range page.Below(0, nil) {
		if isQuote(page, n) && quoted == "" {
			if topic := page.Get(n, "data-topic"); topic == "" || topic == t.id {
				quoted = page.Get(n, "data-post")
			}
		}
	}
	// The heading of a quotation is a picture and a name; the quoted words are
	// in a <blockquote> below it.
	heading := func(n dom.Node) bool { return page.HasClass(n, "title") && isQuote(page, page.Parent(n)) }
	return page.Text(0, heading), quoted
}

func isQuote(page *dom.Tree, n dom.Node) bool {
	return page.Tag(n) == "aside" && page.HasClass(n, "quote")
}
