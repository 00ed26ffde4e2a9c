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
func readBack(t *testing.T, table string) (threads []*thread.Thread) {
	t.Helper()
	src := format.Source{Name: "in.csv", Reader: strings.NewReader(table)}
	for th, err := range format.Threads(csv.Format, src, thread.Source{Name: "in.csv", Format: "csv"}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	return threads
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
