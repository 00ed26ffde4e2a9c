package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Plain makes a string safe for a terminal: control characters become pictures
// of themselves (ESC becomes ␛), so that no escape sequence of a stranger
// reaches the terminal; characters that turn the direction of writing go; white
// space of any kind but line feeds becomes a space.
func Plain(s string) string {
	clean := true
	for k := 0; k < len(s); k++ {
		if c := s[k]; (c < ' ' && c != '\n') || c >= 0x7f {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case r < ' ':
			return '␀' + r
		case r == 0x7f:
			return '␡'
		case unicode.IsControl(r):
			return utf8.RuneError
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// inline is Plain on one line. No-break spaces stay.
func inline(s string) string {
	return strings.Join(strings.FieldsFunc(Plain(s), func(r rune) bool { return r == ' ' || r == '\n' }), " ")
}

// Width is how many columns a string takes on a terminal: two for wide East
// Asian characters and emoji, none for marks and joiners.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// wrap breaks a text into lines of at most n columns, between words where it
// can. Line feeds of the text are kept. Ordinary spaces are where lines break;
// no-break spaces are not.
func wrap(s string, n int) []string {
	n = max(n, 2)
	var lines []string
	for _, par := range strings.Split(s, "\n") {
		var line strings.Builder
		used := 0
		for _, word := range strings.FieldsFunc(par, func(r rune) bool { return r == ' ' }) {
			w := Width(word)
			if used > 0 && used+1+w <= n {
				line.WriteByte(' ')
				line.WriteString(word)
				used += 1 + w
				continue
			}
			if used > 0 {
				lines = append(lines, line.String())
				line.Reset()
			}
			for w > n {
				head := cut(word, n)
				lines = append(lines, head)
				word = word[len(head):]
				w = Width(word)
			}
			line.WriteString(word)
			used = w
		}
		lines = append(lines, line.String())
	}
	return lines
}

// cut is the longest start of s of at most n columns, at least one character.
func cut(s string, n int) string {
	used := 0
	for k, r := range s {
		used += runeWidth(r)
		if used > n && k > 0 {
			return s[:k]
		}
	}
	return s
}

// clip is s on at most n columns, with an ellipsis where it was cut.
func clip(s string, n int) string {
	if Width(s) <= n {
		return s
	}
	return strings.TrimRight(cut(s, max(n-1, 1)), " ") + "…"
}

// pad fills s up to n columns, on the right or, where it is a number, on the left.
func pad(s string, n int, right bool) string {
	fill := strings.Repeat(" ", max(0, n-Width(s)))
	if right {
		return fill + s
	}
	return s + fill
}
