package corpus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
)

// heard writes down what it is told, up to a number of comments.
type heard struct {
	lines []string
	most  int
}

func (h *heard) Comment(c thread.Comment) bool {
	h.lines = append(h.lines, fmt.Sprintf("%+v", c))
	h.most--
	return h.most != 0
}
func (h *heard) Describe(key string, m thread.Meta) {
	h.lines = append(h.lines, fmt.Sprintf("%s: %+v", key, m))
}
func (h *heard) Report(key string, d thread.Diagnostic) {
	h.lines = append(h.lines, fmt.Sprintf("%s: %+v", key, d))
}

// record puts a story on a tape and writes it down as heard.
func record(t *testing.T, tape *Tape, steps []step) (want heard) {
	t.Helper()
	for _, s := range steps {
		switch {
		case s.comment != nil:
			want.Comment(*s.comment)
			if err := tape.Add(*s.comment); err != nil {
				t.Fatal(err)
			}
		case s.meta != nil:
			want.Describe(s.key, *s.meta)
			tape.Describe(s.key, *s.meta)
		default:
			want.Report(s.key, *s.report)
			tape.Report(s.key, *s.report)
		}
	}
	return want
}

func TestTape(t *testing.T) {
	steps := random(11, 300, 20)
	for _, memory := range []int64{0, 1, 3000, 50_000} {
		dir := t.TempDir()
		tape := NewTape(Options{Memory: memory, Dir: dir})
		want := record(t, tape, steps)
		var got heard
		if err := tape.Play(&got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.lines, got.lines); diff != "" {
			t.Errorf("with %d bytes (-want +got):\n%s", memory, diff)
		}
		if (tape.file != nil) != (memory > 0) {
			t.Errorf("with %d bytes a file was written: %v", memory, tape.file != nil)
		}
		tape.Close()
		tape.Close()
		if n := entries(t, dir); n != 0 {
			t.Errorf("%d files are left", n)
		}
	}
}

func TestTapeStops(t *testing.T) {
	tape := NewTape(Options{Memory: 1, Dir: t.TempDir()})
	defer tape.Close()
	for i := range 5 {
		tape.Add(thread.Comment{ID: fmt.Sprint(i)})
	}
	got := heard{most: 2}
	if err := tape.Play(&got); err != nil || len(got.lines) != 2 {
		t.Errorf("%d comments were told, %v, want 2", len(got.lines), err)
	}
}

func TestBrokenTape(t *testing.T) {
	for _, c := range []struct {
		name string
		harm func(s *spill)
		want string
	}{
		{"closed", func(s *spill) { s.file.Close() }, "file already closed"},
		{"shrunk", func(s *spill) { s.file.Truncate(s.end / 2) }, "unexpected EOF"},
		{"overwritten", func(s *spill) { s.file.WriteAt([]byte(strings.Repeat("\x7f", int(s.end))), 0) }, ""},
	} {
		tape := NewTape(Options{Memory: 1, Dir: t.TempDir()})
		record(t, tape, random(12, 50, 5))
		c.harm(tape.file)
		if err := tape.Play(&heard{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Play = %v, want %q", c.name, err, c.want)
		}
		tape.Close()
	}
	tape := NewTape(Options{Memory: 1, Dir: t.TempDir() + "/none"})
	defer tape.Close()
	tape.Report("a", thread.Diagnostic{})
	err := tape.Add(thread.Comment{})
	if err == nil || tape.Play(&heard{}) != err {
		t.Errorf("without a folder Add = %v, want an error that Play repeats", err)
	}
}
