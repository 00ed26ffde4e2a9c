package main

import (
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/metrics/drift/graft"
	"threadheat/thread"

	"gonum.org/v1/gonum/mat"
)

// A method gives each reply of a thread a number: the higher, the further has it
// left what it answers. It may give NaN where it cannot tell, which counts as 0.
type method struct {
	name  string
	score func(*instance) []float64
}

// instance is a graft with what methods compare.
type instance struct {
	graft.Instance
	source, lang string
	bags         []map[string]float64 // by thread.Index, the title last
	branch       *drift.Branches
}

var methods = []method{
	{"threadheat `drift`", func(in *instance) []float64 { return in.branch.Score }},
	{"the plain Bayes factor", plainBayes},
	{"best cosine: branch against path", func(in *instance) []float64 {
		return in.each(func(i thread.Index) float64 { return 1 - in.cosine(in.below(i), in.path(i)) })
	}},
	{"cosine with the parent", func(in *instance) []float64 {
		return in.each(func(i thread.Index) float64 { return 1 - in.cosine(in.bags[i], in.bags[in.Thread.Parent(i)]) })
	}},
	{"Jensen-Shannon with the parent", func(in *instance) []float64 {
		return in.each(func(i thread.Index) float64 { return jensenShannon(in.bags[i], in.bags[in.Thread.Parent(i)]) })
	}},
	{"LSA, cosine with the parent", latent},
}

func newInstance(g graft.Instance, source, lang string) *instance {
	in := &instance{Instance: g, source: source, lang: lang}
	for i := range g.Thread.All() {
		in.bags = append(in.bags, bagOf(g.Thread.Text(i), lang))
	}
	in.bags = append(in.bags, bagOf(g.Thread.Meta().Title, lang))
	// The fact of a Context fails only where its thread cannot be read.
	in.branch, _ = drift.Drifts.Of(metrics.NewContext(g.Thread, metrics.Options{}))
	return in
}

func bagOf(text, lang string) map[string]float64 {
	bag := map[string]float64{}
	for _, w := range stemsOf(text, lang) {
		bag[w]++
	}
	return bag
}

// each is f of every reply that has words.
func (in *instance) each(f func(thread.Index) float64) []float64 {
	out := make([]float64, in.Thread.Len())
	for i := range in.Thread.All() {
		if in.Thread.Parent(i) != thread.NoIndex && len(in.bags[i]) > 0 {
			out[i] = f(i)
		}
	}
	return out
}

func addTo(bag, more map[string]float64, weight float64) {
	for w, c := range more {
		bag[w] += weight * c
	}
}

// below are the words of a comment and of all below it.
func (in *instance) below(i thread.Index) map[string]float64 {
	bag := map[string]float64{}
	for d := i; d < in.Thread.End(i); d++ {
		addTo(bag, in.bags[d], 1)
	}
	return bag
}

// path are the words above a comment, 0.7 times as heavy with each step up, and
// half of the title.
func (in *instance) path(i thread.Index) map[string]float64 {
	bag := map[string]float64{}
	weight := 1.0
	for p := range in.Thread.Ancestors(i) {
		addTo(bag, in.bags[p], weight)
		weight *= 0.7
	}
	addTo(bag, in.bags[len(in.bags)-1], 0.5)
	return bag
}

