// Package rosetta checks, in tests, that a format reads the one invented thread
// of which every format has a copy: Alice writes c1, Bob answers her in c2 and
// she him in c3; Carol writes c4, under which c5 was deleted.
package rosetta

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
)

//go:embed expected.json
var expected []byte

// Comment is what a copy of a comment must tell.
type Comment struct {
	ID, Parent, Author string
	Time, Edited       string // in UTC
	Score              int
	Deleted            bool // deleted, removed or in the bin
}

// Want is the thread. Fields that a format does not have may be changed.
func Want(t testing.TB) []Comment {
	t.Helper()
	var raw []struct {
		ID, Parent, Author, Time, Edited string
		Score                            int
		Deleted                          bool
	}
	if err := json.Unmarshal(expected, &raw); err != nil {
		t.Fatal(err)
	}
	var want []Comment
	for _, c := range raw {
		want = append(want, Comment(c))
	}
	return want
}

// Got is what was read of the thread, in document order. id maps the IDs of the
// copy to those of the original.
func Got(th *thread.Thread, id func(string) string) []Comment {
	utc := func(s thread.Stamp) string {
		if s.IsZero() || !s.ZoneKnown() {
			return s.String()
		}
		return s.Time().UTC().Format(time.RFC3339)
	}
	var got []Comment
	for i := range th.Document() {
		c := th.Comment(i)
		g := Comment{
			ID: id(c.ID), Author: c.Author, Time: utc(c.Time), Edited: utc(c.Edited), Score: c.Score,
			Deleted: c.State == thread.Deleted || c.State == thread.Removed,
		}
		if c.Parent != "" {
			g.Parent = id(c.Parent)
		}
		got = append(got, g)
	}
	return got
}

// Check compares.
func Check(t testing.TB, want, got []Comment) {
	t.Helper()
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got):
			t.Errorf("comment %d is missing, want %+v", i, want[i])
		case i >= len(want):
			t.Errorf("comment %d is %+v, want none", i, got[i])
		case want[i] != got[i]:
			t.Errorf("comment %d is\n%+v, want\n%+v", i, got[i], want[i])
		}
	}
}

// Read is all threads of an input, and what reading ended with.
func Read(f *format.Format, in string, o format.Options) ([]*thread.Thread, error) {
	var threads []*thread.Thread
	src := format.Source{Name: "in", Reader: strings.NewReader(in), Options: o}
	for t, err := range format.Threads(f, src, thread.Source{Name: "in", Format: f.Name}) {
		if err != nil {
			return threads, err
		}
		threads = append(threads, t)
	}
	return threads, nil
}

// Fuzz feeds f what the fuzzer makes of seeds: nothing may panic or hang, and
// the same bytes must read the same twice.
func Fuzz(f *testing.F, form *format.Format, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		form.Sniff(format.Head{Name: "in", Bytes: []byte(in)})
		first, err1 := Read(form, in, format.Options{})
		second, err2 := Read(form, in, format.Options{})
		if (err1 == nil) != (err2 == nil) || len(first) != len(second) {
			t.Fatalf("read twice: %d threads (%v), then %d (%v)", len(first), err1, len(second), err2)
		}
		for i := range first {
			if a, b := Summary(first[i]), Summary(second[i]); !slices.Equal(a, b) {
				t.Fatalf("read twice:\n%q, then\n%q", a, b)
			}
		}
	})
}

// Summary is a thread in lines: ID and title, then "id < parent author time
// state: text" for each comment in document order, then "! code comment" for
// each diagnostic.
func Summary(th *thread.Thread) []string {
	m := th.Meta()
	lines := []string{m.ID + " " + m.Title}
	for i := range th.Document() {
		c := th.Comment(i)
		line := c.ID
		if c.Parent != "" {
			line += " < " + c.Parent
		}
		line += " | " + c.Author + " | " + c.Time.String()
		if c.State != thread.Visible {
			line += " | " + c.State.String()
		}
		if c.Kind != thread.Ordinary {
			line += " | " + c.Kind.String()
		}
		lines = append(lines, line+": "+strings.ReplaceAll(c.Text, "\n", "/"))
	}
	for _, d := range th.Diagnostics() {
		lines = append(lines, strings.TrimSpace("! "+string(d.Code)+" "+d.Comment))
	}
	return lines
}
