package general

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page/pagetest"
)

// The comments of the pages in testdata, written down while writing the pages.
// The class names and the order of the parts are those of the templates that
// come with the software; the words are ours.
var fixtures = map[string][]string{
	"serendipity.html": { // depth in padding-left, author and date below the text
		"501 Anna @2011-04-03T18:22:00 Bei uns blüht er erst im Mai.",
		"502 <501(nested) Bert @2011-04-04T07:05:00 Dann wohnt ihr wohl weiter oben.",
		"507 <502(nested) Anna @2011-04-14T19:40:00 Auf achthundert Metern./Im Schatten.",
		"503 Carl @2011-04-05T21:10:00 Unserer ist eine Birne.",
	},
	"serendipity2k11.html": { // the parent in a link
		"61 Dora @2014-09-03T08:15:00+02:00 Wind from the west, and plenty of it.",
		"62 <61(declared) Emil @2014-09-03T09:40:00+02:00 Mine is in a tree now.",
	},
	"dotclear.html": { // terms and definitions
		"77 Paul @2009-03-02T11:25:00 La mienne siffle juste, mais trop tôt.//On s'y fait.",
		"78 Renée @2009-03-03T08:02:00 Et le thé ?",
		"80 Odile @2009-03-03T19:47:00 Vert.",
	},
	"jcomments.html": { // Joomla with JComments, as a tree
		"21 Fred @2012-06-01T14:03:00 It never is.",
		"22 <21(nested) Greta @2012-06-01T15:30:00 Quoting Fred://> It never is.//Yesterday it was.",
		"25 Hugo @2012-06-02T09:00:00 Take the bridge.",
	},
	"k2.html": { // Joomla with K2
		"8 Ida @2013-06-07T10:30:00 Mostly patience.",
		"9 Jonas @2013-06-08T07:12:00 Mine has the weight of a brick./I ate it anyway.",
	},
	"kunena.html": { // Joomla with Kunena: a forum, with IP addresses in the open
		"301 Kim @2011-05-12T09:15:00 My chain comes off on every hill.",
		"302 Lou @2011-05-12T11:40:00 Shorten it by two links.",
		"303 Kim @2011-05-13T08:00:00 That did it, thank you.",
	},
	"typo3.html": { // TYPO3 with pw_comments: lists of replies beside what they answer
		"41 Marta @2022-12-02T15:57:00 Endlich. Und die Bäume?",
		"44 <41(nested) Nils @2022-12-02T18:03:00 Die bleiben stehen.",
		"42 Olaf @2022-12-03T08:11:00 Breiter heißt schneller.",
	},
	"overblog.html": {
		"110 Solange @2015-07-05T17:20:00 Le mien est bleu, et il grince.",
		"113 <110(nested) Thierry @2015-07-05T20:02:00 Une goutte d'huile !",
		"111 Ursule @2015-07-26T09:45:00 Joli.",
	},
	"typepad.html": { // "Posted by: NAME | DATE" below the text
		"comment-6a001a Vera @2010-03-04T09:12:00 Mine sank at the second bridge.//It had a name, too.",
		"comment-6a002b Willem @2010-03-04T13:40:00 What name?",
		"comment-6a003c Vera @2010-03-05T08:00:00 The Unsinkable.",
	},
	"movabletype.html": { // of the year 2004
		"n1 Xenia @2004-01-08T07:15:00 How much of it?",
		"n2 Yuri @2004-01-08T09:31:00 Up to the sill.",
		"n3 Zoe @2004-01-09T22:02:00 Up to the roof, here.",
	},
	"depths.html": { // an invented theme: boxes without a telling name, depth in a class, relative dates
		"n1 Abel @2021-06-01T09:00:00Z Rot, immer nur rot.",
		"n2 <n1(nested) Berta @2021-06-01T10:00:00Z Gestern war sie gelb.",
		"n3 <n2(nested) Abel @2021-06-01T11:00:00Z Ich war gestern krank.",
		"n4 Cosima @2021-06-01T11:55:00Z Man kann auch schieben.",
	},
	"lists.html": { // an invented theme: lists in lists without any class
		"n1 Denis @2021-05-30 Pour combien de temps ?",
		"n2 <n1(nested) Élise @2021-05-31 Trois cents ans, paraît-il.",
		"n3 Félix @2021-06-01T08:00:00Z Mon grand-père l'a peint.",
	},
	"table.html": { // an invented guestbook of 2003
		"n1 Gerd @2003-03-12T20:15:00 Schöne Seite, weiter so!",
		"n2 Hanne @2003-03-15T08:40:00 Die Fotos sind etwas dunkel./Sonst gut.",
		"n3 Ingo @2003-04-02T23:59:00 Wer ist der mit dem Hut?",
	},
}

