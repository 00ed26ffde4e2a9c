package list

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// all reads a list whole.
func all(r io.Reader, o Options) (items []Item, problems []Problem, err error) {
	var d Decoder
	for b, wrong := range Blocks(r, o) {
		if wrong != nil {
			return items, problems, wrong
		}
		is, ps := d.Items(b)
		items, problems = append(items, is...), append(problems, ps...)
	}
	return items, problems, nil
}

func TestItems(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []Item
		problems []Problem
	}{
		{"nothing", "", nil, nil},
		{"nothing but space", "\uFEFF \n\r\n", nil, nil},
		{
			"all members, one a line", "{\"id\":\"a\",\"text\":\"t\",\"parent_text\":\"p\",\"lang\":\"fr\"}\n{\"text\":\"\",\"id\":7,\"parent_text\":null}",
			[]Item{
				{ID: `"a"`, Text: "t", HasText: true, Parent: "p", Reply: true, Lang: "fr", Line: 1},
				{ID: "7", HasText: true, Line: 2},
			}, nil,
		},
		{
			"a mark of byte order, blank lines, line ends of Windows", "\uFEFF\n{\"id\":1,\"text\":\"a\"}\r\n \r\n{\"id\":2,\"text\":\"b\"}\r\n",
			[]Item{{ID: "1", Text: "a", HasText: true, Line: 2}, {ID: "2", Text: "b", HasText: true, Line: 4}}, nil,
		},
		{
			"escapes stay in the ID and go from the text", `{"id":"\u0041\"","text":"\ud83d\ude00\n\u0000","parent_text":""}`,
			[]Item{{ID: `"\u0041\""`, Text: "😀\n\x00", HasText: true, Reply: true, Line: 1}}, nil,
		},
		{"no text", `{"id":1,"text":null}`, []Item{{ID: "1", Line: 1}}, nil},
		{
			"no ID", `{"text":"a"}`,
			[]Item{{ID: "null", Text: "a", HasText: true, Line: 1}},
			[]Problem{{1, `it has no "id"`, true}},
		},
		{
			"not UTF-8", "{\"id\":\"\xe9\",\"text\":\"caf\xe9\xe9!\"}",
			[]Item{{ID: "\"\uFFFD\"", Text: "caf\uFFFD\uFFFD!", HasText: true, Line: 1}},
			[]Problem{{1, notUTF8, true}},
		},
		{
			"lines that are none", "{\"id\":1,\"text\":\"a\"}\n[]\n{\"id\":2}\n{\"id\":3,\"text\":4}\n{\"id\":{},\"text\":\"\"}\n{\"id\":4,\"text\":\"x\n{\"id\":5,\"text\":\"b\"}\n",
			[]Item{{ID: "1", Text: "a", HasText: true, Line: 1}, {ID: "5", Text: "b", HasText: true, Line: 7}},
			[]Problem{
				{2, `an array stands where an object like {"id":…,"text":…} should`, false},
				{3, `the object has no "text"`, false},
				{4, `"text" is a number; a string is needed`, false},
				{5, `"id" is an object; a string or a number is needed`, false},
				{6, "the JSON is broken: it ends in the middle", false},
			},
		},
		{
			"the first line is none", "what?\n{\"id\":1,\"text\":\"a\"}\n",
			[]Item{{ID: "1", Text: "a", HasText: true, Line: 2}},
			[]Problem{{1, "the JSON is broken: byte 1: no value begins like this", false}},
		},
		{
			"a table", "ID;Texte;Parent text;lang\n1;\"a; \"\"b\"\"\";c;fr\n;x;;\n3\n",
			[]Item{
				{ID: `"1"`, Text: `a; "b"`, HasText: true, Parent: "c", Reply: true, Lang: "fr", Line: 2},
				{ID: "null", Text: "x", HasText: true, Line: 3},
			},
			[]Problem{{3, "it has no ID", true}, {4, "the row has 1 columns where the header has 4, and no text", false}},
		},
		{
			"a table in Windows-1252", "id,text\n1,caf\xe9\n",
			[]Item{{ID: `"1"`, Text: "café", HasText: true, Line: 2}}, nil,
		},
		{
			"an array", "\n[{\"id\":1,\"text\":\"a\"},\n {\"id\":\"b\",\"text\":\"c\",\"parent_text\":\"d\"}]",
			[]Item{
				{ID: `"1"`, Text: "a", HasText: true, Line: 2},
				{ID: `"b"`, Text: "c", HasText: true, Parent: "d", Reply: true, Line: 3},
			}, nil,
		},
		{
			"UTF-16", "\xff\xfe{\x00\"\x00i\x00d\x00\"\x00:\x001\x00,\x00\"\x00t\x00e\x00x\x00t\x00\"\x00:\x00\"\x00\xe9\x00\"\x00}\x00",
			[]Item{{ID: "1", Text: "é", HasText: true, Line: 1}}, nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []struct {
				name string
				in   io.Reader
			}{
				{"at once", strings.NewReader(c.in)}, {"byte by byte", iotest.OneByteReader(strings.NewReader(c.in))},
			} {
				items, problems, err := all(r.in, Options{})
				if err != nil {
					t.Fatalf("%s: %v", r.name, err)
				}
				if d := cmp.Diff(c.want, items); d != "" {
					t.Errorf("%s: items (-want +got):\n%s", r.name, d)
				}
				if d := cmp.Diff(c.problems, problems); d != "" {
					t.Errorf("%s: problems (-want +got):\n%s", r.name, d)
				}
			}
		})
	}
}

