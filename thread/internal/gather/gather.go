// Package gather brings the comments of each thread together, for inputs in
// which threads are mixed.
package gather

import (
	"iter"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Decoder is the Decode of a format.
type Decoder func(format.Source, format.Sink) iter.Seq2[thread.Comment, error]

// Threads is decode with the comments of a thread in one run: threads in the
// order in which each is first named, their comments in the order of the input.
// It holds all of them in memory. Where reading fails, each thread is said to
// be cut short.
func Threads(decode Decoder) Decoder {
	return func(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
		return func(yield func(thread.Comment, error) bool) {
			s := sorter{at: map[string]int{}}
			var failure error
			for c, err := range decode(src, &s) {
				if err != nil {
					failure = err
					break
				}
				t := s.thread(c.Thread)
				t.comments = append(t.comments, c)
			}
			for i := range s.threads {
				t := &s.threads[i]
				if t.meta != nil {
					out.Describe(t.key, *t.meta)
				}
				for _, d := range t.diagnostics {
					out.Report(t.key, d)
				}
				if failure != nil {
					out.Report(t.key, thread.Diagnostic{Code: thread.Truncated, Message: "reading stopped here: " + failure.Error()})
				}
				for k := range t.comments {
					if !yield(t.comments[k], nil) {
						return
					}
				}
				*t = gathered{} // built by now
			}
			if failure != nil {
				yield(thread.Comment{}, format.Between(failure))
			}
		}
	}
}

// sorter keeps what a decoder says until it has said all. It is a Sink.
type sorter struct {
	at      map[string]int
	threads []gathered
}

type gathered struct {
	key         string
	meta        *thread.Meta
	diagnostics []thread.Diagnostic
	comments    []thread.Comment
}

func (s *sorter) thread(key string) *gathered {
	i, ok := s.at[key]
	if !ok {
		i = len(s.threads)
		s.at[key] = i
		s.threads = append(s.threads, gathered{key: key})
	}
	return &s.threads[i]
}

// Describe implements format.Sink.
func (s *sorter) Describe(key string, m thread.Meta) { s.thread(key).meta = &m }

// Report implements format.Sink.
func (s *sorter) Report(key string, d thread.Diagnostic) {
	t := s.thread(key)
	t.diagnostics = append(t.diagnostics, d)
}
