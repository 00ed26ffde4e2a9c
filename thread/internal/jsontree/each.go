package jsontree

import "iter"

// Each walks the elements of the array that r is; another value is the only one.
func (r *Record) Each() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for k, end := r.Span(0); k < end; k = r.End(k) {
			if !yield(k) {
				return
			}
		}
	}
}

// Scalar is n as a short text, for fields whose writers are free with types: a
// string as it is, a number or a boolean as written, "" for all else.
func (t *Tree) Scalar(n Node) string {
	switch t.Kind(n) {
	case String:
		return t.Text(n)
	case Number, Bool:
		return string(t.Raw(n))
	}
	return ""
}
