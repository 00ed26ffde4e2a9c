// Package jsontree reads JSON as a flat array of nodes, as package dom does
// HTML: no recursion, no limit of depth, and what stands before an error can
// still be used. (encoding/json stops at 10,000 levels, which a thread of 2,000
// replies to replies reaches: Reddit and Hacker News nest replies in replies.)
package jsontree

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Tree is a parsed JSON text. The zero Tree is empty; Parse fills it, and may
// be called again: it keeps the memory of its nodes, so that reading record
// after record allocates nothing.
type Tree struct {
	src   []byte
	nodes []node
}

// Node is a value of a Tree, or the name of a member, which stands before the
// member's value. Nodes are in the order of the text: what an array or object
// n holds is n+1 … End(n)-1. The root is 0.
type Node int32

// None is the Node of what is not there. All methods of Tree take it, and give
// what they give for null, or for a number, text or member that is none.
const None Node = -1

// node holds the text between lo and hi: of a string without its quotes, of an
// array or object as a whole.
type node struct {
	lo, hi int32
	end    Node // while an array or object is open, the one around it
	kind   Kind
	plain  bool // a string: without escapes; an array or object: whole
}

// Kind is a kind of JSON value.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String says what a value of the kind is, for messages: "a number".
func (k Kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "an array", "an object"}[k]
}

// ErrCut is the error of Parse for a text that ends too early.
var ErrCut = errors.New("it ends in the middle")

// MaxSize is the length of the longest text that can be parsed.
const MaxSize = math.MaxInt32 - 1

// Parse reads src, which must hold one value, and keeps it. After an error the
// tree holds what came before: arrays and objects that were open end there, a
// member without value is not there. The grammar is that of RFC 8259; bytes
// that are not UTF-8 are left to the reader of a string. O(len(src)), and 16
// bytes for each value and name.
func (t *Tree) Parse(src []byte) error {
	t.src, t.nodes = src, t.nodes[:0]
	if len(src) > MaxSize {
		return errors.New("it is longer than 2 GiB")
	}
	open, pending, at, err := t.parse()
	if err != nil {
		if pending {
			t.nodes = t.nodes[:len(t.nodes)-1]
		}
		for open != None {
			n := &t.nodes[open]
			open, n.end, n.hi = n.end, Node(len(t.nodes)), int32(min(at, len(src)))
		}
		if at < len(src) && !errors.Is(err, ErrCut) {
			err = fmt.Errorf("byte %d: %w", at+1, err)
		}
	}
	return err
}

// parse returns the innermost array or object that is still open, whether the
// last node is a name without value, and where it stopped.
func (t *Tree) parse() (open Node, pending bool, i int, err error) {
	src := t.src
	open = None
	for inObject := false; ; {
		i = skip(src, i)
		if inObject {
			if i < len(src) && src[i] != '"' {
				return open, false, i, errors.New("a member begins without a name")
			}
			if i, err = t.str(i); err != nil {
				return open, false, i, err
			}
			pending = true
			if i = skip(src, i); i < len(src) && src[i] != ':' {
				return open, true, i, errors.New("a name is not followed by a colon")
			}
			i = skip(src, i+1)
		}
		if i >= len(src) {
			return open, pending, len(src), ErrCut
		}
		if c := src[i]; c == '{' || c == '[' {
			kind := Array
			if c == '{' {
				kind = Object
			}
			t.nodes = append(t.nodes, node{lo: int32(i), end: open, kind: kind})
			open, pending = Node(len(t.nodes)-1), false
			if i = skip(src, i+1); i >= len(src) || src[i] != c+2 { // } is { + 2, and ] is [ + 2
				inObject = kind == Object
				continue
			}
		} else if i, err = t.scalar(i); err != nil {
			return open, pending, i, err
		}
		pending = false
		for { // a value has ended, or stands before its closing bracket
			if open == None {
				if i = skip(src, i); i < len(src) {
					err = errors.New("more follows where it should end")
				}
				return open, false, i, err
			}
			if i = skip(src, i); i >= len(src) {
				return open, false, i, ErrCut
			}
			n := &t.nodes[open]
			inObject = n.kind == Object
			if src[i] == ',' {
				i++
				break
			}
			if inObject && src[i] != '}' || !inObject && src[i] != ']' {
				return open, false, i, errors.New("neither a comma nor the end follows a value")
			}
			i++
			open, n.end, n.hi, n.plain = n.end, Node(len(t.nodes)), int32(i), true
		}
	}
}

