package growth

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// Ten threads of twelve comments, each too short alone, tell something together: what
// the fit of all says, in the words of the measures.
func TestPool(t *testing.T) {
	var pool Pool
	var threads []*thread.Thread
	for seed := range uint64(10) {
		th := testthread.Build(simulate(rand.New(rand.NewPCG(seed, 3)), 12, 4, params{.5, 1, .8, 1}))
		threads = append(threads, th)
		c := metrics.NewContext(th, metrics.Options{})
		if err := pool.Add(c); err != nil {
			t.Fatal(err)
		}
		alone, err := metrics.Run(c, Measures)
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range alone.Columns {
			if v := column.Values.At(0); v.Defined() || v.N != 11 {
				t.Errorf("%s of one thread = %+v, want a reason and 11 choices", column.Measure.Name, v)
			}
		}
	}
	f := pool.Fit()
	want, err := FitPooled(threads)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, f); d != "" || pool.Threads != 10 || f.N != 110 {
		t.Errorf("%d threads, %d choices, want 10 and 110; fit (-want +got):\n%s", pool.Threads, f.N, d)
	}
	if v := f.Value(Popularity); !v.Defined() || v.X != f.Popularity.Value || v.N != 110 || v.More.P == nil {
		t.Errorf("popularity = %+v, want %v of 110 with p", v, f.Popularity.Value)
	}
	if v := f.Value(Gain); !v.Defined() || v.X <= 0 {
		t.Errorf("gain = %+v, want some", v)
	}
	// Of one thread alone, the pool says what the measures say.
	long := metrics.NewContext(testthread.Build(simulate(rand.New(rand.NewPCG(1, 3)), 80, 9, params{.5, 1, .8, 1})), metrics.Options{})
	var one Pool
	if err := one.Add(long); err != nil {
		t.Fatal(err)
	}
	table, err := metrics.Run(long, Measures)
	if err != nil {
		t.Fatal(err)
	}
	f = one.Fit()
	for _, c := range table.Columns {
		if d := cmp.Diff(c.Values.At(0), f.Value(c.Measure)); d != "" {
			t.Errorf("%s (-measured +pooled):\n%s", c.Measure.Name, d)
		}
	}
}

func TestPoolOfNothing(t *testing.T) {
	var pool Pool
	f := pool.Fit()
	for _, m := range Measures {
		if v := f.Value(m); v.Defined() {
			t.Errorf("%s of nothing = %v, want a reason", m.Name, v.X)
		}
	}
}

// A full pool leaves threads out and counts them.
func TestPoolIsBounded(t *testing.T) {
	c := metrics.NewContext(testthread.Build(testthread.Shape(testthread.Star(999)...)), metrics.Options{})
	var pool Pool
	for range 60 {
		if err := pool.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	if pool.Threads != 50 || pool.Left != 10 || len(pool.choices) > MaxPooled {
		t.Errorf("%d threads, %d left out, %d choices, want 50 and 10", pool.Threads, pool.Left, len(pool.choices))
	}
}
