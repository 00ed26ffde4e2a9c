// Package xenforo reads saved threads of XenForo forums, versions 1 and 2.
//
// Threads are flat; a quotation carries the number of the post it is from
// (data-source="post: 12", or a link to it).
package xenforo

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved threads of XenForo forums.
var Format = &format.Format{
	Name: "xenforo",
	Doc:  "saved threads of XenForo 1 and 2 forums (HTML); flat but for quotations",
	URL:  "https://xenforo.com/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"message--post"}, Match: regexp.MustCompile(`<(?:article|div)[^<>]* class=["'][^"'<>]*\bmessage--post\b`), Why: "posts as XenForo marks them"},
		page.Sign{Has: []string{"messageText", "data-author"}, Match: regexp.MustCompile(`<li id=["']post-\d+["'][^<>]*>`), Why: "posts as XenForo marks them"},
	),
	Decode: page.Decode(rules),
}

// deletedBy is what stands in place of a post that is gone.
var deletedBy = regexp.MustCompile(`^(?i:deleted by|gelöscht von|supprimé par|eliminado por|verwijderd door|usunięte przez|удалено|удалил)\b.{0,300}$`)

var rules = &page.Rules{
	Comment: dom.Select(".message--post, li.message[id^=post-]"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select(".message-body .bbWrapper"), dom.Select("blockquote.messageText"), dom.Select(".message-body"), dom.Select(".messageNotice--deleted"), dom.Select(".placeholderContent .messageInfo > div")},
	Chrome:  dom.Select(".bbCodeBlock-title, .bbCodeBlock-expandLink, .attribution, .quoteExpand, .messageTextEndMarker"),

	ID:        []page.Field{page.Own("data-content").Cut(`^post-(\d+)$`), page.Own("id").Cut(`post-(\d+)$`)},
	Author:    []page.Field{page.Own("data-author"), page.In(".message-name", ""), page.In(".userText .username", ""), page.In(".placeholderContent a.avatar img", "alt")},
	AuthorKey: []page.Field{page.In(".message-name .username[data-user-id]", "data-user-id").Cut(`^([1-9]\d*)$`), page.In(".userText a.username", "href").Cut(`members/(?:[^/]*\.)?(\d+)/?$`)},
	Time: []page.Field{
		page.In(".message-attribution time[datetime]", "datetime"), page.In(".message-attribution time[data-time]", "data-time"),
		page.In(".messageMeta .DateTime[data-time]", "data-time"), page.In(".messageMeta .DateTime", "title"), page.In(".messageMeta .DateTime", ""),
	},
	Edited:  []page.Field{page.In(".message-lastEdit time[datetime]", "datetime"), page.In(".editDate .DateTime[data-time]", "data-time"), page.In(".editDate .DateTime", "title")},
	Opening: []page.Field{page.In(".message-attribution-opposite a", "").Cut(`^#(1)$`), page.In("a.postNumber", "").Cut(`^#(1)$`)},
	Quote: &page.Quote{
		Select: dom.Select("blockquote[data-quote], blockquote.bbCodeBlock--quote, .bbCodeQuote"),
		ID:     []page.Field{page.Own("data-source").Cut(`^post: (\d+)$`), page.In("a.AttributionLink", "href").Cut(`#post-(\d+)$`), page.In("a.bbCodeBlock-sourceJump", "data-content-selector").Cut(`^#post-(\d+)$`)},
		Name:   []page.Field{page.Own("data-quote"), page.Own("data-author")},
	},
	Gone: []page.Gone{
		{Select: dom.Select("li.placeholder .placeholderContent"), Text: regexp.MustCompile(`(?s).`), State: thread.Removed},
		{Select: dom.Select(".message--deleted"), Text: deletedBy, State: thread.Removed},
		{Select: dom.Select(".message--deleted, li.message.deleted"), State: thread.Removed},
		{Select: dom.Select(".message--moderated, li.message.moderated"), State: thread.Pending},
	},

	Title: []page.Field{page.In("h1.p-title-value", ""), page.In(".titleBar h1", "")},
	More:  dom.Select("a.pageNav-jump--next, a.pageNav-jump--prev, .PageNav a.text"),
}
