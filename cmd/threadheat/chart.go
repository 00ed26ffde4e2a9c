package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/render/chart"
	"threadheat/thread"
)

// pngScale is how many pixels a PNG has for one unit of the drawing: sharp on
// today's screens and in print.
const pngScale = 2

func newChart(a *app) *cobra.Command {
	var out, lang, between, and, key string
	var o chart.Options
	var seed uint64
	var beside scoresFlags
	c := &cobra.Command{
		Use:   "chart KIND INPUT",
		Short: "Draw one figure as SVG or PNG",
		Long:  "Draw one figure of a thread as SVG or PNG, by the ending of the file's name. With\n--scores it shows the scores brought along where it would show our heat.\n\nThe kinds:\n" + kindList(),
		Example: `  threadheat chart exchange page.html -o exchange.svg
  threadheat chart exchange page.html --between Alice --and Bob -o exchange.png
  threadheat chart heat page.html --scores labels.csv -o labels.svg`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return misusef("chart takes a kind (%s) and an input", strings.Join(kindNames(), ", "))
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return kindNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(_ *cobra.Command, args []string) error {
			kind, err := findKind(args[0])
			if err != nil {
				return err
			}
			if o.Lang, err = parseLang(lang); err != nil {
				return err
			}
			png := false
			switch ext := strings.ToLower(filepath.Ext(out)); {
			case ext == ".png":
				png = true
			case ext == ".svg" || out == "-":
			default:
				return misusef("name a file that ends in .svg or .png with -o (%q does not)", out)
			}
			t, err := a.one(args[1], key)
			if err != nil {
				return err
			}
			brought, err := beside.open(a)
			if err != nil {
				return err
			}
			c := metrics.NewContext(t, metrics.Options{Seed: seed, Given: brought.of(t, t)})
			brought.sum(false)
			if c.Given != nil {
				o.Given = c.Given.Name
			}
			if between != "" || and != "" {
				if o.A, o.B, err = findPair(c, between, and); err != nil {
					return err
				}
				o.Named = true
			}
			d, err := kind.Draw(c, o)
			if err != nil {
				return err
			}
			if d.Empty != "" {
				a.say("%s: %s", args[1], d.Empty)
			}
			return a.writeTo(out, func(w io.Writer) error {
				if png {
					return d.PNG(w, pngScale)
				}
				return d.SVG(w)
			})
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "", "`FILE` to write, ending in .svg or .png; - for SVG on standard output")
	f.StringVar(&lang, "lang", "en", "`LANG` of the words in the figure: en or fr")
	f.StringVar(&between, "between", "", "exchange: the `AUTHOR` on one side (default: the busiest pair)")
	f.StringVar(&and, "and", "", "exchange: the `AUTHOR` on the other side")
	f.BoolVar(&o.Turns, "turns", false, "exchange: turns at equal distances instead of true time")
	f.BoolVar(&o.Dark, "dark", false, "light ink on a dark ground")
	f.StringVar(&key, "thread", "", "`ID` of the thread, where the input holds several (default: the first)")
	beside.register(c)
	f.Uint64Var(&seed, "seed", 0, "`SEED` of everything random")
	return c
}

func kindNames() []string {
	var names []string
	for _, k := range chart.Kinds {
		names = append(names, k.Name)
	}
	return names
}

func kindList() string {
	var b strings.Builder
	for _, k := range chart.Kinds {
		fmt.Fprintf(&b, "  %-10s %s\n", k.Name, k.Doc)
	}
	return b.String()
}

func findKind(name string) (*chart.Kind, error) {
	for _, k := range chart.Kinds {
		if k.Name == name {
			return k, nil
		}
	}
	return nil, misusef("no figure is named %q%s; there are %s", name, didYouMean(name, kindNames()), strings.Join(kindNames(), ", "))
}

// findPair finds the two sides of an exchange by name. Where only one is
// named, the other is whoever exchanged most with them.
func findPair(c *metrics.Context, between, and string) (x, y thread.AuthorID, err error) {
	pairs, err := exchange.Pairs.Of(c)
	if err != nil {
		return 0, 0, err
	}
	t := c.Thread
	for _, p := range pairs {
		a, b := t.AuthorName(p.A), t.AuthorName(p.B)
		switch {
		case matches(a, between) && matches(b, and):
			return p.A, p.B, nil
		case matches(b, between) && matches(a, and):
			return p.B, p.A, nil
		}
	}
	var known []string
	for _, p := range pairs[:min(len(pairs), 5)] {
		known = append(known, fmt.Sprintf("%q and %q", t.AuthorName(p.A), t.AuthorName(p.B)))
	}
	for _, name := range []string{between, and} {
		if _, ok := t.FindAuthor(name); name != "" && !ok {
			return 0, 0, misusef("nobody in the thread is named %q%s", name, didYouMean(name, authorNames(t)))
		}
	}
	if len(known) == 0 {
		return 0, 0, misusef("nobody in the thread answers anybody")
	}
	return 0, 0, misusef("%q and %q do not answer each other; who does: %s", between, and, strings.Join(known, "; "))
}

func matches(name, asked string) bool { return asked == "" || name == asked }

func authorNames(t *thread.Thread) []string {
	var names []string
	for i := range t.Document() {
		if name := t.AuthorName(t.Author(i)); name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
