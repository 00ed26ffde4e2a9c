package unpack_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"threadheat/thread/unpack"
)

// open writes what Open yields: names, contents, errors.
func open(r io.Reader) (got []string) {
	for m, err := range unpack.Open("in", r, nil) {
		if err != nil {
			got = append(got, "error "+err.Error())
			continue
		}
		b, err := io.ReadAll(m.Reader)
		s := fmt.Sprintf("%s=%.40s", m.Name, b)
		if err != nil {
			s += " error " + err.Error()
		}
		got = append(got, s)
	}
	return got
}

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func zst(s string) string {
	w, _ := zstd.NewWriter(nil)
	return string(w.EncodeAll([]byte(s), nil))
}

func xzip(s string) string {
	var b bytes.Buffer
	w, err := xz.NewWriter(&b)
	if err != nil {
		panic(err)
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// bz is what bzip2 makes of "hello world\n".
const bz = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x4e\xec\xe8\x36\x00\x00\x02\x51\x80\x00\x10\x40\x00\x06\x44\x90\x80\x20\x00\x31\x06\x4c\x41\x01\xa7\xa9\xa5\x80\xbb\x94\x31\xf8\xbb\x92\x29\xc2\x84\x82\x77\x67\x41\xb0"

// zipped holds pairs of names and contents.
func zipped(pairs ...string) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		f, err := w.Create(pairs[i])
		if err != nil {
			panic(err)
		}
		io.WriteString(f, pairs[i+1])
	}
	w.Close()
	return b.String()
}

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"plain", "hello", []string{"in=hello"}},
		{"empty", "", []string{"in="}},
		{"short", "PK", []string{"in=PK"}},
		{"a name like a wrapping", "BZh is who?", []string{"in=BZh is who?"}},
		{"gzip", gz("hello"), []string{"in=hello"}},
		{"gzip, two members", gz("hello ") + gz("you"), []string{"in=hello you"}},
		{"zstd", zst("hello"), []string{"in=hello"}},
		{"zstd, two frames, one to skip", "\x50\x2a\x4d\x18\x02\x00\x00\x00??" + zst("hello ") + zst("you"), []string{"in=hello you"}},
		{"bzip2", bz, []string{"in=hello world\n"}},
		{"bzip2, two streams", bz + bz, []string{"in=hello world\nhello world\n"}},
		{"xz", xzip("hello"), []string{"in=hello"}},
		{"nothing compressed", gz(""), []string{"in="}},
		{"zip", zipped("a.json", "A"), []string{"in/a.json=A"}},
		{"zip, many", zipped("d/", "", "d/b", "B", "__MACOSX/d/._b", "x", "d/.DS_Store", "x", "a", "A"), []string{"in/d/b=B", "in/a=A"}},
		{"zip, empty", zipped(), nil},
		{"gzip in zip", zipped("a.gz", gz("A"), "b", "B"), []string{"in/a.gz=A", "in/b=B"}},
		{"zip in gzip", gz(zipped("a", "A")), []string{"in/a=A"}},
		{"zip in zip", zipped("z", zipped("a", "A")), []string{"in/z/a=A"}},
		{"four layers", gz(zst(xzip(gz("hello")))), []string{"in=hello"}},
		{"five layers", gz(zst(xzip(gz(gz("hello"))))), []string{"error in: more than 4 wrappings inside each other"}},
	} {
		if diff := cmp.Diff(c.want, open(strings.NewReader(c.in))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		// From a pipe: no reading in place.
		if diff := cmp.Diff(c.want, open(io.MultiReader(strings.NewReader(c.in)))); diff != "" {
			t.Errorf("%s, from a pipe (-want +got):\n%s", c.name, diff)
		}
	}
}

// The sample refers back up to 2 GiB, which zstd refuses unless told.
func TestLongWindow(t *testing.T) {
	b, err := os.ReadFile("testdata/rosetta.ndjson.zst")
	if err != nil {
		t.Fatal(err)
	}
	var h zstd.Header
	if err := h.Decode(b); err != nil || h.WindowSize != unpack.MaxWindow {
		t.Fatalf("the sample has a window of %d, %v, want %d", h.WindowSize, err, unpack.MaxWindow)
	}
	for m, err := range unpack.Open("rosetta", bytes.NewReader(b), nil) {
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(m.Reader)
		if err != nil || bytes.Count(text, []byte("\n")) != 5 {
			t.Errorf("%d lines, %v, want 5", bytes.Count(text, []byte("\n")), err)
		}
	}
}

