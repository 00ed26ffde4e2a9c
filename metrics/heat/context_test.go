package heat_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/combin"
	"gonum.org/v1/gonum/stat/spatial"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

// givenMeasures are what is made of heats in their context, for scores brought
// along: so that a test says how hot each comment is.
func givenMeasures() []*metrics.Measure {
	return append(heat.MeasuresOf(heat.Brought), heat.StructuralMean, heat.OfStructure, heat.AnswersBack)
}

// giveAll gives every comment a heat drawn at random.
func giveAll(t *thread.Thread, seed uint64) *metrics.Given {
	r := rand.New(rand.NewPCG(seed, 1))
	g := &metrics.Given{Name: "drawn", Of: map[string]float64{}}
	for i := range t.All() {
		x := r.Float64()
		g.Of[t.ID(i)] = x * x
	}
	return g
}

// none is the heat of a row that has none.
const none = -1

// given is a thread of rows whose heats were brought along.
func given(rows []testthread.Row, heats []float64) *metrics.Context {
	return givenTo(testthread.Build(rows), heats)
}

func givenTo(t *thread.Thread, heats []float64) *metrics.Context {
	g := &metrics.Given{Name: "told", Of: map[string]float64{}}
	for k, x := range heats {
		if x != none {
			g.Of[fmt.Sprintf("c%d", k)] = x
		}
	}
	return metrics.NewContext(t, metrics.Options{Given: g})
}

func fact[T any](t *testing.T, f heat.SourceFact[T], c *metrics.Context) T {
	t.Helper()
	have, err := f.Of(heat.Brought, c)
	if err != nil {
		t.Fatal(err)
	}
	return have
}

func value(t *testing.T, c *metrics.Context, scope metrics.Scope, name string) metrics.Values {
	t.Helper()
	for _, m := range givenMeasures() {
		if m.Name == name && m.Scope == scope {
			table, err := metrics.Run(c, []*metrics.Measure{m})
			if err != nil {
				t.Fatal(err)
			}
			return table.Columns[0].Values
		}
	}
	t.Fatalf("no measure %s", name)
	return nil
}

// byAuthors are rows with the given parents, by the authors in turn.
func byAuthors(parents []int, names ...string) []testthread.Row {
	rows := testthread.Shape(parents...)
	for k := range rows {
		rows[k].Author = names[k%len(names)]
	}
	return rows
}

func near(got, want, within float64) bool { return math.Abs(got-want) <= within }

// The first heated page the program was made for: second-person words per word of
// its seven comments, 2-3, 3-4 and 4-5 answering each other. I, its variance and z,
// and G* were computed with gonum from a matrix by others.
func TestSpatialGolden(t *testing.T) {
	rows := testthread.Shape(-1, -1, 1, 2, 3, -1, -1)
	c := given(rows, []float64{0, 5. / 577, 2. / 140, 15. / 323, 3. / 85, 4. / 375, 0})
	a := fact(t, heat.Autocorrelations, c)
	if !near(a.I, .634509, 1e-6) || !near(a.Variance, .285115, 1e-6) || !near(a.Z, 1.500438, 1e-6) {
		t.Errorf("I = %.6f, variance %.6f, z %.6f, want .634509, .285115, 1.500438", a.I, a.Variance, a.Z)
	}
	h := fact(t, heat.Hotnesses, c)
	for k, want := range map[int]float64{0: -1.0017, 2: .8577, 3: 2.0023, 4: 2.2967} {
		i, _ := c.Thread.Find(fmt.Sprintf("c%d", k))
		if got := h.G[i]; !got.Defined() || !near(got.X, want, 5e-5) {
			t.Errorf("G* of comment %d = %v, want %v", k+1, got.X, want)
		}
	}
}

