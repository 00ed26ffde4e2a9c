package page

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
)

// fields are the parts of one comment.
type fields struct {
	id, parent, author, key, score, text string
	time, edited                         []when
	state                                thread.State
	opening, hasBody                     bool
	quoted                               quotation
}

// quotation is what the first quotation in a text tells.
type quotation struct{ id, name, words string }

// when is a value that may tell a time.
type when struct {
	value string
	utc   bool
}

// choice is what the walk over a comment has found for one list of fields: a
// value for each, "" for none yet.
type choice struct {
	fields []Field
	values []string
	inside bool // may be read from inside a body
}

func (p *reader) takeAll() {
	s := p.search()
	for i := range p.items {
		p.take(&p.items[i], s)
	}
}

// search is what of the rules is asked of the nodes of comments: all of it that
// any node of the page may answer.
type search struct {
	bodies  []*dom.Selector
	depths  []Depth
	choices [9]choice
	gone    []bool // by number in Rules.Gone, of the comment at hand
	asked   []int  // numbers in Rules.Gone
}

func (p *reader) search() *search {
	t, r := p.t, p.r
	s := &search{gone: make([]bool, len(r.Gone))}
	for _, b := range r.Body {
		if t.Alive(b) {
			s.bodies = append(s.bodies, b)
		}
	}
	var depths []Field
	for _, d := range r.Depth {
		if d.Select == nil || t.Alive(d.Select) {
			s.depths, depths = append(s.depths, d), append(depths, d.Field)
		}
	}
	for i, g := range r.Gone {
		if g.Select != nil && t.Alive(g.Select) {
			s.asked = append(s.asked, i)
		}
	}
	s.choices = [...]choice{
		{fields: r.ID, inside: true}, {fields: r.Parent, inside: true},
		{fields: r.Author}, {fields: r.AuthorKey}, {fields: r.Time}, {fields: r.Edited}, {fields: r.Score}, {fields: r.Opening}, {fields: depths},
	}
	for i := range s.choices {
		ch := &s.choices[i]
		var alive []Field
		for _, f := range ch.fields {
			if f.Select == nil || t.Alive(f.Select) {
				alive = append(alive, f)
			}
		}
		ch.fields, ch.values = alive, make([]string, len(alive))
	}
	return s
}

// take takes an item apart in one walk.
func (p *reader) take(it *item, q *search) {
	t, r, choices := p.t, p.r, &q.choices
	for i := range choices {
		clear(choices[i].values)
	}
	for i, g := range r.Gone {
		q.gone[i] = g.Select == nil || t.Match(it.node, g.Select)
	}
	body, rank := dom.None, len(q.bodies)
	textTo := dom.None // the end of the body the walk stands in
	quote := dom.None
	for i := range choices {
		choices[i].ask(t, it.node, true)
	}
	for c := it.node + 1; c < it.end; c++ {
		if to := p.itemTo[c]; to > 0 {
			c = to - 1
			continue
		}
		if t.IsText(c) {
			continue
		}
		for i, b := range q.bodies[:rank] {
			if t.Match(c, b) {
				body, rank = c, i
				textTo = max(textTo, t.End(c))
				break
			}
		}
		for i := range choices {
			if ch := &choices[i]; len(ch.fields) > 0 && (ch.inside || c >= textTo) {
				ch.ask(t, c, false)
			}
		}
		for _, i := range q.asked {
			q.gone[i] = q.gone[i] || t.Match(c, r.Gone[i].Select)
		}
		if r.Quote != nil && quote == dom.None && c < textTo && t.Match(c, r.Quote.Select) {
			quote = c
		}
	}
	for i, v := range choices {
		first := ""
		for _, s := range v.values {
			if first = s; s != "" {
				break
			}
		}
		switch i {
		case 0:
			if first != "" {
				it.id = first
			}
		case 1:
			it.parent = first
		case 2:
			it.author = first
		case 3:
			it.key = first
		case 4:
			it.time = v.whens()
		case 5:
			it.edited = v.whens()
		case 6:
			it.score = first
		case 7:
			it.opening = first != ""
		case 8:
			for k, s := range v.values {
				if d, err := strconv.Atoi(s); err == nil && d >= 0 {
					it.depth = d / q.depths[k].Unit
					break
				}
			}
		}
	}
	for _, w := range it.time {
		p.dates.see(w.value)
	}
	it.hasBody = body != dom.None
	if it.hasBody {
		it.text = t.TextQuoting(body, p.notText, p.cited)
	}
	if quote != dom.None {
		it.quoted = p.quotation(quote)
	}
	p.judge(it, q.gone)
}

// ask looks at element n, which is the comment's own where own says so.
func (ch *choice) ask(t *dom.Tree, n dom.Node, own bool) {
	for i := range ch.fields {
		f := &ch.fields[i]
		if ch.values[i] != "" || (f.Select == nil) != own || !own && !t.Match(n, f.Select) {
			continue
		}
		ch.values[i] = f.value(t, n)
	}
}

