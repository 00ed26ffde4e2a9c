package vbulletin

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestVersion4(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "vb4.html"))
	pagetest.Same(t, th,
		"301 zoe @2011-03-03T14:17:00 edited 2011-03-03T14:30:00 [post] Summt eurer?/Meiner ja.",
		"302 <301(quoted) bea @2011-03-03T15:00:00 > Summt eurer?//Nein.",
		"303 <302(quoted) Gast @2011-03-03T16:00:00 > Nein.//Doch.",
	)
	if m := th.Meta(); m.Title != "Kessel" || m.Declared != 14 {
		t.Errorf("title %q, %d declared, want Kessel, 14", m.Title, m.Declared)
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

// The 21st and 22nd tell that the month comes first.
func TestVersion3(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "vb3.html"))
	pagetest.Same(t, th,
		"401 zoe @2009-05-21T14:17:00 edited 2009-05-21T14:30:00 [post] Does yours hum?",
		"402 <401(quoted) bea @2009-05-22T09:00:00 > Originally Posted by zoe/> Does yours hum?//No.",
	)
	if m := th.Meta(); m.Title != "Kettles" {
		t.Errorf("title %q, want Kettles", m.Title)
	}
}

func TestGone(t *testing.T) {
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "vb4-gone.html")),
		"311 zoe @2011-05-21T14:17:00 [post] Does yours hum?",
		"312 dan @2011-05-21T15:00:00 [removed]",
		"313 eve @2011-05-21T16:00:00 [hidden]",
	)
}

// Posts of version 5.2 and of 5.0, with a comment in the first.
func TestVersion5(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "vb5.html"))
	pagetest.Same(t, th,
		"700 zoe @2020-05-01T10:00:00Z [post] Does yours hum?/Mine does.",
		"702 <700(nested) cem @2020-05-01T12:00:00 In E flat.",
		"701 <700(quoted) Guest @2020-05-01T11:00:00Z > Does yours hum?//No.",
		"703 @2020-05-02T09:00:00 [removed]",
		"704 bea @2020-05-22T10:00:00 [pending] Mine in D.",
	)
	if m := th.Meta(); m.Title != "Kettles" {
		t.Errorf("title %q, want Kettles", m.Title)
	}
	if got := strings.Join(pagetest.Codes(th), " "); got != "more-comments" {
		t.Errorf("diagnostics %q, want more-comments", got)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "vb3.html"), pagetest.File(t, "vb4.html"), pagetest.File(t, "vb5.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "vb3.html"), pagetest.File(f, "vb4.html"), pagetest.File(f, "vb4-gone.html"), pagetest.File(f, "vb5.html"))
}
