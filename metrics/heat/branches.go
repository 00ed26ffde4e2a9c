package heat

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// Branch is a path of the tree from top level to a comment without answers, and how
// heat goes along it.
type Branch struct {
	Comments []thread.Index // those with a heat, top level first
	Slope    float64        // of heat over depth
	CI       [2]float64     // 95 %, comments taken for independent
	P        float64        // one-sided, of a rise as steep if they came in any order
	Adjusted float64        // P times the number of branches looked at, at most 1
}

// Turn is where a branch gets hotter, if it does.
type Turn struct {
	At       int     // place in Branch.Comments of the first comment after the turn
	Rise     float64 // mean heat from there on less that before
	P        float64 // one-sided, of a turn as sharp somewhere if they came in any order
	Adjusted float64 // as in Branch
}

// Branching is the branches of a thread.
type Branching struct {
	Looked   int      // branches with enough comments with a heat
	Steepest []Branch // the clearest rise first, each at least half its own
	Turn     Turn     // of the first of these
	Longest  int      // most comments with a heat in a branch
	Why      *metrics.Text
}

const (
	fewestInBranch = 4
	testedBranches = 3   // that are tested: an exact test takes milliseconds
	triedBranches  = 200 // that are looked at for them: many share most of their comments
	fewestInPart   = 2   // comments on either side of a turn
)

// sumsAlong are sums over the comments with a heat from top level down to one.
type sumsAlong struct {
	n            int32
	x, xx, h, hh float64
	xh           float64
}

// rise is the slope over what its standard deviation is where the heats come in any
// order; false where it does not vary.
func (s sumsAlong) rise() (float64, bool) {
	n := float64(s.n)
	sxx, shh := s.xx-s.x*s.x/n, s.hh-s.h*s.h/n
	if s.n < 2 || sxx <= 0 || shh <= 1e-10*(1+s.hh) {
		return 0, false
	}
	return (s.xh - s.x*s.h/n) / math.Sqrt(sxx*shh/(n-1)), true
}

// Branchings are the branches of a thread. Every one with fewestInBranch comments
// with a heat is looked at, in O(1) each by sums that grow along the tree; those with
// the clearest rise, against what any order of their heats would give, are tested as
// exchanges are, and p is multiplied by the number looked at (Bonferroni). Of
// branches that share most of their comments one is taken. O(n log n) beside the
// tests.
var Branchings = FactOf("branches", func(s *Source, c *metrics.Context) (*Branching, error) {
	l, err := AllLinked.Of(s, c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	out := &Branching{Why: l.None}
	heat := make([]float64, t.Len())
	has := make([]bool, t.Len())
	for k, i := range l.Comments {
		heat[i], has[i] = l.Heat[k], true
	}
	along := make([]sumsAlong, t.Len())
	type end struct {
		leaf thread.Index
		rise float64
	}
	var ends []end
	for i := range t.All() {
		a := &along[i]
		if p := t.Parent(i); p != thread.NoIndex {
			*a = along[p]
		}
		if has[i] {
			x, h := float64(t.Depth(i)), heat[i]
			*a = sumsAlong{a.n + 1, a.x + x, a.xx + x*x, a.h + h, a.hh + h*h, a.xh + x*h}
		}
		if t.End(i) != i+1 {
			continue
		}
		out.Longest = max(out.Longest, int(a.n))
		if a.n < fewestInBranch {
			continue
		}
		out.Looked++
		if r, ok := a.rise(); ok {
			ends = append(ends, end{i, r})
		}
	}
	slices.SortStableFunc(ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(b.rise, a.rise), cmp.Compare(along[b.leaf].n, along[a.leaf].n))
	})
	taken := make([]bool, t.Len())
	for _, e := range ends[:min(len(ends), triedBranches)] {
		var path []thread.Index
		fresh := 0
		for i := e.leaf; i != thread.NoIndex; i = t.Parent(i) {
			if has[i] {
				path = append(path, i)
				if !taken[i] {
					fresh++
				}
			}
		}
		if 2*fresh < len(path) {
			continue
		}
		slices.Reverse(path)
		for _, i := range path {
			taken[i] = true
		}
		out.Steepest = append(out.Steepest, newBranch(t, path, heat, c.Seed, out.Looked))
		if len(out.Steepest) == testedBranches {
			break
		}
	}
	if len(out.Steepest) > 0 {
		first := out.Steepest[0].Comments
		heats := make([]float64, len(first))
		for k, i := range first {
			heats[k] = heat[i]
		}
		out.Turn = turnOf(heats, c.Seed)
		out.Turn.Adjusted = min(1, out.Turn.P*float64(out.Looked))
	}
	return out, nil
})

