// Package wikitext reads the source of talk pages of MediaWiki, as "edit" shows
// it and dumps hold it.
//
// The rules are those of package mediawiki, on lines instead of elements: a
// comment ends with a signature, that is a link to a user and at most 100
// letters later in the same line a time in the manner of signatures; its level
// is the number of colons, asterisks and number signs the line begins with; it
// answers the last comment of a lower level under the same heading. A line is a
// paragraph: two signed lines are two comments. Templates that sign for
// somebody ({{unsigned|Ann|08:12, 25 December 2021 (UTC)}}) are signatures, and
// {{outdent}} is an outdent mark. Templates are not expanded: of others what
// they say in their parameters without names is text.
//
// Each section of the second level is a thread. The source does not tell the
// title of its page.
//
// People without an account sign with their IP address, which the wiki shows to
// everybody: it is the name under which they speak. "--pseudonymize" replaces it
// as it does any name.
package wikitext

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/wiki"
)

// Format reads the source of talk pages.
var Format = &format.Format{
	Name:   "wikitext",
	Doc:    "the source (wikitext) of talk pages of Wikipedia and other MediaWiki sites, a thread for each section; IP addresses that sign are names (--pseudonymize replaces them)",
	URL:    "https://www.mediawiki.org/wiki/Help:Talk_pages",
	Sniff:  sniff,
	Decode: decode,
}

// MaxPage is how much of a page is read. MediaWiki stores two megabytes.
const MaxPage = 256 << 20

var heading = regexp.MustCompile(`^(={1,6})[ \t]*(.+?)[ \t]*(={1,6})[ \t]*$`)

func sniff(h format.Head) (format.Confidence, string) {
	if isMarkup(strings.TrimLeft(strings.TrimPrefix(string(h.Bytes[:min(len(h.Bytes), 64)]), "\uFEFF"), " \t\r\n")) {
		return format.No, "HTML or XML, not wikitext" // not worth decoding
	}
	text, _ := charset.UTF8(h.Bytes, "")
	start := strings.TrimLeft(text, " \t\r\n\uFEFF")
	switch {
	case strings.HasPrefix(start, `{"`), strings.HasPrefix(start, "[{"), strings.HasPrefix(start, "{\n"), strings.HasPrefix(start, "[\n"):
		return format.No, "JSON"
	case isMarkup(start):
		return format.No, "HTML or XML, not wikitext"
	}
	for line := range strings.Lines(text) {
		if s, ok := firstSignature(line); ok {
			return format.Certain, fmt.Sprintf("wikitext signed as on talk pages (%.60q)", line[s.start:s.end])
		}
	}
	return format.No, "no line is signed with a link to a user and a time"
}

// isMarkup tells what starts as pages and exports do.
func isMarkup(start string) bool {
	return strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<mediawiki") || strings.HasPrefix(start, "<html") ||
		strings.EqualFold(start[:min(len(start), 9)], "<!doctype")
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		raw, err := io.ReadAll(io.LimitReader(src.Reader, MaxPage+1))
		cut := len(raw) > MaxPage
		text, guessed := charset.UTF8(raw[:min(len(raw), MaxPage)], "")
		p := &page{src: src, out: out, talk: wiki.NewTalk(""), level: -1}
		if guessed != "" {
			p.note(thread.EncodingGuessed, "the encoding of the page is not told or told wrongly; it was read as "+guessed)
		}
		if cut {
			p.note(thread.Truncated, "the page is longer than 256 MiB; it was read up to there")
		}
		for c := range p.comments(text) {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, fmt.Errorf("read page: %w", err))
		}
	}
}

// page is a page being read.
type page struct {
	src   format.Source
	out   format.Sink
	talk  *wiki.Talk
	notes []thread.Diagnostic

	described bool // the current section was
	known     bool // a section was

	// The comment being read.
	lines     []string // what it says so far, in plain text; "" ends a paragraph
	level     int      // of its first line, -1 before it
	pos       thread.Pos
	outdented bool
}

func (p *page) note(code thread.Code, message string) {
	p.notes = append(p.notes, thread.Diagnostic{Code: code, Pos: thread.Pos{File: p.src.Name}, Message: message})
}

// describe says what the current section is, before its first comment.
func (p *page) describe() {
	if p.described {
		return
	}
	p.described, p.known = true, true
	s := p.talk.Section()
	p.out.Describe(s.Key, thread.Meta{ID: s.Key, Title: s.Title})
	for _, d := range p.notes {
		p.out.Report(s.Key, d)
	}
	p.notes = nil
}

