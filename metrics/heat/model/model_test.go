package model_test

import (
	"fmt"
	"math"
	"testing"

	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/heat/model"

	"github.com/google/go-cmp/cmp"
)

func odds(s *model.Scorer, text string) float64 {
	var in evidence.Reader
	in.Read(evidence.Input{Text: text})
	return s.LogOdds(&in)
}

// The weights were trained with the features that this program makes.
func TestWeightsAreCurrent(t *testing.T) {
	w, err := model.Parse(model.Embedding())
	if err != nil {
		t.Fatal(err)
	}
	if got := model.Fingerprint(); got != w.Mark {
		t.Errorf("features have the fingerprint %08x, the weights were trained with %08x: run go run ./metrics/heat/train -data DIR", got, w.Mark)
	}
	if n := len(model.Embedding()); n > 400_000 {
		t.Errorf("%d bytes of weights, want 400 kB at most", n)
	}
}

func TestOrder(t *testing.T) {
	var s model.Scorer
	for _, c := range []struct{ cool, hot string }{
		{"Thank you, that was a very helpful answer.", "You are a pathetic liar and everybody knows it."},
		{"Merci, votre réponse m’a beaucoup aidé.", "Tu racontes vraiment n’importe quoi, pauvre abruti."},
		{"I am a Muslim woman and I love this town.", "These people are vermin, throw them all out."},
		{"My neighbour is gay and a wonderful cook.", "Shut up, nobody asked a clown like you."},
		{"Le pont date de 1974 selon le rapport.", "Ferme ta gueule et dégage d’ici."},
	} {
		if cool, hot := odds(&s, c.cool), odds(&s, c.hot); cool >= hot {
			t.Errorf("%q has %.2f, %q %.2f", c.cool, cool, c.hot, hot)
		}
	}
}

// Whoever a sentence is about, it is as hot.
func TestIdentities(t *testing.T) {
	var s model.Scorer
	for _, c := range []struct {
		sentence string
		names    []string
	}{
		{"I met a %s last week and we argued about the budget.", []string{"Muslim", "Christian", "woman", "man", "lesbian", "foreigner"}},
		{"These %s are vermin, throw them all out.", []string{"Jews", "Arabs", "migrants", "gays", "men", "Chinese"}},
		{"Les %s de mon quartier tiennent une librairie.", []string{"juifs", "musulmans", "homosexuels", "étrangers", "femmes", "Noirs"}},
	} {
		want := odds(&s, fmt.Sprintf(c.sentence, c.names[0]))
		for _, name := range c.names[1:] {
			if got := odds(&s, fmt.Sprintf(c.sentence, name)); got != want {
				t.Errorf(c.sentence+": %.3f, of %s %.3f", name, got, c.names[0], want)
			}
		}
	}
}

// What the words add, the bias and what the whole text adds make the log-odds,
// and asking for the parts changes nothing.
func TestExplain(t *testing.T) {
	var in evidence.Reader
	in.Read(evidence.Input{Text: "I really think that you are a complete idiot and a liar, thank you."})
	var plain model.Scorer
	explain := model.Scorer{Explain: true}
	a, b := plain.LogOdds(&in), explain.LogOdds(&in)
	if a != b {
		t.Errorf("log-odds %v, with parts %v", a, b)
	}
	if len(explain.Parts) != len(in.Words) {
		t.Fatalf("%d parts of %d words", len(explain.Parts), len(in.Words))
	}
	sum := model.Embedded().Base(in.Lang)
	for _, p := range explain.Parts {
		sum += p
	}
	whole := explain.Whole()
	if math.Abs(sum+whole-b) > 1e-9 {
		t.Errorf("the parts and the bias add up to %v, with the whole text's %v to %v, want %v", sum, whole, sum+whole, b)
	}
}

func TestQuantise(t *testing.T) {
	for q := -127; q <= 127; q++ {
		if got := model.Quantise(model.Value(int8(q), 3.5), 3.5); int(got) != q {
			t.Errorf("Quantise(Value(%d)) = %d", q, got)
		}
	}
	if got := model.Quantise(99, 3.5); got != 127 {
		t.Errorf("a weight over the largest is %d, want 127", got)
	}
}

func sample() *model.Weights {
	return &model.Weights{
		Bias: [2]float64{-1, 0.5}, Fit: [2][2]float64{{0.1, 1}, {-0.2, 0.9}}, Max: 2.5,
		Keys: []uint32{3, 4, 1 << 20, math.MaxUint32}, Vals: [][2]int8{{1, 1}, {-5, 7}, {127, -127}, {0, 3}}, Mark: 77,
	}
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	got, err := model.Parse(want.Append(nil))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// Every prefix of weights is damaged, and says so.
func TestDamaged(t *testing.T) {
	b := sample().Append(nil)
	for n := range b {
		if _, err := model.Parse(b[:n]); err == nil {
			t.Errorf("%d of %d bytes are read without an error", n, len(b))
		}
	}
	if _, err := model.Parse(append(b, 0)); err == nil {
		t.Error("a byte too many is read without an error")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample().Append(nil))
	f.Add([]byte("heat1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := model.Parse(b)
		if err != nil {
			return
		}
		// Bits of NaN compare unequal as numbers: the bytes must be the same again,
		// unless the input has longer varints or unmarked equal values.
		if again, err := model.Parse(w.Append(nil)); err != nil || len(again.Keys) != len(w.Keys) {
			t.Errorf("what was read cannot be read again: %v", err)
		}
	})
}

func FuzzLogOdds(f *testing.F) {
	for _, s := range []string{"", "you idiot!!", "« quoted words of somebody » I disagree", "don’t", "ÉÉÉÉ aaaa", "\xff\u202e", "> quoted\nmine"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := model.Scorer{Explain: true}
		z := odds(&s, text)
		if math.IsNaN(z) || math.IsInf(z, 0) {
			t.Fatalf("log-odds %v", z)
		}
		if again := odds(&s, text); again != z {
			t.Errorf("log-odds %v, then %v", z, again)
		}
	})
}

const comment = "I read the whole article twice and I still think that the mayor is wrong about the bike lanes, but you are no expert either."

// In steady state a comment costs no allocation.
func TestNoAllocation(t *testing.T) {
	var in evidence.Reader
	s := model.Scorer{Explain: true}
	if n := testing.AllocsPerRun(100, func() {
		in.Read(evidence.Input{Text: comment})
		s.LogOdds(&in)
	}); n > 0 {
		t.Errorf("%v allocations per comment", n)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		w, err := model.Parse(model.Embedding())
		if err != nil {
			b.Fatal(err)
		}
		model.New(w)
	}
}

// Of the model alone, the evidence being read once.
func BenchmarkLogOdds(b *testing.B) {
	var in evidence.Reader
	in.Read(evidence.Input{Text: comment})
	var s model.Scorer
	for b.Loop() {
		s.LogOdds(&in)
	}
}

// Of evidence and model.
func BenchmarkComment(b *testing.B) {
	var in evidence.Reader
	s := model.Scorer{Explain: true}
	for b.Loop() {
		in.Read(evidence.Input{Text: comment})
		s.LogOdds(&in)
	}
}
