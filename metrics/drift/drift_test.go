package drift

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/internal/words"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat"
)

func allOf(t testing.TB, th *thread.Thread) *Distances {
	t.Helper()
	d, err := All.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// numbers are the values as floats, NaN where undefined.
func numbers(vs []metrics.Value) []float64 {
	out := make([]float64, len(vs))
	for i, v := range vs {
		out[i] = v.X
		if !v.Defined() {
			out[i] = math.NaN()
		}
	}
	return out
}

// TestRealPages checks the published values, which have six decimals.
func TestRealPages(t *testing.T) {
	none := math.NaN()
	near := cmp.Options{cmpopts.EquateApprox(0, 5e-7), cmpopts.EquateNaNs()}
	d := allOf(t, seedtest.Load(t, "004"))
	for _, c := range []struct {
		name string
		got  []metrics.Value
		want []float64
	}{
		{"cosine to the article", d.Raw.CosineArticle, []float64{.497998, .737359, .609350, .738309, .422710, .710405, .505851}},
		{"JSD to the article", d.Raw.JSDArticle, []float64{.724408, .542632, .628768, .593144, .736265, .571420, .634091}},
		{"cosine to the parent", d.Raw.CosineParent, []float64{none, none, .643862, .685719, .506739, none, none}},
		{"JSD to the parent", d.Raw.JSDParent, []float64{none, none, .589080, .576187, .689564, none, none}},
		{"cosine to the path", d.Raw.CosinePath, []float64{none, none, .643862, .769375, .530019, none, none}},
	} {
		if diff := cmp.Diff(c.want, numbers(c.got), near); diff != "" {
			t.Errorf("page 004, %s (-want +got):\n%s", c.name, diff)
		}
	}
	t.Logf("004 from article %.3f, parent %.3f, path %.3f, thread %.3f", numbers(d.FromArticle), numbers(d.FromParent), numbers(d.FromPath), numbers(d.FromThread))
	d = allOf(t, seedtest.Load(t, "000"))
	want := []float64{.405327, .652149, .501114, .640732, .329374, .482431, .706277, .543243}
	if diff := cmp.Diff(want, numbers(d.Raw.CosineArticle), near); diff != "" {
		t.Errorf("page 000, cosine to the article (-want +got):\n%s", diff)
	}
	t.Logf("000 from article %.3f, thread %.3f", numbers(d.FromArticle), numbers(d.FromThread))
}

// TestByHand works the numbers of two short texts out on paper. There are N = 2
// documents, the article and the comment; "alpha" is in both (idf 1), "beta" in
// the article only and "gamma" in the comment only (idf ln(3/2) + 1).
func TestByHand(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Article: "Alpha alpha, beta!"})
	b.Add(thread.Comment{ID: "1", Text: "alpha gamma gamma"})
	d := allOf(t, b.Build())
	idf := math.Log(1.5) + 1
	tfidf := 2 / math.Sqrt((4+idf*idf)*(1+4*idf*idf))
	// p = (1/3, 0, 2/3), q = (2/3, 1/3, 0), m = (1/2, 1/6, 1/3)
	jsd := (math.Log2(2.0/3)/3 + 2.0/3 + 2*math.Log2(4.0/3)/3 + 1.0/3) / 2
	for _, c := range []struct {
		name string
		got  metrics.Value
		want float64
	}{
		{"drift", d.FromArticle[0], 1 - tfidf},
		{"cosine", d.Raw.CosineArticle[0], 2.0 / 5},
		{"divergence", d.Raw.JSDArticle[0], jsd},
	} {
		if math.Abs(c.got.X-c.want) > 1e-12 || c.got.N != 3 || !c.got.Defined() {
			t.Errorf("%s = %+v, want %v of 3 words", c.name, c.got, c.want)
		}
	}
}

