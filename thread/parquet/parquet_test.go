package parquet

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
)

// all are the values that v yields until it fails.
func all(v values, err error) (numbers []int64, texts []string) {
	for err == nil {
		var next value
		if next, err = v.next(); err == nil {
			numbers, texts = append(numbers, next.n), append(texts, string(next.b))
		}
	}
	return numbers, texts
}

// The examples in the description of the encodings,
// https://parquet.apache.org/docs/file-format/data-pages/encodings/.
func TestEncodings(t *testing.T) {
	h := hybrid{b: []byte{1<<1 | 1, 0b10001000, 0b11000110, 0b11111010}, width: 3}
	for want := range uint32(8) {
		if got, err := h.number(); got != want || err != nil {
			t.Errorf("bit-packed: %d, %v, want %d", got, err, want)
		}
	}
	if _, err := h.number(); err == nil {
		t.Error("bit-packed: a ninth of eight numbers")
	}
	h = hybrid{b: []byte{5 << 1, 4}, width: 3}
	for range 5 {
		if got, err := h.number(); got != 4 || err != nil {
			t.Errorf("run: %d, %v, want 4", got, err)
		}
	}

	d, err := newDeltas([]byte{8, 1, 5, 2, 2, 0}) // 1 is 2 in zigzag
	if got, _ := all(d, err); !slices.Equal(got, []int64{1, 2, 3, 4, 5}) {
		t.Errorf("deltas, first example: %d", got)
	}
	second := []byte{8, 1, 8, 14, 3, 2, 0b11000000, 0b00111111} // 7 is 14, -2 is 3
	d, err = newDeltas(second)
	if got, _ := all(d, err); !slices.Equal(got, []int64{7, 5, 3, 1, 2, 3, 4, 5}) {
		t.Errorf("deltas, second example: %d", got)
	}

	// Lengths 5, 5, 6, 6: the first in the header, then 0, 1, 0 in bits.
	hello := append([]byte{8, 1, 4, 10, 0, 1, 0b010}, "HelloWorldFoobarABCDEF"...)
	l, err := newLengths(hello)
	if _, got := all(l, err); !slices.Equal(got, []string{"Hello", "World", "Foobar", "ABCDEF"}) {
		t.Errorf("lengths: %q", got)
	}

	// Prefixes 0, 2, 0, 3 are +2, -2, +3: -2 is the least, 4, 0, 5 in three bits.
	// Suffixes have 4, 2, 6, 5: -2, +4, -1: 0, 6, 1.
	axis := append([]byte{8, 1, 4, 0, 3, 3, 0b01000100, 0b1, 0}, 8, 1, 4, 8, 3, 3, 0b01110000, 0, 0)
	s, err := newSuffixes(append(axis, "axislebabbleyhood"...))
	if _, got := all(s, err); !slices.Equal(got, []string{"axis", "axle", "babble", "babyhood"}) {
		t.Errorf("suffixes: %q", got)
	}

	b := &split{b: []byte{0xAA, 0, 0xA3, 0xBB, 0x11, 0xB4, 0xCC, 0x22, 0xC5, 0xDD, 0x33, 0xD6}, typ: typeFixed, width: 4, one: make([]byte, 4)}
	if _, got := all(b, nil); !slices.Equal(got, []string{"\xAA\xBB\xCC\xDD", "\x00\x11\x22\x33", "\xA3\xB4\xC5\xD6"}) {
		t.Errorf("split: %x", got)
	}

	p := &plain{b: []byte{0b101}, typ: typeBoolean}
	if got, _ := all(p, nil); !slices.Equal(got, []int64{1, 0, 1, 0, 0, 0, 0, 0}) {
		t.Errorf("booleans: %d", got)
	}
}

