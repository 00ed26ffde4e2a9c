package wordpress

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
)

// fields are the parts of one comment.
type fields struct {
	author  string
	text    string
	when    []when
	mention string // the ID of the comment that the text links to before anything else
}

// when is a place that may tell the date, the surest first.
type when struct {
	machine string // for machines: the value of datetime
	shown   string // for people
}

// comment makes the comment of item i; false means that it has nothing to say.
func (p *page) comment(i int) (thread.Comment, bool) {
	it, f := &p.items[i], &p.fields[i]
	c := thread.Comment{ID: it.id, Author: f.author, Text: f.text, Kind: it.kind, State: it.state, Pos: it.pos}
	if !readable(c.Text) && !readable(c.Author) {
		return c, false
	}
	c.Time = p.stamp(i, f.when)
	switch {
	case it.parent != "":
		c.Parent, c.Basis = it.parent, thread.Declared
	case p.answersBrother(i, f.mention):
		c.Parent, c.Basis = f.mention, thread.Mentioned
	case it.up >= 0:
		c.Parent, c.Basis = p.items[it.up].id, thread.Nested
	}
	return c, true
}

// readable tells whether any character of s would be seen: a Builder drops
// control characters.
func readable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// answersBrother tells that item i answers the one called id, which stands
// beside it: where nesting ends (max_depth of WordPress), replies to a reply
// stand beside it, and only a link before the text tells whom they answer.
func (p *page) answersBrother(i int, id string) bool {
	j, ok := p.byID[id]
	return ok && j < i && p.items[j].up == p.items[i].up
}

// take takes an item apart: first the author and the places that may tell the
// date, then the text, which is the rest.
func (p *page) take(it *item) fields {
	var f fields
	t := p.t
	bodies := p.bodies(it.node)
	who := p.who(it, bodies)
	if who != dom.None {
		f.author = p.name(who)
	}
	f.when = p.whens(it, who, bodies)
	note := p.awaits(it.node)
	if note != dom.None {
		it.state = thread.Pending
	}
	if it.kind != thread.Ordinary { // "Pingback: TITLE", where the title is all there is
		for _, b := range append(bodies, it.node) {
			if f.text = t.Text(b, func(n dom.Node) bool { return n != who && (n == note || p.notText(n)) }); f.text != "" {
				break
			}
		}
		return f
	}
	skip := func(n dom.Node) bool { return n == who || n == note || p.notText(n) }
	for _, b := range bodies {
		if who != dom.None && t.Within(who, b) {
			f.text = p.rest(b, who, skip, f.author)
		} else {
			f.text = t.Text(b, skip)
		}
		if f.text != "" {
			f.mention = cmp.Or(p.replyTo(it), p.mention(b, skip))
			return f
		}
	}
	f.text = p.rest(it.node, who, skip, f.author)
	return f
}

// rest is the text of an element that holds the header of the comment as well:
// what is left when the author, the date and the buttons are taken away.
func (p *page) rest(n, who dom.Node, skip dom.Skip, author string) string {
	header := p.headerOf(who, n)
	for try := range 3 {
		s := p.trim(p.t.Text(n, func(c dom.Node) bool {
			if try == 2 && p.t.Within(who, c) {
				return c == who // the box of the author is the box of it all
			}
			return c == header || skip(c) || p.isHeader(c, n)
		}), author)
		if s != "" {
			return s
		}
		header = dom.None // it was no header, but a short comment
	}
	return ""
}

// headerOf is the box around the author's name that holds little more than it:
// "by NAME on DATE". It is who itself where there is none.
func (p *page) headerOf(who, item dom.Node) dom.Node {
	if who == dom.None {
		return who
	}
	up := p.t.Parent(who)
	if up <= item || len(p.t.Line(up, p.notText)) > len(p.t.Line(who, nil))+60 {
		return who
	}
	return up
}

// mention is the ID of the comment that the text in n links to before anything
// else, with an @ and a name: <a href="#comment-12">@Alice</a>.
func (p *page) mention(n dom.Node, skip dom.Skip) string {
	t := p.t
	for c := range t.Below(n, skip) {
		switch {
		case t.IsText(c):
			if strings.TrimSpace(t.Raw(c)) != "" {
				return ""
			}
		case t.Tag(c) == "a":
			if _, frag, ok := strings.Cut(t.Get(c, "href"), "#"); ok && strings.HasPrefix(t.Line(c, nil), "@") {
				num, _ := commentNumber(frag)
				return num
			}
			return ""
		}
	}
	return ""
}

