// Package lobsterspage reads saved pages of Lobsters, and of sites that run its
// software.
//
// Comments stand in list items inside one another; each has a short ID. Before
// 2016 the lists stood inside one another and the comments side by side. Of an
// edited comment only the time of its last edit, within hours of the first, is
// told. Times are in seconds, earlier a title in the zone of the site.
package lobsterspage

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved pages of Lobsters.
var Format = &format.Format{
	Name: "lobsterspage",
	Doc:  "saved pages of Lobsters (HTML) and its sister sites",
	URL:  "https://github.com/lobsters/lobsters",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"data-shortid", "comment_text"}, Match: regexp.MustCompile(`<div[^<>]* data-shortid=[^<>]*>`), Why: "comments as Lobsters marks them"},
		page.Sign{Has: []string{"data-shortid", "comment_text"}, Match: regexp.MustCompile(`<li id=["']comment_\w+["'][^<>]* data-shortid=[^<>]*>`), Why: "comments as Lobsters marked them at first"},
	),
	Decode: page.Decode(rules, first),
}

var rules = &page.Rules{
	Comment: dom.Select("li.comments_subtree"),
	Body:    []*dom.Selector{dom.Select(".comment_text")},

	ID:     []page.Field{page.In("div.comment[data-shortid]", "data-shortid"), page.In("div.comment[id^=c_]", "id").Cut(`^c_(\w+)$`)},
	Author: []page.Field{page.In(".byline a.u-author", ""), page.In(`.byline a[href*="/~"], .byline a[href*="/u/"]`, "")},
	Time:   []page.Field{page.In(".byline time[data-at-unix]", "data-at-unix"), page.In(".byline time[title], .byline span[title]", "title"), page.In(".byline time[datetime]", "datetime"), page.In(".byline", "").Cut(`(\d+ \w+ ago)`)},
	Score:  []page.Field{page.In(".voters .score", ""), page.In(".voters .upvoter", "")},
	Gone: []page.Gone{
		{Text: regexp.MustCompile(`^\[?Comment (?:removed|deleted) by (?:its )?author\]?\.?$`), State: thread.Deleted},
		{Text: regexp.MustCompile(`^\[?(?:(?:Comment|Thread) removed by moderator|Comment from banned user removed).{0,1000}$`), State: thread.Removed},
	},

	Title:    []page.Field{page.In(".story .link a", "")},
	Article:  []*dom.Selector{dom.Select(".story_text")},
	Declared: []page.Field{page.In(".story .comments_label", "").Cut(`^\W*(\d+) `)},
}

// first are the rules of the pages before 2016.
var first = older(*rules)

func older(r page.Rules) *page.Rules {
	r.Comment, r.Indent = dom.Select("li.comment[data-shortid]"), dom.Select("ol.comments")
	r.ID = []page.Field{page.Own("data-shortid")}
	return &r
}