var saved = time.Date(2021, 6, 1, 12, 0, 0, 0, time.UTC)

func TestFixtures(t *testing.T) {
	for name, want := range fixtures {
		t.Run(name, func(t *testing.T) {
			th := pagetest.ReadAt(t, Format, pagetest.File(t, name), saved)
			pagetest.Same(t, th, want...)
			for _, c := range pagetest.Lines(th) {
				for _, private := range []string{"192.0.2.", "@example.org", "mailto"} {
					if strings.Contains(c, private) {
						t.Errorf("%q tells something private", c)
					}
				}
			}
			if c, why := sniff(format.Head{Bytes: []byte(pagetest.File(t, name))}); c != format.Likely || why == "" {
				t.Errorf("Sniff = %v (%s), want likely", c, why)
			}
		})
	}
}

// discussionOf puts comments into a page, with a heading that says what they are.
func discussionOf(comments string) string {
	return `<!DOCTYPE html><html><head><title>t</title></head><body><h1>t</h1><div id="comments"><h3>Comments</h3>` + comments + `</div></body></html>`
}

func TestMarkup(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"one comment", `<div class="comment" id="comment-7"><b class="author">Anna</b> <time datetime="2020-01-02">x</time><p>Hello there.</p></div>`,
			[]string{"7 Anna @2020-01-02 Hello there."}},
		{"a time in parts", `<div class="cmt"><span class="author">Anna</span><span class="cmtTime"><span>28.09.19</span><span>13:39</span></span><div class="cmtText">One.</div></div><div class="cmt"><span class="author">Bert</span><span class="cmtTime"><span>29.09.19</span><span>08:00</span></span><div class="cmtText">Two.</div></div>`,
			[]string{"n1 Anna @2019-09-28T13:39:00 One.", "n2 Bert @2019-09-29T08:00:00 Two."}},
		{"name and date in one text", `<div class="card"><strong>Anna - Le 22/01/2020 à 12:01:03</strong><div class="comment-content">One.</div><i>0</i></div><div class="card"><strong>Bert - Le 24/01/2020 à 09:00:00</strong><div class="comment-content">Two.</div><i>0</i></div>`,
			[]string{"n1 Anna @2020-01-22T12:01:03 One.", "n2 Bert @2020-01-24T09:00:00 Two."}},
		{"the parent in an attribute", `<div class="comment" data-id="5"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment" data-id="6" data-parent="5"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div>`,
			[]string{"5 Anna @2020-01-02 One.", "6 <5(declared) Bert @2020-01-03 Two."}},
		{"a parent that is not there", `<div class="comment" data-id="5" data-parent="4"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment" data-id="6" data-parent="6"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div>`,
			[]string{"5 Anna @2020-01-02 One.", "6 Bert @2020-01-03 Two."}},
		{"the same ID twice", `<div class="comment" id="c5"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment" id="c5"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div>`,
			[]string{"5 Anna @2020-01-02 One.", "n2 Bert @2020-01-03 Two."}},
		{"replies of another class", `<div class="comment"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p><div class="answer"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div></div><div class="comment"><i class="user">Carl</i> <time datetime="2020-01-04">x</time><p>Three.</p></div><div class="comment"><i class="user">Dora</i> <time datetime="2020-01-05">x</time><p>Four.</p></div>`,
			[]string{"n1 Anna @2020-01-02 One.", "n2 <n1(nested) Bert @2020-01-03 Two.", "n3 Carl @2020-01-04 Three.", "n4 Dora @2020-01-05 Four."}},
		{"replies marked in a flat list", `<div class="comment"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment reply"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div><div class="comment"><i class="user">Carl</i> <time datetime="2020-01-04">x</time><p>Three.</p></div>`,
			[]string{"n1 Anna @2020-01-02 One.", "n2 <n1(nested) Bert @2020-01-03 Two.", "n3 Carl @2020-01-04 Three."}},
		{"replies in a box that nothing calls so", `<div class="comment"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="q7"><div class="comment"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div></div><div class="comment"><i class="user">Carl</i> <time datetime="2020-01-04">x</time><p>Three.</p></div>`,
			[]string{"n1 Anna @2020-01-02 One.", "n2 <n1(nested) Bert @2020-01-03 Two.", "n3 Carl @2020-01-04 Three."}},
		{"one comment above the list of the others", `<div class="comment"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="q7"><div class="comment"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div><div class="comment"><i class="user">Carl</i> <time datetime="2020-01-04">x</time><p>Three.</p></div></div>`,
			[]string{"n1 Anna @2020-01-02 One.", "n2 Bert @2020-01-03 Two.", "n3 Carl @2020-01-04 Three."}},
		{"a reply that names whom it answers", `<div class="comment" id="c1"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment" id="c2"><i class="user">Bert</i> in reply to <a href="#c1">Anna</a> <time datetime="2020-01-03">x</time><p>Two.</p></div>`,
			[]string{"1 Anna @2020-01-02 One.", "2 <1(declared) Bert @2020-01-03 Two."}},
		{"signatures and buttons", `<div class="comment"><i class="user">Anna</i> <time datetime="2020-01-02">x</time><div class="text">One.</div><div class="signature">Anna from the hills</div><div class="actions"><a href="#">Like</a> 3</div></div><div class="comment"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><div class="text">Two.</div><div class="actions"><a href="#">Like</a> 0</div></div>`,
			[]string{"n1 Anna @2020-01-02 One.", "n2 Bert @2020-01-03 Two."}},
		{"a pingback", `<li class="comment"><cite>Anna</cite> <time datetime="2020-01-02">x</time><p>One.</p></li><li class="comment"><cite>Bert</cite> <time datetime="2020-01-03">x</time><p>Two.</p></li><li class="comment pingback"><p>Pingback: <cite><a href="http://example.org/">A page</a></cite> <time datetime="2020-01-04">x</time></p></li>`,
			[]string{"n1 Anna @2020-01-02 One.", "n2 Bert @2020-01-03 Two.", "n3 @2020-01-04 [pingback] A page"}},
		{"two who gave no name", `<div class="comment"><i class="user">Anonymous</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment"><i class="user">Anonymous</i> <time datetime="2020-01-03">x</time><p>Two.</p></div>`,
			[]string{"n1 Anonymous @2020-01-02 One.", "n2 Anonymous @2020-01-03 Two."}},
		{"no names at all", `<div class="Comment"><span>level 1</span> <span>39 points</span> <time datetime="2020-01-02">x</time><p>One, and what comes before the second.</p></div><div class="Comment"><span>level 2</span> <span>2 points</span> <time datetime="2020-01-03">x</time><p>Two, and that was all there is to it.</p></div>`,
			[]string{"n1 @2020-01-02 One, and what comes before the second.", "n2 @2020-01-03 Two, and that was all there is to it."}},
		{"reviews", `<ul class="reviews"><li class="review"><span class="stars">★★★★★</span> <span class="author">Anna</span> <span class="date">2 January 2020</span><p>Warm.</p></li><li class="review"><span class="stars">★★</span> <span class="author">Bert</span> <span class="date">3 January 2020</span><p>Too warm.</p></li></ul>`,
			[]string{"n1 Anna @2020-01-02 Warm.", "n2 Bert @2020-01-03 Too warm."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pagetest.Same(t, pagetest.Read(t, Format, discussionOf(c.page)), c.want...)
		})
	}
}

