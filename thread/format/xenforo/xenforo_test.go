package xenforo

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestVersion2(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "xf2.html"))
	pagetest.Same(t, th,
		"501 zoe @2021-01-01T10:00:00+01:00 edited 2021-01-01T10:30:00+01:00 [post] Does yours hum?/Mine does.",
		"503 <501(quoted) bea @2021-01-01T11:00:00+01:00 > Does yours hum?//No, @cem.",
		"504 dan @2021-01-01T11:30:00+01:00 [removed] Rude words.",
	)
	if m := th.Meta(); m.Title != "Kettles" || m.Lang != "en-US" {
		t.Errorf("meta %+v", m)
	}
	if got := strings.Join(pagetest.Codes(th), " "); got != "more-comments" {
		t.Errorf("diagnostics %q, want more-comments", got)
	}
}

// Sites that strip the marks of the quotation leave those of its link.
func TestLinkOfQuotation(t *testing.T) {
	th := pagetest.Read(t, Format, strings.Replace(pagetest.File(t, "xf2.html"), `data-source="post: 501"`, "", 1))
	if got, want := pagetest.Lines(th)[1], "503 <501(quoted) bea"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestVersion1(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "xf1.html"))
	pagetest.Same(t, th,
		"601 zoe @2013-05-01T10:00:00 [post] Does yours hum?",
		"602 <601(quoted) bea @2013-05-01T10:00:00Z edited 2013-05-01T11:00:00Z > Does yours hum?//No.",
	)
}

func TestGone(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "xf1-gone.html"))
	pagetest.Same(t, th,
		"611 dan @2013-05-01T10:00:00 [removed]",
		"612 bea @2013-05-01T10:00:00Z [pending] No.",
	)
	if got := strings.Join(pagetest.Codes(th), " "); got != "more-comments" {
		t.Errorf("diagnostics %q, want more-comments", got)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "xf1.html"), pagetest.File(t, "xf2.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "xf1.html"), pagetest.File(f, "xf1-gone.html"), pagetest.File(f, "xf2.html"))
}
