package wordpress

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// read decodes a page and returns its one thread.
func read(t testing.TB, page string) *thread.Thread {
	t.Helper()
	return readFrom(t, strings.NewReader(page))
}

func readFrom(t testing.TB, r io.Reader) *thread.Thread {
	t.Helper()
	var got *thread.Thread
	for th, err := range format.Threads(Format, format.Source{Name: "page.html", Reader: r}, thread.Source{}) {
		if err != nil {
			t.Fatal(err)
		}
		if got != nil {
			t.Fatal("a page gave two threads")
		}
		got = th
	}
	if got == nil {
		t.Fatal("a page gave no thread")
	}
	return got
}

func readFile(t testing.TB, name string) *thread.Thread {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return readFrom(t, bytes.NewReader(b))
}

// lines writes the comments of a thread, one a line:
// "ID <PARENT(basis) AUTHOR @TIME [kind,state] TEXT".
func lines(th *thread.Thread) []string {
	var out []string
	for i := range th.Document() {
		c := th.Comment(i)
		s := c.ID
		if c.Parent != "" {
			s += fmt.Sprintf(" <%s(%s)", c.Parent, c.Basis)
		}
		s += fmt.Sprintf(" %s @%s", c.Author, c.Time)
		if c.Kind != thread.Ordinary || c.State != thread.Visible {
			s += fmt.Sprintf(" [%s,%s]", c.Kind, c.State)
		}
		out = append(out, s+" "+strings.ReplaceAll(c.Text, "\n", "/"))
	}
	return out
}

func codes(th *thread.Thread) []string {
	var out []string
	for _, d := range th.Diagnostics() {
		out = append(out, string(d.Code))
	}
	return out
}

func TestPages(t *testing.T) {
	for _, c := range []struct {
		file  string
		want  []string
		codes []string
	}{
		{file: "html5.html", want: []string{
			"101 Alice @2021-12-25T08:12:00+01:00 Premier paragraphe./Suite.//Deuxième paragraphe :/" + "/1. point un/2. point deux",
			"103 <101(nested) Bob @2021-12-26T09:44:00+01:00 > Premier paragraphe.//Je réponds.",
			"102 Autre article – Blog B @ [pingback,visible] Ping\u00a0: Autre article – Blog B",
			"104 Carole @2021-12-27T21:09:00+01:00 [comment,pending] Fin.",
		}},
		{file: "legacy.html", want: []string{
			"21 Odile @2021-12-31T16:41:00 Ici, on nous l’interdit.//Une honte :-(",
			"22 <21(nested) Rose @2022-01-01T09:05:00 > Une honte//Et pourquoi donc\u00a0?",
			"23 Le hamac @ [trackback,visible] Trackback\u00a0: Le hamac",
			"24 <script>alert(1)</script> @2022-01-02T12:00:00 [comment,pending] Coucou.",
		}, codes: []string{"more-comments"}},
		{file: "divs.html", want: []string{
			"5 Ann @2019-03-05T06:34:00 Bowline.//Always://- fast/- safe",
			"6 <5(nested) Ben Reply @2019-03-05T19:00:00 Never!",
			"7 Cy @2019-03-06T00:05:00 Clove hitch/for me.",
			"8 <7(nested) Ann @2019-03-06T08:00:00 It slips.",
		}},
		{file: "flat.html", want: []string{
			"1 A @2020-01-01T10:00:00 one",
			"2 <1(nested) B @2020-01-01T11:00:00 two",
			"3 <2(nested) C @2020-01-01T12:00:00 three",
			"4 <3(mentioned) D @2020-01-01T13:00:00 @C four",
			"5 <1(nested) E @2020-01-02 five",
		}},
		{file: "themes.html", want: []string{
			"31 Gen Esis @2020-05-01T10:00:00-05:00 From genesis.",
			"32 Di Vi @2020-05-02T11:15:00 From Divi.",
			"33 Ava Da @2020-05-03T12:00:00 From Avada.",
			"34 The Sis @2020-05-04T09:30:00 From Thesis.",
			"35 Twen Ty @2020-05-05T10:00:00Z From twentytwenty.",
			"36 Dot Com @2020-05-06T10:00:00+02:00 From wordpress.com.",
			"37 Old Custom @2020-05-07T08:00:00 From a custom callback.",
			"38 Head Ing @2020-05-18T16:42:00 From a newspaper theme.",
		}},
		{file: "classic.html", want: []string{
			"11 Kub Rick @2006-10-03T09:15:00 We stayed in.",
			"12 Classic @2006-10-04T13:04:00 We went.",
			"13 Plain @2006-10-05T13:10:00 So did we.",
		}},
		{file: "wpdiscuz.html", want: []string{
			"501 Uwe @2021-02-19T20:00:00 Zu salzig.",
			"502 <501(declared) Ida @2021-02-20T08:15:00 Gar nicht!",
			"503 <502(declared) Uwe @ Doch.",
		}, codes: []string{"more-comments"}},
		{file: "block.html", want: []string{
			"71 Pia @2023-03-01T10:00:00+01:00 Le mie no.",
			"72 <71(nested) Teo @2023-03-02T11:00:00+01:00 [comment,pending] Acqua?",
		}},
		{file: "none.html", codes: []string{"no-comments"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			th := readFile(t, c.file)
			if d := cmp.Diff(c.want, lines(th)); d != "" {
				t.Errorf("comments (-want +got):\n%s", d)
			}
			if d := cmp.Diff(c.codes, codes(th)); d != "" {
				t.Errorf("diagnostics (-want +got):\n%s\n%v", d, th.Diagnostics())
			}
		})
	}
}