// I and G* against gonum, which walks a whole matrix, and p of I against all orders.
func TestSpatialAgainstGonum(t *testing.T) {
	for seed := range uint64(40) {
		n := 4 + int(seed)%4*8
		th := testthread.Build(testthread.Shape(testthread.Bushy(n, seed)...))
		r := rand.New(rand.NewPCG(seed, 7))
		heats := make([]float64, n)
		for k := range heats {
			heats[k] = math.Round(r.Float64()*8) / 8 // with ties
		}
		c := givenTo(th, heats)
		near2, withSelf := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
		data := make([]float64, n)
		links := 0
		for i := range th.All() {
			var k int
			fmt.Sscanf(th.ID(i), "c%d", &k)
			data[i] = heats[k]
			withSelf.Set(int(i), int(i), 1)
			if p := th.Parent(i); p != thread.NoIndex {
				links++
				for _, m := range []*mat.Dense{near2, withSelf} {
					m.Set(int(i), int(p), 1)
					m.Set(int(p), int(i), 1)
				}
			}
		}
		a := fact(t, heat.Autocorrelations, c)
		if slices.Min(data) == slices.Max(data) || links == 0 {
			if a.Why == nil {
				t.Errorf("seed %d: I is defined without links or differences", seed)
			}
			continue
		}
		i, v, z := spatial.GlobalMoransI(data, nil, near2)
		if !near(a.I, i, 1e-9) || !near(a.Variance, max(v, 0), 1e-9) || v > 1e-9 && !near(a.Z, z, 1e-6) {
			t.Errorf("seed %d: I %v, variance %v, z %v; gonum %v, %v, %v", seed, a.I, a.Variance, a.Z, i, v, z)
		}
		h := fact(t, heat.Hotnesses, c)
		for i, got := range h.G {
			want := spatial.GetisOrdGStar(i, data, nil, withSelf)
			if math.IsNaN(want) || math.IsInf(want, 0) {
				if got.Defined() {
					t.Errorf("seed %d: G* of %d = %v, of the whole thread", seed, i, got.X)
				}
			} else if !got.Defined() || !near(got.X, want, 1e-9) {
				t.Errorf("seed %d: G* of %d = %v, gonum %v", seed, i, got.X, want)
			}
		}
		if n > 7 {
			continue
		}
		hits, all := 0., 0.
		for g := combin.NewPermutationGenerator(n, n); g.Next(); all++ {
			dealt := make([]float64, n)
			for k, from := range g.Permutation(nil) {
				dealt[k] = data[from]
			}
			if x, _, _ := spatial.GlobalMoransI(dealt, nil, near2); x >= i-1e-9 {
				hits++
			}
		}
		if !near(a.P, hits/all, 1e-12) {
			t.Errorf("seed %d: p of I = %v, want %v", seed, a.P, hits/all)
		}
	}
}

// A hot corner in a large cool thread is one spot, and is found; where heats are
// dealt at random, a spot is found in about one thread of twenty.
func TestHotSpots(t *testing.T) {
	const n = 300
	parents := testthread.Bushy(n, 5)
	for k := n - 6; k < n; k++ {
		parents[k] = k - 1
	}
	r := rand.New(rand.NewPCG(1, 1))
	heats := make([]float64, n)
	for k := range heats {
		if heats[k] = r.Float64() * .4; k >= n-5 {
			heats[k] = .9
		}
	}
	c := given(testthread.Shape(parents...), heats)
	spots := fact(t, heat.Hotnesses, c).Spots
	if len(spots) != 1 || spots[0].P > .01 || len(spots[0].Comments) < 4 || spots[0].Mean < .6 {
		t.Errorf("spots = %+v, want the one of comments %d to %d", spots, n-5, n-1)
	}
	for _, i := range spots[0].Comments {
		var k int
		if fmt.Sscanf(c.Thread.ID(i), "c%d", &k); k < n-6 {
			t.Errorf("comment %d is in the spot", k)
		}
	}
	alarms, rounds := 0., 200.
	for seed := range uint64(rounds) {
		th := testthread.Build(testthread.Shape(testthread.Bushy(25, seed)...))
		c := metrics.NewContext(th, metrics.Options{Given: giveAll(th, seed)})
		if len(fact(t, heat.Hotnesses, c).Spots) > 0 {
			alarms++
		}
	}
	// 5 % of 200 are 10; 20 or more come in less than one case of 300.
	if alarms >= 20 {
		t.Errorf("%v of %v random threads have a hot spot, want about %v", alarms, rounds, .05*rounds)
	}
}

