package format_test

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// fake reads a script: a word a line, with one argument.
//
//	thread K     what follows belongs to the thread with the key K
//	comment ID   a comment
//	describe T   the thread's title is T
//	source N     the same, with a source of its own
//	report C     a diagnostic
//	fail M       the world fails
//	between M    the same, between threads
var fake = &format.Format{
	Name: "fake",
	Sniff: func(h format.Head) (format.Confidence, string) {
		return format.Possible, "anything may be fake"
	},
	Decode: func(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
		return func(yield func(thread.Comment, error) bool) {
			all, err := io.ReadAll(src.Reader)
			if err != nil {
				yield(thread.Comment{}, err)
				return
			}
			key := ""
			for line := range strings.Lines(string(all)) {
				word, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
				switch word {
				case "thread":
					key = arg
				case "comment":
					if !yield(thread.Comment{Thread: key, ID: arg}, nil) {
						return
					}
				case "describe":
					out.Describe(key, thread.Meta{ID: key, Title: arg})
				case "source":
					out.Describe(key, thread.Meta{Source: thread.Source{Name: arg}})
				case "report":
					out.Report(key, thread.Diagnostic{Code: thread.Code(arg)})
				case "fail":
					yield(thread.Comment{}, errors.New(arg))
					return
				case "between":
					yield(thread.Comment{}, format.Between(errors.New(arg)))
					return
				}
			}
		}
	},
}

// mixed is fake for threads that come mixed.
var mixed = &format.Format{Name: "mixed", Interleaved: true, Decode: fake.Decode}

// run writes what Threads yields, a thread or error a line.
func run(f *format.Format, script string) []string { return runWith(f, script, format.Options{}) }

func runWith(f *format.Format, script string, o format.Options) []string {
	var got []string
	src := format.Source{Name: "page", Reader: strings.NewReader(script), Options: o}
	for t, err := range format.Threads(f, src, thread.Source{Name: "base"}) {
		if err != nil {
			got = append(got, "error "+err.Error())
			continue
		}
		s := fmt.Sprintf("%s %q from %s:", t.Meta().ID, t.Meta().Title, t.Meta().Source.Name)
		for i := range t.Document() {
			s += " " + t.ID(i)
		}
		for _, d := range t.Diagnostics() {
			s += " !" + string(d.Code)
		}
		got = append(got, s)
	}
	return got
}

