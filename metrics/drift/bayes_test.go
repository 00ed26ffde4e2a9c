package drift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"threadheat/metrics/internal/stems"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// slow is the score worked out from its definition, a map for each bag.
type slow struct {
	t *thread.Thread
	b *stemBags
}

type bag map[int32]float64

func (x bag) total() (n float64) {
	for _, c := range x {
		n += c
	}
	return n
}

func (s slow) bag(lang stems.Lang, weight float64, docs ...int) bag {
	out := bag{}
	for _, d := range docs {
		if s.b.lang[d] != lang {
			continue
		}
		terms, counts := s.b.bag(d)
		for k, w := range terms {
			out[w] += weight * float64(counts[k])
		}
	}
	return out
}

func (s slow) alpha(w int32) float64 { return 60 * math.Exp2(float64(s.level(w))) / 50_000 }

func (s slow) level(w int32) uint8 { return background[s.b.reader.Terms[w]] }

// factor is the logarithm of the Bayes factor of two bags over one.
func (s slow) factor(x, y bag) float64 {
	n, m := x.total(), y.total()
	if n == 0 || m == 0 {
		return 0
	}
	sum := lnGamma(n+m+60) + lnGamma(60) - lnGamma(n+60) - lnGamma(m+60)
	for w, c := range x {
		if q := y[w]; q > 0 {
			a := s.alpha(w)
			sum += lnGamma(c+a) + lnGamma(q+a) - lnGamma(c+q+a) - lnGamma(a)
		}
	}
	return sum
}

func upTo(from, to thread.Index) (docs []int) {
	for d := from; d < to; d++ {
		docs = append(docs, int(d))
	}
	return docs
}

// scoreOf is the score of the comments from i to end-1, and its nats.
func (s slow) scoreOf(i, end thread.Index) (score, nats float64) {
	t, lang := s.t, s.b.lang[i]
	x := s.bag(lang, 1, upTo(i, end)...)
	path := s.bag(lang, titleWeight, t.Len())
	weight, root, k := 1.0, i, 0
	for p := range t.Ancestors(i) {
		if k++; k <= farthest {
			for w, c := range s.bag(lang, weight, int(p)) {
				path[w] += c
			}
		}
		weight *= 0.7
		root = p
	}
	without := func(from, to thread.Index) bag {
		rest := s.bag(lang, 1, upTo(from, to)...)
		for w, c := range x {
			if rest[w] -= c; rest[w] == 0 {
				delete(rest, w)
			}
		}
		return rest
	}
	roots := 0.0
	for j := range t.All() {
		if t.Parent(j) == thread.NoIndex {
			roots++
		}
	}
	nats = s.factor(x, path)
	score = nats + branchWeight*s.factor(x, without(root, t.End(root))) + restWeight/roots*s.factor(x, without(0, thread.Index(t.Len())))
	total := path.total()
	if total == 0 {
		return 0, 0
	}
	for w, c := range x {
		p := s.alpha(w) / 60
		score -= mixWeight * math.Log2(1+c) * math.Log(1-mixShare+mixShare*path[w]/total/p)
	}
	own := s.bag(lang, 1, int(i)).total()
	return score/math.Sqrt(x.total()+padding) + lengthWeight*math.Log(1+own), nats
}

func (s slow) branches() (score, own, nats []float64) {
	n := s.t.Len()
	score, own, nats = make([]float64, n), make([]float64, n), make([]float64, n)
	raw := make([]float64, n)
	for i := range s.t.All() {
		if s.t.Parent(i) == thread.NoIndex {
			continue
		}
		own[i], _ = s.scoreOf(i, i+1)
		if s.bag(s.b.lang[i], 1, upTo(i, s.t.End(i))...).total() < MinStems {
			continue
		}
		if raw[i], nats[i] = s.scoreOf(i, s.t.End(i)); raw[i] == 0 {
			continue // nothing above to compare with
		}
		high := 0.0
		for p := range s.t.Ancestors(i) {
			high = max(high, raw[p])
		}
		score[i] = raw[i] - inherited*high
	}
	return score, own, nats
}

