package format

import (
	"bytes"
	"strings"
	"testing"
)

func BenchmarkParts(b *testing.B) {
	text := []byte(strings.Repeat("<li class=\"comment even\" id=\"comment-12\">Words of a page, and more of them</li>\n", 1000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		partsOf(text)
	}
}

// Has of a head that detection passes around says what a search says.
func TestHas(t *testing.T) {
	for _, text := range []string{"", "a", "abc", "abcd", "abcde", "<li class=\"comment\" id=\"comment-12\">a comment of a page</li>", strings.Repeat("\x00\xff", 40)} {
		plain := Head{Bytes: []byte(text)}
		quick := Head{Bytes: plain.Bytes, parts: partsOf(plain.Bytes)}
		marks := []string{"", "b", "bcd", "xbcd", "cdea", "comment-1", "comment-2", "comment\" id=\"comment-12\">", "\xff\x00\xff\x00", "\x00\x00\x00\x00"}
		for i := range text {
			for j := i; j <= len(text); j++ {
				marks = append(marks, text[i:j], text[i:j]+"x")
			}
		}
		for _, m := range marks {
			if want := strings.Contains(text, m); plain.Has(m) != want || quick.Has(m) != want {
				t.Fatalf("Has(%q) of %q = %v, with parts %v, want %v", m, text, plain.Has(m), quick.Has(m), want)
			}
		}
	}
}

// The parts of a page rule out most marks that it does not have.
func TestPartsRuleOut(t *testing.T) {
	p := partsOf(bytes.Repeat([]byte("<p class=\"text\">some words of a page</p>\n"), 100))
	for _, m := range []string{"comment-reply-link", "nestedlisting", "wordpress.org/export/1."} {
		if p.may(m) {
			t.Errorf("%q is not ruled out", m)
		}
	}
}
