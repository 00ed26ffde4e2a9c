// Package hackernewspage reads saved pages of Hacker News, and of sites that run
// its software.
//
// Comments are rows of one flat table. How far a row is indented tells whom it
// answers: <td class="ind" indent="2">, or the width of a picture of 40 pixels a
// level. A deleted comment keeps its row, without an author. Pages of the years
// before 2014 have no classes on the rows and no times but "16 days ago".
package hackernewspage

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved pages of Hacker News.
var Format = &format.Format{
	Name: "hackernewspage",
	Doc:  "saved pages of Hacker News (HTML), of today and of 2007 to 2014",
	URL:  "https://news.ycombinator.com/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"athing comtr"}, Match: regexp.MustCompile(`<tr[^<>]*class=["']athing comtr[^<>]*>`), Why: "rows of comments as on Hacker News"},
		page.Sign{Has: []string{"comhead", "user?id=", "item?id="}, Match: regexp.MustCompile(`<td class=["']?default["'> ]`), Why: "cells of comments as on Hacker News"},
	),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select("td.default"),
	Lift:    1, // the indent stands in a cell before
	Outside: dom.Select("table.fatitem"),
	Body:    []*dom.Selector{dom.Select(".commtext"), dom.Select(".comment")},
	Chrome:  dom.Select(`.reply, font[color="#f6f6ef"]`),

	ID: []page.Field{
		page.In(`.age a[href*="item?id="]`, "href").Cut(`item\?id=(\d+)`),
		page.In(`.comhead a[href*="item?id="]`, "href").Cut(`item\?id=(\d+)`),
		page.In(`[id^=up_]`, "id").Cut(`^up_(\d+)$`),
		page.In(`[id^=down_]`, "id").Cut(`^down_(\d+)$`),
	},
	Author: []page.Field{page.In("a.hnuser", ""), page.In(`.comhead a[href*="user?id="]`, "")},
	Time: []page.Field{
		page.In(".age[title]", "title").Cut(`\s(\d{9,11})$`),
		page.In(".age[title]", "title").InUTC(),
		page.In(".age", ""),
		page.In(".comhead", "").Cut(`(\d+ \w+ ago)`),
	},
	Score: []page.Field{page.In(".comhead .score", "")},
	Depth: []page.Depth{
		{Field: page.In("td.ind[indent]", "indent"), Unit: 1},
		{Field: page.In("td > img[width]", "width"), Unit: 40},
	},
	Gone: []page.Gone{
		{Text: regexp.MustCompile(`^\[(deleted|delayed)\]$`), State: thread.Deleted},
		{Text: regexp.MustCompile(`^\[(flagged|dead)\]$`), State: thread.Removed},
	},

	Title: []page.Field{
		page.In(".fatitem .titleline a", ""), page.In(".fatitem .title a", ""), page.In("title", "").Cut(`^(.*) \| Hacker News$`),
	},
	Article:  []*dom.Selector{dom.Select(".fatitem .toptext"), dom.Select(".fatitem .commtext")},
	Declared: []page.Field{page.In(".subtext a", "").Cut(`^(\d+)\s*comments?$`)},
	More:     dom.Select(`a.morelink, .title > a[href*="/x?fnid="]`),
}
