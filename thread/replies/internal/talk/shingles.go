package talk

import (
	"unicode"
	"unicode/utf8"
)

// shingleWords is how many words in a row a shingle is.
const shingleWords = 4

// Shingles appends to out a hash for every run of four words of s, letter case
// and marks aside, until out holds most. Scripts that write no spaces count
// each character as a word.
func Shingles(s string, out []uint64, most int) []uint64 {
	var last [shingleWords]uint64
	words := 0
	const prime = 1099511628211
	h, inWord := uint64(14695981039346656037), false
	flush := func() {
		if !inWord {
			return
		}
		copy(last[:], last[1:])
		last[shingleWords-1] = h
		if words++; words >= shingleWords {
			x := uint64(0)
			for _, w := range last {
				x = (x ^ w) * prime
				x ^= x >> 29
			}
			out = append(out, x)
		}
		h, inWord = 14695981039346656037, false
	}
	for i := 0; i < len(s) && len(out) < most; {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
		switch {
		case !isWord(r):
			flush()
		case r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai):
			flush()
			h, inWord = (h^uint64(r))*prime, true
			flush()
		default:
			if r < utf8.RuneSelf {
				if 'A' <= r && r <= 'Z' {
					r += 'a' - 'A'
				}
			} else {
				r = unicode.ToLower(r)
			}
			h, inWord = (h^uint64(r))*prime, true
		}
	}
	if len(out) < most {
		flush()
	}
	return out
}
