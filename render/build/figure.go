package build

import (
	"bytes"
	"fmt"

	"threadheat/metrics/exchange"
	"threadheat/render"
	"threadheat/render/chart"
)

// figure draws the figure of the given kind; nil where there is no such kind.
func (b *builder) figure(kind string) (*render.Figure, error) {
	return b.draw(kind, kind, chart.Options{Lang: b.lang, Bare: true})
}

func (b *builder) exchangeFigure(p exchange.Pair) (*render.Figure, error) {
	return b.draw("exchange", "exchange", chart.Options{Lang: b.lang, A: p.A, B: p.B, Named: true, Bare: true})
}

func (b *builder) draw(kind, id string, o chart.Options) (*render.Figure, error) {
	for _, k := range b.in.Kinds {
		if k.Name != kind {
			continue
		}
		d, err := k.Draw(b.table.Context, o)
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", kind, err)
		}
		b.figures++
		f := &render.Figure{
			ID:    fmt.Sprintf("%sfigure-%d-%s", b.prefix, b.figures, id),
			Title: d.Title, Subtitle: d.Subtitle, Alt: d.Alt, Empty: d.Empty,
		}
		if d.Empty == "" {
			if f.SVG, err = svg(d); err != nil {
				return nil, fmt.Errorf("figure %s: %w", kind, err)
			}
			o.Dark = true
			night, err := k.Draw(b.table.Context, o)
			if err != nil {
				return nil, fmt.Errorf("figure %s, dark: %w", kind, err)
			}
			if f.Dark, err = svg(night); err != nil {
				return nil, fmt.Errorf("figure %s, dark: %w", kind, err)
			}
		}
		f.Numbers = b.numbers(f.ID, d)
		return f, nil
	}
	return nil, nil
}

func svg(d *chart.Drawing) ([]byte, error) {
	var b bytes.Buffer
	err := d.SVG(&b)
	return b.Bytes(), err
}

// numbers is the table behind a drawing; nil where there is none.
func (b *builder) numbers(id string, d *chart.Drawing) *render.Table {
	if len(d.Numbers) == 0 {
		return nil
	}
	t := &render.Table{ID: id + "-numbers", Caption: b.t2("The numbers behind the figure", "Les nombres de la figure"), Folded: true}
	rows := d.Numbers
	if len(rows) > maxNumbers {
		rows = rows[:maxNumbers]
		t.Caption += b.t2(" (the first ", " (les ") + b.int(maxNumbers) + b.t2(" of ", " premières lignes sur ") + b.int(len(d.Numbers)) + ")"
	}
	for _, h := range d.Header {
		t.Columns = append(t.Columns, render.ColumnHead{Title: h})
	}
	for _, row := range rows {
		cells := make([]render.Cell, len(row))
		for k, text := range row {
			cells[k] = textCell(text)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
