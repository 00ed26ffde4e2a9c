package wiki

import (
	"strconv"
	"strings"

	"threadheat/thread"
)

// Talk puts the comments of a talk page in their places: under the heading of
// their section, which is a thread of its own, and below the comment they
// answer.
type Talk struct {
	section Section
	above   []placed // the last comment of each level that can still be answered
	last    placed   // the last comment
	keys    map[string]int
	count   int
}

// Section is a thread of a talk page.
type Section struct {
	Key   string // unique on the page; "" above the first heading
	Title string
}

// placed is a comment under the current heading.
type placed struct {
	id    string
	level int
}

// NewTalk starts a page of the given title, above its first heading.
func NewTalk(title string) *Talk {
	return &Talk{section: Section{Title: title}, keys: map[string]int{"": 1}}
}

// Section is the current section.
func (t *Talk) Section() Section { return t.section }

// Enter starts a section. anchor is what links to it name, "" where nothing is
// known; equal anchors are told apart as MediaWiki does.
func (t *Talk) Enter(anchor, title string) {
	key := anchor
	if key == "" {
		key = title
	}
	for base := key; t.keys[key] > 0; { // each number is tried once
		t.keys[base]++
		key = base + "_" + strconv.Itoa(t.keys[base])
	}
	t.keys[key] = 1
	t.section = Section{key, title}
	t.Rest()
}

// Rest starts a part of a section: nothing in it answers what stands before.
func (t *Talk) Rest() { t.above, t.last = t.above[:0], placed{} }

// Place gives a comment its thread, ID, parent and author. Of a page's comments
// each must be placed once, in the order in which they stand. level is how far
// it is indented; outdented tells that an outdent mark stands before it.
//
// It answers the last comment that is less indented. Below an outdent mark it
// answers the comment above the mark, if that is not less indented.
func (t *Talk) Place(c *thread.Comment, level int, outdented bool, user string) {
	t.count++
	me := placed{strconv.Itoa(t.count), level}
	for len(t.above) > 0 && t.above[len(t.above)-1].level >= level {
		t.above = t.above[:len(t.above)-1]
	}
	c.Thread, c.ID = t.section.Key, me.id
	switch {
	case outdented && t.last.id != "" && level <= t.last.level:
		c.Parent, c.Basis = t.last.id, thread.Nested
	case len(t.above) > 0:
		c.Parent, c.Basis = t.above[len(t.above)-1].id, thread.Nested
	}
	t.above, t.last = append(t.above, me), me
	c.Author = user
	if isAddress(user) {
		c.Author = strings.ToUpper(strings.TrimSpace(user)) // "2001:db8::7" is "2001:DB8::7"
	}
}
