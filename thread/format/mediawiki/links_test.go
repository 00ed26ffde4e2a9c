package mediawiki

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// The links of a page and its text without tags are what expressions find.
func TestLinksAndText(t *testing.T) {
	link := regexp.MustCompile(`<a\s[^<>]*?href=["']([^"'<>]+)["']|class=["']mw-selflink selflink`)
	tag := regexp.MustCompile(`<[^<>]*>`)
	pieces := []string{"<", ">", "<a ", "<a\n", "<abbr ", " href=", `href="/wiki/A"`, "href='b'", `"`, "'", "x", "&nbsp;", `class="mw-selflink selflink"`, "class=", `"mw-selflink selflink`, "</a>", "text"}
	r := rand.New(rand.NewPCG(3, 4))
	found := 0
	for range 20_000 {
		var b strings.Builder
		for range r.IntN(25) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		s := b.String()
		var want, got []string
		for _, m := range link.FindAllStringSubmatchIndex(s, -1) {
			if m[2] < 0 {
				want = append(want, fmt.Sprint(m[0], " itself"))
			} else {
				want = append(want, fmt.Sprint(m[0], s[m[2]:m[3]]))
			}
		}
		for at, href := range links([]byte(s)) {
			if href == nil {
				got = append(got, fmt.Sprint(at, " itself"))
			} else {
				got = append(got, fmt.Sprint(at, string(href)))
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("links(%q) = %q, want %q", s, got, want)
		}
		found += len(want)
		if got, want := textOf([]byte(s)), strings.ReplaceAll(tag.ReplaceAllString(s, ""), "&nbsp;", " "); got != want {
			t.Fatalf("textOf(%q) = %q, want %q", s, got, want)
		}
	}
	if found < 5000 {
		t.Errorf("only %d links in the random pages", found)
	}
}
