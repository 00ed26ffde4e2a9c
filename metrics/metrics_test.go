package metrics

import (
	"errors"
	"maps"
	"math"
	"strings"
	"testing"
	"time"

	"threadheat/thread"
)

func someThread(comments ...thread.Comment) *Context {
	b := thread.NewBuilder(thread.Meta{})
	for _, c := range comments {
		b.Add(c)
	}
	return NewContext(b.Build(), Options{})
}

func constant(scope Scope, r Range, vs ...Value) *Measure {
	return &Measure{Name: "m", Scope: scope, Range: r, Run: func(*Context) (Values, error) { return List(vs), nil }}
}

func TestFactIsComputedOncePerContext(t *testing.T) {
	times := 0
	boom := errors.New("boom")
	f := &Fact[int]{Name: "f", Compute: func(*Context) (int, error) {
		times++
		return 7, boom
	}}
	c := someThread()
	for range 3 {
		if v, err := f.Of(c); v != 7 || err != boom {
			t.Errorf("Of = %v, %v, want 7, boom", v, err)
		}
	}
	if times != 1 {
		t.Errorf("computed %d times for one context, want once", times)
	}
	f.Of(someThread())
	if times != 2 {
		t.Errorf("computed %d times for two contexts, want twice", times)
	}
}

func TestFactThatAsksForItselfPanicsWithTheChain(t *testing.T) {
	var first, second *Fact[int]
	first = &Fact[int]{Name: "first", Compute: func(c *Context) (int, error) { return second.Of(c) }}
	second = &Fact[int]{Name: "second", Compute: func(c *Context) (int, error) { return first.Of(c) }}
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, "first → second → first") {
			t.Errorf("panic %q, want the chain first → second → first", got)
		}
	}()
	first.Of(someThread())
}

func TestRunRefuses(t *testing.T) {
	two := []thread.Comment{{ID: "a", Author: "Ada"}, {ID: "b", Author: "Bob"}}
	boom := errors.New("boom")
	for _, tt := range []struct {
		name string
		m    *Measure
		want string // "" for no error
	}{
		{"a value in range", constant(PerThread, Fraction, Of(1, 1)), ""},
		{"a value above", constant(PerThread, Fraction, Of(1.5, 1)), "outside"},
		{"a value below", constant(PerComment, NonNegative, Of(1, 1), Of(-1, 1)), "value 1 is -1"},
		{"NaN made by hand", constant(PerThread, AnyNumber, Value{X: math.NaN()}), "outside"},
		{"an undefined value out of range", constant(PerThread, Range{5, 6}, Undefined(0, notFinite)), ""},
		{"two values for a thread", constant(PerThread, Fraction, Of(1, 1), Of(1, 1)), "2 values for 1"},
		{"one value for two comments", constant(PerComment, Fraction, Of(1, 1)), "1 values for 2"},
		{"one value for two authors", constant(PerAuthor, Fraction, Of(1, 1)), "1 values for 2"},
		{"any number of pairs", constant(PerPair, Fraction, Of(1, 1), Of(1, 1), Of(1, 1)), ""},
		{"its own error", &Measure{Name: "m", Run: func(*Context) (Values, error) { return nil, boom }}, "measure m: boom"},
	} {
		_, err := Run(someThread(two...), []*Measure{tt.m})
		if got := ""; err != nil {
			got = err.Error()
			if tt.want == "" || !strings.Contains(got, tt.want) {
				t.Errorf("%s: error %q, want %q", tt.name, got, tt.want)
			}
		} else if tt.want != "" {
			t.Errorf("%s: no error, want %q", tt.name, tt.want)
		}
	}
}