func TestColumnsByName(t *testing.T) {
	items, _, err := all(strings.NewReader("Nr,Body\n9,a\n"), Options{Columns: map[string]string{"id": "Nr", "text": "Body"}})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]Item{{ID: `"9"`, Text: "a", HasText: true, Line: 2}}, items); d != "" {
		t.Errorf("items (-want +got):\n%s", d)
	}
}

func TestNoList(t *testing.T) {
	for name, in := range map[string]string{"prose": "Nothing to see here.", "a table without text": "x,y\n1,2\n"} {
		if _, _, err := all(strings.NewReader(in), Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A broken input gives what came before, and then its error with the line.
func TestBrokenInput(t *testing.T) {
	broken := errors.New("the plug was pulled")
	r := io.MultiReader(strings.NewReader("{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"te"), iotest.ErrReader(broken))
	items, _, err := all(r, Options{})
	if len(items) != 1 || !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "line 2: ") {
		t.Errorf("%d items, error %v; want 1 and that of line 2", len(items), err)
	}
}

// A line that has come whole is passed on before the next one has.
func TestPause(t *testing.T) {
	r, w := io.Pipe()
	got := make(chan int)
	go func() {
		var d Decoder
		for b := range Blocks(r, Options{}) {
			items, _ := d.Items(b)
			got <- len(items)
		}
		close(got)
	}()
	for k := range 3 {
		fmt.Fprintf(w, "{\"id\":%d,\"text\":\"a\"}\n", k)
		if n := <-got; n != 1 {
			t.Fatalf("%d items of line %d, want 1", n, k+1)
		}
	}
	w.Close()
	if n, more := <-got; more {
		t.Errorf("%d items after the end", n)
	}
}

// A line beyond all bounds is named and passed over, and the next one read.
func TestLongLine(t *testing.T) {
	long := io.LimitReader(endless('x'), MaxLine+10)
	r := io.MultiReader(strings.NewReader("{\"id\":1,\"text\":\"a\"}\n{\"text\":\""), long, strings.NewReader("\"}\n{\"id\":3,\"text\":\"b\"}\n"))
	items, problems, err := all(r, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []Item{{ID: "1", Text: "a", HasText: true, Line: 1}, {ID: "3", Text: "b", HasText: true, Line: 3}}
	if d := cmp.Diff(want, items); d != "" {
		t.Errorf("items (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]Problem{{2, "the line is longer than 16 MiB", false}}, problems); d != "" {
		t.Errorf("problems (-want +got):\n%s", d)
	}
}

type endless byte

func (e endless) Read(p []byte) (int, error) {
	for k := range p {
		p[k] = byte(e)
	}
	return len(p), nil
}

func FuzzItems(f *testing.F) {
	f.Add([]byte("{\"id\":1,\"text\":\"a\"}\n{\"id\":\"\\u00e9\",\"text\":\"\\ud800 \xff\",\"parent_text\":\"p\"}\n"))
	f.Add([]byte("id,text\n1,\"a\nb\"\n2\n"))
	f.Add([]byte("[{\"text\":\"a\"},3,{\"id\":{\"x\":1}}"))
	f.Add([]byte("\xff\xfe{\x00"))
	f.Add([]byte("x\n{\"\n\x00\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		items, problems, err := all(bytes.NewReader(in), Options{})
		again, also, errAgain := all(iotest.OneByteReader(bytes.NewReader(in)), Options{})
		if d := cmp.Diff(items, again); d != "" || len(problems) != len(also) || (err == nil) != (errAgain == nil) {
			t.Errorf("read byte by byte it is another list (-at once +byte by byte):\n%s", d)
		}
		last := 0
		for _, i := range items {
			if !utf8.ValidString(i.Text) || !utf8.ValidString(i.Parent) || !utf8.ValidString(i.Lang) || !json.Valid([]byte(i.ID)) || !utf8.ValidString(i.ID) {
				t.Errorf("line %d gives %+v", i.Line, i)
			}
			if i.Line < last {
				t.Errorf("line %d stands after line %d", i.Line, last)
			}
			last = i.Line
		}
		if !bytes.HasPrefix(in, []byte("{")) || err != nil {
			return
		}
		// Each line that encoding/json takes for an object with a text is an item, and
		// each other that is not blank a problem.
		k, dropped := 0, 0
		for n, line := range bytes.Split(in, []byte("\n")) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			if k < len(items) && items[k].Line == n+1 {
				k++
			} else {
				dropped++
			}
		}
		bad := 0
		for _, p := range problems {
			if !p.Kept {
				bad++
			}
		}
		if k != len(items) || dropped != bad {
			t.Errorf("%d lines gave no item and %d are named", dropped, bad)
		}
	})
}

// TestTwin compares with encoding/json what both can read.
func TestTwin(t *testing.T) {
	for _, line := range []string{
		`{"id":"a","text":"x\ty\u00e9\ud83d\ude00","parent_text":"\"\\\/"}`,
		`{"text":"later","text":"last","id":1.5e3}`,
		`{"id":"1","te\u0078t":"a","lang":"fr-CA"}`,
		"{\"id\":\"1\",\"text\":\"half \\ud800 of a pair, and \xc3\x28\"}",
	} {
		items, _, err := all(strings.NewReader(line), Options{})
		if err != nil || len(items) != 1 {
			t.Errorf("%s: %d items, %v", line, len(items), err)
			continue
		}
		var want struct {
			ID     json.RawMessage
			Text   string
			Parent string `json:"parent_text"`
			Lang   string
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		i := items[0]
		if i.ID != string(want.ID) || i.Text != want.Text || i.Parent != want.Parent || i.Lang != want.Lang {
			t.Errorf("%s = %+v, want %+v", line, i, want)
		}
	}
}

func sample(n int) []byte {
	var b bytes.Buffer
	for k := range n {
		fmt.Fprintf(&b, "{\"id\":\"c%d\",\"text\":\"%s, n’est-ce pas ?\",\"parent_text\":\"%s\"}\n", k, strings.Repeat("une phrase comme une autre ", 5), "ce qui fut dit avant")
	}
	return b.Bytes()
}

func BenchmarkItems(b *testing.B) {
	in := sample(1000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	var d Decoder
	for b.Loop() {
		n := 0
		for block := range Blocks(bytes.NewReader(in), Options{}) {
			items, _ := d.Items(block)
			n += len(items)
		}
		if n != 1000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "comments/s")
}

// BenchmarkEncodingJSON is what BenchmarkItems is measured by.
func BenchmarkEncodingJSON(b *testing.B) {
	in := sample(1000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		for line := range bytes.Lines(in) {
			var o struct {
				ID     json.RawMessage `json:"id"`
				Text   *string         `json:"text"`
				Parent *string         `json:"parent_text"`
				Lang   *string         `json:"lang"`
			}
			if err := json.Unmarshal(line, &o); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(1000*float64(b.N)/b.Elapsed().Seconds(), "comments/s")
}