// spoken makes a thread out of words of several languages.
func spoken(rng *rand.Rand, n int) *thread.Thread {
	vocabulary := [][]string{
		strings.Fields("turbine turbines cloud server page people comment nuclear the of and you was with"),
		strings.Fields("éolienne nuage souveraineté page merci hébergeur vous dans avec est pour une"),
		strings.Fields("zebra quagga okapi the is zzz"),
	}
	b := thread.NewBuilder(thread.Meta{Title: []string{"", "Cloud turbines of the people", "Le nuage"}[rng.IntN(3)]})
	for i := range n {
		var text strings.Builder
		words := vocabulary[min(rng.IntN(6), 2)]
		for range rng.IntN(25) {
			text.WriteString(words[rng.IntN(len(words))] + " ")
		}
		c := thread.Comment{ID: fmt.Sprint(i), Text: text.String()}
		if p := rng.IntN(i + 1); p > 0 && rng.IntN(8) > 0 {
			if c.Parent = fmt.Sprint(p - 1); rng.IntN(2) == 0 {
				c.Parent = fmt.Sprint(i - 1) // long chains too
			}
		}
		b.Add(c)
	}
	return b.Build()
}

func TestBranchesSlowTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		th := spoken(rng, 1+rng.IntN(60))
		d := branchesOf(th)
		score, own, nats := slow{th, d.bags}.branches()
		for i := range th.Len() {
			for _, c := range []struct {
				name      string
				got, want float64
			}{{"Score", d.Score[i], score[i]}, {"Own", d.Own[i], own[i]}, {"Nats", d.Nats[i], nats[i]}} {
				if math.Abs(c.got-c.want) > 1e-8 {
					t.Fatalf("%s[%d] = %v, want %v, in a thread of %d", c.name, i, c.got, c.want, th.Len())
				}
			}
		}
	}
}

// TestFactorByHand works a Bayes factor out on paper: the bags {w} and {w}, and
// {w} and {v}, of words of probability 1/50,000. With α = 60/50,000, one bag of
// two equal words has the likelihood α(α+1) / (60·61), two of one each (α/60)²;
// of two different words, α² / (60·61).
func TestFactorByHand(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	b.Add(thread.Comment{ID: "1", Text: "okapi"})
	b.Add(thread.Comment{ID: "2", Parent: "1", Text: "okapi"})
	th := b.Build()
	s := slow{th, stemsOf(th)}
	x, y := bag{0: 1}, bag{1: 1}
	a := 60.0 / 50_000
	for _, c := range []struct {
		name string
		got  float64
		want float64
	}{
		{"the same word", factor(1, 1, s.shared1(a)), 2*math.Log(a/60) - math.Log(a*(a+1)/(60*61))},
		{"the same word, twin", s.factor(x, x), 2*math.Log(a/60) - math.Log(a*(a+1)/(60*61))},
		{"two words", factor(1, 1, 0), math.Log(61.0 / 60)},
		{"an empty bag", factor(0, 5, 0), 0},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	if y.total() != 1 {
		t.Fatal("a bag of one word has another total")
	}
}

// shared1 is what a word that two bags have once each adds.
func (s slow) shared1(a float64) float64 {
	return 2*lnGamma(1+a) - lnGamma(2+a) - lnGamma(a)
}

// TestAnotherLanguage checks that words of another language cut nothing: there
// is nothing to compare them with.
func TestAnotherLanguage(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Title: "The turbines of the county"})
	b.Add(thread.Comment{ID: "1", Text: "The turbines that they have built are not what you were told about, and the county knows it."})
	b.Add(thread.Comment{ID: "0", Text: "There were plans of others, which the county has not shown to anybody, and would not when it was asked about them."})
	b.Add(thread.Comment{ID: "9", Text: "What they would have shown is that all of the others were worse than this, and that it was the county which asked for them."})
	b.Add(thread.Comment{ID: "2", Parent: "1", Text: "Je ne crois pas que vous ayez raison, mais c’est une éolienne comme les autres et elle tourne dans le vent."})
	b.Add(thread.Comment{ID: "3", Parent: "2", Text: "Elle tourne dans le vent, mais pas quand il est trop fort, et c’est bien une éolienne."})
	d := branchesOf(b.Build())
	if d.Above[1] != 0 || d.Nats[1] != 0 || d.Score[1] != 0 {
		t.Errorf("a reply in another language: above %v, %v nats, score %v, want 0", d.Above[1], d.Nats[1], d.Score[1])
	}
	if d.Above[2] == 0 || d.Nats[2] >= 0 {
		t.Errorf("a reply in the same language and on the same subject: above %v, %v nats, want less than 0", d.Above[2], d.Nats[2])
	}
}

