package githubgraph

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// One of three replies and one of four comments are not here.
func TestDiscussion(t *testing.T) {
	in := jsontest.File(t, "discussion.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "a discussion", In: in,
		Meta: []string{"o/r#7 | Kettles | https://github.com/o/r/discussions/7 | "},
		Comments: []string{
			`DC_1 | ada | 2022-03-01T09:00:00Z edited 2022-03-01T09:30:00Z | 3 | | "In E flat."`,
			`DC_2 <DC_1 declared | bea | 2022-03-01T10:00:00Z | -2 | | "Mine in D."`,
			`DC_3 <DC_1 nested |  | 2022-03-01T11:00:00Z |  | | "Mine too."`,
			`DC_4 | dan | 2022-03-01T12:00:00Z |  | hidden | "Rude words."`,
			`DC_5 |  | 2022-03-01T13:00:00Z |  | deleted | ""`,
		},
		Diagnostics: []string{"more-comments", "more-comments"},
	}})
	threads, err := jsontest.Read(Format, in)
	if err != nil || threads[0].Meta().Article != "Does yours hum?" {
		t.Errorf("%v, the article is %q, want the body of the discussion", err, threads[0].Meta().Article)
	}
}

func TestIssue(t *testing.T) {
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "gh issue view --json", In: jsontest.File(t, "gh-issue.json"),
		Meta:     []string{"o/r#8 | The kettle | https://github.com/o/r/issues/8 | "},
		Comments: []string{`IC_1 | ada | 2022-03-01T09:00:00Z |  | | "In which key?"`, `IC_2 | zoe | 2022-03-01T10:00:00Z | 2 | | "@ada E flat."`},
	}, {
		Name: "several discussions, two results", In: `{"data":{"repository":{"discussions":{"nodes":[{"id":"A","comments":{"nodes":[{"id":"1","author":{"login":"a"},"body":"x","createdAt":"2022-03-01T09:00:00Z"}]}},{"id":"B","comments":{"nodes":[]}}]}}}}` +
			`{"data":{"node":{"id":"A","comments":{"nodes":[{"id":"2","author":{"login":"b"},"body":"y","createdAt":"2022-03-01T10:00:00Z"}],"pageInfo":{"hasNextPage":true}}}}}`,
		Meta:        []string{"A |  |  | ", "B |  |  | "},
		Comments:    []string{`1 | a | 2022-03-01T09:00:00Z |  | | "x"`, `2 | b | 2022-03-01T10:00:00Z |  | | "y"`},
		Diagnostics: []string{"more-comments", "no-comments"},
	}, {
		Name:        "answers in a circle, an author of another type",
		In:          `{"id":"A","comments":{"nodes":[{"id":"2","author":[],"body":"b","createdAt":"2022-03-01T10:00:00Z","replyTo":{"id":"3"}},{"id":"3","author":{"login":"a"},"body":"c","createdAt":"","replyTo":{"id":"2"}}]}}`,
		Comments:    []string{`2 |  | 2022-03-01T10:00:00Z |  | | "b"`, `3 <2 declared | a |  |  | | "c"`},
		Diagnostics: []string{"bad-record 2", "cycle 2"},
	}})
}

func TestBadInputs(t *testing.T) {
	for _, name := range []string{"discussion.json", "gh-issue.json"} {
		jsontest.BadInputs(t, Format, jsontest.File(t, name))
	}
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "discussion.json"), jsontest.File(f, "gh-issue.json"))
}
