package text

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxHead is the length in bytes above which a line is body text and nothing
// else. It bounds the work per line.
const maxHead = 300

// split cuts s at line ends of all kinds: LF, CRLF, and CR alone.
func split(s string) []string {
	n := strings.Count(s, "\n") + 1
	if n == 1 {
		n = strings.Count(s, "\r") + 1
	}
	lines := make([]string, 0, n)
	for {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			return append(lines, s)
		}
		lines = append(lines, s[:i])
		if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			i++
		}
		s = s[i+1:]
	}
}

// tidy takes from a page what renderers add to its words: the numbers of links,
// and the fences and attributes of pandoc's Markdown. numbers tells on which line
// of the page each line stood, nil where all are left.
func tidy(lines []string) (tidied []string, numbers []int) {
	fences := 0
	for _, l := range lines {
		if strings.Contains(l, "::: ") {
			fences++
		}
	}
	if fences > 2 {
		for i, l := range lines {
			l, fence := unfence(l)
			if fence {
				continue
			}
			tidied, numbers = append(tidied, l), append(numbers, i)
		}
		lines = tidied
	}
	unnumber(lines)
	return lines, numbers
}

// unfence writes a line of pandoc's Markdown without fences ("::: {.reply}"),
// pictures, the addresses of links, and the attributes of links and headings.
// fence tells that nothing is left of it.
func unfence(l string) (bare string, fence bool) {
	if at := strings.Index(l, ":::"); at >= 0 {
		if head := l[:at]; strings.Trim(head, " 0123456789.-") == "" {
			head = strings.TrimRight(head, " ")
			return head, head == ""
		}
	}
	l = strings.TrimSuffix(l, "\\")
	var b strings.Builder
	for {
		open := strings.Index(l, "{")
		if open <= 0 || !strings.ContainsAny(l[open-1:open], ")] ") || open+1 < len(l) && !strings.ContainsAny(l[open+1:open+2], ".#") {
			break
		}
		end := strings.IndexByte(l[open:], '}')
		if end < 0 {
			break
		}
		text := l[:open]
		if start := strings.LastIndexByte(text, '['); start >= 0 && strings.HasSuffix(text, "]") {
			text = text[:start] + text[start+1:len(text)-1]
		}
		b.WriteString(text)
		l = l[open+end+1:]
	}
	b.WriteString(l)
	l = b.String()
	if strings.Contains(l, "](") {
		at := len(l) - len(strings.TrimLeft(l, " 0123456789.-"))
		l = l[:at] + unlink(unpicture(l[at:]))
	}
	return l, false
}

// unpicture drops the pictures of a line of Markdown.
func unpicture(l string) string {
	var b strings.Builder
	for {
		at := strings.Index(l, "![")
		if at < 0 {
			break
		}
		n := picture(l[at:])
		if n == 0 {
			break
		}
		b.WriteString(l[:at])
		l = strings.TrimLeft(l[at+n:], " ")
	}
	b.WriteString(l)
	return b.String()
}

// unnumber takes away the numbers that lynx and elinks write before links:
// "[12]Reply". Footnotes, which stand behind a word, stay.
func unnumber(lines []string) {
	next, links := 1, 0
	for _, l := range lines {
		next = eachNumber(l, next, func(_, end int) {
			if end < len(l) && l[end] != ' ' {
				links++
			}
		})
	}
	if links < 3 || 2*links < next-1 {
		return
	}
	next = 1
	for i, l := range lines {
		var b strings.Builder
		from := 0
		next = eachNumber(l, next, func(start, end int) {
			b.WriteString(l[from:start])
			from = end
		})
		if from > 0 {
			b.WriteString(l[from:])
			lines[i] = b.String()
		}
	}
}

// eachNumber calls f with the place of each "[n]" in l that counts on from next,
// and returns what comes after.
func eachNumber(l string, next int, f func(start, end int)) int {
	for at := 0; ; {
		open := strings.IndexByte(l[at:], '[')
		if open < 0 {
			return next
		}
		open += at
		number := "[" + strconv.Itoa(next) + "]"
		if strings.HasPrefix(l[open:], number) {
			f(open, open+len(number))
			next++
			at = open + len(number)
			continue
		}
		at = open + 1
	}
}

// indent is the number of columns of white space that s starts with, and what
// comes after it. A tab goes to the next multiple of eight.
func indent(s string) (cols int, rest string) {
	for cols < len(s) && s[cols] == ' ' {
		cols++
	}
	s = s[cols:]
	for i, r := range s {
		switch {
		case r == '\t':
			cols += 8 - cols%8
		case unicode.IsSpace(r):
			cols++
		case r == '\uFEFF' || r == '\u200B':
		default:
			return cols, s[i:]
		}
	}
	return cols, ""
}

// dedent takes up to cols columns of plain white space from the start of s.
// No-break spaces belong to the text.
func dedent(s string, cols int) string {
	at := 0
	for i := 0; i < len(s); i++ {
		switch {
		case at >= cols:
			return s[i:]
		case s[i] == ' ':
			at++
		case s[i] == '\t':
			at += 8 - at%8
		default:
			return s[i:]
		}
	}
	return ""
}

