package csv_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/csv"
	"threadheat/thread/internal/threadtest"
)

// write is the table of threads.
func write(t *testing.T, threads ...*thread.Thread) string {
	t.Helper()
	var b bytes.Buffer
	e := csv.NewEncoder(&b)
	for _, th := range threads {
		if err := e.Encode(th); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readBack reads what write wrote.
func readBack(t *testing.T, table string) []*thread.Thread {
	t.Helper()
	return threadtest.ReadBack(t, csv.Format, table)
}

// The table, written by hand: what a column holds, and how CSV quotes it.
func TestEncode(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{
		ID: "t", Title: "A gate", URL: "https://example.org/?a=1,2", Article: "Who left it open?\n\nWe ask.", Lang: "en", Declared: 3, HasDeclared: true,
		Source: thread.Source{Name: "page.html", Format: "wordpress", Confidence: "certain", Captured: thread.At(time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC), thread.Second)},
	})
	at := time.Date(2021, 12, 26, 9, 44, 0, 0, time.FixedZone("", 3600))
	b.Add(thread.Comment{ID: "1", Author: `Ann "A"`, AuthorKey: "7", Time: thread.Local(at, thread.Minute), Text: "=1+1\n\n  two lines, and a comma", Score: -3, HasScore: true})
	b.Add(thread.Comment{ID: "2", Parent: "1", Time: thread.At(at, thread.Second), Edited: thread.Local(at, thread.Day), Basis: thread.Mentioned, Certainty: 0.75, State: thread.Deleted})
	b.Add(thread.Comment{ID: "3", Parent: "x", Author: "null", Kind: thread.System, Basis: thread.Declared, Text: " "})
	other := thread.NewBuilder(thread.Meta{ID: "t"})
	other.Add(thread.Comment{ID: "1", Text: "again"})
	empty := thread.NewBuilder(thread.Meta{ID: "empty", Title: "Nobody said anything"})
	want := strings.Join([]string{
		`thread,id,parent,author,author_key,time,precision,depth,basis,certainty,text,score,edited,edited_precision,kind,state,` +
			`thread_title,thread_url,thread_id,thread_lang,thread_declared_count,thread_article,source_name,source_format,source_confidence,source_sha256,source_captured`,
		`t,1,,"Ann ""A""",7,2021-12-26T09:44:00,minute,0,,,"=1+1` + "\n\n" + `  two lines, and a comma",-3,,,comment,visible,A gate,"https://example.org/?a=1,2",` +
			`,en,3,"Who left it open?` + "\n\n" + `We ask.",page.html,wordpress,certain,,2022-01-02T03:04:05Z`,
		`t,2,1,,,2021-12-26T09:44:00+01:00,second,1,mentioned,0.75,,,2021-12-26,day,comment,deleted,A gate,"https://example.org/?a=1,2",,,,,,,,,`,
		`t,x,,,,,,0,,,,,,,comment,missing,A gate,"https://example.org/?a=1,2",,,,,,,,,`,
		`t,3,x,null,,,,1,declared,," ",,,,system,visible,A gate,"https://example.org/?a=1,2",,,,,,,,,`,
		`t~2,1,,,,,,0,,,again,,,,comment,visible,,,t,,,,,,,,`,
		``,
	}, "\n")
	if diff := cmp.Diff(want, write(t, b.Build(), empty.Build(), other.Build())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func same(t *testing.T, want []*thread.Thread) {
	t.Helper()
	got := readBack(t, write(t, want...))
	for _, w := range want {
		if w.Len() == 0 {
			continue
		}
		if len(got) == 0 {
			t.Fatalf("%q was not read back", w.Meta().ID)
		}
		if diff := cmp.Diff(threadtest.DumpOf(w).Carried(), threadtest.DumpOf(got[0]).Carried(), cmp.AllowUnexported(thread.Stamp{})); diff != "" {
			t.Fatalf("%s of %s (-written +read):\n%s", w.Meta().ID, w.Meta().Source.Name, diff)
		}
		got = got[1:]
	}
}

func TestRoundTripOfFixtures(t *testing.T) {
	same(t, threadtest.Corpus(t, "../../.."))
}

func TestRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 60 {
		var threads []*thread.Thread
		for range 5 {
			threads = append(threads, threadtest.Named(threadtest.Random(r)))
		}
		same(t, threads)
	}
}

// What people do to a table in a notebook: other columns, another order of
// columns and of rows, integers with a point.
func TestEditedTable(t *testing.T) {
	table := strings.Join([]string{
		`mine,text,id,parent,author,author_key,thread,time,precision,basis,certainty,kind,state,score,thread_title,thread_article,thread_declared_count`,
		`x,second,2,1,null,,t,2021-12-26T09:44:00,minute,nested,,comment,visible,3.0,Title,,`,
		`x,first,1,,Ann,7,t,2021,year,,,comment,visible,,Title,Article,2.0`,
		`x,other,1,,Ann,7,u,,,,,,,,Other,,`,
		``,
	}, "\n")
	if c, why := csv.Format.Sniff(format.Head{Bytes: []byte(table)}); c != format.Certain {
		t.Errorf("Sniff = %v, %s, want certain", c, why)
	}
	got := readBack(t, table)
	if len(got) != 2 {
		t.Fatalf("%d threads, want 2", len(got))
	}
	a := got[0]
	if m := a.Meta(); m.ID != "t" || m.Title != "Title" || m.Article != "Article" || m.Declared != 2 || !m.HasDeclared {
		t.Errorf("the thread is %+v", m)
	}
	second, _ := a.Find("2")
	if c := a.Comment(second); c.Author != "null" || c.Parent != "1" || c.Basis != thread.Nested || c.Score != 3 || !c.HasScore || c.Time.Precision() != thread.Minute {
		t.Errorf("the second comment is %+v", c)
	}
	if first, _ := a.Find("1"); a.Time(first).String() != "2021" || a.AuthorKey(a.Author(first)) != "7" {
		t.Errorf("the first comment is %+v", a.Comment(first))
	}
	for _, th := range got {
		if ds := th.Diagnostics(); len(ds) > 0 {
			t.Errorf("diagnostics: %+v", ds)
		}
	}
}

// Programs that know times write them in their own way.
func TestEditedTimes(t *testing.T) {
	for cells, want := range map[string]string{
		"2021-12-26 09:44:00,minute":       "2021-12-26T09:44:00 minute",
		"2021-12-26 09:44:00+01:00,second": "2021-12-26T09:44:00+01:00 second",
		"2021-12-26 00:00:00,day":          "2021-12-26 day",
		"2021-01-01 00:00:00,year":         "2021 year",
		"26/12/2021 09:44,minute":          "2021-12-26T09:44:00 minute",
		"2021-12-26T09:44:00,":             "2021-12-26T09:44:00 second",
		"2021-12-26,":                      "2021-12-26 day",
		",":                                " none",
	} {
		got := readBack(t, "thread,id,parent,author,author_key,text,basis,certainty,kind,state,time,precision\nt,1,,A,,x,,,,,"+cells+"\n")
		if s := got[0].Time(0); s.String()+" "+s.Precision().String() != want || len(got[0].Diagnostics()) > 0 {
			t.Errorf("%s is %s %s, want %s; %+v", cells, s, s.Precision(), want, got[0].Diagnostics())
		}
	}
}

// A value that says nothing is left out, and said; its comment stays.
func TestOddValues(t *testing.T) {
	const header = "thread,id,parent,author,author_key,text,time,precision,basis,certainty,kind,state,score,edited,edited_precision,thread_declared_count,source_captured\n"
	for row, want := range map[string]string{
		"t,1,,A,,x,soon,minute,,,,,,,,,":   `"soon" is not a time`,
		"t,1,,A,,x,2021,aeon,,,,,,,,,":     `unknown precision "aeon"`,
		"t,1,,A,,x,,,guessed,,,,,,,,":      `unknown basis "guessed"`,
		"t,1,,A,,x,,,,high,,,,,,,":         `"high" is not a number`,
		"t,1,,A,,x,,,,,poem,,,,,,":         `unknown kind "poem"`,
		"t,1,,A,,x,,,,,,lost,,,,,":         `unknown state "lost"`,
		"t,1,,A,,x,,,,,,,1e300,,,,":        `"1e300" is not a number`,
		"t,1,,A,,x,,,,,,,,yesterday,day,,": `"yesterday" is not a time`,
		"t,1,,A,,x,,,,,,,,,,many,":         `"many" is not a number`,
		"t,1,,A,,x,,,,,,,,,,,then":         `"then" is not a time`,
		"t,1,,A,,x":                        `the row has 6 columns where the header has 17`,
	} {
		got := readBack(t, header+row+"\n")
		if len(got) != 1 || got[0].Len() != 1 || got[0].Text(0) != "x" {
			t.Errorf("%s: the comment is gone", row)
			continue
		}
		ds := got[0].Diagnostics()
		if len(ds) != 1 || ds[0].Code != thread.BadRecord || ds[0].Pos.Line != 2 || !strings.Contains(ds[0].Message, want) {
			t.Errorf("%s: %+v, want a bad record in line 2: %s", row, ds, want)
		}
	}
}
