package ndjson_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/ndjson"
	"threadheat/thread/internal/threadtest"
)

// read decodes s as a command does.
func read(s string) (threads []*thread.Thread, err error) {
	src := format.Source{Name: "in.jsonl", Reader: strings.NewReader(s)}
	for t, e := range format.Threads(ndjson.Format, src, thread.Source{Name: "in.jsonl", Format: "ndjson"}) {
		if e != nil {
			return threads, e
		}
		threads = append(threads, t)
	}
	return threads, nil
}

func write(t *testing.T, threads ...*thread.Thread) string {
	t.Helper()
	var b bytes.Buffer
	for _, th := range threads {
		if err := ndjson.Encode(&b, th); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func diff(a, b *thread.Thread) string {
	return cmp.Diff(threadtest.DumpOf(a), threadtest.DumpOf(b), cmp.AllowUnexported(thread.Stamp{}))
}

// small is a thread with one of everything, and its line as the contract has it.
func small() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{
		ID: "t1", Title: `Wind <b>"& more"`, URL: "https://example.org/?a=1&b=2", Article: "Line one.\n\nLine two.", Lang: "en", Declared: 4, HasDeclared: true,
		Source: thread.Source{Name: "page.txt", Format: "text", Confidence: "likely", Captured: thread.At(time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC), thread.Second)},
	})
	at := time.Date(2021, 12, 26, 9, 44, 0, 0, time.FixedZone("", 3600))
	pos := func(line int) thread.Pos { return thread.Pos{File: "page.txt", Line: line} }
	b.Add(thread.Comment{ID: "1", Author: "Ann", Time: thread.Local(at, thread.Minute), Text: "First.\n\nSecond <i>.", Pos: pos(10)})
	b.Add(thread.Comment{ID: "1.1", Parent: "1", Time: thread.At(at, thread.Second), Basis: thread.Mentioned, Certainty: 0.75, Score: -3, HasScore: true, Edited: thread.Local(at, thread.Day), Pos: pos(20)})
	b.Add(thread.Comment{ID: "2", Parent: "x", Author: "Ann", AuthorKey: "7", Kind: thread.Post, State: thread.Hidden, Basis: thread.Declared, Pos: thread.Pos{File: "other", Offset: 9}})
	b.Add(thread.Comment{ID: "1", Author: "Ann", Text: "First.\n\nSecond <i>.", Pos: pos(40)})
	b.Report(thread.Diagnostic{Code: thread.NoComments, Message: "none at all"})
	return b.Build()
}

const smallLine = `{"schema":"threadheat/thread/v1","source":{"name":"page.txt","format":"text","confidence":"likely","captured":"2022-01-02T03:04:05Z"},` +
	`"id":"t1","title":"Wind <b>\"& more\"","url":"https://example.org/?a=1&b=2","lang":"en","article":"Line one.\n\nLine two.","declared_count":4,"comments":[` +
	`{"id":"1","parent":null,"author":"Ann","time":"2021-12-26T09:44:00","precision":"minute","depth":0,"text":"First.\n\nSecond <i>.","score":null,"edited":null,"kind":"comment","state":"visible","line":10},` +
	`{"id":"1.1","parent":"1","author":null,"time":"2021-12-26T09:44:00+01:00","precision":"second","depth":1,"basis":"mentioned","certainty":0.75,"text":"","score":-3,"edited":"2021-12-26","edited_precision":"day","kind":"comment","state":"visible","line":20},` +
	`{"id":"x","parent":null,"author":null,"time":null,"depth":0,"text":"","score":null,"edited":null,"kind":"comment","state":"missing"},` +
	`{"id":"2","parent":"x","author":"Ann","author_key":"7","time":null,"depth":1,"basis":"declared","text":"","score":null,"edited":null,"kind":"post","state":"hidden","file":"other","offset":9}` +
	`],"diagnostics":[` +
	`{"code":"duplicate-id","severity":"quarantined","comment":"1","line":40,"message":"the comment \"1\" stands twice with the same author and text; the second is set aside"},` +
	`{"code":"no-comments","severity":"note","comment":null,"message":"none at all"},` +
	`{"code":"missing-parent","severity":"repaired","comment":"2","file":"other","offset":9,"message":"the comment \"2\" answers \"x\", which is not in the input; a ghost stands in for it"},` +
	`{"code":"count-mismatch","severity":"note","comment":null,"message":"the source declares 4 comments, 3 were found"}` +
	`],"quarantined":[` +
	`{"id":"1","parent":null,"author":"Ann","time":null,"text":"First.\n\nSecond <i>.","score":null,"edited":null,"kind":"comment","state":"visible","line":40}]}` + "\n"