// replyTo is the ID of the comment that a line of item says it answers: "in
// reply to <a href="#comment-12">Alice</a>".
func (p *page) replyTo(it *item) string {
	t := p.t
	for a := range t.All(it.node, inReplyTo, p.foreign()) {
		_, frag, _ := strings.Cut(t.Get(a, "href"), "#")
		if num, _ := commentNumber(frag); num != "" && num != it.num {
			return num
		}
	}
	return ""
}

var inReplyTo = dom.Select("[class*=reply-to] a[href], [class*=replied] a[href], [class*=reply_to] a[href], [class*=parent-link] a[href], [class*=comment-parent] a[href], a[class*=reply-to], a[class*=comment-parent], a[class*=parent-link]")

// notText tells that n is no part of the text of the comment it stands in.
func (p *page) notText(n dom.Node) bool {
	t := p.t
	if t.IsText(n) {
		return false
	}
	if p.isItem[n] || t.Get(n, "id") == "respond" || p.isButton(n) {
		return true
	}
	switch t.Tag(n) {
	case "form", "time", "label", "input":
		return true
	case "p", "abbr", "div", "span":
		if t.End(n)-n < 24 && t.First(n, pluginLine, nil) != dom.None {
			return true
		}
	}
	r := p.roles(t.Get(n, "class"))
	return r&children != 0 || r&chrome != 0 && r&(body|text) == 0
}

// pluginLine is in lines that plugins add to a text without marking them: the
// first Comment Rating, the second CommentLuv of 2009.
var pluginLine = dom.Select(`[id^=karma-], abbr > em`)

// isButton tells that n is a button in the guise of a link; a commenter
// cannot write one, for WordPress cuts scripts from what people write.
func (p *page) isButton(n dom.Node) bool {
	href := p.t.Get(n, "href")
	return href != "" && (href == "#" || strings.Contains(href, "replytocom=") || strings.HasSuffix(href, "#respond") || strings.HasPrefix(href, "javascript:"))
}

// isHeader tells what else is no text where the theme does not mark the text,
// such as the citation of classic themes ("Comment by X — DATE @ TIME").
func (p *page) isHeader(n, item dom.Node) bool {
	t := p.t
	if t.IsText(n) || p.quoted(n, item) {
		return false
	}
	switch t.Tag(n) {
	case "cite", "small", "header", "footer":
		return true
	}
	return p.roles(t.Get(n, "class"))&(name|author|meta|date) != 0
}

// quoted tells that n stands in a quotation inside the item.
func (p *page) quoted(n, item dom.Node) bool {
	levels := 0
	for a := range p.t.Ancestors(n) {
		if a == item || levels == 32 {
			return false
		}
		if p.t.Tag(a) == "blockquote" {
			return true
		}
		levels++
	}
	return false
}

// bodies are the elements that may hold the text, the likeliest first: of boxes
// in boxes the innermost (".comment-body > .comment-content > .comment-text").
func (p *page) bodies(n dom.Node) []dom.Node {
	t := p.t
	var strong []dom.Node
	weak := dom.None
	for c := range t.Below(n, p.foreign()) {
		if t.IsText(c) {
			continue
		}
		r := p.roles(t.Get(c, "class")) | properties[t.Get(c, "itemprop")]&body
		switch {
		case r&body != 0 && len(strong) < 8:
			if k := len(strong); k == 0 || t.Within(c, strong[k-1]) && !p.quoted(c, strong[k-1]) {
				strong = append(strong, c)
			}
		case r&text != 0 && weak == dom.None:
			weak = c
		}
	}
	out := make([]dom.Node, 0, len(strong)+1)
	for i := len(strong) - 1; i >= 0; i-- {
		out = append(out, strong[i])
	}
	if weak != dom.None && len(strong) == 0 {
		out = append(out, weak)
	}
	return out
}

