package lobsters

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The thread of the rosetta samples, as their expected.json has it.
func TestRosetta(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "rosetta", In: jsontest.File(t, "rosetta.json"),
		Meta: []string{"rofix1 | Rosetta | https://lobste.rs/s/rofix1/rosetta | 5"},
		Comments: []string{
			`ab0001 | alice | 2021-12-25T08:12:00+01:00 | 5 | | "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`ab0002 <ab0001 declared | bob | 2021-12-26T09:44:00+01:00 | -2 | | "Je ne suis pas d’accord."`,
			`ab0003 <ab0002 declared | alice | 2021-12-26T15:17:00+01:00 edited 2021-12-26T15:30:00+01:00 | 3 | | "Relisez donc : tout y est."`,
			`ab0004 | carol | 2021-12-27T21:09:00+01:00 | 1 | | "Hors sujet ?"`,
			`ab0005 <ab0004 declared |  | 2021-12-28T07:33:00+01:00 | 0 | deleted | ""`,
		},
	}})
}

// An older story: parents from indent levels (with a jump), users as objects,
// HTML only, removed by author and by moderator, and two people who are gone.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"zz1abc | A small parser | https://lobste.rs/s/zz1abc/small_parser | 5"},
		Comments: []string{
			`q1 | mira | 2019-03-01T09:00:00-06:00 | 4 | | "Yes & no."`,
			`q2 <q1 nested | noor | 2019-03-01T10:00:00-06:00 edited 2019-03-01T10:05:00-06:00 | 1 | | "> Yes\n\nWhy?"`,
			`q3 <q2 nested | pia | 2019-03-01T11:00:00-06:00 | 0 | removed | ""`,
			`q4 <q1 nested | mira | 2019-03-01T12:00:00-06:00 | 2 | deleted | ""`,
			`q5 |  | 2019-03-01T13:00:00-06:00 | 1 | | "Next."`,
			`q6 <q5 nested |  | 2019-03-01T14:00:00-06:00 | 1 | | "Also gone."`,
		},
		Diagnostics: []string{"depth-jump q6", "count-mismatch"},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got := threads[0].Authors(); got != 5 { // mira, noor, pia and two unknown
		t.Errorf("Authors() = %d, want 5: those who are gone are not one person", got)
	}
	if got := threads[0].Meta().Article; got != "Is it fast?" {
		t.Errorf("Article = %q, want that of the description", got)
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
