package text

import "threadheat/thread/internal/locale"

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
	known bool // the heading tells a number
	head  header
	// of a header
	context context
	reply   bool // a reply link follows before the next header
	foot    bool // its block ends with a date
	keep    bool
}

// context is what the nearest earlier sign says about the place of a header.
type context uint8

const (
	nowhere context = iota
	below           // below the heading of a comment list
	beyond          // below the form that follows a comment list
)

// scan reads the signs of a page in one pass.
func scan(lines []string) []event {
	var events []event
	for i := 0; i < len(lines); i++ {
		_, rest := indent(lines[i])
		if rest == "" || len(rest) > maxHead {
			continue
		}
		if h, ok := headerAt(lines, i); ok {
			events = append(events, event{sign: signHeader, line: i, head: h})
			i = h.body - 1
			continue
		}
		c := clean(rest)
		_, item, marked := cutMarker(lines[i])
		if marked {
			c = clean(item)
		}
		if n, known, ok := locale.CountHeading(c); ok {
			events = append(events, event{sign: signHeading, line: i, count: n, known: known})
		} else if locale.IsReply(c) {
			events = append(events, event{sign: signReply, line: i})
		} else if locale.IsPager(c) {
			events = append(events, event{sign: signPager, line: i})
		} else if locale.IsEnd(c) {
			events = append(events, event{sign: signEnd, line: i})
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
		choose(events)
	}
	return collect(lines, events)
}

// survey fills in what headers are surrounded by.
func survey(lines []string, events []event) {
	place, since := nowhere, 0
	last, firm := -1, -1 // the latest header, the latest that is more than a list item
	for i := range events {
		e := &events[i]
		switch e.sign {
		case signHeader:
			e.context = place
			since++
			last = i
			if e.head.style != bare {
				firm = i
			}
		case signHeading:
			if e.known && e.count == 0 {
				place = beyond
			} else {
				place = below
			}
			since, last, firm = 0, -1, -1
		case signEnd:
			// A form between the heading and the first comment ends nothing.
			if place == below && since > 0 {
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
	for i := range events {
		e := &events[i]
		if e.sign != signHeader || e.head.date != "" {
			continue
		}
		until := len(lines)
		if i+1 < len(events) {
			until = events[i+1].line
		}
		e.foot = lastDate(lines, e.head.body, until) >= 0
	}
}

// lastDate is the line of the date that a block ends with, links aside; -1
// where it ends otherwise.
func lastDate(lines []string, from, until int) int {
	for k, looked := until-1, 0; k >= from && looked < lookahead; k, looked = k-1, looked+1 {
		_, rest := indent(lines[k])
		if rest == "" || len(rest) > maxHead {
			if rest != "" {
				return -1
			}
			continue
		}
		c := clean(rest)
		if m, item, ok := cutMarker(lines[k]); ok && m.num < 0 {
			c = clean(item)
		}
		if c == "" || isControl(c) || isNumber(c) {
			continue
		}
		if _, _, ok := isDate(c); ok && k > from {
			return k
		}
		return -1
	}
	return -1
}

// choose marks the headers to keep.
func choose(events []event) {
	marked, free, firm := 0, 0, 0
	anyBelow := false
	for i := range events {
		e := &events[i]
		if e.sign != signHeader {
			continue
		}
		h := &e.head
		replied := e.reply || h.reply
		switch {
		case h.strong() && h.style == ping:
			e.keep = e.context == below
		case h.strong():
			e.keep = true
		case h.style == says: // no marker, no date beside it
			e.keep = e.context == below && (e.foot || replied || len(h.name) <= 40)
		case h.style == ping:
			e.keep = false
		case h.style == dated:
			e.keep = e.context == below && (h.marked || h.fine || replied) || replied && h.fine
		case h.style == bare:
			e.keep = e.context == below && (e.foot || replied)
		case h.style == linked:
			e.keep = e.context == below
		}
		if !e.keep {
			continue
		}
		anyBelow = anyBelow || e.context == below
		if h.marked {
			marked++
		} else {
			free++
		}
		if h.style != bare {
			firm++
		}
	}
	for i := range events {
		e := &events[i]
		if !e.keep {
			continue
		}
		h := &e.head
		own := h.date != "" || e.foot || e.reply || h.reply
		// A quotation in the article ("Macron dit :") is no comment.
		if anyBelow && e.context == nowhere && !own {
			e.keep = false
		}
		// Nor is a list item, where comments show more than that.
		if h.style == bare && firm > 0 {
			e.keep = false
		}
		// Nor is one inside a comment, where comments have markers.
		if !h.marked && marked > free && h.date == "" {
			e.keep = false
		}
	}
}

// collect lists the headers that are kept, with the ends of their texts, and
// what else the section says.
func collect(lines []string, events []event) section {
	s := section{heading: -1, started: len(lines)}
	bareHeading := -1
	for i := range events {
		e := &events[i]
		if n := len(s.heads); n > 0 && s.heads[n-1].end == 0 && (e.keep || e.closes()) {
			s.heads[n-1].end = e.line
		}
		switch e.sign {
		case signHeader:
			if e.keep {
				s.heads = append(s.heads, e.head)
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
	return s
}

// closes tells that the text of a comment does not go beyond the line.
func (e *event) closes() bool {
	return e.sign == signEnd || e.sign == signPager || e.sign == signHeading && e.known && e.count > 1
}
