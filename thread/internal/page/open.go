package page

import (
	"fmt"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/dom"
)

// MaxSize is how much of a page is read. The largest saved pages, with all
// their images inside, have some tens of megabytes.
const MaxSize = 256 << 20

// Page is a page being read.
type Page struct {
	Tree *dom.Tree
	src  format.Source
	out  format.Sink

	line, lineAt int // the line of the byte at lineAt
}

// Open reads a page. A page is there even with an error, as far as it could be
// read.
func Open(src format.Source, out format.Sink) (*Page, error) {
	raw, err := format.ReadAll(src, MaxSize)
	cut := ""
	if len(raw) > MaxSize {
		raw, cut = raw[:MaxSize], "the page is longer than 256 MiB; it was read up to there"
	}
	text, guessed := charset.UTF8(raw, dom.Charset(raw))
	if len(text) > 2*MaxSize {
		text, cut = text[:2*MaxSize], "the page is longer than 512 MiB in UTF-8; it was read up to there"
	}
	raw = nil
	p := &Page{Tree: dom.Parse(text), src: src, out: out, line: 1}
	if guessed != "" {
		p.Note(thread.EncodingGuessed, "the encoding of the page is not told or told wrongly; it was read as %s", guessed)
	}
	if c := p.Tree.Cut(); cut == "" && c != "" {
		cut = c
	}
	if cut != "" {
		p.Note(thread.Truncated, "%s", cut)
	}
	if err != nil {
		err = fmt.Errorf("read page: %w", err)
	}
	return p, err
}

// Of is a page that has been read before.
func Of(t *dom.Tree, src format.Source, out format.Sink) *Page {
	return &Page{Tree: t, src: src, out: out, line: 1}
}

// Note reports an oddity of the page as a whole.
func (p *Page) Note(code thread.Code, format string, args ...any) {
	p.out.Report("", thread.Diagnostic{Code: code, Pos: thread.Pos{File: p.src.Name}, Message: fmt.Sprintf(format, args...)})
}

// Pos is the place of n. Asking in document order costs one reading of the page.
func (p *Page) Pos(n dom.Node) thread.Pos {
	at := p.Tree.Offset(n)
	if at < p.lineAt {
		p.line, p.lineAt = 1, 0
	}
	p.line += strings.Count(p.Tree.Source(p.lineAt, at), "\n")
	p.lineAt = at
	return thread.Pos{File: p.src.Name, Line: p.line, Offset: int64(at)}
}
