package pace

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

var all = []*metrics.Measure{
	Lifetime, HalfLife, PeakHour, TimedShare, LatencyMedian, LatencyIQR, LatencyExcludedShare, LatencyNegativeShare,
	LatencyZeroShare, LogNormalMu, LogNormalSigma, LogNormalKS, MeanGap, Burstiness, BurstinessKimJo, Memory,
	ReEntryRate, DistinctAuthorShare, Latency,
}

func run(t *testing.T, rows []testthread.Row) *metrics.Table {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), all)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// check compares a value; NaN is undefined.
func check(t *testing.T, what string, v metrics.Value, want float64) {
	t.Helper()
	if v.Defined() == math.IsNaN(want) || v.Defined() && math.Abs(v.X-want) > 1e-9 {
		t.Errorf("%s = %v (defined %v), want %v", what, v.X, v.Defined(), want)
	}
}

// Every measure of times against its definition: for all forests of up to 8
// comments and times out of four, a missing one among them, all such times up to 3
// comments; and for all sequences of six such times.
func TestTwins(t *testing.T) {
	minutes := []int{testthread.NoTime, 0, 1, 61}
	try := func(parents, when []int) {
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Minute = minutes[when[k]]
		}
		if len(rows) > 0 {
			checkTwins(t, rows)
		}
		if t.Failed() {
			t.Fatalf("parents %v, times %v", parents, when)
		}
	}
	for parents, when := range testthread.Labelled(len(minutes), 3) {
		try(parents, when)
	}
	star := testthread.Star(6)
	for when := range testthread.Words(len(star), len(minutes)) {
		try(star, when)
	}
}

func checkTwins(t *testing.T, rows []testthread.Row) {
	table := run(t, rows)
	var times []float64
	var took []float64
	var replies, untimed, negative, zero float64
	for _, r := range rows {
		if r.Minute != testthread.NoTime {
			times = append(times, float64(r.Minute))
		}
		if r.Parent < 0 {
			continue
		}
		replies++
		switch d := r.Minute - rows[r.Parent].Minute; {
		case r.Minute == testthread.NoTime || rows[r.Parent].Minute == testthread.NoTime:
			untimed++
		case d < 0:
			negative++
		default:
			took = append(took, float64(d))
			if d == 0 {
				zero++
			}
		}
	}
	check(t, "timed-share", table.Value("timed-share"), float64(len(times))/float64(len(rows)))
	check(t, "latency-excluded-share", table.Value("latency-excluded-share"), (untimed+negative)/replies)
	check(t, "latency-negative-share", table.Value("latency-negative-share"), negative/replies)
	check(t, "latency-zero-share", table.Value("latency-zero-share"), zero/replies)
	check(t, "latency-median", table.Value("latency-median"), medianTwin(took))

	slices.Sort(times)
	n := len(times)
	lifetime, half, busiest := math.NaN(), math.NaN(), math.NaN()
	if n >= 2 {
		lifetime, half = times[n-1]-times[0], times[(n+1)/2-1]-times[0]
	}
	for _, from := range times {
		in := 0.
		for _, x := range times {
			if from <= x && x < from+60 {
				in++
			}
		}
		if !(busiest > in) {
			busiest = in
		}
	}
	check(t, "lifetime", table.Value("lifetime"), lifetime)
	check(t, "half-life", table.Value("half-life"), half)
	check(t, "peak-hour", table.Value("peak-hour"), busiest)

	var gaps []float64
	for k := 1; k < n; k++ {
		gaps = append(gaps, times[k]-times[k-1])
	}
	m, s := moments(gaps)
	b, a := math.NaN(), math.NaN()
	if g := float64(len(gaps)); g >= 2 && m > 0 {
		r := s / m
		b = (r - 1) / (r + 1)
		a = (math.Sqrt(g+1)*r - math.Sqrt(g-1)) / ((math.Sqrt(g+1)-2)*r + math.Sqrt(g-1))
	}
	check(t, "mean-gap", table.Value("mean-gap"), m)
	check(t, "burstiness", table.Value("burstiness"), b)
	check(t, "burstiness-kim-jo", table.Value("burstiness-kim-jo"), a)
	check(t, "memory", table.Value("memory"), memoryTwin(gaps))
}

func medianTwin(xs []float64) float64 {
	if len(xs) == 0 {
		return math.NaN()
	}
	slices.Sort(xs)
	return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
}

