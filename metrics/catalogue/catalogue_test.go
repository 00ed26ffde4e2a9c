package catalogue

import (
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/fixtures"
	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/internal/testthread"
	"threadheat/thread"
)

func TestEveryMeasureIsDescribed(t *testing.T) {
	if err := metrics.Validate(Measures); err != nil {
		t.Error(err)
	}
	word := regexp.MustCompile(`[A-Za-z]{4,}`)
	// Words of formulas that are the same in French.
	alike := []string{"corr", "argmax", "parent", "minutes", "article", "type", "argsort", "modularity"}
	for _, m := range Measures {
		if l := Limits(m.Group); l.EN == "" || l.FR == "" || l.EN == l.FR {
			t.Errorf("%s is of the group %q, of which it is not said in both languages what it does not tell", m.Name, m.Group)
		}
		for _, s := range m.Source {
			if w := word.FindString(s.Where); w != "" && s.WhereFR == "" && !slices.Contains([]string{"section", "randomisation"}, w) {
				t.Errorf("%s: the source says %q, and not in French", m.Name, s.Where)
			}
		}
		if m.Group != "drift" { // whose formulas name what models hold
			for _, w := range word.FindAllString(m.Math, -1) {
				if m.MathFR == "" && !slices.Contains(alike, w) {
					t.Errorf("%s: the formula %q has the word %q, and no French form", m.Name, m.Math, w)
				}
			}
		}
		if m.Title.EN == m.Title.FR && m.Title.EN != "" && len(m.Title.EN) > 12 {
			t.Errorf("%s has the same title in English and in French: %q", m.Name, m.Title.EN)
		}
		if m.Doc.EN == m.Doc.FR {
			t.Errorf("%s has the same doc in English and in French: %q", m.Name, m.Doc.EN)
		}
	}
}

// Names that scripts rely on.
func TestStableNames(t *testing.T) {
	have := map[string]bool{}
	for _, m := range Measures {
		have[m.Scope.String()+" "+m.Name] = true
	}
	for _, want := range []struct {
		scope metrics.Scope
		names []string
	}{
		{metrics.PerThread, []string{
			"comments", "authors", "roots", "max-depth", "mean-depth", "max-width", "leaf-ratio", "wiener-index",
			"structural-virality", "h-index", "sackin", "strahler", "child-gini", "author-gini", "author-entropy", "author-hhi",
			"lifetime", "half-life", "burstiness", "burstiness-kim-jo", "memory", "latency-median", "reciprocity",
			"reciprocity-weighted", "modularity", "heat-mean", "heat-peak", "drift-mean",
			"forest-max-depth", "forest-mean-depth", "forest-max-width", "forest-leaf-ratio", "forest-wiener-index",
			"forest-structural-virality", "forest-h-index", "forest-sackin", "forest-strahler", "forest-child-gini",
		}},
		{metrics.PerComment, []string{"heat", "drift-from-article", "drift-from-parent"}},
		{metrics.PerAuthor, []string{"comments"}},
		{metrics.PerPair, []string{"turns", "alternation", "turn-balance", "word-balance", "latency-median", "escalation-slope"}},
	} {
		for _, name := range want.names {
			if !have[want.scope.String()+" "+name] {
				t.Errorf("no measure %s per %s", name, want.scope)
			}
		}
	}
}

// The pages of the repository have the values that a person counted in them.
func TestFixtures(t *testing.T) {
	for _, page := range fixtures.Pages {
		t.Run(page.File, func(t *testing.T) {
			th := decode(t, page.File, fixtures.Bytes(page.File))
			table := checkThread(t, th)
			for name, want := range page.Expected {
				// Some are stated to six or seven decimals.
				if v := table.Value(name); !v.Defined() || math.Abs(v.X-want) > 5e-7 {
					t.Errorf("%s = %v (defined %v), want %v", name, v.X, v.Defined(), want)
				}
			}
			for _, name := range page.Undefined {
				if v := table.Value(name); v.Defined() {
					t.Errorf("%s = %v, want undefined", name, v.X)
				}
			}
			words, _ := table.Find(metrics.PerComment, "words")
			for _, f := range page.Facts {
				i, ok := th.Find(f.ID)
				if !ok {
					t.Errorf("no comment %s", f.ID)
					continue
				}
				if got := words.Values.At(int(i)).X; got != float64(f.Words) && f.Kind == "" {
					t.Errorf("words of %s = %v, want %d", f.ID, got, f.Words)
				}
			}
		})
	}
}

