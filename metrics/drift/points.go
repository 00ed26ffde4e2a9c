package drift

import (
	"cmp"
	"container/heap"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/keyness"
	"threadheat/thread"
)

// Threshold is the evidence, in nats, from which an edge is cut: 4 % of
// ordinary replies lie above it, most of them on pages that bundle subjects
// (DRIFT.md).
const Threshold = 6.6

// Point is a place where a branch leaves its subject.
type Point struct {
	At   thread.Index // the comment that begins something else
	Nats float64      // evidence for it, once the points before were cut
	// Before and After are words that tell the two sides apart, those that tell
	// most first: of what stands above and beside, and of the branch from At.
	Before, After []Word
}

// Word is a word with how far its odds differ between two texts, in standard
// errors (Monroe, Colaresi, Quinn 2008).
type Word struct {
	Text string
	Z    float64
}

// Turns are the drift points of a thread, the strongest first.
type Turns struct {
	Points []Point
	// Whole is false where the search ended before all points were found: in
	// branches so long that each cut changes thousands of comments.
	Whole bool
}

// Points are the Turns of a thread. The edge with most evidence is cut, what
// stands below it is taken out of the branches above, and all that this changes
// is worked out anew, until no edge lies above the Threshold.
var Points = &metrics.Fact[*Turns]{Name: "drift-points", Compute: func(c *metrics.Context) (*Turns, error) {
	d, err := Drifts.Of(c)
	if err != nil {
		return nil, err
	}
	return newTree(c.Thread, d).turns(), nil
}}

// tree is a thread that falls apart.
type tree struct {
	t    *thread.Thread
	b    *stemBags
	s    *scorer
	nats []float64
	cut  []bool // the edge above
	work int    // words counted
}

func newTree(t *thread.Thread, d *Branches) *tree {
	return &tree{t: t, b: d.bags, s: newScorer(t, d.bags, d), nats: slices.Clone(d.Nats), cut: make([]bool, t.Len())}
}

// mostWork is how many words are counted again before the search ends: some
// seconds.
const mostWork = 50_000_000

// candidate is an edge that may be cut.
type candidate struct {
	nats float64
	at   thread.Index
}

// candidates is a heap with the strongest on top, the first of equals.
type candidates []candidate

func (c candidates) Len() int { return len(c) }
func (c candidates) Less(i, j int) bool {
	return c[i].nats > c[j].nats || c[i].nats == c[j].nats && c[i].at < c[j].at
}
func (c candidates) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *candidates) Push(x any)   { *c = append(*c, x.(candidate)) }
func (c *candidates) Pop() any {
	last := (*c)[len(*c)-1]
	*c = (*c)[:len(*c)-1]
	return last
}

func (f *tree) turns() *Turns {
	out := &Turns{Whole: true}
	queue := &candidates{}
	offer := func(i thread.Index) {
		if f.nats[i] > Threshold && !f.cut[i] {
			heap.Push(queue, candidate{f.nats[i], i})
		}
	}
	for i := range f.t.All() {
		offer(i)
	}
	again := func(i thread.Index) {
		if f.t.Parent(i) != thread.NoIndex && !f.cut[i] {
			f.nats[i] = f.weigh(i)
			offer(i)
		}
	}
	for queue.Len() > 0 {
		top := heap.Pop(queue).(candidate)
		if f.cut[top.at] || f.nats[top.at] != top.nats { // worked out anew since
			continue
		}
		if f.work > mostWork {
			out.Whole = false
			break
		}
		f.cut[top.at] = true
		out.Points = append(out.Points, Point{At: top.at, Nats: top.nats})
		for p := f.t.Parent(top.at); p != thread.NoIndex && f.work <= mostWork; p = f.t.Parent(p) {
			again(p)
			if f.cut[p] {
				break
			}
		}
		// Below, paths end at the cut now, as far down as they reached above it.
		end := f.t.End(top.at)
		for i := top.at + 1; i < end && f.work <= mostWork; {
			if f.cut[i] || f.t.Depth(i) > f.t.Depth(top.at)+farthest {
				i = f.t.End(i)
				continue
			}
			again(i)
			i++
		}
	}
	for k := range out.Points {
		out.Points[k].Before, out.Points[k].After = f.tell(out.Points[k].At)
	}
	return out
}

// piece adds up the words of the comment i and of what is still below it, in its
// language, by term, and returns their number.
func (f *tree) piece(i thread.Index, count []int32, terms []int32) ([]int32, float64) {
	total := 0.0
	for d := i; d < f.t.End(i); {
		if d != i && f.cut[d] {
			d = f.t.End(d)
			continue
		}
		if f.b.lang[d] == f.b.lang[i] {
			ws, cs := f.b.bag(int(d))
			for k, w := range ws {
				if count[w] == 0 {
					terms = append(terms, w)
				}
				count[w] += cs[k]
				total += float64(cs[k])
			}
			f.work += len(ws)
		}
		f.work++
		d++
	}
	return terms, total
}

