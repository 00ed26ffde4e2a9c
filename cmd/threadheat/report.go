package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/render/all"
	"threadheat/render/build"
	"threadheat/thread"
)

func newReport(a *app) *cobra.Command {
	var out, to, lang, keyFile string
	var seed uint64
	var beside scoresFlags
	c := &cobra.Command{
		Use:   "report INPUT...",
		Short: "Write a report that a person can read and cite",
		Example: `  threadheat report page.html -o report.html
  threadheat report page.txt --to text
  threadheat report page.html --lang fr --pseudonymize key.txt -o report.html
  threadheat report page.html --scores perspective.jsonl --scores-column TOXICITY -o report.html`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			renderer, err := chooseRenderer(to, out)
			if err != nil {
				return err
			}
			change, err := pseudonymizer(keyFile)
			if err != nil {
				return err
			}
			brought, err := beside.open(a)
			if err != nil {
				return err
			}
			in := build.Input{Lang: l, Version: version}
			measure := func(t *thread.Thread) error {
				changed := change(t)
				o := metrics.Options{Seed: seed, Given: brought.of(t, changed)}
				table, err := metrics.Run(metrics.NewContext(changed, o), defaultMeasures(brought != nil))
				in.Tables = append(in.Tables, table)
				return err
			}
			for _, input := range inputs {
				sum, err := fingerprint(input)
				if err != nil {
					sum = "" // the reading below says what is wrong with the file
				}
				for t, err := range a.threads([]string{input}) {
					if err != nil {
						return err
					}
					m := t.Meta()
					m.Source.SHA256 = sum
					if err := measure(t.WithMeta(m)); err != nil {
						return err
					}
				}
			}
			if len(in.Tables) == 0 { // -o must name a file that is there
				none := thread.NewBuilder(thread.Meta{Source: thread.Source{Name: inputs[0]}}).Build()
				if err := measure(none); err != nil {
					return err
				}
			}
			brought.sum(true)
			r, err := build.Report(in)
			if err != nil {
				return err
			}
			return a.writeTo(out, func(w io.Writer) error { return renderer.Render(w, r) })
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&to, "to", "", "`KIND` of output: html, markdown, text or json (default: by the ending of -o, else html)")
	f.StringVar(&lang, "lang", "en", "`LANG` of the report: en or fr")
	f.StringVar(&keyFile, "pseudonymize", "", "replace authors' names by pseudonyms under the key in `KEYFILE`")
	beside.register(c)
	f.Uint64Var(&seed, "seed", 0, "`SEED` of everything random")
	return c
}

var rendererByExt = map[string]string{".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".json": "json"}

func chooseRenderer(to, out string) (*render.Renderer, error) {
	if to == "" {
		to = rendererByExt[strings.ToLower(filepath.Ext(out))]
	}
	if to == "" {
		to = "html"
	}
	r, err := render.Find(all.Renderers, to)
	if err != nil {
		return nil, misuse{err}
	}
	return r, nil
}

// minKey is the fewest bytes of a key: a shorter one could be guessed by trying
// names.
const minKey = 16

// pseudonymizer is what to do with each thread before it is measured.
func pseudonymizer(keyFile string) (func(*thread.Thread) *thread.Thread, error) {
	if keyFile == "" {
		return func(t *thread.Thread) *thread.Thread { return t }, nil
	}
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return nil, fmt.Errorf("reading the key for pseudonyms: %w", err)
	}
	if len(key) < minKey {
		return nil, misusef("the key in %s has %d bytes, at least %d are needed; `head -c 32 /dev/urandom > %s` makes one", keyFile, len(key), minKey, keyFile)
	}
	return func(t *thread.Thread) *thread.Thread { return thread.Pseudonymize(t, key) }, nil
}
