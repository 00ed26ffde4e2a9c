package mediawiki

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/wiki"
)

// signedTime is a time as signatures have it.
type signedTime struct {
	stamp thread.Stamp
	tail  string   // the text after it
	last  dom.Node // the last node of its text
}

// maxPieces is into how many texts Parsoid may break one for entities.
const maxPieces = 16

// timeAt reads a time from the text n and what Parsoid has broken off from it:
// an entity ("&nbsp;") is an element of its own there.
func (p *page) timeAt(n dom.Node) (signedTime, bool) {
	t := p.t
	text, last := t.Raw(n), n
	for range maxPieces {
		next := last + 1
		if next >= t.End(p.root) || t.Parent(next) != t.Parent(n) || t.Tag(next) != "span" || t.End(next) != next+2 || !t.IsText(next+1) {
			break
		}
		if kind := t.Get(next, "typeof"); kind != "mw:Entity" && kind != "mw:DisplaySpace" {
			break
		}
		text, last = text+t.Raw(next+1), next+1
		if next = t.End(next); next < t.End(p.root) && t.Parent(next) == t.Parent(n) && t.IsText(next) {
			text, last = text+t.Raw(next), next
		}
	}
	if !wiki.MayHaveTime(text) {
		return signedTime{}, false
	}
	text = html.UnescapeString(text)
	at, ok := wiki.FindTime(text)
	if !ok {
		return signedTime{}, false
	}
	return signedTime{at.Stamp, text[at.End:], last}, true
}

// signer is who signed at a time, and where the signature starts.
type signer struct {
	user string
	from dom.Node
}

const (
	maxSignature = 100 // letters between the link and the time, as in DiscussionTools
	maxSteps     = 600 // nodes in which these letters stand
)

// signer looks backwards from the time at n for links to a user, to the start
// of the paragraph or to the signature before. The link nearest to the time
// tells who signs; further ones to the same user are part of the signature.
func (p *page) signer(n, before dom.Node) signer {
	t := p.t
	s := signer{}
	first := dom.None
	letters := 0
	look := func(a dom.Node) {
		if t.Tag(a) != "a" || t.HasClass(a, "ext-discussiontools-init-timestamplink") {
			return
		}
		if u := p.userOf(a); u != "" && (s.user == "" || s.user == u) {
			s.user, first = u, a
		}
	}
	steps := 0
walk:
	for at := n; letters < maxSignature && steps < maxSteps; steps++ {
		prev := at - 1
		if prev <= before || prev <= p.root {
			break
		}
		if prev == t.Parent(at) {
			if t.IsBlock(prev) {
				break
			}
			look(prev)
			at = prev
			continue
		}
		for up := prev; t.Parent(up) != t.Parent(at) || up == prev; up = t.Parent(up) {
			steps++
			if t.IsBlock(up) {
				break walk
			}
			if t.Parent(up) == t.Parent(at) {
				break
			}
		}
		if t.IsText(prev) {
			letters += utf8.RuneCountInString(strings.TrimSpace(html.UnescapeString(t.Raw(prev))))
		} else {
			look(prev)
		}
		at = prev
	}
	if first == dom.None {
		return s
	}
	// The whole of what stands beside the time, so that the markup around a
	// name is part of the signature.
	s.from = first
	for up := t.Parent(first); up > before && !t.Within(n, up); up = t.Parent(up) {
		s.from = up
	}
	if box := p.unsigned(s.from); box > before {
		s.from = box
	}
	return s
}

// unsigned is where the whole of a signature starts that a template has added
// ("— Preceding unsigned comment added by"): in small letters or a span of its
// own that begins with a dash.
func (p *page) unsigned(from dom.Node) dom.Node {
	t := p.t
	box := t.Parent(from)
	if name := t.Tag(box); name != "small" && name != "span" || box+1 >= from {
		return from
	}
	text := strings.TrimLeftFunc(t.TextBetween(box+1, from, nil), unicode.IsSpace)
	r, _ := utf8.DecodeRuneInString(text)
	if utf8.RuneCountInString(text) <= maxSignature && (strings.ContainsRune("—–―", r) || strings.HasPrefix(text, "--")) {
		return box
	}
	return from
}

// userOf is the user that a link leads to, "" where it leads elsewhere. On a
// user's own page the link leads nowhere.
func (p *page) userOf(a dom.Node) string {
	if p.t.HasClass(a, "mw-selflink") {
		if p.title == "" {
			return p.t.Line(a, nil)
		}
		return wiki.User(p.title)
	}
	href := p.t.Get(a, "href")
	if href == "" || len(href) > 4000 {
		return ""
	}
	user, known := p.users[href]
	if !known {
		user = wiki.User(wiki.Title(href))
		p.users[href] = user
	}
	return user
}
