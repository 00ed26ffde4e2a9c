// Package phpbb reads saved topics of phpBB forums.
//
// Topics are flat. A quotation names its author and, since version 3.2, the
// post; only such words of the source make a post an answer.
package phpbb

import (
	"regexp"

	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved topics of phpBB forums.
var Format = &format.Format{
	Name:   "phpbb",
	Doc:    "saved topics of phpBB forums (HTML); flat but for quotations",
	URL:    "https://www.phpbb.com/",
	Sniff:  page.Sniff(page.Sign{Has: []string{"postbody", "postprofile"}, Match: regexp.MustCompile(`<div id=["']p\d+["'] class=["']post\b[^<>]*>`), Why: "posts as phpBB marks them"}),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select("div.post[id^=p]"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select(".postbody .content")},
	Chrome:  dom.Select("blockquote cite, .codebox p, .codebox dt, .attachbox, .inline-attachment dt"),

	ID:        []page.Field{page.Own("id").Cut(`^p(\d+)$`)},
	Author:    []page.Field{page.In(".postprofile .username, .postprofile .username-coloured", ""), page.In(".author .username, .author .username-coloured", ""), page.In(".author strong", "")},
	AuthorKey: []page.Field{page.In(`.postprofile a[href*="viewprofile"]`, "href").Cut(`[?&]u=(\d+)`)},
	Time:      []page.Field{page.In(".author time[datetime]", "datetime"), page.In(".author", "").Cut(`»\s*(.+)$`), page.In(".author", "")},
	Edited:    []page.Field{page.In(".notice time[datetime]", "datetime"), page.In(".notice", "")},
	// Answers are called "Re: …"; the first post of a later page is one.
	Opening: []page.Field{page.In("h3.first", "").Cut(`^((?:[^R]|R[^e]|Re[^:]).*)$`)},
	Quote: &page.Quote{
		Select: dom.Select("blockquote"),
		ID:     []page.Field{page.In("cite a[data-post-id]", "data-post-id"), page.In(`cite a[href*="#p"]`, "href").Cut(`#p(\d+)$`)},
		Name:   []page.Field{page.In("cite", "").Cut(`^(.+?) (?:wrote|a écrit|hat geschrieben|schrieb|escribió|schreef|ha scritto|escreveu|napisał(?:\(a\))?|писал\(а\)|skrev|kirjoitti)\b?.*:`)},
	},

	Title:    []page.Field{page.In(".topic-title", ""), page.In("#page-body > h2", "")},
	Declared: []page.Field{page.In(".pagination", "").Cut(`^(\d+) `)},
	More:     dom.Select(".pagination a[rel=next], .pagination .next a"),
}
