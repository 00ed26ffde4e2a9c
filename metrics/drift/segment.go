package drift

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// A stretch of a flat list is one bag of words, drawn from a Dirichlet-multinomial
// as a branch is. Both numbers were chosen on texts joined from ten articles
// (DRIFT.md): sentences are shorter than comments and share fewer words.
const (
	stretchWords = 120 // how many words the background counts for
	stretchCost  = 10  // nats that a stretch must bring
)

// Segments are the stretches of a flat list of comments, each on one subject, by
// thread.Index and numbered from 0 in document order; nil where comments answer
// each other. Those that make the words most likely, each at a price, are found
// by dynamic programming: O(n · words of a stretch), no stretch being looked at
// beyond some thousands of words in long lists, after which neighbours that are
// one are joined.
var Segments = &metrics.Fact[[]int]{Name: "drift-segments", Compute: func(c *metrics.Context) ([]int, error) {
	t := c.Thread
	var order []int
	for i := range t.Document() {
		if t.Parent(i) != thread.NoIndex {
			return nil, nil
		}
		order = append(order, int(i))
	}
	d, err := Drifts.Of(c)
	if err != nil {
		return nil, err
	}
	starts := newSegmenter(d.bags).cut(order)
	out := make([]int, t.Len())
	at := 0
	for k, i := range order {
		if at+1 < len(starts) && starts[at+1] == k {
			at++
		}
		out[i] = at
	}
	return out, nil
}}

// segmenter cuts a list of bags into stretches.
type segmenter struct {
	b     *stemBags
	lang  stems.Lang // that is read
	level []uint8
	ln    gammas
	count []int32
}

func newSegmenter(b *stemBags) *segmenter {
	return &segmenter{b: b, lang: b.usual, level: levelsOf(b.reader.Terms), ln: gammas{a: stretchWords}, count: make([]int32, len(b.reader.Terms))}
}

// add adds a bag to those counted and returns what it adds to Σ lnΓ(count + α) −
// lnΓ(α), and its words.
func (s *segmenter) add(d int) (likelihood float64, n int32) {
	if s.b.lang[d] != s.lang {
		return 0, 0
	}
	terms, counts := s.b.bag(d)
	for k, w := range terms {
		level, old := s.level[w], s.count[w]
		s.count[w] += counts[k]
		likelihood += s.ln.of(level, s.count[w]) - s.ln.of(level, old)
	}
	return likelihood, s.b.total[d]
}

func (s *segmenter) remove(d int) {
	if s.b.lang[d] == s.lang {
		terms, _ := s.b.bag(d)
		for _, w := range terms {
			s.count[w] = 0
		}
	}
}

// whole is the part of a likelihood that depends on how many words there are.
func whole(n int32) float64 { return lnGamma(stretchWords) - lnGamma(float64(n)+stretchWords) }

// words of all stretches that are tried, and the fewest of the longest.
const (
	triedWords   = 30_000_000
	triedStretch = 2_000
)

// cut is where the best stretches of a list of bags begin.
func (s *segmenter) cut(order []int) []int {
	n := len(order)
	if n == 0 {
		return nil
	}
	most := int32(max(triedWords/n, triedStretch))
	best, from := make([]float64, n+1), make([]int, n+1)
	for j := 1; j <= n; j++ {
		best[j] = math.Inf(-1)
		var sum float64
		var total int32
		i := j - 1
		for ; i >= 0 && (total <= most || i == j-1); i-- {
			more, words := s.add(order[i])
			sum += more
			total += words
			if v := best[i] + sum + whole(total) - stretchCost; v > best[j] {
				best[j], from[j] = v, i
			}
		}
		for i++; i < j; i++ {
			s.remove(order[i])
		}
	}
	var starts []int
	for j := n; j > 0; j = from[j] {
		starts = append(starts, from[j])
	}
	for i, j := 0, len(starts)-1; i < j; i, j = i+1, j-1 {
		starts[i], starts[j] = starts[j], starts[i]
	}
	return s.join(order, starts)
}

