package hnalgolia_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/hnalgolia"
)

func read(r io.Reader) (threads []*thread.Thread, err error) {
	src := format.Source{Name: "item.json", Reader: r}
	for t, e := range format.Threads(hnalgolia.Format, src, thread.Source{Name: "item.json"}) {
		if e != nil {
			return threads, e
		}
		threads = append(threads, t)
	}
	return threads, nil
}

// lines writes threads and their comments, a line each, and what was said.
func lines(threads []*thread.Thread) (got []string) {
	for _, t := range threads {
		m := t.Meta()
		got = append(got, fmt.Sprintf("= %s %q %q of %d", m.ID, m.Title, m.Article, m.Declared))
		for i := range t.Document() {
			c := t.Comment(i)
			s := fmt.Sprintf("%s<%s %s %s", c.ID, c.Parent, c.Author, c.Time)
			if c.HasScore {
				s += fmt.Sprint(" ", c.Score)
			}
			if c.Kind != thread.Ordinary {
				s += " " + c.Kind.String()
			}
			if c.State != thread.Visible {
				s += " " + c.State.String()
			}
			if c.Text != "" {
				s += fmt.Sprintf(" %q", c.Text)
			}
			got = append(got, s)
		}
		for _, d := range t.Diagnostics() {
			got = append(got, fmt.Sprintf("! %d %s %s", d.Pos.Line, d.Code, d.Comment))
		}
	}
	return got
}

