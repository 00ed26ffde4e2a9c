package all_test

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"threadheat/fixtures"
	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/format/all"
)

// drawn are pages of one thread as the software of several sites draws them.
var drawn = []struct {
	format string
	draw   func(*thread.Thread) string
}{
	{"wordpress", func(t *thread.Thread) string { return string(fixtures.HTMLPage(t)) }},
	{"drupal", flat(`<!DOCTYPE html><html lang="en"><head><meta name="Generator" content="Drupal 8 (https://www.drupal.org)"><title>On kettles | A site</title></head><body><h1 class="page-title">On kettles</h1><section class="comment-wrapper"><h2>Comments</h2>`,
		`<a id="comment-%[1]s"></a><article data-comment-user-id="3" about="/comment/%[1]s" typeof="schema:Comment" class="comment js-comment clearfix"><footer class="comment__meta"><p class="comment__author"><span><a title="View user profile." href="/user/3" lang="" typeof="schema:Person" property="schema:name" datatype="" class="username">%[2]s</a></span></p><p class="comment__time">%[3]s <span property="schema:dateCreated" content="%[4]s+00:00" class="hidden"></span></p><p class="comment__permalink"><a href="/comment/%[1]s#comment-%[1]s" hreflang="en">Permalink</a></p></footer>
<div class="comment__content"><div property="schema:text" class="clearfix text-formatted field field--name-comment-body field--type-text-long field--label-hidden field__item"><p>%[5]s</p></div><ul class="links inline"><li class="comment-reply"><a href="/comment/reply/node/1/comment/%[1]s">Reply</a></li></ul></div></article>
`, `</section></body></html>`)},
	{"phpbb", flat(`<!DOCTYPE html><html lang="en-gb"><head><meta charset="utf-8"><title>Kettles - A forum</title></head><body id="phpbb"><div id="page-body"><h2 class="topic-title"><a href="./viewtopic.php?t=9">Kettles</a></h2>`,
		`<div id="p%[1]s" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile%[1]s"><dt class="has-avatar"><div class="avatar-container"></div><a href="./memberlist.php?mode=viewprofile&amp;u=2" class="username-coloured" style="color:#a00">%[2]s</a></dt><dd class="profile-posts"><strong>Posts:</strong> 7</dd></dl><div class="postbody"><div id="post_content%[1]s"><h3><a href="#p%[1]s">Re: Kettles</a></h3><p class="author"><a class="unread" href="./viewtopic.php?p=%[1]s#p%[1]s"></a><span class="responsive-hide">by <strong><a class="username-coloured">%[2]s</a></strong> &raquo; </span><time datetime="%[4]s+00:00">%[3]s</time></p><div class="content">%[5]s</div></div></div></div></div>
`, `</div></body></html>`)},
	{"discoursepage", flat(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Kettles - A forum</title><meta property="og:title" content="Kettles"></head><body class="crawler"><div id="topic-title"><h1><a href="/t/kettles/77">Kettles</a></h1></div>`,
		`<div id="post_%[1]s" itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div class="crawler-post-meta"><span class="creator" itemprop="author"><a itemprop="url" href="https://forum.example/u/%[2]s"><span itemprop="name">%[2]s</span></a></span><span class="crawler-post-infos"><time itemprop="datePublished" datetime="%[4]sZ" class="post-time">%[3]s</time></span></div><div class="post" itemprop="text"><p>%[5]s</p></div></div>
`, `</body></html>`)},
	{"hackernewspage", func(t *thread.Thread) string {
		return each(t, `<html lang="en" op="item"><head><title>Kettles | Hacker News</title></head><body><center><table id="hnmain"><tr><td><table border="0" class="comment-tree">
`, func(id, author, shown, machine, text string, i thread.Index) string {
			return fmt.Sprintf(`<tr class="athing comtr" id="%[1]s"><td><table border="0"><tr><td class="ind" indent="%[6]d"><img src="s.gif" height="1" width="%[7]d"></td><td valign="top" class="votelinks"><center><a id="up_%[1]s" href="vote?id=%[1]s"><div class="votearrow" title="upvote"></div></a></center></td><td class="default"><div style="margin-top:2px; margin-bottom:-10px;"><span class="comhead"><a href="user?id=%[2]s" class="hnuser">%[2]s</a> <span class="age" title="%[4]s"><a href="item?id=%[1]s">%[3]s</a></span> <a class="togg clicky" id="%[1]s" n="6" href="javascript:void(0)">[–]</a></span></div><br><div class="comment"><div class="commtext c00">%[5]s</div><div class="reply"><p><font size="1"><u><a href="reply?id=%[1]s">reply</a></u></font></div></div></td></tr></table></td></tr>
`, id, author, shown, machine, text, t.Depth(i), 40*t.Depth(i))
		}, `</table></td></tr></table></center></body></html>`)
	}},
	{"oldreddit", func(t *thread.Thread) string {
		open := 0
		closeTo := func(depth int) string {
			n := max(open-depth, 0)
			open -= n
			return strings.Repeat("</div></div></div>\n", n)
		}
		return each(t, `<!doctype html><html lang="en"><head><title>Kettles : k</title></head><body class="comments-page"><div class="commentarea"><div id="siteTable_t3_k1" class="sitetable nestedlisting">
`, func(id, author, shown, machine, text string, i thread.Index) string {
			s := closeTo(t.Depth(i))
			open++
			return s + fmt.Sprintf(`<div class="thing id-t1_%[1]s noncollapsed comment " id="thing_t1_%[1]s" data-fullname="t1_%[1]s" data-author="%[2]s"><p class="parent"><a name="%[1]s"></a></p><div class="midcol unvoted"></div><div class="entry unvoted"><p class="tagline"><a href="javascript:void(0)" class="expand">[–]</a><a href="https://old.reddit.com/user/%[2]s" class="author">%[2]s</a> <span class="score unvoted" title="7">7 points</span> <time title="%[3]s" datetime="%[4]s+00:00" class="live-timestamp">6 years ago</time></p><form class="usertext"><div class="usertext-body may-blank-within md-container "><div class="md"><p>%[5]s</p></div></div></form><ul class="flat-list buttons"><li class="first"><a href="https://old.reddit.com/r/k/comments/k1/x/%[1]s/" class="bylink" rel="nofollow">permalink</a></li></ul></div><div class="child"><div id="siteTable_t1_%[1]s" class="sitetable listing">
`, id, author, shown, machine, text)
		}, strings.Repeat("</div>", 3*t.Len())+`</body></html>`)
	}},
	{"mediawiki", func(t *thread.Thread) string {
		open := 0
		return each(t, `<!DOCTYPE html><html lang="en"><head><title>Talk:Kettle</title><script>RLCONF={"wgPageName":"Talk:Kettle","wgNamespaceNumber":1};</script></head><body><h1 id="firstHeading">Talk:Kettle</h1><div id="mw-content-text"><div class="mw-parser-output" lang="en"><h2><span class="mw-headline" id="Hum">Hum</span></h2>
`, func(_, author, shown, _, text string, i thread.Index) string {
			s := ""
			for ; open > t.Depth(i); open-- {
				s += "</dd></dl>\n"
			}
			for ; open < t.Depth(i); open++ {
				s += "<dl><dd>"
			}
			if s == "" && open > 0 {
				s = "</dd>\n<dd>"
			}
			return s + fmt.Sprintf(`<p>%[3]s <a href="/wiki/User:%[1]s" title="User:%[1]s">%[1]s</a> (<a href="/wiki/User_talk:%[1]s" title="User talk:%[1]s">talk</a>) %[2]s (UTC)</p>
`, author, shown, text)
		}, `</div></div></body></html>`)
	}},
	{"schemaorg", func(t *thread.Thread) string {
		type comment struct {
			Type   string            `json:"@type"`
			ID     string            `json:"@id"`
			Author map[string]string `json:"author"`
			Date   string            `json:"datePublished"`
			Text   string            `json:"text"`
			Parent map[string]string `json:"parentItem,omitempty"`
		}
		var comments []comment
		for i := range t.All() {
			c := comment{"Comment", "#c" + t.ID(i), map[string]string{"@type": "Person", "name": t.AuthorName(t.Author(i))}, t.Time(i).Time().Format("2006-01-02T15:04:05Z"), t.Text(i), nil}
			if p := t.Parent(i); p >= 0 {
				c.Parent = map[string]string{"@id": "#c" + t.ID(p)}
			}
			comments = append(comments, c)
		}
		b, _ := json.Marshal(map[string]any{"@context": "https://schema.org", "@type": "DiscussionForumPosting", "headline": "Kettles", "comment": comments})
		return `<!doctype html><html lang="en"><head><title>Kettles</title><script type="application/ld+json">` + string(b) + `</script></head><body></body></html>`
	}},
}

// each joins what one writes for each comment: its ID, author, time for people
// and for machines, and text as HTML.
func each(t *thread.Thread, head string, one func(id, author, shown, machine, text string, i thread.Index) string, foot string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range t.All() {
		at := t.Time(i).Time()
		author := strings.ReplaceAll(t.AuthorName(t.Author(i)), " ", "")
		b.WriteString(one(t.ID(i), author, at.Format("15:04, 2 January 2006"), at.Format("2006-01-02T15:04:05"), html.EscapeString(t.Text(i)), i))
	}
	b.WriteString(foot)
	return b.String()
}

func flat(head, comment, foot string) func(*thread.Thread) string {
	return func(t *thread.Thread) string {
		return each(t, head, func(id, author, shown, machine, text string, _ thread.Index) string {
			return fmt.Sprintf(comment, id, author, shown, machine, text)
		}, foot)
	}
}

// What the benchmarks read are pages of the formats they name, and all of the
// comments are found.
func TestDrawnPages(t *testing.T) {
	th := fixtures.Build(fixtures.Bushy(300, 1))
	for _, d := range drawn {
		t.Run(d.format, func(t *testing.T) {
			head, r, err := format.Peek("p.html", strings.NewReader(d.draw(th)))
			if err != nil {
				t.Fatal(err)
			}
			v, err := format.Detect(all.Formats, head)
			if err != nil || v.Format.Name != d.format {
				t.Fatalf("Detect = %v, %v, want %s", v.Format, err, d.format)
			}
			var texts, want []string
			for got, err := range format.Threads(v.Format, format.Source{Name: "p.html", Reader: r}, thread.Source{}) {
				if err != nil {
					t.Fatal(err)
				}
				for i := range got.All() {
					texts = append(texts, got.Text(i))
				}
			}
			for i := range th.All() {
				want = append(want, th.Text(i))
			}
			if !slices.Equal(texts, want) {
				t.Errorf("%d comments, want %d, or their texts differ", len(texts), len(want))
			}
		})
	}
}