// who is the element that tells the author of it: the one whose markup says so
// most surely, else the first heading or bold words before the text.
func (p *page) who(it *item, bodies []dom.Node) dom.Node {
	t := p.t
	best, rank, tries := dom.None, 9, 0
	for c := range t.Below(it.node, p.foreign()) {
		if t.IsText(c) {
			continue
		}
		r := p.authorRank(c, it)
		if r >= rank || r >= 2 && p.quoted(c, it.node) {
			continue
		}
		if r >= 4 && len(bodies) == 0 && p.aroundAll(c, it.node) {
			tries++
		} else if t.Line(c, p.notName) != "" {
			best, rank = c, r
		} else {
			tries++ // a box for the avatar only
		}
		if rank == 0 || tries == maxTries {
			break
		}
	}
	if best != dom.None {
		return best
	}
	return p.byline(it, bodies)
}

// aroundAll tells that the box at n holds paragraphs, and nothing is left of the
// item without it: it is the box of the comment and not of its author.
func (p *page) aroundAll(n, item dom.Node) bool {
	return p.t.First(n, paragraph, p.foreign()) != dom.None &&
		p.t.Line(item, func(c dom.Node) bool { return c == n || p.notText(c) }) == ""
}

var paragraph = dom.Select("p")

// byline is what most likely names the author where no markup says so: the
// first line of the comment, if it stands before the text or looks like no text
// ("**NAME**", "NAME – DATE"), else a line below the text that has a date.
func (p *page) byline(it *item, bodies []dom.Node) dom.Node {
	t := p.t
	text := dom.None
	if len(bodies) > 0 {
		text = bodies[len(bodies)-1]
	}
	end, lines := it.node, 0
	for c := range t.Below(it.node, p.foreign()) {
		if c < end || !t.IsText(c) || strings.TrimSpace(t.Raw(c)) == "" || p.outside(c, it.node) {
			continue
		}
		l := p.lineAround(c, it.node)
		end = t.End(l)
		if lines++; lines == maxTries {
			break
		}
		line := t.Line(l, nil)
		_, dated := dates.Find(line, dates.Options{})
		inText := text != dom.None && t.Within(l, text)
		switch {
		case lines == 1 && (dated || text != dom.None && !inText || p.heads(c, l, inText)):
		case lines > 1 && dated && !inText && (text != dom.None || leadIn.MatchString(line)):
		default:
			continue
		}
		if s := p.name(l); readable(s) && len(s) < 100 && !locale.IsReply(s) && !locale.IsNoise(s) {
			return l
		}
	}
	return dom.None
}

// outside tells that the text at n is a button, a date or the like, or a
// quotation.
func (p *page) outside(n, item dom.Node) bool {
	levels := 0
	for a := range p.t.Ancestors(n) {
		if a == item || levels == 32 {
			return false
		}
		if p.t.Tag(a) == "blockquote" || p.t.Tag(a) == "time" || p.notText(a) && p.roles(p.t.Get(a, "class"))&(author|meta) == 0 {
			return true
		}
		levels++
	}
	return false
}

// lineAround is the widest node around the text at n that is set on one line.
func (p *page) lineAround(n, item dom.Node) dom.Node {
	for a := range p.t.Ancestors(n) {
		if a == item || p.t.End(a)-a > 40 || p.holdsLines(a) {
			break
		}
		n = a
	}
	return n
}

func (p *page) holdsLines(n dom.Node) bool {
	for c := range p.t.Below(n, nil) {
		if p.t.StartsLine(c) {
			return true
		}
	}
	return false
}

// heads tells that the text at n is all of the line, and that the line is set
// as a heading, or stands in a header. Bold words in a paragraph of the text are the commenter's.
func (p *page) heads(n, line dom.Node, inText bool) bool {
	t := p.t
	if t.Match(line, bold) {
		return true
	}
	up := t.Parent(n)
	if t.Tag(up) == "header" || p.roles(t.Get(up, "class"))&(author|meta) != 0 {
		return true
	}
	return t.Match(up, bold) && !(inText && t.Tag(line) == "p") && t.Line(up, nil) == t.Line(line, nil)
}

// maxTries bounds how many elements of one comment are read in the search for a
// name, so that boxes in boxes do not make it slow.
const maxTries = 12

var bold = dom.Select("h2, h3, h4, h5, h6, strong, b, dt")

