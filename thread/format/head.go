package format

import (
	"bytes"

	"threadheat/thread/internal/grams"
)

// Head is what detection sees of an input.
type Head struct {
	Name  string
	Bytes []byte // the first HeadSize bytes, or all

	grams *grams.Set // of Bytes; nil where nobody has read them yet
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
