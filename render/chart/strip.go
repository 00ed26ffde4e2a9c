package chart

import (
	"math"
	"slices"
)

// manyPoints is the number of comments beyond which a strip draws columns of
// several comments instead of one mark each.
const manyPoints = 1500

// point is a value of one comment on a panel.
type point struct {
	i  int // of the remark
	x  float64
	v  float64
	at pt
}

// column is several neighbouring points drawn as one.
type column struct {
	x0, x1         float64
	low, mean, top float64
	n              int
}

// columns gathers points into bins of equal width, leaving out empty ones.
func columns(ps []point, x0, x1, width float64) []column {
	n := int(math.Ceil((x1 - x0) / width))
	bins := make([]column, n)
	for _, p := range ps {
		b := &bins[min(max(int((p.x-x0)/width), 0), n-1)]
		if b.n == 0 {
			b.low, b.top = p.v, p.v
		}
		b.low, b.top = math.Min(b.low, p.v), math.Max(b.top, p.v)
		b.n++
		b.mean += p.v
	}
	for k := range bins {
		b := &bins[k]
		b.x0, b.x1 = x0+width*float64(k), math.Min(x0+width*float64(k+1), x1)
		if b.n > 0 {
			b.mean /= float64(b.n)
		}
	}
	return slices.DeleteFunc(bins, func(b column) bool { return b.n == 0 })
}

// byOrder is the x of each place of a reading order of n.
func byOrder(n int, x0, x1 float64) func(i int) float64 {
	step := (x1 - x0) / float64(max(n, 1))
	return func(i int) float64 { return x0 + step*(float64(i)+.5) }
}

// paintOrder draws grid lines at places of the reading order, 1, …, n, through
// panels that stand above one another, and names them below the last.
func (c *canvas) paintOrder(l tongue, n int, panels ...panel) {
	p := panels[len(panels)-1]
	at := byOrder(n, p.x0, p.x1)
	c.write(text{body: l.say("comment", "commentaire"), at: pt{p.x0 - 9, p.y1 + 18}, anchor: end, size: noteSize, colour: c.muted})
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500} {
		if step = s; n <= 12*s {
			break
		}
	}
	for step*12 < n {
		step *= 2
	}
	for k := 0; k <= n; k += step {
		i := max(k, 1)
		t := text{body: l.count(i), size: noteSize, colour: c.muted}
		if c.label(t, place{pt{at(i - 1), p.y1 + 18}, middle}) {
			for _, q := range panels {
				c.line(pt{at(i - 1), q.y0}, pt{at(i - 1), q.y1 + 3}, stroke{colour: c.grid, width: 1})
			}
		}
	}
}

// highest lists the n points of the greatest values, the greatest first, ties in
// reading order. O(n · points), for a small n.
func highest(ps []point, n int) []point {
	var out []point
	for _, p := range ps {
		k := len(out)
		for k > 0 && p.v > out[k-1].v {
			k--
		}
		if k < n {
			out = slices.Insert(out, k, p)[:min(n, len(out)+1)]
		}
	}
	return out
}

func valuesOf(ps []point) []float64 {
	vs := make([]float64, len(ps))
	for i, p := range ps {
		vs[i] = p.v
	}
	return vs
}

// pointsOf are the defined values of the remarks, placed by x, in the order of
// the remarks.
func pointsOf(rs []remark, x func(i int) (float64, bool), p panel, value func(remark) opt) []point {
	var out []point
	for i, r := range rs {
		v := value(r)
		at, ok := x(i)
		if v.ok && ok {
			out = append(out, point{i, at, v.v, pt{at, p.y(v.v)}})
		}
	}
	return out
}

// markSize is the radius of marks, smaller where there are many.
func markSize(n int) float64 { return clamp(300/float64(max(n, 1)), 1.6, 4.5) }

// avoid keeps labels off a line.
func (c *canvas) avoid(a, b pt) {
	n := int(math.Hypot(b.x-a.x, b.y-a.y)/4) + 1
	for i := range n + 1 {
		f := float64(i) / float64(n)
		c.solid = append(c.solid, dotBox(pt{a.x + f*(b.x-a.x), a.y + f*(b.y-a.y)}, 2))
	}
}

// dotBox is the room of a disc.
func dotBox(p pt, r float64) box { return box{p.x, p.y, p.x, p.y}.grow(r) }
