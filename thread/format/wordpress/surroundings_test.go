package wordpress

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// plain is one comment as Twenty Thirteen writes it.
func plain(id, depth, text, replies string) string {
	return strings.NewReplacer("{id}", id, "{depth}", depth, "{text}", text, "{replies}", replies).Replace(
		`<li class="comment even depth-{depth}" id="comment-{id}"><article id="div-comment-{id}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">Ann</b> <span class="says">says:</span></div><div class="comment-metadata"><a href="x/#comment-{id}"><time datetime="2012-03-03T10:22:00+00:00">March 3, 2012</time></a></div></footer><div class="comment-content">{text}</div><div class="reply"><a class="comment-reply-link" href="?replytocom={id}#respond">Reply</a></div></article>{replies}</li>`)
}

// What plugins add to a text, and what is written with more than paragraphs.
func TestTexts(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"CommentLuv", `<p>Nice.</p><p class="cluv">Ann recently posted..<a href="k">My knots</a><span class="heart_tip_box"></span></p>`, "Nice."},
		{"CommentLuv inside a paragraph", `<p>Nice.<br /> <span class="cluv"><a href="a">Ann</a>´s last post ..<a href="k">My knots</a></span></p>`, "Nice."},
		{"CommentLuv without a class", `<p>Nice.</p><p><abbr><em>Ann´s last blog post..<a href="k">My knots</a></em></abbr></p>`, "Nice."},
		{"Comment Rating", `<p>Nice.</p><p style="font-size:12px">Like or Dislike: <img alt="Thumb up"><span id="karma-1-up">3</span>&nbsp;<span id="karma-1-down">0</span></p>`, "Nice."},
		{"Jetpack likes", `<p>Nice.</p><p id="comment-like-1" class="comment-likes comment-not-liked"><a class="comment-like-link" href="?l"><span>Like</span></a><span class="comment-like-feedback">Liked by 1 person</span></p>`, "Nice."},
		{"Safe Report Comments", `<p>Nice.</p><p class="alignright"><a href="javascript:void(0);">Report comment</a></p>`, "Nice."},
		{"Simple Comment Editing", `<p>Nice.</p><div class="sce-edit-comment"><div class="sce-edit-button"><a href="#">Click to Edit</a> &ndash; <span class="sce-timer">4 minutes</span></div></div>`, "Nice."},
		{"a quote button", `<p>Nice.</p><span class="quote-link"><a href="javascript:void(null)">Quote</a></span>`, "Nice."},
		{"a reply link of an unknown class and language", `<p>Nice.</p><a class="btn" href="/p/?replytocom=1#respond">Ara &darr;</a>`, "Nice."},
		{"awaiting moderation", `<p class="comment-awaiting-moderation">Your comment is awaiting moderation. This is a preview.</p><p>Nice.</p>`, "Nice."},
		{"sharing buttons", `<p>Nice.</p><div class="sharedaddy"><h3>Share this:</h3><ul><li>Twitter</li></ul></div>`, "Nice."},
		{"advertisement", `<p>Nice.</p><ins class="adsbygoogle"></ins><script>x()</script>`, "Nice."},
		{"hidden words", `<p>Nice.</p><p style="display: none">spam</p><span hidden>x</span>`, "Nice."},
		{"the form, moved here", `<p>Nice.</p><div id="respond" class="comment-respond"><h3>Leave a Reply to Ann</h3><form><p>Your email address</p></form></div>`, "Nice."},
		{"an image loaded late", `<p>Nice <img class="lazy" data-src="a.jpg"><noscript><img src="a.jpg" alt="x"></noscript></p>`, "Nice"},
		{"an emoji as an image", `<p>Nice <img src="https://s.w.org/images/core/emoji/72x72/1f642.png" alt="🙂" class="wp-smiley"></p>`, "Nice 🙂"},
		{"line breaks", `a<br><br><br><br>b<br/>`, "a\n\nb"},
		{"empty paragraphs", `<p>&nbsp;</p><p>Nice.</p><p>&nbsp;</p>`, "Nice."},
		{"code", "<p>Try:</p><pre><code>a  b\n c</code></pre>", "Try:\n\na  b\n c"},
		{"a table", `<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>`, "a b\nc d"},
		{"an embedded tweet", `<p>See</p><blockquote class="twitter-tweet"><p>Knots!</p>&mdash; Bob (@bob) <a href="t">March 4, 2012</a></blockquote><p>ok</p>`, "See\n\n> Knots!\n>\n> — Bob (@bob) March 4, 2012\n\nok"},
		{"a link with a title and a date", `<p>See <a href="h" title="March 9, 2013 at 9:00 am">this of March 10, 2013</a></p>`, "See this of March 10, 2013"},
		{"bold words first", `<p><strong>Thanks!</strong></p><p>More.</p>`, "Thanks!\n\nMore."},
	} {
		th := read(t, "<ol>"+plain("1", "1", c.html, "")+"</ol>")
		if th.Len() != 1 {
			t.Errorf("%s: %d comments, want 1", c.name, th.Len())
			continue
		}
		if d := cmp.Diff(c.want, th.Text(0)); d != "" {
			t.Errorf("%s: text (-want +got):\n%s", c.name, d)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"link", `<cite class="fn"><a class="url" href="x">Ann</a></cite> <span class="says">says:</span>`, "Ann"},
		{"link to nowhere", `<h4><a href="#">Ann</a></h4>`, "Ann"},
		{"link to a script", `<cite class="fn"><a href="javascript:void(0)">Ann</a></cite>`, "Ann"},
		{"badge in the name", `<cite class="fn">Ann <span class="author-tag">Post author</span></cite>`, "Ann"},
		{"French badge", `<cite class="fn"><a href="u">Ann</a> <em>(Auteur)</em></cite>`, "Ann"},
		{"somebody called like a badge", `<b class="fn"><span>Admin</span></b>`, "Admin"},
		{"the same in a box", `<strong><a href="x" class="url">admin</a></strong> <small>Reply</small>`, "admin"},
		{"badge before the name", `<h4><span class="isauthor">Blogger</span> Ann</h4>`, "Ann"},
		{"avatar and name linked", `<a href="u"><img alt="Ann avatar"></a><a class="url" href="u">Ann</a>`, "Ann"},
		{"verb in the text", "Ann says:", "Ann"},
		{"verb beside bold words", "<strong>Ann</strong> says:", "Ann"},
		{"French verb", `<cite class="fn">Ann dit&nbsp;:</cite>`, "Ann"},
		{"by", "By <strong>Ann</strong>", "Ann"},
		{"number before", `<a href="#comment-1">#1</a> Ann`, "Ann"},
		{"role after", `<span class="name">Ann</span><span class="role">Expert</span>`, "Ann"},
		{"answered person", `<cite class="fn">Ann</cite> in reply to <a href="#comment-9">Bob</a>`, "Ann"},
		{"e-mail address", `<cite class="fn">ann.lee@mail.example</cite>`, "ann.lee"},
		{"entities", `<cite class="fn">Ann &amp; Bob&#8217;s &lt;knots&gt;</cite>`, "Ann & Bob’s <knots>"},
		{"nested markup", `<cite class="fn"><span><a href="x"><b>An</b>n</a></span></cite>`, "Ann"},
		{"months as names", `<cite class="fn">May June</cite>`, "May June"},
		{"none", `<cite class="fn"></cite>`, ""},
		{"name and date in one line", `Posted by Ann on 3 March 2012 at 10:22`, "Ann"},
		{"date first", `On March 3, 2012 at 10:22 am, Ann said:`, "Ann"},
		{"date in brackets", `#1 Ann (3 March 2012, 10:22)`, "Ann"},
	} {
		th := read(t, `<ol><li class="comment even depth-1" id="comment-1"><div class="comment-body"><div class="comment-author vcard">`+c.html+`</div><div class="comment-content"><p>Text.</p></div></div></li></ol>`)
		if got := strings.Join(lines(th), "/"); !strings.HasPrefix(got, "1 "+c.want+" @") || !strings.HasSuffix(got, " Text.") {
			t.Errorf("%s: %q, want the author %q and the text", c.name, got, c.want)
		}
	}
}

