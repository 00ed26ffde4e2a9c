package text

import (
	"strings"

	"threadheat/render"
)

const (
	gutter  = 2  // columns between two cells
	minText = 16 // a column of words is not made narrower
)

// table writes a table within the given width. Long words wrap in their cells;
// where the columns do not fit side by side, the table is broken into several
// under each other, each beginning with the first column.
func (p *printer) table(t *render.Table) {
	if len(t.Columns) == 0 || len(t.Rows) == 0 {
		return
	}
	cells := make([][]string, len(t.Rows)+1)
	for _, c := range t.Columns {
		cells[0] = append(cells[0], inline(c.Title))
	}
	for r, row := range t.Rows {
		cells[r+1] = make([]string, len(t.Columns))
		for k := range min(len(row), len(t.Columns)) {
			cells[r+1][k] = inline(row[k].Text)
		}
	}
	natural, narrow := make([]int, len(t.Columns)), make([]int, len(t.Columns))
	for _, row := range cells {
		for k, s := range row {
			w := Width(s)
			natural[k] = max(natural[k], w)
			for _, word := range strings.Split(s, " ") {
				narrow[k] = max(narrow[k], Width(word))
			}
		}
	}
	for k := range narrow {
		if !t.Columns[k].Numeric {
			narrow[k] = min(narrow[k], minText)
		}
		narrow[k] = min(narrow[k], p.width/2-gutter)
	}
	p.prose("", inline(t.Caption))
	first := true
	for from := 1; from < len(t.Columns) || first; {
		to := from
		for used := narrow[0]; to < len(t.Columns) && (to == from || used+gutter+narrow[to] <= p.width); to++ {
			used += gutter + narrow[to]
		}
		group := []int{0}
		for k := from; k < to; k++ {
			group = append(group, k)
		}
		if !first {
			p.line("")
		}
		first = false
		p.grid(t, cells, group, p.share(group, natural, narrow))
		from = to
	}
	p.line("")
}

// share divides the width among columns: each gets at least its narrowest, and
// what is left goes to the widest need first.
func (p *printer) share(group, natural, narrow []int) []int {
	widths := make([]int, len(group))
	left := p.width
	for j, k := range group {
		widths[j] = narrow[k]
		left -= narrow[k] + gutter
	}
	left += gutter
	for left > 0 {
		best := -1
		for j, k := range group {
			if widths[j] < natural[k] && (best < 0 || widths[j] < widths[best]) {
				best = j
			}
		}
		if best < 0 {
			break
		}
		widths[best]++
		left--
	}
	return widths
}

func (p *printer) grid(t *render.Table, cells [][]string, group, widths []int) {
	for r, row := range cells {
		lines := make([][]string, len(group))
		height := 1
		for j, k := range group {
			lines[j] = wrap(row[k], widths[j])
			height = max(height, len(lines[j]))
		}
		for h := range height {
			var b strings.Builder
			for j, k := range group {
				s := ""
				if h < len(lines[j]) {
					s = lines[j][h]
				}
				if j > 0 {
					b.WriteString(strings.Repeat(" ", gutter))
				}
				b.WriteString(pad(s, widths[j], t.Columns[k].Numeric))
			}
			p.line(strings.TrimRight(b.String(), " "))
		}
		if r == 0 {
			total := gutter * (len(group) - 1)
			for _, w := range widths {
				total += w
			}
			p.line(strings.Repeat("─", total))
		}
	}
}
