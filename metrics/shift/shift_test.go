package shift

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/testthread"
	"threadheat/metrics/internal/words/seedtest"
	"threadheat/thread"
)

func TestMeasureIsDescribed(t *testing.T) {
	if err := metrics.Validate(Measures); err != nil {
		t.Error(err)
	}
}

// chain makes a thread in which each text answers the one before it.
func chain(texts ...string) *thread.Thread {
	var rows []testthread.Row
	for k, text := range texts {
		rows = append(rows, testthread.Row{Parent: k - 1, Author: string(rune('a' + k%2)), Text: text})
	}
	return testthread.Build(rows)
}

// Of two answers to the same comment, the one that turns to something else has the
// higher probability.
func TestTurnsAndAnswers(t *testing.T) {
	for _, c := range []struct {
		name            string
		said            string
		goesOn, changes string
	}{
		{"a question that needs nothing said before", "The bridge over the canal was closed again this morning, we had to walk around.", "Yes, the bridge is closed until May, they said so.", "Do you have any brothers or sisters?"},
		{"an announcement", "The bridge over the canal was closed again this morning, we had to walk around.", "It is closed because the canal floods it.", "By the way, the bakery sells pumpkin soup now."},
		{"une question qui se passe du reste", "Le pont sur le canal était encore fermé ce matin, nous avons dû faire le tour.", "Oui, le pont est fermé jusqu’en mai, ils l’ont dit.", "Avez-vous des frères ou des sœurs ?"},
		{"une annonce", "Le pont sur le canal était encore fermé ce matin, nous avons dû faire le tour.", "C’est parce que le canal le recouvre, ils l’ont dit.", "Rien à voir, mais la boulangerie vend de la soupe maintenant."},
	} {
		on, other := values(chain(c.said, c.goesOn))[1], values(chain(c.said, c.changes))[1]
		if !on.Defined() || !other.Defined() || on.X >= other.X || other.X < .35 {
			t.Errorf("%s: %.3f (%v) where it goes on, %.3f (%v) where it changes; want the second higher and at least .35", c.name, on.X, on.Reason, other.X, other.Reason)
		}
		t.Logf("%s: %.3f, %.3f", c.name, on.X, other.X)
	}
}

// Evidence are spans of cues that speak for a change, in order, with shares that add
// up to 1.
func TestEvidence(t *testing.T) {
	text := "That is nice. By the way, do you have any hobbies?"
	v := values(chain("My cat sleeps on the radiator all day.", text))[1]
	if v.More == nil {
		t.Fatalf("no evidence for %.3f", v.X)
	}
	sum, last := 0.0, 0
	var spans []string
	for _, e := range v.More.Evidence {
		if e.Start < last || e.End <= e.Start || e.Share <= 0 {
			t.Errorf("span %+v after byte %d", e, last)
		}
		sum, last = sum+e.Share, e.End
		spans = append(spans, text[e.Start:e.End]+": "+e.Cue)
	}
	if math.Abs(sum-1) > 1e-12 || !slices.Contains(spans, "By the way: marker") || !slices.ContainsFunc(spans, func(s string) bool {
		return s == "do you have: opener"
	}) {
		t.Errorf("evidence %q with shares that add up to %v; want By the way, do you have and 1", spans, sum)
	}
}

func TestReasons(t *testing.T) {
	rows := []testthread.Row{
		{Parent: -1, Text: "The bridge over the canal was closed this morning, and we had to walk around it."},
		{Parent: 0, Text: ""},
		{Parent: 1, Text: "Was it closed for the flood or for the works?"},
		{Parent: 0, Text: "Le pont est fermé parce que les travaux ne sont pas finis et que personne ne le dit aux gens."},
		{Parent: 0, Text: "Die Brücke ist gesperrt, weil der Kanal über das Ufer getreten ist und niemand es den Leuten gesagt hat."},
		{Parent: 0, Text: "gone", State: thread.Missing},
		{Parent: 0, Text: "It is closed."},
	}
	th := testthread.Build(rows)
	vs := values(th)
	for k, want := range []string{nothing.EN, "needs words, has none", silent.EN, mixed.EN, otherLanguage.EN, "the comment itself is not in the input", ""} {
		i, _ := th.Find("c" + string(rune('0'+k)))
		got := ""
		if r := vs[i].Reason; r != nil {
			got = r.EN
		}
		if got != want {
			t.Errorf("comment %d: %q, want %q", k, got, want)
		}
	}
	// In a flat list, the comment before.
	flat := values(testthread.Build([]testthread.Row{{Parent: -1, Text: rows[0].Text}, {Parent: -1, Kind: thread.System, Text: "joined"}, {Parent: -1, Text: rows[6].Text}}))
	answered := values(chain(rows[0].Text, rows[6].Text))
	if flat[0].Reason != first || flat[2].X != answered[1].X || !flat[2].Defined() {
		t.Errorf("flat list: %+v; want no value, and that of an answer, %v", flat, answered[1].X)
	}
}

