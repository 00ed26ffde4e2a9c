package rank

import (
	"slices"

	"threadheat/thread"
	"threadheat/thread/replies/internal/talk"
)

// keep is how many candidates of a line the second pass looks at, and least how
// probable the first must have found them.
const (
	keep  = 7
	least = 0.004
)

// Kept is what the first pass left of a line's candidates, the likeliest first.
type Kept struct {
	Line [keep]int32
	P    [keep]float32
	N    int8
}

// keepOf is the likeliest candidates of a line.
func keepOf(cands []int32, p []float32) Kept {
	var k Kept
	for c, j := range cands {
		if p[c] < least {
			continue
		}
		at := int(k.N)
		if at == keep {
			if p[c] <= k.P[keep-1] {
				continue
			}
			at--
		} else {
			k.N++
		}
		for at > 0 && k.P[at-1] < p[c] {
			k.P[at], k.Line[at] = k.P[at-1], k.Line[at-1]
			at--
		}
		k.P[at], k.Line[at] = p[c], j
	}
	return k
}

// SecondFeatures are the columns that the second pass adds. What a line answers
// is its up, what answers it are its kids, both by the first pass; a
// conversation is all that hangs together so far.
var SecondFeatures = []string{
	"p", "p_rel", "p_place", "p_none", // probability; as a share of the likeliest; place among the kept; that of None
	"j_kids", "j_kids_mine", "j_kid_dist", // kids of j so far, those among the last two lines of I, to the newest
	"j_up_mine", "j_up_to", "j_up_dist", "j_starts", // the up of j is by I, by whom i addresses; none
	"conv_since", "conv_size", "conv_mine", "conv_mine2", "conv_to", "conv_rank", // lines of j's conversation after j, in all; it holds the last line of I, the one before, the last of whom i addresses; conversations newer
	"up_of_mine_by_j", "up_of_mine_is_j", // the up of the last line of I
	"kid_by_j", "kid_dist", // the first kid of i
	"next_up_conv", "next_up_is_j", "next_up_by_j", // the up of the next line of I
	"conv_me_size", "j_up_p", "up_shared", "kid_shared", // last lines of I in the conversation; how sure the up of j is; words i shares with it and with the newest kid
}

// kidDist is the column of "kid_dist" among SecondFeatures, which None has, too.
const kidDist = 20

// Seconder goes through a talk line by line and makes the rows of the second
// pass.
type Seconder struct {
	w      *Walker
	kept   []Kept
	up     []int32 // by line: what it answers after the first pass, or None
	kid    []int32 // by line: the first that answers it, or -1
	newest []int32 // by line: the newest so far that answers it, or -1
	kids   []int32 // by line: how many so far
	conv   []int32 // by line: its conversation, called after its first line
	ord    []int32 // by line: its place there
	size   []int32 // by conversation: lines so far
	rows   []float32
}

// NewSeconder starts before the first line. O(lines).
func NewSeconder(k *talk.Talk, kept []Kept) *Seconder {
	n := len(k.Lines)
	column := func() []int32 { return make([]int32, n) }
	s := &Seconder{w: NewWalker(k), kept: kept, up: column(), kid: column(), newest: column(), kids: column(), conv: column(), ord: column(), size: column()}
	for i := range s.up {
		s.up[i], s.kid[i], s.newest[i] = None, -1, -1
		if kept[i].N > 0 {
			s.up[i] = kept[i].Line[0]
		}
	}
	for i := n - 1; i >= 0; i-- {
		if u := s.up[i]; u != None {
			s.kid[u] = int32(i)
		}
	}
	return s
}

// Next is the Next of Walker, with the candidates that the first pass kept, the
// likeliest first, and with the columns of SecondFeatures behind the others.
func (s *Seconder) Next() (i int, cands []int32, rows []float32) {
	at := s.w.at
	last := [2]int32{-1, -1}
	copy(last[:], s.w.by[s.w.k.Lines[at].Author].last())
	i, cands, rows = s.w.next(s.kept[at].Line[:s.kept[at].N])
	s.rows = s.rows[:0]
	n := len(Features)
	for c, j := range cands {
		s.rows = append(s.rows, rows[c*n:(c+1)*n]...)
		s.fill(at, c, j, last)
	}
	s.place(at)
	return i, cands, s.rows
}

