package redditdump_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/redditdump"
)

func read(r io.Reader) (threads []*thread.Thread, err error) {
	src := format.Source{Name: "RC", Reader: r}
	for t, e := range format.Threads(redditdump.Format, src, thread.Source{Name: "RC"}) {
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
		s := "= " + m.ID
		if m.Title != "" {
			s += fmt.Sprintf(" %q", m.Title)
		}
		if m.HasDeclared {
			s += fmt.Sprint(" of ", m.Declared)
		}
		got = append(got, s)
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
			got = append(got, fmt.Sprintf("! %d %s %s", d.Pos.Line, d.Code, d.Comment))
		}
	}
	return got
}

func file(t *testing.T, name string) []*thread.Thread {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	threads, err := read(f)
	if err != nil {
		t.Fatal(err)
	}
	return threads
}

// The thread of the Rosetta samples, with the times of the table there.
func TestRosetta(t *testing.T) {
	want := []string{
		"= rofix1",
		`hq00001< Alice 2021-12-25T07:12:00Z 5 "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."`,
		`hq00002<hq00001 Bob 2021-12-26T08:44:00Z -2 "Je ne suis pas d’accord."`,
		`hq00003<hq00002 Alice 2021-12-26T14:17:00Z 3 edited 2021-12-26T14:30:00Z "Relisez donc : tout y est."`,
		`hq00004< Carol 2021-12-27T20:09:00Z 1 "Hors sujet ?"`,
		`hq00005<hq00004  2021-12-28T06:33:00Z 0 removed`,
	}
	threads := file(t, "rosetta.ndjson")
	if diff := cmp.Diff(want, lines(threads)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got, want := threads[0].Meta().URL, "https://www.reddit.com/r/rosetta/comments/rofix1/"; got != want {
		t.Errorf("URL = %q, want %q", got, want)
	}
	if c := threads[0].Comment(1); c.Pos != (thread.Pos{File: "RC", Line: 2, Offset: 415}) || c.Basis != thread.Declared {
		t.Errorf("the second comment stands at %+v, its parent is %s", c.Pos, c.Basis)
	}
}

// Each line of the file is one of the field types that the dumps have had.
func TestYears(t *testing.T) {
	want := []string{
		"= aaa1",
		`c01< ann 2008-03-01T12:00:00Z 4 "int time, no edit known"`,
		`c02<c01 ben 2009-06-01T12:00:00Z 2 "string time"`,
		`c03<c02 ann 2012-01-01T00:00:00Z -7 "edited, but when?"`,
		`c04<c03 ben 2016-07-01T00:00:00Z 1 edited 2016-07-01T01:00:00Z "float time of the edit"`,
		`c05< ann 2017-10-15T00:00:00Z "score null"`,
		`c06< ben 2020-02-02T00:00:00Z "score hidden"`,
		`c07<  2020-02-02T00:00:01Z 1 deleted`,
		`c08<  2020-02-02T00:00:02Z 1 removed`,
		`c09<  2020-02-02T00:00:03Z 1 "the account went, the words stayed"`,
		`c10< eve 2020-02-02T00:00:04Z 1 removed`,
		`c11< eve 2024-12-01T00:00:00Z 3 deleted "deleted a day later"`,
		`c12< eve 2024-12-01T00:00:01Z 3 removed "removed a day later"`,
		`c13< eve 2024-12-01T00:00:02Z 3 "gone and back"`,
		`c14< eve  1 "no time"`,
		`c15<c99 ann 2024-12-01T00:00:04Z 1 "> who asked?\n\nI did, & <you>."`,
		`c16< ann 2024-12-01T00:00:05Z 1 "a <b> &amp; raw_json"`,
	}
	var got []string
	for _, line := range lines(file(t, "years.ndjson")) {
		if line != "c99<   missing" && line[0] != '!' {
			got = append(got, line)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	th := file(t, "years.ndjson")[0]
	authors := map[thread.AuthorID]string{}
	for i := range th.All() {
		if name := th.AuthorName(th.Author(i)); name == "" {
			if other := authors[th.Author(i)]; other != "" {
				t.Errorf("%s and %s have one unknown author", other, th.ID(i))
			}
			authors[th.Author(i)] = th.ID(i)
		}
	}
}

func record(link, id, parent string, more ...string) string {
	s := fmt.Sprintf(`{"author":"ann","body":"b","created_utc":1700000000,"edited":false,"id":%q,"link_id":"t3_%s","parent_id":%q,"score":1`, id, link, parent)
	for _, m := range more {
		s += "," + m
	}
	return s + "}\n"
}

func TestShapes(t *testing.T) {
	const at = "ann 2023-11-14T22:13:20Z 1"
	submission := `{"id":"x","title":"Wind &amp; rain","subreddit":"s","num_comments":2,"created_utc":1,"selftext":"Why?","author":"op"}` + "\n"
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"threads mixed", record("x", "1", "t3_x") + record("y", "2", "t3_y") + record("x", "3", "t1_1"),
			[]string{"= x", "1< " + at + ` "b"`, "3<1 " + at + ` "b"`, "= y", "2< " + at + ` "b"`}},
		{"reply before its parent", record("x", "3", "t1_1") + record("x", "1", "t3_x"),
			[]string{"= x", "3<1 " + at + ` "b"`, "1< " + at + ` "b"`}},
		{"an array on one line", `{"data":[` + strings.TrimSpace(record("x", "1", "t3_x")) + "," + strings.TrimSpace(record("x", "2", "t1_1")) + "]}",
			[]string{"= x", "1< " + at + ` "b"`, "2<1 " + at + ` "b"`}},
		{"an array, indented", "{\n\"data\": [\n" + record("x", "1", "t3_x") + "]}",
			[]string{"= x", "1< " + at + ` "b"`}},
		{"an array, bare", "[" + record("x", "1", "t3_x") + "]", []string{"= x", "1< " + at + ` "b"`}},
		{"an array, cut", "{\n\"data\": [\n" + record("x", "1", "t3_x") + ",\n{\"id\":\"2\"",
			[]string{"= x", "1< " + at + ` "b"`, "! 5 bad-record ", "! 5 truncated "}},
		{"submission first", submission + record("x", "1", "t3_x"),
			[]string{`= x "Wind & rain" of 2`, "1< " + at + ` "b"`, "! 0 count-mismatch "}},
		{"submission last", record("x", "1", "t3_x") + record("x", "2", "t3_x") + submission,
			[]string{`= x "Wind & rain" of 2`, "1< " + at + ` "b"`, "2< " + at + ` "b"`}},
		{"no threads", "", nil},
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

func TestBad(t *testing.T) {
	const at = "ann 2023-11-14T22:13:20Z 1"
	good := record("x", "1", "t3_x")
	one := []string{"= x", "1< " + at + ` "b"`}
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"last line cut", good + record("x", "2", "t1_1")[:60], append(one, "! 2 bad-record ")},
		{"broken line", good + "{broken\n" + record("x", "2", "t1_1"), append(one, "2<1 "+at+` "b"`, "! 2 bad-record ")},
		{"broken first line", "{broken\n" + good, append(one, "! 1 bad-record ")},
		{"nothing but broken lines", "{broken\n", []string{"= ", "! 1 bad-record "}},
		{"other values", good + "12\nnull\n[]\n{}\n[3]", append(one, "! 2 bad-record ", "! 3 bad-record ", "! 5 bad-record ", "! 6 bad-record ")},
		{"duplicate", good + good, append(one, "! 2 duplicate-id 1")},
		{"same ID, other text", good + strings.Replace(good, `"b"`, `"c"`, 1), append(one, "1~2< "+at+` "c"`, "! 2 duplicate-id 1~2")},
		{"cycle", record("x", "1", "t1_2") + record("x", "2", "t1_1"), []string{"= x", "1< " + at + ` "b"`, "2<1 " + at + ` "b"`, "! 1 cycle 1"}},
		{"own parent", record("x", "1", "t1_1"), []string{"= x", "1< " + at + ` "b"`, "! 1 self-parent 1"}},
		{"missing parent", record("x", "1", "t1_0"), []string{"= x", "0<   missing", "1<0 " + at + ` "b"`, "! 1 missing-parent 1"}},
		{"placeholder for a time", record("x", "1", "t3_x", `"created_utc":999999999`), []string{"= x", `1< ann  1 "b"`, "! 1 unknown-date 1"}},
		{"times of no calendar", record("x", "1", "t3_x", `"created_utc":1e300`, `"edited":-5`), []string{"= x", `1< ann  1 "b"`, "! 1 unknown-date 1", "! 1 bad-record 1"}},
		{"huge score", record("x", "1", "t3_x", `"score":123456789012345678901234567890`), []string{"= x", `1< ann 2023-11-14T22:13:20Z "b"`, "! 1 bad-record 1"}},
		{"wrong types", record("x", "1", "t3_x", `"author":7`, `"body":[]`, `"score":{}`, `"edited":"soon"`, `"created_utc":null`, `"_meta":3`),
			[]string{"= x", "1<   deleted", "! 1 bad-record 1", "! 1 bad-record 1", "! 1 unknown-date 1", "! 1 bad-record 1", "! 1 bad-record 1"}},
		{"no parent", record("x", "1", ""), append(one, "! 1 bad-record 1")},
		{"no ID", record("x", "", "t3_x"), []string{"= x", "#1< " + at + ` "b"`, "! 1 missing-id #1"}},
		{"no link", strings.Replace(good, `"link_id":"t3_x",`, "", 1), one},
		{"lone surrogate, control", record("x", "1", "t3_x", `"body":"a\ud800\u0000b"`), []string{"= x", "1< " + at + ` "a` + "\uFFFD" + `b"`, "! 1 invalid-text 1"}},
		{"deep", record("x", "1", "t3_x", `"all_awardings":`+strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000)), one},
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

func TestReadError(t *testing.T) {
	threads, err := read(io.MultiReader(strings.NewReader(record("x", "1", "t3_x")), failing{}))
	if err == nil || len(threads) != 1 || threads[0].Len() != 1 || threads[0].Diagnostics()[0].Code != thread.Truncated {
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
		{"a dump", record("x", "1", "t3_x"), format.Certain},
		{"byte order mark, blank lines", "\uFEFF\n\n" + record("x", "1", "t3_x"), format.Certain},
		{"first line broken", "{broken\n" + record("x", "1", "t3_x"), format.Certain},
		{"one long record, cut by the head", `{"data":[` + record("x", "1", "t3_x") + `,{"body":"`, format.Certain},
		{"submissions", `{"id":"x","title":"T","subreddit":"s","num_comments":0,"created_utc":1}`, format.Likely},
		{"a link elsewhere", strings.Replace(record("x", "1", "t3_x"), "t3_", "t9_", 1), format.No},
		{"other JSON", `{"id":1,"parent":2,"body":"x"}`, format.No},
		{"words", "Ann says: link_id parent_id body", format.No},
		{"nothing", "", format.No},
		{"an endless array", "[" + strings.Repeat("1,", 1<<18), format.No},
	} {
		if got, why := redditdump.Format.Sniff(format.Head{Bytes: []byte(c.in)}); got != c.want || why == "" {
			t.Errorf("%s: Sniff = %s (%s), want %s", c.name, got, why, c.want)
		}
	}
}

func FuzzDump(f *testing.F) {
	for _, name := range []string{"rosetta.ndjson", "years.ndjson"} {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("[" + record("x", "1", "t1_2") + "," + record("x", "2", "t1_1") + "]"))
	f.Fuzz(func(t *testing.T, b []byte) {
		redditdump.Format.Sniff(format.Head{Bytes: b})
		threads, err := read(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		for _, th := range threads {
			for i := range th.All() {
				if c := th.Comment(i); c.Author == "[deleted]" || c.Text == "[removed]" {
					t.Errorf("%+v was taken for words of a person", c)
				}
			}
		}
	})
}

// dump is n bytes or more of records with 50 fields, as in the 2020s.
func dump(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		r := map[string]any{
			"author": fmt.Sprint("user_", i%9973), "body": strings.Repeat("Some words &amp; more, \"quoted\" at times.\n\n", 1+i%12), "created_utc": 1700000000 + i, "edited": false,
			"id": fmt.Sprintf("k%07d", i), "link_id": fmt.Sprintf("t3_l%05d", i%97), "parent_id": fmt.Sprintf("t3_l%05d", i%97), "score": i % 50, "subreddit": "test",
			"all_awardings": []any{}, "author_flair_richtext": []any{map[string]any{"e": "text", "t": "flair"}}, "gildings": map[string]any{}, "permalink": "/r/test/comments/l/x/k/",
		}
		for _, name := range strings.Fields("approved_at_utc approved_by archived associated_award author_cakeday author_flair_background_color author_flair_css_class author_flair_template_id author_flair_text author_flair_text_color author_flair_type author_fullname author_patreon_flair author_premium banned_at_utc banned_by can_gild can_mod_post collapsed collapsed_because_crowd_control collapsed_reason comment_type controversiality distinguished gilded is_submitter locked mod_note mod_reason_by mod_reason_title no_follow") {
			r[name] = nil
			if len(name)%3 == 0 {
				r[name] = name + "_value"
			}
		}
		for _, name := range strings.Fields("retrieved_on score_hidden send_replies stickied subreddit_id subreddit_type") {
			r[name] = "t5_2qh0u"
		}
		line, _ := json.Marshal(r)
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

type drop struct{}

func (drop) Describe(string, thread.Meta)     {}
func (drop) Report(string, thread.Diagnostic) {}

func decodeAll(b []byte) (n int) {
	for _, err := range redditdump.Format.Decode(format.Source{Reader: bytes.NewReader(b)}, drop{}) {
		if err != nil {
			panic(err)
		}
		n++
	}
	return n
}

// One allocation a record, that of its text; IDs and authors share theirs. And
// no more bytes than these need.
func TestAllocations(t *testing.T) {
	small, large := dump(1<<20), dump(3<<20)
	records := bytes.Count(large, []byte("\n")) - bytes.Count(small, []byte("\n"))
	a := testing.AllocsPerRun(3, func() { decodeAll(small) })
	b := testing.AllocsPerRun(3, func() { decodeAll(large) })
	if per := (b - a) / float64(records); per > 1.1 {
		t.Errorf("%.2f allocations a record, want 1", per)
	}
	kept := 0
	for c, err := range redditdump.Format.Decode(format.Source{Reader: bytes.NewReader(large[len(small):])}, drop{}) {
		if err != nil {
			t.Fatal(err)
		}
		kept += len(c.ID) + len(c.Parent) + len(c.Author) + len(c.Text)
	}
	// The runtime rounds up what it allocates, by an eighth or less for texts.
	if took := allocated(large) - allocated(small); took > kept+kept/8+16*records {
		t.Errorf("%d bytes are allocated for %d that are kept", took, kept)
	}
}

// allocated is how many bytes decoding allocates.
func allocated(b []byte) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	decodeAll(b)
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

func BenchmarkDump(b *testing.B) {
	in := dump(16 << 20)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		decodeAll(in)
	}
}
