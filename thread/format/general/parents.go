package general

import (
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/locale"
)

// parents settles who answers whom: by the number that an item names, else the
// item it stands in, else how deep it is said or drawn to be, else the list of
// replies it stands in.
func (r *reader) parents() {
	byID := map[string]int{}
	for i := range r.items {
		byID[r.items[i].id] = i
	}
	r.byDepth()
	for i := range r.items {
		it := &r.items[i]
		if it.up >= 0 && it.parent == "" {
			it.parent, it.basis = r.items[it.up].id, thread.Nested
		}
		if id := r.declared(it, byID, i); id != "" {
			it.parent, it.basis = id, thread.Declared
		}
	}
}

// declared is the ID of the earlier item that one names as the one it answers.
func (r *reader) declared(it *item, byID map[string]int, i int) string {
	t := r.t
	known := func(v string) string {
		for _, id := range [...]string{v, lastNumber(v)} {
			if j, ok := byID[id]; ok && j != i && id != "" {
				return id
			}
		}
		return ""
	}
	for _, key := range [...]string{"data-parent", "data-parent-id", "data-parentid", "data-parent-comment-id", "data-comment-parent", "data-in-reply-to", "data-reply-to", "data-replyto"} {
		if v := t.Get(it.node, key); v != "" && len(v) < 80 {
			if id := known(v); id != "" {
				return id
			}
		}
	}
	for c := range r.own(it) {
		if t.Tag(c) != "a" || t.End(c)-c > maxSmall || it.body > it.node && t.Within(c, it.body) && !strings.HasPrefix(t.Line(c, nil), "@") {
			continue
		}
		href, frag, ok := strings.Cut(t.Get(c, "href"), "#")
		if !ok || frag == "" || len(frag) > 80 || r.marks[c]&isReply != 0 || locale.IsReply(t.Line(c, nil)) || strings.Contains(href, "replyto") {
			continue
		}
		if id := known(frag); id != "" && byID[id] < i {
			return id
		}
	}
	return ""
}

// byDepth settles the parents of items that do not stand in one another.
func (r *reader) byDepth() {
	depths := r.depths()
	if depths == nil {
		r.byLists()
		return
	}
	for i := range r.items {
		r.items[i].up = -1
	}
	var above []int // of growing depth, each the last of its depth so far
	for i := range r.items {
		for len(above) > 0 && depths[above[len(above)-1]] >= depths[i] {
			above = above[:len(above)-1]
		}
		if len(above) > 0 {
			r.items[i].parent, r.items[i].basis = r.items[above[len(above)-1]].id, thread.Nested
		}
		above = append(above, i)
	}
}

// depths is how deep each item is, by the first kind of sign that all items
// have, or all replies; nil where no sign tells, or the nesting does.
func (r *reader) depths() []int {
	nested := slices.ContainsFunc(r.items, func(it item) bool { return it.up >= 0 })
	for _, sign := range [...]func(*item) (int, bool){r.depthWord, r.indent, r.spacer} {
		out := make([]int, len(r.items))
		has, differ := 0, false
		for i := range r.items {
			d, ok := sign(&r.items[i])
			if ok {
				has++
			}
			out[i] = d
			differ = differ || d != out[0]
		}
		if has > 0 && differ && out[0] == slices.Min(out) && !(nested && has < len(out)) {
			return out
		}
	}
	if nested {
		return nil
	}
	out := make([]int, len(r.items)) // two levels, the replies marked as such
	has := 0
	for i := range r.items {
		if ro := r.lex.of(r.t.Get(r.items[i].node, "class")); ro&child != 0 {
			out[i] = 1
			has++
		}
	}
	if has > 0 && has < len(out) && out[0] == 0 {
		return out
	}
	return nil
}

// maxOuter is how many elements around a comment may be its own.
const maxOuter = 3

// shell walks the item's node and the elements around it that hold no other
// item, then the first nodes in it.
func (r *reader) shell(it *item, inside int) func(func(dom.Node) bool) {
	return func(yield func(dom.Node) bool) {
		if !yield(it.node) {
			return
		}
		a := it.node
		for range maxOuter {
			a = r.t.Parent(a)
			if a == dom.Root || a == dom.None || !r.alone(a, it) {
				break
			}
			if !yield(a) {
				return
			}
		}
		for c := it.node + 1; c < min(it.end, it.node+dom.Node(inside)); c++ {
			if r.itemTo[c] > 0 {
				break
			}
			if !r.t.IsText(c) && !yield(c) {
				return
			}
		}
	}
}

// alone tells that a holds no item but the given one, and those in it.
func (r *reader) alone(a dom.Node, it *item) bool {
	i, _ := slices.BinarySearchFunc(r.items, it.node, func(o item, n dom.Node) int { return int(o.node - n) })
	if i > 0 && r.items[i-1].node >= a {
		return false
	}
	i, _ = slices.BinarySearchFunc(r.items, it.end, func(o item, n dom.Node) int { return int(o.node - n) })
	return i == len(r.items) || r.items[i].node >= r.t.End(a)
}