func TestEncode(t *testing.T) {
	got := write(t, small())
	if got != smallLine {
		t.Errorf("Encode (-want +got):\n%s", cmp.Diff(strings.Split(smallLine, ","), strings.Split(got, ",")))
	}
	if !json.Valid([]byte(got)) {
		t.Error("Encode writes no valid JSON")
	}
}

func TestEncodeEmpty(t *testing.T) {
	want := `{"schema":"threadheat/thread/v1","id":null,"title":null,"url":null,"comments":[],"diagnostics":[]}` + "\n"
	if got := write(t, &thread.Thread{}); got != want {
		t.Errorf("Encode of the zero Thread = %s, want %s", got, want)
	}
}

func TestEncodeReportsErrors(t *testing.T) {
	if err := ndjson.Encode(failing{}, small()); !errors.Is(err, errFull) {
		t.Errorf("Encode = %v, want %v", err, errFull)
	}
}

var errFull = errors.New("disk full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestDecode(t *testing.T) {
	threads, err := read(smallLine)
	if err != nil || len(threads) != 1 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	if d := diff(small(), threads[0]); d != "" {
		t.Errorf("read back (-written +read):\n%s", d)
	}
	if got := threads[0].Meta().Source.Name; got != "page.txt" {
		t.Errorf("Source.Name = %q, want that of the page, not of the NDJSON", got)
	}
}