// authorRank tells how surely n names the author; 9 is not at all.
func (p *page) authorRank(n dom.Node, it *item) int {
	t := p.t
	class := t.Get(n, "class")
	r := p.roles(class)
	prop := t.Get(n, "itemprop")
	switch {
	case r&name != 0 && t.HasClass(n, "fn"):
		return 0
	case r&name != 0:
		return 1
	case (prop == "author" || prop == "creator" || prop == "name") && t.Tag(n) != "meta":
		return 2
	case t.Tag(n) == "cite":
		return 3
	case r&author != 0 && r&meta == 0:
		return 4
	case t.Tag(n) == "a" && t.HasClass(n, "url"):
		if it.kind != thread.Ordinary {
			return 0
		}
		return 5
	case it.kind != thread.Ordinary && t.Tag(n) == "a" && t.Get(n, "href") != "" && r&chrome == 0:
		return 6
	case r&author != 0:
		return 7
	}
	return 9
}

// notName tells what is no part of a name inside the element that holds it.
func (p *page) notName(n dom.Node) bool {
	t := p.t
	if t.IsText(n) {
		return false
	}
	if p.isItem[n] || t.Tag(n) == "time" || t.Tag(n) == "sup" {
		return true
	}
	if p.isButton(n) || p.isBadge(n) {
		return true
	}
	r := p.roles(t.Get(n, "class"))
	return r&(chrome|date|meta|body) != 0 && r&(name|author) == 0
}

// isBadge tells that n, which stands after a name, says who somebody is.
func (p *page) isBadge(n dom.Node) bool {
	t := p.t
	switch t.Tag(n) {
	case "span", "em", "small", "i", "b", "strong", "div", "label", "mark":
		return t.End(n)-n <= 3 && p.follows(n) && badges[strings.ToLower(strings.Trim(t.Line(n, nil), "()[] -–·:"))]
	}
	return false
}

// follows tells that words stand shortly before n.
func (p *page) follows(n dom.Node) bool {
	for before := n - 1; before > dom.Root && before > n-4; before-- {
		if strings.TrimSpace(p.t.Raw(before)) != "" {
			return true
		}
	}
	return false
}

// badges are what themes write beside the names of the article's author and of
// those who run the site.
var badges = map[string]bool{
	"post author": true, "author": true, "article author": true, "author of the post": true, "op": true, "admin": true, "administrator": true,
	"mod": true, "moderator": true, "editor": true, "staff": true, "team": true, "guest": true, "member": true, "verified": true, "verified owner": true,
	"auteur": true, "auteur de l’article": true, "auteur de l'article": true, "auteur/autrice": true, "modérateur": true, "invité": true,
	"autor": true, "beitragsautor": true, "beitragsverfasser": true, "artikelautor": true, "autor dieses beitrags": true, "gast": true,
	"autor de la entrada": true, "autor de la publicación": true, "autor do post": true, "autor del artículo": true, "autore": true, "autore articolo": true,
	"autore dell'articolo": true, "berichtauteur": true, "auteur van het bericht": true, "autor wpisu": true, "автор": true, "автор записи": true,
	"inläggsförfattare": true, "indlægsforfatter": true, "artikkelin kirjoittaja": true, "autor příspěvku": true, "yazı yazarı": true, "yazar": true,
	"投稿者": true, "作者": true, "博主": true, "글쓴이": true, "الكاتب": true, "نویسنده": true,
}

// nameIn is the element that holds nothing but the name, inside the one that
// tells the author.
func (p *page) nameIn(who dom.Node) dom.Node {
	t := p.t
	if p.roles(t.Get(who, "class"))&name != 0 {
		return who
	}
	inner, _ := t.Best(who, nameInside, func(c dom.Node) bool { return p.notName(c) || t.Hidden(c) || t.Match(c, avatarLink) })
	if inner != dom.None && t.Line(inner, p.notName) != "" {
		return inner
	}
	return who
}

var (
	nameInside = []*dom.Selector{dom.Select("[itemprop=name]"), dom.Select("a.url, a[rel~=external], strong, b"), dom.Select(".name, .author, .user")}
	avatarLink = dom.Select("a[class*=avatar]")
)

