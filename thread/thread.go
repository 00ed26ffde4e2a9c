package thread

import (
	"cmp"
	"iter"
)

// Index is a place in a Thread, in reading order: a comment, then the whole of
// its first reply, then of its second. NoIndex stands for "none".
type Index int32

// AuthorID is an author of a Thread, numbered by first appearance in the
// document. A comment whose author is unknown has an AuthorID of its own: two
// unknown people are not one person.
type AuthorID int32

// NoIndex is the parent of a top-level comment.
const NoIndex Index = -1

// Meta is what a source says of a thread as a whole.
type Meta struct {
	ID          string // "" where the source has none
	Title       string
	URL         string
	Article     string // plain text of what the comments are about
	Lang        string // language tag the source declares, "" where it does not
	Declared    int    // how many comments the source says there are, where HasDeclared
	HasDeclared bool
	Source      Source
}

// Or is m, with what it leaves open as other has it.
func (m Meta) Or(other Meta) Meta {
	m.ID = cmp.Or(m.ID, other.ID)
	m.Title = cmp.Or(m.Title, other.Title)
	m.URL = cmp.Or(m.URL, other.URL)
	m.Article = cmp.Or(m.Article, other.Article)
	m.Lang = cmp.Or(m.Lang, other.Lang)
	m.Source = cmp.Or(m.Source, other.Source)
	if !m.HasDeclared {
		m.Declared, m.HasDeclared = other.Declared, other.HasDeclared
	}
	return m
}

// Source tells where a thread was read from and how surely.
type Source struct {
	Name       string // file name as given, "-" for standard input
	Format     string // name of the format that read it
	Confidence string // how sure detection was: possible, likely, certain, or given
	SHA256     string // of the input's bytes, hexadecimal; "" where not computed
	Captured   Stamp  // when the page was saved, where the input says so
}

// Thread is an immutable forest of comments in reading order, in flat arrays.
// The comments below i are i+1 … End(i)-1; the first reply to i is i+1 if that
// is before End(i), and the next sibling of c is End(c). All methods are safe
// for concurrent use and cost O(1) unless they say otherwise. The zero Thread
// is empty.
type Thread struct {
	meta Meta

	parent, end []Index
	depth       []int32
	author      []AuthorID
	doc         []Index  // document order → Index
	names, keys []string // by AuthorID

	id           []string
	time, edited []Stamp
	score        []int32
	flags        []flags
	pos          []place
	files        []string // by place.file
	arena        string
	lo, hi       []int // text of i is arena[lo[i]:hi[i]]

	ghosts, published int
	diagnostics       []Diagnostic
	quarantined       []Comment
}

// place is a Pos in half the memory.
type place struct {
	offset     int64
	line, file int32
}

// flags packs what is small of one comment.
type flags struct {
	kind     Kind
	state    State
	basis    Basis
	hasScore bool
	certain  float32
}

// Meta is what the source says of the thread as a whole.
func (t *Thread) Meta() Meta { return t.meta }

// Len is the number of comments, ghosts included.
func (t *Thread) Len() int { return len(t.parent) }

// Ghosts is the number of comments that stand in for missing parents.
func (t *Thread) Ghosts() int { return t.ghosts }

// Published is the number of comments as sites count theirs: pingbacks
// included, ghosts, system notices and what awaits moderation not.
func (t *Thread) Published() int { return t.published }

// Authors is the number of authors, each unknown one counted apart. Authors of
// ghosts are among them.
func (t *Thread) Authors() int { return len(t.names) }

// AuthorName is the name of an author as shown, "" where unknown.
func (t *Thread) AuthorName(a AuthorID) string { return t.names[a] }

// AuthorKey is what tells the author apart from others of the same name, ""
// where the name itself does.
func (t *Thread) AuthorKey(a AuthorID) string { return t.keys[a] }

// Parent is the comment that i answers, NoIndex at top level.
func (t *Thread) Parent(i Index) Index { return t.parent[i] }

// End is one past the last comment below i, so End(i)-i is the size of the
// subtree of i, itself included.
func (t *Thread) End(i Index) Index { return t.end[i] }

// Depth is 0 at top level and one more than the parent's elsewhere.
func (t *Thread) Depth(i Index) int { return int(t.depth[i]) }

// Author is who wrote i.
func (t *Thread) Author(i Index) AuthorID { return t.author[i] }

// ID is the comment's identifier, unique within the thread.
func (t *Thread) ID(i Index) string { return t.id[i] }

