// Package rank tells which earlier line of a conversation each line answers:
// the features of a line and its candidates, and the trees that rank them.
package rank

import (
	"math"
	"slices"

	"threadheat/thread"
	"threadheat/thread/replies/internal/talk"
)

// Bounds of what may be answered.
const (
	recent    = 14 // the last lines of anybody
	own       = 4  // the last of the author
	addressed = 8  // the last of the author addressed
	toMe      = 4  // the last that address the author
	ring      = 8
	// MaxCandidates of a line, "none" included.
	MaxCandidates = recent + own + addressed + toMe + 1
)

// None is the candidate that stands for "starts a conversation".
const None int32 = -1

// Features names the columns of a row, in order. Those before "dist" tell of
// the line alone and are the same for all its candidates; the others tell of
// line i and candidate j, whose author is J while that of i is I. Distances are
// in lines, gaps in minutes.
var Features = []string{
	"none",                                                                                                  // the candidate is None
	"form", "named", "question", "asks", "anyone", "greets", "thanks", "answers", "link", "action", "words", // of i
	"own_dist", "own_gap", "own_count", // to the last line of I; how many there are
	"to_dist", "tome_dist", "tome_since_own", // to the last line of whom i addresses, to the last that addresses I; how many do since I spoke
	"authors",                      // in the last lines
	"next_own_dist", "next_own_to", // to the next line of I; whom it addresses: nobody, somebody, the same as i
	"pace",   // minutes that the last lines took
	"notice", // lines since a notice named I

	"dist", "gap",
	"same", "j_is_to", "j_named", // J is I, is addressed by i, is named by i
	"j_to_me", "j_names_me", "same_to", "j_form", // j addresses I, names I; whom j addresses: nobody, somebody, the same as i, I
	"j_question", "j_asks", "j_greets", "j_thanks", "j_answers", "j_words",
	"j_since", "j_run", "me_since", "tome_after", // lines of J after j, of J in a row up to j, of I after j, to I after j
	"to_j_author", "to_j_other", "me_to_j", // lines to J after j by I, by others; how many lines ago I addressed J
	"j_own_dist",                      // from j to the line of J before
	"shared", "rarest", "shared_best", // words in common; weight of the rarest, and what it lacks to the best candidate's
	"j_next_to_me", "j_next_dist", "my_next_to_j", "next_tome_j", // of the next lines of J and I, and of the next that addresses I
	"rank_author", "between", "first_of_run", "last_to", "j_first", "turn_dist", // lines after j by J, by others than I and J; changes of speaker
}

// pairs is the column of "dist".
const pairs = 23

// list keeps the last places of something, the newest first.
type list struct {
	at [ring]int32
	n  int32 // how many there were in all
}

func (l *list) add(i int32) {
	copy(l.at[1:], l.at[:ring-1])
	l.at[0] = i
	l.n++
}

func (l *list) last() []int32 { return l.at[:min(l.n, ring)] }

// newest is the last of l, -1 where there is none.
func (l *list) newest() int32 {
	if l.n == 0 {
		return -1
	}
	return l.at[0]
}

// after is how many of l come after i, at most ring.
func (l *list) after(i int32) int {
	n := 0
	for _, a := range l.last() {
		if a <= i {
			break
		}
		n++
	}
	return n
}

// Walker goes through a talk line by line and makes the rows of each.
type Walker struct {
	k       *talk.Talk
	at      int32
	by, to  []list // by author: lines written, lines addressed to
	nextOwn []int32
	nextTo  []int32 // the next line that addresses the author of a line
	first   []bool  // first line of its author
	run     []int32 // lines in a row of the same author, this one included
	cands   []int32
	rows    []float32
	rare    []float32 // by candidate: weight of the rarest word in common
}

// NewWalker starts before the first line. O(lines).
func NewWalker(k *talk.Talk) *Walker {
	authors := thread.AuthorID(0)
	for i := range k.Lines {
		authors = max(authors, k.Lines[i].Author+1, k.Lines[i].To+1)
	}
	n := len(k.Lines)
	w := &Walker{k: k, by: make([]list, authors), to: make([]list, authors), nextOwn: make([]int32, n), nextTo: make([]int32, n), first: make([]bool, n), run: make([]int32, n)}
	next, nextTo := make([]int32, authors), make([]int32, authors)
	for a := range next {
		next[a], nextTo[a] = -1, -1
	}
	for i := n - 1; i >= 0; i-- {
		l := &k.Lines[i]
		w.nextOwn[i], w.nextTo[i] = next[l.Author], nextTo[l.Author]
		next[l.Author] = int32(i)
		if l.To != talk.Nobody {
			nextTo[l.To] = int32(i)
		}
	}
	return w
}