// Comments that are set with line breaks alone are in no group of elements.
func TestTextAlone(t *testing.T) {
	page := `<!DOCTYPE html><html><head><title>t</title></head><body>The bridge is open again.<br><br>2 Kommentare<br><br>Anna sagt:<br>3. Mai 2020 um 10:15<br>Endlich, nach all den Jahren.<br>Antworten<br><br>Bert sagt:<br>4. Mai 2020 um 08:00<br>Ich nehme weiter die Fähre.<br>Antworten<br></body></html>`
	pagetest.Same(t, pagetest.Read(t, Format, page), "1 Anna @2020-05-03T10:15:00 Endlich, nach all den Jahren.", "2 Bert @2020-05-04T08:00:00 Ich nehme weiter die Fähre.")
}

// Two who gave no name are two people.
func TestAnonymous(t *testing.T) {
	th := pagetest.Read(t, Format, discussionOf(`<div class="comment"><i class="user">Guest</i> <time datetime="2020-01-02">x</time><p>One.</p></div><div class="comment"><i class="user">Guest</i> <time datetime="2020-01-03">x</time><p>Two.</p></div>`))
	if a, b := th.Author(0), th.Author(1); a == b {
		t.Errorf("both comments are by author %d, want two", a)
	}
}

// A page without comments is a thread all the same, and says why it is empty.
func TestNoComments(t *testing.T) {
	for body, want := range map[string]string{
		`<p>Bees are back.</p>`:                                      "no comments were found",
		`<p>Bees.</p><div id="disqus_thread"></div>`:                 "loaded from Disqus",
		`<p>Bees.</p><script src="//giscus.app/client.js">`:          "loaded from giscus",
		`<p>Bees.</p><p class="nocomments">Comments are closed.</p>`: "comments are closed",
	} {
		th := pagetest.Read(t, Format, "<!DOCTYPE html><html><head><title>Bees</title></head><body>"+body)
		var said []string
		for _, d := range th.Diagnostics() {
			if d.Code == thread.NoComments {
				said = append(said, d.Message)
			}
		}
		if th.Len() != 0 || len(said) != 1 || !strings.Contains(said[0], want) {
			t.Errorf("%s: %d comments, %q, want none and a note of %q", body, th.Len(), said, want)
		}
	}
}

