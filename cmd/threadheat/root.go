package main

import "github.com/spf13/cobra"

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "threadheat",
		Short: "Read a discussion, rebuild who answered whom, measure it, write a report",
		Long: `threadheat reads places where people argue (saved pages, web archives, exports,
mailboxes, text extracts), rebuilds the tree of replies with authors and times,
measures its shape, pace, people, exchanges, heat and topic drift, and writes a
report that a person can read and cite. It works offline.`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddGroup(&cobra.Group{ID: "read", Title: "Reading threads:"}, &cobra.Group{ID: "know", Title: "Knowing the tool:"})
	for _, c := range []*cobra.Command{
		newReport(a), newParse(a), newConvert(a), newMeasure(a), newCompare(a), newRoles(a), newTree(a), newChart(a), newGraph(a), newSample(a),
	} {
		c.GroupID = "read"
		a.in.register(c)
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{newScore(a), newAgree(a)} { // which read no threads
		c.GroupID = "read"
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{newFormats(a), newMeasures(a), newExplain(a), newVersion(a)} {
		c.GroupID = "know"
		root.AddCommand(c)
	}
	root.SetHelpCommandGroupID("know")
	root.SetCompletionCommandGroupID("know")
	return root
}