// What a thread lacks makes a measure undefined for each thing it would give a
// value to, without asking it.
func TestNeeds(t *testing.T) {
	at := thread.Local(time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC), thread.Minute)
	day := thread.Local(time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC), thread.Day)
	for _, tt := range []struct {
		name     string
		needs    Needs
		comments []thread.Comment
		met      bool
	}{
		{"nothing", 0, nil, true},
		{"a time", NeedTimes, []thread.Comment{{}, {Time: at}}, true},
		{"a time, has a day", NeedTimes, []thread.Comment{{Time: day}}, false},
		{"a text", NeedText, []thread.Comment{{Text: "x"}}, true},
		{"a text, has none", NeedText, []thread.Comment{{}}, false},
		{"a reply", NeedReplies, []thread.Comment{{ID: "a"}, {Parent: "a"}}, true},
		{"a reply, has none", NeedReplies, []thread.Comment{{ID: "a"}, {ID: "b"}}, false},
		{"an author", NeedAuthors, []thread.Comment{{Author: "Ada"}}, true},
		{"an author, all unknown", NeedAuthors, []thread.Comment{{}, {}}, false},
		{"an article", NeedArticle, []thread.Comment{{Text: "x"}}, false},
		{"a text and a time, has a text", NeedText | NeedTimes, []thread.Comment{{Text: "x"}}, false},
		{"a text, no comments", NeedText, nil, false},
	} {
		for _, scope := range []Scope{PerThread, PerComment, PerAuthor} {
			asked := false
			c := someThread(tt.comments...)
			n, _ := wantValues(c, scope)
			m := &Measure{Name: "m", Scope: scope, Range: Fraction, Needs: tt.needs, Run: func(*Context) (Values, error) {
				asked = true
				return make(List, n), nil
			}}
			table, err := Run(c, []*Measure{m})
			if err != nil {
				t.Fatal(err)
			}
			if asked != tt.met {
				t.Errorf("needs %s, per %s: asked %v, want %v", tt.name, scope, asked, tt.met)
			}
			for _, v := range All(table.Columns[0].Values) {
				if v.Defined() != tt.met || !tt.met && (v.Reason.EN == "" || v.Reason.FR == "") {
					t.Errorf("needs %s, per %s: defined %v, reason %v, want %v with a reason in both languages", tt.name, scope, v.Defined(), v.Reason, tt.met)
				}
			}
			if got := table.Columns[0].Values.Len(); got != n {
				t.Errorf("needs %s, per %s: %d values, want %d", tt.name, scope, got, n)
			}
		}
	}
}

func TestValues(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if v := Of(x, 3); v.Defined() || v.X != 0 || v.N != 3 {
			t.Errorf("Of(%v, 3) = %v, want undefined with N 3", x, v)
		}
	}
	if v := Of(2.5, 3); !v.Defined() || v.X != 2.5 || v.N != 3 {
		t.Errorf("Of(2.5, 3) = %v", v)
	}
	v := TooFew(6, 20, TimedComments)
	if got, want := v.Reason.In(English), "needs at least 20 timed comments, has 6"; v.Defined() || got != want {
		t.Errorf("TooFew says %q, want %q", got, want)
	}
	if got, want := v.Reason.In(French), "demande au moins 20 commentaires datés, il y en a 6"; got != want {
		t.Errorf("TooFew says %q, want %q", got, want)
	}
	if got := (Text{EN: "only English"}).In(French); got != "only English" {
		t.Errorf("In(French) = %q, want the English where there is no French", got)
	}
}

func TestEach(t *testing.T) {
	asked := 0
	vs := Each(3, func(i int) Value {
		asked++
		return Of(float64(i*i), 1)
	})
	if asked > 0 {
		t.Errorf("Each asked for %d values before anybody did", asked)
	}
	want := map[int]Value{0: Of(0, 1), 1: Of(1, 1), 2: Of(4, 1)}
	for range 2 {
		if got := maps.Collect(All(vs)); !maps.Equal(got, want) {
			t.Errorf("All(Each) = %v, want %v", got, want)
		}
	}
	for i := range All(vs) {
		if i == 1 {
			break
		}
	}
	if asked != 3+3+2 {
		t.Errorf("asked for %d values, want 8", asked)
	}
}

