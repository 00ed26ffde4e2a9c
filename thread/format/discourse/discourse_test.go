package discourse

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it: post 1 is the article.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"77 | Rosetta |  | 5"},
		Comments: []string{
			`2 | Alice (alice) | 2021-12-25T07:12:00Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`3 <2 declared | Bob (bob) | 2021-12-26T08:44:00Z | 0 | | "Je ne suis pas d’accord."`,
			`4 <3 declared | Alice (alice) | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z | 3 | | "Relisez donc : tout y est."`,
			`5 | Carol (carol) | 2021-12-27T20:09:00Z | 1 | | "Hors sujet ?"`,
			`6 <5 declared |  | 2021-12-28T06:33:00Z | 0 | deleted | ""`,
		},
	}})
}

// Numbers with holes, quotations, small actions, three ways to be gone, two
// people of one name, and three posts that only the stream knows.
func TestQuirks(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: jsontest.File(t, "quirks.json"),
		Meta: []string{"12 | Quiet pumps |  | 11"},
		Comments: []string{
			`2 | tom_b (tom_b) | 2023-05-01T10:00:00.250Z | 3 | | "The small one & only that."`,
			`4 <2 quoted | Ines (ines) | 2023-05-01T11:00:00Z edited 2023-05-01T11:30:00Z | 0 | | "> only that.\n\nAre you sure?"`,
			`5 | Ines (ines2) | 2023-05-01T12:00:00Z | 0 | | "> Elsewhere.\n\nAnother topic."`,
			`6 | Mod (mod) | 2023-05-01T13:00:00Z | 0 | system | "closed.enabled"`,
			`7 <4 declared | Lea (lea) | 2023-05-01T14:00:00Z | 0 | deleted | ""`,
			`3 |  |  |  | missing | ""`,
			`8 <3 declared |  | 2023-05-01T15:00:00Z | 0 | deleted | ""`,
			`9 <2 declared | Kim (kim) | 2023-05-01T16:00:00Z | 0 | hidden | "Flagged."`,
			`10 <2 declared | Kim (kim) | 2023-05-01T17:00:00Z | 0 | removed | "Gone."`,
		},
		Diagnostics: []string{"more-comments", "missing-parent 8", "count-mismatch"},
	}, {
		Name: "two pages of a topic",
		In: `{"id":3,"title":"T","post_stream":{"posts":[{"id":1,"post_number":1,"cooked":"<p>A"},{"id":2,"post_number":2,"username":"u","cooked":"b"}],"stream":[1,2,3]}}` + "\n" +
			`{"post_stream":{"posts":[{"id":3,"post_number":3,"topic_id":3,"username":"v","cooked":"c","reply_to_post_number":2}]},"id":3}`,
		Meta:     []string{"3 | T |  | "},
		Comments: []string{`2 | u (u) |  |  | | "b"`, `3 <2 declared | v (v) |  |  | | "c"`},
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
