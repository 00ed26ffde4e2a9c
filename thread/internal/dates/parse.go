package dates

import (
	"strings"
	"time"
	"unicode/utf8"

	"threadheat/thread"
)

// parser reads one text. Its methods take the token to start at and return the
// one after what they read. Each looks at a bounded number of tokens.
type parser struct {
	s    string
	toks []token
	o    Options
	find bool // inside other text
	key  []byte
}

// fields are what stands in a date.
type fields struct {
	year, month, day  int // month 0: no date; year 0: none given
	hour, min, sec    int
	ms                int
	prec              thread.Precision
	hasZone           bool
	zone              int // minutes east of UTC
	ambiguous         bool
	shortYear         bool
	relative          bool // counts from Base
	daysFromBase      int  // where month is 0
	thai, dottedMonth bool
}

// look reads the longest word or phrase at k that can play one of the roles.
func (p *parser) look(k int, want role) (best meaning, next int, ok bool) {
	p.key = p.key[:0]
	if k >= len(p.toks) || p.toks[k].kind != word {
		return best, k, false
	}
	words := dictionary()
	for k >= 0 {
		p.key = p.appendKey(p.key, k)
		m, known := words[string(p.key)]
		if !known {
			break
		}
		if m.roles&want != 0 {
			best, next, ok = m, k+1, true
		}
		if !m.longer {
			break
		}
		k = p.nextInPhrase(k)
	}
	return best, next, ok
}

// meaning is what the word or phrase at k means in any role.
func (p *parser) meaning(k int) meaning {
	m, _, _ := p.look(k, ^role(0))
	return m
}

// num is the number at k if it has at most the given digits.
func (p *parser) num(k, digits int) (int, bool) {
	if k < len(p.toks) && p.toks[k].kind == number && int(p.toks[k].digits) <= digits {
		return int(p.toks[k].val), true
	}
	return 0, false
}

// is tells whether one of the given marks is at k.
func (p *parser) is(k int, marks string) bool {
	return k < len(p.toks) && p.toks[k].kind == mark && strings.ContainsRune(marks, p.toks[k].r)
}

func (p *parser) glued(k int) bool { return k < len(p.toks) && p.toks[k].glued }

// skip passes over marks and over words of the given roles, at most n of them.
func (p *parser) skip(k int, roles role, n int) int {
	for ; n > 0; n-- {
		if p.is(k, ",.;:|/@-–—·•()[]«»\"'~*><#「」【】") {
			k++
		} else if _, next, ok := p.look(k, roles); ok {
			k = next
		} else {
			break
		}
	}
	return k
}

// match reads the date that begins at k.
func (p *parser) match(k int) (m Match, end int, ok bool) {
	if m, end, ok = p.relative(k); !ok {
		if m, end, ok = p.absolute(k); !ok {
			return m, end, false
		}
	}
	m.Start, m.End = int(p.toks[k].start), int(p.toks[end-1].end)
	return m, end, true
}

// absolute reads a day and a time of day, in either order, after a weekday or
// none. A word may be a weekday and a month: "mar 3, 2020", "mar 3 set 2020".
func (p *parser) absolute(k int) (m Match, end int, ok bool) {
	m, end, ok = p.dayAndTime(k)
	if ok && !m.Relative {
		return m, end, true
	}
	if n := p.skipWeekdays(k); n > k {
		// A weekday and a time name no day.
		if m, end, ok := p.dayAndTime(n); ok && !(m.Relative && p.onlyTime(n)) {
			return m, end, true
		}
	}
	return m, end, ok
}

func (p *parser) dayAndTime(k int) (m Match, end int, ok bool) {
	var f fields
	if n, isTime := p.clock(k, &f, false, false); isTime {
		end = p.zone(n, &f)
		// "08h12min de 25 de dezembro": here the day follows a join.
		if n, ok = p.day(p.skip(end, glue|weekday|join, 6), &f); ok {
			end = p.zone(n, &f)
		}
		return p.finish(f, end)
	}
	end, ok = p.day(k, &f)
	if !ok {
		return m, end, false
	}
	k = p.skip(end, glue|weekday|yearWord, 6)
	said := k > end && p.saysTime(end, k)
	if n, isTime := p.clock(k, &f, true, said || !p.find); isTime {
		end = p.zone(n, &f)
		if f.year == 0 && !f.relative {
			// Sat Dec 25 08:12:00 CET 2021
			if y, n, isYear := p.year(end, &f); isYear {
				f.year, end = y, n
			}
		}
	}
	return p.finish(f, end)
}

