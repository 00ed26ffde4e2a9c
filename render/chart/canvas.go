package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"strings"

	chart "github.com/wcharczuk/go-chart/v2"
)

// canvas is the safe wrapper round go-chart's renderer. It takes coordinates as
// fractions, refuses those that are not finite, escapes text, keeps account of
// where text stands, and finishes the bytes.
type canvas struct {
	*theme
	r      chart.Renderer
	k      float64 // renderer's units to one of the drawing; the renderer knows whole numbers only
	raster bool
	w, h   float64
	texts  []box    // of all text so far
	said   []string // the texts themselves
	solid  []box    // what a label should not cover beside text
	err    error
}

type pt struct{ x, y float64 }

// box is a rectangle with x0 ≤ x1, y0 ≤ y1, y downwards.
type box struct{ x0, y0, x1, y1 float64 }

func (b box) hits(o box) bool { return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 }

func (b box) grow(by float64) box { return box{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by} }

// stroke is how a line is drawn.
type stroke struct {
	colour colour
	width  float64
	dash   []float64
}

const (
	svgUnits   = 10 // go-chart's SVG has whole coordinates: a drawing unit is ten of them
	oversample = 2  // PNGs are drawn larger and averaged down, for the same reason
	maxPixels  = 60e6
	maxAlt     = 4000 // runes
)