func TestTimes(t *testing.T) {
	for _, c := range []struct{ html, want string }{
		{`<time datetime="2012-03-03">March 3, 2012 at 10:22 am</time>`, "2012-03-03T10:22:00"},
		{`<time datetime="2012-03-03T10:22:05+0100">x</time>`, "2012-03-03T10:22:05+01:00"},
		{`<time datetime="2012-03-03T10:22:00.000Z">x</time>`, "2012-03-03T10:22:00Z"},
		{`<time datetime="1330770120">2 years ago</time>`, "2012-03-03T10:22:00Z"},
		{`<time datetime="">March 3, 2012 10:22</time>`, "2012-03-03T10:22:00"},
		{`<time class="screen-reader-text" datetime="2012-03-03T10:22:00Z">x</time> 2 years ago`, "2012-03-03T10:22:00Z"},
		{`<span class="date" title="2012-03-03T10:22:00">2 years ago</span>`, "2012-03-03T10:22:00"},
		{`<abbr title="Saturday, March 3rd, 2012, 10:22 am">2 years ago</abbr>`, "2012-03-03T10:22:00"},
		{`<a href="#comment-1" title="March 3, 2012 at 10:22 am">2 years ago</a>`, "2012-03-03T10:22:00"},
		{`<span class="timeago" data-time="2012-03-03T10:22:00Z">2 years ago</span>`, "2012-03-03T10:22:00Z"},
		{`<span data-livestamp="2012-03-03T10:22:00+0000">2 years ago</span>`, "2012-03-03T10:22:00Z"},
		{`<a href="#comment-1">3/31/12 10:22 am</a>`, "2012-03-31T10:22:00"},
		{`<span class="date">2 years ago</span>`, ""},
	} {
		th := read(t, `<ol><li class="comment even depth-1" id="comment-1"><cite class="fn">Ann</cite><div class="comment-meta">`+c.html+`</div><div class="comment-content">Text.</div></li></ol>`)
		if got, want := strings.Join(lines(th), "/"), "1 Ann @"+c.want+" Text."; got != want {
			t.Errorf("%s: %q, want %q", c.html, got, want)
		}
	}
}

