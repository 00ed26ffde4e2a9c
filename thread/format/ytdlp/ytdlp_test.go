package ytdlp

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it. YouTube has two levels,
// no negative scores, and nothing of a deleted comment.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"dQw4w9WgXc0 | Rosetta | https://www.youtube.com/watch?v=dQw4w9WgXc0 | 4"},
		Comments: []string{
			`Ugx1 | @Alice (UCalice) | 2021-12-25T07:12:00Z | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`Ugx1.9a2 <Ugx1 declared | @Bob (UCbob) | 2021-12-26T08:44:00Z | 0 | | "Je ne suis pas d’accord."`,
			`Ugx1.9a3 <Ugx1 declared | @Alice (UCalice) | 2021-12-26T14:17:00Z | 3 | | "@Bob Relisez donc : tout y est."`,
			`Ugx4 | @Carol (UCcarol) | 2021-12-27T20:09:00Z | 1 | | "Hors sujet ?"`,
		},
	}})
}

// Times made of "2 years ago" are no finer than that, two people have one name,
// two have none, and two comments were not saved.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"vid00000003 | Kites | https://www.youtube.com/watch?v=vid00000003 | 7"},
		Comments: []string{
			`Ug1 | @a (UCa) | 2021 year | 3 | | "First"`,
			`Ug1.x <Ug1 declared | @b (UCb) | 2021-12 month |  | | "@a second"`,
			`Ug2 | @a (UCc) | 2021-12-25 day | 0 | | "Third"`,
			`Ug3 |  | 2021-12-25T05:00:00Z hour | 0 | | "Fourth"`,
			`Ug4 |  | 2021-12-25T05:00:01Z | -2 | | "Fifth & last"`,
		},
		Diagnostics: []string{"count-mismatch"},
	}, {
		Name: "comments were not saved", In: `{"id":"v","title":"T","extractor_key":"Youtube","webpage_url":"https://example.org/v","comment_count":null}`,
		Meta:        []string{"v | T | https://example.org/v | "},
		Diagnostics: []string{"no-comments"},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got := threads[0].Authors(); got != 5 {
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
