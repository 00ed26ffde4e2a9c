// Package wordpress reads the comments of saved WordPress pages.
//
// WordPress marks each comment with classes of its own ("comment even depth-2")
// and an ID ("comment-12"), in whatever markup the theme likes; what stands
// inside is found by the words in its class names. So the two walkers of the
// core, those of themes and of comment plugins are read by one set of rules:
// find.go finds the comments and who answers whom, fields.go takes one apart
// with author.go and times.go, roles.go knows the class names, page.go reads what
// stands around them. Where no class tells, the place does: a name is the first
// line that is no text, and no text is what stands in headers and buttons.
package wordpress

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/general"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/dom"
	pages "threadheat/thread/internal/page"
)

// Format reads saved WordPress pages.
var Format = &format.Format{
	Name:   "wordpress",
	Doc:    "saved WordPress pages (HTML) of any theme, with the comments of WordPress itself, wpDiscuz, Epoch and block themes",
	URL:    "https://developer.wordpress.org/reference/classes/walker_comment/",
	Sniff:  sniff,
	Decode: decode,
}

// MaxPage is how much of a page is read. The largest saved pages, with all
// their images inside, have some tens of megabytes.
const MaxPage = 256 << 20

var (
	walker  = regexp.MustCompile(`class=["'][^"'<>]*\b(?:comment|pingback|trackback|review)\b[^"'<>]*\b(?:depth-\d|thread-even|thread-odd|thread-alt|odd alt)`)
	numbers = regexp.MustCompile(`id=["'](?:li-|div-)?comment-\d+["']`)
	lists   = regexp.MustCompile(`<ol[^<>]* class=["'][^"'<>]*\bcomment-?list\b`)
	plugins = regexp.MustCompile(`id=["'](?:wpd|wc)-comm-\d+_\d`)
	markup  = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|div|table|article|ol|ul|p|meta|title)[\s>]`)
)

// The marks that are searched for as they are: an expression with several
// beginnings would cost much more.
var (
	buttons = []string{"comment-reply-link", "wp-block-comment-template"}
	traces  = []string{"/wp-content/", "/wp-includes/", `content="WordPress`, `content='WordPress`}
)

// firstIn is the first of the marks that b contains, "" where it has none.
func firstIn(b []byte, marks []string) string {
	for _, m := range marks {
		if bytes.Contains(b, []byte(m)) {
			return m
		}
	}
	return ""
}

func sniff(h format.Head) (format.Confidence, string) {
	b := h.Bytes
	if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		text, _ := charset.UTF8(b, "")
		b = []byte(text)
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n\x00")
	if len(start) == 0 || start[0] != '<' || !markup.Match(start[:min(len(start), 4096)]) {
		return format.No, "not an HTML page"
	}
	if bytes.HasPrefix(start, []byte("<?xml")) && !bytes.Contains(start[:min(len(start), 1024)], []byte("<html")) {
		return format.No, "XML, but not an HTML page"
	}
	if m := walker.Find(b); m != nil {
		return format.Certain, fmt.Sprintf("comments as WordPress marks them (%.60s)", m)
	}
	if m := cmp.Or(string(plugins.Find(b)), firstIn(b, buttons)); m != "" {
		return format.Certain, fmt.Sprintf("comments of WordPress or one of its plugins (%.60s)", m)
	}
	trace := firstIn(b, traces)
	if m := numbers.Find(b); m != nil {
		if also := cmp.Or(trace, string(lists.Find(b))); also != "" {
			return format.Certain, fmt.Sprintf("comments numbered as WordPress does (%.60s), and %.60s", m, also)
		}
		return format.Possible, fmt.Sprintf("comments numbered as WordPress does (%.60s), and others", m)
	}
	if trace != "" {
		return format.Possible, fmt.Sprintf("a WordPress page (%.60s)", trace)
	}
	return format.Possible, "an HTML page"
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		raw, err := io.ReadAll(io.LimitReader(src.Reader, MaxPage+1))
		cut := ""
		if len(raw) > MaxPage {
			raw, cut = raw[:MaxPage], "the page is longer than 256 MiB; it was read up to there"
		}
		text, guessed := charset.UTF8(raw, dom.Charset(raw))
		if len(text) > 2*MaxPage {
			text, cut = text[:2*MaxPage], "the page is longer than 512 MiB in UTF-8; it was read up to there"
		}
		raw = nil
		p := newPage(dom.Parse(text), src, out)
		if guessed != "" {
			p.note(thread.EncodingGuessed, "the encoding of the page is not told or told wrongly; it was read as %s", guessed)
		}
		if c := p.t.Cut(); cut == "" && c != "" {
			cut = c
		}
		if cut != "" {
			p.note(thread.Truncated, "%s", cut)
		}
		p.find()
		others := p.others()
		for _, c := range others {
			if !yield(c, nil) {
				return
			}
		}
		if len(others) == 0 {
			p.describe()
			p.takeAll()
		}
		for i := range p.items {
			if c, ok := p.comment(i); ok && !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, fmt.Errorf("read page: %w", err))
		}
	}
}

// others are the comments of a page that has none in WordPress's own markup, as
// the general finder finds them, which tells out what is around them, too.
func (p *page) others() []thread.Comment {
	if len(p.items) > 0 {
		return nil
	}
	pg := pages.Of(p.t, p.src, p.out)
	found := general.Find(pg, p.src)
	if len(found.Comments) > 0 {
		pg.Describe(found)
	}
	return found.Comments
}
