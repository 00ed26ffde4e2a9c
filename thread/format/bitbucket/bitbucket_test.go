package bitbucket

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// A pull request and an issue in one list, which goes on; one comment is
// deleted, one is HTML only.
func TestPullRequest(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "a page", In: jsontest.File(t, "pullrequest.json"),
		Meta: []string{"pullrequest 4 | Kettles | https://bitbucket.org/o/r/pull-requests/4 | ", "issue 9 | Steam | https://bitbucket.org/o/r/issues/9 | "},
		Comments: []string{
			`10 | Ada ({5}) | 2022-03-01T08:00:00Z |  | | "Why so *loud*?"`,
			`11 <10 declared | Bea ({6}) | 2022-03-01T09:00:00Z edited 2022-03-01T09:30:00Z |  | | "It is a kettle."`,
			`12 <11 declared |  | 2022-03-01T10:00:00Z |  | deleted | ""`,
			`20 | Cem ({7}) | 2022-03-02T10:00:00Z |  | | "Another issue."`,
		},
		Diagnostics: []string{"more-comments"},
	}, {
		Name: "two pages in an array, a parent that is not there, a circle",
		In: `[{"values":[{"id":1,"parent":{"id":9},"user":null,"created_on":"2022-03-01T08:00:00+00:00","content":{"raw":"a"}}],"next":"x"},` +
			`{"values":[{"id":2,"parent":{"id":3},"content":{"raw":"b"}},{"id":3,"parent":{"id":2},"content":{"raw":"c"}}]}]`,
		Comments: []string{
			`9 |  |  |  | missing | ""`, `1 <9 declared |  | 2022-03-01T08:00:00Z |  | | "a"`,
			`2 |  |  |  | | "b"`, `3 <2 declared |  |  |  | | "c"`,
		},
		Diagnostics: []string{"missing-parent 1", "cycle 2"},
	}})
}

func TestBadInputs(t *testing.T) { jsontest.BadInputs(t, Format, jsontest.File(t, "pullrequest.json")) }

func FuzzDecode(f *testing.F) { jsontest.Fuzz(f, Format, jsontest.File(f, "pullrequest.json")) }
