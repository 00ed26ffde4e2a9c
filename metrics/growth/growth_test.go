package growth

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/fit"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s = %.9g, want %.9g", what, got, want)
	}
}

func choicesOf(t testing.TB, th *thread.Thread) []choice {
	t.Helper()
	a, err := pace.InTime.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	return history(th, a)
}

// rowsOf makes rows of the parents of comments in order of time, 1 the article.
func rowsOf(parents ...int) []testthread.Row {
	rows := testthread.Shape(parents...)
	for k := range rows {
		rows[k].Parent -= 2
	}
	return rows
}

// The values for the seven comments of a real page, worked out elsewhere.
func TestGolden(t *testing.T) {
	cs := choicesOf(t, testthread.Build(rowsOf(1, 1, 1, 4, 5, 6, 1)))
	near(t, "log likelihood", logLikelihood(cs, params{alpha: .5, beta: 1, tau: .8}, powersFor(cs)), -7.769932, 1e-6)
	near(t, "that of the uniform recursive tree", blind(cs), -8.525161, 1e-6)
	near(t, "the model with equal weights", logLikelihood(cs, params{tau: 1}, powersFor(cs)), -math.Log(5040), 1e-9)
}

// slowly is the log likelihood by its definition: every candidate is weighed.
// Comments stand in the order of time.
func slowly(rows []testthread.Row, p params) float64 {
	sum := 0.0
	for k, r := range rows {
		if r.Parent >= k { // dated later, or a ghost
			continue
		}
		weight := func(c int) float64 { // candidate c, -1 the article
			w := math.Pow(p.tau, float64(k-c))
			if c < 0 {
				w += p.beta
			} else {
				w += p.alpha // its own link
			}
			for b := range k {
				if rows[b].Parent == c && c < b {
					w += p.alpha
				}
			}
			if c >= 0 && rows[c].Parent >= 0 && rows[c].Parent < c && rows[c].Author != r.Author && rows[rows[c].Parent].Author == r.Author && r.Author != "" {
				w += p.kappa
			}
			return w
		}
		z := 0.0
		for c := -1; c < k; c++ {
			z += weight(c)
		}
		sum += math.Log(weight(r.Parent) / z)
	}
	return sum
}

// All forests of up to 8 comments by up to three authors, one of them unknown.
func TestLikelihoodTwin(t *testing.T) {
	names := []string{"Ada", "Bob", ""}
	all := []params{{.5, 1, .8, .7}, {0, 0, .5, 3}, {2, 0, 1, 0}, {1, 3, .1, .1}}
	turn := 0
	for parents, who := range testthread.Labelled(len(names), 4) {
		rows := testthread.Shape(parents...)
		for k := range rows {
			rows[k].Author = names[who[k]]
		}
		cs := choicesOf(t, testthread.Build(rows))
		ps := all
		if len(rows) > 5 { // by turns, for the time it takes
			turn++
			ps = all[turn%len(all):][:1]
		}
		for _, p := range ps {
			near(t, fmt.Sprint(p), logLikelihood(cs, p, powersFor(cs)), slowly(rows, p), 1e-9)
		}
		if t.Failed() {
			t.Fatalf("parents %v, authors %v", parents, who)
		}
	}
}

// A comment that answers a ghost, or one dated later, makes no choice; others may
// choose it. Times that rise with the number, but for comment 3.
func TestUnknownChoices(t *testing.T) {
	rows := []testthread.Row{
		{Parent: -1, Author: "Ada", Minute: 0},
		{Parent: 99, Author: "Bob", Minute: 1},
		{Parent: 1, Author: "Cyd", Minute: 2},
		{Parent: 4, Author: "Dan", Minute: 3}, // 4 is dated later
		{Parent: 2, Author: "Bob", Minute: 4},
		{Parent: -1, Author: "Eve", Minute: 5},
	}
	cs := choicesOf(t, testthread.Build(rows))
	if len(cs) != 4 || informed(cs) != 3 {
		t.Fatalf("%d choices, %d informed, want 4 and 3", len(cs), informed(cs))
	}
	p := params{.5, 1, .8, .7}
	near(t, "log likelihood", logLikelihood(cs, p, powersFor(cs)), slowly(rows, p), 1e-9)
}

// The likelihood of 300 choices is far below what a float64 holds.
func TestLikelihoodDoesNotUnderflow(t *testing.T) {
	rows := testthread.Shape(testthread.Bushy(300, 3)...)
	cs := choicesOf(t, testthread.Build(rows))
	p := params{.5, 1, .8, .7}
	near(t, "log likelihood", logLikelihood(cs, p, powersFor(cs)), slowly(rows, p), 1e-6)
	if l := logLikelihood(choicesOf(t, testthread.Build(testthread.Shape(testthread.Star(300)...))), params{tau: .1}, powersFor(cs)); !math.IsInf(l, -1) {
		t.Errorf("log likelihood of what cannot be = %v, want -Inf", l)
	}
}

