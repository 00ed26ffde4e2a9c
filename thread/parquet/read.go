package parquet

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
)

// The limits of what is in memory at once, and of what may come out of a file.
const (
	// maxPage is the size of the largest page, packed or not. Most programs write
	// pages of 1 MiB, some a whole row group in one.
	maxPage = 128 << 20
	// maxHeld is how large the pages and dictionaries of all columns may be together.
	maxHeld = 512 << 20
	// A file may give allowance bytes, and maxRatio times its size: a text that
	// stands once in a dictionary can be in any number of rows. A row counts as
	// rowCost beside its texts, which is what a comment costs.
	allowance = 64 << 20
	maxRatio  = 1000
	rowCost   = 128
)

// File is a table that is read in place.
type File struct {
	Leaves []Leaf // the columns that hold values, in order

	r      io.ReaderAt
	size   int64
	groups []group
	zstd   *zstd.Decoder
}

// group is a row group.
type group struct {
	rows   int64
	chunks []place // by leaf
}

// place is where the values of a leaf stand in a row group.
type place struct {
	at, size int64
	codec    int
}

// ErrNot is the error of Open for what is no Parquet file.
var ErrNot = errors.New("it is no Parquet file")

// Open reads the description of a file of the given size.
func Open(r io.ReaderAt, size int64) (*File, error) {
	var tail [8]byte
	if size < 12 {
		return nil, ErrNot
	}
	if _, err := r.ReadAt(tail[:], size-8); err != nil && err != io.EOF {
		return nil, err
	}
	if string(tail[4:]) != magic {
		return nil, fmt.Errorf("%w, or it was not copied to its end, where it says what is in it", ErrNot)
	}
	footer := int64(binary.LittleEndian.Uint32(tail[:4]))
	if footer > min(size-12, maxFooter) {
		return nil, fmt.Errorf("%w: it has %d bytes in a file of %d", errThrift, footer, size)
	}
	f := &File{r: r, size: size}
	d := decoder{r: bufio.NewReader(io.NewSectionReader(r, size-8-footer, footer))}
	nodes := f.footer(&d)
	if d.err != nil {
		return nil, d.err
	}
	var err error
	if f.Leaves, err = leaves(nodes); err != nil {
		return nil, err
	}
	for i, g := range f.groups {
		if g.rows < 0 {
			return nil, fmt.Errorf("%w: row group %d has %d rows", errThrift, i+1, g.rows)
		}
		if len(g.chunks) != len(f.Leaves) {
			return nil, fmt.Errorf("%w: row group %d has %d columns, the table has %d", errThrift, i+1, len(g.chunks), len(f.Leaves))
		}
	}
	// The limit of memory is that of the page, which is known before it is unpacked.
	f.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPage), zstd.WithDecodeAllCapLimit(true))
	return f, err
}

func (f *File) footer(d *decoder) (nodes []element) {
	d.open()
	chunks := 0
	for {
		id, kind, ok := d.next()
		if !ok {
			return nodes
		}
		switch id {
		case 2:
			n, of := d.list(kind)
			if n >= 0 && (n > maxColumns || of != tStruct) {
				d.fail(fmt.Errorf("%d columns; at most %d are read", n, maxColumns))
			}
			for range max(n, 0) {
				if d.err != nil {
					return nil
				}
				nodes = append(nodes, d.element())
			}
		case 4:
			n, of := d.list(kind)
			if n > 0 && of != tStruct {
				d.fail(errors.New("no row groups where they should be"))
			}
			for range max(n, 0) {
				if d.err != nil {
					return nil
				}
				g := d.group(maxChunks - chunks)
				// A group without columns would cost memory, but no chunk.
				chunks += max(len(g.chunks), 1)
				f.groups = append(f.groups, g)
			}
		case 8:
			d.fail(errors.New("it is encrypted"))
		default:
			d.skip(kind)
		}
	}
}

// group reads a row group of up to most columns.
func (d *decoder) group(most int) (g group) {
	d.open()
	for {
		id, kind, ok := d.next()
		if !ok {
			return g
		}
		switch id {
		case 1:
			n, of := d.list(kind)
			if n > most || n > 0 && of != tStruct {
				d.fail(fmt.Errorf("more than %d parts of columns", maxChunks))
			}
			for range max(n, 0) {
				if d.err != nil {
					return g
				}
				g.chunks = append(g.chunks, d.chunk())
			}
		case 3:
			g.rows = d.number(kind)
		default:
			d.skip(kind)
		}
	}
}

func (d *decoder) chunk() (p place) {
	d.open()
	for {
		id, kind, ok := d.next()
		switch {
		case !ok:
			return p
		case id == 1:
			d.fail(errors.New("the data are in another file"))
		case id == 3 && kind == tStruct:
			d.place(&p)
		default:
			d.skip(kind)
		}
	}
}