// Time is when i was written; the zero Stamp where the source does not say.
func (t *Thread) Time(i Index) Stamp { return t.time[i] }

// Edited is when i was last changed; the zero Stamp where never or unknown.
func (t *Thread) Edited(i Index) Stamp { return t.edited[i] }

// Text is the plain text of i. It shares the thread's memory.
func (t *Thread) Text(i Index) string { return t.arena[t.lo[i]:t.hi[i]] }

// Score is the votes on i, and whether the source gives any.
func (t *Thread) Score(i Index) (int, bool) { return int(t.score[i]), t.flags[i].hasScore }

// Kind tells what i is.
func (t *Thread) Kind(i Index) Kind { return t.flags[i].kind }

// State tells what became of i.
func (t *Thread) State(i Index) State { return t.flags[i].state }

// Basis is what the link from i to its parent rests on.
func (t *Thread) Basis(i Index) Basis { return t.flags[i].basis }

// Certainty is the probability that the parent of i is right, in (0,1], where
// the link was inferred; 0 where none is given, as for the facts of the source.
func (t *Thread) Certainty(i Index) float64 { return float64(t.flags[i].certain) }

// Pos is where in the input i stands.
func (t *Thread) Pos(i Index) Pos {
	p := t.pos[i]
	return Pos{File: t.files[p.file], Line: int(p.line), Offset: p.offset}
}

// Comment is i in the form in which decoders yield comments. Adding the
// comments of Document to a new Builder makes an equal thread.
func (t *Thread) Comment(i Index) Comment {
	c := Comment{
		ID: t.id[i], Author: t.names[t.author[i]], AuthorKey: t.keys[t.author[i]], Time: t.time[i], Edited: t.edited[i], Text: t.Text(i),
		Score: int(t.score[i]), HasScore: t.flags[i].hasScore, Kind: t.flags[i].kind, State: t.flags[i].state,
		Basis: t.flags[i].basis, Certainty: t.flags[i].certain, Pos: t.Pos(i),
	}
	if p := t.parent[i]; p != NoIndex {
		c.Parent = t.id[p]
	}
	return c
}

// Diagnostics lists what was odd about the input, in order of appearance. The
// caller must not change it.
func (t *Thread) Diagnostics() []Diagnostic { return t.diagnostics }

// Quarantined lists the comments that could not be placed. The caller must not
// change it.
func (t *Thread) Quarantined() []Comment { return t.quarantined }

// Find is the comment with the given ID. O(n).
func (t *Thread) Find(id string) (Index, bool) {
	for i, have := range t.id {
		if have == id {
			return Index(i), true
		}
	}
	return NoIndex, false
}

// FindAuthor is the author with the given name. O(authors).
func (t *Thread) FindAuthor(name string) (AuthorID, bool) {
	for a, have := range t.names {
		if have == name && name != "" {
			return AuthorID(a), true
		}
	}
	return -1, false
}

// All walks the comments in reading order.
func (t *Thread) All() iter.Seq[Index] {
	return func(yield func(Index) bool) {
		for i := range t.parent {
			if !yield(Index(i)) {
				return
			}
		}
	}
}

// Document walks the comments in the order of the input, a ghost just before
// the first comment that answers it. On a page with nested replies that is the
// reading order too.
func (t *Thread) Document() iter.Seq[Index] {
	return func(yield func(Index) bool) {
		for _, i := range t.doc {
			if !yield(i) {
				return
			}
		}
	}
}

// Roots walks the top-level comments.
func (t *Thread) Roots() iter.Seq[Index] { return t.siblings(0, Index(len(t.parent))) }

// Replies walks the direct replies to i.
func (t *Thread) Replies(i Index) iter.Seq[Index] { return t.siblings(i+1, t.end[i]) }

func (t *Thread) siblings(from, to Index) iter.Seq[Index] {
	return func(yield func(Index) bool) {
		for c := from; c < to; c = t.end[c] {
			if !yield(c) {
				return
			}
		}
	}
}

// Below walks all comments below i, in reading order.
func (t *Thread) Below(i Index) iter.Seq[Index] {
	return func(yield func(Index) bool) {
		for c := i + 1; c < t.end[i]; c++ {
			if !yield(c) {
				return
			}
		}
	}
}

// Ancestors walks from the parent of i up to its top-level comment.
func (t *Thread) Ancestors(i Index) iter.Seq[Index] {
	return func(yield func(Index) bool) {
		for p := t.parent[i]; p != NoIndex; p = t.parent[p] {
			if !yield(p) {
				return
			}
		}
	}
}
