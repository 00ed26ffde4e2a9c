package mbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

func read(t testing.TB, in string) []*thread.Thread {
	t.Helper()
	threads, err := rosetta.Read(Format, in, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return threads
}

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Mail has no scores, nothing of what was edited or deleted, and an opening
// message that is a message like the others: c1 and c4 answer it.
func TestRosetta(t *testing.T) {
	var want []rosetta.Comment
	for _, c := range rosetta.Want(t) {
		if c.Deleted {
			continue
		}
		c.Score, c.Edited = 0, ""
		if c.Parent == "" {
			c.Parent = "c0"
		}
		want = append(want, c)
	}
	threads := read(t, file(t, "rosetta.mbox"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	got := rosetta.Got(threads[0], func(id string) string { return id })
	opening := rosetta.Comment{ID: "c0", Author: "Zoé", Time: "2021-12-25T06:12:00Z"}
	rosetta.Check(t, append([]rosetta.Comment{opening}, want...), got)
	if k := threads[0].Kind(0); k != thread.Post {
		t.Errorf("the opening message is a %s, want a post", k)
	}
	for i, want := range []string{
		"Sujet.\nFrom here on, an escaped line.",
		"Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin.",
		"Je ne suis pas d’accord.",
		"On Sun, Bob wrote:\n> Je ne suis pas d’accord.\n\nRelisez donc : tout y est.",
		"Hors sujet ?",
	} {
		if got := threads[0].Text(thread.Index(i)); got != want {
			t.Errorf("text %d = %q, want %q", i, got, want)
		}
	}
	if d := threads[0].Diagnostics(); len(d) > 0 {
		t.Errorf("diagnostics %v, want none", d)
	}
	for i := range threads[0].All() {
		if strings.Contains(threads[0].Comment(i).ID+threads[0].AuthorKey(threads[0].Author(i)), "@") {
			t.Errorf("comment %d has an address", i)
		}
	}
}
