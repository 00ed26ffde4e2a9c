// Package vbulletin reads saved threads of vBulletin forums, versions 3 to 5.
//
// Threads are flat; a quotation carries the number of the post it is from. In
// version 4 the text of every post is a <blockquote> and a quotation is none. In
// version 5 everything is a node with a number and a time in seconds, and short
// comments may stand inside the post they are about.
package vbulletin

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved threads of vBulletin forums.
var Format = &format.Format{
	Name: "vbulletin",
	Doc:  "saved threads of vBulletin 3, 4 and 5 forums (HTML); flat but for quotations and the comments of version 5",
	URL:  "https://www.vbulletin.com/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"post_message_"}, Match: regexp.MustCompile(`<\w+[^<>]* id=["']post_message_\d+["'][^<>]*>`), Why: "posts as vBulletin marks them"},
		page.Sign{Has: []string{"data-node-id", "class=\"anchor\""}, Match: regexp.MustCompile(`<li data-node-id="\d+"[^<>]*\sclass="[^"<>]*\b(?:b-post|list-item)\b[^<>]*>\s*<a id="post\d+"`), Why: "posts as vBulletin 5 marks them"},
	),
	Decode: page.Decode(rules, nodes),
}

// rules are those of versions 3 and 4.
var rules = &page.Rules{
	Comment: dom.Select("li[id^=post_], table[id^=post]"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select("[id^=post_message_] > blockquote.postcontent"), dom.Select("[id^=post_message_]"), dom.Select("li.postbitdeleted .postrow, li.postbitignored .postrow")},
	Chrome:  dom.Select(".bbcode_postedby, .bbcode_description, [id^=post_message_] div.smallfont"),
	Cited:   dom.Select(".bbcode_quote, [id^=post_message_] td.alt2"),

	ID:        []page.Field{page.Own("id").Cut(`^post_?(\d+)$`), page.In("[id^=post_message_]", "id").Cut(`^post_message_(\d+)$`)},
	Author:    []page.Field{page.In(".username strong", ""), page.In(".username", ""), page.In(".bigusername", ""), page.In("[id^=postmenu_]", "")},
	AuthorKey: []page.Field{page.In("a.username, a.bigusername", "href").Cut(`member(?:\.php[?/](?:\w+=\w+&)*(?:u=)?|s/)(\d+)`)},
	Time:      []page.Field{page.In(".postdate .date, .posthead > .date", ""), page.In(".postdate", ""), page.In("td.thead", "")},
	Edited: []page.Field{
		page.In(".lastedited", "").Cut(`;\s*(.+)$`), page.In(".lastedited", ""),
		page.In("em", "").Cut(`^(?:Last edited by|Geändert von|Dernière modification par|Última edición por|Laatst aangepast door|Ostatnio edytowane przez|Последний раз редактировалось) .+?[;(]\s*(.+)$`),
	},
	Opening: []page.Field{page.In("a.postcounter", "").Cut(`^#(1)$`), page.In("a[id^=postcount]", "").Cut(`^#?(1)$`)},
	Quote: &page.Quote{
		Select: dom.Select(".bbcode_quote, [id^=post_message_] td.alt2"),
		ID:     []page.Field{page.In(`a[href*="#post"]`, "href").Cut(`#post(\d+)$`)},
		Name:   []page.Field{page.In(".bbcode_postedby strong", ""), page.In("td.alt2 > div > strong", "")},
	},

	Gone: []page.Gone{
		{Select: dom.Select("li.postbitdeleted .postrow"), Text: regexp.MustCompile(`(?s).`), State: thread.Removed},
		{Select: dom.Select("li.postbitignored .postrow"), Text: regexp.MustCompile(`(?s).`), State: thread.Hidden},
	},

	Title:    []page.Field{page.In(".threadtitle", ""), page.In("td.navbar strong", "")},
	Declared: []page.Field{page.In(".postpagestats", "").Cut(`(\d+)\D*$`)},
	More:     dom.Select("a[rel=next], a[rel=prev]"),
}

// nodes are the rules of version 5.
var nodes = &page.Rules{
	Comment: dom.Select("li[data-node-id]"),
	Body:    []*dom.Selector{dom.Select(".js-post__content-text, .b-comment__content"), dom.Select("[itemprop=text]"), dom.Select(".post-content"), dom.Select(".delete-note")},
	Chrome:  dom.Select(".bbcode_postedby, .bbcode_description"),
	Cited:   dom.Select(".bbcode_quote"),

	ID:        []page.Field{page.Own("data-node-id").Cut(`^(\d+)$`)},
	Author:    []page.Field{page.In(".author strong", ""), page.In(".author a", ""), page.In("[itemprop=author] [itemprop=name]", ""), page.In(".author", "")},
	AuthorKey: []page.Field{page.In(`.author a[href*="member/"]`, "href").Cut(`member/(\d+)`)},
	Time: []page.Field{
		page.Own("data-node-publishdate"), page.In(".b-post__timestamp time[datetime], time[itemprop=dateCreated]", "datetime"),
		page.In(".b-post__timestamp, .post-date", ""),
	},
	Opening: []page.Field{page.Own("class").Cut(`\b(b-post--first|conversation-starter)\b`)},
	Quote: &page.Quote{
		Select: dom.Select(".bbcode_quote"),
		ID:     []page.Field{page.In(`.bbcode_postedby a[href*="#post"]`, "href").Cut(`#post(\d+)$`)},
		Name:   []page.Field{page.In(".bbcode_postedby strong", "")},
	},
	Gone: []page.Gone{
		{Select: dom.Select("li.deleted .delete-note"), Text: regexp.MustCompile(` has been deleted by `), State: thread.Removed},
		{Select: dom.Select("li[data-node-id].deleted, .b-post--deleted"), State: thread.Removed},
		{Select: dom.Select("li[data-node-id].unapproved, .b-post--unapproved"), State: thread.Pending},
	},

	Title: []page.Field{page.In("h1.main-title, h1.js-main-title", "")},
	More:  dom.Select("a[rel=next][href], a[rel=prev][href]"),
}
