package drift

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/drift/nmf"
	"threadheat/metrics/internal/cite"
	"threadheat/thread"
)

// Topics are what the drifted branches of a thread speak of.
type Topics struct {
	Why  *metrics.Text // why there are none
	N    int           // comments at or below a drift point with words enough
	Read int           // of them: those that were looked at, at most 1,500 evenly spaced
	List []Topic       // the one with most comments first
}

// Topic is one of them.
type Topic struct {
	Words    []string       // that weigh most in it, the heaviest first
	Comments []thread.Index // that have more of it than of any other, the strongest first
}

const (
	// TopicComments is how many comments topics need.
	TopicComments = 50
	mostTopics    = 8
	topicShuffles = 19
	topicRead     = 1500 // comments
	topicStems    = 800  // those in most comments
	topicWords    = 6    // that are named
)

// DriftTopics are the Topics of a thread: a factorisation of the stems of the comments
// at and below drift points, each stem weighed by TF-IDF and each comment alike. There
// are as many as singular values, the first counted, that lie above all those of the same
// words dealt out anew, 19 times, from the seed (parallel analysis), at most 8. O(words), and for the
// factorisation some tenths of a second.
var DriftTopics = &metrics.Fact[*Topics]{Name: "drift-topics", Compute: func(c *metrics.Context) (*Topics, error) {
	d, err := Drifts.Of(c)
	if err != nil {
		return nil, err
	}
	turns, err := Points.Of(c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	in := make([]bool, t.Len())
	for _, p := range turns.Points {
		in[p.At] = true
	}
	var docs []thread.Index
	for i := range t.All() {
		if p := t.Parent(i); p != thread.NoIndex && in[p] {
			in[i] = true
		}
		if in[i] && d.bags.lang[i] == d.bags.usual && d.bags.total[i] >= MinStems {
			docs = append(docs, i)
		}
	}
	return topicsOf(d.bags, docs, c.Seed), nil
}}

func topicsOf(b *stemBags, docs []thread.Index, seed uint64) *Topics {
	out := &Topics{N: len(docs)}
	if len(docs) < TopicComments {
		out.Why = metrics.TooFew(len(docs), TopicComments, driftedComments).Reason
		return out
	}
	if step := (len(docs) + topicRead - 1) / topicRead; step > 1 {
		kept := docs[:0]
		for k := 0; k < len(docs); k += step {
			kept = append(kept, docs[k])
		}
		docs = kept
	}
	out.Read = len(docs)
	kept := frequent(b, docs)
	column := map[int32]int32{}
	for k, w := range kept {
		column[w] = int32(k)
	}
	var dealt []int32 // columns of all words, document by document
	ends := make([]int, len(docs))
	for k, d := range docs {
		terms, counts := b.bag(int(d))
		for e, w := range terms {
			if at, ok := column[w]; ok {
				for range counts[e] {
					dealt = append(dealt, at)
				}
			}
		}
		ends[k] = len(dealt)
	}
	m := weigh(dealt, ends, len(kept))
	k := howMany(m, dealt, ends, seed)
	if k < 2 {
		out.Why = oneTopic
		return out
	}
	f := nmf.Factor(m, k)
	out.List = make([]Topic, f.K)
	best := make([][]float64, f.K) // by topic: how much of it its comments have
	for d, i := range docs {
		row := f.W[d*f.K : (d+1)*f.K]
		if at := heaviest(row); row[at] > 0 {
			out.List[at].Comments, best[at] = append(out.List[at].Comments, i), append(best[at], row[at])
		}
	}
	for topic := range out.List {
		of := &out.List[topic]
		weights := map[thread.Index]float64{}
		for e, i := range of.Comments {
			weights[i] = best[topic][e]
		}
		slices.SortStableFunc(of.Comments, func(i, j thread.Index) int { return cmp.Compare(weights[j], weights[i]) })
		of.Words = named(b, f, kept, topic)
	}
	out.List = slices.DeleteFunc(out.List, func(x Topic) bool { return len(x.Comments) == 0 })
	slices.SortStableFunc(out.List, func(x, y Topic) int { return cmp.Compare(len(y.Comments), len(x.Comments)) })
	return out
}

func heaviest(xs []float64) (at int) {
	for k, x := range xs {
		if x > xs[at] {
			at = k
		}
	}
	return at
}

// named are the words that weigh most in a topic.
func named(b *stemBags, f *nmf.Topics, kept []int32, topic int) (out []string) {
	order := make([]int, len(kept))
	for k := range order {
		order[k] = k
	}
	weight := func(k int) float64 { return f.H[k*f.K+topic] }
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(weight(y), weight(x)) })
	for _, k := range order[:min(topicWords, len(order))] {
		if weight(k) > 0 {
			out = append(out, b.reader.Word(b.reader.Shown[kept[k]]))
		}
	}
	return out
}

// frequent are the stems that stand in most of the documents, and in two at least, in
// order of terms.
func frequent(b *stemBags, docs []thread.Index) []int32 {
	in := map[int32]int{}
	for _, d := range docs {
		terms, _ := b.bag(int(d))
		for _, w := range terms {
			in[w]++
		}
	}
	var kept []int32
	for w, n := range in {
		if n > 1 {
			kept = append(kept, w)
		}
	}
	slices.SortFunc(kept, func(v, w int32) int { return cmp.Or(cmp.Compare(in[w], in[v]), cmp.Compare(v, w)) })
	kept = kept[:min(topicStems, len(kept))]
	slices.Sort(kept)
	return kept
}

