// Package disqus reads the XML in which Disqus exports the comments of a site.
package disqus

import (
	"fmt"
	"html"
	"iter"
	"regexp"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/byline"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/xmltok"
)

// Format reads Disqus exports. Posts stand in them in order of time, whatever
// thread they belong to. E-mail and IP addresses are not read.
var Format = &format.Format{
	Name:        "disqus",
	Doc:         "Disqus exports (XML); each page with comments is a thread",
	URL:         "https://help.disqus.com/en/articles/1717164-comments-export",
	Sniff:       sniff,
	Interleaved: true,
	Listed:      true,
	Decode:      decode,
}

var namespace = regexp.MustCompile(`<disqus\b[^>]*\bxmlns=["']https?://(?:www\.)?disqus\.com/?["']`)

func sniff(h format.Head) (format.Confidence, string) {
	head := xmltok.Head(h.Bytes)
	if !strings.HasPrefix(strings.TrimSpace(head), "<") {
		return format.No, "not XML"
	}
	if namespace.MatchString(head) {
		return format.Certain, "<disqus> in the namespace of Disqus"
	}
	return format.No, "XML without <disqus>"
}

// breaks are the elements inside which no text goes on.
var breaks = []string{"disqus", "thread", "post", "author", "category"}

// element is a thread or post as the file has it.
type element struct {
	line                      int
	id, thread, parent        string
	title, link, message      string
	created, deleted, spam    string
	name, username, anonymous string
	inAuthor                  bool
}

func (e *element) field(name string) *string {
	if e.inAuthor {
		switch name {
		case "name":
			return &e.name
		case "username":
			return &e.username
		case "isanonymous":
			return &e.anonymous
		}
		return nil
	}
	switch name {
	case "title":
		return &e.title
	case "link":
		return &e.link
	case "message":
		return &e.message
	case "createdat":
		return &e.created
	case "isdeleted":
		return &e.deleted
	case "isspam":
		return &e.spam
	}
	return nil
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		d := decoder{x: xmltok.NewReader(src.Reader), src: src, out: out, yield: yield}
		for !d.stopped && d.x.Next() {
			d.token()
		}
		if d.end(); !d.stopped {
			d.finish()
		}
	}
}

// decoder reads one export.
type decoder struct {
	x       *xmltok.Reader
	src     format.Source
	out     format.Sink
	yield   func(thread.Comment, error) bool
	stopped bool // the receiver has had enough

	threads int    // described by the file
	posts   int    // read so far
	last    string // thread of the last of them
	open    *element
	post    bool // open is a post
}

func (d *decoder) token() {
	x, e := d.x, d.open
	switch {
	case x.Kind == xmltok.End:
		switch x.Name {
		case "author":
			if e != nil {
				e.inAuthor = false
			}
		case "post":
			d.end()
		case "thread": // or the reference of a post to its thread, if it is not written <thread/>
			if !d.post {
				d.end()
			}
		}
	case x.Kind != xmltok.Start:
	case x.Name == "post":
		d.end()
		d.open, d.post = &element{line: x.Line, id: id(x)}, true
	case x.Name == "thread" && d.post && e != nil && e.thread == "":
		e.thread = id(x)
	case x.Name == "thread":
		d.end()
		d.open, d.post = &element{line: x.Line, id: id(x)}, false
	case e == nil:
	case x.Name == "parent":
		e.parent = id(x)
	case x.Name == "author":
		e.inAuthor = true
	default:
		if f := e.field(x.Name); f != nil {
			*f = strings.TrimSpace(x.Content(breaks))
		}
	}
}

// id is the dsq:id of an element.
func id(x *xmltok.Reader) string {
	for key, value := range x.Attributes() {
		if strings.HasSuffix(key, ":id") {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// end takes the open element as it is.
func (d *decoder) end() {
	e := d.open
	d.open = nil
	switch {
	case e == nil || d.stopped:
	case d.post:
		d.endPost(e)
	default:
		m := thread.Meta{ID: e.id, Title: html.UnescapeString(e.title), URL: e.link, Article: dom.Parse(e.message).Text(0, nil)}
		d.threads++
		d.out.Describe(e.id, m)
	}
}

func (d *decoder) endPost(e *element) {
	d.posts++
	d.last = e.thread
	c := thread.Comment{
		Thread: e.thread, ID: e.id, Parent: e.parent, Author: byline.Public(html.UnescapeString(e.name)),
		Text: dom.Parse(e.message).Text(0, nil), Pos: thread.Pos{File: d.src.Name, Line: e.line},
	}
	if e.parent != "" {
		c.Basis = thread.Declared
	}
	if e.anonymous != "true" {
		c.AuthorKey = e.username
		if c.Author == "" {
			c.Author = e.username
		}
	}
	switch {
	case e.spam == "true":
		c.State = thread.Removed
	case e.deleted == "true":
		c.State = thread.Deleted
	}
	if t, err := time.Parse(time.RFC3339, e.created); err == nil && t.Year() >= 1980 && t.Year() <= 2100 {
		c.Time = thread.At(t, thread.Second)
	} else if e.created != "" {
		d.out.Report(c.Thread, thread.Diagnostic{Code: thread.UnknownDate, Comment: c.ID, Pos: c.Pos, Message: fmt.Sprintf("the date %q of the comment %q is none; it was left out", e.created, c.ID)})
	}
	if !d.yield(c, nil) {
		d.stopped = true
	}
}

// finish says what is to be said of the file as a whole: beside its last
// thread, or beside one without comments that stands for the file.
func (d *decoder) finish() {
	key := d.last
	if d.posts == 0 {
		d.out.Describe(key, thread.Meta{})
		d.out.Report(key, thread.Diagnostic{Code: thread.NoComments, Message: fmt.Sprintf("none of the %d threads of the export has comments", d.threads)})
	}
	pos := thread.Pos{File: d.src.Name, Line: d.x.Line}
	if g := d.x.Guessed(); g != "" {
		d.out.Report(key, thread.Diagnostic{Code: thread.EncodingGuessed, Pos: pos, Message: "the encoding is not told or told wrongly; the file was read as " + g})
	}
	if err := d.x.Err(); err != nil {
		d.yield(thread.Comment{}, fmt.Errorf("line %d: %w", d.x.Line, err))
	} else if cut := d.x.Cut(); cut != "" {
		d.out.Report(key, thread.Diagnostic{Code: thread.Truncated, Pos: pos, Message: cut})
	}
}