// TestTurn is a thread that changes its subject once.
func TestTurn(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{Title: "Wind turbines"})
	for i, text := range []string{
		"The blades of the wind turbines are made of carbon and cannot be recycled.",
		"Carbon blades can be recycled, only nobody wants to pay for recycling blades.",
		"Who pays for recycling turbines? The owner of the wind farm, I suppose.",
		"My grandmother cooked a lentil soup with carrots and smoked bacon every Friday.",
		"Lentil soup needs vinegar, and the bacon must be smoked twice.",
	} {
		c := thread.Comment{ID: fmt.Sprint(i), Text: text}
		if i > 0 {
			c.Parent = fmt.Sprint(i - 1)
		}
		b.Add(c)
	}
	d := branchesOf(b.Build())
	if at := slices.Index(d.Score, slices.Max(d.Score)); at != 3 {
		t.Errorf("the thread turns at comment %d of %.2f, want 3", at, d.Score)
	}
}

func TestSameBits(t *testing.T) {
	th := spoken(rand.New(rand.NewPCG(1, 2)), 200)
	if d := cmp.Diff(branchesOf(th), branchesOf(th), cmp.AllowUnexported(Branches{}), cmp.Comparer(func(a, b *stemBags) bool { return true })); d != "" {
		t.Errorf("two runs differ:\n%s", d)
	}
}

func BenchmarkBranches(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, shape := range []struct {
		name   string
		parent func(i int) int
	}{
		{"random", func(i int) int { return rng.IntN(i+1) - 1 }},
		{"chain", func(i int) int { return i - 1 }},
		{"star", func(i int) int { return min(i, 1) - 1 }},
		{"bushy", func(i int) int { return i/3 - 1 }},
	} {
		const n = 100_000
		builder := thread.NewBuilder(thread.Meta{Title: "the cloud and the turbines"})
		for i := range n {
			var text strings.Builder
			for range 40 {
				if rng.IntN(2) == 0 {
					text.WriteString("the ")
				} else {
					fmt.Fprintf(&text, "mot%d ", int(math.Exp(rng.Float64()*10)))
				}
			}
			c := thread.Comment{ID: fmt.Sprint(i), Text: text.String()}
			if at := shape.parent(i); at >= 0 {
				c.Parent = fmt.Sprint(at)
			}
			builder.Add(c)
		}
		th := builder.Build()
		b.Run(shape.name, func(b *testing.B) {
			for b.Loop() {
				branchesOf(th)
			}
		})
	}
}

func TestLnGamma(t *testing.T) {
	for x := 1e-5; x < 1e7; x *= 1.07 {
		want, _ := math.Lgamma(x)
		if got := lnGamma(x); math.Abs(got-want) > 1e-11*max(1, math.Abs(want)) {
			t.Errorf("lnGamma(%v) = %v, want %v", x, got, want)
		}
	}
}

// FuzzBranches compares with the definition on any text: a comment a line, each
// an answer to the one as many lines above as it begins with spaces.
func FuzzBranches(f *testing.F) {
	for _, s := range []string{"", "a\n b\n c", "turbine turbine\n turbine cloud\n\n  lentil soup\xff", "le nuage est dans le ciel\n the cloud and the sky of it\n世界 世界", "> quote\n http://x.y/z words here"} {
		f.Add(s, "title of the page")
	}
	f.Fuzz(func(t *testing.T, text, title string) {
		b := thread.NewBuilder(thread.Meta{Title: title})
		for i, line := range strings.SplitN(text, "\n", 40) {
			words := strings.TrimLeft(line, " ")
			c := thread.Comment{ID: fmt.Sprint(i), Text: words}
			if up := len(line) - len(words); up > 0 && up <= i {
				c.Parent = fmt.Sprint(i - up)
			}
			b.Add(c)
		}
		th := b.Build()
		d := branchesOf(th)
		score, own, nats := slow{th, d.bags}.branches()
		for i := range th.Len() {
			if off := math.Abs(d.Score[i]-score[i]) + math.Abs(d.Own[i]-own[i]) + math.Abs(d.Nats[i]-nats[i]); !(off < 1e-6*(1+math.Abs(nats[i]))) {
				t.Fatalf("comment %d: %v, %v, %v, want %v, %v, %v", i, d.Score[i], d.Own[i], d.Nats[i], score[i], own[i], nats[i])
			}
		}
		for _, p := range newTree(th, d).turns().Points {
			if !(p.Nats > Threshold) || math.IsInf(p.Nats, 0) {
				t.Fatalf("a point of %v nats", p.Nats)
			}
		}
	})
}
