// Package oldreddit reads saved pages of old.reddit.com, and of reddit.com
// before 2018.
//
// Comments stand inside one another (.child > .sitetable > .thing). An ID has
// the prefix of its kind, "t1_", which is cut. A comment whose author is gone
// has no data-author; whether its author deleted it or a moderator removed it
// tells only what stands in place of the text.
package oldreddit

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved pages of old.reddit.com.
var Format = &format.Format{
	Name: "oldreddit",
	Doc:  "saved pages of old.reddit.com (HTML), and of reddit.com before 2018",
	URL:  "https://old.reddit.com/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"nestedlisting"}, Match: regexp.MustCompile(`class=["']sitetable nestedlisting["']`), Why: "a list of comments as old.reddit has it"},
		page.Sign{Has: []string{"thing_t1_"}, Match: regexp.MustCompile(`id=["']thing_t1_\w+["']`), Why: "comments as old.reddit numbers them"},
	),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select(".thing.comment"),
	Outside: dom.Select(".side"),
	Body:    []*dom.Selector{dom.Select(".usertext-body .md"), dom.Select(".usertext-body"), dom.Select(".entry .grayed")},

	ID: []page.Field{
		page.Own("data-fullname").Cut(`^t1_(\w+)$`), page.Own("id").Cut(`^thing_t1_(\w+)$`), page.Own("class").Cut(`\bid-t1_(\w+)`),
		page.In("a.bylink", "href").Cut(`/(\w+)/?(?:\?.*)?$`),
	},
	Author: []page.Field{page.Own("data-author"), page.In(".tagline a.author", "")},
	Time:   []page.Field{page.In(".tagline time[datetime]", "datetime"), page.In(".tagline time[title]", "title"), page.In(".tagline", "").Cut(`(\d+ (?:second|minute|hour|day|week|month|year)s? ago)`)},
	Edited: []page.Field{page.In("time.edited-timestamp[datetime]", "datetime")},
	Score:  []page.Field{page.In(".score.unvoted[title]", "title"), page.In(".score.unvoted", "")},
	Gone: []page.Gone{
		{Text: regexp.MustCompile(`^\[deleted\]$`), State: thread.Deleted},
		{Text: regexp.MustCompile(`^\[ ?[Rr]emoved(?: by (?:reddit|moderator|Reddit))? ?\]$`), State: thread.Removed},
	},

	Title:    []page.Field{page.In("#siteTable a.title", "")},
	Article:  []*dom.Selector{dom.Select("#siteTable .usertext-body .md")},
	Declared: []page.Field{page.In("#siteTable a.comments", "").Cut(`^([\d,]+) `), page.In(".commentarea .panestack-title .title", "").Cut(`^all ([\d,]+) `)},
	More:     dom.Select(".morechildren a, .morecomments a, .deepthread a"),
}
