package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
)

// A header of a MiB that is folded into many short lines, or names an encoding
// many times, took a minute when each line was joined to all before it.
func TestHeaderOfManyLines(t *testing.T) {
	for _, c := range []struct {
		name, lines, key string
		want             int // bytes of the value
	}{
		{"folded", "X-A: b\n" + strings.Repeat(" a\n", 300_000), "x-a", 1 + 2*300_000},
		{"encodings", strings.Repeat("x-encoding:\n", 80_000), "x-encoding", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, err := readHeader(bufio.NewReader(strings.NewReader(c.lines + "\n")))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(h[c.key]); c.want > 0 && got != c.want {
				t.Errorf("the value has %d bytes, want %d", got, c.want)
			}
		})
	}
}

func TestReadHeader(t *testing.T) {
	h, err := readHeader(bufio.NewReader(strings.NewReader(
		"A: 1\r\n folded\r\n\t twice\r\nno field\r\nContent-Encoding: gzip\r\nContent-Encoding: br\r\n , x\r\nA: 2\r\n and more\r\nB:\r\n late\r\n\r\nbody")))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"a": "1 folded twice", "content-encoding": "gzip, br , x", "b": "late"} {
		if h[key] != want {
			t.Errorf("%s = %q, want %q", key, h[key], want)
		}
	}
}

// What looks like the beginning of a gzip member at every tenth byte must not
// cost a decoder each, of some 40 kB.
func TestManyGzipMagics(t *testing.T) {
	const n = 10_000
	m, err := newMembers(strings.NewReader("\x1f\x8b\x08\x00" + strings.Repeat("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", n)))
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, m)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if at, ok := m.resume(beginsWARC); ok {
		t.Errorf("goes on at %d, where there is nothing", at)
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > n<<10 {
		t.Errorf("%d false beginnings took %d MB", n, took>>20)
	}
}

// Wrappings within a zip archive that is read as a folder swell together: 40 MB
// out of some kB are too much, though gzip gives 100 times its size and no more.
func TestFolderOfBombs(t *testing.T) {
	var member, archive bytes.Buffer
	gz := gzip.NewWriter(&member)
	gz.Write(bytes.Repeat([]byte("a"), 4000))
	gz.Close()
	z := zip.NewWriter(&archive)
	w, err := z.Create("RC_2020-01.gz")
	if err != nil {
		t.Fatal(err)
	}
	w.Write(bytes.Repeat(member.Bytes(), 10_000))
	z.Close()

	f, err := Folder(bytes.NewReader(archive.Bytes()), int64(archive.Len())).Open("RC_2020-01.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for m, err := range Open("RC_2020-01.gz", f, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, m.Reader); !errors.Is(err, ErrBomb) {
			t.Errorf("%d bytes out of %d, and the error %v; want ErrBomb", n, archive.Len(), err)
		}
	}
}

// Pages of Safari that swell too much end the reading: each would say so.
func TestSafariPagesSwell(t *testing.T) {
	const page = 1 << 16
	b := plistOf(
		"\xd2\x00\x03\x00\x04\x00\x01\x00\x02", // an archive: its page, and the list of those in it,
		"\xd2\x00\x05\x00\x06\x00\x07\x00\x08",
		"\xaf\x11\x03\xe7"+strings.Repeat("\x00\x00", 999), // which is the archive, over and over
		"\x5f\x10\x0fWebMainResource",
		"\x5f\x10\x13WebSubframeArchives",
		"\x5f\x10\x13WebResourceMIMEType",
		"\x5f\x10\x0fWebResourceData",
		"\x59text/html",
		"\x4f\x12\x00\x01\x00\x00"+strings.Repeat("x", page),
	)
	pages, bombs := 0, 0
	for m, err := range Open("a.webarchive", bytes.NewReader(b), nil) {
		if err == nil {
			pages++
			_, err = io.Copy(io.Discard, m.Reader)
		}
		if errors.Is(err, ErrBomb) {
			bombs++
		}
	}
	// One page says it, and the archive that it is not read on.
	if most := 2 + (Allowance+MaxRatio*len(b))/page; pages > most || bombs != 2 {
		t.Errorf("%d pages, %d of them say that they swell; want at most %d and 2", pages, bombs, most)
	}
}

// plistOf is a binary property list of objects, which refer to each other with two
// bytes. The first is the top.
func plistOf(objects ...string) []byte {
	b := []byte("bplist00")
	var table []byte
	for _, o := range objects {
		table = binary.BigEndian.AppendUint32(table, uint32(len(b)))
		b = append(b, o...)
	}
	at := len(b)
	b = append(append(b, table...), 0, 0, 0, 0, 0, 0, 4, 2)
	b = binary.BigEndian.AppendUint64(b, uint64(len(objects)))
	b = binary.BigEndian.AppendUint64(b, 0)
	return binary.BigEndian.AppendUint64(b, uint64(at))
}