func TestReasons(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for _, c := range []thread.Comment{
		{ID: "1", Text: "Trois mots suffisent amplement"},
		{ID: "2", Parent: "1", Text: "deux mots"},
		{ID: "3", Parent: "2", Text: "encore quatre mots courts"},
		{ID: "4", Parent: "gone", Text: "parent absent mais texte présent"},
		{ID: "5", Text: ""},
		{ID: "6", Kind: thread.Pingback, Text: "un autre site vous cite longuement"},
		{ID: "7", Parent: "1", Text: "et vous ou nous"},
	} {
		b.Add(c)
	}
	th := b.Build()
	d := allOf(t, th)
	for _, c := range []struct {
		name string
		vs   []metrics.Value
		id   string
		want string // English reason, "" where defined
	}{
		{"article", d.FromArticle, "1", "the article’s text is not in the input"},
		{"article", d.FromArticle, "5", "needs at least 3 words besides function words, has 0"},
		{"article", d.FromArticle, "6", "not a person’s comment"},
		{"article", d.FromArticle, "gone", "the comment itself is not in the input"},
		{"parent", d.FromParent, "1", "it answers no other comment"},
		{"parent", d.FromParent, "2", "needs at least 3 words besides function words, has 2"},
		{"parent", d.FromParent, "3", "the comment it answers has too few words"},
		{"parent", d.FromParent, "4", "the comment it answers has too few words"},
		{"path", d.FromPath, "3", ""},
		{"path", d.FromPath, "4", "the branch above it has too few words"},
		{"path", d.FromPath, "1", "it answers no other comment"},
		{"parent", d.FromParent, "7", "needs at least 3 words besides function words, has 0"},
		{"raw parent", d.Raw.CosineParent, "7", ""},
		{"raw parent", d.Raw.JSDParent, "2", "needs at least 3 words, has 2"},
		{"thread", d.FromThread, "1", ""},
	} {
		i, ok := th.Find(c.id)
		if !ok {
			t.Fatalf("no comment %q", c.id)
		}
		got := ""
		if v := c.vs[i]; !v.Defined() {
			got = v.Reason.EN
			if v.Reason.FR == "" {
				t.Errorf("%s of %q: the reason is not in French", c.name, c.id)
			}
		}
		if got != c.want {
			t.Errorf("%s of %q: reason %q, want %q", c.name, c.id, got, c.want)
		}
	}
}

// randomThread has up to most comments of few different words, so that texts
// overlap, with some unread, some short, and replies anywhere.
func randomThread(rng *rand.Rand, most int) *thread.Thread {
	vocabulary := strings.Fields("alpha beta gamma delta epsilon le vous the dans zeta")
	text := func(n int) string {
		var ws []string
		for range n {
			ws = append(ws, vocabulary[rng.IntN(len(vocabulary))])
		}
		return strings.Join(ws, " ")
	}
	b := thread.NewBuilder(thread.Meta{Article: text(rng.IntN(20))})
	var texts []string
	for i := range rng.IntN(most + 1) {
		c := thread.Comment{ID: fmt.Sprint(i), Author: fmt.Sprint(rng.IntN(3)), Text: text(rng.IntN(14))}
		if len(texts) > 0 && rng.IntN(3) == 0 {
			c.Text = texts[rng.IntN(len(texts))] + " " + text(rng.IntN(4))
		}
		if i > 0 && rng.IntN(2) == 0 {
			c.Parent = fmt.Sprint(rng.IntN(i + 1)) // sometimes itself
		}
		if rng.IntN(12) == 0 {
			c.Kind = thread.Pingback
		}
		texts = append(texts, c.Text)
		b.Add(c)
	}
	return b.Build()
}

// naive compares texts straight from the definitions.
type naive struct {
	docs []map[string]bool
}

