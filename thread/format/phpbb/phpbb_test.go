package phpbb

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

// Post 122 names the post it quotes; 123 names the author, and the words are
// his; 124 quotes what nobody wrote.
func TestTopic(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "topic.html"))
	pagetest.Same(t, th,
		"120 zoe @2020-05-01T10:00:00Z edited 2020-05-01T10:20:00 [post] Does yours hum?/Mine does.",
		"121 Guest @2020-05-01T11:00:00 It whistles, that is different.",
		"122 <120(quoted) bea @2020-05-01T12:00:00 > Does yours hum?//No.",
		"123 <121(quoted) cem @2020-05-01T13:00:00 > > Mine does./>/> It whistles//Quite different.",
		"124 bea @2020-05-01T14:00:00 > words he never wrote//> Hm.//So?",
	)
	if m := th.Meta(); m.Title != "Kettles" || m.Declared != 12 {
		t.Errorf("title %q, %d declared, want Kettles, 12", m.Title, m.Declared)
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

func TestLaterPage(t *testing.T) {
	th := pagetest.Read(t, Format, strings.Replace(pagetest.File(t, "topic.html"), `#p120">Kettles`, `#p120">Re: Kettles`, 1))
	if got := pagetest.Lines(th)[0]; strings.Contains(got, "[post]") {
		t.Errorf("the first post of a later page is %q, want an ordinary comment", got)
	}
}

// Version 3.0, as a moderator of later versions sees it: a post of somebody whom
// the reader ignores, one that is deleted, one that waits.
func TestModerated(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "olympus.html"))
	pagetest.Same(t, th,
		"130 zoe @2009-05-01T10:00:00 Does yours hum?",
		"131 [hidden] This post was made by dan who is currently on your ignore list. Display this post.",
		"132 cem @2009-05-01T11:00:00 [removed] Rude words.",
		"133 <130(quoted) Guest @2009-05-01T12:00:00 [pending] > Does yours hum?//No.",
	)
	if m := th.Meta(); m.Title != "Kettles" || m.Declared != 12 {
		t.Errorf("title %q, %d declared, want Kettles, 12", m.Title, m.Declared)
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "more-comments count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

// A post in this style is a table in which others stand: attachments, the reason
// of an edit.
func TestSubsilver(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "subsilver2.html"))
	pagetest.Same(t, th,
		"120 zoe @2009-05-01T10:00:00 Does yours hum?/Mine does.",
		"121 Guest @2009-05-01T11:00:00 [pending] > Mine does.//It whistles.",
	)
	if m := th.Meta(); m.Title != "Kettles" || m.Declared != 12 {
		t.Errorf("title %q, %d declared, want Kettles, 12", m.Title, m.Declared)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "topic.html"), pagetest.File(t, "olympus.html"), pagetest.File(t, "subsilver2.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "topic.html"), pagetest.File(f, "olympus.html"), pagetest.File(f, "subsilver2.html"))
}
