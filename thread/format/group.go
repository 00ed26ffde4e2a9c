package format

import (
	"errors"
	"fmt"
	"iter"

	"threadheat/thread"
	"threadheat/thread/corpus"
)

// Threads decodes src with f and yields its threads, each as soon as it is
// whole, or at the end where f is Interleaved. source is where they are read
// from, for those whose decoder does not describe another. An error ends the
// sequence, after the threads that came before it; the comments of threads cut
// short are yielded, with a truncated diagnostic.
func Threads(f *Format, src Source, source thread.Source) iter.Seq2[*thread.Thread, error] {
	if f.Interleaved {
		return mixed(f, src, source)
	}
	return func(yield func(*thread.Thread, error) bool) {
		g := grouper{source: source}
		for c, err := range f.Decode(src, &g) {
			if err != nil {
				if g.finish(cutBy(err), yield) {
					yield(nil, fmt.Errorf("%s: %w", src.Name, err))
				}
				return
			}
			g.start(c.Thread)
			g.b.Add(c)
			if !g.drain(yield) {
				return
			}
		}
		g.finish(nil, yield)
	}
}

// mixed is Threads for threads that come mixed.
func mixed(f *Format, src Source, source thread.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		all := corpus.New(corpus.Options{
			Memory: src.Memory, Dir: src.TempDir, Source: source, Listed: f.Listed, ThreadParents: f.ThreadParents,
		})
		defer all.Close()
		var failure error
		for c, err := range f.Decode(src, all) {
			if failure = err; err != nil || all.Add(c) != nil {
				break
			}
		}
		for t, err := range all.Threads(cutBy(failure)...) {
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", src.Name, err))
				return
			}
			if !yield(t, nil) {
				return
			}
		}
		if failure != nil {
			yield(nil, fmt.Errorf("%s: %w", src.Name, failure))
		}
	}
}

// cutBy is what threads say of an error that cut them short.
func cutBy(err error) []thread.Diagnostic {
	if between := (betweenError{}); err == nil || errors.As(err, &between) {
		return nil
	}
	return []thread.Diagnostic{{Code: thread.Truncated, Message: "reading stopped here: " + err.Error()}}
}

// grouper builds one thread after the other.
type grouper struct {
	source thread.Source
	b      *thread.Builder   // of the thread that was named last, nil at first
	key    string            // its key
	known  bool              // it was described
	whole  []*thread.Builder // to be yielded, in order
}

// start makes the thread with the given key the current one.
func (g *grouper) start(key string) {
	if g.b != nil && g.key == key {
		return
	}
	g.b, g.key, g.known = thread.NewBuilder(thread.Meta{ID: key, Source: g.source}), key, false
	g.whole = append(g.whole, g.b)
}

// drain yields the threads to which nothing more can come; false means that the
// receiver has had enough.
func (g *grouper) drain(yield func(*thread.Thread, error) bool) bool {
	if len(g.whole) < 2 {
		return true
	}
	for _, b := range g.whole[:len(g.whole)-1] {
		if !yield(b.Build(), nil) {
			return false
		}
	}
	g.whole = append(g.whole[:0], g.b)
	return true
}

// finish yields all that is left; to the thread named last it adds what cut it
// short.
func (g *grouper) finish(cut []thread.Diagnostic, yield func(*thread.Thread, error) bool) bool {
	for i, b := range g.whole {
		g.whole[i] = nil // so that it is not kept beside the thread
		if b == g.b {
			for _, d := range cut {
				b.Report(d)
			}
		}
		if !yield(b.Build(), nil) {
			return false
		}
	}
	return true
}

// Describe implements Sink.
func (g *grouper) Describe(key string, m thread.Meta) {
	g.start(key)
	if m.Source == (thread.Source{}) {
		m.Source = g.source
	}
	if g.known {
		m = g.b.Meta().Or(m)
	}
	g.known = true
	g.b.SetMeta(m)
}

// Report implements Sink.
func (g *grouper) Report(key string, d thread.Diagnostic) {
	g.start(key)
	g.b.Report(d)
}
