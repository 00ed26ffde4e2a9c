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
