package agreement

import (
	"math"
	"strings"
	"testing"
)

// rows reads judges line by line; - is no answer.
func rows(lines ...string) [][]float64 {
	var out [][]float64
	for _, line := range lines {
		var row []float64
		for _, s := range strings.Fields(line) {
			x := math.NaN()
			if s != "-" {
				x = float64(s[0] - '0')
			}
			row = append(row, x)
		}
		out = append(out, row)
	}
	return out
}

// Krippendorff's data: four judges of twelve units, three of fifteen, with values
// that his papers and other programs give.
var (
	fourByTwelve = rows(
		"1 2 3 3 2 1 4 1 2 - - -",
		"1 2 3 3 2 2 4 1 2 5 - 3",
		"- 3 3 3 2 3 4 2 2 5 1 -",
		"1 2 3 3 2 4 4 1 2 5 1 -")
	threeByFifteen = rows(
		"- - - - - 3 4 1 2 1 1 3 3 - 3",
		"1 - 2 1 3 3 4 3 - - - - - - -",
		"- - 2 1 3 4 4 - 2 1 1 3 3 - 4")
)

func TestAlphaPublished(t *testing.T) {
	for _, tt := range []struct {
		name   string
		judges [][]float64
		level  Level
		want   float64
		n      int
	}{
		{"4×12", fourByTwelve, Nominal, .743421, 40},
		{"4×12", fourByTwelve, Ordinal, .815388, 40},
		{"4×12", fourByTwelve, Interval, .849107, 40},
		{"4×12", fourByTwelve, Ratio, .797403, 40},
		{"3×15", threeByFifteen, Nominal, .691358, 26},
		{"3×15", threeByFifteen, Interval, .810845, 26},
	} {
		v := Alpha(tt.judges, tt.level, Options{Draws: 99})
		if math.Abs(v.X-tt.want) > 5e-7 || v.N != tt.n {
			t.Errorf("%s %s: alpha = %.6f of %d, want %.6f of %d", tt.name, tt.level, v.X, v.N, tt.want, tt.n)
		}
		if ci := v.More.CI; ci[0] > v.X || ci[1] < v.X || ci[0] == ci[1] {
			t.Errorf("%s %s: the interval %v does not hold %v", tt.name, tt.level, *ci, v.X)
		}
	}
}

func TestAlphaOfLittle(t *testing.T) {
	for name, judges := range map[string][][]float64{
		"nobody":              nil,
		"one judge":           rows("1 2 3"),
		"never the same unit": rows("1 - 2", "- 3 -"),
		"all alike":           rows("2 2", "2 2"),
	} {
		for _, level := range Levels {
			v := Alpha(judges, level, Options{Draws: 9})
			if v.Defined() || v.Reason.EN == "" || v.Reason.FR == "" {
				t.Errorf("%s, %s: %v, want undefined with a reason", name, level, v)
			}
		}
	}
	// Two judges who always agree, and two who never do: of two units with 1 and 2
	// each, n = 4, Dₒ = 1, Dₑ = 2·2·2/(4·3).
	if v := Alpha(rows("1 2 3", "1 2 3"), Nominal, Options{Draws: 9}); v.X != 1 {
		t.Errorf("agreement in all: alpha = %v, want 1", v.X)
	}
	if v := Alpha(rows("1 2", "2 1"), Nominal, Options{Draws: 9}); math.Abs(v.X-(1-12./8)) > 1e-12 {
		t.Errorf("agreement in nothing: alpha = %v, want -0.5", v.X)
	}
	if v := Alpha([][]float64{{1, 2, math.Inf(1)}, {1, 2}}, Ratio, Options{Draws: 9}); v.X != 1 || v.N != 4 {
		t.Errorf("what is no number and rows of different lengths: %v, want 1 of 4", v)
	}
}

// From 9 units nothing is told of all others, not even where all judges agree; from
// 10 on it is.
func TestAlphaIntervalNeedsUnits(t *testing.T) {
	for n, want := range map[int]bool{2: false, 9: false, 10: true} {
		var a, b []float64
		for k := range n {
			a, b = append(a, float64(k%3)), append(b, float64(k%3))
		}
		v := Alpha([][]float64{a, b}, Nominal, Options{Draws: 99})
		if got := v.More.CI != nil; v.X != 1 || got != want || want == (v.More.NoCI != nil) {
			t.Errorf("%d units: alpha = %v, an interval: %v, want %v", n, v.X, got, want)
		}
	}
}

// The same bits for any number of workers, and for judges in any order.
func TestAlphaIsDeterministic(t *testing.T) {
	value := func(judges [][]float64, workers int) [3]float64 {
		v := Alpha(judges, Interval, Options{Seed: 3, Draws: 199, Workers: workers})
		return [3]float64{v.X, v.More.CI[0], v.More.CI[1]}
	}
	want := value(fourByTwelve, 1)
	turned := [][]float64{fourByTwelve[3], fourByTwelve[1], fourByTwelve[0], fourByTwelve[2]}
	for _, got := range [][3]float64{value(fourByTwelve, 2), value(fourByTwelve, 5), value(turned, 1)} {
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}
