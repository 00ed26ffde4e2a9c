// Package sample holds reports and threads of our own writing that the tests of
// all renderers share.
package sample

import (
	"fmt"
	"math"
	"strings"
	"time"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

// Hostile is what strangers may put into any field: markup, script, quotes,
// terminal escapes, control characters, text that runs the other way, formulas.
const Hostile = "<script>alert(1)</script>\"'`&amp; ]]> --> {{.}} \x1b[31mred\x1b[0m\a\x00\u009b2J \u202eevil\u2066 | * _ # [x](javascript:alert(1)) =1+1 \u2028 end"

// Thread is a small quarrel about a cycle lane: seven comments by three people,
// an exchange of four turns, one person without a name.
func Thread() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{
		ID: "lane", Title: "The town council paints a cycle lane on Mill Road", URL: "https://gazette.example/mill-road",
		Article:  "The council has voted for a cycle lane on Mill Road. Work begins in March and will take six weeks. Shopkeepers fear for deliveries; the council promises loading bays.",
		Declared: 8, HasDeclared: true,
		Source: thread.Source{Name: "mill-road.txt", Format: "text", Confidence: "likely", SHA256: strings.Repeat("0123456789abcdef", 4)},
	})
	for _, c := range []thread.Comment{
		{ID: "1", Author: "Marguerite", Time: at(1, 9, 12), Text: "At last. My children cycle to school along Mill Road, and every morning I am afraid.\n\nSix weeks of work is a small price."},
		{ID: "1.1", Parent: "1", Author: "old miller", Time: at(1, 9, 40), Text: "You drive them there in winter, don't you? So you will be the FIRST to complain about the queue."},
		{ID: "1.1.1", Parent: "1.1", Author: "Marguerite", Time: at(1, 11, 5), Text: "I have never driven them. Please stop inventing things about people you do not know."},
		{ID: "1.1.1.1", Parent: "1.1.1", Author: "old miller", Time: at(2, 12, 37), Text: "NOBODY asked the shops! You and your friends decide, we pay. Ridiculous!!!"},
		{ID: "2", Author: "", Time: at(1, 20, 0), Text: "Where will the vans unload?"},
		{ID: "2.1", Parent: "2", Author: "Harun", Time: at(3, 8, 0), Text: "The article says loading bays. Thank you for asking calmly, by the way."},
		{ID: "3", Author: "Harun", Time: at(4, 7, 30), Text: "Here is the plan of the council: https://gazette.example/plan"},
	} {
		c.Basis = thread.Nested
		b.Add(c)
	}
	return b.Build()
}

func at(day, hour, minute int) thread.Stamp {
	return thread.Local(time.Date(2023, time.February, day, hour, minute, 0, 0, time.UTC), thread.Minute)
}