// onlyTime tells that what is at k is a time without a day.
func (p *parser) onlyTime(k int) bool {
	var f fields
	n, isTime := p.clock(k, &f, false, false)
	if !isTime {
		return false
	}
	_, isDay := p.day(p.skip(p.zone(n, &f), glue|weekday, 6), &f)
	return !isDay
}

// saysTime tells whether a word or an @ stands between from and to, not only
// marks: after "um" 21.11 is a time.
func (p *parser) saysTime(from, to int) bool {
	for k := from; k < to; k++ {
		if p.toks[k].kind == word || p.toks[k].r == '@' {
			return true
		}
	}
	return false
}

func (p *parser) skipWeekdays(k int) int {
	for range 2 {
		_, next, ok := p.look(k, weekday)
		if !ok {
			break
		}
		for range 2 {
			if p.is(next, ".,()") {
				next++
			}
		}
		k = next
		if _, next, ok := p.look(k, glue); ok && p.num2(next) {
			k = next // "Samstag, den 25.", "sábado, el 25"
		}
	}
	return k
}

func (p *parser) num2(k int) bool {
	_, ok := p.num(k, 2)
	return ok
}

// day reads a date without its time of day.
func (p *parser) day(k int, f *fields) (end int, ok bool) {
	if end, ok = p.numericDay(k, f); ok {
		return end, true
	}
	if end, ok = p.namedDay(k, f); ok {
		return end, true
	}
	if m, next, ok := p.look(k, dayName); ok {
		f.relative, f.daysFromBase = true, int(m.day)
		f.prec = max(f.prec, thread.Day)
		return next, true
	}
	return k, false
}

// triple reads three numbers with the same mark between them.
func (p *parser) triple(k int) (a, b, c token, sep rune, end int, ok bool) {
	if k+4 >= len(p.toks) {
		return a, b, c, 0, k, false
	}
	t := p.toks[k : k+5]
	a, b, c, sep = t[0], t[2], t[4], t[1].r
	if a.kind != number || b.kind != number || c.kind != number || t[1].kind != mark || t[3].kind != mark {
		return a, b, c, sep, k, false
	}
	second := t[3].r
	switch {
	case sep == '.' && (second == '.' || second == ','):
		// "25. 12. 2021", "17.07, 2011"
		if !t[1].glued || !t[3].glued {
			return a, b, c, sep, k, false
		}
	case sep == '/' && second == '/':
	case sep == '-' && second == '-':
		if !t[1].glued || !b.glued || !t[3].glued || !c.glued {
			return a, b, c, sep, k, false
		}
	default:
		return a, b, c, sep, k, false
	}
	year, other := a, c
	if c.digits > 2 || a.digits == 1 {
		year, other = c, a
	}
	ok = other.digits <= 2 && b.digits <= 2 && (year.digits == 4 || year.digits == 2 && second == sep)
	return a, b, c, sep, k + 5, ok
}

// onlyOrder is the only order in which the numbers can be a date, Auto where
// there are several or none.
func onlyOrder(a, b, c token) Order {
	switch {
	case a.digits == 4:
		return YMD
	case a.val > 12 && a.val <= 31 && b.val <= 12:
		return DMY
	case b.val > 12 && b.val <= 31 && a.val <= 12:
		return MDY
	case a.val > 31 && c.digits == 2:
		return YMD
	}
	return Auto
}

// orderAt is onlyOrder of the three numbers at k, or that by which the weekday
// before them is right: "Fri, 05/01/2020" is no 5 January.
func (p *parser) orderAt(k int, a, b, c token) Order {
	order := onlyOrder(a, b, c)
	if order != Auto || a.val == b.val || a.val < 1 || b.val < 1 || a.val > 12 || b.val > 12 {
		return order
	}
	if k--; k >= 0 && p.toks[k].kind == mark {
		k--
	}
	if k < 0 || p.toks[k].kind != word {
		return Auto
	}
	day, ok := weekdays[strings.ToLower(p.s[p.toks[k].start:p.toks[k].end])]
	y := int(c.val)
	if ok && c.digits == 2 {
		y, ok = century(y)
	}
	if !ok {
		return Auto
	}
	on := func(month, day int32) time.Weekday {
		return time.Date(y, time.Month(month), int(day), 0, 0, 0, 0, time.UTC).Weekday()
	}
	switch dmy, mdy := on(b.val, a.val) == day, on(a.val, b.val) == day; {
	case dmy && !mdy:
		return DMY
	case mdy && !dmy:
		return MDY
	}
	return Auto
}

