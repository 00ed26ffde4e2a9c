package github

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it. GitHub is flat and has
// nothing of a deleted comment.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"o/r#1 |  | https://github.com/o/r/issues/1 | "},
		Comments: []string{
			`701 | alice | 2021-12-25T07:12:00Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`702 | bob | 2021-12-26T08:44:00Z | 0 | | "Je ne suis pas d’accord."`,
			`703 | alice | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z | 3 | | "Relisez donc : tout y est."`,
			`704 | carol | 2021-12-27T20:09:00Z | 1 | | "Hors sujet ?"`,
		},
	}})
}

// Comments on lines of a pull request and on an issue in one list, numbers of
// 19 digits, three people who are gone, a parent that is not here.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"o/r#8 |  | https://github.com/o/r/pull/8 | ", "o/r#9 |  | https://github.com/o/r/issues/9 | "},
		Comments: []string{
			`1700000000000000001 | dora | 2020-05-05T10:00:00Z | -2 | | "Why ` + "`x`" + `?\n\n> a quote"`,
			`1700000000000000002 <1700000000000000001 declared |  | 2020-05-05T11:00:00Z |  | | "Because."`,
			`1699999999999999999 |  |  |  | missing | ""`,
			`1700000000000000004 <1699999999999999999 declared |  | 2020-05-05T13:00:00Z |  | | ""`,
			`1700000000000000003 |  | 2020-05-05T12:00:00Z edited 2020-05-06T12:00:00Z |  | | "Another issue."`,
		},
		Diagnostics: []string{"missing-parent 1700000000000000004"},
	}, {
		// What `gh api --paginate` writes.
		Name: "two pages", In: `[{"id":1,"issue_url":"u","user":{"login":"a"},"body":"x"}][{"id":2,"issue_url":"u","user":{"login":"b"},"body":"y"}]`,
		Meta:     []string{"u |  |  | "},
		Comments: []string{`1 | a |  |  | | "x"`, `2 | b |  |  | | "y"`},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got := threads[0].Authors(); got != 4 { // dora, two who are gone, the ghost of a comment
		t.Errorf("Authors() = %d, want 4: those who are gone are not one person", got)
	}
}

func TestBadInputs(t *testing.T) {
	for _, name := range []string{"rosetta.json", "quirks.json"} {
		jsontest.BadInputs(t, Format, jsontest.File(t, name))
	}
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "rosetta.json"), jsontest.File(f, "quirks.json"))
}
