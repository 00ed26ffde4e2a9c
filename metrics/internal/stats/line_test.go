package stats

import (
	"math"
	"testing"
)

// Student's t from printed tables.
func TestStudent95(t *testing.T) {
	for df, want := range map[int]float64{0: 0, 1: 12.706, 2: 4.303, 5: 2.571, 10: 2.228, 11: 2.201, 12: 2.179, 15: 2.131, 20: 2.086, 30: 2.042, 60: 2.000, 120: 1.980, 100000: 1.960} {
		if got := Student95(df); math.Abs(got-want) > .0006 {
			t.Errorf("Student95(%d) = %.4f, want %.3f", df, got, want)
		}
	}
}

// Worked by hand: heats .42 .53 .59 .65 of turns 0 to 3. The mean is .5475, Sxx
// 5, Sxy .375, the slope .075; residuals −.015, .02, .005, −.01, whose squares
// add up to .00075, so s² = .000375. t with 2 degrees is 4.30265.
func TestFitLine(t *testing.T) {
	l, ok := FitLine([]float64{0, 1, 2, 3}, []float64{.42, .53, .59, .65})
	if !ok || !near(l.Slope, .075) || !near(l.At(1.5), .5475) || !near(l.sd*l.sd, .000375) {
		t.Errorf("FitLine = %+v, %v", l, ok)
	}
	if got, want := l.SlopeBand(), 4.30265*math.Sqrt(.000375/5); math.Abs(got-want) > 1e-7 {
		t.Errorf("SlopeBand = %v, want %v", got, want)
	}
	if got, want := l.Band(0), 4.30265*math.Sqrt(.000375)*math.Sqrt(.25+2.25/5); math.Abs(got-want) > 1e-7 {
		t.Errorf("Band(0) = %v, want %v", got, want)
	}
	for name, ps := range map[string][2][]float64{"none": {}, "one": {{1}, {1}}, "one x": {{1, 1}, {1, 2}}} {
		if _, ok := FitLine(ps[0], ps[1]); ok {
			t.Errorf("%s: FitLine gives a line", name)
		}
	}
	if l, _ := FitLine([]float64{0, 1}, []float64{0, 1}); l.SlopeBand() != 0 || l.Band(5) != 0 {
		t.Errorf("two points: bands are %v and %v, want 0", l.SlopeBand(), l.Band(5))
	}
}

// Worked by hand: 1, 2, 3 have mean 2, variance 1, t with 2 degrees 4.30265.
func TestMeanBand(t *testing.T) {
	if mean, half := MeanBand([]float64{1, 2, 3}); mean != 2 || math.Abs(half-4.30265/math.Sqrt(3)) > 1e-5 {
		t.Errorf("MeanBand = %v ± %v, want 2 ± 2.4842", mean, half)
	}
	if mean, half := MeanBand([]float64{.4}); mean != .4 || half != 0 {
		t.Errorf("MeanBand of one = %v ± %v", mean, half)
	}
}
