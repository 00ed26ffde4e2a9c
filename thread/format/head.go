package format

import (
	"bytes"
	"encoding/binary"
)

// Head is what detection sees of an input.
type Head struct {
	Name  string
	Bytes []byte // the first HeadSize bytes, or all

	parts *parts // of Bytes; nil where nobody needed them yet
}

// Has tells whether the mark stands in the head, byte by byte. It is meant for
// marks that most inputs do not have: those that Detect passes around know all
// runs of four bytes in them, so that nearly every No costs a few look-ups
// instead of a search.
func (h Head) Has(mark string) bool {
	return (h.parts == nil || h.parts.may(mark)) && bytes.Contains(h.Bytes, []byte(mark))
}

// parts are the runs of four bytes that a text holds, as a set of their hashes.
type parts [1 << partBits / 64]uint64

const (
	partLen  = 4
	partBits = 18 // 32 KiB; a page of 1 MiB has some 100,000 different runs
)

// partsOf reads b once.
func partsOf(b []byte) *parts {
	var p parts
	for ; len(b) >= partLen; b = b[1:] {
		k := hash(binary.LittleEndian.Uint32(b))
		p[k/64] |= 1 << (k % 64)
	}
	return &p
}

// may tells whether a text of these parts can hold the mark.
func (p *parts) may(mark string) bool {
	for i := range len(mark) - (partLen - 1) {
		m := mark[i : i+partLen]
		k := hash(uint32(m[0]) | uint32(m[1])<<8 | uint32(m[2])<<16 | uint32(m[3])<<24)
		if p[k/64]&(1<<(k%64)) == 0 {
			return false
		}
	}
	return true
}

// hash spreads the runs over the bits: multiplication by the golden ratio.
func hash(run uint32) uint32 { return run * 0x9E3779B1 >> (32 - partBits) }
