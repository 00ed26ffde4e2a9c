// Package slashdot reads saved pages of Slashdot, and of sites that run its
// software.
//
// Comments stand in list items inside one another, each with a number in the
// names of its parts. Comments below the reader's threshold are on the page
// without their words.
package slashdot

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads saved pages of Slashdot.
var Format = &format.Format{
	Name:   "slashdot",
	Doc:    "saved pages of Slashdot (HTML) and sites of its software",
	URL:    "https://slashdot.org/",
	Sniff:  page.Sniff(page.Sign{Has: []string{"comment_body_", "commtree_"}, Match: regexp.MustCompile(`<li id=["']tree_\d+["'][^<>]*>`), Why: "comments as Slashdot marks them"}),
	Decode: page.Decode(rules),
}

var rules = &page.Rules{
	Comment: dom.Select("li.comment[id^=tree_]"),
	Body:    []*dom.Selector{dom.Select("[id^=comment_body_]")},

	ID:        []page.Field{page.Own("id").Cut(`^tree_(\d+)$`)},
	Author:    []page.Field{page.In(".by a", "").Cut(`^(.+?)(?: \( ?\d+ ?\))?$`), page.In(".by", "").Cut(`^by (.+?)(?: \( ?\d+ ?\))?$`)},
	AuthorKey: []page.Field{page.In(".by a", "").Cut(`\( ?(\d+) ?\)$`), page.In(".by a", "href").Cut(`/~([^/]+)`)},
	Time:      []page.Field{page.In(".otherdetails", "").Cut(`^on (.+?)(?: \(|$)`), page.In(".otherdetails", "")},
	Score:     []page.Field{page.In("[id^=comment_score_]", "").Cut(`Score:\s*(-?\d+)`)},

	Gone: []page.Gone{{Select: dom.Select("li.comment.hidden, .cw.hidden"), State: thread.Hidden}},

	Title:    []page.Field{page.In(".story-title a", ""), page.In("h2.story .story-title", "")},
	Article:  []*dom.Selector{dom.Select(".story .body [id^=text-]"), dom.Select("[id^=fhbody-] .p")},
	Declared: []page.Field{page.In("[id^=comment-bubble], .totalcommentcnt", "").Cut(`^(\d+)`)},
}
