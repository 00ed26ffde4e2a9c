package convokit

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/rosetta"
)

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func read(t testing.TB, in string, beside fs.FS) []*thread.Thread {
	t.Helper()
	var threads []*thread.Thread
	src := format.Source{Name: "in", Reader: strings.NewReader(in), Beside: beside}
	for th, err := range format.Threads(Format, src, thread.Source{Name: "in", Format: "convokit"}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	return threads
}

func summaries(threads []*thread.Thread) [][]string {
	var out [][]string
	for _, t := range threads {
		out = append(out, rosetta.Summary(t))
	}
	return out
}

func same(id string) string { return id }

func TestRosetta(t *testing.T) {
	threads := read(t, file(t, "rosetta/utterances.jsonl"), os.DirFS("testdata/rosetta"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	want := rosetta.Want(t)
	for i := range want {
		want[i].Edited = "" // not in the format
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], same))
	wantMeta := thread.Meta{ID: "post", Title: "Rosetta", Source: thread.Source{Name: "in", Format: "convokit"}}
	if d := cmp.Diff(wantMeta, threads[0].Meta(), cmp.AllowUnexported(thread.Stamp{})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Without the title of the conversation nothing tells an opening post from a
// first remark: it stays, and is answered.
func TestRosettaAlone(t *testing.T) {
	threads := read(t, file(t, "rosetta/utterances.jsonl"), nil)
	want := append([]rosetta.Comment{{ID: "post", Author: "Zoé", Time: "2021-12-25T06:12:00Z", Score: 10}}, rosetta.Want(t)...)
	for i := range want {
		want[i].Edited = ""
		if i > 0 && want[i].Parent == "" {
			want[i].Parent = "post"
		}
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], same))
	if k := threads[0].Kind(0); k != thread.Post {
		t.Errorf("the first is a %s, want a post", k)
	}
}

// The names of members and the objects of the first corpora.
func TestOld(t *testing.T) {
	want := [][]string{{
		"L1 ",
		"L1 | u1 |  | post: Where is it?",
		"L2 < L1 | CAMERON | 2020-04-03T10:00:00Z: Under the//stairs.",
		"L3 < L2 |  |  | deleted: ",
		"L9 |  |  | missing: ",
		"L4 < L9 |  | : Who knows",
		"! unknown-date L3", "! missing-parent L4",
	}, {
		"M1 ",
		"M1 | u3 |  | post: Elsewhere.",
		"! unknown-date M1",
	}}
	threads := read(t, file(t, "old/utterances.jsonl"), os.DirFS("testdata/old"))
	if d := cmp.Diff(want, summaries(threads)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if score, ok := threads[0].Score(1); score != 4 || !ok {
		t.Errorf("the score of L2 is %d, %v, want 4", score, ok)
	}
}

const line = `{"id":"1","conversation_id":"c","speaker":"A","text":"x","reply-to":null,"timestamp":null}` + "\n"

func TestBad(t *testing.T) {
	utter := func(id, parent string) string {
		return `{"id":"` + id + `","conversation_id":"c","speaker":"A","text":"x` + id + `","reply-to":"` + parent + `"}` + "\n"
	}
	tests := []struct {
		name, in string
		beside   fs.FS
		want     []string
	}{
		{"cycle", utter("1", "2") + utter("2", "1"), nil, []string{"c ", "1 | A | : x1", "2 < 1 | A | : x2", "! cycle 1"}},
		{"duplicate", line + line, nil, []string{"c ", "1 | A | : x", "! duplicate-id 1"}},
		{"cut", line + utter("2", "1")[:50], nil, []string{"c ", "1 | A | : x", "2 | A | : ", "! truncated"}},
		{"a broken line", line + "{]\n{\"x\":1}\n" + utter("2", "1"), nil, []string{"c ", "1 | A | : x", "2 < 1 | A | : x2", "! bad-record", "! bad-record"}},
		{"wrong types", `{"id":1,"conversation_id":"c","speaker":["A"],"text":["x"],"reply-to":{"a":1},"timestamp":true}` + "\n7\n", nil,
			[]string{"c ", "1 |  | : ", "! unknown-date 1", "! bad-record"}},
		{"array", "[\n" + strings.TrimSpace(line) + "\n]", nil, []string{"c ", "1 | A | : x"}},
		{"deep", `{"id":"1","conversation_id":"c","speaker":"A","text":"x","meta":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}", nil, []string{"c ", "1 | A | : x"}},
		{"titles of old", line, fstest.MapFS{"conversations.json": {Data: []byte(`{"c":{"title":"T"}}`)}}, []string{"c T", "1 | A | : x"}},
		{"titles cut short", line, fstest.MapFS{"conversations.json": {Data: []byte(`{"c":{"meta":{"title":"T"}},"d"`)}}, []string{"c T", "1 | A | : x", "! bad-record"}},
		{"nothing", "[]", nil, []string{" ", "! no-comments"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff([][]string{test.want}, summaries(read(t, test.in, test.beside))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta/utterances.jsonl"):                     format.Certain,
		file(t, "old/utterances.jsonl"):                         format.Certain,
		"[\n" + line + "]":                                      format.Certain,
		`{"id":1,"text":"x","speaker":"A","conversation_id":1}`: format.No,
		`{"id":1,"text":"x","user":"A","reply_to":1}`:           format.No,
		file(t, "rosetta/conversations.json"):                   format.No,
		"":                                                      format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, line+line, own, file(f, "old/utterances.jsonl"))
}

// own is what Encoder writes of a comment under an article.
const own = `{"id":"t","conversation_id":"t","text":"Article","speaker":"[article]","meta":{"id":null,"basis":null,"kind":"article","state":null},"reply-to":null,"timestamp":0,"vectors":[]}
{"id":"t/1","conversation_id":"t","text":"x","speaker":"A","meta":{"id":"1","author":"A","time":"2021","precision":"year","depth":0,"basis":null,"certainty":0.5,"score":1,"edited":"then","kind":"comment","state":"gone"},"reply-to":"t","timestamp":0,"vectors":[]}
`

// What Encoder would not write is left out, and said; the comment stays.
func TestOddOwn(t *testing.T) {
	threads := read(t, own, nil)
	if len(threads) != 1 || threads[0].Len() != 1 {
		t.Fatalf("%d threads, want one of one comment", len(threads))
	}
	th := threads[0]
	if c := th.Comment(0); th.Meta().Article != "Article" || c.ID != "1" || c.Parent != "" || c.State != thread.Visible || c.Time.Precision() != thread.Year {
		t.Errorf("%+v of %+v", c, th.Meta())
	}
	var codes []thread.Code
	for _, d := range th.Diagnostics() {
		codes = append(codes, d.Code)
	}
	if want := []thread.Code{thread.BadRecord, thread.BadRecord}; !slices.Equal(codes, want) { // edited, state
		t.Errorf("diagnostics %q, want %q", codes, want)
	}
}
