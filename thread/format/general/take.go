package general

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/byline"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
	"threadheat/thread/internal/page"
)

// item is one comment of the group.
type item struct {
	node, end dom.Node
	up        int // the item it stands in, -1 for none
	who       dom.Node
	body      dom.Node
	author    string
	text      string
	id        string
	when      []string // what may tell the time, the surest first
	parent    string   // the ID it names as the one it answers
	basis     thread.Basis
	kind      thread.Kind
}

// reader takes the comments of a group apart.
type reader struct {
	*finder
	src    format.Source
	g      *group
	items  []item
	itemTo []dom.Node     // by node: where the item that starts there ends, 0 for none
	weight []int32        // by node: how much text of the item being read it holds
	same   map[string]int // in how many items a short text stands: "Reply"
	order  dates.Order
	notes  []thread.Diagnostic
}

func newReader(f *finder, g *group, src format.Source) *reader {
	r := &reader{finder: f, src: src, g: g, itemTo: make([]dom.Node, f.t.Len()), weight: make([]int32, f.t.Len()), same: map[string]int{}}
	var open []int
	for i, m := range g.members {
		for len(open) > 0 && g.ends[open[len(open)-1]] <= m {
			open = open[:len(open)-1]
		}
		it := item{node: m, end: g.ends[i], up: -1, who: dom.None, body: dom.None}
		if k := len(open); k > 0 {
			it.up = open[k-1]
			it.end = min(it.end, r.items[it.up].end)
		}
		open = append(open, i)
		r.items = append(r.items, it)
		r.itemTo[m] = it.end
	}
	return r
}

// foreign tells that n is another item than the one being read.
func (r *reader) foreign(it *item) dom.Skip {
	return func(n dom.Node) bool { return n != it.node && r.itemTo[n] > 0 || r.marks[n]&isUnseen != 0 }
}

// own walks the nodes of an item without those of items in it. The item's own
// node comes first.
func (r *reader) own(it *item) func(func(dom.Node) bool) {
	return r.t.Between(it.node, it.end, r.foreign(it))
}

// repeat learns what texts the items have in common.
func (r *reader) repeat() {
	last := map[string]int{}
	for i := range r.items {
		for c := range r.own(&r.items[i]) {
			if !r.t.IsText(c) {
				continue
			}
			s := strings.TrimSpace(r.t.Raw(c))
			if s == "" || len(s) > 60 {
				continue
			}
			if j, seen := last[s]; !seen || j != i {
				last[s] = i
				r.same[s]++
			}
		}
	}
}

// isCommon tells that the text at n stands in most of the comments.
func (r *reader) isCommon(n dom.Node) bool {
	s := strings.TrimSpace(r.t.Raw(n))
	if len(r.items) < 3 { // two can say the same, but not in a link or label
		return len(r.items) == 2 && s != "" && r.same[s] == 2 && inline[r.t.Tag(r.t.Parent(n))]
	}
	return s != "" && len(s) <= 60 && r.same[s]*2 > len(r.items) && r.same[s] > 2
}

// takeAll takes all items apart. False means that they are no comments: most
// hold no text, or nothing but a link as their text.
func (r *reader) takeAll() bool {
	r.repeat()
	texts, links := 0, 0
	for i := range r.items {
		it := &r.items[i]
		r.take(it)
		if byline.Readable(it.text) {
			texts++
		}
		if it.body != dom.None {
			if c := r.in(it.body, r.t.End(it.body)); c.linked > 4*c.free {
				links++
			}
		}
	}
	if texts*2 <= len(r.items) || links*2 > len(r.items) {
		return false
	}
	var shown []string
	for i := range r.items {
		for _, w := range r.items[i].when {
			if page.MachineTime(w, false).IsZero() {
				shown = append(shown, w)
			}
		}
	}
	r.order = page.Order(r.src.DateOrder, shown)
	r.nameAll()
	return true
}

func (r *reader) take(it *item) {
	t := r.t
	dated := dom.None
	for c := range r.own(it) {
		if r.marks[c]&isDate != 0 {
			if dated == dom.None {
				dated = c
			}
			if len(it.when) < 8 {
				it.when = append(it.when, r.times(c, it)...)
			}
		}
	}
	it.kind = kindOf(t.Get(it.node, "class"))
	it.who = r.who(it)
	skip := func(n dom.Node) bool { return r.notText(n, it) }
	it.body = r.bodyOf(it, skip)
	if it.who == dom.None {
		it.who, it.author = r.guess(it, dated)
	} else {
		it.author = r.nameOf(it.who, it, false)
	}
	lo, hi := it.node+1, it.end
	switch {
	case it.body != dom.None && t.IsText(it.body):
		lo, hi = it.body, it.body+1
	case it.body != dom.None:
		lo, hi = it.body+1, t.End(it.body)
	}
	if it.who >= lo && it.who < hi || dated >= lo && dated < hi {
		lo = r.afterHeader(lo, hi, it, dated, skip)
	}
	it.text = r.trim(t.TextBetween(lo, hi, skip), it.author)
	r.label(it)
}

