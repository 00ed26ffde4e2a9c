package mediawiki

import (
	"iter"
	"regexp"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/wiki"
)

// page is a page being read.
type page struct {
	t     *dom.Tree
	src   format.Source
	out   format.Sink
	root  dom.Node // what holds the text of the page
	title string   // "Talk:Garden", "" where the page does not say
	url   string
	lang  string
	level []int32           // by node: the list items around it, itself included
	users map[string]string // by address of the link

	talk      *wiki.Talk
	described bool // the current section was
	known     bool // a section was
	notes     []thread.Diagnostic

	line, lineAt int // the line of the byte at lineAt
}

func newPage(t *dom.Tree, src format.Source, out format.Sink) *page {
	p := &page{t: t, src: src, out: out, users: map[string]string{}, line: 1}
	p.root = p.content()
	p.title = p.findTitle()
	p.url = p.address()
	if n := t.First(dom.Root, withLang, nil); n != dom.None {
		p.lang = strings.TrimSpace(t.Get(n, "lang"))
	}
	p.talk = wiki.NewTalk(p.title)
	p.level = make([]int32, t.Len())
	for n := p.root + 1; n < t.End(p.root); n++ {
		p.level[n] = p.level[t.Parent(n)]
		if name := t.Tag(n); name == "li" || name == "dd" {
			p.level[n]++
		}
	}
	return p
}

var (
	output    = dom.Select(".mw-parser-output")
	body      = dom.Select("body")
	withLang  = dom.Select("html[lang], body[lang], .mw-parser-output[lang], .mw-content-ltr[lang], .mw-content-rtl[lang]")
	canonical = dom.Select("link[rel=canonical]")
	version   = dom.Select("link[rel=dc:isVersionOf]")
	edit      = dom.Select(".mw-editsection a[href]")
	mainTitle = dom.Select("#firstHeading")
	scripts   = dom.Select("script")
	pageName  = regexp.MustCompile(`"wgPageName":\s*("(?:[^"\\]|\\.)*")`)
)

// content is the largest box of parser output; messages of the wiki come in
// such boxes too. Where there is none it is the body, or all of a fragment.
func (p *page) content() dom.Node {
	best := dom.None
	for n := range p.t.All(dom.Root, output, nil) {
		if best == dom.None || p.t.End(n)-n > p.t.End(best)-best {
			best = n
		}
	}
	if best == dom.None {
		best = p.t.First(dom.Root, body, nil)
	}
	if best == dom.None {
		best = dom.Root
	}
	return best
}

// findTitle is the title of the page with its namespace.
func (p *page) findTitle() string {
	t := p.t
	for n := range t.All(dom.Root, scripts, nil) {
		if m := pageName.FindStringSubmatch(t.Content(n)); m != nil {
			if name, err := strconv.Unquote(m[1]); err == nil {
				return wiki.Clean(name)
			}
		}
	}
	for _, s := range []*dom.Selector{version, canonical, edit} {
		if n := t.First(dom.Root, s, nil); n != dom.None {
			if title := wiki.Title(t.Get(n, "href")); title != "" {
				return title
			}
		}
	}
	if n := t.First(dom.Root, mainTitle, nil); n != dom.None {
		return t.Line(n, nil)
	}
	return ""
}

// address is the page's own address as it declares it.
func (p *page) address() string {
	for _, s := range []*dom.Selector{canonical, version} {
		if n := p.t.First(dom.Root, s, nil); n != dom.None {
			u := strings.TrimSpace(p.t.Get(n, "href"))
			if strings.HasPrefix(u, "//") {
				u = "https:" + u
			}
			if strings.HasPrefix(u, "http") {
				return u
			}
		}
	}
	return ""
}

// note keeps what is to be said of the page as a whole until there is a thread
// to say it of.
func (p *page) note(code thread.Code, message string) {
	p.notes = append(p.notes, thread.Diagnostic{Code: code, Pos: thread.Pos{File: p.src.Name}, Message: message})
}

// enter starts the section under a heading.
func (p *page) enter(heading dom.Node) {
	t := p.t
	title := t.Line(heading, p.noise)
	key := t.Get(heading, "id")
	if n := t.First(heading, headline, nil); n != dom.None && t.Get(n, "id") != "" {
		key = t.Get(n, "id")
	}
	p.talk.Enter(key, title)
	p.described = false
}

var headline = dom.Select(".mw-headline")

// describe says what the current section is, before its first comment.
func (p *page) describe() {
	if p.described {
		return
	}
	p.described, p.known = true, true
	s := p.talk.Section()
	m := thread.Meta{ID: s.Key, Title: s.Title, URL: p.url, Lang: p.lang}
	if m.URL != "" && m.ID != "" {
		m.URL += "#" + strings.ReplaceAll(m.ID, " ", "_")
	}
	p.out.Describe(s.Key, m)
	for _, d := range p.notes {
		p.out.Report(s.Key, d)
	}
	p.notes = nil
}

// comments walks the comments of the page in the order in which they stand.
func (p *page) comments() iter.Seq[thread.Comment] {
	return func(yield func(thread.Comment) bool) {
		for f := range p.find() {
			if !yield(p.comment(f)) {
				return
			}
		}
		if !p.known {
			p.note(thread.NoComments, "no signed comments were found on this page of a wiki")
			p.describe()
		}
	}
}

// comment makes a comment of what was found and places it in its section.
func (p *page) comment(f found) thread.Comment {
	p.describe()
	c := thread.Comment{Time: f.time, Edited: f.edited, Text: p.text(f), Pos: p.pos(f.start)}
	p.talk.Place(&c, int(f.level), f.outdented, f.user)
	return c
}

// pos is the place of n. Nodes must be asked for in document order.
func (p *page) pos(n dom.Node) thread.Pos {
	at := p.t.Offset(n)
	p.line += strings.Count(p.t.Source(p.lineAt, at), "\n")
	p.lineAt = at
	return thread.Pos{File: p.src.Name, Line: p.line, Offset: int64(at)}
}
