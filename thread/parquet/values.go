package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// value is one value: a number, the bits of a float, or bytes.
type value struct {
	n int64
	b []byte // shares the page's memory
}

// values yields the values of a page one after the other. Asked for more than
// there are, it fails.
type values interface {
	next() (value, error)
}

var (
	errShort    = errors.New("a page holds less than it says")
	errEncoding = errors.New("a page is not encoded as it says")
)

// plain are values that stand one after the other.
type plain struct {
	b   []byte
	typ int
	len int // of each value of typeFixed
	bit int // of booleans, 0 to 7
}

// width is the size of a value in bytes; 0 where values differ.
func width(typ, fixed int) int {
	switch typ {
	case typeInt32, typeFloat:
		return 4
	case typeInt64, typeDouble:
		return 8
	case typeInt96:
		return 12
	case typeFixed:
		return fixed
	}
	return 0
}

func (p *plain) next() (value, error) {
	switch p.typ {
	case typeBoolean:
		if len(p.b) == 0 {
			return value{}, errShort
		}
		v := value{n: int64(p.b[0] >> p.bit & 1)}
		if p.bit++; p.bit == 8 {
			p.b, p.bit = p.b[1:], 0
		}
		return v, nil
	case typeByteArray:
		if len(p.b) < 4 {
			return value{}, errShort
		}
		n := binary.LittleEndian.Uint32(p.b)
		p.b = p.b[4:]
		return p.take(uint64(n))
	}
	return p.take(uint64(width(p.typ, p.len)))
}

func (p *plain) take(n uint64) (value, error) {
	if uint64(len(p.b)) < n {
		return value{}, errShort
	}
	b := p.b[:n:n]
	p.b = p.b[n:]
	return valueOf(p.typ, b), nil
}

// valueOf is the value that b holds.
func valueOf(typ int, b []byte) value {
	switch typ {
	case typeInt32:
		return value{n: int64(int32(binary.LittleEndian.Uint32(b)))}
	case typeFloat:
		return value{n: int64(binary.LittleEndian.Uint32(b))}
	case typeInt64, typeDouble:
		return value{n: int64(binary.LittleEndian.Uint64(b))}
	}
	return value{b: b}
}

// hybrid are small numbers, as runs of one or packed into bits.
type hybrid struct {
	b      []byte
	width  uint // bits of a number, at most 32
	run    uint64
	of     uint32 // what the run is of
	packed uint64 // numbers that are left in bits
	bit    uint64 // where the next of them begins
}

func (h *hybrid) number() (uint32, error) {
	for {
		switch {
		case h.run > 0:
			h.run--
			return h.of, nil
		case h.packed > 0:
			v, err := bitsAt(h.b, h.bit, h.width)
			h.packed--
			h.bit += uint64(h.width)
			if h.packed == 0 {
				h.b, h.bit = h.b[min(uint64(len(h.b)), (h.bit+7)/8):], 0
			}
			return uint32(v), err
		}
		head, n := binary.Uvarint(h.b)
		if n <= 0 {
			return 0, errShort
		}
		h.b = h.b[n:]
		if head&1 == 1 {
			groups := head >> 1
			// The last group may be cut short; what of it is missing is not asked for.
			if groups > uint64(len(h.b)) && h.width > 0 || groups > 1<<32 {
				return 0, errShort
			}
			h.packed, h.bit = groups*8, 0
			continue
		}
		bytes := int(h.width+7) / 8
		if len(h.b) < bytes {
			return 0, errShort
		}
		h.run, h.of = head>>1, 0
		for i := range bytes {
			h.of |= uint32(h.b[i]) << (8 * i)
		}
		h.b = h.b[bytes:]
	}
}

// bitsAt are width bits, at most 64, of b from bit at on, the lowest first.
func bitsAt(b []byte, at uint64, width uint) (uint64, error) {
	if at+uint64(width) > 8*uint64(len(b)) {
		return 0, errShort
	}
	var v uint64
	for got := uint(0); got < width; {
		from := at % 8
		take := min(8-uint(from), width-got)
		v |= uint64(b[at/8]) >> from & (1<<take - 1) << got
		got += take
		at += uint64(take)
	}
	return v, nil
}

// flags are booleans that a hybrid holds.
type flags struct{ hybrid }

func (f *flags) next() (value, error) {
	n, err := f.number()
	return value{n: int64(n)}, err
}

// dictionary are the values to which pages of a chunk refer by number.
type dictionary struct {
	b      []byte
	typ    int
	width  int     // of a value; 0: ends tells
	starts []int32 // of byte arrays, after their lengths
	n      int
}