// words are the words of a bag in order, so that sums do not depend on chance.
func words(bag map[string]float64) []string {
	out := make([]string, 0, len(bag))
	for w := range bag {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}

func total(bag map[string]float64) (n float64) {
	for _, w := range words(bag) {
		n += bag[w]
	}
	return n
}

// cosine is that of TF-IDF vectors; documents are the comments.
func (in *instance) cosine(a, b map[string]float64) float64 {
	idf := func(w string) float64 {
		df := 0.0
		for _, bag := range in.bags[:len(in.bags)-1] {
			if bag[w] > 0 {
				df++
			}
		}
		return math.Log(float64(len(in.bags))/(1+df)) + 1
	}
	var dot, aa, bb float64
	for _, w := range words(a) {
		f := idf(w)
		dot += a[w] * b[w] * f * f
		aa += a[w] * a[w] * f * f
	}
	for _, w := range words(b) {
		f := idf(w)
		bb += b[w] * b[w] * f * f
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return dot / math.Sqrt(aa*bb)
}

func jensenShannon(a, b map[string]float64) float64 {
	n, m := total(a), total(b)
	if n == 0 || m == 0 {
		return 1
	}
	sum := 0.0
	half := func(x, y map[string]float64, n, m float64) {
		for _, w := range words(x) {
			p, q := x[w]/n, y[w]/m
			sum += p * math.Log2(2*p/(p+q)) / 2
		}
	}
	half(a, b, n, m)
	half(b, a, m, n)
	return sum
}

// plainBayes is the Bayes factor of two bags over one, of 50,000 words that are
// all as likely, against the path and half of that against all else, over the
// root of the length.
func plainBayes(in *instance) []float64 {
	all := map[string]float64{}
	for _, bag := range in.bags[:len(in.bags)-1] {
		addTo(all, bag, 1)
	}
	return in.each(func(i thread.Index) float64 {
		s := in.below(i)
		rest := map[string]float64{}
		for w, c := range all {
			if c > s[w] {
				rest[w] = c - s[w]
			}
		}
		if total(s) < drift.MinStems {
			return 0
		}
		return (factor(s, in.path(i)) + factor(s, rest)/2) / math.Sqrt(total(s)+1)
	})
}

func factor(x, y map[string]float64) float64 {
	const a, alpha = 60, 60.0 / 50_000
	n, m := total(x), total(y)
	if n == 0 || m == 0 {
		return 0
	}
	g := func(x float64) float64 { y, _ := math.Lgamma(x); return y }
	sum := g(n+m+a) + g(a) - g(n+a) - g(m+a)
	for _, w := range words(x) {
		if c, q := x[w], y[w]; q > 0 {
			sum += g(c+alpha) + g(q+alpha) - g(c+q+alpha) - g(alpha)
		}
	}
	return sum
}

// latentRank is how many dimensions LSA keeps.
const latentRank = 20

// latent is the distance of comments in the space of the largest singular vectors
// of the comments by words, from the eigenvectors of their dot products.
func latent(in *instance) []float64 {
	n := in.Thread.Len()
	vectors := make([]map[string]float64, n)
	df := map[string]float64{}
	for i := range n {
		for w := range in.bags[i] {
			df[w]++
		}
	}
	for i := range n {
		vectors[i] = map[string]float64{}
		for w, c := range in.bags[i] {
			vectors[i][w] = c * (math.Log(float64(1+n)/(1+df[w])) + 1)
		}
	}
	gram := mat.NewSymDense(n, nil)
	for i := range n {
		ws := words(vectors[i])
		for j := range i + 1 {
			sum := 0.0
			for _, w := range ws {
				sum += vectors[i][w] * vectors[j][w]
			}
			gram.SetSym(i, j, sum)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(gram, true) {
		return make([]float64, n)
	}
	values := eigen.Values(nil)
	var v mat.Dense
	eigen.VectorsTo(&v)
	at := func(i, k int) float64 { return v.At(i, n-1-k) * math.Sqrt(max(values[n-1-k], 0)) }
	return in.each(func(i thread.Index) float64 {
		p := int(in.Thread.Parent(i))
		var dot, aa, bb float64
		for k := range min(latentRank, n) {
			a, b := at(int(i), k), at(p, k)
			dot, aa, bb = dot+a*b, aa+a*a, bb+b*b
		}
		if aa < 1e-12 || bb < 1e-12 {
			return 1
		}
		return 1 - dot/math.Sqrt(aa*bb)
	})
}