// name is the author's name without what themes write around it: "says:", a
// date, "Comment by".
func (p *page) name(who dom.Node) string {
	n := p.nameIn(who)
	s := strings.TrimSpace(strings.ReplaceAll(p.t.Line(n, p.notName), "\u00a0", " "))
	if n == who && p.roles(p.t.Get(n, "class"))&name == 0 { // a box that may hold more
		if cut := leadOut.ReplaceAllString(s, ""); readable(cut) && p.t.Line(n, nil) != s { // "NAME on", where the date is marked
			s = cut
		}
		s = verbOut.ReplaceAllString(undated(s), "")
		if rest, ok := locale.TrimReply(s); ok && rest != "" {
			s = rest
		}
	}
	if rest, ok := locale.Says(s); ok && rest != "" {
		s = rest
	}
	if m := leadIn.FindString(s); m != "" && m != s {
		s = s[len(m):]
	}
	s = strings.TrimRight(s, ": ·•|,–—")
	if m := mailAddress.FindStringSubmatch(s); m != nil { // private; the name stands before the @
		s = m[1]
	}
	return s
}

var (
	leadIn      = regexp.MustCompile(`^(?:(?i:comment|posted|written|submitted|left) (?i:by|from)|Kommentar von|Geschrieben von|Commentaire (?:par|de)|Posté par|Comentario (?:por|de)|Publicado por|Commento di|Scritto da|Reactie (?:door|van)|[Bb]y|Von|Par) |^(?:[Bb]y|Von|Par): |^#\d+ |^\d+[.)] `)
	leadOut     = regexp.MustCompile(`(?:[ \t\-–—|·•@,(/:]|\b(?:on|at|am|um|le|à|el|il|alle|op|om|em|às|på|den|dne|dnia)\b|\b\d?\d[:.h]\d\d(?:\s*[aApP]\.?[mM]\.?)?)+$`)
	verbOut     = regexp.MustCompile(`(?i)[\s,]+(?:said|says|posted|wrote|writes|replied|commented|schrieb|a écrit)[\s:,]*$`)
	mailAddress = regexp.MustCompile(`^([^\s@<>]+)@[^\s@<>]+\.[A-Za-z]{2,}$`)
)

// openings are the words that begin a line before a date: "On DATE, NAME said".
var openings = map[string]bool{"on": true, "at": true, "am": true, "le": true, "el": true, "il": true, "op": true, "den": true, "em": true, "posted": true, "posted on": true, "date": true}

// undated cuts a date from a line, and what stands on the other side of it than
// the name: the name is before the date, or after it where nothing is before.
func undated(s string) string {
	m, ok := dates.Find(s, dates.Options{})
	if !ok || m.End-m.Start < 8 {
		return s
	}
	if before := leadOut.ReplaceAllString(s[:m.Start], ""); readable(before) && !openings[strings.ToLower(before)] {
		return before
	}
	if after := strings.TrimLeft(s[m.End:], " \t-–—|·•,:)/"); readable(after) {
		return after
	}
	return s
}

// whens lists the places that may tell the date, at most twelve, the surest
// first.
func (p *page) whens(it *item, who dom.Node, bodies []dom.Node) []when {
	t := p.t
	var by [3][]when
	add := func(rank int, machine string, shown dom.Node, skip dom.Skip) {
		if len(by[rank]) < 4 {
			by[rank] = append(by[rank], when{machine, t.Line(shown, skip)})
		}
	}
	textAt, named := dom.None, dom.None
	if len(bodies) > 0 {
		textAt = bodies[0]
	}
	if who != dom.None {
		// "News of June 2018" may be a name and no date. But a box for the author
		// without any markup inside may hold the date, too.
		if named = p.nameIn(who); named == who && t.Tag(who) != "a" && p.roles(t.Get(who, "class"))&name == 0 {
			named = dom.None
		}
	}
	// A time for machines may be hidden.
	skip := func(c dom.Node) bool { return c == named || p.isItem[c] || t.Hidden(c) && t.Tag(c) != "time" }
	for c := range t.Below(it.node, skip) {
		if t.IsText(c) {
			continue
		}
		r := p.roles(t.Get(c, "class"))
		written := textAt != dom.None && t.Within(c, textAt) // perhaps by the comment's author
		switch {
		case written && p.quoted(c, it.node):
		case t.Tag(c) == "time" || properties[t.Get(c, "itemprop")]&date != 0:
			machine := cmp.Or(t.Get(c, "datetime"), t.Get(c, "content"), p.dataTime(c))
			add(0, machine, c, nil)
			if title := t.Get(c, "title"); title != "" {
				add(1, title, c, nil)
			}
			if machineTime(machine).Timed() { // nothing can be surer
				return by[0][len(by[0])-1:]
			}
		case r&date != 0 || !written && (t.Tag(c) == "abbr" && t.Get(c, "title") != "" || p.dataTime(c) != ""):
			add(1, cmp.Or(p.dataTime(c), t.Get(c, "title")), c, skip)
		case c != textAt && r&meta != 0, !written && (t.Tag(c) == "small" || t.Tag(c) == "cite" || p.isPermalink(c, it)):
			add(2, t.Get(c, "title"), c, skip)
		}
	}
	if h := p.headerOf(who, it.node); h != named {
		add(2, "", h, skip)
	}
	if len(by[0])+len(by[1]) == 0 {
		add(2, "", it.node, func(c dom.Node) bool { return c == textAt || skip(c) })
		if who != dom.None && textAt != dom.None && t.Within(who, textAt) {
			add(2, "", p.headerOf(who, textAt), skip)
		}
	}
	return append(append(by[0], by[1]...), by[2]...)
}