// Where each date can be read in two ways, comments of one week tell more than
// comments of one day in several months.
func TestOrderOfDates(t *testing.T) {
	item := func(id, date string) string {
		return `<li class="comment even depth-1" id="comment-` + id + `"><cite class="fn">Ann</cite><span class="date">` + date + `</span><div class="comment-content">x</div></li>`
	}
	for _, c := range []struct{ lang, first, second, want string }{
		{"en", "03/04/2012 9:00", "03/06/2012 9:00", "2012-03-04T09:00:00"},
		{"en", "04/03/2012 9:00", "06/03/2012 9:00", "2012-03-04T09:00:00"},
		{"en-US", "04/03/2012 9:00", "06/03/2012 9:00", "2012-03-04T09:00:00"},
		{"en-US", "03/04/2012 9:00", "03/04/2012 9:30", "2012-03-04T09:00:00"},
		{"fr", "03/04/2012 9:00", "03/04/2012 9:30", "2012-04-03T09:00:00"},
		{"en", "03/04/2012 9:00", "03/20/2012 9:00", "2012-03-04T09:00:00"},
	} {
		th := read(t, "<html lang="+c.lang+">"+item("1", c.first)+item("2", c.second))
		if got := th.Time(0).String(); got != c.want {
			t.Errorf("%s, %s and %s: first is %s, want %s", c.lang, c.first, c.second, got, c.want)
		}
	}
}

