package drift

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/stems"
	"threadheat/thread"
)

// Branches is how far each comment, with all below it, has left what it answers.
// Slices are by thread.Index; entries of top-level comments and of those that are
// not measurable are 0.
type Branches struct {
	// Score ranks the edges of one thread: the higher, the more the branch below
	// speaks of something else.
	Score []float64
	// Own is the same of the comment alone.
	Own []float64
	// Nats is the logarithm of the Bayes factor of "two subjects" over "one" for
	// the branch and the path above it, which can be compared between threads.
	Nats []float64
	// Stems is how many stems the branch and the comment alone have, in the
	// language of the comment.
	Stems, OwnStems []int
	// Above is the weight of the words above in that language, the title among
	// them; 0 where there is nothing to compare with.
	Above []float64

	bags *stemBags
}

// measured tells whether the branch of i has words enough, and something above
// to compare them with.
func (d *Branches) measured(i thread.Index) bool { return d.Stems[i] >= MinStems && d.Above[i] > 0 }

// The model: two bags of words are drawn from one Dirichlet-multinomial or from
// two. Its parameters, and the weights of what is added up, were chosen on
// planted drift (DRIFT.md).
const (
	concentration = 60   // a: how many words the background counts for
	decay         = 0.7  // of an ancestor's words with each step up
	farthest      = 12   // ancestors that count: 0.7^12 is 1 in 72
	titleWeight   = 1    // of the title's words in the path
	branchWeight  = 0.5  // of the Bayes factor against the rest of the top-level comment's branch
	restWeight    = 1    // of that against the rest of the thread, over the number of branches
	mixWeight     = 0.25 // of the likelihood under a mixture of path and language
	mixShare      = 0.3  // of the path in that mixture
	padding       = 5    // stems that keep short branches from extremes
	lengthWeight  = 0.8  // of ln(1 + stems of the comment): long ones tie by chance
	inherited     = 0.4  // of the highest score above that is taken off: it was counted there
)

// MinStems is how many stems a branch must have to be measured.
const MinStems = 3

// Drifts are the Branches of a thread. O(words · log comments) time.
var Drifts = &metrics.Fact[*Branches]{Name: "drift-branches", Compute: func(c *metrics.Context) (*Branches, error) {
	return branchesOf(c.Thread), nil
}}

func branchesOf(t *thread.Thread) *Branches {
	n := t.Len()
	b := stemsOf(t)
	d := &Branches{
		Score: make([]float64, n), Own: make([]float64, n), Nats: make([]float64, n),
		Stems: make([]int, n), OwnStems: make([]int, n), Above: make([]float64, n), bags: b,
	}
	var present [64]bool
	for i := range n {
		present[b.lang[i]+1] = true
	}
	s := newScorer(t, b, d)
	for l := range present {
		if present[l] {
			s.language(stems.Lang(l - 1))
		}
	}
	// What a branch has left, those below it have not left again.
	highest := make([]float64, n)
	for i := range t.All() {
		p := t.Parent(i)
		if p == thread.NoIndex {
			continue
		}
		highest[i] = max(highest[p], d.Score[i])
		if d.measured(i) {
			d.Score[i] -= inherited * highest[p]
		}
	}
	return d
}

// scorer works out the scores of a thread, one language after the other.
type scorer struct {
	t     *thread.Thread
	b     *stemBags
	d     *Branches
	lang  stems.Lang
	level []uint8 // by term
	ln    gammas
	heavy []thread.Index // the reply with most words below it, NoIndex where there is none
	roots float64        // top-level comments

	all, branch []int32 // counts of the thread and of one branch, by term
	allN, bN    int32
	below       []int32   // counts of the branch below a comment, by term
	path        []float64 // weighted counts, by term
	terms       []int32   // of path
	small       []bool    // scored already, from its own words
	open        []bool    // not small, or something below is not
	log2        []float64
}

func newScorer(t *thread.Thread, b *stemBags, d *Branches) *scorer {
	v := len(b.reader.Terms)
	s := &scorer{
		t: t, b: b, d: d, level: levelsOf(b.reader.Terms), ln: gammas{a: concentration}, heavy: make([]thread.Index, t.Len()),
		all: make([]int32, v), branch: make([]int32, v), below: make([]int32, v), path: make([]float64, v), small: make([]bool, t.Len()), open: make([]bool, t.Len()),
	}
	for i := range t.All() {
		if t.Parent(i) == thread.NoIndex {
			s.roots++
		}
		s.heavy[i] = thread.NoIndex
		most := int32(-1)
		for c := range t.Replies(i) {
			if words := b.start[t.End(c)] - b.start[c]; words > most {
				s.heavy[i], most = c, words
			}
		}
	}
	return s
}

