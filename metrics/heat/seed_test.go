package heat_test

import (
	"math"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/thread/input"

	"github.com/google/go-cmp/cmp"
)

func scoresOf(t *testing.T, page string) []heat.Score {
	t.Helper()
	ss, err := heat.Scores.Of(metrics.NewContext(seedtest.Load(t, page), metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	return ss
}

// TestCountsOfRealPages checks the published counts of cues on the nested page,
// and those counted by hand on the flat one: its second person, and its
// exclamation marks, which stand in one comment only.
func TestCountsOfRealPages(t *testing.T) {
	for _, c := range []struct {
		page string
		cue  heat.Cue
		want []int
	}{
		{"004", heat.Shouting, []int{2, 0, 5, 0, 0, 0, 3}},
		{"004", heat.ScareQuotes, []int{0, 0, 3, 2, 3, 0, 1}},
		{"004", heat.Sic, []int{0, 0, 0, 0, 1, 0, 0}},
		{"000", heat.Exclamation, []int{0, 0, 0, 0, 0, 3, 0, 0}},
		{"000", heat.SecondPerson, []int{0, 0, 0, 0, 0, 0, 13, 0}},
	} {
		got := make([]int, len(c.want))
		for i, s := range scoresOf(t, c.page) {
			got[i] = s.Counts[c.cue]
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("page %s, %s (-want +got):\n%s", c.page, heat.Cues[c.cue].Name, d)
		}
	}
}

// TestSecondPersonAlongTheExchange checks the published rates per 100 words.
func TestSecondPersonAlongTheExchange(t *testing.T) {
	th := seedtest.Load(t, "004")
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), heat.Measures)
	if err != nil {
		t.Fatal(err)
	}
	rate, _ := table.Find(metrics.PerComment, "heat-second-person")
	for i, want := range map[int]float64{1: .867, 2: 1.429, 3: 4.644, 4: 3.529} {
		if got := 100 * rate.Values.At(i).X; math.Abs(got-want) > 5e-4 {
			t.Errorf("second person per 100 words of comment %d = %.4f, want %.3f", i+1, got, want)
		}
	}
}

// TestOrderOnRealPages checks the order in which readers put the comments, not
// the decimals, which mean nothing.
func TestOrderOnRealPages(t *testing.T) {
	h := scoresOf(t, "004")
	c3, c4, c5, c7 := h[2].Value, h[3].Value, h[4].Value, h[6].Value
	if !(c4 > c3 && c5 > c3 && c3 > c7) {
		t.Errorf("page 004: heats of c4 %.3f and c5 %.3f must be above c3 %.3f, above c7 %.3f", c4, c5, c3, c7)
	}
	for i, s := range h {
		t.Logf("004 c%d %.3f %v", i+1, s.Value, s.Counts)
	}
	h = scoresOf(t, "000")
	for i, s := range h {
		t.Logf("000 #%d %.3f %v", i+1, s.Value, s.Counts)
		if s.Value > h[5].Value {
			t.Errorf("page 000: #%d %.3f is hotter than #6 %.3f", i+1, s.Value, h[5].Value)
		}
	}
	if !(h[5].Value > h[2].Value) {
		t.Errorf("page 000: #6 %.3f must be above #3 %.3f", h[5].Value, h[2].Value)
	}
}

// TestOrderOnFixtures checks the same of the sample threads: in the exchange the
// second and third replies are hotter than the first, and name-calling is hotter
// than an explanation.
func TestOrderOnFixtures(t *testing.T) {
	of := func(file string) (hs []float64) {
		t.Helper()
		var r input.Reader
		for th, err := range r.Threads("../../fixtures/" + file) {
			if err != nil {
				t.Fatal(err)
			}
			ss, err := heat.Scores.Of(metrics.NewContext(th, metrics.Options{}))
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range ss {
				hs = append(hs, s.Value)
			}
		}
		return hs
	}
	h := of("cloud.txt")
	if first, second, third := h[2], h[3], h[4]; !(second > first && third > first) {
		t.Errorf("the replies of the exchange have the heats %.3f, %.3f, %.3f: the second and third must be above the first", first, second, third)
	}
	h = of("hosting.txt")
	if calm, names := h[0], h[5]; !(names > calm && names >= heat.Hot) {
		t.Errorf("the comment that calls names has the heat %.3f, a calm one %.3f", names, calm)
	}
}
