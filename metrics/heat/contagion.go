package heat

import (
	"math"
	"math/rand/v2"

	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/pace"
	"threadheat/thread"
)

// Contagion is how the heat of an answer goes with the heat of what it answers,
// within what each author wrote.
type Contagion struct {
	Slope    float64        // heat of the answer per heat of what it answers
	CI       *[2]float64    // 95 %, errors of one author together; nil below clustersForCI authors
	P        float64        // of a slope as large where answers are dealt to other comments
	NullMean float64        // of the slopes of those
	Draws    int            // of them
	Pairs    int            // answers that it rests on
	Authors  int            // who wrote them
	Why      *metrics.Value // the value where there is none; nil where there is
}

const (
	fewestPairs   = 10 // answers by people who wrote two or more
	clustersForCI = 5
)

var (
	fixedPairs = metrics.Text{
		EN: "answers with a heat, to others, by people who wrote two or more",
		FR: "réponses à d’autres, de chaleur connue, par des gens qui en ont écrit au moins deux",
	}
	sameAnswered = &metrics.Text{
		EN: "each author answered comments that are all equally hot, or as hot as they are deep",
		FR: "chaque auteur a répondu à des commentaires tous également chauds, ou chauds selon leur profondeur",
	}
)

// regression is of y on x with a level for each group and a control, with what
// does not change where only x is dealt anew worked out before.
type regression struct {
	group   []int32 // by row, 0 ≤ group < groups
	size    []float64
	control []float64 // less its mean in the group
	squares float64   // of control; 0 where it does not vary in any group
	y       []float64 // less its mean in the group and the control's part
	means   []float64 // scratch, by group
}

func newRegression(groups int, group []int32, y, control []float64) *regression {
	r := &regression{group: group, size: make([]float64, groups), means: make([]float64, groups)}
	for _, g := range group {
		r.size[g]++
	}
	r.control = r.within(control)
	for _, d := range r.control {
		r.squares += d * d
	}
	if r.squares < 1e-9 {
		r.squares = 0
	}
	r.y = r.without(r.within(y))
	return r
}

// within is v less its mean in the group.
func (r *regression) within(v []float64) []float64 {
	clear(r.means)
	for k, g := range r.group {
		r.means[g] += v[k] / r.size[g]
	}
	out := make([]float64, len(v))
	for k, g := range r.group {
		out[k] = v[k] - r.means[g]
	}
	return out
}

// without takes from v, in place, what the control tells of it.
func (r *regression) without(v []float64) []float64 {
	if r.squares == 0 {
		return v
	}
	var sum float64
	for k, d := range r.control {
		sum += d * v[k]
	}
	for k, d := range r.control {
		v[k] -= d * sum / r.squares
	}
	return v
}

// slope is the coefficient of x; false where x does not vary beside group and
// control. O(rows).
func (r *regression) slope(x []float64) (float64, bool) {
	clear(r.means)
	var total, withControl, withY float64
	for k, g := range r.group {
		total += x[k] * x[k]
		r.means[g] += x[k]
		withControl += x[k] * r.control[k]
		withY += x[k] * r.y[k]
	}
	left := total
	for g, sum := range r.means {
		left -= sum * sum / r.size[g]
	}
	if r.squares > 0 {
		left -= withControl * withControl / r.squares
	}
	if left <= 1e-9*total || total == 0 {
		return 0, false
	}
	return withY / left, true
}

// halfWidth is half the 95 % interval of a slope, whose errors may go together
// within a group (CR1, Student's t with a degree less than groups).
func (r *regression) halfWidth(x []float64, slope float64) float64 {
	left := r.without(r.within(x))
	var squares float64
	scores := make([]float64, len(r.size))
	for k, g := range r.group {
		squares += left[k] * left[k]
		scores[g] += left[k] * (r.y[k] - slope*left[k])
	}
	var meat float64
	for _, s := range scores {
		meat += s * s
	}
	n, groups, terms := float64(len(x)), float64(len(r.size)), 1.0
	if r.squares > 0 {
		terms++
	}
	meat *= groups / (groups - 1) * (n - 1) / (n - terms)
	return stats.Student95(len(r.size)-1) * math.Sqrt(meat) / squares
}

