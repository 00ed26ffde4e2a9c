// Package mastodon reads what stands around a status of Mastodon and its kin,
// as their interface gives it ("/api/v1/statuses/1/context").
package mastodon

import (
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsondoc"
	"threadheat/thread/internal/jsontree"
)

// Format reads contexts. A context leaves out the very status it was asked for:
// where nothing stands above that, it is the article and its answers are
// top-level; else it keeps its place as a missing comment. The score is the
// favourites, the author's key the full account name. A file is held in memory
// as a whole.
var Format = &format.Format{
	Name:   "mastodon",
	Doc:    "Mastodon thread contexts (JSON)",
	URL:    "https://docs.joinmastodon.org/methods/statuses/#context",
	Sniff:  jsondoc.Sniffer("a Mastodon context", []string{`"ancestors"`, `"descendants"`}, test),
	Decode: jsondoc.Decoder("descendants or ancestors", read),
}

func test(docs []jsondoc.Value) string {
	above, below := docs[0].Get("ancestors"), docs[0].Get("descendants")
	if above.Kind() != jsontree.Array {
		return ""
	}
	for _, list := range []jsondoc.Value{above, below} {
		if list.Len() > 0 && !list.First().Has("account", "content") {
			return ""
		}
	}
	return "ancestors and descendants, as Mastodon gives contexts"
}

func read(docs []jsondoc.Value, files *jsondoc.Files) {
	for _, doc := range docs {
		// The first descendant answers the status that was asked for.
		asked := doc.Get("descendants").First().Get("in_reply_to_id").ID()
		article := asked
		if top := doc.Get("ancestors").First(); top.Kind() != jsontree.Null {
			article = top.Get("id").ID()
			if up := top.Get("in_reply_to_id").ID(); up != "" {
				article = "" // it is not here; what answers it says so
			}
		}
		c := context{File: files.File(article), article: article, known: map[string]bool{article: true}}
		c.takeAll(doc.Get("ancestors"))
		if !c.known[asked] && asked != "" && c.last != nil {
			above := c.lastID
			if above == article {
				above = ""
			}
			c.Missing(c.last, thread.Comment{ID: asked, Parent: above, Basis: basis(above)})
		}
		c.takeAll(doc.Get("descendants"))
	}
}

// context is a context being read.
type context struct {
	*jsondoc.File
	article string // ID of the status at the top, "" where it is not known
	known   map[string]bool
	last    *jsondoc.Record // the lowest ancestor
	lastID  string
}

func (x *context) takeAll(list jsondoc.Value) {
	for v := range list.Items() {
		if r, ok := x.Record(v); ok {
			x.take(r)
		}
	}
}

func (x *context) take(r *jsondoc.Record) {
	c := thread.Comment{
		ID:        r.Name("id"),
		Parent:    r.Name("in_reply_to_id"),
		Author:    r.Str("account", "display_name"),
		AuthorKey: r.Str("account", "acct"),
		Time:      r.Time(time.UTC, "created_at"),
		Text:      r.HTML("content"),
	}
	x.known[c.ID] = true
	x.last, x.lastID = r, c.ID
	if c.Author == "" {
		c.Author = c.AuthorKey
	}
	c.Edited = jsondoc.Edited(r.Time(time.UTC, "edited_at"), c.Time)
	c.Score, c.HasScore = r.Int("favourites_count")
	if warning := r.Str("spoiler_text"); warning != "" {
		c.Text = warning + "\n\n" + c.Text
	}
	if c.ID == x.article && c.ID != "" {
		x.Meta.Article, x.Meta.URL = c.Text, r.Str("url")
		return
	}
	if c.Parent == x.article {
		c.Parent = ""
	}
	c.Basis = basis(c.Parent)
	x.Add(r, c)
}

func basis(parent string) thread.Basis {
	if parent == "" {
		return thread.NoBasis
	}
	return thread.Declared
}
