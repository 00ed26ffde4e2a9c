package oldreddit

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestRosetta(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "rosetta.html"))
	pagetest.Rosetta(t, th, func(id string) string { return strings.Replace(id, "hq0000", "c", 1) })
}

func TestQuirks(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "thread.html"))
	pagetest.Same(t, th,
		"a1 ada @2019-03-01T09:00:00Z edited 2019-03-01T09:30:00Z +7 > in E flat//Lucky you.",
		"a2 <a1(nested) @2019-03-01T10:00:00Z +1 [removed]",
		"a3 <a2(nested) bea @2019-03-01T11:00:00Z Why was that removed?",
		"a4 @2019-03-01T12:00:00Z -3 The account is gone, the words are not.",
	)
	m := th.Meta()
	if m.Title != "A kettle that hums" || m.Article != "Mine hums in E flat." || m.Declared != 1009 || m.Lang != "en" {
		t.Errorf("title %q, article %q, %d declared, lang %q", m.Title, m.Article, m.Declared, m.Lang)
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "rosetta.html"), pagetest.File(t, "thread.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "rosetta.html"), pagetest.File(f, "thread.html"))
}
