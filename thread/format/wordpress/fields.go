package wordpress

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/byline"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
)

// fields are the parts of one comment.
type fields struct {
	author  string
	text    string
	when    []when
	mention string // the ID of the comment that the text links to before anything else
}

// comment makes the comment of item i; false means that it has nothing to say.
func (p *page) comment(i int) (thread.Comment, bool) {
	it, f := &p.items[i], &p.fields[i]
	c := thread.Comment{ID: it.id, Author: f.author, Text: f.text, Kind: it.kind, State: it.state, Pos: it.pos}
	if !byline.Readable(c.Text) && !byline.Readable(c.Author) {
		return c, false
	}
	c.Time = p.stamp(i, f.when)
	switch {
	case it.parent != "":
		c.Parent, c.Basis = it.parent, thread.Declared
	case p.answersBrother(i, f.mention):
		c.Parent, c.Basis = f.mention, thread.Mentioned
	case it.up >= 0:
		c.Parent, c.Basis = p.items[it.up].id, thread.Nested
	}
	return c, true
}

// answersBrother tells that item i answers the one called id, which stands
// beside it: where nesting ends (max_depth of WordPress), replies to a reply
// stand beside it, and only a link before the text tells whom they answer.
func (p *page) answersBrother(i int, id string) bool {
	j, ok := p.byID[id]
	return ok && j < i && p.items[j].up == p.items[i].up
}

// takeAll takes all items apart, and settles in which order the page writes
// all-number dates.
func (p *page) takeAll() {
	p.fields = make([]fields, len(p.items))
	for i := range p.items {
		p.fields[i] = p.take(&p.items[i])
	}
	p.distrust()
	var shown []string
	for i := range p.items {
		for _, w := range p.fields[i].when {
			if w.shown != "" && machineTime(w.machine).IsZero() {
				shown = append(shown, w.shown)
			}
		}
	}
	switch p.src.DateOrder {
	case format.DMY:
		p.order = dates.DMY
	case format.MDY:
		p.order = dates.MDY
	case format.YMD:
		p.order = dates.YMD
	default:
		p.order = dates.InferOrder(shown)
		if p.order == dates.Auto {
			if p.order = compact(shown); p.order != dates.Auto {
				p.note(thread.AmbiguousDate, "whether days or months come first in dates like 03/04/2020 was settled by what puts the comments closer together")
			}
		}
		if p.order == dates.Auto && p.lang == "en-US" && slices.ContainsFunc(shown, ambiguous) {
			p.order = dates.MDY
			p.note(thread.AmbiguousDate, "dates like 03/04/2020 are read month first, because the page is in American English")
		}
	}
}

// take takes an item apart: first the author and the places that may tell the
// date, then the text, which is the rest.
func (p *page) take(it *item) fields {
	var f fields
	t := p.t
	bodies := p.bodies(it.node)
	if it.text != dom.None {
		bodies = append(p.bodies(it.text), it.text)
	}
	who := p.who(it, bodies)
	if who != dom.None {
		f.author = p.name(who)
	}
	f.when = p.whens(it, who, bodies)
	note := p.awaits(it.node)
	if note != dom.None {
		it.state = thread.Pending
	}
	if it.kind != thread.Ordinary { // "Pingback: TITLE", where the title is all there is
		for _, b := range append(bodies, it.node) {
			if f.text = t.Text(b, func(n dom.Node) bool { return n != who && (n == note || p.notText(n)) }); f.text != "" {
				break
			}
		}
		return f
	}
	skip := func(n dom.Node) bool { return n == who || n == note || p.notText(n) }
	for _, b := range bodies {
		if who != dom.None && t.Within(who, b) {
			f.text = p.rest(b, who, skip, f.author)
		} else {
			f.text = t.Text(b, skip)
		}
		if f.text != "" {
			f.mention = cmp.Or(p.replyTo(it), p.mention(b, skip))
			return f
		}
	}
	f.text = p.rest(it.node, who, skip, f.author)
	return f
}

// rest is the text of an element that holds the header of the comment as well:
// what is left when the author, the date and the buttons are taken away.
func (p *page) rest(n, who dom.Node, skip dom.Skip, author string) string {
	header := p.headerOf(who, n)
	for try := range 3 {
		s := p.trim(p.t.Text(n, func(c dom.Node) bool {
			if try == 2 && p.t.Within(who, c) {
				return c == who // the box of the author is the box of it all
			}
			return c == header || skip(c) || p.isHeader(c, n)
		}), author)
		if s != "" {
			return s
		}
		header = dom.None // it was no header, but a short comment
	}
	return ""
}

// headerOf is the box around the author's name that holds little more than it:
// "by NAME on DATE". It is who itself where there is none.
func (p *page) headerOf(who, item dom.Node) dom.Node {
	if who == dom.None {
		return who
	}
	up := p.t.Parent(who)
	if up <= item || len(p.t.Line(up, p.notText)) > len(p.t.Line(who, nil))+60 {
		return who
	}
	return up
}

// mention is the ID of the comment that the text in n links to before anything
// else, with an @ and a name: <a href="#comment-12">@Alice</a>.
func (p *page) mention(n dom.Node, skip dom.Skip) string {
	t := p.t
	for c := range t.Below(n, skip) {
		switch {
		case t.IsText(c):
			if strings.TrimSpace(t.Raw(c)) != "" {
				return ""
			}
		case t.Tag(c) == "a":
			if _, frag, ok := strings.Cut(t.Get(c, "href"), "#"); ok && strings.HasPrefix(t.Line(c, nil), "@") {
				num, _ := commentNumber(frag)
				return num
			}
			return ""
		}
	}
	return ""
}

