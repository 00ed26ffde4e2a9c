package text

import "strings"

// choose marks the headers to keep.
func choose(lines []string, events []event) {
	marked, free, firm, colons, spoken := 0, 0, 0, 0, 0
	anyBelow := false
	shape := countShapes(lines, events)
	for i := range events {
		e := &events[i]
		if e.sign != signHeader {
			continue
		}
		h := &e.head
		replied := e.reply || h.reply
		under := e.context == below || e.context == hinted
		switch {
		case h.style == ping:
			e.keep = h.marked && under
		case h.strong():
			e.keep = true
		case h.style == says: // no marker, no date beside it
			e.keep = under && !pronouns[strings.ToLower(h.name)] && (h.first == 0 || blank(lines[h.first-1]))
		case h.style == linked:
			e.keep = under || e.foot || e.reply
		case h.style == dated && h.loose:
			e.keep = replied && e.context != beyond && shape.replied > 1 || e.context == below && shape.loose
		case h.style == dated: // the less the place says, the more the header must
			signs := 0
			for _, sign := range [...]bool{h.marked, h.fine, replied} {
				if sign {
					signs++
				}
			}
			switch e.context {
			case below:
				e.keep = signs >= 1 && (h.marked || replied || !shape.sparse)
			case hinted:
				e.keep = signs >= 2
			default:
				e.keep = replied && (h.fine || shape.coarse > 2)
			}
		case h.style == colon:
			e.keep = e.context == below
		case h.style == bare:
			e.keep = e.context == below && (e.foot || replied)
		}
		if !e.keep {
			continue
		}
		anyBelow = anyBelow || under
		if h.marked {
			marked++
		} else {
			free++
		}
		if h.style.firm() {
			firm++
		}
		if h.style == colon {
			colons++
		}
		if (h.style == says || h.style == linked) && h.date == "" {
			spoken++
		}
	}
	fill(events)
	for i := range events {
		e := &events[i]
		if !e.keep {
			continue
		}
		h := &e.head
		own := h.date != "" || e.foot || e.reply || h.reply
		// A quotation in the article ("Macron dit :") is no comment.
		if anyBelow && (e.context == nowhere || e.context == beyond) && !own {
			e.keep = false
		}
		// Nor is a last short line with the date below it, where names have a verb
		// or a reply link.
		if h.style == dated && !h.marked && spoken > 1 {
			e.keep = false
		}
		// Nor is a list item, where comments show more than that.
		if firm > 0 && (h.style == bare || h.style == colon) || colons > 0 && h.style == bare {
			e.keep = false
		}
		// Nor is one inside a comment, where comments have markers.
		if !h.marked && marked > free && !(h.style == says && h.fine) {
			e.keep = false
		}
	}
}

// shapes counts what many headers of a page have in common, where one alone
// would prove nothing.
type shapes struct {
	replied int  // loose headers with a reply link
	coarse  int  // headers of a name and a day on free lines, with a reply link
	sparse  bool // hardly any of the comments that the heading counts are there
	loose   bool // loose headers below the heading are as many as it counts, or mostly have reply links
}

func countShapes(lines []string, events []event) shapes {
	var s shapes
	under, links, all := 0, 0, 0
	count, heading, far := -1, 0, false
	for i := range events {
		e := &events[i]
		if e.sign == signHeading && e.known {
			count, heading = e.count, i
		}
		if e.sign != signHeader || e.head.style != dated {
			continue
		}
		replied := e.reply || e.head.reply
		if e.context == below {
			far = far || all == 0 && !isNear(lines, events[heading].line, e.line)
			all++
		}
		switch {
		case e.head.loose:
			if replied {
				s.replied++
			}
			if e.context == below {
				under++
				if replied {
					links++
				}
			}
		case replied && !e.head.marked && !e.head.fine:
			s.coarse++
		}
	}
	s.sparse = far && all < 5 && 20*all < count
	s.loose = under > 1 && (under == count || 2*links >= under)
	return s
}

// pronouns say something in the middle of texts.
var pronouns = map[string]bool{
	"i": true, "he": true, "she": true, "it": true, "they": true, "we": true, "you": true, "who": true, "someone": true, "je": true, "tu": true, "il": true, "elle": true, "on": true, "nous": true, "vous": true, "ils": true, "elles": true, "qui": true, "et il": true, "et elle": true,
	"ich": true, "du": true, "er": true, "sie": true, "es": true, "man": true, "wir": true, "ihr": true, "wer": true, "él": true, "ella": true, "ellos": true, "yo": true, "lui": true, "lei": true, "io": true, "ele": true, "ela": true, "eu": true, "hij": true, "zij": true, "ze": true, "ik": true, "men": true,
	"ona": true, "oni": true, "han": true, "hon": true, "hun": true, "jag": true, "он": true, "она": true, "они": true, "я": true, "кто": true, "彼": true, "彼女": true,
}

// fill keeps the headers that look like those before and after them, but have
// no reply link: replies at the deepest level have none.
func fill(events []event) {
	last := -1
	for i := range events {
		e := &events[i]
		if e.sign == signEnd {
			last = -1
		}
		if e.sign != signHeader || !e.keep || e.head.style != dated || !e.head.marked {
			continue
		}
		if last >= 0 {
			for k := last + 1; k < i; k++ {
				if h := &events[k].head; events[k].sign == signHeader && h.style == dated && h.marked && h.fine == e.head.fine {
					events[k].keep = true
				}
			}
		}
		last = i
	}
}