// afterHeader is where the text begins between lo and hi: after a first line that
// tells the author or the date and little else ("NAME in reply to …"), where
// blocks follow it.
func (r *reader) afterHeader(lo, hi dom.Node, it *item, dated dom.Node, skip dom.Skip) dom.Node {
	t := r.t
	tells := false
	for c := lo; c < hi; c = t.End(c) {
		if !t.IsText(c) && t.IsBlock(c) {
			if rest := t.TextBetween(lo, c, skip); tells && len(rest) <= 40 && !strings.ContainsAny(rest, ".!?…") && strings.TrimSpace(t.TextBetween(c, hi, skip)) != "" {
				return c
			}
			break
		}
		tells = tells || c == it.who || c == dated || it.who > c && it.who < t.End(c) || dated > c && dated < t.End(c)
	}
	return lo
}

// kindOf is what the class of a comment says of its kind.
func kindOf(class string) thread.Kind {
	switch class = strings.ToLower(class); {
	case strings.Contains(class, "pingback"):
		return thread.Pingback
	case strings.Contains(class, "trackback"):
		return thread.Trackback
	}
	return thread.Ordinary
}

// label cuts "Pingback:" from what is one, where the title may be all there is.
func (r *reader) label(it *item) {
	if it.kind == thread.Ordinary {
		return
	}
	if rest, ok := locale.Pingback(it.text); ok {
		it.text = rest
	} else if rest, ok := locale.Trackback(it.text); ok {
		it.text = rest
	}
	if it.text == "" {
		it.text, it.author = it.author, ""
	}
}

// times is what the date at n may be read from.
func (r *reader) times(n dom.Node, it *item) []string {
	t := r.t
	if t.IsText(n) {
		line := r.lineAround(n, it)
		return nonEmpty(shown(t, n), t.Line(line, nil))
	}
	return nonEmpty(t.Get(n, "datetime"), machineTime(t, n), t.Get(n, "content"), t.Get(n, "title"), spaced(t, n))
}

func nonEmpty(values ...string) []string {
	var out []string
	for _, s := range values {
		if s != "" && len(s) <= 400 {
			out = append(out, strings.ReplaceAll(s, "\u00a0", " "))
		}
	}
	return out
}

// lineAround is the widest node around the text at n that is set on one line.
func (r *reader) lineAround(n dom.Node, it *item) dom.Node {
	for a := range r.t.Ancestors(n) {
		if a <= it.node || r.t.End(a)-a > 40 || r.holdsLines(a) {
			break
		}
		n = a
	}
	return n
}

func (r *reader) holdsLines(n dom.Node) bool {
	for c := range r.t.Below(n, nil) {
		if r.t.StartsLine(c) {
			return true
		}
	}
	return false
}

// who is the element that tells the author, as far as its markup says so.
func (r *reader) who(it *item) dom.Node {
	t := r.t
	best, rank := dom.None, 9
	for c := range r.own(it) {
		if c == it.node || t.IsText(c) && r.marks[c]&isAuthor == 0 {
			continue
		}
		k := r.rank(c)
		if k < rank && r.nameOf(c, it, false) != "" {
			best, rank = c, k
		}
		if rank == 0 {
			break
		}
	}
	return best
}

// rank tells how surely n names the author; 9 is not at all.
func (r *reader) rank(n dom.Node) int {
	t := r.t
	if t.IsText(n) {
		return 5
	}
	if t.End(n)-n > maxSmall {
		return 9
	}
	ro := r.roles(n)
	prop := t.Get(n, "itemprop")
	switch {
	case t.HasClass(n, "fn"), prop == "author", prop == "creator":
		return 0
	case ro&author != 0 && ro&name != 0 && ro&chrome == 0:
		return 1
	case ro&author != 0 && ro&(chrome|header) == 0:
		return 2
	case t.Tag(n) == "cite":
		return 3
	case t.Tag(n) == "a" && isProfile(t, n):
		return 3
	case ro&author != 0:
		return 4
	case ro&name != 0 && ro&(chrome|body|header|answers) == 0 && t.End(n)-n < 10:
		return 5
	}
	return 9
}

