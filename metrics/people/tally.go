// Package people measures who wrote: how many, how evenly, and who answered
// whom how often.
//
// Only what people said counts (metrics.Spoken): ghosts, pingbacks, trackbacks
// and system notices are nobody. An unknown author is a person of their own, so
// that a thread in which nobody is named looks as spread out as it can be.
package people

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/stats"
	"threadheat/metrics/internal/words"
)

const group = "people"

// Words are the numbers of words of the comments, by thread.Index; 0 for what
// nobody said. O(bytes of text).
var Words = &metrics.Fact[[]int32]{Name: "words", Compute: func(c *metrics.Context) ([]int32, error) {
	t := c.Thread
	n := make([]int32, t.Len())
	for i := range t.All() {
		if metrics.Spoken(t, i) {
			n[i] = int32(words.Count(t.Text(i)))
		}
	}
	return n, nil
}}

// Tally is what each author contributed, by thread.AuthorID. Callers must not
// change it.
type Tally struct {
	Comments []int32 // 0 for authors of ghosts and pingbacks alone
	Words    []int32

	People  int // authors with comments
	Unknown int // comments whose author is unknown
}

// ByAuthor is the Tally of a thread. O(n).
var ByAuthor = &metrics.Fact[*Tally]{Name: "tally", Compute: tally}

func tally(c *metrics.Context) (*Tally, error) {
	count, err := Words.Of(c)
	if err != nil {
		return nil, err
	}
	t := c.Thread
	n := t.Authors()
	y := &Tally{Comments: make([]int32, n), Words: make([]int32, n)}
	for i := range t.Document() {
		if !metrics.Spoken(t, i) {
			continue
		}
		a := t.Author(i)
		if y.Comments[a] == 0 {
			y.People++
		}
		y.Comments[a]++
		y.Words[a] += count[i]
		if t.AuthorName(a) == "" {
			y.Unknown++
		}
	}
	return y, nil
}

// each are the counts of those who wrote, by author.
func (y *Tally) each(counts []int32) []int32 {
	out := make([]int32, 0, y.People)
	for a, n := range counts {
		if y.Comments[a] > 0 {
			out = append(out, n)
		}
	}
	return out
}

// comments is the number of comments that people wrote.
func (y *Tally) comments() int { return int(stats.Sum(y.Comments)) }
