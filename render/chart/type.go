package chart

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	chart "github.com/wcharczuk/go-chart/v2"
)

// font is go-chart's own, Roboto Medium, in which PNGs are set and by which all
// text is measured. chart.GetDefaultFont is a data race, hence the once.
var font = sync.OnceValues(chart.GetDefaultFont)

// families are what SVGs ask for: faces of about Roboto's width.
const families = "Helvetica Neue, Helvetica, Arial, Liberation Sans, Roboto, Noto Sans, sans-serif"

// slack is how much wider than measured a text may come out, since the reader
// of an SVG has another font than we have.
const slack = 1.12

// textWidth is the room to leave for one line of text.
func textWidth(s string, size float64) float64 {
	f, err := font()
	if err != nil {
		return float64(utf8.RuneCountInString(s)) * size * slack
	}
	const em = 2048
	sum := 0.0
	for _, r := range s {
		switch i := f.Index(r); {
		case i != 0:
			sum += float64(f.HMetric(em, i).AdvanceWidth) / em
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case r >= 0x1F000:
			sum += 1.3 // emoji
		case r >= 0x1100:
			sum += 1 // Chinese, Japanese, Korean
		default:
			sum += .7
		}
	}
	return sum * size * slack
}

// maxRunes bounds the work spent on a hostile name. No line of a drawing holds
// that many.
const maxRunes = 300

// clean makes a string safe to draw: one line, no control characters, nothing
// that XML cannot carry, and nothing that turns the writing direction of what
// stands beside it.
func clean(s string) string { return tidy(s, maxRunes) }

// tidy is clean with a bound of one's own.
func tidy(s string, maxRunes int) string {
	var b strings.Builder
	space, n := false, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f':
			space = b.Len() > 0
			continue
		case r == utf8.RuneError, r&0xFFFE == 0xFFFE, unicode.IsControl(r):
			continue
		case unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d': // joiners are spelling
			continue
		}
		if n++; n > maxRunes {
			b.WriteString("…")
			break
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// fit shortens a cleaned line with an ellipsis until it has room in width.
func fit(s string, size, width float64) string {
	if textWidth(s, size) <= width {
		return s
	}
	rs := []rune(s)
	for n := len(rs) - 1; n > 0; n-- {
		if unicode.In(rs[n], unicode.Mn, unicode.Me) {
			continue // never part a letter from its marks
		}
		short := strings.TrimRight(string(rs[:n]), " ,;:.-–") + "…"
		if textWidth(short, size) <= width {
			return short
		}
	}
	return "…"
}

// wrap breaks a cleaned line into at most max lines of the given width; what is
// left over ends in an ellipsis.
func wrap(s string, size, width float64, max int) []string {
	var lines []string
	line := ""
	words := strings.Fields(s)
	for i, w := range words {
		longer := w
		if line != "" {
			longer = line + " " + w
		}
		if line == "" || textWidth(longer, size) <= width {
			line = longer
			continue
		}
		if len(lines) == max-1 {
			line = fit(strings.Join(append([]string{line}, words[i:]...), " "), size, width)
			break
		}
		lines = append(lines, fit(line, size, width))
		line = w
	}
	if line != "" {
		lines = append(lines, fit(line, size, width))
	}
	return lines
}

// drawable is s for a PNG, whose one font lacks arrows, Arabic, Chinese, emoji
// and more: each run of what it lacks becomes an ellipsis. SVGs keep the text.
func drawable(s string) string {
	f, err := font()
	if err != nil {
		return ""
	}
	var b strings.Builder
	gap := false
	for _, r := range s {
		if f.Index(r) != 0 {
			b.WriteRune(r)
			gap = false
			continue
		}
		if !gap && !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			b.WriteRune('…')
			gap = true
		}
	}
	return b.String()
}
