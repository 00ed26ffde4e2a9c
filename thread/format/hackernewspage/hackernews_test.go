package hackernewspage

import (
	"strings"
	"testing"
	"time"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestRosetta(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "rosetta.html"))
	pagetest.Rosetta(t, th, func(id string) string { return strings.Replace(id, "2970000", "c", 1) }, "score", "edited")
	if m := th.Meta(); m.Title != "Rosetta" || m.Declared != 5 {
		t.Errorf("title %q, %d declared, want Rosetta, 5", m.Title, m.Declared)
	}
}

func TestQuirks(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "item.html"))
	pagetest.Same(t, th,
		"101 ada @2020-05-01T10:00:00Z First line.//Second, no opening tag.",
		"102 <101(nested) [removed]",
		"103 <102(nested) bea @2020-05-01T10:02:00Z I saw it before.",
		"104 <101(nested) cem @2020-05-01T10:03:00Z > quoted by hand//No.",
		"105 [deleted]",
		"106 <105(nested) ada @2020-05-01T10:05:00Z Jumps two levels.",
	)
	m := th.Meta()
	if m.Title != "Ask: is it so?" || m.Article != "The question itself." || m.Declared != 8 {
		t.Errorf("title %q, article %q, %d declared", m.Title, m.Article, m.Declared)
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

// The page of 2013 tells times only as distances from when it was saved.
func TestOldPages(t *testing.T) {
	page := pagetest.File(t, "2013.html")
	pagetest.Same(t, pagetest.Read(t, Format, page), "11 ada One.//Two.", "12 <11(nested) bea Three.", "13 cem Four.")
	pagetest.Same(t, pagetest.ReadAt(t, Format, page, time.Date(2013, 6, 30, 12, 0, 0, 0, time.UTC)),
		"11 ada @2013-06-14 One.//Two.", "12 <11(nested) bea @2013-06-15 Three.", "13 cem @2013-06-30T10:00:00Z Four.")
}

func TestSniff(t *testing.T) {
	for _, name := range []string{"rosetta.html", "item.html", "2013.html"} {
		pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, name))
	}
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	var seeds []string
	for _, name := range []string{"rosetta.html", "item.html", "2013.html"} {
		seeds = append(seeds, pagetest.File(f, name))
	}
	pagetest.Fuzz(f, Format, seeds...)
}