var remark = regexp.MustCompile(`(?s)<!--.*?-->`)

// comments walks the comments of the page.
func (p *page) comments(text string) iter.Seq[thread.Comment] {
	return func(yield func(thread.Comment) bool) {
		// Remarks to editors are blanked, so that lines and offsets stay.
		text := remark.ReplaceAllStringFunc(text, func(s string) string {
			blank := bytes.Repeat([]byte(" "), len(s))
			for i := range len(s) {
				if s[i] == '\n' {
					blank[i] = '\n'
				}
			}
			return string(blank)
		})
		number, offset := 0, 0
		for line := range strings.Lines(text) {
			number++
			at := thread.Pos{File: p.src.Name, Line: number, Offset: int64(offset)}
			offset += len(line)
			line = strings.TrimRight(line, " \t\r\n")
			if m := heading.FindStringSubmatch(line); m != nil {
				p.leave()
				if p.talk.Rest(); min(len(m[1]), len(m[3])) <= 2 {
					title := plain(m[2])
					p.talk.Enter(strings.ReplaceAll(title, " ", "_"), title)
					p.described = false
				}
				continue
			}
			if c, ok := p.line(line, at); ok && !yield(c) {
				return
			}
		}
		p.leave()
		if !p.known {
			p.note(thread.NoComments, "no signed comments were found in this wikitext")
			p.describe()
		}
	}
}

// magic words switch parts of the page on and off.
var magic = regexp.MustCompile(`__[A-Z]{3,30}__`)

// maxAgain is how many more signatures are looked for in a signed line.
const maxAgain = 100

var outdent = regexp.MustCompile(`(?i)^\{\{\s*(?:outdent|od|undent|unindent|noindent|dedent|retour indentation|rueckung|zurückrücken)\s*(?:\|[^{}]*)?\}\}`)

// line takes a line, which ends a comment where it is signed.
func (p *page) line(line string, at thread.Pos) (c thread.Comment, ok bool) {
	body := strings.TrimLeft(line, ":*#;")
	level := len(line) - len(body)
	if body = strings.TrimSpace(magic.ReplaceAllString(body, "")); body == "" || strings.Trim(body, "-") == "" && len(body) >= 4 {
		if len(p.lines) > 0 {
			p.lines = append(p.lines, "")
		}
		return c, false
	}
	if mark := outdent.FindString(body); mark != "" {
		p.outdented = true
		if body = strings.TrimSpace(body[len(mark):]); body == "" {
			return c, false
		}
	}
	s, signed := firstSignature(body)
	says := ""
	if signed {
		// More signatures in the same line sign the same comment again.
		last := s
		c.Time = s.time
		for rest, n := s.end, 0; n < maxAgain; n++ {
			again, ok := firstSignature(body[rest:])
			if !ok {
				break
			}
			again.start, again.end = again.start+rest, again.end+rest
			if last, rest = again, again.end; again.time.UnixMilli() > c.Time.UnixMilli() {
				c.Edited = again.time
			}
		}
		says = strings.TrimRight(plain(body[:last.start]), " -–—―−~•·(")
		if after := plain(body[last.end:]); strings.ContainsFunc(after, wordRune) {
			says = strings.TrimSpace(says + " " + after)
		}
	} else if says = plain(body); says == "" {
		return c, false // a picture or a category
	}
	if p.level < 0 {
		p.level, p.pos = level, at
	}
	p.lines = append(p.lines, says)
	if !signed {
		return c, false
	}
	p.describe()
	c.Text, c.Pos = strings.TrimSpace(strings.Join(p.lines, "\n")), p.pos
	p.talk.Place(&c, min(p.level, level), p.outdented, s.user)
	p.lines, p.level, p.outdented = nil, -1, false
	return c, true
}

// leave ends a section or part of one: text that nobody signed is left out.
func (p *page) leave() {
	text := strings.Join(strings.Fields(strings.Join(p.lines, " ")), " ")
	p.lines, p.level, p.outdented = nil, -1, false
	letters := 0
	for _, r := range text {
		if wordRune(r) {
			letters++
		}
	}
	if !p.described || letters < 20 {
		return
	}
	p.out.Report(p.talk.Section().Key, thread.Diagnostic{Code: thread.AuthorMissing, Pos: p.pos,
		Message: fmt.Sprintf("text without a signature stands after the last comment of this section and is left out (%.40q)", text)})
}
