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

// flat is a list of comments without replies.
func flat(texts ...string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for i, text := range texts {
		b.Add(thread.Comment{ID: fmt.Sprint(i), Text: text})
	}
	return b.Build()
}

// price is what the stretches that begin at starts bring, from the definition.
func price(s slow, starts []int) (sum float64) {
	n := s.t.Len()
	for k, from := range starts {
		to := n
		if k+1 < len(starts) {
			to = starts[k+1]
		}
		x := s.bag(s.b.usual, 1, upTo(thread.Index(from), thread.Index(to))...)
		sum += lnGamma(stretchWords) - lnGamma(x.total()+stretchWords) - stretchCost
		for w, c := range x {
			a := s.alpha(w) / concentration * stretchWords
			sum += lnGamma(c+a) - lnGamma(a)
		}
	}
	return sum
}

// TestSegmentsSlowTwin compares with the best of all ways to cut a short list.
func TestSegmentsSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	subjects := [][]string{strings.Fields("turbine blade wind rotor carbon"), strings.Fields("soup lentil bacon carrot vinegar"), strings.Fields("goal keeper penalty offside whistle")}
	cuts := 0
	for range 60 {
		var texts []string
		subject := 0
		for range 1 + rng.IntN(9) {
			if rng.IntN(3) == 0 {
				subject = rng.IntN(3)
			}
			var text []string
			for range rng.IntN(60) {
				text = append(text, subjects[subject][rng.IntN(5)])
			}
			texts = append(texts, strings.Join(text, " "))
		}
		th := flat(texts...)
		s := slow{th, stemsOf(th)}
		best := math.Inf(-1)
		for set := range 1 << (len(texts) - 1) {
			starts := []int{0}
			for k := 1; k < len(texts); k++ {
				if set>>(k-1)&1 == 1 {
					starts = append(starts, k)
				}
			}
			best = max(best, price(s, starts))
		}
		order := make([]int, len(texts))
		for i := range order {
			order[i] = i
		}
		starts := newSegmenter(s.b).cut(order)
		cuts += len(starts) - 1
		if got := price(s, starts); math.Abs(got-best) > 1e-8 {
			t.Errorf("cut at %v for %v, the best is worth %v", starts, got, best)
		}
	}
	if cuts < 15 {
		t.Errorf("%d cuts in all lists, too few to tell", cuts)
	}
}

// TestJoin checks that stretches cut for their length alone are joined.
func TestJoin(t *testing.T) {
	var texts []string
	for i := range 40 {
		if i < 20 {
			texts = append(texts, "turbine blade wind rotor carbon mast")
		} else {
			texts = append(texts, "soup lentil bacon carrot vinegar spoon")
		}
	}
	th := flat(texts...)
	s := newSegmenter(stemsOf(th))
	order := make([]int, th.Len())
	for i := range order {
		order[i] = i
	}
	if d := cmp.Diff([]int{0, 20}, s.join(order, []int{0, 3, 7, 20, 35})); d != "" {
		t.Errorf("join (-want +got):\n%s", d)
	}
	if i := slices.IndexFunc(s.count, func(c int32) bool { return c != 0 }); i >= 0 {
		t.Errorf("term %d is still counted %d times", i, s.count[i])
	}
	if d := cmp.Diff([]int{0, 20}, s.cut(order)); d != "" {
		t.Errorf("cut (-want +got):\n%s", d)
	}
}

func TestSegment(t *testing.T) {
	run := func(th *thread.Thread) metrics.List {
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), []*metrics.Measure{Segment})
		if err != nil {
			t.Fatal(err)
		}
		return table.Columns[0].Values.(metrics.List)
	}
	turbines, soup := strings.Repeat("turbine blade wind rotor carbon mast ", 5), strings.Repeat("lentil soup, bacon, carrot and vinegar ", 6)
	vs := run(flat(turbines, turbines, soup, "", soup))
	if d := cmp.Diff([]float64{1, 1, 2, 2, 2}, numbers(vs)); d != "" {
		t.Errorf("segment (-want +got):\n%s", d)
	}
	b := thread.NewBuilder(thread.Meta{})
	b.Add(thread.Comment{ID: "1", Text: "turbine"})
	b.Add(thread.Comment{ID: "2", Parent: "1", Text: "blade"})
	if vs := run(b.Build()); vs[0].Defined() {
		t.Errorf("segment of a tree = %+v, want undefined", vs[0])
	}
}