func TestDecodeShapes(t *testing.T) {
	line := func(id string) string {
		return `{"schema":"threadheat/thread/v1","id":"` + id + `","comments":[{"id":"c","text":"x"}]}`
	}
	for _, c := range []struct {
		name, in string
		want     string // the IDs of the threads
	}{
		{"nothing", "", ""},
		{"blank lines", "\n  \n\r\n", ""},
		{"no line feed at the end", line("a"), "a"},
		{"several", line("a") + "\n" + line("b") + "\n", "a b"},
		{"blank lines between", "\n" + line("a") + "\n\n\r\n" + line("b") + "\r\n\n", "a b"},
		{"byte order mark", "\uFEFF" + line("a") + "\n", "a"},
		{"one ID for two threads", line("a") + "\n" + line("a"), "a a"},
		{"no ID", line("") + "\n" + line("") + "\n" + line("a"), "  a"},
		{"unknown fields", `{"new":{"deep":[1,{}]},"schema":"threadheat/thread/v1","id":"a","comments":null}`, "a"},
		{"spaces", ` { "schema" : "threadheat/thread/v1" , "id" : "a" } `, "a"},
	} {
		threads, err := read(c.in)
		var ids []string
		for _, th := range threads {
			ids = append(ids, th.Meta().ID)
		}
		if got := strings.Join(ids, " "); got != c.want || err != nil {
			t.Errorf("%s: threads %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

// Fields that others leave out, or fill with what we do not know.
func TestDecodeLoose(t *testing.T) {
	threads, err := read(`{"schema":"threadheat/thread/v1","comments":[` +
		`{"id":"1","time":"2021-12-26T09:44:00Z"},{"id":"2","time":"2021-12-26"},{"id":"3","time":"2021-12"},{"id":"4","time":"2021"},` +
		`{"id":"5","time":"yesterday","kind":"poem","state":"lost","basis":"hunch","precision":"week","parent":"1"},{"text":"no ID"}]}`)
	if err != nil || len(threads) != 1 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	th := threads[0]
	var precisions []string
	for i := range th.Document() {
		precisions = append(precisions, th.Time(i).Precision().String())
	}
	if d := cmp.Diff([]string{"second", "day", "month", "year", "none", "none"}, precisions); d != "" {
		t.Errorf("precisions (-want +got):\n%s", d)
	}
	var got []string
	for _, d := range th.Diagnostics() {
		got = append(got, string(d.Code)+" "+d.Comment)
	}
	want := []string{"bad-record 5", "bad-record 5", "bad-record 5", "bad-record 5", "missing-id #6"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("diagnostics (-want +got):\n%s", d)
	}
	if th.Meta().Source.Name != "in.jsonl" {
		t.Errorf("Source.Name = %q, want in.jsonl, for the line names none", th.Meta().Source.Name)
	}
}

func TestDecodeErrors(t *testing.T) {
	good := `{"schema":"threadheat/thread/v1","id":"a","comments":[{"id":"c","text":"x"}]}`
	for _, c := range []struct{ name, in, want string }{
		{"no JSON", good + "\nhello\n", `in.jsonl: line 2: the line holds no JSON object; each line must hold one whole thread`},
		{"cut short", good + "\n\n" + good[:40], `in.jsonl: line 3: the last line breaks off in the middle; was the file copied as a whole?`},
		{"cut short in the middle of the file", good[:40] + "\n" + good, `in.jsonl: line 1: not JSON at byte 40 of the line: unexpected end of JSON input; each line must hold one whole thread`},
		{"other schema", `{"id":1}`, `in.jsonl: line 1: the schema is "", not threadheat/thread/v1; write the file with threadheat parse, or say what it is with --format`},
		{"later schema", `{"schema":"threadheat/thread/v9"}`, `in.jsonl: line 1: the schema is "threadheat/thread/v9", but only threadheat/thread/v1 is known; try a newer threadheat`},
		{"array", `[1]`, `in.jsonl: line 1: the line holds no JSON object; each line must hold one whole thread`},
		{"number for an ID", `{"schema":"threadheat/thread/v1","comments":[{"id":7}]}`, `in.jsonl: line 1: field "comments.id" holds a number where threadheat/thread/v1 has a string`},
		{"not JSON inside", `{"schema":nil}`, `in.jsonl: line 1: not JSON at byte 12 of the line: invalid character 'i' in literal null (expecting 'u'); each line must hold one whole thread`},
		{"two on a line", good + good, `in.jsonl: line 1: not JSON at byte 78 of the line: invalid character '{' after top-level value; each line must hold one whole thread`},
		{"deep", `{"schema":"threadheat/thread/v1","x":` + strings.Repeat("[", 20000), `in.jsonl: line 1: not JSON at byte 10037 of the line: invalid character '[' exceeded max depth; each line must hold one whole thread`},
	} {
		threads, err := read(c.in)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: error = %v, want %s", c.name, err, c.want)
		}
		if want := strings.Count(c.in, good+"\n"); c.name != "cut short in the middle of the file" && len(threads) != want {
			t.Errorf("%s: %d threads before the error, want %d", c.name, len(threads), want)
		}
		for _, th := range threads {
			if len(th.Diagnostics()) != 0 {
				t.Errorf("%s: the whole thread before the error has %v", c.name, th.Diagnostics())
			}
		}
	}
}

func TestDecodeReadError(t *testing.T) {
	src := format.Source{Name: "in", Reader: iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(smallLine)))}
	for _, err := range format.Threads(ndjson.Format, src, thread.Source{}) {
		if !errors.Is(err, iotest.ErrTimeout) {
			t.Errorf("error = %v, want %v inside", err, iotest.ErrTimeout)
		}
	}
}

// Lines longer than any buffer, one byte at a time.
func TestLongLine(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{ID: "long", Article: strings.Repeat("wörter ", 30_000)})
	b.Add(thread.Comment{ID: "1", Text: strings.Repeat("x", 300_000)})
	th := b.Build()
	src := format.Source{Reader: iotest.OneByteReader(strings.NewReader(write(t, th, th)))}
	n := 0
	for got, err := range format.Threads(ndjson.Format, src, thread.Source{}) {
		if err != nil {
			t.Fatal(err)
		}
		if d := diff(th, got); d != "" {
			t.Errorf("thread %d differs:\n%s", n, d)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d threads, want 2", n)
	}
}

// A million comments in one line stay cheap; a few thousand tell.
func TestManyComments(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for i := range 20_000 {
		b.Add(thread.Comment{ID: strconv.Itoa(i), Parent: strconv.Itoa(i - 1), Text: "x"})
	}
	th := b.Build() // one deep chain, with a ghost
	threads, err := read(write(t, th))
	if err != nil || len(threads) != 1 {
		t.Fatalf("%d threads, %v", len(threads), err)
	}
	if got := threads[0]; got.Len() != 20_001 || got.Depth(20_000) != 20_000 || got.Ghosts() != 1 {
		t.Errorf("Len, depth, Ghosts = %d, %d, %d, want 20001, 20000, 1", got.Len(), got.Depth(20_000), got.Ghosts())
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       format.Confidence
	}{
		{"ours", smallLine, format.Certain},
		{"byte order mark, blank lines, spaces", "\uFEFF\n \r\n  { \"schema\" : \"threadheat/thread/v1\"}", format.Certain},
		{"a later version", `{"schema":"threadheat/thread/v2"}`, format.Certain},
		{"cut in the middle", smallLine[:60], format.Certain},
		{"not the first field", `{"id":"a","schema":"threadheat/thread/v1"}`, format.Certain},
		{"the word before", `{"id":"schema","x":"\"schema\"","schema":"threadheat/thread/v1"}`, format.Certain},
		{"other schema", `{"schema":"threadheat/measures/v1"}`, format.No},
		{"no schema", `{"id":"a"}`, format.No},
		{"on the second line", "{}\n" + smallLine, format.No},
		{"array", "[" + smallLine, format.No},
		{"text about it", `He wrote {"schema":"threadheat/thread/v1"}`, format.No},
		{"empty", "", format.No},
		{"zeros", "\x00\x00\x00", format.No},
	} {
		if got, why := ndjson.Format.Sniff(format.Head{Bytes: []byte(c.head)}); got != c.want || why == "" {
			t.Errorf("%s: Sniff = %v, %q, want %v", c.name, got, why, c.want)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 60 {
		var want []*thread.Thread
		for range 5 {
			want = append(want, threadtest.Random(r))
		}
		written := write(t, want...)
		got, err := read(written)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d threads, %v, want %d", len(got), err, len(want))
		}
		for i := range want {
			if d := diff(want[i], got[i]); d != "" {
				t.Fatalf("read back (-written +read):\n%s", d)
			}
		}
		if again := write(t, got...); again != written {
			t.Fatalf("written again:\n%s\nwant:\n%s", again, written)
		}
	}
}

func TestRoundTripOfFixtures(t *testing.T) {
	want := threadtest.Corpus(t, "../../..")
	got, err := read(write(t, want...))
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d threads, %v, want %d", len(got), err, len(want))
	}
	for i := range want {
		if d := diff(want[i], got[i]); d != "" {
			t.Errorf("%s (-written +read):\n%s", want[i].Meta().Source.Name, d)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(smallLine)
	f.Add("\uFEFF\n" + smallLine + smallLine)
	f.Add(`{"schema":"threadheat/thread/v1","comments":[{"id":"a","parent":"b"},{"id":"b","parent":"a"},null,{}]}`)
	f.Add(`{"schema":"threadheat/thread/v1","comments":[{"time":"2021-12-26T09:44:00+23:59","precision":"hour","score":-9999999999,"line":-1,"offset":-1}]}`)
	f.Add(`{"schema":"threadheat/thread/v1","declared_count":-1,"diagnostics":[{"severity":"x"}],"quarantined":[{"id":"q"}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		ndjson.Format.Sniff(format.Head{Bytes: []byte(in)})
		first, _ := read(in)
		second, err := read(write(t, first...))
		if err != nil || len(second) != len(first) {
			t.Fatalf("%d threads written, %d read, %v", len(first), len(second), err)
		}
		for i := range first {
			a, b := threadtest.DumpOf(first[i]), threadtest.DumpOf(second[i])
			if d := cmp.Diff(a, b, cmp.AllowUnexported(thread.Stamp{})); d != "" {
				t.Errorf("read, written and read (-first +second):\n%s", d)
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	th := benchmarkThread()
	b.ReportAllocs()
	for b.Loop() {
		if err := ndjson.Encode(&bytes.Buffer{}, th); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	var buf bytes.Buffer
	if err := ndjson.Encode(&buf, benchmarkThread()); err != nil {
		b.Fatal(err)
	}
	in := buf.String()
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read(in); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkThread() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{ID: "t"})
	at := time.Date(2021, 12, 26, 9, 44, 0, 0, time.UTC)
	for i := range 10_000 {
		b.Add(thread.Comment{
			ID: strconv.Itoa(i), Parent: strconv.Itoa(i / 2), Author: "author " + strconv.Itoa(i%500), Time: thread.At(at.Add(time.Duration(i)*time.Minute), thread.Second),
			Text: strings.Repeat("a few words ", 20), Basis: thread.Nested,
		})
	}
	return b.Build()
}
