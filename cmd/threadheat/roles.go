package main

import (
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
		Long: `Tell how people take part in many threads, all inputs together: with how many
others, how often in return, whether those know each other, and in what role. An
answer person answers many who talk with few others, a discussion person goes back
and forth with people who talk with each other, an initiator opens with comments
that others answer, a monologuist writes to nobody and is not answered. The lines
between them are drawn by hand: a role is a short way to say what the numbers
beside it say. It takes three threads and five comments by a person; of one thread,
people are described and given no role.`,
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
