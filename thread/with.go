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
