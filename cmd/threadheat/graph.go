package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/render/graphfile"
)

func newGraph(a *app) *cobra.Command {
	var out, to, key string
	var seed uint64
	c := &cobra.Command{
		Use:   "graph INPUT",
		Short: "Write who answered whom as a graph file",
		Long: "Write who answered whom, with the number of replies and the measures of each\nauthor, for programs that draw and measure graphs.\n\nThe kinds, by the ending of the file's name:\n" +
			graphList(),
		Example: `  threadheat graph page.html -o page.graphml
  threadheat graph page.html --to dot | dot -Tsvg > page.svg`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misusef("graph takes one input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			kind := to
			if kind == "" {
				kind = strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), ".")
			}
			f, err := graphfile.Find(kind)
			if err != nil {
				return misusef("%w; name a file that ends so with -o, or the kind with --to", err)
			}
			t, err := a.one(args[0], key)
			if err != nil {
				return err
			}
			var ms []*metrics.Measure
			for _, m := range catalogue.Default {
				if m.Scope == metrics.PerAuthor {
					ms = append(ms, m)
				}
			}
			table, err := metrics.Run(metrics.NewContext(t, metrics.Options{Seed: seed}), ms)
			if err != nil {
				return err
			}
			g, err := graphfile.Of(table)
			if err != nil {
				return err
			}
			return a.writeTo(out, func(w io.Writer) error { return f.Write(w, g) })
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&to, "to", "", "`KIND` of file: graphml, gexf, dot or csv (default: by the ending of -o)")
	f.StringVar(&key, "thread", "", "`ID` of the thread, where the input holds several (default: the first)")
	f.Uint64Var(&seed, "seed", 0, "`SEED` of everything random")
	return c
}

func graphList() string {
	var b strings.Builder
	for _, f := range graphfile.Formats {
		fmt.Fprintf(&b, "  %-10s %s\n", f.Name, f.Doc)
	}
	return b.String()
}
