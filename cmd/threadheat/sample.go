package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/sampling"
	"threadheat/render"
	"threadheat/render/all"
	"threadheat/render/coding"
)

func newSample(a *app) *cobra.Command {
	var out, by, lang, codebook, keyFile string
	var strata []string
	var force bool
	var o sampling.Options
	c := &cobra.Command{
		Use:   "sample INPUT...",
		Short: "Draw comments or threads by chance, for people to label",
		Long: `Draw comments or threads by chance, for people to label.

The sample is stratified: so many from each kind, that the rare ones are there as
well. ` + strataList() + `
Several, separated by commas, are crossed. The same input and seed give the same sample,
in whatever order the threads come. How many of all comments each one stands for, its
weight, is told on standard error and in the output, so that what is found in the sample
can be weighted back.

-o DIR writes three files: sheet.csv to fill in, a row a comment with its context and
without a hint of our score; key.csv with strata, weights and heats; and the codebook,
which explains the columns to fill in, with rules and examples, to be printed. -o
FILE.csv writes the sheet alone, with stratum and weight in its last columns.

threadheat agree reads the sheets when they are filled in.`,
		Example: `  threadheat sample forum/ -n 300 -o coding/
  threadheat sample page.html -n 50 --strata heat,depth --context 3 --lang fr -o codage/
  threadheat sample corpus.jsonl --by thread -n 20 --strata length --pseudonymize key.txt -o threads.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			switch by {
			case "comment":
			case "thread":
				o.Threads = true
			default:
				return misusef("--by %q is neither comment nor thread", by)
			}
			if o.N < 1 {
				return misusef("-n %d: draw at least 1", o.N)
			}
			if o.Context < 0 {
				return misusef("--context %d: it cannot be below 0", o.Context)
			}
			if o.Strata, err = sampling.FindStrata(strata); err != nil {
				return misuse{err}
			}
			if codebook != "html" && codebook != "markdown" {
				return misusef("--codebook %q is neither html nor markdown", codebook)
			}
			if out == "" {
				return misusef("name a folder or a FILE.csv with -o")
			}
			change, err := pseudonymizer(keyFile)
			if err != nil {
				return err
			}
			s := sampling.NewSampler(o)
			for t, err := range a.threads(inputs) {
				if err != nil {
					return err
				}
				if err := s.Add(metrics.NewContext(change(t), metrics.Options{})); err != nil {
					return err
				}
			}
			units, drawn := s.Draw()
			a.tellStrata(drawn, o, s.Left())
			if out == "-" || strings.EqualFold(filepath.Ext(out), ".csv") {
				return a.writeTo(out, func(w io.Writer) error { return coding.Sheet(w, units, true) })
			}
			book := coding.Codebook(coding.Drawn{Threads: o.Threads, Seed: o.Seed, Strata: drawn, Left: s.Left()}, l, version)
			return a.writeSample(out, force, codebook, units, book)
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "", "folder `DIR`, or a FILE.csv, to write; - for the sheet on standard output")
	f.IntVarP(&o.N, "number", "n", 100, "draw `N` comments, or threads")
	f.StringVar(&by, "by", "comment", "draw by `UNIT`: comment, or thread with all of its comments")
	f.StringSliceVar(&strata, "strata", []string{"heat"}, "`KINDS` to draw as many from: none, "+strings.Join(strataNames(), ", "))
	f.Uint64Var(&o.Seed, "seed", 0, "`SEED` of the draw")
	f.IntVar(&o.Context, "context", 2, "`K` comments above the one that is answered stand beside it")
	f.StringVar(&lang, "lang", "en", "`LANG` of the codebook: en or fr")
	f.StringVar(&codebook, "codebook", "html", "`KIND` of codebook: html or markdown")
	f.StringVar(&keyFile, "pseudonymize", "", "replace authors' names by pseudonyms under the key in `KEYFILE`")
	f.BoolVar(&force, "force", false, "write over a sample that is in the folder")
	return c
}

func strataNames() []string {
	var names []string
	for _, s := range sampling.Stratifiers {
		names = append(names, s.Name)
	}
	return names
}

func strataList() string {
	var b strings.Builder
	b.WriteString("The strata:\n\n")
	for _, s := range sampling.Stratifiers {
		fmt.Fprintf(&b, "  %-8s %s\n", s.Name, s.Doc)
		fmt.Fprintf(&b, "  %-8s (%s)\n", "", strings.Join(s.Levels, "; "))
	}
	return b.String()
}

// tellStrata says what was drawn from where.
func (a *app) tellStrata(drawn []sampling.Stratum, o sampling.Options, left int) {
	noun, all, n := "comment", 0, 0
	if o.Threads {
		noun = "thread"
	}
	for _, s := range drawn {
		all, n = all+s.Of, n+s.Drawn
		if s.Name != "" {
			a.say("%s: %d of %s, weight %.4g", s.Name, s.Drawn, plural(s.Of, noun), s.Weight)
		}
	}
	a.say("drawn: %d of %s", n, plural(all, noun))
	if left > 0 {
		a.say("%s without a text, or of no person, could not be drawn", plural(left, "comment"))
	}
}

// writeSample writes the files of a sample into a folder.
func (a *app) writeSample(folder string, force bool, codebook string, units []sampling.Unit, book *render.Report) error {
	kind, err := render.Find(all.Renderers, codebook)
	if err != nil {
		return err
	}
	ext := map[string]string{"html": "html", "markdown": "md"}[codebook]
	files := []struct {
		name  string
		write func(io.Writer) error
	}{
		{"codebook." + ext, func(w io.Writer) error { return kind.Render(w, book) }},
		{"key.csv", func(w io.Writer) error { return coding.Key(w, units) }},
		{"sheet.csv", func(w io.Writer) error { return coding.Sheet(w, units, false) }},
	}
	if !force {
		for _, f := range files {
			name := filepath.Join(folder, f.name)
			if _, err := os.Lstat(name); err == nil {
				return fmt.Errorf("%s is there already, and may hold somebody's work: name another folder, or write over it with --force", name)
			}
		}
	}
	if err := os.Mkdir(folder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for _, f := range files {
		if err := a.writeTo(filepath.Join(folder, f.name), f.write); err != nil {
			return err
		}
	}
	return nil
}
