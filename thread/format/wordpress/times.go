package wordpress

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"threadheat/thread"
	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/dom"
	pages "threadheat/thread/internal/page"
)

// when is a place that may tell the date, the surest first.
type when struct {
	machine string // for machines: the value of datetime
	shown   string // for people
}

// whens lists the places that may tell the date, at most twelve, the surest
// first.
func (p *page) whens(it *item, who dom.Node, bodies []dom.Node) []when {
	t := p.t
	var by [3][]when
	add := func(rank int, machine string, shown dom.Node, skip dom.Skip) {
		if len(by[rank]) < 4 {
			by[rank] = append(by[rank], when{machine, t.Line(shown, skip)})
		}
	}
	textAt, named := dom.None, dom.None
	if len(bodies) > 0 {
		textAt = bodies[0]
	}
	if who != dom.None {
		// "News of June 2018" may be a name and no date. But a box for the author
		// without any markup inside may hold the date, too.
		if named = p.nameIn(who); named == who && t.Tag(who) != "a" && p.rolesOf(who)&name == 0 {
			named = dom.None
		}
	}
	// A time for machines may be hidden.
	skip := func(c dom.Node) bool { return c == named || p.isItem[c] || t.Hidden(c) && t.Tag(c) != "time" }
	for c := range t.Below(it.node, skip) {
		if t.IsText(c) {
			continue
		}
		r := p.rolesOf(c)
		written := textAt != dom.None && t.Within(c, textAt) // perhaps by the comment's author
		switch {
		case written && p.quoted(c, it.node):
		case t.Tag(c) == "time" || properties[t.Get(c, "itemprop")]&date != 0:
			machine := cmp.Or(t.Get(c, "datetime"), t.Get(c, "content"), p.dataTime(c))
			add(0, machine, c, nil)
			if title := t.Get(c, "title"); title != "" {
				add(1, title, c, nil)
			}
			if machineTime(machine).Timed() { // nothing can be surer
				return by[0][len(by[0])-1:]
			}
		case r&date != 0 || !written && (t.Tag(c) == "abbr" && t.Get(c, "title") != "" || p.dataTime(c) != ""):
			add(1, cmp.Or(p.dataTime(c), t.Get(c, "title")), c, skip)
		case c != textAt && r&meta != 0, !written && (t.Tag(c) == "small" || t.Tag(c) == "cite" || p.isPermalink(c, it)):
			add(2, t.Get(c, "title"), c, skip)
		}
	}
	if h := p.headerOf(who, it.node); h != named {
		add(2, "", h, skip)
	}
	if len(by[0])+len(by[1]) == 0 {
		add(2, "", it.node, func(c dom.Node) bool { return c == textAt || skip(c) })
		if who != dom.None && textAt != dom.None && t.Within(who, textAt) {
			add(2, "", p.headerOf(who, textAt), skip)
		}
	}
	return append(append(by[0], by[1]...), by[2]...)
}

// dataTime is the time for the scripts that show "2 hours ago".
func (p *page) dataTime(n dom.Node) string {
	for _, key := range p.timeKeys {
		if v := p.t.Get(n, key); !machineTime(v).IsZero() {
			return v
		}
	}
	return ""
}

// distrust drops the times for machines where all comments have the same, but
// show different ones: some themes put the time of the article there.
func (p *page) distrust() {
	machine, shown, n := "", "", 0
	differ := false
	for _, f := range p.fields {
		if len(f.when) == 0 || f.when[0].machine == "" {
			continue
		}
		w := f.when[0]
		if n++; n > 1 && w.machine != machine {
			return
		}
		differ = differ || n > 1 && w.shown != shown
		machine, shown = w.machine, w.shown
	}
	if !differ {
		return
	}
	for _, f := range p.fields {
		for i := range f.when {
			if f.when[i].machine == machine && hasYear(f.when[i].shown) {
				f.when[i].machine = ""
			}
		}
	}
}

// hasYear tells that s shows a whole date.
func hasYear(s string) bool {
	m, ok := dates.Find(s, dates.Options{})
	return ok && !m.Relative
}