// Next moves to the next line; its candidates, the newest first and None last,
// and their rows, of len(Features) each. Both are overwritten by the next call.
func (w *Walker) Next() (i int, cands []int32, rows []float32) {
	w.candidates(w.at, &w.k.Lines[w.at])
	return w.next(w.cands)
}

// next makes the rows of the given candidates of the next line.
func (w *Walker) next(cands []int32) (int, []int32, []float32) {
	at := w.at
	l := &w.k.Lines[at]
	w.cands = append(w.cands[:0], cands...)
	w.first[at] = w.by[l.Author].n == 0
	w.run[at] = 1
	if at > 0 && w.k.Lines[at-1].Author == l.Author {
		w.run[at] = w.run[at-1] + 1
	}
	w.fill(at, l)
	w.by[l.Author].add(at)
	if l.To != talk.Nobody {
		w.to[l.To].add(at)
	}
	w.at++
	return int(at), w.cands, w.rows
}

func (w *Walker) candidates(at int32, l *talk.Line) {
	w.cands = w.cands[:0]
	for j := at - 1; j >= max(0, at-recent); j-- {
		w.cands = append(w.cands, j)
	}
	older := func(l *list, n int) {
		for _, j := range l.last()[:min(n, len(l.last()))] {
			if j < at-recent {
				w.insert(j)
			}
		}
	}
	older(&w.by[l.Author], own)
	if l.To != talk.Nobody {
		older(&w.by[l.To], addressed)
	}
	older(&w.to[l.Author], toMe)
	w.cands = append(w.cands, None)
}

// insert keeps cands descending, each once.
func (w *Walker) insert(j int32) {
	at := len(w.cands)
	for at > 0 && w.cands[at-1] < j {
		at--
	}
	if at > 0 && w.cands[at-1] == j {
		return
	}
	w.cands = append(w.cands, 0)
	copy(w.cands[at+1:], w.cands[at:])
	w.cands[at] = j
}

