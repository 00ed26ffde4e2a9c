// Package spip reads the forums under articles of saved SPIP pages.
//
// Messages are items of lists in lists. Their number is in the classes of their
// parts (forum-texte-123) or in an anchor (forum123). The title of the date says
// it in UTC, what is shown is local. An author may be missing. Skeletons name
// the parts differently: forum-fil and forum-texte, or comment-fil and
// comment-texte.
package spip

import (
	"regexp"

	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved SPIP pages.
var Format = &format.Format{
	Name: "spip",
	Doc:  "saved SPIP pages (HTML) with a forum under the article",
	URL:  "https://www.spip.net/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"forum-fil"}, Match: regexp.MustCompile(`<li[^<>]*class=["'][^"'<>]*\bforum-fil\b[^<>]*>`), Why: "messages as SPIP lists them"},
		page.Sign{Has: []string{"comment-fil", "spip"}, Match: regexp.MustCompile(`<li[^<>]*class=["'][^"'<>]*\bcomment-fil\b[^<>]*>`), Why: "messages as SPIP lists them"},
		page.Sign{Has: []string{"comments-ul", "spip"}, Match: regexp.MustCompile(`<ul[^<>]*class=["'][^"'<>]*\bcomments-ul\b[^<>]*>`), Why: "messages as SPIP lists them"},
		page.Sign{Has: []string{"forum-texte"}, Match: regexp.MustCompile(`class=["'][^"'<>]*\bforum-texte(?:-\d+)?\b[^<>]*>`), Why: "messages as SPIP marks them"},
	),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select("li.forum-fil, ul.forum li, ul.forum-total li, li.comment-fil, ul.comments-ul li"),
	Body:    []*dom.Selector{dom.Select("[class*=forum-texte]"), dom.Select(".comment-texte"), dom.Select(".comment-content")},
	Chrome:  dom.Select(".forum-repondre-message, .repondre, .forum-repondre, .comment-reply, .forum-lien, .hyperlien"),

	ID: []page.Field{
		page.Own("id").Cut(`^(?:forum|comment)-?(\d+)$`), page.In("[class*=forum-texte-]", "class").Cut(`forum-texte-(\d+)`),
		page.In("[id^=forum], [id^=comment]", "id").Cut(`^(?:forum|comment)-?(\d+)$`), page.In("a[name^=forum]", "name").Cut(`^forum-?(\d+)$`),
		page.In(`a[href*="id_forum="]`, "href").Cut(`id_forum=(\d+)`),
	},
	Author: []page.Field{
		page.In("[class*=forum-qui]", ""), page.In(".forum-auteur", ""), page.In(".vcard .fn, .author .fn, strong.fn", ""), page.In(".author, .spip_in.fn", ""),
		page.In(".forum-chapo small, .forum-date, .comment-meta small", "").Cut(`\b(?:par|von|by|por|di|door) (\S.*)$`),
	},
	Time: []page.Field{
		page.In("abbr.date[title], abbr.dtreviewed[title], abbr.published[title]", "title"), page.In("time[datetime]", "datetime"),
		page.In("abbr.date, .date, .forum-date", ""), page.In(".forum-chapo small, .forum-chapo, .comment-meta small, .comment-meta", ""),
	},

	Title:   []page.Field{page.In("h1.crayon, h1.entry-title, h1.titre", "")},
	Article: []*dom.Selector{dom.Select(".article-texte, [class*=article-texte-]"), dom.Select(".texte.entry-content, .texte")},
	More:    dom.Select(`a[href*="debut_forum"], a[href*="debut_comments"]`),
}
