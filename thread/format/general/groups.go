package general

import (
	"math"
	"slices"
	"strings"

	"threadheat/thread/internal/dom"
)

// group is elements that are alike.
type group struct {
	key
	name    string
	members []dom.Node // in document order
	ends    []dom.Node // where each ends: its own end, or the next one's start
	score   float64
}

// key is what the members of a group share.
type key struct {
	tag  string
	kind byte   // '.' a class, '#' an ID but for its numbers, '>' the element around, '@' an attribute
	word string // that class, ID, …
}

// enough is the score that a group must reach to count at all.
const enough = 5.0

// weighAll gives every group its score.
func (f *finder) weighAll() {
	weighed := f.groups[:0:0]
	for _, g := range f.groups {
		for i, v := range f.variants(g) {
			if f.weigh(v); i > 0 {
				v.score -= .5 // a reading without it is the simpler one
			}
			if v.score > 0 {
				weighed = append(weighed, v)
			}
		}
	}
	f.groups = weighed
}

// best is the group that is most likely the discussion of the page, whole, nil
// where none is likely enough.
func (f *finder) best() *group {
	var best *group
	for _, g := range f.groups {
		if g.score >= enough && (best == nil || g.score > best.score+1e-9) {
			best = g
		}
	}
	if best != nil {
		f.join(best)
	}
	return best
}

// containers are the elements that may hold a comment.
var containers = map[string]bool{"li": true, "div": true, "article": true, "section": true, "tr": true, "dl": true, "dt": true, "dd": true, "table": true, "blockquote": true,
	"aside": true, "ul": true, "ol": true, "p": true, "td": true, "details": true, "tbody": true, "h3": true, "h4": true, "h5": true}

// gather puts n into the groups it belongs to.
func (f *finder) gather(n dom.Node, tag string, r role) {
	if !containers[tag] && strings.IndexByte(tag, '-') < 0 {
		return
	}
	t := f.t
	some := false
	tokens := 0
	for c := range t.Classes(n) {
		if tokens++; tokens > 10 || len(c) > 60 {
			break
		}
		p, _ := pattern(c)
		f.put(key{tag, '.', p}, n)
		some = true
	}
	if id := t.Get(n, "id"); id != "" && len(id) < 60 {
		if p, numbered := pattern(id); numbered {
			f.put(key{tag, '#', p}, n)
			some = true
		}
	}
	for _, attr := range [...]string{"data-comment-id", "data-commentid", "data-comment", "data-testid", "data-component", "data-reply-id"} {
		if v, ok := t.Attr(n, attr); ok {
			if strings.HasPrefix(attr, "data-test") || strings.HasPrefix(attr, "data-component") {
				if v, _ = pattern(v); len(v) > 40 {
					continue
				}
			} else {
				v = attr
			}
			f.put(key{tag, '@', v}, n)
			some = true
		}
	}
	if !some || tag == "li" || tag == "tr" || tag == "dt" {
		up := t.Parent(n)
		word := t.Tag(up)
		for c := range t.Classes(up) {
			p, _ := pattern(c)
			word += "." + p
			break
		}
		if !strings.Contains(word, ".") {
			if p, _ := pattern(t.Get(up, "id")); p != "" && len(p) < 60 {
				word += "#" + p
			}
		}
		if tag != "p" && tag != "td" || !some && strings.ContainsAny(word, ".#") {
			f.put(key{tag, '>', word}, n)
		}
	}
}

func (f *finder) put(k key, n dom.Node) {
	g := f.byKey[k]
	if g == nil {
		g = &group{key: k}
		f.byKey[k] = g
		f.groups = append(f.groups, g)
	}
	g.members = append(g.members, n)
}

