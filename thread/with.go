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
