package dom

import (
	"html"
	"slices"
	"strconv"
	"strings"
)

// Text is what a person reads below n, as plain text:
//
//   - white space is folded, except in <pre>; no-break spaces are kept,
//   - paragraphs, lists, quotations, headings, tables and the like stand between
//     blank lines, other blocks, list items and table rows on lines of their
//     own, and <br> ends a line; there is never more than one blank line,
//   - items of lists begin with "- ", or "1. " where the list is numbered, and
//     lists in lists are indented by two spaces,
//   - every line of a quotation begins with "> ", so that quoted words can be
//     told from the writer's own,
//   - scripts, styles, forms' controls, embedded media and whatever is marked as
//     hidden are left out; of images only emoji and smileys leave their text.
//
// What skip names is left out too. Text runs over the nodes once; its result is
// shorter than a fixed multiple of the source. It is "" for a node without text.
func (t *Tree) Text(n Node, skip Skip) string { return t.TextQuoting(n, skip, nil) }

// TextQuoting is Text, for pages where other elements than <blockquote> are
// quotations, too: those of which cited is true.
func (t *Tree) TextQuoting(n Node, skip Skip, cited func(Node) bool) string {
	lo, hi := t.inside(n)
	return t.text(lo, hi, skip, cited)
}

// inside is the range of what Text and Line read of n.
func (t *Tree) inside(n Node) (lo, hi Node) {
	if t.IsText(n) {
		return n, n + 1
	}
	return n + 1, t.End(n)
}

// TextBetween is the text of the nodes from lo to before hi, set as Text sets
// it. What is around lo leaves no mark; what begins before hi is read up to hi.
func (t *Tree) TextBetween(lo, hi Node, skip Skip) string { return t.text(lo, hi, skip, nil) }

func (t *Tree) text(lo, hi Node, skip Skip, cited func(Node) bool) string {
	w := writer{cited: cited}
	if lo < hi {
		w.b.Grow(min(int(t.nodes[hi-1].hi-t.nodes[lo].lo), 1<<10)) // most texts are shorter, and their markup too
	}
	t.flow(lo, hi, skip, w.text, func(c Node) bool { return w.enter(t, c) }, func(c Node) { w.leave(t, c) })
	return w.String()
}

// Line is the text below n on one line: no markers, white space and breaks
// folded to single spaces. It fits names, dates and headings.
func (t *Tree) Line(n Node, skip Skip) string {
	var l folder
	var space [8]Node
	ends := space[:0] // of the open blocks, innermost last
	lo, hi := t.inside(n)
	for c := lo; c < hi; c++ {
		for len(ends) > 0 && ends[len(ends)-1] <= c {
			l.gap, ends = true, ends[:len(ends)-1]
		}
		if t.Hidden(c) || skip != nil && skip(c) {
			c = t.nodes[c].end - 1
			continue
		}
		if t.IsText(c) {
			l.text(html.UnescapeString(t.Raw(c)))
			continue
		}
		l.text(t.emoji(c))
		if t.StartsLine(c) {
			l.gap, ends = true, append(ends, t.nodes[c].end)
		}
	}
	return string(l.b)
}

// folder joins texts and folds their white space to single spaces.
type folder struct {
	b   []byte
	gap bool // white space came since the last word
}

func (l *folder) text(s string) {
	for s != "" {
		if isSpace(s[0]) {
			l.gap, s = true, s[1:]
			continue
		}
		i := 1
		for i < len(s) && !isSpace(s[i]) {
			i++
		}
		if l.gap && len(l.b) > 0 {
			l.b = append(l.b, ' ')
		}
		l.b, l.gap, s = append(l.b, s[:i]...), false, s[i:]
	}
}

// flow hands out what is shown from lo to before hi in order: texts, the starts
// of elements, and the ends of those for whose start enter said true.
func (t *Tree) flow(lo, hi Node, skip Skip, text func(string), enter func(Node) bool, leave func(Node)) {
	var open []Node
	for c := range t.Between(lo, hi, func(c Node) bool { return t.Hidden(c) || skip != nil && skip(c) }) {
		for len(open) > 0 && t.End(open[len(open)-1]) <= c {
			leave(open[len(open)-1])
			open = open[:len(open)-1]
		}
		if t.IsText(c) {
			text(html.UnescapeString(t.Raw(c)))
		} else if enter(c) {
			open = append(open, c)
		}
	}
}