func (d *decoder) place(p *place) {
	d.open()
	var data, dictionary int64
	for {
		id, kind, ok := d.next()
		if !ok {
			break
		}
		switch id {
		case 4:
			p.codec = int(d.number(kind))
		case 7:
			p.size = d.number(kind)
		case 9:
			data = d.number(kind)
		case 11:
			dictionary = d.number(kind)
		default:
			d.skip(kind)
		}
	}
	p.at = data
	if dictionary > 0 && dictionary < data {
		p.at = dictionary
	}
}

// Rows yields the rows, each with the values of the given leaves as text; "" is
// no value. A row is valid until the next one. An error is the last thing to be
// yielded.
func (f *File) Rows(columns []int) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		left := f.size*maxRatio + allowance
		row := make([]string, len(columns))
		number := int64(0)
		cursors := make([]cursor, len(columns))
		for i, g := range f.groups {
			held := int64(0)
			for k, c := range columns {
				p := g.chunks[c]
				if p.at < 0 || p.size < 0 || p.at > f.size || p.size > f.size-p.at {
					yield(nil, fmt.Errorf("row group %d: the column %s is not in the file", i+1, f.Leaves[c].Path))
					return
				}
				cursors[k].enter(f, &f.Leaves[c], p, &held)
			}
			for range g.rows {
				number++
				for k := range cursors {
					var err error
					if row[k], err = cursors[k].next(); err != nil {
						yield(nil, fmt.Errorf("row %d, column %s: %w", number, cursors[k].leaf.Path, err))
						return
					}
					left -= int64(len(row[k]))
				}
				if left -= rowCost; left < 0 {
					yield(nil, fmt.Errorf("row %d: more comes out than %d MiB and %d times what is in the file", number, allowance>>20, maxRatio))
					return
				}
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// cursor reads the values of one leaf in a row group.
type cursor struct {
	f     *File
	leaf  *Leaf
	codec int
	in    *bufio.Reader
	size  int64  // of the chunk, in bytes
	held  *int64 // bytes that all cursors keep

	packed, page []byte
	dictionary   *dictionary
	rows         int64 // of the page that are left
	levels       hybrid
	leveled      bool // levels tell which rows have a value
	values       values
}

// enter makes c read a chunk. held counts what all columns keep.
func (c *cursor) enter(f *File, l *Leaf, p place, held *int64) {
	section := io.NewSectionReader(f.r, p.at, p.size)
	if c.in == nil {
		c.in = bufio.NewReaderSize(section, 16<<10)
	} else {
		c.in.Reset(section)
	}
	*c = cursor{f: f, leaf: l, codec: p.codec, in: c.in, size: p.size, held: held, packed: c.packed, page: c.page}
	*held += int64(cap(c.packed) + cap(c.page))
}

// next is the next value as text, "" where there is none.
func (c *cursor) next() (string, error) {
	for c.rows == 0 {
		if err := c.turn(); err != nil {
			if errors.Is(err, io.EOF) {
				err = fmt.Errorf("the column ends before the table does: %w", io.ErrUnexpectedEOF)
			}
			return "", err
		}
	}
	c.rows--
	if c.leveled {
		level, err := c.levels.number()
		if err != nil || int(level) < c.leaf.optional {
			return "", err
		}
	}
	v, err := c.values.next()
	if err != nil {
		return "", err
	}
	return c.leaf.text(v), nil
}

// pageHeader is what stands before a page.
type pageHeader struct {
	typ, size, packed int
	values, encoding  int
	levels            int  // bytes of levels before the values, in the newer pages
	repeats           int  // and of those of lists
	plain             bool // the values are not compressed, in the newer pages
	levelEncoding     int
}

func (d *decoder) pageHeader() (h pageHeader) {
	d.open()
	for {
		id, kind, ok := d.next()
		if !ok {
			return h
		}
		switch {
		case id == 1:
			h.typ = int(d.number(kind))
		case id == 2:
			h.size = int(d.number(kind))
		case id == 3:
			h.packed = int(d.number(kind))
		case (id == 5 || id == 7 || id == 8) && kind == tStruct:
			d.open()
			for {
				field, kind, ok := d.next()
				if !ok {
					break
				}
				switch {
				case field == 1:
					h.values = int(d.number(kind))
				case id != 8 && field == 2, id == 8 && field == 4:
					h.encoding = int(d.number(kind))
				case id == 5 && field == 3:
					h.levelEncoding = int(d.number(kind))
				case id == 8 && field == 5:
					h.levels = int(d.number(kind))
				case id == 8 && field == 6:
					h.repeats = int(d.number(kind))
				case id == 8 && field == 7:
					h.plain = d.number(kind) == 0
				default:
					d.skip(kind)
				}
			}
		default:
			d.skip(kind)
		}
	}
}

// turn reads the next page.
func (c *cursor) turn() error {
	if _, err := c.in.Peek(1); err != nil {
		return err
	}
	d := decoder{r: c.in}
	h := d.pageHeader()
	if d.err != nil {
		return d.err
	}
	if h.size < 0 || h.packed < 0 || h.values < 0 || int64(h.packed) > c.size {
		return errShort
	}
	if h.size > maxPage || h.packed > maxPage {
		return fmt.Errorf("a page has %d MiB; up to %d are read", max(h.size, h.packed)>>20, maxPage>>20)
	}
	switch h.typ {
	case pageData, pageDataV2, pageDictionary:
	default:
		_, err := c.in.Discard(h.packed)
		return err
	}
	if err := c.resize(&c.packed, h.packed); err != nil {
		return err
	}
	if _, err := io.ReadFull(c.in, c.packed); err != nil {
		return errShort
	}
	to := &c.page
	if h.typ == pageDictionary {
		if c.dictionary != nil {
			return errEncoding
		}
		to = new([]byte)
	}
	before := c.packed
	if h.typ == pageDataV2 {
		// The levels of newer pages stand before what is compressed.
		n := h.levels + h.repeats
		if h.levels < 0 || h.repeats < 0 || n > len(before) || n > h.size {
			return errShort
		}
		before = before[n:]
		h.size -= n
	}
	codec := c.codec
	if h.typ == pageDataV2 && h.plain {
		codec = codecNone
	}
	if err := c.resize(to, h.size); err != nil {
		return err
	}
	if err := c.f.unpack(codec, *to, before); err != nil {
		return err
	}
	body := *to
	if h.typ == pageDictionary {
		if h.encoding != encodingPlain && h.encoding != encodingPlainDictionary {
			return errEncoding
		}
		var err error
		if c.dictionary, err = newDictionary(body, c.leaf.typ, c.leaf.size, h.values); err == nil {
			*c.held += 4 * int64(len(c.dictionary.starts))
		}
		return err
	}
	c.rows = int64(h.values)
	c.leveled = c.leaf.optional > 0
	c.levels = hybrid{width: levelWidth(c.leaf.optional)}
	switch {
	case h.typ == pageDataV2:
		c.levels.b = c.packed[h.repeats : h.repeats+h.levels]
	case c.leveled:
		if h.levelEncoding != encodingRLE || len(body) < 4 || uint64(len(body)-4) < uint64(binary.LittleEndian.Uint32(body)) {
			return errEncoding
		}
		n := 4 + int(binary.LittleEndian.Uint32(body))
		c.levels.b, body = body[4:n], body[n:]
	}
	var err error
	c.values, err = c.leaf.decode(h.encoding, body, c.dictionary)
	if err != nil && len(body) == 0 && c.leveled { // no value at all, and so no way to tell them
		c.values, err = &plain{typ: c.leaf.typ, len: c.leaf.size}, nil
	}
	return err
}

// resize makes b as long as n, and keeps account of it.
func (c *cursor) resize(b *[]byte, n int) error {
	if cap(*b) < n {
		*c.held += int64(n - cap(*b))
		if *c.held > maxHeld {
			return fmt.Errorf("the pages of all columns have more than %d MiB together", maxHeld>>20)
		}
		*b = make([]byte, n)
	}
	*b = (*b)[:n]
	return nil
}

// unpack fills to with what is compressed in from.
func (f *File) unpack(codec int, to, from []byte) error {
	n, err := 0, error(nil)
	switch {
	case len(to) == 0 && len(from) == 0:
	case codec == codecNone:
		n = copy(to, from)
		if len(from) > len(to) {
			err = errEncoding
		}
	case codec == codecSnappy:
		if n, err = snappy.DecodedLen(from); err == nil && n == len(to) {
			_, err = snappy.Decode(to, from)
		}
	case codec == codecGzip:
		var r *gzip.Reader
		if r, err = gzip.NewReader(bytes.NewReader(from)); err == nil {
			n, err = io.ReadFull(r, to)
		}
	case codec == codecZstd:
		var out []byte
		out, err = f.zstd.DecodeAll(from, to[:0:len(to)])
		n = len(out)
	case codec > 0 && codec < len(codecNames):
		return fmt.Errorf("it is compressed with %s, which is not read here; write it with zstd, snappy or gzip", codecNames[codec])
	default:
		return fmt.Errorf("it is compressed in way %d, which is not known", codec)
	}
	if err == nil && n != len(to) {
		err = errShort
	}
	if err != nil {
		return fmt.Errorf("a page cannot be unpacked: %w", err)
	}
	return nil
}
