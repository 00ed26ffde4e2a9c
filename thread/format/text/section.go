package text

import (
	"slices"
	"strings"
	"unicode"

	"threadheat/thread/internal/locale"
)

// sign tells what a line means for the page as a whole.
type sign uint8

const (
	signHeader  sign = iota
	signHeading      // "8 commentaires"
	signEnd          // the form below the comments, "Comments are closed"
	signPager        // "Older comments"
	signReply        // a line that is only a reply link
)

// event is a line that means something, in the order of the page.
type event struct {
	sign  sign
	line  int
	count int  // of a heading
	known bool // it tells a number
	item  bool // it has a list marker, like links in menus
	head  header
	// of a header
	context context
	reply   bool // a reply link follows before the next header
	foot    bool // its block ends with a date
	keep    bool
}

// firm tells that a header shows more than a list item does.
func (s style) firm() bool { return s == says || s == linked || s == dated }

// context is what the nearest earlier sign says about the place of a header.
type context uint8

const (
	nowhere context = iota
	hinted          // below a heading that may be a link or a tab: without a number, or in a list
	below           // below the heading of a comment list
	beyond          // below the form that follows a comment list
)

// scan reads the signs of a page in one pass.
func scan(lines []string) []event {
	var events []event
	for i := 0; i < len(lines); i++ {
		_, rest := indent(lines[i])
		if rest == "" {
			continue
		}
		m, words, marked := cutItem(lines[i])
		if len(rest) <= maxHead {
			if h, ok := headerAt(lines, i); ok {
				events = append(events, event{sign: signHeader, line: i, head: h})
				i = h.body - 1
				continue
			}
			c := clean(rest)
			if marked {
				c = clean(words)
			}
			if n, known, ok := locale.CountHeading(c); ok {
				events = append(events, event{sign: signHeading, line: i, count: n, known: known, item: marked})
				continue
			}
			sign := signHeader
			switch {
			case isReply(c):
				sign = signReply
			case locale.IsPager(c):
				sign = signPager
			case locale.IsEnd(c):
				sign = signEnd
			}
			if sign != signHeader {
				events = append(events, event{sign: sign, line: i})
				continue
			}
		}
		if c := clean(words); marked && (len(c) > maxHead || !isControl(c) && !isNumber(c) && !isDateLine(c)) {
			events = append(events, event{sign: signHeader, line: i, head: header{first: i, body: i, marked: true, marker: m, style: item, inline: true}})
		}
	}
	return events
}

// section is what was found of the comment section of a page.
type section struct {
	heads   []header // accepted, in order, with their ends
	heading int      // line of the heading that the comments stand under, -1
	count   int      // what it declares
	known   bool
	pager   bool // other comments stand on other pages
	started int  // first line that is not article
	scored  bool // links are drawn with underscores for spaces
}

// gate decides which headers start comments. A line that looks like one proves
// nothing alone: footnotes, quotations, teasers and archive lists look the same.
// There must be a count heading, a reply link or a form on the page, and headers
// made only of a name and a date must stand below the heading or have a reply
// link of their own.
func gate(lines []string, events []event) section {
	survey(lines, events)
	evidence := false
	for _, e := range events {
		evidence = evidence || e.sign != signHeader && e.sign != signPager || e.head.reply
	}
	if evidence {
		choose(lines, events)
		readLists(lines, events)
		events = readParts(lines, events)
	}
	return collect(lines, events)
}

// readParts finds comments that are nothing but a name, a text and a reply link:
// below a heading that counts as many links as there are, with a name behind each
// but the last. It looks where no header was kept.
func readParts(lines []string, events []event) []event {
	heading := -1
	var links []int
	for i, e := range events {
		switch {
		case e.keep:
			return events
		case e.sign == signHeading && e.known && !e.item && e.count > 1 && heading < 0:
			heading = i
		case e.sign == signReply && heading >= 0:
			links = append(links, i)
		case e.closes() && len(links) > 0:
			return parts(lines, events, heading, links)
		}
	}
	return events
}

func parts(lines []string, events []event, heading int, links []int) []event {
	if len(links) != events[heading].count {
		return events
	}
	var found []event
	from := events[heading].line + 1
	for _, i := range links {
		k := skipBlank(lines, from)
		to := events[i].line
		text := skipBlank(lines, k+1)
		if text >= to {
			return events
		}
		col, rest := indent(lines[k])
		name := clean(rest)
		if len(rest) > maxHead || !isName(name) {
			return events
		}
		found = append(found, event{sign: signHeader, line: k, keep: true, head: header{
			first: k, body: k + 1, name: name, style: bare, marker: marker{start: col, end: col, num: -1},
		}})
		from = to + 1
	}
	// What was taken for headers inside is text.
	rest := events[:0:0]
	for _, e := range events {
		if e.sign != signHeader {
			rest = append(rest, e)
		}
	}
	all := append(rest, found...)
	slices.SortStableFunc(all, func(a, b event) int { return a.line - b.line })
	return all
}