// variants are the ways to read a group: each member for itself, and where all
// stand side by side, each with what follows it up to the next.
func (f *finder) variants(g *group) []*group {
	g.name = g.tag + string(g.kind) + g.word
	g.ends = make([]dom.Node, len(g.members))
	beside := 0
	short := true
	for i, m := range g.members {
		g.ends[i] = f.t.End(m)
		if i > 0 && f.t.Parent(m) == f.t.Parent(g.members[i-1]) {
			beside++
		}
		short = short && g.ends[i]-m < 60
	}
	out := []*group{g}
	switch {
	case g.tag == "li" || g.tag == "td" || g.tag == "ul" || g.tag == "ol" || !short:
		return out
	case g.tag != "dt" && (beside == 0 || beside < len(g.members)/2):
		return out
	}
	if c := f.in(g.members[0], g.ends[0]); c.free > 200 && c.dates+c.authors > 0 {
		return out // has all it needs
	}
	s := &group{key: g.key, name: g.name + " and what follows", members: g.members, ends: make([]dom.Node, len(g.members))}
	for i, m := range s.members {
		up := f.t.Parent(m)
		switch {
		case i+1 < len(s.members) && f.t.Parent(s.members[i+1]) == up:
			s.ends[i] = s.members[i+1]
		default: // the last of its list goes on as long as the one before did
			kids := maxBeside
			if i > 0 && f.t.Parent(s.members[i-1]) == up {
				kids = f.elements(s.members[i-1], m)
			}
			s.ends[i] = f.after(m, f.t.End(up), kids)
		}
	}
	return append(out, s)
}

// maxBeside is how many elements after its head may belong to a comment.
const maxBeside = 50

// elements is how many elements stand side by side from lo to before hi, at most
// maxBeside.
func (f *finder) elements(lo, hi dom.Node) (count int) {
	for c := lo; c < hi && count < maxBeside; c = f.t.End(c) {
		if !f.t.IsText(c) {
			count++
		}
	}
	return count
}

// after is the place after n and as many elements beside it as make count.
func (f *finder) after(n, hi dom.Node, count int) dom.Node {
	c := n
	for c < hi {
		if !f.t.IsText(c) {
			if count == 0 {
				break
			}
			count--
		}
		c = f.t.End(c)
	}
	return c
}

// owns works out what each member holds without the members in it.
func (f *finder) owns(g *group) []counts {
	own := make([]counts, len(g.members))
	var open []int
	for i, m := range g.members {
		for len(open) > 0 && g.ends[open[len(open)-1]] <= m {
			open = open[:len(open)-1]
		}
		own[i] = f.in(m, g.ends[i])
		if k := len(open); k > 0 {
			own[open[k-1]] = own[open[k-1]].minus(f.in(m, g.ends[i]))
		}
		open = append(open, i)
	}
	return own
}

func (c counts) good() bool { return c.free+c.linked/2 >= 2 && (c.dates > 0 || c.authors > 0) }

// tally is how many members of a group hold what, of those that are good.
type tally struct {
	good int   // hold a text, and an author or a date
	free int32 // bytes of text in them

	dated, both, near                int // a date; with an author; with what may be a name
	talks, replies, numbers, avatars int
	long                             int // more than a few words
	twice, many                      int // more than one date; so many that they hold several comments
	titles, counted, linky, pictures int // what lists of articles hold
}

func tallyOf(own []counts) (t tally) {
	for _, c := range own {
		if !c.good() {
			continue
		}
		t.good++
		t.free += c.free
		for _, is := range [...]struct {
			so bool
			at *int
		}{
			{c.dates > 0, &t.dated}, {c.dates > 0 && c.authors > 0, &t.both}, {c.dates > 0 && c.authors == 0 && c.names > 0, &t.near},
			{c.talks > 0, &t.talks}, {c.replies > 0, &t.replies}, {c.numbers > 0, &t.numbers}, {c.avatars > 0, &t.avatars}, {c.free >= 40, &t.long},
			{c.dates > 1, &t.twice}, {c.dates > 2 || c.authors > 4, &t.many},
			{c.titles > 0, &t.titles}, {c.counted > 0, &t.counted}, {c.linked > c.free && c.linked > 20, &t.linky}, {c.pictures > 0 && c.avatars == 0, &t.pictures},
		} {
			if is.so {
				*is.at++
			}
		}
	}
	return t
}

