package replygraph

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/thread"
)

// Sides are the two sides into which the people of the largest component fall,
// with their links: who exchanged with whom, in either direction, however often.
// The people are numbered from 0, in the order of People.
type Sides struct {
	People []thread.AuthorID // ascending
	Second []bool            // of each, whether they are on the second side

	at   []int32 // the links of v are to[at[v]:at[v+1]], ascending
	to   []int32
	why  *metrics.Text // why there are no sides; nil where there are
	hubs [2][]int32    // each side by number of links, most first, ties by number
}

// What the largest component must be: small groups fall into two by chance, and
// large ones take too long to solve. People who exchange in circles settle within
// 100 rounds, thousands in one line do not.
const (
	minPeople   = 10
	maxLinks    = 50_000
	solveRounds = 300 // rounds
)

var (
	tooFewLinked = &metrics.Text{
		EN: "fewer than 10 people are joined by answers",
		FR: "moins de 10 personnes sont reliées par des réponses",
	}
	tooManyLinks = &metrics.Text{
		EN: "more than 50,000 pairs of people exchanged answers",
		FR: "plus de 50 000 couples de personnes ont échangé des réponses",
	}
	undivided = &metrics.Text{
		EN: "the people do not fall into two sides",
		FR: "les gens ne se répartissent pas en deux côtés",
	}
)

// TwoSides are the Sides of a thread. They come from the slowest way in which a
// random walk along the links forgets where it began, the second eigenvector of
// its transition matrix: who is above 0 is on one side (Shi, Malik 2000). From
// there people change sides one by one, in the order of their numbers, as long
// as that raises modularity. The first side is that of the first person. Where no
// split has a modularity above 0, nobody is on a side. The iteration starts from
// random numbers by the seed. O(links · rounds), some 500 rounds at most.
var TwoSides = &metrics.Fact[*Sides]{Name: "two sides", Compute: func(c *metrics.Context) (*Sides, error) {
	g, err := Replies.Of(c)
	if err != nil {
		return nil, err
	}
	groups, err := Components.Of(c)
	if err != nil {
		return nil, err
	}
	if len(groups) == 0 || len(groups[0]) < minPeople {
		s := &Sides{why: tooFewLinked}
		if len(groups) > 0 {
			s.People = groups[0]
		}
		return s, nil
	}
	f, ends := g.undirected(), 0
	for _, a := range groups[0] {
		ends += f.degree(a)
	}
	if ends/2 > maxLinks {
		return &Sides{People: groups[0], why: tooManyLinks}, nil
	}
	s := g.among(groups[0])
	s.split(c.Seed)
	return s, nil
}}

// among is the links among people, who are joined; nobody is on a side yet.
func (g *Graph) among(people []thread.AuthorID) *Sides {
	f := g.undirected()
	number := make([]int32, len(g.node))
	for v, a := range people {
		number[a] = int32(v)
	}
	s := &Sides{People: people, at: make([]int32, len(people)+1)}
	for v, a := range people {
		for _, b := range f.of(a) {
			s.to = append(s.to, number[b])
		}
		s.at[v+1] = int32(len(s.to))
	}
	return s
}

func (s *Sides) of(v int32) []int32 { return s.to[s.at[v]:s.at[v+1]] }

func (s *Sides) degree(v int32) float64 { return float64(s.at[v+1] - s.at[v]) }

// size is how many are on a side.
func (s *Sides) size(second bool) int {
	n := 0
	for _, on := range s.Second {
		if on == second {
			n++
		}
	}
	return n
}

// Placed is a person on a side, with what the measures of the sides ask of them.
type Placed struct {
	Author   thread.AuthorID
	Side     int  // 1 or 2
	Place    int  // on the side by number of links, 1 the most: walks end with places 1 to k
	Links    int  // to how many people of the largest component, on either side
	Boundary bool // linked to the other side, and to somebody of their own who is not
}

// Placed are the people of side 1 and then those of side 2, each by place; none where
// there are no sides. O(links).
func (s *Sides) Placed() []Placed {
	if s.why != nil {
		return nil
	}
	in := s.inside()
	var out []Placed
	for k, side := range s.hubs {
		for place, v := range side {
			out = append(out, Placed{s.People[v], k + 1, place + 1, int(s.degree(v)), in[v] > 0})
		}
	}
	return out
}

// split finds the sides.
func (s *Sides) split(seed uint64) {
	x := s.slowest(seed)
	second := make([]bool, len(x))
	for v := range x {
		second[v] = x[v] > 0
	}
	if s.improve(second) <= 0 {
		s.why = undivided
		return
	}
	s.set(second)
}