// survey fills in what headers are surrounded by.
func survey(lines []string, events []event) {
	place, since := nowhere, 0
	tab, top := -1, -1   // the latest heading that may be a link, the latest that is none
	last, firm := -1, -1 // the latest header, the latest that is more than a list item
	for i := range events {
		e := &events[i]
		switch e.sign {
		case signHeader:
			if e.head.style != item && place == hinted && since == 0 && !isRow(lines, &e.head) && tab >= 0 && isNear(lines, tab, e.line) {
				place = below
			}
			if e.head.style != item && place == below && since == 0 && top >= 0 && !isWithin(lines, top, e.line, farBelow) {
				place = hinted
			}
			e.context = place
			last = i
			if e.head.style != item {
				since++
			}
			if e.head.style.firm() && !e.head.loose {
				firm = i
			}
		case signHeading:
			switch {
			case e.known && e.count == 0:
				place = beyond
			case e.known && !e.item:
				place = below
			default:
				place = hinted
			}
			if tab, top = -1, -1; !e.item {
				tab = e.line
			}
			if place == below {
				top = e.line
			}
			since, last, firm = 0, -1, -1
		case signEnd:
			// A form between the heading and the first comment ends nothing.
			if (place == below || place == hinted) && since > 0 {
				place = beyond
			}
			last, firm = -1, -1
		case signReply:
			// The link may stand below a list inside the text.
			for _, k := range [...]int{last, firm} {
				if k >= 0 {
					events[k].reply = true
				}
			}
		}
	}
	until, beforeItem := len(lines), len(lines)
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		if e.sign == signHeader && e.head.date == "" {
			e.foot = hasFoot(lines, &e.head, until) || beforeItem != until && hasFoot(lines, &e.head, beforeItem)
		}
		if e.sign != signHeader || e.head.style != item {
			beforeItem = e.line
		}
		until = e.line
	}
}

// isRow tells that a number stands below a header, as in the table of a forum.
func isRow(lines []string, h *header) bool {
	k := skipBlank(lines, h.body)
	if k == len(lines) {
		return false
	}
	_, rest := indent(lines[k])
	return len(rest) <= maxHead && isNumber(clean(rest))
}

// isNear tells that not more than three lines of text stand between two lines.
func isNear(lines []string, from, to int) bool { return isWithin(lines, from, to, 3) }

// farBelow is the number of lines of text after which a comment does not stand
// right below a heading any more: a form, and rules for comments, may come between.
const farBelow = 40

// isWithin tells that not more than some lines of text stand between two lines.
func isWithin(lines []string, from, to, most int) bool {
	texts := 0
	for k := from + 1; k < to; k++ {
		if !blank(lines[k]) {
			texts++
		}
		if texts > most || k > from+lookahead*(most+1) {
			return false
		}
	}
	return true
}

// hasFoot tells that the text of a header, up to a line, ends with a date, links
// aside, or, where no name is known, with a name and a date.
func hasFoot(lines []string, h *header, until int) bool {
	for k, looked := until-1, 0; k >= h.body && looked < lookahead; k, looked = k-1, looked+1 {
		_, rest := indent(lines[k])
		if rest == "" {
			continue
		}
		if len(rest) > maxHead {
			return false
		}
		c := clean(rest)
		if m, words, ok := cutItem(lines[k]); ok && m.num < 0 {
			c = clean(words)
		}
		if c == "" || isControl(c) || isNumber(c) {
			continue
		}
		if k == h.body {
			return false
		}
		if isDateLine(c) {
			return true
		}
		_, ok := signature(c)
		return ok && h.style == item
	}
	return false
}

// collect lists the headers that are kept, with the ends of their texts, and
// what else the section says.
func collect(lines []string, events []event) section {
	s := section{heading: -1, started: len(lines)}
	bareHeading, open := -1, false
	for i := range events {
		e := &events[i]
		if n := len(s.heads); n > 0 && open && (e.keep || e.closes()) {
			h := &s.heads[n-1]
			if h.end == 0 || h.end > e.line {
				h.end = e.line
			}
			open = false
		}
		switch e.sign {
		case signHeader:
			if e.keep {
				s.heads, open = append(s.heads, e.head), true
			}
		case signHeading:
			if len(s.heads) > 0 {
				break
			}
			if e.known {
				s.heading, s.count, s.known = e.line, e.count, true
			} else {
				bareHeading = e.line
			}
		case signPager:
			s.pager = true
		}
	}
	if n := len(s.heads); n > 0 && s.heads[n-1].end == 0 {
		s.heads[n-1].end = len(lines)
	}
	switch {
	case s.heading >= 0:
		s.started = s.heading
	case bareHeading >= 0 && len(s.heads) > 0:
		s.started = bareHeading
	case len(s.heads) > 0:
		s.started = s.heads[0].first
	default:
		for _, e := range events {
			if e.sign == signEnd {
				s.started = e.line
				break
			}
		}
	}
	if len(s.heads) > 0 {
		s.started = min(s.started, s.heads[0].first)
	}
	s.turn(lines)
	s.shift(lines, events)
	s.scored = hasStarHeadings(lines)
	return s
}

