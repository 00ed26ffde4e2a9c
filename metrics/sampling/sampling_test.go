package sampling

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

func TestAllocate(t *testing.T) {
	for _, c := range []struct {
		n     int
		sizes []int
		want  []int
	}{
		{0, []int{3, 3}, []int{0, 0}},
		{5, nil, []int{}},
		{4, []int{9, 9}, []int{2, 2}},
		{5, []int{9, 9}, []int{3, 2}},
		{6, []int{1, 9, 9}, []int{1, 3, 2}},
		{9, []int{1, 2, 3}, []int{1, 2, 3}},
		{10, []int{100, 1, 100, 2}, []int{4, 1, 3, 2}},
		{2, []int{5, 5, 5}, []int{1, 1, 0}},
	} {
		if d := cmp.Diff(c.want, allocate(c.n, c.sizes)); d != "" {
			t.Errorf("allocate(%d, %v) (-want +got):\n%s", c.n, c.sizes, d)
		}
	}
}

// threads are some of one to nine comments in chains, of two people, with texts that
// have a heat and texts that have none.
func threads(n int) []*thread.Thread {
	var out []*thread.Thread
	for k := range n {
		rows := testthread.Shape(testthread.Chain(1 + k%9)...)
		for i := range rows {
			rows[i].Author = []string{"Ada", "Bob", "Cyd"}[(k+i)%3]
			rows[i].Text = []string{"a plain remark", "You are WRONG, you forget it all!!", "thank you", "  "}[(k*i+k)%4]
		}
		t := testthread.Build(rows)
		m := t.Meta()
		m.ID = fmt.Sprintf("t%d", k)
		out = append(out, t.WithMeta(m))
	}
	return out
}

func draw(t *testing.T, o Options, ts []*thread.Thread) ([]Unit, []Stratum) {
	t.Helper()
	s := NewSampler(o)
	for _, th := range ts {
		if err := s.Add(metrics.NewContext(th, metrics.Options{})); err != nil {
			t.Fatal(err)
		}
	}
	return s.Draw()
}