// Report is a report with every kind of block, in the given language, made by
// hand: a change of the builder does not change it.
func Report(l metrics.Lang) *render.Report {
	t := &render.Tree{ID: "comments", Nodes: []render.Node{
		{ID: "c-1", Label: "1", Parent: -1, Author: "Marguerite", Time: "1 Feb 2023, 09:12", When: "2023-02-01T09:12:00", Text: "At last. My children cycle to school.\n\nSix weeks of work is a small price.", HasHeat: true, HeatText: "0.00", HasDrift: true, Drift: 0.35, DriftText: "0.35", End: 4},
		{ID: "c-2", Label: "1.1", Parent: 0, Depth: 1, Author: "old miller", Time: "1 Feb 2023, 09:40", When: "2023-02-01T09:40:00", Text: "You will be the FIRST to complain!!!", Marks: []render.Mark{{Start: 0, End: 3, Cue: "second person", Share: 0.5}, {Start: 16, End: 21, Cue: "shouting", Share: 0.3}, {Start: 33, End: 36, Cue: "exclamation", Share: 0.2}}, HasHeat: true, Heat: 0.62, HeatText: "0.62", HasDrift: true, Drift: 0.8, DriftText: "0.80", Why: "Hot for second person 50% (“You”).", End: 4},
		{ID: "c-3", Label: "1.1.1", Parent: 1, Depth: 2, Author: "Marguerite", Time: "1 Feb 2023, 11:05", When: "2023-02-01T11:05:00", Text: "Please stop.", HasHeat: true, Heat: 0.1, HeatText: "0.10", DriftText: "too few words", End: 4},
		{ID: "c-4", Label: "1.1.1.1", Parent: 2, Depth: 3, Author: "missing comment", Flags: []string{"not on the page"}, HeatText: "does not apply", DriftText: "does not apply", End: 4},
		{ID: "c-5", Label: "2", Parent: -1, Author: "Zoë 漢字 ابن", Text: "Où est le \"plan\"?", Flags: []string{"edited", "votes: 3"}, HasHeat: true, Heat: 0.05, HeatText: "0.05", HasDrift: true, Drift: 1, DriftText: "1.00", End: 5},
	}}
	numbers := &render.Table{ID: "figure-1-numbers", Caption: "The numbers behind the figure", Folded: true,
		Columns: []render.ColumnHead{{Title: "comment"}, {Title: "heat", Numeric: true}},
		Rows:    [][]render.Cell{{{Text: "1"}, {Text: "0.00"}}, {{Text: "1.1"}, {Text: "0.62", Sort: 0.62}}}}
	return &render.Report{
		Lang: l, Title: "The town council paints a cycle lane", Subtitle: "mill-road.txt · 1–4 Feb 2023", Version: "v0-test",
		Keys: []render.Key{{Label: "comments", Value: "5", Note: "declared: 6", Ref: "tree"}, {Label: "people", Value: "3", Ref: "people"}},
		Summary: []render.Line{
			{{Text: "There are "}, {Text: "5 comments", Ref: "tree"}, {Text: " by 3 people."}},
			{{Text: "It is hottest in "}, {Text: "old miller (1 Feb 2023, 09:40)", Ref: "c-2"}, {Text: "."}},
		},
		Sections: []render.Section{
			{ID: "tree", Title: "The discussion", Blocks: []render.Block{
				&render.Figure{ID: "figure-1", Title: "It warms up", Subtitle: "Heat of each comment", Alt: "A line that rises from 0 to 0.62.", SVG: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" role="img"><title>It warms up</title><path d="M0 20L60 0" style="stroke:#000"/></svg>`), Dark: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" role="img"><title>It warms up</title><path d="M0 20L60 0" style="stroke:#fff"/></svg>`), Numbers: numbers,
					OtherLabel: "The same by turn", Other: &render.Figure{ID: "figure-3", Title: "It warms up", Alt: "By turn.", SVG: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" role="img"><title>By turn</title><path d="M0 20L60 0"/></svg>`)}},
				render.N("Heat runs from 0 to 1."), t}},
			{ID: "people", Title: "People", Blocks: []render.Block{
				render.Heading{ID: "exchange-1", Title: "Marguerite ↔ old miller"},
				render.Paragraph{Line: render.Line{{Text: "They answer "}, {Text: "each other", Ref: "c-2"}, {Text: "."}}},
				&render.Figure{ID: "figure-2", Title: "Arrivals", Subtitle: "Comments by time", Empty: "Too few comments have a time."},
				&render.Table{ID: "people-table", Caption: "People", Columns: []render.ColumnHead{{Title: "person"}, {Title: "comments", Numeric: true}, {Title: "latency", Numeric: true}},
					Rows: [][]render.Cell{
						{{Text: "Marguerite", Ref: "c-1"}, {Text: "2", Sort: 2}, {Text: "85 min", Sort: 85}},
						{{Text: "Zoë 漢字 ابن", Note: "A definition.\nA second line."}, {Text: "1", Sort: 1}, {Text: render.None, Empty: true, Note: "no comment has a time"}},
					}},
			}},
		},
	}
}

// HostileReport is Report with Hostile in every field that a stranger's words
// can reach, and numbers that are none.
func HostileReport(l metrics.Lang) *render.Report { return Spoil(Report(l), Hostile) }

// Spoil puts bad into every text of r and returns r.
func Spoil(r *render.Report, bad string) *render.Report {
	r.Title, r.Subtitle, r.Version = bad, bad, bad
	for i := range r.Keys {
		r.Keys[i].Label, r.Keys[i].Value, r.Keys[i].Note = bad, bad, bad
	}
	for _, l := range r.Summary {
		spoilLine(l, bad)
	}
	for k := range r.Sections {
		s := &r.Sections[k]
		s.Title = bad
		for j, block := range s.Blocks {
			switch b := block.(type) {
			case render.Heading:
				b.Title = bad
				s.Blocks[j] = b
			case render.Paragraph:
				spoilLine(b.Line, bad)
			case *render.Table:
				spoilTable(b, bad)
			case *render.Figure:
				b.Title, b.Subtitle, b.Alt, b.Empty, b.OtherLabel = bad, bad, bad, bad, bad
				if b.Numbers != nil {
					spoilTable(b.Numbers, bad)
				}
			case *render.Tree:
				for i := range b.Nodes {
					n := &b.Nodes[i]
					n.Author, n.Time, n.When, n.Label, n.Why, n.HeatText, n.DriftText = bad, bad, bad, bad, bad, bad, bad
					n.Flags = []string{bad}
					n.Text = bad
					n.Heat, n.Drift = math.NaN(), math.Inf(1)
					n.Marks = []render.Mark{{Start: 0, End: 8, Cue: bad, Share: math.NaN()}, {Start: 5, End: 3, Cue: bad, Share: 2}, {Start: 9, End: 4000, Cue: bad, Share: -1}}
				}
			}
		}
	}
	return r
}

func spoilLine(l render.Line, bad string) {
	for i := range l {
		l[i].Text = bad
	}
}

func spoilTable(t *render.Table, bad string) {
	t.Caption = bad
	for i := range t.Columns {
		t.Columns[i].Title = bad
	}
	for _, row := range t.Rows {
		for i := range row {
			row[i].Text, row[i].Note, row[i].Sort = bad, bad, math.Inf(-1)
		}
	}
}

// Chain is a report of n comments, each the answer to the one before.
func Chain(n int) *render.Report {
	return forest(n, func(i int) (int, int, int) { return i - 1, i, n })
}

// Star is a report of one comment with n-1 answers.
func Star(n int) *render.Report {
	return forest(n, func(i int) (int, int, int) {
		if i == 0 {
			return -1, 0, n
		}
		return 0, 1, i + 1
	})
}

func forest(n int, place func(i int) (parent, depth, end int)) *render.Report {
	t := &render.Tree{ID: "comments", Nodes: make([]render.Node, n)}
	for i := range t.Nodes {
		parent, depth, end := place(i)
		t.Nodes[i] = render.Node{
			ID: fmt.Sprintf("c-%d", i+1), Label: fmt.Sprint(i + 1), Parent: parent, Depth: depth, End: end,
			Author: fmt.Sprintf("person %d", i%17), Text: fmt.Sprintf("This is what comment number %d has to say.", i+1),
			HasHeat: true, Heat: float64(i%10) / 10, HeatText: fmt.Sprintf("0.%d", i%10), DriftText: "too few words",
		}
	}
	return &render.Report{
		Lang: metrics.English, Title: "A large thread", Version: "v0-test",
		Sections: []render.Section{{ID: "tree", Title: "The discussion", Blocks: []render.Block{t}}},
	}
}

// Tree is the first tree in a report; an empty one where there is none.
func Tree(r *render.Report) *render.Tree {
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(*render.Tree); ok {
				return t
			}
		}
	}
	return &render.Tree{}
}

// Nodes are the comments of the first tree in a report.
func Nodes(r *render.Report) []render.Node { return Tree(r).Nodes }
