// Package phpbb reads saved topics of phpBB forums.
//
// Topics are flat. A quotation names its author and, since version 3.2, the
// post; only such words of the source make a post an answer. Of the two styles
// that come with the software prosilver marks its posts, and subsilver2 (up to
// version 3.1) has them in tables.
package phpbb

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved topics of phpBB forums.
var Format = &format.Format{
	Name: "phpbb",
	Doc:  "saved topics of phpBB forums (HTML); flat but for quotations",
	URL:  "https://www.phpbb.com/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"postbody", "postprofile"}, Match: regexp.MustCompile(`<div id=["']p\d+["'] class=["']post\b[^<>]*>`), Why: "posts as phpBB marks them"},
		page.Sign{Has: []string{"postbody", "postauthor"}, Match: regexp.MustCompile(`<a name=["']p\d+["']>\s*</a>\s*<b class=["']postauthor["'][^<>]*>`), Why: "posts as phpBB's older style has them"},
	),
	Decode: page.Decode(prosilver, subsilver),
}

var prosilver = &page.Rules{
	Comment: dom.Select("div.post[id^=p]"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select(".postbody .content"), dom.Select(".postbody .ignore")},
	Chrome:  dom.Select("blockquote cite, .codebox p, .codebox dt, .attachbox, .inline-attachment dt"),

	ID:        []page.Field{page.Own("id").Cut(`^p(\d+)$`)},
	Author:    []page.Field{page.In(".postprofile .username, .postprofile .username-coloured", ""), page.In(".author .username, .author .username-coloured", ""), page.In(".author strong", "")},
	AuthorKey: []page.Field{page.In(`.postprofile a[href*="viewprofile"]`, "href").Cut(`[?&]u=(\d+)`)},
	Time:      []page.Field{page.In(".author time[datetime]", "datetime"), page.In(".author", "").Cut(`»\s*(.+)$`), page.In(".author", "")},
	Edited:    []page.Field{page.In(".notice time[datetime]", "datetime"), page.In(".notice", "")},
	// Posts that moderators see: deleted ones and those that wait. Up to version 3.0
	// there is a line in place of the words of somebody whom the reader ignores.
	Gone: []page.Gone{
		{Select: dom.Select("div.post.deleted"), State: thread.Removed},
		{Select: dom.Select(".post-notice.unapproved, .rules.unapproved"), State: thread.Pending},
		{Select: dom.Select(".postbody .ignore"), State: thread.Hidden},
	},
	// Answers are called "Re: …"; the first post of a later page is one.
	Opening: []page.Field{page.In("h3.first", "").Cut(`^((?:[^R]|R[^e]|Re[^:]).*)$`)},
	Quote: &page.Quote{
		Select: dom.Select("blockquote"),
		ID:     []page.Field{page.In("cite a[data-post-id]", "data-post-id"), page.In(`cite a[href*="#p"]`, "href").Cut(`#p(\d+)$`)},
		Name: []page.Field{
			page.In(`cite a[href*="mode=viewprofile"]`, ""),
			page.In("cite", "").Cut(`^(.+?) (?:wrote|a écrit|hat geschrieben|schrieb|escribió|schreef|ha scritto|escreveu|napisał(?:\(a\))?|pisze|писал\(а\)|skrev|kirjoitti|napsal|írta|yazdı)\b?.*:`),
		},
	},

	Title:    []page.Field{page.In(".topic-title", ""), page.In("#page-body > h2", "")},
	Declared: []page.Field{page.In(".pagination", "").Cut(`^(?:[^\d•]* • )?(\d+) `)},
	More:     dom.Select(".pagination a[rel=next], .pagination a[rel=prev], .pagination li.next a, .pagination li.previous a, .display-options a.right-box, .display-options a.left-box"),
}

var subsilver = &page.Rules{
	Comment: dom.Select("table.tablebg"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select("div.postbody"), dom.Select("span.postbody")},
	Chrome:  dom.Select(".quotetitle, .codetitle, .attachtitle"),
	Cited:   dom.Select(".quotecontent"),

	ID:        []page.Field{page.In("a[name^=p]", "name").Cut(`^p(\d+)$`)},
	Author:    []page.Field{page.In("b.postauthor", "")},
	AuthorKey: []page.Field{page.In(`div.gensmall a[href*="viewprofile"]`, "href").Cut(`[?&]u=(\d+)`)},
	Time:      []page.Field{page.In(`td.gensmall > div[style*="right"]`, ""), page.In("td.gensmall", "")},
	Gone:      []page.Gone{{Select: dom.Select("span.postapprove"), State: thread.Pending}},

	Title:    []page.Field{page.In("#pageheader a.titles", "")},
	Declared: []page.Field{page.In("td.gensmall", "").Cut(`^\s*\[ (\d+) `)},
	More:     dom.Select(`td.gensmall > b > a[href*="start="]`),
}
