package wordpress

import (
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/byline"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
)

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
	end, lines, first := it.node, 0, dom.None
	for c := range t.Below(it.node, p.foreign()) {
		if c < end || !t.IsText(c) || strings.TrimSpace(t.Raw(c)) == "" || p.outside(c, it.node) {
			continue
		}
		l := p.lineAround(c, it.node)
		end = t.End(l)
		line := t.Line(l, nil)
		if strings.Trim(line, "#.0123456789") == "" { // the place of the comment
			continue
		}
		if lines++; lines == maxTries {
			break
		}
		_, dated := dates.Find(line, dates.Options{})
		inText := text != dom.None && t.Within(l, text)
		if lines == 1 {
			first = l
		} else if _, all := dates.Parse(line, dates.Options{}); all && lines == 2 && text == dom.None {
			l = first // a line before a date
		}
		switch {
		case l == first && lines == 2:
		case lines == 1 && (dated || text != dom.None && !inText || p.heads(c, l, inText)):
		case lines > 1 && dated && !inText && (text != dom.None || byline.LeadsIn(line)):
		default:
			continue
		}
		if s := p.name(l); byline.Readable(s) && len(s) < 100 && !locale.IsReply(s) && !locale.IsNoise(s) {
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
		if p.t.Tag(a) == "blockquote" || p.t.Tag(a) == "time" || p.notText(a) && p.rolesOf(a)&(author|meta) == 0 {
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
	if t.Tag(up) == "header" || p.rolesOf(up)&(author|meta) != 0 {
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
	r := p.rolesOf(n)
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
	if p.isReplyLink(n) || p.isBadge(n) {
		return true
	}
	r := p.rolesOf(n)
	return r&(chrome|date|meta|body) != 0 && r&(name|author) == 0
}

// isBadge tells that n, which stands after a name, says who somebody is.
func (p *page) isBadge(n dom.Node) bool {
	t := p.t
	switch t.Tag(n) {
	case "span", "em", "small", "i", "b", "strong", "div", "label", "mark":
		return t.End(n)-n <= 3 && p.afterWords(n) && byline.IsBadge(t.Line(n, nil))
	}
	return false
}

// afterWords tells that words stand shortly before n.
func (p *page) afterWords(n dom.Node) bool {
	for before := n - 1; before > dom.Root && before > n-4; before-- {
		if strings.TrimSpace(p.t.Raw(before)) != "" {
			return true
		}
	}
	return false
}

// nameIn is the element that holds nothing but the name, inside the one that
// tells the author.
func (p *page) nameIn(who dom.Node) dom.Node {
	t := p.t
	if p.rolesOf(who)&name != 0 {
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
	if n == who && p.rolesOf(n)&name == 0 { // a box that may hold more
		if cut := byline.TrimEnd(s); byline.Readable(cut) && p.t.Line(n, nil) != s { // "NAME on", where the date is marked
			s = cut
		}
		s = byline.Loose(s)
	}
	return byline.Name(s)
}
