package exchange

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

var all = []*metrics.Measure{
	TurnCount, TurnsA, RepliesA, RepliesB, Initiations, InitiationsA, WordsA, WordsB, Alternation, TurnBalance,
	WordBalance, WordShareA, LastWordA, LatencyMedian, LatencyMean, LatencyMedianA, LatencyMedianB, Escalation,
	TheilSen, PeakHeat, PeakByA,
}

func run(t *testing.T, th *thread.Thread) (*metrics.Table, []Pair) {
	t.Helper()
	c := metrics.NewContext(th, metrics.Options{})
	table, err := metrics.Run(c, all)
	if err != nil {
		t.Fatal(err)
	}
	ps, err := Pairs.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	return table, ps
}

func value(t *testing.T, table *metrics.Table, name string, pair int) metrics.Value {
	t.Helper()
	c, ok := table.Find(metrics.PerPair, name)
	if !ok {
		t.Fatalf("no measure %s", name)
	}
	return c.Values.At(pair)
}

// Pairs, counts and balances against their definitions, on all forests of up to
// 8 comments by up to three authors, one of them unknown; those of up to 4 in
// three orders of time.
func TestTwins(t *testing.T) {
	names := []string{"Ada", "Bob", ""}
	clocks := []func(k, n int) int{
		func(k, n int) int { return 10 * k },
		func(k, n int) int { return 10 * (n - k) },
		func(k, n int) int { return []int{30, testthread.NoTime, 10, 20, 30, 40, 40, 25}[k] },
	}
	turn := 0
	for parents, who := range testthread.Labelled(len(names), 4) {
		n := len(parents)
		for clock, minute := range clocks {
			if n > 4 && turn%len(clocks) != clock {
				continue
			}
			rows := testthread.Shape(parents...)
			for k := range rows {
				rows[k].Author, rows[k].Minute = names[who[k]], minute(k, n)
				rows[k].Text = "one two three four five six seven"[:4*k]
			}
			checkTwin(t, testthread.Build(rows))
			if t.Failed() {
				t.Fatalf("parents %v, authors %v, clock %d", parents, who, clock)
			}
		}
		turn++
	}
}

// checkTwin works out the one pair that Ada and Bob can be.
func checkTwin(t *testing.T, th *thread.Thread) {
	table, ps := run(t, th)
	other := func(i, p thread.Index) bool {
		if i == thread.NoIndex || p == thread.NoIndex {
			return false
		}
		a, b := th.AuthorName(th.Author(i)), th.AuthorName(th.Author(p))
		return a != b && a != "" && b != ""
	}
	var turns []thread.Index
	timed := true
	for i := range th.Document() {
		is := other(i, th.Parent(i))
		for c := range th.Replies(i) {
			is = is || other(i, c)
		}
		if is {
			turns = append(turns, i)
			timed = timed && th.Time(i).Timed()
		}
	}
	if len(turns) == 0 {
		if len(ps) != 0 {
			t.Errorf("%d pairs, want none", len(ps))
		}
		return
	}
	if timed {
		slices.SortStableFunc(turns, func(i, j thread.Index) int { return int(th.Time(i).UnixMilli() - th.Time(j).UnixMilli()) })
	}
	if len(ps) != 1 || !slices.Equal(ps[0].Turns, turns) || ps[0].A != th.Author(turns[0]) {
		t.Errorf("pairs %v, want one with turns %v", ps, turns)
		return
	}
	want := map[string]float64{}
	a := th.Author(turns[0])
	var latencies, ofA, ofB []float64
	for k, i := range turns {
		byA := th.Author(i) == a
		answers := other(i, th.Parent(i))
		side := "b"
		if byA {
			side = "a"
			want["turns-a"]++
		}
		want["words-"+side] += float64(words.Count(th.Text(i)))
		if answers {
			want["replies-"+side]++
			from, to := th.Time(th.Parent(i)), th.Time(i)
			if d := float64(to.UnixMilli()-from.UnixMilli()) / 60_000; from.Timed() && to.Timed() && d >= 0 {
				latencies = append(latencies, d)
				if byA {
					ofA = append(ofA, d)
				} else {
					ofB = append(ofB, d)
				}
			}
		} else {
			want["initiations"]++
			if byA {
				want["initiations-a"]++
			}
		}
		if k > 0 && th.Author(turns[k-1]) != th.Author(i) {
			want["alternation"] += 1 / float64(len(turns)-1)
		}
	}
	for _, name := range []string{"turns-a", "words-a", "words-b", "replies-a", "replies-b", "initiations", "initiations-a", "alternation"} {
		want[name] += 0
	}
	n := float64(len(turns))
	want["turns"] = n
	want["turn-balance"] = min(want["turns-a"], n-want["turns-a"]) / max(want["turns-a"], n-want["turns-a"])
	want["word-balance"] = min(want["words-a"], want["words-b"]) / max(want["words-a"], want["words-b"])
	want["word-share-a"] = want["words-a"] / (want["words-a"] + want["words-b"])
	want["last-word-a"] = 0
	if th.Author(turns[len(turns)-1]) == a {
		want["last-word-a"] = 1
	}
	want["latency-median"], want["latency-mean"] = median(latencies), mean(latencies)
	want["latency-median-a"], want["latency-median-b"] = median(ofA), median(ofB)
	if n < 3 {
		for _, name := range []string{"alternation", "turn-balance", "word-balance", "word-share-a", "last-word-a",
			"latency-median", "latency-mean", "latency-median-a", "latency-median-b", "escalation-slope", "peak-heat"} {
			want[name] = math.NaN()
		}
	}
	for name, x := range want {
		if v := value(t, table, name, 0); v.Defined() == math.IsNaN(x) || v.Defined() && math.Abs(v.X-x) > 1e-9 {
			t.Errorf("%s = %v (defined %v), want %v", name, v.X, v.Defined(), x)
		}
	}
}

