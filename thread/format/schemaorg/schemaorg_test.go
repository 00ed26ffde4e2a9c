package schemaorg

import (
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

// Counts of votes cannot be negative: the second comment has 0 for its -2.
func TestRosetta(t *testing.T) {
	file := pagetest.File(t, "rosetta.html")
	th := pagetest.Read(t, Format, file)
	pagetest.Rosetta(t, th, func(id string) string { return id }, "score")
	want := []int{5, 0, 3, 1, 0}
	for i := range th.All() {
		if c := th.Comment(i); !c.HasScore || c.Score != want[i] {
			t.Errorf("the score of %s is %d (%v), want %d", c.ID, c.Score, c.HasScore, want[i])
		}
	}
	if m := th.Meta(); m.Title != "Rosetta" || m.Article != "Sujet" || m.URL != "https://example.org/a" {
		t.Errorf("meta %+v", m)
	}
}

func TestGraph(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "graph.html"))
	pagetest.Same(t, th,
		"comment-1 Ada @2020-05-01T10:00:00+02:00 -2 One & only.//Truly.",
		"comment-2 <comment-1(declared) Bea @2020-05-02 +3 Two, on two lines",
		"n3 Three 'tis",
		"n4 <n3(nested) Ada Four",
	)
	m := th.Meta()
	if m.Title != "Kettles hum" || m.Article != "All of them." || m.Declared != 5 || m.Lang != "en" {
		t.Errorf("meta %+v", m)
	}
	if a, b := th.Author(0), th.Author(3); a != b {
		t.Error("Ada is two people, want one")
	}
	if got, want := strings.Join(pagetest.Codes(th), " "), "bad-record count-mismatch"; got != want {
		t.Errorf("diagnostics %q, want %q", got, want)
	}
}

func TestQuestions(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "qa.html"))
	pagetest.Same(t, th,
		"12 Ada @2020-05-01T10:00:00Z +9 Chalk.",
		"n2 <12(nested) Bea Indeed.",
		"13 Cem -1 Steam.",
		"c9 Cem Which one?",
	)
	if m := th.Meta(); m.Title != "Why does it hum?" || m.Article != "Mine does." {
		t.Errorf("meta %+v", m)
	}
}

func TestMicrodata(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "microdata.html"))
	pagetest.Same(t, th,
		"21 Ada @2020-05-01T10:00:00Z +4 One.",
		"22 <21(nested) Bea @2020-05-01T11:00:00Z Two.",
		"23 <21(declared) Cem @2020-05-02 Three.",
	)
	if m := th.Meta(); m.Title != "Kettles" || m.Article != "All hum." || m.Declared != 4 {
		t.Errorf("meta %+v", m)
	}
}

// The same said in the ways that sites have found.
func TestShapes(t *testing.T) {
	for _, test := range []struct {
		name, json string
		want       []string
	}{
		{"authors described elsewhere, parents by address alone",
			`{"@graph":[{"@type":"Article","@id":"#art","comment":[{"@id":"#c1"},{"@id":"#c2"}]},{"@type":"Comment","@id":"#c1","text":"a","author":{"@id":"#p1"}},` +
				`{"@type":"Comment","@id":"#c2","text":"b","author":{"@id":"#p2"},"parentItem":"#c1"},{"@type":"Person","@id":"#p1","name":"ada"},{"@type":"Person","@id":"#p2","name":"bea"}]}`,
			[]string{"c1 ada a", "c2 <c1(declared) bea b"}},
		{"UserComments",
			`{"@type":"NewsArticle","comment":[{"@type":"UserComments","commentText":"a","creator":{"name":"ada"},"commentTime":"2022-01-01T10:00:00Z","url":"https://x.example/k#c5"},{"@type":"UserComments","commentText":"b","creator":"bea","replyToUrl":"https://x.example/k#c5"}]}`,
			[]string{"c5 ada @2022-01-01T10:00:00Z a", "n2 <c5(declared) bea b"}},
		{"postings as comments, one alone instead of a list",
			`{"@type":"DiscussionForumPosting","headline":"K","comment":{"@type":"DiscussionForumPosting","text":"a","author":[{"name":"ada"}],"comment":{"@type":"Comment","description":"b","author":"bea"}}}`,
			[]string{"n1 ada a", "n2 <n1(nested) bea b"}},
		{"parents in a list", `[{"@type":"Comment","@id":"#c1","text":"a"},{"@type":"Comment","@id":"#c2","text":"b","parentItem":[{"@id":"#c1"}]}]`, []string{"c1 a", "c2 <c1(declared) b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			page := `<!doctype html><script type="application/ld+json">` + test.json + `</script>`
			pagetest.Same(t, pagetest.Read(t, Format, page), test.want...)
			pagetest.Sniffs(t, Format, format.Likely, page)
		})
	}
}