// join joins neighbouring stretches that are worth no cut, from the first on: a
// long stretch may have been cut for its length alone.
func (s *segmenter) join(order, starts []int) []int {
	end := func(k int) int {
		if k < len(starts) {
			return starts[k]
		}
		return len(order)
	}
	out := starts[:1]
	var left float64 // likelihood of the stretch that is being made, without whole
	var leftN int32
	for d := range end(1) {
		more, words := s.add(order[d])
		left, leftN = left+more, leftN+words
	}
	for k := 1; k < len(starts); k++ {
		var both float64
		var rightN int32
		for d := starts[k]; d < end(k+1); d++ {
			more, words := s.add(order[d])
			both, rightN = both+more, rightN+words
		}
		// What the right stretch is worth alone: counted anew, from nothing.
		for d := out[len(out)-1]; d < end(k+1); d++ {
			s.remove(order[d])
		}
		var right float64
		for d := starts[k]; d < end(k+1); d++ {
			more, _ := s.add(order[d])
			right += more
		}
		if right+whole(leftN)+whole(rightN)-whole(leftN+rightN)-both > stretchCost {
			out = append(out, starts[k])
			left, leftN = right, rightN
			continue
		}
		left, leftN = left+both, leftN+rightN
		for d := out[len(out)-1]; d < starts[k]; d++ {
			s.add(order[d])
		}
	}
	for d := out[len(out)-1]; d < len(order); d++ {
		s.remove(order[d])
	}
	return out
}

var eisenstein = metrics.Citation{
	Authors: "Eisenstein, Barzilay", Title: "Bayesian unsupervised topic segmentation",
	Venue: "EMNLP", Year: 2008, Where: "the likelihood and the dynamic programme; the price of a stretch is ours", WhereFR: "la vraisemblance et la programmation dynamique ; le prix d’un segment est le nôtre",
}

// Segment is the stretch that a comment of a flat list stands in.
var Segment = &metrics.Measure{
	Name: "segment", Group: "drift",
	Title: metrics.Text{EN: "Stretch", FR: "Passage"},
	Doc: metrics.Text{
		EN: "The number of the stretch of a flat list that a comment stands in: comments one after the other whose words are more likely to be of one subject than of two. For lists without replies, such as a chat; where comments answer each other, drift tells more. A conversation that goes to and fro between subjects has no stretches.",
		FR: "Le numéro du passage d’une liste plate où se trouve un commentaire : des commentaires à la suite dont les mots ont plus de chances de relever d’un sujet que de deux. Pour les listes sans réponses, comme un clavardage ; où les commentaires se répondent, la dérive en dit plus. Une conversation qui va et vient entre des sujets n’a pas de passages.",
	},
	Math:   "argmax Σ over stretches of [lnΓ(a) − lnΓ(n+a) + Σ_w lnΓ(c_w+α_w) − lnΓ(α_w) − 10], a = 120, α_w = a·p(w)",
	MathFR: "argmax Σ sur les passages de [lnΓ(a) − lnΓ(n+a) + Σ_w lnΓ(c_w+α_w) − lnΓ(α_w) − 10], a = 120, α_w = a·p(w)",
	Scope:  metrics.PerComment, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText,
	Source: []metrics.Citation{eisenstein, cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		at, err := Segments.Of(c)
		if err != nil {
			return nil, err
		}
		vs := make(metrics.List, c.Thread.Len())
		for i := range c.Thread.All() {
			switch why := words.Unread(c.Thread, i); {
			case why != nil:
				vs[i] = metrics.Undefined(0, why)
			case at == nil:
				vs[i] = metrics.Undefined(0, notFlat)
			default:
				vs[i] = metrics.Of(float64(1+at[i]), c.Thread.Len())
			}
		}
		return vs, nil
	},
}

var notFlat = &metrics.Text{
	EN: "comments answer each other: the list is no sequence",
	FR: "des commentaires se répondent : la liste n’est pas une suite",
}
