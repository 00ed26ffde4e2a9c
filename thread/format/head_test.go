package format

import (
	"strings"
	"testing"

	"threadheat/thread/internal/grams"
)

// Index of a head that detection passes around says what a search says.
func TestIndex(t *testing.T) {
	for _, text := range []string{"", "a", "abcd", "<li class=\"comment\" id=\"comment-12\">a comment of a page</li>"} {
		plain := Head{Bytes: []byte(text)}
		quick := Head{Bytes: plain.Bytes, grams: grams.Of(text)}
		marks := []string{"", "b", "bcd", "xbcd", "comment-1", "comment-2", "comment\" id=\"comment-12\">"}
		for i := range text {
			for j := i; j <= len(text); j++ {
				marks = append(marks, text[i:j], text[i:j]+"x")
			}
		}
		for _, m := range marks {
			want := strings.Index(text, m)
			if plain.Index(m) != want || quick.Index(m) != want || quick.Has(m) != (want >= 0) {
				t.Fatalf("Index(%q) of %q = %d, with grams %d, want %d", m, text, plain.Index(m), quick.Index(m), want)
			}
		}
	}
}

// What is found out of a head is found once, and known to a Decode of the same
// input where the head is all of it.
func TestMemo(t *testing.T) {
	for _, size := range []int{3, HeadSize - 1, HeadSize + 1} {
		head, r, err := Peek("page", strings.NewReader(strings.Repeat("x", size)))
		if err != nil {
			t.Fatal(err)
		}
		worked := 0
		work := func() any { worked++; return len(head.Bytes) }
		src := Source{Reader: r}
		if got := src.Memo("size"); got != nil {
			t.Errorf("of %d bytes %v was kept before there was any work", size, got)
		}
		for range 3 {
			if got := head.Memo("size", work); got != min(size, HeadSize) {
				t.Errorf("Memo of %d bytes = %v", size, got)
			}
		}
		if head.Memo("other", work); worked != 2 {
			t.Errorf("the work under two keys was done %d times, want 2", worked)
		}
		want := any(size)
		if size > HeadSize {
			want = nil
		}
		if got := src.Memo("size"); got != want {
			t.Errorf("the Source of %d bytes has kept %v, want %v", size, got, want)
		}
	}
	worked := 0
	for range 2 {
		Head{}.Memo("key", func() any { worked++; return nil })
	}
	if worked != 2 {
		t.Errorf("a head that nobody has peeked at kept something")
	}
}
