package text

import (
	"strings"
	"unicode/utf8"

	"threadheat/thread/internal/locale"
)

// titleAndArticle reads what stands above the comments. The title is the first
// line, where that is short, stands alone and ends like a heading; said twice,
// it is kept once. The article is the rest.
func titleAndArticle(lines []string) (title, article string) {
	from, to := skipBlank(lines, 0), len(lines)
	for to > from {
		_, rest := indent(lines[to-1])
		_, _, heading := locale.CountHeading(clean(rest))
		if rest != "" && !heading {
			break
		}
		to--
	}
	if from < to {
		if t, ok := asTitle(lines, from); ok {
			title = t
			from = skipBlank(lines, from+1)
			if from < to {
				if again, _ := headingText(lines[from]); again == title {
					from = skipBlank(lines, from+1)
				}
			}
		}
	}
	if from >= to {
		return title, ""
	}
	lo := -1
	for _, l := range lines[from:to] {
		if col, rest := plainIndent(l); rest != "" && (lo < 0 || col < lo) {
			lo = col
		}
	}
	var b strings.Builder
	for i, l := range lines[from:to] {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(strings.TrimRight(dedent(l, lo), " \t"))
	}
	return title, strings.Trim(b.String(), "\n")
}

func skipBlank(lines []string, i int) int {
	for i < len(lines) && blank(lines[i]) {
		i++
	}
	return i
}

// headingText is a line without the signs of a heading: "# Title", "**** Title
// ****". signed tells that it had them.
func headingText(l string) (text string, signed bool) {
	_, s := indent(l)
	if len(s) > maxHead {
		return "", false
	}
	text = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(s, "#*= "), "#*= "))
	return clean(text), strings.HasPrefix(s, "# ") || strings.HasPrefix(s, "***")
}

func asTitle(lines []string, i int) (string, bool) {
	t, signed := headingText(lines[i])
	if t == "" || utf8.RuneCountInString(t) > 150 {
		return "", false
	}
	if signed {
		return t, true
	}
	alone := i+1 >= len(lines) || blank(lines[i+1])
	last, _ := utf8.DecodeLastRuneInString(t)
	if !alone || strings.ContainsRune(".:;,…。：；，*", last) {
		return "", false
	}
	if _, _, marked := cutMarker(lines[i]); marked {
		return "", false
	}
	return t, true
}
