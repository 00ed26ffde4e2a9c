package telegram

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it. Telegram has no scores
// here and nothing of a deleted message.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"12345 | Rosetta |  | "},
		Comments: []string{
			`1 | Alice (user75) | 2021-12-25T07:12:00Z |  | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`2 <1 declared | Bob (user76) | 2021-12-26T08:44:00Z |  | | "Je ne suis pas d’accord."`,
			`3 <2 declared | Alice (user75) | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z |  | | "Relisez donc : tout y est."`,
			`4 | Carol (user77) | 2021-12-27T20:09:00Z |  | | "Hors sujet ?"`,
		},
	}})
}

// An older export of two chats: local times only, text in parts, a message of
// the chat itself, two deleted accounts, two people of one name, an answer to a
// message that is gone and one to another chat.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"4444444444 | Garden |  | ", "5555555555 |  |  | "},
		Comments: []string{
			`100 | Ulla (user1) | 2019-07-01T09:00:00 |  | system | "create group"`,
			`101 | Ulla (user1) | 2019-07-01T10:00:00 |  | | "See https://example.org & come!"`,
			`102 <101 declared |  | 2019-07-01T11:00:00 edited 2019-07-01T11:05:00 |  | | "I will."`,
			`99 |  |  |  | missing | ""`,
			`103 <99 declared |  | 2019-07-01T12:00:00 |  | | "🌻"`,
			`104 | Ulla (user9) | 2019-07-01T13:00:00 | -3 | | "From elsewhere."`,
			`100 | Ulla (user1) | 2019-07-02T08:00:00Z |  | | "Note"`,
		},
		Diagnostics: []string{"missing-parent 104", "missing-parent 103"},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got := threads[0].Authors(); got != 5 { // two named Ulla, two deleted accounts, a ghost
		t.Errorf("Authors() = %d, want 5", got)
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
