package hnfirebase_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/hnfirebase"
)

func read(r io.Reader) ([]*thread.Thread, error) { return readWith(r, format.Options{}) }

func readWith(r io.Reader, o format.Options) (threads []*thread.Thread, err error) {
	src := format.Source{Name: "items", Reader: r, Options: o}
	for t, e := range format.Threads(hnfirebase.Format, src, thread.Source{Name: "items"}) {
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
			if c.State != thread.Visible {
				s += " " + c.State.String()
			}
			if c.Kind != thread.Ordinary {
				s += " " + c.Kind.String()
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
		{"rosetta.ndjson", []string{
			`= 29700000 "Rosetta" "" of 5`,
			`29700001< Alice 2021-12-25T07:12:00Z "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`29700002<29700001 Bob 2021-12-26T08:44:00Z "Je ne suis pas d’accord."`,
			`29700003<29700002 Alice 2021-12-26T14:17:00Z "Relisez donc : tout y est."`,
			`29700004< Carol 2021-12-27T20:09:00Z "Hors sujet ?"`,
			`29700005<29700004  2021-12-28T06:33:00Z deleted`,
		}},
		{"mixed.ndjson", []string{
			`= 43000001 "Bees in winter" "Do they sleep?" of 4`,
			`43000005<43000004 gus 2024-10-15T13:53:20Z "Reply before its parent, & mixed."`,
			`43000002< fen 2024-10-15T13:48:20Z removed "They \"huddle\"."`,
			`43000004< orla 2024-10-15T13:50:00Z "Thanks!\n\nI see."`,
			`43000008<43000005  2024-10-15T13:56:40Z deleted`,
			`! 2 more-comments `,
			`! 5 bad-record `,
			`! 7 more-comments 43000004`,
			`= 43000010 "Hive is hiring" "" of 0`,
			`= 43000011 "" "" of 0`,
			`43000011<   missing`,
			`43000012<43000011 fen 2024-10-15T13:55:00Z "Whose reply is this?"`,
			`! 6 missing-parent 43000012`,
		}},
	} {
		in, err := os.ReadFile("testdata/" + c.file)
		if err != nil {
			t.Fatal(err)
		}
		for _, memory := range []int64{0, 1} {
			threads, err := readWith(bytes.NewReader(in), format.Options{Memory: memory, TempDir: t.TempDir()})
			if err != nil {
				t.Errorf("%s: %v", c.file, err)
			}
			if diff := cmp.Diff(c.want, lines(threads)); diff != "" {
				t.Errorf("%s with %d bytes (-want +got):\n%s", c.file, memory, diff)
			}
		}
	}
}

func TestNoRoom(t *testing.T) {
	o := format.Options{Memory: 1, TempDir: t.TempDir() + "/none"}
	threads, err := readWith(strings.NewReader(item(1, 0, "story")+item(2, 1, "comment")), o)
	if err == nil || !strings.Contains(err.Error(), o.TempDir) {
		t.Errorf("%d threads, %v, want an error that names the folder", len(threads), err)
	}
}

func item(id, parent int, kind string, more ...string) string {
	s := fmt.Sprintf(`{"by":"ann","id":%d,"parent":%d,"time":1700000000,"text":"b","type":%q`, id, parent, kind)
	for _, m := range more {
		s += "," + m
	}
	return s + "}\n"
}

func TestShapes(t *testing.T) {
	const at = ` ann 2023-11-14T22:13:20Z "b"`
	story, story1 := item(1, 0, "story"), `= 1 "" "b" of 0`
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"an array", "[" + strings.TrimSpace(story) + "," + strings.TrimSpace(item(2, 1, "comment")) + "]", []string{story1, "2<" + at}},
		{"an item, indented", "{\n\"id\": 2,\n\"type\": \"comment\",\n\"by\": \"ann\",\n\"text\": \"b\", \"time\": 1700000000}", []string{`= 2 "" "" of 0`, "2<" + at}},
		{"a poll", item(1, 0, "poll") + item(2, 0, "pollopt", `"poll":1`) + item(3, 1, "comment"), []string{story1, "2< ann 2023-11-14T22:13:20Z post \"b\"", "3<" + at}},
		{"last line cut", story + item(2, 1, "comment")[:30], []string{story1, "! 2 bad-record "}},
		{"broken lines first", "{x\n" + story, []string{story1, "! 1 bad-record "}},
		{"nothing but broken lines", "{x\n", []string{`=  "" "" of 0`, "! 1 bad-record "}},
		{"an array, cut", "[\n" + story + "," + item(2, 1, "comment") + "," + item(3, 1, "comment")[:30], []string{story1, "2<" + at, "! 4 bad-record ", "! 4 truncated "}},
		{"an item twice", story + item(2, 1, "comment") + item(2, 1, "comment"), []string{story1, "2<" + at, "! 3 duplicate-id 2"}},
		{"own parent", item(2, 2, "comment"), []string{`= 2 "" "" of 0`, "2<" + at, "! 1 self-parent 2"}},
		{"a circle", item(2, 3, "comment") + item(3, 2, "comment") + item(4, 3, "comment"), []string{`= 2 "" "" of 0`, "2<" + at, "3<2" + at, "4<3" + at, "! 1 cycle 2"}},
		{"two replies to what is not there", item(5, 4, "comment") + item(6, 4, "comment"),
			[]string{`= 4 "" "" of 0`, "4<   missing", "5<4" + at, "6<4" + at, "! 1 missing-parent 5"}},
		{"absurd values", item(2, 1, "comment", `"time":1e12`, `"by":7`, `"text":[]`, `"kids":"x"`, `"score":{}`),
			[]string{`= 1 "" "" of 0`, "1<   missing", "2<1   deleted", "! 1 bad-record 2", "! 1 bad-record 2", "! 1 unknown-date 2", "! 1 bad-record 2", "! 1 missing-parent 2"}},
		{"nothing", "", nil},
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

// Each item is passed a fixed number of times, however deep.
func TestDeep(t *testing.T) {
	const depth = 50_000
	var b strings.Builder
	for i := depth; i > 1; i-- { // replies first: the longest walks
		b.WriteString(item(i, i-1, "comment"))
	}
	threads, err := read(strings.NewReader(b.String() + item(1, 0, "story")))
	if err != nil || len(threads) != 1 || threads[0].Len() != depth-1 || threads[0].Depth(depth-2) != depth-2 {
		t.Fatalf("%d levels: %d threads, %v", depth, len(threads), err)
	}
}

func TestReadError(t *testing.T) {
	threads, err := read(io.MultiReader(strings.NewReader(item(1, 0, "story")+item(2, 1, "comment")), failing{}))
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(threads) != 1 || threads[0].Len() != 1 {
		t.Errorf("of a broken stream: %d threads, %v", len(threads), err)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     format.Confidence
	}{
		{"a comment", item(2, 1, "comment"), format.Certain},
		{"a deleted comment", `{"deleted":true,"id":2,"parent":1,"time":3,"type":"comment"}`, format.Certain},
		{"BigQuery", `{"id":"2","parent":"1","type":"comment","by":"x"}`, format.Certain},
		{"first lines broken", "null\n{x\n" + item(2, 1, "comment"), format.Certain},
		{"Algolia", `{"author":"x","children":[],"id":2,"parent_id":1,"type":"comment"}`, format.No},
		{"types of others", `{"id":2,"type":"message","by":"x"}`, format.No},
		{"a comment of others", `{"id":2,"type":"comment","content":"x"}`, format.No},
		{"WordPress's API", `[{"id":2,"parent":0,"post":1,"type":"comment","author_name":"x"}]`, format.No},
		{"words", "type comment by parent", format.No},
		{"nothing", "", format.No},
	} {
		if got, why := hnfirebase.Format.Sniff(format.Head{Bytes: []byte(c.in)}); got != c.want || why == "" {
			t.Errorf("%s: Sniff = %s (%s), want %s", c.name, got, why, c.want)
		}
	}
}

func FuzzItems(f *testing.F) {
	for _, name := range []string{"rosetta.ndjson", "mixed.ndjson"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		hnfirebase.Format.Sniff(format.Head{Bytes: b})
		if _, err := read(bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	})
}