func TestThreads(t *testing.T) {
	for _, c := range []struct {
		name, script string
		want         []string
	}{
		{"nothing", "", nil},
		{"one thread", "comment 1\ncomment 2", []string{` "" from base: 1 2`}},
		{"two threads", "thread a\ncomment 1\nthread b\ncomment 1", []string{`a "" from base: 1`, `b "" from base: 1`}},
		{"described before", "describe T\ncomment 1", []string{` "T" from base: 1`}},
		{"described between", "comment 1\ndescribe T\ncomment 2", []string{` "T" from base: 1 2`}},
		{"described after", "comment 1\ndescribe T", []string{` "T" from base: 1`}},
		{"described twice", "describe T\ncomment 1\ndescribe U", []string{` "T" from base: 1`}},
		{"described by and by", "thread a\nsource mine\ncomment 1\ndescribe U", []string{`a "U" from mine: 1`}},
		{"described without comments", "describe T", []string{` "T" from base:`}},
		{"each described first", "thread a\ndescribe T\ncomment 1\nthread b\ndescribe U\ncomment 2", []string{`a "T" from base: 1`, `b "U" from base: 2`}},
		{"two without comments", "thread a\ndescribe T\nthread b\ndescribe U", []string{`a "T" from base:`, `b "U" from base:`}},
		{"own source", "source mine\ncomment 1", []string{` "" from mine: 1`}},
		{"own source, no ID", "thread a\nsource mine\ncomment 1", []string{` "" from mine: 1`}},
		{"reported", "thread a\nreport odd\ncomment 1", []string{`a "" from base: 1 !odd`}},
		{"failure at once", "fail disk full", []string{"error page: disk full"}},
		{"failure in a thread", "thread a\ncomment 1\nthread b\ncomment 2\nfail disk full", []string{`a "" from base: 1`, `b "" from base: 2 !truncated`, "error page: disk full"}},
		{"failure between threads", "thread a\ncomment 1\nbetween bad line", []string{`a "" from base: 1`, "error page: bad line"}},
	} {
		if diff := cmp.Diff(c.want, run(fake, c.script)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestThreadsMixed(t *testing.T) {
	for _, c := range []struct {
		name, script string
		want         []string
	}{
		{"nothing", "", nil},
		{"one thread", "comment 1\ncomment 2", []string{` "" from base: 1 2`}},
		{"mixed", "thread a\ncomment 1\nthread b\ncomment 1\nthread a\ncomment 2", []string{`a "" from base: 1 2`, `b "" from base: 1`}},
		{"described late", "thread a\ncomment 1\nthread b\ncomment 2\nthread a\ndescribe T", []string{`a "T" from base: 1`, `b "" from base: 2`}},
		{"failure", "thread a\ncomment 1\nthread b\ncomment 2\nfail disk full", []string{`a "" from base: 1 !truncated`, `b "" from base: 2 !truncated`, "error page: disk full"}},
		{"failure between threads", "thread a\ncomment 1\nthread b\ncomment 2\nbetween bad line", []string{`a "" from base: 1`, `b "" from base: 2`, "error page: bad line"}},
	} {
		for _, memory := range []int64{0, 1} {
			o := format.Options{Memory: memory, TempDir: t.TempDir()}
			if diff := cmp.Diff(c.want, runWith(mixed, c.script, o)); diff != "" {
				t.Errorf("%s with %d bytes (-want +got):\n%s", c.name, memory, diff)
			}
		}
	}
}

// That there is no room for a temporary file ends the sequence, and says so.
func TestThreadsMixedWithoutRoom(t *testing.T) {
	o := format.Options{Memory: 1, TempDir: t.TempDir() + "/none"}
	got := runWith(mixed, "thread a\ncomment 1\nthread b\ncomment 2\nfail late", o)
	if len(got) != 1 || !strings.HasPrefix(got[0], "error page: ") || !strings.Contains(got[0], o.TempDir) {
		t.Errorf("Threads = %q, want an error that names the folder", got)
	}
}

func TestThreadsMixedStopsWhenAsked(t *testing.T) {
	dir := t.TempDir()
	src := format.Source{Reader: strings.NewReader("thread a\ncomment 1\nthread b\ncomment 2\nfail late"), Options: format.Options{Memory: 1, TempDir: dir}}
	for th, err := range format.Threads(mixed, src, thread.Source{}) {
		if err != nil || th.Meta().ID != "a" {
			t.Errorf("the first is %v, %v, want a", th, err)
		}
		break
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

// A format that lists its threads, and one whose comments may answer them.
func TestThreadsMixedKinds(t *testing.T) {
	listed := &format.Format{Interleaved: true, Listed: true, Decode: fake.Decode}
	script := "thread a\ndescribe A\nthread b\ncomment 1\nthread c\ndescribe C\ncomment 2\nthread d\ndescribe D\nreport odd"
	want := []string{`b "" from base: 1 !bad-record`, `c "C" from base: 2`, `d "D" from base: !odd`}
	if diff := cmp.Diff(want, run(listed, script)); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
}

func TestThreadsStopsWhenAsked(t *testing.T) {
	const script = "thread a\ncomment 1\nthread b\ncomment 2\nthread c\nfail late"
	for most := 1; most <= 2; most++ {
		n := 0
		for _, err := range format.Threads(fake, format.Source{Reader: strings.NewReader(script)}, thread.Source{}) {
			if err != nil {
				t.Errorf("error after %d threads: %v", n, err)
			}
			if n++; n == most {
				break
			}
		}
		if n != most {
			t.Errorf("%d threads, want %d", n, most)
		}
	}
}

func TestThreadsKeepsTheCause(t *testing.T) {
	src := format.Source{Name: "page", Reader: io.MultiReader(strings.NewReader("comment 1\n"), failing{})}
	for _, err := range format.Threads(fake, src, thread.Source{}) {
		if err == nil || !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("error = %v, want %v inside", err, io.ErrClosedPipe)
		}
	}
	if err := format.Between(io.ErrClosedPipe); !errors.Is(err, io.ErrClosedPipe) || err.Error() != io.ErrClosedPipe.Error() {
		t.Errorf("Between hides its error: %v", err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func says(name string, c format.Confidence) *format.Format {
	return &format.Format{Name: name, Sniff: func(format.Head) (format.Confidence, string) { return c, name + " says " + c.String() }}
}

func TestDetect(t *testing.T) {
	no, possible, likely, likely2, certain := says("a", format.No), says("b", format.Possible), says("c", format.Likely), says("d", format.Likely), says("e", format.Certain)
	for _, c := range []struct {
		name    string
		formats []*format.Format
		want    *format.Format
	}{
		{"only one", []*format.Format{possible}, possible},
		{"the surest", []*format.Format{possible, certain, likely}, certain},
		{"the first of equals", []*format.Format{no, likely, likely2}, likely},
		{"the first of equals, turned", []*format.Format{no, likely2, likely}, likely2},
	} {
		v, err := format.Detect(c.formats, format.Head{})
		if err != nil || v.Format != c.want || v.Why != c.want.Name+" says "+v.Confidence.String() {
			t.Errorf("%s: Detect = %+v, %v, want %s", c.name, v, err, c.want.Name)
		}
	}
	_, err := format.Detect([]*format.Format{no, says("f", format.No)}, format.Head{})
	if !errors.Is(err, format.ErrUnknown) || err.Error() != "no known format (a: a says no; f: f says no)" {
		t.Errorf("Detect = %v, want the two refusals", err)
	}
	broad := says("g", format.No)
	broad.Any = true
	if _, err := format.Detect([]*format.Format{no, broad}, format.Head{}); err.Error() != "no known format (g: g says no)" {
		t.Errorf("Detect = %v, want the refusal of the format for inputs of any make", err)
	}
	if _, err := format.Detect(nil, format.Head{}); !errors.Is(err, format.ErrUnknown) {
		t.Errorf("Detect among none = %v, want %v", err, format.ErrUnknown)
	}
}

func TestFind(t *testing.T) {
	a, b := says("a", format.No), says("b", format.No)
	if f, err := format.Find([]*format.Format{a, b}, "b"); f != b || err != nil {
		t.Errorf("Find(b) = %v, %v", f, err)
	}
	if _, err := format.Find([]*format.Format{a, b}, "c"); err == nil || err.Error() != `unknown format "c": known are a, b` {
		t.Errorf("Find(c) = %v, want the known names", err)
	}
}

func TestPeek(t *testing.T) {
	for _, size := range []int{0, 1, format.HeadSize - 1, format.HeadSize, format.HeadSize + 1, 2*format.HeadSize + 3} {
		all := strings.Repeat("0123456789", size/10+1)[:size]
		// One byte at a time at first: a pipe gives what it has.
		head, r, err := format.Peek("page", io.MultiReader(strings.NewReader(all[:min(size, 1)]), strings.NewReader(all[min(size, 1):])))
		if err != nil {
			t.Fatal(err)
		}
		if want := all[:min(size, format.HeadSize)]; string(head.Bytes) != want || head.Name != "page" {
			t.Errorf("of %d bytes the head has %d, want %d", size, len(head.Bytes), len(want))
		}
		_ = append(head.Bytes, "x"...) // what a format does with the head must not change the rest
		if rest, err := io.ReadAll(r); err != nil || string(rest) != all {
			t.Errorf("of %d bytes the reader still gives %d, %v", size, len(rest), err)
		}
	}
	head, r, err := format.Peek("page", strings.NewReader("\xFE\xFF\x00c\x00\xE9"))
	if err != nil || string(head.Bytes) != "cé" {
		t.Errorf("Peek at UTF-16 = %q, %v, want it in UTF-8", head.Bytes, err)
	}
	if rest, err := io.ReadAll(r); err != nil || string(rest) != "cé" {
		t.Errorf("the reader of UTF-16 gives %q, %v, want it in UTF-8", rest, err)
	}
	head, r, err = format.Peek("page", io.MultiReader(strings.NewReader("some"), failing{}))
	if err != nil || string(head.Bytes) != "some" {
		t.Fatalf("Peek at a reader that breaks off = %q, %v, want what came before", head.Bytes, err)
	}
	if rest, err := io.ReadAll(r); string(rest) != "some" || !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("a reader that breaks off still gives %q, %v, want %v after what came before", rest, err, io.ErrClosedPipe)
	}
	// What ends too early, as a gzip file that was cut, has not just ended.
	if _, r, err = format.Peek("page", iotest.DataErrReader(io.MultiReader(strings.NewReader("some"), iotest.ErrReader(io.ErrUnexpectedEOF)))); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(r); string(rest) != "some" || err != io.ErrUnexpectedEOF {
		t.Errorf("a reader that ends too early still gives %q, %v, want %v after what came before", rest, err, io.ErrUnexpectedEOF)
	}
	if _, _, err := format.Peek("page", failing{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("Peek at a broken reader = %v, want %v", err, io.ErrClosedPipe)
	}
}

// ReadAll gives what Peek has left to read, whether the head is all of it or not.
func TestReadAll(t *testing.T) {
	const limit = format.HeadSize + 10
	for _, size := range []int{0, 1, 1 << 16, format.HeadSize - 1, format.HeadSize, format.HeadSize + 1, limit, limit + 1, limit + 100} {
		for _, end := range []error{io.EOF, io.ErrClosedPipe} {
			if size == 0 && end != io.EOF {
				continue // Peek fails
			}
			all := strings.Repeat("0123456789", size/10+1)[:size]
			_, r, err := format.Peek("page", io.MultiReader(strings.NewReader(all), iotest.ErrReader(end)))
			if err != nil {
				t.Fatal(err)
			}
			wantErr := end
			if end == io.EOF || size > limit {
				wantErr = nil
			}
			got, err := format.ReadAll(format.Source{Reader: r}, limit)
			if want := all[:min(size, limit+1)]; string(got) != want || err != wantErr {
				t.Errorf("ReadAll of %d bytes that end with %v = %d bytes, %v, want %d, %v", size, end, len(got), err, len(want), wantErr)
			}
		}
	}
	_, r, _ := format.Peek("page", strings.NewReader("some"))
	if got, err := format.ReadAll(format.Source{Reader: r}, 2); string(got) != "som" || err != nil {
		t.Errorf("ReadAll of 4 bytes up to 2 = %q, %v, want one more than 2", got, err)
	}
}