// Of a script without authors and what is shown with them the latter tells more.
func TestRicher(t *testing.T) {
	const shown = `<div itemscope itemtype="https://schema.org/Comment" id="c1"><b itemprop="author">Ada</b> <time itemprop="datePublished" datetime="2020-05-01T10:00:00Z"></time><p itemprop="text">One.</p></div>`
	const bare = `<script type="application/ld+json">{"@type":"Comment","text":"One."}</script>`
	const full = `<script type="application/ld+json">{"@type":"Comment","text":"One.","author":"Ada A","datePublished":"2020-05-01T10:00:00Z"}</script>`
	pagetest.Same(t, pagetest.Read(t, Format, "<!doctype html>"+bare+shown), "1 Ada @2020-05-01T10:00:00Z One.")
	th := pagetest.Read(t, Format, `<!doctype html><html lang="de"><link rel="canonical" href="https://x.example/k">`+full+shown)
	pagetest.Same(t, th, "n1 Ada A @2020-05-01T10:00:00Z One.")
	if m := th.Meta(); m.Lang != "de" || m.URL != "https://x.example/k" {
		t.Errorf("language %q, address %q: the page tells what the script does not", m.Lang, m.URL)
	}
}

func TestHostile(t *testing.T) {
	for name, json := range map[string]string{
		"wrong types":        `{"@type":7,"comment":[1,null,"x",{"@type":["Comment",3],"text":{"a":1},"author":9,"datePublished":[],"upvoteCount":"many"}]}`,
		"a circle of IDs":    `{"@graph":[{"@type":"Comment","@id":"#a","text":"x","author":"A","comment":{"@id":"#b"}},{"@type":"Comment","@id":"#b","text":"y","author":"B","comment":{"@id":"#a"}}]}`,
		"parents in circles": `[{"@type":"Comment","@id":"#a","text":"x","parentItem":{"@id":"#b"}},{"@type":"Comment","@id":"#b","text":"y","parentItem":{"@id":"#a"}}]`,
		"deep":               strings.Repeat(`{"@type":"Comment","text":"x","comment":`, 9000) + "1" + strings.Repeat("}", 9000),
		"too deep":           strings.Repeat(`[`, 20000) + strings.Repeat("]", 20000),
	} {
		want := map[string]int{"wrong types": 1, "a circle of IDs": 2, "parents in circles": 2, "deep": 9000, "too deep": 0}[name]
		th := pagetest.Read(t, Format, `<!doctype html><script type="application/ld+json">`+json+`</script>`)
		if th.Len() != want {
			t.Errorf("%s: %d comments, want %d", name, th.Len(), want)
		}
	}
}

func TestSniff(t *testing.T) {
	for _, name := range []string{"rosetta.html", "graph.html", "qa.html", "microdata.html"} {
		pagetest.Sniffs(t, Format, format.Likely, pagetest.File(t, name))
	}
	pagetest.Sniffs(t, Format, format.No, pagetest.Others...)
	pagetest.Sniffs(t, Format, format.No, `<!doctype html><script type="application/ld+json">{"@type":"FAQPage","mainEntity":{"@type":"Question","acceptedAnswer":{"@type":"Answer"}}}</script>`)
	pagetest.Sniffs(t, Format, format.Possible, `<!doctype html><li id="comment-1" itemtype="http://schema.org/Comment">a</li>`)
}

func FuzzDecode(f *testing.F) {
	var seeds []string
	for _, name := range []string{"rosetta.html", "graph.html", "qa.html", "microdata.html"} {
		seeds = append(seeds, pagetest.File(f, name))
	}
	pagetest.Fuzz(f, Format, seeds...)
}