// The four turns of the sample exchange can come in 24 orders, so that p is a
// multiple of 1/24, and not 0.
func TestEscalationOfTheSampleExchange(t *testing.T) {
	table := checkThread(t, decode(t, "cloud.txt", fixtures.Bytes("cloud.txt")))
	c, _ := table.Find(metrics.PerPair, "escalation-slope")
	v := c.Values.At(0)
	if !v.Defined() || v.N != 4 || v.More == nil || v.More.P == nil {
		t.Fatalf("escalation = %+v, want a slope of 4 turns with p", v)
	}
	orders := *v.More.P * 24
	if math.Abs(orders-math.Round(orders)) > 1e-9 || orders < 1 || orders > 24 {
		t.Errorf("p = %v is not 1/24 to 24/24", *v.More.P)
	}
}

// Every measure on every forest of up to 6 comments, in turn with changing
// authors, times and texts; checkThread says what is asked of it.
func TestEveryMeasureOnSmallForests(t *testing.T) {
	t.Parallel()
	authors := []string{"Ada", "Bob", "", "Cyd"}
	minutes := []int{0, 5, 5, 90, testthread.NoTime, 2000, -30}
	texts := []string{"", "You are wrong!", "merci, je le crois", "WHAT nonsense is this?"}
	k := 0
	for n := 0; n <= 6; n++ {
		for parents := range fixtures.AllForests(n) {
			rows := testthread.Shape(parents...)
			for i := range rows {
				k++
				rows[i].Author = authors[k*k%11%len(authors)]
				rows[i].Minute = minutes[k*7%13%len(minutes)]
				rows[i].Text = texts[k%len(texts)]
				if k%17 == 0 {
					rows[i].Kind = thread.Pingback
				}
				if k%19 == 0 {
					rows[i].Parent = 99 // a ghost
				}
			}
			checkThread(t, testthread.Build(rows))
			if t.Failed() {
				t.Fatalf("rows %+v", rows)
			}
		}
	}
}

// Threads that have broken such programs before.
func TestEveryMeasureOnHardThreads(t *testing.T) {
	t.Parallel()
	of := func(parents []int, change func(k int, r *testthread.Row)) *thread.Thread {
		rows := testthread.Shape(parents...)
		for k := range rows {
			change(k, &rows[k])
		}
		return testthread.Build(rows)
	}
	for _, tt := range []struct {
		name string
		th   *thread.Thread
	}{
		{"nothing", &thread.Thread{}},
		{"a chain", fixtures.Build(fixtures.Chain(50_000))},
		{"a star", fixtures.Build(fixtures.Star(50_000))},
		{"flat", fixtures.Build(fixtures.Flat(5_000))},
		{"bushy", fixtures.Build(fixtures.Bushy(5_000, 5))},
		{"all anonymous", of(testthread.Chain(500), func(_ int, r *testthread.Row) { r.Author = "" })},
		{"all to oneself", of(testthread.Chain(500), func(_ int, r *testthread.Row) { r.Author = "Ada" })},
		{"all at once", of(testthread.Chain(500), func(_ int, r *testthread.Row) { r.Minute = 0 })},
		{"no times", of(testthread.Chain(500), func(_ int, r *testthread.Row) { r.Minute = testthread.NoTime })},
		{"backwards", of(testthread.Chain(500), func(k int, r *testthread.Row) { r.Minute = -k })},
		{"pingbacks only", of(testthread.Star(500), func(_ int, r *testthread.Row) { r.Kind = thread.Pingback })},
		{"ghosts only", of(testthread.Chain(500), func(_ int, r *testthread.Row) { r.State = thread.Missing })},
		{"two who argue", of(testthread.Chain(500), func(k int, r *testthread.Row) { r.Author = []string{"Ada", "Bob"}[k%2] })},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			checkThread(t, tt.th)
		})
	}
}

