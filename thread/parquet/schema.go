// Package parquet reads and writes tables in the Parquet format, as far as
// tables of comments need it: flat columns. What is repeated (lists, maps) is
// passed over. It trusts no number in a file: memory and time are bounded by the
// limits below and by the size of the file.
//
// The format: https://parquet.apache.org/docs/file-format/ and the definitions in
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
package parquet

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Names of numbers in parquet.thrift.
const (
	typeBoolean = iota
	typeInt32
	typeInt64
	typeInt96
	typeFloat
	typeDouble
	typeByteArray
	typeFixed
)

const (
	repeatRequired = iota
	repeatOptional
	repeatRepeated
)

const (
	convertedUTF8            = 0
	convertedDecimal         = 5
	convertedDate            = 6
	convertedTimestampMillis = 9
	convertedTimestampMicros = 10
	convertedUint8           = 11
	convertedUint64          = 14
)

const (
	logicalString    = 1
	logicalDecimal   = 5
	logicalDate      = 6
	logicalTimestamp = 8
	logicalInteger   = 10
	logicalUUID      = 14
)

const (
	pageData       = 0
	pageDictionary = 2
	pageDataV2     = 3
)

const (
	encodingPlain           = 0
	encodingPlainDictionary = 2
	encodingRLE             = 3
	encodingDelta           = 5
	encodingDeltaLength     = 6
	encodingDeltaStrings    = 7
	encodingDictionary      = 8
	encodingByteStreamSplit = 9
)

const (
	codecNone   = 0
	codecSnappy = 1
	codecGzip   = 2
	codecZstd   = 6
)

// codecNames are those of the compressions, for messages.
var codecNames = []string{"none", "snappy", "gzip", "LZO", "brotli", "LZ4", "zstd", "LZ4"}

// meaning is how values of a column are to be understood.
type meaning uint8

const (
	meansItself   meaning = iota
	meansUnsigned         // a whole number without sign
	meansDecimal          // a whole number of units of 10^-scale
	meansDate             // days since 1970
	meansInstant          // a point in time
	meansClock            // the reading of a clock somewhere
	meansUUID
)

// Leaf is a column that holds values.
type Leaf struct {
	Path     string // its name, after those of the groups around it: "user.name"
	Repeated bool   // it holds lists, which are not read
	place    int    // in row groups
	optional int    // it and the groups around it that may be absent
	typ      int
	size     int // of a value of typeFixed
	means    meaning
	scale    int
	perMilli int64 // units of time in a millisecond
}

// text is the value v as tables write it: times as RFC 3339, without zone where
// they are the reading of a clock.
func (l *Leaf) text(v value) string {
	switch l.typ {
	case typeBoolean:
		return strconv.FormatBool(v.n != 0)
	case typeFloat:
		return number(float64(math.Float32frombits(uint32(v.n))), 32)
	case typeDouble:
		return number(math.Float64frombits(uint64(v.n)), 64)
	case typeInt96: // nanoseconds of a day, and the day in the Julian count
		nanos, day := int64(binary.LittleEndian.Uint64(v.b)), int64(binary.LittleEndian.Uint32(v.b[8:]))
		return moment(time.Unix((day-2_440_588)*86_400, nanos), false)
	case typeByteArray, typeFixed:
		switch {
		case l.means == meansUUID && len(v.b) == 16:
			h := hex.EncodeToString(v.b)
			return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
		case l.means == meansDecimal && len(v.b) > 0:
			return l.decimal(integer(v.b))
		}
		return string(v.b)
	}
	switch l.means {
	case meansUnsigned:
		if l.typ == typeInt32 {
			return strconv.FormatUint(uint64(uint32(v.n)), 10)
		}
		return strconv.FormatUint(uint64(v.n), 10)
	case meansDecimal:
		return l.decimal(big.NewInt(v.n))
	case meansDate:
		return time.Unix(v.n*86_400, 0).UTC().Format("2006-01-02")
	case meansInstant, meansClock:
		milli := v.n / l.perMilli
		if v.n%l.perMilli < 0 {
			milli--
		}
		return moment(time.UnixMilli(milli), l.means == meansInstant)
	}
	return strconv.FormatInt(v.n, 10)
}

// moment writes a time; that of a year that files cannot say is "".
func moment(t time.Time, zoned bool) string {
	t = t.UTC()
	switch {
	case t.Year() < 0 || t.Year() > 9999:
		return ""
	case zoned:
		return t.Format("2006-01-02T15:04:05.999Z")
	}
	return t.Format("2006-01-02T15:04:05.999")
}

// number is f in digits: programs write whole numbers as 3.0 where some are
// absent. What is none is "".
func number(f float64, bits int) string {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return ""
	case f > -1e15 && f < 1e15:
		return strconv.FormatFloat(f, 'f', -1, bits)
	}
	return strconv.FormatFloat(f, 'g', -1, bits)
}