func TestSurroundings(t *testing.T) {
	th := pagetest.Read(t, Format, pagetest.File(t, "serendipity.html"))
	m := th.Meta()
	if m.Lang != "de" || m.Title != "Der Apfelbaum - Gartenblog" && m.Title != "Der Apfelbaum" {
		t.Errorf("title %q, language %q", m.Title, m.Lang)
	}
	if strings.Contains(m.Article, "Carl") || strings.Contains(m.Article, "erst im Mai") {
		t.Errorf("the article holds comments: %q", m.Article)
	}
}

func TestBadInput(t *testing.T) {
	whole := pagetest.File(t, "serendipity.html")
	for cut := range len(whole) {
		if cut%97 == 0 {
			pagetest.Read(t, Format, whole[:cut])
		}
	}
	th := pagetest.Read(t, Format, whole[:strings.Index(whole, "c507")])
	if got, want := th.Len(), 2; got != want {
		t.Errorf("half a page has %d comments, want %d", got, want)
	}
	absurd := discussionOf(`<div class="comment"><i class="user">Anna</i> <time datetime="9999999-99-99">never</time><p>One.</p></div><div class="comment"><i class="user">Bert</i> <time datetime="2020-01-03">x</time><p>Two.</p></div>`)
	pagetest.Same(t, pagetest.Read(t, Format, absurd), "n1 Anna One.", "n2 Bert @2020-01-03 Two.")
}