// What values mean. 2021-12-26 is day 18,987 of Unix and 2,459,575 of Julius
// Caesar's count; 08:44 is 31,440 seconds of it.
func TestText(t *testing.T) {
	const at = (18_987*86_400 + 31_440) * 1000
	caesar := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint64(nil, 31_440*1e9), 2_459_575)
	for _, c := range []struct {
		leaf Leaf
		v    value
		want string
	}{
		{Leaf{typ: typeInt64, means: meansInstant, perMilli: 1}, value{n: at}, "2021-12-26T08:44:00Z"},
		{Leaf{typ: typeInt64, means: meansClock, perMilli: 1e3}, value{n: at*1e3 + 250_000}, "2021-12-26T08:44:00.25"},
		{Leaf{typ: typeInt64, means: meansInstant, perMilli: 1e6}, value{n: -1}, "1969-12-31T23:59:59.999Z"},
		{Leaf{typ: typeInt64, means: meansInstant, perMilli: 1}, value{n: 1 << 62}, ""},
		{Leaf{typ: typeInt96}, value{b: caesar}, "2021-12-26T08:44:00"},
		{Leaf{typ: typeInt32, means: meansDate}, value{n: 18_987}, "2021-12-26"},
		{Leaf{typ: typeInt32, means: meansUnsigned}, value{n: -1}, "4294967295"},
		{Leaf{typ: typeInt64, means: meansUnsigned}, value{n: -1}, "18446744073709551615"},
		{Leaf{typ: typeInt32, means: meansDecimal, scale: 2}, value{n: -150}, "-1.5"},
		{Leaf{typ: typeByteArray, means: meansDecimal, scale: 1}, value{b: []byte{0xFF, 0x38}}, "-20"}, // -200 tenths
		{Leaf{typ: typeByteArray, means: meansDecimal}, value{}, ""},
		{Leaf{typ: typeInt32, means: meansDecimal, scale: 3}, value{n: 5}, "0.005"},
		{Leaf{typ: typeInt64, means: meansDecimal}, value{n: 1<<53 + 1}, "9007199254740993"}, // a float has no such number
		{Leaf{typ: typeFixed, means: meansDecimal}, value{b: []byte{0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}}, "18446744073709551615"},
		{Leaf{typ: typeFixed, means: meansUUID}, value{b: []byte("0123456789abcdef")}, "30313233-3435-3637-3839-616263646566"},
		{Leaf{typ: typeDouble}, value{n: 0x4028000000000000}, "12"},
		{Leaf{typ: typeDouble}, value{n: 0x7FF8000000000000}, ""},
		{Leaf{typ: typeFloat}, value{n: 0x3F400000}, "0.75"},
		{Leaf{typ: typeBoolean}, value{n: 1}, "true"},
	} {
		if got := c.leaf.text(c.v); got != c.want {
			t.Errorf("%+v of %+v is %q, want %q", c.v, c.leaf, got, c.want)
		}
	}
}

var columns = []Column{{"id", Text, true}, {"text", Text, false}, {"n", Int, false}, {"f", Float, false}, {"at", UTC, false}, {"clock", Local, true}}

func open(t testing.TB, b []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// read is all rows of all flat columns.
func read(f *File) (rows [][]string, err error) {
	var flat []int
	for i, l := range f.Leaves {
		if !l.Repeated {
			flat = append(flat, i)
		}
	}
	for row, err := range f.Rows(flat) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, slices.Clone(row))
	}
	return rows, nil
}