// share is the share of the good members that k is of.
func (t *tally) share(k int) float64 { return float64(k) / float64(t.good) }

// weigh gives a group its score: what speaks for a discussion, less what speaks
// for a list of something else. 0 is no group at all. The weights were found on
// saved pages with and without comments; what separates them is that a list of
// something else says nowhere that people talk.
func (f *finder) weigh(g *group) {
	g.score = 0
	n := len(g.members)
	t := tallyOf(f.owns(g))
	if t.good == 0 || t.good*10 < n*6 || t.share(t.many) > .34 || t.share(t.dated)+t.share(t.both) < .5 && t.share(t.replies) < .5 {
		return
	}
	called := f.called(g)
	if called&(answers|header|closed) != 0 && called&(talk|post) == 0 {
		return
	}
	around, heading := f.around(g)
	s := t.talk(called, around, heading)
	if s == 0 || n == 1 && !t.alone(called, around, heading) {
		return
	}
	s += t.share(t.both)*2 + t.share(t.near) + t.share(t.dated) + t.share(t.avatars)*.5 + t.share(t.long)
	if g.kind == '#' || f.numbered(g) {
		s++
	}
	s -= t.share(t.titles)*4 + t.share(t.counted)*2.5 + t.share(t.linky)*3 + t.share(t.pictures)*.5 + t.share(t.many)*2 + t.share(t.twice)
	s -= float64(n-t.good) / float64(n) * 3
	if around&outside != 0 {
		s -= 2
	}
	if called&outside != 0 {
		s -= 3
	}
	if s > 0 { // of two that are as likely the larger
		g.score = s + math.Log2(1+float64(t.good))*.7 + math.Log2(1+float64(t.free)/200)*.15
	}
}

// talk is how much says that people talk here; 0 is nothing.
func (t *tally) talk(called, around role, heading bool) (s float64) {
	said := true
	switch one := called&notOne == 0; {
	case called&talk != 0 && one:
		s = 4
	case called&talk != 0:
		s = 2
	case called&review != 0 && one && t.good > 1:
		s = 3
	case called&(post|review) != 0:
		s, said = 1, false
	default:
		said = false
	}
	for _, sign := range [...]struct {
		is     bool
		weight float64
	}{
		{around&talk != 0, 2},
		{heading, 2},
		{t.good > 1 && t.share(t.talks) > .8, 1.5},
		{t.good > 1 && t.share(t.numbers) > .8 && called&(post|talk) != 0, 1.5},
		{t.share(t.replies) > .3, 2.5 * t.share(t.replies)},
	} {
		if sign.is {
			s, said = s+sign.weight, true
		}
	}
	if !said {
		return 0
	}
	return s
}

// alone tells that a group of one is a comment. One block with an author, a date
// and a text is the article more often than not.
func (t *tally) alone(called, around role, heading bool) bool {
	furnished := t.both > 0 || t.dated > 0 && (t.avatars > 0 || t.replies > 0)
	return furnished && (called&talk != 0 && called&notOne == 0 || heading && around&talk != 0)
}

// called is what the members of a group are called, by what they share and by
// the IDs of the first.
func (f *finder) called(g *group) (r role) {
	if g.kind != '>' {
		r = f.lex.of(g.word)
	}
	for _, m := range g.members[:min(len(g.members), 3)] {
		if id, _ := pattern(f.t.Get(m, "id")); id != "" {
			r |= f.lex.of(id)
		}
	}
	return r
}

// numbered tells that the members of a group have IDs that differ in a number.
func (f *finder) numbered(g *group) bool {
	for _, m := range g.members[:min(len(g.members), 3)] {
		if _, ok := pattern(f.t.Get(m, "id")); !ok {
			return false
		}
	}
	return true
}

// maxClimb is how far up the surroundings of a group are looked at.
const maxClimb = 40

