package discoursepage

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

// The quotation in post 5 names a post 2 of another topic; post 3, which post 6
// quotes, is not on the page.
func TestTopic(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "topic.html"))
	pagetest.Same(t, th,
		"1 zoe @2022-03-01T08:00:00Z +3 [post] Does yours?",
		"2 ada @2022-03-01T09:00:00Z In E flat.",
		"4 <2(quoted) bea @2022-03-01T10:00:00Z > In E flat.//Mine in D.",
		"5 cem @2022-03-01T11:00:00Z > Another topic.//See there.",
		"3 [missing]",
		"6 <3(quoted) bea @2022-03-01T12:00:00Z > Gone by now.//Quite.",
		"7 ada @2022-03-01T13:00:00Z [deleted]",
	)
	if m := th.Meta(); m.Title != "Kettles that hum" || m.URL != "https://forum.example/t/kettles-that-hum/77" {
		t.Errorf("title %q, URL %q", m.Title, m.URL)
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments missing-parent"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

// Pages up to 2018 marked posts for search engines only.
func TestEarly(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "early.html"))
	pagetest.Same(t, th,
		"1 zoe @2016-03-01T08:00:00Z +3 [post] Does yours?",
		"2 <1(quoted) ada @2016-03-01T09:00:00Z +0 > Does yours?//In E flat.",
		"3 bea @2016-03-01T10:00:00Z +1 > Another topic.//See there.",
	)
	if got := strings.Join(pagetest.Codes(th), " "); got != "more-comments" {
		t.Errorf("diagnostics %q, want more-comments: the page before", got)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "topic.html"), pagetest.File(t, "early.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "topic.html"), pagetest.File(f, "early.html"))
}
