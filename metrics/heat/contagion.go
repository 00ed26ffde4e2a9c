package heat

import (
	"cmp"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"

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
		EN: "each author answered comments that are all equally hot, or as hot as they are deep or late",
		FR: "chaque auteur a répondu à des commentaires tous également chauds, ou chauds selon leur profondeur ou leur heure",
	}
)

// regression is of y on x with a level for each group and controls, with what does
// not change where only x is dealt anew worked out before.
type regression struct {
	group    []int32 // by row, 0 ≤ group < groups
	size     []float64
	controls []control
	y        []float64 // less its mean in the group and what the controls tell of it
	means    []float64 // scratch, by group
}

// control is a control less its mean in the group and what those before tell of it.
type control struct {
	x       []float64
	squares float64
}

func newRegression(groups int, group []int32, y []float64, controls ...[]float64) *regression {
	r := &regression{group: group, size: make([]float64, groups), means: make([]float64, groups)}
	for _, g := range group {
		r.size[g]++
	}
	for _, v := range controls {
		c := control{x: r.within(v)}
		before := dot(c.x, c.x)
		c.x = r.without(c.x)
		if c.squares = dot(c.x, c.x); c.squares > 1e-9*before {
			r.controls = append(r.controls, c)
		}
	}
	r.y = r.without(r.within(y))
	return r
}