// around is what the elements around a group say, and whether a heading that
// counts comments stands in or shortly before it.
func (f *finder) around(g *group) (r role, heading bool) {
	t := f.t
	first, last := g.members[0], g.ends[len(g.ends)-1]
	levels := 0
	for a := range t.Ancestors(first) {
		if levels++; levels > maxClimb || t.Tag(a) == "body" {
			break
		}
		ra := f.roles(a)
		if levels <= 8 || t.End(a) >= last && levels <= 12 {
			r |= ra & talk
		}
		if f.t.End(a)-a < dom.Node(t.Len())*2/5 {
			r |= ra & outside
		}
	}
	if i, _ := slices.BinarySearch(f.headings, first); i > 0 {
		heading = f.leadsTo(f.headings[i-1], first)
	}
	if len(f.counters) <= 2 { // more are those of a list of articles
		for _, h := range f.counters {
			heading = heading || h < first && f.leadsTo(h, first)
		}
	}
	return r, heading
}

// leadsTo tells that little stands between a heading and a comment.
func (f *finder) leadsTo(heading, first dom.Node) bool {
	c := f.in(heading, first)
	return first-heading < 400 && c.free < 600 && c.titles == 0
}

// maxJoins is how many other groups are held against the best one.
const maxJoins = 64

// join adds what stands among the members of a group and is called otherwise:
// replies, the comments of the article's author.
func (f *finder) join(g *group) {
	lo, hi := g.members[0], g.ends[len(g.ends)-1]
	for levels := 0; levels < 3 && f.t.Parent(lo) != dom.Root; levels++ {
		if up := f.t.Parent(lo); f.t.End(up) >= hi {
			lo, hi = up, f.t.End(up)
			break
		} else {
			lo = up
		}
	}
	tries := 0
	for _, o := range f.groups {
		if tries > maxJoins {
			break
		}
		if o.key == g.key || o.score < enough-1 || o.members[0] < lo || o.ends[len(o.ends)-1] > hi {
			continue
		}
		merged := f.merge(g, o)
		if merged == nil {
			continue
		}
		tries++
		f.weigh(merged)
		if own := f.owns(merged); merged.score > 0 && f.apart(g, o, merged, own) {
			g.members, g.ends = merged.members, merged.ends
		}
	}
}

// apart tells that each member of the merged group is a comment, and not the
// members of one group parts of those of the other.
func (f *finder) apart(g, o, merged *group, own []counts) bool {
	full := true
	for _, c := range own {
		if !c.good() {
			return false
		}
		full = full && c.dates > 0 && c.authors > 0
	}
	in := func(a, b *group) (count int) { // members of a that hold one of b that is none of a
		k := 0
		for i, m := range a.members {
			for k < len(b.members) && b.members[k] <= m {
				k++
			}
			for j := k; j < min(k+maxBeside, len(b.members)) && b.members[j] < a.ends[i]; j++ {
				if _, same := slices.BinarySearch(a.members, b.members[j]); !same {
					count++
					break
				}
			}
		}
		return count
	}
	within, around := in(g, o), in(o, g)
	if within*10 < len(g.members)*7 && around*10 < len(o.members)*7 {
		return true
	}
	return full && len(g.members) <= 3
}

// merge is a group of the members of both, nil where that is no more than g.
func (f *finder) merge(g, o *group) *group {
	m := &group{key: g.key, name: g.name}
	i, j := 0, 0
	for i < len(g.members) || j < len(o.members) {
		switch {
		case j == len(o.members) || i < len(g.members) && g.members[i] < o.members[j]:
			m.members, m.ends = append(m.members, g.members[i]), append(m.ends, g.ends[i])
			i++
		case i < len(g.members) && g.members[i] == o.members[j]:
			j++
		default:
			m.members, m.ends = append(m.members, o.members[j]), append(m.ends, o.ends[j])
			j++
		}
	}
	if len(m.members) == len(g.members) {
		return nil
	}
	return m
}
