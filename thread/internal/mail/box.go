package mail

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/dates"
)

// Box collects messages, and gives them out as conversations when all are
// there: an answer may stand anywhere, before what it answers too. It holds the
// texts once, and beside them about 350 bytes a message, half of it the
// Message-IDs and what refers to them.
type Box struct {
	zone *time.Location
	out  format.Sink

	parser   parser
	buffer   *bufio.Reader
	pos      thread.Pos // of the message being read
	envelope string     // the date on its "From " line

	letters []letter
	byID    map[string]int32  // Message-ID → container
	ids     []string          // by container
	holder  []int32           // container → the letter it holds, or none
	refs    []int32           // of all letters: containers
	senders map[string]int32  // address, or name where that says more → number
	keys    []string          // of senders by number
	texts   map[string]string // names and subjects, each kept once
	notes   []note
}

// letter is a message in the Box.
type letter struct {
	container    int32
	refs, answer int32 // in Box.refs: References from refs, In-Reply-To from answer
	end          int32
	left         int32 // parts that were left out
	reply        bool  // the subject says so
	system       bool  // no person wrote it
	author, key  string
	subject      string // without "Re:"
	time         thread.Stamp
	order        int64 // when it was written, in ms; where unknown, when the one before it was
	text         string
	pos          thread.Pos
}

// note is something odd about a letter.
type note struct {
	letter   int32
	code     thread.Code
	severity thread.Severity
	message  string // with %s for the quoted ID of the comment
}

const none = -1

// newBox makes an empty Box. zone is that of times written without one, nil
// where unknown; out is told of threads.
func newBox(zone *time.Location, out format.Sink) *Box {
	return &Box{
		zone: zone, out: out,
		byID: map[string]int32{}, senders: map[string]int32{}, texts: map[string]string{},
	}
}

// begin says where the next message stands.
func (b *Box) begin(file string, line int, offset int64, envelope string) {
	b.pos, b.envelope = thread.Pos{File: file, Line: line, Offset: offset}, envelope
}

// foreign reports lines before the first message of a mailbox.
func (b *Box) foreign(file string, n int) {
	if len(b.letters) == 0 {
		b.out.Report("", thread.Diagnostic{
			Code: thread.BadRecord, Severity: thread.Note, Pos: thread.Pos{File: file, Line: 1},
			Message: fmt.Sprintf("no message in %d lines: none begins with a \"From \" line", n),
		})
		return
	}
	b.note(0, thread.BadRecord, thread.Note, fmt.Sprintf("%d lines stand before the first message; they were left out", n))
}

func (b *Box) note(letter int32, code thread.Code, s thread.Severity, message string) {
	b.notes = append(b.notes, note{letter, code, s, message})
}

// add keeps a message.
func (b *Box) add(m message) {
	i := int32(len(b.letters))
	l := letter{text: m.text, pos: b.pos, left: int32(m.left), system: m.system}
	l.subject, l.reply = stripSubject(m.subject)
	l.author, l.key = b.sender(m)
	l.subject, l.author = b.once(l.subject), b.once(l.author)
	l.time, l.order = b.when(i, m.date)
	if m.id != "" {
		l.container = b.container(m.id)
		if first := b.holder[l.container]; first == none {
			b.holder[l.container] = i
		} else if f := &b.letters[first]; f.text != l.text || f.author != l.author || f.key != l.key {
			b.note(i, thread.DuplicateID, thread.Repaired, "the Message-ID of the comment %s was used before by another")
			l.container = b.newContainer(strings.Clone(m.id), i)
		}
	} else {
		l.container = b.newContainer("", i)
	}
	l.refs = int32(len(b.refs))
	for _, id := range m.references {
		b.refs = append(b.refs, b.container(id))
	}
	l.answer = int32(len(b.refs))
	for _, id := range m.inReplyTo {
		b.refs = append(b.refs, b.container(id))
	}
	l.end = int32(len(b.refs))
	b.odd(i, &m)
	b.letters = append(b.letters, l)
}

// odd notes what is odd about a message in itself.
func (b *Box) odd(i int32, m *message) {
	if m.guessed != "" {
		b.note(i, thread.EncodingGuessed, thread.Note, "the text of the comment %s is not in the character set it declares; it was read as "+m.guessed)
	}
	if m.cut {
		b.note(i, thread.Truncated, thread.Note, fmt.Sprintf("the comment %%s has more than %d MiB of text; the rest was left out", maxText>>20))
	}
	if m.author.name == "" {
		b.note(i, thread.AuthorMissing, thread.Note, "the comment %s names no author")
	}
	if m.junk {
		b.note(i, thread.BadRecord, thread.Note, "the header of the comment %s has lines that are no fields")
	}
}

