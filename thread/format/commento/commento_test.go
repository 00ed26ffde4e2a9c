package commento

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// Two pages, two people of one name, two without one, one comment each that
// waits, was flagged and is gone.
func TestQuirks(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"blog.example/one |  | blog.example/one | ", "blog.example/two |  | blog.example/two | "},
		Comments: []string{
			`aa1 | Max (k1) | 2020-01-01T10:00:00.123Z | 3 | | "Why *not*?\n\nSay."`,
			`aa2 <aa1 declared |  | 2020-01-01T11:00:00Z | -1 | pending | "Because."`,
			`aa4 <aa2 declared |  | 2020-01-01T13:00:00Z | 0 | deleted | ""`,
			`aa3 | Max (k2) | 2020-01-01T12:00:00Z | 0 | hidden | "Other & page"`,
		},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got := threads[0].Authors(); got != 3 { // Max and two unknown
		t.Errorf("Authors() = %d, want 3", got)
	}
}

func TestBadInputs(t *testing.T) {
	jsontest.BadInputs(t, Format, jsontest.File(t, "quirks.json"))
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "quirks.json"))
}
