package jsondoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/jsontree"
)

// plain is v as encoding/json gives it. Recursion is fine on what tests write.
func plain(v Value) any {
	switch v.Kind() {
	case jsontree.Bool:
		return v.True()
	case jsontree.Number:
		return json.Number(v.ID())
	case jsontree.String:
		return v.Text()
	case jsontree.Array:
		list := []any{}
		for c := range v.Items() {
			list = append(list, plain(c))
		}
		return list
	case jsontree.Object:
		m := map[string]any{}
		for name := range v.d.Members(v.n) {
			m[string(name)] = plain(v.Get(string(name))) // so that of two the last counts
		}
		return m
	}
	return nil
}

// slow is all documents of s, read with encoding/json.
func slow(s string) ([]any, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var docs []any
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			return docs, nil
		} else if err != nil {
			return nil, err
		}
		docs = append(docs, v)
	}
}

var samples = []string{
	``, ` `, `null`, `[]`, `{}`, `[1,2.5,-3e+7,"x",true,false,null]`, `{"a":{"b":[{"c":1}]},"d":"e"}`, "[1]\n{\"a\":2}\n\"x\"", `[][]`,
	`{"a":1,"a":2}`, `"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83d\u0041\udc00"`, `{"\u0061":1}`, `[0.1e-7,123456789012345678901234567890]`,
	`["\\","\\\\","\\\""]`, `{"":""}`, "{ \"a\" :\t[ 1 , 2 ]\r\n}", `["\ud800\ud800\udc00"]`, `0`, `-0`, `[[[[]]],{}]`, `["é€😀"]`, `1 2 3`,
}

func TestParseAgreesWithEncodingJSON(t *testing.T) {
	for _, s := range samples {
		agree(t, s)
	}
}

func agree(t *testing.T, s string) {
	t.Helper()
	want, err := slow(s)
	if err != nil || !utf8.ValidString(s) { // which encoding/json would change
		return
	}
	docs, err := Parse([]byte(s))
	if err != nil {
		t.Errorf("Parse(%q) = %v, but it is JSON", s, err)
		return
	}
	var got []any
	for _, d := range docs {
		got = append(got, plain(d))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Parse(%q) (-encoding/json +got):\n%s", s, d)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct {
		in, want string
		docs     int
	}{
		{"[", "the JSON breaks off on line 1 (byte 1): it ends in the middle; was the file copied as a whole?", 1},
		{"{\"a\":\n\"b", "the JSON breaks off on line 2 (byte 8): it ends in the middle; was the file copied as a whole?", 1},
		{"{}\n[1", "the JSON breaks off on line 2 (byte 5): it ends in the middle; was the file copied as a whole?", 2},
		{"[1 2]", "not JSON in what begins on line 1: byte 4: neither a comma nor the end follows a value", 1},
		{"[1]\n[2]]", "not JSON in what begins on line 2: byte 1: no value begins like this", 2},
		{"<p>", "not JSON in what begins on line 1: byte 1: no value begins like this", 0},
	} {
		docs, err := Parse([]byte(c.in))
		if err == nil || err.Error() != c.want || len(docs) != c.docs {
			t.Errorf("Parse(%q) = %d documents, %v, want %d, %s", c.in, len(docs), err, c.docs, c.want)
		}
	}
}

