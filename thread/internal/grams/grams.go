// Package grams tells quickly what a text does not hold. Who asks a text for
// dozens of marks, of which it has few, reads it once and need not search it.
package grams

import "math/bits"

// Set is the runs of four bytes that a text holds, as a set of their hashes.
type Set struct {
	bits  []uint64
	shift uint // of a hash, to a bit
}

const (
	size = 4
	// A text has a bit or two for each of its bytes, up to 32 KiB in all: a page of
	// 1 MiB has some 100,000 different runs.
	least, most = 10, 18
)

// Of reads a text once, about 1 ms for each MB.
func Of[T string | []byte](text T) *Set {
	n := min(max(bits.Len(uint(len(text))), least), most)
	s := Set{make([]uint64, 1<<n/64), uint(32 - n)}
	for ; len(text) >= size; text = text[1:] {
		k := hash(text[0], text[1], text[2], text[3]) >> s.shift
		s.bits[k/64] |= 1 << (k % 64)
	}
	return &s
}

// May tells whether the text can hold the mark: no is sure, yes is likely. Of
// marks shorter than four bytes nothing is known.
func (s *Set) May(mark string) bool {
	for i := range len(mark) - (size - 1) {
		k := hash(mark[i], mark[i+1], mark[i+2], mark[i+3]) >> s.shift
		if s.bits[k/64]&(1<<(k%64)) == 0 {
			return false
		}
	}
	return true
}

// hash spreads the runs over the bits: multiplication by the golden ratio.
func hash(a, b, c, d byte) uint32 {
	return (uint32(a) | uint32(b)<<8 | uint32(c)<<16 | uint32(d)<<24) * 0x9E3779B1
}
