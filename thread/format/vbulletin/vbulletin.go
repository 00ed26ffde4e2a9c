// Package vbulletin reads saved threads of vBulletin forums, versions 3 and 4.
//
// Threads are flat; a quotation carries the number of the post it is from. In
// version 4 the text of every post is a <blockquote> and a quotation is none.
package vbulletin

import (
	"regexp"

	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved threads of vBulletin forums.
var Format = &format.Format{
	Name:   "vbulletin",
	Doc:    "saved threads of vBulletin 3 and 4 forums (HTML); flat but for quotations",
	URL:    "https://www.vbulletin.com/",
	Sniff:  page.Sniff(page.Sign{Has: []string{"post_message_"}, Match: regexp.MustCompile(`<\w+[^<>]* id=["']post_message_\d+["'][^<>]*>`), Why: "posts as vBulletin marks them"}),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select("li[id^=post_], table[id^=post]"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select("[id^=post_message_] > blockquote.postcontent"), dom.Select("[id^=post_message_]")},
	Chrome:  dom.Select(".bbcode_postedby, .bbcode_description, [id^=post_message_] div.smallfont"),
	Cited:   dom.Select(".bbcode_quote, [id^=post_message_] td.alt2"),

	ID:        []page.Field{page.Own("id").Cut(`^post_?(\d+)$`), page.In("[id^=post_message_]", "id").Cut(`^post_message_(\d+)$`)},
	Author:    []page.Field{page.In(".username strong", ""), page.In(".username", ""), page.In(".bigusername", ""), page.In("[id^=postmenu_]", "")},
	AuthorKey: []page.Field{page.In("a.username, a.bigusername", "href").Cut(`member\.php\?(?:\w+=\w+&)*(?:u=)?(\d+)`)},
	Time:      []page.Field{page.In(".postdate .date", ""), page.In(".postdate", ""), page.In("td.thead", "")},
	Edited:    []page.Field{page.In(".lastedited", "").Cut(`;\s*(.+)$`), page.In("em", "").Cut(`^Last edited by .+;\s*(.+)$`)},
	Opening:   []page.Field{page.In("a.postcounter", "").Cut(`^#(1)$`), page.In("a[id^=postcount]", "").Cut(`^#?(1)$`)},
	Quote: &page.Quote{
		Select: dom.Select(".bbcode_quote, [id^=post_message_] td.alt2"),
		ID:     []page.Field{page.In(`a[href*="#post"]`, "href").Cut(`#post(\d+)$`)},
		Name:   []page.Field{page.In(".bbcode_postedby strong", ""), page.In("td.alt2 > div > strong", "")},
	},

	Title:    []page.Field{page.In(".threadtitle", ""), page.In("td.navbar strong", "")},
	Declared: []page.Field{page.In(".postpagestats", "").Cut(`(\d+)\D*$`)},
	More:     dom.Select("a[rel=next]"),
}
