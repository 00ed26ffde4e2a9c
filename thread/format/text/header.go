package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/locale"
)

// style tells by what sign a header was recognised.
type style uint8

const (
	says   style = iota // "Alice says:"
	linked              // "• Alice Reply"
	dated               // "Alice" and a date, on one line or on two
	ping                // "Pingback: Title"
	bare                // a marker and a short line; only what follows can tell
	footer              // "Posted by Alice | DATE" below the text
)

// header is the start of a comment as it stands on the page.
type header struct {
	first, body int // line on which the item starts, first line of its text
	end         int // line after its text, 0 while unknown
	marked      bool
	marker      marker // where not marked, start and end are the indent
	style       style
	name, date  string
	fine        bool // the date tells the time of day, or how long ago
	kind        thread.Kind
	pending     bool
	reply       bool // a reply link stands in the header
}

// strong tells that hardly anything but a comment starts like this.
func (h *header) strong() bool {
	switch h.style {
	case says:
		return h.marked || h.date != ""
	case linked, ping:
		return h.marked
	}
	return false
}

// lookahead bounds the lines that a header may take.
const lookahead = 8

// headerAt reads the header that starts at line i. Real pages put the marker,
// the avatar, the name and the date each on a line of its own, in many orders, so
// lines are taken one after the other, each for what it looks like, until one
// belongs to none.
func headerAt(lines []string, i int) (h header, ok bool) {
	h.first = i
	m, rest, marked := cutMarker(lines[i])
	h.marker, h.marked = m, marked
	if !marked {
		col, r := indent(lines[i])
		h.marker, rest = marker{start: col, end: col, num: -1}, r
	}
	if len(rest) > maxHead {
		return h, false
	}
	h.body = i + 1
	named, blanks := false, 0
	for k := i; k < len(lines) && k < i+lookahead; k++ {
		if k > i {
			if _, r, another := cutMarker(lines[k]); another {
				if !named && h.date == "" || !isControl(clean(r)) {
					break
				}
				rest = r
			} else {
				_, rest = indent(lines[k])
			}
		}
		if rest == "" {
			if k > i {
				blanks++
			}
			if blanks > 2 {
				break
			}
			continue
		}
		if len(rest) > maxHead {
			break
		}
		c := clean(rest)
		if named {
			if !h.more(c, k) {
				break
			}
			continue
		}
		switch h.start(c, lines, k) {
		case isHead:
			named = true
		case isSkipped:
			if !marked && h.date == "" {
				return h, false
			}
		case isNothing:
			return h, false
		}
		if h.style == ping || h.style == bare && named {
			break
		}
	}
	return h, named
}

type verdict uint8

const (
	isNothing verdict = iota
	isSkipped         // a picture, a number, a control: look on
	isHead            // the name is known
)

// start reads a line of a header whose name is not known yet.
func (h *header) start(c string, lines []string, k int) verdict {
	if c == "" || h.marked && (isNumber(c) || isControl(c)) {
		h.reply = h.reply || locale.IsReply(c)
		return isSkipped
	}
	h.body = k + 1
	if title, ok := locale.Pingback(c); ok {
		h.style, h.kind, h.name = ping, thread.Pingback, title
		return isHead
	}
	if title, ok := locale.Trackback(c); ok {
		h.style, h.kind, h.name = ping, thread.Trackback, title
		return isHead
	}
	if name, ok := locale.Says(c); ok {
		h.style, h.name = says, name
		if n, date, fine, ok := nameAndDate(name); ok {
			h.name, h.date, h.fine = n, date, fine
		}
		if isName(h.name) {
			return isHead
		}
		return isNothing
	}
	if date, fine, ok := isDate(c); ok {
		if h.date != "" {
			return isNothing
		}
		h.date, h.fine = date, fine
		h.reply = h.reply || endsInReply(c)
		next, _ := h.next(lines, k)
		by, isBy := cutBy(next)
		if h.marked && isName(next) || isBy && isName(by) {
			return isSkipped
		}
		return isNothing
	}
	if h.date != "" { // the date came first, so this is the name
		if by, ok := cutBy(c); ok {
			c = by
		}
		h.style, h.name = dated, c
		return isHead
	}
	if name, date, fine, ok := nameAndDate(c); ok {
		h.style, h.name, h.date, h.fine = dated, name, date, fine
		h.reply = endsInReply(c)
		return isHead
	}
	if h.marked {
		if name, ok := locale.TrimReply(c); ok && isName(name) {
			h.style, h.name, h.reply = linked, name, true
			return isHead
		}
	}
	next, near := h.next(lines, k)
	_, _, nextIsDate := isDate(next)
	if h.marked {
		if name, ok := locale.SaysBare(c); ok && isName(name) {
			h.style, h.name = bare, name
			if nextIsDate {
				h.style = says
			}
			return isHead
		}
	}
	if isName(c) && nextIsDate && near {
		h.style, h.name = dated, c
		return isHead
	}
	if isName(c) && h.marked {
		h.style, h.name = bare, c
		return isHead
	}
	return isNothing
}

