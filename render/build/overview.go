package build

import (
	"fmt"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

// overview is the report of several threads, or of none.
func overview(in Input) (*render.Report, error) {
	w := words{in.Lang}
	r := &render.Report{Lang: in.Lang, Version: in.Version}
	s := render.Section{ID: "threads", Title: w.t2("The threads", "Les fils")}
	if len(in.Tables) == 0 {
		r.Title = w.t2("No comments", "Pas de commentaires")
		s.Blocks = append(s.Blocks, w.note("The input holds no thread.", "L’entrée ne contient pas de fil."))
		r.Sections = append(r.Sections, s)
		return r, nil
	}
	r.Title = w.count(len(in.Tables), render.Threads)
	t := &render.Table{
		ID: "threads-table", Caption: w.t2("The threads, in the order of the input", "Les fils, dans l’ordre de l’entrée"),
		Columns: []render.ColumnHead{
			w.head("thread", "fil"), w.numeric("comments", "commentaires"), w.numeric("people", "personnes"), w.numeric("replies", "réponses"),
			w.dated("first", "premier"), w.dated("last", "dernier"),
			w.numeric("mean heat", "chaleur moyenne"), w.numeric("peak heat", "chaleur maximale"), w.numeric("mean drift", "dérive moyenne"),
		},
	}
	comments := 0
	var first, last thread.Stamp
	for k, table := range in.Tables {
		b := &builder{words: w, in: in, table: table, t: table.Context.Thread}
		b.census = count(b.t)
		c := b.census
		comments += c.comments
		if c.dated > 0 {
			if first.IsZero() || c.first.UnixMilli() < first.UnixMilli() {
				first = c.first
			}
			if last.IsZero() || c.last.UnixMilli() > last.UnixMilli() {
				last = c.last
			}
		}
		name := render.Cell{Text: b.title()}
		if k < MaxParts {
			name.Ref = partPrefix(k) + "top"
		}
		t.Rows = append(t.Rows, []render.Cell{
			name, b.intCell(c.comments), b.intCell(c.named), b.intCell(c.replies), b.stampCell(c.first), b.stampCell(c.last),
			w.cell(metrics.Heat, table.Value("heat-mean")), w.cell(metrics.Heat, table.Value("heat-peak")), w.cell(metrics.Heat, table.Value("drift-mean")),
		})
	}
	if !first.IsZero() {
		r.Subtitle = render.DateRange(in.Lang, first, last)
	}
	r.Keys = []render.Key{
		{Label: w.of(len(in.Tables), render.Threads), Value: w.int(len(in.Tables)), Ref: "threads"},
		{Label: w.of(comments, render.Comments), Value: w.int(comments), Ref: "threads"},
	}
	s.Blocks = append(s.Blocks, t)
	if len(in.Tables) > MaxParts {
		s.Blocks = append(s.Blocks, w.note("Shown in full below: the first {1} of {2}. The measures of all can be had with the command measure.",
			"Montrés en entier ci-dessous : les {1} premiers sur {2}. Les mesures de tous s’obtiennent avec la commande measure.", w.int(MaxParts), w.int(len(in.Tables))))
	}
	r.Sections = append(r.Sections, s)
	for k, table := range in.Tables[:min(len(in.Tables), MaxParts)] {
		part, err := one(in, table, partPrefix(k))
		if err != nil {
			return nil, fmt.Errorf("thread %d: %w", k+1, err)
		}
		r.Parts = append(r.Parts, part)
	}
	return r, nil
}

func partPrefix(k int) string { return fmt.Sprintf("t%d-", k+1) }
