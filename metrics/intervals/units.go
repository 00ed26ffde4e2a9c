package intervals

import (
	"math"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
)

// Units are what is drawn: branches, people or replies, each put together with
// others where there are more than Most. Callers must not change them.
type Units struct {
	Of []int32 // the unit of each thing, by its place
	N  int     // how many units
}

// Branches are the top-level comments with all below them; Of is by thread.Index.
// O(n).
var Branches = &metrics.Fact[*Units]{Name: "branches", Compute: func(c *metrics.Context) (*Units, error) {
	t := c.Thread
	roots := 0
	for range t.Roots() {
		roots++
	}
	group := Each(roots, c.Seed)
	u := &Units{Of: make([]int32, t.Len()), N: group.N}
	k := 0
	for r := range t.Roots() {
		for i := r; i < t.End(r); i++ {
			u.Of[i] = group.Of[k]
		}
		k++
	}
	return u, nil
}}

// Each makes a unit of each of n things, or of groups of them by chance.
func Each(n int, seed uint64) *Units {
	u := &Units{Of: make([]int32, n), N: min(n, Most)}
	for k := range u.Of {
		u.Of[k] = int32(k % Most)
	}
	if n > Most {
		r := rand.New(rand.NewPCG(seed, 3))
		r.Shuffle(n, func(i, j int) { u.Of[i], u.Of[j] = u.Of[j], u.Of[i] })
	}
	return u
}

// Statistic is the value if each unit stood in the thread as often as drawn says. It
// is not for two goroutines at once.
type Statistic = func(drawn []uint16) float64

// OverBranches is the interval of a measure by drawing branches. statistic gets the
// unit of each comment; where it is nil, there is too much to draw.
func OverBranches(statistic func(*metrics.Context, *Units) (Statistic, error)) *metrics.Interval {
	return &metrics.Interval{
		How: metrics.Text{
			EN: "the top-level comments, each with all below it, drawn with replacement 1,999 times (bootstrap, BCa); from 20 of them on",
			FR: "les commentaires de premier niveau, chacun avec tout ce qui le suit, tirés au sort avec remise 1 999 fois (bootstrap, BCa) ; à partir de 20",
		},
		None: alike,
		Sample: func(c *metrics.Context) (*metrics.Sample, error) {
			u, err := Branches.Of(c)
			if err != nil {
				return nil, err
			}
			return sample(c, u, metrics.Text{EN: "top-level comments", FR: "commentaires de premier niveau"}, statistic)
		},
	}
}

// OverUneven is OverBranches for what a few long branches decide: from FewestUneven
// branches on.
func OverUneven(statistic func(*metrics.Context, *Units) (Statistic, error)) *metrics.Interval {
	i := OverBranches(statistic)
	drawn := i.Sample
	i.How = metrics.Text{
		EN: "the top-level comments, each with all below it, drawn with replacement 1,999 times (bootstrap, BCa); from 400 of them on, and still too short where few hold much of the thread: of made-up threads of 400 it then held the true mean in 85 to 95 of 100 cases",
		FR: "les commentaires de premier niveau, chacun avec tout ce qui le suit, tirés au sort avec remise 1 999 fois (bootstrap, BCa) ; à partir de 400, et encore trop court quand quelques-uns portent une grande part du fil : pour des fils fabriqués de 400, il contenait alors la vraie moyenne dans 85 à 95 cas sur 100",
	}
	i.None = metrics.Text{
		EN: "fewer than 400 to draw from, or too much alike",
		FR: "moins de 400 à tirer, ou trop semblables",
	}
	i.Sample = func(c *metrics.Context) (*metrics.Sample, error) {
		s, err := drawn(c)
		if err == nil {
			s.Fewest = FewestUneven
		}
		return s, err
	}
	return i
}

// OverPeople is the interval of a measure that follows from one number for each
// person who wrote, by drawing people.
func OverPeople(counts func(*metrics.Context) ([]int32, error), statistic func([]int32, *Units) Statistic) *metrics.Interval {
	return &metrics.Interval{
		How: metrics.Text{
			EN: "the authors, each with what they wrote, drawn with replacement 1,999 times (bootstrap, BCa); from 20 of them on",
			FR: "les auteurs, chacun avec ce qu’il a écrit, tirés au sort avec remise 1 999 fois (bootstrap, BCa) ; à partir de 20",
		},
		None:   alike,
		Sample: overEach(metrics.Text{EN: "authors", FR: "auteurs"}, counts, statistic),
	}
}

