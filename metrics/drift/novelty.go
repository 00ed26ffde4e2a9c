package drift

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Surprises is how new the words of comments are to those who came before on
// their branch, and how much of it those who came after took up, in bits, by
// thread.Index. Past and Future count the comments that each is the mean over; 0
// where there are none.
type Surprises struct {
	Novelty, Transience []float64
	Past, Future        []int
}

// surpriseWindow is how many steps up and down are looked at.
const surpriseWindow = 2

// smoothing is how many words, in the proportions of the thread, are added to
// those of each comment: else a single new word would be infinitely surprising.
const smoothing = 10

// Novelties are the Surprises of a thread. O(words).
var Novelties = &metrics.Fact[*Surprises]{Name: "drift-surprises", Compute: func(c *metrics.Context) (*Surprises, error) {
	d, err := Drifts.Of(c)
	if err != nil {
		return nil, err
	}
	v := newDivergences(d.bags)
	return surprises(c.Thread, surpriseWindow, v.load, v.of), nil
}}

// surprises averages divergences over the comments at each distance, then over
// the distances up to window at which there are any. load says which comment the
// next are compared with; of gives both divergences between that and another, ok
// where they can be compared.
func surprises(t *thread.Thread, window int, load func(up thread.Index), of func(down thread.Index) (upDown, downUp float64, ok bool)) *Surprises {
	n := t.Len()
	s := &Surprises{Novelty: make([]float64, n), Transience: make([]float64, n), Past: make([]int, n), Future: make([]int, n)}
	var level, next []thread.Index
	for up := range t.All() {
		if t.End(up) == up+1 {
			continue
		}
		load(up)
		level = append(level[:0], up)
		distances := 0.0
		for range window {
			next = next[:0]
			sum, here := 0.0, 0
			for _, p := range level {
				for down := range t.Replies(p) {
					next = append(next, down)
					if upDown, downUp, ok := of(down); ok {
						sum, here = sum+upDown, here+1
						s.Novelty[down] += downUp
						s.Past[down]++
					}
				}
			}
			if here > 0 {
				s.Transience[up] += sum / float64(here)
				s.Future[up] += here
				distances++
			}
			level, next = next, level
		}
		if distances > 0 {
			s.Transience[up] /= distances
		}
	}
	for i := range n {
		if s.Past[i] > 0 {
			s.Novelty[i] /= float64(s.Past[i])
		}
	}
	return s
}

// divergences are Kullback-Leibler divergences, in bits, between the smoothed
// bags of comments: p_w = (c_w + m·q_w) / (n + m), q the proportions of the
// thread. Sums over all words are worked out beforehand, so that a divergence
// costs the words of one bag.
type divergences struct {
	b     *stemBags
	q     []float64 // m·q by term
	qLogs float64   // Σ m·q log2(m·q)
	entropy, cross,
	gain []float64 // by bag: Σ p log2 p, Σ p log2(m·q), Σ m·q log2(1 + c/(m·q))
	up    thread.Index
	count []int32 // of up, by term
	shown []int32 // terms of up
}

func newDivergences(b *stemBags) *divergences {
	n := len(b.lang) - 1 // the title is no comment
	v := &divergences{b: b, q: make([]float64, len(b.reader.Terms)), count: make([]int32, len(b.reader.Terms)),
		entropy: make([]float64, n), cross: make([]float64, n), gain: make([]float64, n)}
	all := 0.0
	for d := range n {
		terms, counts := b.bag(d)
		for k, w := range terms {
			v.q[w] += float64(counts[k])
			all += float64(counts[k])
		}
	}
	for w, c := range v.q {
		if v.q[w] = smoothing * c / all; c > 0 {
			v.qLogs += v.q[w] * math.Log2(v.q[w])
		}
	}
	for d := range n {
		terms, counts := b.bag(d)
		words := float64(b.total[d]) + smoothing
		plain, both := v.qLogs, v.qLogs // of the words that d has not; with those of d
		sum := 0.0
		for k, w := range terms {
			c, q := float64(counts[k]), v.q[w]
			sum += (c + q) * math.Log2(c+q)
			plain -= q * math.Log2(q)
			both += c * math.Log2(q)
			v.gain[d] += q * math.Log2(1+c/q)
		}
		v.entropy[d] = (sum+plain)/words - math.Log2(words)
		v.cross[d] = both / words
	}
	return v
}

func (v *divergences) load(up thread.Index) {
	for _, w := range v.shown {
		v.count[w] = 0
	}
	v.up = up
	terms, counts := v.b.bag(int(up))
	for k, w := range terms {
		v.count[w] = counts[k]
	}
	v.shown = terms
}

// of is the divergence of the loaded comment from another and the other way
// round; ok is false where one has too few words or another language.
func (v *divergences) of(down thread.Index) (upDown, downUp float64, ok bool) {
	if v.b.total[v.up] < MinStems || v.b.total[down] < MinStems || v.b.lang[v.up] != v.b.lang[down] {
		return 0, 0, false
	}
	terms, counts := v.b.bag(int(down))
	var gainDown, gainUp float64 // Σ over shared words of c·log2(1 + c'/(m·q))
	for k, w := range terms {
		if c := v.count[w]; c > 0 {
			gainDown += float64(c) * math.Log2(1+float64(counts[k])/v.q[w])
			gainUp += float64(counts[k]) * math.Log2(1+float64(c)/v.q[w])
		}
	}
	from := func(x, y int, gain float64) float64 {
		n, m := float64(v.b.total[x])+smoothing, float64(v.b.total[y])+smoothing
		return max(0, v.entropy[x]-v.cross[x]-(gain+v.gain[y])/n+math.Log2(m))
	}
	return from(int(v.up), int(down), gainDown), from(int(down), int(v.up), gainUp), true
}