// What was read of a broken document is there, and what was open is Broken.
func TestParseBroken(t *testing.T) {
	docs, err := Parse([]byte(`{"a":[{"id":1},{"id":2,"x":"y`))
	if err == nil || len(docs) != 1 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	doc := docs[0]
	want := map[string]any{"a": []any{map[string]any{"id": json.Number("1")}, map[string]any{"id": json.Number("2")}}}
	if d := cmp.Diff(want, plain(doc)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	var broken []bool
	for v := range doc.Get("a").Items() {
		broken = append(broken, v.Broken())
	}
	if d := cmp.Diff([]bool{false, true}, broken); d != "" || !doc.Broken() {
		t.Errorf("Broken (-want +got):\n%s", d)
	}
}

func TestParseDeep(t *testing.T) {
	const deep = 1_000_000
	docs, err := Parse([]byte(strings.Repeat(`{"a":[`, deep) + strings.Repeat("]}", deep)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for v := docs[0]; v.Kind() == jsontree.Object; v = v.Get("a").First() {
		n++
	}
	if n != deep {
		t.Errorf("%d objects one in the other, want %d", n, deep)
	}
}

func TestValue(t *testing.T) {
	docs, err := Parse([]byte("{\"id\":12345678901234567890,\n\"s\":\"x\",\"list\":[1,[2,3],4],\n\"t\":true,\"n\":null}"))
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"a long number", d.Get("id").ID(), "12345678901234567890"},
		{"a number is no text", d.Get("id").Text(), ""},
		{"a string as ID", d.Get("s").ID(), "x"},
		{"list", d.Get("list").Len(), 3},
		{"first", d.Get("list").First().ID(), "1"},
		{"first of none", d.Get("s").First().Kind(), jsontree.Null},
		{"true", d.Get("t").True(), true},
		{"absent", d.Get("x", "y", "z").Kind(), jsontree.Null},
		{"a field of a string", d.Get("s", "y").Kind(), jsontree.Null},
		{"a field that is null", d.Has("n", "s"), true},
		{"a field that is not there", d.Has("n", "y"), false},
		{"line", d.Get("t").Line(), 3},
		{"an earlier line", d.Get("s").Line(), 2},
		{"no line", Value{}.Line(), 0},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// record is a format of lists of objects; what the fields of each give is
// written into the text.
func record(read func(r *Record) string) *format.Format {
	return &format.Format{Name: "test", Decode: Decoder("records", func(docs []Value, files *Files) {
		for _, d := range docs {
			for v := range d.Items() {
				f := files.File(v.Get("thread").ID())
				if r, ok := f.Record(v); ok {
					text := read(r)
					f.Add(r, thread.Comment{ID: r.Name("id"), Text: text})
				}
			}
		}
	})}
}

// run reads in, and writes a line a comment, diagnostic or error.
func run(f *format.Format, in io.Reader, o format.Options) (got []string) {
	for th, err := range format.Threads(f, format.Source{Name: "in", Reader: in, Options: o}, thread.Source{}) {
		if err != nil {
			return append(got, "error "+err.Error())
		}
		for i := range th.Document() {
			got = append(got, th.Meta().ID+"/"+th.ID(i)+" "+th.Pos(i).String()+" "+th.Text(i))
		}
		for _, d := range th.Diagnostics() {
			got = append(got, d.String())
		}
	}
	return got
}

func TestRecord(t *testing.T) {
	read := func(r *Record) string {
		n, ok := r.Int("n")
		return fmt.Sprintf("%q %q %d %v %v %q", r.Str("s"), r.Name("name"), n, ok, r.Flag("f"), r.HTML("h"))
	}
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"as it should be", `[{"id":1,"s":"a","name":"b","n":3,"f":true,"h":"<p>c &amp; d"}]`, []string{`/1 in:1 "a" "b" 3 true true "c & d"`}},
		{"nothing", `[{"id":1}]`, []string{`/1 in:1 "" "" 0 false false ""`}},
		{"null", `[{"id":1,"s":null,"name":null,"n":null,"f":null,"h":null}]`, []string{`/1 in:1 "" "" 0 false false ""`}},
		{"numbers in other words", `[{"id":"1","name":7,"n":"12"},{"id":2,"n":3.0},{"id":3,"n":1e2}]`,
			[]string{`/1 in:1 "" "7" 12 true false ""`, `/2 in:1 "" "" 3 true false ""`, `/3 in:1 "" "" 100 true false ""`}},
		{"wrong types", `[{"id":1,"s":1,"name":[],"n":{},"f":"yes","h":true}]`, []string{
			`/1 in:1 "" "" 0 false false ""`,
			`in:1: repaired: the field "n" is an object, not a number; it is left out (bad-record)`,
			`in:1: repaired: the field "s" is a number, not a string; it is left out (bad-record)`,
			`in:1: repaired: the field "name" is an array, not a string; it is left out (bad-record)`,
			`in:1: repaired: the field "f" is a string, not a boolean; it is left out (bad-record)`,
			`in:1: repaired: the field "h" is a boolean, not a string; it is left out (bad-record)`,
		}},
		{"no whole number", `[{"id":1,"n":2.5},{"id":2,"n":"two"},{"id":3,"n":1e99},{"id":4,"n":-1e999}]`, []string{
			`/1 in:1 "" "" 0 false false ""`, `/2 in:1 "" "" 0 false false ""`, `/3 in:1 "" "" 0 false false ""`, `/4 in:1 "" "" 0 false false ""`,
			`in:1: repaired: the field "n" is not a whole number in range; it is left out (bad-record)`,
			`in:1: repaired: the field "n" is not a whole number in range; it is left out (bad-record)`,
			`in:1: repaired: the field "n" is not a whole number in range; it is left out (bad-record)`,
			`in:1: repaired: the field "n" is not a whole number in range; it is left out (bad-record)`,
		}},
		{"no object", "[\n{\"id\":1},\n\"x\"]", []string{`/1 in:2 "" "" 0 false false ""`, `in:3: repaired: a record is a string, not an object; it is left out (bad-record)`}},
		{"threads mixed", `[{"thread":"a","id":1},{"thread":"b","id":1},{"thread":"a","id":2}]`,
			[]string{`a/1 in:1 "" "" 0 false false ""`, `a/2 in:1 "" "" 0 false false ""`, `b/1 in:1 "" "" 0 false false ""`}},
		{"nothing at all", "", []string{"note: the input holds no records (no-comments)"}},
		{"an empty list", "[]", []string{"note: the input holds no records (no-comments)"}},
		{"broken off", `[{"id":1},{"id":2,"s":"a","name":"b`, []string{
			`/1 in:1 "" "" 0 false false ""`, `/2 in:1 "a" "" 0 false false ""`,
			"in:1: repaired: the input breaks off inside this record; what follows is not known (truncated)",
			"note: reading stopped here: the JSON breaks off on line 1 (byte 35): it ends in the middle; was the file copied as a whole? (truncated)",
			"error in: the JSON breaks off on line 1 (byte 35): it ends in the middle; was the file copied as a whole?",
		}},
		{"broken off in a letter", "[{\"id\":1,\"s\":\"b\"},{\"id\":2,\"s\":\"caf\xc3", []string{
			`/1 in:1 "b" "" 0 false false ""`, `/2 in:1 "" "" 0 false false ""`,
			"in:1: repaired: the input breaks off inside this record; what follows is not known (truncated)",
			"note: reading stopped here: the JSON breaks off on line 1 (byte 34): it ends in the middle; was the file copied as a whole? (truncated)",
			"error in: the JSON breaks off on line 1 (byte 34): it ends in the middle; was the file copied as a whole?",
		}},
		{"not JSON", `<html>`, []string{"error in: not JSON in what begins on line 1: byte 1: no value begins like this"}},
		{"byte order mark", "\uFEFF[{\"id\":1}]", []string{`/1 in:1 "" "" 0 false false ""`}},
		{"windows-1252", "[{\"id\":1,\"s\":\"caf\xe9\"}]", []string{`/1 in:1 "café" "" 0 false false ""`, "note: the input is not UTF-8; it was read as windows-1252 (encoding-guessed)"}},
	} {
		if d := cmp.Diff(c.want, run(record(read), strings.NewReader(c.in), format.Options{})); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestTimes(t *testing.T) {
	read := func(r *Record) string {
		return fmt.Sprint(r.Time(nil, "t"), "|", r.Time(time.UTC, "u"), "|", r.Unix("x"))
	}
	paris := time.FixedZone("", 3600)
	for _, c := range []struct {
		name, in string
		zone     *time.Location
		want     string
	}{
		{"with zone", `[{"id":1,"t":"2021-12-25T08:12:00+01:00"}]`, nil, "2021-12-25T08:12:00+01:00||"},
		{"zone without colon", `[{"id":1,"t":"2021-12-25T08:12:00+0100"}]`, nil, "2021-12-25T08:12:00+01:00||"},
		{"milliseconds", `[{"id":1,"t":"2021-12-25T07:12:00.123456Z"}]`, nil, "2021-12-25T07:12:00.123Z||"},
		{"no zone", `[{"id":1,"t":"2021-12-25 08:12:00","u":"2021-12-25T08:12:00.5"}]`, nil, "2021-12-25T08:12:00|2021-12-25T08:12:00.500Z|"},
		{"zone of the options", `[{"id":1,"t":"2021-12-25 08:12:00"}]`, paris, "2021-12-25T08:12:00+01:00||"},
		{"seconds", `[{"id":1,"x":1640416320}]`, nil, "||2021-12-25T07:12:00Z"},
		{"seconds in a string, with a fraction", `[{"id":1,"x":"1640416320.250000"}]`, nil, "||2021-12-25T07:12:00.250Z"},
		{"a fraction that float64 would round", `[{"id":1,"x":1700000240.000999}]`, nil, "||2023-11-14T22:17:20Z"},
		{"an exponent", `[{"id":1,"x":1.5e9}]`, nil, "||2017-07-14T02:40:00Z"},
		{"none", `[{"id":1,"t":"","x":0}]`, nil, "||"},
	} {
		if d := cmp.Diff([]string{"/1 in:1 " + c.want}, run(record(read), strings.NewReader(c.in), format.Options{Zone: c.zone})); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
	for _, absurd := range []string{`"t":"yesterday"`, `"t":"0001-01-01T00:00:00Z"`, `"t":"2021-13-45T00:00:00Z"`, `"x":1e300`, `"x":-5`, `"x":"soon"`, `"x":99999999999999999999`, `"x":"NaN"`} {
		got := run(record(read), strings.NewReader(`[{"id":1,`+absurd+`}]`), format.Options{})
		if len(got) != 2 || got[0] != "/1 in:1 ||" || !strings.Contains(got[1], "(unknown-date)") {
			t.Errorf("%s: %q, want a comment without a time and a word about it", absurd, got)
		}
	}
}

func TestThumbs(t *testing.T) {
	read := func(r *Record) string { return fmt.Sprint(r.Thumbs("name")) }
	for in, want := range map[string]string{
		`[{"id":1,"reactions":[{"name":"+1","count":3},{"name":"thumbsdown","count":"5"},{"name":"eyes","count":9}]}]`:     "-2 true",
		`[{"id":1,"reactions":[{"name":"👍🏽","count":1},{"name":"+1::skin-tone-2","count":1},{"name":"-1","count":null}]}]`: "2 true",
		`[{"id":1,"reactions":[{"name":"eyes","count":9}]}]`:                                                               "0 false",
		`[{"id":1}]`: "0 false",
	} {
		if got := run(record(read), strings.NewReader(in), format.Options{}); len(got) != 1 || got[0] != "/1 in:1 "+want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestReadError(t *testing.T) {
	read := func(r *Record) string { return "" }
	in := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(`[{"id":1}]`)))
	got := run(record(read), in, format.Options{})
	if want := []string{"note: the input holds no records (no-comments)", "note: reading stopped here: read: timeout (truncated)", "error in: read: timeout"}; !cmp.Equal(want, got) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, err := range format.Threads(record(read), format.Source{Reader: iotest.ErrReader(io.ErrClosedPipe)}, thread.Source{}) {
		if !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("error = %v, want %v inside", err, io.ErrClosedPipe)
		}
	}
}

func TestSniffer(t *testing.T) {
	sniff := Sniffer("a list of things", []string{`"things"`}, func(docs []Value) string {
		if docs[0].Get("things").Kind() == jsontree.Array {
			return "things"
		}
		return ""
	})
	for _, c := range []struct {
		name, head string
		want       format.Confidence
		why        string
	}{
		{"whole", `{"things":[1]}`, format.Certain, "things"},
		{"cut", `{"things":[1,{"a`, format.Certain, "things"},
		{"byte order mark and space", "\uFEFF \n{\"things\":[]}", format.Certain, "things"},
		{"UTF-16", "\xFF\xFE{\x00\"\x00t\x00h\x00i\x00n\x00g\x00s\x00\"\x00:\x00[\x00]\x00}\x00", format.Certain, "things"},
		{"another type", `{"things":1}`, format.No, "JSON, but not a list of things"},
		{"no mark", `{"stuff":1}`, format.No, "JSON, but not a list of things"},
		{"not JSON", `{"things":[1]} and more`, format.No, "not JSON"},
		{"text", `He said "things"`, format.No, "not JSON"},
		{"empty", "", format.No, "not JSON"},
	} {
		if got, why := sniff(format.Head{Bytes: []byte(c.head)}); got != c.want || why != c.why {
			t.Errorf("%s: %v, %q, want %v, %q", c.name, got, why, c.want, c.why)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add(s)
		f.Add(s[:len(s)/2])
	}
	f.Fuzz(func(t *testing.T, s string) {
		if json.Valid([]byte(s)) { // of several documents encoding/json splits "00" in two
			agree(t, s)
		}
		docs, _ := Parse([]byte(s))
		for _, d := range docs {
			d.Line()
			d.Get("a", "b").First()
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var buf bytes.Buffer
	buf.WriteByte('[')
	for i := range 10_000 {
		fmt.Fprintf(&buf, `{"id":%d,"author":{"name":"somebody","id":"123456789012345678"},"text":"a few words and \"more\" of them, as people write\n","likes":3,"hidden":false},`, i)
	}
	buf.WriteString("null]")
	in := buf.Bytes()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(in); err != nil {
			b.Fatal(err)
		}
	}
}