func blank(s string) bool {
	_, rest := indent(s)
	return rest == ""
}

// marker is the sign of a list item: a bullet or a number.
type marker struct {
	start, end int // columns: of its first character, and after its last
	num        int // -1 for a bullet
}

// cutMarker takes the list marker from the start of s. Renderers draw a bullet
// as one of many signs, by the depth of the list.
func cutMarker(s string) (m marker, rest string, ok bool) {
	col, s := indent(s)
	if s == "" {
		return m, s, false
	}
	size, width := 0, 0
	m.num = -1
	switch r, n := utf8.DecodeRuneInString(s); {
	case strings.ContainsRune("•*+o#@-◦○●▪■□☆★◇◆·‣–", r):
		size, width = n, 1
	case '0' <= r && r <= '9':
		for size < len(s) && size < 5 && '0' <= s[size] && s[size] <= '9' {
			m.num = max(m.num, 0)*10 + int(s[size]-'0')
			size++
		}
		if size == len(s) || size == 5 || s[size] != '.' && s[size] != ')' {
			return m, s, false
		}
		size++
		width = size
	default:
		return m, s, false
	}
	m.start, m.end = col, col+width
	_, rest = indent(s[size:])
	if len(rest) == len(s)-size && rest != "" {
		return m, s, false // "1.5 euros", "-5", "o'clock"
	}
	return m, rest, true
}

// clean makes what stands in a header line readable: images and avatars go,
// links and emphasis of Markdown leave their words.
func clean(s string) string {
	s = strings.TrimFunc(s, unicode.IsSpace)
	for s != "" {
		n := picture(s)
		if n == 0 {
			break
		}
		s = strings.TrimLeftFunc(s[n:], unicode.IsSpace)
	}
	if strings.ContainsAny(s, "[*_\\") {
		s = unlink(s)
		s = strings.NewReplacer("**", "", "__", "", `\.`, ".", `\-`, "-", `\_`, "_", `\#`, "#", `\*`, "*").Replace(s)
		for len(s) > 2 && (s[0] == '_' || s[0] == '*') && s[len(s)-1] == s[0] {
			s = s[1 : len(s)-1]
		}
	}
	s = strings.TrimFunc(s, unicode.IsSpace)
	if rest, ok := cutAvatar(s); ok {
		s = rest
	}
	return s
}

// picture is the length of what a renderer put in place of an image at the
// start of s: "[0]", "[]", "[b36.png]", "![alt](address)"; 0 where none is.
func picture(s string) int {
	if strings.HasPrefix(s, "![") || strings.HasPrefix(s, "[![") {
		text := strings.Index(s, "](")
		if text < 0 {
			return 0
		}
		n := strings.IndexByte(s[text:], ')')
		if n < 0 {
			return 0
		}
		n += text + 1
		// A linked image is followed by the end of its link.
		if s[0] == '[' && strings.HasPrefix(s[n:], "](") {
			if m := strings.IndexByte(s[n:], ')'); m >= 0 {
				n += m + 1
			}
		}
		return n
	}
	if strings.HasPrefix(s, "(BUTTON)") {
		return len("(BUTTON)")
	}
	if s[0] != '[' {
		return 0
	}
	n := strings.IndexByte(s, ']')
	if n < 0 || n > 80 || strings.HasPrefix(s[n:], "](") {
		return 0
	}
	in := strings.ToLower(s[1:n])
	for _, word := range []string{"avatar", "image", "img", "photo", "icon", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"} {
		if strings.Contains(in, word) {
			return n + 1
		}
	}
	// w3m writes the start or the end of the picture's file name.
	if strings.Trim(in, "0123456789abcdef") == "" || n <= 24 && strings.ContainsAny(in, "0123456789") && !strings.ContainsAny(in, " :/,") {
		return n + 1
	}
	return 0
}

// unlink writes the Markdown links of s as their words.
func unlink(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '[')
		if open < 0 {
			break
		}
		mid := strings.Index(s[open:], "](")
		if mid < 0 {
			break
		}
		mid += open
		end := strings.IndexByte(s[mid:], ')')
		if end < 0 {
			break
		}
		b.WriteString(s[:open])
		b.WriteString(s[open+1 : mid])
		s = s[mid+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// avatarWords are alternative texts of pictures of people, before a name.
var avatarWords = []string{"avatar for ", "avatar of ", "avatar von ", "avatar de ", "avatar ", "gravatar ", "profilbild von ", "photo de ", "image de ", "profile picture of "}

// cutAvatar takes the alternative text of a picture from the start of a header:
// "Avatar for Alice Alice says:".
func cutAvatar(s string) (string, bool) {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s, false
	}
	for _, w := range avatarWords {
		if !strings.HasPrefix(low, w) {
			continue
		}
		rest := strings.TrimLeftFunc(s[len(w):], unicode.IsSpace)
		words := strings.Fields(rest)
		for n := len(words) / 2; n > 0; n-- {
			if strings.Join(words[:n], " ") == strings.Join(words[n:2*n], " ") {
				return strings.Join(words[n:], " "), true
			}
		}
		return rest, rest != ""
	}
	return s, false
}
