package disquspage

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestFrame(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "frame.html"))
	pagetest.Same(t, th,
		"301 Zoe K @2014-02-08T17:18:00 +3 Does yours hum?//Mine does.",
		"302 <301(declared) Bea @2014-02-08T18:00:00 No.",
		"303 <302(declared) @2014-02-08T19:00:00 [deleted]",
		"304 Guest @2014-02-09T08:00:00 It whistles.",
	)
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

// Without the links to parents the lists tell the same.
func TestNested(t *testing.T) {
	th := pagetest.Read(t, Format, strings.ReplaceAll(pagetest.File(t, "frame.html"), "parent-link", "x"))
	if got, want := pagetest.Lines(th)[2], "303 <302(nested)"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "frame.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
	pagetest.Sniffs(t, Format, format.No, `<!doctype html><div id="disqus_thread"></div>`)
}

func FuzzDecode(f *testing.F) { pagetest.Fuzz(f, Format, pagetest.File(f, "frame.html")) }