// newDictionary takes the n plain values of a page.
func newDictionary(b []byte, typ, fixed, n int) (*dictionary, error) {
	d := &dictionary{b: b, typ: typ, width: width(typ, fixed), n: n}
	switch {
	case typ == typeBoolean:
		return nil, errEncoding
	case d.width > 0 && n > len(b)/d.width, n > len(b):
		return nil, errShort
	case d.width > 0:
		return d, nil
	}
	d.starts = make([]int32, 0, min(n, len(b)/4))
	for at := 0; len(d.starts) < n; {
		if len(b)-at < 4 {
			return nil, errShort
		}
		size := int64(binary.LittleEndian.Uint32(b[at:]))
		at += 4
		if size > int64(len(b)-at) {
			return nil, errShort
		}
		d.starts = append(d.starts, int32(at))
		at += int(size)
	}
	return d, nil
}

func (d *dictionary) at(i uint32) (value, error) {
	if int64(i) >= int64(d.n) {
		return value{}, errEncoding
	}
	if d.width > 0 {
		return valueOf(d.typ, d.b[int(i)*d.width:(int(i)+1)*d.width]), nil
	}
	start := d.starts[i]
	size := int32(binary.LittleEndian.Uint32(d.b[start-4:]))
	return value{b: d.b[start : start+size : start+size]}, nil
}

// references are numbers of values in a dictionary.
type references struct {
	hybrid
	dictionary *dictionary
}

func (r *references) next() (value, error) {
	i, err := r.number()
	if err != nil {
		return value{}, err
	}
	return r.dictionary.at(i)
}

// deltas are whole numbers, each told by its distance from the one before.
type deltas struct {
	b         []byte
	perBlock  uint64 // numbers in a block
	perMini   uint64 // numbers in each part of a block
	left      uint64 // numbers to come
	last      int64
	first     bool // last is to be yielded itself
	least     int64
	widths    []byte // of the parts of the block to come
	mini      uint64 // numbers left in the part
	width     uint
	bit       uint64
	miniBytes int
}

func newDeltas(b []byte) (*deltas, error) {
	d := &deltas{b: b, first: true}
	parts := uint64(0)
	for _, to := range []*uint64{&d.perBlock, &parts, &d.left} {
		v, n := binary.Uvarint(d.b)
		if n <= 0 {
			return nil, errShort
		}
		*to, d.b = v, d.b[n:]
	}
	first, n := binary.Varint(d.b)
	if n <= 0 {
		return nil, errShort
	}
	d.last, d.b = first, d.b[n:]
	if parts == 0 || parts > 1<<16 || d.perBlock > 1<<24 || d.perBlock%parts != 0 || d.perBlock/parts%8 != 0 || d.perBlock == 0 {
		return nil, errEncoding
	}
	d.perMini = d.perBlock / parts
	return d, nil
}

func (d *deltas) number() (int64, error) {
	if d.left == 0 {
		return 0, errShort
	}
	d.left--
	if d.first {
		d.first = false
		return d.last, nil
	}
	if d.mini == 0 {
		if err := d.nextMini(); err != nil {
			return 0, err
		}
	}
	delta, err := bitsAt(d.b, d.bit, d.width)
	if err != nil {
		return 0, err
	}
	d.bit += uint64(d.width)
	if d.mini--; d.mini == 0 {
		d.endMini()
	}
	d.last += d.least + int64(delta) // wraps around by design
	return d.last, nil
}

// nextMini enters the next part of a block, or the next block.
func (d *deltas) nextMini() error {
	if len(d.widths) == 0 {
		least, n := binary.Varint(d.b)
		parts := int(d.perBlock / d.perMini)
		if n <= 0 || len(d.b)-n < parts {
			return errShort
		}
		d.least, d.widths, d.b = least, d.b[n:n+parts], d.b[n+parts:]
	}
	d.width, d.widths = uint(d.widths[0]), d.widths[1:]
	if d.width > 64 {
		return errEncoding
	}
	d.mini, d.bit, d.miniBytes = d.perMini, 0, int(d.perMini/8)*int(d.width)
	return nil
}

func (d *deltas) endMini() {
	d.b = d.b[min(len(d.b), d.miniBytes):]
	d.mini, d.bit = 0, 0
}

func (d *deltas) next() (value, error) {
	n, err := d.number()
	return value{n: n}, err
}