// bag is the bag of d where it is in the language at hand, else empty.
func (s *scorer) bag(d int) (terms, counts []int32) {
	if s.b.lang[d] != s.lang {
		return nil, nil
	}
	return s.b.bag(d)
}

func (s *scorer) language(l stems.Lang) {
	s.lang = l
	clear(s.all)
	s.allN = 0
	n := s.t.Len()
	for d := range n {
		terms, counts := s.bag(d)
		for k, w := range terms {
			s.all[w] += counts[k]
			s.allN += counts[k]
		}
	}
	for r := thread.Index(0); int(r) < n; r = s.t.End(r) {
		s.bN = s.count(s.branch, r, s.t.End(r), 1)
		s.downwards(r)
		s.upwards(r)
		s.count(s.branch, r, s.t.End(r), -1)
	}
}

// count adds the words of the comments from … to-1 to into, or takes them away.
func (s *scorer) count(into []int32, from, to thread.Index, sign int32) (n int32) {
	for d := from; d < to; d++ {
		terms, counts := s.bag(int(d))
		for k, w := range terms {
			into[w] += sign * counts[k]
			n += counts[k]
		}
	}
	return n
}

// load puts the path of the replies to p into path: p and what it answers, each
// step up at less weight, and the title. It returns its weight.
func (s *scorer) load(p thread.Index) (total float64) { return s.loadUntil(p, nil) }

// loadUntil is load in a tree that is cut above some comments: there the path
// ends, without a title.
func (s *scorer) loadUntil(p thread.Index, cut []bool) (total float64) {
	weight := 1.0
	add := func(d int, weight float64) {
		terms, counts := s.bag(d)
		for k, w := range terms {
			if s.path[w] == 0 {
				s.terms = append(s.terms, w)
			}
			x := weight * float64(counts[k])
			s.path[w] += x
			total += x
		}
	}
	for range farthest {
		if p == thread.NoIndex {
			break
		}
		add(int(p), weight)
		if cut != nil && cut[p] {
			return total
		}
		weight *= decay
		p = s.t.Parent(p)
	}
	add(s.t.Len(), titleWeight)
	return total
}

func (s *scorer) unload() {
	for _, w := range s.terms {
		s.path[w] = 0
	}
	s.terms = s.terms[:0]
}

// bag sums: what a bag of words has in common with others, in the parts that the
// score adds up.
type sums struct {
	n            float64 // stems
	logs         float64 // Σ log2(1 + count)
	path, mix    float64 // Σ over words shared with the path
	branch, rest float64 // Σ over words shared with the rest of the branch, of the thread
}

// shared adds a word that the bag has count times and the path with weight q.
func (s *scorer) shared(x *sums, w, count int32, q, total float64) {
	level := s.level[w]
	a := s.ln.alpha(level)
	x.path += s.ln.of(level, count) + lnGamma(q+a) - lnGamma(float64(count)+q+a) - s.ln.of(level, 0)
	p := a / concentration
	x.mix -= s.logOf(count) * math.Log1p(mixShare/(1-mixShare)*q/(total*p))
}

// of is what sums have of a count of w, of which there are all.
func (s *scorer) of(w, count, all int32) float64 {
	if count == 0 || count == all {
		return 0
	}
	level := s.level[w]
	return s.ln.of(level, count) + s.ln.of(level, all-count) - s.ln.of(level, all) - s.ln.of(level, 0)
}

// logOf is log2(1 + k).
func (s *scorer) logOf(k int32) float64 {
	if k >= tabled {
		return math.Log2(1 + float64(k))
	}
	for n := len(s.log2); n <= int(k); n++ {
		s.log2 = append(s.log2, math.Log2(1+float64(n)))
	}
	return s.log2[k]
}

// factor is the part of the Bayes factor that depends on the sizes of two bags.
func factor(n, m, shared float64) float64 {
	if n == 0 || m == 0 {
		return 0
	}
	const a = concentration
	return lnGamma(n+m+a) + lnGamma(a) - lnGamma(n+a) - lnGamma(m+a) + shared
}

// score puts sums together, where there is a path. own is how many stems the comment alone has, total
// the weight of the path.
func (s *scorer) score(x sums, own int, total float64) (score, nats float64) {
	nats = factor(x.n, total, x.path)
	score = nats + branchWeight*factor(x.n, float64(s.bN)-x.n, x.branch) + restWeight/s.roots*factor(x.n, float64(s.allN)-x.n, x.rest)
	score += mixWeight * (x.mix - x.logs*math.Log(1-mixShare))
	return score/math.Sqrt(x.n+padding) + lengthWeight*math.Log1p(float64(own)), nats
}

