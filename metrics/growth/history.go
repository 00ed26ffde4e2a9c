// Package growth fits how a discussion grows: what makes people answer one
// comment rather than another.
//
// Each comment that somebody said (metrics.Spoken) and whose time is known
// chooses, in order of time, one of the comments before it or the article. The
// model weighs the candidates by how much they were answered, how new they are,
// whether they are the article, and whether they answer the one who chooses
// (Gómez et al. 2013, Aragón et al. 2017).
package growth

import (
	"math"

	"threadheat/metrics/pace"
	"threadheat/thread"
)

// choice is what one comment chose among the t nodes before it, the article
// being the oldest.
type choice struct {
	t   int32 // candidates, the article counted
	lag int32 // of the chosen one: 1 the newest, t the article
	// The rest are counts, as the likelihood multiplies them.
	degree  float64 // of the chosen one: answers, and its own link to what it answers
	degrees float64 // of all candidates
	article float64 // 1 where the article is chosen
	mutual  float64 // 1 where the chosen one is by another and answers the one who chooses
	mutuals float64 // candidates that do
}

// maxComments is how many of the first comments of a thread are used: the time of
// a fit grows with their number.
const maxComments = 1000

// history is the choices of the first comments of a thread. A comment that
// answers one without a time, a ghost or one dated later is a candidate for others,
// but its own choice is not known. O(n log n).
func history(t *thread.Thread, a *pace.Arrivals) []choice {
	order := a.Order[:min(len(a.Order), maxComments)]
	at := make([]int32, t.Len()) // 1 + number in time; 0 not yet there
	degree := make([]float64, len(order)+1)
	degrees := 0.0
	// answered counts, for each author, the comments of others that answer one of
	// theirs.
	answered := make([]float64, t.Authors())
	out := make([]choice, 0, len(order))
	for k, i := range order {
		count, node := int32(k+1), int32(k+1) // the article is node 0, comment k node k+1
		p, who := t.Parent(i), t.Author(i)
		at[i] = node
		chosen := int32(0)
		if p != thread.NoIndex {
			if chosen = at[p]; chosen == 0 {
				degree[node]++
				degrees++
				continue
			}
		}
		c := choice{t: count, lag: count - chosen, degree: degree[chosen], degrees: degrees, mutuals: answered[who]}
		if p == thread.NoIndex {
			c.article = 1
		} else if to := t.Author(p); to != who {
			answered[to]++
			if up := t.Parent(p); up != thread.NoIndex && t.Author(up) == who && 0 < at[up] && at[up] < at[p] {
				c.mutual = 1
			}
		}
		out = append(out, c)
		degree[chosen]++
		degree[node]++
		degrees += 2
	}
	return out
}

// params are the weights of the model,
//
//	P(k) ∝ α d(k) + β [k is the article] + τ^lag(k) + κ [k answers the one who chooses].
type params struct{ alpha, beta, tau, kappa float64 }

// logLikelihood of choices, whose logarithms are taken of products. O(n).
func logLikelihood(choices []choice, p params, powers *powers) float64 {
	powers.fill(p.tau)
	sum, product := 0.0, 1.0
	for i := range choices {
		c := &choices[i]
		w := p.alpha*c.degree + p.beta*c.article + powers.of[c.lag] + p.kappa*c.mutual
		z := p.alpha*c.degrees + p.beta + powers.sum[c.t] + p.kappa*c.mutuals
		if product *= w / z; product < 1e-200 {
			sum += math.Log(product)
			product = 1
		}
	}
	return sum + math.Log(product)
}

// powers are those of a number and their sums: of[l] is τˡ, sum[l] is τ + … + τˡ.
type powers struct{ of, sum []float64 }

func powersFor(choices []choice) *powers {
	most := int32(0)
	for _, c := range choices {
		most = max(most, c.t)
	}
	return &powers{make([]float64, most+1), make([]float64, most+1)}
}

func (p *powers) fill(tau float64) {
	x, s := 1.0, 0.0
	for l := 1; l < len(p.of); l++ {
		// What is too small to matter would only be slow.
		if x *= tau; x < 1e-300 {
			x = 0
		}
		s += x
		p.of[l], p.sum[l] = x, s
	}
}

// blind is the log likelihood of the uniform recursive tree: every candidate is
// chosen as likely.
func blind(choices []choice) float64 {
	sum := 0.0
	for _, c := range choices {
		sum -= math.Log(float64(c.t))
	}
	return sum
}

// informed are the choices that were any: the first comment has the article alone
// to answer.
func informed(choices []choice) int {
	n := 0
	for _, c := range choices {
		if c.t > 1 {
			n++
		}
	}
	return n
}
