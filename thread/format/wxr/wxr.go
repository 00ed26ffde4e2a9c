// Package wxr reads the exports of WordPress ("WordPress eXtended RSS").
package wxr

import (
	"fmt"
	"html"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/wp"
	"threadheat/thread/internal/xmltok"
)

// Format reads WordPress exports: each post or page with comments is a thread.
// It holds one comment in memory at a time. E-mail addresses, IP addresses and
// browsers of commenters are not read.
var Format = &format.Format{
	Name:   "wxr",
	Doc:    "WordPress exports (WXR 1.0 to 1.2); each post with comments is a thread",
	URL:    "https://wordpress.org/documentation/article/tools-export-screen/",
	Sniff:  sniff,
	Decode: decode,
}

var namespace = regexp.MustCompile(`["']https?://wordpress\.org/export/1\.\d+/["']`)

func sniff(h format.Head) (format.Confidence, string) {
	head := xmltok.Head(h.Bytes)
	if !strings.HasPrefix(strings.TrimSpace(head), "<") {
		return format.No, "not XML"
	}
	if !strings.Contains(head, "wordpress.org/export/1.") {
		return format.No, "XML without the namespace of WordPress exports"
	}
	if m := namespace.FindString(head); m != "" && strings.Contains(head, "<rss") {
		return format.Certain, "an RSS feed in the namespace " + m
	}
	return format.No, "XML without the namespace of WordPress exports"
}

// breaks are the elements inside which no text goes on.
var breaks = []string{"rss", "channel", "item", "wp:comment", "wp:commentmeta", "wp:postmeta"}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		d := decoder{x: xmltok.NewReader(src.Reader), src: src, out: out, yield: yield}
		for !d.stopped && d.x.Next() {
			d.token()
		}
		if d.stopped {
			return
		}
		d.endItem()
		if !d.stopped {
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

	items, threads int
	item           *item
	comment        *comment
	inMeta         bool
}

// item is a post. Only what is needed of it is kept.
type item struct {
	key                      string
	title, link, id, article string
	comments                 int
}

// comment is a comment as the file has it.
type comment struct {
	line                                              int
	id, parent, author, user, date, gmt, text, ok, is string
}

func (d *decoder) token() {
	x := d.x
	switch {
	case x.Kind == xmltok.End:
		switch x.Name {
		case "wp:comment":
			d.endComment()
		case "item":
			d.endItem()
		case "wp:commentmeta", "wp:postmeta":
			d.inMeta = false
		}
	case x.Kind != xmltok.Start:
	case x.Name == "item":
		d.endItem()
		d.items++
		d.item = &item{key: "item " + strconv.Itoa(d.items)}
		d.inMeta = false
	case x.Name == "wp:comment":
		d.endComment()
		if d.item == nil { // a comment outside of any item is still one
			d.items++
			d.item = &item{key: "item " + strconv.Itoa(d.items)}
		}
		d.comment, d.inMeta = &comment{line: x.Line}, false
	case x.Name == "wp:commentmeta" || x.Name == "wp:postmeta":
		d.inMeta = true
	case d.inMeta:
	case d.comment != nil:
		if f := d.comment.field(x.Name); f != nil {
			*f = x.Content(breaks)
		}
	case d.item != nil:
		if f := d.item.field(x.Name); f != nil {
			*f = x.Content(breaks)
		}
	}
}

func (c *comment) field(name string) *string {
	switch name {
	case "wp:comment_id":
		return &c.id
	case "wp:comment_parent":
		return &c.parent
	case "wp:comment_author":
		return &c.author
	case "wp:comment_user_id":
		return &c.user
	case "wp:comment_date":
		return &c.date
	case "wp:comment_date_gmt":
		return &c.gmt
	case "wp:comment_content":
		return &c.text
	case "wp:comment_approved":
		return &c.ok
	case "wp:comment_type":
		return &c.is
	}
	return nil
}

func (i *item) field(name string) *string {
	switch name {
	case "title":
		return &i.title
	case "link":
		return &i.link
	case "wp:post_id":
		return &i.id
	case "content:encoded":
		return &i.article
	}
	return nil
}

