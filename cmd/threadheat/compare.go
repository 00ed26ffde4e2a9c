package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/compare"
	"threadheat/render/build"
	"threadheat/render/table"
	"threadheat/thread"
)

func newCompare(a *app) *cobra.Command {
	var out, to, lang, splitAt string
	var asked, moreA, moreB []string
	var seed uint64
	c := &cobra.Command{
		Use:   "compare A B",
		Short: "Tell how two sets of threads differ: two sites, two periods, before and after a change",
		Long: `Tell how two sets of threads differ, measure by measure: means, difference with
its interval, effect size, p, q corrected for the number of tests, and a plain
sentence. Each side is a file or a folder with any number of threads; --a and --b
add more. Where each side holds one thread, its branches are compared.

With --split-time the threads of one input, or of several, are compared by their
start: before and after. With enough of them an interrupted time series tells a
jump or a bend at that time from a trend that was there before.`,
		Example: `  threadheat compare site-a/ site-b/ -o compared.html
  threadheat compare old.jsonl new.jsonl --to csv
  threadheat compare forum.jsonl --split-time 2024-03-01T00:00:00Z -o moderation.html`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case splitAt != "" && len(args) == 0:
				return misusef("compare --split-time takes an input or several")
			case splitAt == "" && len(args) != 2:
				return misusef("compare takes two inputs, or one with --split-time; more files for a side go to --a and --b")
			case splitAt != "" && len(moreA)+len(moreB) > 0:
				return misusef("--split-time makes the two sides of all inputs: name them without --a and --b")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			ms, err := selectMeasures(asked, false, false)
			if err != nil {
				return err
			}
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			write, err := chooseComparison(to, out, l)
			if err != nil {
				return err
			}
			w := &comparing{app: a, quantities: compare.Quantities(ms), options: metrics.Options{Seed: seed}}
			if len(w.quantities) == 0 {
				return misusef("none of the measures asked for is one of threads or of comments")
			}
			var sides [2]compare.Side
			o := compare.Options{Seed: seed}
			if splitAt != "" {
				if o.Split, err = time.Parse(time.RFC3339, splitAt); err != nil {
					return misusef("--split-time %q is not like 2024-03-01T00:00:00Z", splitAt)
				}
				sides, err = w.split(args, o.Split, l)
			} else {
				sides, err = w.two(append([]string{args[0]}, moreA...), append([]string{args[1]}, moreB...))
			}
			if err != nil {
				return err
			}
			r := compare.Sides(w.quantities, sides[0], sides[1], o)
			return a.writeTo(out, func(w io.Writer) error { return write(w, r) })
		},
	}
	f := c.Flags()
	f.StringArrayVar(&moreA, "a", nil, "one `INPUT` more on the side of A")
	f.StringArrayVar(&moreB, "b", nil, "one `INPUT` more on the side of B")
	f.StringVar(&splitAt, "split-time", "", "compare the threads that begin before `TIME` with those that begin then or later, as RFC 3339")
	f.StringSliceVar(&asked, "measure", nil, "`NAMES` of measures or groups to compare, separated by commas (default: all but those that other programs name)")
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&to, "to", "", "`KIND` of output: text, html, markdown, json or csv (default: by the ending of -o, else text)")
	f.StringVar(&lang, "lang", "en", "`LANG` of the report: en or fr")
	f.Uint64Var(&seed, "seed", 0, "`SEED` of everything random")
	return c
}

// chooseComparison is what writes a comparison.
func chooseComparison(to, out string, l metrics.Lang) (func(io.Writer, *compare.Result) error, error) {
	ext := strings.ToLower(filepath.Ext(out))
	switch {
	case to == "csv" || to == "" && ext == ".csv":
		return func(w io.Writer, r *compare.Result) error {
			return table.Compared(w, r, build.Sentences(r, l), l)
		}, nil
	case to == "" && rendererByExt[ext] == "":
		to = "text"
	}
	renderer, err := chooseRenderer(to, out)
	if err != nil {
		return nil, err
	}
	return func(w io.Writer, r *compare.Result) error {
		return renderer.Render(w, build.Comparison(r, l, version))
	}, nil
}

// comparing observes the threads of the two sides.
type comparing struct {
	*app
	quantities []compare.Quantity
	options    metrics.Options
}

func (w *comparing) observe(t *thread.Thread) (compare.Observation, error) {
	return compare.Observe(t, w.quantities, w.options)
}

// two reads both sides. Of each only the observations stay in memory, and the
// thread itself while it is the only one.
func (w *comparing) two(a, b []string) (sides [2]compare.Side, err error) {
	var only [2]*thread.Thread
	var first [2]*compare.Observation
	for s, inputs := range [][]string{a, b} {
		sides[s].Name = strings.Join(inputs, ", ")
		for t, err := range w.threads(inputs) {
			if err != nil {
				return sides, err
			}
			if t.Len() == 0 {
				continue // said already
			}
			o, err := w.observe(t)
			if err != nil {
				return sides, err
			}
			if only[s] = t; len(sides[s].Observations) > 0 {
				only[s] = nil
			}
			first[s] = cmp.Or(first[s], &o)
			sides[s].Add(o)
		}
	}
	if only[0] == nil || only[1] == nil {
		return sides, nil
	}
	for s, t := range only {
		sides[s] = compare.Side{Name: sides[s].Name, Whole: first[s]}
		for branch := range compare.Branches(t) {
			o, err := w.observe(branch)
			if err != nil {
				return sides, err
			}
			sides[s].Add(o)
		}
	}
	return sides, nil
}

// split reads all inputs and puts each thread before or after a time.
func (w *comparing) split(inputs []string, at time.Time, l metrics.Lang) (sides [2]compare.Side, err error) {
	when := at.Format(time.RFC3339)
	sides[0].Name = metrics.Text{EN: "before ", FR: "avant le "}.In(l) + when
	sides[1].Name = metrics.Text{EN: "from ", FR: "à partir du "}.In(l) + when
	undated := 0
	for t, err := range w.threads(inputs) {
		if err != nil {
			return sides, err
		}
		if t.Len() == 0 {
			continue
		}
		before, dated := compare.Before(compare.Start(t), at)
		if !dated {
			undated++
			continue
		}
		o, err := w.observe(t)
		if err != nil {
			return sides, err
		}
		s := &sides[1]
		if before {
			s = &sides[0]
		}
		s.Add(o)
	}
	if undated > 0 {
		w.say("left out for want of a date: %s", plural(undated, "thread"))
	}
	return sides, nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
