package page

import (
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/absent"
	"threadheat/thread/internal/dom"
)

// Describe tells out what stands around the found comments.
func (p *Page) Describe(f Found) {
	t, r := p.Tree, f.Rules
	m := thread.Meta{Title: p.Title(r.Title), URL: p.Address(), Lang: p.Lang()}
	notComment := f.Holds
	if r.Comment != nil {
		notComment = func(n dom.Node) bool { return t.Match(n, r.Comment) }
	}
	for _, s := range r.Article {
		if n := t.First(dom.Root, s, notComment); n != dom.None {
			if m.Article = t.Text(n, notComment); m.Article != "" {
				break
			}
		}
	}
	m.Declared, m.HasDeclared = number(p.first(r.Declared))
	p.out.Describe("", m)
	for _, d := range f.Notes {
		p.out.Report("", d)
	}
	if r.More != nil {
		p.more(r.More)
	}
	if len(f.Comments) == 0 {
		p.Note(thread.NoComments, "%s", absent.Why(t))
	}
}

var (
	htmlElement  = dom.Select("html")
	titleElement = dom.Select("title")
	headline     = dom.Select("h1")
	canonical    = dom.Select("link[rel=canonical]")
)

// Title is what one of the fields says, else what the page calls itself.
func (p *Page) Title(fields []Field) string {
	t := p.Tree
	if s := p.first(fields); s != "" {
		return s
	}
	if s := t.Meta("og:title", "twitter:title"); s != "" {
		return s
	}
	if n := t.First(dom.Root, headline, nil); n != dom.None {
		if s := t.Line(n, nil); s != "" {
			return s
		}
	}
	if n := t.First(dom.Root, titleElement, nil); n != dom.None {
		return strings.Join(strings.Fields(t.Content(n)), " ")
	}
	return ""
}

// first is the first value that one of the fields has on the page.
func (p *Page) first(fields []Field) string {
	for i := range fields {
		for n := range p.Tree.All(dom.Root, fields[i].Select, nil) {
			if s := fields[i].value(p.Tree, n); s != "" {
				return s
			}
		}
	}
	return ""
}

// Lang is the language that the page says it is in, "" where it says none.
func (p *Page) Lang() string {
	n := p.Tree.First(dom.Root, htmlElement, nil)
	if n == dom.None {
		return ""
	}
	return strings.ReplaceAll(strings.TrimSpace(p.Tree.Get(n, "lang")), "_", "-")
}

// Address is the page's own address as it declares it.
func (p *Page) Address() string {
	if n := p.Tree.First(dom.Root, canonical, nil); n != dom.None {
		if u := strings.TrimSpace(p.Tree.Get(n, "href")); strings.HasPrefix(u, "http") {
			return u
		}
	}
	return p.Tree.Meta("og:url")
}

// more notes links to comments that are not on the page.
func (p *Page) more(links *dom.Selector) {
	n, places := dom.None, 0
	for c := range p.Tree.All(dom.Root, links, nil) {
		if n == dom.None {
			n = c
		}
		places++
	}
	switch label := ""; {
	case n == dom.None:
		return
	default:
		if label = p.Tree.Line(n, nil); len(label) > 80 || label == "" {
			label = p.Tree.Get(n, "href")
		}
		p.Note(thread.MoreComments, "more comments of this thread stand elsewhere; the page links to them in %d places, first as %q", places, label)
	}
}
