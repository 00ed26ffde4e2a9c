package discord

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it. Discord has no scores
// here and nothing of a deleted message.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"2 | Rosetta #general |  | 4"},
		Comments: []string{
			`924000000000000001 | Alice (75) | 2021-12-25T07:12:00Z |  | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`924000000000000002 <924000000000000001 declared | Bob (76) | 2021-12-26T08:44:00Z |  | | "Je ne suis pas d’accord."`,
			`924000000000000003 <924000000000000002 declared | Alice (75) | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z |  | | "Relisez donc : tout y est."`,
			`924000000000000004 | Carol (77) | 2021-12-27T20:09:00Z |  | | "Hors sujet ?"`,
		},
	}})
}

// Messages of the channel itself by name and by number, references that are no
// answers, an answer to what is gone, two deleted accounts, two people of one
// nickname, a forwarded message.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"20 | Bikes #repair |  | 6"},
		Comments: []string{
			`1100000000000000001 | Fay (7) | 2023-03-03T09:00:00+01:00 |  | system | "Joined the server."`,
			`1100000000000000002 | Fay (7) | 2023-03-03T10:00:00.123+01:00 | 3 | | "My **chain** & me"`,
			`1100000000000000003 <1100000000000000002 declared | gus (8) | 2023-03-03T11:00:00+01:00 edited 2023-03-03T11:01:00+01:00 |  | | "Oil it."`,
			`1100000000000000004 | gus (8) | 2023-03-03T12:00:00+01:00 |  | system | "Pinned a message."`,
			`1100000000000000005 | Fay (9) | 2023-03-03T13:00:00+01:00 |  | | "> From another channel"`,
			`1099999999999999999 |  |  |  | missing | ""`,
			`1100000000000000006 <1099999999999999999 declared |  | 2023-03-03T14:00:00+01:00 |  | | "Where did it go?"`,
			`1100000000000000007 |  | 2023-03-03T15:00:00+01:00 |  | | "No reference."`,
			`1100000000000000008 | Dice (10) | 2023-03-03T16:00:00+01:00 |  | | "/roll"`,
			`1100000000000000009 | Fay (7) | 2023-03-03T17:00:00+01:00 |  | system | "boosted"`,
		},
		Diagnostics: []string{"missing-parent 1100000000000000006"},
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
