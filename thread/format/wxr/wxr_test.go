package wxr

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

func summaries(threads []*thread.Thread) [][]string {
	var out [][]string
	for _, t := range threads {
		out = append(out, rosetta.Summary(t))
	}
	return out
}

func TestRosetta(t *testing.T) {
	threads := read(t, file(t, "rosetta.xml"))
	if len(threads) != 1 {
		t.Fatalf("%d threads, want 1", len(threads))
	}
	want := rosetta.Want(t)
	for i := range want {
		want[i].Score, want[i].Edited = 0, "" // not in the format
	}
	want = append(want, rosetta.Comment{ID: "c99", Author: "Autre article – Blog B", Time: "2021-12-29T08:00:00Z"})
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string {
		n, _ := strconv.Atoi(id)
		return "c" + strconv.Itoa(n-100)
	}))
	th := threads[0]
	if got := th.Time(0).String(); got != "2021-12-25T08:12:00+01:00" {
		t.Errorf("the first comment is of %s, want the local time of the blog", got)
	}
	last, _ := th.Find("199")
	if th.Kind(last) != thread.Pingback || th.Text(last) != "[…] cité dans Rosetta […]" {
		t.Errorf("199 is a %s, %q", th.Kind(last), th.Text(last))
	}
	want2 := thread.Meta{ID: "9", Title: "Rosetta", URL: "https://example.org/a/", Article: "Corps", Source: thread.Source{Name: "in", Format: "wxr"}}
	if d := cmp.Diff(want2, th.Meta()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// What each comment shows is said in the fixture.
func TestQuirks(t *testing.T) {
	threads := read(t, file(t, "quirks.xml"))
	want := [][]string{{
		"3 Semis & gelées",
		"11 | Tom & Léa | 2019-07-01T10:00:00+02:00: Première ligne/deuxième ligne//> tout gèle//Deux éléments ://- un/- deux//et ]]> fin.",
		"12 < 11 | Ana |  | pending: Sans date, sanstype.",
		"77 |  |  | missing: ",
		// 4 h 07 min is the offset of no country.
		"13 < 77 | Bo & fils | 2019-07-01T08:00:00Z | removed | trackback: Sans CDATA \u00a0!",
		"14 < 11 |  | 2019-07-02T12:00:00: Sans nom.",
		"15 < 11 |  | : Loin.",
		"! invalid-text 12", "! unknown-date 15", "! missing-parent 13",
	}, {
		"5 Récolte",
		"11 | Ana | : Le numéro 11, ailleurs.",
	}}
	if d := cmp.Diff(want, summaries(threads)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := threads[0].Meta().Article; got != "Un paragraphe.\n\nUn autre." {
		t.Errorf("the article is %q", got)
	}
	if got := threads[0].Authors(); got != 6 { // three without a name are three people, and so is the ghost
		t.Errorf("%d authors, want 6", got)
	}
}

// E-mail and IP addresses of commenters appear nowhere.
func TestPrivate(t *testing.T) {
	for _, name := range []string{"rosetta.xml", "quirks.xml"} {
		for _, th := range read(t, file(t, name)) {
			for i := range th.All() {
				c := th.Comment(i)
				for _, s := range []string{c.Author, c.AuthorKey, c.Text} {
					if strings.Contains(s, "192.0.2.") || strings.Contains(s, "@") {
						t.Errorf("%s: comment %s holds %q", name, c.ID, s)
					}
				}
			}
		}
	}
}

const start = `<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title><wp:post_id>1</wp:post_id>`

func entry(id, parent, text string) string {
	return "<wp:comment><wp:comment_id>" + id + "</wp:comment_id><wp:comment_author>A" + id + "</wp:comment_author><wp:comment_content><![CDATA[" + text +
		"]]></wp:comment_content><wp:comment_parent>" + parent + "</wp:comment_parent></wp:comment>\n"
}

func TestBad(t *testing.T) {
	const end = "</item></channel></rss>"
	laughs := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>` + strings.TrimPrefix(start, `<?xml version="1.0"?>`)
	tests := []struct {
		name, in string
		want     []string
	}{
		{"cycle", start + entry("1", "2", "x") + entry("2", "1", "y") + end,
			[]string{"1 T", "1 | A1 | : x", "2 < 1 | A2 | : y", "! cycle 1"}},
		{"own parent", start + entry("1", "1", "x") + end, []string{"1 T", "1 | A1 | : x", "! self-parent 1"}},
		{"duplicate", start + entry("1", "0", "x") + entry("1", "0", "x") + end, []string{"1 T", "1 | A1 | : x", "! duplicate-id 1"}},
		{"cut in a comment", start + entry("1", "0", "x") + "<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_content><![CDATA[half a sen",
			[]string{"1 T", "1 | A1 | : x", "2 |  | : half a sen", "! truncated"}},
		{"cut in a tag", start + entry("1", "0", "x") + "<wp:comm", []string{"1 T", "1 | A1 | : x", "! truncated"}},
		{"end tags missing", start + strings.ReplaceAll(entry("1", "0", "x")+entry("2", "1", "y"), "</wp:comment>", "") + end,
			[]string{"1 T", "1 | A1 | : x", "2 < 1 | A2 | : y"}},
		{"an end tag in the middle missing", start + strings.Replace(entry("1", "0", "x"), "</wp:comment_parent>", "", 1) + entry("2", "1", "y") + end,
			[]string{"1 T", "1 | A1 | : x", "2 < 1 | A2 | : y"}},
		{"entities", laughs + entry("1", "0", "]]>&c;&bogus;<![CDATA[") + end, []string{"1 T", "1 | A1 | : &c;&bogus;"}},
		{"no ID", start + "<wp:comment><wp:comment_content>x</wp:comment_content></wp:comment>" + end,
			[]string{"1 T", "#1 |  | : x", "! missing-id #1"}},
		{"deep", start + "<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content>" + strings.Repeat("<b>", 20_000) + "x</wp:comment_content></wp:comment>" + end,
			[]string{"1 T", "1 |  | : x"}},
		{"outside of items", `<rss xmlns:wp="http://wordpress.org/export/1.2/">` + entry("1", "0", "x") + "</rss>", []string{"item 1", "1 | A1 | : x"}},
		{"nothing", `<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>T</title></item></channel></rss>`, []string{"", "! no-comments"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			threads := read(t, test.in)
			if len(threads) != 1 {
				t.Fatalf("%d threads, want 1", len(threads))
			}
			got := rosetta.Summary(threads[0])
			for i := range got {
				got[i] = strings.TrimRight(got[i], " ")
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestTooLong(t *testing.T) {
	threads, err := rosetta.Read(Format, start+entry("1", "0", "x")+entry("2", "0", strings.Repeat("x", 40<<20)), format.Options{})
	if err == nil || len(threads) != 1 || threads[0].Len() != 2 {
		t.Errorf("%d threads, error %v, want one with both comments and an error", len(threads), err)
	}
}

func TestEncodings(t *testing.T) {
	latin := strings.Replace(start, `"1.0"?`, `"1.0" encoding="ISO-8859-1"?`, 1) + entry("1", "0", "\xE9t\xE9")
	utf16 := "\xFF\xFE"
	for _, c := range strings.Replace(start, `"1.0"?`, `"1.0" encoding="utf-16"?`, 1) + entry("1", "0", "été") {
		utf16 += string([]byte{byte(c), 0})
	}
	for name, in := range map[string]string{"latin": latin, "utf-16": utf16} {
		if c, why := Format.Sniff(format.Head{Bytes: []byte(in)}); c != format.Certain {
			t.Errorf("%s: %s (%s), want certain", name, c, why)
		}
		if threads := read(t, in); len(threads) != 1 || threads[0].Len() != 1 || threads[0].Text(0) != "été" {
			t.Errorf("%s: %q, want one comment été", name, summaries(threads))
		}
	}
}

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta.xml"): format.Certain,
		file(t, "quirks.xml"):  format.Certain,
		`<?xml version="1.0"?><rss version="2.0"><channel><item><title>http://wordpress.org/export/1.2/</title></item></channel></rss>`: format.No,
		"a post about \"http://wordpress.org/export/1.2/\" and <rss":                                                                    format.No,
		"": format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, start+entry("1", "2", "x")+entry("2", "1", "<pre>\ny</pre>"), file(f, "quirks.xml")[:2000])
}

func BenchmarkDecode(b *testing.B) {
	in := start + strings.Repeat(entry("1", "0", strings.Repeat("some words ", 50)), 1000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		for range Format.Decode(format.Source{Reader: strings.NewReader(in)}, discard{}) {
		}
	}
}

// discard is a Sink that forgets.
type discard struct{}

func (discard) Describe(string, thread.Meta)     {}
func (discard) Report(string, thread.Diagnostic) {}
