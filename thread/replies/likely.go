package replies

import (
	"math"

	"threadheat/thread"
	"threadheat/thread/replies/internal/rank"
)

// certainRun is a judgement for pages: in chats, where turns are shorter, fewer
// such lines answer the one before (BENCHMARK.md).
const certainRun = 0.85

// likely links what the words leave open in a chat to what it most likely
// answers, where that is likelier than that it answers nothing.
func (s *search) likely() {
	for n, c := range rank.Shipped().Choose(s.talk) {
		l := &s.talk.Lines[n]
		if c.Line == rank.None || s.link[l.At].Basis != thread.NoBasis {
			continue
		}
		// Hundredths: the exponential function differs in its last bits
		// between processors.
		s.add(l.At, s.talk.Lines[c.Line].At, thread.Inferred, max(math.Round(float64(c.P)*100), 1)/100)
	}
}

// exchanges links comments that are no chat only where two people take turns:
// the third of a run A B A, and each after it that goes on, answers the one
// before. The model has learnt from chats alone and is not asked.
func (s *search) exchanges() {
	for n := range s.talk.Lines {
		l := &s.talk.Lines[n]
		if s.link[l.At].Basis == thread.NoBasis && s.open(l.At) && s.talk.Turn(n) {
			s.add(l.At, s.talk.Lines[n-1].At, thread.Inferred, certainRun)
		}
	}
}