// skip is the first place from i on that is not white space.
func skip(src []byte, i int) int {
	for i < len(src) && (src[i] == ' ' || src[i] == '\n' || src[i] == '\r' || src[i] == '\t') {
		i++
	}
	return i
}

func (t *Tree) add(k Kind, lo, hi int, plain bool) {
	t.nodes = append(t.nodes, node{int32(lo), int32(hi), Node(len(t.nodes) + 1), k, plain})
}

// scalar reads what is neither array nor object.
func (t *Tree) scalar(i int) (int, error) {
	switch c := t.src[i]; {
	case c == '"':
		return t.str(i)
	case c == '-' || '0' <= c && c <= '9':
		return t.number(i)
	case c == 't':
		return t.word(i, "true", Bool)
	case c == 'f':
		return t.word(i, "false", Bool)
	case c == 'n':
		return t.word(i, "null", Null)
	}
	return i, errors.New("no value begins like this")
}

func (t *Tree) word(i int, w string, k Kind) (int, error) {
	rest := t.src[i:]
	if len(rest) < len(w) && string(rest) == w[:len(rest)] {
		return len(t.src), ErrCut
	}
	if len(rest) < len(w) || string(rest[:len(w)]) != w {
		return i, errors.New("no value begins like this")
	}
	t.add(k, i, i+len(w), false)
	return i + len(w), nil
}

func (t *Tree) number(lo int) (int, error) {
	src, i := t.src, lo
	digits := func() bool {
		from := i
		for i < len(src) && '0' <= src[i] && src[i] <= '9' {
			i++
		}
		return i > from
	}
	if src[i] == '-' {
		i++
	}
	ok := true
	if i < len(src) && src[i] == '0' {
		i++
	} else {
		ok = digits()
	}
	if ok && i < len(src) && src[i] == '.' {
		i++
		ok = digits()
	}
	if ok && i < len(src) && src[i]|0x20 == 'e' {
		i++
		if i < len(src) && (src[i] == '+' || src[i] == '-') {
			i++
		}
		ok = digits()
	}
	if !ok {
		if i >= len(src) {
			return i, ErrCut
		}
		return i, errors.New("a number lacks a digit")
	}
	t.add(Number, lo, i, false)
	return i, nil
}

// special marks the bytes that end a run of ordinary ones in a string.
var special = func() (s [256]bool) {
	for c := range 0x20 {
		s[c] = true
	}
	s['"'], s['\\'] = true, true
	return s
}()

func (t *Tree) str(i int) (int, error) {
	if i >= len(t.src) {
		return i, ErrCut
	}
	src, lo, plain := t.src, i+1, true
	for i++; ; {
		for i < len(src) && !special[src[i]] {
			i++
		}
		switch {
		case i >= len(src):
			return i, ErrCut
		case src[i] == '"':
			t.add(String, lo, i, plain)
			return i + 1, nil
		case src[i] != '\\':
			return i, errors.New("a string holds a control character")
		}
		plain = false
		if i+1 >= len(src) {
			return i, ErrCut
		}
		switch src[i+1] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			i += 2
		case 'u':
			for k := i + 2; k < i+6; k++ {
				if k >= len(src) {
					return i, ErrCut
				}
				if unhex(src[k]) < 0 {
					return i, errors.New("a string holds an unknown escape")
				}
			}
			i += 6
		default:
			return i, errors.New("a string holds an unknown escape")
		}
	}
}

func unhex(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}

// Len is the number of nodes: 0 only where not even the first value was whole.
func (t *Tree) Len() int { return len(t.nodes) }

// Kind is the kind of n.
func (t *Tree) Kind(n Node) Kind {
	if !t.has(n) {
		return Null
	}
	return t.nodes[n].kind
}

func (t *Tree) has(n Node) bool { return 0 <= n && int(n) < len(t.nodes) }

// Offset is where n begins, in bytes of the text.
func (t *Tree) Offset(n Node) int {
	if !t.has(n) {
		return 0
	}
	if t.nodes[n].kind == String {
		return int(t.nodes[n].lo) - 1
	}
	return int(t.nodes[n].lo)
}