func TestMeta(t *testing.T) {
	for _, c := range []struct {
		file string
		want thread.Meta
	}{
		{"legacy.html", thread.Meta{Title: "La sieste au bureau", URL: "https://rose.example/sieste/", Article: "Dormir vingt minutes change tout.", Lang: "fr-FR", Declared: 3, HasDeclared: true}},
		{"html5.html", thread.Meta{Title: "Article", Article: "Article\n\nCorps de l’article.", Lang: "fr-FR", Declared: 3, HasDeclared: true}},
		{"divs.html", thread.Meta{Title: "Knots", Article: "Knots\n\nAbout knots.", Lang: "en", Declared: 4, HasDeclared: true}},
		{"flat.html", thread.Meta{Declared: 5, HasDeclared: true}},
		{"themes.html", thread.Meta{Title: "One page, many themes", Article: "The article.", Lang: "en"}},
		{"classic.html", thread.Meta{Title: "A day out", Declared: 3, HasDeclared: true}},
		{"wpdiscuz.html", thread.Meta{Title: "Brot", Lang: "de", Declared: 3, HasDeclared: true}},
		{"block.html", thread.Meta{Title: "Zucche", URL: "https://orto.example/zucche/", Article: "Le zucche crescono.", Lang: "it-IT", Declared: 1, HasDeclared: true}},
		{"none.html", thread.Meta{Title: "Quiet", Article: "Nobody answers.\n\n1. one", Lang: "en"}},
	} {
		if d := cmp.Diff(c.want, readFile(t, c.file).Meta()); d != "" {
			t.Errorf("%s: Meta (-want +got):\n%s", c.file, d)
		}
	}
}

