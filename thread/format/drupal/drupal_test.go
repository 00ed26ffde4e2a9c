package drupal

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestRosetta(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "rosetta.html"))
	pagetest.Rosetta(t, th, func(id string) string { return "c" + id }, "score", "edited")
	for i := range th.All() {
		if c := th.Comment(i); c.Parent != "" && c.Basis.String() != "declared" {
			t.Errorf("comment %s answers %s: %s, want declared", c.ID, c.Parent, c.Basis)
		}
	}
}

// Where the metadata is missing, the boxes around the replies tell the same.
func TestIndented(t *testing.T) {
	page := strings.ReplaceAll(pagetest.File(t, "rosetta.html"), "sioc:reply_of", "x")
	pagetest.Rosetta(t, pagetest.Read(t, Format, page), func(id string) string { return "c" + id }, "score", "edited")
}

func TestDrupal8(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "drupal8.html"))
	pagetest.Same(t, th,
		"12 ada @2020-05-01T10:00:00Z First.//- a point",
		"13 <12(declared) Anonymous @2020-05-01T11:00:00 Second.",
		"14 Anonymous @2020-05-13T11:00:00 Third.",
	)
	if a, b := th.Author(1), th.Author(2); a == b {
		t.Error("two anonymous visitors are one person, want two")
	}
	if m := th.Meta(); m.Title != "On kettles" || m.Article != "The node." {
		t.Errorf("title %q, article %q", m.Title, m.Article)
	}
}

// In the themes of the core the link to the parent looks like that of the
// comment itself, and so does its author; the weekday tells that the month comes
// first.
func TestThemes(t *testing.T) {
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "classy.html")),
		"42 ada @2020-05-01T10:00:00 First.",
		"43 <42(declared) cem @2020-05-01T11:00:00 Second.",
	)
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "bartik.html")),
		"22 ada @2020-05-01T10:00:00 First.",
		"23 <22(declared) cem @2020-05-13T11:00:00 [pending] Second.",
	)
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "olivero.html")),
		"32 ada @2020-05-01 First.",
		"33 <32(declared) cem @2020-05-02 [pending] Second.",
	)
}

func TestDrupal6(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "drupal6.html"))
	pagetest.Same(t, th,
		"5 ada @2020-05-01T10:00:00 Eins.",
		"6 <5(nested) bea @2020-05-01T10:30:00 [pending] Zwei.",
		"7 <6(nested) ada @2020-05-02T09:00:00 Drei.",
		"8 cem @2020-05-02T12:00:00 Vier.",
	)
	if got := strings.Join(pagetest.Codes(th), " "); got != "more-comments" {
		t.Errorf("diagnostics %q, want more-comments", got)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "rosetta.html"), pagetest.File(t, "drupal8.html"), pagetest.File(t, "drupal6.html"), pagetest.File(t, "bartik.html"), pagetest.File(t, "olivero.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "rosetta.html"), pagetest.File(f, "drupal8.html"), pagetest.File(f, "drupal6.html"), pagetest.File(f, "classy.html"), pagetest.File(f, "bartik.html"), pagetest.File(f, "olivero.html"))
}