// depthWord reads "depth-2", "comment_level3", data-depth="2" and their like.
func (r *reader) depthWord(it *item) (int, bool) {
	for n := range r.shell(it, 6) {
		for _, k := range [...]string{"data-depth", "data-level", "data-indent", "data-nesting", "aria-level", "depth"} {
			if d, err := strconv.Atoi(r.t.Get(n, k)); err == nil && d >= 0 && d < 1000 {
				return d, true
			}
		}
		for c := range r.t.Classes(n) {
			if d, ok := depthClass(c); ok {
				return d, true
			}
		}
	}
	return 0, false
}

// depthClass reads the depth from a class.
func depthClass(c string) (int, bool) {
	i := len(c)
	for i > 0 && c[i-1] >= '0' && c[i-1] <= '9' {
		i--
	}
	if i == len(c) || len(c)-i > 3 || i == 0 {
		return 0, false
	}
	last := ""
	for w := range split(c[:i]) {
		last = w
	}
	for _, w := range depthWords {
		if strings.HasSuffix(last, w) {
			d, err := strconv.Atoi(c[i:])
			return d, err == nil
		}
	}
	return 0, false
}

var depthWords = []string{"depth", "level", "lvl", "indent", "nest", "nested", "niveau", "ebene", "stufe", "tiefe", "livello", "nivel", "profondeur", "einzug"}

// indent reads margin-left and padding-left of the item, or of elements around
// it that hold nothing else.
func (r *reader) indent(it *item) (int, bool) {
	for n := range r.shell(it, 3) {
		if d, ok := margin(r.t.Get(n, "style")); ok {
			return d, true
		}
	}
	return 0, false
}

// margin is the left margin or padding that a style sets, in tenths.
func margin(style string) (int, bool) {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	for _, key := range [...]string{"margin-left:", "padding-left:", "margin-inline-start:"} {
		_, v, ok := strings.Cut(style, key)
		if !ok {
			continue
		}
		v, _, _ = strings.Cut(v, ";")
		v = strings.TrimRight(v, "abcdefghijklmnopqrstuvwxyz%!")
		if d, err := strconv.ParseFloat(v, 64); err == nil && d >= 0 && d < 1e5 {
			return int(d * 10), true
		}
	}
	return 0, false
}

// spacer reads the width of what a table row begins with.
func (r *reader) spacer(it *item) (int, bool) {
	t := r.t
	from := it.node
	for n := range r.shell(it, 0) {
		from = min(from, n)
	}
	for c := max(from, it.node-20); c < min(it.end, it.node+14); c++ {
		switch t.Tag(c) {
		case "img":
			if src := t.Get(c, "src"); strings.Contains(src, "s.gif") || strings.Contains(src, "spacer") || strings.Contains(src, "blank") || strings.Contains(src, "pixel") {
				d, err := strconv.Atoi(strings.TrimSuffix(t.Get(c, "width"), "px"))
				return d, err == nil && d >= 0
			}
		case "td":
			if v := t.Get(c, "indent"); v != "" {
				d, err := strconv.Atoi(v)
				return d, err == nil && d >= 0
			}
		}
	}
	return 0, false
}

// list is a list of replies that the walk of byLists stands in; the outermost is
// the page.
type list struct {
	node, end dom.Node
	answers   int // the item that its items answer, -1 for none
	last      int // its last item so far, not counting those in other items, -1 for none
}

// byLists settles which item each stands in, or in a list of replies beside.
func (r *reader) byLists() {
	t := r.t
	if len(r.items) == 0 {
		return
	}
	var open []int // items the walk stands in, innermost last
	lists := []list{{end: dom.Node(t.Len()), answers: -1, last: -1}}
	i := 0
	for n := dom.Root + 1; i < len(r.items); n++ {
		for len(open) > 0 && r.items[open[len(open)-1]].end <= n {
			open = open[:len(open)-1]
		}
		for lists[len(lists)-1].end <= n {
			lists = lists[:len(lists)-1]
		}
		in := &lists[len(lists)-1]
		if n != r.items[i].node {
			if !r.isReplies(n) && !r.followsItem(n, in.last, i) {
				continue
			}
			l := list{node: n, end: t.End(n), answers: in.last, last: -1}
			if k := len(open); k > 0 && r.items[open[k-1]].node > in.node {
				l.answers = open[k-1]
			}
			lists = append(lists, l)
			continue
		}
		it := &r.items[i]
		it.up = in.answers
		if k := len(open); k > 0 && r.items[open[k-1]].node >= in.node {
			it.up = open[k-1]
		} else {
			in.last = i
		}
		open = append(open, i)
		i++
	}
}

// followsItem tells that n, which is no item, stands right after item last and
// holds item next, and that more items come after it: a list of replies, though
// nothing calls it one.
func (r *reader) followsItem(n dom.Node, last, next int) bool {
	t := r.t
	if last < 0 || t.IsText(n) || r.items[next].node >= t.End(n) || t.End(n) > r.items[len(r.items)-1].node || t.Parent(n) != t.Parent(r.items[last].node) {
		return false
	}
	end := r.items[last].end
	return end == n || end == n-1 && t.IsText(end)
}

// isReplies tells that n is a list of replies.
func (r *reader) isReplies(n dom.Node) bool {
	t := r.t
	switch t.Tag(n) {
	case "ul", "ol":
		if t.Tag(t.Parent(n)) == "li" {
			return true
		}
	case "div", "section", "dl":
	default:
		return false
	}
	return r.lex.of(t.Get(n, "class"))&answers != 0
}
