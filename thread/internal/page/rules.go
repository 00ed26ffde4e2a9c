// Package page reads saved pages of sites whose markup is known. A family of
// sites is described by Rules, which are data: which elements hold a comment,
// where in them the author, the date and the text stand, and what tells whom a
// comment answers. One walk reads them all.
//
//	sniff.go  what is a page at all, and the marks of a site
//	open.go   bytes become a tree of nodes
//	rules.go  what a family of sites is described by
//	find.go   the comments of a page and who answers whom
//	take.go   one comment taken apart
//	meta.go   what stands around the comments
//	stamp.go  dates for machines and for people
package page

import (
	"regexp"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
)

// Rules describe the pages of a family of sites. Fields are asked in order: the
// first that has a value counts, and among elements the first in the document.
// All but Comment and Body may be absent.
type Rules struct {
	// Comment is the element that holds one comment. Comments may stand inside
	// one another; what stands in the inner one is none of the outer one's.
	Comment *dom.Selector
	// Lift is how many elements around Comment belong to the comment as well.
	Lift int
	// Outside is what holds no comments of the thread, whatever it looks like.
	Outside *dom.Selector
	// Spread tells that a comment goes on after its element, until the next
	// comment or the end of the element around it (dt and dd of a list).
	Spread bool
	// Body is the text, the surest first. An element of Comment without it is no
	// comment. No field but ID and Parent is read from inside a body, and no
	// comment stands in one.
	Body []*dom.Selector
	// Chrome is what stands inside a body without being part of the text.
	Chrome *dom.Selector
	// Cited is what is a quotation without being a <blockquote>.
	Cited *dom.Selector

	// Anchor is read at the last element it selects before a comment, where the
	// comment itself has no ID (<a id="comment-12"></a><article>).
	Anchor    *Field
	ID        []Field
	Parent    []Field // the ID of the comment that is answered
	Author    []Field
	AuthorKey []Field
	Time      []Field
	Edited    []Field
	Score     []Field
	Opening   []Field // any value tells that the comment is the opening post

	// Who answers whom where Parent does not tell. A comment answers the one it
	// stands in, unless Flat says that this means nothing.
	Flat   bool
	Depth  []Depth       // how deep a comment is indented
	Indent *dom.Selector // elements around the replies, which stand after the comment they answer
	Quote  *Quote

	Gone []Gone

	Title    []Field
	Article  []*dom.Selector // what the comments are about
	Declared []Field         // a number of comments
	More     *dom.Selector   // links to comments that are not on this page
}

// Field is a place that may hold a value.
type Field struct {
	Select *dom.Selector  // nil: the element of the comment itself
	Attr   string         // "": the text as shown
	Match  *regexp.Regexp // the value is what its first group holds; nil: all
	UTC    bool           // a time without a zone is in UTC
}

// Own is an attribute of the comment's element itself.
func Own(attr string) Field { return Field{Attr: attr} }

// In is an attribute of an element in the comment; "" is its text.
func In(selector, attr string) Field { return Field{Select: dom.Select(selector), Attr: attr} }

// Cut is f, of which only the first group of the expression counts; where it
// does not match, f has no value.
func (f Field) Cut(expr string) Field {
	f.Match = regexp.MustCompile(expr)
	return f
}

// InUTC is f, in which a time without a zone is in UTC.
func (f Field) InUTC() Field {
	f.UTC = true
	return f
}

// Depth is a place that tells how deep a comment is indented, in units.
type Depth struct {
	Field
	Unit int // one level
}

// Quote is how posts quote one another.
type Quote struct {
	Select *dom.Selector // the quotation
	ID     []Field       // the ID of the quoted post, in the quotation or on it
	Name   []Field       // the author of the quoted post
}

// Gone is a sign that a comment is not there any more, or not shown.
type Gone struct {
	Select *dom.Selector  // the comment has or is such an element; nil: need not
	Text   *regexp.Regexp // its whole text is this; nil: whatever it is
	State  thread.State
}