func TestSniff(t *testing.T) {
	file := func(name string) string {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for _, c := range []struct {
		name, head string
		want       format.Confidence
	}{
		{"html5 walker", file("html5.html"), format.Certain},
		{"legacy walker", file("legacy.html"), format.Certain},
		{"classic theme", file("classic.html"), format.Certain},
		{"wpDiscuz", file("wpdiscuz.html"), format.Certain},
		{"block theme", file("block.html"), format.Certain},
		{"no comments", file("none.html"), format.Possible},
		{"numbers that other software gives, too", `<!doctype html><div id="comment-12">a</div>`, format.Possible},
		{"numbers on a WordPress page", `<!doctype html><link href="/wp-content/a.css"><div id="comment-12">a</div>`, format.Certain},
		{"another page", "\ufeff \n<!DOCTYPE html><p>hello", format.Possible},
		{"a remark before the page", "<!-- saved from url=(0014)about:internet -->\n<HTML><BODY>hello", format.Possible},
		{"XHTML", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p>a`, format.Possible},
		{"a feed", `<?xml version="1.0"?><rss><channel><title>a</title></channel></rss>`, format.No},
		{"text about a page", "Look: <li id=\"comment-12\" class=\"comment even depth-1\">", format.No},
		{"JSON with a page in it", `[{"rendered":"<li id=\"comment-12\">"}]`, format.No},
		{"empty", "", format.No},
		{"binary", "\x00\x01<\x7f", format.No},
	} {
		got, why := sniff(format.Head{Bytes: []byte(c.head)})
		if got != c.want || why == "" {
			t.Errorf("%s: sniff = %v (%q), want %v", c.name, got, why, c.want)
		}
	}
}

func TestSniffUTF16(t *testing.T) {
	if got, why := sniff(format.Head{Bytes: utf16le(longPage(1))}); got != format.Certain {
		t.Errorf("sniff = %v (%s), want certain", got, why)
	}
}

func utf16le(s string) []byte {
	b := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func TestCharsets(t *testing.T) {
	page := func(meta string) string {
		return "<html><head>" + meta + `</head><body><li class="comment even depth-1" id="comment-1"><cite class=fn>Zoë</cite><div class="comment-content">d’accord é</div></li></body></html>`
	}
	latin := func(s string) []byte {
		return []byte(strings.NewReplacer("ë", "\xEB", "é", "\xE9", "’", "\x92").Replace(s))
	}
	for _, c := range []struct {
		name  string
		page  []byte
		codes []string
	}{
		{"UTF-8", []byte(page("<meta charset=utf-8>")), nil},
		{"UTF-8, not told", []byte(page("")), nil},
		{"byte order mark", []byte("\ufeff" + page("")), nil},
		{"UTF-16", utf16le(page("")), nil},
		{"declared", latin(page("<meta charset=iso-8859-1>")), nil},
		{"declared in the old way", latin(page(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">`)), nil},
		{"not told", latin(page("")), []string{"encoding-guessed"}},
		{"told wrongly", latin(page("<meta charset=utf-8>")), []string{"encoding-guessed"}},
	} {
		th := readFrom(t, bytes.NewReader(c.page))
		if d := cmp.Diff([]string{"1 Zoë @ d’accord é"}, lines(th)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
		if d := cmp.Diff(c.codes, codes(th)); d != "" {
			t.Errorf("%s: diagnostics (-want +got):\n%s", c.name, d)
		}
	}
}

// A page cut anywhere gives what came before the cut.
func TestTruncated(t *testing.T) {
	page := longPage(9)
	at := strings.Index(page, `<li id="comment-8"`) + 30
	th := read(t, page[:at])
	if got, want := th.Len(), 7; got != want {
		t.Errorf("%d comments before the cut, want %d", got, want)
	}
	if d := cmp.Diff([]string{"truncated"}, codes(th)); d != "" {
		t.Errorf("diagnostics (-want +got):\n%s", d)
	}
	whole := lines(read(t, page))
	if d := cmp.Diff(whole[:7], lines(th)); d != "" {
		t.Errorf("the comments before the cut differ (-want +got):\n%s", d)
	}
}