// next is the content of the line after k that is not blank, and whether at most
// one blank line lies between.
func (h *header) next(lines []string, k int) (c string, near bool) {
	for n := k + 1; n < len(lines) && n < k+4; n++ {
		_, rest := indent(lines[n])
		if rest == "" {
			continue
		}
		if len(rest) > maxHead {
			return "", false
		}
		return clean(rest), n <= k+2
	}
	return "", false
}

// more reads a line after the one with the name. False means that it is text.
func (h *header) more(c string, k int) bool {
	switch {
	case locale.IsAwaiting(c):
		h.pending = true
	case c == "" || isControl(c):
		h.reply = h.reply || locale.IsReply(c)
	case h.date == "":
		date, fine, ok := isDate(c)
		if !ok {
			return false
		}
		h.date, h.fine = date, fine
		h.reply = h.reply || endsInReply(c)
	default:
		return false
	}
	h.body = k + 1
	return true
}

// isControl tells that c is a link or button and no part of what anybody wrote.
func isControl(c string) bool { return locale.IsReply(c) || locale.IsNoise(c) }

// isNumber tells that c is a bare number: of votes, or the comment's own.
func isNumber(c string) bool {
	return len(c) <= 6 && strings.Trim(c, "0123456789+-#") == ""
}

func endsInReply(c string) bool {
	_, ok := locale.TrimReply(c)
	return ok
}

// isName tells that c may be the name of a person or site.
func isName(c string) bool {
	if c == "" || len(c) > 120 || utf8.RuneCountInString(c) > 60 || strings.Count(c, " ") > 7 {
		return false
	}
	if strings.Contains(c, "://") || strings.ContainsAny(c, "|{}<>=") || isNumber(c) || isControl(c) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(c)
	if strings.ContainsRune(".?!:;,…。？！：；，", last) && strings.Count(c, " ") > 1 {
		return false
	}
	if _, _, heading := locale.CountHeading(c); heading || locale.IsEnd(c) {
		return false
	}
	return strings.IndexFunc(c, unicode.IsLetter) >= 0 || strings.IndexFunc(c, unicode.IsDigit) >= 0 || strings.IndexFunc(c, unicode.IsSymbol) >= 0
}

// isDate tells that c is a date with, at most, links after it ("18.10.2019,
// 16:18 Reply #"), and gives the date. fine tells that it has a time of day.
func isDate(c string) (date string, fine, ok bool) {
	if len(c) > 120 || !mayBeDate(c) {
		return "", false, false
	}
	c = trimControls(unscore(c))
	m, ok := dates.Parse(c, dates.Options{})
	if !ok || !isDay(m) {
		return "", false, false
	}
	return c, isFine(m), true
}

// mayBeDate is a cheap test before the dear one.
func mayBeDate(c string) bool {
	return strings.IndexFunc(c, func(r rune) bool { return unicode.IsDigit(r) || unicode.Is(unicode.Han, r) }) >= 0 ||
		strings.Count(c, " ") < 4
}

