package wordpress

import (
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
)

// item is an element that holds one comment.
type item struct {
	node   dom.Node
	text   dom.Node // the <dd> with the text of a comment that is a <dt>, else None
	num    string   // the number of the comment, "" where the page gives none
	parent string   // the number of the comment it answers, where the page names it
	hint   string   // the same as an attribute tells it, which may mean something else
	up     int      // the item it stands in, -1 for none
	depth  int      // of the class depth-N, 0 where there is none
	kind   thread.Kind
	state  thread.State
	marked bool // as a comment, not only numbered as one
	pos    thread.Pos

	id string // what its comment is called
}

// find lists the comments of the page in document order.
func (p *page) find() {
	p.scan(nil)
	if len(p.items) == 0 {
		p.scan(p.boxes())
	}
	p.dropEmpty()
	p.widen()
	p.nameAll()
	p.parents()
}

// scan lists the elements that look like comments, and those of boxes.
func (p *page) scan(boxes map[dom.Node]bool) {
	t := p.t
	var open []opened // items the walk stands in, innermost last
	lists := []list{{end: dom.Node(t.Len()), answers: -1, last: -1}}
	for n := dom.Root + 1; int(n) < t.Len(); n++ {
		for len(open) > 0 && open[len(open)-1].end <= n {
			open = open[:len(open)-1]
		}
		for lists[len(lists)-1].end <= n {
			lists = lists[:len(lists)-1]
		}
		in := &lists[len(lists)-1]
		if p.isReplies(n) {
			l := list{node: n, end: t.End(n), answers: in.last, last: -1}
			if len(open) > 0 && p.items[open[len(open)-1].item].node > in.node {
				l.answers = open[len(open)-1].item
			}
			lists = append(lists, l)
			in = &lists[len(lists)-1]
		}
		if t.Tag(n) == "template" { // for scripts to fill
			n = t.End(n) - 1
			continue
		}
		if i := in.last; i >= 0 && t.Tag(n) == "dd" && p.items[i].text == dom.None && p.follows(n, p.items[i].node) {
			p.items[i].text, p.isItem[n] = n, true
			open = append(open, opened{i, t.End(n)})
			continue
		}
		it, ok := p.candidate(n)
		switch {
		case boxes[n]:
			it.num = p.replyNumber(n)
		case !ok:
			continue
		}
		it.up = in.answers
		if len(open) > 0 && p.items[open[len(open)-1].item].node >= in.node {
			it.up = open[len(open)-1].item
			if p.merge(&p.items[it.up], it) {
				continue
			}
		} else {
			in.last = len(p.items)
		}
		open = append(open, opened{len(p.items), t.End(n)})
		p.items = append(p.items, it)
		p.isItem[n] = true
	}
}

// opened is an item the walk stands in.
type opened struct {
	item int
	end  dom.Node
}

// follows tells that n is the <dd> of the <dt> at term.
func (p *page) follows(n, term dom.Node) bool {
	if p.t.Tag(term) != "dt" {
		return false
	}
	after := p.t.End(term)
	return after == n || after+1 == n && p.t.IsText(after)
}

// list is a list of replies that the walk stands in; the outermost is the page.
// Most themes put it into the comment that is answered, some beside it.
type list struct {
	node, end dom.Node
	answers   int // the item that its items answer, -1 for none
	last      int // its last item so far, not counting those in other items, -1 for none
}

func (p *page) isReplies(n dom.Node) bool {
	switch p.t.Tag(n) {
	case "ul", "ol", "div", "section", "dl":
		return p.rolesOf(n)&children != 0
	}
	return false
}

// boxes finds comments that no class or ID marks, by their reply links: the
// smallest box around one that holds an author.
func (p *page) boxes() map[dom.Node]bool {
	t := p.t
	boxes := map[dom.Node]bool{}
	last := dom.Root
	for c := range t.All(dom.Root, replyLink, t.Hidden) {
		box := t.Parent(c)
		for levels := 0; box > last && levels < 8 && p.furniture(box)&(name|author) == 0; levels++ {
			box = t.Parent(box)
		}
		if box > last && p.furniture(box)&(name|author) != 0 {
			boxes[box], last = true, box
		}
	}
	return boxes
}

var replyLink = dom.Select("a[class*=comment-reply-link]")

