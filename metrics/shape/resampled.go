package shape

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/intervals"
)

// sums tell how a measure follows from sums over the comments, so that it can be
// told of branches drawn anew without building a thread of them.
type sums struct {
	columns int
	// adds prepares what each comment, node v, adds to the sums of its branch. It is
	// asked in reading order.
	adds func(t *Tree) func(v int, s []float64)
	// value follows from the sums of all that is drawn. article is 1 in the rooted
	// frame and 0 in the forest frame.
	value func(s []float64, article float64) float64
	// uneven is for what a few long branches decide.
	uneven bool
}

// over is the interval in one of the frames.
func (s sums) over(article float64) *metrics.Interval {
	over := intervals.OverBranches
	if s.uneven {
		over = intervals.OverUneven
	}
	return over(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		t, err := Rooted.Of(c)
		if err != nil {
			return nil, err
		}
		total, add := u.Sums(s.columns), s.adds(t)
		for k, unit := range u.Of {
			add(k+1, total.Unit(unit))
		}
		return total.Statistic(func(of []float64) float64 { return s.value(of, article) }), nil
	})
}

// both gives the measures of both frames their interval, plain that of the rooted
// frame alone, and forest that of the other.
func (s sums) both(plain, forest *metrics.Measure) (*metrics.Measure, *metrics.Measure) {
	return s.forest(s.plain(plain, forest))
}

func (s sums) plain(plain, forest *metrics.Measure) (*metrics.Measure, *metrics.Measure) {
	plain.Interval = s.over(1)
	return plain, forest
}

func (s sums) forest(plain, forest *metrics.Measure) (*metrics.Measure, *metrics.Measure) {
	forest.Interval = s.over(0)
	return plain, forest
}

// each is adds where nothing has to be prepared.
func each(add func(t *Tree, v int, s []float64)) func(t *Tree) func(v int, s []float64) {
	return func(t *Tree) func(int, []float64) {
		return func(v int, s []float64) { add(t, v, s) }
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

var (
	sumsOfDepth = sums{2, each(func(t *Tree, v int, s []float64) {
		s[0] += float64(t.Depth[v])
		s[1]++
	}), func(s []float64, article float64) float64 {
		return (s[0] - (1-article)*s[1]) / (s[1] + article)
	}, true}

	sumsOfLeaves = sums{2, each(func(t *Tree, v int, s []float64) {
		s[0] += one(t.Children[v] == 0)
		s[1]++
	}), func(s []float64, article float64) float64 { return s[0] / (s[1] + article) }, false}

	sumsOfChildren = sums{2, each(func(t *Tree, v int, s []float64) {
		s[0] += float64(t.Children[v])
		s[1]++
	}), func(s []float64, _ float64) float64 { return s[0] / s[1] }, false}

	sumsOfInner = sums{3, each(func(t *Tree, v int, s []float64) {
		s[0] += float64(t.Children[v])
		s[1] += one(t.Children[v] > 0)
		s[2] += one(t.Depth[v] == 1)
	}), func(s []float64, article float64) float64 { return (s[0] + article*s[2]) / (s[1] + article) }, false}

	sumsOfLeafDepth = sums{2, each(func(t *Tree, v int, s []float64) {
		if t.Children[v] == 0 {
			s[0] += float64(t.Depth[v])
			s[1]++
		}
	}), func(s []float64, _ float64) float64 { return s[0] / s[1] }, true}

	// W = Σ s (N − s) over all nodes but the article.
	sumsOfSizes = sums{3, each(func(t *Tree, v int, s []float64) {
		size := float64(t.Size[v])
		s[0] += size
		s[1] += size * size
		s[2]++
	}), func(s []float64, _ float64) float64 {
		n := s[2] + 1
		return 2 * (n*s[0] - s[1]) / (n * (n - 1))
	}, true}

	// The first step, to one of k branches, is worth log₂ k bits; what follows, the
	// mean of theirs.
	sumsOfReach = sums{2, func(t *Tree) func(int, []float64) {
		reach := make([]float64, len(t.Size))
		return func(v int, s []float64) {
			if t.Depth[v] == 1 {
				reach[v] = 1
				s[1]++
			} else {
				up := t.Parent[v]
				reach[v] = reach[up] / float64(t.Children[up])
			}
			if k := t.Children[v]; k > 1 {
				s[0] += reach[v] * math.Log2(float64(k))
			}
		}
	}, func(s []float64, _ float64) float64 { return math.Log2(s[1]) + s[0]/s[1] }, false}

	sumsOfAnswered = sums{2, each(func(t *Tree, v int, s []float64) {
		if t.Depth[v] == 1 {
			s[0] += one(t.Children[v] > 0)
			s[1]++
		}
	}), func(s []float64, _ float64) float64 { return s[0] / s[1] }, false}

	// H = log₂ n − Σ s log₂ s / n.
	sumsOfTrees = sums{2, each(func(t *Tree, v int, s []float64) {
		if size := float64(t.Size[v]); t.Depth[v] == 1 {
			s[0] += size
			s[1] += size * math.Log2(size)
		}
	}), func(s []float64, _ float64) float64 { return math.Max(0, math.Log2(s[0])-s[1]/s[0]) }, true}
)

// countsOfChildren gives the inequality of replies its interval in both frames. In
// the rooted frame the article stands whatever is drawn.
func countsOfChildren(plain, forest *metrics.Measure) (*metrics.Measure, *metrics.Measure) {
	over := func(always func(*Tree) []int32) *metrics.Interval {
		return intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
			t, err := Rooted.Of(c)
			if err != nil {
				return nil, err
			}
			return u.Count(t.Children[1:], always(t)...).Statistic(intervals.Gini), nil
		})
	}
	plain.Interval = over(func(t *Tree) []int32 { return t.Children[:1] })
	forest.Interval = over(func(*Tree) []int32 { return nil })
	return plain, forest
}

// overTrees is the interval of the Gini coefficient of the sizes of the top-level
// comments' trees.
var overTrees = intervals.OverUneven(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
	t, err := Rooted.Of(c)
	if err != nil {
		return nil, err
	}
	var sizes []int32
	var roots intervals.Units
	for r := range t.roots() {
		sizes, roots.Of = append(sizes, t.Size[r]), append(roots.Of, u.Of[r-1])
	}
	return roots.Count(sizes).Statistic(intervals.Gini), nil
})
