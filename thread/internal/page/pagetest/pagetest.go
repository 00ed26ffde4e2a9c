// Package pagetest is what the tests of formats that read pages share.
package pagetest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Read decodes a page and returns its one thread.
func Read(t testing.TB, f *format.Format, page string) *thread.Thread {
	t.Helper()
	return read(t, f, format.Source{Reader: strings.NewReader(page)})
}

// ReadAt is Read for a page that was saved at the given time.
func ReadAt(t testing.TB, f *format.Format, page string, saved time.Time) *thread.Thread {
	t.Helper()
	return read(t, f, format.Source{Reader: strings.NewReader(page), Options: format.Options{Base: saved}})
}

func read(t testing.TB, f *format.Format, src format.Source) *thread.Thread {
	t.Helper()
	src.Name = "page.html"
	var got *thread.Thread
	for th, err := range format.Threads(f, src, thread.Source{}) {
		if err != nil {
			t.Fatal(err)
		}
		if got != nil {
			t.Fatal("a page gave two threads")
		}
		got = th
	}
	if got == nil {
		t.Fatal("a page gave no thread")
	}
	return got
}

// File is the content of a file of the folder testdata.
func File(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Lines writes the comments of a thread in the order of the document, one a
// line: "ID <PARENT(basis) AUTHOR @TIME edited TIME +SCORE [kind,state] TEXT".
func Lines(th *thread.Thread) []string {
	var out []string
	for i := range th.Document() {
		c := th.Comment(i)
		s := c.ID
		if c.Parent != "" {
			s += fmt.Sprintf(" <%s(%s)", c.Parent, c.Basis)
		}
		if c.Author != "" {
			s += " " + c.Author
		}
		if !c.Time.IsZero() {
			s += " @" + c.Time.String()
		}
		if !c.Edited.IsZero() {
			s += " edited " + c.Edited.String()
		}
		if c.HasScore {
			s += fmt.Sprintf(" %+d", c.Score)
		}
		if c.Kind != thread.Ordinary {
			s += " [" + c.Kind.String() + "]"
		}
		if c.State != thread.Visible {
			s += " [" + c.State.String() + "]"
		}
		if c.Text != "" {
			s += " " + strings.ReplaceAll(c.Text, "\n", "/")
		}
		out = append(out, s)
	}
	return out
}

// Same compares the comments of a thread with lines as Lines writes them.
func Same(t testing.TB, th *thread.Thread, want ...string) {
	t.Helper()
	if d := diff(want, Lines(th)); d != "" {
		t.Errorf("comments (-want +got):\n%s", d)
	}
}

// diff shows the lines that differ, place by place; "" where none does.
func diff(want, got []string) string {
	var b strings.Builder
	at := func(lines []string, i int) string {
		if i < len(lines) {
			return lines[i]
		}
		return "(none)"
	}
	for i := range max(len(want), len(got)) {
		if w, g := at(want, i), at(got, i); w != g {
			fmt.Fprintf(&b, "-%s\n+%s\n", w, g)
		}
	}
	return b.String()
}

// Codes are the codes of a thread's diagnostics.
func Codes(th *thread.Thread) []string {
	var out []string
	for _, d := range th.Diagnostics() {
		out = append(out, string(d.Code))
	}
	return out
}

//go:embed rosetta.json
var rosetta []byte

// said is a comment of the thread that many formats tell.
type said struct {
	ID, Author, Time, Edited, Parent, Body string
	Score                                  *int
	Deleted                                bool
}

// Rosetta compares a thread with the one that is told in many formats, as far
// as the format can tell it: id turns its IDs into "c1" to "c5", and the parts
// named in without ("score", "edited") are beyond it.
func Rosetta(t testing.TB, th *thread.Thread, id func(string) string, without ...string) {
	t.Helper()
	var want, got []said
	if err := json.Unmarshal(rosetta, &want); err != nil {
		t.Fatal(err)
	}
	cannot := strings.Join(without, " ")
	for i := range want {
		if strings.Contains(cannot, "score") {
			want[i].Score = nil
		}
		if strings.Contains(cannot, "edited") {
			want[i].Edited = ""
		}
	}
	for i := range th.Document() {
		c := th.Comment(i)
		s := said{ID: id(c.ID), Author: c.Author, Time: utc(c.Time), Edited: utc(c.Edited), Body: c.Text, Deleted: c.State == thread.Deleted || c.State == thread.Removed}
		if c.Parent != "" {
			s.Parent = id(c.Parent)
		}
		if c.HasScore && !strings.Contains(cannot, "score") {
			s.Score = &c.Score
		}
		got = append(got, s)
	}
	if d := diff(write(want), write(got)); d != "" {
		t.Errorf("the thread told in many formats (-want +got):\n%s", d)
	}
}

func write(all []said) []string {
	var out []string
	for _, s := range all {
		b, err := json.Marshal(s)
		if err != nil {
			panic(err) // strings and numbers only
		}
		out = append(out, string(b))
	}
	return out
}

func utc(s thread.Stamp) string {
	if !s.ZoneKnown() {
		return s.String()
	}
	return s.Time().UTC().Format(time.RFC3339)
}

// Sniffs tells of pages that the format does not know for certain, and of
// others that it does not refuse.
func Sniffs(t *testing.T, f *format.Format, want format.Confidence, pages ...string) {
	t.Helper()
	for _, page := range pages {
		got, why := f.Sniff(format.Head{Name: "page.html", Bytes: []byte(page)})
		if got != want {
			t.Errorf("Sniff(%.60q) = %s (%s), want %s", page, got, why, want)
		}
		if why == "" {
			t.Errorf("Sniff(%.60q) gives no reason", page)
		}
	}
}

// Others are inputs that no format of a particular site may take for its own.
var Others = []string{
	"", "hello", `{"comments":[]}`, "<?xml version=\"1.0\"?><rss></rss>",
	"<!doctype html><title>A page</title><p>Hello, world.",
	`<!doctype html><ol class="comment-list"><li id="comment-1" class="comment depth-1"><cite class="fn">A</cite><p>b</li></ol>`,
	`<!doctype html><p>A scraper looks for &lt;tr class="athing comtr"&gt;, crawler-post, data-shortid, comment-holder, forum-fil, message--post, post_message_1, postprofile, sioc:reply_of and nestedlisting.`,
}

// Fuzz feeds a decoder with anything. What it yields must build a thread, the
// same each time.
func Fuzz(f *testing.F, fm *format.Format, seeds ...string) {
	for _, s := range append(seeds, "", "<", "<div", "\xff\xfe<\x00p\x00", "<html><table><tr><td class=default>") {
		f.Add(s)
		f.Add(s[:len(s)/2])
	}
	f.Fuzz(func(t *testing.T, page string) {
		fm.Sniff(format.Head{Bytes: []byte(page)})
		a, b := Read(t, fm, page), Read(t, fm, page)
		if d := diff(Lines(a), Lines(b)); d != "" {
			t.Errorf("the same page read twice (-first +second):\n%s", d)
		}
		for i := range a.All() {
			if c := a.Comment(i); len(c.Text) > 20*len(page)+100 {
				t.Errorf("a comment of %d bytes on a page of %d", len(c.Text), len(page))
			}
		}
	})
}
