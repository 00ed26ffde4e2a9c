package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/growth"
	"threadheat/metrics/intervals"
	"threadheat/metrics/nulls"
	"threadheat/metrics/sensitivity"
	"threadheat/render/table"
)

func newMeasure(a *app) *cobra.Command {
	var out, to, lang, chance string
	var asked []string
	var seed uint64
	var sensitive, uncertain, details, pooled bool
	var beside scoresFlags
	var groups labelsFlags
	var outputs []string
	for _, o := range table.Outputs {
		outputs = append(outputs, o.Name)
	}
	c := &cobra.Command{
		Use:   "measure INPUT...",
		Short: "Measure threads, their comments, authors and pairs",
		Example: `  threadheat measure page.html --to table
  threadheat measure page.html --measure structural-virality,heat --to json
  threadheat measure page.html --scores detoxify.csv --scores-column toxicity --to table
  threadheat measure page.html --labels parties.csv --measure assortativity-label`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			ms, err := selectMeasures(asked, beside.file != "", groups.file != "")
			if err != nil {
				return err
			}
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			output, err := table.Find(to)
			if err != nil {
				return misuse{err}
			}
			if details && output != table.JSON {
				return misusef("--details goes with --to json")
			}
			if pooled {
				if details || sensitive || chance != "" || beside != (scoresFlags{}) || groups != (labelsFlags{}) {
					return misusef("--pooled fits one model and goes without --details, --sensitivity, --null, --scores and --labels")
				}
				return a.pool(out, inputs, ms, output, l)
			}
			var model *nulls.Model
			if chance != "" {
				if model, err = nulls.Find(chance); err != nil {
					return misuse{err}
				}
				if len(asked) == 0 {
					return misusef("--null measures some %d threads for each one: name the measures with --measure", nulls.Draws)
				}
			}
			brought, err := beside.open(a)
			if err != nil {
				return err
			}
			labelled, err := groups.open(a)
			if err != nil {
				return err
			}
			return a.writeTo(out, func(w io.Writer) error {
				writer := output.New(w, table.Options{Lang: l, Details: details})
				for t, err := range a.threads(inputs) {
					if err != nil {
						return err
					}
					values, err := metrics.Run(metrics.NewContext(t, metrics.Options{Seed: seed, Given: brought.of(t, t), Labels: labelled.of(t)}), ms)
					if err != nil {
						return err
					}
					if uncertain {
						if values, err = intervals.Beside(values); err != nil {
							return err
						}
					}
					if model != nil {
						if values, err = nulls.Beside(values, model, nulls.Options{}); err != nil {
							return err
						}
					}
					if sensitive {
						if values, err = sensitivity.Beside(values); err != nil {
							return err
						}
					}
					if err := writer.Write(metrics.Corrected(values)); err != nil {
						return err
					}
				}
				brought.sum(true)
				labelled.sum()
				return writer.Close()
			})
		},
	}
	f := c.Flags()
	f.StringSliceVar(&asked, "measure", nil, "`NAMES` of measures or groups to compute, separated by commas; all of them with all (default: all but those that other programs name, and growth, which is slow)")
	f.StringVar(&to, "to", "json", "`KIND` of output: "+strings.Join(outputs, ", "))
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&lang, "lang", "en", "`LANG` of reasons and headings: en or fr")
	f.StringVar(&chance, "null", "", "with each value of the thread where it lies among those of threads made by chance under `MODEL`: "+modelNames())
	f.BoolVar(&uncertain, "intervals", true, "with each value of the thread its 95 % interval, or why there is none; --intervals=false saves up to a second a thread")
	f.BoolVar(&sensitive, "sensitivity", false, "with each value of the thread its range under other readings: inferred links in or out, near-duplicates as one, unknown people as one, without missing comments")
	f.BoolVar(&details, "details", false, "with the numbers of the thread the curves and lists that they sum up: comments by depth and by hour, modularity by resolution, random-walk controversy by ends, who is on which side of it, conversations of three and four, pile-ons, drift points with their words, drift over time, topics, words that hot and cool comments and the two sides of the longest exchange use differently; JSON only")
	f.BoolVar(&pooled, "pooled", false, "fit growth to all threads together, as where each is too short: one object for all; with --measure growth, JSON only")
	beside.register(c)
	groups.register(c)
	f.Uint64Var(&seed, "seed", 0, "`SEED` of everything random")
	c.RegisterFlagCompletionFunc("measure", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return measureNames(), cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

// pool measures growth in all threads together.
func (a *app) pool(out string, inputs []string, ms []*metrics.Measure, output *table.Output, l metrics.Lang) error {
	if output != table.JSON {
		return misusef("--pooled goes with --to json")
	}
	for _, m := range ms {
		if !slices.Contains(growth.Measures, m) {
			return misusef("--pooled goes with --measure growth, or some of its measures")
		}
	}
	var p growth.Pool
	for t, err := range a.threads(inputs) {
		if err != nil {
			return err
		}
		if err := p.Add(metrics.NewContext(t, metrics.Options{})); err != nil {
			return err
		}
	}
	if p.Left > 0 {
		a.say("%s left out: the others have %d comments, as many as are fitted together", plural(p.Left, "thread"), growth.MaxPooled)
	}
	return a.writeTo(out, func(w io.Writer) error { return table.Pooled(w, &p, ms, l) })
}

func modelNames() string {
	var names []string
	for _, m := range nulls.Models {
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}
