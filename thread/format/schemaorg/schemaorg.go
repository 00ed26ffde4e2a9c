// Package schemaorg reads comments that saved pages mark for search engines with
// the vocabulary of schema.org: as JSON in a script (JSON-LD, jsonld.go), or as
// attributes of what is shown (microdata). Of the two the one that tells more of
// the comments counts.
package schemaorg

import (
	"fmt"
	"iter"
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads comments marked with schema.org's vocabulary. It is never
// certain: the software of the page may be known, and tell more.
var Format = &format.Format{
	Name:   "schemaorg",
	Doc:    "saved pages (HTML) that mark comments with schema.org's vocabulary (JSON-LD or microdata)",
	URL:    "https://schema.org/Comment",
	Sniff:  sniff,
	Decode: decode,
}

var (
	inJSON  = regexp.MustCompile(`"@type"\s*:\s*\[?\s*"(?:https?://schema\.org/)?(?:User)?Comments?"|"comment"\s*:\s*\[?\s*\{\s*"@type"\s*:\s*"(?:DiscussionForum|SocialMedia)Posting"`)
	inAttrs = regexp.MustCompile(`itemtype=["']https?://schema\.org/(?:Comment|UserComments)["']`)
	answers = regexp.MustCompile(`"@type"\s*:\s*"Answer"|itemtype=["']https?://schema\.org/Answer["']`)
	numbers = regexp.MustCompile(`id=["'](?:li-|div-)?comment-\d+["']`)
)

func sniff(h format.Head) (format.Confidence, string) {
	h, why := page.Head(h)
	if h.Bytes == nil {
		return format.No, why
	}
	var m []byte
	if h.Has("application/ld+json") && h.Has("Comment") {
		m = inJSON.Find(h.Bytes)
	}
	if m == nil && h.Has("schema.org/") && h.Has("Comment") {
		m = inAttrs.Find(h.Bytes)
	}
	if m == nil && h.Has("QAPage") && h.Has("Answer") {
		m = answers.Find(h.Bytes)
	}
	switch {
	case m == nil:
		return format.No, "no comments in schema.org's vocabulary"
	case page.FindAround(h, numbers, "comment-") != nil:
		return format.Possible, fmt.Sprintf("comments in schema.org's vocabulary (%.60s), but also numbered as blog software does", m)
	}
	return format.Likely, fmt.Sprintf("comments in schema.org's vocabulary (%.60s)", m)
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		p, err := page.Open(src, out)
		shown := p.Find(microdata)
		ld := readScripts(p)
		comments := shown.Comments
		if n := told(ld.comments); n > 0 && n >= told(comments) {
			comments = ld.comments
			out.Describe("", ld.meta(p))
		} else {
			p.Describe(shown)
		}
		for _, c := range comments {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, err)
		}
	}
}

// told is how much is told of comments: that they are there, who wrote them, when,
// and what they answer.
func told(comments []thread.Comment) (n int) {
	for i := range comments {
		c := &comments[i]
		for _, said := range [...]bool{true, c.Author != "", !c.Time.IsZero(), c.Parent != ""} {
			if said {
				n++
			}
		}
	}
	return n
}

// microdata are the properties of Comment and Answer, and of UserComments, which
// came before them.
var microdata = &page.Rules{
	Comment: dom.Select(`[itemtype$="schema.org/Comment"], [itemtype$="schema.org/UserComments"], [itemtype$="schema.org/Answer"]`),
	Outside: dom.Select("[itemtype*=FAQPage]"),
	Body:    []*dom.Selector{dom.Select("[itemprop=text]"), dom.Select("[itemprop=commentText]"), dom.Select("[itemprop=articleBody]")},
	Chrome:  dom.Select("form"),

	ID: []page.Field{
		page.Own("id").Cut(`(?:^|[^0-9])(\d+)$`), page.Own("itemid").Cut(`#(.+)$`), page.In("[itemprop=url]", "href").Cut(`#(?:.*\D)?(\d+)$`), page.Own("id"),
	},
	Parent: []page.Field{page.In("[itemprop=replyToUrl], [itemprop=parentItem]", "href").Cut(`#(?:.*\D)?(\d+)$`)},
	Author: []page.Field{
		page.In("[itemprop=author] meta[itemprop=name]", "content"), page.In("[itemprop=author] [itemprop=name], [itemprop=creator] [itemprop=name]", ""),
		page.In("[itemprop=author], [itemprop=creator]", ""), page.In("meta[itemprop=author], meta[itemprop=creator]", "content"),
	},
	Time: []page.Field{
		page.In("[itemprop=datePublished][datetime], [itemprop=dateCreated][datetime], [itemprop=commentTime][datetime]", "datetime"),
		page.In("[itemprop=datePublished][content], [itemprop=dateCreated][content], [itemprop=commentTime][content]", "content"),
		page.In("[itemprop=datePublished], [itemprop=dateCreated], [itemprop=commentTime]", ""),
	},
	Score: []page.Field{
		page.In("[itemprop=upvoteCount][content]", "content"), page.In("[itemprop=upvoteCount]", ""),
		page.In("[itemprop=userInteractionCount][content]", "content"),
	},

	Title:    []page.Field{page.In("[itemprop=headline]", ""), page.In("[itemtype$=Question] > [itemprop=name]", "")},
	Article:  []*dom.Selector{dom.Select("[itemprop=articleBody]"), dom.Select("[itemtype$=Question] > [itemprop=text]"), dom.Select("[itemtype$=DiscussionForumPosting] > [itemprop=text]")},
	Declared: []page.Field{page.In("meta[itemprop=commentCount]", "content"), page.In("[itemprop=commentCount]", ""), page.In("[itemprop=answerCount]", "")},
}