func newNaive(th *thread.Thread) *naive {
	n := &naive{}
	add := func(text string) {
		if c := countsOf(text); len(c) > 0 {
			doc := map[string]bool{}
			for w := range c {
				doc[w] = true
			}
			n.docs = append(n.docs, doc)
		}
	}
	add(th.Meta().Article)
	for i := range th.All() {
		if words.Unread(th, i) == nil {
			add(th.Text(i))
		}
	}
	return n
}

func countsOf(texts ...string) map[string]float64 {
	m := map[string]float64{}
	for _, text := range texts {
		for _, k := range words.Tokens(text) {
			m[k.Text]++
		}
	}
	return m
}

func (n *naive) weight(w string) float64 {
	if words.ClassOf(w)&words.Function != 0 {
		return 0
	}
	df := 0
	for _, d := range n.docs {
		if d[w] {
			df++
		}
	}
	return math.Log((1+float64(len(n.docs)))/(1+float64(df))) + 1
}

func naiveCosine(a, b map[string]float64, weight func(string) float64) float64 {
	var dot, a2, b2 float64
	for w, x := range a {
		dot += x * b[w] * weight(w) * weight(w)
		a2 += x * x * weight(w) * weight(w)
	}
	for w, y := range b {
		b2 += y * y * weight(w) * weight(w)
	}
	return dot / math.Sqrt(a2*b2)
}

func gonumJSD(a, b map[string]float64) float64 {
	var p, q []float64
	sa, sb := total(a, nil), total(b, nil)
	for w := range countsUnion(a, b) {
		p, q = append(p, a[w]/sa), append(q, b[w]/sb)
	}
	return stat.JensenShannon(p, q) / math.Ln2
}

func countsUnion(a, b map[string]float64) map[string]bool {
	m := map[string]bool{}
	for w := range a {
		m[w] = true
	}
	for w := range b {
		m[w] = true
	}
	return m
}

func total(m map[string]float64, keep func(string) bool) float64 {
	sum := 0.0
	for w, x := range m {
		if keep == nil || keep(w) {
			sum += x
		}
	}
	return sum
}

// check compares one set of results with the naive ones.
func (n *naive) check(text string, with []string, drift, cosine, jsd *metrics.Value) error {
	a, b := countsOf(text), countsOf(with...)
	content := func(w string) bool { return n.weight(w) > 0 }
	long := total(a, nil) >= MinWords && total(b, nil) >= MinWords
	rich := total(a, content) >= MinWords && total(b, content) >= MinWords
	one := func(string) float64 { return 1 }
	for _, c := range []struct {
		name    string
		got     *metrics.Value
		defined bool
		want    func() float64
	}{
		{"drift", drift, rich, func() float64 { return 1 - naiveCosine(a, b, n.weight) }},
		{"cosine", cosine, long, func() float64 { return naiveCosine(a, b, one) }},
		{"divergence", jsd, long, func() float64 { return gonumJSD(a, b) }},
	} {
		switch {
		case c.got == nil:
		case c.got.Defined() != c.defined:
			return fmt.Errorf("%s of %q and %q: %+v, want defined = %v", c.name, text, with, *c.got, c.defined)
		case c.defined && math.Abs(c.got.X-c.want()) > 1e-9:
			return fmt.Errorf("%s of %q and %q = %v, want %v", c.name, text, with, c.got.X, c.want())
		case c.defined && (c.got.X < 0 || c.got.X > 1):
			return fmt.Errorf("%s = %v is not in [0, 1]", c.name, c.got.X)
		}
	}
	return nil
}

