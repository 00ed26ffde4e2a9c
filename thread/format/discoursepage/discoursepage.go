// Package discoursepage reads saved pages of Discourse as crawlers and browsers
// without scripts get them.
//
// That view is flat: whom a post answers is lost, except where it quotes
// another. A page holds twenty posts of a topic, or what the site settled on. Up
// to 2018 posts had no marks of their own but schema.org's.
package discoursepage

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved pages of Discourse.
var Format = &format.Format{
	Name: "discoursepage",
	Doc:  "saved pages of Discourse (HTML) as crawlers get them; flat but for quotations",
	URL:  "https://www.discourse.org/",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"crawler-post"}, Match: regexp.MustCompile(`<\w+[^<>]* class=["'](?:[^"'<>]* )?crawler-post["' ][^<>]*>`), Why: "posts as Discourse shows them to crawlers"},
		page.Sign{Has: []string{"DiscussionForumPosting", "UserLikes"}, Match: regexp.MustCompile(`<div class=["']post["'] itemprop=["']articleBody["']>`), Why: "posts as Discourse used to show them to crawlers"},
	),
	Decode: page.Decode(rules, early),
}

var rules = &page.Rules{
	Comment: dom.Select(".crawler-post"),
	Flat:    true,
	Body:    []*dom.Selector{dom.Select(".post[itemprop=text], .post[itemprop=articleBody]"), dom.Select(".post")},
	Chrome:  dom.Select("aside.quote .title, .lightbox-wrapper .meta"),

	ID:      []page.Field{page.Own("id").Cut(`^post_(\d+)$`), page.In(`[itemprop=position]`, "content").Cut(`^(\d+)$`)},
	Author:  []page.Field{page.In(".creator [itemprop=name]", ""), page.In(".creator a", ""), page.In(".creator", "")},
	Time:    []page.Field{page.In("time.post-time[datetime]", "datetime"), page.In("time[itemprop=datePublished]", "datetime"), page.In("[itemprop=datePublished]", "content"), page.In("time[datetime]", "datetime")},
	Score:   []page.Field{page.In(".post-likes", ""), page.In(`[itemprop=interactionCount][content^="UserLikes"]`, "content"), page.In("[itemprop=userInteractionCount]", "content")},
	Opening: []page.Field{page.Own("id").Cut(`^post_(1)$`)},
	Quote:   &page.Quote{Select: dom.Select("aside.quote"), ID: []page.Field{page.Own("data-post")}, Name: []page.Field{page.Own("data-username"), page.In(".title", "").Cut(`^(\S+):$`)}},
	Gone:    []page.Gone{{Text: regexp.MustCompile(`^\((?:post|topic) (?:deleted|withdrawn) by author.{0,100}\)$`), State: thread.Deleted}},

	Title: []page.Field{page.In("#topic-title h1", "")},
	More:  dom.Select("a[rel~=next], a[rel~=prev]"),
}

// early are the rules of the pages up to 2018.
var early = before(*rules)

func before(r page.Rules) *page.Rules {
	r.Comment = dom.Select("[itemtype$=DiscussionForumPosting]")
	r.ID = []page.Field{page.In("[itemprop=position]", "").Cut(`^#?(\d+)$`)}
	r.Author = []page.Field{page.In(".creator [itemprop=author]", "")}
	r.Score = []page.Field{page.In(`[itemprop=interactionCount][content^="UserLikes"]`, "content").Cut(`:(\d+)$`)}
	r.Opening = []page.Field{page.In("[itemprop=position]", "").Cut(`^#?(1)$`)}
	return &r
}