func moments(xs []float64) (mean, sd float64) {
	for _, x := range xs {
		mean += x
	}
	mean /= float64(len(xs)) // 0/0 is NaN: undefined
	for _, x := range xs {
		sd += (x - mean) * (x - mean)
	}
	return mean, math.Sqrt(sd / float64(len(xs)))
}

func memoryTwin(gaps []float64) float64 {
	if len(gaps) < 3 {
		return math.NaN()
	}
	before, after := gaps[:len(gaps)-1], gaps[1:]
	m1, s1 := moments(before)
	m2, s2 := moments(after)
	var sum float64
	for k := range before {
		sum += (before[k] - m1) * (after[k] - m2)
	}
	return sum / float64(len(before)) / (s1 * s2) // 0/0 where constant
}

// minutesOf makes comments on the article at the given minutes.
func minutesOf(minutes ...int) []testthread.Row {
	rows := testthread.Shape(testthread.Star(len(minutes))...)
	for k := range rows {
		rows[k].Minute = minutes[k]
	}
	return rows
}

// The ends of burstiness: a clock is −1; one gap that holds all the time is 1 in
// the form of Kim and Jo, for any number of gaps.
func TestBurstinessEnds(t *testing.T) {
	for n := 3; n <= 40; n++ {
		clock, burst := make([]int, n), make([]int, n)
		for k := range n {
			clock[k] = 7 * k
		}
		burst[n-1] = 1000
		table := run(t, minutesOf(clock...))
		check(t, "burstiness of a clock", table.Value("burstiness"), -1)
		check(t, "burstiness-kim-jo of a clock", table.Value("burstiness-kim-jo"), -1)
		check(t, "burstiness-kim-jo of one silence", run(t, minutesOf(burst...)).Value("burstiness-kim-jo"), 1)
	}
	same := run(t, minutesOf(5, 5, 5, 5))
	for _, name := range []string{"burstiness", "burstiness-kim-jo", "memory"} {
		check(t, name+" of one minute", same.Value(name), math.NaN())
	}
}

// The fit finds the parameters of values whose logarithms are known. KS is
// largest just after the second of the five: 2/5 − Φ(−1/√2) = .16025, against
// 1/5 − Φ(−√2) = .12135 after the first and 3/5 − 1/2 after the third.
func TestLogNormal(t *testing.T) {
	var took []float64
	for _, log := range []float64{3, 4, 5, 6, 7} {
		took = append(took, math.Exp(log))
	}
	fit := fitLogNormal(took)
	if math.Abs(fit.Mu-5) > 1e-12 || math.Abs(fit.Sigma-math.Sqrt2) > 1e-12 || fit.N != 5 {
		t.Errorf("fit = %v, %v of %d, want 5, √2 of 5", fit.Mu, fit.Sigma, fit.N)
	}
	if want := .4 - math.Erfc(.5)/2; math.Abs(fit.KS-want) > 1e-12 {
		t.Errorf("KS = %v, want %v", fit.KS, want)
	}
	for _, few := range [][]float64{nil, {1, 2, 3, 4}, {3, 3, 3, 3, 3, 3}} {
		if fit := fitLogNormal(few); fit.N != 0 {
			t.Errorf("fit of %v has N = %d, want 0", few, fit.N)
		}
	}
}

// Replies within the minute are out of the fit, but not out of the median.
func TestZeroLatencies(t *testing.T) {
	rows := minutesOf(0, 0, 0, 0, 0, 2, 4, 8, 16, 32)
	for k := 1; k < len(rows); k++ {
		rows[k].Parent = 0
	}
	table := run(t, rows)
	check(t, "latency-median", table.Value("latency-median"), 2)
	check(t, "latency-zero-share", table.Value("latency-zero-share"), 4./9)
	check(t, "latency-lognormal-mu", table.Value("latency-lognormal-mu"), 3*math.Ln2)
	check(t, "latency-lognormal-sigma", table.Value("latency-lognormal-sigma"), math.Sqrt2*math.Ln2)
	if n := table.Value("latency-lognormal-mu").N; n != 5 {
		t.Errorf("the fit rests on %d replies, want 5", n)
	}
}

// Times with and without a zone are never mixed: the more frequent kind counts.
func TestMixedZones(t *testing.T) {
	rows := minutesOf(0, 10, 20, 500)
	rows[1].Parent, rows[3].Parent = 0, 2
	rows[3].Zoned = true
	table := run(t, rows)
	check(t, "lifetime", table.Value("lifetime"), 20)
	check(t, "timed-share", table.Value("timed-share"), .75)
	check(t, "latency-median", table.Value("latency-median"), 10)
	check(t, "latency-excluded-share", table.Value("latency-excluded-share"), .5)
}

