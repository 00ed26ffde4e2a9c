package main

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/roles"
	"threadheat/render/table"
)

// roleOutputs are the ways to write roles.
var roleOutputs = map[string]func(io.Writer, []roles.Person, int, metrics.Lang) error{
	"table": table.RolesTable, "json": table.RolesJSON, "csv": table.RolesCSV,
}

func newRoles(a *app) *cobra.Command {
	var out, to, lang string
	c := &cobra.Command{
		Use:   "roles INPUT...",
		Short: "Tell how people take part in many threads: who answers, discusses, opens, talks to nobody",
		Long:  rolesHelp(roles.Default),
		Example: `  threadheat roles forum.jsonl
  threadheat roles saved-pages/ --to csv -o roles.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			kind := to
			if kind == "" {
				if kind = strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), "."); roleOutputs[kind] == nil {
					kind = "table"
				}
			}
			write := roleOutputs[kind]
			if write == nil {
				return misusef("unknown output %q: known are csv, json, table", to)
			}
			var corpus roles.Corpus
			for t, err := range a.threads(inputs) {
				if err != nil {
					return err
				}
				corpus.Add(t)
			}
			return a.writeTo(out, func(w io.Writer) error { return write(w, corpus.People(), corpus.Threads(), l) })
		},
	}
	f := c.Flags()
	f.StringVar(&to, "to", "", "`KIND` of output: csv, json, table (default: by the name of the output, else table)")
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&lang, "lang", "en", "`LANG` of roles and headings: en or fr")
	c.RegisterFlagCompletionFunc("to", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return slices.Sorted(maps.Keys(roleOutputs)), cobra.ShellCompDirectiveNoFileComp
	})
	return c
}

// rolesHelp says what makes a role.
func rolesHelp(l roles.Thresholds) string {
	percent := func(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
	return fmt.Sprintf(`Tell how people take part in many threads, all inputs together: with how many
others, how often in return, whether those know each other, and in what role. The
first that fits:

  answer person      answers in %[1]s of their comments or more; %[2]s or more of those
                     they answer have at most %[3]d partners; at most %[4]s of their ties
                     are strong (%[5]d answers), their partners hardly know each other
                     (clustering below %.1[6]f), and they write %.0[7]f comments a thread at most
  discussion person  %[2]s or more of their ties go both ways, their partners know
                     each other (clustering of %.1[8]f or more), and they write %.0[9]f
                     comments a thread or more
  initiator          opens in %[2]s of their comments or more, and %[2]s or more of what
                     they open is answered
  monologuist        writes to nobody or to themselves in %[1]s or more, and at most
                     %[4]s of that is answered

These lines are drawn by hand: a role is a short way to say what the numbers beside
it say. It takes %[10]d threads, and a person with %[11]d comments in %[10]d threads; else
people are described and given no role.`,
		percent(l.Mostly), percent(l.Half), l.FewPartners, percent(l.Few), l.StrongTie, l.Closed/3, l.Brief, l.Closed, l.Lengthy, l.Threads, l.Comments)
}
