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
	b := NewBuilder(t.meta)
	for i := range t.Document() {
		c := t.Comment(i)
		if n := by[i]; n > 0 {
			l := &links[n-1]
			c.Parent, c.Basis, c.Certainty = t.id[l.Parent], l.Basis, l.Certainty
		}
		b.Add(c)
	}
	b.t.quarantined = t.quarantined
	for _, d := range t.diagnostics {
		b.Report(d)
	}
	return b.Build()
}
