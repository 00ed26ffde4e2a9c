package mf2

import (
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestRosetta(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "rosetta.html"))
	pagetest.Rosetta(t, th, func(id string) string { return id }, "score", "edited")
	if m := th.Meta(); m.Title != "Rosetta" || m.Article != "Corps." {
		t.Errorf("title %q, article %q", m.Title, m.Article)
	}
}

func TestEntry(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "entry.html"))
	pagetest.Same(t, th,
		"n1 Ada @2020-05-01T10:00:00+02:00 In which key?",
		"n2 <n1(declared) Bea @2020-05-02 E flat, surely.//> key",
	)
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "rosetta.html"), pagetest.File(t, "entry.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
	pagetest.Sniffs(t, Format, format.Possible, `<!doctype html><ol class="comment-list"><li id="comment-1" class="u-comment h-cite comment depth-1"><div class="e-content">a</div></li></ol>`)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "rosetta.html"), pagetest.File(f, "entry.html"))
}
