// Package sensitivity tells how far the measures of a thread depend on how the
// thread is read: whether inferred links count, whether a repeated comment is one
// or two, whether people without a name are one or many.
package sensitivity

import (
	"fmt"
	"math"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/thread"
	"threadheat/thread/replies"
)

// Reading is another way to read a thread.
type Reading struct {
	Name  string       // as in files
	Title metrics.Text // a few words, for the head of a column
	// Of is the thread of the context read so; the same thread where that is no
	// difference.
	Of func(*metrics.Context) (*thread.Thread, error)
}

// Readings lists the readings. Each is tried by itself, not together with others.
var Readings = []*Reading{NoLinks, AllLinks, Collapsed, Merged, Ghostless}

// NoLinks leaves out the links that were inferred.
var NoLinks = &Reading{
	Name:  "no-inferred-links",
	Title: metrics.Text{EN: "without inferred links", FR: "sans liens déduits"},
	Of:    func(c *metrics.Context) (*thread.Thread, error) { return c.Thread.Explicit(), nil },
}

// AllLinks takes every link that can be inferred.
var AllLinks = &Reading{
	Name:  "all-inferred-links",
	Title: metrics.Text{EN: "with all links that can be inferred", FR: "avec tous les liens qu’on peut déduire"},
	Of: func(c *metrics.Context) (*thread.Thread, error) {
		t := c.Thread
		all := replies.Infer(t.Explicit(), replies.All)
		// Reading order follows the links, so that comments and parents in the same
		// order are the same tree.
		for i := range t.All() {
			if t.ID(i) != all.ID(i) || t.Parent(i) != all.Parent(i) {
				return all, nil
			}
		}
		return t, nil
	},
}

// Collapsed takes a comment that repeats another for the same comment: the later in
// the document goes, and who answers it answers the other.
var Collapsed = &Reading{
	Name:  "duplicates-collapsed",
	Title: metrics.Text{EN: "with near-duplicates as one", FR: "avec les quasi-doublons réunis"},
	Of: func(c *metrics.Context) (*thread.Thread, error) {
		repeats, err := drift.NearDuplicates.Of(c)
		if err != nil || len(repeats) == 0 {
			return c.Thread, err
		}
		t := c.Thread
		instead := map[thread.Index]thread.Index{}
		for _, d := range repeats { // in document order: what Earlier stands for is known
			instead[d.Later] = d.Earlier
			if e, gone := instead[d.Earlier]; gone {
				instead[d.Later] = e
			}
		}
		return without(t, func(i thread.Index) (thread.Index, bool) {
			e, gone := instead[i]
			return e, gone
		}), nil
	},
}

// Merged takes all people without a name for one.
var Merged = &Reading{
	Name:  "unknown-merged",
	Title: metrics.Text{EN: "with unknown people as one", FR: "avec les inconnus réunis en un"},
	Of: func(c *metrics.Context) (*thread.Thread, error) {
		t := c.Thread
		unknown := func(i thread.Index) bool {
			a := t.Author(i)
			return t.AuthorName(a) == "" && t.AuthorKey(a) == "" && t.State(i) != thread.Missing
		}
		n := 0
		for i := range t.All() {
			if unknown(i) {
				n++
			}
		}
		if n < 2 {
			return t, nil
		}
		// The shortest name of question marks that nobody has.
		taken := map[string]bool{}
		for a := range t.Authors() {
			taken[t.AuthorName(thread.AuthorID(a))] = true
		}
		name := "?"
		for taken[name] {
			name += "?"
		}
		return t.Change(func(i thread.Index, c *thread.Comment) {
			if unknown(i) {
				c.Author = name
			}
		}), nil
	},
}

// Ghostless leaves out the comments that stand in for missing ones: who answers
// them stands at top level.
var Ghostless = &Reading{
	Name:  "ghosts-dropped",
	Title: metrics.Text{EN: "without missing comments", FR: "sans commentaires manquants"},
	Of: func(c *metrics.Context) (*thread.Thread, error) {
		t := c.Thread
		if t.Ghosts() == 0 {
			return t, nil
		}
		return without(t, func(i thread.Index) (thread.Index, bool) {
			return t.Parent(i), t.State(i) == thread.Missing
		}), nil
	},
}

