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
		"301 zoe @2011-03-03T14:17:00 [post] Summt eurer?/Meiner ja.",
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

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "vb3.html"), pagetest.File(t, "vb4.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "vb3.html"), pagetest.File(f, "vb4.html"))
}
