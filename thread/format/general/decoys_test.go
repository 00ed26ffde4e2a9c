package general

import (
	"fmt"
	"strings"
	"testing"

	"threadheat/thread/format"
	"threadheat/thread/internal/page/pagetest"
)

// several repeats a block with other names, dates and words.
func several(n int, block string) string {
	names := []string{"Anna", "Bert", "Carla", "Dirk", "Eva", "Fritz"}
	things := []string{"A bridge is closed for repairs until autumn", "The museum shows lamps from six centuries", "Rain is expected in all valleys from noon", "A new line connects the harbour and the hills", "The choir looks for two more basses", "Bees return to the roof of the town hall"}
	var b strings.Builder
	for i := range n {
		k := i % len(names)
		b.WriteString(strings.NewReplacer("NAME", names[k], "DATE", fmt.Sprintf("%d March 2021", i+1), "THING", things[k], "N", fmt.Sprint(i+3)).Replace(block))
	}
	return b.String()
}

// Pages with authors, dates and texts on which nobody comments.
var decoys = map[string]string{
	"list of articles":              `<main>` + several(5, `<article class="post"><h2><a href="/a/N">THING</a></h2><p class="meta">by <a class="author" href="/author/x">NAME</a> on <time>DATE</time></p><p>THING, as the council said in the evening. <a href="/a/N">Read more</a></p></article>`) + `</main>`,
	"teasers that count comments":   `<div class="teasers">` + several(6, `<div class="teaser"><a href="/a/N"><img src="/N.jpg"><h3>THING</h3></a><span class="author">NAME</span> <span class="date">DATE</span> <span class="comment-count">N comments</span><p>THING, says the mayor.</p></div>`) + `</div>`,
	"blog with whole posts":         `<div id="content">` + several(4, `<div class="post" id="post-N"><h2 class="title"><a href="/p/N">THING</a></h2><div class="postmeta">Posted by <span class="author">NAME</span> on DATE</div><div class="entry"><p>THING, and it was a long day for all who were there, from the first hour to the last.</p></div><p class="feedback"><a href="/p/N#comments">N comments</a> | <a href="/p/N#respond">Leave a comment</a></p></div>`) + `</div>`,
	"posts named entry":             `<div id="content">` + several(4, `<div class="entry" id="entry-N"><h3 class="entry-header">THING</h3><div class="entry-body"><p>THING, and it was a long day for all who were there.</p></div><p class="entry-footer">Posted by NAME on DATE | <a href="/p/N.html">Permalink</a> | <a href="/p/N.html#comments">Comments (N)</a></p></div>`) + `</div>`,
	"index of a forum":              `<table class="forum-topics"><tr><th>Topic</th><th>Replies</th><th>Last post</th></tr>` + several(6, `<tr class="topic"><td><a href="/t/N">THING</a></td><td>N</td><td>by <a href="/user/NAME">NAME</a><br>DATE</td></tr>`) + `</table>`,
	"threads with their last posts": `<ul class="threads">` + several(6, `<li class="thread" id="thread-N"><a class="thread-title" href="/t/N">THING</a> <span class="replies">N replies</span> <span class="last-post">DATE by <a class="username" href="/members/NAME">NAME</a></span></li>`) + `</ul>`,
	"recent comments in a side bar": `<article><h1>Bees</h1><p>They are back.</p></article><aside class="sidebar"><h3>Recent comments</h3><ul>` + several(5, `<li class="recentcomments"><span class="comment-author-link">NAME</span> on <a href="/p/N#comment-N">THING</a> DATE</li>`) + `</ul></aside>`,
	"recent comments with excerpts": `<article><h1>Bees</h1><p>They are back.</p></article><div class="widget latest-comments"><h3>Latest comments</h3>` + several(5, `<div class="comment"><span class="author">NAME</span> <span class="date">DATE</span> <a href="/p/N#comment-N">THING, I would say, but …</a></div>`) + `</div>`,
	"changelog":                     `<h1>Changelog</h1>` + several(6, `<div class="release" id="v1.N"><h2>1.N.0 - DATE</h2><ul><li>THING (@NAME)</li><li>Fixed: THING</li></ul></div>`),
	"commits":                       `<ol class="commits">` + several(6, `<li class="commit"><a class="message" href="/c/N">THING</a> <div class="meta"><a class="author" href="/NAME">NAME</a> committed on <time datetime="2021-03-0N">DATE</time></div></li>`) + `</ol>`,
	"search results":                `<div class="search-results">` + several(6, `<div class="result"><h3><a href="/a/N">THING</a></h3><cite>example.org/a/N</cite><p>DATE — THING and more of the same, for those who look for it.</p></div>`) + `</div>`,
	"tweets":                        `<article><h1>Bees</h1><p>They are back.</p></article><div class="tweets">` + several(4, `<div class="tweet"><span class="name">NAME</span> <span class="username">@NAME</span> <a class="timestamp" href="/s/N">DATE</a><p class="tweet-text">THING</p><a href="#">Reply</a> <a href="#">Retweet</a></div>`) + `</div>`,
	"related articles":              `<article><h1>Bees</h1><p>They are back.</p></article><section class="related-posts"><h2>You may also like</h2>` + several(4, `<div class="item"><a href="/a/N">THING</a><p>NAME, DATE</p></div>`) + `</section>`,
	"products":                      `<ul class="products">` + several(6, `<li class="product"><a href="/p/N"><img src="/N.jpg"><h2>THING</h2></a><span class="price">N,99 €</span><span class="reviews">(N reviews)</span><button>Add to cart</button></li>`) + `</ul>`,
	"events":                        `<ul class="events">` + several(6, `<li class="event"><span class="date">DATE</span> <strong>THING</strong> <span class="speaker">NAME</span><p>Doors open at N. Bring a coat.</p></li>`) + `</ul>`,
	"live ticker":                   `<div class="liveticker">` + several(8, `<div class="entry" id="entry-N"><time datetime="2021-03-0NT10:00:00">DATE, 10:0N</time><span class="author">NAME</span><p>THING, we hear.</p></div>`) + `</div>`,
	"press releases":                `<div class="news-list">` + several(6, `<div class="news-item"><span class="date">DATE</span><h4>THING</h4><p>THING, writes NAME of the press office.</p></div>`) + `</div>`,
	"staff":                         `<div class="team">` + several(5, `<div class="member"><img class="avatar" src="/N.jpg"><h3 class="name">NAME</h3><p>NAME has been with us since DATE and likes lamps.</p></div>`) + `</div>`,
	"questions and answers":         `<h1>Help</h1><dl class="faq">` + several(5, `<dt>How does N work?</dt><dd>THING. NAME changed this on DATE.</dd>`) + `</dl>`,
	"one article with an author":    `<article class="post"><h1>Bees</h1><p class="meta"><span class="author">Anna</span> <time datetime="2021-03-01">1 March 2021</time></p><p>They are back, and they are many.</p></article><div id="comments"><p class="nocomments">Comments are closed.</p></div>`,
	"a form alone":                  `<article><h1>Bees</h1><p>They are back.</p></article><div id="comments" class="comments-area"><h3>Leave a comment</h3><form class="comment-form"><p>Your e-mail address will not be published.</p><textarea></textarea><button>Post comment</button></form></div>`,
	"a template for scripts":        `<article><h1>Bees</h1><p>They are back.</p></article><div id="comments"><template><div class="comment"><b class="author">{{name}}</b> <time>{{date}}</time><p>{{text}}</p></div></template></div>`,
	"quotations":                    `<article><h1>What they say</h1>` + several(5, `<blockquote class="testimonial"><p>THING, and I liked it.</p><cite>NAME</cite></blockquote>`) + `</article>`,
}

func TestDecoys(t *testing.T) {
	for name, body := range decoys {
		t.Run(name, func(t *testing.T) {
			page := "<!DOCTYPE html><html><head><title>The valley paper</title></head><body><header><nav><ul><li><a href=/>Home</a></li></ul></nav></header>" + body + "<footer>About</footer></body></html>"
			if got := pagetest.Lines(pagetest.Read(t, Format, page)); len(got) > 0 {
				t.Errorf("comments on a page without any: %q", got[:min(3, len(got))])
			}
			if c, why := sniff(format.Head{Bytes: []byte(page)}); c != format.No || why == "" {
				t.Errorf("Sniff = %v (%s), want no", c, why)
			}
		})
	}
}
