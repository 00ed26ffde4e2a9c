// Package text reads pages that were saved or extracted as plain text: what
// lynx, w3m, elinks, html2text, pandoc, Resiliparse and a browser's "save as text"
// leave of a blog post and the comments below it.
//
// A page is read in five steps, a file each: lines and list markers (lines.go),
// headers such as "2. Alice says:" (header.go), the gate that tells comments from
// teasers, footnotes and quotations (section.go), lists of which names and dates
// are lost (list.go), and the texts and the tree (tree.go). article.go takes what
// stands above. All steps look at each line a bounded number of times.
//
// Text is a lossy last resort: where the HTML of a page is at hand, that should
// be read instead.
package text

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/columns"
	"threadheat/thread/internal/dates"
)

// Format is plain text of a page with comments. IDs are list paths: "2.1" is
// the first reply to the second comment.
var Format = &format.Format{
	Name:   "text",
	Doc:    "a web page with comments, saved or extracted as plain text",
	Sniff:  sniff,
	Any:    true,
	Decode: decode,
}

// sniff tells text from markup, data and binary. Any text is possibly a page;
// one in which comments are found is likely one.
func sniff(head format.Head) (format.Confidence, string) {
	b := head.Bytes
	if len(b) == 0 {
		return format.Possible, "empty"
	}
	if why := refuse(b); why != "" {
		return format.No, why
	}
	text, _ := charset.UTF8(b, "")
	lines, _ := tidy(split(text))
	s := gate(lines, scan(lines))
	switch n := len(s.heads); {
	case n > 0 && s.known:
		return format.Likely, fmt.Sprintf("text with %d comment headers below a heading that counts %d", n, s.count)
	case n > 0:
		return format.Likely, fmt.Sprintf("text with %d comment headers such as %q", n, shorten(s.heads[0].name))
	}
	if columns.IsTable([]byte(text)) {
		return format.No, "a table"
	}
	return format.Possible, "text without signs of comments"
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}

// markup are the beginnings of inputs that other formats read.
var markup = []string{"<!doctype", "<html", "<head", "<body", "<?xml", "<rss", "<feed", "<!--", "<meta", "<script", "<div", "<article", "<section", "<ol", "<ul", "<li", "<main", "<p>", "<p ", "<title", "<h1", "<h2", "<table", "<span", "<style", "<link", "<header", "<nav", "<a href", "<br", "<blockquote", "<form", "<img", "<center", "<font"}

// refuse tells why b is no text, "" where it is.
func refuse(b []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 4096)], []byte("\xEF\xBB\xBF")), " \t\r\n")
	low := strings.ToLower(string(start[:min(len(start), 16)]))
	for _, m := range markup {
		if strings.HasPrefix(low, m) {
			return fmt.Sprintf("markup: it starts with %q", m)
		}
	}
	wide := bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF"))
	if !wide {
		// A stray NUL in a name does not make a page binary; many do.
		control := 0
		for _, c := range b {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B || c == 0x7F {
				control++
			}
		}
		if control > len(b)/20 || control > 8 && control > len(b)/200 {
			return fmt.Sprintf("binary: %d control characters in the first %d bytes", control, len(b))
		}
	}
	if len(start) > 0 && (start[0] == '{' || start[0] == '[') {
		if next := bytes.TrimLeft(start[1:], " \t\r\n"); len(next) > 0 && (next[0] == '"' || next[0] == '{' || start[0] == '[' && next[0] == '[' || next[0] == '}') {
			return "data: it starts like JSON"
		}
	}
	return ""
}

// maxSize is how much of a text is read, as of a page. Indentation takes most of
// a text whose replies go thousands of levels deep.
const maxSize = 256 << 20

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		// The gate needs the whole page before the first comment is sure.
		b, err := format.ReadAll(src, maxSize)
		if len(b) > maxSize {
			b = b[:maxSize]
			out.Report("", thread.Diagnostic{
				Code: thread.Truncated, Pos: thread.Pos{File: src.Name},
				Message: "the text is longer than 256 MiB; it was read up to there",
			})
		}
		text, guessed := charset.UTF8(b, "")
		if guessed != "" {
			out.Report("", thread.Diagnostic{
				Code: thread.EncodingGuessed, Severity: thread.Repaired, Pos: thread.Pos{File: src.Name},
				Message: fmt.Sprintf("the bytes are not all valid UTF-8; they were read as %s", guessed),
			})
		}
		lines, numbers := tidy(split(text))
		line := func(k int) int {
			if numbers != nil {
				k = numbers[k]
			}
			return k + 1
		}
		s := gate(lines, scan(lines))
		describe(lines, s, src, out)
		bodies := make([]content, len(s.heads))
		for i, h := range s.heads {
			bodies[i] = readBody(lines, h)
		}
		d := newDater(bodies, src.Options)
		t := newTree()
		for i, h := range s.heads {
			id, parent := t.add(h.marker)
			body := bodies[i]
			c := thread.Comment{
				ID: id, Parent: parent, Author: author(h, &body, s.scored), Text: body.text, Kind: h.kind, State: stateOf(body),
				Pos: thread.Pos{File: src.Name, Line: line(h.first)},
			}
			if parent != "" {
				c.Basis = thread.Nested
			}
			c.Time = d.stamp(body.date, c, out)
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, err)
		}
	}
}

// describe tells what is known of the page beside its comments.
func describe(lines []string, s section, src format.Source, out format.Sink) {
	title, article := titleAndArticle(lines[:s.started])
	out.Describe("", thread.Meta{Title: title, Article: article, Declared: s.count, HasDeclared: s.known})
	at := thread.Pos{File: src.Name}
	if len(s.heads) == 0 {
		out.Report("", thread.Diagnostic{Code: thread.NoComments, Pos: at, Message: "no comments were found in this text"})
	}
	if s.pager {
		out.Report("", thread.Diagnostic{Code: thread.MoreComments, Pos: at, Message: "the page links to earlier or later comments on other pages, which are not in the input"})
	}
}

// dater reads the dates of one page alike.
type dater struct{ options dates.Options }

var orders = map[format.DateOrder]dates.Order{format.DMY: dates.DMY, format.MDY: dates.MDY, format.YMD: dates.YMD}

func newDater(bodies []content, o format.Options) dater {
	d := dater{dates.Options{Base: o.Base, Zone: o.Zone, Order: orders[o.DateOrder]}}
	if d.options.Order == dates.Auto {
		var all []string
		for _, c := range bodies {
			if c.date != "" {
				all = append(all, c.date)
			}
		}
		d.options.Order = dates.InferOrder(all)
	}
	return d
}

// stamp reads the date of a comment.
func (d dater) stamp(s string, c thread.Comment, out format.Sink) thread.Stamp {
	if s == "" {
		return thread.Stamp{}
	}
	report := func(code thread.Code, format string, args ...any) {
		out.Report("", thread.Diagnostic{Code: code, Comment: c.ID, Pos: c.Pos, Message: fmt.Sprintf(format, args...)})
	}
	m, ok := dates.Parse(s, d.options)
	switch {
	case !ok:
		if m, ok = dates.Find(s, d.options); !ok {
			report(thread.UnknownDate, "the date %q could not be read", s)
		}
	case m.Relative && m.Stamp.IsZero():
		report(thread.UnknownDate, "the date %q needs the time at which the page was saved", s)
	case m.Ambiguous:
		report(thread.AmbiguousDate, "day and month of %q could be the other way round; it was read as %s", s, m.Stamp)
	}
	return m.Stamp
}