// container is the place of a Message-ID.
func (b *Box) container(id string) int32 {
	c, ok := b.byID[id]
	if !ok {
		id = strings.Clone(id) // it is a piece of a long field
		c = b.newContainer(id, none)
		b.byID[id] = c
	}
	return c
}

// once is s, kept once for all letters.
func (b *Box) once(s string) string {
	if have, ok := b.texts[s]; ok {
		return have
	}
	s = strings.Clone(s)
	b.texts[s] = s
	return s
}

// newContainer is a place for a letter, which nothing can refer to unless it is
// put into byID.
func (b *Box) newContainer(id string, letter int32) int32 {
	b.ids, b.holder = append(b.ids, id), append(b.holder, letter)
	return int32(len(b.ids) - 1)
}

// sender is the name of a message's author and the key that tells him apart.
func (b *Box) sender(m message) (name, key string) {
	p := m.author
	if at := viaList(p.name); at > 0 {
		// A list that writes in the name of its members: the address is its own.
		p = person{name: strings.Trim(p.name[:at], " '\"")}
		for _, o := range m.others {
			if o.address != "" && o.address != m.author.address && (o.name == p.name || viaList(o.name) < 0 && len(m.others) == 1) {
				p.address = o.address
				break
			}
		}
	}
	if p.address == "" {
		return p.name, ""
	}
	who := p.address
	if before, _, _ := strings.Cut(who, "@"); strings.HasSuffix(before, "..") {
		who += " " + p.name // "ann...@host": hidden, and not one person's
	}
	n, ok := b.senders[who]
	if !ok {
		n = int32(len(b.keys))
		b.senders[who] = n
		b.keys = append(b.keys, "sender-"+strconv.Itoa(len(b.keys)+1))
	}
	return p.name, b.keys[n]
}

// viaList is where "via the list" starts in the name that a list gives to a
// member who writes through it, -1 where it does not.
func viaList(name string) int {
	return strings.LastIndex(name, " via ")
}

// when is the time of a message, and its place in time among the others.
func (b *Box) when(i int32, s string) (thread.Stamp, int64) {
	t, ok := b.stamp(s)
	if !ok {
		message := "the comment %s has no date"
		if strings.TrimSpace(s) != "" {
			message = "the date of the comment %s cannot be read"
		}
		if t, ok = b.stamp(b.envelope); ok {
			message += "; it has that of its delivery"
		}
		b.note(i, thread.UnknownDate, thread.Note, message)
	}
	if ok {
		return t, t.UnixMilli()
	}
	if i > 0 {
		return t, b.letters[i-1].order
	}
	return t, 0
}

func (b *Box) stamp(s string) (thread.Stamp, bool) {
	if strings.TrimSpace(s) == "" {
		return thread.Stamp{}, false
	}
	if t, ok := date(s, b.zone); ok {
		return t, true
	}
	// Programs of other languages and ages write what they like.
	m, ok := dates.Parse(s, dates.Options{Zone: b.zone})
	return m.Stamp, ok && m.Stamp.Timed() && !m.Ambiguous
}

// Threads gives out the comments, thread after thread, and empties the Box.
// false means that the receiver has had enough.
func (b *Box) Threads(yield func(thread.Comment, error) bool) bool {
	names := b.shortIDs()
	f := b.thread(names)
	g := giver{
		b: b, f: f, names: names, yield: yield,
		ghost: make([]bool, len(b.ids)), notes: make([]int32, len(b.letters)+1),
	}
	slices.SortStableFunc(b.notes, func(x, y note) int { return cmp.Compare(x.letter, y.letter) })
	for _, n := range b.notes {
		g.notes[n.letter+1]++
	}
	for i := range b.letters {
		g.notes[i+1] += g.notes[i]
	}
	for _, conv := range f.conversations(b, names) {
		if !g.give(conv) {
			return false
		}
	}
	return true
}

// giver gives out conversations.
type giver struct {
	b     *Box
	f     *forest
	names []string // IDs by container
	yield func(thread.Comment, error) bool
	ghost []bool  // by container: it was given out, or is left to the Builder
	notes []int32 // where in Box.notes those of a letter begin
	stack []int32
}