// TestCompareSlowTwin compares overlaps with what sets of stems of the comments
// above say, on random trees, and answers with those of the children.
func TestCompareSlowTwin(t *testing.T) {
	vocabulary := strings.Fields("canal bridge radiator bakery soup? pumpkin. brother flood! walk you that what no")
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		c := conversation{r: newReader()}
		for k := range 1 + rng.IntN(9) {
			var text []string
			for range rng.IntN(5) {
				text = append(text, vocabulary[rng.IntN(len(vocabulary))])
			}
			// The parent is on the way from the last turn to the root, or there is none.
			b := k - 1
			for b >= 0 && rng.IntN(2) == 0 {
				b = c.before[b]
			}
			c.turns = append(c.turns, c.r.read(strings.Join(text, " "), stems.ByCode("en")))
			c.before = append(c.before, b)
		}
		c.compare()
		sharing := func(some []int32, with ...int) (n int) {
			for _, s := range some {
				if slices.ContainsFunc(with, func(k int) bool { return slices.Contains(c.turns[k].terms, s) }) {
					n++
				}
			}
			return n
		}
		above := func(k int) (out []int) {
			for k = c.before[k]; k >= 0; k = c.before[k] {
				out = append(out, k)
			}
			return out
		}
		for k, b := range c.before {
			if b < 0 {
				continue
			}
			now, up := c.turns[k], above(k)
			want := overlap{
				shared: [2]int{sharing(now.terms, b)}, inAny: sharing(now.terms, up...), beforeInAny: sharing(c.turns[b].terms, above(b)...),
				asked: [2]int{sharing(now.askedOf, b), sharing(now.askedOf, up...)}, last: [2]int{sharing(now.lastOf, b), sharing(now.lastOf, up...)},
				answers: c.overlaps[k].answers,
			}
			if len(up) > 1 {
				want.shared[1] = sharing(now.terms, up[1])
			}
			if diff := gocmp.Diff(want, c.overlaps[k], gocmp.AllowUnexported(overlap{})); diff != "" {
				t.Fatalf("turn %d of %v (-want +got):\n%s", k, c.before, diff)
			}
			if c.depth[k] != len(up) {
				t.Fatalf("depth of turn %d = %d, want %d", k, c.depth[k], len(up))
			}
			n, asking := 0.0, 0.0
			for j, p := range c.before {
				if p == k {
					n++
					if c.turns[j].questions > 0 {
						asking++
					}
				}
			}
			if got := c.overlaps[k].answers; got[0] != n || got[3] != asking {
				t.Fatalf("turn %d has %v answers of which %v ask, want %v and %v", k, got[0], got[3], n, asking)
			}
		}
	}
}

// A turn as counted by hand.
func TestRead(t *testing.T) {
	got := newReader().read("> you asked\nWow, nice bridge! Where do you live?", stems.ByCode("en"))
	if got.words != 7 || got.sentences != 2 || got.questions != 1 || !got.asks || got.tellsLast {
		t.Errorf("%d words, %d sentences, %d questions, asks %v; want 7, 2, 1, true", got.words, got.sentences, got.questions, got.asks)
	}
	for c, want := range map[Cue]struct{ asked, said, first bool }{
		Reaction: {false, true, true}, Applause: {false, true, true}, Opener: {true, false, false}, Asking: {true, false, false}, Greeting: {},
	} {
		if got.asked[c] != want.asked || got.said[c] != want.said || got.first[c] != want.first {
			t.Errorf("%s asked %v, said %v, first %v; want %v", c, got.asked[c], got.said[c], got.first[c], want)
		}
	}
}