// Attacks: each would take hours if a node cost a walk.
func TestLinear(t *testing.T) {
	const n = 8_000
	comment := `<div class="comment reply"><i class="user">A</i> <time datetime="2020-01-02">x</time><p>One.</p>`
	var classes strings.Builder
	for i := range n {
		a, b := string(rune('a'+i%26)), string(rune('a'+i/26%26))
		fmt.Fprintf(&classes, `<p class="comment%s%s%s">A, 2 May 2020: b</p>`, a, b, string(rune('a'+i/676)))
	}
	for name, body := range map[string]string{
		"deep comments":       strings.Repeat(comment, n),
		"many comments":       strings.Repeat(comment+"</div>", n),
		"deep boxes":          strings.Repeat("<div>", n) + comment,
		"links in links":      strings.Repeat(`<a href="#c1"><h3>x</h3>`, n),
		"classes":             classes.String() + classes.String(),
		"lists":               strings.Repeat(`<ul class="replies"><li>`, n) + comment,
		"deep authors":        comment + strings.Repeat(`<blockquote><cite>A</cite>`, n),
		"terms":               `<dl>` + strings.Repeat(`<dt class="c">A, 2 May 2020</dt><dd>b</dd>`, n) + `</dl>`,
		"headings":            strings.Repeat(`<h3>3 comments</h3>`, n) + strings.Repeat(comment+"</div>", 100),
		"one class of many":   `<div class="` + strings.Repeat("comment ", n) + `">`,
		"deep, and alternate": strings.Repeat(`<div class="comment"><div class="reply"><b>A</b> 2 May 2020 `, n),
	} {
		t.Run(name, func(t *testing.T) {
			discussion(dom.Parse("<html><body>"+body), format.Source{})
			r := discussion(dom.Parse(discussionOf(body)), format.Source{})
			if r != nil {
				r.parents()
			}
		})
	}
}

func TestDepthClass(t *testing.T) {
	for class, want := range map[string]int{"depth-2": 2, "comment_level3": 3, "lvl-0": 0, "indent10": 10, "commentDepth4": 4, "ebene2": 2, "col-3": -1, "depth": -1, "level-1234": -1, "3": -1, "comment-12": -1} {
		got, ok := depthClass(class)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("depthClass(%q) = %d, want %d", class, got, want)
		}
	}
}

func TestLastNumber(t *testing.T) {
	for id, want := range map[string]string{"comment-12": "12", "c12": "12", "12": "12", "t1_c95f5": "", "comment": "", "": "", "a-1-22": "22", strings.Repeat("9", 30): ""} {
		if got := lastNumber(id); got != want {
			t.Errorf("lastNumber(%q) = %q, want %q", id, got, want)
		}
	}
}

func TestSplit(t *testing.T) {
	for s, want := range map[string]string{"commentAuthor-name_2": "comment author name", "MtnCommentText": "mtn comment text", "": "", "--": "", "ID": "id", "größe2x": "größe x"} {
		var got []string
		for w := range split(s) {
			got = append(got, w)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("split(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzGeneral(f *testing.F) {
	seeds := []string{discussionOf(`<div class="comment depth-2" id="c1" style="margin-left:3em"><img class="avatar"><b class="author">A</b> <time>2020-01-02</time><p>b</p><div class="children"></div></div>`), decoys["tweets"]}
	for name := range fixtures {
		seeds = append(seeds, pagetest.File(f, name))
	}
	pagetest.Fuzz(f, Format, seeds...)
}

func BenchmarkPage(b *testing.B) {
	var page strings.Builder
	page.WriteString(`<!DOCTYPE html><html><body><div class="comments"><h3>400 Kommentare</h3>`)
	for i := range 400 {
		fmt.Fprintf(&page, `<div class="tk-row tk-lvl-%d" id="k-%d"><div class="tk-l"><img class="avatar" src="/a/%d.png"></div><div class="tk-r"><div class="tk-t"><b>Name %d</b> <i>%d. Mai 2021, 10:%02d Uhr</i></div><div class="tk-x"><p>%s</p></div><div class="tk-b"><a href="#">Antworten</a> <a href="#">Melden</a></div></div></div>`,
			i%3, i, i, i%40, i%28+1, i%60, strings.Repeat("Worte, wie sie da stehen. ", i%20+1))
	}
	page.WriteString("</div></body></html>")
	b.Run("find", func(b *testing.B) {
		t := dom.Parse(page.String())
		b.SetBytes(int64(page.Len()))
		for b.Loop() {
			if r := discussion(t, format.Source{}); r == nil || len(r.items) != 400 {
				b.Fatal("not 400 comments")
			}
		}
	})
	b.Run("whole", func(b *testing.B) {
		b.SetBytes(int64(page.Len()))
		for b.Loop() {
			if th := pagetest.Read(b, Format, page.String()); th.Len() != 400 {
				b.Fatal("not 400 comments")
			}
		}
	})
}
