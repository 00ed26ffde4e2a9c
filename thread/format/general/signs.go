package general

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
	"threadheat/thread/internal/page"
)

// counts are what stands in a part of a page.
type counts struct {
	free     int32 // bytes of text that is no link, date or author
	linked   int32 // bytes of text in links
	dates    int32
	authors  int32
	avatars  int32
	replies  int32 // buttons for answering, reporting, quoting
	titles   int32 // headlines that are links
	pictures int32 // images that are no avatars
	talks    int32 // elements that are called comments or parts of one
	names    int32 // short bold words, headings and links that may be names
	numbers  int32 // links of single posts: "#12", or to #p120
	counted  int32 // numbers of comments, as lists of articles have them: "3 comments"
}

func (c counts) minus(o counts) counts {
	return counts{c.free - o.free, c.linked - o.linked, c.dates - o.dates, c.authors - o.authors, c.avatars - o.avatars, c.replies - o.replies, c.titles - o.titles, c.pictures - o.pictures, c.talks - o.talks, c.names - o.names, c.numbers - o.numbers, c.counted - o.counted}
}

// mark is what one node was taken for.
type mark uint8

const (
	isDate mark = 1 << iota
	isAuthor
	isReply
	isUnseen // its text is not shown
)

// finder knows the signs on a page.
type finder struct {
	t        *dom.Tree
	lex      lexicon
	sum      []counts // of the nodes before n
	marks    []mark
	headings []dom.Node // that count comments
	counters []dom.Node // texts that do the same in no heading
	groups   []*group
	byKey    map[key]*group
}

// in is what stands in the nodes from lo to before hi.
func (f *finder) in(lo, hi dom.Node) counts { return f.sum[hi].minus(f.sum[lo]) }

// roles are what class and ID of n say.
func (f *finder) roles(n dom.Node) role {
	return f.lex.of(f.t.Get(n, "class")) | f.lex.of(f.t.Get(n, "id"))&^(date|name)
}

// read marks the whole page in one walk.
func (f *finder) read() {
	t := f.t
	total := dom.Node(t.Len())
	f.sum, f.marks = make([]counts, total+1), make([]mark, total)
	var c counts
	var dateEnd, authorEnd, linkEnd, outsideEnd dom.Node
	for n := dom.Node(0); n < total; n++ {
		f.sum[n] = c
		if t.IsText(n) {
			f.text(n, &c, n < dateEnd, n < authorEnd, n < linkEnd)
			continue
		}
		tag, end := t.Tag(n), t.End(n)
		if unseen[tag] || tag == "button" {
			if tag == "button" && f.isButton(n) {
				f.marks[n] |= isReply
				c.replies++
			}
			f.marks[n] |= isUnseen
			for ; n+1 < end; n++ {
				f.sum[n+1] = c
			}
			continue
		}
		r := f.roles(n)
		if tag == "nav" || r&outside != 0 && (end-n) < total*2/5 && (r&talk == 0 || r&notOne != 0 || end-n < 200) {
			outsideEnd = max(outsideEnd, end)
		}
		if n >= dateEnd && f.tellsDate(n, r) {
			f.marks[n] |= isDate
			c.dates++
			dateEnd = end
		}
		if n >= authorEnd && n >= dateEnd && f.tellsAuthor(n, r) {
			f.marks[n] |= isAuthor
			c.authors++
			authorEnd = end
		}
		switch tag {
		case "a":
			linkEnd = end
			if f.isButton(n) {
				f.marks[n] |= isReply
				c.replies++
			} else if f.isHeadline(n) {
				c.titles++
			} else if f.isPermalink(n) {
				c.numbers++
			} else if isCount(t, n) {
				c.counted++
			} else if f.isName(n) {
				c.names++
			}
		case "b", "strong", "h3", "h4", "h5", "h6", "dt", "em", "i":
			if n >= linkEnd && f.isName(n) {
				c.names++
			}
		case "img":
			if isAvatar(t, n) {
				c.avatars++
			} else {
				c.pictures++
			}
		}
		switch tag {
		case "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "legend", "caption", "span", "div", "p":
			if end-n < 12 && (tag[0] == 'h' || r&talk != 0) {
				if line := t.Line(n, nil); len(line) < 120 {
					if _, _, ok := locale.CountHeading(line); ok {
						f.headings = append(f.headings, n)
					}
				}
			}
		}
		if r&talk != 0 && r&(notOne|closed) == 0 {
			c.talks++
		}
		if n >= outsideEnd {
			f.gather(n, tag, r)
		}
	}
	f.sum[total] = c
}