// rest is what follows the numbers. It passes over them block by block: each
// costs bytes, however many numbers it claims.
func (d *deltas) rest() ([]byte, error) {
	left := d.left
	if left > 0 {
		left-- // the first stands in the header
	}
	for left > 0 {
		if err := d.nextMini(); err != nil {
			return nil, err
		}
		if len(d.b) < d.miniBytes {
			return nil, errShort
		}
		d.endMini()
		left -= min(left, d.perMini)
	}
	return d.b, nil
}

// lengths are byte arrays whose lengths come first.
type lengths struct {
	deltas *deltas
	plain
}

func newLengths(b []byte) (*lengths, error) {
	d, err := newDeltas(b)
	if err != nil {
		return nil, err
	}
	ahead := *d
	rest, err := ahead.rest()
	return &lengths{d, plain{b: rest, typ: typeByteArray}}, err
}

func (l *lengths) next() (value, error) {
	n, err := l.deltas.number()
	if err != nil {
		return value{}, err
	}
	if n < 0 {
		return value{}, errEncoding
	}
	return l.take(uint64(n))
}

// suffixes are byte arrays that begin as the one before.
type suffixes struct {
	prefixes *deltas
	lengths  *lengths
	last     []byte
}

func newSuffixes(b []byte) (*suffixes, error) {
	d, err := newDeltas(b)
	if err != nil {
		return nil, err
	}
	ahead := *d
	rest, err := ahead.rest()
	if err != nil {
		return nil, err
	}
	l, err := newLengths(rest)
	return &suffixes{prefixes: d, lengths: l}, err
}

func (s *suffixes) next() (value, error) {
	n, err := s.prefixes.number()
	if err != nil {
		return value{}, err
	}
	if n < 0 || n > int64(len(s.last)) {
		return value{}, errEncoding
	}
	suffix, err := s.lengths.next()
	if err != nil {
		return value{}, err
	}
	if n+int64(len(suffix.b)) > maxPage {
		return value{}, fmt.Errorf("a value is longer than %d MiB", maxPage>>20)
	}
	s.last = append(s.last[:n], suffix.b...)
	return value{b: s.last}, nil
}

// split are numbers of which all first bytes stand together, then all second.
type split struct {
	b          []byte
	typ, width int
	at         int
	one        []byte
}

func (s *split) next() (value, error) {
	n := len(s.b) / s.width
	if s.at >= n {
		return value{}, errShort
	}
	for i := range s.width {
		s.one[i] = s.b[i*n+s.at]
	}
	s.at++
	return valueOf(s.typ, s.one), nil
}

// decode is the way to the values of a page.
func (l *Leaf) decode(encoding int, b []byte, d *dictionary) (values, error) {
	switch encoding {
	case encodingPlain:
		return &plain{b: b, typ: l.typ, len: l.size}, nil
	case encodingPlainDictionary, encodingDictionary:
		if d == nil {
			return nil, errors.New("a page refers to a dictionary that is not there")
		}
		if len(b) == 0 { // of a page in which all is absent
			return &references{dictionary: d}, nil
		}
		if b[0] > 32 {
			return nil, errEncoding
		}
		return &references{hybrid{b: b[1:], width: uint(b[0])}, d}, nil
	case encodingRLE:
		if l.typ != typeBoolean || len(b) < 4 || uint64(len(b)-4) < uint64(binary.LittleEndian.Uint32(b)) {
			return nil, errEncoding
		}
		return &flags{hybrid{b: b[4:], width: 1}}, nil
	case encodingDelta:
		if l.typ != typeInt32 && l.typ != typeInt64 {
			return nil, errEncoding
		}
		d, err := newDeltas(b)
		if l.typ == typeInt32 {
			return &narrow{d}, err
		}
		return d, err
	case encodingDeltaLength:
		if l.typ != typeByteArray {
			return nil, errEncoding
		}
		return newLengths(b)
	case encodingDeltaStrings:
		if l.typ != typeByteArray && l.typ != typeFixed {
			return nil, errEncoding
		}
		return newSuffixes(b)
	case encodingByteStreamSplit:
		w := width(l.typ, l.size)
		if w == 0 || l.typ == typeInt96 {
			return nil, errEncoding
		}
		return &split{b: b, typ: l.typ, width: w, one: make([]byte, w)}, nil
	}
	return nil, fmt.Errorf("it is encoded in way %d, which is not known", encoding)
}

// narrow are deltas of 32 bits.
type narrow struct{ *deltas }

func (n *narrow) next() (value, error) {
	v, err := n.number()
	return value{n: int64(int32(v))}, err
}

// levelWidth is how many bits levels up to the highest take.
func levelWidth(highest int) uint { return uint(bits.Len(uint(highest))) }
