package chart

import "math"

// panel is a plot with a scale.
type panel struct {
	x0, x1   float64
	y0, y1   float64 // top and bottom
	min, max float64 // at the bottom and at the top
}

func (p panel) y(v float64) float64 {
	return p.y1 - (p.y1-p.y0)*clamp((v-p.min)/(p.max-p.min), 0, 1)
}

// roomFor is the top of a scale on which the given values fit: a fifth, two
// fifths, …, 1.
func roomFor(vs ...float64) float64 {
	top := 0.
	for _, v := range vs {
		top = math.Max(top, v)
	}
	return clamp(math.Ceil(top*5-1e-9)/5, .2, 1)
}

// floorFor is the bottom of a scale up to 1 on which the given distances can
// still be told apart: 0 where there are small ones among them. Only for points
// and lines; bars begin at 0.
func floorFor(vs []float64) float64 {
	low := 1.
	for _, v := range vs {
		low = math.Min(low, v)
	}
	for _, floor := range []float64{.9, .8, .5} {
		if low >= floor+.02 {
			return floor
		}
	}
	return 0
}

// paintPanel draws the scale of a panel and its name, with a second line for
// what is measured.
func (c *canvas) paintPanel(p panel, l tongue, name, of string) {
	decimals := 1
	if mid := (p.min + p.max) * 5; math.Abs(mid-math.Round(mid)) > 1e-9 {
		decimals = 2
	}
	for i := range 3 {
		v := p.min + (p.max-p.min)*float64(i)/2
		c.line(pt{p.x0, p.y(v)}, pt{p.x1, p.y(v)}, stroke{colour: c.grid, width: 1})
		c.write(text{body: l.dec(v, decimals), at: pt{p.x0 - 7, p.y(v) + 4}, anchor: end, size: noteSize, colour: c.muted})
	}
	y := p.y0 + 4
	room := p.x0 - 34 - margin
	for _, line := range wrap(name, bodySize, room/1.06, 2) {
		c.write(text{body: line, at: pt{margin, y}, size: bodySize, colour: c.ink, bold: true})
		y += 16
	}
	for _, line := range wrap(of, noteSize, room, 3) {
		c.write(text{body: line, at: pt{margin, y}, size: noteSize, colour: c.muted})
		y += 14
	}
}
