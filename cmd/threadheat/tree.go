package main

import (
	"io"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/catalogue"
	"threadheat/render/build"
	"threadheat/render/text"
)

func newTree(a *app) *cobra.Command {
	var out, lang, key string
	var width int
	c := &cobra.Command{
		Use:     "tree INPUT",
		Short:   "Show the reply tree in the terminal",
		Example: `  threadheat tree page.html`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			l, err := parseLang(lang)
			if err != nil {
				return err
			}
			t, err := a.one(args[0], key)
			if err != nil || t.Len() == 0 {
				return err
			}
			values, err := metrics.Run(metrics.NewContext(t, metrics.Options{}), catalogue.Default)
			if err != nil {
				return err
			}
			tree, err := build.Tree(values, l)
			if err != nil {
				return err
			}
			return a.writeTo(out, func(w io.Writer) error {
				return text.Tree(w, tree, text.Options{Width: width, Lang: l})
			})
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	f.StringVar(&lang, "lang", "en", "`LANG` of dates and notes: en or fr")
	f.IntVar(&width, "width", 100, "`COLUMNS` to fill")
	f.StringVar(&key, "thread", "", "`ID` of the thread, where the input holds several (default: the first)")
	return c
}
