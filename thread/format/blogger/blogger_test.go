package blogger

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

// Blogger keeps two levels only: the third comment, which answers the second,
// stands beside it.
func TestRosetta(t *testing.T) {
	th := pagetest.Read(t, Format, strings.ReplaceAll(pagetest.File(t, "rosetta.html"), "700000000000000000", ""))
	pagetest.Same(t, th,
		"1 Alice @2021-12-25T07:12:00Z Premier paragraphe.//Deuxième paragraphe & fin.",
		"2 <1(nested) Bob @2021-12-26T08:44:00Z Je ne suis pas d’accord.",
		"3 <1(nested) Alice @2021-12-26T14:17:00Z Relisez donc : tout y est.",
		"4 Carol @2021-12-27T20:09:00Z Hors sujet ?",
		"5 <4(nested) @2021-12-28T06:33:00Z [deleted]",
	)
}

func TestThreaded(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "threaded.html"))
	pagetest.Same(t, th,
		"81 Unknown @2020-05-01T10:00:00Z Welche Sorte?//Und wie tief?",
		"82 <81(nested) Ada @2020-05-01T11:00:00.123Z Feuerbohnen, drei Zentimeter.",
		"83 Anonym @2020-05-01T12:00:00Z Zu tief!",
		"84 @2020-05-01T13:00:00Z [removed]",
	)
	m := th.Meta()
	if m.Title != "Bohnen" || m.Article != "Heute gesät." || m.Declared != 4 || m.Lang != "de" || m.URL != "https://garten.example/2020/05/bohnen.html" {
		t.Errorf("meta %+v", m)
	}
}

func TestFlat(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "flat.html"))
	pagetest.Same(t, th,
		"91 Ada @2011-10-27T12:39:42.528Z First./Still first.",
		"92 Anonymous @2011-10-27T06:00:00 Second.",
		"93 Bea @2011-10-27T14:29:42.528Z [deleted]",
	)
}

func TestSniff(t *testing.T) {
	pagetest.Sniffs(t, Format, format.Certain, pagetest.File(t, "rosetta.html"), pagetest.File(t, "threaded.html"), pagetest.File(t, "flat.html"))
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
}

func FuzzDecode(f *testing.F) {
	pagetest.Fuzz(f, Format, pagetest.File(f, "rosetta.html"), pagetest.File(f, "threaded.html"), pagetest.File(f, "flat.html"))
}