func isDay(m dates.Match) bool  { return m.Relative || m.Stamp.Precision() >= thread.Day }
func isFine(m dates.Match) bool { return m.Relative || m.Stamp.Timed() }

// unscore undoes what html2text does to the words of links.
func unscore(c string) string {
	if strings.Contains(c, "_") {
		return strings.ReplaceAll(c, "_", " ")
	}
	return c
}

// trimControls cuts links from the end of a line.
func trimControls(c string) string {
	for range 4 {
		rest, ok := locale.TrimReply(c)
		if !ok {
			rest = c
			if i := strings.LastIndexFunc(c, unicode.IsSpace); i > 0 && locale.IsNoise(c[i:]) {
				rest = strings.TrimRightFunc(c[:i], unicode.IsSpace)
			}
		}
		rest = strings.TrimRight(rest, " |·•#-–—»([")
		if rest == c {
			break
		}
		c = rest
	}
	return c
}

// nameAndDate splits "Alice on January 3, 2014 at 5:12 pm", "Alice | 3.1.2014
// 17:12", "Le 3 janvier 2014 par Alice".
func nameAndDate(c string) (name, date string, fine, ok bool) {
	if len(c) > 160 || strings.IndexFunc(c, unicode.IsDigit) < 0 {
		return "", "", false, false
	}
	c = unscore(trimControls(c))
	m, ok := dates.Find(c, dates.Options{})
	if !ok || !isDay(m) {
		return "", "", false, false
	}
	before, after := trimGlue(c[:m.Start]), strings.TrimFunc(c[m.End:], isSeparator)
	date, fine = c[m.Start:m.End], isFine(m)
	switch {
	case before == "":
		if name, ok = cutBy(after); !ok {
			return "", "", false, false
		}
	case strings.Trim(after, "0123456789:.hH@/ ") == "" && !strings.HasSuffix(before, ":") && before != "":
		if name, ok = cutBy(before); !ok {
			name = before
		}
	default:
		return "", "", false, false
	}
	return name, date, fine, isName(name)
}

func isSeparator(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("|,;:·•-–—()[]@/»«", r)
}

// trimGlue cuts the words and signs that lead from a name to a date.
func trimGlue(s string) string {
	s = strings.TrimFunc(s, isLead)
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 && dateGlue[strings.ToLower(s[i+1:])] {
		s = s[:i]
	} else if dateGlue[strings.ToLower(s)] {
		s = ""
	}
	return strings.TrimFunc(s, isLead)
}

func isLead(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("|,;·•-–—([@/»«", r)
}

// dateGlue are the words between a name and a date.
var dateGlue = map[string]bool{
	"on": true, "at": true, "le": true, "am": true, "vom": true, "el": true, "il": true, "em": true, "op": true, "den": true, "dnia": true, "dne": true, "u": true, "в": true, "от": true, "à": true, "autor": true,
}

// byWords lead from a date to a name, or from what was done to who did it.
var byWords = []string{
	"posted by: ", "posted by ", "comment by ", "comment from ", "commented by ", "written by ", "submitted by ", "by ", "par ", "posté par ", "publié par ", "écrit par ", "rédigé par ", "commentaire par ", "commentaire de ", "de ",
	"kommentar von ", "geschrieben von ", "verfasst von ", "von ", "por ", "publicado por ", "da ", "di ", "scritto da ", "door ", "geplaatst door ", "przez ", "od ", "av ", "af ", "от ", "автор: ",
}

// cutBy takes "by" or its like from the start of s.
func cutBy(s string) (name string, ok bool) {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s, false
	}
	longest := ""
	for _, w := range byWords {
		if len(w) > len(longest) && strings.HasPrefix(low, w) {
			longest = w
		}
	}
	if longest == "" {
		return s, false
	}
	return strings.TrimFunc(s[len(longest):], isSeparator), true
}