// downwards scores the comments of the branch of r that have fewer words below
// them than stand above, and every comment alone: from their words.
func (s *scorer) downwards(r thread.Index) {
	var touched []int32
	for p := r; p < s.t.End(r); p++ {
		if s.t.End(p) == p+1 {
			continue
		}
		total := s.load(p)
		for c := range s.t.Replies(p) {
			end := s.t.End(c)
			s.small[c] = int(s.b.start[end]-s.b.start[c]) <= 4*len(s.terms)
			if s.b.lang[c] != s.lang {
				continue
			}
			terms, counts := s.bag(int(c))
			var own sums
			for k, w := range terms {
				s.take(&own, w, counts[k], total)
			}
			s.d.OwnStems[c] = int(own.n)
			if total > 0 {
				s.d.Own[c], _ = s.score(own, int(own.n), total)
			}

			s.d.Above[c] = total
			if !s.small[c] {
				continue
			}
			touched = touched[:0]
			for d := c; d < end; d++ {
				terms, counts := s.bag(int(d))
				for k, w := range terms {
					if s.below[w] == 0 {
						touched = append(touched, w)
					}
					s.below[w] += counts[k]
				}
			}
			var x sums
			for _, w := range touched {
				s.take(&x, w, s.below[w], total)
				s.below[w] = 0
			}
			s.set(c, x, total)
		}
		s.unload()
	}
}

// take adds a word of a bag to its sums.
func (s *scorer) take(x *sums, w, count int32, total float64) {
	x.n += float64(count)
	x.logs += s.logOf(count)
	x.branch += s.of(w, count, s.branch[w])
	x.rest += s.of(w, count, s.all[w])
	if q := s.path[w]; q > 0 {
		s.shared(x, w, count, q, total)
	}
}

func (s *scorer) set(c thread.Index, x sums, total float64) {
	if s.d.Stems[c] = int(x.n); x.n >= MinStems && total > 0 {
		s.d.Score[c], s.d.Nats[c] = s.score(x, s.d.OwnStems[c], total)
	}
}

// upwards scores the other comments of the branch of r. The words below a
// comment are those below its heaviest reply and some more: along each line of
// heaviest replies they are added from the bottom up, so that each word is added
// once for every such line above it, of which there are at most log2 of all.
func (s *scorer) upwards(r thread.Index) {
	end := s.t.End(r)
	for v := r; v < end; v++ {
		s.open[v] = v != r && !s.small[v]
	}
	for v := end - 1; v > r; v-- {
		if s.open[v] {
			s.open[s.t.Parent(v)] = true
		}
	}
	tops := []thread.Index{r}
	var line []thread.Index
	for len(tops) > 0 {
		top := tops[len(tops)-1]
		tops = tops[:len(tops)-1]
		line = line[:0]
		for v := top; v != thread.NoIndex && s.open[v]; v = s.heavy[v] {
			line = append(line, v)
			for c := range s.t.Replies(v) {
				if c != s.heavy[v] && s.open[c] {
					tops = append(tops, c)
				}
			}
		}
		var x sums
		for k := len(line) - 1; k >= 0; k-- {
			v := line[k]
			from := v
			if k+1 < len(line) { // what stands below the next is there already
				s.add(&x, v, line[k+1])
				from = s.t.End(line[k+1])
			}
			s.add(&x, from, s.t.End(v))
			if v == r || s.small[v] || s.b.lang[v] != s.lang {
				continue
			}
			y := x
			total := s.load(s.t.Parent(v))
			for _, w := range s.terms {
				if n := s.below[w]; n > 0 {
					s.shared(&y, w, n, s.path[w], total)
				}
			}
			s.unload()
			s.set(v, y, total)
		}
		for d := top; d < s.t.End(top); d++ {
			terms, _ := s.bag(int(d))
			for _, w := range terms {
				s.below[w] = 0
			}
		}
	}
}

// add adds the comments from … to-1 to what stands below.
func (s *scorer) add(x *sums, from, to thread.Index) {
	for d := from; d < to; d++ {
		terms, counts := s.bag(int(d))
		for k, w := range terms {
			old := s.below[w]
			now := old + counts[k]
			s.below[w] = now
			x.n += float64(counts[k])
			x.logs += s.logOf(now) - s.logOf(old)
			x.branch += s.of(w, now, s.branch[w]) - s.of(w, old, s.branch[w])
			x.rest += s.of(w, now, s.all[w]) - s.of(w, old, s.all[w])
		}
	}
}
