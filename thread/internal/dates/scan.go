package dates

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

type kind uint8

const (
	number kind = iota
	word
	mark
)

// token is a number, a word or a mark; space only tells tokens apart. In
// scripts that set no space between words each character is a word.
type token struct {
	kind   kind
	glued  bool  // no space before
	dense  bool  // a word of a script without spaces
	digits uint8 // of a number, 255 for more
	r      rune  // of a mark
	val    int32 // of a number of at most 9 digits
	start  int32
	end    int32
}

// scan splits p.s into tokens. Linear.
func (p *parser) scan() {
	s := p.s
	p.toks = p.toks[:0]
	glued := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if isSpace(r) {
			glued = false
			i += size
			continue
		}
		t := token{glued: glued, start: int32(i)}
		glued = true
		if _, ok := digit(r); ok {
			t.kind = number
			for i < len(s) {
				r, size := utf8.DecodeRuneInString(s[i:])
				d, ok := digit(r)
				if !ok {
					break
				}
				if t.digits < 255 {
					t.digits++
				}
				if t.digits <= 9 {
					t.val = t.val*10 + d
				}
				i += size
			}
		} else if isDense(r) {
			t.kind, t.dense = word, true
			i += size
		} else if isLetter(r) {
			t.kind = word
			for i < len(s) {
				r, size := rune(s[i]), 1
				if r >= utf8.RuneSelf {
					r, size = utf8.DecodeRuneInString(s[i:])
				}
				if !isLetter(r) || isDense(r) {
					break
				}
				i += size
			}
		} else {
			t.kind, t.r = mark, plainMark(r)
			i += size
		}
		t.end = int32(i)
		p.toks = append(p.toks, t)
	}
}

// isSpace counts the underscores that html2text draws for spaces, and what is
// invisible.
func isSpace(r rune) bool {
	switch {
	case r <= ' ' || r == '_' || r == 0x7F:
		return true
	case r < 0x85:
		return false
	case r == 0x200C || r == 0x200D || r == 0xAD: // inside words
		return false
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || r == 0x200C || r == 0x200D || r == 0xAD
}

func isDense(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// zeros are the zeros of the decimal digits that dates are written in.
var zeros = [...]rune{0x660, 0x6F0, 0x966, 0x9E6, 0xBE6, 0xE50, 0x1040, 0xFF10}

func digit(r rune) (int32, bool) {
	if r < utf8.RuneSelf {
		return r - '0', '0' <= r && r <= '9'
	}
	for _, zero := range zeros {
		if r >= zero && r < zero+10 {
			return r - zero, true
		}
	}
	return 0, false
}

// plainMark maps the marks of other scripts and typography to plain ones.
func plainMark(r rune) rune {
	switch r {
	case '：', '׃':
		return ':'
	case '，', '、', '،':
		return ','
	case '．', '。', '｡':
		return '.'
	case '／':
		return '/'
	case '（':
		return '('
	case '）':
		return ')'
	case '‐', '‑', '−', '－':
		return '-'
	case '’', '‘', 'ʼ', '`', '´', '＇':
		return '\''
	}
	return r
}

// appendKey adds the word k to a dictionary key: in lower case, without
// accents, a space before it unless its script sets none.
func (p *parser) appendKey(key []byte, k int) []byte {
	t := p.toks[k]
	if len(key) > 0 && !(t.dense && t.glued && p.toks[k-1].dense) {
		key = append(key, ' ')
	}
	s := p.s[t.start:t.end]
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			key = append(key, c)
			i++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		// The decomposition of one character at a time: accents follow as marks.
		d := norm.NFD.PropertiesString(s[i : i+size]).Decomposition()
		if d == nil {
			key = appendPlain(key, s[i:i+size])
		} else {
			key = appendPlain(key, string(d))
		}
		i += size
	}
	return key
}

func appendPlain(key []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r >= 0x300 && r < 0x370, // accents
			r >= 0x64B && r < 0x660, r == 0x670, r == 0x640, // Arabic vowels, hamza, tatweel
			r >= 0x591 && r < 0x5C8,                 // Hebrew points
			r == 0x200C || r == 0x200D || r == 0xAD: // joiners, soft hyphen
			continue
		}
		switch r = unicode.ToLower(r); r {
		case 'ı':
			r = 'i'
		case 'ł':
			r = 'l'
		case 'đ':
			r = 'd'
		case 'ø':
			r = 'o'
		case 'ς':
			r = 'σ'
		case 'ي', 'ى':
			r = 'ی'
		case 'ك':
			r = 'ک'
		case 'ە':
			r = 'ه'
		}
		key = utf8.AppendRune(key, r)
	}
	return key
}

// nextInPhrase is the word that goes on after the word k, over a dot, hyphen
// or apostrophe ("p.m.", "an t-Sultain"), -1 where none does.
func (p *parser) nextInPhrase(k int) int {
	k++
	if k+1 < len(p.toks) && p.toks[k].kind == mark && p.toks[k].glued {
		switch p.toks[k].r {
		case '.':
			k++
		case '-', '\'', '"', '״':
			if !p.toks[k+1].glued {
				return -1
			}
			k++
		}
	}
	if k < len(p.toks) && p.toks[k].kind == word {
		return k
	}
	return -1
}