// endComment hands the open comment on.
func (d *decoder) endComment() {
	raw := d.comment
	if raw == nil || d.stopped {
		return
	}
	d.comment = nil
	d.item.comments++
	c := thread.Comment{
		Thread: d.item.key,
		ID:     strings.TrimSpace(raw.id),
		Author: html.UnescapeString(strings.TrimSpace(raw.author)),
		Text:   plain(raw.text),
		Pos:    thread.Pos{File: d.src.Name, Line: raw.line},
	}
	if user := strings.TrimSpace(raw.user); user != "" && user != "0" {
		c.AuthorKey = user
	}
	if parent := strings.TrimSpace(raw.parent); parent != "" && parent != "0" {
		c.Parent, c.Basis = parent, thread.Declared
	}
	c.Kind, c.State = wp.Kind(raw.is), wp.State(raw.ok)
	var odd string
	c.Time, odd = wp.Time(raw.date, raw.gmt, d.src.Zone)
	if odd != "" {
		d.out.Report(c.Thread, thread.Diagnostic{Code: thread.UnknownDate, Comment: c.ID, Pos: c.Pos, Message: fmt.Sprintf("the date %q of the comment %q is none; it was left out", odd, c.ID)})
	}
	if !d.yield(c, nil) {
		d.stopped = true
	}
}

// endItem describes the open item, if it has comments.
func (d *decoder) endItem() {
	d.endComment()
	i := d.item
	d.item = nil
	if i == nil || i.comments == 0 || d.stopped {
		return
	}
	d.threads++
	m := thread.Meta{
		ID:      strings.TrimSpace(i.id),
		Title:   html.UnescapeString(strings.TrimSpace(i.title)),
		URL:     strings.TrimSpace(i.link),
		Article: plain(i.article),
	}
	if m.ID == "" {
		m.ID = i.key
	}
	d.out.Describe(i.key, m)
}

// finish says what is to be said of the file as a whole: beside its last
// thread, or beside one without comments that stands for the file.
func (d *decoder) finish() {
	key := "item " + strconv.Itoa(d.items)
	if d.threads == 0 {
		key = ""
		d.out.Describe(key, thread.Meta{})
		d.out.Report(key, thread.Diagnostic{Code: thread.NoComments, Message: fmt.Sprintf("none of the %d items of the export has comments", d.items)})
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

// blocks are the elements beside whose tags a line feed breaks nothing.
var blocks = map[string]bool{
	"p": true, "div": true, "ul": true, "ol": true, "li": true, "blockquote": true, "pre": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"table": true, "thead": true, "tbody": true, "tr": true, "td": true, "th": true, "figure": true, "hr": true,
}

// plain is the text of a comment or article as WordPress stores it: HTML in
// which line feeds break lines and blank lines part paragraphs.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	pre, before, blank := false, "", false
	for line := range strings.Lines(s) {
		trimmed := strings.TrimSpace(line)
		switch {
		case pre:
		case trimmed == "":
			blank = true
			continue
		case before == "" || blocks[lastTag(before)] || blocks[firstTag(trimmed)]:
			b.WriteByte('\n')
		case blank:
			b.WriteString("<br><br>")
		default:
			b.WriteString("<br>")
		}
		b.WriteString(line)
		before, blank = trimmed, false
		if at := strings.LastIndex(line, "<pre"); at >= 0 {
			pre = true
			line = line[at:]
		}
		pre = pre && !strings.Contains(line, "</pre>")
	}
	return dom.Parse(b.String()).Text(0, nil)
}

// firstTag is the name of the tag that s begins with, "" where it is text.
func firstTag(s string) string {
	if s == "" || s[0] != '<' {
		return ""
	}
	name := strings.TrimPrefix(s[1:], "/")
	end := 0
	for end < len(name) && end < 16 && (name[end]|0x20 >= 'a' && name[end]|0x20 <= 'z' || name[end] >= '0' && name[end] <= '9') {
		end++
	}
	return strings.ToLower(name[:end])
}

// lastTag is the name of the tag that s ends with.
func lastTag(s string) string {
	at := strings.LastIndexByte(s, '<')
	if at < 0 || s[len(s)-1] != '>' {
		return ""
	}
	return firstTag(s[at:])
}
