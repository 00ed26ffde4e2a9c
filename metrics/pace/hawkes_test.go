package pace

import (
	"math"
	"math/rand/v2"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
)

func closeTo(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// The values for the seven comments of a real page, worked out elsewhere.
func TestHawkesLikelihood(t *testing.T) {
	at := []float64{0}
	for _, minutes := range []float64{2064, 39, 1532, 333, 242, 7042} {
		at = append(at, at[len(at)-1]+minutes/60)
	}
	closeTo(t, "log likelihood", hawkesLikelihood(at, .02, .4, .5), -30.061711, 1e-6)
	closeTo(t, "that of an even rate", poissonLikelihood(7, at[6]), -30.016325, 1e-6)
	// The slow way: every pair of comments.
	want, mu, alpha, theta := 0.0, .02, .4, .5
	for i, t := range at {
		rate := mu
		for _, s := range at[:i] {
			rate += alpha * theta * math.Exp(-theta*(t-s))
		}
		want += math.Log(rate) - alpha*(1-math.Exp(-theta*(at[6]-t)))
	}
	closeTo(t, "log likelihood", hawkesLikelihood(at, mu, alpha, theta), want-mu*at[6], 1e-9)
}

// simulate draws arrivals by Ogata's thinning.
func simulate(r *rand.Rand, mu, alpha, theta, end float64) []float64 {
	at := []float64{0}
	excitement, now := theta*alpha, 0.0
	for {
		bound := mu + excitement
		wait := r.ExpFloat64() / bound
		now += wait
		excitement *= math.Exp(-theta * wait)
		if now > end {
			return at
		}
		if r.Float64()*bound < mu+excitement {
			at = append(at, now)
			excitement += theta * alpha
		}
	}
}

// TestHawkesRecovers: what was put in comes out, within its interval, and is
// found better than an even rate; of even arrivals it is not.
func TestHawkesRecovers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	at := simulate(r, 2, .6, 5, 400)
	x := excitation(at, 1.0/3600)
	if x.P > 1e-6 || x.PKS < .01 || !(x.Interval[0] < .6 && .6 < x.Interval[1]) || x.Interval[1]-x.Interval[0] > .3 {
		t.Errorf("of %d arrivals with branching .6: %+v", len(at), x)
	}
	closeTo(t, "branching", x.Branching, .6, .1)
	closeTo(t, "background", x.Background, 2, .5)
	closeTo(t, "decay", x.Decay, 5, 1.5)
	excited := 0
	for range 20 {
		if even := excitation(simulate(r, 2, 0, 5, 100), 1.0/3600); even.P < .05 {
			excited++
		}
	}
	if excited > 2 {
		t.Errorf("%d of 20 even arrivals are said to be excited, want hardly one", excited)
	}
}

// rescaledSlowly integrates the rate between arrivals over small steps.
func TestRescaled(t *testing.T) {
	at := []float64{0, .5, .7, 2}
	got := rescaled(at, 1, .5, 2)
	for k := range got {
		want, steps := 0.0, 20000
		for s := range steps {
			now := at[k] + (at[k+1]-at[k])*(float64(s)+.5)/float64(steps)
			rate := 1.0
			for _, before := range at[:k+1] {
				rate += .5 * 2 * math.Exp(-2*(now-before))
			}
			want += rate * (at[k+1] - at[k]) / float64(steps)
		}
		closeTo(t, "rescaled gap", got[k], want, 1e-6)
	}
}

func TestHawkesOfThreads(t *testing.T) {
	at := func(n int, minute func(k int) int) []testthread.Row {
		rows := testthread.Shape(testthread.Star(n)...)
		for k := range rows {
			rows[k].Minute = minute(k)
		}
		return rows
	}
	bursts := func(k int) int { return k/10*3000 + k%10 }
	for _, tt := range []struct {
		name   string
		rows   []testthread.Row
		fitted bool
		even   bool // nothing excites
		note   *metrics.Text
	}{
		{"too few", at(19, bursts), false, false, nil},
		{"at once", at(25, func(int) int { return 7 }), false, false, nil},
		{"bursts", at(50, bursts), true, false, nil},
		{"a clock", at(40, func(k int) int { return 7 * k }), true, true, evenRate},
		// The gaps shrink by a tenth each time: it runs away.
		{"faster and faster", at(60, func(k int) int { return int(100000 * (1 - math.Pow(.9, float64(k)))) }), true, false, neverEnds},
	} {
		c := metrics.NewContext(testthread.Build(tt.rows), metrics.Options{})
		table, err := metrics.Run(c, []*metrics.Measure{HawkesBranching, HawkesBackground, HawkesMemory, HawkesKS})
		if err != nil {
			t.Fatal(err)
		}
		branching, lasts := table.Value("hawkes-branching"), table.Value("hawkes-memory")
		if branching.Defined() != tt.fitted || table.Value("hawkes-ks").Defined() != tt.fitted {
			t.Errorf("%s: branching %+v, want defined %t", tt.name, branching, tt.fitted)
			continue
		}
		if !tt.fitted {
			continue
		}
		if branching.More.Note != tt.note {
			t.Errorf("%s: branching %v in %v has the note %v, want %v", tt.name, branching.X, branching.More.CI, branching.More.Note, tt.note)
		}
		if ci := branching.More.CI; (ci == nil) != (branching.More.NoCI != nil) || ci != nil && ci[0] == 0 && ci[1] >= 1 {
			t.Errorf("%s: branching %v has the interval %v, which rules out nothing", tt.name, branching.X, ci)
		}
		if lasts.Defined() == tt.even || (branching.X == 0) != tt.even {
			t.Errorf("%s: branching %v, memory %+v, want an even rate: %t", tt.name, branching.X, lasts, tt.even)
		}
		if rate := table.Value("hawkes-background"); tt.even && math.Abs(rate.X-40*60/(39*7.)) > 1e-9 {
			t.Errorf("%s: background %v an hour, want 40 in 39 gaps of 7 minutes", tt.name, rate.X)
		}
	}
}

// Of 40 comments at an even rate the fit rules out hardly any branching: it says so, or
// gives an interval that leaves something out.
func TestIntervalOfAnEvenRate(t *testing.T) {
	open := 0
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 40))
		rows := testthread.Shape(testthread.Star(40)...)
		for k := range rows {
			rows[k].Minute = r.IntN(3000)
		}
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), []*metrics.Measure{HawkesBranching})
		if err != nil {
			t.Fatal(err)
		}
		switch more := table.Value("hawkes-branching").More; {
		case more.CI == nil && more.NoCI == nil:
			t.Errorf("seed %d: neither an interval nor a reason", seed)
		case more.CI == nil:
			open++
		case more.CI[0] == 0 && more.CI[1] >= 1:
			t.Errorf("seed %d: the interval %v rules out nothing", seed, *more.CI)
		}
	}
	if open < 5 {
		t.Errorf("%d of 20 intervals are open, want several", open)
	}
}

func BenchmarkHawkes(b *testing.B) {
	at := simulate(rand.New(rand.NewPCG(1, 2)), 2, .6, 5, 200)
	b.ReportMetric(float64(len(at)), "comments")
	for b.Loop() {
		excitation(at, 1.0/3600)
	}
}