// nameOf is the name that the element at n tells, "" where it tells none; dated
// says that a date stands in the same text.
func (r *reader) nameOf(n dom.Node, it *item, dated bool) string {
	t := r.t
	skip := func(c dom.Node) bool {
		if c == n {
			return false
		}
		if t.IsText(c) {
			return r.marks[c]&isDate != 0 && !dated && t.Parent(c) != n || r.isCommon(c) && c != n+1
		}
		ro := r.roles(c)
		return r.itemTo[c] > 0 || r.marks[c]&(isDate|isReply|isUnseen) != 0 || ro&chrome != 0 && ro&(author|name) == 0 || t.Tag(c) == "sup" ||
			t.End(c)-c <= 3 && c > n+1 && byline.IsBadge(t.Line(c, nil))
	}
	inner := n
	if !t.IsText(n) && t.End(n)-n > 3 {
		if b, _ := t.Best(n, nameInside, skip); b != dom.None && t.Line(b, skip) != "" {
			inner = b
		}
	}
	s := strings.TrimSpace(strings.ReplaceAll(t.Line(inner, skip), "\u00a0", " "))
	if inner == n && s != "" {
		if t.Line(n, nil) != s { // "NAME on", where the date is marked
			if cut := byline.TrimEnd(s); byline.Readable(cut) {
				s = cut
			}
		}
		if t.Tag(n) != "a" {
			s = byline.Loose(s)
		}
	}
	s = byline.Name(s)
	if !strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsSymbol(c) }) || len(s) > 100 || strings.Trim(s, "#.,0123456789 ") == "" && r.rank(n) > 3 || locale.IsReply(s) || locale.IsNoise(s) {
		return ""
	}
	return s
}

var nameInside = []*dom.Selector{dom.Select("[itemprop=name]"), dom.Select(".fn, .name, .username, .author"), dom.Select("strong, b, a[rel~=external], a[rel~=nofollow]")}

// guess is what most likely names the author where no markup says so: what
// stands on the line of the date, else the first heading, bold word or link.
func (r *reader) guess(it *item, dated dom.Node) (dom.Node, string) {
	t := r.t
	inBody := func(n dom.Node) bool {
		return it.body != dom.None && it.body != it.node && t.Within(n, it.body)
	}
	if dated != dom.None && !inBody(dated) {
		n := r.lineAround(dated, it)
		s := ""
		if n != dated || t.IsText(n) { // a date alone may be shown as anything
			s = r.nameOf(n, it, true)
		}
		if byline.IsLead(s) { // "DATE by", and then the name
			for c := n + 1; c < min(it.end, n+6); c++ {
				if after := r.nameOf(c, it, false); after != "" {
					return c, after
				}
			}
		} else if s != "" && !dateOnly(s) && !hasNumber(s) {
			return n, s
		}
	}
	first, firstName := dom.None, ""
	to := it.node + 1 // the end of what tells a date
	for c := range r.own(it) {
		if r.marks[c]&isDate != 0 {
			to = max(to, t.End(c))
		}
		if c < to || inBody(c) {
			continue
		}
		if t.IsText(c) {
			if first == dom.None && strings.TrimSpace(t.Raw(c)) != "" && !r.isCommon(c) && r.marks[c]&isDate == 0 && len(t.Raw(c)) < 60 {
				if s := r.nameOf(c, it, false); s != "" && !hasNumber(s) {
					first, firstName = c, s
				}
			}
			continue
		}
		switch t.Tag(c) {
		case "strong", "b", "h2", "h3", "h4", "h5", "h6", "a", "dt", "em", "i":
			if t.End(c)-c > 10 || r.marks[c]&isReply != 0 || int(c)+1 < t.Len() && r.isCommon(c+1) {
				continue
			}
			if s := r.nameOf(c, it, false); s != "" && !dateOnly(s) {
				return c, s
			}
		}
	}
	return first, firstName
}

// hasNumber tells that one of the words of s is a number: "39 points", "level 2".
func hasNumber(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if strings.Trim(w, "+-.,0123456789") == "" {
			return true
		}
	}
	return false
}

func dateOnly(s string) bool {
	_, ok := dates.Parse(s, dates.Options{})
	return ok
}

