package mail

import (
	"cmp"
	"slices"
	"strings"

	"threadheat/thread"
)

// forest is who answers whom, found as Jamie Zawinski describes it
// (https://www.jwz.org/doc/threading.html), in two passes over arrays rather
// than one over pointers, so that the order of the messages does not matter:
//
//  1. A message answers the last of its References. Its In-Reply-To counts
//     where it names a message that the References do not.
//  2. What stands side by side in the References of any message is linked,
//     where the second is not linked yet: so the places of messages that are
//     not in the input are known.
//  3. Conversations of one subject are joined where one of them is an answer
//     that refers to nothing.
//
// A link that would close a circle is not made. It departs from the description
// in three points. Messages that are missing keep their places, one above the
// other, and are not pruned: the depth of what is below them is a measure here.
// Where one of two conversations to be joined hangs from a missing message,
// they stand side by side, for the missing one answered something else. And two
// openings of one subject ("Weekly report") are two conversations: an answer
// without references goes to the last one that was begun before it.
//
// O(n α(n)) for n messages and references, but for sorting.
type forest struct {
	parent  []int32 // by container
	up      []int32 // the same with short cuts, to find the topmost
	guessed []bool  // the parent is known by the subject only
	group   []int32 // of topmost containers: their conversation
	groups  int32
}

// skew is by how many milliseconds an answer may seem to be older than what it
// answers: two days, of clocks that are set wrong.
const skew = 48 * 3600 * 1000

// thread links what is in the Box. names are the IDs of comments by container.
func (b *Box) thread(names []string) *forest {
	n := len(b.ids)
	f := &forest{parent: make([]int32, n), up: make([]int32, n), guessed: make([]bool, n), group: make([]int32, n)}
	for c := range n {
		f.parent[c], f.up[c], f.group[c] = none, none, none
	}
	b.tidyReferences()
	for i := range b.letters {
		l := &b.letters[i]
		if l.refs == l.end || f.parent[l.container] != none {
			continue
		}
		if !f.link(l.container, b.refs[l.end-1]) {
			b.note(int32(i), thread.Cycle, thread.Repaired, "the comment %s answers one of its own replies; it does not stand below it")
		}
	}
	for i := range b.letters {
		chain := b.refs[b.letters[i].refs:b.letters[i].end]
		for k := 1; k < len(chain); k++ {
			if f.parent[chain[k]] == none {
				f.link(chain[k], chain[k-1])
			}
		}
	}
	b.joinSubjects(f, names)
	return f
}

// link puts a topmost container below another, unless it is above that.
func (f *forest) link(child, parent int32) bool {
	if f.top(parent) == child {
		return false
	}
	f.parent[child], f.up[child] = parent, parent
	return true
}

// top is the topmost container above c.
func (f *forest) top(c int32) int32 {
	top := c
	for f.up[top] != none {
		top = f.up[top]
	}
	for f.up[c] != none { // short cuts for the next time
		c, f.up[c] = f.up[c], top
	}
	return top
}

// tidyReferences leaves of the references of each letter what step 1 and 2 use:
// each once, the letter's own ID not, and what it answers at the end.
func (b *Box) tidyReferences() {
	seen := make([]int32, len(b.ids)) // 1 + the letter that named it last
	for i := range b.letters {
		l := &b.letters[i]
		mark := int32(i) + 1
		seen[l.container] = mark
		chain := b.refs[l.refs:l.refs:l.end]
		for _, c := range b.refs[l.refs:l.answer] {
			if seen[c] != mark {
				seen[c] = mark
				chain = append(chain, c)
			}
		}
		best, known := int32(none), false
		for _, c := range b.refs[l.answer:l.end] {
			if known = seen[c] == mark && c != l.container; known {
				break
			}
			if c == l.container || best != none && (b.holder[best] != none || b.holder[c] == none) {
				continue
			}
			// "Message of Ann <ann@host>" holds an address where an ID should stand.
			if _, address := b.senders[strings.ToLower(b.ids[c])]; !address || b.holder[c] != none {
				best = c
			}
		}
		if !known && best != none {
			chain = append(chain, best)
		}
		l.answer, l.end = l.refs, l.refs+int32(len(chain))
	}
}

