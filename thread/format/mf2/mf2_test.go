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

// The shapes in which software writes its comments: a box around the author, the
// author as a link alone, replies below a post of the fediverse.
func TestShapes(t *testing.T) {
	const page = `<!doctype html><title>Kettles</title><div class="h-entry"><p class="e-content">Does yours hum?</p>
<div class="p-comment u-comment h-cite"><div class="p-author u-author h-card"><img src="a.png" class="u-photo"><a class="u-url p-name" href="https://ada.example/">Ada</a></div><p class="p-content">In E flat.</p><time class="dt-published" datetime="2020-05-01T10:00:00+02:00">1 May</time></div>
<li class="u-comment h-cite"><a href="https://bea.example/" class="p-author h-card">Bea</a> <span class="p-content">Mine in D.</span></li>
<div class="entry entry-successor u-comment h-cite"><div class="status"><a class="status__relative-time u-url u-uid" href="https://m.example/@cem/7"><time class="dt-published" datetime="2020-05-01T12:00:00Z">5y</time></a><a class="status__display-name p-author h-card" href="https://m.example/@cem"><span class="display-name"><strong class="p-name">Cem</strong> <span class="display-name__account">@cem@m.example</span></span></a><p class="p-summary">kettles</p><div class="e-content"><p>Not mine.</p></div></div></div>
<div class="u-like h-cite"><a class="p-author h-card">Dan</a></div></div>`
	th := pagetest.Read(t, Format, page)
	pagetest.Same(t, th,
		"n1 Ada @2020-05-01T10:00:00+02:00 In E flat.",
		"n2 Bea Mine in D.",
		"https://m.example/@cem/7 Cem @2020-05-01T12:00:00Z Not mine.",
	)
	pagetest.Sniffs(t, Format, format.Certain, page)
	if c := th.Comment(2); c.AuthorKey != "https://m.example/@cem" {
		t.Errorf("Cem is known by %q, want his address", c.AuthorKey)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "rosetta.html"), pagetest.File(t, "entry.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
	pagetest.Sniffs(t, Format, format.Possible, `<!doctype html><ol class="comment-list"><li id="comment-1" class="u-comment h-cite comment depth-1"><div class="e-content">a</div></li></ol>`)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "rosetta.html"), pagetest.File(f, "entry.html"))
}
