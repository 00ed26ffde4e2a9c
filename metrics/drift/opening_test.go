package drift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"threadheat/metrics"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// invented are n words of the given subject that no language has.
func invented(subject string, n, from int) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, "%s%c%cq ", subject, 'a'+(from+k)/20, 'b'+(from+k)%20)
	}
	return b.String()
}

func opened(t *testing.T, th *thread.Thread) *Openings {
	t.Helper()
	o, err := FromOpening.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// aboutArticle has an article of 50 stems, each once, and comments whose words are
// told beforehand: none of them is in the background, so that p = 1/50,000.
func aboutArticle() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{Article: invented("turbz", 50, 0)})
	for _, c := range []thread.Comment{
		{ID: "on", Text: invented("turbz", 2, 0) + invented("soupz", 3, 0)},
		{ID: "follows", Parent: "on", Text: invented("soupz", 4, 5)},
		{ID: "off", Parent: "follows", Text: invented("soupz", 20, 10)},
		{ID: "follows off", Parent: "off", Text: "soupzabq"},
		{ID: "back", Parent: "off", Text: invented("turbz", 5, 3)},
		{ID: "nowhere", Text: invented("soupz", 5, 30)},
		{ID: "twice", Text: strings.Repeat("turbzabq ", 3) + "soupzabq soupzacq"},
	} {
		b.Add(c)
	}
	return b.Build()
}

// TestOpeningByHand works the evidence out on paper. A word of the article gives
// −ln(0.8 + 0.2·(1/50)/(1/50,000)) = −ln 200.8, any other −ln 0.8.
func TestOpeningByHand(t *testing.T) {
	th := aboutArticle()
	o := opened(t, th)
	in, out := -math.Log(200.8), -math.Log(0.8)
	for _, want := range []struct {
		id        string
		evidence  float64
		verdict   Verdict
		inherited bool
	}{
		{"on", 2*in + 3*out, OnArticle, false},
		{"follows", 4 * out, OnArticle, true},
		{"off", 20 * out, OffArticle, false},
		{"follows off", out, OffArticle, true},
		{"back", 5 * in, OnArticle, false},
		{"nowhere", 5 * out, Undecided, false},
		{"twice", 2*in + 2*out, OnArticle, false}, // log2(1+3) = 2
	} {
		i, _ := th.Find(want.id)
		if math.Abs(o.Evidence[i]-want.evidence) > 1e-9 || o.Verdict[i] != want.verdict || o.Inherited[i] != want.inherited {
			t.Errorf("%s: evidence %.6f, verdict %d, inherited %v, want %.6f, %d, %v", want.id, o.Evidence[i], o.Verdict[i], o.Inherited[i], want.evidence, want.verdict, want.inherited)
		}
	}
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), []*metrics.Measure{OffArticleShare, OffArticleEvidence})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("off-article-share"); v.X != 2.0/6 || v.N != 6 {
		t.Errorf("off-article-share = %+v, want 2 of 6", v)
	}
	i, _ := th.Find("follows off")
	if v := table.Columns[1].Values.At(int(i)); v.Defined() || v.N != 1 {
		t.Errorf("off-article of one word = %+v, want undefined", v)
	}
}

func TestWhatOpens(t *testing.T) {
	comment := func(id, parent, text string) thread.Comment {
		return thread.Comment{ID: id, Parent: parent, Text: text}
	}
	build := func(m thread.Meta, cs ...thread.Comment) *thread.Thread {
		b := thread.NewBuilder(m)
		for _, c := range cs {
			b.Add(c)
		}
		return b.Build()
	}
	long := invented("turbz", 40, 0)
	for _, c := range []struct {
		name string
		th   *thread.Thread
		why  *metrics.Text
		want []Verdict
	}{
		{"no comment", build(thread.Meta{}), manyOpenings, nil},
		{"no comment but an article", build(thread.Meta{Article: long}), nil, []Verdict{}},
		{"one comment", build(thread.Meta{}, comment("1", "", long)), nil, []Verdict{Undecided}},
		{"one word", build(thread.Meta{Article: "Turbines"}, comment("1", "", long)), shortOpening, nil},
		{"two top-level comments", build(thread.Meta{}, comment("1", "", long), comment("2", "", long)), manyOpenings, nil},
		{"an opening", build(thread.Meta{}, comment("1", "", long), comment("2", "1", long), comment("3", "2", invented("soupz", 20, 0))), nil, []Verdict{Undecided, OnArticle, OffArticle}},
		{"another language", build(thread.Meta{Article: "The " + long + " and the of which that is with this from"},
			comment("1", "", "Der und die das "+invented("turbz", 9, 0)+" aber nicht auch noch wenn wir sie sind und oder dann")), nil, []Verdict{Undecided}},
	} {
		o := opened(t, c.th)
		if o.Why != c.why {
			t.Errorf("%s: why %v, want %v", c.name, o.Why, c.why)
		}
		if d := cmp.Diff(c.want, o.Verdict); d != "" {
			t.Errorf("%s: verdicts (-want +got):\n%s", c.name, d)
		}
	}
}

// TestRealOpening checks that the exchange about turbines is off the article, and
// the comments beside it are not.
func TestRealOpening(t *testing.T) {
	th := seedtest.Load(t, "004")
	o := opened(t, th)
	for id, want := range map[string]Verdict{"2": OffArticle, "2.1.1": OffArticle, "2.1.1.1": OffArticle, "4": OnArticle} {
		if i, ok := th.Find(id); !ok || o.Verdict[i] != want {
			t.Errorf("verdict of %s = %v, want %v (evidence %.1f)", id, o.Verdict[i], want, o.Evidence[i])
		}
	}
}

