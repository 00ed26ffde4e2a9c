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
		d, err := pages.Load(src)
		p := newPage(d.Tree, src, out)
		for _, n := range d.Notes(src.Name) {
			out.Report("", n)
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
			yield(thread.Comment{}, err)
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