// hasStarHeadings tells that html2text drew the page: its headings stand
// between stars, and the words of its links are joined by underscores.
func hasStarHeadings(lines []string) bool {
	for _, l := range lines {
		if len(l) > maxHead || !strings.HasPrefix(l, "***") || !strings.HasSuffix(l, " ***") && !strings.HasSuffix(l, "****") {
			continue
		}
		if words := strings.Trim(l, "*"); len(words) > 2 && words[0] == ' ' && words[len(words)-1] == ' ' {
			return true
		}
	}
	return false
}

// turn puts right what was read upside down: where "Posted by Alice" stands
// below the text, each such line was taken for the header of the next comment.
func (s *section) turn(lines []string) {
	if len(s.heads) == 0 || s.heading < 0 && s.started == s.heads[0].first {
		return
	}
	marked := 0
	for _, h := range s.heads {
		if !h.by {
			return
		}
		if h.marked && hasText(lines, &h) {
			marked++
		}
	}
	last := s.heads[len(s.heads)-1]
	if marked == len(s.heads) || anyText(lines[last.body:last.end]) || !anyText(lines[s.started+1:s.heads[0].first]) {
		return
	}
	from := s.started + 1
	for i := range s.heads {
		h := &s.heads[i]
		foot := h.first
		next := h.body
		for from < foot && blank(lines[from]) {
			from++
		}
		h.first, h.body, h.end = from, from, foot
		if h.first == foot {
			h.first = max(0, foot-1)
			h.body = foot
		}
		h.marker, _, h.marked = cutItem(lines[h.first])
		if !h.marked {
			col, _ := indent(lines[h.first])
			h.marker = marker{start: col, end: col, num: -1}
		}
		h.inline = h.marked
		from = next
	}
}

// anyText tells that lines hold more than links and what belongs to a form.
func anyText(lines []string) bool {
	for _, l := range lines {
		_, rest := indent(l)
		c := clean(rest)
		if len(rest) > maxHead || c != "" && !isControl(c) && !locale.IsEnd(c) && !locale.IsPager(c) {
			return true
		}
	}
	return false
}

// shift puts right what was read one off: where a date stands below the text of
// each comment, right above the name of the next one, it was taken for that one's.
// The last comment tells, which ends with a date too.
func (s *section) shift(lines []string, events []event) {
	n := len(s.heads)
	if n == 0 {
		return
	}
	for _, h := range s.heads {
		if !h.loose {
			return
		}
	}
	last := &s.heads[n-1]
	foot, trails := last.end, false
	for k := last.body; k < last.end && !trails; k++ {
		if _, rest := indent(lines[k]); len(rest) <= maxHead && isReply(clean(rest)) && k+1 < last.end {
			_, next := indent(lines[k+1])
			foot, trails = k+2, len(next) <= maxHead && isDateLine(clean(next))
		}
	}
	if !trails {
		return
	}
	last.end = foot
	// The first comment has a name with no date above it, below all else.
	top := header{date: s.heads[0].date, end: s.heads[0].first, style: dated, loose: true}
	from := s.started
	for _, e := range events {
		if e.line >= s.heads[0].first {
			break
		}
		if e.sign != signHeader && e.sign != signReply {
			from = e.line + 1
		}
	}
	for k := from; k+1 < top.end; k++ {
		_, rest := indent(lines[k])
		if c := clean(rest); len(rest) <= maxHead && isName(c) && !unicode.IsDigit(rune(c[0])) && blank(lines[k+1]) {
			col, _ := indent(lines[k])
			top.first, top.body, top.name, top.marker = k, k+1, c, marker{start: col, end: col, num: -1}
			break
		}
	}
	for i := range s.heads {
		h := &s.heads[i]
		h.date = ""
		if i+1 < n {
			h.date = s.heads[i+1].date
		}
	}
	if top.name != "" {
		s.heads = slices.Insert(s.heads, 0, top)
	}
}

// closes tells that the text of a comment does not go beyond the line.
func (e *event) closes() bool {
	return e.sign == signEnd || e.sign == signPager || e.sign == signHeading && e.known && e.count > 1
}