// TestSlowTwin compares every distance with the definitions written out, the
// divergence with gonum's.
func TestSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		th := randomThread(rng, 9)
		d, n := allOf(t, th), newNaive(th)
		texts := func(is ...thread.Index) []string {
			var out []string
			for _, i := range is {
				if words.Unread(th, i) == nil {
					out = append(out, th.Text(i))
				}
			}
			return out
		}
		for i := range th.All() {
			if words.Unread(th, i) != nil {
				continue
			}
			text := th.Text(i)
			errs := []error{n.check(text, []string{th.Meta().Article}, &d.FromArticle[i], &d.Raw.CosineArticle[i], &d.Raw.JSDArticle[i])}
			if p := th.Parent(i); p != thread.NoIndex {
				errs = append(errs,
					n.check(text, texts(p), &d.FromParent[i], &d.Raw.CosineParent[i], &d.Raw.JSDParent[i]),
					n.check(text, texts(slices.Collect(th.Ancestors(i))...), &d.FromPath[i], &d.Raw.CosinePath[i], nil))
			}
			var others []thread.Index
			for j := range th.All() {
				if j != i {
					others = append(others, j)
				}
			}
			errs = append(errs, n.check(text, texts(others...), &d.FromThread[i], nil, nil))
			for _, err := range errs {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// naiveNearest finds the nearest earlier comment with sets and all pairs.
func naiveNearest(th *thread.Thread) []match {
	set := func(i thread.Index) map[[3]string]bool {
		m := map[[3]string]bool{}
		if words.Unread(th, i) == nil {
			ks := words.Tokens(th.Text(i))
			for k := 2; k < len(ks); k++ {
				m[[3]string{ks[k-2].Text, ks[k-1].Text, ks[k].Text}] = true
			}
		}
		return m
	}
	out := make([]match, th.Len())
	var before []thread.Index
	for i := range th.Document() {
		a := set(i)
		m := match{Duplicate: Duplicate{Later: i, Earlier: thread.NoIndex}, shingles: len(a), why: words.Unread(th, i)}
		if m.why == nil {
			m.words = words.Count(th.Text(i))
		}
		for _, j := range before {
			b := set(j)
			if len(b) > 0 {
				m.compared++
			}
			if th.Author(i) != th.Author(j) && slices.Contains(slices.Collect(th.Ancestors(i)), j) {
				continue
			}
			both := 0
			for s := range a {
				if b[s] {
					both++
				}
			}
			if c := float64(both) / float64(len(a)); both > 0 && c > m.Containment {
				m.Earlier, m.Containment, m.SameAuthor = j, c, th.Author(i) == th.Author(j)
				m.Jaccard = float64(both) / float64(len(a)+len(b)-both)
			}
		}
		if m.why != nil {
			m.compared = out[i].compared
		}
		out[i] = m
		before = append(before, i)
	}
	return out
}

func TestDuplicatesSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 600 {
		th := randomThread(rng, 12)
		want, got := naiveNearest(th), nearest(th, maxHolders)
		for i := range want {
			if want[i].why != nil {
				got[i].compared = want[i].compared
			}
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(match{})); diff != "" {
			t.Fatalf("nearest (-want +got):\n%s", diff)
		}
		// With few holders looked at, a nearer comment may be missed, but what is
		// found is true where it was counted again, and never too much.
		for i, m := range nearest(th, 1) {
			if m.Containment > want[i].Containment {
				t.Fatalf("comment %d: containment %v with one holder, %v with all", i, m.Containment, want[i].Containment)
			}
		}
	}
}

// TestRepost checks the published numbers of the rewritten comment, and that no
// other pair comes near.
func TestRepost(t *testing.T) {
	th := seedtest.Load(t, "004")
	c := metrics.NewContext(th, metrics.Options{})
	found, err := NearDuplicates.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 {
		t.Fatalf("near-duplicates of page 004 = %+v, want one", found)
	}
	f := found[0]
	if th.ID(f.Later) != "3" || th.ID(f.Earlier) != "2" || !f.SameAuthor {
		t.Errorf("the pair is %q and %q (same author: %v), want 3 and 2", th.ID(f.Later), th.ID(f.Earlier), f.SameAuthor)
	}
	if math.Abs(f.Jaccard-111.0/835) > 1e-12 || math.Abs(f.Containment-.297587) > 5e-7 {
		t.Errorf("Jaccard %v and containment %v, want 111/835 and .297587", f.Jaccard, f.Containment)
	}
	best := 0.0
	for i := range th.All() {
		for j := range i {
			a, _ := shingles(th.Text(i))
			b, _ := shingles(th.Text(j))
			n := 0
			for _, h := range a {
				if _, in := slices.BinarySearch(b, h); in {
					n++
				}
			}
			if x := float64(n) / float64(len(a)+len(b)-n); i != f.Later || j != f.Earlier {
				best = max(best, x)
			}
		}
	}
	if math.Abs(best-.004386) > 5e-7 {
		t.Errorf("the next best pair has a Jaccard of %.6f, want .004386", best)
	}
	found, err = NearDuplicates.Of(metrics.NewContext(seedtest.Load(t, "000"), metrics.Options{}))
	if err != nil || len(found) != 0 {
		t.Errorf("near-duplicates of page 000 = %+v, %v, want none", found, err)
	}
}

func TestQuotingIsNoRepeat(t *testing.T) {
	long := "un deux trois quatre cinq six sept huit neuf dix onze douze"
	b := thread.NewBuilder(thread.Meta{})
	b.Add(thread.Comment{ID: "1", Author: "Ada", Text: long})
	b.Add(thread.Comment{ID: "2", Parent: "1", Author: "Bob", Text: long + " : non"})
	b.Add(thread.Comment{ID: "3", Parent: "1", Author: "Ada", Text: long + " encore"})
	th := b.Build()
	found, err := NearDuplicates.Of(metrics.NewContext(th, metrics.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	// Bob quotes; Ada says it again, and the first to say so was Ada.
	want := []Duplicate{{Later: 2, Earlier: 0, Jaccard: 10.0 / 11, Containment: 10.0 / 11, SameAuthor: true}}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("NearDuplicates (-want +got):\n%s", diff)
	}
}

func TestMeasures(t *testing.T) {
	if err := metrics.Validate(Measures); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(9, 10))
	for range 100 {
		th := randomThread(rng, 6)
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures)
		if err != nil {
			t.Fatal(err)
		}
		again, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures)
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range table.Columns {
			if diff := cmp.Diff(maps.Collect(metrics.All(c.Values)), maps.Collect(metrics.All(again.Columns[k].Values))); diff != "" {
				t.Fatalf("%s differs between runs:\n%s", c.Measure.Name, diff)
			}
			for i, v := range metrics.All(c.Values) {
				if !v.Defined() && (v.Reason.EN == "" || v.Reason.FR == "") {
					t.Errorf("%s[%d] is undefined without a reason", c.Measure.Name, i)
				}
			}
		}
	}
}