func (p *parser) numericDay(k int, f *fields) (end int, ok bool) {
	if v, isNum := p.num(k, 8); isNum && p.toks[k].digits == 8 {
		// 20211225T081200Z
		if _, next, isT := p.look(k+1, glue); (isT || p.isT(k+1)) && p.glued(k+1) && next >= 0 {
			return k + 1, p.set(f, v/10000, v/100%100, v%100)
		}
		return k, false
	}
	a, b, c, sep, end, ok := p.triple(k)
	if !ok {
		return k, false
	}
	order := p.orderAt(k, a, b, c)
	if p.o.Order == YMD && a.digits == 2 && c.digits == 2 && b.val <= 12 && c.val <= 31 {
		order = YMD
	}
	if order == Auto {
		order = p.o.Order
		if order == YMD && c.digits == 4 {
			order = Auto
		}
		if order == Auto {
			order = DMY
			f.ambiguous = a.val != b.val && !(sep == '.' && c.digits == 4)
		}
	}
	switch order {
	case MDY:
		a, b, c = c, a, b
	case DMY:
		a, c = c, a
	}
	y := int(a.val)
	if a.digits == 2 {
		if y, ok = century(y); !ok {
			return k, false
		}
		f.shortYear = true
	}
	return end, p.set(f, y, int(b.val), int(c.val))
}

func (p *parser) isT(k int) bool {
	return k >= 0 && k < len(p.toks) && p.toks[k].kind == word && (p.text(k) == "T" || p.text(k) == "t")
}

func (p *parser) text(k int) string { return p.s[p.toks[k].start:p.toks[k].end] }

// century completes a year of two digits. Those far from any page are refused.
func century(y int) (int, bool) {
	switch {
	case y >= 80:
		return 1900 + y, true
	case y < 70:
		return 2000 + y, true
	}
	return 0, false
}

// set takes a day if it exists.
func (p *parser) set(f *fields, y, m, d int) bool {
	if y < minYear || y > maxYear || !exists(y, m, d) {
		return false
	}
	f.year, f.month, f.day = y, m, d
	f.prec = max(f.prec, thread.Day)
	return true
}

