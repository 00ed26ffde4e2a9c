package spip

import (
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestForum(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "forum.html"))
	pagetest.Same(t, th,
		"41 Ada @2018-09-11T10:57:27Z La mienne chante.//- deux notes/- trois",
		"42 <41(nested) @2018-09-11T12:00:00Z Sans nom, moi.",
		"43 <42(nested) Ada @2018-09-12T08:00:00Z Et alors ?",
		"44 Béa @2018-09-13T09:30:00 La mienne non.",
	)
	if m := th.Meta(); m.Title != "La bouilloire" || m.Article != "L'article." || m.Lang != "fr" {
		t.Errorf("meta %+v", m)
	}
}

// Other skeletons name the same parts otherwise.
func TestSkeletons(t *testing.T) {
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "dist3.html")),
		"51 Ada @2018-09-11T10:57:27Z La mienne chante.",
		"52 @2018-09-12T08:00:00Z La mienne non.",
	)
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "zcore.html")),
		"61 Ada @2018-09-11T10:57:27Z La mienne chante.",
		"62 <61(nested) @2018-09-11T12:00:00Z La mienne non.",
	)
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "forum.html"), pagetest.File(t, "dist3.html"), pagetest.File(t, "zcore.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "forum.html"), pagetest.File(f, "dist3.html"), pagetest.File(f, "zcore.html"))
}
