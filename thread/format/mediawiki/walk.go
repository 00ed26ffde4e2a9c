package mediawiki

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
)

// found is a comment before it has a place.
type found struct {
	start     dom.Node // of the text
	signed    dom.Node // where the last signature starts
	tail      string   // what stands after the last time in the same text
	rest, end dom.Node // what follows it in the same paragraph
	level     int32    // 0 where it is not indented
	user      string
	time      thread.Stamp
	edited    thread.Stamp
	outdented bool // an outdent mark stands before it
}

// find walks the comments of the page and enters its sections on the way.
func (p *page) find() iter.Seq[found] {
	return func(yield func(found) bool) {
		t, stop := p.t, p.t.End(p.root)
		top := p.topLevel()
		free := p.root + 1   // what no comment has taken yet starts here
		last := dom.Node(-1) // the last time of a signature
		for n := free; n < stop; {
			if !t.IsText(n) {
				switch level := headingLevel(t.Tag(n)); {
				case level > 0 && !p.silent(n):
					p.leave(free, n)
					if p.talk.Rest(); level <= top {
						p.enter(n)
					}
					free = p.afterHeading(n)
					n = t.End(n)
				case p.silent(n):
					n = t.End(n)
				default:
					n++
				}
				continue
			}
			sig, ok := p.timeAt(n)
			if !ok {
				n++
				continue
			}
			who := p.signer(n, last)
			if who.user == "" {
				n++ // a time that somebody quotes
				continue
			}
			f := found{user: who.user, time: sig.stamp}
			f.start, f.outdented = p.nextLeaf(free)
			f.start = min(f.start, who.from) // a signature in what separates comments signs nothing else
			f.signed, f.level = who.from, min(p.level[f.start], p.level[n])
			last = sig.last
			p.restOfParagraph(&f, &sig, &last)
			free, n = f.end, last+1
			if !yield(f) {
				return
			}
		}
		p.leave(free, stop)
	}
}

// topLevel is the level of the headings that start threads: the second, or that
// of the highest heading where no such is on the page.
func (p *page) topLevel() int {
	top := 7
	for n := p.root + 1; n < p.t.End(p.root); {
		if p.silent(n) {
			n = p.t.End(n)
			continue
		}
		if level := headingLevel(p.t.Tag(n)); level > 0 {
			top = min(top, level)
		}
		n++
	}
	return max(top, 2)
}

// headingLevel is 1 to 6, 0 for what is no heading.
func headingLevel(tag string) int {
	if len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6' {
		return int(tag[1] - '0')
	}
	return 0
}

// afterHeading is what follows a heading and the box that newer versions draw
// around it.
func (p *page) afterHeading(n dom.Node) dom.Node {
	if up := p.t.Parent(n); p.t.HasClass(up, "mw-heading") {
		return p.t.End(up)
	}
	return p.t.End(n)
}

// silent tells that no comment begins or ends in n: contents, quotations,
// references, and what the wiki marks so.
func (p *page) silent(n dom.Node) bool {
	t := p.t
	switch t.Tag(n) {
	case "#text":
		return false
	case "blockquote", "cite", "q", "script", "style":
		return true
	}
	return t.Match(n, silent)
}

var silent = dom.Select("#toc, .toc, .mw-notalk, .references")

// noise tells that n is put beside comments by the software: links to edit, to
// reply, to follow.
func (p *page) noise(n dom.Node) bool {
	if p.t.IsText(n) {
		return false
	}
	for c := range p.t.Classes(n) {
		if c == "mw-editsection" || c == "mw-notalk" || strings.HasPrefix(c, "ext-discussiontools-init-replylink") ||
			strings.HasPrefix(c, "ext-discussiontools-init-section-") || strings.HasPrefix(c, "ext-discussiontools-emptystate") {
			return true
		}
	}
	return false
}

