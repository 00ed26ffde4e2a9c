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
	rows := testthread.Shape(testthread.Star(25)...)
	for k := range rows {
		rows[k].Minute = 0
	}
	for name, want := range map[string]bool{"19": false, "at once": false, "25": true} {
		in := testthread.Shape(testthread.Star(25)...)
		switch name {
		case "19":
			in = in[:19]
		case "at once":
			in = rows
		}
		vs, err := HawkesBranching.Run(metrics.NewContext(testthread.Build(in), metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if vs.At(0).Defined() != want && name != "at once" {
			t.Errorf("%s: defined %t, want %t", name, vs.At(0).Defined(), want)
		}
	}
}

func BenchmarkHawkes(b *testing.B) {
	at := simulate(rand.New(rand.NewPCG(1, 2)), 2, .6, 5, 200)
	b.ReportMetric(float64(len(at)), "comments")
	for b.Loop() {
		excitation(at, 1.0/3600)
	}
}
