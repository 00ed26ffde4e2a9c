// Package drupal reads the comments of saved Drupal pages.
//
// Replies stand in a <div class="indented"> after the comment they answer. Where
// a site writes metadata, <span rel="sioc:reply_of" resource="/comment/12#…">
// names the parent. The number of a comment is in its address, or in an anchor
// before it.
package drupal

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved Drupal pages.
var Format = &format.Format{
	Name: "drupal",
	Doc:  "saved Drupal pages (HTML), of versions 6, 7, 8 and later",
	URL:  "https://www.drupal.org/docs/core-modules-and-themes/core-modules/comment-module",
	Sniff: page.Sniff(
		page.Sign{Has: []string{"sioct:Comment"}, Match: regexp.MustCompile(`<\w+ [^<>]*typeof=["'][^"'<>]*sioct:Comment["'][^<>]*>`), Why: "comments as Drupal marks them"},
		page.Sign{Has: []string{"data-comment-user-id"}, Match: regexp.MustCompile(`<\w+ [^<>]*data-comment-user-id=[^<>]*>`), Why: "comments as Drupal marks them"},
		page.Sign{Has: []string{"/comment/reply/"}, Match: regexp.MustCompile(`<a id=["']comment-\d+["']>\s*</a>`), Why: "anchors of comments as Drupal has them"},
	),
	Decode: page.Decode(rules),
}

var anchor = page.In(`a[id^="comment-"]`, "id").Cut(`^comment-(\d+)$`)

var rules = &page.Rules{
	Comment: dom.Select(`[typeof*="sioct:Comment"], [data-comment-user-id], div.comment, article.comment`),
	Body: []*dom.Selector{
		dom.Select(".field-name-comment-body, .field--name-comment-body"), dom.Select(`[property="content:encoded"], [property="schema:text"]`),
		dom.Select(".comment__content, .comment-content"), dom.Select(".content"),
	},
	Chrome: dom.Select(".links, .field-label, .field__label, .rdf-meta, .user-signature, form"),

	Anchor: &anchor,
	ID:     []page.Field{page.Own("about").Cut(`/comment/(\d+)`), page.Own("id").Cut(`^comment-(\d+)$`), page.In(".comment-permalink a, .comment__permalink a", "href").Cut(`#comment-(\d+)$`), page.In(`h3 > a.permalink, .submitted > a.permalink`, "href").Cut(`#comment-(\d+)$`)},
	Parent: []page.Field{
		page.In(`[rel*="reply_of"]`, "resource").Cut(`/comment/(\d+)`), page.In(`[rel="schema:parentItem"]`, "resource").Cut(`/comment/(\d+)`),
		page.In(`.parent a, .visually-hidden a`, "href").Cut(`#comment-(\d+)$`),
	},
	Author: []page.Field{
		page.In(".comment__author, .commenter-name", "").Cut(verified), page.In(".submitted .username, .comment__meta > .username", "").Cut(verified), page.In(".submitted > span", "").Cut(verified),
		page.In(`[property~="foaf:name"], [typeof="schema:Person"]`, "").Cut(verified),
		page.In(".submitted", "").Cut(`^(?:Submitted by|Posted by|Soumis par|Verfasst von|Gespeichert von|Enviado por|Inviato da|Ingezonden door) (.+?) (?:on|le|am|el|il|em|op) `),
		page.In(".username", "").Cut(verified), // the last, for "In reply to … by" has one, too
	},
	AuthorKey: []page.Field{page.Own("data-comment-user-id").Cut(`^([1-9]\d*)$`), page.In(".submitted .username, .comment__author .username, .comment__meta > .username", "about").Cut(`/user/(\d+)`)},
	Time: []page.Field{
		page.In("time[datetime]", "datetime"), page.In(`[property*="dc:created"]`, "content"), page.In(`[property="schema:dateCreated"]`, "content"),
		page.In(".comment-time, .submitted, .comment__time, .comment__meta", ""), page.In("[data-comment-timestamp]", "data-comment-timestamp"),
	},
	Indent: dom.Select(".indented"),
	Gone:   []page.Gone{{Select: dom.Select(".comment-unpublished, .comment--unpublished, .comment.unpublished"), State: thread.Pending}},

	Title:   []page.Field{page.In("h1.title, h1.page-title, h1.page-header, #page-title", "")},
	Article: []*dom.Selector{dom.Select(".node .field-name-body, .node .field--name-body"), dom.Select(".node .content, .node__content")},
	More:    dom.Select(".pager-next a, .pager__item--next a, .pager a[rel=next]"),
}

// verified is a name without what Drupal writes after that of a visitor.
const verified = `^(.*?)(?: \((?:not verified|non vérifié|nicht überprüft|no verificado|niet gecontroleerd|non verificato|não verificado)\))?$`