// OverReplies is the interval of a measure that follows from what is known of each of
// some replies that do not depend on each other, by drawing replies. Where statistic
// gives nil, there is too much to draw.
func OverReplies[T any](values func(*metrics.Context) ([]T, error), statistic func([]T, *Units) Statistic) *metrics.Interval {
	return &metrics.Interval{
		How: metrics.Text{
			EN: "these replies drawn with replacement 1,999 times (bootstrap, BCa); from 20 of them on",
			FR: "ces réponses tirées au sort avec remise 1 999 fois (bootstrap, BCa) ; à partir de 20",
		},
		None:   alike,
		Sample: overEach(metrics.Text{EN: "replies", FR: "réponses"}, values, statistic),
	}
}

func overEach[T any](of metrics.Text, values func(*metrics.Context) ([]T, error), statistic func([]T, *Units) Statistic) func(*metrics.Context) (*metrics.Sample, error) {
	return func(c *metrics.Context) (*metrics.Sample, error) {
		xs, err := values(c)
		if err != nil {
			return nil, err
		}
		return sample(c, Each(len(xs), c.Seed), of, func(_ *metrics.Context, u *Units) (Statistic, error) {
			return statistic(xs, u), nil
		})
	}
}

var alike = metrics.Text{
	EN: "fewer than 20 to draw from, or too much alike",
	FR: "moins de 20 à tirer, ou trop semblables",
}

func sample(c *metrics.Context, u *Units, of metrics.Text, statistic func(*metrics.Context, *Units) (Statistic, error)) (*metrics.Sample, error) {
	s := &metrics.Sample{Units: u.N, Of: of}
	if u.N < Fewest {
		return s, nil // what nobody draws need not be prepared
	}
	var err error
	if s.Statistic, err = statistic(c, u); err != nil {
		return nil, err
	}
	if s.Statistic == nil {
		s.Why = &metrics.Text{EN: "the thread is too large to draw it anew", FR: "le fil est trop grand pour qu’on le tire de nouveau au sort"}
	}
	return s, nil
}

// Sums are sums over the things of each unit, in a few columns.
type Sums struct {
	columns int
	of      []float64 // by unit, by column
}

// Sums are all 0 at first.
func (u *Units) Sums(columns int) *Sums { return &Sums{columns, make([]float64, u.N*columns)} }

// Unit are the sums of unit k, to be added to.
func (s *Sums) Unit(k int32) []float64 { return s.of[int(k)*s.columns:][:s.columns] }

// Statistic is a value that follows from the sums over all that is drawn.
func (s *Sums) Statistic(value func(sums []float64) float64) Statistic {
	// Column by column is thrice as fast.
	columns := make([][]float64, s.columns)
	for at, x := range s.of {
		columns[at%s.columns] = append(columns[at%s.columns], x)
	}
	total := make([]float64, s.columns)
	return func(drawn []uint16) float64 {
		for k, column := range columns {
			var sum float64
			for u, x := range column[:len(drawn)] {
				sum += float64(drawn[u]) * x
			}
			total[k] = sum
		}
		return value(total)
	}
}

// Ratio is the first of two sums over the second.
func Ratio(sums []float64) float64 { return sums[0] / sums[1] }

// Counts tell how often each value occurs in each unit.
type Counts struct {
	Values []int32 // ascending, no two the same
	cells  []cell
	always []float64 // by place in Values: what stands in the thread whatever is drawn
}

type cell struct{ unit, place, n int32 }

// mostCells bounds the cost of a draw.
const mostCells = 200_000

// Count counts values, xs[k] of a thing of unit u.Of[k]. always stand in the thread
// once each, whatever is drawn. nil where there are too many. O(n log n).
func (u *Units) Count(xs []int32, always ...int32) *Counts {
	c := &Counts{Values: append(slices.Clone(xs), always...)}
	slices.Sort(c.Values)
	c.Values = slices.Compact(c.Values)
	place := func(x int32) int32 {
		at, _ := slices.BinarySearch(c.Values, x)
		return int32(at)
	}
	keys := make([]uint64, len(xs))
	for k, x := range xs {
		keys[k] = uint64(u.Of[k])<<32 | uint64(place(x))
	}
	slices.Sort(keys)
	for k, key := range keys {
		if k == 0 || key != keys[k-1] {
			if len(c.cells) == mostCells {
				return nil
			}
			c.cells = append(c.cells, cell{unit: int32(key >> 32), place: int32(key & math.MaxUint32)})
		}
		c.cells[len(c.cells)-1].n++
	}
	c.always = make([]float64, len(c.Values))
	for _, x := range always {
		c.always[place(x)]++
	}
	return c
}