func TestMeanAndCount(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Article: "alpha beta gamma"})
	b.Add(thread.Comment{ID: "1", Text: "alpha beta gamma"})
	b.Add(thread.Comment{ID: "2", Text: "delta epsilon zeta"})
	b.Add(thread.Comment{ID: "3", Text: "eta"})
	b.Add(thread.Comment{ID: "4", Text: "un deux trois quatre cinq six sept huit neuf dix"})
	b.Add(thread.Comment{ID: "5", Text: "un deux trois quatre cinq six sept huit neuf dix onze"})
	table, err := metrics.Run(metrics.NewContext(b.Build(), metrics.Options{}), Measures)
	if err != nil {
		t.Fatal(err)
	}
	// The distances are 0, 1, too short, 1 and 1.
	if v := table.Value("drift-mean"); math.Abs(v.X-0.75) > 1e-12 || v.N != 4 {
		t.Errorf("drift-mean = %+v, want 0.75 of 4", v)
	}
	if v := table.Value("near-duplicates"); v.X != 1 || v.N != 2 {
		t.Errorf("near-duplicates = %+v, want 1 of 2", v)
	}
	col, _ := table.Find(metrics.PerComment, "near-duplicate")
	if v := col.Values.At(4); math.Abs(v.X-8.0/9) > 1e-12 {
		t.Errorf("near-duplicate of the last = %+v, want 8/9", v)
	}
	if v := col.Values.At(0); v.Defined() {
		t.Errorf("near-duplicate of the first = %+v, want undefined", v)
	}
}

