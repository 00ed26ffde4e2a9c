// Package nulls tells what the values of a measure would be if chance alone had
// made a thread: it draws threads that keep some of what the thread is and leave
// the rest to chance, measures them too, and says how far the thread lies out.
package nulls

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"

	"gonum.org/v1/gonum/stat"

	"threadheat/metrics"
	"threadheat/thread"
)

// Model draws threads by chance.
type Model struct {
	Name string       // as typed by a user
	Doc  metrics.Text // what is kept and what is left to chance
	// Prepare reads a thread once and gives what draws another each time. It is
	// called by several goroutines at once, each with a generator of its own. Where
	// the thread has nothing to draw, it says why.
	Prepare func(*metrics.Context) (draw func(*rand.Rand) *thread.Thread, why *metrics.Text, err error)
	// Bare is the thread with no more in it than drawn ones have, where that is less
	// than all: what measures otherwise in it, the model says nothing of. nil where
	// drawn threads are whole.
	Bare func(*metrics.Context) (*thread.Thread, error)
}

// Models lists the models.
var Models = []*Model{RecursiveTree, Parents, Authors, Arcs, Words}

// Options are how a test is run. The zero Options will do.
type Options struct {
	Draws   int // 0 is Draws
	Workers int // 0 is as many as there are processors; results do not depend on it
	// Only tells which measures Beside tests; nil is all of the thread.
	Only func(*metrics.Measure) bool
}

// Draws is how many threads a test draws.
const Draws = 999

// minDefined is the least share of drawn threads in which a measure must be
// defined for its test to be.
const minDefined = 0.5

// Test is where the value of a thread lies among those of drawn ones.
type Test struct {
	Measure  *metrics.Measure
	Observed metrics.Value
	Mean, SD float64 // of the drawn
	Z        float64 // (observed − mean) / SD, where HasZ
	HasZ     bool    // SD is not 0
	// Low and High are the shares of the drawn threads, this one counted among
	// them, that are at most and at least as large; P is twice the smaller, at most
	// 1: (b+1)/(B+1) each (Phipson & Smyth 2010).
	Low, High, P float64
	N            int           // drawn threads in which it is defined
	Reason       *metrics.Text // why there is no test; nil where there is one
}

// Against tests measures of a thread against a model. Only measures of the whole
// thread can be tested. The seed is that of the context; each draw has a generator of
// its own. It costs as much as to build and to measure Draws threads.
func Against(c *metrics.Context, ms []*metrics.Measure, model *Model, o Options) ([]Test, error) {
	if o.Draws == 0 {
		o.Draws = Draws
	}
	if o.Workers == 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	for _, m := range ms {
		if m.Scope != metrics.PerThread {
			return nil, fmt.Errorf("%s is measured of each %s: only measures of the thread are tested", m.Name, m.Scope)
		}
	}
	table, err := metrics.Run(c, ms)
	if err != nil {
		return nil, err
	}
	draw, why, err := model.Prepare(c)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", model.Name, err)
	}
	drawn := make([][]float64, o.Draws) // by draw, by measure; NaN where undefined
	if why == nil {
		if err := measureAll(c, ms, draw, drawn, o.Workers); err != nil {
			return nil, err
		}
	}
	bare := table
	if model.Bare != nil {
		t, err := model.Bare(c)
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", model.Name, err)
		}
		if bare, err = metrics.Run(metrics.NewContext(t, c.Options), ms); err != nil {
			return nil, err
		}
	}
	tests := make([]Test, len(ms))
	for k, m := range ms {
		t := &tests[k]
		t.Measure, t.Observed = m, table.Columns[k].Values.At(0)
		switch v := bare.Columns[k].Values.At(0); {
		case why != nil:
			t.Reason = why
		case v.Defined() != t.Observed.Defined() || math.Abs(v.X-t.Observed.X) > 1e-9*math.Max(1, math.Abs(v.X)):
			t.Reason = &metrics.Text{EN: "this model says nothing of it", FR: "ce modèle n’en dit rien"}
		default:
			t.place(drawn, k)
		}
	}
	return tests, nil
}

