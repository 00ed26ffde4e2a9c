package agreement

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/stats"
)

// Coding is what coders said of the same units under one label.
type Coding struct {
	Label   string
	Coders  []string
	Answers [][]string // by coder, by unit; "" is none
	// Scores are those of a program for the same units, NaN where it has none; nil
	// where there is no program. Hot is from which a score counts as a yes.
	Scores []float64
	Hot    float64
	// Positive is from which the mean of the answers to a unit counts as a yes; NaN is
	// the middle between the least and the greatest answer.
	Positive float64
}

// Study is how far the coders agree, and a score with them.
type Study struct {
	Label   string
	Numeric bool // all answers are numbers; else only the nominal level applies
	Units   int  // with an answer
	Coders  int  // with an answer
	Answers int
	Values  []Count // the answers and how often each was given, in order
	Alphas  []At
	Pairs   []Pair
	Score   *Score // nil where there is no score, or the answers are no numbers
}

// Count is how often an answer was given.
type Count struct {
	Value string
	N     int
}

// At is an alpha at one level.
type At struct {
	Level Level
	Alpha metrics.Value
}

// Pair is how far two coders agree. N is the number of units that both judged.
type Pair struct {
	A, B  string
	Same  metrics.Value // share of units to which both gave the same answer
	Alpha metrics.Value // at the first of the levels of the study
}

// Score is how far a score agrees with the coders.
type Score struct {
	Positive, Hot float64       // as in Coding, worked out
	Spearman      metrics.Value // of the score and the mean answer
	AUC           metrics.Value // of the score, for units whose mean answer is a yes
	Alpha         metrics.Value // nominal, of the score's yes and no and those of the mean answer
}

// Of studies one label at the given levels; none is all that apply: all four where
// the answers are numbers, the nominal one else. It costs as much as Alpha, for each
// level and pair; pairs have no interval.
func Of(c Coding, levels []Level, o Options) Study {
	s := Study{Label: c.Label}
	judges, values, numeric := c.numbers()
	s.Numeric = numeric
	if levels == nil {
		if levels = []Level{Nominal}; numeric {
			levels = Levels
		}
	}
	s.Values = values
	judged := map[int]bool{}
	for _, row := range judges {
		any := false
		for u, x := range row {
			if !math.IsNaN(x) {
				s.Answers++
				judged[u] = true
				any = true
			}
		}
		if any {
			s.Coders++
		}
	}
	s.Units = len(judged)
	for _, l := range levels {
		s.Alphas = append(s.Alphas, At{l, c.alpha(judges, l, numeric, o)})
	}
	for a := range judges {
		for b := a + 1; b < len(judges) && len(levels) > 0; b++ {
			pair := [][]float64{judges[a], judges[b]}
			p := Pair{A: c.Coders[a], B: c.Coders[b], Same: same(pair), Alpha: metrics.Undefined(0, nothingShared)}
			if p.Same.Defined() {
				p.Alpha = c.alpha(pair, levels[0], numeric, Options{Draws: 1, Workers: 1})
				p.Alpha.More = nil
			}
			s.Pairs = append(s.Pairs, p)
		}
	}
	if c.Scores != nil && numeric && s.Answers > 0 {
		s.Score = c.score(judges, o)
	}
	return s
}

// numbers are the answers as numbers: as they stand where all are, else each
// different text by its place in order. NaN is none.
func (c *Coding) numbers() (judges [][]float64, values []Count, numeric bool) {
	counts := map[string]int{}
	numeric = true
	for _, row := range c.Answers {
		for _, v := range row {
			if v != "" {
				counts[v]++
				_, ok := number(v)
				numeric = numeric && ok
			}
		}
	}
	for v, n := range counts {
		values = append(values, Count{v, n})
	}
	slices.SortFunc(values, func(a, b Count) int {
		if numeric {
			x, _ := number(a.Value)
			y, _ := number(b.Value)
			if k := cmp.Compare(x, y); k != 0 {
				return k
			}
		}
		return cmp.Compare(a.Value, b.Value)
	})
	at := map[string]float64{}
	for k, v := range values {
		at[v.Value] = float64(k)
		if numeric {
			at[v.Value], _ = number(v.Value)
		}
	}
	at[""] = math.NaN()
	for _, row := range c.Answers {
		out := make([]float64, len(row))
		for u, v := range row {
			out[u] = at[v]
		}
		judges = append(judges, out)
	}
	return judges, values, numeric
}