// notText tells that n is no part of the text of the item it stands in.
func (r *reader) notText(n dom.Node, it *item) bool {
	t := r.t
	if n != it.node && r.itemTo[n] > 0 || r.marks[n]&(isDate|isReply|isUnseen) != 0 || n == it.who {
		return true
	}
	if t.IsText(n) {
		return r.marks[n]&isAuthor != 0 || r.isCommon(n)
	}
	switch t.Tag(n) {
	case "form", "label", "input", "time", "nav":
		return true
	}
	if r.marks[n]&isAuthor != 0 && r.rank(n) <= 4 && !r.inQuote(n, it) && t.Tag(n) != "a" {
		return true
	}
	ro := r.roles(n)
	if ro&(chrome|answers) != 0 && ro&body == 0 && t.End(n)-n < (it.end-it.node)*9/10 {
		return true
	}
	href := t.Get(n, "href")
	return strings.HasPrefix(href, "javascript:") || strings.Contains(href, "replytocom=")
}

func (r *reader) inQuote(n dom.Node, it *item) bool {
	levels := 0
	for a := range r.t.Ancestors(n) {
		if levels++; a <= it.node || levels > maxClimb {
			break
		}
		if r.t.Tag(a) == "blockquote" {
			return true
		}
	}
	return false
}

// bodyOf is the smallest element that holds the text of an item and neither its
// header nor its buttons, or the item itself where text and header stand
// together, or None where that goes beyond one element.
func (r *reader) bodyOf(it *item, skip dom.Skip) dom.Node {
	t := r.t
	total := r.weighTexts(it, skip)
	weight := func(n dom.Node) int32 {
		if n != it.node && r.itemTo[n] > 0 {
			return 0
		}
		return r.weight[n]
	}
	best := dom.None
	var most int32
	for c := range r.own(it) {
		if c == it.node || t.IsText(c) {
			continue
		}
		if ro := r.roles(c); (ro&body != 0 || isBodyProp(t, c)) && ro&(header|author|date|chrome) == 0 && (weight(c) > most || weight(c) == most && most > 0 && t.Within(c, best)) {
			most, best = weight(c), c
		}
	}
	if best != dom.None && (most*2 >= total || r.roles(best)&(talk|post) != 0) {
		return best
	}
	if it.end != t.End(it.node) {
		return dom.None
	}
	cur := it.node
	for range 32 {
		heavy, n, blocks := dom.None, int32(-1), 0
		for c := range t.Children(cur) {
			w := weight(c)
			if w > n {
				heavy, n = c, w
			}
			if w > 0 && (t.IsText(c) || paragraphs[t.Tag(c)]) {
				blocks++
			}
		}
		if heavy == dom.None || n <= 0 || n*10 < weight(cur)*6 || t.IsText(heavy) || paragraphs[t.Tag(heavy)] && blocks > 1 || inline[t.Tag(heavy)] {
			break
		}
		cur = heavy
		if paragraphs[t.Tag(cur)] {
			break
		}
	}
	return cur
}

func isBodyProp(t *dom.Tree, n dom.Node) bool {
	switch t.Get(n, "itemprop") {
	case "text", "commentText", "reviewBody", "description":
		return true
	}
	return false
}

var (
	paragraphs = map[string]bool{"p": true, "blockquote": true, "ul": true, "ol": true, "pre": true}
	inline     = map[string]bool{"a": true, "b": true, "strong": true, "i": true, "em": true, "span": true, "u": true, "font": true}
)

// weighTexts works out how much text each node of an item holds, and how much
// the item does.
func (r *reader) weighTexts(it *item, skip dom.Skip) int32 {
	t := r.t
	var w int32
	var open []dom.Node // elements the walk stands in; their weight is w at their start, negative
	leave := func(n dom.Node) {
		for len(open) > 0 && t.End(open[len(open)-1]) <= n {
			r.weight[open[len(open)-1]] += w
			open = open[:len(open)-1]
		}
	}
	for c := range t.Between(it.node, it.end, func(n dom.Node) bool {
		if skip(n) {
			r.weight[n] = 0
			return true
		}
		return false
	}) {
		leave(c)
		if t.IsText(c) {
			r.weight[c] = int32(len(strings.TrimSpace(t.Raw(c))))
			w += r.weight[c]
			continue
		}
		r.weight[c] = -w
		open = append(open, c)
	}
	leave(dom.Node(t.Len()))
	return w
}

