package lobsterspage

import (
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestStory(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "story.html"))
	pagetest.Same(t, th,
		"aa1 ada @2021-05-01T05:00:00-05:00 +4 > 200 lines//Not with tests.",
		"aa2 <aa1(nested) bea @2021-05-01T06:00:00-05:00 -2 Tests are for people who err.",
		"aa3 <aa2(nested) cem @2021-05-01T07:00:00-05:00 [removed]",
		"aa4 bea @2021-05-02T05:00:00-05:00 [deleted]",
	)
	if m := th.Meta(); m.Title != "A kettle in 200 lines" || m.Article != "Written over a weekend." {
		t.Errorf("title %q, article %q", m.Title, m.Article)
	}
}

// Pages of today have one more list around the comments, and times in seconds.
func TestToday(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "today.html"))
	pagetest.Same(t, th,
		"aa1 ada @2021-05-01T10:00:00Z +4 Not with tests.",
		"aa2 <aa1(nested) bea @2021-05-01T11:00:00Z Tests are for people who err.",
		"aa3 cem @2021-05-01T12:00:00Z [removed]",
	)
	if m := th.Meta(); m.Title != "A kettle in 200 lines" || m.Article != "Written over a weekend." || m.Declared != 3 {
		t.Errorf("meta %+v", m)
	}
}

// On the pages of 2013 the comments stood beside the lists of their replies.
func TestFirst(t *testing.T) {
	pagetest.Same(t, pagetest.Read(t, Format, pagetest.File(t, "first.html")),
		"bb1 ada @2013-05-01T05:00:00-05:00 +3 Hum.",
		"bb2 <bb1(nested) bea @2013-05-01T06:00:00-05:00 -1 No.",
		"bb3 cem @2013-05-01T07:00:00-05:00 [removed]",
	)
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "story.html"), pagetest.File(t, "today.html"), pagetest.File(t, "first.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "story.html"), pagetest.File(f, "today.html"), pagetest.File(f, "first.html"))
}