// contagionByDummies is the coefficient by least squares with a column for each
// author, depth, time (a row a minute) and the heat of the parent.
func contagionByDummies(th *thread.Thread, heats map[string]float64) float64 {
	written := map[thread.AuthorID]int{}
	answer := func(i thread.Index) bool {
		p := th.Parent(i)
		return p != thread.NoIndex && th.Author(i) != th.Author(p)
	}
	for i := range th.All() {
		if answer(i) {
			written[th.Author(i)]++
		}
	}
	var rows []thread.Index
	column := map[thread.AuthorID]int{}
	for i := range th.All() {
		if a := th.Author(i); answer(i) && written[a] > 1 {
			rows = append(rows, i)
			if _, ok := column[a]; !ok {
				column[a] = 3 + len(column)
			}
		}
	}
	x, y := mat.NewDense(len(rows), 3+len(column), nil), mat.NewVecDense(len(rows), nil)
	for k, i := range rows {
		x.Set(k, 0, heats[th.ID(th.Parent(i))])
		x.Set(k, 1, float64(th.Depth(i)))
		var minute int
		fmt.Sscanf(th.ID(i), "c%d", &minute)
		x.Set(k, 2, float64(minute))
		x.Set(k, column[th.Author(i)], 1)
		y.SetVec(k, heats[th.ID(i)])
	}
	var b mat.VecDense
	if err := b.SolveVec(x, y); err != nil {
		panic(err)
	}
	return b.AtVec(0)
}

// talk is a thread in which every answer is as hot as its author, as its depth, and
// by contagion as what it answers.
func talk(n int, seed uint64, contagion float64) *metrics.Context {
	rows := testthread.Shape(testthread.Bushy(n, seed)...)
	r := rand.New(rand.NewPCG(seed, 2))
	temper := make([]float64, 9)
	for a := range temper {
		temper[a] = .3 * r.Float64()
	}
	heats, depth := make([]float64, n), make([]int, n)
	for k := range rows {
		a := r.IntN(len(temper))
		rows[k].Author = fmt.Sprint("author ", a)
		heats[k] = temper[a] + .2*r.Float64()
		if p := rows[k].Parent; p >= 0 {
			depth[k] = depth[p] + 1
			heats[k] += .02*float64(depth[k]) + contagion*heats[p]
		}
		heats[k] = min(heats[k], 1)
	}
	return given(rows, heats)
}

func TestContagion(t *testing.T) {
	for seed := range uint64(20) {
		c := talk(30+int(seed)*5, seed, .3)
		got := fact(t, heat.Contagions, c)
		if got.Why != nil {
			t.Fatalf("seed %d: undefined: %s", seed, got.Why.Reason.EN)
		}
		if want := contagionByDummies(c.Thread, c.Given.Of); !near(got.Slope, want, 1e-9) {
			t.Errorf("seed %d: slope = %v, want %v", seed, got.Slope, want)
		}
	}
	big := fact(t, heat.Contagions, talk(1500, 1, .4))
	if !near(big.Slope, .4, .08) || big.CI == nil || big.CI[0] > .4 || big.CI[1] < .4 || big.P > .01 {
		t.Errorf("planted contagion .4: %+v, interval %v", big, *big.CI)
	}
}

// Where there is none, hot people and hot depths do not make it: p is small about as
// often as it says, and the interval holds 0.
func TestNoContagion(t *testing.T) {
	small, outside, rounds := 0., 0., 150.
	for seed := range uint64(rounds) {
		got := fact(t, heat.Contagions, talk(50, seed, 0))
		if got.P <= .1 {
			small++
		}
		if got.CI[0] > 0 || got.CI[1] < 0 {
			outside++
		}
	}
	// 10 % of 150 are 15 ± 3.7; the interval of nine clusters is a little short.
	if small < 4 || small > 26 {
		t.Errorf("p ≤ .1 in %v of %v threads without contagion", small, rounds)
	}
	if outside > .13*rounds {
		t.Errorf("the interval leaves 0 out in %v of %v threads without contagion", outside, rounds)
	}
}