// number reads an answer that is a finite number.
func number(s string) (float64, bool) {
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

var (
	nothingShared = &metrics.Text{EN: "they judged no unit in common", FR: "elles n’ont jugé aucune unité en commun"}
	notNumbers    = &metrics.Text{EN: "the answers are not numbers", FR: "les réponses ne sont pas des nombres"}
	belowZero     = &metrics.Text{EN: "the ratio level is for numbers from 0 up", FR: "le niveau de rapport est pour des nombres à partir de 0"}
)

// manyValues is the number of different answers beyond which the interval is drawn
// fewer times: each draw costs their square.
const manyValues = 100

func (c *Coding) alpha(judges [][]float64, l Level, numeric bool, o Options) metrics.Value {
	if l != Nominal && !numeric {
		return metrics.Undefined(0, notNumbers)
	}
	different := map[float64]bool{}
	for _, row := range judges {
		for _, x := range row {
			if l == Ratio && x < 0 {
				return metrics.Undefined(0, belowZero)
			}
			if !math.IsNaN(x) {
				different[x] = true
			}
		}
	}
	if o.Draws == 0 && len(different) > manyValues {
		o.Draws = max(99, stats.Resamples*manyValues*manyValues/(len(different)*len(different)))
	}
	return Alpha(judges, l, o)
}

// same is the share of units to which two gave the same answer.
func same(pair [][]float64) metrics.Value {
	n, alike := 0, 0
	for u, x := range pair[0] {
		if u >= len(pair[1]) || math.IsNaN(x) || math.IsNaN(pair[1][u]) {
			continue
		}
		n++
		if x == pair[1][u] {
			alike++
		}
	}
	if n == 0 {
		return metrics.Undefined(0, nothingShared)
	}
	return metrics.Of(float64(alike)/float64(n), n)
}

// score compares the scores with the mean answers of the units that have both.
func (c *Coding) score(judges [][]float64, o Options) *Score {
	least, greatest := math.Inf(1), math.Inf(-1)
	var means, scores []float64
	for u, x := range c.Scores {
		sum, n := 0.0, 0.0
		for _, row := range judges {
			if u < len(row) && !math.IsNaN(row[u]) {
				sum, n = sum+row[u], n+1
				least, greatest = min(least, row[u]), max(greatest, row[u])
			}
		}
		if n > 0 && !math.IsNaN(x) {
			means, scores = append(means, sum/n), append(scores, x)
		}
	}
	s := &Score{Positive: c.Positive, Hot: c.Hot}
	if math.IsNaN(s.Positive) {
		s.Positive = least/2 + greatest/2
	}
	s.AUC = heat.AUC(scores, means, s.Positive)
	s.Spearman = rankCorrelation(scores, means)
	yes := [][]float64{make([]float64, len(means)), make([]float64, len(means))}
	for k := range means {
		if means[k] >= s.Positive {
			yes[0][k] = 1
		}
		if scores[k] >= s.Hot {
			yes[1][k] = 1
		}
	}
	s.Alpha = Alpha(yes, Nominal, o)
	return s
}

// rankCorrelation is Spearman's, with its interval from 10 units on.
func rankCorrelation(xs, ys []float64) metrics.Value {
	r, ok := stats.Spearman(xs, ys)
	if !ok {
		return metrics.Undefined(len(xs), &metrics.Text{
			EN: "too few units have both a score and an answer, or one of the two is the same throughout",
			FR: "trop peu d’unités ont à la fois un score et une réponse, ou l’un des deux est partout le même",
		})
	}
	v := metrics.Of(r, len(xs))
	if ci, ok := stats.SpearmanBand(r, len(xs)); ok {
		v.More = &metrics.More{CI: &ci}
	}
	return v
}