// candidate tells whether n looks like the element of a comment.
func (p *page) candidate(n dom.Node) (it item, ok bool) {
	t := p.t
	if t.IsText(n) {
		return it, false
	}
	it.node, it.text = n, dom.None
	switch t.Tag(n) {
	case "li", "div", "article", "section", "tr", "dl", "dt", "dd", "table", "blockquote", "aside", "ul", "ol":
	default:
		return it, false
	}
	it.num, it.parent = commentNumber(t.Get(n, "id"))
	class := t.Get(n, "class")
	r := p.rolesOf(n)
	marked := r&(comment|pingback|trackback) != 0
	for c := range strings.FieldsSeq(class) {
		switch {
		case strings.HasPrefix(c, "depth-"):
			it.depth, _ = strconv.Atoi(c[len("depth-"):])
		case strings.HasPrefix(c, "wpd_comment_level-"), strings.HasPrefix(c, "wc_comment_level-"):
			it.depth, _ = strconv.Atoi(c[strings.IndexByte(c, '-')+1:])
			marked = true
		}
	}
	it.depth = min(max(it.depth, 0), 1<<20)
	it.hint = p.dataParent(n)
	switch {
	case r&pingback != 0:
		it.kind = thread.Pingback
	case r&trackback != 0:
		it.kind = thread.Trackback
	}
	if r&waiting != 0 {
		it.state = thread.Pending
	}
	it.marked = marked
	return it, it.num != "" || marked && (r&started != 0 || it.depth > 0) || r&comment != 0 && p.furnished(n)
}

// dataParent is the number of the comment answered as an attribute tells it.
func (p *page) dataParent(n dom.Node) string {
	for _, key := range p.parentKeys {
		v := p.t.Get(n, key)
		if rest, digits := cutDigits(v); digits != "" && len(v) <= 40 && (rest == "" || strings.HasSuffix(rest, "comment-")) {
			return strings.TrimLeft(digits, "0")
		}
	}
	return ""
}

// furnished tells whether an element of the class "comment" alone is one: it
// holds an author, and a text or a date.
func (p *page) furnished(n dom.Node) bool {
	r := p.furniture(n)
	return r&(name|author) != 0 && r&(body|text|date) != 0
}

// furniture is the roles of the first nodes below n.
func (p *page) furniture(n dom.Node) role {
	t := p.t
	var r role
	for c := n + 1; c < min(t.End(n), n+100); c++ {
		switch t.Tag(c) {
		case "#text":
		case "time":
			r |= date
		case "cite":
			r |= author
		default:
			r |= p.rolesOf(c) | properties[t.Get(c, "itemprop")]
		}
	}
	return r
}

// commentNumber reads the numbers of "comment-12", "li-comment-12" and their
// like, and of "wpd-comm-12_7", which answers 7.
func commentNumber(id string) (num, parent string) {
	if len(id) < 5 || len(id) > 60 {
		return "", ""
	}
	id = strings.ToLower(id)
	word, num := cutDigits(id)
	if rest, n := cutDigits(strings.TrimSuffix(word, "_")); strings.HasSuffix(word, "_") && n != "" && strings.HasSuffix(rest, "-comm-") {
		word, num, parent = rest, n, strings.TrimLeft(num, "0")
	}
	if num == "" {
		return "", ""
	}
	word = strings.TrimRight(word, "-_")
	for _, end := range [...]string{"comment", "comm"} {
		if prefix, ok := strings.CutSuffix(word, end); ok && !notPrefix.in(prefix) {
			return num, parent
		}
	}
	return "", ""
}

// notPrefix are parts of IDs that have the number of a comment without being
// one: links in side bars, forms.
var notPrefix = byFirst("recent", "latest", "widget", "respond", "reply", "form", "parent", "edit", "last", "new")

func cutDigits(s string) (rest, digits string) {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	return s[:i], s[i:]
}

// merge tells whether it is a part of o, in which it stands, and no comment of
// its own. Themes put the number on the list item, on a box inside it, or both.
func (p *page) merge(o *item, it item) bool {
	if it.num != "" && o.num != "" {
		return it.num == o.num
	}
	if p.listBetween(it.node, o.node) {
		return false
	}
	if o.num == "" {
		o.num, o.parent = it.num, it.parent
	}
	if o.depth == 0 {
		o.depth = it.depth
	}
	return true
}

// listBetween tells whether a list of replies stands between n and the element
// above it.
func (p *page) listBetween(n, above dom.Node) bool {
	if p.t.Tag(n) == "li" {
		return true
	}
	levels := 0
	for a := range p.t.Ancestors(n) {
		if a == above || levels == 32 {
			return false
		}
		if p.rolesOf(a)&children != 0 {
			return true
		}
		levels++
	}
	return false
}

