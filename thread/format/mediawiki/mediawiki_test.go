package mediawiki

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// row is a comment as a test sees it: facts that the writer of the page knows.
type row struct{ Thread, ID, Parent, Author, Time, Edited, Text string }

func read(t testing.TB, b []byte) (rows []row, threads []*thread.Thread) {
	t.Helper()
	for th, err := range format.Threads(Format, format.Source{Name: "page.html", Reader: bytes.NewReader(b)}, thread.Source{}) {
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
			rows = append(rows, row{th.Meta().Title, c.ID, c.Parent, who, c.Time.String(), c.Edited.String(), c.Text})
		}
	}
	return rows, threads
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPages(t *testing.T) {
	const nobody = "192.0.2.7" // somebody without an account
	for _, test := range []struct {
		name string
		want []row
	}{
		{"en-classic.html", []row{
			{"Height", "1", "", "Odile", "2021-12-25T08:12:00Z", "", "The article says the bridge is nine metres high. I measured seven.\n\nWhere does the nine come from?"},
			{"Height", "2", "1", "Tom B", "2021-12-26T09:44:00Z", "", "From the river bed, not from the water."},
			{"Height", "3", "2", "Odile", "2021-12-26T10:01:00Z", "", "Then say so. P.S. I did it."},
			{"Height", "4", "2", nobody, "2021-12-26T11:30:00Z", "", "Or give both."},
			{"Height", "5", "1", "Curator", "2021-12-26T12:00:00Z", "", "The mason's book has eight.\n\n- a list inside a comment"},
			{"Height", "6", "5", "Tom B", "2021-12-26T13:00:00Z", "", "Back to the left: let us ask the town."},
			{"Name", "7", "", "Tom B", "2022-01-02T14:00:00Z", "2022-01-02T14:20:00Z", "Is it \"Lantern Bridge\" with a capital? my draft Tommy 14:00, 2 January 2022 (UTC) No, I see now."},
			{"Name", "8", "7", nobody, "2022-01-02T15:00:00Z", "", "> We write it small. Curator 10:00, 1 May 2019 (UTC)\n\nSmall, as quoted above."},
			{"Name", "9", "7", "Fern", "2022-01-02T15:10:00Z", "", "Large. I was there on 10:00, 1 June 2020 (UTC)."},
		}},
		{"fr-parsoid.html", []row{
			{"Moulin", "1", "", "Éloïse", "2021-12-25T08:12:00+01:00", "", "Faut-il renommer la page du moulin ?"},
			{"Moulin", "2", "1", "Bastien", "2021-12-26T09:44:00+01:00", "", "Oui."},
			{"Moulin", "3", "2", "2001:DB8::7", "2022-07-26T15:17:00+02:00", "", "Non !"},
			// A day that does not exist signs nothing.
			{"Moulin", "4", "", "Bastien", "2022-07-27T10:00:00+02:00", "", "Second moulin. Bastien 0 janvier 0000 à 00:00 (CET)\n\nTroisième moulin."},
		}},
		{"de-replytool.html", []row{
			{"Danke", "1", "", "Emil", "2021-12-25T08:12:00+01:00", "", "Danke für das Bild der Mühle, Grete!"},
			{"Danke", "2", "1", "Grete", "2022-03-26T09:44:00+01:00", "", "Gern geschehen."},
			{"Danke", "3", "2", "Emil", "2022-03-27T10:00:00+02:00", "", "Noch eins?"},
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

// What stands around the comments.
func TestThreads(t *testing.T) {
	_, threads := read(t, file(t, "en-classic.html"))
	if len(threads) != 2 {
		t.Fatalf("%d threads, want 2", len(threads))
	}
	want := thread.Meta{ID: "Height", Title: "Height", URL: "https://wiki.example.org/wiki/Talk:Lantern_bridge#Height", Lang: "en"}
	if d := cmp.Diff(want, threads[0].Meta()); d != "" {
		t.Errorf("Meta (-want +got):\n%s", d)
	}
	if ds := threads[0].Diagnostics(); len(ds) != 1 || ds[0].Code != thread.AuthorMissing || ds[0].Pos.Line != 23 {
		t.Errorf("diagnostics %v, want one of unsigned text in line 23", ds)
	}
	if _, threads = read(t, file(t, "fr-parsoid.html")); len(threads) != 2 || threads[1].Meta().ID != "Moulin_2" {
		t.Errorf("%d threads; two headings of one name must stay two threads", len(threads))
	}
}

// The address of somebody without an account is a name until pseudonyms replace
// the names: then it stands nowhere.
func TestAddressesGoWithPseudonyms(t *testing.T) {
	_, threads := read(t, file(t, "en-classic.html"))
	for _, th := range threads {
		th = thread.Pseudonymize(th, []byte("key"))
		for i := range th.Document() {
			if c := th.Comment(i); strings.Contains(c.Author+c.AuthorKey+c.Text, "192.0") {
				t.Errorf("comment %s of %q shows an IP address", c.ID, th.Meta().Title)
			}
		}
	}
}

// around is a page of a wiki around a body.
func around(body string) string {
	return `<html lang="en"><body><div class="mw-parser-output"><h2 id="s">S</h2>` + body + `</div></body></html>`
}

func TestRules(t *testing.T) {
	sign := func(name, time string) string {
		return ` <a href="/wiki/User:` + name + `">` + name + `</a> 10:` + time + `, 5 May 2020 (UTC)`
	}
	for _, test := range []struct {
		name, body string
		want       []string // author<parent's author: text
	}{
		{"levels that jump", `<p>a` + sign("A", "00") + `</p><dl><dd><dl><dd><dl><dd>b` + sign("B", "01") + `</dd></dl></dd></dl></dd><dd>c` + sign("C", "02") + `</dd></dl>`,
			[]string{"A<: a", "B<A: b", "C<A: c"}},
		{"mixed lists", `<p>a` + sign("A", "00") + `</p><dl><dd>b` + sign("B", "01") + `<ul><li>c` + sign("C", "02") + `</li></ul></dd></dl><ul><li>d` + sign("D", "03") + `</li></ul>`,
			[]string{"A<: a", "B<A: b", "C<B: c", "D<A: d"}},
		{"a comment over two items", `<ul><li>a</li><li>b` + sign("A", "00") + `</li></ul>`,
			[]string{"A<: a\n- b"}},
		{"line breaks do not end a comment", `<p>a<br>b` + sign("A", "00") + `<br>` + `c` + sign("B", "01") + `</p>`,
			[]string{"A<: a\nb", "B<: c"}},
		{"a link too far from the time", `<p><a href="/wiki/User:A">A</a> <i>` + strings.Repeat("word ", 30) + `</i> 10:00, 5 May 2020 (UTC)</p>`, nil},
		{"a link in the paragraph before", `<p><a href="/wiki/User:A">A</a></p><p>10:00, 5 May 2020 (UTC)</p>`, nil},
		{"a link to a subpage or an article", `<p>x <a href="/wiki/User:A/essay">A</a> <a href="/wiki/Anna">A</a> 10:00, 5 May 2020 (UTC)</p>`, nil},
		{"a date without a zone is said, not signed", `<p>x <a href="/wiki/User:A">A</a> 10:00, 5 May 2020</p>`, nil},
		{"a fake heading", `<p>a` + sign("A", "00") + `</p><dl><dt>Votes</dt></dl><ul><li>b` + sign("B", "01") + `</li></ul>`,
			[]string{"A<: a", "B<A: b"}},
		{"the nearest user signs", `<p>thanks <a href="/wiki/User:Z">Z</a>!` + sign("A", "00") + `</p>`,
			[]string{"A<: thanks Z!"}},
		{"a signature alone", `<p>` + sign("A", "00") + `</p>`, []string{"A<: "}},
		{"a signature inside a separator", `<p class="outdent-template">x` + sign("A", "00") + `</p><p>A text that nobody signed.</p>`, []string{"A<: "}},
		{"no name for a user's own page", `<p>me <a class="mw-selflink selflink">Me</a> 10:00, 5 May 2020 (UTC)</p>`, []string{"Me<: me"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows, _ := read(t, []byte(around(test.body)))
			author := map[string]string{}
			var got []string
			for _, r := range rows {
				author[r.ID] = r.Author
				got = append(got, r.Author+"<"+author[r.Parent]+": "+r.Text)
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for _, test := range []struct {
		name, page string
		want       format.Confidence
	}{
		{"talk page", string(file(t, "en-classic.html")), format.Certain},
		{"Parsoid", string(file(t, "fr-parsoid.html")), format.Certain},
		{"a talk page without signatures", `<script>RLCONF={"wgNamespaceNumber":3};</script><div class="mw-parser-output"><p>Hello</p></div>`, format.Likely},
		{"an article", `<script>RLCONF={"wgNamespaceNumber":0};</script><div class="mw-parser-output"><p>At 10:00, 5 May 2020 (UTC) it began.</p></div>`, format.Possible},
		{"another page", `<html><body><p>Ann 10:00, 5 May 2020 (UTC)</p></body></html>`, format.No},
		{"no page", "mw-parser-output", format.No},
	} {
		if got, why := sniff(format.Head{Bytes: []byte(test.page)}); got != test.want {
			t.Errorf("%s: %v (%s), want %v", test.name, got, why, test.want)
		}
	}
}

func TestNothing(t *testing.T) {
	for _, s := range []string{"", "<html></html>", around("<p>Nobody signed.</p>")} {
		rows, threads := read(t, []byte(s))
		if len(rows) != 0 || len(threads) != 1 || len(threads[0].Diagnostics()) == 0 || threads[0].Diagnostics()[0].Code != thread.NoComments {
			t.Errorf("%q: %d comments, %d threads, want an empty one that says so", s, len(rows), len(threads))
		}
	}
}

// Deep and broad pages must not be slow: a test that takes seconds here has
// met something that is not linear.
func TestHostile(t *testing.T) {
	sign := ` <a href="/wiki/User:A">A</a> 10:00, 5 May 2020 (UTC)`
	for name, test := range map[string]struct {
		body string
		want int
	}{
		"deep lists":        {strings.Repeat("<dl><dd>x"+sign, 5000), 5000},
		"deep inline":       {"<p>" + strings.Repeat("<i>x"+sign, 5000), 1},
		"empty elements":    {"<p>" + strings.Repeat("<i></i>", 20_000) + strings.Repeat("x 10:00, 5 May 2020 (UTC)<i></i>", 1000), 0},
		"entities":          {"<p>" + strings.Repeat(`10<span typeof="mw:Entity">&nbsp;</span>`, 10_000) + "</p>", 0},
		"brackets":          {"<p>" + strings.Repeat("10:00, (UTC) ", 5000) + "</p>", 0},
		"separators":        {"<p>" + strings.Repeat("<br>", 20_000) + "x" + sign, 1},
		"nested paragraphs": {strings.Repeat("<div>", 10_000) + "x" + sign, 1},
	} {
		rows, _ := read(t, []byte(around(test.body)))
		if len(rows) != test.want {
			t.Errorf("%s: %d comments, want %d", name, len(rows), test.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"en-classic.html", "fr-parsoid.html", "de-replytool.html"} {
		f.Add(file(f, name))
	}
	f.Add([]byte(around(`<li><p>x <a href="?title=U:%E1%zz">A</a>（UTC）10:00, 5 May 2020 (UTC`)))
	f.Fuzz(func(t *testing.T, b []byte) {
		sniff(format.Head{Bytes: b})
		first, threads := read(t, b)
		if len(threads) == 0 {
			t.Fatal("no thread, not even an empty one")
		}
		if again, _ := read(t, b); !cmp.Equal(first, again) {
			t.Fatal("the same page reads differently the second time")
		}
		for _, r := range first {
			if r.Time == "" {
				t.Fatalf("comment %s has no time, so nothing ended it", r.ID)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	body := string(file(b, "en-classic.html"))
	at := strings.Index(body, "<h2><span class=\"mw-headline\" id=\"Name\"")
	long := []byte(body[:at] + strings.Repeat(body[at:strings.Index(body, "<h2><span class=\"mw-headline\" id=\"Empty\"")], 200))
	b.SetBytes(int64(len(long)))
	for b.Loop() {
		n := 0
		for th, err := range format.Threads(Format, format.Source{Reader: bytes.NewReader(long)}, thread.Source{}) {
			if err != nil {
				b.Fatal(err)
			}
			n += th.Len()
		}
		if n != 606 {
			b.Fatalf("%d comments, want 606", n)
		}
	}
}
