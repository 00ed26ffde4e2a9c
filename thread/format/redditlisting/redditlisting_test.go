package redditlisting_test

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
	"threadheat/thread/format/redditlisting"
)

func read(r io.Reader) (threads []*thread.Thread, err error) {
	src := format.Source{Name: "page.json", Reader: r}
	for t, e := range format.Threads(redditlisting.Format, src, thread.Source{Name: "page.json"}) {
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
			if !c.Edited.IsZero() {
				s += " edited " + c.Edited.String()
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
			got = append(got, fmt.Sprintf("! %d %s: %s", d.Pos.Line, d.Code, d.Message))
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
			`= rofix1 "Rosetta" "" of 9`,
			`hq00001< Alice 2021-12-25T07:12:00Z 5 "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
			`hq00002<hq00001 Bob 2021-12-26T08:44:00Z -2 "Je ne suis pas d’accord."`,
			`hq00003<hq00002 Alice 2021-12-26T14:17:00Z 3 edited 2021-12-26T14:30:00Z "Relisez donc : tout y est."`,
			`hq00004< Carol 2021-12-27T20:09:00Z 1 "Hors sujet ?"`,
			`hq00005<hq00004  2021-12-28T06:33:00Z 0 removed`,
			`! 224 more-comments: 3 more comments below the submission are not in the input`,
			`! 238 more-comments: the replies below the comment "hq00003" go on on another page`,
			`! 0 count-mismatch: the source declares 9 comments, 5 were found`,
		}},
		{"escaped.json", []string{
			`= gate1 "Who left the gate open & why?" "Three sheep <again>." of 7`,
			`g1< tom 2023-11-14T22:15:00Z -4 "Not me <3"`,
			`g2<g1 mara 2023-11-14T22:16:40Z edited 2023-11-14T22:21:40Z "> not me\n\nThen who, &amp; when?"`,
			`g3<  2023-11-14T22:18:20Z 0 deleted`,
			`g4<  2023-11-14T22:20:00Z 5 removed`,
			`g0<   missing`,
			`g5<g0 tom 2023-11-14T22:20:50Z 1 "raw <b> &amp; all"`,
			`! 5 more-comments: 2 more comments below the comment "g1" are not in the input`,
			`! 10 more-comments: 1 more comment below the submission is not in the input`,
			`! 11 more-comments: the replies below the comment "g2" go on on another page`,
			`! 9 missing-parent: the comment "g5" answers "g0", which is not in the input; a ghost stands in for it`,
			`! 0 count-mismatch: the source declares 7 comments, 5 were found`,
		}},
		{"arctic-tree.json", []string{
			`= well "" "" of 0`,
			`w1< ida 2024-12-01T00:00:00Z 2 deleted "The well is dry."`,
			`w2<w1 tom 2024-12-01T00:01:00Z 1 "Since when?"`,
			`! 1 more-comments: 3 more comments below the comment "w1" are not in the input`,
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
	}
}

func thing(id, parent, replies string) string {
	return fmt.Sprintf(`{"kind":"t1","data":{"author":"ann","body":"b","created_utc":1700000000.0,"id":%q,"link_id":"t3_x","parent_id":%q,"score":1,"replies":%s}}`, id, parent, replies)
}

func listing(things ...string) string {
	return `{"kind":"Listing","data":{"children":[` + strings.Join(things, ",") + `]}}`
}

func TestShapes(t *testing.T) {
	const at = ` ann 2023-11-14T22:13:20Z 1 "b"`
	head := `= x "" "" of 0`
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"one listing", listing(thing("1", "t3_x", `""`)), []string{head, "1<" + at}},
		{"morechildren", `{"json":{"errors":[],"data":{"things":[` + thing("1", "t3_x", `""`) + "," + thing("2", "t1_1", `""`) + `]}}}`, []string{head, "1<" + at, "2<1" + at}},
		{"pages, one a line", listing(thing("1", "t3_x", `""`)) + "\n" + listing(thing("2", "t1_1", `""`)), []string{head, "1<" + at, "2<1" + at}},
		{"two threads", listing(thing("1", "t3_x", `""`), strings.Replace(thing("2", "t3_y", `""`), "t3_x", "t3_y", 1), thing("3", "t3_x", `""`)),
			[]string{head, "1<" + at, "3<" + at, `= y "" "" of 0`, "2<" + at}},
		{"a user's page", listing(strings.Replace(thing("1", "t3_x", `""`), `"score"`, `"link_title":"Tea &gt; coffee","score"`, 1)), []string{`= x "Tea > coffee" "" of 0`, "1<" + at}},
		{"a comment twice", listing(thing("1", "t3_x", listing(thing("2", "t1_1", `""`))), thing("2", "t1_1", `""`)),
			[]string{head, "1<" + at, "2<1" + at, `! 1 duplicate-id: the comment "2" stands twice with the same author and text; the second is set aside`}},
		{"no comments", listing(), nil},
		{"nothing", "", nil},
		{"other JSON", `{"a":[1]}`, []string{`=  "" "" of 0`, "! 1 bad-record: a record is left out: it holds nothing of Reddit's API"}},
		{"wrong types", `[{"kind":"t1","data":3},{"kind":"t1","data":{"id":[],"link_id":{},"parent_id":1,"replies":7}},{"kind":"more","data":"x"}]`, []string{
			`=  "" "" of 0`, "#1<   deleted",
			"! 1 bad-record: parent_id is \"1\"; the comment is taken to be at top level",
			"! 1 unknown-date: created_utc is not given, which is no time since Reddit began; the time stays unknown",
			`! 1 missing-id: a comment without an ID was given the ID "#1"`,
			"! 1 more-comments: the replies below the submission go on on another page"}},
		{"cut in a reply", listing(thing("1", "t3_x", listing(thing("2", "t1_1", `"`))))[:300], []string{
			head, "1<" + at,
			"! 1 truncated: the input ends inside the record of this comment; what there is of it is kept",
			"! 1 bad-record: a record is left out: it ends in the middle",
			"! 1 truncated: reading stopped here: it ends in the middle"}},
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

// encoding/json gives up at 10,000 levels, and a reply takes five.
func TestDeep(t *testing.T) {
	const depth = 10_000
	var b strings.Builder
	for i := range depth {
		parent := "t3_x"
		if i > 0 {
			parent = fmt.Sprint("t1_", i-1)
		}
		open, _, _ := strings.Cut(listing(thing(fmt.Sprint(i), parent, "…")), "…")
		b.WriteString(open)
	}
	b.WriteString(`""` + strings.Repeat("}}]}}", depth))
	threads, err := read(strings.NewReader(b.String()))
	if err != nil || len(threads) != 1 || threads[0].Len() != depth || threads[0].Depth(depth-1) != depth-1 || len(threads[0].Diagnostics()) > 0 {
		t.Fatalf("%d levels: %d threads, %v", depth, len(threads), err)
	}
	threads, err = read(strings.NewReader(b.String()[:b.Len()/2]))
	if err != nil || len(threads) != 1 || threads[0].Len() < depth/3 {
		t.Errorf("%d levels, cut: %d threads, %v", depth, len(threads), err)
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     format.Confidence
	}{
		{"a listing", listing(thing("1", "t3_x", `""`)), format.Certain},
		{"a listing, cut by the head", listing(thing("1", "t3_x", `""`)) + "[", format.Certain},
		{"data before kind", `{"data":{"id":"1","link_id":"t3_x","parent_id":"t3_x","body":""},"kind":"t1"}`, format.Certain},
		{"a listing of users", listing(`{"kind":"t2","data":{"name":"ann"}}`), format.No},
		{"another API", `{"kind":"t1","data":{"id":1}}`, format.No},
		{"a dump", `{"author":"a","body":"b","id":"1","link_id":"t3_x","parent_id":"t3_x"}`, format.No},
		{"words", "kind t1 data", format.No},
		{"nothing", "", format.No},
	} {
		if got, why := redditlisting.Format.Sniff(format.Head{Bytes: []byte(c.in)}); got != c.want || why == "" {
			t.Errorf("%s: Sniff = %s (%s), want %s", c.name, got, why, c.want)
		}
	}
}

func FuzzListing(f *testing.F) {
	for _, name := range []string{"rosetta.json", "escaped.json", "arctic-tree.json"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		redditlisting.Format.Sniff(format.Head{Bytes: b})
		if _, err := read(bytes.NewReader(b)); err != nil {
			t.Fatal(err)
		}
	})
}
