package fourcat

import (
	"os"
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

func read(t testing.TB, in string) []*thread.Thread {
	t.Helper()
	threads, err := rosetta.Read(Format, in, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return threads
}

func TestRosetta(t *testing.T) {
	threads := read(t, file(t, "rosetta.csv"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	want := rosetta.Want(t)
	for i := range want {
		want[i].Edited = "" // not in the format
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string { return id }))
	if got := threads[0].Meta().ID; got != "post" {
		t.Errorf("the thread is %q, want post", got)
	}
}

func TestItems(t *testing.T) {
	want := []string{
		"7 Gelées",
		"7 | Ann | 2020-04-03T10:00:00 | post: Qui a gelé ?",
		"8 < 7 | Bo | 2020-04-03T10:01:00: Moi.",
	}
	threads := read(t, file(t, "items.ndjson"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	got := rosetta.Summary(threads[0])
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Sources without replies give flat threads; whatever else is broken is said.
func TestBad(t *testing.T) {
	const start = "id,thread_id,timestamp,unix_timestamp,author,body\n"
	for in, want := range map[string][]string{
		start: {" ", "! no-comments"},
		start + "1,1,2020-04-03 10:00:00,1585908000,Ann,x\n2,1,,x,Bo,y": {"1 ", "1 | Ann | 2020-04-03T10:00:00Z | post: x", "2 | Bo | : y", "! unknown-date 2"},
		start + "1,9,,,Ann":                            {"9 ", "1 | Ann | : ", "! bad-record 1"},
		`{"__import_meta":{},"id":1,"body":"x"` + "\n": {" ", "1 |  | : x", "! truncated 1"},
	} {
		threads := read(t, in)
		if len(threads) != 1 {
			t.Fatalf("%q: %d threads, want 1", in, len(threads))
		}
		if d := cmp.Diff(want, rosetta.Summary(threads[0])); d != "" {
			t.Errorf("%q (-want +got):\n%s", in, d)
		}
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta.csv"):              format.Certain,
		file(t, "items.ndjson"):             format.Certain,
		"id,thread_id,author,body\n1,1,a,b": format.No,
		`{"id":1,"body":"__import_meta"}`:   format.No,
		"":                                  format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, file(f, "rosetta.csv"), file(f, "items.ndjson"))
}
