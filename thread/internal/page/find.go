package page

import (
	"iter"
	"strconv"
	"strings"
	"unicode"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
)

// item is an element that holds one comment.
type item struct {
	node, end dom.Node // its own nodes, and those of the items in it
	up        int      // the item it stands in, -1 for none
	depth     int      // -1: not told
	fields
}

// reader reads one page by one set of rules.
type reader struct {
	*Page
	r      *Rules
	t      *dom.Tree
	items  []item
	itemTo []dom.Node // by node: where the item that starts there ends, 0 for none
	dates  ordered
	notes  []thread.Diagnostic
}

// Decode is the Decode of a format whose pages follow the rules. Of several
// sets of rules those count by which a page has the most comments, the earlier
// of equals.
func Decode(rules ...*Rules) func(format.Source, format.Sink) iter.Seq2[thread.Comment, error] {
	return func(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
		return func(yield func(thread.Comment, error) bool) {
			p, err := Open(src, out)
			best := p.Find(rules...)
			p.Describe(best)
			for _, c := range best.Comments {
				if !yield(c, nil) {
					return
				}
			}
			if err != nil {
				yield(thread.Comment{}, err)
			}
		}
	}
}

// Found is what a page holds.
type Found struct {
	Rules    *Rules
	Comments []thread.Comment    // in document order
	Notes    []thread.Diagnostic // about single comments
	// Holds tells that a comment starts at a node, where Rules have no Comment.
	Holds func(dom.Node) bool
}

// Find finds the comments of the page by that set of rules which finds most.
func (p *Page) Find(rules ...*Rules) Found {
	best := Found{Rules: rules[0]}
	for _, r := range rules {
		rd := reader{Page: p, r: r, t: p.Tree, itemTo: make([]dom.Node, p.Tree.Len())}
		rd.find()
		rd.takeAll()
		rd.dropEmpty()
		rd.nameAll()
		if comments := rd.comments(); len(comments) > len(best.Comments) {
			best = Found{Rules: r, Comments: comments, Notes: rd.notes}
		}
	}
	return best
}

// find lists the items of the page in document order.
func (p *reader) find() {
	t := p.t
	var open []int         // items the walk stands in, innermost last
	var indents []dom.Node // ends of the open elements of Indent
	anchor := ""
	for n := dom.Root + 1; int(n) < t.Len(); n++ {
		for len(open) > 0 && p.items[open[len(open)-1]].end <= n {
			open = open[:len(open)-1]
		}
		for len(indents) > 0 && indents[len(indents)-1] <= n {
			indents = indents[:len(indents)-1]
		}
		if t.IsText(n) {
			continue
		}
		if t.Tag(n) == "template" || p.r.Outside != nil && t.Match(n, p.r.Outside) {
			n = t.End(n) - 1
			continue
		}
		if p.r.Indent != nil && t.Match(n, p.r.Indent) {
			indents = append(indents, t.End(n))
		}
		if p.r.Anchor != nil && t.Match(n, p.r.Anchor.Select) {
			anchor = p.r.Anchor.value(t, n)
		}
		if !t.Match(n, p.r.Comment) {
			if len(open) > 0 && p.isBody(n) {
				n = t.End(n) - 1
			}
			continue
		}
		it := item{node: p.lift(n), up: -1, depth: -1}
		it.end = t.End(it.node)
		if p.r.Spread {
			it.end = t.End(t.Parent(it.node))
			if k := len(open) - 1; k >= 0 && t.Parent(p.items[open[k]].node) == t.Parent(it.node) {
				p.items[open[k]].end = it.node
				open = open[:k]
			}
		}
		if k := len(open) - 1; k >= 0 && p.items[open[k]].node >= it.node {
			continue // lifted to what is a comment already
		}
		if len(open) > 0 {
			it.up = open[len(open)-1]
		}
		if p.r.Indent != nil {
			it.depth = len(indents)
		}
		it.id, anchor = anchor, ""
		open = append(open, len(p.items))
		p.items = append(p.items, it)
	}
	for i := range p.items {
		p.itemTo[p.items[i].node] = p.items[i].end
	}
}

func (p *reader) isBody(n dom.Node) bool {
	for _, s := range p.r.Body {
		if p.t.Match(n, s) {
			return true
		}
	}
	return false
}

