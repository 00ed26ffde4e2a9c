package dom

import (
	"fmt"
	"iter"
	"strings"
)

// Selector is a question to ask of nodes, written in a part of CSS:
//
//	li  .fn  #comments  [datetime]  [rel=nofollow]  [class*=comment]  [id^=li-]  [href$=x]  [rel~=url]
//	cite.fn           all of them
//	footer time       a time somewhere in a footer, at most 64 levels up
//	b > a             an a directly in a b
//	time, abbr        either
//
// Values are bare words or stand in double quotes. Names of elements and
// attributes are in lower case; values and classes count to the letter.
type Selector struct {
	text   string
	number int32 // among all selectors
	chains [][]step
}

// step is one compound of a chain and how it hangs on the one before it.
type step struct {
	child bool // directly below
	tag   string
	tests []test
}

// test is a condition on an attribute. op is 0 for "is there", '=' for equal,
// '~' for "one of the words", '^', '$' and '*' for start, end and part.
type test struct {
	key, val string
	op       byte
}

// maxClimb bounds how far up a descendant combinator looks, so that selecting
// stays linear on pages nested without end.
const maxClimb = 64

// Select compiles a selector. It panics on one that is malformed: selectors are
// part of the program.
func Select(s string) *Selector {
	sel := &Selector{text: s, number: selectors.Add(1) - 1}
	for alt := range strings.SplitSeq(s, ",") {
		var chain []step
		child := false
		for _, word := range strings.Fields(alt) {
			if word == ">" {
				child = true
				continue
			}
			st := compound(s, word)
			st.child, child = child, false
			chain = append(chain, st)
		}
		if len(chain) == 0 || child || chain[0].child {
			panic(fmt.Sprintf("dom: malformed selector %q", s))
		}
		sel.chains = append(sel.chains, chain)
	}
	return sel
}

// compound reads what stands without a space.
func compound(whole, word string) (s step) {
	name := func() string {
		n := strings.IndexAny(word, ".#[")
		if n < 0 {
			n = len(word)
		}
		v := word[:n]
		word = word[n:]
		return v
	}
	s.tag = name()
	for word != "" {
		c := word[0]
		word = word[1:]
		switch c {
		case '.':
			s.tests = append(s.tests, test{"class", name(), '~'})
		case '#':
			s.tests = append(s.tests, test{"id", name(), '='})
		case '[':
			cond, rest, ok := strings.Cut(word, "]")
			if !ok {
				panic(fmt.Sprintf("dom: malformed selector %q", whole))
			}
			word = rest
			key, val, valued := strings.Cut(cond, "=")
			t := test{key: key, val: strings.Trim(val, `"`)}
			if valued {
				t.op = '='
				if last := key[len(key)-1]; strings.IndexByte("~^$*", last) >= 0 {
					t.key, t.op = key[:len(key)-1], last
				}
			}
			s.tests = append(s.tests, t)
		}
	}
	for _, t := range s.tests {
		if t.key == "" || t.op != 0 && t.val == "" {
			panic(fmt.Sprintf("dom: malformed selector %q", whole))
		}
	}
	return s
}

// String is the selector as written.
func (s *Selector) String() string { return s.text }

func (s *boundStep) match(t *Tree, n Node) bool {
	if s.tag >= 0 && s.tag != t.nodes[n].tag {
		return false
	}
	for i := range s.tests {
		if !s.tests[i].match(t, n) {
			return false
		}
	}
	return true
}

func (c *boundTest) match(t *Tree, n Node) bool {
	v, ok := t.valueOf(n, c.key)
	if !ok {
		return false
	}
	switch c.op {
	case '=':
		return v == c.val
	case '~':
		return hasField(v, c.val)
	case '^':
		return strings.HasPrefix(v, c.val)
	case '$':
		return strings.HasSuffix(v, c.val)
	case '*':
		return strings.Contains(v, c.val)
	}
	return true
}

// Match tells whether n answers the selector.
func (t *Tree) Match(n Node, s *Selector) bool {
	return !t.IsText(n) && t.bind(s).match(t, n)
}

// match tells whether the element n answers what is left of a selector.
func (b *bound) match(t *Tree, n Node) bool {
	for _, chain := range b.chains {
		last := len(chain) - 1
		if chain[last].match(t, n) && t.climb(n, chain, last) {
			return true
		}
	}
	return false
}

// valueOf is the value of the attribute of a number, and whether there is one.
func (t *Tree) valueOf(n Node, key int32) (string, bool) {
	for _, a := range t.attributes(n) {
		if a.key == key {
			return t.vals[a.lo:a.hi], true
		}
	}
	return "", false
}

// climb matches the steps before chain[i] with ancestors of n, which matched
// chain[i]. It recurses over the chain only.
func (t *Tree) climb(n Node, chain []boundStep, i int) bool {
	if i == 0 {
		return true
	}
	for up := 0; up < maxClimb; up++ {
		if n = t.Parent(n); n == None {
			return false
		}
		if chain[i-1].match(t, n) && t.climb(n, chain, i-1) {
			return true
		}
		if chain[i].child {
			return false
		}
	}
	return false
}

// Alive tells whether any node of the page may answer the selector: no is sure.
// It costs little, and only once for a page.
func (t *Tree) Alive(s *Selector) bool { return len(t.bind(s).chains) > 0 }

// First is the first node below n that answers the selector, None where none
// does. Ancestors may be matched above n.
func (t *Tree) First(n Node, s *Selector, skip Skip) Node {
	for c := range t.All(n, s, skip) {
		return c
	}
	return None
}

// All walks the nodes below n that answer the selector, in document order.
func (t *Tree) All(n Node, s *Selector, skip Skip) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		b := t.bind(s)
		if len(b.chains) == 0 {
			return
		}
		for c := range t.Below(n, skip) {
			if !t.IsText(c) && b.match(t, c) && !yield(c) {
				return
			}
		}
	}
}

// Best asks several selectors in order of preference in one walk: the first
// node below n that answers the earliest selector any node answers, and the
// number of that selector; None and -1 where no node answers.
func (t *Tree) Best(n Node, prefer []*Selector, skip Skip) (Node, int) {
	best, rank := None, len(prefer)
	for c := range t.Below(n, skip) {
		for i, s := range prefer[:rank] {
			if t.Match(c, s) {
				best, rank = c, i
				break
			}
		}
		if rank == 0 {
			break
		}
	}
	if best == None {
		return None, -1
	}
	return best, rank
}

// Closest is n itself or the nearest ancestor that answers the selector, None
// where none does. O(depth).
func (t *Tree) Closest(n Node, s *Selector) Node {
	for n != None && !t.Match(n, s) {
		n = t.Parent(n)
	}
	return n
}
