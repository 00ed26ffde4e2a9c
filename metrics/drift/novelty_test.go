package drift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"threadheat/thread"
)

// TestSurprisesGolden checks the published values of five distributions in a
// row: novelty, transience and resonance by the authors' code.
func TestSurprisesGolden(t *testing.T) {
	s := [][]float64{{.7, .2, .1}, {.6, .3, .1}, {.1, .1, .8}, {.1, .2, .7}, {.2, .2, .6}}
	kl := func(p, q []float64) (sum float64) {
		for k := range p {
			sum += p[k] * math.Log2(p[k]/q[k])
		}
		return sum
	}
	b := thread.NewBuilder(thread.Meta{})
	for i := range s {
		c := thread.Comment{ID: fmt.Sprint(i)}
		if i > 0 {
			c.Parent = fmt.Sprint(i - 1)
		}
		b.Add(c)
	}
	th := b.Build()
	for _, c := range []struct {
		window, at                   int
		novelty, transience, resonet float64
	}{
		{1, 1, .042053, 1.726466, -1.684413},
		{1, 2, 1.983007, .054116, 1.928891},
		{2, 2, 2.001136, .093073, 1.908063},
	} {
		var up thread.Index
		got := surprises(th, c.window, func(i thread.Index) { up = i }, func(down thread.Index) (float64, float64, bool) {
			return kl(s[up], s[down]), kl(s[down], s[up]), true
		})
		n, tr := got.Novelty[c.at], got.Transience[c.at]
		if math.Abs(n-c.novelty) > 5e-7 || math.Abs(tr-c.transience) > 5e-7 || math.Abs(n-tr-c.resonet) > 1.1e-6 {
			t.Errorf("window %d, place %d: %.6f, %.6f, %.6f, want %v, %v, %v", c.window, c.at, n, tr, n-tr, c.novelty, c.transience, c.resonet)
		}
		if got.Past[c.at] != c.window || got.Future[c.at] != c.window {
			t.Errorf("window %d: %d above and %d below", c.window, got.Past[c.at], got.Future[c.at])
		}
	}
}

// TestSurprisesOfTwoReplies checks that the replies at one distance count as one.
func TestSurprisesOfTwoReplies(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for _, c := range []thread.Comment{{ID: "0"}, {ID: "1", Parent: "0"}, {ID: "2", Parent: "0"}, {ID: "3", Parent: "2"}} {
		b.Add(c)
	}
	got := surprises(b.Build(), 2, func(thread.Index) {}, func(down thread.Index) (float64, float64, bool) {
		return float64(down), 10 * float64(down), true
	})
	// Down from 0: 1 and 2 at one step, 3 at two: (1.5 + 3)/2.
	if got.Transience[0] != 2.25 || got.Future[0] != 3 || got.Novelty[3] != 30 || got.Past[3] != 2 {
		t.Errorf("%+v", got)
	}
}

// TestDivergencesSlowTwin compares with sums over all words.
func TestDivergencesSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 100 {
		th := spoken(rng, 2+rng.IntN(12))
		b := stemsOf(th)
		v := newDivergences(b)
		all, total := bag{}, 0.0
		s := slow{th, b}
		for d := range th.Len() {
			for w, c := range s.bag(b.lang[d], 1, d) {
				all[w] += c
				total += c
			}
		}
		kl := func(x, y int) (sum float64) {
			p, r := s.bag(b.lang[x], 1, x), s.bag(b.lang[y], 1, y)
			n, m := p.total(), r.total()
			for w, c := range all {
				q := smoothing * c / total
				pw, rw := (p[w]+q)/(n+smoothing), (r[w]+q)/(m+smoothing)
				sum += pw * math.Log2(pw/rw)
			}
			return sum
		}
		for up := range th.All() {
			v.load(up)
			for down := range th.All() {
				x, y, ok := v.of(down)
				if can := b.total[up] >= MinStems && b.total[down] >= MinStems && b.lang[up] == b.lang[down]; ok != can {
					t.Fatalf("comparable = %v, want %v", ok, can)
				}
				if ok && (math.Abs(x-kl(int(up), int(down))) > 1e-9 || math.Abs(y-kl(int(down), int(up))) > 1e-9) {
					t.Fatalf("divergences of %d and %d: %v and %v, want %v and %v", up, down, x, y, kl(int(up), int(down)), kl(int(down), int(up)))
				}
			}
		}
	}
}