// set takes sides as given, the first person's as the first.
func (s *Sides) set(second []bool) {
	s.Second = slices.Clone(second)
	for v := range s.Second {
		s.Second[v] = second[v] != second[0]
	}
	for v := range int32(len(second)) {
		k := 0
		if s.Second[v] {
			k = 1
		}
		s.hubs[k] = append(s.hubs[k], v)
	}
	for _, side := range s.hubs {
		slices.SortStableFunc(side, func(u, v int32) int { return cmp.Compare(s.degree(v), s.degree(u)) })
	}
}

// slowest is the second eigenvector of a walk that stays where it is half of the
// time, so that no eigenvalue is negative: power iteration with the first, which
// is constant, taken out. It need not settle: what is left to do, improve does.
func (s *Sides) slowest(seed uint64) []float64 {
	const rounds, settled = 500, 1e-9
	n := len(s.People)
	x, next := make([]float64, n), make([]float64, n)
	r := rand.New(rand.NewPCG(seed, 3))
	for v := range x {
		x[v] = r.Float64()
	}
	for range rounds {
		mean := 0.0
		for v := range int32(n) {
			sum := 0.0
			for _, u := range s.of(v) {
				sum += x[u]
			}
			next[v] = (x[v] + sum/s.degree(v)) / 2
			mean += next[v] * s.degree(v)
		}
		mean /= float64(len(s.to))
		most := 0.0
		for v := range next {
			next[v] -= mean
			most = max(most, math.Abs(next[v]))
		}
		if most == 0 {
			return next // everybody is linked to everybody
		}
		change := 0.0
		for v := range next {
			next[v] /= most
			change = max(change, math.Abs(next[v]-x[v]))
		}
		x, next = next, x
		if change < settled {
			break
		}
	}
	return x
}

// improve lets people change sides while that raises modularity,
//
//	Q = Σ over sides of (links within / m − (ends of links / 2m)²),
//
// and is the Q in the end.
func (s *Sides) improve(second []bool) float64 {
	const sweeps = 100 // some 5 are enough
	all := float64(len(s.to))
	ends := [2]float64{}
	side := func(v int32) int {
		if second[v] {
			return 1
		}
		return 0
	}
	for v := range int32(len(second)) {
		ends[side(v)] += s.degree(v)
	}
	for range sweeps {
		moved := false
		for v := range int32(len(second)) {
			d, here := s.degree(v), side(v)
			with := [2]float64{}
			for _, u := range s.of(v) {
				with[side(u)]++
			}
			// In whole numbers, so that equal is equal.
			if all*(with[1-here]-with[here])-d*(ends[1-here]-(ends[here]-d)) > 0 {
				ends[here] -= d
				ends[1-here] += d
				second[v] = !second[v]
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	within := 0.0 // each link twice
	for v := range int32(len(second)) {
		for _, u := range s.of(v) {
			if second[u] == second[v] {
				within++
			}
		}
	}
	return (within*all - ends[0]*ends[0] - ends[1]*ends[1]) / (all * all)
}

// spread gives everybody the mean of those they are linked to, those in fixed
// apart, who keep their x. It is the solution of one system of linear equations,
// symmetric and positive definite, by conjugate gradients, which are exact after
// as many rounds as there are unknowns and mostly after a few dozen. It is false
// where they do not settle.
func (s *Sides) spread(x []float64, fixed []bool) bool {
	n := int32(len(x))
	r, p, q := make([]float64, n), make([]float64, n), make([]float64, n)
	rz := 0.0
	for v := range n {
		if fixed[v] {
			continue
		}
		x[v] = 0
		for _, u := range s.of(v) {
			if fixed[u] {
				r[v] += x[u]
			}
		}
		p[v] = r[v] / s.degree(v)
		rz += r[v] * p[v]
	}
	start := rz
	for range solveRounds {
		if rz <= precision*precision*start {
			return true
		}
		pq := 0.0
		for v := range n {
			if fixed[v] {
				continue
			}
			q[v] = s.degree(v) * p[v]
			for _, u := range s.of(v) {
				q[v] -= p[u] // of those fixed 0
			}
			pq += p[v] * q[v]
		}
		step, was := rz/pq, rz
		rz = 0
		for v := range n {
			x[v] += step * p[v] // 0 for those fixed
			r[v] -= step * q[v]
			rz += r[v] * r[v] / s.degree(v)
		}
		for v := range n {
			p[v] = r[v]/s.degree(v) + rz/was*p[v]
		}
	}
	return false
}