// dropEmpty removes items without text: anchors, and what scripts would fill.
func (p *page) dropEmpty() {
	kept := p.items[:0]
	to := make([]int, len(p.items))
	for i, it := range p.items {
		up := it.up
		if up >= 0 {
			up = to[up] // a dropped one hands on the one it stands in
		}
		if !p.hasText(it.node) && (it.text == dom.None || !p.hasText(it.text)) {
			to[i] = up
			continue
		}
		it.up = up
		to[i] = len(kept)
		kept = append(kept, it)
	}
	p.items = kept
}

// widen lets items grow that have only the number of a comment and its text:
// the author may stand beside the box that has the number.
func (p *page) widen() {
	t := p.t
	for i := range p.items {
		it := &p.items[i]
		if it.marked || p.furniture(it.node)&(name|author) != 0 {
			continue
		}
		box := it.node
		for range 3 {
			box = t.Parent(box)
			alone := (i == 0 || p.items[i-1].node < box) && (i+1 == len(p.items) || p.items[i+1].node >= t.End(box))
			if box == dom.Root || !alone || t.End(box)-box > 200 {
				break
			}
			if p.furniture(box)&(name|author) != 0 {
				p.isItem[it.node], p.isItem[box] = false, true
				it.node = box
				break
			}
		}
	}
}

// hasText tells whether the item at n shows any word of its own.
func (p *page) hasText(n dom.Node) bool {
	for c := range p.t.Below(n, p.foreign()) {
		if p.t.IsText(c) && strings.TrimSpace(p.t.Raw(c)) != "" {
			return true
		}
	}
	return false
}

// foreign leaves out what is not the item's own: the items in it.
func (p *page) foreign() dom.Skip {
	return func(c dom.Node) bool { return p.isItem[c] || p.t.Hidden(c) }
}

// nameAll gives every item the ID of its comment: its number, or its place.
func (p *page) nameAll() {
	for i := range p.items {
		it := &p.items[i]
		if it.num == "" {
			it.num = p.replyNumber(it.node)
		}
		it.pos = p.pos(it.node)
		it.id = it.num
		if it.id == "" {
			it.id = "n" + strconv.Itoa(i+1)
		}
		if _, used := p.byID[it.id]; !used {
			p.byID[it.id] = i
		}
	}
}

// replyNumber is the number of the comment at n as its links tell it.
func (p *page) replyNumber(n dom.Node) string {
	t := p.t
	if v := t.Get(n, "data-comment-id"); v != "" {
		return v
	}
	for c := range t.All(n, numbered, p.foreign()) {
		for _, v := range [...]string{t.Get(c, "data-commentid"), t.Get(c, "data-comment-id"), moved(t.Get(c, "onclick"))} {
			if v != "" {
				return v
			}
		}
		if _, frag, ok := strings.Cut(t.Get(c, "href"), "#"); ok {
			if num, _ := commentNumber(frag); num != "" {
				return num
			}
		}
	}
	return ""
}

var numbered = dom.Select(`[data-commentid], [data-comment-id], [onclick*=moveForm], a[href*="#comment-"]`)

// moved is the second argument of addComment.moveForm("div-comment-12", "12",
// "respond", "9"): the comment that would be answered.
func moved(onclick string) string {
	_, args, ok := strings.Cut(onclick, "moveForm")
	if !ok {
		return ""
	}
	_, args, _ = strings.Cut(args, ",")
	arg, _, _ := strings.Cut(args, ",")
	arg = strings.Trim(arg, ` "'`)
	if rest, digits := cutDigits(arg); rest != "" || digits == "" {
		return ""
	}
	return arg
}

// parents settles who answers whom where the page does not name the parent: the
// comment an item stands in, else the last one before it of a smaller depth.
func (p *page) parents() {
	var above []int // items of growing depth, each the last of its depth so far
	for i := range p.items {
		it := &p.items[i]
		if j, ok := p.byID[it.hint]; ok && j != i && it.parent == "" {
			it.parent = it.hint
		}
		if it.depth == 0 {
			continue
		}
		for len(above) > 0 && p.items[above[len(above)-1]].depth >= it.depth {
			above = above[:len(above)-1]
		}
		// A theme that forgets to close its elements puts each comment into the
		// one before; the depths still tell.
		broken := it.up >= 0 && p.items[it.up].depth >= it.depth
		if it.up < 0 || broken {
			it.up = -1
			if len(above) > 0 {
				it.up = above[len(above)-1]
			}
			if it.up < 0 && it.depth > 1 || it.up >= 0 && p.items[it.up].depth < it.depth-1 {
				p.noteAt(i, thread.DepthJump, "the comment %q is marked as of depth %d, but no comment of depth %d stands before it", it.id, it.depth, it.depth-1)
			}
		}
		above = append(above, i)
	}
}
