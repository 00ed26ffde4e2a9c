package grams

import (
	"slices"
	"strings"
	"testing"
)

func TestMayAllowsAllThatIsThere(t *testing.T) {
	for _, text := range []string{"", "a", "abc", "abcd", "abcde", "<li class=\"comment\" id=\"comment-12\">a comment</li>", strings.Repeat("\x00\xff", 40)} {
		s, b := Of(text), Of([]byte(text))
		if !slices.Equal(s.bits, b.bits) {
			t.Errorf("the sets of %q as string and as bytes differ", text)
		}
		for i := range text {
			for j := i; j <= len(text); j++ {
				if !s.May(text[i:j]) {
					t.Fatalf("May(%q) of %q is false", text[i:j], text)
				}
			}
		}
	}
}

func TestMayRulesOut(t *testing.T) {
	s := Of(strings.Repeat("<p class=\"text\">some words of a page</p>\n", 100))
	for _, m := range []string{"comment-reply-link", "nestedlisting", "wordpress.org/export/1.", "page</p>\n<p>", "text>"} {
		if s.May(m) {
			t.Errorf("%q is not ruled out", m)
		}
	}
	for _, m := range []string{"", "x", "qqq"} {
		if !s.May(m) {
			t.Errorf("%q is ruled out, but nothing is known of marks as short", m)
		}
	}
}

func BenchmarkOf(b *testing.B) {
	text := strings.Repeat("<li class=\"comment even\" id=\"comment-12\">Words of a page, and more of them</li>\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Of(text)
	}
}
