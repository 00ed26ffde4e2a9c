package parquet

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Types of values in Thrift's compact protocol, in which Parquet writes all that
// is no data
// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
const (
	tStop = iota
	tTrue
	tFalse
	tByte
	tI16
	tI32
	tI64
	tDouble
	tBinary
	tList
	tSet
	tMap
	tStruct
)

// encoder writes structs. Fields go in the order of their numbers.
type encoder struct {
	b    []byte
	last []int // number of the field written last, of each open struct
}

// open begins a struct that is an element of a list, or the whole.
func (e *encoder) open() { e.last = append(e.last, 0) }

// close ends the struct.
func (e *encoder) close() {
	e.b = append(e.b, tStop)
	e.last = e.last[:len(e.last)-1]
}

func (e *encoder) field(id int, kind byte) {
	last := &e.last[len(e.last)-1]
	e.b = append(e.b, byte(id-*last)<<4|kind) // Parquet's fields are less than 16 apart
	*last = id
}

func (e *encoder) i32(id int, v int) {
	e.field(id, tI32)
	e.b = binary.AppendVarint(e.b, int64(v))
}

func (e *encoder) i64(id int, v int64) {
	e.field(id, tI64)
	e.b = binary.AppendVarint(e.b, v)
}

func (e *encoder) bool(id int, v bool) {
	kind := byte(tFalse)
	if v {
		kind = tTrue
	}
	e.field(id, kind)
}

func (e *encoder) string(id int, s string) {
	e.field(id, tBinary)
	e.text(s)
}

// text is a string that is an element of a list.
func (e *encoder) text(s string) {
	e.b = append(binary.AppendUvarint(e.b, uint64(len(s))), s...)
}

func (e *encoder) struc(id int) {
	e.field(id, tStruct)
	e.open()
}

func (e *encoder) list(id int, kind byte, n int) {
	e.field(id, tList)
	if n < 15 {
		e.b = append(e.b, byte(n)<<4|kind)
		return
	}
	e.b = binary.AppendUvarint(append(e.b, 0xF0|kind), uint64(n))
}

// decoder reads structs. The first error stays; after it all values are zero.
type decoder struct {
	r    *bufio.Reader
	last []int // number of the field read last, of each open struct
	err  error
}

var errThrift = errors.New("the description of the data is broken")

func (d *decoder) fail(err error) {
	if d.err != nil {
		return
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	d.err = fmt.Errorf("%w: %w", errThrift, err)
}

func (d *decoder) byte() byte {
	if d.err != nil {
		return 0
	}
	b, err := d.r.ReadByte()
	if err != nil {
		d.fail(err)
	}
	return b
}

func (d *decoder) uvarint() uint64 {
	if d.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(d.r)
	if err != nil {
		d.fail(err)
	}
	return v
}

// open begins a struct, after its field or as an element of a list.
func (d *decoder) open() { d.last = append(d.last, 0) }

// next is the next field of the struct; false at its end, which closes it. What
// the caller does not want it must skip.
func (d *decoder) next() (id int, kind byte, ok bool) {
	head := d.byte()
	kind = head & 15
	if d.err != nil || kind == tStop {
		d.last = d.last[:len(d.last)-1]
		return 0, 0, false
	}
	last := &d.last[len(d.last)-1]
	if delta := int(head >> 4); delta != 0 {
		*last += delta
	} else {
		*last = int(d.int())
	}
	return *last, kind, true
}

// int is a number of any size.
func (d *decoder) int() int64 {
	u := d.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

// number is the value of a field of kind, 0 where it is no whole number.
func (d *decoder) number(kind byte) int64 {
	switch kind {
	case tI16, tI32, tI64:
		return d.int()
	case tByte:
		return int64(int8(d.byte()))
	case tTrue:
		return 1
	case tFalse:
		return 0
	}
	d.skip(kind)
	return 0
}

// maxName bounds the strings that are kept.
const maxName = 1 << 20

// string is the value of a field of kind, "" where it is no string.
func (d *decoder) string(kind byte) string {
	if kind != tBinary {
		d.skip(kind)
		return ""
	}
	n := d.uvarint()
	if n > maxName {
		d.fail(fmt.Errorf("a name of %d bytes", n))
	}
	if d.err != nil {
		return ""
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(d.r, b); err != nil {
		d.fail(err)
	}
	return string(b)
}

// list is the length of a list and the kind of its elements; -1 where the field
// is no list.
func (d *decoder) list(kind byte) (n int, of byte) {
	if kind != tList && kind != tSet {
		d.skip(kind)
		return -1, 0
	}
	head := d.byte()
	n = int(head >> 4)
	if n == 15 {
		u := d.uvarint()
		if u > 1<<31 {
			d.fail(fmt.Errorf("a list of %d", u))
		}
		n = int(u)
	}
	if d.err != nil {
		return -1, 0
	}
	return n, head & 15
}

// maxNested bounds how deep values are nested in what is skipped.
const maxNested = 64

// skip passes over the value of a field of kind.
func (d *decoder) skip(kind byte) {
	type open struct {
		left int // elements, -1 for a struct
		kind [2]byte
	}
	var stack []open
	enter := func(o open) {
		if len(stack) == maxNested {
			d.fail(errors.New("nested too deep"))
		}
		stack = append(stack, o)
	}
	value := func(kind byte) {
		switch kind {
		case tTrue, tFalse:
		case tByte:
			d.byte()
		case tI16, tI32, tI64:
			d.uvarint()
		case tDouble:
			d.discard(8)
		case tBinary:
			d.discard(d.uvarint())
		case tStruct:
			d.open()
			enter(open{left: -1})
		case tList, tSet:
			n, of := d.list(kind)
			if of == tTrue || of == tFalse {
				d.discard(uint64(max(n, 0)))
				return
			}
			enter(open{n, [2]byte{of, of}})
		case tMap:
			n := d.uvarint()
			if n == 0 {
				return
			}
			if n > 1<<30 {
				d.fail(fmt.Errorf("a map of %d", n))
			}
			kinds := d.byte()
			enter(open{2 * int(n), [2]byte{kinds >> 4, kinds & 15}})
		default:
			d.fail(fmt.Errorf("a value of the unknown type %d", kind))
		}
	}
	for value(kind); len(stack) > 0 && d.err == nil; {
		top := &stack[len(stack)-1]
		switch {
		case top.left < 0:
			if _, kind, ok := d.next(); ok {
				value(kind)
			} else {
				stack = stack[:len(stack)-1]
			}
		case top.left == 0:
			stack = stack[:len(stack)-1]
		default:
			top.left--
			of := top.kind[top.left&1^1]
			if of == tTrue || of == tFalse {
				d.byte()
				continue
			}
			value(of)
		}
	}
}

func (d *decoder) discard(n uint64) {
	if d.err != nil {
		return
	}
	if n > 1<<31 {
		d.fail(fmt.Errorf("a value of %d bytes", n))
		return
	}
	if _, err := d.r.Discard(int(n)); err != nil {
		d.fail(err)
	}
}
