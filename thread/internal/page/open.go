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

// Document is a page as it was read.
type Document struct {
	*dom.Tree
	guessed string // the encoding, where the page does not tell it
	cut     string // why it seems to end too early
}

// documentKey is what a Document is kept under between detection and decoding.
type documentKey struct{}

func read(raw []byte) *Document {
	var d Document
	if len(raw) > MaxSize {
		raw, d.cut = raw[:MaxSize], "the page is longer than 256 MiB; it was read up to there"
	}
	text, guessed := charset.UTF8(raw, dom.Charset(raw))
	if len(text) > 2*MaxSize {
		text, d.cut = text[:2*MaxSize], "the page is longer than 512 MiB in UTF-8; it was read up to there"
	}
	d.Tree, d.guessed = dom.Parse(text), guessed
	if d.cut == "" {
		d.cut = d.Tree.Cut()
	}
	return &d
}

// Peek is the tree of what a head shows of a page.
func Peek(h format.Head) *dom.Tree {
	return h.Memo(documentKey{}, func() any { return read(h.Bytes) }).(*Document).Tree
}

// Load reads a page. It is there even with an error, as far as it could be read.
func Load(src format.Source) (*Document, error) {
	raw, err := format.ReadAll(src, MaxSize)
	if err != nil {
		err = fmt.Errorf("read page: %w", err)
	}
	if d, ok := src.Memo(documentKey{}).(*Document); ok {
		return d, err
	}
	return read(raw), err
}

// Notes are what was odd about reading a page from a file of the given name.
func (d *Document) Notes(file string) (notes []thread.Diagnostic) {
	if d.guessed != "" {
		notes = append(notes, thread.Diagnostic{Code: thread.EncodingGuessed, Pos: thread.Pos{File: file},
			Message: "the encoding of the page is not told or told wrongly; it was read as " + d.guessed})
	}
	if d.cut != "" {
		notes = append(notes, thread.Diagnostic{Code: thread.Truncated, Pos: thread.Pos{File: file}, Message: d.cut})
	}
	return notes
}

// Open reads a page and reports what was odd about it. It is there even with an
// error, as Load's is.
func Open(src format.Source, out format.Sink) (*Page, error) {
	d, err := Load(src)
	for _, n := range d.Notes(src.Name) {
		out.Report("", n)
	}
	return Of(d.Tree, src, out), err
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
