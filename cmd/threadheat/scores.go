package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
	"threadheat/thread/scores"
)

// scoresFlags are the flags of commands to which scores can be brought along.
type scoresFlags struct{ file, column string }

func (f *scoresFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "scores", "", "take `FILE` (CSV, JSON lines or Parquet with an id and a score from 0 to 1, maybe a thread) for heat beside ours")
	c.Flags().StringVar(&f.column, "scores-column", "", "the column `NAME` of --scores that holds the scores (default: one called score, toxicity or the like)")
}

// broughtScores are the scores of a command; nil where none were brought along.
type broughtScores struct {
	*app
	set      *scores.Set
	comments int // of all threads
	scored   int // of them
}

// open reads the file of scores, and says what is odd about it.
func (f *scoresFlags) open(a *app) (*broughtScores, error) {
	if f.file == "" {
		if f.column != "" {
			return nil, misusef("--scores-column names a column of the file that --scores names, and there is none")
		}
		return nil, nil
	}
	set, err := scores.Open(f.file, scores.Options{Column: f.column})
	if err != nil {
		return nil, err
	}
	for k, p := range set.Problems {
		if k == linesNamed {
			a.say("%s: %d lines in all give no score of their own", f.file, set.Odd)
			break
		}
		a.say("%s, line %d: %s", f.file, p.Line, render.Clip(p.What, maxSaid))
	}
	a.quarantined = a.quarantined || set.Odd > 0
	if set.Empty > 0 {
		a.say("%s: %s without a score in column %s", f.file, plural(set.Empty, "row"), set.Column)
	}
	if set.Rows == 0 {
		a.say("%s: no scores found", f.file)
	}
	return &broughtScores{app: a, set: set}, nil
}

// of are the scores of the comments of t, as changed by change: pseudonyms may
// change the IDs. Both have the same comments in the same order.
func (b *broughtScores) of(t, changed *thread.Thread) *metrics.Given {
	if b == nil {
		return nil
	}
	g := &metrics.Given{Name: cmp.Or(b.set.Column, b.set.Name), Of: b.set.Of(t)}
	b.comments += t.Len()
	b.scored += len(g.Of)
	if changed == t {
		return g
	}
	of := make(map[string]float64, len(g.Of))
	for i := range t.All() {
		if x, ok := g.Of[t.ID(i)]; ok && int(i) < changed.Len() {
			of[changed.ID(i)] = x
		}
	}
	g.Of = of
	return g
}

// sum says, when all threads were read, which scores found no comment, and how many
// comments have none. Of one thread alone the others' scores are no news.
func (b *broughtScores) sum(all bool) {
	if b == nil || b.set.Rows == 0 {
		return
	}
	name, unused := b.set.Name, b.set.Rows-b.set.Used()
	if all {
		for _, p := range b.set.Unknown(linesNamed) {
			b.say("%s, line %d: %s; the score is not used", name, p.Line, render.Clip(p.What, maxSaid))
		}
		if unused > linesNamed {
			b.say("%s: %d scores in all are not used", name, unused)
		}
	}
	if n := b.set.Several(); n > 0 {
		b.say("%s: %s of other threads got a score whose ID is theirs as well; a column thread tells threads apart", name, plural(n, "comment"))
	}
	if n := b.comments - b.scored; n > 0 {
		b.say("%s: %d of %s have no score in column %s", name, n, plural(b.comments, "comment"), b.set.Column)
	}
}