// dataTime is the time for the scripts that show "2 hours ago".
func (p *page) dataTime(n dom.Node) string {
	for _, key := range [...]string{"data-time", "data-timestamp", "data-livestamp", "data-datetime", "data-utime", "data-date"} {
		if v := p.t.Get(n, key); !machineTime(v).IsZero() {
			return v
		}
	}
	return ""
}

// takeAll takes all items apart, and settles in which order the page writes
// all-number dates.
func (p *page) takeAll() {
	p.fields = make([]fields, len(p.items))
	for i := range p.items {
		p.fields[i] = p.take(&p.items[i])
	}
	p.distrust()
	var shown []string
	for i := range p.items {
		for _, w := range p.fields[i].when {
			if w.shown != "" && machineTime(w.machine).IsZero() {
				shown = append(shown, w.shown)
			}
		}
	}
	switch p.src.DateOrder {
	case format.DMY:
		p.order = dates.DMY
	case format.MDY:
		p.order = dates.MDY
	case format.YMD:
		p.order = dates.YMD
	default:
		p.order = dates.InferOrder(shown)
		if p.order == dates.Auto && p.lang == "en-US" && slices.ContainsFunc(shown, ambiguous) {
			p.order = dates.MDY
			p.note(thread.AmbiguousDate, "dates like 03/04/2020 are read month first, because the page is in American English")
		}
	}
}

// distrust drops the times for machines where all comments have the same, but
// show different ones: some themes put the time of the article there.
func (p *page) distrust() {
	machine, shown, n := "", "", 0
	differ := false
	for _, f := range p.fields {
		if len(f.when) == 0 || f.when[0].machine == "" {
			continue
		}
		w := f.when[0]
		if n++; n > 1 && w.machine != machine {
			return
		}
		differ = differ || n > 1 && w.shown != shown
		machine, shown = w.machine, w.shown
	}
	if !differ {
		return
	}
	for _, f := range p.fields {
		for i := range f.when {
			if f.when[i].machine == machine && hasYear(f.when[i].shown) {
				f.when[i].machine = ""
			}
		}
	}
}

// hasYear tells that s shows a whole date.
func hasYear(s string) bool {
	m, ok := dates.Find(s, dates.Options{})
	return ok && !m.Relative
}

func ambiguous(s string) bool {
	m, ok := dates.Find(s, dates.Options{})
	return ok && m.Ambiguous
}

func (p *page) isPermalink(n dom.Node, it *item) bool {
	_, frag, ok := strings.Cut(p.t.Get(n, "href"), "#")
	return ok && it.num != "" && strings.HasSuffix(frag, it.num)
}

// stamp is the first time that any of the places tells. A day is given up for a
// minute of the same day, which some themes show but do not mark.
func (p *page) stamp(i int, ws []when) thread.Stamp {
	o := dates.Options{Base: p.src.Base, Order: p.order, Zone: p.src.Zone}
	var best thread.Stamp
	for _, w := range ws {
		best = finer(best, machineTime(w.machine))
		for _, s := range [...]string{w.machine, w.shown} {
			if best.Timed() {
				return best
			}
			best = finer(best, p.shownTime(i, s, o))
		}
	}
	return best
}

