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
	for i, r := range gap {
		switch r {
		case '\n', '\r', '\u2028', '\u2029', '。', '！', '？':
			return true
		case '!', '?', '‽', '⁇', '⁈', '⁉', '‼':
			if spaceFollows(gap[i:]) {
				return true
			}
		case '.', '…':
			if dots(gap[i:]) {
				return ClassOf(before)&Determiner == 0 && spaceFollows(gap[i:]) || strings.ContainsRune(gap, '\n')
			}
			if spaceFollows(gap[i:]) && utf8.RuneCountInString(before) > 1 && !abbreviations[before] {
				return true
			}
		}
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

// spaceFollows tells whether a space comes after the marks, closing quotes and
// brackets that s begins with.
func spaceFollows(s string) bool {
	rest := strings.TrimLeft(s, ".…!?‽⁇⁈⁉‼\"”“»)]’")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsSpace(r)
}
