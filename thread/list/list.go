// Package list reads plain lists of comments that stand in no thread: one a line,
// as JSON or as a table, each with an ID, a text and maybe the text that it
// answers.
//
//	{"id":"a1","text":"…","parent_text":"…","lang":"fr"}
package list

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"threadheat/thread/internal/jsontree"
)

// Item is a comment of a list.
type Item struct {
	ID      string // as JSON: "\"a1\"", "17", "null" where there is none
	Text    string // UTF-8; a byte that is none became U+FFFD
	HasText bool   // the text is not null
	Parent  string // the text that it answers, where Reply
	Reply   bool   // it answers something, be its text empty
	Lang    string // language tag as given, "" where none is
	Line    int    // of the input, from 1
}

// Problem is what is odd about a line.
type Problem struct {
	Line int
	What string
	Kept bool // the comment is among the items all the same
}

// Decoder reads blocks one after the other, and keeps its memory between them. The
// zero Decoder is ready; it is for one goroutine.
type Decoder struct {
	tree  jsontree.Tree
	arena []byte
	items []Item
	marks []marks
}

// marks is where the strings of an item end in the arena.
type marks struct{ id, text, parent, lang int }

// Items are the comments of a block and what is odd about its lines, both in order.
// They are valid until the next call. O(bytes of the block).
func (d *Decoder) Items(b Block) ([]Item, []Problem) {
	if b.lines == nil {
		return b.items, b.problems
	}
	d.arena, d.items, d.marks = d.arena[:0], d.items[:0], d.marks[:0]
	problems := b.problems
	number := b.first
	for rest := b.lines; len(rest) > 0; number++ {
		line := rest
		if k := bytes.IndexByte(rest, '\n'); k >= 0 {
			line, rest = rest[:k], rest[k+1:]
		} else {
			rest = nil
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if p := d.line(line, number); p.What != "" {
			p.Line = number
			problems = append(problems, p)
		}
	}
	// One string for all, so that a comment costs no memory of its own.
	all, at := string(d.arena), 0
	for k, m := range d.marks {
		i := &d.items[k]
		i.ID, i.Text, i.Parent, i.Lang = all[at:m.id], all[m.id:m.text], all[m.text:m.parent], all[m.parent:m.lang]
		at = m.lang
	}
	return d.items, problems
}

// line reads one object.
func (d *Decoder) line(line []byte, number int) Problem {
	t := &d.tree
	if err := t.Parse(line); err != nil {
		return Problem{What: fmt.Sprintf("the JSON is broken: %v", err)}
	}
	if k := t.Kind(0); k != jsontree.Object {
		return Problem{What: fmt.Sprintf("%s stands where an object like {\"id\":…,\"text\":…} should", k)}
	}
	id, text, parent, lang, comments := jsontree.None, jsontree.None, jsontree.None, jsontree.None, jsontree.None
	for name, value := range t.Members(0) {
		switch string(name) {
		case "id":
			id = value
		case "text":
			text = value
		case "parent_text":
			parent = value
		case "lang":
			lang = value
		case "comments":
			comments = value
		}
	}
	if text == jsontree.None && t.Kind(comments) == jsontree.Array {
		return Problem{What: "it is a whole thread and no comment: `threadheat measure` tells the heat of its comments"}
	}
	if text == jsontree.None {
		return Problem{What: "the object has no \"text\""}
	}
	for _, f := range []struct {
		name  string
		value jsontree.Node
	}{{"text", text}, {"parent_text", parent}, {"lang", lang}} {
		if k := t.Kind(f.value); k != jsontree.String && k != jsontree.Null {
			return Problem{What: fmt.Sprintf("%q is %s; a string is needed", f.name, k)}
		}
	}
	var odd Problem
	kind := t.Kind(id)
	switch kind {
	case jsontree.Null:
		odd = Problem{What: "it has no \"id\"", Kept: true}
	case jsontree.String, jsontree.Number:
	default:
		return Problem{What: fmt.Sprintf("\"id\" is %s; a string or a number is needed", kind)}
	}
	item := Item{Line: number, HasText: t.Kind(text) == jsontree.String, Reply: t.Kind(parent) == jsontree.String}
	broken := false
	add := func(raw []byte) { d.arena, broken = appendValid(d.arena, raw, broken) }
	var m marks
	switch kind {
	case jsontree.Null:
		d.arena = append(d.arena, "null"...)
	case jsontree.Number:
		d.arena = append(d.arena, t.Raw(id)...)
	default:
		d.arena = append(d.arena, '"')
		add(t.Raw(id)) // as escaped there
		d.arena = append(d.arena, '"')
	}
	m.id = len(d.arena)
	for _, f := range []struct {
		value jsontree.Node
		end   *int
	}{{text, &m.text}, {parent, &m.parent}, {lang, &m.lang}} {
		from := len(d.arena)
		d.arena = t.AppendText(d.arena, f.value)
		if added := d.arena[from:]; !utf8.Valid(added) {
			added = bytes.Clone(added)
			d.arena = d.arena[:from]
			add(added)
		}
		*f.end = len(d.arena)
	}
	d.items, d.marks = append(d.items, item), append(d.marks, m)
	if broken && odd.What == "" {
		odd = Problem{What: notUTF8, Kept: true}
	}
	return odd
}

const notUTF8 = "some bytes are not UTF-8 and were read as U+FFFD"

// appendValid appends b with U+FFFD for each byte that is not UTF-8, and tells
// whether there was one, or had been before.
func appendValid(to, b []byte, before bool) ([]byte, bool) {
	if utf8.Valid(b) {
		return append(to, b...), before
	}
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		to = utf8.AppendRune(to, r)
		b = b[size:]
	}
	return to, true
}

// valid is appendValid for a string.
func valid(s string) (string, bool) {
	if utf8.ValidString(s) {
		return s, false
	}
	var b strings.Builder
	for _, r := range s { // which is U+FFFD for each byte that is none
		b.WriteRune(r)
	}
	return b.String(), true
}
