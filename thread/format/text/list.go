package text

import "threadheat/thread/internal/locale"

// Extractors that look for the "main content" of a page drop names, dates and
// reply links as if they were about the article, and leave of a comment nothing
// but the marker of its list item and its text. What still tells comments from
// other lists is the list as a whole: where it stands, how many items it has, and
// what its other items are.

// run is the items of one list: of one kind, one after the other.
type run struct {
	items    []int // their events
	up       int   // the run of the item that this list stands in, -1 for the page
	upItem   int   // the event of that item, -1
	last     marker
	numbered bool
	broken   bool // it is part of the text around it, which goes on below it
}

// listing is a list with all lists inside it.
type listing struct {
	runs   []run
	from   int  // its first event
	next   int  // the first event below it
	end    int  // the first line below it
	signed bool // names stand below the texts
	shut   bool // the form for comments, or the end of the page, stands right below
}

// readLists finds the lists that are comments, and keeps their items.
func readLists(lines []string, events []event) {
	heading, form := -1, -1
	for i := 0; i < len(events); {
		e := &events[i]
		i++
		switch {
		case e.sign == signHeading && !e.item:
			heading = i - 1
		case e.sign == signHeading:
			heading = -1
		case e.sign == signEnd: // the form may stand above the list
			if heading >= 0 && !isNear(lines, events[heading].line, e.line) {
				heading = -1
			}
			form = e.line
		case e.sign == signHeader && e.head.marked && (heading >= 0 || e.keep && e.head.style.firm()):
			var above *event
			if heading >= 0 && !isInside(lines, events[heading].line, e.head.marker) && isNear(lines, max(events[heading].line, form), e.line) {
				above = &events[heading]
			}
			l := readListing(lines, events, i-1)
			l.judge(lines, events, above)
			i, heading = max(i, l.next), -1
		}
	}
}

// isInside tells that a line stands right of a marker: it belongs to an item.
func isInside(lines []string, k int, m marker) bool {
	col, _ := indent(lines[k])
	return col > m.start
}

// readListing reads the list that starts with an event. It ends at the first
// text that stands no deeper than its markers.
func readListing(lines []string, events []event, from int) listing {
	type level struct {
		marker marker
		event  int
		run    int // the run it belongs to
		inner  int // the latest run inside it, -1
	}
	l := listing{from: from}
	top := events[from].head.marker
	open := []level{{marker: marker{start: -1 << 30, end: -1 << 30, num: -1}, event: -1, run: -1, inner: -1}}
	// leave closes the items that a line at this column does not belong to.
	at := from
	k := events[from].line
	for ; k < len(lines); k++ {
		for at < len(events) && events[at].line < k {
			at++
		}
		if at < len(events) && events[at].line == k && events[at].sign == signHeader && events[at].head.marked {
			h := &events[at].head
			if h.marker.start < top.start-1 {
				break
			}
			n := len(open)
			for n > 1 && !isBelow(h.marker, open[n-1].marker) {
				n--
			}
			open = open[:n]
			up := &open[n-1]
			r := up.inner
			if r < 0 || !l.runs[r].continues(h.marker) {
				if n == 1 && r >= 0 {
					break // another list
				}
				l.runs = append(l.runs, run{up: up.run, upItem: up.event, numbered: h.marker.num >= 0, broken: n > 1 && h.marker.num > 1})
				r = len(l.runs) - 1
				up.inner = r
			}
			l.runs[r].items = append(l.runs[r].items, at)
			l.runs[r].last = h.marker
			open = append(open, level{h.marker, at, r, -1})
			k = max(k, h.body-1)
			continue
		}
		col, rest := plainIndent(lines[k])
		if rest == "" {
			continue
		}
		if col <= top.start {
			break
		}
		// Text at the column of an inner list belongs to what is around the list.
		n := len(open)
		for n > 2 && col <= open[n-1].marker.start {
			n--
		}
		if n == len(open) {
			continue
		}
		if m, words, ok := cutItem(lines[k]); ok && m.num >= 0 {
			rest = words
		}
		if c := clean(rest); len(rest) > maxHead || !isControl(c) && !isNumber(c) && !isDateLine(c) {
			l.runs[open[n].run].broken = true
		}
		open = open[:n]
	}
	l.next = at
	for at < len(events) && events[at].line < k {
		at++
	}
	l.next = at
	l.end, l.shut = k, isShut(lines, k)
	return l
}

// isShut tells that a comment form, a link to other comments or hardly anything
// stands below a line.
func isShut(lines []string, k int) bool {
	for texts := 0; k < len(lines); k++ {
		_, rest := indent(lines[k])
		if rest == "" {
			continue
		}
		c := clean(rest)
		if len(rest) <= maxHead && (locale.IsEnd(c) || locale.IsPager(c)) {
			return true
		}
		if texts++; texts > 3 || len(rest) > 60 {
			return false
		}
	}
	return true
}

// continues tells that an item is the next one of a run.
func (r *run) continues(m marker) bool {
	if r.broken || m.start > r.last.start+1 || m.start < r.last.start-1 {
		return false
	}
	return r.numbered && m.num == r.last.num+1 || !r.numbered && m.num < 0
}

