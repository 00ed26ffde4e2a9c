package metrics

import (
	"fmt"
	"math"
	"strings"

	"threadheat/thread"
)

// Context is what measures are computed from: one thread, and the Facts worked
// out about it so far. It must not be used by two goroutines at once.
type Context struct {
	Thread *thread.Thread
	Options

	facts  map[any]any
	asking []string
}

// Options are parameters of a computation. They are printed in reports.
type Options struct {
	Seed   uint64  // of everything random; 0 is a seed like any other
	Given  *Given  // scores brought along for this thread; nil where there are none
	Labels *Labels // labels of authors brought along; nil where there are none
}

// NewContext is a Context for t.
func NewContext(t *thread.Thread, o Options) *Context {
	return &Context{Thread: t, Options: o, facts: map[any]any{}}
}

// Fact is a result that several measures share. It is computed at most once per
// Context.
type Fact[T any] struct {
	Name    string
	Compute func(*Context) (T, error)
}

type factResult[T any] struct {
	value T
	err   error
}

// Of is the fact for c. Asking for a fact while it is being computed is a bug
// and panics with the chain of names.
func (f *Fact[T]) Of(c *Context) (T, error) {
	if have, ok := c.facts[f]; ok {
		r, done := have.(factResult[T])
		if !done {
			panic("metrics: fact asks for itself: " + strings.Join(append(c.asking, f.Name), " → "))
		}
		return r.value, r.err
	}
	c.facts[f] = nil
	c.asking = append(c.asking, f.Name)
	v, err := f.Compute(c)
	c.asking = c.asking[:len(c.asking)-1]
	c.facts[f] = factResult[T]{v, err}
	return v, err
}

// Table is what Run gives: the values of each measure, in the order asked for.
type Table struct {
	Context *Context
	Columns []Column
}

// Column is one measure with its values.
type Column struct {
	Measure *Measure
	Values  Values
}

// Find is the column of the measure with the given scope and name.
func (t *Table) Find(s Scope, name string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Measure.Scope == s && c.Measure.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

// Value is the value of a PerThread measure, undefined where it was not run.
func (t *Table) Value(name string) Value {
	if c, ok := t.Find(PerThread, name); ok {
		return c.Values.At(0)
	}
	return Undefined(0, NotComputed)
}

// Run computes the measures of a thread. A measure whose Needs the thread does
// not meet is undefined throughout, with the reason. A value outside the
// Range of its measure, or a wrong number of values, is a bug and an error.
func Run(c *Context, ms []*Measure) (*Table, error) {
	t := &Table{Context: c}
	for _, m := range ms {
		vs, err := runOne(c, m)
		if err != nil {
			return nil, fmt.Errorf("measure %s: %w", m.Name, err)
		}
		t.Columns = append(t.Columns, Column{m, vs})
	}
	return t, nil
}

func runOne(c *Context, m *Measure) (Values, error) {
	want, fixed := wantValues(c, m.Scope)
	if why := unmet(c.Thread, m.Needs); why != nil && fixed {
		none := Undefined(0, why)
		return Each(want, func(int) Value { return none }), nil
	}
	vs, err := m.Run(c)
	if err != nil {
		return nil, err
	}
	if fixed && vs.Len() != want {
		return nil, fmt.Errorf("gives %d values for %d", vs.Len(), want)
	}
	for i, v := range All(vs) {
		if !v.Defined() {
			continue
		}
		if math.IsNaN(v.X) || v.X < m.Range.Min || v.X > m.Range.Max {
			return nil, fmt.Errorf("value %d is %v, outside %v", i, v.X, m.Range)
		}
	}
	return vs, nil
}

// wantValues is how many values a scope has; that of pairs is up to the
// exchange fact.
func wantValues(c *Context, s Scope) (int, bool) {
	switch s {
	case PerThread:
		return 1, true
	case PerComment:
		return c.Thread.Len(), true
	case PerAuthor:
		return c.Thread.Authors(), true
	}
	return 0, false
}

// unmet is the first need that t does not meet, nil where it meets all.
func unmet(t *thread.Thread, n Needs) *Text {
	if n == 0 {
		return nil
	}
	for _, need := range []struct {
		bit Needs
		met func(thread.Index) bool
		why Text
	}{
		{NeedTimes, func(i thread.Index) bool { return t.Time(i).Timed() }, Text{"no comment has a time", "aucun commentaire n’a d’heure"}},
		{NeedText, func(i thread.Index) bool { return t.Text(i) != "" }, Text{"no comment has a text", "aucun commentaire n’a de texte"}},
		{NeedReplies, func(i thread.Index) bool { return t.Parent(i) != thread.NoIndex }, Text{"no comment answers another", "aucun commentaire ne répond à un autre"}},
		{NeedAuthors, func(i thread.Index) bool { return t.AuthorName(t.Author(i)) != "" }, Text{"no author is known", "aucun auteur n’est connu"}},
	} {
		if n&need.bit != 0 && !anyComment(t, need.met) {
			return &need.why
		}
	}
	if n&NeedArticle != 0 && t.Meta().Article == "" {
		return &Text{"the article’s text is not in the input", "le texte de l’article n’est pas dans l’entrée"}
	}
	return nil
}

func anyComment(t *thread.Thread, f func(thread.Index) bool) bool {
	for i := range t.All() {
		if f(i) {
			return true
		}
	}
	return false
}