// simulate draws a thread of n comments by as many people as names has.
func simulate(r *rand.Rand, n, people int, p params) []testthread.Row {
	rows := make([]testthread.Row, 0, n)
	for k := range n {
		row := testthread.Row{Author: fmt.Sprint("author ", r.IntN(people)), Minute: k}
		weights := make([]float64, k+1) // of the article, then of comments
		sum := 0.0
		for c := range weights {
			weights[c] = math.Pow(p.tau, float64(k+1-c))
			if c == 0 {
				weights[c] += p.beta
			} else {
				weights[c] += p.alpha
				up := rows[c-1].Parent
				if up >= 0 && rows[c-1].Author != row.Author && rows[up].Author == row.Author {
					weights[c] += p.kappa
				}
			}
		}
		for _, b := range rows {
			weights[b.Parent+1] += p.alpha
		}
		for _, w := range weights {
			sum += w
		}
		x, c := r.Float64()*sum, 0
		for x >= weights[c] && c < k {
			x -= weights[c]
			c++
		}
		row.Parent = c - 1
		rows = append(rows, row)
	}
	return rows
}

// What was put in comes out: within its interval nearly always, and on average, of
// threads fitted together.
func TestRecovers(t *testing.T) {
	const fits, threads, n = 5, 12, 80
	for _, p := range []params{{.5, 1, .8, 0}, {.1, 5, .95, 3}} {
		truth := []float64{p.alpha, p.beta, 1 - p.tau, p.kappa}
		held, mean := make([]int, 4), make([]float64, 4)
		for seed := range uint64(fits) {
			r := rand.New(rand.NewPCG(seed, 9))
			var ths []*thread.Thread
			for range threads {
				ths = append(ths, testthread.Build(simulate(r, n, 15, p)))
			}
			f, err := FitPooled(ths)
			if err != nil {
				t.Fatal(err)
			}
			for j, x := range []Term{f.Popularity, f.RootBias, f.Novelty, f.Reciprocity} {
				if x.Interval[0] <= truth[j] && truth[j] <= x.Interval[1] {
					held[j]++
				}
				mean[j] += x.Value / fits
			}
			if f.P > 1e-6 || f.N != threads*(n-1) {
				t.Errorf("%v: against blind choice p = %v of %d, want hardly any of %d", p, f.P, f.N, threads*(n-1))
			}
		}
		for j, name := range []string{"α", "β", "1 − τ", "κ"} {
			if held[j] < fits-1 {
				t.Errorf("%v: %d of %d intervals hold %s", p, held[j], fits, name)
			}
			near(t, fmt.Sprintf("%v: mean %s", p, name), mean[j], truth[j], .25*truth[j]+.06)
		}
	}
}

// The best fit is no worse than any point of a grid, nor is that without a term:
// a search that got stuck would make its p too small. Popularity of 5 is about as
// good as any larger one, where searches do get stuck.
func TestNoGridPointIsBetter(t *testing.T) {
	for seed, p := range []params{{.2, 2, .9, 1}, {5, 0, .5, 0}, {5, 0, .5, 0}, {.01, 20, .5, 10}} {
		cs := choicesOf(t, testthread.Build(simulate(rand.New(rand.NewPCG(uint64(seed), 9)), 60, 8, p)))
		f, pw := fitChoices(cs), powersFor(cs)
		best := math.Inf(-1)
		without := slices.Repeat([]float64{best}, 4)
		for _, a := range []float64{0, .01, .1, .4, 1, 10} {
			for _, b := range []float64{0, .01, .5, 2, 8, 40} {
				for _, tau := range []float64{.01, .3, .6, .8, .9, .97, 1} {
					for _, k := range []float64{0, .01, .5, 2, 8, 40} {
						l := logLikelihood(cs, params{a, b, tau, k}, pw)
						best = max(best, l)
						for j, absent := range []bool{a == 0, b == 0, tau == 1, k == 0} {
							if absent {
								without[j] = max(without[j], l)
							}
						}
					}
				}
			}
		}
		if best > f.LogLikelihood+sameLikelihood {
			t.Errorf("of %v a grid finds the log likelihood %v, the fit %v", p, best, f.LogLikelihood)
		}
		for j, x := range []Term{f.Popularity, f.RootBias, f.Novelty, f.Reciprocity} {
			if least := fit.Better(without[j], f.LogLikelihood, 1); x.P < least*.99 {
				t.Errorf("of %v term %d has p = %v, a grid without it %v", p, j, x.P, least)
			}
		}
	}
}

