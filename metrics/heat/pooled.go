package heat

import (
	"math"

	"threadheat/metrics"
	"threadheat/thread"
)

// Pooled are means of groups of values that share what they know: each is drawn
// towards the mean of all groups, the more the fewer values it has.
//
//	θₐ = μ + Bₐ (m̄ₐ − μ),  Bₐ = τ²/(τ² + σ²/nₐ)
//
// σ² is the pooled variance within groups, τ² that between them by the analysis of
// variance with groups of unequal size,
//
//	τ² = max(0, (SSB − (A − 1) σ²)/(N − Σ nₐ²/N)),
//
// and μ the mean of the groups weighted by 1/(τ² + σ²/nₐ).
type Pooled struct {
	Mean            float64       // μ
	Within, Between float64       // σ², τ²
	Groups, Values  int           // with at least one value; values in all
	Why             *metrics.Text // why there is nothing to share; nil where there is

	empty    *metrics.Text // why a group without values has none
	n        []int         // by group
	sum      []float64     // by group
	variance float64       // of μ
}

// The least that two variances are told from.
const (
	fewestGroups = 2
	fewestWithin = 3 // values beyond one in each group
)

var (
	oneGroup   = &metrics.Text{EN: "fewer than two authors have such comments", FR: "moins de deux auteurs ont de tels commentaires"}
	noRepeated = &metrics.Text{
		EN: "hardly anybody has two such comments: how much one person varies is not known",
		FR: "presque personne n’a deux tels commentaires : on ne sait pas combien une personne varie",
	}
)

// pool works out what groups of values share: value k is xs[k], of group of[k].
// O(n).
func pool(groups int, xs []float64, of []int) *Pooled {
	p := &Pooled{n: make([]int, groups), sum: make([]float64, groups), Values: len(xs)}
	total := 0.0
	for k, x := range xs {
		p.n[of[k]]++
		p.sum[of[k]] += x
		total += x
	}
	sizes := 0.0 // Σ n²
	for _, n := range p.n {
		if n > 0 {
			p.Groups++
		}
		sizes += float64(n) * float64(n)
	}
	switch {
	case p.Groups < fewestGroups:
		p.Why = oneGroup
		return p
	case p.Values-p.Groups < fewestWithin:
		p.Why = noRepeated
		return p
	}
	var within, between float64
	for k, x := range xs {
		d := x - p.raw(of[k])
		within += d * d
	}
	grand, all := total/float64(len(xs)), float64(len(xs))
	for a, n := range p.n {
		if n > 0 {
			d := p.raw(a) - grand
			between += float64(n) * d * d
		}
	}
	p.Within = within / float64(p.Values-p.Groups)
	p.Between = max(0, (between-float64(p.Groups-1)*p.Within)/(all-sizes/all))
	if p.Within == 0 && p.Between == 0 {
		p.Mean = grand
		return p
	}
	var weights, weighted float64
	for a, n := range p.n {
		if n > 0 {
			w := 1 / (p.Between + p.Within/float64(n))
			weights += w
			weighted += w * p.raw(a)
		}
	}
	p.Mean, p.variance = weighted/weights, 1/weights
	return p
}

// raw is the plain mean of group a, which must have values.
func (p *Pooled) raw(a int) float64 { return p.sum[a] / float64(p.n[a]) }

// Of is what is known of group a: its pooled mean with the 95 % interval by the
// variance
//
//	Bₐ σ²/nₐ + (1 − Bₐ)² Var(μ) + 2/(A − 3) (1 − Bₐ)² (m̄ₐ − μ)²,
//
// whose parts are what the group's values leave open, what is not known of μ, and
// what is not known of τ² (Morris 1983; A − 3 at least 1). Where the groups do not
// differ more than their values do, all are μ.
func (p *Pooled) Of(a int) metrics.Value {
	switch {
	case p.n[a] == 0:
		return metrics.Undefined(0, p.empty)
	case p.Why != nil:
		return metrics.Undefined(p.n[a], p.Why)
	}
	b := p.share(a)
	x := p.Mean + b*(p.raw(a)-p.Mean)
	const normal95 = 1.959963984540054
	away := (1 - b) * (p.raw(a) - p.Mean)
	half := normal95 * math.Sqrt(b*p.Within/float64(p.n[a])+(1-b)*(1-b)*p.variance+2/max(1, float64(p.Groups-3))*away*away)
	return metrics.Of(min(max(x, 0), 1), p.n[a]).With(func(more *metrics.More) {
		more.CI = &[2]float64{max(x-half, 0), min(x+half, 1)}
	})
}

// share is Bₐ.
func (p *Pooled) share(a int) float64 {
	if p.Between == 0 {
		return 0
	}
	return p.Between / (p.Between + p.Within/float64(p.n[a]))
}

