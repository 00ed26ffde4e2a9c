package jsontree

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
