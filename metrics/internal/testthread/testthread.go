// Package testthread makes small threads for tests.
package testthread

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"testing"
	"time"

	"threadheat/fixtures"
	"threadheat/thread"
)

// Row is a comment of a thread to build. Rows are numbered from 0.
type Row struct {
	Parent int    // row that it answers, -1 for none
	Author string // "" for unknown
	Minute int    // after some moment; NoTime for none
	Text   string
	Kind   thread.Kind
	State  thread.State
	Zoned  bool // the zone of the time is known
}

// NoTime is the Minute of a comment without a time.
const NoTime = -1 << 31

// Build makes a thread of rows. The ID of a comment is "c" and its row.
func Build(rows []Row) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for k, r := range rows {
		b.Add(comment(k, r))
	}
	return b.Build()
}

// BuildShuffled is Build with the rows given in another order, so that siblings
// stand in another order and children come before parents.
func BuildShuffled(rows []Row, seed uint64) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for _, k := range rand.New(rand.NewPCG(seed, 0)).Perm(len(rows)) {
		b.Add(comment(k, rows[k]))
	}
	return b.Build()
}

var start = time.Date(2022, 5, 1, 12, 0, 0, 0, time.UTC)

func comment(k int, r Row) thread.Comment {
	c := thread.Comment{ID: fmt.Sprintf("c%d", k), Author: r.Author, Text: r.Text, Kind: r.Kind, State: r.State}
	if r.Parent >= 0 {
		c.Parent, c.Basis = fmt.Sprintf("c%d", r.Parent), thread.Declared
	}
	if r.Minute != NoTime {
		at := start.Add(time.Duration(r.Minute) * time.Minute)
		if c.Time = thread.Local(at, thread.Minute); r.Zoned {
			c.Time = thread.At(at, thread.Minute)
		}
	}
	return c
}

// Shape makes rows of the given parents, each by an author of its own name, one
// minute after the other.
func Shape(parents ...int) []Row {
	rows := make([]Row, len(parents))
	for k, p := range parents {
		rows[k] = Row{Parent: p, Author: fmt.Sprintf("author %d", k), Minute: k}
	}
	return rows
}

// Chain are the parents of n comments that answer each the one before.
func Chain(n int) []int {
	parents := make([]int, n)
	for k := range parents {
		parents[k] = k - 1
	}
	return parents
}

// Star are the parents of n comments that all answer the article.
func Star(n int) []int {
	parents := make([]int, n)
	for k := range parents {
		parents[k] = -1
	}
	return parents
}

// Bushy are the parents of n comments of which each answers the article or, with
// the same chance each, one of those before it.
func Bushy(n int, seed uint64) []int {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	parents := make([]int, n)
	for k := range parents {
		parents[k] = r.IntN(k+1) - 1
	}
	return parents
}

// Words walks all sequences of n numbers below k: k^n of them. The slice is
// reused.
func Words(n, k int) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		w := make([]int, n)
		for {
			if !yield(w) {
				return
			}
			at := n - 1
			for at >= 0 && w[at] == k-1 {
				w[at] = 0
				at--
			}
			if at < 0 {
				return
			}
			w[at]++
		}
	}
}

// Labelled walks all forests of up to 8 comments (6 with -short), 46,234 of them,
// with a number below k for each comment: who wrote it, or when. Forests of up to
// whole comments come with all such numbers, larger ones with one sequence by chance,
// the same in every run. Both slices are reused.
func Labelled(k, whole int) iter.Seq2[[]int, []int] {
	return func(yield func(parents, labels []int) bool) {
		r := rand.New(rand.NewPCG(uint64(k), 8))
		largest := 8
		if testing.Short() {
			largest = 6
		}
		for n := 0; n <= largest; n++ {
			by := make([]int, n)
			for parents := range fixtures.AllForests(n) {
				if n > whole {
					for c := range by {
						by[c] = r.IntN(k)
					}
					if !yield(parents, by) {
						return
					}
					continue
				}
				for all := range Words(n, k) {
					if !yield(parents, all) {
						return
					}
				}
			}
		}
	}
}