func mean(xs []float64) float64 {
	var sum float64
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

func median(xs []float64) float64 {
	if len(xs) == 0 {
		return math.NaN()
	}
	slices.Sort(xs)
	return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
}

// withHeats makes an exchange of Ada and Bob in turn with the given heats; a
// negative heat is none.
func withHeats(heats ...float64) *Exchange {
	x := &Exchange{}
	for k, h := range heats {
		u := Turn{ByA: k%2 == 0, Answers: k - 1, Heat: metrics.Of(h, 10)}
		if h < 0 {
			u.Heat = metrics.Undefined(0, opens)
		}
		x.Said = append(x.Said, u)
	}
	return x
}

func TestHeats(t *testing.T) {
	for _, tt := range []struct {
		name  string
		heats []float64
		n     int
		byA   float64 // of the peak; NaN is undefined
	}{
		{"peak of A", []float64{.1, .2, .7, .3}, 4, 1},
		{"peak of B", []float64{.1, .9, .7, .3}, 4, 0},
		{"as hot as each other", []float64{.9, .9, .7}, 3, .5},
		{"one turn without heat", []float64{.1, -1, .2, .4}, 3, 0},
		{"too few with heat", []float64{.1, -1, -1, .4}, 2, math.NaN()},
	} {
		x := withHeats(tt.heats...)
		turns, heats, why := x.heats()
		if math.IsNaN(tt.byA) {
			if why == nil || why.N != tt.n {
				t.Errorf("%s: heats are %v, want too few of %d", tt.name, heats, tt.n)
			}
			continue
		}
		if len(turns) != tt.n || why != nil {
			t.Errorf("%s: %d turns, want %d", tt.name, len(turns), tt.n)
		}
		if got := peakByA(x, turns, heats); got != tt.byA {
			t.Errorf("%s: peak by A = %v, want %v", tt.name, got, tt.byA)
		}
	}
	// A turn without heat keeps its place: the slope of .1 at 0, .3 at 2, .4 at 3.
	turns, heats, _ := withHeats(.1, -1, .3, .4).heats()
	if d := cmp.Diff([]float64{0, 2, 3}, turns); d != "" {
		t.Errorf("turns with heat (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]float64{.1, .3, .4}, heats); d != "" {
		t.Errorf("heats (-want +got):\n%s", d)
	}
}

// The line of TestFitLine in stats: slope .075, its interval ± 4.30265 √(.000375/5)
// = ± .03726. Of the 24 orders only the rising one is as steep.
func TestTrend(t *testing.T) {
	p := func(x float64) *float64 { return &x }
	rise := TrendOf([]float64{0, 1, 2, 3}, []float64{.42, .53, .59, .65})
	v := rise.value()
	if v.N != 4 || math.Abs(v.X-.075) > 1e-12 || v.More.CI == nil || math.Abs(v.More.CI[0]-.03774) > 1e-5 || math.Abs(v.More.CI[1]-.11226) > 1e-5 {
		t.Errorf("value = %+v with %+v, want .075 of 4, .03774 to .11226", v, v.More)
	}
	if band, ok := rise.Band(1.5); !ok || math.Abs((band[0]+band[1])/2-.5475) > 1e-12 {
		t.Errorf("Band(1.5) = %v, %v, want one round .5475", band, ok)
	}
	fall := TrendOf([]float64{0, 1, 2, 3}, []float64{.65, .59, .53, .42})
	three := TrendOf([]float64{0, 1, 2}, []float64{.1, .2, .3})
	flat := TrendOf([]float64{0, 1, 2, 3}, []float64{.4, .5, .4, .5})
	for _, tt := range []struct {
		name  string
		trend *Trend
		p     *float64
		want  bool
	}{
		{"rise, no test", rise, nil, true},
		{"rise, test agrees", rise, p(1. / 24), true},
		{"rise, test does not", rise, p(.06), false},
		{"fall, test agrees", fall, p(1), true},
		{"fall, test does not", fall, p(.9), false},
		{"interval holds 0", flat, p(.01), false},
		{"three turns", three, nil, false},
	} {
		if tt.trend.P = tt.p; tt.trend.Certain() != tt.want {
			t.Errorf("%s: Certain() = %v, want %v", tt.name, !tt.want, tt.want)
		}
	}
	if _, ok := three.Interval(); ok {
		t.Error("three turns have an interval")
	}
	if TrendOf([]float64{1}, []float64{.5}) != nil {
		t.Error("one turn has a trend")
	}
}

// Ada 100 words at .2 and .4, Bob 30 at .6 after 10 and 30 minutes, the second
// answer without a heat.
func TestSide(t *testing.T) {
	lag := func(m float64) metrics.Value { return metrics.Of(m, 1) }
	none := metrics.Undefined(0, opens)
	x := &Exchange{Said: []Turn{
		{Comment: 3, ByA: true, Words: 60, Heat: metrics.Of(.2, 60), Latency: none},
		{Comment: 4, Words: 20, Heat: metrics.Of(.6, 20), Latency: lag(10)},
		{Comment: 5, Words: 10, Heat: none, Latency: lag(30)},
		{Comment: 6, ByA: true, Words: 40, Heat: metrics.Of(.4, 40), Latency: none},
	}}
	a, b := x.Side(true), x.Side(false)
	if a.Turns != 2 || a.Words != 100 || a.Latency.Defined() || math.Abs(a.Heat.X-.3) > 1e-12 || a.Heat.N != 2 || a.Peak != 6 {
		t.Errorf("side of A = %+v", a)
	}
	if b.Turns != 2 || b.Words != 30 || b.Latency.X != 20 || b.Latency.N != 2 || b.Heat.X != .6 || b.Heat.N != 1 || b.Peak != 4 {
		t.Errorf("side of B = %+v", b)
	}
	if empty := (&Exchange{}).Side(true); empty.Heat.Defined() || empty.Peak != thread.NoIndex {
		t.Errorf("side of nobody = %+v", empty)
	}
}

// The pair with the most turns comes first, then the one that began first in
// the document; names do not matter.
func TestOrderOfPairs(t *testing.T) {
	th := testthread.Build([]testthread.Row{
		{Parent: -1, Author: "Ada"},           // 0
		{Parent: 0, Author: "Bob", Minute: 1}, // Ada and Bob: 2 turns
		{Parent: 0, Author: "Cyd", Minute: 2}, // Ada and Cyd: 3 turns
		{Parent: 2, Author: "Ada", Minute: 3},
		{Parent: -1, Author: "Eve"},
		{Parent: 4, Author: "Dan", Minute: 9}, // Eve and Dan: 2 turns
	})
	_, ps := run(t, th)
	var got []string
	for _, p := range ps {
		got = append(got, fmt.Sprintf("%s+%s %d %d:%d", th.AuthorName(p.A), th.AuthorName(p.B), len(p.Turns), p.AtoB, p.BtoA))
	}
	want := []string{"Ada+Cyd 3 1:1", "Ada+Bob 2 0:1", "Eve+Dan 2 0:1"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("pairs (-want +got):\n%s", d)
	}
}

// Two people in a line of 100,000 replies are one pair, and as many pairs as
// comments are no trouble either.
func TestLargePairs(t *testing.T) {
	const n = 100_000
	rows := testthread.Shape(testthread.Chain(n)...)
	for k := range rows {
		rows[k].Author = []string{"Ada", "Bob"}[k%2]
	}
	table, ps := run(t, testthread.Build(rows))
	if len(ps) != 1 || len(ps[0].Turns) != n {
		t.Fatalf("%d pairs, the first of %d turns, want 1 of %d", len(ps), len(ps[0].Turns), n)
	}
	if v := value(t, table, "alternation", 0); v.X != 1 {
		t.Errorf("alternation = %v, want 1", v.X)
	}
	if _, ps = run(t, testthread.Build(testthread.Shape(testthread.Chain(n)...))); len(ps) != n-1 {
		t.Errorf("%d pairs of %d people in a line, want %d", len(ps), n, n-1)
	}
}
