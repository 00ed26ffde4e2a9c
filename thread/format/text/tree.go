package text

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/locale"
)

// maxPath is the depth down to which IDs are list paths ("2.1.1"). Deeper ones
// would make the IDs of a long chain as large as the square of its length.
const maxPath = 64

// place is a comment on the way from the root to the latest one.
type place struct {
	marker   marker
	id       string
	replies  int
	deepened int // comments below it that have no path of their own
}

// tree gives each header its ID and its parent from the columns of the markers.
type tree struct {
	open []place // open[0] stands for the page
}

func newTree() *tree {
	return &tree{open: []place{{marker: marker{start: -1 << 30, end: -1 << 30, num: -1}}}}
}

// add places the next comment of the page.
func (t *tree) add(m marker) (id, parent string) {
	n := len(t.open)
	for n > 1 && !isBelow(m, t.open[n-1].marker) {
		n--
	}
	t.open = t.open[:n]
	up := &t.open[n-1]
	up.replies++
	switch {
	case n == 1:
		id = strconv.Itoa(up.replies)
	case n <= maxPath:
		id = up.id + "." + strconv.Itoa(up.replies)
	default:
		last := &t.open[maxPath-1]
		last.deepened++
		id = last.id + "." + strconv.Itoa(last.replies) + "~" + strconv.Itoa(last.deepened)
	}
	parent = up.id
	t.open = append(t.open, place{marker: m, id: id})
	return id, parent
}

// isBelow tells that a list item answers the one above it. All renderers indent
// by two columns or more; one column is the difference between right-aligned
// numbers of one digit and of two (" 9." and "10.").
func isBelow(m, up marker) bool {
	if m.start < up.start+2 {
		return false
	}
	sibling := m.num >= 0 && up.num >= 0 && m.num == up.num+1 && m.end == up.end
	return !sibling
}

// content is the text of a comment, and what stood around it.
type content struct {
	text    string
	name    string // where it stands below the text
	date    string
	pending bool
}

// readBody takes the text of a comment from the lines below its header.
func readBody(lines []string, h header) content {
	c := content{date: h.date, pending: h.pending}
	from, to := h.body, h.end
	if h.inline && from < to {
		// What stands behind the marker is the first line of the text.
		// It has no indent of its own.
		_, rest, _ := cutItem(lines[from])
		lines = append([]string{""}, lines[from+1:to]...)
		lines[0] = strings.Repeat(" ", max(leftmost(lines, h), 0)) + rest
		from, to = 0, len(lines)
	}
	for from < to {
		_, rest := indent(lines[from])
		if len(rest) > maxHead {
			break
		}
		if s := clean(rest); s != "" {
			if !locale.IsAwaiting(s) {
				break
			}
			c.pending = true
		}
		from++
	}
	margin := -1 // indent of a date line, which is that of the text
	linked := false
	for to > from {
		_, rest := indent(lines[to-1])
		if len(rest) > maxHead {
			break
		}
		if m, item, ok := cutItem(lines[to-1]); ok && (m.num < 0 || item == "") {
			rest = item
		}
		s := clean(rest)
		switch {
		case s == "":
		case isControl(s):
			linked = true
		case leadsOn(lines, from, to-1, s) || s[0] == '#' && isNumber(s):
		case linked && isNumber(s): // votes, beside the link
		case c.date == "" && isDateLine(s):
			c.date, _, _, _ = isDate(s)
			margin, _ = indent(lines[to-1])
		case c.name == "" && h.style == item && to-1 > from:
			b, ok := signature(s)
			if !ok || c.date != "" && b.date != "" {
				c.text = join(lines[from:to], h, margin)
				return c
			}
			c.name = b.name
			if b.date != "" {
				c.date = b.date
			}
		default:
			c.text = join(lines[from:to], h, margin)
			return c
		}
		to--
	}
	c.text = join(lines[from:to], h, margin)
	return c
}

// leadsOn tells that line k, with text s, stands right below the links of a comment
// and leads to the next one: the heading that Blogger puts above replies, the first
// letter of a name in place of a picture, a number.
func leadsOn(lines []string, from, k int, s string) bool {
	_, known, heading := locale.CountHeading(s)
	if heading = heading && !known; !heading && utf8.RuneCountInString(s) > 1 {
		return false
	}
	for k--; k >= from; k-- {
		_, above := indent(lines[k])
		if above != "" {
			return len(above) <= maxHead && isControl(clean(above))
		}
	}
	return false
}

func isDateLine(s string) bool {
	_, _, _, ok := isDate(s)
	return ok
}

// join takes the indent of the item from its lines. Lynx draws a quotation
// inside a reply to the left of the reply's own marker; such lines say nothing
// about the indent of the rest.
func join(lines []string, h header, margin int) string {
	lo := leftmost(lines, h)
	if margin >= 0 && (lo < 0 || margin < lo) {
		lo = margin
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(dedent(l, lo), " \t"))
	}
	return strings.Trim(b.String(), "\n")
}

// leftmost is the least indent of the lines of an item, -1 where all are blank.
func leftmost(lines []string, h header) int {
	lo := -1
	for _, l := range lines {
		col, rest := plainIndent(l)
		if rest != "" && (lo < 0 || col < lo) && (!h.marked || col > h.marker.start) {
			lo = col
		}
	}
	return lo
}

// plainIndent is indent without no-break spaces, which belong to the text.
func plainIndent(s string) (cols int, rest string) {
	n := 0
	for n < len(s) && (s[n] == ' ' || s[n] == '\t') {
		n++
	}
	if n == len(s) {
		return 0, ""
	}
	if strings.IndexByte(s[:n], '\t') < 0 {
		return n, s[n:]
	}
	cols, _ = indent(s[:n+1])
	return cols, s[n:]
}

// author is who wrote a comment. A pingback is by the page that links here, and
// its title may go on on the next line.
func author(h header, c *content, scored bool) string {
	name := h.name
	if name == "" {
		name = c.name
	}
	if h.style == ping && c.text != "" && strings.Count(c.text, "\n") == 0 {
		name, c.text = name+" "+strings.TrimSpace(c.text), ""
	}
	if scored {
		name = unscore(name)
	}
	return name
}

func stateOf(c content) thread.State {
	if c.pending {
		return thread.Pending
	}
	return thread.Visible
}
