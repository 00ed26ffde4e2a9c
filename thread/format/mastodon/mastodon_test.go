package mastodon

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it; a context has nothing of
// a deleted status.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"10940000 |  |  | "},
		Comments: []string{
			`10940001 | Alice (alice@example.social) | 2021-12-25T07:12:00Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`10940002 <10940001 declared | Bob (bob@example.social) | 2021-12-26T08:44:00Z | 0 | | "Je ne suis pas d’accord."`,
			`10940003 <10940002 declared | Alice (alice@example.social) | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z | 3 | | "Relisez donc : tout y est."`,
			`10940004 | Carol (carol@example.social) | 2021-12-27T20:09:00Z | 1 | | "Hors sujet ?"`,
		},
	}})
}

// A context from the middle of a thread: the status that was asked for keeps
// its place between ancestors and descendants.
func TestQuirks(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: jsontest.File(t, "quirks.json"),
		Meta: []string{"108000000000000001 |  | https://one.example/@ada/1 | "},
		Comments: []string{
			`108000000000000002 | ben@two.example (ben@two.example) | 2022-04-01T09:00:00Z | 1 | | "Second."`,
			`108000000000000003 <108000000000000002 declared |  |  |  | missing | ""`,
			`108000000000000004 <108000000000000003 declared | Ada (ada@three.example) | 2022-04-01T11:00:00Z edited 2022-04-01T11:01:00Z | 0 | | "Food\n\n@ada yes\nno <3"`,
			`108000000000000005 |  |  |  | missing | ""`,
			`108000000000000006 <108000000000000005 declared | ben@two.example (ben@two.example) | 2022-04-01T12:00:00Z | 2 | | "Its parent is on a server that was not asked."`,
			`108000000000000007 | Ada (ada) | 2022-04-01T13:00:00Z | 2 | | "To the start."`,
		},
		Diagnostics: []string{"missing-parent 108000000000000003", "missing-parent 108000000000000006"},
	}, {
		Name: "nothing around it", In: `{"ancestors":[],"descendants":[]}`,
		Meta:        []string{" |  |  | "},
		Diagnostics: []string{"no-comments"},
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
