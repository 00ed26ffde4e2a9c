package slashdot

import (
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

func TestStory(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "story.html"))
	pagetest.Same(t, th,
		"6001 zoe @2021-05-22T14:34:00 +5 In a vacuum?//> too",
		"6002 <6001(nested) Anonymous Coward @2021-05-22T15:00:00 -1 Inside the cabin.",
		"6004 <6002(nested) Anonymous Coward @2021-05-22T16:00:00 +0 Outside, too.",
		"6003 bea @2021-05-23T09:05:00 [hidden]",
	)
	if a, b := th.Author(1), th.Author(2); a == b {
		t.Error("two people without a name are one, want two")
	}
	if m := th.Meta(); m.Title != "A kettle in space" || m.Article != "It hums there, too." {
		t.Errorf("title %q, article %q", m.Title, m.Article)
	}
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "story.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) { pagetest.Fuzz(f, Format, pagetest.File(f, "story.html")) }
