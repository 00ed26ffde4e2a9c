package main

import (
	"io"

	"github.com/spf13/cobra"

	"threadheat/thread/format/ndjson"
)

func newParse(a *app) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "parse INPUT...",
		Short: "Write threads as NDJSON, one thread a line",
		Example: `  threadheat parse page.html
  threadheat parse page.txt | threadheat measure -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			return a.writeTo(out, func(w io.Writer) error {
				for t, err := range a.threads(inputs) {
					if err != nil {
						return err
					}
					if err := ndjson.Encode(w, t); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	c.Flags().StringVarP(&out, "output", "o", "-", "file to write, - for standard output")
	return c
}
