package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/thread"
	"threadheat/thread/format/ndjson"
)

func newParse(a *app) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "parse INPUT...",
		Short: "Write threads as NDJSON, one thread a line",
		Long: fmt.Sprintf(`Write threads as NDJSON, one thread a line: the comments in the order of the
input, and what was odd about it. Comments that repeat another are noted in
threads of up to %d comments; the measure near-duplicate finds them in larger
ones too.`, repeatsUpTo),
		Example: `  threadheat parse page.html
  threadheat parse page.txt | threadheat measure -`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, inputs []string) error {
			return a.writeTo(out, func(w io.Writer) error {
				for t, err := range a.threads(inputs) {
					if err != nil {
						return err
					}
					if t, err = noteRepeats(t); err != nil {
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
	c.Flags().StringVarP(&out, "output", "o", "-", "`FILE` to write, - for standard output")
	return c
}

// repeatsUpTo is how many comments a thread may have for parse to look for
// repeats: parsing is meant to cost no more than reading.
const repeatsUpTo = 10_000

// noteRepeats adds a note for each comment that nearly repeats another.
func noteRepeats(t *thread.Thread) (*thread.Thread, error) {
	if t.Len() > repeatsUpTo {
		return t, nil
	}
	repeats, err := drift.NearDuplicates.Of(metrics.NewContext(t, metrics.Options{}))
	if err != nil || len(repeats) == 0 {
		return t, err
	}
	var notes []thread.Diagnostic
	for _, r := range repeats {
		notes = append(notes, thread.Diagnostic{
			Code: thread.NearDuplicate, Severity: thread.Note, Comment: t.ID(r.Later), Pos: t.Pos(r.Later),
			Message: fmt.Sprintf("%.0f %% of the three-word runs of %q are also in %q", 100*r.Containment, t.ID(r.Later), t.ID(r.Earlier)),
		})
	}
	return t.WithDiagnostics(notes), nil
}
