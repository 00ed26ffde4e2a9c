// Package hackernews reads items of Hacker News as its several sources give
// them out: the Firebase API and its copy in BigQuery, Algolia's items and
// search results. They name the same fields differently.
package hackernews

import (
	"fmt"
	"strconv"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/jsontree"
)

// Item is a story, comment, job, poll or option of a poll.
type Item struct {
	thread.Comment        // Thread and Parent are as in the record: Parent may be the story
	IsComment      bool   // else it opens a thread, or belongs to a poll
	IsOption       bool   // of a poll
	Title          string // of the story, where the record tells
	Declared       int64  // comments below, -1 where not told
	Kids           jsontree.Node
	problems       []thread.Diagnostic
}

// Fields of one meaning, as the sources name them. Of a comment found by a
// search, title and url are those of its story.
type fields struct {
	id, story, parent, kind, author, time, date, text, title, points, count, kids, deleted, dead jsontree.Node
}

func fieldsOf(t *jsontree.Tree, n jsontree.Node) fields {
	const no = jsontree.None
	f := fields{no, no, no, no, no, no, no, no, no, no, no, no, no, no}
	for name, v := range t.Members(n) {
		if t.Kind(v) == jsontree.Null {
			continue // search results hold the fields of all kinds of items
		}
		switch string(name) {
		case "id", "objectID":
			f.id = v
		case "story_id":
			f.story = v
		case "parent", "parent_id", "poll":
			f.parent = v
		case "type":
			f.kind = v
		case "by", "author":
			f.author = v
		case "time", "created_at_i":
			f.time = v
		case "created_at":
			f.date = v
		case "text", "comment_text", "story_text":
			f.text = v
		case "title", "story_title":
			f.title = v
		case "score", "points":
			f.points = v
		case "descendants", "num_comments":
			f.count = v
		case "kids":
			f.kids = v
		case "deleted":
			f.deleted = v
		case "dead":
			f.dead = v
		}
	}
	return f
}

// Read reads the object n, which stands at pos.
func Read(t *jsontree.Tree, n jsontree.Node, pos thread.Pos) *Item {
	f := fieldsOf(t, n)
	it := &Item{
		Comment: thread.Comment{ID: ID(t, f.id), Thread: ID(t, f.story), Parent: ID(t, f.parent), Pos: pos},
		Title:   t.Text(f.title), Declared: -1, Kids: f.kids,
	}
	kind := t.Text(f.kind)
	if it.IsOption = kind == "pollopt"; it.IsOption {
		it.Kind = thread.Post
	}
	it.IsComment = kind == "comment" || kind == "" && it.Parent != ""
	if it.ID == "" {
		it.odd(t, "id", f.id, "the item is given one")
	}
	if t.Kind(f.author) == jsontree.String {
		it.Author = t.Text(f.author)
	} else if f.author != jsontree.None {
		it.odd(t, "the author", f.author, "it stays unknown")
	}
	if t.Kind(f.text) == jsontree.String {
		it.Text = plain(t.Text(f.text))
	} else if f.text != jsontree.None {
		it.odd(t, "the text", f.text, "it is left out")
	}
	it.fate(t, f)
	it.date(t, f)
	if points, ok := t.Int(f.points); ok {
		it.Score, it.HasScore = int(points), true
	} else if f.points != jsontree.None {
		it.odd(t, "the score", f.points, "it stays unknown")
	}
	if count, ok := t.Int(f.count); ok && 0 <= count && count < 1<<31 {
		it.Declared = count
	}
	return it
}

// ID is the number n of an item, as digits; "" where n is none.
func ID(t *jsontree.Tree, n jsontree.Node) string {
	if i, ok := t.Int(n); ok && i > 0 {
		return strconv.FormatInt(i, 10)
	}
	return ""
}

// plain is a text in the little HTML that Hacker News knows: <p> between
// paragraphs, <i>, <a>, <pre><code>.
func plain(html string) string {
	page := dom.Parse(html)
	return page.Text(0, nil)
}

func (it *Item) fate(t *jsontree.Tree, f fields) {
	gone := thread.Visible
	switch it.Text {
	case "[deleted]":
		gone = thread.Deleted
	case "[dead]", "[flagged]", "[flagkilled]":
		gone = thread.Removed
	case "":
		if it.IsComment && it.Author == "" {
			gone = thread.Deleted // Algolia knows no more of it
		}
	}
	if gone != thread.Visible {
		it.Text = ""
	}
	switch {
	case t.True(f.deleted):
		it.State = thread.Deleted
	case t.True(f.dead): // by flags, filters or moderators; those who ask can read it
		it.State = thread.Removed
	default:
		it.State = gone
	}
}

// Hacker News opened in October 2006.
var (
	firstDay = time.Date(2006, 10, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

func (it *Item) date(t *jsontree.Tree, f fields) {
	var at time.Time
	if s, ok := t.Int(f.time); ok {
		at = time.Unix(s, 0).UTC()
	} else if date, err := time.Parse(time.RFC3339, t.Text(f.date)); err == nil {
		at = date
	} else if f.time == jsontree.None && f.date == jsontree.None {
		return
	}
	if at.Before(firstDay) || !at.Before(lastDay) {
		n := f.time
		if n == jsontree.None {
			n = f.date
		}
		it.problems = append(it.problems, thread.Diagnostic{
			Code: thread.UnknownDate, Pos: it.Pos, Message: fmt.Sprintf("the time is %.40q, which is none since Hacker News began; it stays unknown", t.Raw(n)),
		})
		return
	}
	it.Time = thread.At(at, thread.Second)
}

func (it *Item) odd(t *jsontree.Tree, what string, n jsontree.Node, done string) {
	value := t.Kind(n).String()
	if t.Kind(n) == jsontree.Number || t.Kind(n) == jsontree.String {
		value = fmt.Sprintf("%.40q", t.Raw(n))
	}
	it.problems = append(it.problems, thread.Diagnostic{
		Code: thread.BadRecord, Severity: thread.Repaired, Pos: it.Pos, Message: fmt.Sprintf("%s is %s; %s", what, value, done),
	})
}

// Cut says that the input ends inside the record: what is not there may have
// been given.
func (it *Item) Cut() {
	if it.State == thread.Deleted {
		it.State = thread.Visible
	}
	it.problems = append(it.problems, thread.Diagnostic{
		Code: thread.Truncated, Severity: thread.Repaired, Pos: it.Pos, Message: "the input ends inside the record of this item; what there is of it is kept",
	})
}

// Report passes on what was odd about the record, to the thread of the item.
func (it *Item) Report(out format.Sink) {
	for _, d := range it.problems {
		d.Comment = it.ID
		out.Report(it.Thread, d)
	}
}

// Meta describes the thread that an item which is no comment opens.
func (it *Item) Meta() thread.Meta {
	m := Unnamed(it.ID)
	m.Title, m.Article = it.Title, it.Text
	if it.Declared >= 0 {
		m.Declared, m.HasDeclared = int(it.Declared), true
	}
	return m
}

// Unnamed describes the thread with the given ID, of which no more is known.
func Unnamed(id string) thread.Meta {
	m := thread.Meta{ID: id}
	if id != "" {
		m.URL = "https://news.ycombinator.com/item?id=" + id
	}
	return m
}