func dot(a, b []float64) (sum float64) {
	for k, x := range a {
		sum += x * b[k]
	}
	return sum
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

// without takes from v, in place, what the controls tell of it.
func (r *regression) without(v []float64) []float64 {
	for _, c := range r.controls {
		part := dot(c.x, v) / c.squares
		for k, x := range c.x {
			v[k] -= x * part
		}
	}
	return v
}

// slope is the coefficient of x; false where x does not vary beside groups and
// controls. O(rows).
func (r *regression) slope(x []float64) (float64, bool) {
	clear(r.means)
	for k, g := range r.group {
		r.means[g] += x[k]
	}
	total := dot(x, x)
	left := total
	for g, sum := range r.means {
		left -= sum * sum / r.size[g]
	}
	for _, c := range r.controls {
		with := dot(c.x, x)
		left -= with * with / c.squares
	}
	if left <= 1e-9*total || total == 0 {
		return 0, false
	}
	return dot(x, r.y) / left, true
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
	n, groups, terms := float64(len(x)), float64(len(r.size)), float64(1+len(r.controls))
	meat *= groups / (groups - 1) * (n - 1) / (n - terms)
	return stats.Student95(len(r.size)-1) * math.Sqrt(meat) / squares
}

// Contagions is the Contagion of a thread. It counts answers to others whose both
// ends have a heat, by authors who wrote at least two of them. O(n) a draw; draws
// are fewer in large threads.
//
// The null: two answers of like depth and near in time (see run) exchange what they
// answer, again and again, unless an author would answer oneself. Kept are who wrote
// what, how often each comment was answered, and how heat goes with depth and time.
// That answers come after what they answer is not kept: where people answer at once,
// nothing could be exchanged at all. The draws start from one state far from the
// observed one, so that the observed is, under the null, as good as one of them, and p
// is exact (Besag & Clifford 1989).
var Contagions = FactOf("contagion", func(s *Source, c *metrics.Context) (*Contagion, error) {
	l, err := AllLinked.Of(s, c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	written := make([]int32, t.Authors())
	when := make([]int32, t.Len())
	for k, i := range pace.ByTime(t) {
		when[i] = int32(k)
	}
	answers := func(yield func(k int, up int32)) {
		for k, up := range l.Up {
			if up >= 0 && t.Author(l.Comments[k]) != t.Author(l.Comments[up]) {
				yield(k, up)
			}
		}
	}
	answers(func(k int, _ int32) { written[t.Author(l.Comments[k])]++ })
	var child, up, group []int32
	var y, depth, time []float64
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
		i := l.Comments[k]
		y, depth, time = append(y, l.Heat[k]), append(depth, float64(t.Depth(i))), append(time, float64(when[i]))
	})
	out := &Contagion{Pairs: len(y), Authors: int(groups)}
	undefined := func(v metrics.Value) (*Contagion, error) {
		out.Why = &v
		return out, nil
	}
	if len(y) < fewestPairs {
		return undefined(l.few(len(y), fewestPairs, fixedPairs))
	}
	r := newRegression(int(groups), group, y, depth, time)
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
	w := newRewiring(t, l.Comments, when, child)
	rng := rand.New(rand.NewPCG(c.Seed, 31))
	w.walk(rng, up)
	hub := up
	state := make([]int32, len(hub))
	hits, sum := 1.0, 0.0
	tries := draws(rewiringsPer * len(hub))
	for range tries {
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
	out.P = hits / float64(tries+1)
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
	from, size []int32           // by answer: where its run begins in byRun, and how long it is
	byRun      []int32           // answers, by class of depth and within one by time
	author     []thread.AuthorID // by answer
	answered   []thread.AuthorID // by place in Linked: the author
}

// run is the most answers that are near enough in time to exchange what they answer.
const run = 10

// depthClass is the depth, from 4 on up to a factor of two: deep levels hold few
// answers.
func depthClass(depth int) int {
	if depth < 4 {
		return depth
	}
	return 1 + bits.Len(uint(depth))
}

func newRewiring(t *thread.Thread, comments []thread.Index, when []int32, child []int32) *rewiring {
	w := &rewiring{
		from: make([]int32, len(child)), size: make([]int32, len(child)), byRun: make([]int32, len(child)),
		author: make([]thread.AuthorID, len(child)), answered: make([]thread.AuthorID, len(comments)),
	}
	for k, i := range comments {
		w.answered[k] = t.Author(i)
	}
	class := make([]int, len(child))
	for k, c := range child {
		w.byRun[k], w.author[k], class[k] = int32(k), w.answered[c], depthClass(t.Depth(comments[c]))
	}
	slices.SortFunc(w.byRun, func(a, b int32) int {
		return cmp.Or(cmp.Compare(class[a], class[b]), cmp.Compare(when[comments[child[a]]], when[comments[child[b]]]))
	})
	for begin := 0; begin < len(w.byRun); {
		end := begin
		for end < len(w.byRun) && class[w.byRun[end]] == class[w.byRun[begin]] {
			end++
		}
		n := end - begin
		runs := (n + run - 1) / run
		for r := range runs {
			from, to := begin+r*n/runs, begin+(r+1)*n/runs
			for _, k := range w.byRun[from:to] {
				w.from[k], w.size[k] = int32(from), int32(to-from)
			}
		}
		begin = end
	}
	return w
}

// walk tries to exchange what answers answer, at random.
func (w *rewiring) walk(r *rand.Rand, up []int32) {
	for range min(triesPerAnswer*len(up), triesAtMost) {
		a := w.byRun[r.IntN(len(w.byRun))]
		b := w.byRun[w.from[a]+int32(r.IntN(int(w.size[a])))]
		if w.author[a] != w.answered[up[b]] && w.author[b] != w.answered[up[a]] { // nobody answers oneself
			up[a], up[b] = up[b], up[a]
		}
	}
}

// contagion is the slope of the heat of an answer on the heat of what it answers.
// N is the number of answers.
func contagion(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "contagion",
		Title: metrics.Text{EN: "Contagion of heat", FR: "Contagion de la chaleur"},
		Doc: metrics.Text{
			EN: "By how much an answer is hotter where what it answers is hotter by 1, comparing each author with the same author and allowing for depth and time: that some people are hot, or deep branches, or the end of the thread, does not make it. p is the chance of a slope as large where answers of like depth and near in time exchange what they answer, and nobody answers oneself. It shows that heat and heat stand together, not that one makes the other: the same subject may heat both. The 95% interval, from 5 authors on, lets the errors of one author go together; with few authors it is too short. People without a name wrote one comment each, and do not count.",
			FR: "De combien une réponse est plus chaude quand ce à quoi elle répond l’est de 1 de plus, chaque auteur étant comparé à lui-même, profondeur et temps pris en compte : que certaines personnes, les branches profondes ou la fin du fil soient chaudes n’y suffit pas. p est la probabilité d’une pente aussi grande quand des réponses de profondeur et de moment voisins échangent ce à quoi elles répondent, sans que personne se réponde à soi-même. Cela montre que chaleur et chaleur vont ensemble, non que l’une fait l’autre : le même sujet peut échauffer les deux. L’intervalle à 95 %, à partir de 5 auteurs, laisse aller ensemble les erreurs d’un même auteur ; avec peu d’auteurs il est trop court. Les personnes sans nom ont écrit un commentaire chacune et ne comptent pas.",
		},
		Math:   "β in h(answer) = αₐ + β h(answered) + γ depth + δ place in the order of time + ε, a level αₐ for each author of answers",
		MathFR: "β dans h(réponse) = αₐ + β h(commentaire répondu) + γ profondeur + δ rang dans le temps + ε, un niveau αₐ par auteur de réponses",
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