// What is written comes back, over pages and row groups, with values absent.
func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 1, 7, 3000} {
		var b bytes.Buffer
		w := NewWriter(&b, columns, [][2]string{{"a", "b"}})
		var want [][]string
		for i := range size {
			row := []string{fmt.Sprint(i), "", "", "", "", "2021-12-26T08:44:00"}
			w.Text(0, row[0])
			if r.IntN(3) > 0 {
				row[1] = strings.Repeat("é\n", r.IntN(2000))
				w.Text(1, row[1])
			}
			if r.IntN(10) == 0 {
				row[2] = "-3"
				w.Int(2, -3)
			}
			if i > size/2 {
				row[3], row[4] = "0.75", "2021-12-26T08:44:00.001Z"
				w.Float(3, .75)
				w.Int(4, 1_640_508_240_001)
			}
			w.Int(5, 1_640_508_240_000)
			if err := w.EndRow(); err != nil {
				t.Fatal(err)
			}
			if i%1000 == 999 {
				w.endGroup()
			}
			want = append(want, row)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got, err := read(open(t, b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d rows (-want +got):\n%s", size, diff)
		}
	}
}

// A file assembled by hand from the description of the format, as another
// program might write it: a group, a list, and a dictionary that is not
// compressed.
func TestForeign(t *testing.T) {
	b := foreign(codecNone, []byte{2, 0, 0, 0, 'h', 'i', 1, 0, 0, 0, '!'}, 2, 11, []byte{1, 3 << 1, 0, 1 << 1, 1}, 4)
	f := open(t, b)
	var names []string
	for _, l := range f.Leaves {
		names = append(names, fmt.Sprint(l.Path, " ", l.Repeated))
	}
	if want := []string{"user.name false", "tags.item true"}; !slices.Equal(names, want) {
		t.Fatalf("columns %q, want %q", names, want)
	}
	got, err := read(f)
	if want := [][]string{{"hi"}, {"hi"}, {"hi"}, {"!"}}; err != nil || !cmp.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

// foreign is a file with the column user.name, whose dictionary of n values is
// size bytes before compression and whose page holds rows references to it.
func foreign(codec int, dictionary []byte, n, size int, page []byte, rows int) []byte {
	out := []byte(magic)
	header := func(typ, size, packed, field, values, encoding int) {
		e := encoder{}
		e.open()
		e.i32(1, typ)
		e.i32(2, size)
		e.i32(3, packed)
		e.struc(field)
		e.i32(1, values)
		e.i32(2, encoding)
		e.close()
		e.close()
		out = append(out, e.b...)
	}
	header(pageDictionary, size, len(dictionary), 7, n, encodingPlain)
	out = append(out, dictionary...)
	data := len(out)
	z, _ := zstd.NewWriter(nil)
	packed := page
	if codec == codecZstd {
		packed = z.EncodeAll(page, nil)
	}
	header(pageData, len(page), len(packed), 5, rows, encodingDictionary)
	out = append(out, packed...)
	end := len(out)
	e := encoder{}
	e.open()
	e.i32(1, 1)
	e.list(2, tStruct, 5)
	for _, node := range []struct {
		name                       string
		typ, repetition, childrens int
	}{{"root", -1, 0, 2}, {"user", -1, repeatRequired, 1}, {"name", typeByteArray, repeatRequired, 0}, {"tags", -1, repeatRepeated, 1}, {"item", typeInt32, repeatOptional, 0}} {
		e.open()
		if node.typ >= 0 {
			e.i32(1, node.typ)
		}
		e.i32(3, node.repetition)
		e.string(4, node.name)
		if node.childrens > 0 {
			e.i32(5, node.childrens)
		}
		e.close()
	}
	e.i64(3, int64(rows))
	e.list(4, tStruct, 1)
	e.open()
	e.list(1, tStruct, 2)
	for range 2 {
		e.open()
		e.struc(3)
		e.i32(4, codec)
		e.i64(7, int64(end-4))
		e.i64(9, int64(data))
		e.i64(11, 4)
		e.close()
		e.close()
	}
	e.i64(3, int64(rows))
	e.close()
	e.close()
	out = append(out, e.b...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(e.b)))
	return append(out, magic...)
}

// Files that lie: each ends in an error, soon and in little memory.
func TestBombs(t *testing.T) {
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	long := make([]byte, 4+1<<20)
	binary.LittleEndian.PutUint32(long, 1<<20)
	million := z.EncodeAll(long, nil)                                   // one value of 1 MiB
	run := binary.AppendUvarint([]byte{1}, uint64(1<<30)<<1)            // a thousand million times the same
	run = append(run, 0)                                                //
	deep := append(bytes.Repeat([]byte{0x9C}, 100), make([]byte, 8)...) // structs in structs in a field that nobody reads
	deep = binary.LittleEndian.AppendUint32(append([]byte(magic), deep...), uint32(len(deep)))
	many := encoder{}
	many.open()
	many.list(2, tStruct, 1<<30)
	many.b = append(many.b, make([]byte, 1000)...)
	long5000 := encoder{}
	long5000.open()
	long5000.list(2, tStruct, 2)
	for _, children := range []int{1, 0} {
		long5000.open()
		long5000.i32(1, typeInt32)
		long5000.string(4, strings.Repeat("x", 5000))
		long5000.i32(5, children)
		long5000.close()
	}
	long5000.close()
	described := func(b []byte) []byte {
		out := append([]byte(magic), b...)
		return append(binary.LittleEndian.AppendUint32(out, uint32(len(b))), magic...)
	}
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"a text in a thousand million rows", foreign(codecZstd, million, 1, len(long), run, 1<<30), "more comes out than"},
		{"a page of two gigabytes", foreign(codecZstd, million, 1, 1<<31-1, run, 4), "up to 128 are read"},
		{"a page that swells beyond its size", foreign(codecZstd, million, 1, 100, run, 4), "cannot be unpacked"},
		{"a dictionary of a thousand million", foreign(codecNone, make([]byte, 100), 1<<30, 100, run, 4), errShort.Error()},
		{"no such value in the dictionary", foreign(codecNone, make([]byte, 4), 1, 4, []byte{1, 2 << 1, 7}, 2), errEncoding.Error()},
		{"fewer values than rows", foreign(codecNone, make([]byte, 4), 1, 4, []byte{1, 2 << 1, 0}, 5), errShort.Error()},
		{"a compression that is not read", foreign(4, make([]byte, 4), 1, 4, []byte{1, 2 << 1, 0}, 2), "compressed with brotli"},
		{"a thousand million columns", described(many.b), "at most 10000"},
		{"a name that goes on", described(long5000.b), "has more than 4096 bytes"},
		{"nested", append(deep, magic...), "nested too deep"},
		{"no description", described(nil), errThrift.Error()},
		{"not to its end", foreign(codecNone, make([]byte, 4), 1, 4, []byte{1, 2 << 1, 0}, 2)[:200], "not copied to its end"},
		{"nothing", nil, ErrNot.Error()},
		{"a description longer than the file", append([]byte(magic+"abcd\xFF\xFF\xFF\x7F"), magic...), errThrift.Error()},
	} {
		f, err := Open(bytes.NewReader(c.b), int64(len(c.b)))
		if err == nil {
			for _, err = range f.Rows([]int{0}) {
			}
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

// Every cut and every changed byte of a small file is met without a panic, and
// a cut one never passes for whole.
func TestDamage(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b, columns[:3], nil)
	for i := range 20 {
		w.Text(0, fmt.Sprint(i))
		if i%3 == 0 {
			w.Text(1, "some words")
		}
		w.EndRow()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for n := range b.Len() {
		cut := b.Bytes()[:n]
		if f, err := Open(bytes.NewReader(cut), int64(n)); err == nil {
			t.Errorf("%d of %d bytes pass for the whole: %d columns", n, b.Len(), len(f.Leaves))
		}
	}
	for i := range b.Len() {
		for _, with := range []byte{0, 1, 0x7F, 0x80, 0xFF} {
			bad := bytes.Clone(b.Bytes())
			bad[i] ^= with
			if f, err := Open(bytes.NewReader(bad), int64(len(bad))); err == nil {
				read(f) // whatever comes of it
			}
		}
	}
}

func TestThrift(t *testing.T) {
	var e encoder
	e.open()
	e.i32(1, -7)
	e.string(4, "name")
	e.bool(5, true)
	e.list(6, tI32, 20)
	for range 20 {
		e.b = binary.AppendVarint(e.b, 300)
	}
	e.struc(7)
	e.i64(15, 1<<40)
	e.close()
	e.close()
	e.b = append(e.b, 0xEE) // what follows
	d := decoder{r: bufio.NewReader(bytes.NewReader(e.b))}
	d.open()
	var got []string
	for {
		id, kind, ok := d.next()
		if !ok {
			break
		}
		switch id {
		case 1, 5:
			got = append(got, fmt.Sprint(id, ":", d.number(kind)))
		case 4:
			got = append(got, d.string(kind))
		default:
			d.skip(kind)
		}
	}
	if want := []string{"1:-7", "name", "5:1"}; !slices.Equal(got, want) || d.err != nil {
		t.Errorf("%q, %v, want %q", got, d.err, want)
	}
	if b := d.byte(); b != 0xEE {
		t.Errorf("after the struct stands %#x, want 0xee", b)
	}
	if d.byte(); !errors.Is(d.err, errThrift) {
		t.Errorf("at the end: %v, want %v", d.err, errThrift)
	}
}

func FuzzFile(f *testing.F) {
	f.Add(foreign(codecNone, []byte{2, 0, 0, 0, 'h', 'i', 1, 0, 0, 0, '!'}, 2, 11, []byte{1, 3 << 1, 0, 1 << 1, 1}, 4))
	f.Add(foreign(codecSnappy, []byte{5, 16, 1, 0, 0, 0, '!'}, 1, 5, []byte{3, 8, 1, 2 << 1, 0}, 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		if file, err := Open(bytes.NewReader(b), int64(len(b))); err == nil {
			read(file)
		}
	})
}

// No encoding of a page makes a decoder panic or run on.
func FuzzEncodings(f *testing.F) {
	for encoding := range 10 {
		f.Add(byte(encoding), byte(typeByteArray), []byte{8, 1, 8, 14, 3, 2, 0b11000000, 0b00111111})
		f.Add(byte(encoding), byte(typeInt64), []byte{0x80, 1, 4, 0xFF, 0xFF, 3, 2, 0, 0, 0, 0})
	}
	f.Fuzz(func(t *testing.T, encoding, typ byte, b []byte) {
		l := Leaf{typ: int(typ % 8), size: 3}
		d, err := newDictionary(b, l.typ, l.size, len(b)/8)
		if err != nil {
			d = nil
		}
		v, err := l.decode(int(encoding), b, d)
		for range 1000 {
			if err != nil {
				return
			}
			var one value
			if one, err = v.next(); err == nil {
				l.text(one)
			}
		}
	})
}