// SVG writes the drawing as a complete SVG document that is safe inside HTML.
// Nothing is written where it cannot be drawn.
func (d *Drawing) SVG(w io.Writer) error {
	r, err := chart.SVG(d.Width*svgUnits, d.Height*svgUnits)
	if err != nil {
		return err
	}
	r.SetDPI(72) // a point is a unit
	c, err := d.on(r, svgUnits, false)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := c.r.Save(&b); err != nil {
		return err
	}
	_, body, _ := bytes.Cut(b.Bytes(), []byte(">"))
	id := d.id()
	var out bytes.Buffer
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="%s-title %s-desc" font-family="%s">`+"\n",
		d.Width*svgUnits, d.Height*svgUnits, d.Width, d.Height, id, id, families)
	fmt.Fprintf(&out, `<title id="%s-title">%s</title>`+"\n"+`<desc id="%s-desc">%s</desc>`+"\n", id, escape(clean(d.Title)), id, escape(tidy(d.Alt, maxAlt)))
	out.Write(body)
	out.WriteByte('\n')
	_, err = w.Write(out.Bytes())
	return err
}

// PNG writes the drawing as a picture, scale pixels to the SVG's unit. A scale
// that is not positive is 1; one that would make a picture beyond reason is
// made smaller. Characters that the one font lacks come out as an ellipsis.
func (d *Drawing) PNG(w io.Writer, scale float64) error {
	pw, ph := d.pixels(scale)
	r, err := chart.PNG(pw*oversample, ph*oversample)
	if err != nil {
		return err
	}
	r.SetDPI(64) // go-chart takes points for 26.6 fixed-point pixels at this resolution
	c, err := d.on(r, float64(pw*oversample)/float64(d.Width), true)
	if err != nil {
		return err
	}
	var large rgba
	if err := c.r.Save(&large); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, shrink(large.img, pw, ph)); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

// pixels is the size of the picture at a scale.
func (d *Drawing) pixels(scale float64) (w, h int) {
	if !(scale > 0) {
		scale = 1
	}
	area := float64(d.Width*oversample) * float64(d.Height*oversample)
	scale = math.Min(scale, math.Sqrt(maxPixels/area))
	return max(1, int(float64(d.Width)*scale)), max(1, int(float64(d.Height)*scale))
}

// on paints the drawing with r.
func (d *Drawing) on(r chart.Renderer, k float64, raster bool) (*canvas, error) {
	f, err := font()
	if err != nil {
		return nil, err
	}
	if raster {
		r.SetFont(f) // in an SVG it would stand in the way of families
	}
	c := &canvas{theme: d.opt.theme(), r: r, k: k, raster: raster, w: float64(d.Width), h: float64(d.Height)}
	c.rect(box{0, 0, c.w, c.h}, c.paper)
	d.head.paint(c, d.opt)
	if d.Empty != "" {
		d.paintEmpty(c)
	} else {
		d.paint(c)
	}
	return c, c.err
}

// rgba takes go-chart's picture as it is, before PNG.
type rgba struct{ img *image.RGBA }

func (r *rgba) SetRGBA(i *image.RGBA)       { r.img = i }
func (r *rgba) Write(p []byte) (int, error) { return len(p), nil }

// shrink averages squares of oversample² pixels. The picture is opaque.
func shrink(from *image.RGBA, w, h int) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			var sum [4]int
			for dy := range oversample {
				at := from.PixOffset(x*oversample, y*oversample+dy)
				for i := range 4 * oversample {
					sum[i%4] += int(from.Pix[at+i])
				}
			}
			at := to.PixOffset(x, y)
			for i := range sum {
				to.Pix[at+i] = uint8(sum[i] / (oversample * oversample))
			}
		}
	}
	return to
}

// n is a coordinate for the renderer. One that is not finite spoils the
// drawing, since go-chart hangs on some and writes the others.
func (c *canvas) n(v float64) int {
	if math.IsNaN(v) || math.Abs(v) > 1e6 {
		if c.err == nil {
			c.err = fmt.Errorf("chart: a coordinate is %v", v)
		}
		return 0
	}
	return int(math.Round(v * c.k))
}

// pen starts a path or a shape.
func (c *canvas) pen(fill colour, s stroke) {
	c.r.ResetStyle()
	c.r.SetFillColor(fill)
	c.r.SetStrokeColor(s.colour)
	if s.width > 0 {
		c.r.SetStrokeWidth(math.Max(1, math.Round(s.width*c.k)))
	}
	var dash []float64
	for _, d := range s.dash {
		dash = append(dash, d*c.k)
	}
	c.r.SetStrokeDashArray(dash)
}

var none colour

func (c *canvas) rect(b box, fill colour) { c.rects([]box{b}, fill) }

// rects fills many boxes as one path.
func (c *canvas) rects(bs []box, fill colour) {
	if len(bs) == 0 {
		return
	}
	c.pen(fill, stroke{})
	for _, b := range bs {
		x0, y0, x1, y1 := c.n(b.x0), c.n(b.y0), c.n(b.x1), c.n(b.y1)
		c.r.MoveTo(x0, y0)
		c.r.LineTo(x1, y0)
		c.r.LineTo(x1, y1)
		c.r.LineTo(x0, y1)
		c.r.Close()
	}
	c.r.Fill()
}

func (c *canvas) line(a, b pt, s stroke) { c.lines([][]pt{{a, b}}, s) }

// lines draws broken lines as one path.
func (c *canvas) lines(ls [][]pt, s stroke) {
	drawn := false
	for _, l := range ls {
		for i, p := range l {
			if !drawn {
				c.pen(none, s)
				drawn = true
			}
			if i == 0 {
				c.r.MoveTo(c.n(p.x), c.n(p.y))
			} else {
				c.r.LineTo(c.n(p.x), c.n(p.y))
			}
		}
	}
	if drawn {
		c.r.Stroke()
	}
}

// area fills a polygon.
func (c *canvas) area(ps []pt, fill colour) {
	if len(ps) < 3 {
		return
	}
	c.pen(fill, stroke{})
	for i, p := range ps {
		if i == 0 {
			c.r.MoveTo(c.n(p.x), c.n(p.y))
		} else {
			c.r.LineTo(c.n(p.x), c.n(p.y))
		}
	}
	c.r.Close()
	c.r.Fill()
}

// curve draws a quadratic Bézier curve.
func (c *canvas) curve(a, ctrl, b pt, s stroke) {
	c.pen(none, s)
	c.r.MoveTo(c.n(a.x), c.n(a.y))
	c.r.QuadCurveTo(c.n(ctrl.x), c.n(ctrl.y), c.n(b.x), c.n(b.y))
	c.r.Stroke()
}

// disc draws a true circle. go-chart's raster circles are made of four
// quadratic curves and look square; its vector arcs cannot close.
func (c *canvas) disc(p pt, radius float64, fill colour, s stroke) {
	c.pen(fill, s)
	x, y := c.n(p.x), c.n(p.y)
	r := float64(c.n(radius))
	if c.err != nil || r <= 0 {
		return
	}
	if !c.raster {
		c.r.Circle(r, x, y)
		return
	}
	c.r.ArcTo(x, y, r, r, 0, 2*math.Pi)
	c.r.Close()
	switch {
	case s.width <= 0:
		c.r.Fill()
	case fill == none:
		c.r.Stroke()
	default:
		c.r.FillStroke()
	}
}

// text is one line of writing.
type text struct {
	body   string
	at     pt // on the baseline
	anchor anchor
	size   float64
	colour colour
	bold   bool // in SVGs; the font of PNGs has one weight
}

type anchor uint8

const (
	start anchor = iota
	middle
	end
)

// Font sizes.
const (
	titleSize = 17
	bodySize  = 13
	noteSize  = 11.5
)

// width is the room that t takes.
func (t text) width() float64 {
	w := textWidth(t.body, t.size)
	if t.bold {
		w *= 1.06
	}
	return w
}

// box is the room that t takes.
func (t text) box() box {
	w := t.width()
	x := t.at.x - w*float64(t.anchor)/2
	return box{x, t.at.y - .82*t.size, x + w, t.at.y + .26*t.size}
}

// write draws a text where it says, whatever is there.
func (c *canvas) write(t text) {
	t.body = clean(t.body)
	if t.body == "" {
		return
	}
	b := t.box()
	c.texts, c.said = append(c.texts, b), append(c.said, t.body)
	body := t.body
	x, y := c.n(t.at.x), c.n(t.at.y)
	if c.raster {
		body = drawable(body)
		x = c.n(t.at.x - textWidth(body, t.size)/slack*float64(t.anchor)/2)
	} else {
		body = escape(body)
		attr := ""
		switch t.anchor {
		case middle:
			attr += ` text-anchor="middle"`
		case end:
			attr += ` text-anchor="end"`
		}
		if t.bold {
			attr += ` font-weight="600"`
		}
		if attr != "" {
			// go-chart's SVG knows neither anchors nor weights, but puts the text down as it is.
			body = fmt.Sprintf(`<tspan x="%d" y="%d"%s>%s</tspan>`, x, y, attr, body)
		}
	}
	c.r.ResetStyle()
	c.r.SetFontColor(t.colour)
	c.r.SetFontSize(t.size * c.k)
	c.r.Text(body, x, y)
}

// free tells that a box lies on the canvas and covers no text and, unless
// loosely, nothing solid.
func (c *canvas) free(b box, loosely bool) bool {
	if b.x0 < 4 || b.y0 < 2 || b.x1 > c.w-4 || b.y1 > c.h-2 {
		return false
	}
	for _, o := range c.texts {
		if b.hits(o) {
			return false
		}
	}
	if loosely {
		return true
	}
	for _, o := range c.solid {
		if b.hits(o) {
			return false
		}
	}
	return true
}

// label writes t at the first of the places that is free, and tells whether
// there was one.
func (c *canvas) label(t text, places ...place) bool {
	t.body = clean(t.body)
	for _, p := range places {
		t.at, t.anchor = p.at, p.anchor
		if c.free(t.box().grow(1), false) {
			c.write(t)
			return true
		}
	}
	return false
}

// place is where a label may stand.
type place struct {
	at     pt
	anchor anchor
}

// around lists the places round a disc: above, below, right, left, and above
// and below with the text beginning or ending at the disc.
func around(p pt, r, size float64) []place {
	up, down, mid := p.y-r-4, p.y+r+4+.8*size, p.y+.35*size
	return []place{
		{pt{p.x, up}, middle}, {pt{p.x, down}, middle}, {pt{p.x + r + 5, mid}, start}, {pt{p.x - r - 5, mid}, end},
		{pt{p.x - r, up}, start}, {pt{p.x + r, up}, end}, {pt{p.x - r, down}, start}, {pt{p.x + r, down}, end},
	}
}

// escape makes a cleaned string safe inside an XML element.
func escape(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
