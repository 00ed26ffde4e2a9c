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
	colon               // "• Alice:", which is all that some locales write
	bare                // a marker and a short line; only what follows can tell
	item                // a marker and text; only the list it is in can tell
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
	by          bool // the line says "by Alice"
	inline      bool // the text starts on the line of the marker
	loose       bool // the date stands before the name, or right behind it, and no word between
	kind        thread.Kind
	pending     bool
	reply       bool // a reply link stands in the header
}

// strong tells that hardly anything but a comment starts like this.
func (h *header) strong() bool {
	switch h.style {
	case says:
		return h.marked || h.date != ""
	case ping:
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
	m, rest, marked := cutItem(lines[i])
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
			if _, r, another := cutItem(lines[k]); another {
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
		if k == i && marked && isReply(c) && !isDeeper(lines, i, m) {
			return h, false // a link at the end of what stands above
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

// isDeeper tells that the next text below line i stands right of a marker.
func isDeeper(lines []string, i int, m marker) bool {
	for k := i + 1; k < len(lines) && k <= i+lookahead; k++ {
		if col, rest := plainIndent(lines[k]); rest != "" {
			return col > m.start
		}
	}
	return false
}

// cutItem is cutMarker, but for dates that start like a list item: "29. Mai
// 2019".
func cutItem(l string) (m marker, rest string, ok bool) {
	m, rest, ok = cutMarker(l)
	if ok && m.num > 0 && m.num <= 31 && rest != "" && len(rest) < 100 {
		_, whole := indent(l)
		if _, _, _, date := isDate(clean(whole)); date {
			return m, rest, false
		}
	}
	return m, rest, ok
}

type verdict uint8

const (
	isNothing verdict = iota
	isSkipped         // a picture, a number, a control: look on
	isHead            // the name is known
)

// start reads a line of a header whose name is not known yet.
func (h *header) start(c string, lines []string, k int) verdict {
	if c == "" || h.marked && (isNumber(c) || isControl(c) || isPicture(c)) {
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
		if b, ok := nameAndDate(name, false); ok && !b.loose {
			h.name, h.date, h.fine = b.name, b.date, b.fine
		}
		h.name = trimBadge(trimAddress(h.name))
		// The verb has shown that this is a name, if of digits only.
		if utf8.RuneCountInString(h.name) <= 100 {
			return isHead
		}
		return isNothing
	}
	if date, fine, reply, ok := isDate(c); ok {
		if h.date != "" {
			return isNothing
		}
		h.date, h.fine = date, fine
		h.reply = h.reply || reply
		next, near := h.next(lines, k)
		by, isBy := cutBy(next)
		h.loose = !h.marked && !isBy
		if isBy && isName(by) || isName(next) && (h.marked || near && fine && !hasDate(next)) {
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
	if b, ok := nameAndDate(c, h.marked); ok {
		h.style, h.name, h.date, h.fine, h.by, h.loose = dated, b.name, b.date, b.fine, b.by, b.loose
		h.reply = h.reply || b.reply
		return isHead
	}
	if locale.IsEnd(c) {
		return isNothing
	}
	if h.marked {
		if name, ok := locale.TrimReply(c); ok && isName(name) {
			h.style, h.name, h.reply = linked, name, true
			return isHead
		}
	}
	next, near := h.next(lines, k)
	_, _, _, nextIsDate := isDate(next)
	if h.marked {
		if name, ok := locale.SaysBare(c); ok && isName(name) {
			h.style, h.name = colon, name
			if nextIsDate {
				h.style = says
			}
			return isHead
		}
	}
	if isName(c) && nextIsDate && near {
		h.style, h.name = dated, trimBadge(c)
		return isHead
	}
	if isName(c) && h.marked {
		h.style, h.name = bare, trimBadge(c)
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
		if c = clean(rest); locale.IsNoise(c) && h.marked {
			continue // "Author"
		}
		return c, n <= k+2
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
	case h.name == c+" "+c: // the text in place of a picture came first
		h.name = c
	case h.date == "":
		date, fine, reply, ok := isDate(c)
		if !ok {
			return false
		}
		h.date, h.fine = date, fine
		h.reply = h.reply || reply
	default:
		return false
	}
	h.body = k + 1
	return true
}

// isControl tells that c is a link or button and no part of what anybody wrote.
func isControl(c string) bool { return locale.IsNoise(c) || isReply(c) }

// isReply tells that c is a reply link, alone or behind buttons for votes and
// their numbers, as in "Vote Up0Vote Down  Reply".
func isReply(c string) bool {
	if locale.IsReply(c) {
		return true
	}
	if len(c) > 80 || strings.IndexFunc(c, unicode.IsDigit) < 0 {
		return false
	}
	rest, ok := locale.TrimReply(c)
	if !ok {
		return false
	}
	for _, part := range strings.FieldsFunc(rest, func(r rune) bool { return unicode.IsDigit(r) || r == '+' || r == '-' }) {
		if strings.TrimSpace(part) != "" && !locale.IsNoise(part) {
			return false
		}
	}
	return true
}

// isNumber tells that c is a bare number: of votes, or the comment's own.
func isNumber(c string) bool {
	return len(c) <= 6 && strings.Trim(c, "0123456789+-#") == ""
}

// isPicture tells that c is what stands for pictures, and at most a number before
// them: "[alice@example.org][alice@example.org]", "3 [5f2a90]".
func isPicture(c string) bool {
	c = strings.TrimLeft(c, "0123456789. ")
	pictures := 0
	for ; strings.HasPrefix(c, "["); pictures++ {
		n := strings.IndexByte(c, ']')
		if n < 0 {
			return false
		}
		c = strings.TrimLeft(c[n+1:], " ")
	}
	return pictures > 0 && c == ""
}

// trimAddress drops the alternative text of an avatar, an e-mail address, from
// before a name.
func trimAddress(name string) string {
	words := strings.Fields(name)
	for len(words) > 1 && strings.Contains(words[0], "@") && strings.Contains(words[0], ".") {
		words = words[1:]
	}
	return strings.Join(words, " ")
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
	if strings.ContainsRune(",;，；", last) || strings.ContainsRune(".?!:…。？！：", last) && strings.Count(c, " ") > 1 {
		return false // "Dear Alice,"
	}
	if i := strings.LastIndexFunc(c, unicode.IsSpace); i >= 0 && last == '.' && utf8.RuneCountInString(c[i:]) > len(" Esq.") {
		return false // "Thank you."
	}
	if i := strings.LastIndexFunc(c, unicode.IsSpace); i >= 0 && openWords[strings.ToLower(c[i+1:])] {
		return false // "Fragen und Antworten" without its last word
	}
	if _, _, heading := locale.CountHeading(c); heading || locale.IsEnd(c) {
		return false
	}
	return strings.IndexFunc(c, unicode.IsLetter) >= 0 || strings.IndexFunc(c, unicode.IsDigit) >= 0 || strings.IndexFunc(c, unicode.IsSymbol) >= 0
}

// isDate tells that c is a date with, at most, links after it ("18.10.2019,
// 16:18 Reply #"), and gives the date. fine tells that it has a time of day, reply
// that one of the links was for replying.
func isDate(c string) (date string, fine, reply, ok bool) {
	if len(c) > 120 || !mayBeDate(c) {
		return "", false, false, false
	}
	c, reply = trimControls(unscore(c))
	m, ok := dates.Parse(c, dates.Options{})
	if !ok || !isDay(m) {
		return "", false, false, false
	}
	return c, isFine(m), reply, true
}

// mayBeDate is a cheap test before the dear one.
func mayBeDate(c string) bool {
	return strings.IndexFunc(c, func(r rune) bool { return unicode.IsDigit(r) || unicode.Is(unicode.Han, r) }) >= 0 ||
		strings.Count(c, " ") < 4
}

// hasDate tells that there is a date in c.
func hasDate(c string) bool {
	if strings.IndexFunc(c, unicode.IsDigit) < 0 {
		return false
	}
	m, ok := dates.Find(c, dates.Options{})
	return ok && isDay(m)
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

// trimControls cuts links from the end of a line, and tells whether one of them
// was for replying.
func trimControls(c string) (rest string, reply bool) {
	for range 4 {
		rest, ok := locale.TrimReply(c)
		reply = reply || ok
		if !ok {
			rest = c
			if i := strings.LastIndexFunc(c, unicode.IsSpace); i > 0 && locale.IsNoise(c[i:]) {
				rest = c[:i]
				reply = reply || locale.IsQuote(c[i:])
			}
		}
		rest = strings.TrimRight(rest, " \u00A0|·•#-–—»([")
		if rest == c {
			break
		}
		c = rest
	}
	return c, reply
}

// byline is a name and a date on one line.
type byline struct {
	name, date string
	fine       bool // the date has a time of day
	reply      bool // a reply link follows
	by         bool // the line says "by Alice"
	loose      bool // the date stands before the name, or right behind it
}

// nameAndDate splits "Alice on January 3, 2014 at 5:12 pm", "Alice | 3.1.2014
// 17:12", "Le 3 janvier 2014 par Alice". In a list item the date may also come
// first without "by".
func nameAndDate(c string, item bool) (b byline, ok bool) {
	if len(c) > 160 && !item || strings.IndexFunc(c, unicode.IsDigit) < 0 {
		return b, false
	}
	c, b.reply = trimControls(unscore(c))
	m, ok := dates.Find(c, dates.Options{})
	if !ok || !isDay(m) {
		if b.name, b.date, b.fine, ok = unglue(c); ok {
			b.name = trimBadge(b.name)
			b.loose = !item
			return b, isName(b.name) && (item || b.fine)
		}
		return b, false
	}
	before, after := trimGlue(c[:m.Start]), strings.TrimFunc(c[m.End:], isSeparator)
	b.date, b.fine = c[m.Start:m.End], isFine(m)
	switch {
	case before == "":
		b.name, b.by = cutBy(after)
		if b.loose = !b.by && !item; b.loose && !b.fine {
			return b, false
		}
	case strings.Trim(after, "0123456789:.hH@/ ") == "" && !strings.HasSuffix(before, ":"):
		b.name, b.by = cutBy(before)
	default:
		// A subject may come first: "Re: Moss On 3 May 2014 at 12:00, by Alice".
		if b.name, b.by = cutBy(after); !b.by || !b.fine || !item {
			return b, false
		}
	}
	b.name = trimBadge(b.name)
	// Titles of pages that link here are longer than names.
	return b, isName(b.name) || item && b.fine && b.reply
}

// signature reads what themes put below a text in place of a header: "Alice ·
// January 3, 2014", "Posted by: Alice".
func signature(c string) (b byline, ok bool) {
	if b, ok = nameAndDate(c, false); ok && !b.loose {
		return b, strings.Count(b.name, " ") < 5
	}
	low := strings.ToLower(c)
	for _, w := range signWords {
		if strings.HasPrefix(low, w) {
			b.name, _ = cutBy(c)
			return b, isName(b.name)
		}
	}
	return b, false
}

// signWords are those byWords that start no sentence.
var signWords = []string{"posted by", "comment by", "posté par", "commentaire par", "geschrieben von", "kommentar von", "publicado por", "geplaatst door"}

// badges mark the author of the article among those of comments.
var badges = []string{" autor", " author", " auteur", " post author", " beitragsautor", " autore", " (autor", " (author", " (auteur", " (non vérifié", " (not verified", " (nicht überprüft", " (no verificado", " (non verificato", " (niet gecontroleerd"}

func trimBadge(name string) string {
	// Blogger puts the time of day right behind the name.
	if n := len(name) - len("00:00"); n > 0 && name[n+2] == ':' && strings.Trim(name[n:], "0123456789:") == "" {
		name = strings.TrimRight(name[:n], " \u00A0")
	}
	if rest := strings.TrimLeft(name, "#0123456789"); name != "" && name[0] == '#' && rest != name[1:] {
		name = strings.TrimLeft(rest, " \u00A0.-–—") // "#3 - Alice"
	}
	if who, ok := locale.Says(name + ":"); ok && strings.Contains(name, " ") {
		name = who // some themes leave out the colon
	}
	low := strings.TrimSuffix(strings.ToLower(name), ")")
	for _, b := range badges {
		if n := len(low) - len(b); len(name)-len(low) <= 1 && strings.HasSuffix(low, b) {
			return strings.TrimRight(name[:n], " \u00A0")
		}
	}
	return name
}

// unglue splits a name from a date that stands right behind it, as pages of
// Blogger and of some themes come out where the two are elements of one line:
// "Dave BeazleyOctober 27, 2011 at 5:39 AM".
func unglue(c string) (name, date string, fine, ok bool) {
	tries := 0
	prev := ' '
	for i, r := range c {
		starts := unicode.IsUpper(r) && !unicode.IsUpper(prev) || unicode.IsDigit(r) && !unicode.IsDigit(prev)
		if i > 0 && starts && !unicode.IsSpace(prev) {
			if tries++; tries > 8 {
				break
			}
			if m, ok := dates.Parse(c[i:], dates.Options{}); ok && isDay(m) {
				return c[:i], c[i:], isFine(m), true
			}
		}
		prev = r
	}
	return "", "", false, false
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

// openWords are those after which something must follow.
var openWords = map[string]bool{
	"and": true, "or": true, "to": true, "the": true, "your": true, "a": true, "&": true, "–": true, "-": true, "et": true, "ou": true, "la": true, "une": true, "de": true, "und": true, "oder": true, "wir": true, "die": true, "y": true, "e": true, "en": true, "of": true, "och": true, "i": true, "или": true, "и": true, "comme": true, "für": true, "zu": true,
}

// dateGlue are the words between a name and a date.
var dateGlue = map[string]bool{
	"on": true, "at": true, "le": true, "sur": true, "auf": true, "su": true, "am": true, "vom": true, "el": true, "il": true, "em": true, "op": true, "den": true, "dnia": true, "dne": true, "u": true, "в": true, "от": true, "à": true,
}

// byWords lead from a date to a name, or from what was done to who did it.
var byWords = []string{
	"posted by: ", "posted by ", "comment by ", "comment from ", "commented by ", "written by ", "submitted by ", "by ", "par ", "posté par ", "publié par ", "écrit par ", "rédigé par ", "rédigé par : ", "soumis par ", "envoyé par ", "commentaire par ", "commentaire de ", "de ",
	"kommentar von ", "geschrieben von ", "verfasst von ", "eingereicht von ", "gespeichert von ", "von ", "por ", "publicado por ", "enviado por ", "da ", "di ", "scritto da ", "inviato da ", "door ", "geplaatst door ", "ingediend door ", "przez ", "od ", "av ", "af ", "от ", "автор: ",
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