func newBranch(t *thread.Thread, path []thread.Index, heat []float64, seed uint64, looked int) Branch {
	depths, heats := make([]float64, len(path)), make([]float64, len(path))
	for k, i := range path {
		depths[k], heats[k] = float64(t.Depth(i)), heat[i]
	}
	b := Branch{Comments: path}
	line, _ := stats.FitLine(depths, heats)
	b.Slope = min(max(line.Slope, -1), 1)
	half := line.SlopeBand()
	b.CI = [2]float64{b.Slope - half, b.Slope + half}
	b.P = stats.RisingP(depths, heats, seed)
	b.Adjusted = min(1, b.P*float64(looked))
	return b
}

// turnOf is the place where the mean of what follows exceeds that of what precedes
// most, in standard errors, with at least fewestInPart on either side,
//
//	max over k of (mean(h[k:]) − mean(h[:k])) √(k (n − k)/n),
//
// and how often as sharp a turn is there somewhere if they come in any order: all
// orders up to 8, 9999 drawn up to 200, fewer beyond. O(n) an order.
func turnOf(heats []float64, seed uint64) Turn {
	n := len(heats)
	at, observed := sharpest(n, func(k int) float64 { return heats[k] })
	out := Turn{At: at, P: 1}
	for k, h := range heats {
		if k < at {
			out.Rise -= h / float64(at)
		} else {
			out.Rise += h / float64(n-at)
		}
	}
	if constant(heats) {
		return out
	}
	atLeast := observed - 1e-12*(1+math.Abs(observed)) // equal sums differ in their last bits
	if n <= stats.DrawnUpTo {
		out.P = stats.Permuted(n, seed, func(order []int) bool {
			_, x := sharpest(n, func(k int) float64 { return heats[order[k]] })
			return x >= atLeast
		})
		return out
	}
	r := rand.New(rand.NewPCG(seed, 33))
	dealt := slices.Clone(heats)
	hits, tries := 1.0, max(99, min(999, 2_000_000/n))
	for range tries {
		r.Shuffle(n, func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
		if _, x := sharpest(n, func(k int) float64 { return dealt[k] }); x >= atLeast {
			hits++
		}
	}
	out.P = hits / float64(tries+1)
	return out
}

// sharpest is the first place of the largest rise in the mean, and that rise in
// units of the standard deviation of one value.
func sharpest(n int, h func(k int) float64) (at int, rise float64) {
	var before, total float64
	for k := range n {
		total += h(k)
	}
	at, rise = fewestInPart, math.Inf(-1)
	for k := 1; k <= n-fewestInPart; k++ {
		before += h(k - 1)
		if k < fewestInPart {
			continue
		}
		a, b := float64(k), float64(n-k)
		if x := ((total-before)/b - before/a) * math.Sqrt(a*b/float64(n)); x > rise+1e-12 {
			at, rise = k, x
		}
	}
	return at, rise
}

var branchComments = metrics.Text{EN: "comments with a heat in one branch", FR: "commentaires de chaleur connue dans une même branche"}

var levelBranches = &metrics.Text{
	EN: "in no branch do the heats differ",
	FR: "dans aucune branche les chaleurs ne diffèrent",
}

// first is the value that one branch gives, the one with the clearest rise.
func (b *Branching) first(value func(*Branch) metrics.Value) metrics.Value {
	switch {
	case b.Why != nil:
		return metrics.Undefined(0, b.Why)
	case len(b.Steepest) == 0 && b.Looked > 0:
		return metrics.Undefined(b.Longest, levelBranches)
	case len(b.Steepest) == 0:
		return metrics.TooFew(b.Longest, fewestInBranch, branchComments)
	}
	return value(&b.Steepest[0])
}

// branchEscalation is the slope of heat along the branch with the clearest rise. N
// is the number of its comments with a heat.
func branchEscalation(s *Source) *metrics.Measure {
	return s.MeasureNamed(metrics.Measure{
		Name:  "branch-escalation",
		Title: metrics.Text{EN: "Escalation of the steepest branch", FR: "Escalade de la branche la plus raide"},
		Doc: metrics.Text{
			EN: "By how much the heat rises from one level to the next along the branch, from top level to a last answer, whose rise is clearest against what the same heats would give in any order. Branches with fewer than 4 comments with a heat are not looked at. p is that of a permutation test (exact up to 8 comments) times the number of branches looked at: among many branches some always rise. The 95% interval takes comments for independent, and knows nothing of the choice.",
			FR: "De combien la chaleur monte d’un niveau au suivant le long de la branche, du premier niveau à une dernière réponse, dont la montée est la plus nette au regard de ce que donneraient les mêmes chaleurs dans n’importe quel ordre. Les branches de moins de 4 commentaires de chaleur connue ne sont pas examinées. p est celui d’un test de permutation (exact jusqu’à 8 commentaires) multiplié par le nombre de branches examinées : parmi beaucoup de branches, il y en a toujours qui montent. L’intervalle à 95 % suppose des commentaires indépendants et ignore ce choix.",
		},
		Math:   "Σ (d − d̄) h / Σ (d − d̄)² over the branch with the largest slope/sd(slope); p = min(1, branches · p(branch))",
		MathFR: "Σ (d − d̄) h / Σ (d − d̄)² sur la branche dont pente/écart type(pente) est le plus grand ; p = min(1, branches · p(branche))",
		Unit:   metrics.PerTurn,
		Scope:  metrics.PerThread, Range: metrics.Signed, Needs: metrics.NeedReplies, MinN: fewestInBranch,
		Interval: &metrics.Interval{
			How: metrics.Text{
				EN: "that of a least-squares slope, comments taken for independent (Student); the choice of the branch is not counted",
				FR: "celui d’une pente des moindres carrés, commentaires supposés indépendants (Student) ; le choix de la branche n’est pas compté",
			},
			None: metrics.Text{EN: "no branch is long enough", FR: "aucune branche n’est assez longue"},
		},
		Source: []metrics.Citation{cite.Own, phipsonSmyth},
		Run: fromFact(s, Branchings, func(b *Branching) metrics.Value {
			return b.first(func(x *Branch) metrics.Value {
				return metrics.Of(x.Slope, len(x.Comments)).With(func(more *metrics.More) { more.CI, more.P = &x.CI, &x.Adjusted })
			})
		}),
	})
}

var phipsonSmyth = metrics.Citation{
	Authors: "Phipson, Smyth", Title: "Permutation p-values should never be zero", Venue: "Statistical Applications in Genetics and Molecular Biology 9(1)", Year: 2010,
}

// turningPoint is the turn of the branch with the clearest rise. N is the number of
// its comments with a heat.
func turningPoint(s *Source) *metrics.Measure {
	return s.MeasureNamed(metrics.Measure{
		Name:  "turning-point",
		Title: metrics.Text{EN: "Turning point of the steepest branch", FR: "Tournant de la branche la plus raide"},
		Doc: metrics.Text{
			EN: "The how-manieth comment with a heat of that branch is the first after the sharpest rise of the mean. There is always a sharpest rise: p tells how often one as sharp is somewhere if the same heats come in any order, times the number of branches looked at. Read the place only where p is small.",
			FR: "Le rang, dans cette branche, du premier commentaire de chaleur connue après la plus forte montée de la moyenne. Il y a toujours une plus forte montée : p dit à quelle fréquence il s’en trouve une aussi forte si les mêmes chaleurs viennent dans n’importe quel ordre, multiplié par le nombre de branches examinées. Ne lisez l’endroit que si p est petit.",
		},
		Math:   "1 + argmax over k of (mean h after k − mean h up to k) √(k (n − k)/n), 2 ≤ k ≤ n − 2",
		MathFR: "1 + argmax sur k de (moyenne de h après k − moyenne de h jusqu’à k) √(k (n − k)/n), 2 ≤ k ≤ n − 2",
		Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedReplies, MinN: fewestInBranch,
		Interval: byChance,
		Source: []metrics.Citation{{
			Authors: "James, James, Siegmund", Title: "Tests for a change-point", Venue: "Biometrika 74", Year: 1987, DOI: "10.1093/biomet/74.1.71",
		}, phipsonSmyth},
		Run: fromFact(s, Branchings, func(b *Branching) metrics.Value {
			return b.first(func(x *Branch) metrics.Value {
				return metrics.Of(float64(b.Turn.At+1), len(x.Comments)).With(func(more *metrics.More) { more.P = &b.Turn.Adjusted })
			})
		}),
	})
}
