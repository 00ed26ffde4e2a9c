// Package replies infers which comment answers which where a source does not
// say: in flat lists of blogs, in forums that quote, in chats.
//
// What the source says always wins: only comments at top level get a parent
// here, each link says what it rests on (thread.Mentioned, thread.Quoted or
// thread.Inferred) and how probable it is (thread.Certainty), and a comment
// about which nothing is found stays where it is. BENCHMARK.md has precision
// and recall.
package replies

import (
	"fmt"

	"threadheat/thread"
	"threadheat/thread/replies/internal/talk"
)

// Mode is how far inference goes.
type Mode string

// The modes. Mentions takes only what the words say: a name, a number, a
// quotation. All adds what is most likely given who spoke when and about what,
// in chats and in exchanges of two.
const (
	None     Mode = "none"
	Mentions Mode = "mentions"
	All      Mode = "all"
)

// Modes lists the modes, the default second.
var Modes = []Mode{None, Mentions, All}

// ParseMode is the mode called s.
func ParseMode(s string) (Mode, error) {
	for _, m := range Modes {
		if s == string(m) {
			return m, nil
		}
	}
	return None, fmt.Errorf("unknown mode %q of inference: none, mentions or all", s)
}

// Infer is t with the links that mode finds: the same comments in the same
// order of the document. It is t itself where there are none, and where the
// source gives a tree: only chats get more links than theirs. Pingbacks,
// notices, ghosts and what was deleted are neither end of a link; a comment
// answers one that was written before it; no circles arise. Inferring twice
// adds nothing. Mentions costs O(length of the texts), All in chats some 19
// candidates a comment more; memory is O(n).
func Infer(t *thread.Thread, mode Mode) *thread.Thread {
	if mode != Mentions && mode != All {
		return t
	}
	chat := talk.Chat(t)
	if !chat && tree(t) {
		return t
	}
	s := &search{t: t, names: talk.NewNames(t), chat: chat, link: make([]thread.Link, t.Len())}
	detail := talk.Openings
	switch {
	case s.chat && mode == All:
		detail = talk.Content
	case s.chat || mode == All:
		detail = talk.Inner
	}
	s.talk = talk.Read(t, s.names, detail)
	s.place()
	s.mentions()
	if mode == All {
		if s.chat {
			s.likely()
		} else {
			s.exchanges()
		}
	}
	var links []thread.Link
	for i := range t.Document() {
		if s.link[i].Basis != thread.NoBasis {
			links = append(links, s.link[i])
		}
	}
	return t.WithLinks(links)
}

// tree tells that the source of t says who answers whom: what stands at top level
// there does so as a fact. Quotations and mentions that a decoder followed say it
// of single comments only.
func tree(t *thread.Thread) bool {
	for i := range t.All() {
		b := t.Basis(i)
		if t.Parent(i) != thread.NoIndex && t.Certainty(i) == 0 && b != thread.Mentioned && b != thread.Quoted {
			return true
		}
	}
	return false
}

// search is the state of one Infer.
type search struct {
	t     *thread.Thread
	talk  *talk.Talk
	names *talk.Names
	chat  bool
	nests bool          // the source says of some comments whom they answer
	at    []int32       // by comment: its place in the order of writing
	top   []int32       // by comment: the latest place of it and all above it
	link  []thread.Link // by child
}

// place fills at and top.
func (s *search) place() {
	s.at, s.top = make([]int32, s.t.Len()), make([]int32, s.t.Len())
	for n, i := range s.talk.Order {
		s.at[i] = int32(n)
	}
	for i := range s.t.All() { // parents come first
		s.top[i] = s.at[i]
		if p := s.t.Parent(i); p != thread.NoIndex {
			s.top[i] = max(s.top[i], s.top[p])
			s.nests = s.nests || s.t.Certainty(i) == 0
		}
	}
}

// open tells that comment i may get a parent.
func (s *search) open(i thread.Index) bool { return s.t.Parent(i) == thread.NoIndex }

// add links child to parent, if nothing speaks against it. The parent and all
// above it must have been written before the child: then no circle can arise,
// for each new link leads to an earlier place.
func (s *search) add(child, parent thread.Index, b thread.Basis, certainty float64) bool {
	if !s.open(child) || s.top[parent] >= s.at[child] {
		return false
	}
	if a, b := s.t.Time(child), s.t.Time(parent); a.Timed() && b.Timed() && a.ZoneKnown() == b.ZoneKnown() && a.UnixMilli()/60_000 < b.UnixMilli()/60_000 {
		return false
	}
	s.link[child] = thread.Link{Child: child, Parent: parent, Basis: b, Certainty: float32(certainty)}
	return true
}
