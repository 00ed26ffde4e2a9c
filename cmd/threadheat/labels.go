package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
	"threadheat/thread/labels"
)

// labelsFlags are the flags of commands to which labels of authors can be brought along.
type labelsFlags struct{ file, column string }

func (f *labelsFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "labels", "", "take `FILE` (CSV or JSON lines with an author and a label) for groups of authors: whether they answer each other within them, assortativity-label")
	c.Flags().StringVar(&f.column, "labels-column", "", "the column `NAME` of --labels that holds the labels (default: one called label, group or the like)")
}

// broughtLabels are the labels of a command; nil where none were brought along.
type broughtLabels struct {
	*app
	set              *labels.Set
	people, labelled int // of all threads: known authors, and those with a label
}

// open reads the file of labels, and says what is odd about it.
func (f *labelsFlags) open(a *app) (*broughtLabels, error) {
	if f.file == "" {
		if f.column != "" {
			return nil, misusef("--labels-column names a column of the file that --labels names, and there is none")
		}
		return nil, nil
	}
	set, err := labels.Open(f.file, labels.Options{Column: f.column})
	if err != nil {
		return nil, err
	}
	for k, p := range set.Problems {
		if k == linesNamed {
			a.say("%s: %d lines in all give no label of their own", f.file, set.Odd)
			break
		}
		a.say("%s, line %d: %s", f.file, p.Line, render.Clip(p.What, maxSaid))
	}
	a.quarantined = a.quarantined || set.Odd > 0
	if set.Len() == 0 {
		a.say("%s: no labels found", f.file)
	}
	return &broughtLabels{app: a, set: set}, nil
}

// of are the labels of the authors of t.
func (b *broughtLabels) of(t *thread.Thread) *metrics.Labels {
	if b == nil {
		return nil
	}
	l := &metrics.Labels{Name: cmp.Or(b.set.Column, b.set.Name), Of: b.set.Of(t)}
	for a := range t.Authors() {
		if t.AuthorName(thread.AuthorID(a)) != "" {
			b.people++
		}
	}
	b.labelled += len(l.Of)
	return l
}

// sum says, when all threads were read, which labels found no author, and how many
// authors have none.
func (b *broughtLabels) sum() {
	if b == nil || b.set.Len() == 0 {
		return
	}
	some, all := b.set.Unknown(linesNamed)
	for _, p := range some {
		b.say("%s, line %d: %s; the label is not used", b.set.Name, p.Line, render.Clip(p.What, maxSaid))
	}
	if all > linesNamed {
		b.say("%s: %d labels in all are of authors who are not in the input", b.set.Name, all)
	}
	if n := b.people - b.labelled; n > 0 {
		b.say("%s: %d of %s known by name have no label in column %s", b.set.Name, n, plural(b.people, "author"), b.set.Column)
	}
}