var barron = metrics.Citation{
	Authors: "Barron, Huang, Spang, DeDeo", Title: "Individuals, institutions, and innovation in the debates of the French Revolution",
	Venue: "PNAS 115(18)", Year: 2018, DOI: "10.1073/pnas.1717729115", Where: "on trees: past is above, future is below", WhereFR: "sur des arbres : le passé est au-dessus, l’avenir au-dessous",
}

var (
	noPast   = &metrics.Text{EN: "no comment above has words enough in its language", FR: "aucun commentaire au-dessus n’a assez de mots dans sa langue"}
	noFuture = &metrics.Text{EN: "no reply has words enough in its language", FR: "aucune réponse n’a assez de mots dans sa langue"}
)

const (
	surpriseMath   = "KL(x‖y) = Σ_w p_w log2(p_w/r_w), p_w = (count + 10·share in the thread)/(stems + 10), mean over the comments at 1 and 2 steps"
	surpriseMathFR = "KL(x‖y) = Σ_w p_w log2(p_w/r_w), p_w = (compte + 10·part dans le fil)/(racines + 10), moyenne sur les commentaires à 1 et 2 pas"
)

// Novelty, Transience and Resonance tell who brought words that stayed.
var (
	Novelty = surprise("novelty",
		metrics.Text{EN: "Novelty", FR: "Nouveauté"},
		metrics.Text{
			EN: "How surprising a comment’s words are to somebody who knows the one or two comments above it, in bits a word. Short comments surprise less, for they say less; a quotation or a digression can be as new as a discovery.",
			FR: "Combien les mots d’un commentaire surprennent qui connaît le ou les deux commentaires au-dessus, en bits par mot. Les commentaires courts surprennent moins, car ils disent moins ; une citation ou une digression peut être aussi nouvelle qu’une découverte.",
		}, metrics.Text{EN: "mean KL(comment‖above)", FR: "moyenne de KL(commentaire‖au-dessus)"}, metrics.NonNegative,
		func(s *Surprises, i thread.Index) (float64, int, *metrics.Text) {
			return s.Novelty[i], s.Past[i], noPast
		})
	Transience = surprise("transience",
		metrics.Text{EN: "Transience", FR: "Fugacité"},
		metrics.Text{
			EN: "How surprising a comment’s words are to somebody who knows the replies below it, one or two steps down: high where nobody took them up. In bits a word.",
			FR: "Combien les mots d’un commentaire surprennent qui connaît les réponses qui suivent, à un ou deux pas : élevée où personne ne les a repris. En bits par mot.",
		}, metrics.Text{EN: "mean KL(comment‖below)", FR: "moyenne de KL(commentaire‖au-dessous)"}, metrics.NonNegative,
		func(s *Surprises, i thread.Index) (float64, int, *metrics.Text) {
			return s.Transience[i], s.Future[i], noFuture
		})
	Resonance = surprise("resonance",
		metrics.Text{EN: "Resonance", FR: "Résonance"},
		metrics.Text{
			EN: "Novelty less transience: above 0 the replies are closer to the comment than what it answered was; what it brought has stayed for a while. It tells who turned a branch, not whether for the better.",
			FR: "La nouveauté moins la fugacité : au-dessus de 0, les réponses sont plus proches du commentaire que ce à quoi il répondait ; ce qu’il a apporté est resté un temps. Elle dit qui a fait tourner une branche, non si c’était un bien.",
		}, metrics.Text{EN: "novelty − transience", FR: "nouveauté − fugacité"}, metrics.AnyNumber,
		func(s *Surprises, i thread.Index) (float64, int, *metrics.Text) {
			if s.Past[i] == 0 {
				return 0, 0, noPast
			}
			return s.Novelty[i] - s.Transience[i], s.Future[i], noFuture
		})
)

func surprise(name string, title, doc, formula metrics.Text, within metrics.Range, of func(*Surprises, thread.Index) (float64, int, *metrics.Text)) *metrics.Measure {
	return &metrics.Measure{
		Name: name, Group: "drift", Title: title, Doc: doc, Math: formula.EN + "; " + surpriseMath, MathFR: formula.FR + " ; " + surpriseMathFR,
		Scope: metrics.PerComment, Unit: metrics.Bits, Range: within, Needs: metrics.NeedText | metrics.NeedReplies, MinN: 1,
		Source: []metrics.Citation{barron, cite.Own},
		Run: func(c *metrics.Context) (metrics.Values, error) {
			s, err := Novelties.Of(c)
			if err != nil {
				return nil, err
			}
			d, err := Drifts.Of(c)
			if err != nil {
				return nil, err
			}
			vs := make(metrics.List, c.Thread.Len())
			for i := range c.Thread.All() {
				x, n, none := of(s, i)
				switch why := words.Unread(c.Thread, i); {
				case why != nil:
					vs[i] = metrics.Undefined(0, why)
				case d.bags.total[i] < MinStems:
					vs[i] = metrics.TooFew(int(d.bags.total[i]), MinStems, contentStems)
				case n == 0:
					vs[i] = metrics.Undefined(0, none)
				default:
					vs[i] = metrics.Of(x, n)
				}
			}
			return vs, nil
		},
	}
}