// Where popularity is all that counts, only its ratio to the rest could be told,
// and of the rest there is nothing to tell: values without an upper end have a note
// and no interval.
func TestOpenEnds(t *testing.T) {
	open := 0
	for seed := range uint64(4) {
		rows := simulate(rand.New(rand.NewPCG(seed, 9)), 60, 8, params{5, 0, .5, 0})
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), Measures)
		if err != nil {
			t.Fatal(err)
		}
		f, err := Grown.Of(table.Context)
		if err != nil {
			t.Fatal(err)
		}
		switch v := table.Value("growth-popularity"); {
		case f.Popularity.Edge == Unbounded && v.Reason != beyondBounds:
			t.Errorf("seed %d: popularity = %+v, want none: it is on the edge", seed, v)
		case f.Popularity.Open && v.Defined() && (v.More.CI != nil || v.More.Note == nil):
			t.Errorf("seed %d: popularity = %+v %+v, want no interval and a note", seed, v, v.More)
		case f.Popularity.Open:
			open++
		}
		if f.scaleless() && f.RootBias.Edge == Inside && table.Value("growth-root-bias").More.Note != ratiosOnly {
			t.Errorf("seed %d: root bias has no note, though only ratios are known", seed)
		}
	}
	if open == 0 {
		t.Error("no thread in which popularity has no upper end: nothing was tested")
	}
}

// Blind choice is found to be blind about as often as the test promises, or more:
// the terms cannot be below 0.
func TestBlindChoice(t *testing.T) {
	found := 0
	for seed := range uint64(20) {
		if f := fitChoices(choicesOf(t, testthread.Build(testthread.Shape(testthread.Bushy(60, seed)...)))); f.P < .05 {
			found++
		}
	}
	if found > 3 {
		t.Errorf("%d of 20 blind threads are said not to be, want hardly one", found)
	}
}

// The seven comments of the real page, told ten times over so that there are
// enough: popularity is on the edge, as a search over a grid found.
func TestEdgeOfTheRealPage(t *testing.T) {
	var ths []*thread.Thread
	for range 10 {
		ths = append(ths, testthread.Build(rowsOf(1, 1, 1, 4, 5, 6, 1)))
	}
	f, err := FitPooled(ths)
	if err != nil {
		t.Fatal(err)
	}
	if f.N != 60 || f.Popularity.Edge != Absent || f.Popularity.Value != 0 || f.Popularity.P < .9 {
		t.Errorf("popularity = %+v of %d choices, want absent, of 60", f.Popularity, f.N)
	}
}

// What lies on an edge is said to. In a line everybody answers the newest; in a
// star, the article.
func TestEdges(t *testing.T) {
	for _, tt := range []struct {
		name    string
		parents []int
		people  int
		want    []*metrics.Text // note or reason of Popularity, RootBias, Novelty, Reciprocity; nil for neither
	}{
		{"line", testthread.Chain(60), 60, []*metrics.Text{atTheEdge, atTheEdge, onlyTheNewest, nobodyBack}},
		{"line of two", testthread.Chain(60), 2, []*metrics.Text{atTheEdge, atTheEdge, onlyTheNewest, atTheEdge}},
		{"star", testthread.Star(60), 60, []*metrics.Text{atTheEdge, beyondBounds, onlyTheNewest, nobodyBack}},
	} {
		rows := testthread.Shape(tt.parents...)
		for k := range rows {
			rows[k].Author = fmt.Sprint("author ", k%tt.people)
		}
		table, err := metrics.Run(metrics.NewContext(testthread.Build(rows), metrics.Options{}), Measures)
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range tt.want {
			v := table.Columns[k].Values.At(0)
			got := v.Reason
			if v.More != nil {
				got = v.More.Note
			}
			if got != want {
				t.Errorf("%s: %s = %v, note or reason %v, want %v", tt.name, table.Columns[k].Measure.Name, v.X, got, want)
			}
		}
	}
}

// Thirty choices are enough: those of 31 comments.
func TestFewChoices(t *testing.T) {
	for n, want := range map[int]bool{0: false, 1: false, 30: false, 31: true} {
		table, err := metrics.Run(metrics.NewContext(testthread.Build(testthread.Shape(testthread.Bushy(n, 1)...)), metrics.Options{}), Measures)
		if err != nil {
			t.Fatal(err)
		}
		if got := table.Value("growth-gain").Defined(); got != want {
			t.Errorf("gain of %d comments is defined: %t, want %t", n, got, want)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	for _, n := range []int{100, maxComments} {
		cs := choicesOf(b, testthread.Build(simulate(rand.New(rand.NewPCG(1, 2)), n, n/5, params{.2, 3, .9, 1})))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				fitChoices(cs)
			}
		})
	}
}
