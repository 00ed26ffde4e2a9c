package youtube

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it. YouTube has two levels,
// no negative scores, and nothing of a deleted comment.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"dQw4w9WgXc0 |  | https://www.youtube.com/watch?v=dQw4w9WgXc0 | "},
		Comments: []string{
			`Ugx1 | @Alice (UCalice) | 2021-12-25T07:12:00Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`Ugx1.9a2 <Ugx1 declared | @Bob (UCbob) | 2021-12-26T08:44:00Z | 0 | | "Je ne suis pas d’accord."`,
			`Ugx1.9a3 <Ugx1 declared | @Alice (UCalice) | 2021-12-26T14:17:00Z edited 2021-12-26T14:30:00Z | 3 | | "Relisez donc : tout y est."`,
			`Ugx4 | @Carol (UCcarol) | 2021-12-27T20:09:00Z | 1 | | "Hors sujet ?"`,
		},
	}})
}

// Three of five replies are not here, the list has another page, two videos are
// mixed, two people have one name and one has none.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"vid00000001 |  | https://www.youtube.com/watch?v=vid00000001 | ", "vid00000002 |  | https://www.youtube.com/watch?v=vid00000002 | "},
		Comments: []string{
			`Ugk1 | @kim (UCkim) | 2022-08-01T10:00:00Z | 12 | | "Nice hat & coat\nat 1:05"`,
			`Ugk1.r1 <Ugk1 declared | @kim (UCother) | 2022-08-01T11:00:00Z edited 2022-08-03T11:00:00Z | 0 | | "@kim which one?"`,
			`Ugk1.r2 <Ugk1 declared |  | 2022-08-01T12:00:00Z | 0 | pending | "Held back."`,
			`Ugk2 | @lou (UClou) | 2022-08-02T10:00:00Z | 1 | removed | "Another video"`,
		},
		Diagnostics: []string{"more-comments", "more-comments"},
	}, {
		Name: "two pages in an array", In: `[{"kind":"youtube#commentThreadListResponse","nextPageToken":"x","items":[{"id":"A","snippet":{"videoId":"v","topLevelComment":{"id":"A","snippet":{"textOriginal":"x","authorDisplayName":"@n"}}}}]},` +
			`{"kind":"youtube#commentThreadListResponse","items":[{"id":"B","snippet":{"videoId":"v","topLevelComment":{"id":"B","snippet":{"textOriginal":"y","authorDisplayName":"@m"}}}}]}]`,
		Comments: []string{`A | @n |  |  | | "x"`, `B | @m |  |  | | "y"`},
	}, {
		Name: "items without their page", In: `[{"kind":"youtube#commentThread","id":"A","snippet":{"videoId":"v","topLevelComment":{"id":"A","snippet":{"textOriginal":"x","authorDisplayName":"@n"}}}}]`,
		Comments: []string{`A | @n |  |  | | "x"`},
	}, {
		Name: "comments.list: replies alone",
		In:   `{"kind":"youtube#commentListResponse","items":[{"kind":"youtube#comment","id":"A.b","snippet":{"parentId":"A","textOriginal":"x","authorDisplayName":"@n"}}]}`,
		Meta: []string{" |  |  | "},
		Comments: []string{
			`A |  |  |  | missing | ""`,
			`A.b <A declared | @n |  |  | | "x"`,
		},
		Diagnostics: []string{"missing-parent A.b"},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got, want := threads[0].Diagnostics()[0].Message, "3 more comments are not in the input (replies to Ugk1)"; got != want {
		t.Errorf("%s, want %s", got, want)
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
