package keyness

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words/seedtest"
)

// TestPublished checks the values of ConvoKit's implementation.
func TestPublished(t *testing.T) {
	a, b := Bag{"a": 10, "b": 5, "c": 1}, Bag{"a": 2, "b": 6, "c": 4}
	want := map[string]float64{"a": 1.810682, "b": -.738799, "c": -1.155618}
	got := terms(a, b, nil)
	for _, term := range got {
		if math.Abs(term.Z-want[term.Text]) > 5e-7 {
			t.Errorf("z of %s = %.6f, want %.6f", term.Text, term.Z, want[term.Text])
		}
	}
	if len(got) != 3 || got[0].Text != "a" || got[2].Text != "c" {
		t.Errorf("terms %v, want a, b, c", got)
	}
	if diff := cmp.Diff(got, terms(a, b, Bag{"a": 12, "b": 11, "c": 5})); diff != "" {
		t.Errorf("the pooled prior given (-none +given):\n%s", diff)
	}
}

// TestRealPage checks the published values of the two people of page 004: none of
// their words passes the line.
func TestRealPage(t *testing.T) {
	th := seedtest.Load(t, "004")
	s, q := Bag{}, Bag{}
	for i := range th.All() {
		if th.AuthorName(th.Author(i)) == "Sansillusions" {
			s.Add(th.Text(i))
		} else {
			q.Add(th.Text(i))
		}
	}
	r := Compare(s, q, nil)
	if r.Totals != [2]int{1275, 381} || len(r.Terms) != 660 {
		t.Errorf("%v words, %d different; want 1275, 381 and 660", r.Totals, len(r.Terms))
	}
	n := len(r.Terms)
	for _, c := range []struct {
		got  Term
		text string
		z    float64
	}{
		{r.Terms[n-1], "nous", -1.8984}, {r.Terms[n-2], "production", -1.7303}, {r.Terms[n-3], "bien", -1.5241},
		{r.Terms[0], "à", .9650}, {r.Terms[1], "avec", .9379},
	} {
		if c.got.Text != c.text || math.Abs(c.got.Z-c.z) > 5e-5 {
			t.Errorf("%s %.4f, want %s %.4f", c.got.Text, c.got.Z, c.text, c.z)
		}
	}
	if a, b := r.Significant(); len(a)+len(b) > 0 {
		t.Errorf("significant terms %v and %v, want none", a, b)
	}
}

// TestDefinition works the definition out word by word; what one side gains the
// other loses.
func TestDefinition(t *testing.T) {
	a, b := Bag{}, Bag{}
	a.Add(strings.Repeat("the bridge is closed and the canal is full ", 36))
	b.Add(strings.Repeat("the bakery is open, soup is hot, come ", 32))
	r, back := Compare(a, b, nil), Compare(b, a, nil)
	z := map[string]float64{}
	for _, x := range back.Terms {
		z[x.Text] = x.Z
	}
	n, m := 324., 256.
	for _, x := range r.Terms {
		y1, y2 := float64(a[x.Text]), float64(b[x.Text])
		alpha, all := y1+y2, n+m
		delta := math.Log((y1+alpha)/(n+all-y1-alpha)) - math.Log((y2+alpha)/(m+all-y2-alpha))
		if math.Abs(x.Delta-delta) > 1e-12 || math.Abs(x.Z+z[x.Text]) > 1e-12 {
			t.Errorf("%s: δ %v, want %v; z %v and %v the other way round", x.Text, x.Delta, delta, x.Z, z[x.Text])
		}
	}
	ofA, ofB := r.Significant()
	if len(ofA) == 0 || len(ofB) == 0 || !slices.ContainsFunc(ofB, func(x Term) bool { return x.Text == "soup" }) || ofA[0].Z < ofA[len(ofA)-1].Z {
		t.Errorf("significant %v and %v; want words of either, soup among them", ofA, ofB)
	}
}

func TestTooFew(t *testing.T) {
	long := Bag{"a": 50, "b": 3}
	for name, c := range map[string][2]Bag{"nothing": {nil, nil}, "one side": {long, nil}, "few": {long, {"a": 19}}} {
		if r := Compare(c[0], c[1], nil); r.Reason == nil || len(r.Terms) > 0 {
			t.Errorf("%s: %v, want a reason", name, r)
		}
	}
	// All the words there are.
	if r := Compare(Bag{"a": 50}, Bag{"a": 50}, nil); r.Reason != nil || r.Terms[0].Z != 0 {
		t.Errorf("one word only: %+v, want z = 0", r)
	}
	if r := Compare(long, long, Bag{"a": 1}); r.Reason != nil || r.Terms[1].Z != 0 {
		t.Errorf("a word without a prior: %+v, want z = 0", r)
	}
}

func TestFacts(t *testing.T) {
	c := metrics.NewContext(testthread.Build([]testthread.Row{
		{Parent: -1, Author: "Ann", Text: strings.Repeat("the bridge is closed ", 10)},
		{Parent: 0, Author: "Bob", Text: strings.Repeat("the soup is hot ", 10)},
		{Parent: 1, Author: "Ann", Text: "You idiot! You are a stupid liar, shut up!!! " + strings.Repeat("idiot ", 20)},
	}), metrics.Options{})
	sides, err := Sides.Of(c)
	if err != nil || sides.Reason != nil || c.Thread.AuthorName(sides.A) != "Ann" || sides.Totals != [2]int{69, 40} {
		t.Errorf("sides: %+v, %v; want Ann's 69 words and Bob's 40", sides, err)
	}
	heats, err := HotAndCool.Of(c)
	if err != nil || heats.Totals != [2]int{29, 80} || heats.Terms[0].Text != "idiot" {
		t.Errorf("hot and cool: %+v, %v; want 29 and 80 words, idiot first", heats, err)
	}
	none := metrics.NewContext(testthread.Build(nil), metrics.Options{})
	if s, err := Sides.Of(none); err != nil || s.Reason == nil {
		t.Errorf("sides of nothing: %+v, %v", s, err)
	}
	if h, err := HotAndCool.Of(none); err != nil || h.Reason == nil {
		t.Errorf("hot and cool of nothing: %+v, %v", h, err)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("the bridge is closed", "the soup is hot")
	f.Add("\xff", "")
	f.Fuzz(func(t *testing.T, s, u string) {
		a, b := Bag{}, Bag{}
		a.Add(s)
		b.Add(u)
		last := math.Inf(1)
		for _, x := range terms(a, b, nil) {
			if math.IsNaN(x.Z) || math.IsInf(x.Z, 0) || x.Z > last {
				t.Fatalf("z = %v after %v", x.Z, last)
			}
			last = x.Z
		}
	})
}