// replyTo is the ID of the comment that a line of item says it answers: "in
// reply to <a href="#comment-12">Alice</a>".
func (p *page) replyTo(it *item) string {
	t := p.t
	for a := range t.All(it.node, inReplyTo, p.foreign()) {
		_, frag, _ := strings.Cut(t.Get(a, "href"), "#")
		if num, _ := commentNumber(frag); num != "" && num != it.num {
			return num
		}
	}
	return ""
}

var inReplyTo = dom.Select("[class*=reply-to] a[href], [class*=reply_to] a[href], [class*=replied] a[href], [class*=comment-parent] a[href], [class*=parent-link] a[href], " +
	"a[class*=reply-to], a[class*=comment-parent], a[class*=parent-link]")

// notText tells that n is no part of the text of the comment it stands in.
func (p *page) notText(n dom.Node) bool {
	t := p.t
	if t.IsText(n) {
		return false
	}
	if p.isItem[n] || t.Get(n, "id") == "respond" || p.isButton(n) {
		return true
	}
	switch t.Tag(n) {
	case "form", "time", "label", "input":
		return true
	case "p", "abbr", "span":
		if t.End(n)-n < 24 && t.First(n, pluginLine, nil) != dom.None {
			return true
		}
	}
	r := p.rolesOf(n)
	return r&children != 0 || r&chrome != 0 && r&(body|text) == 0
}

// pluginLine is in lines that plugins add to a text without marking them: the
// first Comment Rating, the second CommentLuv of 2009.
var pluginLine = dom.Select(`[id^=karma-], abbr > em`)

// isButton tells that n is a button in the guise of a link; a commenter cannot
// write one, for WordPress cuts scripts from what people write.
func (p *page) isButton(n dom.Node) bool {
	href := p.t.Get(n, "href")
	return strings.HasPrefix(href, "javascript:") || p.isReplyLink(n) || href == "#" && locale.IsNoise(p.t.Line(n, nil))
}

func (p *page) isReplyLink(n dom.Node) bool {
	href := p.t.Get(n, "href")
	return strings.Contains(href, "replytocom=") || strings.HasSuffix(href, "#respond") || href == "#" && locale.IsReply(p.t.Line(n, nil))
}

// isHeader tells what else is no text where the theme does not mark the text,
// such as the citation of classic themes ("Comment by X — DATE @ TIME").
func (p *page) isHeader(n, item dom.Node) bool {
	t := p.t
	if t.IsText(n) || p.quoted(n, item) {
		return false
	}
	switch t.Tag(n) {
	case "cite", "small", "header", "footer":
		return true
	}
	return p.rolesOf(n)&(name|author|meta|date) != 0
}

// quoted tells that n stands in a quotation inside the item.
func (p *page) quoted(n, item dom.Node) bool {
	levels := 0
	for a := range p.t.Ancestors(n) {
		if a == item || levels == 32 {
			return false
		}
		if p.t.Tag(a) == "blockquote" {
			return true
		}
		levels++
	}
	return false
}

// bodies are the elements that may hold the text, the likeliest first: of boxes
// in boxes the innermost (".comment-body > .comment-content > .comment-text").
func (p *page) bodies(n dom.Node) []dom.Node {
	t := p.t
	var strong []dom.Node
	weak := dom.None
	for c := range t.Below(n, p.foreign()) {
		if t.IsText(c) {
			continue
		}
		r := p.rolesOf(c) | properties[t.Get(c, "itemprop")]&body
		switch {
		case r&body != 0 && len(strong) < 8:
			if k := len(strong); k == 0 || t.Within(c, strong[k-1]) && !p.quoted(c, strong[k-1]) {
				strong = append(strong, c)
			}
		case r&text != 0 && weak == dom.None:
			weak = c
		}
	}
	out := make([]dom.Node, 0, len(strong)+1)
	for i := len(strong) - 1; i >= 0; i-- {
		out = append(out, strong[i])
	}
	if weak != dom.None && len(strong) == 0 {
		out = append(out, weak)
	}
	return out
}

// awaits is the note in the item at n that it awaits moderation, None where
// there is none.
func (p *page) awaits(n dom.Node) dom.Node {
	t := p.t
	for c := range t.Below(n, p.foreign()) {
		if t.IsText(c) {
			continue
		}
		if p.rolesOf(c)&waiting != 0 {
			return c
		}
		if name := t.Tag(c); (name == "em" || name == "i") && t.End(c)-c < 10 && locale.IsAwaiting(t.Line(c, nil)) {
			return c
		}
	}
	return dom.None
}

// trim cuts lines at both ends of a text that are none of its own, where the
// theme does not mark the text: "says:", dates, reply links, notes.
func (p *page) trim(s, author string) string {
	noise := func(l string) bool {
		if utf8.RuneCountInString(l) > 200 {
			return false
		}
		if strings.Trim(l, " -–—|·•,.:()[]#\u00a0") == "" || locale.IsReply(l) || locale.IsNoise(l) || locale.IsAwaiting(l) {
			return true
		}
		if _, ok := locale.Says(author + " " + l); ok && author != "" {
			return true
		}
		_, ok := dates.Parse(l, dates.Options{})
		return ok
	}
	for s != "" {
		first, rest, _ := strings.Cut(s, "\n")
		if !noise(first) {
			break
		}
		s = strings.TrimLeft(rest, "\n")
	}
	for s != "" {
		i := strings.LastIndexByte(s, '\n')
		if !noise(s[i+1:]) {
			break
		}
		s = strings.TrimRight(s[:max(i, 0)], "\n")
	}
	return s
}