// finer is a, or b where that is a finer reading of the same day.
func finer(a, b thread.Stamp) thread.Stamp {
	switch {
	case a.IsZero():
		return b
	case b.Precision() > a.Precision() && a.Precision() == thread.Day && a.Time().Format(time.DateOnly) == b.Time().Format(time.DateOnly):
		return b
	}
	return a
}

func (p *page) shownTime(i int, s string, o dates.Options) thread.Stamp {
	if s == "" || len(s) > 400 {
		return thread.Stamp{}
	}
	m, ok := dates.Find(s, o)
	if !ok {
		return thread.Stamp{}
	}
	if m.Ambiguous {
		p.noteAt(i, thread.AmbiguousDate, "the date %q can be read with day and month swapped", s[m.Start:m.End])
	}
	return m.Stamp
}

// machineTime reads the value of a datetime attribute.
func machineTime(s string) thread.Stamp {
	s = strings.TrimSpace(s)
	if len(s) == 10 { // of the years 2001 to 2033
		if sec, err := strconv.ParseUint(s, 10, 32); err == nil && sec > 1e9 && sec < 2e9 {
			return thread.At(time.Unix(int64(sec), 0).UTC(), thread.Second)
		}
	}
	for _, f := range machineLayouts {
		t, err := time.Parse(f.layout, s)
		if err != nil || t.Year() < 1980 || t.Year() > 9999 {
			continue
		}
		if f.zoned {
			return thread.At(t, f.prec)
		}
		return thread.Local(t, f.prec)
	}
	return thread.Stamp{}
}

var machineLayouts = []struct {
	layout string
	prec   thread.Precision
	zoned  bool
}{
	{time.RFC3339, thread.Second, true}, {"2006-01-02T15:04:05Z0700", thread.Second, true}, {"2006-01-02 15:04:05Z07:00", thread.Second, true},
	{"2006-01-02T15:04Z07:00", thread.Minute, true}, {"2006-01-02 15:04:05 -0700", thread.Second, true}, {time.RFC1123Z, thread.Second, true}, {time.RFC1123, thread.Second, true},
	{"2006-01-02T15:04:05", thread.Second, false}, {"2006-01-02 15:04:05", thread.Second, false},
	{"2006-01-02T15:04", thread.Minute, false}, {"2006-01-02 15:04", thread.Minute, false}, {"2006-01-02", thread.Day, false},
}

// awaits is the note in the item at n that it awaits moderation, None where
// there is none.
func (p *page) awaits(n dom.Node) dom.Node {
	t := p.t
	for c := range t.Below(n, p.foreign()) {
		if t.IsText(c) {
			continue
		}
		if p.roles(t.Get(c, "class"))&waiting != 0 {
			return c
		}
		if name := t.Tag(c); (name == "em" || name == "i") && t.End(c)-c < 10 && locale.IsAwaiting(t.Line(c, nil)) {
			return c
		}
	}
	return dom.None
}

// trim cuts lines at both ends of a text that are none of its own, where the
// theme does not mark the text: "says:", dates, reply links, notes.
func (p *page) trim(s, author string) string {
	noise := func(l string) bool {
		if utf8.RuneCountInString(l) > 200 {
			return false
		}
		if strings.Trim(l, " -–—|·•,.:()[]#\u00a0") == "" || locale.IsReply(l) || locale.IsNoise(l) || locale.IsAwaiting(l) {
			return true
		}
		if _, ok := locale.Says(author + " " + l); ok && author != "" {
			return true
		}
		_, ok := dates.Parse(l, dates.Options{})
		return ok
	}
	for s != "" {
		first, rest, _ := strings.Cut(s, "\n")
		if !noise(first) {
			break
		}
		s = strings.TrimLeft(rest, "\n")
	}
	for s != "" {
		i := strings.LastIndexByte(s, '\n')
		if !noise(s[i+1:]) {
			break
		}
		s = strings.TrimRight(s[:max(i, 0)], "\n")
	}
	return s
}