// given are scores for two comments of three, in sevenths.
func given(th *thread.Thread) *metrics.Given {
	g := &metrics.Given{Name: "sevenths", Of: map[string]float64{}}
	for i := range th.All() {
		h := fnv.New32a() // by name, so that the order of siblings does not matter
		h.Write([]byte(th.ID(i)))
		if k := h.Sum32() >> 8; k%3 != 1 {
			g.Of[th.ID(i)] = float64(k%8) / 7
		}
	}
	return g
}

// Without scores brought along, what is measured of them has no value, and says
// why; Default leaves it out.
func TestNothingGiven(t *testing.T) {
	th := decode(t, "cloud.txt", fixtures.Bytes("cloud.txt"))
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), slices.Concat(OfGiven, OfLabels))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range table.Columns {
		for _, v := range metrics.All(c.Values) {
			if v.Defined() {
				t.Errorf("%s = %v without scores", c.Measure.Name, v.X)
			}
		}
		if slices.Contains(Default, c.Measure) || slices.Contains(DefaultWithGiven, c.Measure) != slices.Contains(OfGiven, c.Measure) || !slices.Contains(Measures, c.Measure) {
			t.Errorf("%s stands in the wrong list", c.Measure.Name)
		}
	}
}

// Scores that are our own heat give what our own heat gives.
func TestOwnHeatGiven(t *testing.T) {
	th := decode(t, "cloud.txt", fixtures.Bytes("cloud.txt"))
	scores, err := heat.Scores.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	g := &metrics.Given{Of: map[string]float64{}}
	for i, s := range scores {
		g.Of[th.ID(thread.Index(i))] = s.Value
	}
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{Given: g}), Measures)
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("given-heat-spearman"); math.Abs(v.X-1) > 1e-12 {
		t.Errorf("given-heat-spearman = %v, want 1", v)
	}
	compared := 0
	for _, c := range table.Columns {
		ours, ok := table.Find(c.Measure.Scope, strings.TrimPrefix(c.Measure.Name, "given-"))
		if !strings.HasPrefix(c.Measure.Name, "given-") || !ok || strings.HasSuffix(c.Measure.Name, "-share") || c.Measure.Name == "given-answers-heat" { // their line is another
			continue
		}
		compared++
		for i, v := range metrics.All(c.Values) {
			if w := ours.Values.At(i); v.Defined() != w.Defined() || v.X != w.X {
				t.Errorf("%s[%d] = %v, of our own %v", c.Measure.Name, i, v.X, w.X)
			}
		}
	}
	if compared < 9 {
		t.Errorf("%d measures compared, want at least 9", compared)
	}
}