func TestSpread(t *testing.T) {
	none := Undefined(0, &Text{EN: "why"})
	for _, tt := range []struct {
		name string
		vs   List
		want [4]float64 // least, median, greatest, how many
	}{
		{"none", nil, [4]float64{}},
		{"all undefined", List{none, none}, [4]float64{}},
		{"one", List{none, Of(-2, 1)}, [4]float64{-2, -2, -2, 1}},
		{"even", List{Of(4, 1), none, Of(1, 1), Of(2, 1), Of(9, 1)}, [4]float64{1, 3, 9, 4}},
	} {
		least, median, greatest, n := Spread(tt.vs)
		if got := [4]float64{least, median, greatest, float64(n)}; got != tt.want {
			t.Errorf("%s: Spread() = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestTooFew(t *testing.T) {
	for _, tt := range []struct {
		n, need int
		en, fr  string
	}{
		{6, 20, "needs at least 20 timed comments, has 6", "demande au moins 20 commentaires datés, il y en a 6"},
		{0, 1, "needs timed comments, has none", "demande des commentaires datés, il n’y en a pas"},
	} {
		if v := TooFew(tt.n, tt.need, TimedComments); v.N != tt.n || v.Reason.EN != tt.en || v.Reason.FR != tt.fr {
			t.Errorf("TooFew(%d, %d) = %d, %q, %q, want %q, %q", tt.n, tt.need, v.N, v.Reason.EN, v.Reason.FR, tt.en, tt.fr)
		}
	}
}

func TestTableValue(t *testing.T) {
	table, err := Run(someThread(), []*Measure{constant(PerThread, Fraction, Of(.5, 2))})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Value("m"); v.X != .5 {
		t.Errorf("Value(m) = %v, want .5", v)
	}
	if v := table.Value("other"); v.Defined() {
		t.Errorf("Value(other) = %v, want undefined", v)
	}
	if _, ok := table.Find(PerPair, "m"); ok {
		t.Error("Find(PerPair, m) finds the measure of another scope")
	}
}

func TestValidate(t *testing.T) {
	whole := Measure{
		Name: "a-name-2", Group: "g", Title: Text{"t", "t"}, Doc: Text{"d", "d"}, Math: "n", Unit: Count, Range: Fraction,
		Source: []Citation{{}}, Interval: Counted, Run: func(*Context) (Values, error) { return nil, nil },
	}
	if err := Validate([]*Measure{&whole}); err != nil {
		t.Errorf("a whole measure: %v", err)
	}
	other := whole
	other.Scope = PerPair
	if err := Validate([]*Measure{&whole, &other}); err != nil {
		t.Errorf("one name in two scopes: %v", err)
	}
	if err := Validate([]*Measure{&whole, &whole}); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("one name twice: %v, want an error", err)
	}
	for what, spoil := range map[string]func(*Measure){
		"the name":   func(m *Measure) { m.Name = "A name" },
		"no group":   func(m *Measure) { m.Group = "" },
		"no title":   func(m *Measure) { m.Title.FR = "" },
		"no doc":     func(m *Measure) { m.Doc.FR = "" },
		"no formula": func(m *Measure) { m.Math = "" },
		"no unit":    func(m *Measure) { m.Unit = "" },
		"no range":   func(m *Measure) { m.Range = Range{} },
		"no source":  func(m *Measure) { m.Source = nil },
		"run":        func(m *Measure) { m.Run = nil },
		"interval":   func(m *Measure) { m.Interval = nil },
		"its interval": func(m *Measure) {
			m.Interval = &Interval{None: Text{"why", "pourquoi"}, Sample: func(*Context) (*Sample, error) { return nil, nil }}
		},
		"in French": func(m *Measure) { m.Interval = &Interval{None: Text{EN: "why"}} },
	} {
		m := whole
		spoil(&m)
		if err := Validate([]*Measure{&m}); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s is missing: %v, want an error that says so", what, err)
		}
	}
}

func TestInWords(t *testing.T) {
	m := Measure{Math: "n words", MathFR: "n mots"}
	if en, fr := m.Formula(English), m.Formula(French); en != "n words" || fr != "n mots" {
		t.Errorf("Formula = %q and %q", en, fr)
	}
	if m.MathFR = ""; m.Formula(French) != "n words" {
		t.Errorf("Formula without words of its own = %q in French", m.Formula(French))
	}
	if got, want := strings.Join((NeedTimes|NeedReplies|NeedArticle).In(English), "; "), "times to the minute; replies; the article’s text"; got != want {
		t.Errorf("Needs.In = %q, want %q", got, want)
	}
	if got := Needs(0).In(French); got != nil {
		t.Errorf("Needs.In of nothing = %q", got)
	}
	c := Citation{Authors: "Somebody", Title: "Something", Venue: "Somewhere", Year: 1999}
	if c.In(French) != c.String() || Own.In(French) == Own.In(English) || strings.Contains(Own.In(French), "given") {
		t.Errorf("Citation.In = %q and %q", c.In(French), Own.In(French))
	}
}

func TestCitationString(t *testing.T) {
	c := Citation{Authors: "A, B", Title: "On trees", Venue: "Journal 1", Year: 2000, DOI: "10.1/x", Where: "eq. 2"}
	if got, want := c.String(), "A, B (2000). On trees. Journal 1, eq. 2. doi:10.1/x"; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
}

func TestSpoken(t *testing.T) {
	for _, tt := range []struct {
		c    thread.Comment
		want bool
	}{
		{thread.Comment{}, true},
		{thread.Comment{Kind: thread.Post}, true},
		{thread.Comment{State: thread.Deleted}, true},
		{thread.Comment{State: thread.Missing}, false},
		{thread.Comment{Kind: thread.Pingback}, false},
		{thread.Comment{Kind: thread.Trackback}, false},
		{thread.Comment{Kind: thread.System}, false},
	} {
		if got := Spoken(someThread(tt.c).Thread, 0); got != tt.want {
			t.Errorf("Spoken of a %s that is %s = %v, want %v", tt.c.Kind, tt.c.State, got, tt.want)
		}
	}
}

// Of four tests with p = 0.01, 0.02, 0.02 and 0.5, the q-values by hand: the first
// three are min(0.04, 0.08/3) = 0.08/3, since the third is the third smallest.
func TestCorrected(t *testing.T) {
	with := func(p float64) Value { return Of(.5, 2).With(func(more *More) { more.P = &p }) }
	c := someThread(thread.Comment{ID: "a"}, thread.Comment{ID: "b"})
	table, err := Run(c, []*Measure{
		constant(PerThread, Fraction, with(0.02).With(func(more *More) { more.Null = &NullTest{P: 0.5} })),
		constant(PerComment, Fraction, with(0.02), with(0.01)),
		constant(PerThread, Fraction, Of(.5, 2).With(func(more *More) { more.Null = &NullTest{Reason: notFinite} })),
	})
	if err != nil {
		t.Fatal(err)
	}
	got := Corrected(table)
	for _, v := range []Value{got.Columns[0].Values.At(0), got.Columns[1].Values.At(0), got.Columns[1].Values.At(1)} {
		if v.More.Q == nil || math.Abs(*v.More.Q-0.08/3) > 1e-15 {
			t.Errorf("p = %v has q = %v, want 0.08/3", *v.More.P, v.More.Q)
		}
	}
	if q := got.Columns[0].Values.At(0).More.Null.Q; q != 0.5 {
		t.Errorf("by chance p = 0.5 has q = %v, want 0.5", q)
	}
	if got.Columns[2].Values.At(0).More.Null.Q != 0 || table.Columns[0].Values.At(0).More.Q != nil || table.Columns[0].Values.At(0).More.Null.Q != 0 {
		t.Error("what is no test has a q, or the table given was changed")
	}
}
