package unpack

import (
	"bufio"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
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
			start := time.Now()
			h, err := readHeader(bufio.NewReader(strings.NewReader(c.lines + "\n")))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(h[c.key]); c.want > 0 && got != c.want {
				t.Errorf("the value has %d bytes, want %d", got, c.want)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("took %v", took)
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
