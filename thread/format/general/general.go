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
	"slices"

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
	b, why := page.HTML(h)
	if b == nil {
		return format.No, why
	}
	_, g := find(dom.Parse(string(b)))
	if g == nil {
		return format.No, "no blocks with an author, a date and a text that look like comments"
	}
	why = fmt.Sprintf("%d blocks with an author, a date and a text (%.60s)", len(g.members), g.name)
	if g.score < sure {
		return format.Possible, why
	}
	return format.Likely, why
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

// Find finds the comments of a page, in document order. Linear in the size of
// the page.
func Find(p *page.Page, src format.Source) page.Found {
	f, g := find(p.Tree)
	if g == nil {
		return page.Found{Rules: &page.Rules{Article: articles}}
	}
	r := newReader(p, src, g, f)
	r.takeAll()
	r.parents()
	var starts []dom.Node
	for i := range r.items {
		starts = append(starts, r.items[i].node)
	}
	return page.Found{Rules: &page.Rules{Article: articles}, Comments: r.comments(), Notes: r.notes,
		Holds: func(n dom.Node) bool { _, ok := slices.BinarySearch(starts, n); return ok }}
}

var articles = []*dom.Selector{
	dom.Select("[itemprop=articleBody]"),
	dom.Select(".article-content, .article-body, .entry-content, .post-content, .news-text-wrap, .item-page, .post-body, .ob-section"),
	dom.Select("article"), dom.Select("main"), dom.Select("#content, #main"),
}