func TestPositions(t *testing.T) {
	page := longPage(3)
	th := read(t, page)
	i, _ := th.Find("3")
	at := strings.Index(page, `<li id="comment-3"`)
	want := thread.Pos{File: "page.html", Line: 1 + strings.Count(page[:at], "\n"), Offset: int64(at)}
	if got := th.Pos(i); got != want {
		t.Errorf("Pos = %+v, want %+v", got, want)
	}
}

func TestDeep(t *testing.T) {
	const n = 10_000
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<ol class=children><li class="comment depth-%d" id="comment-%d"><cite class=fn>A%[2]d</cite><div class=comment-content>b%[2]d</div>`, i+1, i)
	}
	th := read(t, b.String())
	if th.Len() != n {
		t.Fatalf("%d comments, want %d", th.Len(), n)
	}
	if got := th.Depth(n - 1); got != n-1 {
		t.Errorf("Depth(%d) = %d, want %d", n-1, got, n-1)
	}
	if got := th.Text(n - 1); got != "b9999" {
		t.Errorf("Text(%d) = %q, want b9999", n-1, got)
	}
}

// A theme that never closes its boxes puts every comment into the one before.
func TestUnclosed(t *testing.T) {
	var b strings.Builder
	for i, depth := range []int{1, 2, 1, 2, 3, 1} {
		fmt.Fprintf(&b, `<div class="comment even depth-%d" id="comment-%d"><cite class=fn>A</cite><div class=comment-content>b</div>`, depth, i)
	}
	want := []string{"0 A @ b", "1 <0(nested) A @ b", "2 A @ b", "3 <2(nested) A @ b", "4 <3(nested) A @ b", "5 A @ b"}
	if d := cmp.Diff(want, lines(read(t, b.String()))); d != "" {
		t.Errorf("comments (-want +got):\n%s", d)
	}
}

func TestOddities(t *testing.T) {
	item := func(attrs, inside string) string {
		return `<li class="comment even depth-1" ` + attrs + `>` + inside + `</li>`
	}
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"a NUL in a name", item("id=comment-1", "<b class=fn>A\x00b</b><p>c</p>"), []string{"1 Ab @ c"}},
		{"no author", item("id=comment-1", "<div class=comment-content>c</div>"), []string{"1  @ c"}},
		{"no text", item("id=comment-1", "<b class=fn>A</b><div class=comment-content></div>"), []string{"1 A @ "}},
		{"nothing", item("id=comment-1", "<div class=comment-content> </div>"), nil},
		{"control characters only", item("id=comment-1", "<b class=fn>\x01</b><p>\x02</p>"), nil},
		{"number in a link only", item("", `<b class=fn>A</b><p>c</p><a class=comment-reply-link data-commentid=77 href="#">x</a>`), []string{"77 A @ c"}},
		{"number in a script only", item("", `<b class=fn>A</b><p>c</p><a class=x onclick='return addComment.moveForm("comment-78", "78", "respond", "9")' href="?replytocom=78#respond">x</a>`), []string{"78 A @ c"}},
		{"no number", item("", "<b class=fn>A</b><p>c</p>") + item("", "<b class=fn>B</b><p>d</p>"), []string{"n1 A @ c", "n2 B @ d"}},
		{"numbers inside and outside", item("id=li-comment-5", `<div id=comment-5><article id=div-comment-5><b class=fn>A</b><p>c</p></article></div>`), []string{"5 A @ c"}},
		{"a heading in the text", item("id=comment-1", "<b class=fn>A</b><div class=comment-content><h3>t</h3><p>c</p></div>"), []string{"1 A @ t//c"}},
		{"a cited author is not the author", item("id=comment-1", "<div class=comment-content><blockquote><cite>X</cite> q</blockquote><p>c</p></div><b class=fn>A</b>"), []string{"1 A @ > X q//c"}},
		{"a person called Reply", item("id=comment-1", "<b class=fn>Reply</b><p>c</p>"), []string{"1 Reply @ c"}},
		{"a comment that is a reply word", item("id=comment-1", "<b class=fn>A</b><div class=comment-content>Reply</div>"), []string{"1 A @ Reply"}},
		{"the author beside the numbered box", `<ol><li><p class=author>A</p><div id=comment-1>c</div></li><li><p class=author>B</p><div id=comment-2>d</div></li></ol>`, []string{"1 A @ c", "2 B @ d"}},
		{"a template", `<template>` + item("id=comment-1", "<b class=fn>A</b><p>c</p>") + `</template>`, nil},
		{"header and text in one box", item("id=comment-1", `<div class=comment-body><p>by <b class=name>A</b>, on 7 May 2020 at 8:00</p><p>c</p></div>`), []string{"1 A @2020-05-07T08:00:00 c"}},
		{"a date as a name", item("id=comment-1", `<b class=fn>7 May 2020 at 8:00</b><div class=comment-content>c</div>`), []string{"1 7 May 2020 at 8:00 @ c"}},
		{"American dates", "<html lang=en-US>" + item("id=comment-1", `<b class=fn>A</b><span class=date>03/04/2020 5:00 pm</span><p>c</p>`), []string{"1 A @2020-03-04T17:00:00 c"}},
		{"dates that settle the order", item("id=comment-1", `<b class=fn>A</b><span class=date>03/04/2020 5:00</span><p>c</p>`) + item("id=comment-2", `<b class=fn>B</b><span class=date>03/14/2020 5:00</span><p>d</p>`), []string{"1 A @2020-03-04T05:00:00 c", "2 B @2020-03-14T05:00:00 d"}},
		{"a form inside", item("id=comment-1", "<b class=fn>A</b><p>c</p><div id=respond><h3>Leave</h3><form><p>x</p></form></div>"), []string{"1 A @ c"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, lines(read(t, c.page))); d != "" {
				t.Errorf("comments (-want +got):\n%s", d)
			}
		})
	}
}

func TestElsewhere(t *testing.T) {
	for page, want := range map[string]string{
		`<div id="disqus_thread"></div>`:                                                          "Disqus",
		`<div class="fb-comments" data-href="x"></div>`:                                           "Facebook",
		`<iframe id="jetpack_remote_comment" src="about:blank"></iframe><p>`:                      "Jetpack",
		`<p>nothing here</p>`:                                                                     "no comments were found",
		`<script src="https://site.disqus.com/embed.js"></script><div id="comments">closed</div>`: "Disqus",
	} {
		ds := read(t, "<body>"+page+"</body>").Diagnostics()
		if len(ds) != 1 || ds[0].Code != thread.NoComments || !strings.Contains(ds[0].Message, want) {
			t.Errorf("%s: diagnostics %v, want one no-comments that tells of %s", page, ds, want)
		}
	}
}

// A reader that gives n bytes of one pattern, so that big inputs cost no memory
// of the test.
type junk struct {
	pattern string
	left, i int
}

func (j *junk) Read(b []byte) (int, error) {
	if j.left == 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(b) && n < j.left {
		k := copy(b[n:min(len(b), j.left)], j.pattern[j.i:])
		n, j.i = n+k, (j.i+k)%len(j.pattern)
	}
	j.left -= n
	return n, nil
}

// Each would take hours if anything cost more than a walk over the page.
func TestLinear(t *testing.T) {
	for _, c := range []struct{ name, before, pattern string }{
		{"text", "<html>", "lorem ipsum "},
		{"comments in comments", "", `<div class="comment even depth-1" id="comment-1">x`},
		{"comments of one depth", "", `<li class="comment even depth-7" id="comment-1"><b class=fn>x</b></li>`},
		{"authors in authors", `<li class="comment even" id="comment-1">`, `<cite class=fn>`},
		{"authors without a name", `<li class="comment even" id="comment-1">x`, `<cite class=fn><b><em>`},
		{"authors' boxes", `<li class="comment even" id="comment-1">`, `<div class=comment-author>`},
		{"texts in texts", `<li class="comment even" id="comment-1">`, `<div class=comment-content>a`},
		{"dates in dates", `<li class="comment even" id="comment-1">`, `<span class=date>1`},
		{"unmarked comments in one another", "", `<div class=comment>`},
		{"articles in articles", "", `<article>a`},
		{"contents in contents", "", `<div class=entry-content>a`},
		{"headings", "", `<div class=comments-title>a`},
		{"lines without a name", `<li class="comment even" id="comment-1">`, `<div>12<div>`},
		{"authors around all", `<li class="comment even" id="comment-1">`, `<div class=author><p>a`},
		{"lists of replies in one another", `<div class=comment id=comment-1>a`, `<ol class=children>`},
		{"reply links without a comment", "", `<div><a class=comment-reply-link href="#">a</a>`},
		{"terms and descriptions", "", `<dt class=comment id=comment-1>a<dd>b<dl class=children>`},
		{"badges", `<li class="comment even" id="comment-1"><cite class=fn>a`, `<span>author</span>`},
		{"quotations", `<li class="comment even" id="comment-1"><p>`, `<blockquote>a`},
	} {
		t.Run(c.name, func(t *testing.T) {
			readFrom(t, io.MultiReader(strings.NewReader(c.before), &junk{pattern: c.pattern, left: 1 << 18}))
		})
	}
}

func FuzzDecode(f *testing.F) {
	names, err := filepath.Glob("testdata/*.html")
	if err != nil || len(names) == 0 {
		f.Fatal("no pages in testdata", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		f.Add(b[:len(b)/2])
	}
	f.Add([]byte(`<div id=wpd-comm-1_1><div id=wpd-comm-2_1><div id=comment-3 class="comment depth-99999999999">`))
	f.Fuzz(func(t *testing.T, b []byte) {
		sniff(format.Head{Bytes: b})
		th := readFrom(t, bytes.NewReader(b))
		for i := range th.All() {
			if c := th.Comment(i); c.Text == "" && c.Author == "" && c.State != thread.Missing {
				t.Errorf("comment %q has neither author nor text", c.ID)
			}
		}
	})
}

// longPage is a page of n comments, each third a reply to the one before.
func longPage(n int) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><meta charset="utf-8"><title>Long</title></head><body><div class="entry-content"><p>x</p></div><ol class="comment-list">`)
	for i := range n {
		depth := 1
		if i%3 == 2 {
			depth = 2
		}
		fmt.Fprintf(&b, `<li id="comment-%d" class="comment even thread-even depth-%d"><article id="div-comment-%[1]d" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><img alt='' src='https://secure.example/avatar/0123456789abcdef?s=56&#038;d=mm' class='avatar avatar-56 photo' height='56' width='56' /> <b class="fn"><a href="https://author%d.example" class="url" rel="ugc external nofollow">Author %[3]d</a></b> <span class="says">says:</span></div><div class="comment-metadata"><a href="https://blog.example/post/#comment-%[1]d"><time datetime="2020-01-02T03:04:05+00:00">January 2, 2020 at 3:04 am</time></a></div></footer><div class="comment-content"><p>The quick brown fox jumps over the lazy dog, number %[1]d, and then some more words &#8211; as people write them.</p>
<p>A second paragraph, because there often is one, with a <a href="https://link.example/">link</a> in it.</p></div><div class="reply"><a rel='nofollow' class='comment-reply-link' href='https://blog.example/post/?replytocom=%[1]d#respond' data-commentid="%[1]d" data-postid="9" aria-label='Reply to Author'>Reply</a></div></article></li>
`, i+1, depth, i%50)
	}
	b.WriteString(`</ol></body></html>`)
	return b.String()
}

func BenchmarkDecode(b *testing.B) {
	page := longPage(2000)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if n := read(b, page).Len(); n != 2000 {
			b.Fatal(n)
		}
	}
}