// lift is the element that the comment marked at n reaches up to.
func (p *reader) lift(n dom.Node) dom.Node {
	for range p.r.Lift {
		if up := p.t.Parent(n); up != dom.Root {
			n = up
		}
	}
	return n
}

// dropEmpty removes what holds no text to be: places for scripts to fill.
func (p *reader) dropEmpty() {
	kept := p.items[:0]
	to := make([]int, len(p.items))
	for i, it := range p.items {
		up := it.up
		if up >= 0 {
			up = to[up] // a dropped one hands on the one it stands in
		}
		if !it.hasBody {
			to[i] = up
			continue
		}
		it.up = up
		to[i] = len(kept)
		kept = append(kept, it)
	}
	p.items = kept
}

// nameAll gives every item an ID: its own, or its place.
func (p *reader) nameAll() {
	for i := range p.items {
		if p.items[i].id == "" {
			p.items[i].id = "n" + strconv.Itoa(i+1)
		}
	}
}

// comments makes the comments of the items.
func (p *reader) comments() []thread.Comment {
	out := make([]thread.Comment, len(p.items))
	var above []int // items of growing depth, each the last of its depth so far
	quotes := quotes{p: p, by: map[string][]int{}, id: map[string]int{}}
	p.dates.settle(p.src.DateOrder)
	for i := range p.items {
		it := &p.items[i]
		c := &out[i]
		*c = thread.Comment{ID: it.id, Author: it.author, AuthorKey: it.key, Text: it.text, State: it.state, Pos: p.Pos(it.node)}
		c.Score, c.HasScore = number(it.score)
		c.Time, c.Edited = p.stamp(it.id, it.time), p.stamp(it.id, it.edited)
		if it.opening {
			c.Kind = thread.Post
		}
		up := it.up
		if p.r.Flat {
			up = -1
		}
		if it.depth >= 0 {
			for len(above) > 0 && p.items[above[len(above)-1]].depth >= it.depth {
				above = above[:len(above)-1]
			}
			up = -1
			if len(above) > 0 {
				up = above[len(above)-1]
			}
			above = append(above, i)
		}
		switch {
		case it.parent != "" && it.parent != it.id:
			c.Parent, c.Basis = it.parent, thread.Declared
		case up >= 0:
			c.Parent, c.Basis = p.items[up].id, thread.Nested
		default:
			if id := quotes.parent(i); id != "" && id != it.id {
				c.Parent, c.Basis = id, thread.Quoted
			}
		}
		quotes.add(i)
	}
	return out
}

// quotes finds the posts that others quote.
type quotes struct {
	p  *reader
	by map[string][]int // posts by author
	id map[string]int   // posts by ID
}

// maxBack is how many posts of one author are searched for quoted words.
const maxBack = 50

func (q *quotes) add(i int) {
	if q.p.r.Quote == nil {
		return
	}
	it := &q.p.items[i]
	q.by[it.author] = append(q.by[it.author], i)
	q.id[it.id] = i
}

// fits tells whether item i can have quoted the post it says it has: one of
// this thread, which may stand on an earlier page. Quotations from other threads
// have numbers, too.
func (q *quotes) fits(i int) bool {
	it := &q.p.items[i]
	if k, ok := q.id[it.quoted.id]; ok {
		return it.quoted.name == "" || q.p.items[k].author == it.quoted.name
	}
	own, err := strconv.ParseUint(it.id, 10, 64)
	quoted, err2 := strconv.ParseUint(it.quoted.id, 10, 64)
	return err == nil && err2 == nil && quoted < own
}

// parent is the ID of the post that item i quotes, "" where that is not certain:
// the quotation names it, or names its author and holds words of it.
func (q *quotes) parent(i int) string {
	it := &q.p.items[i]
	if id := it.quoted.id; id != "" && q.fits(i) {
		return id
	}
	words := letters(it.quoted.words, 80)
	posts := q.by[it.quoted.name]
	if it.quoted.name == "" || words == "" {
		return ""
	}
	for k := len(posts) - 1; k >= max(0, len(posts)-maxBack); k-- {
		if o := &q.p.items[posts[k]]; strings.Contains(letters(o.text, len(o.text)), words) {
			return o.id
		}
	}
	return ""
}

// letters are the first n letters and digits of a text.
func letters(s string, n int) string {
	var b strings.Builder
	for _, r := range s {
		if b.Len() >= n {
			break
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
