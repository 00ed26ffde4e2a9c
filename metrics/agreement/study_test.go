package agreement

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// coding makes one of rows of answers, "-" for none, one row a coder.
func coding(rows ...string) Coding {
	c := Coding{Label: "l", Positive: math.NaN()}
	for k, r := range rows {
		c.Coders = append(c.Coders, string(rune('A'+k)))
		answers := strings.Fields(r)
		for u := range answers {
			if answers[u] == "-" {
				answers[u] = ""
			}
		}
		c.Answers = append(c.Answers, answers)
	}
	return c
}

// Krippendorff's example of 4 coders and 12 units, with the published alphas at all
// four levels.
func TestStudyOfThePublishedExample(t *testing.T) {
	s := Of(coding("1 2 3 3 2 1 4 1 2 - - -", "1 2 3 3 2 2 4 1 2 5 - 3", "- 3 3 3 2 3 4 2 2 5 1 -", "1 2 3 3 2 4 4 1 2 5 1 -"), nil, Options{Draws: 99})
	if !s.Numeric || s.Units != 12 || s.Coders != 4 || s.Answers != 41 || len(s.Pairs) != 6 || s.Score != nil {
		t.Errorf("study = %+v, want 41 answers of 4 coders to 12 units, 6 pairs and no score", s)
	}
	for k, want := range []float64{.743421, .815388, .849107, .797403} {
		a := s.Alphas[k]
		if a.Level != Levels[k] || math.Abs(a.Alpha.X-want) > 5e-7 || a.Alpha.N != 40 {
			t.Errorf("%s alpha = %v of %d, want %v of 40", a.Level, a.Alpha.X, a.Alpha.N, want)
		}
	}
	// By hand: A and B share the units 1 to 9 and differ in the sixth.
	if p := s.Pairs[0]; p.A != "A" || p.B != "B" || p.Same.N != 9 || math.Abs(p.Same.X-8./9) > 1e-12 {
		t.Errorf("first pair = %+v, want A and B with 8 of 9 alike", p)
	}
	if d := cmp.Diff([]Count{{"1", 9}, {"2", 13}, {"3", 11}, {"4", 5}, {"5", 3}}, s.Values); d != "" {
		t.Errorf("values (-want +got):\n%s", d)
	}
}

// Names of answers do not matter to the nominal level, and it is the only one for
// words.
func TestWords(t *testing.T) {
	words := Of(coding("no yes yes - maybe", "no yes no yes maybe"), nil, Options{Draws: 99})
	numbers := Of(coding("2 1 1 - 7", "2 1 2 1 7"), []Level{Nominal, Ratio}, Options{Draws: 99})
	if words.Numeric || len(words.Alphas) != 1 || words.Alphas[0].Alpha.X != numbers.Alphas[0].Alpha.X {
		t.Errorf("words %+v, as numbers %+v: want the same nominal alpha", words.Alphas, numbers.Alphas[0])
	}
	if asked := Of(coding("no", "no"), []Level{Ordinal}, Options{}); asked.Alphas[0].Alpha.Defined() {
		t.Errorf("ordinal alpha of words = %v", asked.Alphas[0].Alpha.X)
	}
	if below := Of(coding("-1 2", "0 2"), []Level{Ratio}, Options{}); below.Alphas[0].Alpha.Defined() {
		t.Errorf("ratio alpha of numbers below 0 = %v", below.Alphas[0].Alpha.X)
	}
}

// Six units with the mean answers 0, 0, .5, 1, 1 and none, and scores, counted by
// hand: of the 3 yes and 2 no there are 6 pairs, of which the score has 5 in order.
func TestScore(t *testing.T) {
	c := coding("0 0 0 1 1 -", "0 - 1 1 1 -")
	c.Scores = []float64{.1, .35, .3, .8, .9, .99}
	c.Hot = .5
	s := Of(c, nil, Options{Draws: 99}).Score
	if s == nil || s.Positive != .5 {
		t.Fatalf("score = %+v, want one with a yes from 0.5", s)
	}
	if math.Abs(s.AUC.X-5./6) > 1e-12 || s.AUC.N != 5 {
		t.Errorf("AUC = %v of %d, want 5/6 of 5", s.AUC.X, s.AUC.N)
	}
	// Ranks of the means 1.5 1.5 3 4.5 4.5, of the scores 1 3 2 4 5: the squares of
	// the differences from 3 sum to 9 and 10, the products to 7.5.
	if want := 7.5 / math.Sqrt(90); math.Abs(s.Spearman.X-want) > 1e-12 {
		t.Errorf("Spearman = %v, want %v", s.Spearman.X, want)
	}
	// Yes and no of the coders 0 0 1 1 1, of the score 0 0 0 1 1: one of five differs.
	// The 10 answers hold 5 of each, so that chance differs in 50 of 90: 1 − (2/10)/(50/90).
	if want := 1 - .2/(50./90); math.Abs(s.Alpha.X-want) > 1e-12 {
		t.Errorf("alpha = %v, want %v", s.Alpha.X, want)
	}
	c.Positive = 2
	if s := Of(c, nil, Options{Draws: 99}).Score; s.AUC.Defined() {
		t.Errorf("AUC without a yes = %v", s.AUC.X)
	}
}

func TestLittle(t *testing.T) {
	for _, c := range []Coding{{}, coding(""), coding("1"), coding("1 2"), coding("1 -", "- 1"), coding("1 1", "1 1"), coding("- -", "- -")} {
		c.Scores = make([]float64, 2)
		s := Of(c, nil, Options{Draws: 9})
		for _, a := range s.Alphas {
			if a.Alpha.Defined() {
				t.Errorf("%v: %s alpha = %v", c.Answers, a.Level, a.Alpha.X)
			}
		}
	}
}

// Many different answers must not cost their cube.
func TestManyValues(t *testing.T) {
	c := Coding{Coders: []string{"A", "B"}, Answers: [][]string{nil, nil}, Positive: math.NaN()}
	for k := range 1500 {
		c.Answers[0] = append(c.Answers[0], strings.Repeat("1", 1+k%3)+"."+string(rune('0'+k%10))+string(rune('0'+k/10%10))+string(rune('0'+k/100%10)))
		c.Answers[1] = append(c.Answers[1], c.Answers[0][k])
	}
	if s := Of(c, []Level{Interval}, Options{}); s.Alphas[0].Alpha.X != 1 {
		t.Errorf("alpha of two who agree = %v, want 1", s.Alphas[0].Alpha.X)
	}
}
