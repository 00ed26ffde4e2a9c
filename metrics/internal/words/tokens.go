// Package words turns text into tokens for the measures that look at words.
package words

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is a word of a text: its folded form and where it stands, in bytes.
type Token struct {
	Text       string // NFC, lower case
	Start, End int
}

// Tokens splits a text into runs of letters and digits, with the marks that
// follow them. Apostrophes, hyphens and underscores split; there are no stop
// words and no stems. This is the tokenizer of every published count of words.
// O(len(s)).
func Tokens(s string) []Token {
	out := make([]Token, 0, len(s)/6) // prose has a word in six bytes
	for t := range All(s) {
		out = append(out, t)
	}
	return out
}

// All walks the Tokens of s without keeping them: those of a text of 200 MB take
// more than ten times its memory.
func All(s string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		start := -1
		for i, r := range s {
			switch {
			case unicode.IsLetter(r) || unicode.IsNumber(r):
				if start < 0 {
					start = i
				}
			case start >= 0 && !unicode.IsMark(r):
				if !yield(Token{fold(s[start:i]), start, i}) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(Token{fold(s[start:]), start, len(s)})
		}
	}
}

// Count is the number of Tokens of s, without making them.
func Count(s string) int {
	n, in := 0, 0 // 1 within a word
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf { // most of what there is
			is := ascii[c]
			n += is &^ in
			in = is
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			n += 1 - in
			in = 1
		case in > 0 && unicode.IsMark(r):
		default:
			in = 0
		}
	}
	return n
}

// ascii is 1 for the letters and digits of ASCII.
var ascii = func() (is [utf8.RuneSelf]int) {
	for r := range rune(utf8.RuneSelf) {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			is[r] = 1
		}
	}
	return is
}()

func fold(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return strings.ToLower(s)
}