// weigh makes a matrix of documents whose words end at ends: (1 + ln count)·idf, each
// document of length 1.
func weigh(dealt []int32, ends []int, words int) *nmf.Matrix {
	m := &nmf.Matrix{Start: make([]int, 1, len(ends)+1), Words: words}
	in := make([]int, words)
	at := make([]int, words) // place of the word in this document, plus 1
	from := 0
	for _, end := range ends {
		first := len(m.Word)
		for _, w := range dealt[from:end] {
			if at[w] > 0 {
				m.Weight[at[w]-1]++
				continue
			}
			m.Word, m.Weight = append(m.Word, w), append(m.Weight, 1)
			at[w] = len(m.Word)
			in[w]++
		}
		for _, w := range m.Word[first:] {
			at[w] = 0
		}
		m.Start = append(m.Start, len(m.Word))
		from = end
	}
	for d := range ends {
		row := m.Weight[m.Start[d]:m.Start[d+1]]
		sum := 0.0
		for k, x := range row {
			row[k] = (1 + math.Log(x)) * idf(len(ends), in[m.Word[m.Start[d]+k]])
			sum += row[k] * row[k]
		}
		for k := range row {
			row[k] /= math.Sqrt(sum)
		}
	}
	return m
}

// howMany is how many singular values of m lie above those of the same words in other
// documents. The first is not asked: it is what all documents share.
func howMany(m *nmf.Matrix, dealt []int32, ends []int, seed uint64) int {
	values, _, _ := nmf.SVD(m, mostTopics)
	chance := make([]float64, len(values))
	rng := rand.New(rand.NewPCG(seed, 62))
	dealt = slices.Clone(dealt)
	for range topicShuffles {
		rng.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
		drawn, _, _ := nmf.SVD(weigh(dealt, ends, m.Words), mostTopics)
		for k := range min(len(chance), len(drawn)) {
			chance[k] = max(chance[k], drawn[k])
		}
	}
	for k, x := range values {
		if k > 0 && x <= chance[k] {
			return k
		}
	}
	return len(values)
}

var (
	driftedComments = metrics.Text{EN: "comments at or below a drift point with words enough", FR: "commentaires à un point de dérive ou au-dessous ayant assez de mots"}
	oneTopic        = &metrics.Text{
		EN: "the words of the drifted branches do not form topics beyond what chance gives",
		FR: "les mots des branches dérivées ne forment pas de thèmes au-delà de ce que donne le hasard",
	}
	boutsidis = metrics.Citation{
		Authors: "Boutsidis, Gallopoulos", Title: "SVD based initialization: a head start for nonnegative matrix factorization",
		Venue: "Pattern Recognition 41(4)", Year: 2008, DOI: "10.1016/j.patcog.2007.09.010",
	}
	horn = metrics.Citation{
		Authors: "Horn", Title: "A rationale and test for the number of factors in factor analysis",
		Venue: "Psychometrika 30(2)", Year: 1965, DOI: "10.1007/BF02289447", Where: "parallel analysis; its use on words dealt out anew is ours", WhereFR: "analyse parallèle ; son usage sur des mots redistribués est de nous",
	}
)

// TopicCount is how many topics the drifted branches have.
var TopicCount = &metrics.Measure{
	Name: "drift-topics", Group: "drift",
	Title: metrics.Text{EN: "Topics of the drifted branches", FR: "Thèmes des branches dérivées"},
	Doc: metrics.Text{
		EN: "Into how many topics the words of the comments at and below drift points fall, from 2 to 8: as many as stand out against the same words dealt out anew. The topics with their words are in the report and among the details. A topic is words that come together, and names itself; whether it is one subject, a reader must say.",
		FR: "En combien de thèmes se répartissent les mots des commentaires aux points de dérive et au-dessous, de 2 à 8 : autant qu’il en ressort face aux mêmes mots redistribués. Les thèmes et leurs mots sont dans le rapport et parmi les détails. Un thème, ce sont des mots qui vont ensemble et se nomment eux-mêmes ; si c’est un sujet, le lecteur le dira.",
	},
	Math:   "1 + |{k : σ_2 … σ_k each above the greatest of 19 shuffles}|, σ = singular values of TF-IDF, ‖row‖ = 1; topics: min ‖X − WH‖, W, H ≥ 0",
	MathFR: "1 + |{k : σ_2 … σ_k chacune au-dessus de la plus grande de 19 redistributions}|, σ = valeurs singulières de TF-IDF, ‖ligne‖ = 1 ; thèmes : min ‖X − WH‖, W, H ≥ 0",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText | metrics.NeedReplies, MinN: TopicComments,
	Source: []metrics.Citation{boutsidis, horn, cite.Own},
	Interval: &metrics.Interval{None: metrics.Text{
		EN: "a choice of how many, no estimate: a thread drawn anew has other topics",
		FR: "un choix de leur nombre et non une estimation : un fil tiré de nouveau a d’autres thèmes",
	}},
	Run: metrics.From(DriftTopics, func(x *Topics) metrics.Value {
		if x.Why != nil {
			return metrics.Undefined(x.N, x.Why)
		}
		return metrics.Of(float64(len(x.List)), x.N)
	}),
}
