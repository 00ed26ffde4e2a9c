package page

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"threadheat/thread/format"
)

// FindAround finds what a search of the whole page finds.
func TestFindAround(t *testing.T) {
	match := regexp.MustCompile(`<li[^<>]* class=["'][^"'<>]*\bcomment\b[^"'<>]*\b(?:depth-\d|odd alt)|id=["']comment-\d+["']`)
	marks := []string{"depth-", "odd alt", "comment-"}
	pieces := []string{"<", ">", "<li", " class=", `<li class="comment `, `id="comment-3`, `"`, "comment", " ", "depth-", "3", "odd alt", "id=", `"comment-`, "-", "'", "x"}
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(30) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		if r.IntN(2) == 0 {
			b.WriteString(`<li class="comment depth-1">`)
		}
		s := b.String()
		want := match.FindString(s)
		if got := string(FindAround(format.Head{Bytes: []byte(s)}, match, marks...)); got != want {
			t.Fatalf("FindAround(%q) = %q, want %q", s, got, want)
		}
		if want != "" && !strings.HasPrefix(want, `<li class="comment depth-1`) {
			found++
		}
	}
	if found < 100 {
		t.Errorf("only %d of the random pages have a match of their own", found)
	}
}

// hasMarkup says what one expression would say.
func TestHasMarkup(t *testing.T) {
	markup := regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|div|table|article|ol|ul|p|meta|title)[\s>]`)
	for _, s := range []string{
		"", "<", "<p", "<p>", "<P\n", "<pre>", "<pre><p\f", "<!DOCTYPE html>", "<!DOCTYPE HTML PUBLIC", "<!doctype htmlx>", "<!doctype xml><HTML>", "<<p>", "< p>",
		"<rss><title>", "<article", "<article ", "<ol/>", "<ul\v>", "<meta\tx", "p>", "<tıtle>", "<div\u00a0>", "<html",
	} {
		if got, want := hasMarkup([]byte(s)), markup.MatchString(s); got != want {
			t.Errorf("hasMarkup(%q) = %v, want %v", s, got, want)
		}
	}
}
