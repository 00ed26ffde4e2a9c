// Package mf2 reads comments that saved pages mark with microformats2: cites
// (h-cite) that are comments (u-comment, p-comment) of an entry, as blogs of the
// IndieWeb do.
package mf2

import (
	"fmt"
	"regexp"

	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads comments marked with microformats2. On a page that carries the
// marks of other software, too, that software's format knows more.
var Format = &format.Format{
	Name:   "mf2",
	Doc:    "saved pages (HTML) that mark comments with microformats2 (h-entry, h-cite)",
	URL:    "https://microformats.org/wiki/h-entry",
	Sniff:  sniff,
	Decode: page.Decode(rules),
}

var (
	class  = regexp.MustCompile(`class=["'][^"'<>]*\b[up]-comment\b[^"'<>]*\bh-(?:cite|entry)\b|class=["'][^"'<>]*\bh-(?:cite|entry)\b[^"'<>]*\b[up]-comment\b`)
	others = regexp.MustCompile(`\bdepth-\d|comment-reply-link|id=["'](?:li-|div-)?comment-\d+["']|data-shortid=|data-comment-user-id=`)
	// parts of what they match
	classMarks = []string{"u-comment", "p-comment"}
	otherMarks = []string{"depth-", "comment-", "data-shortid=", "data-comment-user-id="}
)

func sniff(h format.Head) (format.Confidence, string) {
	h, why := page.Head(h)
	if h.Bytes == nil {
		return format.No, why
	}
	m := page.FindAround(h, class, classMarks...)
	if m == nil {
		return format.No, "no comments of this kind of page"
	}
	why = fmt.Sprintf("comments marked with microformats2 (%.60s)", m)
	if page.FindAround(h, others, otherMarks...) != nil {
		return format.Possible, why + ", but other software's marks are there, too"
	}
	return format.Certain, why
}

var rules = &page.Rules{
	Comment: dom.Select(".u-comment.h-cite, .p-comment.h-cite, .u-comment.h-entry, .p-comment.h-entry"),
	Body:    []*dom.Selector{dom.Select(".e-content"), dom.Select(".p-content"), dom.Select(".p-summary"), dom.Select(".u-comment > .p-name, .p-comment > .p-name")},

	ID:        []page.Field{page.Own("id"), page.In("a.u-url", "href").Cut(`#([^#]+)$`), page.In("a.u-uid", "href")},
	Parent:    []page.Field{page.In("a.u-in-reply-to", "href").Cut(`#([^#]+)$`)},
	Author:    []page.Field{page.In(".p-author .p-name", ""), page.In(".p-author", ""), page.In(".u-author", "")},
	AuthorKey: []page.Field{page.In("a.p-author, a.u-author", "href"), page.In(".p-author a.u-url", "href")},
	Time:      []page.Field{page.In(".dt-published[datetime]", "datetime"), page.In(".dt-published", "title"), page.In(".dt-published", "")},
	Edited:    []page.Field{page.In(".dt-updated[datetime]", "datetime"), page.In(".dt-updated", "")},

	Title:   []page.Field{page.In(".h-entry > .p-name", ""), page.In(".h-entry header .p-name", "")},
	Article: []*dom.Selector{dom.Select(".h-entry > .e-content"), dom.Select(".h-entry .e-content")},
}
