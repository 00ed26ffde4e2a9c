package thread

// WithSource is the same thread with another Source. It shares all else with t.
func (t *Thread) WithSource(s Source) *Thread {
	copied := *t
	copied.meta.Source = s
	return &copied
}