// Sent is the heat of what each author wrote, Received that of the answers of
// others to each; both by AuthorID. O(n).
var (
	Sent = FactOf("heat sent", func(s *Source, c *metrics.Context) (*Pooled, error) {
		return pooledBy(s, c, noHeat, func(t *thread.Thread, i thread.Index) (thread.AuthorID, bool) { return t.Author(i), true })
	})
	Received = FactOf("heat received", func(s *Source, c *metrics.Context) (*Pooled, error) {
		return pooledBy(s, c, notAnswered, func(t *thread.Thread, i thread.Index) (thread.AuthorID, bool) {
			p := t.Parent(i)
			if p == thread.NoIndex || !metrics.Spoken(t, p) || t.Author(p) == t.Author(i) {
				return 0, false
			}
			return t.Author(p), true
		})
	})
)

func pooledBy(s *Source, c *metrics.Context, empty *metrics.Text, author func(*thread.Thread, thread.Index) (thread.AuthorID, bool)) (*Pooled, error) {
	l, err := AllLinked.Of(s, c)
	if err != nil {
		return nil, err
	}
	var xs []float64
	var of []int
	for k, i := range l.Comments {
		if a, ok := author(c.Thread, i); ok {
			xs, of = append(xs, l.Heat[k]), append(of, int(a))
		}
	}
	p := pool(c.Thread.Authors(), xs, of)
	if p.empty = empty; l.None != nil {
		p.empty = l.None
	}
	return p, nil
}

var notAnswered = &metrics.Text{EN: "no answer of another with a heat", FR: "aucune réponse d’un autre dont la chaleur soit connue"}

var (
	efronMorris = metrics.Citation{
		Authors: "Efron, Morris", Title: "Data analysis using Stein’s estimator and its generalizations", Venue: "Journal of the American Statistical Association 70", Year: 1975,
	}
	morris = metrics.Citation{
		Authors: "Morris", Title: "Parametric empirical Bayes inference: Theory and applications", Venue: "Journal of the American Statistical Association 78", Year: 1983,
	}
	searle = metrics.Citation{
		Authors: "Searle, Casella, McCulloch", Title: "Variance components", Venue: "New York: Wiley", Year: 1992, Where: "section 3.6",
	}
)

const (
	pooledMath   = "μ + (m̄ − μ) τ²/(τ² + σ²/n); m̄ and n mean and number of the author’s, σ² variance within authors, τ² between them (analysis of variance), μ the mean of authors"
	pooledMathFR = "μ + (m̄ − μ) τ²/(τ² + σ²/n) ; m̄ et n moyenne et nombre de ceux de l’auteur, σ² variance chez un même auteur, τ² entre auteurs (analyse de la variance), μ la moyenne des auteurs"
)

// heatSent and heatReceived are the pooled means of each author. N is how many
// comments or answers they rest on.

func heatSent(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "sent",
		Title: metrics.Text{EN: "Heat sent", FR: "Chaleur émise"},
		Doc: metrics.Text{
			EN: "The mean heat of what the author wrote, drawn towards the mean of all authors, the more the fewer comments there are: one hot comment does not make a hot person. Where authors do not differ more than their own comments do, all get the same value. The 95% interval is rough with few authors.",
			FR: "La chaleur moyenne de ce que l’auteur a écrit, ramenée vers la moyenne des auteurs, d’autant plus qu’il y a peu de commentaires : un commentaire chaud ne fait pas une personne chaude. Là où les auteurs ne diffèrent pas plus entre eux que leurs propres commentaires, tous ont la même valeur. L’intervalle à 95 % est approximatif avec peu d’auteurs.",
		},
		Math: pooledMath, MathFR: pooledMathFR,
		Scope: metrics.PerAuthor, Unit: metrics.Heat, Range: metrics.Fraction, MinN: 1,
		Source: []metrics.Citation{efronMorris, morris, searle},
		Run:    eachFromFact(s, Sent, (*Pooled).values),
	})
}

func heatReceived(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "received",
		Title: metrics.Text{EN: "Heat received", FR: "Chaleur reçue"},
		Doc: metrics.Text{
			EN: "The mean heat of the answers of others to the author, drawn towards the mean of all who were answered, the more the fewer answers there are. It tells what came back, not whether it was earned. The 95% interval is rough with few authors.",
			FR: "La chaleur moyenne des réponses des autres à l’auteur, ramenée vers la moyenne de tous ceux à qui l’on a répondu, d’autant plus qu’il y a peu de réponses. Elle dit ce qui est revenu, non si c’était mérité. L’intervalle à 95 % est approximatif avec peu d’auteurs.",
		},
		Math: pooledMath, MathFR: pooledMathFR,
		Scope: metrics.PerAuthor, Unit: metrics.Heat, Range: metrics.Fraction, Needs: metrics.NeedReplies, MinN: 1,
		Source: []metrics.Citation{efronMorris, morris, searle},
		Run:    eachFromFact(s, Received, (*Pooled).values),
	})
}

func (p *Pooled) values() metrics.Values { return metrics.Each(len(p.n), p.Of) }