// nextLeaf is the first thing at or after n that a reader sees and that is no
// separator between comments, and whether an outdent mark was passed.
func (p *page) nextLeaf(n dom.Node) (leaf dom.Node, outdented bool) {
	t, stop := p.t, p.t.End(p.root)
	for n < stop {
		switch {
		case t.IsText(n):
			switch raw := t.Raw(n); {
			case strings.HasPrefix(strings.TrimSpace(raw), "┌─"):
				outdented = true // the mark as old templates draw it
			case strings.TrimFunc(raw, unicode.IsSpace) != "":
				return n, outdented
			}
			n++
		case p.separates(n) || p.noise(n) || t.Hidden(n):
			outdented = outdented || t.HasClass(n, "outdent-template")
			n = t.End(n)
		case t.Tag(n) == "img" || t.Tag(n) == "input":
			return n, outdented
		default:
			n++
		}
	}
	return stop - 1, outdented
}

// separates tells that n stands between comments and is part of none.
func (p *page) separates(n dom.Node) bool {
	t := p.t
	switch t.Tag(n) {
	case "#text":
		return false
	case "br", "hr":
		return true
	case "dl":
		// A term alone ("; Votes") is a heading for people who like it small.
		return n+1 < t.End(n) && t.Tag(n+1) == "dt" && t.End(n+1) == t.End(n)
	}
	return t.HasClass(n, "mw-notalk") || t.HasClass(n, "outdent-template") || t.HasClass(n, "mw-trackedTemplate")
}

// restOfParagraph takes what follows a signature in its paragraph to the same
// comment, with the signatures in it. last is the last time in it.
func (p *page) restOfParagraph(f *found, sig *signedTime, last *dom.Node) {
	t, stop := p.t, p.t.End(p.root)
	f.tail, f.rest = sig.tail, *last+1
	n := f.rest
	for ; n < stop; n++ {
		for up := n - 1; up != p.root && t.End(up) <= n; up = t.Parent(up) {
			if up < f.rest && !t.Within(*last, up) {
				break
			}
			if t.IsBlock(up) {
				f.end = n
				return
			}
		}
		if t.IsBlock(n) || p.separates(n) {
			break
		}
		if !t.IsText(n) {
			continue
		}
		again, ok := p.timeAt(n)
		if !ok {
			continue
		}
		if who := p.signer(n, *last); who.user != "" {
			f.signed, f.tail, f.rest = who.from, again.tail, again.last+1
			if again.stamp.UnixMilli() > f.time.UnixMilli() {
				f.edited = again.stamp
			}
		}
		*last = again.last
		n = again.last
	}
	f.end = n
}

// leave ends a section or part of one: text that nobody signed is left out.
func (p *page) leave(free, stop dom.Node) {
	if !p.described {
		return
	}
	n, _ := p.nextLeaf(free)
	if n >= stop || !p.t.IsText(n) {
		return
	}
	letters := 0
	text := p.t.TextBetween(n, stop, p.noise)
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 20 {
		return
	}
	p.out.Report(p.talk.Section().Key, thread.Diagnostic{Code: thread.AuthorMissing, Pos: p.pos(n),
		Message: fmt.Sprintf("text without a signature stands after the last comment of this section and is left out (%q)", short(text))})
}

// short is the beginning of a text for a message.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= 40 {
		return s
	}
	return string([]rune(s)[:40]) + "…"
}

// text is what a comment says, without its last signature. Signatures in its
// midst tell what was added when, and stay.
func (p *page) text(f found) string {
	t := p.t
	start := f.start
	// From the start of a paragraph its end shows too.
	for up := t.Parent(start); up > p.root && up+1 == start && t.End(up) <= f.signed && p.level[up] == p.level[t.Parent(up)]; up = t.Parent(start) {
		start = up
	}
	text := ""
	if start < f.signed {
		text = t.TextBetween(start, f.signed, p.noise)
	}
	text = strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-–—―−~•·(", r) })
	after := strings.TrimSpace(f.tail + " " + t.TextBetween(f.rest, f.end, p.noise))
	if !strings.ContainsFunc(after, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return text
	}
	return strings.TrimSpace(text + " " + after)
}
