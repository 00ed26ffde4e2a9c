// Package general finds the comments of pages whose software no other format
// knows: content management systems, custom themes, newspapers' own markup.
//
// A discussion is a group of similar blocks that each hold an author, a date
// and a text. signs.go marks what in a page looks like one of those, with the
// words of words.go; groups.go gathers elements that share a class, an ID but
// for its number, or a place, weighs what speaks for and against each group, and
// takes the best; take.go takes one block apart by what all blocks of the group
// have in common; parents.go settles who answers whom.
//
// Lists of articles, teasers, search results and side bars have authors, dates
// and texts, too. So a group counts only where something says that people talk
// there: names of classes, buttons for answering, a heading that counts
// comments.
package general

import (
	"fmt"
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/page"
)

// Format reads the comments of any saved page on which it finds some.
var Format = &format.Format{
	Name:   "general",
	Doc:    "saved pages (HTML) of any other software, by repeated blocks with an author, a date and a text (TYPO3, Joomla, Serendipity, Dotclear, Over-blog, Typepad, custom themes)",
	Sniff:  sniff,
	Decode: decode,
}

func sniff(h format.Head) (format.Confidence, string) {
	if b, why := page.HTML(h); b == nil {
		return format.No, why
	}
	r := h.Memo(discussionKey{}, func() any { return discussion(page.Peek(h), format.Source{}) }).(*reader)
	if r == nil {
		return format.No, "no blocks with an author, a date and a text that look like comments"
	}
	return format.Likely, fmt.Sprintf("%d blocks with an author, a date and a text (%.60s)", len(r.items), r.g.name)
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		p, err := page.Open(src, out)
		found := Find(p, src)
		p.Describe(found)
		for _, c := range found.Comments {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, err)
		}
	}
}

// discussionKey is what detection keeps its discussion under, which was found
// without any Options.
type discussionKey struct{}

// Find finds the comments of a page, in document order. Linear in the size of
// the page.
func Find(p *page.Page, src format.Source) page.Found {
	rules := &page.Rules{Article: articles}
	r, known := src.Memo(discussionKey{}).(*reader)
	if o := src.Options; !known || !o.Base.IsZero() || o.DateOrder != format.Auto || o.Zone != nil {
		r = discussion(p.Tree, src)
	}
	if r == nil {
		return page.Found{Rules: rules, Comments: shownText(p.Tree, src)}
	}
	r.src = src
	r.parents()
	return page.Found{Rules: rules, Comments: r.comments(p), Notes: r.notes, Holds: func(n dom.Node) bool { return r.itemTo[n] > 0 }}
}

// maxTries is how many groups are taken apart before a page counts as one
// without comments.
const maxTries = 4

// discussion is the comments of a page, nil where it has none.
func discussion(t *dom.Tree, src format.Source) *reader {
	f := &finder{t: t, lex: lexicon{}, byKey: map[key]*group{}}
	f.read()
	f.weighAll()
	for range maxTries {
		g := f.best()
		if g == nil {
			return nil
		}
		if r := newReader(f, g, src); r.takeAll() {
			return r
		}
		g.score = 0
	}
	return nil
}

var articles = []*dom.Selector{
	dom.Select("[itemprop=articleBody]"),
	dom.Select(".article-content, .article-body, .entry-content, .post-content, .news-text-wrap, .item-page, .post-body, .ob-section"),
	dom.Select("article"), dom.Select("main"), dom.Select("#content, #main"),
}
