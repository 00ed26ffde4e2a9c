package csv

import (
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones, where the system has none

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

func read(t testing.TB, in string, o format.Options) []*thread.Thread {
	t.Helper()
	threads, err := rosetta.Read(Format, in, o)
	if err != nil {
		t.Fatal(err)
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

func TestRosetta(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	threads := read(t, file(t, "rosetta.csv"), format.Options{Zone: paris})
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	want := rosetta.Want(t)
	for i := range want {
		want[i].Edited = "" // not in the table
	}
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string { return id }))
	if got, want := threads[0].Text(0), "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."; got != want {
		t.Errorf("the first text is %q, want %q", got, want)
	}
}

// Windows-1252, a line that names the mark, a header with a line feed, a row of
// nothing, a row that is too short. What Excel writes in German.
func TestExcel(t *testing.T) {
	threads := read(t, file(t, "excel.csv"), format.Options{})
	want := [][]string{{
		" ",
		`1 | Jürgen | 2020-04-03T10:00:00: Erste "Zeile"/zweite`,
		"2 < 1 |  | 2020-04-03T10:05:00 | removed: ",
		"3 < 1 |  | 2020-04-04T09:00:00 | deleted: ",
		"77 |  |  | missing: ",
		"4 < 77 | Ana | : Waise",
		"5 | Bo | 2020-04-05: kurz",
		"! unknown-date 4", "! bad-record 5", "! encoding-guessed", "! missing-parent 4",
	}}
	if d := cmp.Diff(want, summaries(threads)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	last, _ := threads[0].Find("5")
	if got := threads[0].Pos(last).Line; got != 10 {
		t.Errorf("5 stands in line %d, want 10", got)
	}
	if score, ok := threads[0].Score(0); score != 3 || !ok {
		t.Errorf("the first score is %d, %v, want 3", score, ok)
	}
}

// Marked IDs, the ID of the thread as parent, mixed threads, times of every
// kind in one column.
func TestReddit(t *testing.T) {
	want := [][]string{{
		"a ",
		"c1 | Ann | 2020-04-03T10:00:00Z: one",
		"c2 < c1 | Bo | 2020-04-03T10:02:00Z: two",
		`c3 | Ann | 2020-04-03T10:03:00Z: three "quoted"/and a line`,
		"c3~2 < c2 | Cy | : same ID",
		"! unknown-date c3", "! duplicate-id c3~2",
	}, {
		"b ",
		"d1 | Bo | 2020-04-03T10:01:00Z: other thread",
	}}
	got := summaries(read(t, file(t, "reddit.tsv"), format.Options{}))
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestColumns(t *testing.T) {
	const in = "k,sur,wer,was,wann\n1,,Ann,a,1.2.2020\n2,1,Bo,b,2.2.2020\n"
	given := map[string]string{"id": "k", "parent": "SUR", "author": "wer", "text": "was", "time": "wann"}
	want := [][]string{{" ", "1 | Ann | 2020-02-01: a", "2 < 1 | Bo | 2020-02-02: b"}}
	if d := cmp.Diff(want, summaries(read(t, in, format.Options{Columns: given}))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for want, given := range map[string]map[string]string{
		`no column for the text of the comments: there are k, sur, wer, was, wann; name it with --columns text=NAME`:                nil,
		`no column is called "qui", which --columns names for author: there are k, sur, wer, was, wann`:                             {"text": "was", "author": "qui"},
		`--columns knows no "words"; it knows id, parent, thread, author, author_key, time, edited, text, score, state, title, url`: {"words": "was"},
	} {
		_, err := rosetta.Read(Format, in, format.Options{Columns: given})
		if err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v: error %v, want %s", given, err, want)
		}
	}
}

func TestBad(t *testing.T) {
	const start = "id,parent,author,date,text\n"
	tests := []struct {
		name, in string
		want     []string
	}{
		{"header alone", start, []string{" ", "! no-comments"}},
		{"cycle", start + "1,2,A,,x\n2,1,B,,y\n", []string{" ", "1 | A | : x", "2 < 1 | B | : y", "! cycle 1"}},
		{"parents that are none", start + "1,0,A,,x\n2,null,B,,y\n3,3,C,,z\n4,-1,D,,w\n", []string{" ", "1 | A | : x", "2 | B | : y", "3 | C | : z", "4 | D | : w"}},
		{"duplicate", start + "1,,A,,x\n1,,A,,x\n", []string{" ", "1 | A | : x", "! duplicate-id 1"}},
		{"quote in the middle", start + "1,,A,,say \"no\" to\n2,,B,,y\n", []string{" ", `1 | A | : say "no" to`, "2 | B | : y"}},
		{"cut", start + "1,,A,,x\n2,,B", []string{" ", "1 | A | : x", "2 | B | : ", "! bad-record 2"}},
		{"cells to spare", start + "1,,A,,x,y\n", []string{" ", "1 | A | : x", "! bad-record 1"}},
		{"no IDs", "author,text\nA,x\nB,y\n", []string{" ", "1 | A | : x", "2 | B | : y"}},
		{"the day comes first", start + "1,,A,03/04/2020,x\n2,,B,25/04/2020,y\n", []string{" ", "1 | A | 2020-04-03: x", "2 | B | 2020-04-25: y"}},
		{"the month comes first", start + "1,,A,03/04/2020,x\n2,,B,04/25/2020,y\n", []string{" ", "1 | A | 2020-03-04: x", "2 | B | 2020-04-25: y"}},
		{"either", start + "1,,A,03/04/2020,x\n2,,B,04/05/2020,y\n", []string{" ", "1 | A | 2020-04-03: x", "2 | B | 2020-05-04: y", "! ambiguous-date 1"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if d := cmp.Diff([][]string{test.want}, summaries(read(t, test.in, format.Options{}))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// A quote that is never closed does not take the memory of the machine.
func TestEndlessQuote(t *testing.T) {
	threads, err := rosetta.Read(Format, "id,author,text\n1,A,x\n2,B,\""+strings.Repeat("1,A,x\n", 8<<20), format.Options{})
	if err == nil || !strings.Contains(err.Error(), "never closed") || len(threads) != 1 || threads[0].Len() != 1 {
		t.Errorf("%d threads, error %v, want the row before and an error that says why", len(threads), err)
	}
}

// The opening post of a thread is no comment on it, and is answered.
func TestOpeningPost(t *testing.T) {
	const in = "id,thread,parent,author,title,text\np,p,,Ann,The question,Why?\n1,p,p,Bo,,Because\n2,q,q,Cy,,Elsewhere\n3,r,r,Di,,Before\nr,r,,Ed,,After its answer\n"
	want := [][]string{
		{"p The question", "p | Ann |  | post: Why?", "1 < p | Bo | : Because"},
		{"q ", "2 | Cy | : Elsewhere"},
		{"r ", "3 < r | Di | : Before", "r | Ed |  | post: After its answer"},
	}
	if d := cmp.Diff(want, summaries(read(t, in, format.Options{}))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta.csv"):                    format.Likely,
		file(t, "excel.csv"):                      format.Likely,
		file(t, "reddit.tsv"):                     format.Likely,
		"a,b\n1,2\n":                              format.No,
		"Text, author and other words\n\nAnd so.": format.No,
		"Ein Text; mit Autor\n":                   format.No,
		`{"id":1,"text":"x"}`:                     format.No,
		"<p>id,text":                              format.No,
		"":                                        format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, file(f, "excel.csv"), file(f, "reddit.tsv"), own, "id,parent,author,text\n1,2,A,x\n2,1,B,\"y\n")
}

// own is a table as Encoder writes it, but for columns that may be absent.
const own = "thread,id,parent,author,author_key,text,time,precision,basis,certainty,kind,state,score,thread_id,thread_article,source_captured\n" +
	"t,1,,A,7,\"x\ny\",2021-12-26T09:44:00+01:00,minute,,,post,visible,-3,u,z,2021\nt,2,1,,,,,,nested,0.5,,missing,,,,\n"

// TestPrivateAuthors: an address in the column of authors is private; what stands
// before the @ is what people are called by.
func TestPrivateAuthors(t *testing.T) {
	th := read(t, "id,author,user_id,text\n1,ann@b.example,x@y.example,one\n2,Bo,,two\n", format.Options{})[0]
	for i, want := range []string{"ann", "Bo"} {
		if got := th.AuthorName(th.Author(thread.Index(i))); got != want {
			t.Errorf("author of %d = %q, want %q", i, got, want)
		}
	}
	if key := th.AuthorKey(th.Author(0)); strings.Contains(key, "@") {
		t.Errorf("the key of the author is the address %q", key)
	}
}
