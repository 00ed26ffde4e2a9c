package thread

import (
	"fmt"
	"math"
	"slices"
	"strconv"
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
// comments and building costs O(n) time and about 190 bytes a comment beside
// the texts. A Builder builds one Thread and must not be used after Build.
type Builder struct {
	meta Meta
	t    Thread

	parentID []string
	byID     map[string]int32
	suffix   map[string]int // the next to try for a used ID
	authors  map[string]AuthorID
	files    map[string]int32
	arena    strings.Builder
}

// NewBuilder starts a thread. Meta may still be changed through SetMeta.
func NewBuilder(m Meta) *Builder {
	b := &Builder{byID: map[string]int32{}, suffix: map[string]int{}, authors: map[string]AuthorID{}, files: map[string]int32{}}
	b.SetMeta(m)
	return b
}

// SetMeta replaces what is known of the thread as a whole. Its strings are made
// safe as those of comments are.
func (b *Builder) SetMeta(m Meta) {
	for _, s := range []*string{&m.ID, &m.Title, &m.URL, &m.Lang, &m.Source.Name, &m.Source.Format, &m.Source.Confidence, &m.Source.SHA256} {
		*s, _ = cleanLine(*s)
	}
	m.Article, _ = cleanText(m.Article)
	b.meta = m
}

// Meta is what is known of the thread so far.
func (b *Builder) Meta() Meta { return b.meta }

// Len is the number of comments placed so far.
func (b *Builder) Len() int { return len(b.parentID) }

// Report adds a diagnostic of a decoder to those of the thread.
func (b *Builder) Report(d Diagnostic) {
	for _, s := range []*string{(*string)(&d.Code), &d.Comment, &d.Message} {
		*s, _ = cleanLine(*s)
	}
	b.t.diagnostics = append(b.t.diagnostics, d)
}

// Add takes a comment. The strings of c are kept or copied, never changed.
func (b *Builder) Add(c Comment) {
	c.Thread = "" // it has arrived there
	clean := cleanComment(&c)
	first, used := b.byID[c.ID]
	if c.ID == "" {
		c.ID = b.freshID("#" + strconv.Itoa(len(b.parentID)+1))
		b.report(MissingID, Repaired, &c, "a comment without an ID was given the ID %q", c.ID)
	} else if used && b.sameContent(first, &c) {
		b.t.quarantined = append(b.t.quarantined, c)
		b.report(DuplicateID, Quarantined, &c, "the comment %q stands twice with the same author and text; the second is set aside", c.ID)
		return
	} else if used {
		old := c.ID
		c.ID = b.freshID(old)
		b.report(DuplicateID, Repaired, &c, "the ID %q is used twice; the second comment is now %q", old, c.ID)
	}
	if !clean {
		b.report(InvalidText, Repaired, &c, "control characters or bytes that are not UTF-8 were replaced")
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
	t.score = append(t.score, int32(min(max(c.Score, math.MinInt32), math.MaxInt32)))
	t.flags = append(t.flags, flags{c.Kind, c.State, c.Basis, c.HasScore, c.Certainty})
	t.pos = append(t.pos, b.pack(c.Pos))
	t.lo = append(t.lo, b.arena.Len())
	b.arena.WriteString(c.Text)
	t.hi = append(t.hi, b.arena.Len())
}

// pack is p with its file as a number.
func (b *Builder) pack(p Pos) place {
	file, ok := b.files[p.File]
	if !ok {
		file = int32(len(b.t.files))
		b.t.files = append(b.t.files, p.File)
		b.files[p.File] = file
	}
	return place{p.Offset, int32(min(max(p.Line, 0), math.MaxInt32)), file}
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
			if b.t.names[a] == "" {
				b.t.names[a] = c.Author
			}
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

// sameContent tells that c says what comment i says, by the same author.
func (b *Builder) sameContent(i int32, c *Comment) bool {
	t, a := &b.t, b.t.author[i]
	if t.keys[a] != c.AuthorKey || c.AuthorKey == "" && t.names[a] != c.Author {
		return false
	}
	return b.arena.String()[t.lo[i]:t.hi[i]] == c.Text
}

// freshID is want, or want~2, want~3, … whichever is free. Each suffix is tried
// once in the life of the Builder: a file may give one ID to all its comments.
func (b *Builder) freshID(want string) string {
	id := want
	for n := max(b.suffix[want], 2); ; n++ {
		if _, used := b.byID[id]; !used {
			return id
		}
		id = want + "~" + strconv.Itoa(n)
		b.suffix[want] = n + 1
	}
}

func (b *Builder) report(code Code, s Severity, c *Comment, format string, args ...any) {
	b.Report(Diagnostic{Code: code, Severity: s, Comment: c.ID, Pos: c.Pos, Message: fmt.Sprintf(format, args...)})
}

// cleanComment makes the strings of c safe to keep: valid UTF-8, no control
// characters, names on one line. ok tells that text and name were so before.
func cleanComment(c *Comment) (ok bool) {
	var text, name bool
	c.Text, text = cleanText(c.Text)
	c.Author, name = cleanLine(c.Author)
	c.ID, _ = cleanLine(c.ID)
	c.Parent, _ = cleanLine(c.Parent)
	c.AuthorKey, _ = cleanLine(c.AuthorKey)
	if !(c.Certainty > 0 && c.Certainty <= 1) { // a NaN neither
		c.Certainty = 0
	}
	if !c.HasScore {
		c.Score = 0
	}
	return text && name
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
	plain := true // no white space but single spaces inside
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] > ' ' && s[i] < utf8.RuneSelf || s[i] == ' ' && i > 0 && i+1 < len(s) && s[i-1] != ' '
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
	t := b.arrange(up, order)
	finish(t)
	return t
}

// resolveParents turns parent IDs into positions in order of arrival. For each
// parent that never came a ghost is added after the comments; ghosts lists the
// first comment that answers each.
func (b *Builder) resolveParents() (up, ghosts []int32) {
	n := len(b.parentID)
	up = make([]int32, n, n+8)
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
			ghosts = append(ghosts, int32(i))
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
	b.Report(Diagnostic{Code: code, Severity: s, Comment: b.t.id[i], Pos: b.t.Pos(Index(i)), Message: fmt.Sprintf(format, args...)})
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
func (b *Builder) readingOrder(up, ghosts []int32) []int32 {
	n := len(up)
	came := n - len(ghosts)
	b.t.doc = make([]Index, 0, n) // positions of arrival for now
	for i := range came {
		if p := int(up[i]); p >= came && ghosts[p-came] == int32(i) {
			b.t.doc = append(b.t.doc, Index(p))
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
func (b *Builder) arrange(up, order []int32) *Thread {
	n := len(order)
	b.parentID, b.byID, b.suffix, b.authors, b.files = nil, nil, nil, nil, nil
	t := &b.t
	t.meta, t.arena = b.meta, b.arena.String()
	t.parent, t.end, t.depth = make([]Index, n), make([]Index, n), make([]int32, n)
	if !slices.IsSorted(order) {
		// One column after the other: only one is in memory twice.
		sortBy(&t.author, order)
		sortBy(&t.id, order)
		sortBy(&t.time, order)
		sortBy(&t.edited, order)
		sortBy(&t.score, order)
		sortBy(&t.flags, order)
		sortBy(&t.pos, order)
		sortBy(&t.lo, order)
		sortBy(&t.hi, order)
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
			t.flags[i].basis, t.flags[i].certain = NoBasis, 0
		}
	}
	for i := n - 1; i >= 0; i-- {
		if p := t.parent[i]; p != NoIndex {
			t.end[p] = max(t.end[p], t.end[i])
		}
	}
	for k, o := range t.doc {
		t.doc[k] = at[o]
	}
	renumberAuthors(t)
	return t
}

// sortBy moves a column from order of arrival to reading order.
func sortBy[T any](column *[]T, order []int32) {
	to := make([]T, len(order))
	for i, o := range order {
		to[i] = (*column)[o]
	}
	*column = to
}

// renumberAuthors numbers authors by first appearance in the document, which
// ghosts have changed.
func renumberAuthors(t *Thread) {
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
func finish(t *Thread) {
	for i := range t.parent {
		if t.flags[i].state == Missing {
			t.ghosts++ // in a thread that is read back they come as comments
			continue
		}
		if t.flags[i].kind != System && t.flags[i].state != Pending {
			t.published++
		}
		if p := t.parent[i]; p != NoIndex && before(t.time[i], t.time[p]) {
			t.diagnostics = append(t.diagnostics, Diagnostic{
				Code: ChildBefore, Severity: Note, Comment: t.id[i], Pos: t.Pos(Index(i)),
				Message: fmt.Sprintf("the reply %q is dated %s, before the comment it answers (%s)", t.id[i], t.time[i], t.time[p]),
			})
		}
	}
	if d := t.meta.Declared; t.meta.HasDeclared && d != t.published {
		t.diagnostics = append(t.diagnostics, Diagnostic{
			Code: CountMismatch, Severity: Note,
			Message: fmt.Sprintf("the source declares %d comments, %d were found", d, t.published),
		})
	}
	t.diagnostics = unique(t.diagnostics)
}

// before tells that a is earlier than b for certain, as far as both are
// precise: 10:00 is not before 10:00:30.
func before(a, b Stamp) bool {
	apart := b.UnixMilli() - a.UnixMilli()
	switch p := min(a.prec, b.prec); {
	case p == None:
		return false
	case p <= Day:
		return Local(a.Time(), p).ms < Local(b.Time(), p).ms
	case a.zoned != b.zoned:
		return false
	case p == Hour:
		return apart >= 3_600_000
	case p == Minute:
		return apart >= 60_000
	}
	return apart > 0
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