// trim cuts lines at both ends of a text that are none of its own.
func (r *reader) trim(s, author string) string {
	noise := func(l string) bool {
		if len(l) > 120 {
			return false
		}
		l = strings.TrimSpace(l)
		if strings.Trim(l, " -–—|·•,.:()[]#/\u00a0") == "" || l == author || locale.IsReply(l) || locale.IsNoise(l) || locale.IsAwaiting(l) || locale.IsQuote(l) {
			return true
		}
		if author != "" {
			if _, ok := locale.Says(author + " " + l); ok {
				return true
			}
		}
		return dateOnly(l)
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

// nameAll gives every item an ID: the number in its element's, that of an anchor
// or link in it, or its place.
func (r *reader) nameAll() {
	seen := map[string]bool{}
	for i := range r.items {
		it := &r.items[i]
		id := cmp.Or(r.number(it.node), r.anchor(it))
		if id == "" || seen[id] {
			id = "n" + strconv.Itoa(i+1)
		}
		seen[id] = true
		it.id = id
	}
}

// number is the number that the attributes of n give it.
func (r *reader) number(n dom.Node) string {
	for _, k := range [...]string{"data-comment-id", "data-commentid", "data-comment", "data-id", "id", "name"} {
		v := r.t.Get(n, k)
		if len(v) > 80 || v == "" {
			continue
		}
		if digits := lastNumber(v); digits != "" {
			return digits
		}
		if k == "data-comment-id" || k == "data-commentid" || k == "id" {
			return v
		}
	}
	return ""
}

// lastNumber is the number at the end of an ID, "" where it is no more than a
// part of its last word ("t1_c95f5").
func lastNumber(id string) string {
	i := strings.LastIndexFunc(id, func(c rune) bool { return c < '0' || c > '9' }) + 1
	if i == len(id) || len(id)-i > 20 {
		return ""
	}
	word := id[strings.LastIndexAny(id, "-_.:/=")+1:]
	letters := strings.TrimRight(word, "0123456789")
	if strings.ContainsAny(letters, "0123456789") {
		return ""
	}
	return word[len(letters):]
}

// anchor is the number of an anchor in an item, or right before it, or of the
// link to itself.
func (r *reader) anchor(it *item) string {
	t := r.t
	for n := it.node - 1; n > it.node-4 && n > dom.Root; n-- {
		if t.Tag(n) == "a" && t.End(n) <= it.node {
			if v := r.number(n); v != "" {
				return v
			}
		}
	}
	for c := range r.own(it) {
		if t.IsText(c) || c == it.node {
			continue
		}
		id := cmp.Or(t.Get(c, "id"), t.Get(c, "name"), t.Get(c, "data-comment-id"))
		if p, ok := pattern(id); ok && r.lex.of(p)&(talk|post) != 0 && r.lex.of(p)&chrome == 0 || ok && p == "#" || p == "c#" {
			if v := r.number(c); v != "" {
				return v
			}
		}
		if _, frag, ok := strings.Cut(t.Get(c, "href"), "#"); ok {
			if p, ok := pattern(frag); ok && (r.lex.of(p)&(talk|post) != 0 || p == "#" || p == "c#" || p == "p#") && r.marks[c]&isReply == 0 {
				return lastNumber(frag)
			}
		}
	}
	return ""
}

// comments makes the comments of the items.
func (r *reader) comments(p *page.Page) []thread.Comment {
	out := make([]thread.Comment, 0, len(r.items))
	for i := range r.items {
		it := &r.items[i]
		c := thread.Comment{ID: it.id, Author: it.author, Text: it.text, Pos: p.Pos(it.node), Parent: it.parent, Basis: it.basis, Time: r.stamp(it), Kind: it.kind}
		if page.IsDeletedUser(c.Author) {
			c.Author = ""
		}
		if page.IsAnonymous(c.Author) {
			c.AuthorKey = "anonymous " + strconv.Itoa(i+1) // two of them are two people
		}
		if byline.Readable(c.Text) || byline.Readable(c.Author) {
			out = append(out, c)
		}
	}
	return out
}

// stamp is the first time that any of the places tells. A day is given up for a
// minute.
func (r *reader) stamp(it *item) thread.Stamp {
	var best thread.Stamp
	for _, w := range it.when {
		s := page.MachineTime(w, false)
		if s.IsZero() {
			m, ok := dates.Find(w, dates.Options{Base: r.src.Base, Order: r.order, Zone: r.src.Zone})
			if !ok {
				m, ok = dates.Parse(w, dates.Options{Base: r.src.Base, Order: r.order, Zone: r.src.Zone})
			}
			if !ok || m.Stamp.IsZero() {
				continue
			}
			if m.Ambiguous && best.IsZero() {
				r.notes = append(r.notes, thread.Diagnostic{Code: thread.AmbiguousDate, Comment: it.id, Pos: thread.Pos{File: r.src.Name},
					Message: "the date " + strconv.Quote(w[m.Start:m.End]) + " can be read with day and month swapped"})
			}
			s = m.Stamp
		}
		if best.IsZero() || !best.Timed() && s.Timed() {
			best = s
		}
		if best.Timed() {
			break
		}
	}
	return best
}
