package parquet

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/zstd"
)

// Type is what the values of a column that is written are.
type Type uint8

// The types.
const (
	Text   Type = iota
	Int         // 64 bits
	Float       // 32 bits
	Double      // 64 bits
	UTC         // a point in time, to the millisecond
	Local       // the reading of a clock somewhere, likewise
)

// Column is a column to be written.
type Column struct {
	Name   string
	Type   Type
	Always bool // has a value in each row
}

// What is written at once, before compression: pages as large as other programs
// make them, and row groups that anybody can hold in memory.
const (
	pageSize  = 1 << 20
	groupSize = 64 << 20
	groupRows = 1 << 20
)

// Writer writes a table of flat columns. It keeps one row group in memory, compressed. The
// same values give the same bytes.
type Writer struct {
	w       io.Writer
	at      int64 // bytes written
	columns []chunk
	meta    [][2]string
	zstd    *zstd.Encoder
	page    []byte // the page that is compressed
	packed  []byte // and what comes of it
	rows    int    // of the row group
	total   int64
	groups  encoder // the elements of the list of row groups
	n       int     // of row groups
	err     error
}

// chunk is a column of the row group.
type chunk struct {
	Column
	raw    []byte // values of the page
	levels []byte // which of them there are, as runs
	run    int    // of levels that are alike
	level  byte
	values int // of the page

	pages      []byte // compressed, each after its header
	plain      int    // their size before compression
	inPages    int    // values in them
	hasThisRow bool
}

// NewWriter begins a table in w. meta are pairs of names and values to stand
// with it.
func NewWriter(w io.Writer, columns []Column, meta [][2]string) *Writer {
	out := &Writer{w: w, meta: meta}
	for _, c := range columns {
		out.columns = append(out.columns, chunk{Column: c})
	}
	// One at a time: several at once would make the bytes depend on chance.
	out.zstd, out.err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	out.write([]byte(magic))
	return out
}

const magic = "PAR1"

func (w *Writer) write(b []byte) {
	if w.err != nil {
		return
	}
	var n int
	n, w.err = w.w.Write(b)
	w.at += int64(n)
}

// Text sets the value of a column of Text in the row.
func (w *Writer) Text(column int, s string) {
	c := &w.columns[column]
	c.raw = append(binary.LittleEndian.AppendUint32(c.raw, uint32(len(s))), s...)
	c.hasThisRow = true
}

// Int sets the value of a column of Int, UTC or Local; times are milliseconds
// since 1970.
func (w *Writer) Int(column int, v int64) {
	c := &w.columns[column]
	c.raw = binary.LittleEndian.AppendUint64(c.raw, uint64(v))
	c.hasThisRow = true
}

// Float sets the value of a column of Float.
func (w *Writer) Float(column int, v float32) {
	c := &w.columns[column]
	c.raw = binary.LittleEndian.AppendUint32(c.raw, math.Float32bits(v))
	c.hasThisRow = true
}

// Double sets the value of a column of Double.
func (w *Writer) Double(column int, v float64) {
	c := &w.columns[column]
	c.raw = binary.LittleEndian.AppendUint64(c.raw, math.Float64bits(v))
	c.hasThisRow = true
}

// EndRow ends the row. Columns that were not set have no value in it.
func (w *Writer) EndRow() error {
	size := 0
	for i := range w.columns {
		c := &w.columns[i]
		switch {
		case c.Always && !c.hasThisRow:
			panic(fmt.Sprintf("parquet: no value for %s, which always has one", c.Name))
		case !c.Always:
			c.mark(c.hasThisRow)
		}
		c.hasThisRow = false
		c.values++
		if len(c.raw) >= pageSize {
			w.endPage(c)
		}
		size += c.plain + len(c.raw)
	}
	if w.rows++; w.rows == groupRows || size >= groupSize {
		w.endGroup()
	}
	return w.err
}

// mark notes whether there is a value. Runs of the same are told by their
// length: its double as a varint, then the level.
func (c *chunk) mark(has bool) {
	level := byte(0)
	if has {
		level = 1
	}
	if c.run > 0 && level != c.level {
		c.endRun()
	}
	c.level = level
	c.run++
}

func (c *chunk) endRun() {
	if c.run > 0 {
		c.levels = append(binary.AppendUvarint(c.levels, uint64(c.run)<<1), c.level)
	}
	c.run = 0
}