func exists(y, m, d int) bool {
	return m >= 1 && m <= 12 && d >= 1 && d <= time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// namedDay reads a day whose month is a word.
func (p *parser) namedDay(k int, f *fields) (end int, ok bool) {
	if k >= len(p.toks) {
		return k, false
	}
	if p.toks[k].kind == number && p.toks[k].digits == 4 {
		return p.yearFirst(k, f)
	}
	if _, n, ok := p.look(k, dayWord); ok && p.num2(n) {
		k = n // "ngày 25 tháng 12 năm 2021"
	}
	if d, ok := p.num(k, 2); ok {
		k++
		// The month first: an article before it is no ending of the number.
		m, n, ok := p.month(k, f)
		if !ok {
			if _, n, ok := p.look(k, ordinal); ok {
				k = n
			} else if p.is(k, ":-") && p.glued(k) && p.glued(k+1) {
				if _, n, ok := p.look(k+1, ordinal); ok {
					k = n // "25:e", "1-го"
				}
			}
			if m, n, ok = p.month(p.skipJoin(k), f); !ok {
				return k, false
			}
		}
		return p.yearAfter(n, f, m, d)
	}
	m, n, ok := p.month(k, f)
	if !ok {
		return k, false
	}
	if _, g, ok := p.look(n, glue); ok && p.num2(g) {
		n = g
	}
	n = p.skipJoin(n)
	d, ok := p.num(n, 2)
	if !ok {
		return k, false
	}
	n++
	if _, o, ok := p.look(n, ordinal); ok && p.glued(n) {
		n = o
	}
	return p.yearAfter(n, f, m, d)
}

// yearAfter reads the year after day and month, or none.
func (p *parser) yearAfter(k int, f *fields, m, d int) (end int, ok bool) {
	y, n, ok := p.year(p.skipJoin(k), f)
	if !ok {
		// May 5: a year may still follow the time, or Base settle it.
		if !exists(2000, m, d) {
			return k, false
		}
		f.month, f.day = m, d
		f.prec = max(f.prec, thread.Day)
		return k, true
	}
	if f.dottedMonth && p.is(n, ".") && p.glued(n) {
		m = 10
	}
	return n, p.set(f, y, m, d)
}

// yearFirst reads "2021年12月25日", "2021. gada 25. decembris", "2021 December 25".
func (p *parser) yearFirst(k int, f *fields) (end int, ok bool) {
	y := int(p.toks[k].val)
	k++
	if _, n, ok := p.look(k, yearWord); ok {
		k = n
	}
	k = p.skipJoin(k)
	if _, n, ok := p.look(k, yearWord|join); ok {
		k = p.skipJoin(n)
	}
	m, n, ok := p.month(k, f)
	if ok {
		n = p.skipJoin(n)
		d, isNum := p.num(n, 2)
		if !isNum {
			return k, false
		}
		n++
		if _, w, ok := p.look(n, dayWord|ordinal); ok {
			n = w
		}
		return n, p.set(f, y, m, d)
	}
	d, isNum := p.num(k, 2)
	if !isNum {
		return k, false
	}
	m, n, ok = p.month(p.skipJoin(k+1), f)
	return n, ok && p.set(f, y, m, d)
}

// month reads a month as a name, or as a number that a word marks.
func (p *parser) month(k int, f *fields) (m, end int, ok bool) {
	if w, n, ok := p.look(k, month); ok {
		r, _ := utf8.DecodeRuneInString(p.text(k))
		f.thai = r >= 0xE00 && r < 0xE80
		// Polish and Czech November is Croatian October, where the year has a dot.
		t := p.text(k)
		f.dottedMonth = w.month == 11 && len(t) >= 8 && strings.EqualFold(t[:8], "listopad") && !strings.EqualFold(t, "listopadu")
		if _, after, ok := p.look(n, monthWord); ok {
			n = after
		}
		return int(w.month), n, true
	}
	if _, n, ok := p.look(k, monthPrefix); ok {
		if m, ok := p.num(n, 2); ok && m >= 1 && m <= 12 {
			return m, n + 1, true
		}
	}
	if m, ok := p.num(k, 2); ok && m >= 1 && m <= 12 {
		if _, n, ok := p.look(k+1, monthWord); ok {
			return m, n, true
		}
	}
	return 0, k, false
}

// year reads a year of four digits, or of two that are marked as one
// ("25-Dec-21", "Dec 25 '21").
func (p *parser) year(k int, f *fields) (y, end int, ok bool) {
	v, isNum := p.num(k, 4)
	if !isNum {
		return 0, k, false
	}
	switch t := p.toks[k]; {
	case t.digits == 4:
		if f.thai && v-543 >= minYear && v > maxYear {
			v -= 543 // the Buddhist era
		}
		y = v
	case t.digits == 2 && t.glued && p.is(k-1, "-'"):
		if y, ok = century(v); !ok {
			return 0, k, false
		}
		f.shortYear = true
	}
	if y < minYear || y > maxYear {
		return 0, k, false
	}
	k++
	if _, n, ok := p.look(k, yearWord); ok && !p.num2(n) {
		k = n
		if p.is(k, ".") && p.glued(k) {
			k++
		}
	}
	return y, k, true
}

// skipJoin passes over what stands between day, month and year.
func (p *parser) skipJoin(k int) int {
	for range 4 {
		if p.is(k, ".,-'/") {
			k++
		} else if _, _, isMonth := p.look(k, month); isMonth {
			break
		} else if _, n, ok := p.look(k, join); ok {
			k = n
		} else {
			break
		}
	}
	return k
}

// clock reads a time of day. Whole hours ("14 Uhr") and dots ("21.11") need
// something beside them that says it is one.
func (p *parser) clock(k int, f *fields, whole, dots bool) (end int, ok bool) {
	half := role(0)
	if p.isT(k) && p.glued(k) {
		k++
	}
	if m, n, ok := p.look(k, before|after); ok && (m.roles&front != 0 || p.text(k) == "PM") {
		half, k = m.roles, n // "午後3:05", "PM 3:05"
	}
	h, isNum := p.num(k, 2)
	if !isNum {
		if h, isNum = p.num(k, 6); !isNum || !p.isT(k-1) || p.toks[k].digits%2 != 0 {
			return k, false
		}
		// 20211225T081200
		sec := 0
		prec := thread.Minute
		if p.toks[k].digits == 6 {
			h, sec, prec = h/100, h%100, thread.Second
		}
		if h/100 > 23 || h%100 > 59 || sec > 59 {
			return k, false
		}
		f.hour, f.min, f.sec, f.prec = h/100, h%100, sec, prec
		return k + 1, true
	}
	if h > 23 {
		return k, false
	}
	k++
	var minute, sec, ms int
	prec := thread.Minute
	if p.is(k, ":") && p.glued(k) || dots && p.is(k, ".") && p.glued(k) {
		sep := string(p.toks[k].r)
		if minute, ok = p.sixty(k + 1); !ok {
			return k, false
		}
		k += 2
		if p.is(k, sep) && p.glued(k) && p.glued(k+1) {
			if sec, ok = p.sixty(k + 1); !ok {
				return k, false
			}
			k += 2
			prec = thread.Second
			if sep == ":" && p.is(k, ".,") && p.glued(k) && p.glued(k+1) {
				if v, isNum := p.num(k+1, 9); isNum {
					ms, k = millis(v, int(p.toks[k+1].digits)), k+2
				}
			}
		}
	} else if _, n, isHour := p.look(k, hourWord); isHour {
		k, prec = n, thread.Hour
		if v, isNum := p.num(k, 2); isNum && v < 60 {
			_, after, isMinute := p.look(k+1, minuteWord)
			if isMinute {
				minute, k, prec = v, after, thread.Minute
				if v, isNum := p.num(k, 2); isNum && v < 60 {
					if _, after, isSecond := p.look(k+1, secondWord); isSecond {
						sec, k, prec = v, after, thread.Second
					}
				}
			} else if p.toks[k].digits == 2 {
				minute, k, prec = v, k+1, thread.Minute
			}
		}
		if prec == thread.Hour && !whole {
			return k, false
		}
	} else if _, _, isHalf := p.look(k, before|after); (isHalf || half != 0) && whole {
		prec = thread.Hour
	} else {
		return k, false
	}
	if m, n, isHalf := p.look(k, before|after); isHalf && half == 0 && (h <= 12 || m.roles&after != 0) {
		half, k = m.roles, n
		if p.is(k, ".") && p.glued(k) {
			k++
		}
	}
	switch {
	case half&before != 0 && h == 12:
		h = 0
	case half&after != 0 && h < 12:
		h += 12
	}
	for range 2 { // "Uhr Uhr"
		if _, n, ok := p.look(k, timeEnd); ok {
			k = n
		}
	}
	f.hour, f.min, f.sec, f.ms, f.prec = h, minute, sec, ms, prec
	return k, true
}

// sixty reads the two digits of minutes or seconds.
func (p *parser) sixty(k int) (int, bool) {
	v, ok := p.num(k, 2)
	return v, ok && p.glued(k) && p.toks[k].digits == 2 && v < 60
}

func millis(v, digits int) int {
	for ; digits < 3; digits++ {
		v *= 10
	}
	for ; digits > 3; digits-- {
		v /= 10
	}
	return v
}

// zone reads the zone after a time, and one more in brackets that only says
// its name: "+0100 (CET)".
func (p *parser) zone(k int, f *fields) int {
	for range 2 {
		open := k
		if p.is(k, "([") {
			open++
		}
		min, n, ok := p.offset(open, f)
		if !ok {
			break
		}
		if open > k {
			if !p.is(n, ")]") {
				break
			}
			n++
		}
		if !f.hasZone {
			f.hasZone, f.zone = true, min
		}
		k = n
	}
	return k
}

func (p *parser) offset(k int, f *fields) (min, end int, ok bool) {
	if m, n, isZone := p.look(k, zone); isZone {
		t := p.text(k)
		// "est" and "west" are words too, and so is "z".
		if len(t) == 1 && !p.glued(k) || len(t) > 1 && t[0] < utf8.RuneSelf && t != strings.ToUpper(t) {
			return 0, k, false
		}
		min, k = int(m.zone), n
		if min != 0 || !p.glued(k) {
			return min, k, true
		}
		if off, n, ok := p.signed(k, true); ok {
			return off, n, true // UTC+1
		}
		return min, k, true
	}
	// 8:00-10:00 is from eight to ten.
	if p.is(k, "-") && f.prec < thread.Second && k+2 < len(p.toks) && p.toks[k+2].kind == mark {
		return 0, k, false
	}
	return p.signed(k, false)
}

// signed reads "+0100", "+01:00" and, where short, "+1".
func (p *parser) signed(k int, short bool) (min, end int, ok bool) {
	if !p.is(k, "+-") || !p.glued(k+1) {
		return 0, k, false
	}
	v, isNum := p.num(k+1, 4)
	if !isNum {
		return 0, k, false
	}
	end = k + 2
	switch digits := p.toks[k+1].digits; {
	case digits == 4:
		min = v/100*60 + v%100
	case digits == 2 && p.is(end, ":") && p.glued(end):
		m, ok := p.sixty(end + 1)
		if !ok {
			return 0, k, false
		}
		min, end = v*60+m, end+2
	case digits <= 2 && short:
		min = v * 60
	default:
		return 0, k, false
	}
	if min > 14*60 {
		return 0, k, false
	}
	if p.toks[k].r == '-' {
		min = -min
	}
	return min, end, true
}

// finish makes a stamp of the fields.
func (p *parser) finish(f fields, end int) (m Match, _ int, ok bool) {
	timed := f.prec > thread.Day
	if f.year != 0 {
		if f.shortYear && p.find && !timed {
			return m, end, false
		}
		m.Ambiguous = f.ambiguous
		m.Stamp = p.stamp(f)
		return m, end, true
	}
	// What follows counts from Base. "Yesterday" says so itself.
	base := p.o.Base
	if p.find && !(timed && (f.month != 0 || f.relative)) || base.IsZero() && !f.relative {
		return m, end, false
	}
	m.Relative = true
	if base.IsZero() {
		return m, end, true
	}
	base = base.In(p.home(f, base))
	f.hasZone, f.zone = true, zoneOf(base)
	late := base.Add(24 * time.Hour) // clocks differ
	switch {
	case f.month != 0:
		for f.year = late.Year(); !exists(f.year, f.month, f.day) || p.wall(f).After(late); f.year-- {
			if f.year < late.Year()-8 {
				return m, end, false
			}
		}
	default:
		day := base.AddDate(0, 0, f.daysFromBase)
		f.year, f.month, f.day = day.Year(), int(day.Month()), day.Day()
		if !f.relative && p.wall(f).After(base) {
			day = base.AddDate(0, 0, -1)
			f.year, f.month, f.day = day.Year(), int(day.Month()), day.Day()
		}
	}
	if f.year < minYear || f.year > maxYear {
		return m, end, false
	}
	m.Stamp = p.stamp(f)
	return m, end, true
}

// home is the zone in which the wall clock of a date that counts from base
// stands.
func (p *parser) home(f fields, base time.Time) *time.Location {
	switch {
	case f.hasZone:
		return time.FixedZone("", f.zone*60)
	case p.o.Zone != nil:
		return p.o.Zone
	}
	return base.Location()
}

func zoneOf(t time.Time) int {
	_, sec := t.Zone()
	return sec / 60
}

func (p *parser) wall(f fields) time.Time {
	loc := p.o.Zone
	switch {
	case f.hasZone:
		loc = time.FixedZone("", f.zone*60)
	case loc == nil:
		loc = time.UTC
	}
	return time.Date(f.year, time.Month(f.month), f.day, f.hour, f.min, f.sec, f.ms*1e6, loc)
}

func (p *parser) stamp(f fields) thread.Stamp {
	if f.prec > thread.Day && (f.hasZone || p.o.Zone != nil) {
		return thread.At(p.wall(f), f.prec)
	}
	return thread.Local(p.wall(f), f.prec)
}

// relative reads "2 hours ago" and its like in other languages.
func (p *parser) relative(k int) (m Match, end int, ok bool) {
	from := k
	first := false
	if _, n, ok := p.look(k, agoFirst); ok {
		first, k = true, n
	}
	if _, n, ok := p.look(k, roughly); ok {
		if _, _, isCount := p.look(k, count); !isCount || p.toks[min(n, len(p.toks)-1)].kind == number {
			k = n
		}
	}
	var s span
	for parts := 0; ; parts++ {
		n, ok := p.length(k, &s)
		if !ok {
			if parts == 0 {
				if _, n, isNow := p.look(from, now); isNow && !p.find {
					return p.ago(span{}, n)
				}
				return m, end, false
			}
			break
		}
		k, end = n, n
		if parts == 3 {
			break
		}
		if p.is(k, ",") {
			k++
		} else if p.toks[min(k, len(p.toks)-1)].kind == word && k+1 < len(p.toks) && p.toks[k+1].kind == number && len(p.text(k)) <= 3 {
			k++ // "and", "und", "et", "y", "e", "i"
		}
	}
	if _, n, ok := p.look(end, agoLast); ok {
		end = n
	} else if p.is(end, ".") && p.glued(end) {
		if _, n, ok := p.look(end+1, agoLast); ok {
			end = n // "3 min. temu"
		} else if !first {
			return m, end, false
		}
	} else if !first {
		return m, end, false
	}
	if p.find && !p.alone(from, end) {
		return m, end, false
	}
	return p.ago(s, end)
}

// span is a length of time.
type span struct {
	months, days int
	d            time.Duration
	prec         thread.Precision
}

// length reads one count and its unit.
func (p *parser) length(k int, s *span) (end int, ok bool) {
	n, isNum := p.num(k, 5)
	if isNum {
		k++
	} else if m, next, ok := p.look(k, count); ok && !p.find {
		n, k = int(m.count), next
	} else {
		return k, false
	}
	m, end, ok := p.look(k, unit)
	if !ok {
		return k, false
	}
	prec := thread.Precision(m.unit)
	switch m.unit {
	case week:
		s.days += 7 * n
		prec = thread.Day
	case int8(thread.Year):
		s.months += 12 * n
	case int8(thread.Month):
		s.months += n
	case int8(thread.Day):
		s.days += n
	case int8(thread.Hour):
		s.d += time.Duration(n) * time.Hour
	case int8(thread.Minute):
		s.d += time.Duration(n) * time.Minute
	case int8(thread.Second):
		s.d += time.Duration(n) * time.Second
	}
	s.prec = max(s.prec, prec)
	return end, true
}

// ago is Base less s, no finer than its smallest unit.
func (p *parser) ago(s span, end int) (m Match, _ int, ok bool) {
	m.Relative = true
	base := p.o.Base
	if base.IsZero() {
		return m, end, true
	}
	if p.o.Zone != nil {
		base = base.In(p.o.Zone)
	}
	switch s.prec {
	case thread.None: // just now
		s.prec = thread.Minute
	case thread.Year, thread.Month:
		// A month before 31 March is February, not 3 March.
		base = time.Date(base.Year(), base.Month(), 1, 0, 0, 0, 0, base.Location())
	}
	t := base.AddDate(0, -s.months, -s.days).Add(-s.d)
	if t.Year() < minYear || t.Year() > maxYear {
		return m, end, false
	}
	if s.prec <= thread.Day {
		m.Stamp = thread.Local(t, s.prec)
	} else {
		m.Stamp = thread.At(t, s.prec)
	}
	return m, end, true
}

// alone tells whether the relative date in from … end-1 ends a text or a part
// of one that is short enough to be a header: in a sentence it tells of
// something else.
func (p *parser) alone(from, end int) bool {
	if len(p.s) > maxDate {
		return false
	}
	return end == len(p.toks) || p.is(end, "·•|,–—()[]/") || from == 0 && p.is(end, "-:")
}

// standsApart tells whether a date may begin at k: not inside a word, a
// number, an address or a file name.
func (p *parser) standsApart(k int) bool {
	t := p.toks[k]
	if !t.glued || k == 0 {
		return t.kind != mark
	}
	prev := p.toks[k-1]
	switch {
	case t.kind == mark:
		return false
	case prev.kind != mark:
		return prev.dense // no spaces in that script
	case strings.ContainsRune("([{«\"'“”„>|·•–—*@", prev.r):
		return true
	case strings.ContainsRune(",:;-/.#", prev.r):
		// Only where no word or number is on its other side, as in "Date:2021-12-25".
		return !prev.glued || k < 2 || prev.r == ':' && p.toks[k-2].kind == word || prev.r == ',' && p.toks[k-2].kind == word
	}
	return false
}

// endsApart tells whether a date may end before the token k.
func (p *parser) endsApart(k int) bool {
	if !p.glued(k) {
		return !p.is(k, "%€$£")
	}
	t := p.toks[k]
	if t.kind != mark {
		return t.dense
	}
	if strings.ContainsRune("%€$£=_&+", t.r) {
		return false
	}
	// "12.04.2015-foo", "10.10.10.10", "2021-12-25/foo.html"
	return !strings.ContainsRune("-./:,", t.r) || !p.glued(k+1) || p.toks[k+1].kind == mark || p.toks[k+1].dense
}