// weigh is the evidence on the edge above i as the tree stands.
func (f *tree) weigh(i thread.Index) float64 {
	s := f.s
	s.lang = f.b.lang[i]
	terms, n := f.piece(i, s.below, nil)
	defer func() {
		for _, w := range terms {
			s.below[w] = 0
		}
	}()
	if n < MinStems {
		return 0
	}
	total := s.loadUntil(f.t.Parent(i), f.cut)
	f.work += len(s.terms)
	x := sums{n: n}
	for _, w := range terms {
		if q := s.path[w]; q > 0 {
			s.shared(&x, w, s.below[w], q, total)
		}
	}
	s.unload()
	return factor(n, total, x.path)
}

// shownWords is how many words are named on each side of a point.
const shownWords = 6

// tell names the words that tell the piece from at from the one above it.
func (f *tree) tell(at thread.Index) (before, after []Word) {
	top := f.t.Parent(at)
	for f.t.Parent(top) != thread.NoIndex && !f.cut[top] {
		top = f.t.Parent(top)
	}
	f.s.lang = f.b.lang[at]
	below, above := make(map[int32]int32), make(map[int32]int32)
	for _, side := range []struct {
		from thread.Index
		into map[int32]int32
	}{{at, below}, {top, above}} {
		if f.b.lang[side.from] != f.b.lang[at] {
			continue
		}
		terms, _ := f.piece(side.from, f.s.below, nil)
		for _, w := range terms {
			side.into[w] = f.s.below[w]
			f.s.below[w] = 0
		}
	}
	var n, m float64
	var terms []int32
	for w, c := range below {
		n += float64(c)
		terms = append(terms, w)
	}
	for w, c := range above {
		m += float64(c)
		if below[w] == 0 {
			terms = append(terms, w)
		}
	}
	slices.Sort(terms)
	var all []Word
	for _, w := range terms {
		y, z := float64(below[w]), float64(above[w])
		_, score := keyness.LogOdds(y, n, z, m, y+z, n+m)
		all = append(all, Word{f.b.reader.Word(f.b.reader.Shown[w]), score})
	}
	slices.SortStableFunc(all, func(a, b Word) int { return cmp.Compare(b.Z, a.Z) })
	for _, w := range all[:min(shownWords, len(all))] {
		if w.Z > 0 {
			after = append(after, w)
		}
	}
	for k := range min(shownWords, len(all)) {
		if w := all[len(all)-1-k]; w.Z < 0 {
			before = append(before, Word{w.Text, -w.Z})
		}
	}
	return before, after
}

// PointCount is how many drift points a thread has.
var PointCount = &metrics.Measure{
	Name: "drift-points", Group: "drift",
	Title: metrics.Text{EN: "Drift points", FR: "Points de dérive"},
	Doc: metrics.Text{
		EN: "How many replies begin something else: the tree is cut where the evidence of drift is strongest, and again, until no edge lies above 6.6 nats. Some 4 % of ordinary replies lie above that, on pages that bundle subjects up to a quarter, and long threads have more of them.",
		FR: "Combien de réponses entament autre chose : l’arbre est coupé là où les indices de dérive sont les plus forts, puis de nouveau, jusqu’à ce qu’aucun lien ne dépasse 6,6 nats. Quelque 4 % des réponses ordinaires les dépassent, jusqu’à un quart sur les pages qui réunissent des sujets, et les longs fils en ont plus.",
	},
	Math:   "|cuts|, each at the edge with the highest ln BF(S, path) > 6.6, S and paths within their piece",
	MathFR: "|coupes|, chacune au lien de plus fort ln BF(S, chemin) > 6,6, S et chemins dans leur morceau",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText | metrics.NeedReplies, MinN: 1,
	Source: []metrics.Citation{madsen, keyness.Monroe, cite.Own}, Interval: metrics.Counted,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		d, err := Drifts.Of(c)
		if err != nil {
			return nil, err
		}
		turns, err := Points.Of(c)
		if err != nil {
			return nil, err
		}
		n := 0
		for i := range c.Thread.All() {
			if c.Thread.Parent(i) != thread.NoIndex && d.measured(i) {
				n++
			}
		}
		switch {
		case n == 0:
			return metrics.One(metrics.Undefined(0, noEdge)), nil
		case !turns.Whole:
			return metrics.One(metrics.Undefined(n, tooLong)), nil
		}
		return metrics.One(metrics.Of(float64(len(turns.Points)), n)), nil
	},
}

var (
	noEdge  = &metrics.Text{EN: "no reply has words enough to compare with what stands above it", FR: "aucune réponse n’a assez de mots pour être comparée à ce qui précède"}
	tooLong = &metrics.Text{EN: "the branches are too long to cut again and again", FR: "les branches sont trop longues pour être coupées encore et encore"}
)
