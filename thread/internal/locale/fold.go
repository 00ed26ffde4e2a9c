package locale

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine bounds what is looked at: no interface string with a name or a title
// in it is longer, and lines of many megabytes do occur.
const maxLine = 400

// folded yields s in the form in which strings are compared, each rune with the
// byte of s it came from: lower case, all white space and underscores one
// space, none at the start, at the end or before a colon, typographic colons,
// apostrophes and hyphens plain, marks of writing direction and soft hyphens
// gone. Underscores are spaces because html2text writes links that way.
func folded(s string) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		space, started := -1, false
		for i, r := range s {
			switch r {
			case '\u200B', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E',
				'\u2066', '\u2067', '\u2068', '\u2069', '\u00AD', '\uFEFF', '\u0640':
				continue
			case '：':
				r = ':'
			case '’', '‘', 'ʼ', '`', '´':
				r = '\''
			case '\u2010', '\u2011':
				r = '-'
			case '_', '\u200C', '\u2060':
				r = ' '
			}
			if unicode.IsSpace(r) {
				if space < 0 {
					space = i
				}
				continue
			}
			if space >= 0 && started && r != ':' && !yield(space, ' ') {
				return
			}
			space, started = -1, true
			if !yield(i, unicode.ToLower(r)) {
				return
			}
		}
	}
}

// fold is s as folded yields it, "" where s is longer than any interface string.
func fold(s string) string {
	if len(s) > maxLine {
		return ""
	}
	if out, ok := foldASCII(s); ok {
		return out
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range folded(s) {
		b.WriteRune(r)
	}
	return b.String()
}

// foldASCII is fold for ASCII text, four times as fast.
func foldASCII(s string) (_ string, ok bool) {
	b := make([]byte, 0, len(s))
	space := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return "", false
		case c == ' ' || c == '_' || '\t' <= c && c <= '\r':
			space = true
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == '`':
			c = '\''
		}
		if space && len(b) > 0 && c != ':' {
			b = append(b, ' ')
		}
		space = false
		b = append(b, c)
	}
	return string(b), true
}

// rawIndex is the byte of s that became the byte at of fold(s).
func rawIndex(s string, at int) int {
	n := 0
	for i, r := range folded(s) {
		if n >= at {
			return i
		}
		n += utf8.RuneLen(r)
	}
	return len(s)
}

// unfold is the part of s that became the bytes from lo to hi of fold(s).
func unfold(s string, lo, hi int) string {
	from, to := rawIndex(s, lo), rawIndex(s, hi)
	// A name may end in underscores, which have joined the space after them.
	if end := strings.TrimLeft(s[to:], "_"); end == "" || isBlank(rune0(end)) {
		to = len(s) - len(end)
	}
	return strings.TrimFunc(s[from:max(from, to)], isBlank)
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200B' || r == '\u200E' || r == '\u200F' || r == '\uFEFF'
}

// ornaments stand around links and headings: arrows, bullets, brackets, the
// marks of Markdown.
const ornaments = " #*[]()<>{}|-–—·•.,…!←→↑↓↩↪⤵↳⇒«»‹›▼▲+/\\\"'“”„"

func plain(s string) string { return strings.Trim(fold(s), ornaments) }

// template is a phrase with a gap in it: for a name, a title, anything.
type template struct{ pre, suf string }

// templates finds which of many templates a string fits, in time that hardly
// depends on how many there are.
type templates struct{ byHead, byTail map[string][]template }

// keyLen is the number of bytes by which templates are found: one of the two
// sides of each must have as many.
const keyLen = 3

// add takes a template written with %s for its gap; without one, the gap is at
// the end.
func (t *templates) add(phrase string) {
	pre, suf, _ := strings.Cut(phrase, "%s")
	if t.byHead == nil {
		t.byHead, t.byTail = map[string][]template{}, map[string][]template{}
	}
	switch {
	case len(suf) >= keyLen:
		key := suf[len(suf)-keyLen:]
		t.byTail[key] = append(t.byTail[key], template{pre, suf})
	case len(pre) >= keyLen:
		t.byHead[pre[:keyLen]] = append(t.byHead[pre[:keyLen]], template{pre, suf})
	default:
		panic("locale: the phrase " + phrase + " is too short to be found")
	}
}

// match tells which bytes of s, a folded string, are in the gap of the longest
// template it fits.
func (t *templates) match(s string) (lo, hi int, ok bool) {
	if len(s) < keyLen {
		return 0, 0, false
	}
	best := 0
	for _, list := range [...][]template{t.byHead[s[:keyLen]], t.byTail[s[len(s)-keyLen:]]} {
		for _, c := range list {
			if n := len(c.pre) + len(c.suf); n > best && n <= len(s) && strings.HasPrefix(s, c.pre) && strings.HasSuffix(s, c.suf) {
				best, lo, hi, ok = n, len(c.pre), len(s)-len(c.suf), true
			}
		}
	}
	return lo, hi, ok
}

func (t *templates) fits(s string) bool {
	_, _, ok := t.match(s)
	return ok
}
