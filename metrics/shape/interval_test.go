package shape

import (
	"math/rand/v2"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/intervals"
)

// grown are branches whose comments have replies by a geometric law, m of them on
// average.
func grown(r *rand.Rand, branches int, m float64) []testthread.Row {
	var rows []testthread.Row
	for range branches {
		first := len(rows)
		rows = append(rows, testthread.Row{Parent: -1})
		for k := first; k < len(rows); k++ {
			for r.Float64() < m/(1+m) {
				rows = append(rows, testthread.Row{Parent: k})
			}
		}
	}
	return rows
}

// Comments at depth d below the top are m^d for each branch, so that their mean depth
// is m/(1 − m): intervals of threads of 400 branches hold it nearly as often as they
// say. Smaller threads have a reason instead, but for what long branches do not decide.
func TestIntervalOfDepth(t *testing.T) {
	const threads, m = 60, 0.6
	r := rand.New(rand.NewPCG(6, 400))
	measure := func(branches int) *metrics.Table {
		table, err := metrics.Run(metrics.NewContext(testthread.Build(grown(r, branches, m)), metrics.Options{}), []*metrics.Measure{
			ForestMeanDepth, AverageLeafDepth, StructuralVirality, SubtreeGini, SubtreeEntropy, RepliedRootFraction,
		})
		if err != nil {
			t.Fatal(err)
		}
		if table, err = intervals.Beside(table); err != nil {
			t.Fatal(err)
		}
		return table
	}
	held := 0
	for range threads {
		v := measure(400).Value("forest-mean-depth")
		if v.More.CI == nil {
			t.Fatalf("no interval of 400 branches: %s", v.More.NoCI.EN)
		}
		if v.More.CI[0] <= m/(1-m) && m/(1-m) <= v.More.CI[1] {
			held++
		}
	}
	if held < threads*8/10 {
		t.Errorf("%d of %d intervals hold the mean depth, want at least %d", held, threads, threads*8/10)
	}
	for _, c := range measure(399).Columns {
		v := c.Values.At(0)
		if c.Measure == RepliedRootFraction {
			if v.More.CI == nil {
				t.Errorf("%s of 399 branches has no interval: %s", c.Measure.Name, v.More.NoCI.EN)
			}
		} else if v.More.CI != nil || !strings.Contains(v.More.NoCI.EN, "needs at least 400 top-level comments, has 399") {
			t.Errorf("%s of 399 branches: %+v, want that 400 are needed", c.Measure.Name, v.More)
		}
	}
}