// Contagions is the Contagion of a thread. It counts answers to others whose both
// ends have a heat, by authors who wrote at least two of them. O(n) a draw; draws
// are fewer in large threads.
//
// The null: two answers of the same depth exchange what they answer, again and
// again, unless an answer would come before what it answers or an author would
// answer oneself. Kept are the tree's levels, how often each comment was answered,
// and who wrote what. The draws start from one state far from the observed one, so
// that the observed is, under the null, as good as one of them, and p is exact
// (Besag & Clifford 1989).
var Contagions = FactOf("contagion", func(s *Source, c *metrics.Context) (*Contagion, error) {
	l, err := AllLinked.Of(s, c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	written := make([]int32, t.Authors())
	answers := func(yield func(k int, up int32)) {
		for k, up := range l.Up {
			if up >= 0 && t.Author(l.Comments[k]) != t.Author(l.Comments[up]) {
				yield(k, up)
			}
		}
	}
	answers(func(k int, _ int32) { written[t.Author(l.Comments[k])]++ })
	var child, up, group []int32
	var y, depth []float64
	number := make([]int32, t.Authors()) // 1 + number of the author's group
	groups := int32(0)
	answers(func(k int, parent int32) {
		a := t.Author(l.Comments[k])
		if written[a] < 2 {
			return
		}
		if number[a] == 0 {
			groups++
			number[a] = groups
		}
		child, up, group = append(child, int32(k)), append(up, parent), append(group, number[a]-1)
		y, depth = append(y, l.Heat[k]), append(depth, float64(t.Depth(l.Comments[k])))
	})
	out := &Contagion{Pairs: len(y), Authors: int(groups)}
	undefined := func(v metrics.Value) (*Contagion, error) {
		out.Why = &v
		return out, nil
	}
	if len(y) < fewestPairs {
		return undefined(l.few(len(y), fewestPairs, fixedPairs))
	}
	r := newRegression(int(groups), group, y, depth)
	x := make([]float64, len(y))
	look := func(up []int32) []float64 {
		for k, p := range up {
			x[k] = l.Heat[p]
		}
		return x
	}
	slope, ok := r.slope(look(up))
	if !ok {
		return undefined(metrics.Undefined(len(y), sameAnswered))
	}
	out.Slope = slope
	if groups >= clustersForCI {
		half := r.halfWidth(look(up), slope)
		out.CI = &[2]float64{slope - half, slope + half}
	}
	when := make([]int32, t.Len())
	for k, i := range pace.ByTime(t) {
		when[i] = int32(k)
	}
	w := newRewiring(t, l.Comments, when, child, up)
	rng := rand.New(rand.NewPCG(c.Seed, 31))
	w.walk(rng, up)
	hub := up
	state := make([]int32, len(hub))
	hits, sum := 1.0, 0.0
	for range draws(rewiringsPer * len(hub)) {
		copy(state, hub)
		w.walk(rng, state)
		b, ok := r.slope(look(state))
		if ok {
			sum += b
			out.Draws++
		}
		if !ok || b >= slope-1e-12*(1+math.Abs(slope)) {
			hits++
		}
	}
	out.P = hits / float64(draws(rewiringsPer*len(hub))+1)
	if out.Draws > 0 {
		out.NullMean = sum / float64(out.Draws)
	}
	return out, nil
})

// rewiringsPer is what a try to exchange costs beside a look at a comment.
const rewiringsPer = 3

// triesPerAnswer is how many exchanges are tried for each answer between one draw
// and the next; triesAtMost bounds them.
const (
	triesPerAnswer = 5
	triesAtMost    = 100_000
)

// rewiring deals answers to other comments.
type rewiring struct {
	level    []int32 // by answer: where those of its depth begin in byLevel
	size     []int32 // by answer: how many they are
	byLevel  []int32 // answers that may move, by depth
	first    []int32 // by answer: when it was written, as a place in the order of time
	author   []thread.AuthorID
	writtenL []int32           // by place in Linked: when
	authorL  []thread.AuthorID // by place in Linked
}

func newRewiring(t *thread.Thread, comments []thread.Index, when []int32, child, up []int32) *rewiring {
	w := &rewiring{
		level: make([]int32, len(child)), size: make([]int32, len(child)), first: make([]int32, len(child)), author: make([]thread.AuthorID, len(child)),
		writtenL: make([]int32, len(comments)), authorL: make([]thread.AuthorID, len(comments)),
	}
	deepest := 0
	for k, i := range comments {
		w.writtenL[k], w.authorL[k] = when[i], t.Author(i)
		deepest = max(deepest, t.Depth(i))
	}
	counts := make([]int32, deepest+2)
	moves := func(k int) bool { return w.writtenL[up[k]] < w.writtenL[child[k]] } // else a clock was wrong
	for k, i := range child {
		w.first[k], w.author[k] = w.writtenL[i], w.authorL[i]
		if moves(k) {
			counts[t.Depth(comments[i])+1]++
		}
	}
	for d := 1; d < len(counts); d++ {
		counts[d] += counts[d-1]
	}
	w.byLevel = make([]int32, counts[len(counts)-1])
	next := append([]int32(nil), counts...)
	for k, i := range child {
		if d := t.Depth(comments[i]); moves(k) {
			w.byLevel[next[d]] = int32(k)
			next[d]++
			w.level[k], w.size[k] = counts[d], counts[d+1]-counts[d]
		}
	}
	return w
}

// walk tries to exchange what answers answer, at random.
func (w *rewiring) walk(r *rand.Rand, up []int32) {
	if len(w.byLevel) < 2 {
		return
	}
	for range min(triesPerAnswer*len(w.byLevel), triesAtMost) {
		a := w.byLevel[r.IntN(len(w.byLevel))]
		b := w.byLevel[w.level[a]+int32(r.IntN(int(w.size[a])))]
		if w.may(a, up[b]) && w.may(b, up[a]) {
			up[a], up[b] = up[b], up[a]
		}
	}
}

// may tells whether answer k can answer the comment at a place in Linked.
func (w *rewiring) may(k, parent int32) bool {
	return w.writtenL[parent] < w.first[k] && w.authorL[parent] != w.author[k]
}

// contagion is the slope of the heat of an answer on the heat of what it answers.
// N is the number of answers.
func contagion(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "contagion",
		Title: metrics.Text{EN: "Contagion of heat", FR: "Contagion de la chaleur"},
		Doc: metrics.Text{
			EN: "By how much an answer is hotter where what it answers is hotter by 1, comparing each author with the same author and allowing for depth: that some people are hot, or deep branches, does not make it. p is the chance of a slope as large where answers of one depth exchange what they answer, nobody answers the future or oneself. It shows that heat and heat stand together, not that one makes the other: the same subject may heat both. The 95% interval, from 5 authors on, lets the errors of one author go together; with few authors it is too short. People without a name wrote one comment each, and do not count.",
			FR: "De combien une réponse est plus chaude quand ce à quoi elle répond l’est de 1 de plus, chaque auteur étant comparé à lui-même et la profondeur prise en compte : que certaines personnes, ou les branches profondes, soient chaudes n’y suffit pas. p est la probabilité d’une pente aussi grande quand les réponses d’une même profondeur échangent ce à quoi elles répondent, sans que personne réponde au futur ni à soi-même. Cela montre que chaleur et chaleur vont ensemble, non que l’une fait l’autre : le même sujet peut échauffer les deux. L’intervalle à 95 %, à partir de 5 auteurs, laisse aller ensemble les erreurs d’un même auteur ; avec peu d’auteurs il est trop court. Les personnes sans nom ont écrit un commentaire chacune et ne comptent pas.",
		},
		Math:   "β in h(answer) = αₐ + β h(answered) + γ depth + ε, a level αₐ for each author of answers",
		MathFR: "β dans h(réponse) = αₐ + β h(commentaire répondu) + γ profondeur + ε, un niveau αₐ par auteur de réponses",
		Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.AnyNumber, Needs: metrics.NeedReplies | metrics.NeedAuthors, MinN: fewestPairs,
		Interval: &metrics.Interval{
			How: metrics.Text{
				EN: "β ± t · s, s from errors that may go together within an author (CR1), t of Student with a degree less than authors; from 5 authors on",
				FR: "β ± t · s, s d’après des erreurs qui peuvent aller ensemble chez un même auteur (CR1), t de Student à un degré de moins que d’auteurs ; dès 5 auteurs",
			},
			None: metrics.Text{EN: "fewer than 5 authors", FR: "moins de 5 auteurs"},
		},
		Source: []metrics.Citation{
			{Authors: "Mundlak", Title: "On the pooling of time series and cross section data", Venue: "Econometrica 46", Year: 1978},
			{Authors: "Cameron, Miller", Title: "A practitioner’s guide to cluster-robust inference", Venue: "Journal of Human Resources 50", Year: 2015},
			{Authors: "Besag, Clifford", Title: "Generalized Monte Carlo significance tests", Venue: "Biometrika 76", Year: 1989, DOI: "10.1093/biomet/76.4.633"},
		},
		Run: fromFact(s, Contagions, func(k *Contagion) metrics.Value {
			if k.Why != nil {
				return *k.Why
			}
			return metrics.Of(k.Slope, k.Pairs).With(func(more *metrics.More) { more.CI, more.P = k.CI, &k.P })
		}),
	})
}