// without is t without the comments that have another one instead, which gets
// their replies; NoIndex is the article.
func without(t *thread.Thread, instead func(thread.Index) (thread.Index, bool)) *thread.Thread {
	b := thread.NewBuilder(t.Meta())
	for i := range t.Document() {
		if _, gone := instead(i); gone {
			continue
		}
		c := t.Comment(i)
		p := t.Parent(i)
		for p != thread.NoIndex {
			next, gone := instead(p)
			if !gone {
				break
			}
			p = next
		}
		switch {
		case p == t.Parent(i):
		case p == thread.NoIndex || p == i:
			c.Parent, c.Basis, c.Certainty = "", thread.NoBasis, 0
		default:
			c.Parent = t.ID(p)
		}
		b.Add(c)
	}
	return b.Build()
}

// Result tells what measures of a thread are under other readings.
type Result struct {
	Readings []*Reading // those that make a difference to the thread
	Ranges   []Range    // one for each measure asked for, in their order
}

// Range is one measure of the thread under all readings.
type Range struct {
	Measure   *metrics.Measure
	Value     metrics.Value   // as the thread was read
	Others    []metrics.Value // under each of the Readings of the Result
	Low, High float64         // of all that are defined, the Value among them; 0 where none is
}

// Notable is the share of its value by which a measure must change to be told.
const Notable = 0.1

// Notable tells whether the measure is defined under one reading and not under
// another, or changes by more than a tenth of its value.
func (r *Range) Notable() bool {
	for _, v := range r.Others {
		if v.Defined() != r.Value.Defined() {
			return true
		}
	}
	return r.High-r.Low > Notable*math.Abs(r.Value.X)+1e-12
}

// Of measures a thread that was measured already under other readings. Columns of
// other things than the thread are left out, and so are those that keep refuses; nil
// keeps all. It costs at most len(Readings) times what the measures do.
func Of(table *metrics.Table, keep func(*metrics.Measure) bool) (*Result, error) {
	r := &Result{}
	var ms []*metrics.Measure
	for _, c := range table.Columns {
		if c.Measure.Scope == metrics.PerThread && (keep == nil || keep(c.Measure)) {
			ms = append(ms, c.Measure)
			r.Ranges = append(r.Ranges, Range{Measure: c.Measure, Value: c.Values.At(0)})
		}
	}
	for _, reading := range Readings {
		t, err := reading.Of(table.Context)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", reading.Name, err)
		}
		if t == table.Context.Thread {
			continue
		}
		other, err := metrics.Run(metrics.NewContext(t, table.Context.Options), ms)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", reading.Name, err)
		}
		r.Readings = append(r.Readings, reading)
		for k, c := range other.Columns {
			r.Ranges[k].Others = append(r.Ranges[k].Others, c.Values.At(0))
		}
	}
	for k := range r.Ranges {
		r.Ranges[k].span()
	}
	return r, nil
}

func (r *Range) span() {
	first := true
	for _, v := range append([]metrics.Value{r.Value}, r.Others...) {
		switch {
		case !v.Defined():
		case first:
			r.Low, r.High, first = v.X, v.X, false
		default:
			r.Low, r.High = min(r.Low, v.X), max(r.High, v.X)
		}
	}
}

// Beside is a table like the given one, whose values of the thread have their range
// beside them. Values that are undefined have none.
func Beside(table *metrics.Table) (*metrics.Table, error) {
	r, err := Of(table, nil)
	if err != nil {
		return nil, err
	}
	out := &metrics.Table{Context: table.Context}
	k := 0
	for _, c := range table.Columns {
		if c.Measure.Scope == metrics.PerThread {
			span := r.Ranges[k]
			k++
			if v := c.Values.At(0); v.Defined() {
				c.Values = metrics.One(v.With(func(more *metrics.More) { more.Range = &[2]float64{span.Low, span.High} }))
			}
		}
		out.Columns = append(out.Columns, c)
	}
	return out, nil
}
