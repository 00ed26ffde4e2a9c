package rank

import (
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

// SecondFeatures are the columns that the second pass adds.
var SecondFeatures = []string{
	"p", "p_rel", "p_place", "p_none",
	"j_kids", "j_kids_mine", "j_kid_dist", "j_up_mine", "j_up_to", "j_up_dist", "j_starts",
	"conv_since", "conv_size", "conv_mine", "conv_mine2", "conv_to", "conv_rank", "up_of_mine_by_j", "up_of_mine_is_j",
	"kid_by_j", "kid_dist", "next_up_conv", "next_up_is_j", "next_up_by_j", "conv_me_size", "j_up_p", "up_shared", "kid_shared",
}

// Seconder makes the rows of the second pass.
type Seconder struct {
	w      *Walker
	f      []Kept
	up     []int32 // by line: what it answers after the first pass, or None
	kid    []int32 // first line that answers a line, or -1
	conv   []int32 // conversation of a line
	ord    []int32 // place in the conversation
	size   []int32 // by conversation, so far
	kids   []int32 // by line, so far
	newKid []int32 // the newest so far
	rows   []float32
}

// NewSeconder starts before the first line.
func NewSeconder(k *talk.Talk, f []Kept) *Seconder {
	n := len(k.Lines)
	s := &Seconder{w: NewWalker(k), f: f, up: make([]int32, n), kid: make([]int32, n), conv: make([]int32, n), ord: make([]int32, n), size: make([]int32, n), kids: make([]int32, n), newKid: make([]int32, n)}
	for i := range s.up {
		s.up[i], s.kid[i], s.newKid[i] = None, -1, -1
		if f[i].N > 0 {
			s.up[i] = f[i].Line[0]
		}
	}
	for i := n - 1; i >= 0; i-- {
		if u := s.up[i]; u >= 0 {
			s.kid[u] = int32(i)
		}
	}
	return s
}

// Next is the Next of Walker for the candidates kept.
func (s *Seconder) Next() (i int, cands []int32, rows []float32) {
	w := s.w
	kept := s.f[w.at].Line[:s.f[w.at].N]
	var last [2]int32
	myOwn := w.by[w.k.Lines[w.at].Author].last()
	last[0], last[1] = -1, -1
	copy(last[:], myOwn)
	i, cands, rows = w.next(kept)
	at := int32(i)
	nf := len(Features)
	s.rows = s.rows[:0]
	for c, j := range cands {
		s.rows = append(s.rows, rows[c*nf:(c+1)*nf]...)
		s.rows = s.fill(s.rows, at, c, j, last)
	}
	s.place(at)
	return i, cands, s.rows
}

// place adds line at to its conversation.
func (s *Seconder) place(at int32) {
	u := s.up[at]
	if u < 0 {
		s.conv[at] = at
	} else {
		s.conv[at] = s.conv[u]
		s.kids[u]++
		s.newKid[u] = at
	}
	c := s.conv[at]
	s.ord[at] = s.size[c]
	s.size[c]++
}

func (s *Seconder) fill(x []float32, at int32, c int, j int32, last [2]int32) []float32 {
	f, w := &s.f[at], s.w
	lines := w.k.Lines
	l := &lines[at]
	none := float32(0)
	for q := range f.Line[:f.N] {
		if f.Line[q] == None {
			none = f.P[q]
		}
	}
	x = append(x, f.P[c], f.P[c]/f.P[0], float32(c), none)
	if j == None {
		kd := float32(far)
		if k := s.kid[at]; k >= 0 {
			kd = float32(min(k-at, far))
		}
		for n := 4; n < len(SecondFeatures); n++ {
			v := float32(-2)
			if n == 20 {
				v = kd
			}
			x = append(x, v)
		}
		return x
	}
	ja := lines[j].Author
	by := func(i int32, a thread.AuthorID) float32 {
		if i < 0 {
			return -1
		}
		return bit(lines[i].Author == a)
	}
	mine := float32(0)
	for _, p := range [2]int32{last[0], last[1]} {
		if p >= 0 && s.up[p] == j {
			mine++
		}
	}
	up := s.up[j]
	upTo := float32(-1)
	if l.To != talk.Nobody && up >= 0 {
		upTo = by(up, l.To)
	}
	x = append(x, float32(min(s.kids[j], 20)), mine, w.dist(at, s.newKid[j]), by(up, l.Author), upTo, w.dist(j, up), bit(up < 0))
	conv := s.conv[j]
	same := func(i int32) float32 {
		if i < 0 {
			return -1
		}
		return bit(s.conv[i] == conv)
	}
	toLast := int32(-1)
	if l.To != talk.Nobody {
		for _, p := range w.by[l.To].last() {
			if p < at {
				toLast = p
				break
			}
		}
	}
	rank, size := 0, 0
	for p := at - 1; p >= max(0, at-recent) && s.conv[p] != conv; p-- {
		fresh := true
		for q := p + 1; q < at; q++ {
			fresh = fresh && s.conv[q] != s.conv[p]
		}
		if fresh {
			rank++
		}
	}
	for _, p := range w.by[l.Author].last() {
		if p < at && s.conv[p] == conv {
			size++
		}
	}
	upMine := int32(-1)
	if last[0] >= 0 {
		upMine = s.up[last[0]]
	}
	x = append(x, float32(s.size[conv]-1-s.ord[j]), float32(s.size[conv]), same(last[0]), same(last[1]), same(toLast), float32(rank), by(upMine, ja), bit(upMine == j))
	kd := float32(far)
	if k := s.kid[at]; k >= 0 {
		kd = float32(min(k-at, far))
	}
	x = append(x, by(s.kid[at], ja), kd)
	nextUp := int32(-1)
	if n := w.nextOwn[at]; n >= 0 && n-at < 20 {
		nextUp = s.up[n]
	}
	if nextUp >= at {
		x = append(x, -3, -3, -3)
	} else {
		x = append(x, same(nextUp), bit(nextUp == j), by(nextUp, ja))
	}
	return append(x, float32(size), s.f[j].P[0], s.shared(at, up), s.shared(at, s.newKid[j]))
}

func (s *Seconder) shared(i, j int32) float32 {
	if j < 0 {
		return -1
	}
	n, _ := s.w.k.Shared(int(i), int(j))
	return float32(n)
}
