// Package jsondoc is what the formats share whose inputs are JSON documents
// held in memory as a whole: the documents as a flat array of values, access
// to fields that may be of any type or absent, and the way from records to
// threads.
//
// A document is read as far as it goes. One that breaks off in the middle still
// gives all that came before, nesting costs no stack, and no number is rounded.
package jsondoc

import (
	"fmt"
	"iter"
	"strings"
)

// Bounds on one input. An export of a million comments has some 500 MiB and 25
// million values, which take about 20 bytes each beside the text.
const (
	MaxSize   = 1 << 30
	maxValues = 1 << 26
)

// Tree is the values of one input, in document order.
type Tree struct {
	src   string
	nodes []node
	names []string
	ids   map[string]int32 // of names
	docs  []Value
	at    mark
}

// node is a value. The values inside it are those up to end.
type node struct {
	lo, hi int32 // its source; hi is 0 for an array or object that is still open
	end    int32 // one past the last value inside
	name   int32 // of the field it is the value of, -1 elsewhere
	kind   Kind
}

// mark is a place whose line is known.
type mark struct{ offset, line int }

// Kind is what a Value is.
type Kind uint8

// The kinds. A field that is not there is Null.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// String names the kind with its article, for messages.
func (k Kind) String() string {
	return [...]string{"null", "a boolean", "a number", "a string", "an array", "an object"}[k]
}

// Value is one value of a Tree, or none: the zero Value is Null.
type Value struct {
	t *Tree
	n int32
}

// Docs are the documents of the input, one after the other; usually there is
// one.
func (t *Tree) Docs() []Value { return t.docs }

func (v Value) node() *node {
	if v.t == nil {
		return &node{name: -1}
	}
	return &v.t.nodes[v.n]
}

// Kind tells what the value is.
func (v Value) Kind() Kind { return v.node().kind }

// Get is the value of the field path[0] of v, of the field path[1] of that, and
// so on; Null where there is none. Of several fields of one name the last
// counts. O(fields of the objects).
func (v Value) Get(path ...string) Value {
	for _, name := range path {
		v = v.field(name)
	}
	return v
}

func (v Value) field(name string) Value {
	var found Value
	n := v.node()
	if n.kind != Object {
		return found
	}
	id, known := v.t.ids[name]
	if !known {
		return found
	}
	for c := v.n + 1; c < n.end; c = v.t.nodes[c].end {
		if v.t.nodes[c].name == id {
			found = Value{v.t, c}
		}
	}
	return found
}

// Has tells that v is an object with all these fields, whatever is in them.
func (v Value) Has(names ...string) bool {
	for _, name := range names {
		if v.field(name).t == nil {
			return false
		}
	}
	return true
}

// Items walks the elements of an array; there are none in anything else.
func (v Value) Items() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		n := v.node()
		if n.kind != Array {
			return
		}
		for c := v.n + 1; c < n.end; c = v.t.nodes[c].end {
			if !yield(Value{v.t, c}) {
				return
			}
		}
	}
}

// First is the first element of an array, Null where there is none.
func (v Value) First() Value {
	for c := range v.Items() {
		return c
	}
	return Value{}
}

// Len is the number of elements of an array, 0 for anything else. O(Len).
func (v Value) Len() int {
	n := 0
	for range v.Items() {
		n++
	}
	return n
}

// Text is the content of a string, "" for anything else.
func (v Value) Text() string {
	n := v.node()
	if n.kind != String {
		return ""
	}
	return unescape(v.t.src[n.lo+1 : n.hi-1])
}

// ID is the content of a string or a number as it is written, "" for anything
// else: an ID of 20 digits stays exact.
func (v Value) ID() string {
	if n := v.node(); n.kind == Number {
		return strings.Clone(v.t.src[n.lo:n.hi])
	}
	return v.Text()
}

// True tells that v is true.
func (v Value) True() bool {
	n := v.node()
	return n.kind == Bool && v.t.src[n.lo] == 't'
}

// Broken tells that the input broke off inside v, an array or object.
func (v Value) Broken() bool { n := v.node(); return n.kind >= Array && n.hi == 0 }

// Offset is where v starts, in bytes of the decoded input.
func (v Value) Offset() int { return int(v.node().lo) }

// Line is the line on which v starts, from 1. Cheap where values are asked in
// document order.
func (v Value) Line() int {
	if v.t == nil {
		return 0
	}
	return v.t.line(v.Offset())
}

func (t *Tree) line(offset int) int {
	if offset < t.at.offset || t.at.line == 0 {
		t.at = mark{0, 1}
	}
	t.at.line += strings.Count(t.src[t.at.offset:offset], "\n")
	t.at.offset = offset
	return t.at.line
}

// position writes an offset for a message.
func (t *Tree) position(offset int) string {
	return fmt.Sprintf("line %d (byte %d)", t.line(offset), offset)
}