// checkThread runs every measure twice. Run itself refuses values out of range
// and wrong numbers of them; here, values are finite or have a reason in both
// languages, rest on at least MinN observations, lie in their intervals, and are
// the same to the bit.
func checkThread(t *testing.T, th *thread.Thread) *metrics.Table {
	t.Helper()
	o := metrics.Options{Given: given(th)}
	table, err := metrics.Run(metrics.NewContext(th, o), Measures)
	if err != nil {
		t.Fatal(err)
	}
	again, err := metrics.Run(metrics.NewContext(th, o), Measures)
	if err != nil {
		t.Fatal(err)
	}
	for k, c := range table.Columns {
		for i, v := range metrics.All(c.Values) {
			switch w := again.Columns[k].Values.At(i); {
			case math.Float64bits(v.X) != math.Float64bits(w.X) || v.N != w.N || v.Defined() != w.Defined() || (v.More == nil) != (w.More == nil) || v.More != nil && !cmp.Equal(v.More, w.More):
				t.Errorf("%s[%d] = %v, run again %v", c.Measure.Name, i, v, w)
			case v.N < 0 || v.Defined() && v.N < c.Measure.MinN:
				t.Errorf("%s[%d] = %v of %d observations, want at least %d", c.Measure.Name, i, v.X, v.N, c.Measure.MinN)
			case !v.Defined() && (v.Reason.EN == "" || v.Reason.FR == "" || v.X != 0):
				t.Errorf("%s[%d] is undefined with value %v and reason %q, %q", c.Measure.Name, i, v.X, v.Reason.EN, v.Reason.FR)
			case v.More == nil:
			case v.More.CI != nil && !(v.More.CI[0] <= v.X && v.X <= v.More.CI[1] && v.More.CI[1] <= math.MaxFloat64):
				t.Errorf("%s[%d] = %v is not in its interval %v", c.Measure.Name, i, v.X, *v.More.CI)
			case v.More.P != nil && !(*v.More.P > 0 && *v.More.P <= 1):
				t.Errorf("%s[%d] has p = %v", c.Measure.Name, i, *v.More.P)
			}
		}
	}
	return table
}

// Who the authors are called, and in what order siblings stand in the input,
// changes no value of a thread. Where two trees are equally large, the forest
// frame takes the first, so those are left out; times are all different.
func TestNamesAndOrderDoNotMatter(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		rows := testthread.Shape(testthread.Bushy(30, seed)...)
		for k := range rows {
			rows[k].Author, rows[k].Text = fmt.Sprint("author ", k*k%7), "some words"
		}
		before := checkThread(t, testthread.Build(rows))
		tied := tiedForLargest(before.Context.Thread)
		shuffled := checkThread(t, testthread.BuildShuffled(rows, seed))
		for k := range rows {
			rows[k].Author = "called otherwise, " + rows[k].Author
		}
		renamed := checkThread(t, testthread.Build(rows))
		for k, c := range before.Columns {
			if d := cmp.Diff(maps.Collect(metrics.All(c.Values)), maps.Collect(metrics.All(renamed.Columns[k].Values))); d != "" && c.Measure.Group != "drift" {
				t.Errorf("seed %d: %s, renamed (-before +after):\n%s", seed, c.Measure.Name, d)
			}
			if c.Measure.Scope != metrics.PerThread || tied && c.Measure.Name[:2] == "fo" {
				continue
			}
			v, w := c.Values.At(0), shuffled.Columns[k].Values.At(0)
			if !slices.Contains(byNumber, c.Measure.Name) && (v.Defined() != w.Defined() || math.Abs(v.X-w.X) > 1e-9 || v.N != w.N) {
				t.Errorf("seed %d: %s = %v, shuffled %v", seed, c.Measure.Name, v, w)
			}
		}
	}
}

// byNumber are measures that visit the authors in the order of their numbers.
var byNumber = []string{"modularity", "communities", "rwc", "rwc-least", "rwc-most", "boundary-connectivity", "dipole-moment"}

func tiedForLargest(th *thread.Thread) bool {
	var sizes []int
	for r := range th.Roots() {
		sizes = append(sizes, int(th.End(r)-r))
	}
	slices.Sort(sizes)
	n := len(sizes)
	return n > 1 && sizes[n-1] == sizes[n-2]
}

// A million comments take seconds.
func BenchmarkMillion(b *testing.B) {
	th := fixtures.Build(fixtures.Million(1))
	for _, group := range []string{"shape", "pace", "people", "replygraph", "exchange"} {
		var ms []*metrics.Measure
		for _, m := range Measures {
			if m.Group == group {
				ms = append(ms, m)
			}
		}
		b.Run(group, func(b *testing.B) {
			for b.Loop() {
				if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), ms); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