// give gives out a conversation. Its ID is that of its topmost comment.
func (g *giver) give(conv []int32) bool {
	b := g.b
	key := g.names[g.f.top(b.letters[conv[0]].container)]
	if key == "" {
		key = "#" + strconv.Itoa(int(conv[0])+1)
	}
	b.out.Describe(key, thread.Meta{ID: key, Title: g.f.title(b, conv)})
	left := 0
	for _, i := range conv {
		l := &b.letters[i]
		c := g.comment(i)
		c.Thread = key
		for _, n := range b.notes[g.notes[i]:g.notes[i+1]] {
			b.out.Report(key, thread.Diagnostic{
				Code: n.code, Severity: n.severity, Comment: c.ID, Pos: l.pos,
				Message: strings.Replace(n.message, "%s", strconv.Quote(c.ID), 1),
			})
		}
		left += int(l.left)
		l.text = "" // the thread will have it
		if !g.ghosts(&c, g.f.parent[l.container]) || !g.yield(c, nil) {
			return false
		}
	}
	if left > 0 {
		b.out.Report(key, thread.Diagnostic{
			Code: thread.LeftOut, Severity: thread.Note,
			Message: fmt.Sprintf("attachments and other parts that are not text were left out: %d", left),
		})
	}
	return true
}

// comment is a letter as a comment.
func (g *giver) comment(i int32) thread.Comment {
	l := &g.b.letters[i]
	c := thread.Comment{ID: g.names[l.container], Author: l.author, AuthorKey: l.key, Time: l.time, Text: l.text, Pos: l.pos}
	switch up := g.f.parent[l.container]; {
	case up != none && g.f.guessed[l.container]:
		c.Parent, c.Basis = g.names[up], thread.Inferred
	case up != none:
		c.Parent, c.Basis = g.names[up], thread.Declared
	case !l.reply:
		c.Kind = thread.Post
	}
	if l.system {
		c.Kind = thread.System
	}
	return c
}

// ghosts gives out the missing messages from up upwards, but the topmost: that
// one the Builder makes, which knows of it by those below it.
func (g *giver) ghosts(c *thread.Comment, up int32) bool {
	b, parent := g.b, g.f.parent
	g.stack = g.stack[:0]
	for ; up != none && b.holder[up] == none && !g.ghost[up]; up = parent[up] {
		g.ghost[up] = true
		if parent[up] != none {
			g.stack = append(g.stack, up)
		}
	}
	for _, m := range slices.Backward(g.stack) {
		id := g.names[m]
		b.out.Report(c.Thread, thread.Diagnostic{
			Code: thread.MissingParent, Severity: thread.Repaired, Comment: c.ID, Pos: c.Pos,
			Message: fmt.Sprintf("the comment %q refers to %q, which is not in the input; a ghost stands in for it", c.ID, id),
		})
		ghost := thread.Comment{Thread: c.Thread, ID: id, Parent: g.names[parent[m]], State: thread.Missing, Basis: thread.Declared, Pos: c.Pos}
		if !g.yield(ghost, nil) {
			return false
		}
	}
	return true
}

// shortIDs are the IDs of comments by container: what stands before the @ of
// their Message-IDs, for the rest is an address. Letters come first, in their
// order, then what they refer to; one that is taken gets a number.
func (b *Box) shortIDs() []string {
	names := make([]string, len(b.ids))
	taken := make(map[string]int, len(b.ids))
	name := func(c int32) {
		id, _, _ := strings.Cut(b.ids[c], "@")
		id = strings.Map(func(r rune) rune {
			if r == utf8.RuneError || unicode.IsControl(r) || unicode.IsSpace(r) {
				return -1 // the Builder would drop it, and the ID be another
			}
			return r
		}, id)
		if id == "" && b.ids[c] != "" {
			id = "id"
		}
		if id == "" {
			return // the Builder gives one
		}
		unique := id
		for n := max(taken[id], 1); taken[unique] > 0; {
			n++
			unique = id + "~" + strconv.Itoa(n)
			taken[id] = n
		}
		taken[unique] = 1
		names[c] = unique
	}
	for i := range b.letters {
		if c := b.letters[i].container; names[c] == "" {
			name(c)
		}
	}
	for c := range b.ids {
		if names[c] == "" {
			name(int32(c))
		}
	}
	return names
}
