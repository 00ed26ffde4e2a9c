package heat

import (
	"math"

	"threadheat/metrics"
	"threadheat/thread"
)

// inContext makes the measures of heat in its context that every Source has.
var inContext = []func(*Source) *metrics.Measure{
	byDepth, byTime, structuralAgreement, contagion, moran, hotSpots, branchEscalation, turningPoint,
	heatAboveParent, answersHeat, heatAboveOwnTurn, hotSpot,
	heatSent, heatReceived,
}

// SourceFact is a fact that rests on the heats of a Source, once for each.
type SourceFact[T any] struct{ own, brought *metrics.Fact[T] }

// Of is the fact for the heats of s.
func (f SourceFact[T]) Of(s *Source, c *metrics.Context) (T, error) {
	if s == Brought {
		return f.brought.Of(c)
	}
	return f.own.Of(c)
}

// FactOf is a fact for each Source, of the given name.
func FactOf[T any](name string, compute func(*Source, *metrics.Context) (T, error)) SourceFact[T] {
	of := func(s *Source) *metrics.Fact[T] {
		return &metrics.Fact[T]{Name: s.Name + ": " + name, Compute: func(c *metrics.Context) (T, error) { return compute(s, c) }}
	}
	return SourceFact[T]{of(Own), of(Brought)}
}

// fromFact is the Run of a measure of s with one value per thread.
func fromFact[T any](s *Source, f SourceFact[T], value func(T) metrics.Value) func(*metrics.Context) (metrics.Values, error) {
	return eachFromFact(s, f, func(have T) metrics.Values { return metrics.One(value(have)) })
}

func eachFromFact[T any](s *Source, f SourceFact[T], values func(T) metrics.Values) func(*metrics.Context) (metrics.Values, error) {
	return func(c *metrics.Context) (metrics.Values, error) {
		have, err := f.Of(s, c)
		if err != nil {
			return nil, err
		}
		return values(have), nil
	}
}

// Linked are the comments of a thread that people wrote and that have a heat, in
// reading order, with the links among them.
type Linked struct {
	Comments []thread.Index
	Heat     []float64
	Up       []int32       // place in Comments of what each answers, -1 where it has no such parent
	Degree   []int32       // links of each: up, where there is one, and down
	Links    int           // replies whose parent has a heat as well
	None     *metrics.Text // why there are no heats; nil where there are
}

// AllLinked are the Linked comments of a thread. O(n).
var AllLinked = FactOf("linked comments", func(s *Source, c *metrics.Context) (*Linked, error) {
	vs, err := s.Values.Of(c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	l := &Linked{}
	place := make([]int32, t.Len())
	for i := range t.All() {
		place[i] = -1
		if !vs[i].Defined() || !metrics.Spoken(t, i) {
			continue
		}
		up := int32(-1)
		if p := t.Parent(i); p != thread.NoIndex {
			up = place[p]
		}
		place[i] = int32(len(l.Comments))
		l.Comments, l.Heat, l.Up = append(l.Comments, i), append(l.Heat, vs[i].X), append(l.Up, up)
		l.Degree = append(l.Degree, 0)
		if up >= 0 {
			l.Degree[place[i]]++
			l.Degree[up]++
			l.Links++
		}
	}
	if len(l.Comments) == 0 {
		l.None = s.none(c)
	}
	return l, nil
})

// few is undefined because at least need of something are needed and only n are
// there, or because there are no heats at all.
func (l *Linked) few(n, need int, of metrics.Text) metrics.Value {
	if l.None != nil {
		return metrics.Undefined(0, l.None)
	}
	return metrics.TooFew(n, need, of)
}

// What is counted here.
var (
	heated        = metrics.Text{EN: "comments with a heat", FR: "commentaires dont la chaleur est connue"}
	heatedReplies = metrics.Text{EN: "replies with a heat to comments with a heat", FR: "réponses de chaleur connue à des commentaires de chaleur connue"}
)

var allEqual = &metrics.Text{EN: "all comments are equally hot", FR: "tous les commentaires sont également chauds"}

// constant tells that all xs are the same but for rounding.
func constant(xs []float64) bool {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, x := range xs {
		lo, hi = min(lo, x), max(hi, x)
	}
	return hi-lo <= 1e-12
}

// draws is how many permutations of n things are drawn: as many as leave some
// ten million moves, from 99 to 999.
func draws(n int) int { return min(999, max(99, 10_000_000/max(n, 1))) }
