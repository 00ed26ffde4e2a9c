// Package jsondoc is what the formats share whose inputs are JSON documents
// held in memory as a whole: access to fields that may be of any type or
// absent, and the way from records to threads. Package jsontree does the
// parsing.
//
// An input is read as far as it goes. One that breaks off in the middle still
// gives all that came before, nesting costs no stack, and no number is rounded.
package jsondoc

import (
	"bytes"
	"errors"
	"fmt"
	"iter"

	"threadheat/thread/internal/jsontree"
)

// MaxSize is how much of an input is read. An export of a million comments has
// some 500 MiB, and takes about five times as much memory.
const MaxSize = 1 << 30

// Value is a value in one of the documents of an input, or none: the zero Value
// is Null.
type Value struct {
	d *document
	n jsontree.Node
}

// document is one of the documents of an input, which begins at base.
type document struct {
	jsontree.Tree
	base  int
	lines *lines
}

// lines tells on which line a place is; cheap where asked in order.
type lines struct {
	src      []byte
	at, line int // a place whose line is known
}

func (l *lines) of(offset int) int {
	if offset < l.at {
		l.at, l.line = 0, 1
	}
	l.line += bytes.Count(l.src[l.at:offset], []byte("\n"))
	l.at = offset
	return l.line
}

// Parse reads all documents of src, one after the other; usually there is one.
// What was read is there even where there is an error, which wraps
// jsontree.ErrCut where src ends inside a document.
func Parse(src []byte) (docs []Value, err error) {
	l := &lines{src: src, line: 1}
	for at := 0; ; {
		rest := bytes.TrimLeft(src[at:], " \t\r\n")
		if len(rest) == 0 {
			return docs, nil
		}
		at = len(src) - len(rest)
		d := &document{base: at, lines: l}
		err := d.Parse(rest)
		if d.Len() > 0 {
			docs = append(docs, Value{d, 0})
		}
		switch {
		case err != nil && d.Whole(0): // more follows, another document perhaps
			at += d.Offset(0) + len(d.Raw(0))
			if d.Kind(0) == jsontree.String {
				at += len(`""`)
			}
		case errors.Is(err, jsontree.ErrCut):
			return docs, fmt.Errorf("the JSON breaks off on line %d (byte %d): %w; was the file copied as a whole?", l.of(len(src)), len(src), jsontree.ErrCut)
		case err != nil:
			return docs, fmt.Errorf("not JSON in what begins on line %d: %w", l.of(at), err)
		default:
			return docs, nil
		}
	}
}

// nothing is what a Value without a document is read from.
var nothing document

func (v Value) doc() *document {
	if v.d == nil {
		return &nothing
	}
	return v.d
}

// Kind tells what the value is.
func (v Value) Kind() jsontree.Kind { return v.doc().Kind(v.n) }

// Get is the value of the field path[0] of v, of the field path[1] of that, and
// so on; Null where there is none. Of several fields of one name the last
// counts. O(fields of the objects).
func (v Value) Get(path ...string) Value {
	for _, name := range path {
		n := v.doc().Get(v.n, name)
		if n == jsontree.None {
			return Value{}
		}
		v.n = n
	}
	return v
}

// Has tells that v is an object with all these fields, whatever is in them.
func (v Value) Has(names ...string) bool {
	for _, name := range names {
		if v.doc().Get(v.n, name) == jsontree.None {
			return false
		}
	}
	return true
}

// Items walks the elements of an array; there are none in anything else.
func (v Value) Items() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() != jsontree.Array {
			return
		}
		for n, end := v.d.Span(v.n); n < end; n = v.d.End(n) {
			if !yield(Value{v.d, n}) {
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
func (v Value) Text() string { return v.doc().Text(v.n) }

// ID is the content of a string or a number as it is written, "" for anything
// else: an ID of 20 digits stays exact.
func (v Value) ID() string {
	if v.Kind() == jsontree.Number {
		return string(v.d.Raw(v.n))
	}
	return v.Text()
}

// True tells that v is true.
func (v Value) True() bool { return v.doc().True(v.n) }

// Broken tells that the input broke off inside v, an array or object.
func (v Value) Broken() bool { return v.Kind() >= jsontree.Array && !v.d.Whole(v.n) }

// Offset is where v begins, in bytes of the input.
func (v Value) Offset() int { return v.doc().base + v.doc().Offset(v.n) }

// Line is the line on which v begins, from 1; 0 for no value.
func (v Value) Line() int {
	if v.d == nil {
		return 0
	}
	return v.d.lines.of(v.Offset())
}
