package parquet_test

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/parquet"
	"threadheat/thread/internal/rosetta"
)

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Both files were written by DuckDB: rosetta.parquet with columns as Reddit
// calls them and dictionaries, nested.parquet with the author in a group beside
// a list, times without zone whose column says UTC, scores with a point, and gzip.
func TestRosetta(t *testing.T) {
	for _, name := range []string{"rosetta.parquet", "nested.parquet"} {
		threads, err := rosetta.Read(parquet.Format, file(t, name), format.Options{})
		if err != nil || len(threads) != 1 {
			t.Fatalf("%s: %d threads, %v, want 1", name, len(threads), err)
		}
		rosetta.Check(t, rosetta.Want(t), rosetta.Got(threads[0], func(id string) string { return id }))
		if got, want := threads[0].Text(0), "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."; got != want {
			t.Errorf("%s: the first text is %q, want %q", name, got, want)
		}
		if got := threads[0].Pos(1).Line; got != 2 {
			t.Errorf("%s: the second comment stands in row %d, want 2", name, got)
		}
	}
}

func TestColumns(t *testing.T) {
	threads, err := rosetta.Read(parquet.Format, file(t, "nested.parquet"), format.Options{Columns: map[string]string{"author": "day"}})
	if err != nil || len(threads) != 1 {
		t.Fatalf("%d threads, %v, want 1", len(threads), err)
	}
	if got := threads[0].AuthorName(0); got != "2021-12-25" {
		t.Errorf("with --columns author=day the author is %q, want 2021-12-25", got)
	}
	_, err = rosetta.Read(parquet.Format, file(t, "nested.parquet"), format.Options{Columns: map[string]string{"text": "awards"}})
	if err == nil || !strings.Contains(err.Error(), "user.name") || strings.Contains(err.Error(), "list") {
		t.Errorf("with --columns text=awards: %v, want an error that names the columns without lists", err)
	}
}

// onlyOnce tells whether it was read.
type onlyOnce struct {
	io.Reader
	read bool
}

func (o *onlyOnce) Read(b []byte) (int, error) {
	o.read = true
	return o.Reader.Read(b)
}

// A file is read where it stands; what stands there under the same name but
// wrapped is not taken for it.
func TestInPlace(t *testing.T) {
	table := file(t, "rosetta.parquet")
	for _, c := range []struct {
		name   string
		beside string
		reads  bool
	}{
		{"a file", table, false},
		{"a wrapped file", "\x1F\x8B" + table, true},
		{"nothing", "", true},
	} {
		r := &onlyOnce{Reader: strings.NewReader(table)}
		src := format.Source{Name: "dir/in.parquet", Reader: r, Beside: fstest.MapFS{"in.parquet": {Data: []byte(c.beside)}}}
		n := 0
		for th, err := range format.Threads(parquet.Format, src, thread.Source{}) {
			if err != nil {
				t.Fatal(err)
			}
			n += th.Len()
		}
		if n != 5 || r.read != c.reads {
			t.Errorf("%s: %d comments, read from the start: %v, want 5, %v", c.name, n, r.read, c.reads)
		}
	}
}

func TestBadInput(t *testing.T) {
	table := file(t, "rosetta.parquet")
	for name, r := range map[string]io.Reader{
		"empty":        strings.NewReader(""),
		"cut":          strings.NewReader(table[:len(table)-100]),
		"no text":      bytes.NewReader(withoutText(t)),
		"breaking off": io.MultiReader(strings.NewReader(table), iotest.ErrReader(io.ErrUnexpectedEOF)),
	} {
		var last error
		for _, last = range format.Threads(parquet.Format, format.Source{Name: "in", Reader: r}, thread.Source{}) {
		}
		if last == nil {
			t.Errorf("%s: no error", name)
		}
	}
	// What stands before the damage is read.
	bad := []byte(write(t, small(t)))
	page := bytes.Index(bad, []byte("\x28\xB5\x2F\xFD")) // the first that zstd wrote
	bad[page] = 0
	if _, err := rosetta.Read(parquet.Format, string(bad), format.Options{}); err == nil || !strings.Contains(err.Error(), "row 1, column thread: a page cannot be unpacked") {
		t.Errorf("a broken page: %v", err)
	}
}

// withoutText is a table without a column for the text.
func withoutText(t *testing.T) []byte {
	return []byte(strings.ReplaceAll(file(t, "rosetta.parquet"), "body", "bodx"))
}

func small(t *testing.T) *thread.Thread {
	threads, err := rosetta.Read(parquet.Format, file(t, "rosetta.parquet"), format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return threads[0]
}

func TestSniff(t *testing.T) {
	for head, want := range map[string]format.Confidence{"PAR1\x15\x04": format.Certain, "PAR": format.No, "PARE": format.No, "": format.No} {
		if got, why := parquet.Format.Sniff(format.Head{Bytes: []byte(head)}); got != want || why == "" {
			t.Errorf("Sniff(%q) = %v, %q, want %v", head, got, why, want)
		}
	}
}

// The same threads give the same bytes.
func TestSameBytes(t *testing.T) {
	th := small(t)
	if a, b := write(t, th, th), write(t, th, th); a != b {
		t.Error("two writings differ")
	}
	if !slices.Equal([]byte(write(t))[:4], []byte("PAR1")) {
		t.Error("nothing at all makes no table")
	}
}

func FuzzDecode(f *testing.F) {
	seeds := []string{file(f, "rosetta.parquet"), file(f, "nested.parquet"), "PAR1PAR1", ""}
	rosetta.Fuzz(f, parquet.Format, seeds...)
}