// unseen are the elements whose content is no text of the page.
var unseen = map[string]bool{"script": true, "style": true, "template": true, "noscript": true, "svg": true, "select": true, "textarea": true, "iframe": true,
	"title": true, "object": true, "video": true, "audio": true, "canvas": true, "math": true}

// text takes a text into account.
func (f *finder) text(n dom.Node, c *counts, inDate, inAuthor, inLink bool) {
	s := shown(f.t, n)
	if s == "" || inDate {
		return
	}
	if len(s) <= 200 && isDated(s) {
		f.marks[n] |= isDate
		c.dates++
		return
	}
	if inAuthor {
		return
	}
	if len(s) <= 80 && (s[len(s)-1] == ':' || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...")) {
		if _, ok := locale.Says(s); ok {
			f.marks[n] |= isAuthor
			c.authors++
			return
		}
	}
	if len(s) <= 40 && !inLink {
		switch {
		case locale.IsReply(s):
			f.marks[n] |= isReply
			c.replies++
			return
		case strings.ContainsAny(s, "0123456789"):
			if _, known, ok := locale.CountHeading(s); ok && known {
				f.counters = append(f.counters, n)
				c.counted++
			}
		}
	}
	if inLink {
		c.linked += int32(len(s))
	} else {
		c.free += int32(len(s))
	}
}

// shown is the text at n as it is read, without white space around it.
func shown(t *dom.Tree, n dom.Node) string {
	s := strings.TrimSpace(t.Raw(n))
	if strings.IndexByte(s, '&') >= 0 && len(s) < 1000 {
		s = strings.TrimSpace(strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " "))
	}
	return s
}

// spaced is the texts below n with spaces between, for dates whose parts stand
// in elements of their own.
func spaced(t *dom.Tree, n dom.Node) string {
	var b strings.Builder
	for c := range t.Below(n, t.Hidden) {
		if s := shown(t, c); s != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s)
		}
	}
	return b.String()
}

// isDated tells that a short text is about a date.
func isDated(s string) bool {
	if strings.IndexFunc(s, func(r rune) bool { return r >= '0' && r <= '9' || r >= utf8.RuneSelf }) < 0 {
		return false
	}
	m, ok := dates.Find(s, dates.Options{})
	return ok && (len(s) <= 60 || (m.End-m.Start)*10 >= len(s)*3)
}

// maxSmall is how many nodes an element can have that tells an author or a date
// and little else.
const maxSmall = 30

func (f *finder) tellsDate(n dom.Node, r role) bool {
	t := f.t
	if t.Tag(n) == "time" {
		return true
	}
	if v, ok := t.Attr(n, "datetime"); ok && !page.MachineTime(v, false).IsZero() {
		return true
	}
	switch t.Get(n, "itemprop") {
	case "datePublished", "dateCreated", "commentTime":
		return true
	}
	if machineTime(t, n) != "" {
		return true
	}
	if title := t.Get(n, "title"); title != "" && len(title) < 60 && t.End(n)-n < 6 && isDated(title) {
		return true
	}
	if r&date == 0 || t.End(n)-n > 16 {
		return false
	}
	line := spaced(t, n)
	if len(line) == 0 || len(line) > 60 {
		return false
	}
	if _, ok := dates.Parse(line, dates.Options{}); ok {
		return true
	}
	return isDated(line) && t.End(n)-n > 2 // a text alone is judged by itself
}

// machineTime is the time for the scripts that show "2 hours ago".
func machineTime(t *dom.Tree, n dom.Node) string {
	for _, key := range [...]string{"data-time", "data-timestamp", "data-livestamp", "data-datetime", "data-utime", "data-date", "data-created", "data-published", "data-epoch"} {
		if v := t.Get(n, key); v != "" && !page.MachineTime(v, false).IsZero() {
			return v
		}
	}
	return ""
}

func (f *finder) tellsAuthor(n dom.Node, r role) bool {
	t := f.t
	if t.End(n)-n > maxSmall {
		return false
	}
	switch prop := t.Get(n, "itemprop"); {
	case prop == "author" || prop == "creator":
	case r&author != 0 && r&(body|answers) == 0, r&name != 0 && r&(body|answers|chrome) == 0 && t.End(n)-n < 10:
	case t.Tag(n) == "cite", t.Tag(n) == "a" && isProfile(t, n):
	default:
		return false
	}
	line := t.Line(n, nil)
	return line != "" && len(line) < 100
}