func TestBroken(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = 'a' + byte(r.Uint32()%26)
	}
	text := string(noise)
	flip := func(s string, at int) string { return s[:at] + string(s[at]^0x55) + s[at+1:] }
	encrypted := zipped("a", "A")
	encrypted = strings.Replace(encrypted, "PK\x01\x02\x14\x00\x14\x00\x08\x00", "PK\x01\x02\x14\x00\x14\x00\x09\x00", 1)
	for _, c := range []struct {
		name, in string
		some     bool // something can be read before the error
		want     string
	}{
		{"gzip, cut", gz(text)[:150_000], true, "the gzip data ends too early"},
		{"gzip, wrong checksum", flip(gz(text), len(gz(text))-7), true, "the gzip data is broken"},
		{"gzip, a header alone", gz(text)[:5], false, "the gzip data is broken"},
		{"zstd, cut", zst(text)[:150_000], true, "the zstd data ends too early"},
		{"zstd, broken", flip(zst(text), len(zst(text))/2), true, "the zstd data is broken"},
		{"xz, cut", xzip(text)[:150_000], true, "the xz data ends too early"},
		{"bzip2, cut", bz[:30], false, "the bzip2 data is broken"},
		{"zip, cut", zipped("a", text)[:100_000], false, "the zip data is broken"},
		{"zip, wrong checksum", flip(zipped("a", text), 100_000), true, "the zip data is broken"},
		{"zip, encrypted", encrypted, false, "in/a is encrypted"},
	} {
		n, failure := 0, error(nil)
		for m, err := range unpack.Open("in", strings.NewReader(c.in), nil) {
			if failure = err; err == nil {
				var b []byte
				b, failure = io.ReadAll(m.Reader)
				n = len(b)
			}
		}
		if failure == nil || !strings.Contains(failure.Error(), c.want) || (n > 0) != c.some {
			t.Errorf("%s: %d bytes, %v, want some: %v and %q", c.name, n, failure, c.some, c.want)
		}
	}
}

func TestBombs(t *testing.T) {
	if raceEnabled {
		t.Skip("minutes under the race detector, and one goroutine reads them: bombs are not checked")
	}
	zeros := strings.Repeat("\x00", 28<<20)
	bomb := gz(zeros)
	for _, c := range []struct{ name, in string }{
		{"gzip", bomb},
		{"zstd", zst(zeros)},
		{"zip", zipped("a", zeros)},
		{"gzip in gzip", gz(gz(zeros))},
		{"many in a zip", zipped("a", zeros[:14<<20], "b", zeros[:14<<20])},
		{"zip in zip", zipped("a", zipped("a", zeros[:14<<20], "b", zeros[:14<<20]))},
	} {
		read, failure := int64(0), error(nil)
		for m, err := range unpack.Open("in", strings.NewReader(c.in), nil) {
			if err == nil {
				var n int64
				n, err = io.Copy(io.Discard, m.Reader)
				read += n
			}
			if err != nil {
				failure = err
				break
			}
		}
		if limit := int64(unpack.Allowance + unpack.MaxRatio*len(c.in) + 1<<17); !errors.Is(failure, unpack.ErrBomb) || read > limit {
			t.Errorf("%s: %d bytes came out of %d, %v, want no more than %d", c.name, read, len(c.in), failure, limit)
		}
	}
	// What people save swells less, and goes through whole.
	text := strings.Repeat("Reddit users say many words again and again, but not that often. ", 400_000)
	if n, err := io.Copy(io.Discard, reader(t, gz(text[:20<<20]))); err != nil || n != 20<<20 {
		t.Errorf("20 MB of words: %d bytes, %v", n, err)
	}
}

func reader(t *testing.T, in string) io.Reader {
	t.Helper()
	for m, err := range unpack.Open("in", strings.NewReader(in), nil) {
		if err != nil {
			t.Fatal(err)
		}
		return m.Reader
	}
	t.Fatal("nothing in it")
	return nil
}

// An archive that is a file is read in place, from where the file stands.
func TestFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.zip")
	if err := os.WriteFile(name, []byte("??"+zipped("a", "A", "b", "B")), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Seek(2, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"in/a=A", "in/b=B"}, open(f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStop(t *testing.T) {
	n := 0
	for range unpack.Open("in", strings.NewReader(zipped("a", "A", "b", "B")), nil) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d members after a break, want 1", n)
	}
}

func FuzzOpen(f *testing.F) {
	for _, s := range []string{"hello", gz("hello"), zst("hello"), xzip("hello"), bz, zipped("a", gz("A"), "b", "B")} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		for m, err := range unpack.Open("in", bytes.NewReader(b), nil) {
			if err == nil {
				io.Copy(io.Discard, io.LimitReader(m.Reader, 1<<20))
			}
			if n++; n > 1000 {
				break
			}
		}
	})
}
