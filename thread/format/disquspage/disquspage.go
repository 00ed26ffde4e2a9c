// Package disquspage reads comments of Disqus as a browser shows them.
//
// A page has them in a frame of its own: a browser that saves the whole page
// writes the frame into a file beside it, and that file is the one to read. Posts
// stand in list items inside one another, and name the post they answer. Times
// have no zone.
package disquspage

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads comments of Disqus as a browser shows them.
var Format = &format.Format{
	Name:   "disquspage",
	Doc:    "comments of Disqus as a browser shows them (HTML): the saved frame, not the page around it",
	URL:    "https://disqus.com/",
	Sniff:  page.Sniff(page.Sign{Has: []string{"post-message", "publisher-anchor-color"}, Match: regexp.MustCompile(`<li[^<>]* id=["']post-\d+["'][^<>]*>`), Why: "posts as Disqus marks them"}),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select("li.post[id^=post-]"),
	Body:    []*dom.Selector{dom.Select(".post-message"), dom.Select("[data-role=message]")},
	Chrome:  dom.Select(".see-more, .media-container"),

	ID:     []page.Field{page.Own("id").Cut(`^post-(\d+)$`)},
	Parent: []page.Field{page.In("a.parent-link", "href").Cut(`#comment-(\d+)$`)},
	Author: []page.Field{page.In(".author [data-role=username]", ""), page.In(".post-byline .author a", ""), page.In(".post-byline .author", "")},
	AuthorKey: []page.Field{
		page.In(".author a[data-username]", "data-username"), page.In(".author a[data-user], .avatar a[data-user]", "data-user").Cut(`^([1-9]\d*)$`), page.In(`.author a[href*="disqus.com/by/"]`, "href").Cut(`/by/([^/]+)`),
	},
	Time:  []page.Field{page.In("a.time-ago[title]", "title"), page.In("a.time-ago", "")},
	Score: []page.Field{page.In("[data-role=likes]", ""), page.In(".vote-up .count", "")},
	Gone: []page.Gone{
		{Text: regexp.MustCompile(`^This comment (?:was|has been) deleted\.?$`), State: thread.Deleted},
		{Text: regexp.MustCompile(`^(?:This comment was marked as spam|Comment removed by moderator)\.?$`), State: thread.Removed},
	},

	Declared: []page.Field{page.In(".comment-count", "").Cut(`^(\d[\d,]*) `)},
	More:     dom.Select(`[data-role=more][style*=block] a`),
}
