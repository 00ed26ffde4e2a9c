package thread

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Builder makes a Thread of comments that come in any order and of any
// quality. It accepts everything and refuses nothing:
//
//   - a parent that never comes gets a ghost in its place (missing-parent),
//   - a comment that answers itself becomes top-level (self-parent),
//   - a cycle is cut at its earliest comment (cycle),
//   - a second comment under a used ID is quarantined if author and text are
//     the same, else kept under a new ID (duplicate-id),
//   - a reply older than its parent is noted (child-before-parent),
//   - bytes that are not UTF-8 become U+FFFD, control characters go (invalid-text).
//
// Comments added = comments placed + comments quarantined, always. Adding n
// comments and building costs O(n) time and about 200 bytes a comment beside
// the texts. A Builder builds one Thread and must not be used after Build.
type Builder struct {
	meta Meta
	t    Thread

	parentID []string
	byID     map[string]int32
	authors  map[string]AuthorID
	arena    []byte
}

// NewBuilder starts a thread. Meta may still be changed through SetMeta.
func NewBuilder(m Meta) *Builder {
	return &Builder{meta: m, byID: map[string]int32{}, authors: map[string]AuthorID{}}
}

// SetMeta replaces what is known of the thread as a whole.
func (b *Builder) SetMeta(m Meta) { b.meta = m }

// Meta is what is known of the thread so far.
func (b *Builder) Meta() Meta { return b.meta }

// Len is the number of comments placed so far.
func (b *Builder) Len() int { return len(b.parentID) }

// Report adds a diagnostic of a decoder to those of the thread.
func (b *Builder) Report(d Diagnostic) { b.t.diagnostics = append(b.t.diagnostics, d) }

// Add takes a comment. The strings of c are kept or copied, never changed.
func (b *Builder) Add(c Comment) {
	b.clean(&c)
	if c.ID == "" {
		c.ID = b.freshID("#" + fmt.Sprint(len(b.parentID)+1))
		b.report(MissingID, Repaired, &c, "a comment without an ID was given the ID %q", c.ID)
	} else if first, used := b.byID[c.ID]; used {
		if b.sameContent(first, &c) {
			b.t.quarantined = append(b.t.quarantined, c)
			b.report(DuplicateID, Quarantined, &c, "the comment %q stands twice with the same author and text; the second is set aside", c.ID)
			return
		}
		old := c.ID
		c.ID = b.freshID(old)
		b.report(DuplicateID, Repaired, &c, "the ID %q is used twice; the second comment is now %q", old, c.ID)
	}
	b.place(c)
}

func (b *Builder) place(c Comment) {
	i := int32(len(b.parentID))
	b.byID[c.ID] = i
	t := &b.t
	b.parentID = append(b.parentID, c.Parent)
	t.id = append(t.id, c.ID)
	t.author = append(t.author, b.authorID(&c))
	t.time = append(t.time, c.Time)
	t.edited = append(t.edited, c.Edited)
	t.score = append(t.score, int32(min(max(c.Score, -1<<31), 1<<31-1)))
	t.flags = append(t.flags, flags{c.Kind, c.State, c.Basis, c.HasScore})
	t.pos = append(t.pos, c.Pos)
	t.lo = append(t.lo, len(b.arena))
	b.arena = append(b.arena, c.Text...)
	t.hi = append(t.hi, len(b.arena))
}

func (b *Builder) authorID(c *Comment) AuthorID {
	key := c.AuthorKey
	if key == "" {
		key = c.Author
	} else {
		key = "\x00" + key // a key never meets a name
	}
	if key != "" {
		if a, ok := b.authors[key]; ok {
			return a
		}
	}
	a := AuthorID(len(b.t.names))
	b.t.names = append(b.t.names, c.Author)
	b.t.keys = append(b.t.keys, c.AuthorKey)
	if key != "" {
		b.authors[key] = a
	}
	return a
}

func (b *Builder) sameContent(i int32, c *Comment) bool {
	t := &b.t
	return string(b.arena[t.lo[i]:t.hi[i]]) == c.Text && t.names[t.author[i]] == c.Author
}

// freshID is want, or want~2, want~3, … whichever is free.
func (b *Builder) freshID(want string) string {
	id := want
	for n := 2; ; n++ {
		if _, used := b.byID[id]; !used {
			return id
		}
		id = fmt.Sprintf("%s~%d", want, n)
	}
}

func (b *Builder) report(code Code, s Severity, c *Comment, format string, args ...any) {
	b.Report(Diagnostic{Code: code, Severity: s, Comment: c.ID, Pos: c.Pos, Message: fmt.Sprintf(format, args...)})
}