// place adds line at to its conversation.
func (s *Seconder) place(at int32) {
	c := at
	if u := s.up[at]; u != None {
		c = s.conv[u]
		s.kids[u]++
		s.newest[u] = at
	}
	s.conv[at], s.ord[at] = c, s.size[c]
	s.size[c]++
}

// fill appends the columns of candidate j, the c-th of line at, whose author's
// last two lines are last.
func (s *Seconder) fill(at int32, c int, j int32, last [2]int32) {
	kept, w := &s.kept[at], s.w
	lines := w.k.Lines
	l := &lines[at]
	none := float32(0)
	if q := slices.Index(kept.Line[:kept.N], None); q >= 0 {
		none = kept.P[q]
	}
	s.add(kept.P[c], kept.P[c]/kept.P[0], float32(c), none)
	kid := s.kid[at]
	if j == None {
		for n := 4; n < len(SecondFeatures); n++ {
			if n == kidDist {
				s.add(ahead(at, kid))
			} else {
				s.add(absent)
			}
		}
		return
	}
	other := lines[j].Author
	by := func(i int32, a thread.AuthorID) float32 {
		if i < 0 {
			return -1
		}
		return bit(lines[i].Author == a)
	}
	mine := 0
	for _, p := range last {
		if p >= 0 && s.up[p] == j {
			mine++
		}
	}
	up, upTo, toLast := s.up[j], float32(-1), int32(-1)
	if l.To != talk.Nobody {
		upTo = by(up, l.To)
		toLast = s.lastBefore(at, l.To)
	}
	s.add(float32(min(s.kids[j], 20)), float32(mine), w.dist(at, s.newest[j]))
	s.add(by(up, l.Author), upTo, w.dist(j, up), bit(up == None))

	conv := s.conv[j]
	in := func(i int32) float32 {
		if i < 0 {
			return -1
		}
		return bit(s.conv[i] == conv)
	}
	newer := 0
	for p := at - 1; p >= max(0, at-recent) && s.conv[p] != conv; p-- {
		if !slices.Contains(s.conv[p+1:at], s.conv[p]) {
			newer++
		}
	}
	s.add(float32(s.size[conv]-1-s.ord[j]), float32(s.size[conv]), in(last[0]), in(last[1]), in(toLast), float32(newer))

	upMine := None
	if last[0] >= 0 {
		upMine = s.up[last[0]]
	}
	s.add(by(upMine, other), bit(upMine == j), by(kid, other), ahead(at, kid))

	upNext := None
	if n := w.nextOwn[at]; n >= 0 && n-at < 20 {
		upNext = s.up[n]
	}
	if upNext >= at { // it answers this line or one to come
		s.add(-3, -3, -3)
	} else {
		s.add(in(upNext), bit(upNext == j), by(upNext, other))
	}

	mine = 0
	for _, p := range w.by[l.Author].last() {
		if p < at && s.conv[p] == conv {
			mine++
		}
	}
	s.add(float32(mine), s.kept[j].P[0], s.shared(at, up), s.shared(at, s.newest[j]))
}

func (s *Seconder) add(values ...float32) { s.rows = append(s.rows, values...) }

// lastBefore is the last line of a before line at; -1 for none.
func (s *Seconder) lastBefore(at int32, a thread.AuthorID) int32 {
	for _, p := range s.w.by[a].last() {
		if p < at {
			return p
		}
	}
	return -1
}

// shared is how many words two lines have in common; -1 where j is none.
func (s *Seconder) shared(i, j int32) float32 {
	if j < 0 {
		return -1
	}
	n, _ := s.w.k.Shared(int(i), int(j))
	return float32(n)
}