// before orders letters by time, then by ID, then as they came.
func (b *Box) before(names []string) func(x, y int32) int {
	return func(x, y int32) int {
		l, m := &b.letters[x], &b.letters[y]
		return cmp.Or(cmp.Compare(l.order, m.order), cmp.Compare(names[l.container], names[m.container]), cmp.Compare(x, y))
	}
}

// conversation is what is known of those of one subject: the last begun.
type conversation struct {
	group   int32
	opening int32   // the container that began it, none where only answers are known
	answers []int32 // that have none to stand below
	since   int64   // when the first of answers was written
}

// joinSubjects gives each topmost container its group.
func (b *Box) joinSubjects(f *forest, names []string) {
	before := b.before(names)
	first := make([]int32, len(b.ids)) // the letter in each topmost container, else the earliest below it
	for c := range first {
		first[c] = none
	}
	var tops []int32
	for i := range b.letters {
		t := f.top(b.letters[i].container)
		if first[t] == none {
			tops = append(tops, t)
		}
		if h := b.holder[t]; h != none {
			first[t] = h
		} else if first[t] == none || before(int32(i), first[t]) < 0 {
			first[t] = int32(i)
		}
	}
	slices.SortFunc(tops, func(x, y int32) int { return before(first[x], first[y]) })
	bySubject := map[string]*conversation{}
	for _, t := range tops {
		l := &b.letters[first[t]]
		subject := groupKey(l.subject)
		answer := b.holder[t] == none || l.reply
		known := bySubject[subject]
		switch {
		case subject == "":
			f.group[t] = f.newGroup()
		case answer && known == nil:
			f.group[t] = f.newGroup()
			bySubject[subject] = &conversation{f.group[t], none, []int32{t}, l.order}
		case answer:
			f.group[t] = known.group
			if known.opening == none {
				known.answers = append(known.answers, t)
			} else {
				b.guess(f, t, known.opening)
			}
		case known != nil && known.opening == none && l.order-known.since <= skew:
			f.group[t] = known.group
			for _, a := range known.answers {
				b.guess(f, a, t)
			}
			known.opening, known.answers = t, nil
		default:
			f.group[t] = f.newGroup()
			bySubject[subject] = &conversation{group: f.group[t], opening: t}
		}
	}
}

func (f *forest) newGroup() int32 {
	f.groups++
	return f.groups - 1
}

// guess puts an answer below the message that its subject names, and says so.
// What hangs from a missing message stays where it is.
func (b *Box) guess(f *forest, answer, opening int32) {
	if i := b.holder[answer]; i != none && f.link(answer, opening) {
		f.guessed[answer] = true
		b.note(i, thread.SameSubject, thread.Note, "the comment %s names no parent; it stands below the message whose subject it answers")
	}
}

// groupKey is a subject as it is compared, "" where it says nothing.
func groupKey(subject string) string {
	s := strings.ToLower(subject)
	if strings.Trim(s, "()[]<>") == "no subject" {
		return ""
	}
	return s
}

// conversations are the letters of each conversation in order of time, the
// conversations in order of their first letter in the input.
func (f *forest) conversations(b *Box, names []string) [][]int32 {
	rank := make([]int32, f.groups)
	for g := range rank {
		rank[g] = none
	}
	ranks := int32(0)
	of := make([]int32, len(b.letters))
	all := make([]int32, len(b.letters))
	for i := range b.letters {
		// What was linked by its subject has kept its group.
		g := &rank[f.group[f.top(b.letters[i].container)]]
		if *g == none {
			*g = ranks
			ranks++
		}
		of[i], all[i] = *g, int32(i)
	}
	before := b.before(names)
	slices.SortFunc(all, func(x, y int32) int { return cmp.Or(cmp.Compare(of[x], of[y]), before(x, y)) })
	var out [][]int32
	for lo := 0; lo < len(all); {
		hi := lo + 1
		for hi < len(all) && of[all[hi]] == of[all[lo]] {
			hi++
		}
		out = append(out, all[lo:hi])
		lo = hi
	}
	return out
}

// title is the subject of a conversation: that of what began it, else of what
// is known of it first.
func (f *forest) title(b *Box, conv []int32) string {
	for _, i := range conv {
		if l := &b.letters[i]; f.parent[l.container] == none && !l.reply {
			return l.subject
		}
	}
	return b.letters[conv[0]].subject
}
