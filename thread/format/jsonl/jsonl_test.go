package jsonl

import (
	"os"
	"strings"
	"testing"

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

func summaries(t testing.TB, in string, o format.Options) [][]string {
	t.Helper()
	threads, err := rosetta.Read(Format, in, o)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, th := range threads {
		out = append(out, rosetta.Summary(th))
	}
	return out
}

// Ann has two names, but one account: she goes by the first.
func TestMixed(t *testing.T) {
	want := [][]string{{
		"a ",
		"1 | Ann | 2020-04-03T12:00:00+02:00: one//two",
		"2 < 1 |  |  | deleted: ",
		"3 < 2 |  | : ",
		"9 |  |  | missing: ",
		"4 < 9 | Ann | : after the broken one",
		"! unknown-date 2", "! truncated 3", "! bad-record", "! missing-parent 4",
	}, {
		"b ",
		"11 | Bo | 2020-04-03T10:00:00Z: elsewhere",
	}}
	if d := cmp.Diff(want, summaries(t, file(t, "mixed.jsonl"), format.Options{})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestArray(t *testing.T) {
	in := "[\n  {\"k\": \"1\", \"who\": \"Ann\", \"said\": {\"text\": \"x\"}},\n  {\"k\": \"2\", \"up\": \"1\", \"who\": \"Bo\", \"said\": {\"text\": \"y\"}}\n]"
	given := map[string]string{"id": "k", "parent": "up", "author": "who", "text": "said.text"}
	want := [][]string{{" ", "1 | Ann | : x", "2 < 1 | Bo | : y"}}
	if d := cmp.Diff(want, summaries(t, in, format.Options{Columns: given})); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	given["text"] = "words"
	_, err := rosetta.Read(Format, in, format.Options{Columns: given})
	if err == nil || !strings.Contains(err.Error(), `no column is called "words"`) || !strings.Contains(err.Error(), "k, who, said.text, up") {
		t.Errorf("error %v, want one that lists the columns", err)
	}
}

func TestBad(t *testing.T) {
	deep := `{"id":1,"text":"x","more":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + "}\n"
	for name, test := range map[string]struct {
		in   string
		want []string
	}{
		"cycle":     {`{"id":1,"parent":2,"text":"x"}` + "\n" + `{"id":2,"parent":1,"text":"y"}`, []string{" ", "1 |  | : x", "2 < 1 |  | : y", "! cycle 1"}},
		"duplicate": {`{"id":1,"text":"x"}` + "\n" + `{"id":1,"text":"x"}`, []string{" ", "1 |  | : x", "! duplicate-id 1"}},
		"cut":       {`{"id":1,"text":"x"}` + "\n" + `{"id":2,"text":"y","au`, []string{" ", "1 |  | : x", "2 |  | : y", "! truncated 2"}},
		"deep":      {deep, []string{" ", "1 |  | : x"}},
	} {
		if d := cmp.Diff([][]string{test.want}, summaries(t, test.in, format.Options{})); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// A thread that is spread over a file far longer than what is looked at first.
func TestLong(t *testing.T) {
	const n = 5000
	line := `{"id":"ID","thread":"T","author":"A","text":"` + strings.Repeat("word ", 100) + `"}` + "\n"
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("ID", string(rune('a'+i%26))+strings.Repeat("i", i/26), "T", string(rune('0'+i%2))).Replace(line))
	}
	threads, err := rosetta.Read(Format, b.String(), format.Options{})
	if err != nil || len(threads) != 2 || threads[0].Len() != n/2 || threads[1].Len() != n/2 {
		t.Errorf("%d threads, error %v, want 2 of %d comments", len(threads), err, n/2)
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "mixed.jsonl"):                   format.Likely,
		`[{"id":1,"author":"A","text":"x"}]`:     format.Likely,
		`{"text":"x"}`:                           format.No,
		`{"name":"a page","id":3,"comments":[]}`: format.No,
		"id,author,text\n":                       format.No,
		"":                                       format.No,
		"{":                                      format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, file(f, "mixed.jsonl"), `[{"id":1,"parent":2,"text":"x"},{"id":2,"parent":1,"text":"y"}]`)
}

func BenchmarkDecode(b *testing.B) {
	line := `{"comment_id": 1, "thread": "a", "user": {"name": "Ann", "id": 77}, "created_at": 1585908000, "content": "` + strings.Repeat("some words ", 30) + `"}` + "\n"
	in := strings.Repeat(line, 2000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		for range Format.Decode(format.Source{Reader: strings.NewReader(in)}, discard{}) {
		}
	}
}

// discard is a Sink that forgets.
type discard struct{}

func (discard) Describe(string, thread.Meta)     {}
func (discard) Report(string, thread.Diagnostic) {}
