// Package rank tells which earlier line of a conversation each line answers:
// the features of a line and its candidates, and the trees that rank them.
package rank

import (
	"math"

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

// Features names the columns of a row, in order.
var Features = []string{
	"none", "form", "named", "question", "asks", "anyone", "greets", "thanks", "answers", "link", "action", "words",
	"own_dist", "own_gap", "own_count", "to_dist", "tome_dist", "tome_since_own", "authors", "next_own_dist", "next_own_to", "pace", "notice",
	"dist", "gap", "same", "j_is_to", "j_named", "j_to_me", "j_names_me", "same_to", "j_form", "j_question", "j_asks", "j_greets", "j_thanks", "j_answers", "j_words",
	"j_since", "j_run", "me_since", "tome_after", "to_j_author", "to_j_other", "me_to_j", "j_own_dist", "shared", "rarest", "shared_best",
	"j_next_to_me", "j_next_dist", "my_next_to_j", "next_tome_j", "rank_author", "between", "first_of_run", "last_to", "j_first", "turn_dist",
}

// pairs is the first column that tells of a candidate; those before tell of
// the line alone.
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

func (w *Walker) dist(from, to int32) float32 {
	if to < 0 {
		return far
	}
	return float32(min(from-to, far))
}

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

func newest(l *list) int32 {
	if l.n == 0 {
		return -1
	}
	return l.at[0]
}

func (w *Walker) fill(at int32, l *talk.Line) {
	nf := len(Features)
	w.rows = append(w.rows[:0], make([]float32, nf*len(w.cands))...)
	k := w.k
	me, mine := l.Author, &w.by[l.Author]
	myLast := newest(mine)
	var head [pairs]float32
	h := head[1:1]
	to := int32(-1)
	if l.To != talk.Nobody {
		to = newest(&w.by[l.To])
	}
	h = append(h, float32(l.Form), float32(k.Named(int(at))), bit(l.Sign&talk.Question != 0), bit(l.Sign&talk.Asks != 0), bit(l.Sign&talk.Anyone != 0), bit(l.Sign&talk.Greets != 0),
		bit(l.Sign&talk.Thanks != 0), bit(l.Sign&talk.Answers != 0), bit(l.Sign&talk.Link != 0), bit(l.Sign&talk.Action != 0), float32(l.Words))
	h = append(h, w.dist(at, myLast), w.gap(at, myLast), float32(min(mine.n, 20)), w.dist(at, to), w.dist(at, newest(&w.to[me])), float32(w.to[me].after(myLast)))
	authors := 0
	for j := at - 1; j >= max(0, at-recent); j-- {
		seen := false
		for m := j + 1; m < at; m++ {
			seen = seen || k.Lines[m].Author == k.Lines[j].Author
		}
		if !seen {
			authors++
		}
	}
	next := w.nextOwn[at]
	nextTo := float32(0)
	nd := float32(far)
	if next >= 0 {
		nd = float32(min(next-at, far))
		if k.Lines[next].To != talk.Nobody {
			nextTo = 1
			if k.Lines[next].To == l.To {
				nextTo = 2
			}
		}
	}
	h = append(h, float32(authors), nd, nextTo, w.gap(at, max(0, at-recent)), float32(min(l.Notice, far)))
	best := float32(0)
	for c, j := range w.cands {
		row := w.rows[c*nf : (c+1)*nf]
		copy(row, head[:])
		if j == None {
			row[0] = 1
			for x := pairs; x < nf; x++ {
				row[x] = -2
			}
			continue
		}
		o := &k.Lines[j]
		ja := o.Author
		x := row[pairs:]
		n, rare := k.Shared(int(at), int(j))
		score := float32(0)
		if n > 0 {
			score = float32(math.Log(float64(len(k.Lines)+1) / float64(rare)))
			best = max(best, score)
		}
		jOwn := int32(-1)
		for _, p := range w.by[ja].last() {
			if p < j {
				jOwn = p
				break
			}
		}
		toJ, toOther := 0, 0
		for _, p := range w.to[ja].last() {
			if p <= j {
				break
			}
			if k.Lines[p].Author == me {
				toJ++
			} else {
				toOther++
			}
		}
		meToJ := far
		for r, p := range mine.last() {
			if k.Lines[p].To == ja {
				meToJ = r
				break
			}
		}
		jNext := int32(-1)
		if ja != me {
			jNext = w.nextOwn[newest(&w.by[ja])]
		}
		jNextToMe, jNextDist := float32(0), float32(far)
		if jNext >= 0 {
			jNextDist = float32(min(jNext-at, far))
			switch k.Lines[jNext].To {
			case me:
				jNextToMe = 2
			case talk.Nobody:
				jNextToMe = 1
			}
		}
		nextTome := float32(0)
		if p := w.nextTo[at]; p >= 0 {
			nextTome = -1
			if k.Lines[p].Author == ja {
				nextTome = float32(max(1, 20-(p-at)))
			}
		}
		between := 0
		rankAuthor := 0
		for p := j + 1; p < at && p <= j+recent; p++ {
			if a := k.Lines[p].Author; a != me && a != ja {
				between++
			}
			if k.Lines[p].Author == ja {
				rankAuthor++
			}
		}
		turn := int32(0) // change of speakers between
		for p := j; p < at && p < j+recent; p++ {
			if k.Lines[p].Author != k.Lines[p+1].Author {
				turn++
			}
		}
		lastTo := float32(0)
		if t := w.to[me]; t.n > 0 && t.at[0] == j {
			lastTo = 1
		}
		jTo := float32(0)
		if o.To != talk.Nobody {
			jTo = 1
			if o.To == l.To {
				jTo = 2
			}
			if o.To == me {
				jTo = 3
			}
		}
		for q, v := range [...]float32{
			w.dist(at, j), w.gap(at, j), bit(ja == me), bit(ja == l.To), bit(k.Names(int(at), ja)), bit(o.To == me), bit(k.Names(int(j), me)), jTo, float32(o.Form),
			bit(o.Sign&talk.Question != 0), bit(o.Sign&talk.Asks != 0), bit(o.Sign&talk.Greets != 0), bit(o.Sign&talk.Thanks != 0), bit(o.Sign&talk.Answers != 0), float32(o.Words),
			float32(w.by[ja].after(j)), float32(w.run[j]), float32(mine.after(j)), float32(w.to[me].after(j)), float32(toJ), float32(toOther), float32(meToJ), w.dist(j, jOwn),
			float32(n), score, score, jNextToMe, jNextDist, bit(next >= 0 && k.Lines[next].To == ja), nextTome,
			float32(rankAuthor), float32(between), bit(w.run[j] == 1), lastTo, bit(w.first[j]), float32(turn),
		} {
			x[q] = v
		}
	}
	for c, j := range w.cands {
		if j != None {
			r := w.rows[c*nf:]
			r[pairs+25] = best - r[pairs+24]
		}
	}
}