// clean makes the strings of c safe to keep: valid UTF-8, no control
// characters, names on one line.
func (b *Builder) clean(c *Comment) {
	text, ok1 := cleanText(c.Text)
	name, ok2 := cleanLine(c.Author)
	c.Text, c.Author = text, name
	c.ID, _ = cleanLine(c.ID)
	c.Parent, _ = cleanLine(c.Parent)
	c.AuthorKey, _ = cleanLine(c.AuthorKey)
	if !ok1 || !ok2 {
		b.report(InvalidText, Repaired, c, "control characters or bytes that are not UTF-8 were replaced")
	}
}

// cleanText drops control characters other than tab and line feed, and
// replaces what is not UTF-8. ok tells that nothing had to change but line ends.
func cleanText(s string) (_ string, ok bool) {
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	ok = utf8.ValidString(s)
	if ok && strings.IndexFunc(s, isBadControl) < 0 {
		return s, true
	}
	return strings.Map(func(r rune) rune {
		if isBadControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")), false
}

func isBadControl(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }

// cleanLine is cleanText for names and IDs: runs of white space, line ends
// included, become one space.
func cleanLine(s string) (_ string, ok bool) {
	s, ok = cleanText(s)
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return s, ok
	}
	return strings.Join(strings.Fields(s), " "), ok
}

// Build places all comments and returns the finished Thread.
func (b *Builder) Build() *Thread {
	up, ghosts := b.resolveParents()
	b.cutCycles(up)
	order := b.readingOrder(up, ghosts)
	t := b.arrange(up, order, ghosts)
	b.finish(t)
	return t
}

// resolveParents turns parent IDs into positions in order of arrival, and adds
// a ghost for each parent that never came. ghosts maps the ghost to the first
// comment that answers it.
func (b *Builder) resolveParents() (up []int32, ghosts map[int32]int32) {
	n := len(b.parentID)
	up = make([]int32, n, n+8)
	ghosts = map[int32]int32{}
	for i := 0; i < n; i++ {
		id := b.parentID[i]
		up[i] = -1
		if id == "" {
			continue
		}
		p, ok := b.byID[id]
		switch {
		case !ok:
			p = int32(len(b.parentID))
			b.place(Comment{ID: id, State: Missing})
			up = append(up, -1)
			ghosts[p] = int32(i)
			b.reportAt(i, MissingParent, Repaired, "the comment %q answers %q, which is not in the input; a ghost stands in for it", b.t.id[i], id)
		case p == int32(i):
			b.reportAt(i, SelfParent, Repaired, "the comment %q answers itself; it now stands at top level", id)
			continue
		}
		up[i] = p
	}
	return up, ghosts
}

func (b *Builder) reportAt(i int, code Code, s Severity, format string, args ...any) {
	b.Report(Diagnostic{Code: code, Severity: s, Comment: b.t.id[i], Pos: b.t.pos[i], Message: fmt.Sprintf(format, args...)})
}

// cutCycles makes the earliest comment of each cycle top-level. Each comment is
// entered once, so the walk is linear.
func (b *Builder) cutCycles(up []int32) {
	seen := make([]int32, len(up)) // 0 not yet, else 1 + the start of the walk that met it
	for i := range up {
		walk := int32(i) + 1
		at := int32(i)
		for at >= 0 && seen[at] == 0 {
			seen[at] = walk
			at = up[at]
		}
		if at < 0 || seen[at] != walk {
			continue
		}
		first := at
		for c := up[at]; c != at; c = up[c] {
			first = min(first, c)
		}
		up[first] = -1
		b.reportAt(int(first), Cycle, Repaired, "the comment %q answers one of its own replies; the circle is cut there", b.t.id[first])
	}
}

// readingOrder lists positions of arrival depth first, siblings in document
// order. It walks by first-reply and next-sibling links, without a stack.
func (b *Builder) readingOrder(up []int32, ghosts map[int32]int32) []int32 {
	n := len(up)
	b.t.doc = make([]Index, 0, n) // positions of arrival for now
	for i := range int32(n) {
		if _, ghost := ghosts[i]; ghost {
			continue
		}
		if p := up[i]; p >= 0 {
			if first, ghost := ghosts[p]; ghost && first == i {
				b.t.doc = append(b.t.doc, Index(p))
			}
		}
		b.t.doc = append(b.t.doc, Index(i))
	}
	first, next := make([]int32, n), make([]int32, n)
	for i := range first {
		first[i], next[i] = -1, -1
	}
	root := int32(-1)
	for k := n - 1; k >= 0; k-- {
		i := int32(b.t.doc[k])
		if p := up[i]; p >= 0 {
			next[i], first[p] = first[p], i
		} else {
			next[i], root = root, i
		}
	}
	order := make([]int32, 0, n)
	for at := root; at >= 0; {
		order = append(order, at)
		if first[at] >= 0 {
			at = first[at]
			continue
		}
		for at >= 0 && next[at] < 0 {
			at = up[at]
		}
		if at >= 0 {
			at = next[at]
		}
	}
	return order
}

// arrange moves all columns from order of arrival to reading order.
func (b *Builder) arrange(up, order []int32, ghosts map[int32]int32) *Thread {
	n := len(order)
	from := &b.t
	t := &Thread{
		meta: b.meta, names: from.names, keys: from.keys, arena: string(b.arena), ghosts: len(ghosts),
		diagnostics: from.diagnostics, quarantined: from.quarantined,
		parent: make([]Index, n), end: make([]Index, n), depth: make([]int32, n),
		author: pick(from.author, order), id: pick(from.id, order), time: pick(from.time, order),
		edited: pick(from.edited, order), score: pick(from.score, order), flags: pick(from.flags, order),
		pos: pick(from.pos, order), lo: pick(from.lo, order), hi: pick(from.hi, order),
	}
	at := make([]Index, n) // position of arrival → Index
	for i, o := range order {
		at[o] = Index(i)
	}
	for i, o := range order {
		t.end[i] = Index(i) + 1
		t.parent[i] = NoIndex
		if p := up[o]; p >= 0 {
			t.parent[i] = at[p]
			t.depth[i] = t.depth[at[p]] + 1
		} else {
			t.flags[i].basis = NoBasis
		}
	}
	for i := n - 1; i >= 0; i-- {
		if p := t.parent[i]; p != NoIndex {
			t.end[p] = max(t.end[p], t.end[i])
		}
	}
	t.doc = make([]Index, n)
	for k, o := range from.doc {
		t.doc[k] = at[o]
	}
	b.renumberAuthors(t)
	return t
}

func pick[T any](from []T, order []int32) []T {
	to := make([]T, len(order))
	for i, o := range order {
		to[i] = from[o]
	}
	return to
}

// renumberAuthors numbers authors by first appearance in the document, which
// ghosts have changed.
func (b *Builder) renumberAuthors(t *Thread) {
	to := make([]AuthorID, len(t.names))
	for a := range to {
		to[a] = -1
	}
	names, keys := make([]string, 0, len(t.names)), make([]string, 0, len(t.names))
	for _, i := range t.doc {
		a := t.author[i]
		if to[a] < 0 {
			to[a] = AuthorID(len(names))
			names, keys = append(names, t.names[a]), append(keys, t.keys[a])
		}
		t.author[i] = to[a]
	}
	t.names, t.keys = names, keys
}

// finish adds what can only be told of the whole, and drops diagnostics said
// twice: a thread that is read back brings its own along.
func (b *Builder) finish(t *Thread) {
	found := 0
	for i := range t.parent {
		if t.flags[i].state == Missing {
			continue
		}
		if t.flags[i].kind != System {
			found++
		}
		if p := t.parent[i]; p != NoIndex && before(t.time[i], t.time[p]) {
			t.diagnostics = append(t.diagnostics, Diagnostic{
				Code: ChildBefore, Severity: Note, Comment: t.id[i], Pos: t.pos[i],
				Message: fmt.Sprintf("the reply %q is dated %s, before the comment it answers (%s)", t.id[i], t.time[i], t.time[p]),
			})
		}
	}
	if d := t.meta.Declared; t.meta.HasDeclared && d != found {
		t.diagnostics = append(t.diagnostics, Diagnostic{
			Code: CountMismatch, Severity: Note,
			Message: fmt.Sprintf("the source declares %d comments, %d were found", d, found),
		})
	}
	t.diagnostics = unique(t.diagnostics)
	t.ghosts = 0
	for _, f := range t.flags {
		if f.state == Missing {
			t.ghosts++
		}
	}
}

// before compares two stamps as far as both are precise.
func before(a, b Stamp) bool {
	if a.IsZero() || b.IsZero() || a.zoned != b.zoned {
		return false
	}
	switch min(a.prec, b.prec) {
	case Year, Month:
		return a.Time().Year() < b.Time().Year()
	case Day, Hour:
		return a.ms/86_400_000 < b.ms/86_400_000
	}
	return a.UnixMilli() < b.UnixMilli()
}

func unique(ds []Diagnostic) []Diagnostic {
	type key struct {
		code    Code
		comment string
		line    int
		message string
	}
	seen := make(map[key]bool, len(ds))
	out := ds[:0]
	for _, d := range ds {
		k := key{d.Code, d.Comment, d.Pos.Line, d.Message}
		if !seen[k] {
			seen[k] = true
			out = append(out, d)
		}
	}
	return out
}