// compact is the order of day and month under which the dates lie closer
// together, by half or more: discussions last days, and a wrong order makes
// months of them. Auto where there is little in it.
func compact(shown []string) dates.Order {
	span := func(order dates.Order) time.Duration {
		var first, last time.Time
		for _, s := range shown {
			m, ok := dates.Find(s, dates.Options{Order: order})
			if !ok || m.Stamp.IsZero() || !ambiguous(s) {
				continue
			}
			if t := m.Stamp.Time(); first.IsZero() {
				first, last = t, t
			} else if t.Before(first) {
				first = t
			} else if t.After(last) {
				last = t
			}
		}
		return last.Sub(first)
	}
	switch dmy, mdy := span(dates.DMY), span(dates.MDY); {
	case dmy <= mdy/2 && mdy > 0:
		return dates.DMY
	case mdy <= dmy/2 && dmy > 0:
		return dates.MDY
	}
	return dates.Auto
}

func ambiguous(s string) bool {
	m, ok := dates.Find(s, dates.Options{})
	return ok && m.Ambiguous
}

func (p *page) isPermalink(n dom.Node, it *item) bool {
	_, frag, ok := strings.Cut(p.t.Get(n, "href"), "#")
	return ok && it.num != "" && strings.HasSuffix(frag, it.num)
}

// stamp is the first time that any of the places tells. A day is given up for a
// minute of the same day, which some themes show but do not mark.
func (p *page) stamp(i int, ws []when) thread.Stamp {
	o := dates.Options{Base: p.src.Base, Order: p.order, Zone: p.src.Zone}
	var best thread.Stamp
	for _, w := range ws {
		best = finer(best, machineTime(w.machine))
		for _, s := range [...]string{w.machine, w.shown} {
			if best.Timed() {
				return best
			}
			best = finer(best, p.shownTime(i, s, o))
		}
	}
	return best
}

// finer is a, or b where that is a finer reading of the same day.
func finer(a, b thread.Stamp) thread.Stamp {
	switch {
	case a.IsZero():
		return b
	case b.Precision() > a.Precision() && a.Precision() == thread.Day && a.Time().Format(time.DateOnly) == b.Time().Format(time.DateOnly):
		return b
	}
	return a
}

func (p *page) shownTime(i int, s string, o dates.Options) thread.Stamp {
	if s == "" || len(s) > 400 {
		return thread.Stamp{}
	}
	m, ok := dates.Find(s, o)
	if !ok {
		return thread.Stamp{}
	}
	if m.Ambiguous {
		p.noteAt(i, thread.AmbiguousDate, "the date %q can be read with day and month swapped", s[m.Start:m.End])
	}
	return m.Stamp
}

// machineTime reads the value of a datetime attribute.
func machineTime(s string) thread.Stamp {
	s = strings.TrimSpace(s)
	if len(s) < len("2006-01-02") { // most elements have none
		return thread.Stamp{}
	}
	if len(s) == 10 { // of the years 2001 to 2033
		if sec, err := strconv.ParseUint(s, 10, 32); err == nil && sec > 1e9 && sec < 2e9 {
			return thread.At(time.Unix(int64(sec), 0).UTC(), thread.Second)
		}
	}
	for _, f := range machineLayouts {
		if !pages.SameShape(s, f.layout) { // a failed Parse is dear
			continue
		}
		t, err := time.Parse(f.layout, s)
		if err != nil || t.Year() < 1980 || t.Year() > 9999 {
			continue
		}
		if f.zoned {
			return thread.At(t, f.prec)
		}
		return thread.Local(t, f.prec)
	}
	return thread.Stamp{}
}

var machineLayouts = []struct {
	layout string
	prec   thread.Precision
	zoned  bool
}{
	{time.RFC3339, thread.Second, true}, {"2006-01-02T15:04:05Z0700", thread.Second, true}, {"2006-01-02 15:04:05Z07:00", thread.Second, true},
	{"2006-01-02T15:04Z07:00", thread.Minute, true}, {"2006-01-02 15:04:05 -0700", thread.Second, true}, {time.RFC1123Z, thread.Second, true}, {time.RFC1123, thread.Second, true},
	{"2006-01-02T15:04:05", thread.Second, false}, {"2006-01-02 15:04:05", thread.Second, false},
	{"2006-01-02T15:04", thread.Minute, false}, {"2006-01-02 15:04", thread.Minute, false}, {"2006-01-02", thread.Day, false},
}