// judge decides whether a list is of comments, and keeps those items that no
// rule of their own has kept.
func (l *listing) judge(lines []string, events []event, above *event) {
	if len(l.runs) == 0 {
		return
	}
	top := &l.runs[0]
	kept, firm, signed, long := 0, 0, 0, false
	for _, i := range top.items {
		e := &events[i]
		if e.keep {
			kept++
			if e.head.style.firm() {
				firm++
			}
		}
		if e.keep || e.reply || e.head.reply || e.foot || e.head.date != "" {
			signed++
		}
		long = long || len(lines[e.line]) > 60
	}
	n := len(top.items)
	// Lines such as "Comment by Alice" below the texts look like headers.
	var signatures []*event
	for i := l.from; i < l.next; i++ {
		if e := &events[i]; e.sign == signHeader && e.head.by && !e.head.marked {
			signatures = append(signatures, e)
		}
	}
	if 2*len(signatures) >= n {
		signed, l.signed = n, true
	}
	// own are the lists whose items are headers by themselves.
	own := l.members(func(r, _ *run) bool {
		kept := 0
		for _, i := range r.items {
			if events[i].keep {
				kept++
			}
		}
		return 2*kept >= len(r.items)
	})
	if n >= 2 && 2*firm >= n {
		if !top.numbered {
			// Other lists of the page may go on where comments end.
			for n > 0 && !events[top.items[n-1]].keep {
				n--
			}
			top.items = top.items[:n]
		}
		l.keep(lines, events, own, firm)
		return
	}
	all := l.members(func(r, _ *run) bool { return !r.broken })
	alike := l.members(func(r, up *run) bool { return !r.broken && r.numbered == up.numbered })
	// A list that is as long as the heading says is of comments, but a short one may
	// be so by chance: then something else must say so too.
	declared := -1
	if above != nil && above.known {
		declared = above.count
	}
	sure := l.shut || signed > 0 || declared > 5
	var chosen []bool
	switch {
	case above == nil:
		return
	case sure && l.size(all) == declared:
		chosen = all
	case sure && l.size(own) == declared:
		chosen = own
	case sure && l.size(alike) == declared, 10*signed >= 8*n,
		l.shut && l.size(alike) <= declared && (top.numbered || signed > 0),
		l.shut && declared < 0 && top.numbered && long:
		chosen = alike
	default:
		return
	}
	l.keep(lines, events, chosen, firm)
	if l.signed {
		for _, e := range signatures {
			e.keep = false
		}
	}
}

// members tells which runs are comments, where one inside a comment is one if
// is says so.
func (l *listing) members(is func(r, up *run) bool) []bool {
	in := make([]bool, len(l.runs))
	in[0] = true
	for i := 1; i < len(l.runs); i++ {
		r := &l.runs[i]
		in[i] = r.up >= 0 && in[r.up] && is(r, &l.runs[r.up])
	}
	return in
}

// size counts the items of some runs.
func (l *listing) size(in []bool) int {
	n := 0
	for i, r := range l.runs {
		if in[i] {
			n += len(r.items)
		}
	}
	return n
}

// keep makes comments of the items of some runs. Where most of their first lines
// look like names with a text below, they are names.
func (l *listing) keep(lines []string, events []event, in []bool, firm int) {
	names, others := 0, 0
	each := func(f func(e *event)) {
		for i, r := range l.runs {
			if !in[i] {
				continue
			}
			for _, k := range r.items {
				f(&events[k])
			}
		}
	}
	each(func(e *event) {
		switch {
		case e.head.style == bare && (e.keep && !l.signed || hasText(lines, &e.head)):
			names++
		case e.head.style == colon && !l.signed:
			names++
		case e.head.style == bare || e.head.style == colon || e.head.style == item:
			others++
		}
	})
	named := firm == 0 && !l.signed && names > 2*others
	each(func(e *event) {
		h := &e.head
		if (h.style == bare || h.style == colon) && !named && (l.signed || !e.keep || !hasText(lines, h)) {
			h.style, h.name, h.inline, h.body = item, "", true, h.first
		}
		if h.style == item && firm > 0 {
			readWrapped(lines, h)
		}
		e.keep = true
	})
	// What stands below the list is no part of its last text, if the text is in the
	// list at all: some renderers draw all text at the left margin.
	for i := l.next - 1; i >= l.from; i-- {
		if e := &events[i]; e.sign == signHeader && e.keep {
			if h := &e.head; h.inline || hasText(lines[:l.end], h) {
				h.end = l.end
			}
			break
		}
	}
	// What is left inside are lists in texts.
	for i, r := range l.runs {
		if in[i] {
			continue
		}
		for _, k := range r.items {
			if e := &events[k]; e.head.style == bare || r.broken && e.head.style == colon {
				e.keep = false
			}
		}
	}
}

// readWrapped reads a header of several lines: the title of a page that links
// here is often longer than a line.
func readWrapped(lines []string, h *header) {
	_, whole, _ := cutItem(lines[h.first])
	for k := h.first + 1; k < len(lines) && k <= h.first+3; k++ {
		_, rest := indent(lines[k])
		if whole += " " + rest; rest == "" || len(whole) > maxHead {
			return
		}
		if b, ok := nameAndDate(clean(whole), true); ok && b.fine && b.reply {
			h.style, h.name, h.date, h.fine, h.reply, h.inline, h.body = dated, b.name, b.date, true, true, false, k+1
			return
		}
	}
}

// hasText tells that something stands below the line of a header, deeper than
// its marker, that is no other item.
func hasText(lines []string, h *header) bool {
	for k := h.body; k < len(lines) && k < h.body+3; k++ {
		col, rest := plainIndent(lines[k])
		if rest == "" {
			continue
		}
		if col <= h.marker.start {
			return false
		}
		_, _, marked := cutItem(lines[k])
		return !marked && !isControl(clean(rest))
	}
	return false
}