func measureAll(c *metrics.Context, ms []*metrics.Measure, draw func(*rand.Rand) *thread.Thread, drawn [][]float64, workers int) error {
	errs := make([]error, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			source := rand.NewPCG(0, 0)
			r := rand.New(source)
			for d := w; d < len(drawn) && errs[w] == nil; d += workers {
				source.Seed(c.Seed, uint64(d))
				var table *metrics.Table
				if table, errs[w] = metrics.Run(metrics.NewContext(draw(r), c.Options), ms); errs[w] != nil {
					return
				}
				drawn[d] = make([]float64, len(ms))
				for k, col := range table.Columns {
					if drawn[d][k] = col.Values.At(0).X; !col.Values.At(0).Defined() {
						drawn[d][k] = math.NaN()
					}
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// place finds where the observed value lies among those drawn of measure k.
func (t *Test) place(drawn [][]float64, k int) {
	if !t.Observed.Defined() {
		t.Reason = t.Observed.Reason
		return
	}
	var xs []float64
	low, high := 1.0, 1.0
	for _, row := range drawn {
		x := row[k]
		if math.IsNaN(x) {
			continue
		}
		xs = append(xs, x)
		near := 1e-12 * math.Max(math.Abs(x), math.Abs(t.Observed.X)) // equal sums differ in their last bits
		if x <= t.Observed.X+near {
			low++
		}
		if x >= t.Observed.X-near {
			high++
		}
	}
	t.N = len(xs)
	if float64(t.N) < minDefined*float64(len(drawn)) || t.N < 2 {
		t.Reason = &metrics.Text{
			EN: fmt.Sprintf("defined in only %d of %d drawn threads", t.N, len(drawn)),
			FR: fmt.Sprintf("définie dans seulement %d des %d fils tirés", t.N, len(drawn)),
		}
		return
	}
	all := float64(t.N + 1)
	t.Low, t.High = low/all, high/all
	t.P = min(1, 2*min(t.Low, t.High))
	t.Mean, t.SD = stat.MeanStdDev(xs, nil)
	if t.SD > 1e-12*math.Abs(t.Mean) {
		t.Z, t.HasZ = (t.Observed.X-t.Mean)/t.SD, true
	}
}

// Beside is a table like the given one, whose values of the thread have beside them
// where they lie among those of the model. Values that are undefined have nothing.
func Beside(table *metrics.Table, model *Model, o Options) (*metrics.Table, error) {
	tested := func(m *metrics.Measure) bool {
		return m.Scope == metrics.PerThread && (o.Only == nil || o.Only(m))
	}
	var ms []*metrics.Measure
	for _, c := range table.Columns {
		if tested(c.Measure) {
			ms = append(ms, c.Measure)
		}
	}
	tests, err := Against(table.Context, ms, model, o)
	if err != nil {
		return nil, err
	}
	out := &metrics.Table{Context: table.Context}
	k := 0
	for _, c := range table.Columns {
		if tested(c.Measure) {
			t := &tests[k]
			k++
			if v := c.Values.At(0); v.Defined() {
				c.Values = metrics.One(v.With(func(more *metrics.More) { more.Null = t.null(model) }))
			}
		}
		out.Columns = append(out.Columns, c)
	}
	return out, nil
}

// null is the test as it stands beside a value.
func (t *Test) null(model *Model) *metrics.NullTest {
	out := &metrics.NullTest{Model: model.Name, Reason: t.Reason}
	if t.Reason != nil {
		return out
	}
	out.Mean, out.SD, out.P, out.Draws = t.Mean, t.SD, t.P, t.N
	if t.HasZ {
		out.Z = &t.Z
	}
	return out
}

// Find is the model of the given name.
func Find(name string) (*Model, error) {
	var names []string
	for _, m := range Models {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	return nil, fmt.Errorf("no model of chance is named %q: known are %s", name, strings.Join(names, ", "))
}
