package gather

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// said notes what a decoder says, in order.
type said []string

func (s *said) Describe(key string, m thread.Meta) { *s = append(*s, key+" is "+m.Title) }
func (s *said) Report(key string, d thread.Diagnostic) {
	*s = append(*s, key+" !"+string(d.Code))
}

func run(failure error) []string {
	mixed := func(_ format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
		return func(yield func(thread.Comment, error) bool) {
			for _, word := range []string{"a1", "b1", "a2", "c!", "b2"} {
				key := word[:1]
				if strings.HasSuffix(word, "!") {
					out.Report(key, thread.Diagnostic{Code: "odd"})
				} else if !yield(thread.Comment{Thread: key, ID: word}, nil) {
					return
				}
			}
			out.Describe("a", thread.Meta{Title: "first"})
			if failure != nil {
				yield(thread.Comment{}, failure)
			}
		}
	}
	var got said
	for c, err := range Threads(mixed)(format.Source{}, &got) {
		if err != nil {
			got = append(got, fmt.Sprint(err))
		} else {
			got = append(got, c.ID)
		}
	}
	return got
}

func TestThreads(t *testing.T) {
	want := []string{"a is first", "a1", "a2", "b1", "b2", "c !odd"}
	if d := cmp.Diff(want, run(nil)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	want = []string{"a is first", "a !truncated", "a1", "a2", "b !truncated", "b1", "b2", "c !odd", "c !truncated", "no disk"}
	if d := cmp.Diff(want, run(errors.New("no disk"))); d != "" {
		t.Errorf("with a failure (-want +got):\n%s", d)
	}
	if !slices.Equal(run(nil), run(nil)) {
		t.Error("two readings differ")
	}
}
