package main

import (
	"fmt"
	"io"
	"os"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render"
	"threadheat/render/text"
	"threadheat/thread"
)

// explaining is what explain is asked for where it is not a measure.
type explaining struct {
	comments     []string // IDs
	thread       string   // ID, "" for any
	text, parent string
	lang         metrics.Lang
}

// idsNear is among how many IDs one is looked for that is nearly right.
const idsNear = 10_000

// explainComments explains the heat of comments of an input, in the order asked for. An
// ID that several threads have is explained for each.
func (a *app) explainComments(input string, e explaining) error {
	type found struct {
		title, text string
		score       heat.Score
	}
	all := make([][]found, len(e.comments))
	var known []string
	for t, err := range a.threads([]string{input}) {
		if err != nil {
			return err
		}
		if e.thread != "" && t.Meta().ID != e.thread {
			continue
		}
		for i := range t.All() {
			if len(known) == idsNear {
				break
			}
			known = append(known, t.ID(i))
		}
		var scores []heat.Score
		for k, id := range e.comments {
			i, ok := t.Find(id)
			if !ok {
				continue
			}
			if scores == nil {
				if scores, err = heat.Scores.Of(metrics.NewContext(t, metrics.Options{})); err != nil {
					return err
				}
			}
			all[k] = append(all[k], found{titleOf(t, i, e.lang), t.Text(i), scores[i]})
		}
	}
	for k, id := range e.comments {
		if all[k] == nil {
			return misusef("%s holds no comment with the ID %q%s; `threadheat convert %s --to csv` lists them", input, id, didYouMean(id, known), input)
		}
	}
	return a.writeTo("-", func(w io.Writer) error {
		first := true
		for _, fs := range all {
			for _, f := range fs {
				if !first {
					fmt.Fprintln(w)
				}
				first = false
				if err := text.Heat(w, f.title, f.text, f.score, a.terminal(e.lang)); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// titleOf is which comment of which thread it is, and by whom.
func titleOf(t *thread.Thread, i thread.Index, l metrics.Lang) string {
	title := place(t) + " · " + t.ID(i)
	if by := t.AuthorName(t.Author(i)); by != "" {
		title += " · " + by
	}
	if when := render.Date(l, t.Time(i)); when != "" {
		title += " · " + when
	}
	return title
}

// explainText explains the heat of a text that stands in no thread.
func (a *app) explainText(e explaining) error {
	if e.text == "-" {
		b, err := io.ReadAll(io.LimitReader(a.stdin, maxText+1))
		if err != nil {
			return err
		}
		if len(b) > maxText {
			return fmt.Errorf("the text is longer than %d MB", maxText>>20)
		}
		e.text = string(b)
	}
	var s heat.Scorer
	return a.writeTo("-", func(w io.Writer) error {
		score := s.Alone(e.text, e.parent, e.parent != "", "")
		return text.Heat(w, "", e.text, score, a.terminal(e.lang))
	})
}

// maxText is the length in bytes of the longest text that explain reads.
const maxText = 16 << 20

// terminal is how text is written: with colours only where somebody looks.
func (a *app) terminal(l metrics.Lang) text.Options {
	return text.Options{Lang: l, Colour: isTerminal(a.stdout) && os.Getenv("NO_COLOR") == ""}
}