// value is what the field says at element n.
func (f *Field) value(t *dom.Tree, n dom.Node) string {
	var s string
	if f.Attr != "" {
		s = t.Get(n, f.Attr)
	} else {
		s = strings.ReplaceAll(t.Line(n, nil), "\u00a0", " ")
	}
	if f.Match != nil {
		m := f.Match.FindStringSubmatch(s)
		if m == nil {
			return ""
		}
		s = m[1]
	}
	return strings.TrimSpace(s)
}

func (ch *choice) whens() []when {
	var out []when
	for i, s := range ch.values {
		if s != "" {
			out = append(out, when{s, ch.fields[i].UTC})
		}
	}
	return out
}

func (p *reader) notText(n dom.Node) bool {
	return p.itemTo[n] > 0 || p.r.Chrome != nil && p.t.Match(n, p.r.Chrome)
}

func (p *reader) cited(n dom.Node) bool { return p.r.Cited != nil && p.t.Match(n, p.r.Cited) }

// quotation reads the quotation at n.
func (p *reader) quotation(n dom.Node) (q quotation) {
	t := p.t
	label := dom.None
	for i, list := range [...][]Field{p.r.Quote.ID, p.r.Quote.Name} {
		ch := choice{fields: list, values: make([]string, len(list))}
		ch.ask(t, n, true)
		for c := n + 1; c < t.End(n); c++ {
			if t.Match(c, p.r.Quote.Select) { // a quotation in the quotation
				c = t.End(c) - 1
				continue
			}
			if !t.IsText(c) {
				ch.ask(t, c, false)
			}
		}
		k := slices.IndexFunc(ch.values, func(s string) bool { return s != "" })
		if k < 0 {
			continue
		}
		if i == 0 {
			q.id = ch.values[k]
			continue
		}
		q.name = ch.values[k]
		if s := list[k].Select; s != nil {
			label = t.First(n, s, nil)
		}
	}
	q.words = t.Text(n, func(c dom.Node) bool { return c == label || t.Match(c, p.r.Quote.Select) || p.notText(c) })
	return q
}

// deletedUser is what sites write in place of a name that is gone.
var deletedUser = regexp.MustCompile(`^\[?(?i:deleted|removed|deleted user|deleted by user|supprimé|gelöscht)\]$`)

// anonymous are the names that software gives people who gave none. Two of them
// are two people.
var anonymous = map[string]bool{
	"anonymous": true, "anonymous coward": true, "guest": true, "visitor": true, "anonym": true, "anonyme": true, "gast": true, "invité": true, "visiteur": true,
	"anónimo": true, "anònim": true, "anônimo": true, "anonimo": true, "invitado": true, "visitante": true, "convidado": true, "ospite": true,
	"anoniem": true, "anonymní": true, "anonim": true, "anonimowy": true, "gość": true, "anonyymi": true, "vendég": true, "névtelen": true,
	"аноним": true, "анонимный": true, "гость": true, "анонім": true, "гість": true, "ανώνυμος": true, "匿名": true, "익명": true,
}

// IsDeletedUser tells that a name is what stands in place of one that is gone.
func IsDeletedUser(name string) bool { return deletedUser.MatchString(name) }

// IsAnonymous tells that a name is what software gives people who gave none.
func IsAnonymous(name string) bool {
	name = strings.ToLower(name)
	return anonymous[name] || anonymous[strings.TrimSuffix(name, " (not verified)")]
}

// judge settles what became of the comment. What stands in place of words that
// are gone is nobody's text, and no name either.
func (p *reader) judge(it *item, gone []bool) {
	if IsDeletedUser(it.author) {
		it.author, it.key = "", ""
	}
	nameless := it.author == "" || it.key == "" && anonymous[strings.ToLower(it.author)]
	for i, g := range p.r.Gone {
		if !gone[i] || g.Text != nil && !g.Text.MatchString(it.text) {
			continue
		}
		it.state = g.State
		if g.Text != nil {
			it.text = ""
		}
		break
	}
	if nameless && it.text == "" && it.state == thread.Visible {
		it.state = thread.Deleted
	}
	switch {
	case !nameless:
	case it.text == "":
		it.author = ""
	case it.author != "":
		it.key = "anonymous " + strconv.Itoa(int(it.node)) // a key of its own
	}
}

var figure = regexp.MustCompile(`[-−–]?\d[\d,. ]*`)

// number reads the first whole number of s: "-2 points", "1,234".
func number(s string) (int, bool) {
	m := figure.FindString(s)
	if m == "" {
		return 0, false
	}
	sign := 1
	var n int64
	for _, r := range m {
		switch {
		case r == '-' || r == '−' || r == '–':
			sign = -1
		case r >= '0' && r <= '9':
			if n = n*10 + int64(r-'0'); n > math.MaxInt32 {
				return 0, false
			}
		}
	}
	return sign * int(n), true
}