// leaving makes a thread of n comments, one a minute, whose words come from the
// article less and less.
func leaving(n int, chain bool) *thread.Thread {
	rng := rand.New(rand.NewPCG(41, uint64(n)))
	b := thread.NewBuilder(thread.Meta{Article: invented("turbz", 60, 0)})
	for i := range n {
		var text strings.Builder
		for range 12 {
			subject := "turbz"
			if rng.IntN(n) < i {
				subject = "soupz"
			}
			text.WriteString(invented(subject, 1, rng.IntN(60)))
		}
		c := thread.Comment{ID: fmt.Sprint(i), Text: text.String(), Time: thread.Local(time.Date(2020, 1, 1, 0, i, 0, 0, time.UTC), thread.Minute)}
		if chain && i > 0 {
			c.Parent = fmt.Sprint(i - 1)
		}
		b.Add(c)
	}
	return b.Build()
}

func TestCurves(t *testing.T) {
	c := metrics.NewContext(leaving(60, true), metrics.Options{})
	curves, err := DriftCurves.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	if len(curves.Branches) != 1 || curves.Branches[0].N != 60 || curves.Time.N != 60 || len(curves.Time.Steps) != 10 {
		t.Fatalf("curves = %+v, want one branch of 60 and ten tenths", curves)
	}
	first, last := curves.Time.Steps[0], curves.Time.Steps[9]
	if first.Mean >= first.Low || last.Mean <= last.High {
		t.Errorf("first %+v, last %+v: want the first below its band and the last above", first, last)
	}
	for k, s := range curves.Time.Steps {
		if s.Low > s.High || s.N != 6 || s.From != thread.Index(6*k) || s.To != thread.Index(6*k+5) {
			t.Errorf("step %d = %+v", k, s)
		}
	}
	table, err := metrics.Run(c, []*metrics.Measure{Trend})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("drift-trend"); v.X < 0.5 || v.N != 60 || v.More == nil || *v.More.P > 1e-3 {
		t.Errorf("drift-trend = %+v, want a clear rise", v)
	}
}

// TestBands checks the normal band against the drawn one, and that about one step in
// twenty of comments in random order is outside.
func TestBands(t *testing.T) {
	rng := rand.New(rand.NewPCG(51, 52))
	o := &Openings{}
	outside, steps := 0, 0
	for range 60 {
		xs := make([]float64, 200)
		for k := range xs {
			xs[k] = rng.NormFloat64()
		}
		var c Curve
		for k := range 10 {
			c.Steps = append(c.Steps, Step{N: 20, Mean: mean(xs[k*20 : (k+1)*20])})
		}
		o.band(&c, xs, rng)
		for _, s := range c.Steps {
			if steps++; s.Mean < s.Low || s.Mean > s.High {
				outside++
			}
		}
	}
	if outside < 15 || outside > 50 {
		t.Errorf("%d of %d steps outside, want about 30", outside, steps)
	}
	xs := make([]float64, mostOrdered+1)
	for k := range xs {
		xs[k] = rng.NormFloat64()
	}
	normal, drawn := Curve{Steps: []Step{{N: 200}}}, Curve{Steps: make([]Step, 10)}
	o.band(&normal, xs, rng)
	o.band(&drawn, xs[1:], rng)
	if a, b := normal.Steps[0], drawn.Steps[0]; math.Abs(a.Low-b.Low) > 0.03 || math.Abs(a.High-b.High) > 0.03 {
		t.Errorf("normal band [%.3f, %.3f], drawn [%.3f, %.3f]", a.Low, a.High, b.Low, b.High)
	}
}

// TestLongestBranches checks that branches with a curve are the longest, and half
// their own.
func TestLongestBranches(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Article: invented("turbz", 60, 0)})
	add := func(id, parent string) {
		b.Add(thread.Comment{ID: id, Parent: parent, Text: invented("turbz", 5, 0)})
	}
	line := func(name, from string, n int) {
		for k := range n {
			id := fmt.Sprint(name, k)
			add(id, from)
			from = id
		}
	}
	line("a", "", 30)
	line("b", "a20", 12) // 33 long, 12 of its own: the longest
	line("c", "a2", 15)  // 18 long, 15 of its own
	line("d", "", 11)
	line("e", "", 9) // too short
	th := b.Build()
	curves, err := DriftCurves.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	var ends []string
	for _, c := range curves.Branches {
		ends = append(ends, th.ID(c.Steps[len(c.Steps)-1].To))
	}
	if d := cmp.Diff([]string{"b11", "c14", "d10"}, ends); d != "" {
		t.Errorf("ends of branches (-want +got):\n%s", d)
	}
}

func TestPointRank(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for k, text := range []string{invented("turbz", 30, 0), invented("turbz", 30, 5), invented("soupz", 30, 0), "soupzabq", invented("soupz", 30, 3)} {
		c := thread.Comment{ID: fmt.Sprint(k), Text: text}
		if k > 0 {
			c.Parent = fmt.Sprint(k - 1)
		}
		if k == 4 {
			c.Parent = "2"
		}
		b.Add(c)
	}
	table, err := metrics.Run(metrics.NewContext(b.Build(), metrics.Options{}), []*metrics.Measure{PointRank})
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{math.NaN(), 0, 1, math.NaN(), 0}
	for i, v := range metrics.All(table.Columns[0].Values) {
		if v.Defined() == math.IsNaN(want[i]) || v.Defined() && v.X != want[i] {
			t.Errorf("drift-point of %d = %+v, want %v", i, v, want[i])
		}
	}
}

func BenchmarkOpenings(b *testing.B) {
	th := leaving(100_000, false)
	d := branchesOf(th)
	for b.Loop() {
		openingsOf(th, d.bags)
	}
}
