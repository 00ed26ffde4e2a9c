package disqus

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
	rosetta.Check(t, want, rosetta.Got(threads[0], func(id string) string {
		n, _ := strconv.Atoi(id)
		return "c" + strconv.Itoa(n-100)
	}))
	if got, want := threads[0].Text(0), "Premier paragraphe.\n\nDeuxième <b>paragraphe</b> & fin."; got != want {
		t.Errorf("the first text is %q, want %q", got, want)
	}
	wantMeta := thread.Meta{ID: "2", Title: "Rosetta", URL: "https://example.org/a/", Source: thread.Source{Name: "in", Format: "disqus"}}
	if d := cmp.Diff(wantMeta, threads[0].Meta()); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// What each post shows is said in the fixture. Tom writes under two names, but
// from one account.
func TestQuirks(t *testing.T) {
	in := file(t, "quirks.xml")
	threads := read(t, in)
	want := [][]string{{
		"2 Semis & gelées",
		"21 | Tom | 2019-07-01T08:00:00Z: Il gèle <encore>./Ou pas.//> tout gèle",
		"22 < 21 |  |  | deleted: ",
		"23 < 22 | vendeur | 2019-07-01T08:10:00Z | removed: Achetez !",
		"! unknown-date 22",
	}, {
		"3 ",
		"31 | Invité | 2019-07-01T08:05:00Z: Sans balises",
		"32 < 31 | Tom C. | 2019-07-01T08:20:00Z: À Invité.",
	}, {
		"1337 ",
		"98 |  |  | missing: ",
		"99 < 98 | Ana | 2019-07-01T08:15:00+02:00: Où suis-je ?",
		"! bad-record", "! missing-parent 99",
	}}
	if d := cmp.Diff(want, summaries(threads)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if got := threads[1].Comment(1).AuthorKey; got != "tomtom" {
		t.Errorf("the key of Tom is %q, want his username", got)
	}
	if got := threads[1].Comment(0).AuthorKey; got != "" {
		t.Errorf("the key of a guest is %q, want none", got)
	}
	for _, th := range threads {
		for i := range th.All() {
			if c := th.Comment(i); strings.Contains(c.Author+c.AuthorKey+c.Text, "192.0.2.") || strings.Contains(c.Author+c.AuthorKey+c.Text, "@") {
				t.Errorf("comment %s holds an address", c.ID)
			}
		}
	}
}

const start = `<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><title>T</title></thread>`

func post(id, parent, text string) string {
	s := `<post dsq:id="` + id + `"><message>` + text + `</message><author><name>A` + id + `</name></author><thread dsq:id="1"/>`
	if parent != "" {
		s += `<parent dsq:id="` + parent + `"/>`
	}
	return s + "</post>\n"
}

func TestBad(t *testing.T) {
	tests := []struct {
		name, in string
		want     []string
	}{
		{"cycle", start + post("1", "2", "x") + post("2", "1", "y") + "</disqus>", []string{"1 T", "1 | A1 | : x", "2 < 1 | A2 | : y", "! cycle 1"}},
		{"duplicate", start + post("1", "", "x") + post("1", "", "x") + "</disqus>", []string{"1 T", "1 | A1 | : x", "! duplicate-id 1"}},
		{"cut", start + post("1", "", "x") + `<post dsq:id="2"><thread dsq:id="1"/><message>half a sen`, []string{"1 T", "1 | A1 | : x", "2 |  | : half a sen", "! truncated"}},
		{"end tags missing", start + strings.ReplaceAll(post("1", "", "x")+post("2", "1", "y"), "</post>", "") + "</disqus>", []string{"1 T", "1 | A1 | : x", "2 < 1 | A2 | : y"}},
		{"thread after its posts", strings.Replace(start, `<thread dsq:id="1"><title>T</title></thread>`, "", 1) + post("1", "", "x") + `<thread dsq:id="1"><title>T</title></thread></disqus>`,
			[]string{"1 T", "1 | A1 | : x"}},
		{"deep", start + post("1", "", strings.Repeat("<b>", 20_000)+"x") + "</disqus>", []string{"1 T", "1 | A1 | : x"}},
		{"no thread, no ID", `<disqus xmlns="http://disqus.com"><post><message>x</message></post></disqus>`, []string{"", "#1 |  | : x", "! missing-id #1", "! bad-record"}},
		{"nothing", start + "</disqus>", []string{"", "! no-comments"}},
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

func TestSniff(t *testing.T) {
	for in, want := range map[string]format.Confidence{
		file(t, "rosetta.xml"):                                       format.Certain,
		file(t, "quirks.xml"):                                        format.Certain,
		`<?xml version="1.0"?><rss><disqus/></rss>`:                  format.No,
		`<html><div id="disqus_thread" data-x="http://disqus.com"/>`: format.No,
		"": format.No,
	} {
		if got, why := Format.Sniff(format.Head{Bytes: []byte(in)}); got != want {
			t.Errorf("%.60q: %s (%s), want %s", in, got, why, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	rosetta.Fuzz(f, Format, start+post("1", "2", "x")+post("2", "1", "y"), file(f, "quirks.xml")[:1200])
}
