package drift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// pieces are the drift points of a thread worked out from their definition: all
// edges anew after each cut.
func (s slow) points() (at []thread.Index) {
	cut := map[thread.Index]bool{}
	for {
		best, where := Threshold, thread.NoIndex
		for i := range s.t.All() {
			if s.t.Parent(i) == thread.NoIndex || cut[i] {
				continue
			}
			lang := s.b.lang[i]
			var docs []int
			for d := i; d < s.t.End(i); d++ {
				inside := true
				for p := d; p != i; p = s.t.Parent(p) {
					inside = inside && !cut[p]
				}
				if inside {
					docs = append(docs, int(d))
				}
			}
			x := s.bag(lang, 1, docs...)
			if x.total() < MinStems {
				continue
			}
			path, weight, title := bag{}, 1.0, true
			k := 0
			for p := range s.t.Ancestors(i) {
				if k++; k > farthest {
					break
				}
				for w, c := range s.bag(lang, weight, int(p)) {
					path[w] += c
				}
				weight *= 0.7
				if cut[p] {
					title = false
					break
				}
			}
			if title {
				for w, c := range s.bag(lang, titleWeight, s.t.Len()) {
					path[w] += c
				}
			}
			if nats := s.factor(x, path); nats > best+1e-9 {
				best, where = nats, i
			}
		}
		if where == thread.NoIndex {
			return at
		}
		cut[where] = true
		at = append(at, where)
	}
}

// digressing makes a thread of three subjects, each of twelve words.
func digressing(rng *rand.Rand, n int) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for i := range n {
		subject := rng.IntN(3)
		var text strings.Builder
		for range rng.IntN(60) {
			fmt.Fprintf(&text, "word%c%c ", 'a'+subject, 'a'+rng.IntN(12))
		}
		c := thread.Comment{ID: fmt.Sprint(i), Text: text.String()}
		if i > 0 && rng.IntN(8) > 0 {
			c.Parent = fmt.Sprint(i - 1 - rng.IntN(min(i, 3)))
		}
		b.Add(c)
	}
	return b.Build()
}

func TestPointsSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	cuts := 0
	for range 150 {
		th := digressing(rng, 1+rng.IntN(25))
		d := branchesOf(th)
		var got []thread.Index
		for _, p := range newTree(th, d).turns().Points {
			got = append(got, p.At)
		}
		want := slow{th, d.bags}.points()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("cuts of a thread of %d (-want +got):\n%s", th.Len(), diff)
		}
		cuts += len(want)
	}
	if cuts < 50 {
		t.Errorf("%d cuts in all threads, too few to tell", cuts)
	}
}

func TestPoints(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Title: "Wind turbines"})
	for i, text := range []string{
		"The blades of the wind turbines are made of carbon and cannot be recycled: carbon blades end as cement.",
		"Carbon blades can be recycled, only nobody wants to pay for recycling the blades of wind turbines.",
		"My grandmother cooked a lentil soup with carrots, vinegar and smoked bacon every Friday, and lentil stew on Sundays.",
		"Lentil soup needs vinegar and carrots, and the smoked bacon must be fried before the lentil stew is cooked.",
	} {
		c := thread.Comment{ID: fmt.Sprint(i), Text: text}
		if i > 0 {
			c.Parent = fmt.Sprint(i - 1)
		}
		c.Text += " " + c.Text
		b.Add(c)
	}
	c := metrics.NewContext(b.Build(), metrics.Options{})
	turns, err := Points.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	if len(turns.Points) != 1 || turns.Points[0].At != 2 || !turns.Whole {
		t.Fatalf("points = %+v, want one at 2", turns)
	}
	p := turns.Points[0]
	has := func(ws []Word, text string) bool {
		return slices.ContainsFunc(ws, func(w Word) bool { return w.Text == text })
	}
	if !has(p.After, "lentil") || !has(p.Before, "blades") || has(p.After, "blades") || has(p.Before, "lentil") {
		t.Errorf("before %v, after %v", p.Before, p.After)
	}
	if !slices.IsSortedFunc(p.After, func(a, b Word) int { return int(math.Copysign(1, b.Z-a.Z)) }) {
		t.Errorf("words after %v are not in order", p.After)
	}
	table, err := metrics.Run(c, []*metrics.Measure{PointCount})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("drift-points"); v.X != 1 || v.N != 3 {
		t.Errorf("drift-points = %+v, want 1 of 3", v)
	}
}
