package replies

import (
	"iter"
	"strings"

	"threadheat/thread"
	"threadheat/thread/replies/internal/talk"
)

// Certainties of quotations; judgements, as no annotated data has quotations.
const (
	certainQuote  = 0.97 // at least half of 8 runs of words stand in the parent
	certainBrief  = 0.92 // the same of fewer runs
	certainHeader = 0.88 // "X wrote:" above words that stand nowhere
)

// maxShingles bounds what is looked up of one quotation.
const maxShingles = 64

// quotes finds the comments whose words are quoted. It keeps hashes of quoted
// words only: memory is bounded by the quotations of a thread.
type quotes struct {
	t      *thread.Thread
	talk   *talk.Talk
	names  *talk.Names
	of     map[int32][]uint64 // by line that quotes
	latest map[uint64]int32   // by quoted run of words: 1 + the last line so far that says it
	buf    []uint64
}

func newQuotes(t *thread.Thread, k *talk.Talk, names *talk.Names) *quotes {
	q := &quotes{t: t, talk: k, names: names, of: map[int32][]uint64{}, latest: map[uint64]int32{}}
	for n := range k.Lines {
		text := t.Text(k.Lines[n].At)
		if !strings.Contains(text, ">") {
			continue
		}
		var list []uint64
		for depth := 1; depth <= 2 && len(list) == 0; depth++ { // what is quoted in a quotation only if there is nothing else
			for line, d := range lines(text) {
				if d == depth {
					list = talk.Shingles(line, list, maxShingles)
				}
			}
		}
		if len(list) > 0 {
			q.of[int32(n)] = list
			for _, h := range list {
				q.latest[h] = 0
			}
		}
	}
	return q
}

// lines yields the lines of s without their marks of quotation, and how many
// of these each has.
func lines(s string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for s != "" {
			line, rest, _ := strings.Cut(s, "\n")
			depth := 0
			trimmed := strings.TrimLeft(line, " \t")
			for strings.HasPrefix(trimmed, ">") {
				depth++
				trimmed = strings.TrimLeft(trimmed[1:], " \t")
			}
			if !yield(trimmed, depth) {
				return
			}
			s = rest
		}
	}
}

// learn makes the writer's own words of line n quotable.
func (q *quotes) learn(n int32) {
	if len(q.latest) == 0 {
		return
	}
	text := q.t.Text(q.talk.Lines[n].At)
	if !strings.Contains(text, ">") {
		q.note(n, text)
		return
	}
	for line, depth := range lines(text) {
		if depth == 0 {
			q.note(n, line)
		}
	}
}

func (q *quotes) note(n int32, s string) {
	q.buf = talk.Shingles(s, q.buf[:0], len(s))
	for _, h := range q.buf {
		if _, wanted := q.latest[h]; wanted {
			q.latest[h] = n + 1
		}
	}
}

// find is the line, of somebody else, that says most of what line n quotes: at
// least half of the runs of words looked up. It is -1 where there is none.
func (q *quotes) find(n int32) (line int32, certainty float64) {
	list := q.of[n]
	votes := map[int32]int{}
	best := int32(-1)
	for _, h := range list {
		j := q.latest[h] - 1
		if a := q.talk.Lines[n].Author; j < 0 || q.talk.Lines[j].Author == a && q.names.Person(a) {
			continue
		}
		votes[j]++
		if best < 0 || votes[j] > votes[best] || votes[j] == votes[best] && j > best {
			best = j
		}
	}
	if best < 0 || 2*votes[best] < len(list) {
		return -1, 0
	}
	if len(list) < 8 {
		return best, certainBrief
	}
	return best, certainQuote
}