func TestParseWeights(t *testing.T) {
	lines := strings.SplitAfter(weightsFile, "\n")
	for name, file := range map[string]string{
		"empty":       "",
		"one missing": strings.Join(lines[1:], ""),
		"one twice":   weightsFile + lines[0],
		"no number":   "x" + weightsFile,
		"no finite":   "NaN" + weightsFile[strings.IndexByte(weightsFile, ' '):],
	} {
		if _, err := parseWeights(file); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if ws, err := parseWeights(weightsFile); err != nil || len(ws) != len(Names()) {
		t.Errorf("%d weights, %v; want %d", len(ws), err, len(Names()))
	}
}

// The two lists have as many cues, and no phrase of one stands in two cues of
// which one always hides the other.
func TestLists(t *testing.T) {
	for lang, list := range phrases {
		for c, l := range list {
			if strings.TrimSpace(l) == "" {
				t.Errorf("%s has no words for %s", lang, Cue(c))
			}
			if strings.ContainsAny(l, "’'-") {
				t.Errorf("%s, %s: apostrophes and hyphens split words", lang, Cue(c))
			}
			seen := strings.Split(l, ",")
			for k := range seen {
				seen[k] = strings.Join(strings.Fields(seen[k]), " ")
			}
			slices.SortFunc(seen, cmp.Compare)
			if n := len(slices.Compact(slices.Clone(seen))); n != len(seen) {
				t.Errorf("%s, %s: %d of %d phrases twice", lang, Cue(c), len(seen)-n, len(seen))
			}
		}
	}
}

func TestRealPage(t *testing.T) {
	th := seedtest.Load(t, "004")
	for i, v := range values(th) {
		if v.Defined() != (th.Parent(thread.Index(i)) != thread.NoIndex) {
			t.Errorf("comment %s: %v, want a value for replies only", th.ID(thread.Index(i)), v)
		}
		t.Logf("%s %.3f", th.ID(thread.Index(i)), v.X)
	}
}

func TestHostile(t *testing.T) {
	for name, th := range map[string]*thread.Thread{
		"empty":    testthread.Build(nil),
		"one":      chain("hello"),
		"megabyte": chain("the bridge is closed", strings.Repeat("do you have any by the way ? ", 40_000)),
		"no space": chain("the bridge is closed", strings.Repeat("x", 1<<20)),
		"deep":     chain(slices.Repeat([]string{"the bridge is closed. do you like it?"}, 5000)...),
	} {
		table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), Measures)
		if err != nil || table.Columns[0].Values.Len() != th.Len() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzShift(f *testing.F) {
	f.Add("the bridge is closed", "Do you have any? By the way, no.")
	f.Add("Le pont est fermé ce matin pour nous", "> vous\nAu fait\xff, d’accord ?")
	f.Add("", "…?!\n\n?")
	f.Fuzz(func(t *testing.T, said, answer string) {
		th := chain(said, answer, said)
		for i, v := range values(th) {
			if v.X < 0 || v.X > 1 || math.IsNaN(v.X) {
				t.Fatalf("comment %d: %v", i, v)
			}
			if v.More != nil {
				last, sum := 0, 0.0
				for _, e := range v.More.Evidence {
					if e.Start < last || e.End > len(th.Text(thread.Index(i))) || e.Share <= 0 {
						t.Fatalf("comment %d: evidence %+v", i, v.More.Evidence)
					}
					last, sum = e.End, sum+e.Share
				}
				if math.Abs(sum-1) > 1e-9 {
					t.Fatalf("comment %d: shares add up to %v", i, sum)
				}
			}
		}
	})
}

func BenchmarkShift(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var rows []testthread.Row
	for k := range 100_000 {
		var text []string
		for range 30 {
			text = append(text, [...]string{"bridge", "the", "do", "you", "closed.", "canal", "flood", "is", "it", "and"}[rng.IntN(10)])
		}
		rows = append(rows, testthread.Row{Parent: rng.IntN(k+1) - 1, Text: strings.Join(text, " ")})
	}
	th := testthread.Build(rows)
	b.ResetTimer()
	for b.Loop() {
		values(th)
	}
}
