package page

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/dom"
)

// MaxSize is how much of a page is read. The largest saved pages, with all
// their images inside, have some tens of megabytes.
const MaxSize = 256 << 20

var markup = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|div|table|article|ol|ul|p|meta|title)[\s>]`)

// HTML is the head of an input as bytes that can be searched for ASCII marks,
// and whether it is that of an HTML page; why says so where it is not.
func HTML(h format.Head) (b []byte, why string) {
	b = h.Bytes
	if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		text, _ := charset.UTF8(b, "")
		b = []byte(text)
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n\x00")
	if len(start) == 0 || start[0] != '<' || !markup.Match(start[:min(len(start), 4096)]) {
		return nil, "not an HTML page"
	}
	if bytes.HasPrefix(start, []byte("<?xml")) && !bytes.Contains(start[:min(len(start), 1024)], []byte("<html")) {
		return nil, "XML, but not an HTML page"
	}
	return b, ""
}

// Sign is a mark by which the pages of a site are known.
type Sign struct {
	Has   []string       // the page has all of these, in so many bytes
	Match *regexp.Regexp // and this somewhere; asked only where Has holds
	Why   string         // "comments as Hacker News marks them"
}

// Sniff is the Sniff of a format whose pages carry one of the signs, none of
// which another format shows.
func Sniff(signs ...Sign) func(format.Head) (format.Confidence, string) {
	return func(h format.Head) (format.Confidence, string) {
		b, why := HTML(h)
		if b == nil {
			return format.No, why
		}
		for _, s := range signs {
			if m := s.find(b); m != nil {
				return format.Certain, fmt.Sprintf("%s (%.60s)", s.Why, m)
			}
		}
		return format.No, "no comments of this kind of page"
	}
}

func (s *Sign) find(b []byte) []byte {
	for _, has := range s.Has {
		if !bytes.Contains(b, []byte(has)) {
			return nil
		}
	}
	return s.Match.Find(b)
}

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
	raw, err := io.ReadAll(io.LimitReader(src.Reader, MaxSize+1))
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
