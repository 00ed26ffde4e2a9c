package wordpress

import (
	"fmt"
	"regexp"
	"strings"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/absent"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
)

// page is a page being read.
type page struct {
	t      *dom.Tree
	src    format.Source
	out    format.Sink
	items  []item
	fields []fields        // of items
	isItem []bool          // by node
	byID   map[string]int  // the first item of an ID
	roleOf map[string]role // by class attribute
	roleAt []role          // by node, 0 for not asked yet
	// attributes of scripts that this page has
	timeKeys, parentKeys []string
	lang                 string      // that the page declares
	order                dates.Order // of the all-number dates of the page

	line, lineAt int // the line of the byte at lineAt
}

func newPage(t *dom.Tree, src format.Source, out format.Sink) *page {
	return &page{
		t: t, src: src, out: out, isItem: make([]bool, t.Len()), byID: map[string]int{}, line: 1,
		roleOf: map[string]role{}, roleAt: make([]role, t.Len()),
		timeKeys:   t.Used("data-time", "data-timestamp", "data-livestamp", "data-datetime", "data-utime", "data-date"),
		parentKeys: t.Used("data-parent", "data-parent-id", "data-comment-parent", "data-parentid", "data-comment-parent-id"),
	}
}

func (p *page) note(code thread.Code, format string, args ...any) {
	p.out.Report("", thread.Diagnostic{Code: code, Pos: thread.Pos{File: p.src.Name}, Message: fmt.Sprintf(format, args...)})
}

func (p *page) noteAt(i int, code thread.Code, format string, args ...any) {
	it := &p.items[i]
	p.out.Report("", thread.Diagnostic{Code: code, Comment: it.id, Pos: it.pos, Message: fmt.Sprintf(format, args...)})
}

// pos is the place of n. Nodes must be asked for in document order.
func (p *page) pos(n dom.Node) thread.Pos {
	at := p.t.Offset(n)
	p.line += strings.Count(p.t.Source(p.lineAt, at), "\n")
	p.lineAt = at
	return thread.Pos{File: p.src.Name, Line: p.line, Offset: int64(at)}
}

// describe tells out what stands around the comments.
func (p *page) describe() {
	t := p.t
	if n := t.First(dom.Root, htmlElement, nil); n != dom.None {
		p.lang = strings.ReplaceAll(strings.TrimSpace(t.Get(n, "lang")), "_", "-")
	}
	m := thread.Meta{Title: p.title(), URL: p.address(), Article: p.article(), Lang: p.lang}
	m.Declared, m.HasDeclared = p.declared()
	p.out.Describe("", m)
	if more := p.more(); more != "" {
		p.note(thread.MoreComments, "more comments of this thread stand on another page (%s)", more)
	}
	if len(p.items) == 0 {
		p.note(thread.NoComments, "%s", absent.Why(t))
	}
}

var htmlElement = dom.Select("html")

// title is the headline of the article, without the name of the site.
func (p *page) title() string {
	t := p.t
	if og := t.Meta("og:title", "twitter:title"); og != "" {
		return p.cutSite(og, t.Meta("og:site_name"))
	}
	if n, _ := t.Best(dom.Root, titles, p.foreign()); n != dom.None {
		if s := t.Line(n, nil); s != "" {
			return s
		}
	}
	if n := t.First(dom.Root, titleElement, nil); n != dom.None {
		return p.cutSite(strings.Join(strings.Fields(t.Content(n)), " "), "")
	}
	if n := t.First(dom.Root, headline, p.foreign()); n != dom.None {
		return t.Line(n, nil)
	}
	return ""
}

var (
	titles       = []*dom.Selector{dom.Select("h1.entry-title, h1.post-title, h1.wp-block-post-title"), dom.Select("[itemprop=headline]"), dom.Select(".entry-title")}
	titleElement = dom.Select("title")
	headline     = dom.Select("h1")
	headlines    = dom.Select("h1, h2")
	separators   = [...]string{" | ", " – ", " — ", " « ", " » ", " · ", " • ", " - "}
)

// cutSite cuts the name of the site from a title. Where that is not known, the
// part that is a headline of the page is the title, else what stands before the
// last separator.
func (p *page) cutSite(title, site string) string {
	heads := map[string]bool{}
	for n := range p.t.All(dom.Root, headlines, p.foreign()) {
		if p.t.End(n)-n < 50 {
			heads[p.t.Line(n, nil)] = true
		}
	}
	if heads[title] {
		return title
	}
	guess := title
	for _, sep := range separators {
		i := strings.LastIndex(title, sep)
		if i <= 0 {
			continue
		}
		before, after := strings.TrimSpace(title[:i]), strings.TrimSpace(title[i+len(sep):])
		switch {
		case site != "" && strings.EqualFold(after, site), heads[before]:
			return before
		case heads[after]:
			return after
		case site == "" && guess == title:
			guess = before
		}
	}
	return guess
}

