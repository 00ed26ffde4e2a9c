package wikitext

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// row is a comment as a test sees it.
type row struct{ Thread, ID, Parent, Author, Time, Text string }

func read(t testing.TB, b []byte) (rows []row, threads []*thread.Thread) {
	t.Helper()
	for th, err := range format.Threads(Format, format.Source{Name: "page", Reader: bytes.NewReader(b)}, thread.Source{}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
		for i := range th.Document() {
			c := th.Comment(i)
			who := c.Author
			if who == "" {
				who = "<" + c.AuthorKey + ">"
			}
			rows = append(rows, row{th.Meta().ID, c.ID, c.Parent, who, c.Time.String(), c.Text})
		}
	}
	return rows, threads
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPages(t *testing.T) {
	for _, test := range []struct {
		name string
		want []row
	}{
		{"garden.wikitext", []row{
			{"Hedge", "1", "", "Ann", "2021-12-25T08:12:00Z", "Who planted the hedge, and when? See the tree and the survey.\n\nI could not find a source."},
			{"Hedge", "2", "1", "Ben Low", "2021-12-26T09:44:00Z", "The survey says 1890."},
			{"Hedge", "3", "2", "Ann", "2021-12-26T10:00:00Z", "Ben Low which page?\nI read it twice. done"},
			{"Hedge", "4", "3", "192.0.2.7", "2021-12-26T11:00:00", "Page 7."},
			{"Hedge", "5", "2", "Cleo", "2021-12-26T12:00:00Z", "So it is old."},
			{"Hedge", "6", "5", "Ben Low", "2021-12-26T13:00:00Z", "Then let us say so."},
			{"Hedge", "7", "", "192.0.2.7", "2021-12-26T14:00:00Z", "Two metres, Ann says."},
			{"Hedge", "8", "7", "Cleo", "2021-12-26T14:10:00Z", "Three. notes User:Cleo 14:10, 26 December 2021 (UTC) No, two."},
			{"Hecke", "9", "", "Grete", "2021-12-25T08:12:00+01:00", "Wer hat die Hecke gepflanzt?"},
			{"Hecke", "10", "9", "Emil", "2022-03-26T09:44:00+01:00", "Der Müller."},
			{"Haie", "11", "", "Éloïse", "2022-07-25T08:12:00+02:00", "Question\nLa haie a-t-elle cent ans ?"},
		}},
		// The one thread that stands in all formats; its fifth comment is
		// deleted and not in wikitext.
		{"rosetta.wikitext", []row{
			{"Rosetta", "1", "", "Alice", "2021-12-25T08:12:00+01:00", "Premier paragraphe.\nDeuxième paragraphe & fin."},
			{"Rosetta", "2", "1", "Bob", "2021-12-26T09:44:00+01:00", "Je ne suis pas d’accord."},
			{"Rosetta", "3", "2", "Alice", "2021-12-26T15:17:00+01:00", "Relisez donc : tout y est."},
			{"Rosetta", "4", "", "Carol", "2021-12-27T21:09:00+01:00", "Hors sujet ?"},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := read(t, file(t, test.name))
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("comments (-want +got):\n%s", d)
			}
		})
	}
}

func TestUnsignedText(t *testing.T) {
	_, threads := read(t, file(t, "garden.wikitext"))
	if len(threads) != 3 {
		t.Fatalf("%d threads, want 3", len(threads))
	}
	ds := threads[0].Diagnostics()
	found := false
	for _, d := range ds {
		found = found || d.Code == thread.AuthorMissing && d.Pos.Line == 16
	}
	if !found {
		t.Errorf("diagnostics %v lack the unsigned remark in line 16", ds)
	}
}

func TestSniff(t *testing.T) {
	const signed = "Hello. [[User:Ann|Ann]] 08:12, 25 December 2021 (UTC)"
	for _, test := range []struct {
		name, text string
		want       format.Confidence
	}{
		{"talk page", string(file(t, "garden.wikitext")), format.Certain},
		{"one line", signed, format.Certain},
		{"inside JSON", `{"text": "` + signed + `"}`, format.No},
		{"inside HTML", "<!DOCTYPE html><pre>" + signed, format.No},
		{"an article", "== History ==\nSee [[Ann]] and [[User:Ann]].", format.No},
		{"a link and a time in two lines", "[[User:Ann]]\n08:12, 25 December 2021 (UTC)", format.No},
		{"nothing", "", format.No},
	} {
		if got, why := sniff(format.Head{Bytes: []byte(test.text)}); got != test.want {
			t.Errorf("%s: %v (%s), want %v", test.name, got, why, test.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"''a'' '''b'''": "a b",
		"[[A]] [[A|b]] [[:Category:C|d]] [[User:E|]]": "A b d User:E",
		"[[File:x.jpg|thumb|of [[A|b]]]] c":           "c",
		"[https://example.org a b] [//example.org]":   "a b",
		"{{tq|she said {{small|so}}}} {{ok}}":         "she said so ok",
		"{{a|class=x|b}}":                             "b",
		"a &amp; b&nbsp;c<ref>d</ref>":                "a & b\u00a0cd",
		"<s>a</s> [[ b":                               "a [[ b",
	} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHostile(t *testing.T) {
	const sign = "x [[User:A]] 10:00, 5 May 2020 (UTC)"
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"deep":            {strings.Repeat(":", 100_000) + sign + "\n" + sign, 2},
		"stairs":          {stairs(500, sign), 500},
		"one long line":   {strings.Repeat(sign+" ", 3000), 1},
		"links":           {strings.Repeat("[[User:A]]", 20_000) + " 10:00, 5 May 2020 (UTC)", 1},
		"open templates":  {strings.Repeat("{{", 50_000) + sign, 1},
		"open remark":     {"<!--" + strings.Repeat("<!-- ", 20_000) + sign, 1},
		"equal headings":  {strings.Repeat("== a ==\n"+sign+"\n", 1000), 1000},
		"times of nobody": {strings.Repeat("10:00, 5 May 2020 (UTC) ", 3000), 0},
	} {
		if rows, _ := read(t, []byte(test.text)); len(rows) != test.want {
			t.Errorf("%s: %d comments, want %d", name, len(rows), test.want)
		}
	}
}

func stairs(n int, sign string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(":", i) + sign + "\n")
	}
	return b.String()
}

func FuzzDecode(f *testing.F) {
	f.Add(file(f, "garden.wikitext"))
	f.Add(file(f, "rosetta.wikitext"))
	f.Add([]byte("= a =\n:{{unsigned|A|10:00, 5 May 2020}} [[U:B|{{c}}]] 10:01, 5 May 2020 (X)<!--\n-->"))
	f.Fuzz(func(t *testing.T, b []byte) {
		sniff(format.Head{Bytes: b})
		first, threads := read(t, b)
		if len(threads) == 0 {
			t.Fatal("no thread, not even an empty one")
		}
		for _, r := range first {
			if r.Time == "" || r.Author == "<>" {
				t.Fatalf("comment %s has no author or time, so nothing ended it", r.ID)
			}
		}
	})
}