// Only people answer and are answered.
func TestNobody(t *testing.T) {
	rows := minutesOf(0, 5, 6, 90)
	rows[0].Kind, rows[1].Parent = thread.Pingback, 0
	rows[2].Parent = 99 // a ghost
	table := run(t, rows)
	check(t, "lifetime", table.Value("lifetime"), 85)
	check(t, "latency-median", table.Value("latency-median"), math.NaN())
	check(t, "latency-excluded-share", table.Value("latency-excluded-share"), 1)
}

func TestPatternAndReturns(t *testing.T) {
	for _, tt := range []struct {
		name            string
		authors         []string
		minutes         []int
		want            []int
		returned, share float64
	}{
		{"in order of time", []string{"Ada", "Bob", "Ada", "Cyd"}, []int{3, 1, 2, 4}, []int{0, 1, 1, 2}, 1. / 3, 3. / 4},
		{"document order where a time is missing", []string{"Ada", "Bob", "Ada"}, []int{3, 1, testthread.NoTime}, []int{0, 1, 0}, .5, 2. / 3},
		{"equal times in document order", []string{"Ada", "Bob", "Ada"}, []int{1, 1, 1}, []int{0, 1, 0}, .5, 2. / 3},
		{"unknown authors are different people", []string{"", "", "Ada"}, []int{1, 2, 3}, []int{0, 1, 2}, 0, 1},
		{"nobody is known", []string{"", ""}, []int{1, 2}, []int{0, 1}, math.NaN(), math.NaN()},
		{"a monologue", []string{"Ada", "Ada", "Ada"}, []int{1, 2, 3}, []int{0, 0, 0}, 1, 1. / 3},
	} {
		rows := minutesOf(tt.minutes...)
		for k := range rows {
			rows[k].Author = tt.authors[k]
		}
		table := run(t, rows)
		labels, err := Pattern.Of(table.Context)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tt.want, labels); d != "" {
			t.Errorf("%s: pattern (-want +got):\n%s", tt.name, d)
		}
		check(t, tt.name+": re-entry-rate", table.Value("re-entry-rate"), tt.returned)
		check(t, tt.name+": distinct-author-share", table.Value("distinct-author-share"), tt.share)
	}
}

// The order of the seven comments of a real page; alone, two and three people.
func TestArrivalPatterns(t *testing.T) {
	for _, tt := range []struct {
		authors string // a letter each, a minute apart
		label   string
		late    float64
		opening float64
	}{
		{"qSSqSqq", "ABBABAA", 0, 7},
		{"x", "A", math.NaN(), 1},
		{"xx", "AA", 0, 2},
		{"xy", "AB", 1, 2},
		{"xyzw", "ABCD", 1, 2},
		{"xyxyzx", "ABABCA", 1. / 3, 4},
		{"xyxzx", "ABACA", .5, 3},
		{"abcdefghijklmnopqrstuvwxyzéè", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1, 2},
	} {
		var rows []testthread.Row
		for _, r := range tt.authors {
			rows = append(rows, testthread.Row{Parent: -1, Author: string(r), Minute: len(rows)})
		}
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), []*metrics.Measure{LateNewcomers, OpeningOfTwo})
		if err != nil {
			t.Fatal(err)
		}
		labels, err := Pattern.Of(table.Context)
		if err != nil {
			t.Fatal(err)
		}
		if got := Label(labels); got != tt.label {
			t.Errorf("%s: label %s, want %s", tt.authors, got, tt.label)
		}
		check(t, tt.authors+": late-newcomers", table.Value("late-newcomers"), tt.late)
		check(t, tt.authors+": opening-of-two", table.Value("opening-of-two"), tt.opening)
	}
}

func TestPerHour(t *testing.T) {
	rows := minutesOf(10, 0, 59, 60, 61, testthread.NoTime, 300, 60*24*365*9)
	c := metrics.NewContext(testthread.Build(rows), metrics.Options{})
	hours, err := PerHour.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]HourCount{{0, 3}, {1, 2}, {5, 1}, {24 * 365 * 9, 1}}, hours); d != "" {
		t.Errorf("per hour (-want +got):\n%s", d)
	}
	table, err := metrics.Run(c, []*metrics.Measure{ActiveHours})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "active-hours", table.Value("active-hours"), 4)
}