// End is one past the last node below n.
func (t *Tree) End(n Node) Node {
	if !t.has(n) {
		return 0
	}
	return t.nodes[n].end
}

// Whole tells that n is there from beginning to end: an array or object in
// which Parse stopped is not.
func (t *Tree) Whole(n Node) bool {
	return t.has(n) && (t.nodes[n].kind < Array || t.nodes[n].plain)
}

// Raw is the text of n as written, of a string without its quotes. It is part
// of what Parse was given.
func (t *Tree) Raw(n Node) []byte {
	if !t.has(n) {
		return nil
	}
	return t.src[t.nodes[n].lo:t.nodes[n].hi]
}

// Members walks the members of an object in order; of another value, none. A
// name is valid until the next step.
func (t *Tree) Members(n Node) iter.Seq2[[]byte, Node] {
	return func(yield func([]byte, Node) bool) {
		if t.Kind(n) != Object {
			return
		}
		var buf []byte
		for k := n + 1; k < t.nodes[n].end; k = t.nodes[k+1].end {
			name := t.src[t.nodes[k].lo:t.nodes[k].hi]
			if !t.nodes[k].plain {
				buf = t.AppendText(buf[:0], k)
				name = buf
			}
			if !yield(name, k+1) {
				return
			}
		}
	}
}

// Span is where the elements of an array n begin and end, or n itself where it
// is something else: for n, end := t.Span(list); n < end; n = t.End(n).
func (t *Tree) Span(n Node) (from, end Node) {
	if t.Kind(n) == Array {
		return n + 1, t.End(n)
	}
	return n, t.End(n)
}

// Get is the value of the member of the given name, the last one where there
// are several, None where there is none. O(members).
func (t *Tree) Get(n Node, name string) Node {
	found := None
	for k, v := range t.Members(n) {
		if string(k) == name {
			found = v
		}
	}
	return found
}

// True tells that n is true.
func (t *Tree) True(n Node) bool { return t.Kind(n) == Bool && t.src[t.nodes[n].lo] == 't' }

// Text is the string n, "" for other values.
func (t *Tree) Text(n Node) string {
	if t.Kind(n) != String {
		return ""
	}
	if t.nodes[n].plain {
		return string(t.Raw(n))
	}
	return string(t.AppendText(nil, n))
}

// AppendText appends the string n to buf. What is no string appends nothing.
// Half a surrogate pair becomes U+FFFD.
func (t *Tree) AppendText(buf []byte, n Node) []byte {
	if t.Kind(n) != String {
		return buf
	}
	raw := t.Raw(n)
	if t.nodes[n].plain {
		return append(buf, raw...)
	}
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			from := i
			for i < len(raw) && raw[i] != '\\' {
				i++
			}
			buf = append(buf, raw[from:i]...)
			continue
		}
		c := raw[i+1]
		i += 2
		switch c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r := hex4(raw[i:])
			i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if i+6 <= len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
					low = hex4(raw[i+2:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			buf = utf8.AppendRune(buf, r)
			continue
		}
		buf = append(buf, c)
	}
	return buf
}

func hex4(b []byte) rune { return unhex(b[0])<<12 | unhex(b[1])<<8 | unhex(b[2])<<4 | unhex(b[3]) }

// Int is the whole number that n is, or that stands in the string n: files of
// one source change between 12, 12.0 and "12". What has a fraction is cut
// towards zero. ok is false for all else, and for what an int64 cannot hold.
func (t *Tree) Int(n Node) (i int64, ok bool) {
	if k := t.Kind(n); k != Number && k != String {
		return 0, false
	}
	raw := t.Raw(n)
	if len(raw) == 0 || len(raw) > 40 {
		return 0, false
	}
	digits, negative := raw, raw[0] == '-'
	if negative {
		digits = raw[1:]
	}
	plain := 0 < len(digits) && len(digits) <= 18
	for _, c := range digits {
		if c < '0' || '9' < c {
			plain = false
			break
		}
		i = 10*i + int64(c-'0')
	}
	if plain {
		if negative {
			i = -i
		}
		return i, true
	}
	if i, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return i, true
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || !(-1<<63 <= f && f < 1<<63) { // NaN is in no range
		return 0, false
	}
	return int64(f), true
}
