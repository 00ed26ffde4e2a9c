package build

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"threadheat/metrics/exchange"
	"threadheat/render"
	"threadheat/render/chart"
)

// figure draws the figure of the given kind; nil where there is no such kind.
func (b *builder) figure(kind string) (*render.Figure, error) {
	return b.draw(kind, kind, chart.Options{Lang: b.lang, Bare: true})
}

func (b *builder) exchangeFigure(p exchange.Pair) (*render.Figure, error) {
	o := chart.Options{Lang: b.lang, A: p.A, B: p.B, Named: true, Bare: true}
	f, err := b.draw("exchange", "exchange", o)
	if err != nil || f == nil || f.SVG == nil || !b.t.Time(p.Turns[0]).Timed() {
		return f, err
	}
	o.Turns = true
	other, err := b.draw("exchange", "turns", o)
	if err != nil {
		return nil, err
	}
	other.Numbers = nil // the same
	f.Other, f.OtherLabel = other, b.t2("The same by turn instead of by time", "La même par tour et non par temps")
	return f, nil
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
	decimal := make([]bool, len(d.Header))
	for k, h := range d.Header {
		numeric := false
		numeric, decimal[k] = kindOf(rows, k)
		t.Columns = append(t.Columns, render.ColumnHead{Title: capital(h), Numeric: numeric})
	}
	for _, row := range rows {
		cells := make([]render.Cell, len(row))
		for k, text := range row {
			cells[k] = textCell(text)
			if k >= len(t.Columns) || !t.Columns[k].Numeric {
				continue
			}
			x, err := strconv.ParseFloat(text, 64)
			cells[k] = render.Cell{Text: text, Sort: x, Empty: err != nil}
			if decimal[k] && err == nil {
				cells[k].Text = render.Fixed(b.lang, x, 4)
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// kindOf tells whether every cell of a column that holds something holds a
// number, and whether those are measured ones: an ID like 1.1 is a number too,
// but has fewer decimals.
func kindOf(rows [][]string, k int) (numeric, decimal bool) {
	for _, row := range rows {
		if k >= len(row) || row[k] == "" {
			continue
		}
		if _, err := strconv.ParseFloat(row[k], 64); err != nil {
			return false, false
		}
		_, decimals, _ := strings.Cut(row[k], ".")
		numeric, decimal = true, decimal || len(decimals) >= 3
	}
	return numeric, decimal
}