// A theme that gives machines the time of the article is not believed, but one
// comment alone, or times that agree with what is shown, are.
func TestSameMachineTime(t *testing.T) {
	item := func(id, machine, shown string) string {
		return `<li class="comment even depth-1" id="comment-` + id + `"><cite class="fn">Ann</cite><time datetime="` + machine + `">` + shown + `</time><div class="comment-content">Text.</div></li>`
	}
	const article = "2010-01-01T00:00:00+00:00"
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"of the article", item("1", article, "March 3, 2012 10:22") + item("2", article, "March 4, 2012 10:22"), []string{"1 Ann @2012-03-03T10:22:00 Text.", "2 Ann @2012-03-04T10:22:00 Text."}},
		{"alone", item("1", article, "March 3, 2012 10:22"), []string{"1 Ann @2010-01-01T00:00:00Z Text."}},
		{"equal", item("1", article, "January 1, 2010") + item("2", article, "January 1, 2010"), []string{"1 Ann @2010-01-01T00:00:00Z Text.", "2 Ann @2010-01-01T00:00:00Z Text."}},
	} {
		if d := cmp.Diff(c.want, lines(read(t, c.page))); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// A page of three comments stays one whatever stands around them and however
// the page was written or saved.
func TestPagesAround(t *testing.T) {
	comments := `<ol class="commentlist">` + plain("1", "1", "<p>One.</p>", `<ul class="children">`+plain("2", "2", "<p>Two.</p>", "")+`</ul>`) + plain("3", "1", "<p>Three.</p>", "") + `</ol>`
	page := `<!DOCTYPE html><html lang="en-US"><head><title>Knots</title></head><body class="single"><article class="post"><h1>Knots</h1><div class="entry-content"><p>About knots.</p></div></article><div id="comments">` + comments + `</div></body></html>`
	want := []string{"1 Ann @2012-03-03T10:22:00Z One.", "2 <1(nested) Ann @2012-03-03T10:22:00Z Two.", "3 Ann @2012-03-03T10:22:00Z Three."}
	put := func(before, what string) string { return strings.Replace(page, before, what+before, 1) }
	for _, c := range []struct{ name, page string }{
		{"plain", page},
		{"capital letters", regexp.MustCompile(`</?\w+`).ReplaceAllStringFunc(page, strings.ToUpper)},
		{"no quotation marks", regexp.MustCompile(`="([\w:/#.?=+-]+)"`).ReplaceAllString(page, "=$1")},
		{"no end tags of items", strings.ReplaceAll(page, "</li>", "")},
		{"no end tags of paragraphs", strings.ReplaceAll(page, "</p>", "")},
		{"the form below a comment", put(`<ul class="children">`, `<div id="respond"><h3>Leave a Reply to Ann</h3><form><p>Your email address</p></form></div>`)},
		{"advertisement between comments", put(`<li class="comment even depth-1" id="comment-3"`, `<li class="ad-in-comments"><p>Buy ropes.</p></li>`)},
		{"recent comments below", put("</body>", `<aside class="widget_recent_comments"><ul id="recentcomments"><li class="recentcomments"><span class="comment-author-link">Bob</span> on <a href="y/#comment-99">Other</a></li></ul></aside>`)},
		{"recent comments above", put(`<article class="post">`, `<ul class="recent-comments"><li class="recent-comment"><div class="comment-author">Bob</div><div class="comment-text">hello</div><span class="date">March 3, 2012</span></li></ul>`)},
		{"recent comments as a block", put("</body>", `<ol class="wp-block-latest-comments"><li class="wp-block-latest-comments__comment"><article><footer class="wp-block-latest-comments__comment-meta"><a class="wp-block-latest-comments__comment-author" href="#">Bob</a><time datetime="2012-03-03T10:22:00+00:00" class="wp-block-latest-comments__comment-date">March</time></footer><div class="wp-block-latest-comments__comment-excerpt"><p>hello</p></div></article></li></ol>`)},
		{"the article's author", put(`<div id="comments">`, `<div class="author-box vcard"><span class="fn author">Ed</span><p>Writes.</p></div>`)},
		{"related articles", put(`<div id="comments">`, `<div class="related"><article class="post"><h3>Other</h3><time datetime="2011-01-01">Jan</time><a href="x#comments">3 Comments</a><span class="author">Ed</span></article></div>`)},
		{"quoted comments in the article", strings.Replace(page, "<p>About knots.</p>", `<blockquote class="comment"><p>Bob said: nice</p></blockquote><div class="comment-quote"><cite>Bob</cite> hm</div>`, 1)},
		{"the same list twice, once for small screens", put("</body>", `<div class="mobile">`+comments+`</div>`)},
		{"comments above the article", strings.Replace(page, `<article class="post">`, comments+`<article class="post">`, 1)},
		{"SingleFile", put("<body", "<!-- Page saved with SingleFile \n url: https://blog.example/knots/ \n saved date: x --><style>.a{b:c}</style>")},
	} {
		if d := cmp.Diff(want, lines(read(t, c.page))); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestParents(t *testing.T) {
	item := func(id, attrs, head, text string) string {
		return `<div class="comment" id="comment-` + id + `" ` + attrs + `><b class="fn">A` + id + `</b>` + head + `<div class="comment-text">` + text + `</div></div>`
	}
	for _, c := range []struct{ name, page, want string }{
		{"an attribute", item("1", "", "", "x") + item("2", `data-parent="1"`, "", "y"), "2 <1(declared) A2 @ y"},
		{"an attribute with the ID", item("1", "", "", "x") + item("2", `data-parent-id="comment-1"`, "", "y"), "2 <1(declared) A2 @ y"},
		{"an attribute for top-level comments", item("1", "", "", "x") + item("2", `data-parent="0"`, "", "y"), "2 A2 @ y"},
		{"an attribute that means something else", item("1", "", "", "x") + item("2", `data-parent="77"`, "", "y"), "2 A2 @ y"},
		{"in reply to", item("1", "", "", "x") + item("2", "", ` <span class="in-reply-to">in reply to <a href="#comment-1">A1</a></span>`, "y"), "2 <1(mentioned) A2 @ y"},
		{"a mention", item("1", "", "", "x") + item("2", "", "", `<a href="#comment-1">@A1</a> y`), "2 <1(mentioned) A2 @ @A1 y"},
		{"a list beside the comment", item("1", "", "", "x") + `<ol class="children">` + item("2", "", "", "y") + `</ol>`, "2 <1(nested) A2 @ y"},
		{"lists beside comments in lists", item("0", "", "", "x") + `<div class="children">` + item("1", "", "", "x") + `<div class="children">` + item("2", "", "", "y") + `</div></div>`, "2 <1(nested) A2 @ y"},
	} {
		got := lines(read(t, c.page))
		if len(got) == 0 || got[len(got)-1] != c.want {
			t.Errorf("%s: %q, want %q at the end", c.name, got, c.want)
		}
	}
}

func TestSavedFrom(t *testing.T) {
	for page, want := range map[string]string{
		"<!-- saved from url=(0030)https://blog.example/knots/ --><html>":                                     "https://blog.example/knots/",
		"<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://blog.example/ \n saved":       "https://blog.example/",
		"<!-- saved from url=(0014)about:internet --><html>":                                                  "",
		"<html><!-- saved from url=(0030)https://a.example/ --><link rel=canonical href=https://b.example/x>": "https://b.example/x",
	} {
		if got := read(t, page+"<p>x").Meta().URL; got != want {
			t.Errorf("%s: URL %q, want %q", page, got, want)
		}
	}
}