// Where everybody answers at once and heat rises with time, for all alike, that is no
// contagion; where answers are as hot as what they answer, it is, though no answer could
// have come before what it answers.
func TestContagionInTime(t *testing.T) {
	small, rounds := 0., 100.
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 11))
		var rows []testthread.Row
		var rising, passed []float64
		for k := range 90 {
			row := testthread.Row{Parent: -1, Author: fmt.Sprint("author ", (k+k/3)%7), Minute: k}
			h := .6*float64(k)/90 + .3*r.Float64()
			rising = append(rising, h)
			if k%3 > 0 {
				row.Parent = k - 1
				h = .8*passed[k-1] + .1*r.Float64()
			} else {
				h = r.Float64()
			}
			rows, passed = append(rows, row), append(passed, h)
		}
		if got := fact(t, heat.Contagions, given(rows, rising)); got.P <= .1 {
			small++
		}
		if got := fact(t, heat.Contagions, given(rows, passed)); seed < 10 && (got.P > .01 || !near(got.NullMean, 0, .4)) {
			t.Errorf("seed %d: planted contagion: %+v", seed, got)
		}
	}
	if small > 25 { // 10 ± 3, and some for what rises within a run
		t.Errorf("p ≤ .1 in %v of %v threads that only get hotter", small, rounds)
	}
}

// The yields of dyestuff of Davies and Goldsmith (1972, table 6.2), over 2000: five
// of each of six batches. Published are the variances 2451.25 within and 1764.05
// between, and the batch effects below 1527.5 as lme4's ranef gives them.
func TestPooledDyestuff(t *testing.T) {
	yields := [][]float64{
		{1545, 1440, 1440, 1520, 1580}, {1540, 1555, 1490, 1560, 1495}, {1595, 1550, 1605, 1510, 1560},
		{1445, 1440, 1595, 1465, 1545}, {1595, 1630, 1515, 1635, 1625}, {1520, 1455, 1450, 1480, 1445},
	}
	effects := []float64{-17.6068, .3913, 28.5623, -23.0845, 56.7332, -44.9953}
	var rows []testthread.Row
	var heats []float64
	for batch, ys := range yields {
		for _, y := range ys {
			rows = append(rows, testthread.Row{Parent: -1, Author: string(rune('A' + batch))})
			heats = append(heats, y/2000)
		}
	}
	c := given(rows, heats)
	p := fact(t, heat.Sent, c)
	if !near(p.Within*4e6, 2451.25, 1e-6) || !near(p.Between*4e6, 1764.05, 1e-6) || !near(p.Mean*2000, 1527.5, 1e-9) {
		t.Errorf("within %v, between %v, mean %v", p.Within*4e6, p.Between*4e6, p.Mean*2000)
	}
	for batch, want := range effects {
		a, _ := c.Thread.FindAuthor(string(rune('A' + batch)))
		v := p.Of(int(a))
		if got := v.X*2000 - 1527.5; !near(got, want, .002) || v.N != 5 {
			t.Errorf("effect of batch %c = %v, want %v", 'A'+batch, got, want)
		}
	}
}

// By hand, with groups of unequal size: Ada .2 and .4, Bob .6, .8 and 1, Cyd .5.
// N = 6, total 3.5. Means .3, .8, .5; SSW .02 + .08 = .1, σ² = .1/3. SSB about
// 3.5/6: 2(.28333)² + 3(.21667)² + (.08333)² = .308333, less 2σ² = .241667, over
// N − Σn²/N = 6 − 14/6 = 3.66667: τ² = .0659091.
func TestPooledByHand(t *testing.T) {
	c := given(byAuthors([]int{-1, -1, -1, -1, -1, -1}, "Ada", "Ada", "Bob", "Bob", "Bob", "Cyd"), []float64{.2, .4, .6, .8, 1, .5})
	p := fact(t, heat.Sent, c)
	if !near(p.Within, .1/3, 1e-12) || !near(p.Between, .0659091, 1e-7) {
		t.Fatalf("within %v, between %v", p.Within, p.Between)
	}
	weights := []float64{1 / (.0659091 + .1/6), 1 / (.0659091 + .1/9), 1 / (.0659091 + .1/3)}
	mean := (.3*weights[0] + .8*weights[1] + .5*weights[2]) / (weights[0] + weights[1] + weights[2])
	for a, raw := range []float64{.3, .8, .5} {
		want := mean + (raw-mean)*.0659091*weights[a]
		if v := p.Of(a); !near(v.X, want, 1e-6) || v.More.CI[0] > v.X || v.More.CI[1] < v.X {
			t.Errorf("author %d = %+v, want %v", a, v, want)
		}
	}
}

