// Package blogger reads saved pages of Blogger (blogspot.com).
//
// Threaded comments are list items, two levels deep at most: whoever answers a
// reply answers the comment above it. Flat ones, of older templates, are a list
// of terms: the author in a <dt>, the text and the date each in a <dd>. The
// date as shown depends on the blog and may lack the day; the address of the
// comment has the milliseconds (?showComment=1319719182528).
package blogger

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved pages of Blogger.
var Format = &format.Format{
	Name: "blogger",
	Doc:  "saved pages of Blogger (HTML), with threaded or flat comments",
	URL:  "https://www.blogger.com/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"comment-thread", "comment-block", "showComment="}, Match: regexp.MustCompile(`<li [^<>]*class=["']comment["'][^<>]*>`), Why: "threaded comments as Blogger draws them"},
		page.Sign{Has: []string{"comments-block"}, Match: regexp.MustCompile(`<dt class=["']comment-author[^<>]*>`), Why: "a list of comments as Blogger draws it"},
	),
	Decode: page.Decode(threaded, flat),
}

var (
	gone = []page.Gone{
		{Text: regexp.MustCompile(`^(?i:this comment has been removed by a blog administrator|ce commentaire a été supprimé par un administrateur du blog|` +
			`dieser kommentar wurde von einem blog-administrator entfernt|un administrador del blog ha eliminado este comentario|` +
			`questo commento è stato eliminato da un amministratore del blog|este comentário foi removido por um (?:administrador do blog|gestor do blogue)|` +
			`deze reactie is verwijderd door een blogbeheerder)\.?$`), State: thread.Removed},
		{Text: regexp.MustCompile(`^(?i:this comment has been removed by the author|ce commentaire a été supprimé par l[’']auteur|` +
			`dieser kommentar wurde vom autor entfernt|este comentario ha sido eliminado por el autor|questo commento è stato eliminato dall[’']autore|` +
			`este comentário foi removido pelo autor|deze reactie is verwijderd door de auteur)\.?$`), State: thread.Deleted},
		{Select: dom.Select(".deleted-comment"), Text: regexp.MustCompile(`^.{0,200}$`), State: thread.Deleted},
	}
	articles = []*dom.Selector{dom.Select(".post-body.entry-content"), dom.Select(".post-body")}
	titles   = []page.Field{page.In(".post-title.entry-title", ""), page.In(".post-title", "")}
	declared = []page.Field{page.In("#comments h4, #comments h3", "").Cut(`(\d+)`)}
	more     = dom.Select(`#comments .loadmore a, .comments .paging-control`)
)

var threaded = &page.Rules{
	Comment: dom.Select("li.comment"),
	Body:    []*dom.Selector{dom.Select(".comment-content")},

	ID:        []page.Field{page.Own("id").Cut(`^c(\d+)$`), page.In(".comment-block[id]", "id").Cut(`^c(\d+)$`), page.In(`.datetime a[href*="#c"]`, "href").Cut(`#c(\d+)$`)},
	Author:    []page.Field{page.In("cite.user", "")},
	AuthorKey: []page.Field{page.In("cite.user a[href*=profile]", "href").Cut(`/profile/(\w+)`)},
	Time:      []page.Field{page.In(".datetime a[href*=showComment]", "href").Cut(`showComment=(\d+)`), page.In(".datetime", "")},

	Gone: gone, Title: titles, Article: articles, Declared: declared, More: more,
}

var flat = &page.Rules{
	Comment: dom.Select("#comments-block dt, #comments dt.comment-author"),
	Spread:  true,
	Body:    []*dom.Selector{dom.Select("dd.comment-body")},

	ID:        []page.Field{page.Own("id").Cut(`^c(\d+)$`), page.In("a[name]", "name").Cut(`^c(\d+)$`), page.In(`.comment-timestamp a`, "href").Cut(`#c(\d+)$`)},
	Author:    []page.Field{page.In("dt > a[rel=nofollow]", ""), page.Own("").Cut(says)},
	AuthorKey: []page.Field{page.In("dt > a[href*=profile]", "href").Cut(`/profile/(\w+)`)},
	Time:      []page.Field{page.In(".comment-timestamp a[href*=showComment]", "href").Cut(`showComment=(\d+)`), page.In(".comment-timestamp", "")},

	Gone: gone, Title: titles, Article: articles, Declared: declared, More: more,
}

// says is a name with what Blogger writes after it in the languages of most blogs.
const says = `^(.*?)(?: (?:said|a dit|hat gesagt|dijo|ha detto|disse|zei|sa|skrev|kirjoitti|powiedział\(a\)|řekl\(a\)\.\.|комментирует|さんは書きました)(?:\.\.\.|…)?)?$`
