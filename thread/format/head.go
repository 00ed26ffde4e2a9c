package format

import (
	"bytes"

	"threadheat/thread/internal/grams"
)

// Head is what detection sees of an input.
type Head struct {
	Name  string
	Bytes []byte // the first HeadSize bytes, or all
	// Columns are those of Options: who names them holds the input for a table.
	Columns map[string]string

	grams *grams.Set  // of Bytes; nil where nobody has read them yet
	memo  map[any]any // see Memo; nil where nothing is kept
}

// Memo is what work finds out of the head, kept under the key so that the work is
// done once for all formats that look at the same head, and for a Decode of the
// same input where the head is all of it.
func (h Head) Memo(key any, work func() any) any {
	v, ok := h.memo[key]
	if !ok {
		v = work()
		if h.memo != nil {
			h.memo[key] = v
		}
	}
	return v
}

// Memo is what was found under the key out of a head that is all of the input,
// nil where nothing was.
func (s Source) Memo(key any) any {
	if whole, ok := s.Reader.(*short); ok {
		return whole.memo[key]
	}
	return nil
}

// Has tells whether the mark stands in the head, byte by byte. It is meant for
// marks that most inputs do not have: for heads that Detect passes around,
// nearly every No costs a few look-ups instead of a search.
func (h Head) Has(mark string) bool { return h.Index(mark) >= 0 }

// Index is where the mark first stands in the head, -1 for nowhere, as quickly
// told as by Has.
func (h Head) Index(mark string) int {
	if h.grams != nil && !h.grams.May(mark) {
		return -1
	}
	return bytes.Index(h.Bytes, []byte(mark))
}