// Statistic is a value that follows from how often each value is drawn. nil for nil.
func (c *Counts) Statistic(value func(values []int32, n []float64) float64) Statistic {
	if c == nil {
		return nil
	}
	n := make([]float64, len(c.always))
	return func(drawn []uint16) float64 {
		copy(n, c.always)
		for _, x := range c.cells {
			n[x.place] += float64(drawn[x.unit]) * float64(x.n)
		}
		return value(c.Values, n)
	}
}

// Gini is that of values that occur n times each, in ascending order.
func Gini(values []int32, n []float64) float64 {
	var weighted, sum, below, all float64
	for _, k := range n {
		all += k
	}
	for k, x := range values {
		weighted += n[k] * (2*below + n[k] - all) * float64(x)
		sum += n[k] * float64(x)
		below += n[k]
	}
	if sum == 0 {
		return 0
	}
	return weighted / (all * sum)
}

// Ranks are observations in ascending order, each of a unit, with what makes
// quantiles of what is drawn cheap.
type Ranks struct {
	xs   []float64
	unit []int32
	// upTo is how many of the first step, 2 step, … observations are of each unit.
	step int
	upTo [][]int32
}

// Rank sorts observations, xs[k] of a thing of unit of[k]. O(n log n).
func (u *Units) Rank(xs []float64, of []int32) *Ranks {
	type observation struct {
		x    float64
		unit int32
	}
	all := make([]observation, len(xs))
	for k, x := range xs {
		all[k] = observation{x, of[k]}
	}
	slices.SortFunc(all, func(a, b observation) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return 0
	})
	r := &Ranks{xs: make([]float64, len(xs)), unit: make([]int32, len(xs)), step: max(256, len(xs)/512)}
	so := make([]int32, u.N)
	for k, o := range all {
		if k%r.step == 0 {
			r.upTo = append(r.upTo, slices.Clone(so))
		}
		r.xs[k], r.unit[k] = o.x, o.unit
		so[o.unit]++
	}
	r.upTo = append(r.upTo, so)
	return r
}

// Statistic is a value that follows from the quantiles (type 7) of what is drawn.
func (r *Ranks) Statistic(value func(quantile func(p float64) float64) float64) Statistic {
	return func(drawn []uint16) float64 {
		return value(func(p float64) float64 { return r.quantile(drawn, p) })
	}
}

func (r *Ranks) quantile(drawn []uint16, p float64) float64 {
	n := before(r.upTo[len(r.upTo)-1], drawn)
	if n == 0 {
		return math.NaN()
	}
	at := p * float64(n-1)
	k := min(int(at), n-1)
	low := r.nth(drawn, k)
	if k == n-1 || at == float64(k) {
		return low
	}
	return low + (at-float64(k))*(r.nth(drawn, k+1)-low)
}

// before is how many observations are drawn of those counted.
func before(counted []int32, drawn []uint16) int {
	n := 0
	for u, k := range counted {
		n += int(k) * int(drawn[u])
	}
	return n
}

// nth is the observation drawn with n smaller ones before it.
func (r *Ranks) nth(drawn []uint16, n int) float64 {
	lo, hi := 0, len(r.upTo)-1 // before(lo) ≤ n < before(hi)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; before(r.upTo[mid], drawn) <= n {
			lo = mid
		} else {
			hi = mid
		}
	}
	left := n - before(r.upTo[lo], drawn)
	for k := lo * r.step; k < len(r.xs); k++ {
		if left -= int(drawn[r.unit[k]]); left < 0 {
			return r.xs[k]
		}
	}
	return math.NaN()
}

// Values are the defined ones of the comments, and the unit of each.
func (u *Units) Values(vs metrics.Values) (xs []float64, of []int32) {
	for i, v := range metrics.All(vs) {
		if v.Defined() {
			xs, of = append(xs, v.X), append(of, u.Of[i])
		}
	}
	return xs, of
}

// Means is the mean over the comments that have a value, given by thread.Index.
func (u *Units) Means(vs metrics.Values) Statistic {
	sums := u.Sums(2)
	for i, v := range metrics.All(vs) {
		if v.Defined() {
			s := sums.Unit(u.Of[i])
			s[0] += v.X
			s[1]++
		}
	}
	return sums.Statistic(Ratio)
}
