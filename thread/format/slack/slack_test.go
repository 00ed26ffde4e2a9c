package slack

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it, in three days. Slack
// has two levels, no scores here, and the names in a file of their own.
func TestRosetta(t *testing.T) {
	days := jsontest.File(t, "rosetta.json") + jsontest.File(t, "rosetta-26.json") + jsontest.File(t, "rosetta-27.json")
	first := `1640416320.000001 | UALICE (UALICE) | 2021-12-25T07:12:00Z |  | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`
	second := []string{
		`1640508240.000002 <1640416320.000001 declared | UBOB (UBOB) | 2021-12-26T08:44:00Z |  | | "Je ne suis pas d’accord."`,
		`1640528220.000003 <1640416320.000001 declared | UALICE (UALICE) | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z |  | | "Relisez donc : tout y est."`,
	}
	third := `1640635740.000004 | UCAROL (UCAROL) | 2021-12-27T20:09:00Z |  | | "Hors sujet ?"`
	jsontest.Check(t, Format, []jsontest.Want{
		{Name: "three days", In: days, Meta: []string{" |  |  | "}, Comments: []string{first, second[0], second[1], third}},
		{Name: "the first", In: jsontest.File(t, "rosetta.json"), Meta: []string{" |  |  | "}, Comments: []string{first}},
		{
			Name: "the second", In: jsontest.File(t, "rosetta-26.json"), Meta: []string{" |  |  | "},
			Comments:    []string{`1640416320.000001 |  |  |  | missing | ""`, second[0], second[1]},
			Diagnostics: []string{"missing-parent 1640508240.000002"},
		},
	})
}

// Joining, threads, a message shown twice, marks in the text, names from
// profiles, two deleted messages, a program, an answer to another day.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in, Meta: []string{" |  |  | "},
		Comments: []string{
			`1700000000.000100 | una (U1) | 2023-11-14T22:13:20Z |  | system | "@una has joined the channel"`,
			`1700000060.000200 | una (U1) | 2023-11-14T22:14:20Z | 1 | | "Lunch & coffee <3 with @una and @U9, see the plan or https://example.org in #general. @here @cooks"`,
			`1700000120.000300 <1700000060.000200 declared | una (U2) | 2023-11-14T22:15:20Z edited 2023-11-14T22:15:30Z |  | | "1 < 2 and <b"`,
			`1700000180.000400 <1700000060.000200 declared | una (U2) | 2023-11-14T22:16:20Z |  | | "Also to all"`,
			`1700000240.000500 |  | 2023-11-14T22:17:20Z |  | deleted | ""`,
			`1700000250.000600 |  | 2023-11-14T22:17:30Z |  | deleted | ""`,
			`1700000300.000700 | build (B1) | 2023-11-14T22:18:20Z |  | | "done"`,
			`1699990000.000100 |  |  |  | missing | ""`,
			`1700000360.000800 <1699990000.000100 declared | U9 (U9) | 2023-11-14T22:19:20Z |  | | "To yesterday's"`,
		},
		Diagnostics: []string{"duplicate-id 1700000180.000400", "missing-parent 1700000360.000800"},
	}})
}

func TestBadInputs(t *testing.T) {
	for _, name := range []string{"rosetta.json", "quirks.json"} {
		jsontest.BadInputs(t, Format, jsontest.File(t, name))
	}
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "rosetta.json"), jsontest.File(f, "quirks.json"))
}
