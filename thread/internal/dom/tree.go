// Package dom reads saved web pages into flat trees and asks them questions.
//
// A [Tree] holds the nodes of a page in document order in one array: the nodes
// below n are n+1 … End(n)-1, as in a thread.Thread. Tags come from the
// tokenizer of x/net/html; its parser is not used because it refuses pages
// nested more than 512 levels deep, which long discussions are. Open elements
// are kept on a stack of its own, with the implied end tags of the HTML standard
// (p, li, dt, dd, options, parts of tables) but without moving nodes: misnested
// inline markup and text astray in tables stay where they stand.
//
// Questions are [Selector]s, a small part of CSS; [Tree.Text] sets the text of
// a node as a person sees it.
//
// Nothing here recurses over a page, and every page is read in linear time.
package dom

import (
	"iter"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/net/html"

	"threadheat/thread/internal/grams"
)

// Node is a place in a Tree, in document order. Node 0 is the page itself.
type Node int32

// The nodes that are always there: the whole page, and none.
const (
	Root Node = 0
	None Node = -1
)

// Tree is a page. It is immutable and safe for concurrent use.
type Tree struct {
	src      string
	nodes    []node
	attrs    []attr
	vals     string
	tags     []tag // by number of the name
	tagNames interner
	keys     interner // of attributes
	hide     []uint64 // by node, a bit each: what Hidden says
	cut      string

	bounds atomic.Pointer[[]atomic.Pointer[bound]] // by number of the selector
	held   atomic.Pointer[grams.Set]               // of vals
}

// node is an element, or a text where tag is 0.
type node struct {
	parent, end Node
	tag         int32 // index of Tree.tags
	lo, hi      int32 // in Tree.src: the text, or the start tag
	attr        int32 // attributes are Tree.attrs[attr:attr of the next node]
}

type attr struct {
	key    int32 // number in Tree.keys
	lo, hi int32 // in Tree.vals
}

type tag struct {
	name   string
	rule   rule
	fences [scopes]bool
	end    scope
}

// Bounds on what is kept of one page. A page of 50,000 comments has some two
// million nodes; a tag or text of 64 MiB is an attack or a video.
const (
	MaxNodes = 1 << 22
	maxAttrs = 1 << 23
	maxToken = 64 << 20
)

// Parse reads a page, which must be UTF-8 and shorter than 1 GiB. It never
// fails: what a browser would guess is guessed. Scripts do not run, so
// <noscript> is markup like any other. The tree keeps src.
func Parse(src string) *Tree {
	p := parser{t: &Tree{src: src, tagNames: knownTags.start(), tags: slices.Clip(startTags)}}
	for range p.t.tags {
		p.last = append(p.last, -1)
	}
	// About what pages of comments need, so that little is copied while growing.
	p.t.nodes = make([]node, 0, min(len(src)/28+16, MaxNodes))
	p.t.attrs = make([]attr, 0, min(len(src)/44+16, maxAttrs))
	p.vals.Grow(len(src) / 3)
	p.push(pageTag, 0, 0)
	p.run(html.NewTokenizer(strings.NewReader(src)))
	p.popTo(0)
	p.t.vals = p.vals.String()
	p.t.findHidden()
	return p.t
}

// Cut tells in a few words why the page seems to end too early ("the page ends
// inside a tag"), "" where it does not.
func (t *Tree) Cut() string { return t.cut }

// Len is the number of nodes.
func (t *Tree) Len() int { return len(t.nodes) }

// Parent is the element around n, None for the root.
func (t *Tree) Parent(n Node) Node { return t.nodes[n].parent }

// End is one past the last node below n.
func (t *Tree) End(n Node) Node { return t.nodes[n].end }

// Tag is the name of an element in lower case; "#text" and "#page" for those.
func (t *Tree) Tag(n Node) string { return t.tags[t.nodes[n].tag].name }

// IsText tells that n is a text and not an element.
func (t *Tree) IsText(n Node) bool { return t.nodes[n].tag == textTag }

// Offset is where n starts, in bytes of the source.
func (t *Tree) Offset(n Node) int { return int(t.nodes[n].lo) }

// Source is the source between two offsets, as far as it goes.
func (t *Tree) Source(from, to int) string { return t.src[min(from, len(t.src)):min(to, len(t.src))] }

// Raw is the source of a text, entities and all; "" for an element.
func (t *Tree) Raw(n Node) string {
	if !t.IsText(n) {
		return ""
	}
	return t.src[t.nodes[n].lo:t.nodes[n].hi]
}

// Attr is the value of an attribute, entities decoded, and whether there is
// one. The key must be in lower case.
func (t *Tree) Attr(n Node, key string) (string, bool) {
	for _, a := range t.attributes(n) {
		if t.keys.names[a.key] == key {
			return t.vals[a.lo:a.hi], true
		}
	}
	return "", false
}

func (t *Tree) attributes(n Node) []attr {
	hi := int32(len(t.attrs))
	if int(n)+1 < len(t.nodes) {
		hi = t.nodes[n+1].attr
	}
	return t.attrs[t.nodes[n].attr:hi]
}

// Used are those of the attribute names that some element of the page has, for
// callers who ask for many that are rare.
func (t *Tree) Used(keys ...string) []string {
	return slices.DeleteFunc(keys, func(k string) bool { return t.keys.find(k) < 0 })
}

// Get is Attr for callers to whom an empty value and none are the same.
func (t *Tree) Get(n Node, key string) string {
	v, _ := t.Attr(n, key)
	return v
}

// Classes walks the classes of n.
func (t *Tree) Classes(n Node) iter.Seq[string] { return strings.FieldsSeq(t.Get(n, "class")) }

// HasClass tells whether n has the given class. Case counts.
func (t *Tree) HasClass(n Node, class string) bool { return hasField(t.Get(n, "class"), class) }

// hasField tells whether field, which holds no space, is one of the words of s.
func hasField(s, field string) bool {
	for at := 0; field != ""; {
		i := strings.Index(s[at:], field)
		if i < 0 {
			return false
		}
		lo, hi := at+i, at+i+len(field)
		if (lo == 0 || isSpace(s[lo-1])) && (hi == len(s) || isSpace(s[hi])) {
			return true
		}
		at = hi
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// Ancestors walks from the parent of n up to the root.
func (t *Tree) Ancestors(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for p := t.nodes[n].parent; p != None; p = t.nodes[p].parent {
			if !yield(p) {
				return
			}
		}
	}
}

// Children walks the nodes directly below n, texts included.
func (t *Tree) Children(n Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for c := n + 1; c < t.nodes[n].end; c = t.nodes[c].end {
			if !yield(c) {
				return
			}
		}
	}
}

// Skip tells which nodes to leave out, with all that is below them; nil leaves
// out none.
type Skip func(Node) bool

// Below walks the nodes below n in document order.
func (t *Tree) Below(n Node, skip Skip) iter.Seq[Node] { return t.Between(n+1, t.End(n), skip) }

// Between walks the nodes from lo to before hi in document order: what stands
// between two places, whatever is around them.
func (t *Tree) Between(lo, hi Node, skip Skip) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for c := lo; c < hi; {
			if skip != nil && skip(c) {
				c = t.nodes[c].end
				continue
			}
			if !yield(c) {
				return
			}
			c++
		}
	}
}

// Within tells whether n is above or somewhere below it.
func (t *Tree) Within(n, above Node) bool { return above <= n && n < t.nodes[above].end }
