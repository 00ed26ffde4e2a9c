package drift

import (
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// bags are the word counts of a thread's comments and of its article, in flat
// arrays: bag d has the terms and counts at start[d] … start[d+1]-1. The bags of
// comments stand at their Index, that of the article at the end.
type bags struct {
	start   []int
	term    []int32
	count   []int32
	weight  []float64       // by term: its inverse document frequency, 0 for function words
	tokens  []int           // by bag
	content []int           // of them: not function words
	why     []*metrics.Text // by bag: why it is not read, nil where it is
}

// bagsOf counts the words of a thread. The documents that document frequencies
// count are the comments that are read, and the article. O(words).
func bagsOf(t *thread.Thread) *bags {
	n := t.Len() + 1
	b := &bags{start: make([]int, 1, n+1), tokens: make([]int, n), content: make([]int, n), why: make([]*metrics.Text, n)}
	ids := map[string]int32{}
	var inDocs, here []int32 // by term: documents with it, count in this one
	var seen []int32
	docs := 0
	for d := range n {
		text := t.Meta().Article
		if i := thread.Index(d); d < n-1 {
			b.why[d] = words.Unread(t, i)
			text = t.Text(i)
		}
		if b.why[d] == nil {
			seen = seen[:0]
			for k := range words.All(text) {
				id, known := ids[k.Text]
				if !known {
					id = int32(len(ids))
					ids[k.Text] = id
					here, inDocs, b.weight = append(here, 0), append(inDocs, 0), append(b.weight, 1)
					if words.ClassOf(k.Text)&words.Function != 0 {
						b.weight[id] = 0
					}
				}
				if here[id] == 0 {
					seen = append(seen, id)
					inDocs[id]++
				}
				here[id]++
				b.tokens[d]++
				b.content[d] += int(b.weight[id])
			}
			slices.Sort(seen) // sums must not depend on the order of the words
			for _, id := range seen {
				b.term, b.count = append(b.term, id), append(b.count, here[id])
				here[id] = 0
			}
			if len(seen) > 0 {
				docs++
			}
		}
		b.start = append(b.start, len(b.term))
	}
	for id, df := range inDocs {
		if b.weight[id] > 0 {
			b.weight[id] = idf(docs, int(df))
		}
	}
	return b
}

// idf is the smoothed inverse document frequency ln((1+N)/(1+df)) + 1: a word
// that stands in every document still counts 1.
func idf(docs, df int) float64 { return math.Log(float64(1+docs)/float64(1+df)) + 1 }

// reference is what bags are compared with: one bag or a sum of several, as a
// dense array over all terms, so that a comparison costs the words of the one
// bag only, whatever the size of the reference.
type reference struct {
	count           []float64 // by term; whole numbers, so that adding and removing is exact
	tokens, content int
	raw2, tfidf2    float64 // squared lengths of the vectors
}

func (b *bags) newReference() *reference { return &reference{count: make([]float64, len(b.weight))} }

func (b *bags) add(r *reference, d int) {
	for k := b.start[d]; k < b.start[d+1]; k++ {
		t, c := b.term[k], float64(b.count[k])
		more := c * (2*r.count[t] + c) // (v+c)² − v²
		r.raw2 += more
		r.tfidf2 += more * b.weight[t] * b.weight[t]
		r.count[t] += c
	}
	r.tokens += b.tokens[d]
	r.content += b.content[d]
}

// remove undoes the last add: before is the reference as it was, without its
// counts. The lengths are put back rather than subtracted, which would leave
// rounding errors behind.
func (b *bags) remove(r *reference, d int, before reference) {
	for k := b.start[d]; k < b.start[d+1]; k++ {
		r.count[b.term[k]] -= float64(b.count[k])
	}
	before.count = r.count
	*r = before
}

// comparison is what compare gives: two cosines and a divergence in bits.
type comparison struct{ cosine, tfidf, jsd float64 }

// compare compares bag d with r, both of at least one word; tfidf is NaN where
// one has function words only. With own, d is part of r and is left out of it.
//
// gonum's JensenShannon, the oracle in the tests, wants both distributions over
// the union of their words. This sum needs the words of d alone.
func (b *bags) compare(d int, r *reference, own bool) comparison {
	var dot, wdot, len2, wlen2, jsd, common float64
	n, m := float64(b.tokens[d]), float64(r.tokens)
	raw2, tfidf2 := r.raw2, r.tfidf2
	if own {
		m -= n
	}
	for k := b.start[d]; k < b.start[d+1]; k++ {
		t, c := b.term[k], float64(b.count[k])
		v, w2 := r.count[t], b.weight[t]*b.weight[t]
		if own {
			less := c * (2*v - c) // v² − (v−c)²
			raw2, tfidf2 = raw2-less, tfidf2-less*w2
			v -= c
		}
		dot += c * v
		wdot += c * v * w2
		len2 += c * c
		wlen2 += c * c * w2
		p, q := c/n, v/m
		jsd += p * math.Log2(2*p/(p+q))
		if q > 0 {
			jsd += q * math.Log2(2*q/(p+q))
			common += q
		}
	}
	// A word of r that is not in d adds q·log2(2q/q) = q.
	jsd = (jsd + 1 - common) / 2
	return comparison{cosine(dot, len2, raw2), cosine(wdot, wlen2, tfidf2), min(max(jsd, 0), 1)}
}

func cosine(dot, a2, b2 float64) float64 { return min(max(dot/math.Sqrt(a2*b2), 0), 1) }
