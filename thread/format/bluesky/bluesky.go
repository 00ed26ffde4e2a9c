// Package bluesky reads threads of Bluesky as its interface gives them
// ("app.bsky.feed.getPostThread").
package bluesky

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads threads. The post at the top is the article, unless it answers
// another. A post that was not found is missing, one behind a block is
// removed; both keep their place. People are told apart by their DID, for
// handles and names change. The time is the one the writer's program gave, or
// that of the server where that is earlier, as Bluesky itself sorts; the score
// is the likes. A file is held in memory as a whole.
var Format = &format.Format{
	Name:   "bluesky",
	Doc:    "Bluesky post threads (JSON)",
	URL:    "https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread",
	Sniff:  jsondoc.Sniffer("a Bluesky thread", []string{`"thread"`, `"at://`}, test),
	Decode: jsondoc.Decoder("posts beside the one at the top", read),
}

// The types of the nodes of a thread.
const (
	prefix   = "app.bsky.feed.defs#"
	notFound = prefix + "notFoundPost"
	blocked  = prefix + "blockedPost"
)

func test(docs []jsondoc.Value) string {
	t := docs[0].Get("thread")
	switch kind := t.Get("$type").Text(); {
	case strings.HasPrefix(kind, prefix):
		return "thread.$type is " + kind
	case t.Get("post").Has("uri", "author", "record"):
		return "thread.post with uri, author and record, as Bluesky gives threads"
	}
	return ""
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		// The chain of posts above the one that was asked for, innermost first.
		var chain []jsondoc.Value
		for v := doc.Get("thread"); v.Kind() != jsontree.Null; v = v.Get("parent") {
			chain = append(chain, v)
		}
		if len(chain) == 0 {
			continue
		}
		top := chain[len(chain)-1]
		t := reader{File: files.File(uri(top))}
		if top.Get("post", "record").Kind() == jsontree.Object && top.Get("post", "record", "reply").Kind() == jsontree.Null {
			t.article = uri(top)
		}
		above := ""
		for i := len(chain) - 1; i > 0; i-- {
			above = t.take(chain[i], above)
		}
		t.walk(chain[0], above)
		t.More(t.missing, "the counts of replies tell")
	}
}

func uri(v jsondoc.Value) string {
	if u := v.Get("post", "uri").Text(); u != "" {
		return u
	}
	return v.Get("uri").Text()
}

// reader is a thread being read.
type reader struct {
	*jsondoc.File
	article string // URI of the post at the top, "" where that is a comment
	missing int
}

// node is a place in the thread that is still to be read.
type node struct {
	v     jsondoc.Value
	above string // URI of the post that it stands under
}

// walk reads top and what is below it, in document order.
func (t *reader) walk(top jsondoc.Value, above string) {
	stack := []node{{top, above}}
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		id := t.take(at.v, at.above)
		first, replies := len(stack), 0
		for r := range at.v.Get("replies").Items() {
			stack = append(stack, node{r, id})
			replies++
		}
		slices.Reverse(stack[first:])
		if n, err := strconv.Atoi(at.v.Get("post", "replyCount").ID()); err == nil {
			t.missing += max(n-replies, 0)
		}
	}
}

// take adds the post of a node and returns its URI.
func (t *reader) take(v jsondoc.Value, above string) string {
	at, ok := t.Record(v)
	if !ok {
		return above
	}
	id := uri(v)
	c := thread.Comment{ID: id, Parent: above}
	if post := v.Get("post"); post.Kind() != jsontree.Null {
		r, ok := t.Record(post)
		if !ok {
			return above
		}
		t.post(r, &c)
		if id == t.article && id != "" {
			t.Meta.Article, t.Meta.URL = c.Text, webURL(r)
			return id
		}
		if c.Parent == t.article && t.article != "" {
			c.Parent, c.Basis = "", thread.NoBasis
		}
		t.Add(r, c)
		return id
	}
	if c.Parent == t.article {
		c.Parent = ""
	}
	if c.Parent != "" {
		c.Basis = thread.Nested
	}
	if at.Str("$type") == blocked || at.Flag("blocked") {
		c.State, c.AuthorKey = thread.Removed, at.Str("author", "did")
		t.Add(at, c)
	} else if at.Str("$type") == notFound || at.Flag("notFound") {
		t.Missing(at, c)
	} else {
		t.Add(at, c)
	}
	return id
}

// post fills in what the view of a post says.
func (t *reader) post(r *jsondoc.Record, c *thread.Comment) {
	parent := r.Str("record", "reply", "parent", "uri")
	switch {
	case parent != "":
		c.Parent, c.Basis = parent, thread.Declared
	case c.Parent != "":
		c.Basis = thread.Nested
	}
	c.Author, c.AuthorKey = r.Str("author", "displayName"), r.Str("author", "did")
	if c.Author == "" {
		c.Author = r.Str("author", "handle")
	}
	c.Time = r.Time(time.UTC, "record", "createdAt")
	if indexed := r.Time(time.UTC, "indexedAt"); c.Time.IsZero() || !indexed.IsZero() && indexed.UnixMilli() < c.Time.UnixMilli() {
		c.Time = indexed
	}
	c.Text = r.Str("record", "text")
	c.Score, c.HasScore = r.Int("likeCount")
}

// webURL is the page of a post, "" where its parts are not known.
func webURL(r *jsondoc.Record) string {
	handle, u := r.Get("author", "handle").Text(), r.Get("uri").Text()
	if handle == "" || !strings.Contains(u, "/") {
		return ""
	}
	return "https://bsky.app/profile/" + handle + "/post/" + u[strings.LastIndexByte(u, '/')+1:]
}