// TestHostile checks that the work stays linear where a square would take hours.
func TestHostile(t *testing.T) {
	build := func(n int, article string, f func(i int) thread.Comment) *thread.Thread {
		b := thread.NewBuilder(thread.Meta{Article: article})
		for i := range n {
			c := f(i)
			c.ID = fmt.Sprint(i)
			b.Add(c)
		}
		return b.Build()
	}
	var many strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&many, "mot%d ", i)
	}
	const n = 20_000
	for name, th := range map[string]*thread.Thread{
		"a long chain": build(n, "court article connu", func(i int) thread.Comment {
			return thread.Comment{Parent: fmt.Sprint(i - 1), Text: fmt.Sprintf("mot%d mot%d mot%d suite", i, i+1, i+2)}
		}),
		"a megabyte answered by many": build(n, many.String(), func(i int) thread.Comment {
			if i == 0 {
				return thread.Comment{Text: many.String()}
			}
			return thread.Comment{Parent: "0", Text: "mot1 mot2 mot3 mot4"}
		}),
		"one text many times": build(n, "", func(int) thread.Comment {
			return thread.Comment{Text: "un deux trois quatre cinq six sept huit neuf dix"}
		}),
		"one word a million times": build(1, strings.Repeat("mot ", 1000), func(int) thread.Comment {
			return thread.Comment{Text: strings.Repeat("mot ", 1_000_000)}
		}),
		"odd characters": build(3, "\xff\xfe \u202e \u200b", func(i int) thread.Comment {
			return thread.Comment{Text: strings.Repeat("a\u200bb\u202e世\x00 ", 1000*i)}
		}),
	} {
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if v := table.Value("near-duplicates"); name == "one text many times" && v.X != n-1 {
			t.Errorf("%s: near-duplicates = %+v, want %d", name, v, n-1)
		}
	}
}

func FuzzPair(f *testing.F) {
	f.Add("alpha beta gamma", "alpha gamma delta")
	f.Add("", "a b c")
	f.Add("le la les", "the a an")
	f.Add("\xff\xfea b c", "a\u200bb c")
	f.Fuzz(func(t *testing.T, a, b string) {
		builder := thread.NewBuilder(thread.Meta{Article: b})
		builder.Add(thread.Comment{ID: "1", Text: b})
		builder.Add(thread.Comment{ID: "2", Parent: "1", Text: a})
		th := builder.Build()
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures)
		if err != nil {
			t.Fatal(err)
		}
		d := allOf(t, th)
		n := newNaive(th)
		if err := n.check(th.Text(1), []string{th.Text(0)}, &d.FromParent[1], &d.Raw.CosineParent[1], &d.Raw.JSDParent[1]); err != nil {
			t.Error(err)
		}
		if col, _ := table.Find(metrics.PerComment, "near-duplicate"); col.Values.Len() != 2 {
			t.Errorf("near-duplicate has %d values", col.Values.Len())
		}
	})
}

func BenchmarkAll(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	builder := thread.NewBuilder(thread.Meta{Article: "le nuage et la turbine"})
	const n = 10_000
	for i := range n {
		var text strings.Builder
		for range 50 {
			fmt.Fprintf(&text, "mot%d ", int(math.Exp(rng.Float64()*9)))
		}
		builder.Add(thread.Comment{ID: fmt.Sprint(i), Parent: fmt.Sprint(rng.IntN(i + 1)), Text: text.String()})
	}
	th := builder.Build()
	for b.Loop() {
		if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*n/b.Elapsed().Seconds(), "comments/s")
}