// Content is the raw text of an element whose content is no markup, such as
// <script>, or the decoded one of <title> and <textarea>.
func (t *Tree) Content(n Node) string {
	if n+1 >= t.End(n) || !t.IsText(n+1) {
		return ""
	}
	if name := t.Tag(n); name == "title" || name == "textarea" {
		return html.UnescapeString(t.Raw(n + 1))
	}
	return t.Raw(n + 1)
}

// Hidden tells that a browser shows nothing of n, as far as its own markup
// tells: style sheets are not read, but the classes by which themes mark text
// for screen readers only are known.
func (t *Tree) Hidden(n Node) bool {
	return t.hide[n/64]&(1<<(n%64)) != 0
}

// findHidden works out what Hidden says.
func (t *Tree) findHidden() {
	t.hide = make([]uint64, len(t.nodes)/64+1)
	var classes []string // those of this page
	for _, c := range hiding {
		if strings.Contains(t.vals, c) {
			classes = append(classes, c)
		}
	}
	flag, style, class := t.keys.find("hidden"), t.keys.find("style"), t.keys.find("class")
	for i := range t.nodes {
		n := Node(i)
		hides := t.rule(n)&hidden != 0
		for _, a := range t.attributes(n) {
			switch v := t.vals[a.lo:a.hi]; a.key {
			case flag:
				hides = true
			case style:
				hides = hides || strings.Contains(v, "none") && strings.Contains(strings.ReplaceAll(v, " ", ""), "display:none")
			case class:
				hides = hides || slices.ContainsFunc(classes, func(c string) bool { return hasField(v, c) })
			}
		}
		if hides {
			t.hide[n/64] |= 1 << (n % 64)
		}
	}
}

// hiding are the classes of text for screen readers only.
var hiding = []string{"screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden"}

// IsBlock tells that n is shown as a block of its own or is part of a table:
// what stands before it and what stands after it are on different lines.
func (t *Tree) IsBlock(n Node) bool { return t.rule(n)&(line|para|part) != 0 }

// StartsLine tells that n starts on a line of its own, as blocks do, or ends
// one, as <br> does.
func (t *Tree) StartsLine(n Node) bool {
	return t.IsBlock(n) || t.Tag(n) == "br"
}

func (t *Tree) rule(n Node) rule { return t.tags[t.nodes[n].tag].rule }

// emoji is the text that an image stands for, where it is an emoji or smiley.
func (t *Tree) emoji(n Node) string {
	if t.Tag(n) != "img" {
		return ""
	}
	alt := t.Get(n, "alt")
	if alt == "" || len(alt) > 40 {
		return ""
	}
	class, src := t.Get(n, "class"), t.Get(n, "src")
	for _, sign := range [...]string{"emoji", "smiley", "smilie", "emoticon"} {
		if strings.Contains(class, sign) || len(src) < 500 && strings.Contains(src, sign) {
			return alt
		}
	}
	return ""
}

// maxNest bounds how many quotation marks and indents a line can begin with.
const maxNest = 8

// writer sets text line by line.
type writer struct {
	b      strings.Builder
	breaks int    // line feeds due before the next word: 0, 1 or 2
	space  bool   // a space is due before the next word
	pre    int    // open <pre> elements
	marks  []mark // open quotations and lists, innermost last
	common int    // how many of marks have been open since the last word
	marker string // of a list item that has no text yet
	cited  func(Node) bool
}

// mark is an open quotation or list.
type mark struct {
	quote bool
	next  int // number of the next item; 0 in a list without numbers
}

func (w *writer) brk(n int) {
	w.breaks, w.space = max(w.breaks, n), false
}

