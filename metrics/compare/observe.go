// Package compare tells how the threads of two sides differ: two sites, two
// periods, before and after a change.
package compare

import (
	"iter"
	"math"
	"strconv"

	"threadheat/metrics"
	"threadheat/thread"
)

// Quantity is one number about a thread: a measure of it, or the mean of a measure
// over its comments.
type Quantity struct {
	*metrics.Measure
	OfComments bool // the mean over the comments
}

// Quantities are what two sides are compared by: the measures of the thread, and
// those of its comments as means, but where a measure of the thread is that mean
// (heat-mean of heat). Others tell of people and pairs, who are not the same on
// both sides, and are left out.
func Quantities(ms []*metrics.Measure) []Quantity {
	means := map[string]bool{}
	var out []Quantity
	for _, m := range ms {
		if m.Scope == metrics.PerThread {
			out = append(out, Quantity{m, false})
			means[m.Name] = true
		}
	}
	for _, m := range ms {
		if m.Scope == metrics.PerComment && !means[m.Name+"-mean"] {
			out = append(out, Quantity{m, true})
		}
	}
	return out
}

// Observation is what one thread gives: a number for each Quantity. It is small, for
// a corpus has a million.
type Observation struct {
	Values []float64       // NaN where undefined
	Whys   []*metrics.Text // why undefined, by Quantity; nil where a Side has noted it
	Start  thread.Stamp    // the earliest time of its comments that is a day or finer; zero where there is none
	Size   int             // comments
}

// Value is the number for a Quantity, by its place, or why there is none.
func (o *Observation) Value(k int) metrics.Value {
	if math.IsNaN(o.Values[k]) {
		return metrics.Undefined(o.Size, o.Whys[k])
	}
	return metrics.Of(o.Values[k], o.Size)
}

// Observe measures a thread.
func Observe(t *thread.Thread, qs []Quantity, o metrics.Options) (Observation, error) {
	ms := make([]*metrics.Measure, len(qs))
	for k, q := range qs {
		ms[k] = q.Measure
	}
	table, err := metrics.Run(metrics.NewContext(t, o), ms)
	if err != nil {
		return Observation{}, err
	}
	out := Observation{Values: make([]float64, len(qs)), Whys: make([]*metrics.Text, len(qs)), Start: Start(t), Size: t.Len()}
	for k, c := range table.Columns {
		var v metrics.Value
		if qs[k].OfComments {
			v = mean(c.Values)
		} else {
			v = c.Values.At(0)
		}
		// Ranks must not tell equal values apart by their last bits.
		out.Values[k], out.Whys[k] = rounded(v.X), v.Reason
		if !v.Defined() {
			out.Values[k] = math.NaN()
		}
	}
	return out, nil
}

// rounded is x with twelve significant digits.
func rounded(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'e', 11, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// mean is that of the defined values; N is how many there are.
func mean(vs metrics.Values) metrics.Value {
	var sum float64
	n := 0
	why := &metrics.Text{EN: "there is no comment", FR: "il n’y a pas de commentaire"}
	for _, v := range metrics.All(vs) {
		if v.Defined() {
			sum += v.X
			n++
		} else {
			why = v.Reason
		}
	}
	if n == 0 {
		return metrics.Undefined(0, why)
	}
	return metrics.Of(sum/float64(n), n)
}

// Start is when a thread begins: the earliest time of its comments that is a day or
// finer; the zero Stamp where there is none.
func Start(t *thread.Thread) thread.Stamp {
	var first thread.Stamp
	for i := range t.Document() {
		if s := t.Time(i); s.Precision() >= thread.Day && (first.IsZero() || s.UnixMilli() < first.UnixMilli()) {
			first = s
		}
	}
	return first
}

// Branches are the top-level comments of a thread with all below them, each as a
// thread of its own about the same article.
func Branches(t *thread.Thread) iter.Seq[*thread.Thread] {
	return func(yield func(*thread.Thread) bool) {
		byRoot := make([][]thread.Index, t.Len())
		root := make([]thread.Index, t.Len())
		for i := range t.All() { // parents come first
			root[i] = i
			if p := t.Parent(i); p != thread.NoIndex {
				root[i] = root[p]
			}
		}
		for i := range t.Document() {
			byRoot[root[i]] = append(byRoot[root[i]], i)
		}
		for _, branch := range byRoot {
			if len(branch) == 0 {
				continue
			}
			b := thread.NewBuilder(t.Meta())
			for _, i := range branch {
				b.Add(t.Comment(i))
			}
			if !yield(b.Build()) {
				return
			}
		}
	}
}
