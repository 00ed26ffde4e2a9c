package remark42

import (
	"testing"

	"threadheat/thread/internal/jsondoc/jsontest"
)

// The tree of a page: two comments that are gone, and two people of one name.
func TestTree(t *testing.T) {
	in := jsontest.File(t, "quirks.json")
	jsontest.Check(t, Format, []jsontest.Want{{
		Name: "quirks", In: in,
		Meta: []string{"https://blog.example/p/1 | Page one | https://blog.example/p/1 | "},
		Comments: []string{
			`r1 | Rae (github_a1) | 2023-01-02T10:00:00.123+01:00 | 2 | | "Good read & thanks"`,
			`r2 <r1 declared |  | 2023-01-02T11:00:00Z | 0 | deleted | ""`,
			`r3 <r2 declared | Rae (google_b2) | 2023-01-02T12:00:00Z edited 2023-01-02T12:03:00Z | -1 | | "What was it?"`,
			`r4 <r1 declared |  | 2023-01-02T13:00:00Z | 0 | deleted | ""`,
			`r5 | Sid (anonymous_c3) | 2023-01-02T14:00:00Z | 0 | | "Last"`,
		},
	}})
	threads, _ := jsontest.Read(Format, in)
	if got := threads[0].Authors(); got != 5 { // two named Rae, Sid, two who are gone
		t.Errorf("Authors() = %d, want 5", got)
	}
}

const backup = `{"version":1,"users":[],"posts":[]}
{"id":"a","pid":"","text":"<p>x</p>","user":{"name":"U","id":"u"},"locator":{"site":"s","url":"https://s.example/1"},"score":0,"time":"2023-01-02T10:00:00Z"}
{"id":"b","pid":"","text":"<p>y</p>","user":{"name":"V","id":"v"},"locator":{"site":"s","url":"https://s.example/2"},"score":0,"time":"2023-01-02T10:00:00Z"}
{"id":"c","pid":"a","text":"<p>z</p>","user":{"name":"V","id":"v"},"locator":{"site":"s","url":"https://s.example/1"},"score":0,"time":"2023-01-02T11:00:00Z"}
`

// A backup holds all pages mixed; lists come with and without an object around.
func TestShapes(t *testing.T) {
	const one = `{"id":"a","pid":"","text":"x","user":{"name":"U","id":"u"},"locator":{"url":"p"}}`
	want := jsontest.Want{Meta: []string{"p |  | p | "}, Comments: []string{`a | U (u) |  |  | | "x"`}}
	wants := []jsontest.Want{{
		Name: "backup", In: backup,
		Meta: []string{"https://s.example/1 |  | https://s.example/1 | ", "https://s.example/2 |  | https://s.example/2 | "},
		Comments: []string{
			`a | U (u) | 2023-01-02T10:00:00Z | 0 | | "x"`,
			`c <a declared | V (v) | 2023-01-02T11:00:00Z | 0 | | "z"`,
			`b | V (v) | 2023-01-02T10:00:00Z | 0 | | "y"`,
		},
	}}
	for name, in := range map[string]string{"list": "[" + one + "]", "plain": `{"comments":[` + one + `]}`, "one": one, "one tree": `{"comment":` + one + `}`} {
		want.Name, want.In = name, in
		wants = append(wants, want)
	}
	jsontest.Check(t, Format, wants)
}

func TestBadInputs(t *testing.T) {
	jsontest.BadInputs(t, Format, jsontest.File(t, "quirks.json"))
}

func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, Format, jsontest.File(f, "quirks.json"), backup)
}