// endPage compresses what the chunk has gathered.
func (w *Writer) endPage(c *chunk) {
	if c.values == 0 || w.err != nil {
		return
	}
	page := w.page[:0]
	if !c.Always {
		c.endRun()
		page = append(binary.LittleEndian.AppendUint32(page, uint32(len(c.levels))), c.levels...)
	}
	page = append(page, c.raw...)
	w.page = page
	if len(page) > math.MaxInt32 {
		w.err = fmt.Errorf("a value of %s is too long for the format", c.Name)
		return
	}
	w.packed = w.zstd.EncodeAll(page, w.packed[:0])
	var head encoder
	head.open()
	head.i32(1, pageData)
	head.i32(2, len(page))
	head.i32(3, len(w.packed))
	head.struc(5)
	head.i32(1, c.values)
	head.i32(2, encodingPlain)
	head.i32(3, encodingRLE)
	head.i32(4, encodingRLE)
	head.close()
	head.close()
	c.pages = append(append(c.pages, head.b...), w.packed...)
	c.plain += len(head.b) + len(page)
	c.inPages += c.values
	c.raw, c.levels, c.values = c.raw[:0], c.levels[:0], 0
}

// physical is the type of the values of a column in the file.
func (t Type) physical() int {
	switch t {
	case Text:
		return typeByteArray
	case Float:
		return typeFloat
	case Double:
		return typeDouble
	}
	return typeInt64
}

// endGroup writes the row group.
func (w *Writer) endGroup() {
	if w.rows == 0 {
		return
	}
	begin, plain := w.at, 0
	g := &w.groups
	g.open()
	g.list(1, tStruct, len(w.columns))
	for i := range w.columns {
		c := &w.columns[i]
		w.endPage(c)
		at := w.at
		w.write(c.pages)
		g.open()
		g.i64(2, at)
		g.struc(3)
		g.i32(1, c.Type.physical())
		g.list(2, tI32, 2)
		g.b = binary.AppendVarint(binary.AppendVarint(g.b, encodingPlain), encodingRLE)
		g.list(3, tBinary, 1)
		g.text(c.Name)
		g.i32(4, codecZstd)
		g.i64(5, int64(c.inPages))
		g.i64(6, int64(c.plain))
		g.i64(7, int64(len(c.pages)))
		g.i64(9, at)
		g.close()
		g.close()
		plain += c.plain
		c.pages, c.plain, c.inPages = c.pages[:0], 0, 0
	}
	g.i64(2, int64(plain))
	g.i64(3, int64(w.rows))
	g.i64(5, begin)
	g.i64(6, w.at-begin)
	g.close()
	w.n++
	w.total += int64(w.rows)
	w.rows = 0
}

// Close writes what is left, and the description of the file. The writer
// beneath stays open.
func (w *Writer) Close() error {
	w.endGroup()
	var e encoder
	e.open()
	e.i32(1, 2) // version of the format
	e.list(2, tStruct, 1+len(w.columns))
	e.open()
	e.string(4, "schema")
	e.i32(5, len(w.columns))
	e.close()
	for _, c := range w.columns {
		e.column(c.Column)
	}
	e.i64(3, w.total)
	e.list(4, tStruct, w.n)
	e.b = append(e.b, w.groups.b...)
	if len(w.meta) > 0 {
		e.list(5, tStruct, len(w.meta))
	}
	for _, pair := range w.meta {
		e.open()
		e.string(1, pair[0])
		e.string(2, pair[1])
		e.close()
	}
	e.string(6, "threadheat")
	e.close()
	e.b = binary.LittleEndian.AppendUint32(e.b, uint32(len(e.b)))
	w.write(append(e.b, magic...))
	return w.err
}

// column describes a column, in the old way and in the new one.
func (e *encoder) column(c Column) {
	e.open()
	e.i32(1, c.Type.physical())
	repetition := repeatOptional
	if c.Always {
		repetition = repeatRequired
	}
	e.i32(3, repetition)
	e.string(4, c.Name)
	switch c.Type {
	case Text:
		e.i32(6, convertedUTF8)
		e.struc(10)
		e.struc(logicalString)
		e.close()
		e.close()
	case UTC, Local:
		if c.Type == UTC { // the old way knows no other
			e.i32(6, convertedTimestampMillis)
		}
		e.struc(10)
		e.struc(logicalTimestamp)
		e.bool(1, c.Type == UTC)
		e.struc(2)
		e.struc(1) // milliseconds
		e.close()
		e.close()
		e.close()
		e.close()
	}
	e.close()
}