func TestFiles(t *testing.T) {
	for _, c := range []struct {
		file string
		want []string
	}{
		{"rosetta.json", []string{
			`= 29700000 "Rosetta" "" of 0`,
			`29700001< Alice 2021-12-25T07:12:00Z "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`29700002<29700001 Bob 2021-12-26T08:44:00Z "Je ne suis pas d’accord."`,
			`29700003<29700002 Alice 2021-12-26T14:17:00Z "Relisez donc : tout y est."`,
			`29700004< Carol 2021-12-27T20:09:00Z "Hors sujet ?"`,
			`29700005<29700004  2021-12-28T06:33:00Z deleted`,
		}},
		{"search.json", []string{
			`= 41000001 "Dry socks considered" "" of 0`,
			`41000003<41000002 fen 2024-07-18T10:00:00Z "> Who needs dry socks?\n\nMe. https://example.org/socks"`,
			`41000002< gus 2024-07-18T09:00:00Z "Who needs dry socks?"`,
			`= 41000008 "Wet boots" "Ask: why?" of 3`,
			`41000009< orla 2024-07-18T11:00:00Z "Other thread."`,
			`! 0 count-mismatch `,
		}},
		{"poll.json", []string{
			`= 42000000 "Tea or coffee?" "Choose & say why." of 0`,
			`42000001< orla 2024-08-01T00:00:01Z 9 post "Tea"`,
			`42000003< gus 2024-08-01T01:00:00Z "Tea:\n\n  boil()\n  pour()\n\nnever stir"`,
			`42000005<42000003 fen 2024-08-01T02:00:00Z removed`,
			`42000004<42000003 fen  "No time."`,
			`! 5 unknown-date 42000004`,
		}},
	} {
		f, err := os.Open("testdata/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		threads, err := read(f)
		f.Close()
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
		}
		if diff := cmp.Diff(c.want, lines(threads)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.file, diff)
		}
		for _, th := range threads {
			if want := "https://news.ycombinator.com/item?id=" + th.Meta().ID; th.Meta().URL != want {
				t.Errorf("%s: URL = %q, want %q", c.file, th.Meta().URL, want)
			}
		}
	}
}

func item(id, parent int, kind string, children ...string) string {
	return fmt.Sprintf(`{"author":"ann","children":[%s],"created_at_i":1700000000,"id":%d,"parent_id":%d,"story_id":1,"text":"b","type":%q}`, strings.Join(children, ","), id, parent, kind)
}

func TestShapes(t *testing.T) {
	const at = ` ann 2023-11-14T22:13:20Z "b"`
	story := `= 1 "" "b" of 0`
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"story alone", item(1, 0, "story"), []string{story}},
		{"replies below a comment", item(5, 2, "comment", item(6, 5, "comment")), []string{`= 1 "" "" of 0`, "2<   missing", "5<2" + at, "6<5" + at, "! 1 missing-parent 5"}},
		{"two items, one a line", item(1, 0, "story", item(2, 1, "comment")) + "\n" + item(3, 1, "comment"), []string{story, "2<" + at, "3<" + at}},
		{"an array of items", "[" + item(1, 0, "story", item(2, 1, "comment")) + "]", []string{story, "2<" + at}},
		{"a comment twice", item(1, 0, "story", item(2, 1, "comment"), item(2, 1, "comment")), []string{story, "2<" + at, "! 1 duplicate-id 2"}},
		{"a circle", item(1, 0, "story", item(2, 3, "comment"), item(3, 2, "comment")), []string{story, "2<" + at, "3<2" + at, "! 1 cycle 2"}},
		{"a search without hits", `{"hits":[],"nbHits":0}`, nil},
		{"other JSON", `{"a":1}`, []string{`=  "" "" of 0`, "! 1 bad-record "}},
		{"nothing", "", nil},
		{"wrong types", `{"id":1,"children":[{"id":2,"children":[],"created_at_i":[],"author":3,"text":{},"points":"x","parent_id":1,"story_id":1,"type":"comment"}],"created_at_i":1700000000,"type":"story"}`,
			[]string{`= 1 "" "" of 0`, "2<   deleted", "! 1 bad-record 2", "! 1 bad-record 2", "! 1 unknown-date 2", "! 1 bad-record 2"}},
		{"huge numbers", strings.NewReplacer(`"id":2`, `"id":1e40`, "1700000000", "1e18").Replace(item(1, 0, "story", item(2, 1, "comment"))),
			[]string{`= 1 "" "b" of 0`, `#1< ann  "b"`, "! 1 unknown-date 1", "! 1 bad-record ", "! 1 unknown-date ", "! 1 missing-id #1"}},
		// The IDs of outer items stand after their replies, so they are cut off.
		{"cut", strings.SplitN(item(1, 0, "story", item(2, 1, "comment", item(3, 2, "comment"), item(4, 2, "comment"))), `"id":4`, 2)[0],
			[]string{`= 1 "" "" of 0`, "2<   missing", "3<2" + at, "! 1 truncated ", "! 1 missing-parent 3"}},
	} {
		threads, err := read(strings.NewReader(c.in))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, lines(threads)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestDeep(t *testing.T) {
	const depth = 20_000
	var open, end strings.Builder
	for i := range depth {
		before, after, _ := strings.Cut(item(2+i, 1+i, "comment", "…"), "…")
		open.WriteString(before)
		end.WriteString(reverse(after))
	}
	threads, err := read(strings.NewReader(open.String() + reverse(end.String())))
	if err != nil || len(threads) != 1 || threads[0].Len() != depth || threads[0].Depth(depth-1) != depth-1 {
		t.Fatalf("%d levels: %d threads, %v", depth, len(threads), err)
	}
}

func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     format.Confidence
	}{
		{"an item", item(1, 0, "story"), format.Certain},
		{"an item, cut by the head", item(1, 0, "story", item(2, 1, "comment"), item(3, 1, "comment"))[:200], format.Certain},
		{"hits", `{"hits":[{"objectID":"1","_tags":[],"created_at_i":1}]}`, format.Certain},
		{"hits of another service", `{"hits":[{"objectID":"1","name":"x"}]}`, format.No},
		{"Firebase", `{"id":1,"type":"story","by":"ann","time":1}`, format.No},
		{"words", "children created_at_i", format.No},
		{"nothing", "", format.No},
	} {
		if got, why := hnalgolia.Format.Sniff(format.Head{Bytes: []byte(c.in)}); got != c.want || why == "" {
			t.Errorf("%s: Sniff = %s (%s), want %s", c.name, got, why, c.want)
		}
	}
}

func FuzzItems(f *testing.F) {
	for _, name := range []string{"rosetta.json", "search.json", "poll.json"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		hnalgolia.Format.Sniff(format.Head{Bytes: b})
		if _, err := read(bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	})
}
