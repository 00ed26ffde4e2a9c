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
	"cmp"
	"fmt"
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
)

var (
	buttons = []string{"comment-reply-link", "wp-block-comment-template"}
	traces  = []string{"/wp-content/", "/wp-includes/", `content="WordPress`, `content='WordPress`}
)

// firstIn is the first of the marks that the page has, "" where it has none.
func firstIn(h format.Head, marks []string) string {
	for _, m := range marks {
		if h.Has(m) {
			return m
		}
	}
	return ""
}

func sniff(h format.Head) (format.Confidence, string) {
	h, why := pages.Head(h)
	if h.Bytes == nil {
		return format.No, why
	}
	if m := pages.FindAround(h, walker, "depth-", "thread-even", "thread-odd", "thread-alt", "odd alt"); m != nil {
		return format.Certain, fmt.Sprintf("comments as WordPress marks them (%.60s)", m)
	}
	if m := cmp.Or(string(pages.FindAround(h, plugins, "-comm-")), firstIn(h, buttons)); m != "" {
		return format.Certain, fmt.Sprintf("comments of WordPress or one of its plugins (%.60s)", m)
	}
	trace := firstIn(h, traces)
	if m := pages.FindAround(h, numbers, "comment-"); m != nil {
		if also := cmp.Or(trace, string(pages.FindAround(h, lists, "commentlist", "comment-list"))); also != "" {
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
		raw, err := format.ReadAll(src, MaxPage)
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
