package thread

import "slices"

// WithMeta is the same thread with another Meta. It shares all else with t.
func (t *Thread) WithMeta(m Meta) *Thread {
	copied := *t
	copied.meta = m
	return &copied
}

// WithDiagnostics is the same thread with what an analysis noticed added to
// its diagnostics, each said once. It shares all else with t.
func (t *Thread) WithDiagnostics(more []Diagnostic) *Thread {
	copied := *t
	copied.diagnostics = unique(slices.Concat(t.diagnostics, more))
	return &copied
}

// Change is the thread that the same comments make after change has had each of
// them, in document order. Its diagnostics stay, those of new links are added.
// It costs as much as building the thread did.
func (t *Thread) Change(change func(i Index, c *Comment)) *Thread {
	b := NewBuilder(t.meta)
	for i := range t.Document() {
		c := t.Comment(i)
		change(i, &c)
		b.Add(c)
	}
	for _, d := range t.diagnostics {
		b.Report(d)
	}
	changed := b.Build()
	changed.quarantined = slices.Concat(t.quarantined, changed.quarantined)
	return changed
}

// Inferred is the number of links to parents that are no facts of the source but
// were inferred, with some certainty. O(n).
func (t *Thread) Inferred() int {
	n := 0
	for _, f := range t.flags {
		if f.certain > 0 {
			n++
		}
	}
	return n
}

// Explicit is the thread with no links but those that the source gives: comments
// whose parent was inferred stand at top level again. It is t itself where none
// was.
func (t *Thread) Explicit() *Thread {
	if t.Inferred() == 0 {
		return t
	}
	return t.Change(func(i Index, c *Comment) {
		if c.Certainty > 0 {
			c.Parent, c.Basis, c.Certainty = "", NoBasis, 0
		}
	})
}

// Link is a reply link that an analysis adds to a thread.
type Link struct {
	Child, Parent Index
	Basis         Basis
	Certainty     float32 // probability that it is right, in (0,1]; 0: not given
}

// WithLinks is the same thread with more replies in it: the Child of each link,
// which stood at top level, answers its Parent. Comments keep IDs, authors and
// their order in the document; their Indexes change. Links that together make
// a circle are cut by the rules of Builder, and leave its diagnostics. O(n).
func (t *Thread) WithLinks(links []Link) *Thread {
	if len(links) == 0 {
		return t
	}
	by := make([]int32, t.Len()) // 1 + place in links
	for n, l := range links {
		if t.parent[l.Child] != NoIndex {
			panic("thread: a link for a comment that has a parent")
		}
		by[l.Child] = int32(n) + 1
	}
	return t.Change(func(i Index, c *Comment) {
		if n := by[i]; n > 0 {
			l := &links[n-1]
			c.Parent, c.Basis, c.Certainty = t.id[l.Parent], l.Basis, l.Certainty
		}
	})
}