func strata(t *testing.T, names ...string) []*Stratifier {
	t.Helper()
	out, err := FindStrata(names)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// However the threads come, the sample is the same, and its weights sum to all that
// could be drawn, in each stratum and together.
func TestDraw(t *testing.T) {
	ts := threads(60)
	other := slices.Clone(ts)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
	total := 0
	for _, th := range ts {
		for i := range th.All() {
			if th.Text(i) != "  " && th.Text(i) != "" {
				total++
			}
		}
	}
	for _, by := range [][]string{{"none"}, {"heat"}, {"depth"}, {"author"}, {"length"}, {"heat", "depth"}} {
		o := Options{N: 25, Seed: 3, Context: 2, Strata: strata(t, by...)}
		units, all := draw(t, o, ts)
		again, _ := draw(t, o, other)
		if d := cmp.Diff(units, again); d != "" {
			t.Errorf("%v: another order of the threads gives another sample (-in order +shuffled):\n%s", by, d)
		}
		if len(units) != 25 {
			t.Errorf("%v: %d drawn, want 25", by, len(units))
		}
		sum, of := map[string]float64{}, 0
		for _, u := range units {
			sum[u.Stratum] += u.Weight
		}
		for _, st := range all {
			of += st.Of
			if st.Drawn > 0 && math.Abs(sum[st.Name]-float64(st.Of)) > 1e-9 {
				t.Errorf("%v: the weights of %q sum to %v, want %d", by, st.Name, sum[st.Name], st.Of)
			}
		}
		if of != total {
			t.Errorf("%v: %d in all strata, want %d", by, of, total)
		}
	}
}

// A mean of the sample, weighted, is that of all but for chance: over 300 seeds the
// mean of the weighted means of the depth is within four standard errors.
func TestWeightsUndoTheStrata(t *testing.T) {
	ts := threads(40)
	sum, n := 0.0, 0.0
	for _, th := range ts {
		for i := range th.All() {
			if th.Text(i) != "  " && th.Text(i) != "" {
				sum, n = sum+float64(th.Depth(i)), n+1
			}
		}
	}
	truth := sum / n
	var means []float64
	by := strata(t, "depth")
	for seed := range uint64(300) {
		units, _ := draw(t, Options{N: 30, Seed: seed, Strata: by}, ts)
		sum, n := 0.0, 0.0
		for _, u := range units {
			sum, n = sum+u.Weight*float64(u.Depth), n+u.Weight
		}
		means = append(means, sum/n)
	}
	mean, square := 0.0, 0.0
	for _, m := range means {
		mean += m / 300
	}
	for _, m := range means {
		square += (m - mean) * (m - mean) / 299
	}
	if se := math.Sqrt(square / 300); math.Abs(mean-truth) > 4*se {
		t.Errorf("mean of the weighted means = %v ± %v, want %v", mean, se, truth)
	}
}

func TestEverythingWhereThereIsLess(t *testing.T) {
	units, all := draw(t, Options{N: 1000, Strata: strata(t, "heat")}, threads(9))
	for _, st := range all {
		if st.Drawn != st.Of || st.Weight != 1 {
			t.Errorf("%+v: want all of them", st)
		}
	}
	seen := map[string]bool{}
	for _, u := range units {
		if seen[u.Thread+" "+u.ID] {
			t.Errorf("%s of %s was drawn twice", u.ID, u.Thread)
		}
		seen[u.Thread+" "+u.ID] = true
	}
	if units, all := draw(t, Options{N: 5}, nil); len(units)+len(all) != 0 {
		t.Errorf("of nothing came %v, %v", units, all)
	}
}

// A thread is drawn whole, its comments in reading order.
func TestThreads(t *testing.T) {
	units, all := draw(t, Options{N: 4, Threads: true, Strata: strata(t, "length")}, threads(30))
	last, group, of := -1, 0, ""
	for _, u := range units {
		if u.Thread != of {
			of, last = u.Thread, -1
			group++
		}
		if u.Depth <= last {
			t.Errorf("thread %s: depth %d after %d", u.Thread, u.Depth, last)
		}
		last = u.Depth
	}
	if group != 4 || len(all) != 1 || all[0].Of != 30-countSilent(30) {
		t.Errorf("%d threads of %+v", group, all)
	}
}

// countSilent is how many of the threads have no text at all.
func countSilent(n int) int {
	silent := 0
	for _, th := range threads(n) {
		any := false
		for i := range th.All() {
			any = any || th.Text(i) != "  " && th.Text(i) != ""
		}
		if !any {
			silent++
		}
	}
	return silent
}

func TestContextOfAUnit(t *testing.T) {
	rows := testthread.Shape(-1, 0, 1, 2)
	for k := range rows {
		rows[k].Text, rows[k].Author = fmt.Sprint("text ", k), fmt.Sprint("author ", k)
	}
	units, _ := draw(t, Options{N: 9, Context: 1}, []*thread.Thread{testthread.Build(rows)})
	for _, u := range units {
		if u.Depth != 3 {
			continue
		}
		if d := cmp.Diff(&Said{"author 2", "text 2"}, u.Parent); d != "" {
			t.Errorf("parent (-want +got):\n%s", d)
		}
		if d := cmp.Diff([]Said{{"author 1", "text 1"}}, u.Above); d != "" {
			t.Errorf("above (-want +got):\n%s", d)
		}
	}
	if len(units) != 4 {
		t.Errorf("%d drawn, want 4", len(units))
	}
}

func TestFindStrata(t *testing.T) {
	for _, bad := range [][]string{{"mood"}, {"heat", "heat"}, {"none", "heat"}} {
		if _, err := FindStrata(bad); err == nil {
			t.Errorf("%v: no error", bad)
		}
	}
}
