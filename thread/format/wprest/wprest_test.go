package wprest

import (
	"os"
	"strconv"
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

func read(t testing.TB, in string) []*thread.Thread {
	t.Helper()
	threads, err := rosetta.Read(Format, in, format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return threads
}

func TestRosetta(t *testing.T) {
	threads := read(t, file(t, "rosetta.json"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	want := rosetta.Want(t)
	for i := range want {
		want[i].Score, want[i].Edited, want[i].Deleted = 0, "", false // not in the format
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string {
		n, _ := strconv.Atoi(id)
		return "c" + strconv.Itoa(n-100)
	}))
	if got, want := threads[0].Text(0), "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."; got != want {
		t.Errorf("the first text is %q, want %q", got, want)
	}
	if m := threads[0].Meta(); m.ID != "9" || m.URL != "https://example.org/a/" {
		t.Errorf("thread %q at %q, want 9 at https://example.org/a/", m.ID, m.URL)
	}
}

// Two answers in one file, with the posts mixed, newest first.
func TestPages(t *testing.T) {
	var got [][]string
	for _, th := range read(t, file(t, "pages.json")) {
		got = append(got, rosetta.Summary(th))
		for i := range th.All() {
			if c := th.Comment(i); strings.Contains(c.Author+c.AuthorKey+c.Text, "@") || strings.Contains(c.Author+c.AuthorKey+c.Text, "192.0.2") {
				t.Errorf("comment %s holds an address", c.ID)
			}
		}
	}
	want := [][]string{{
		"4 ",
		"32 |  |  | pending: Hier.",
		"! unknown-date 32",
	}, {
		"5 ",
		"29 |  |  | missing: ",
		"30 < 29 | Bo | 2019-06-30T10:00:00+02:00 | removed: Page deux.",
		"31 | Ana | 2019-07-01T10:00:00 | pingback: pas un objet",
		"33 < 31 | Zoé | 2019-07-03T10:00:00+02:00: La dernière./Vraiment.",
		"! missing-parent 30",
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestOldestFirst(t *testing.T) {
	threads := read(t, `[{"id":1,"post":1,"content":{"rendered":"a"}},{"id":2,"post":1,"parent":1,"content":{"rendered":"b"}}]`)
	if d := cmp.Diff([]string{"1 ", "1 |  | : a", "2 < 1 |  | : b"}, rosetta.Summary(threads[0])); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestBad(t *testing.T) {
	if got := rosetta.Summary(read(t, "[]")[0]); !cmp.Equal(got, []string{" ", "! no-comments"}) {
		t.Errorf("an empty answer: %q", got)
	}
	whole := file(t, "rosetta.json")
	threads, err := rosetta.Read(Format, whole[:len(whole)-40], format.Options{})
	if err != nil || len(threads) != 1 || threads[0].Len() != 5 {
		t.Fatalf("cut short: %d threads, error %v", len(threads), err)
	}
	if got := rosetta.Summary(threads[0]); got[len(got)-1] != "! truncated" || !strings.HasPrefix(got[1], "101 | Alice") {
		t.Errorf("cut short: %q", got)
	}
	odd := `[7,{"id":{},"post":1,"content":{"rendered":[]}}]x`
	if got := rosetta.Summary(read(t, odd)[1]); !cmp.Equal(got, []string{"1 ", "#1 |  | : ", "! bad-record", "! bad-record", "! missing-id #1"}) {
		t.Errorf("wrong types: %q", got)
	}
	deep := `[{"id":1,"post":1,"meta":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `,"content":{"rendered":"x"}}]`
	if got := rosetta.Summary(read(t, deep)[0]); !cmp.Equal(got, []string{"1 ", "1 |  | : x"}) {
		t.Errorf("20,000 levels: %q", got)
	}
	cycle := `[{"id":2,"post":1,"parent":1},{"id":1,"post":1,"parent":2}]`
	if got := rosetta.Summary(read(t, cycle)[0]); !cmp.Equal(got, []string{"1 ", "1 |  | : ", "2 < 1 |  | : ", "! cycle 1"}) {
		t.Errorf("a cycle: %q", got)
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta.json"):                 format.Certain,
		file(t, "pages.json"):                   format.Certain,
		`[{"id":1,"post":{"author_name":"x"}}]`: format.No,
		`[]`:                                    format.No,
		"":                                      format.No,
		"<p>\"author_name\": \"content\":{\"rendered\": \"post\":1 \"parent\":1": format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, `[{"id":2,"post":1,"parent":1,"date":"2019-06-30T10:00:00"},{"id":1,"post":1,"parent":2,"content":{"rendered":"<p>x"}}]`)
}