// enter takes the start of an element; true means that its end matters.
func (w *writer) enter(t *Tree, n Node) bool {
	r := t.rule(n)
	if w.quotes(t, n) {
		w.brk(2)
		w.marks = append(w.marks, mark{quote: true})
		return true
	}
	switch name := t.Tag(n); name {
	case "br":
		if w.b.Len() > 0 {
			w.breaks, w.space = max(w.breaks, min(w.breaks+1, 2)), false
		}
		return false
	case "img":
		if alt := t.emoji(n); alt != "" {
			w.text(alt)
		}
		return false
	case "td", "th":
		w.space = w.b.Len() > 0
		return false
	case "ul", "ol", "menu", "dir":
		w.list()
		m := mark{}
		if name == "ol" {
			m.next = 1
			if v, err := strconv.Atoi(t.Get(n, "start")); err == nil && v > 0 && v < 1_000_000_000 {
				m.next = v
			}
		}
		w.marks = append(w.marks, m)
		return true
	case "li":
		w.brk(1)
		w.marker = "- "
		if k := len(w.marks) - 1; k >= 0 && w.marks[k].next > 0 {
			w.marker = strconv.Itoa(w.marks[k].next) + ". "
			w.marks[k].next++
		}
		return true
	case "pre", "listing", "plaintext":
		w.brk(2)
		w.pre++
		return true
	}
	switch {
	case r&para != 0:
		w.brk(2)
	case r&line != 0:
		w.brk(1)
	}
	return r&(para|line) != 0 && r&void == 0
}

// quotes tells that n is a quotation.
func (w *writer) quotes(t *Tree, n Node) bool {
	return t.Tag(n) == "blockquote" || w.cited != nil && w.cited(n)
}

// list starts or ends a list: one inside another needs no blank line.
func (w *writer) list() {
	if k := len(w.marks) - 1; k >= 0 && !w.marks[k].quote {
		w.brk(1)
	} else {
		w.brk(2)
	}
}

// leave takes the end of an element that enter said to matter.
func (w *writer) leave(t *Tree, n Node) {
	if w.quotes(t, n) {
		w.unmark()
		w.brk(2)
		return
	}
	switch t.Tag(n) {
	case "ul", "ol", "menu", "dir":
		w.unmark()
		w.list()
		return
	case "pre", "listing", "plaintext":
		w.pre--
	case "li":
		w.marker = ""
	}
	if t.rule(n)&para != 0 {
		w.brk(2)
	} else {
		w.brk(1)
	}
}

func (w *writer) unmark() {
	w.marks = w.marks[:len(w.marks)-1]
	w.common = min(w.common, len(w.marks))
}

// text sets a run of text.
func (w *writer) text(s string) {
	if w.pre > 0 {
		w.verbatim(s)
		return
	}
	for s != "" {
		if isSpace(s[0]) {
			s = s[1:]
			w.space = true
			continue
		}
		// Words between single spaces are set like one.
		i := 1
		for i < len(s) && (!isSpace(s[i]) || s[i] == ' ' && i+1 < len(s) && !isSpace(s[i+1])) {
			i++
		}
		w.word(s[:i])
		s = s[i:]
	}
}

// verbatim sets text whose white space counts.
func (w *writer) verbatim(s string) {
	for i, l := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 {
			w.breaks, w.space = w.breaks+1, false
		}
		if l != "" {
			w.word(l)
		}
	}
}

// word sets what is due, then the word.
func (w *writer) word(s string) {
	switch {
	case w.b.Len() == 0:
		w.prefix()
	case w.breaks > 0:
		for range w.breaks - 1 {
			w.b.WriteByte('\n')
			w.b.WriteString(strings.TrimRight(w.lead(w.common), " "))
		}
		w.b.WriteByte('\n')
		w.prefix()
	case w.space:
		w.b.WriteByte(' ')
	}
	w.breaks, w.space, w.common = 0, false, len(w.marks)
	w.b.WriteString(s)
}

// prefix writes what a line begins with.
func (w *writer) prefix() {
	lead := w.lead(len(w.marks))
	if w.marker != "" && strings.HasSuffix(lead, "  ") {
		lead = lead[:len(lead)-2]
	}
	w.b.WriteString(lead)
	w.b.WriteString(w.marker)
	w.marker = ""
}

// lead is the quotation marks and indents of the outermost n open elements.
func (w *writer) lead(n int) string {
	var lead string
	for _, m := range w.marks[:min(n, maxNest)] {
		if m.quote {
			lead += "> "
		} else {
			lead += "  "
		}
	}
	return lead
}

// String is the text without blank lines at its ends.
func (w *writer) String() string { return strings.Trim(w.b.String(), " \n\u00a0") }
