package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// EndsSentence tells whether a sentence ends between two tokens: before is the
// first of them and gap is what stands between. A line break ends one, and so
// do . ! ? and … before a space. Not so the point of an initial or of an
// abbreviation ("E. D. F.", "Mr. X"), nor an ellipsis after a determiner ("of the … cloud"):
// the noun is still to come. O(len(gap)).
func EndsSentence(before, gap string) bool {
	return endsSentence(gap, ClassOf(before)&Determiner != 0, utf8.RuneCountInString(before) < 2 || abbreviations[before])
}

// endsSentence is EndsSentence after a word that is a determiner or not, and one
// that takes a point when it is cut short or not.
func endsSentence(gap string, determiner, short bool) bool {
	ended, point := false, false // a mark was seen that ends; the last character was a point
	for i, r := range gap {
		switch {
		case strings.ContainsRune("\n\r\u2028\u2029。！？", r):
			return true
		case strings.ContainsRune("!?‽⁇⁈⁉‼", r):
			ended = true
		case point && (r == '.' || r == '…') || dots(gap[i:]):
			ended = ended || !determiner
		case r == '.':
			ended = ended || !short
		case unicode.IsSpace(r):
			if ended {
				return true
			}
		case !strings.ContainsRune("\"”“»)]’", r): // a closing mark may come before the space
			ended = false
		}
		point = r == '.' || r == '…'
	}
	return false
}

var abbreviations = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "st": true, "mm": true, "vs": true, "art": true}

// Ellipsis finds the first … or run of at least two points in s, in bytes;
// ok tells whether there is one.
func Ellipsis(s string) (start, end int, ok bool) {
	for i, r := range s {
		if (r == '…' || r == '.') && dots(s[i:]) {
			return i, i + len(s[i:]) - len(strings.TrimLeft(s[i:], ".…")), true
		}
	}
	return 0, 0, false
}

func dots(s string) bool { return strings.HasPrefix(s, "…") || strings.HasPrefix(s, "..") }