// integer is a whole number of any length, the highest byte first, negative where
// the highest bit is set; of more than maxInteger bytes, those beyond count as none.
func integer(b []byte) *big.Int {
	b = b[:min(len(b), maxInteger)]
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// maxInteger is longer than any program writes: 32 bytes are 76 digits.
const maxInteger = 100

// decimal is n units of 10^-scale in digits, all of them: databases without
// unsigned numbers of 64 bits export IDs so.
func (l *Leaf) decimal(n *big.Int) string {
	s := n.String()
	if l.scale == 0 {
		return s
	}
	s, negative := strings.CutPrefix(s, "-")
	s = strings.Repeat("0", max(l.scale+1-len(s), 0)) + s
	at := len(s) - l.scale
	s = strings.TrimRight(strings.TrimRight(s[:at]+"."+s[at:], "0"), ".")
	if negative {
		s = "-" + s
	}
	return s
}

// The limits of what a file may describe. The largest files that people share
// have some thousand columns and row groups.
const (
	maxFooter  = 64 << 20
	maxColumns = 10_000
	maxChunks  = 1 << 20
	maxPath    = 4096
)

// element is a node of the schema.
type element struct {
	Leaf
	repetition, children int
	name                 string
}

// element reads a node of the schema.
func (d *decoder) element() element {
	e := element{}
	e.typ = -1
	d.open()
	for {
		id, kind, ok := d.next()
		if !ok {
			return e
		}
		switch id {
		case 1:
			e.typ = int(d.number(kind))
		case 2:
			e.size = int(d.number(kind))
		case 3:
			e.repetition = int(d.number(kind))
		case 4:
			e.name = d.string(kind)
		case 5:
			e.children = int(d.number(kind))
		case 6:
			e.converted(int(d.number(kind)))
		case 7:
			e.scale = int(d.number(kind))
		case 10:
			d.logical(kind, &e)
		default:
			d.skip(kind)
		}
	}
}

// converted is the older way to say what values mean.
func (e *element) converted(c int) {
	switch {
	case e.means != meansItself:
	case c == convertedDecimal:
		e.means = meansDecimal
	case c == convertedDate:
		e.means = meansDate
	case c == convertedTimestampMillis:
		e.means, e.perMilli = meansInstant, 1
	case c == convertedTimestampMicros:
		e.means, e.perMilli = meansInstant, 1e3
	case c >= convertedUint8 && c <= convertedUint64:
		e.means = meansUnsigned
	}
}

// logical is the newer way, a union of structs.
func (d *decoder) logical(kind byte, e *element) {
	if kind != tStruct {
		d.skip(kind)
		return
	}
	d.open()
	for {
		id, kind, ok := d.next()
		switch {
		case !ok:
			return
		case kind != tStruct:
			d.skip(kind)
			continue
		}
		switch id {
		case logicalDecimal:
			e.means = meansDecimal
		case logicalDate:
			e.means = meansDate
		case logicalUUID:
			e.means = meansUUID
		case logicalTimestamp:
			e.means, e.perMilli = meansClock, 1
		}
		d.open()
		for {
			field, kind, ok := d.next()
			if !ok {
				break
			}
			switch {
			case id == logicalDecimal && field == 1:
				e.scale = int(d.number(kind))
			case id == logicalTimestamp && field == 1:
				if d.number(kind) != 0 {
					e.means = meansInstant
				}
			case id == logicalTimestamp && field == 2 && kind == tStruct:
				d.open()
				for {
					unit, kind, ok := d.next()
					if !ok {
						break
					}
					e.perMilli = max(map[int]int64{2: 1e3, 3: 1e6}[unit], 1)
					d.skip(kind)
				}
			case id == logicalInteger && field == 2:
				if d.number(kind) == 0 {
					e.means = meansUnsigned
				}
			default:
				d.skip(kind)
			}
		}
	}
}

// leaves are the columns of a schema, whose nodes stand as a tree that is walked
// depth first.
func leaves(nodes []element) ([]Leaf, error) {
	type group struct {
		left     int // children to come
		path     string
		optional int
		repeated bool
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("%w: it has no columns", errThrift)
	}
	stack := []group{{left: nodes[0].children}}
	var found []Leaf
	for _, e := range nodes[1:] {
		for len(stack) > 0 && stack[len(stack)-1].left == 0 {
			stack = stack[:len(stack)-1]
		}
		if len(stack) == 0 || len(stack) > maxNested {
			return nil, fmt.Errorf("%w: its columns make no tree", errThrift)
		}
		top := &stack[len(stack)-1]
		top.left--
		if len(top.path)+len(e.name) > maxPath {
			return nil, fmt.Errorf("%w: the name of a column has more than %d bytes", errThrift, maxPath)
		}
		in := group{e.children, top.path + e.name, top.optional, top.repeated || e.repetition == repeatRepeated}
		if e.repetition == repeatOptional {
			in.optional++
		}
		if e.children > 0 {
			in.path += "."
			stack = append(stack, in)
			continue
		}
		e.Path, e.Repeated, e.optional, e.place = in.path, in.repeated, in.optional, len(found)
		if e.typ < typeBoolean || e.typ > typeFixed || e.typ == typeFixed && (e.size <= 0 || e.size > maxName) {
			return nil, fmt.Errorf("%w: the column %.60q has no type that is known", errThrift, e.Path)
		}
		if e.scale < 0 || e.scale > 100 {
			e.scale = 0
		}
		found = append(found, e.Leaf)
	}
	return found, nil
}