// Hot people stay hot, the rarely heard are drawn to the middle, and the pooled means
// miss the truth by less than the plain ones.
func TestPooledIsNearerTheTruth(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	var pooled, plain, inside, all float64
	for range 30 {
		var rows []testthread.Row
		var heats []float64
		truth, sum, n := make([]float64, 30), make([]float64, 30), make([]float64, 30)
		for a := range truth {
			truth[a] = .5 + .1*max(-3, min(3, r.NormFloat64()))
			for range 1 + r.IntN(6) {
				x := max(0, min(1, truth[a]+.15*max(-3, min(3, r.NormFloat64()))))
				rows = append(rows, testthread.Row{Parent: -1, Author: fmt.Sprint("author ", a)})
				heats = append(heats, x)
				sum[a] += x
				n[a]++
			}
		}
		c := given(rows, heats)
		p := fact(t, heat.Sent, c)
		for a := range truth {
			id, _ := c.Thread.FindAuthor(fmt.Sprint("author ", a))
			v := p.Of(int(id))
			pooled += (v.X - truth[a]) * (v.X - truth[a])
			plain += (sum[a]/n[a] - truth[a]) * (sum[a]/n[a] - truth[a])
			if all++; v.More.CI[0] <= truth[a] && truth[a] <= v.More.CI[1] {
				inside++
			}
		}
	}
	if pooled > .8*plain {
		t.Errorf("squared error %v, of plain means %v", pooled, plain)
	}
	if got := inside / all; got < .91 || got > .98 {
		t.Errorf("the interval holds the truth in %v of the cases, want about .95", got)
	}
}

// Received counts the answers of others only.
func TestReceived(t *testing.T) {
	c := given(byAuthors([]int{-1, 0, 0, 0, 1, 1, 1}, "Ada", "Bob", "Bob", "Ada", "Ada", "Cyd", "Cyd"), []float64{.1, .5, .7, .9, .2, .3, .4})
	p := fact(t, heat.Received, c)
	ada, _ := c.Thread.FindAuthor("Ada")
	bob, _ := c.Thread.FindAuthor("Bob")
	cyd, _ := c.Thread.FindAuthor("Cyd")
	if v := p.Of(int(cyd)); v.Defined() || v.N != 0 {
		t.Errorf("heat received by whom nobody answered = %+v", v)
	}
	if a, b := p.Of(int(ada)), p.Of(int(bob)); a.N != 2 || b.N != 3 || !(a.X > b.X && a.X < .6 && b.X > .3) {
		t.Errorf("received: Ada %+v, Bob %+v, want below .6 of 2, above .3 of 3", a, b)
	}
}

func TestAnswers(t *testing.T) {
	// 0 Ada .6 ← 1 Bob .7 ← 2 Ada .9 ← 3 Ada .8; 4 Cyd answers 1 with .2; 5 answers 4, which has no
	// heat told, with .5.
	rows := byAuthors([]int{-1, 0, 1, 2, 1, 4}, "Ada", "Bob", "Ada", "Ada", "Cyd", "Bob")
	c := given(rows, []float64{.6, .7, .9, .8, none, .5})
	at := func(k int) thread.Index { i, _ := c.Thread.Find(fmt.Sprintf("c%d", k)); return i }
	const undefined = -9
	for name, want := range map[string][]float64{
		"given-heat-above-parent":   {undefined, .1, .2, -.1, undefined, undefined},
		"given-answers-heat":        {undefined, 1, 1, 0, undefined, undefined},
		"rebuttal":                  {0, 0, 1, 0, 0, 1},
		"given-heat-above-own-turn": {undefined, undefined, .3, undefined, undefined, -.2},
	} {
		vs := value(t, c, metrics.PerComment, name)
		for k, x := range want {
			v := vs.At(int(at(k)))
			if v.Defined() != (x != undefined) || v.Defined() && !near(v.X, x, 1e-12) {
				t.Errorf("%s of %d = %+v, want %v", name, k, v, x)
			}
		}
	}
}