// address is the page's own address as it declares it.
func (p *page) address() string {
	if n := p.t.First(dom.Root, canonical, nil); n != dom.None {
		if u := strings.TrimSpace(p.t.Get(n, "href")); strings.HasPrefix(u, "http") {
			return u
		}
	}
	if u := p.t.Meta("og:url"); u != "" {
		return u
	}
	if m := savedFrom.FindStringSubmatch(p.t.Source(0, 4096)); m != nil {
		return m[1]
	}
	return ""
}

// savedFrom is the remark of browsers and of SingleFile at the top of what they
// save.
var savedFrom = regexp.MustCompile(`<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(https?://[^\s<>"]+)`)

var canonical = dom.Select("link[rel=canonical]")

// article is the text that the comments are about: the longest of the boxes in
// which themes put it.
func (p *page) article() string {
	t := p.t
	skip := func(n dom.Node) bool {
		if t.IsText(n) {
			return false
		}
		switch t.Tag(n) {
		case "nav", "aside", "footer", "form":
			return true
		}
		return p.isItem[n] || t.Match(n, besideArticle)
	}
	for _, s := range articles {
		longest, end := "", dom.None
		for n := range t.All(dom.Root, s, p.foreign()) {
			if n < end { // inside the one before
				continue
			}
			end = t.End(n)
			if text := t.Text(n, skip); len(text) > len(longest) {
				longest = text
			}
		}
		if longest != "" {
			return longest
		}
	}
	return ""
}

var (
	articles = []*dom.Selector{
		dom.Select(".entry-content, .wp-block-post-content, [itemprop=articleBody]"),
		dom.Select(".post-content, .article-content, .article-body, .post-body, .td-post-content, .et_pb_post_content, .post_content, .postcontent, .post-entry"),
		dom.Select("article"), dom.Select("main"), dom.Select("#content, #main"),
	}
	besideArticle = dom.Select("#comments, #respond, .comments-area, .comment-respond, .sharedaddy, .jp-relatedposts, #jp-relatedposts, .post-navigation, " +
		".entry-meta, .entry-footer, .entry-header, .author-box, .yarpp-related, .related-posts, .addtoany_share_save_container, .share-buttons, .crp_related")
)

// declared is the number of comments that the heading above them tells: the
// last such heading before the first comment.
func (p *page) declared() (int, bool) {
	if len(p.items) == 0 {
		return 0, false
	}
	t, count, has := p.t, 0, false
	first := p.items[0].node
	for n := range t.All(dom.Root, headings, p.foreign()) {
		if n > first {
			break
		}
		if t.End(n)-n > 50 { // a box that holds more than a heading
			continue
		}
		if c, known, ok := locale.CountHeading(t.Line(n, nil)); ok && known {
			count, has = c, true
		}
	}
	return count, has
}

var headings = dom.Select("h1, h2, h3, h4, h5, h6, [class*=comments-title], [id*=comments-title], [class*=comment-count], [class*=comments-count], " +
	"[class*=comments-heading], [class*=comment-title], [class*=commentcount], .wpd-thread-info, .wc-comment-bar, #comments")

// more is the address of another page of the same comments, "" where the page
// links to none.
func (p *page) more() string {
	t := p.t
	for n := range t.All(dom.Root, links, func(n dom.Node) bool { return p.isItem[n] }) {
		href := t.Get(n, "href")
		path, frag, _ := strings.Cut(href, "#")
		if num, _ := commentNumber(frag); num != "" || frag == "respond" || len(href) > 2000 {
			continue // a link to one comment, perhaps of another article, or to the form
		}
		if i := strings.Index(path, "cpage="); i > 0 && (path[i-1] == '?' || path[i-1] == '&' || path[i-1] == ';') {
			return href
		}
		if _, page, ok := strings.Cut(path, "/comment-page-"); ok && page != "" && page[0] >= '0' && page[0] <= '9' {
			return href
		}
	}
	hidden := func(n dom.Node) bool { return t.Tag(n) != "button" && t.Hidden(n) }
	if n := t.First(dom.Root, loadMore, hidden); n != dom.None {
		return "behind a button"
	}
	return ""
}

var (
	links    = dom.Select("a[href]")
	loadMore = dom.Select(".wpd-load-more-submit, .wc-load-more-submit, .wpdiscuz-loadmore, #load-more-comments, .load-more-comments")
)
