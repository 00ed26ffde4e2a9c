package table

import (
	"fmt"
	"io"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/render/text"
)

// Terminal writes tables to be read: one of the thread's measures, and one each
// of its comments, authors and pairs.
var Terminal = &Output{
	Name: "table",
	Doc:  "tables to be read, for a terminal",
	New:  func(w io.Writer, o Options) Writer { return &terminalWriter{w, o} },
}

// maxRows is how many comments, authors or pairs a table for reading shows.
const maxRows = 200

type terminalWriter struct {
	w io.Writer
	Options
}

// Close does nothing: every table is written at once.
func (t *terminalWriter) Close() error { return nil }

func (t *terminalWriter) say(en, fr string) string {
	return render.Typeset(t.Lang, metrics.Text{EN: en, FR: fr}.In(t.Lang))
}

// Write writes the tables of one thread.
func (t *terminalWriter) Write(table *metrics.Table) error {
	all, err := parts(table)
	if err != nil {
		return err
	}
	var out []*render.Table
	for _, p := range all {
		switch {
		case len(p.columns) == 0 || p.len == 0:
		case p.scope == metrics.PerThread:
			out = append(out, t.thread(threadID(table.Context.Thread), p.columns))
		case p.scope == metrics.PerComment:
			out = append(out, t.many(p, t.say("Comments", "Commentaires"), t.say("comment", "commentaire"), t.say("author", "auteur")))
		case p.scope == metrics.PerAuthor:
			out = append(out, t.many(p, t.say("Authors", "Auteurs"), t.say("author", "auteur")))
		case p.scope == metrics.PerPair:
			out = append(out, t.many(p, t.say("Pairs", "Paires"), t.say("pair", "paire")))
		}
	}
	return text.Tables(t.w, out, text.Options{Width: t.Width, Colour: t.Colour, Lang: t.Lang})
}

func (t *terminalWriter) thread(id string, cols []metrics.Column) *render.Table {
	out := &render.Table{Caption: id, Columns: []render.ColumnHead{
		{Title: t.say("measure", "mesure")}, {Title: t.say("value", "valeur"), Numeric: true}, {Title: "n", Numeric: true}, {Title: t.say("note", "note")},
	}}
	for _, c := range cols {
		v := c.Values.At(0)
		if i := c.Measure.Interval; i != nil && v.More != nil && v.More.NoCI == &i.None {
			// What is so of every thread, explain tells.
			v = v.With(func(more *metrics.More) { more.NoCI = nil })
		}
		out.Rows = append(out.Rows, []render.Cell{
			{Text: c.Measure.Name}, {Text: render.Value(t.Lang, c.Measure.Unit, v)}, {Text: render.Int(t.Lang, v.N)}, {Text: render.Beside(t.Lang, c.Measure.Unit, v)},
		})
	}
	return out
}

func (t *terminalWriter) many(p part, title string, labels ...string) *render.Table {
	out := &render.Table{Caption: title}
	if p.len > maxRows {
		out.Caption = fmt.Sprintf("%s (%s %s)", title, t.say("the first", "les premiers"), render.Int(t.Lang, maxRows)+"/"+render.Int(t.Lang, p.len))
	}
	for _, l := range labels {
		out.Columns = append(out.Columns, render.ColumnHead{Title: l})
	}
	for _, c := range p.columns {
		out.Columns = append(out.Columns, render.ColumnHead{Title: c.Measure.Name, Numeric: true})
	}
	for r := range p.rows {
		if len(out.Rows) == maxRows {
			break
		}
		name := r.author
		if name == "" {
			name = render.None
		}
		var cells []render.Cell
		switch r.scope {
		case metrics.PerComment:
			cells = []render.Cell{{Text: r.id}, {Text: name}}
		case metrics.PerAuthor:
			cells = []render.Cell{{Text: name}}
		case metrics.PerPair:
			cells = []render.Cell{{Text: r.a + " ↔ " + r.b}}
		}
		for _, c := range p.columns {
			cells = append(cells, render.Cell{Text: render.Value(t.Lang, c.Measure.Unit, r.value(c))})
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}