// By hand: Ada, Bob after 30 minutes, Ada after 10, Bob at an unknown time.
func TestStructural(t *testing.T) {
	rows := byAuthors(testthread.Chain(4), "Ada", "Bob")
	rows[1].Minute, rows[2].Minute, rows[3].Minute = 30, 40, testthread.NoTime
	for k, want := range []float64{
		0,
		.25*.5 + .2*1/5,
		.35*1/3 + .25*30/40 + .2*1/3 + .2*2/6,
		(.35*2/4 + .2*1/3 + .2*3/7) / .75,
	} {
		c := given(rows, nil)
		vs := value(t, c, metrics.PerComment, "heat-structural")
		if got := vs.At(k); !got.Defined() || !near(got.X, want, 1e-12) {
			t.Errorf("structural heat of %d = %+v, want %v", k, got, want)
		}
		for i := range rows {
			rows[i].Text = []string{"你错了！", "vous vous trompez"}[i%2]
		}
	}
}

// Turns, earlier comments and depth by walking up from each comment.
func TestStructureTwin(t *testing.T) {
	for seed := range uint64(30) {
		rows := testthread.Shape(testthread.Bushy(60, seed)...)
		r := rand.New(rand.NewPCG(seed, 4))
		for k := range rows {
			rows[k].Author = []string{"Ada", "Bob", "Cyd", ""}[r.IntN(4)]
			if r.IntN(12) == 0 {
				rows[k].Kind = thread.Pingback
			}
		}
		th := testthread.Build(rows)
		have, err := heat.Structure.Of(metrics.NewContext(th, metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		for i := range th.All() {
			if !metrics.Spoken(th, i) {
				continue
			}
			path := []thread.Index{i}
			for p := th.Parent(i); p != thread.NoIndex; p = th.Parent(p) {
				path = append(path, p)
			}
			turns, earlier := int32(1), int32(0)
			for k, p := range path[1:] {
				who := th.Author(path[min(k+1, 1)])
				if k+1 >= 2 {
					who = th.Author(path[k-1])
				}
				if !metrics.Spoken(th, p) || th.Author(p) != who || th.Author(p) == th.Author(path[k]) {
					break
				}
				turns++
			}
			for _, p := range path[1:] {
				if metrics.Spoken(th, p) && th.Author(p) == th.Author(i) {
					earlier++
				}
			}
			if s := have[i]; s.Turns != turns || s.Earlier != earlier || int(s.Depth) != len(path)-1 {
				t.Fatalf("seed %d: structure of %s = %+v, want %d turns, %d earlier, depth %d", seed, th.ID(i), s, turns, earlier, len(path)-1)
			}
		}
	}
}

// The steepest branch by walking all of them, on all forests of seven comments.
func TestBranchesTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for parents := range fixtures.AllForests(7) {
		if r.IntN(8) > 0 {
			continue
		}
		heats := make([]float64, len(parents))
		for k := range heats {
			if heats[k] = r.Float64(); r.IntN(10) == 0 {
				heats[k] = none
			}
		}
		c := given(testthread.Shape(parents...), heats)
		th := c.Thread
		type branch struct{ rise, slope, p float64 }
		var all []branch
		for i := range th.All() {
			if th.End(i) != i+1 {
				continue
			}
			var xs, ys []float64
			for k := i; k != thread.NoIndex; k = th.Parent(k) {
				if h, ok := c.Given.Of[th.ID(k)]; ok {
					xs, ys = append(xs, float64(th.Depth(k))), append(ys, h)
				}
			}
			if len(xs) < 4 {
				continue
			}
			slices.Reverse(xs)
			slices.Reverse(ys)
			cor, _ := stats.Correlation(xs, ys)
			line, _ := stats.FitLine(xs, ys)
			all = append(all, branch{cor * math.Sqrt(float64(len(xs)-1)), line.Slope, stats.RisingP(xs, ys, 0)})
		}
		b := fact(t, heat.Branchings, c)
		if b.Looked != len(all) {
			t.Fatalf("parents %v: looked at %d branches, want %d", parents, b.Looked, len(all))
		}
		if len(all) == 0 {
			continue
		}
		want := slices.MaxFunc(all, func(x, y branch) int { return cmp.Compare(x.rise, y.rise) })
		got := b.Steepest[0]
		if !near(got.Slope, want.slope, 1e-9) || !near(got.P, want.p, 1e-12) || !near(got.Adjusted, min(1, want.p*float64(len(all))), 1e-12) {
			t.Fatalf("parents %v, heats %v: %+v, want %+v of %d", parents, heats, got, want, len(all))
		}
	}
}

// Where heats come in any order, the steepest branch is steep in about as many threads
// as p says, or in fewer: it counts every branch as a look of its own.
func TestNoEscalation(t *testing.T) {
	steep, turns, rounds := 0., 0., 150.
	for seed := range uint64(rounds) {
		th := testthread.Build(testthread.Shape(testthread.Bushy(60, seed)...))
		b := fact(t, heat.Branchings, metrics.NewContext(th, metrics.Options{Given: giveAll(th, seed)}))
		if len(b.Steepest) > 0 && b.Steepest[0].Adjusted <= .1 {
			steep++
		}
		if len(b.Steepest) > 0 && b.Turn.Adjusted <= .1 {
			turns++
		}
	}
	if most := .1*rounds + 3*math.Sqrt(.09*rounds); steep > most || turns > most {
		t.Errorf("p ≤ .1 of the steepest branch in %v and of its turn in %v of %v random threads, want at most about %v", steep, turns, rounds, .1*rounds)
	}
}

// The turn by its definition, and p by all orders.
func TestTurn(t *testing.T) {
	twin := func(h []float64) (at int, best float64) {
		mean := func(xs []float64) float64 {
			s := 0.
			for _, x := range xs {
				s += x / float64(len(xs))
			}
			return s
		}
		best = math.Inf(-1)
		for k := 2; k <= len(h)-2; k++ {
			if x := (mean(h[k:]) - mean(h[:k])) * math.Sqrt(float64(k*(len(h)-k))/float64(len(h))); x > best+1e-9 {
				at, best = k, x
			}
		}
		return at, best
	}
	r := rand.New(rand.NewPCG(3, 3))
	for n := 4; n <= 7; n++ {
		for range 20 {
			h := make([]float64, n)
			for k := range h {
				h[k] = math.Round(r.Float64()*5) / 5
			}
			if slices.Min(h) == slices.Max(h) {
				continue
			}
			at, observed := twin(h)
			hits, all := 0., 0.
			for g := combin.NewPermutationGenerator(n, n); g.Next(); all++ {
				dealt := make([]float64, n)
				for k, from := range g.Permutation(nil) {
					dealt[k] = h[from]
				}
				if _, x := twin(dealt); x >= observed-1e-9 {
					hits++
				}
			}
			got := fact(t, heat.Branchings, given(testthread.Shape(testthread.Chain(n)...), h)).Turn
			if got.At != at || !near(got.P, hits/all, 1e-12) {
				t.Errorf("heats %v: turn at %d with p %v, want %d with %v", h, got.At, got.P, at, hits/all)
			}
		}
	}
	// Cool for twelve comments, hot for eight.
	h := make([]float64, 20)
	for k := range h {
		if h[k] = .1 + .05*r.Float64(); k >= 12 {
			h[k] += .5
		}
	}
	c := given(testthread.Shape(testthread.Chain(20)...), h)
	turn := fact(t, heat.Branchings, c).Turn
	if turn.At != 12 || turn.P > .001 || !near(turn.Rise, .5, .03) {
		t.Errorf("turn = %+v, want at 12 by .5", turn)
	}
	if v := value(t, c, metrics.PerThread, "given-turning-point").At(0); v.X != 13 {
		t.Errorf("turning-point = %v, want the 13th comment", v.X)
	}
}

func TestLevels(t *testing.T) {
	rows := testthread.Shape(-1, 0, 1, 2, -1, 4)
	// Ranks 1, 2, 3.5, 5, 3.5 of heat and 1.5, 3, 4, 5, 1.5 of depth.
	c := given(rows, []float64{.1, .2, .3, .4, .3, none})
	if v := value(t, c, metrics.PerThread, "given-heat-by-depth").At(0); v.N != 5 || !near(v.X, 6.75/9.5, 1e-12) {
		t.Errorf("heat by depth = %+v", v)
	}
	bins := fact(t, heat.AtDepth, c)
	if len(bins) != 4 || bins[0].N != 2 || !near(bins[0].Mean, .2, 1e-12) || bins[3].Mean != .4 {
		t.Errorf("bins = %+v", bins)
	}
	over := fact(t, heat.OverTime, c)
	if len(over) != 5 || over[4].From != 4 || over[4].Mean != .3 {
		t.Errorf("over time = %+v", over)
	}
	// Rising all the way: 1, with and without hours between.
	for _, step := range []int{1, 61} {
		for k := range rows {
			rows[k].Minute = k * step
		}
		c := given(rows, []float64{.1, .2, .3, .4, .5, .6})
		if v := value(t, c, metrics.PerThread, "given-heat-by-time").At(0); !near(v.X, 1, 1e-12) || v.N != 6 {
			t.Errorf("heat by time = %+v, want 1", v)
		}
	}
}

// Every measure on all forests of up to five comments, with few authors, ties, all
// heats equal or none: values in range, in their intervals, with p in (0, 1], or a
// reason in both languages; the same for other names.
func TestContextOnSmallForests(t *testing.T) {
	ms := givenMeasures()
	k := 0
	for n := 0; n <= 5; n++ {
		for parents := range fixtures.AllForests(n) {
			for _, names := range [][]string{{"Ada"}, {"Ada", "Bob"}, {"Ada", "", "Cyd"}} {
				k++
				rows := byAuthors(parents, names...)
				heats := make([]float64, n)
				for i := range heats {
					heats[i] = []float64{.5, .5, .9, 0, 1, none}[(i*k)%[]int{1, 3, 6}[k%3]]
				}
				table, err := metrics.Run(given(rows, heats), ms)
				if err != nil {
					t.Fatalf("%v: %v", rows, err)
				}
				for i := range rows {
					if rows[i].Author != "" {
						rows[i].Author = "the other " + rows[i].Author
					}
				}
				renamed, err := metrics.Run(given(rows, heats), ms)
				if err != nil {
					t.Fatal(err)
				}
				for c, column := range table.Columns {
					for i, v := range metrics.All(column.Values) {
						check(t, column.Measure, v)
						if w := renamed.Columns[c].Values.At(i); v.X != w.X || v.N != w.N || v.Defined() != w.Defined() {
							t.Errorf("%s = %+v, renamed %+v", column.Measure.Name, v, w)
						}
					}
				}
			}
		}
	}
}

func check(t *testing.T, m *metrics.Measure, v metrics.Value) {
	t.Helper()
	switch {
	case !v.Defined() && (v.Reason.EN == "" || v.Reason.FR == ""):
		t.Errorf("%s has no reason", m.Name)
	case v.Defined() && v.N < m.MinN:
		t.Errorf("%s = %v of %d, want at least %d", m.Name, v.X, v.N, m.MinN)
	case v.More == nil:
	case v.More.CI != nil && !(v.More.CI[0] <= v.X && v.X <= v.More.CI[1]):
		t.Errorf("%s = %v is not in %v", m.Name, v.X, *v.More.CI)
	case v.More.P != nil && !(*v.More.P > 0 && *v.More.P <= 1):
		t.Errorf("%s has p = %v", m.Name, *v.More.P)
	}
}

// The order in which siblings stand in the input changes no value of the thread.
func TestContextOfShuffledSiblings(t *testing.T) {
	for seed := range uint64(20) {
		rows := byAuthors(testthread.Bushy(60, seed), "Ada", "Bob", "Cyd", "Dee", "Eve")
		r := rand.New(rand.NewPCG(seed, 9))
		heats := make([]float64, len(rows))
		for k := range heats {
			heats[k] = r.Float64()
		}
		a, err := metrics.Run(given(rows, heats), givenMeasures())
		if err != nil {
			t.Fatal(err)
		}
		b, err := metrics.Run(givenTo(testthread.BuildShuffled(rows, seed), heats), givenMeasures())
		if err != nil {
			t.Fatal(err)
		}
		for k, column := range a.Columns {
			if column.Measure.Scope != metrics.PerThread || column.Measure.Name == "given-hot-spots" { // counted by draws
				continue
			}
			if v, w := column.Values.At(0), b.Columns[k].Values.At(0); !near(v.X, w.X, 1e-9) || v.N != w.N || v.Defined() != w.Defined() {
				t.Errorf("seed %d: %s = %+v, shuffled %+v", seed, column.Measure.Name, v, w)
			}
		}
	}
}
