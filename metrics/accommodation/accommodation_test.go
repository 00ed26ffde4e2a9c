package accommodation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/metrics/intervals"
	"threadheat/thread"
)

func TestMeasuresAreDescribed(t *testing.T) {
	if err := metrics.Validate(Measures); err != nil {
		t.Error(err)
	}
}

// dialogue makes comments of Ann, each answered by Bob.
func dialogue(said ...[2]string) *thread.Thread {
	rows := []testthread.Row{{Parent: -1, Author: "Cyd", Text: "This is the thread and we talk about it in English."}}
	for _, s := range said {
		rows = append(rows, testthread.Row{Parent: 0, Author: "Ann", Text: s[0]}, testthread.Row{Parent: len(rows), Author: "Bob", Text: s[1]})
	}
	return testthread.Build(rows)
}

// TestByHand: Bob answers six times. Of the four comments of Ann with a negation,
// three are answered with one; of the six replies, three have one. Articles stand in
// two comments of Ann only, too few. The coordination is 3/4 − 3/6.
func TestByHand(t *testing.T) {
	th := dialogue(
		[2]string{"never bridge", "never soup"},
		[2]string{"never canal", "not soup"},
		[2]string{"not canal", "never bakery"},
		[2]string{"nothing", "soup"},
		[2]string{"the canal", "soup"},
		[2]string{"a canal", "bakery"},
	)
	c := metrics.NewContext(th, metrics.Options{})
	pairs, err := Pairs.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	ann, _ := th.FindAuthor("Ann")
	bob, _ := th.FindAuthor("Bob")
	p := find(pairs, bob, ann)
	if p == nil || p.Replies() != 6 {
		t.Fatalf("Bob answers Ann: %+v, want 6 replies", p)
	}
	for m := range NumClasses {
		x, ok := p.Of(m)
		if want := m == Negations; ok != want || ok && x != .25 {
			t.Errorf("coordination in %s = %v, %v; want .25 for negations alone", m, x, ok)
		}
	}
	table, err := metrics.Run(c, Measures)
	if err != nil {
		t.Fatal(err)
	}
	// Ann's six comments answer Cyd, whose one comment has every class that she heard:
	// each reply has a class as often as any, 0.
	if v := table.Value("coordination"); math.Abs(v.X-.125) > 1e-12 || v.N != 12 || v.More == nil || v.More.P == nil || *v.More.P <= 0 || *v.More.P > 1 {
		t.Errorf("coordination = %+v, want the mean of .25 and 0, of 12", v)
	}
	exchanges, err := exchange.Pairs.Of(c)
	if err != nil {
		t.Fatal(err)
	}
	for k, e := range exchanges {
		a, _ := table.Find(metrics.PerPair, "coordination-a")
		b, _ := table.Find(metrics.PerPair, "coordination-b")
		if e.A == ann && e.B == bob && (a.Values.At(k).Defined() || b.Values.At(k).X != .25) {
			t.Errorf("pair of Ann and Bob: %+v and %+v, want none and .25", a.Values.At(k), b.Values.At(k))
		}
	}
}

// slowMean works coordination out from its definition, by conditional frequencies
// over lists of words.
func slowMean(t *thread.Thread) (float64, int) {
	has := func(i thread.Index, m Class) bool {
		for _, w := range words.Tokens(t.Text(i)) {
			for f := range strings.FieldsSeq(lists["en"][m]) {
				if f == w.Text {
					return true
				}
			}
		}
		return false
	}
	sum, speakers, replies := 0.0, 0, 0
	for b := range t.Authors() {
		var mine []thread.Index
		for i := range t.All() {
			p := t.Parent(i)
			if int(t.Author(i)) == b && p != thread.NoIndex && t.Author(p) != t.Author(i) && t.Text(i) != "" && t.Text(p) != "" {
				mine = append(mine, i)
			}
		}
		replies += len(mine)
		of, classes := 0.0, 0
		for m := range NumClasses {
			heard, both, said := 0.0, 0.0, 0.0
			for _, i := range mine {
				if has(i, m) {
					said++
				}
				if has(t.Parent(i), m) {
					heard++
					if has(i, m) {
						both++
					}
				}
			}
			if heard >= 3 {
				of, classes = of+both/heard-said/float64(len(mine)), classes+1
			}
		}
		if classes > 0 {
			sum, speakers = sum+of/float64(classes), speakers+1
		}
	}
	return sum / float64(speakers), replies
}

func randomTalk(rng *rand.Rand, n int, follow float64) *thread.Thread {
	vocabulary := []string{"the", "she", "under", "because", "never", "several", "must", "often", "bridge", "canal"}
	rows := make([]testthread.Row, n)
	for k := range rows {
		parent := rng.IntN(k+1) - 1
		var text []string
		for range 1 + rng.IntN(4) {
			text = append(text, vocabulary[rng.IntN(len(vocabulary))])
		}
		if parent >= 0 && rng.Float64() < follow {
			text = strings.Fields(rows[parent].Text)
		}
		rows[k] = testthread.Row{Parent: parent, Author: string(rune('a' + rng.IntN(4))), Text: strings.Join(text, " ")}
	}
	return testthread.Build(rows)
}

func TestSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 200 {
		th := randomTalk(rng, 40, .3)
		want, n := slowMean(th)
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), []*metrics.Measure{Mean})
		if err != nil {
			t.Fatal(err)
		}
		if v := table.Value("coordination"); v.N != n || v.Defined() && math.Abs(v.X-want) > 1e-12 || !v.Defined() && !math.IsNaN(want) {
			t.Fatalf("coordination = %+v, want %v of %d", v, want, n)
		}
	}
}

// Where people take over all that they answer, p is small and the interval lies above
// 0; where they take over nothing, p is small in about one thread of twenty.
func TestChance(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	table, err := metrics.Run(metrics.NewContext(randomTalk(rng, 200, .5), metrics.Options{}), []*metrics.Measure{Mean})
	if err != nil {
		t.Fatal(err)
	}
	if table, err = intervals.Beside(table); err != nil {
		t.Fatal(err)
	}
	if v := table.Value("coordination"); v.X < .1 || *v.More.P > .01 || v.More.CI == nil || v.More.CI[0] <= 0 {
		t.Errorf("taking over half of all: %+v with %+v, want above 0", v, v.More)
	}
	small := 0
	for range 100 {
		table, err := metrics.Run(metrics.NewContext(randomTalk(rng, 60, 0), metrics.Options{}), []*metrics.Measure{Mean})
		if err != nil {
			t.Fatal(err)
		}
		if *table.Value("coordination").More.P <= .05 {
			small++
		}
	}
	if small > 12 { // 5 expected; more than 12 come once in a thousand
		t.Errorf("p ≤ .05 in %d of 100 threads without coordination", small)
	}
}

func TestDegenerate(t *testing.T) {
	long := strings.Repeat("the canal is not under several bridges ", 30_000)
	for name, th := range map[string]*thread.Thread{
		"empty":        testthread.Build(nil),
		"one":          testthread.Build([]testthread.Row{{Parent: -1, Author: "Ann", Text: "the"}}),
		"self-replies": testthread.Build([]testthread.Row{{Parent: -1, Author: "Ann", Text: "the"}, {Parent: 0, Author: "Ann", Text: "the"}}),
		"anonymous":    testthread.Build([]testthread.Row{{Parent: -1, Text: "the"}, {Parent: 0, Text: "the"}}),
		"megabyte":     dialogue([2]string{long, long}),
		"German":       testthread.Build([]testthread.Row{{Parent: -1, Author: "Ann", Text: "Die Brücke ist nicht offen und der Kanal ist voll"}, {Parent: 0, Author: "Bob", Text: "Die Brücke ist nicht offen und der Kanal ist voll"}}),
	} {
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if v := table.Value("coordination"); v.Defined() || v.Reason.FR == "" {
			t.Errorf("%s: %+v, want a reason", name, v)
		}
	}
	if v := seedValue(t); v.Defined() {
		t.Errorf("page 004 has three replies: %+v, want a reason", v)
	}
}

func seedValue(t *testing.T) metrics.Value {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(seedtest.Load(t, "004"), metrics.Options{}), Measures)
	if err != nil {
		t.Fatal(err)
	}
	return table.Value("coordination")
}

// Every class has words in both languages, none twice, and each word is one that
// the tokenizer gives.
func TestLists(t *testing.T) {
	for lang, byClass := range lists {
		for m, list := range byClass {
			seen := map[string]bool{}
			for w := range strings.FieldsSeq(list) {
				if toks := words.Tokens(w); len(toks) != 1 || toks[0].Text != w || seen[w] {
					t.Errorf("%s, %s: %q is no word of its own, or stands twice", lang, Class(m), w)
				}
				seen[w] = true
			}
			if len(seen) < 3 {
				t.Errorf("%s, %s: %d words", lang, Class(m), len(seen))
			}
		}
	}
}

func FuzzCoordination(f *testing.F) {
	f.Add("the canal is not closed", "it is not the bridge")
	f.Add("le canal n’est pas fermé", "\xffne")
	f.Fuzz(func(t *testing.T, a, b string) {
		th := dialogue([2]string{a, b}, [2]string{b, a}, [2]string{a, a}, [2]string{b, b}, [2]string{a, b})
		if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkMean(b *testing.B) {
	rng := rand.New(rand.NewPCG(25, 26))
	rows := make([]testthread.Row, 100_000)
	for k := range rows {
		rows[k] = testthread.Row{Parent: rng.IntN(k+1) - 1, Author: fmt.Sprint(rng.IntN(5000)), Text: strings.Repeat("the canal is not closed ", 1+rng.IntN(8))}
	}
	th := testthread.Build(rows)
	for b.Loop() {
		if _, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures); err != nil {
			b.Fatal(err)
		}
	}
}
