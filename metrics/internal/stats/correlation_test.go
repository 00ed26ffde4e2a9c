package stats

import (
	"math"
	"math/rand/v2"
	"testing"
)

// By hand: r = .5, n = 28: half = 1.96 √(1.125/25) = .41577, atanh .5 = .54931, so
// that the ends are tanh .13354 = .1328 and tanh .96508 = .7466.
func TestSpearmanBand(t *testing.T) {
	ci, ok := SpearmanBand(.5, 28)
	if !ok || math.Abs(ci[0]-.1328) > .0001 || math.Abs(ci[1]-.7466) > .0001 {
		t.Errorf("SpearmanBand(.5, 28) = %v, %v, want .1328 to .7466", ci, ok)
	}
	if _, ok := SpearmanBand(.5, 9); ok {
		t.Error("there is an interval of 9 points")
	}
	if _, ok := SpearmanBand(-1, 20); ok {
		t.Error("there is an interval around -1")
	}
}

// The interval holds the truth about as often as it says. The rank correlation of
// normal values that correlate by ρ is 6/π asin(ρ/2).
func TestSpearmanBandCovers(t *testing.T) {
	const rho, n, rounds = .6, 40, 1000
	truth := 6 / math.Pi * math.Asin(rho/2)
	r := rand.New(rand.NewPCG(3, 5))
	inside := 0.
	for range rounds {
		xs, ys := make([]float64, n), make([]float64, n)
		for i := range xs {
			xs[i] = r.NormFloat64()
			ys[i] = rho*xs[i] + math.Sqrt(1-rho*rho)*r.NormFloat64()
		}
		got, _ := Spearman(xs, ys)
		if ci, _ := SpearmanBand(got, n); ci[0] <= truth && truth <= ci[1] {
			inside++
		}
	}
	if got := inside / rounds; got < .93 || got > .97 {
		t.Errorf("the interval holds the truth in %v of the cases, want about .95", got)
	}
}
