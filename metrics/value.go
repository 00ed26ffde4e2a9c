package metrics

import (
	"fmt"
	"iter"
	"math"
	"slices"

	"threadheat/metrics/internal/stats"
)

// Value is one result: a finite number with the number of observations it
// rests on, or undefined with a reason. The zero Value is "not computed".
type Value struct {
	X      float64 // 0 where undefined
	N      int     // observations: comments, gaps, pairs, as the measure says
	Reason *Text   // why undefined; nil where X is a result
	More   *More   // nil where there is nothing to add
}

// More is what some values carry beside the number.
type More struct {
	CI       *[2]float64 // 95 % interval; of what kind, the measure says
	NoCI     *Text       // why there is no CI; nil where there is one, or nobody asked
	P        *float64    // p-value of a test the measure names
	Q        *float64    // P corrected for the other tests of the table; nil where nobody asked
	Note     *Text       // what the number is not to be taken for; nil where it may be taken as it is
	Range    *[2]float64 // least and greatest under other readings of the thread; it holds the value
	Null     *NullTest   // where the value lies among what chance gives
	Evidence []Evidence  // spans of the comment's text that made the value
}

// NullTest tells where a value lies among those of threads that a model of chance
// made.
type NullTest struct {
	Model    string   // its name
	Mean, SD float64  // of the values drawn
	Z        *float64 // (value − mean) / SD; nil where all drawn are the same
	P        float64  // two-sided, never 0
	Q        float64  // P corrected for the other tests of the table; 0 where nobody asked
	Draws    int      // threads in which the measure is defined
	Reason   *Text    // why there is no test; then the numbers are 0
}

// Evidence is a span of a comment's text, in bytes, with its share of the
// value. The shares of a comment add up to 1 where the value is not 0.
type Evidence struct {
	Start, End int
	Cue        string // name of the cue, as the measure documents it
	Share      float64
}

// With is the value with something added to what stands beside it. v is not
// changed.
func (v Value) With(add func(*More)) Value {
	more := More{}
	if v.More != nil {
		more = *v.More
	}
	add(&more)
	v.More = &more
	return v
}

// Defined tells whether the value is a number.
func (v Value) Defined() bool { return v.Reason == nil }

// Of is a defined value. A number that is not finite is a bug in the measure
// and becomes undefined here, so that it never leaves the program.
func Of(x float64, n int) Value {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return Undefined(n, notFinite)
	}
	return Value{X: x, N: n}
}

var notFinite = &Text{
	EN: "the computation did not give a finite number",
	FR: "le calcul n’a pas donné de nombre fini",
}

// NotComputed is the reason of a value that nobody asked for.
var NotComputed = &Text{EN: "not computed", FR: "non calculé"}

// Undefined is a value without a number, for the given reason.
func Undefined(n int, why *Text) Value { return Value{N: n, Reason: why} }

// TooFew is undefined because at least need of something (plural, in each
// language: "timed comments", "commentaires datés") are needed and only n are
// there.
func TooFew(n, need int, of Text) Value {
	if need == 1 {
		return Undefined(n, &Text{
			EN: fmt.Sprintf("needs %s, has none", of.EN),
			FR: fmt.Sprintf("demande des %s, il n’y en a pas", of.FR),
		})
	}
	return Undefined(n, &Text{
		EN: fmt.Sprintf("needs at least %d %s, has %d", need, of.EN, n),
		FR: fmt.Sprintf("demande au moins %d %s, il y en a %d", need, of.FR, n),
	})
}

// What TooFew counts, where several measures count the same.
var (
	Comments      = Text{"comments", "commentaires"}
	Nodes         = Text{"nodes (the article counted)", "nœuds (article compris)"}
	TimedComments = Text{"timed comments", "commentaires datés"}
	TimedReplies  = Text{"timed replies", "réponses datées"}
	Gaps          = Text{"gaps between comments", "intervalles entre commentaires"}
	Replies       = Text{"replies between authors", "réponses entre auteurs"}
	Authors       = Text{"authors", "auteurs"}
	KnownAuthors  = Text{"known authors", "auteurs connus"}
	Turns         = Text{"turns", "tours"}
	Words         = Text{"words", "mots"}
)

// Values are what a measure gives for one thread: one value for PerThread, one
// per comment by thread.Index, per author by thread.AuthorID, per pair in the
// order of the exchange fact. They do not change.
type Values interface {
	Len() int
	At(int) Value // from 0 to Len() − 1
}

// List are Values that stand in memory.
type List []Value

// Len implements Values.
func (l List) Len() int { return len(l) }

// At implements Values.
func (l List) At(i int) Value { return l[i] }

// Each are n Values that are worked out each time they are asked for: those of
// a million comments take no memory beside what they are worked out from. at
// must be cheap and always give the same.
func Each(n int, at func(i int) Value) Values { return each{n, at} }

type each struct {
	n  int
	at func(int) Value
}

func (e each) Len() int       { return e.n }
func (e each) At(i int) Value { return e.at(i) }

// All walks the values with their places.
func All(vs Values) iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		for i := range vs.Len() {
			if !yield(i, vs.At(i)) {
				return
			}
		}
	}
}

// Spread is the least, the median and the greatest of the defined values and how
// many there are; zeros where there are none. O(n log n).
func Spread(vs Values) (least, median, greatest float64, n int) {
	var xs []float64
	for _, v := range All(vs) {
		if v.Defined() {
			xs = append(xs, v.X)
		}
	}
	if len(xs) == 0 {
		return 0, 0, 0, 0
	}
	slices.Sort(xs)
	return xs[0], stats.SortedQuantile(xs, 0.5), xs[len(xs)-1], len(xs)
}

// One is the Values of a measure with Scope PerThread.
func One(v Value) Values { return List{v} }