// isProfile tells that n links to somebody's page.
func isProfile(t *dom.Tree, n dom.Node) bool {
	if rel := t.Get(n, "rel"); strings.Contains(rel, "author") || strings.Contains(rel, "external nofollow") {
		return true
	}
	href := strings.ToLower(t.Get(n, "href"))
	if len(href) > 300 {
		return false
	}
	for _, s := range [...]string{"/user/", "/users/", "/u/", "/profile", "/profil", "/member/", "/members/", "/mitglied", "/benutzer", "/author/", "/usuario", "/utilisateur", "user?id=", "userid=", "user_id=", "user.php", "member.php", "profile.php", "/people/", "/~"} {
		if strings.Contains(href, s) {
			return true
		}
	}
	return false
}

func isAvatar(t *dom.Tree, n dom.Node) bool {
	for _, key := range [...]string{"class", "src", "alt", "data-src"} {
		v := t.Get(n, key)
		v = v[:min(len(v), 200)]
		for _, s := range [...]string{"avatar", "Avatar", "userpic", "profile"} {
			if strings.Contains(v, s) {
				return true
			}
		}
	}
	return false
}

// isButton tells that n is for answering a comment, quoting or reporting it.
func (f *finder) isButton(n dom.Node) bool {
	t := f.t
	if t.End(n)-n > 10 {
		return false
	}
	if strings.Contains(t.Get(n, "href"), "replytocom=") {
		return true
	}
	line := cmp.Or(t.Line(n, nil), t.Get(n, "aria-label"), t.Get(n, "title"))
	return line != "" && len(line) <= 60 && (locale.IsReply(line) || locale.IsQuote(line) || buttons[strings.ToLower(strings.Trim(line, " .:()[]"))])
}

// buttons are what stands under comments beside words for answering.
var buttons = map[string]bool{"report": true, "flag": true, "report abuse": true, "flag as inappropriate": true, "melden": true, "kommentar melden": true, "beitrag melden": true, "verstoß melden": true,
	"signaler": true, "signaler un abus": true, "alerter": true, "denunciar": true, "reportar": true, "segnala": true, "rapporteer": true, "zgłoś": true, "пожаловаться": true, "nahlásit": true, "zitieren": true}

// isName tells that the short text at n may be somebody's name.
func (f *finder) isName(n dom.Node) bool {
	t := f.t
	if t.End(n)-n > 4 {
		return false
	}
	for c := n + 1; c < t.End(n); c++ {
		if s := strings.TrimSpace(t.Raw(c)); s != "" {
			return len(s) <= 40 && strings.Count(s, " ") <= 3
		}
	}
	return false
}

// isPermalink tells that the link at n is that of a post: it is but a number, as
// forums number posts, or leads to a numbered anchor of this page.
func (f *finder) isPermalink(n dom.Node) bool {
	t := f.t
	if t.End(n)-n > 6 {
		return false
	}
	_, frag, ok := strings.Cut(t.Get(n, "href"), "#")
	if p, numbered := pattern(frag); ok && numbered && len(frag) < 40 && (postAnchors[p] || f.lex.of(p)&(talk|post) != 0) {
		return true
	}
	s := t.Line(n, nil)
	if !ok && !strings.HasPrefix(s, "#") {
		return false
	}
	s = strings.Trim(s, "#. ")
	return s != "" && len(s) < 10 && strings.Trim(s, "0123456789") == ""
}

// postAnchors are what forums call the anchors of posts beside "post12".
var postAnchors = map[string]bool{"p#": true, "c#": true, "#": true, "msg#": true, "pid#": true, "m#": true, "r#": true}

// isCount tells that the link at n counts comments or answers.
func isCount(t *dom.Tree, n dom.Node) bool {
	if t.End(n)-n > 6 {
		return false
	}
	s := t.Line(n, nil)
	if len(s) > 40 || !strings.ContainsAny(s, "0123456789") {
		return false
	}
	_, known, ok := locale.CountHeading(s)
	return ok && known
}

// isHeadline tells that the link at n is the headline of an article.
func (f *finder) isHeadline(n dom.Node) bool {
	t := f.t
	if t.End(n)-n > 60 {
		return false
	}
	in := func(c dom.Node) bool {
		tag := t.Tag(c)
		return len(tag) == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '5'
	}
	up := t.Parent(n)
	head := in(up) || up != dom.Root && in(t.Parent(up))
	for c := n + 1; !head && c < min(t.End(n), n+20); c++ {
		head = !t.IsText(c) && in(c)
	}
	if !head {
		return false
	}
	href := t.Get(n, "href")
	return len(t.Line(n, nil)) >= 15 && !strings.HasPrefix(href, "#")
}