func bit(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// far is the distance of what is not there.
const far = 999

// dist is the lines from line to up to line from.
func (w *Walker) dist(from, to int32) float32 {
	if to < 0 {
		return far
	}
	return float32(min(from-to, far))
}

// ahead is the distance to a line still to come, -1 for none.
func ahead(at, next int32) float32 {
	if next < 0 {
		return far
	}
	return float32(min(next-at, far))
}

// gap is the minutes from line to up to line from; -1 where a time is unknown.
func (w *Walker) gap(from, to int32) float32 {
	if to < 0 {
		return far
	}
	a, b := w.k.Lines[to].Minute, w.k.Lines[from].Minute
	if a < 0 || b < 0 {
		return -1
	}
	return float32(max(0, min(b-a, far)))
}

// fill makes the rows of the candidates of line at.
func (w *Walker) fill(at int32, l *talk.Line) {
	n := len(Features)
	w.rows = slices.Grow(w.rows[:0], n*len(w.cands))[:n*len(w.cands)]
	head := w.line(at, l)
	best := float32(0)
	w.rare = w.rare[:0]
	for _, j := range w.cands {
		rare := float32(0)
		if j != None {
			if shared, lines := w.k.Shared(int(at), int(j)); shared > 0 {
				rare = float32(math.Log(float64(len(w.k.Lines)+1) / float64(lines)))
			}
		}
		best = max(best, rare)
		w.rare = append(w.rare, rare)
	}
	for c, j := range w.cands {
		row := w.rows[c*n : (c+1)*n]
		copy(row, head[:])
		if j == None {
			row[0] = 1
			for x := pairs; x < n; x++ {
				row[x] = absent
			}
			continue
		}
		pair := w.pair(at, j, w.rare[c], best)
		copy(row[pairs:], pair[:])
	}
}

// absent is what None has in the columns of candidates.
const absent = -2

// line is what the columns tell of a line alone.
func (w *Walker) line(at int32, l *talk.Line) [pairs]float32 {
	lines := w.k.Lines
	mine, toMe := &w.by[l.Author], &w.to[l.Author]
	last := mine.newest()
	to := int32(-1)
	if l.To != talk.Nobody {
		to = w.by[l.To].newest()
	}
	first := max(0, at-recent)
	authors := 0
	for j := at - 1; j >= first; j-- {
		if !slices.ContainsFunc(lines[j+1:at], func(o talk.Line) bool { return o.Author == lines[j].Author }) {
			authors++
		}
	}
	next, nextTo := w.nextOwn[at], float32(0)
	if next >= 0 && lines[next].To != talk.Nobody {
		nextTo = 1 + bit(lines[next].To == l.To)
	}
	has := func(s talk.Sign) float32 { return bit(l.Sign&s != 0) }
	return [pairs]float32{
		0, float32(l.Form), float32(w.k.Named(int(at))), has(talk.Question), has(talk.Asks), has(talk.Anyone), has(talk.Greets), has(talk.Thanks), has(talk.Answers), has(talk.Link), has(talk.Action), float32(l.Words),
		w.dist(at, last), w.gap(at, last), float32(min(mine.n, 20)),
		w.dist(at, to), w.dist(at, toMe.newest()), float32(toMe.after(last)),
		float32(authors),
		ahead(at, next), nextTo,
		w.gap(at, first),
		float32(min(l.Notice, far)),
	}
}

// pair is what the columns tell of a line and a candidate.
func (w *Walker) pair(at, j int32, rare, best float32) [59 - pairs]float32 {
	lines := w.k.Lines
	l, o := &lines[at], &lines[j]
	me, other := l.Author, o.Author
	mine, theirs := &w.by[me], &w.by[other]
	shared, _ := w.k.Shared(int(at), int(j))
	before := int32(-1)
	for _, p := range theirs.last() {
		if p < j {
			before = p
			break
		}
	}
	byMe, byOthers := 0, 0
	for _, p := range w.to[other].last() {
		if p <= j {
			break
		}
		if lines[p].Author == me {
			byMe++
		} else {
			byOthers++
		}
	}
	addressed := slices.IndexFunc(mine.last(), func(p int32) bool { return lines[p].To == other })
	if addressed < 0 {
		addressed = far
	}
	next, nextToMe := int32(-1), float32(0)
	if other != me {
		next = w.nextOwn[theirs.newest()]
	}
	if next >= 0 {
		switch lines[next].To {
		case me:
			nextToMe = 2
		case talk.Nobody:
			nextToMe = 1
		}
	}
	answered := float32(0) // -1: the next line to me is by somebody else
	if p := w.nextTo[at]; p >= 0 {
		answered = -1
		if lines[p].Author == other {
			answered = float32(max(1, 20-(p-at)))
		}
	}
	between, later, turns := 0, 0, 0
	for p := j + 1; p < at && p <= j+recent; p++ {
		switch lines[p].Author {
		case other:
			later++
		case me:
		default:
			between++
		}
	}
	for p := j; p < at && p < j+recent; p++ {
		if lines[p].Author != lines[p+1].Author {
			turns++
		}
	}
	to := float32(0)
	switch {
	case o.To == me:
		to = 3
	case o.To != talk.Nobody:
		to = 1 + bit(o.To == l.To)
	}
	myNext := w.nextOwn[at]
	has := func(s talk.Sign) float32 { return bit(o.Sign&s != 0) }
	return [...]float32{
		w.dist(at, j), w.gap(at, j),
		bit(other == me), bit(other == l.To), bit(w.k.Names(int(at), other)),
		bit(o.To == me), bit(w.k.Names(int(j), me)), to, float32(o.Form),
		has(talk.Question), has(talk.Asks), has(talk.Greets), has(talk.Thanks), has(talk.Answers), float32(o.Words),
		float32(theirs.after(j)), float32(w.run[j]), float32(mine.after(j)), float32(w.to[me].after(j)),
		float32(byMe), float32(byOthers), float32(addressed),
		w.dist(j, before),
		float32(shared), rare, best - rare,
		nextToMe, ahead(at, next), bit(myNext >= 0 && lines[myNext].To == other), answered,
		float32(later), float32(between), bit(w.run[j] == 1), bit(w.to[me].newest() == j), bit(w.first[j]), float32(turns),
	}
}
