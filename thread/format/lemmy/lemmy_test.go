package lemmy

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"42 | Rosetta |  | "},
		Comments: []string{
			`501 | Alice (alice@lemmy.example) | 2021-12-25T07:12:00.123Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`502 <501 declared | Bob (bob@lemmy.example) | 2021-12-26T08:44:00.123Z | -2 | | "Je ne suis pas d’accord."`,
			`503 <502 declared | Alice (alice@lemmy.example) | 2021-12-26T14:17:00.123Z edited 2021-12-26T14:30:00.654Z | 3 | | "Relisez donc : tout y est."`,
			`504 | Carol (carol@lemmy.example) | 2021-12-27T20:09:00.123Z | 1 | | "Hors sujet ?"`,
			`505 <504 declared |  | 2021-12-28T06:33:00.123Z | 0 | removed | ""`,
		},
	}})
}

// Missing comments on a path, two servers with a person of one name, a time
// without zone, two posts in one list, more replies than the list has (14 names
// four, one is here; 10 is not here either).
func TestQuirks(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: jsontest.File(t, "quirks.json"),
		Meta: []string{"5 | Bread | https://one.example/post/5 | ", "6 | Cake |  | "},
		Comments: []string{
			`13 <11 declared | uwe (uwe@one.example) | 2023-06-10T10:00:00.654Z | 2 | | "Third level, above it nothing is here."`,
			`14 | uwe (uwe@two.example) | 2023-06-10T11:00:00Z edited 2023-06-10T11:05:00Z | -3 | | "Same name, another server."`,
			`15 <14 declared | Vera (vera@two.example) | 2023-06-10T12:00:00Z | 1 | deleted | ""`,
			`17 <11 declared |  | 2023-06-10T14:00:00Z | 0 | removed | ""`,
			`11 <10 declared |  |  |  | missing | ""`,
			`10 |  |  |  | missing | ""`,
			`16 | Vera (vera@two.example) | 2023-06-10T13:00:00Z | 1 | | "Another post."`,
		},
		Diagnostics: []string{"missing-parent 11", "missing-parent 10", "more-comments"},
	}})
	threads, _ := jsontest.Read(Format, jsontest.File(t, "quirks.json"))
	for _, d := range threads[0].Diagnostics() {
		if d.Code == "more-comments" && d.Message != "4 more comments are not in the input (the counts of replies tell)" {
			t.Errorf("%s, want 3 below 14 and the one at 10", d.Message)
		}
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
