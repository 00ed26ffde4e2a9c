// Package chart draws the figures of threadheat. It is the only importer of
// go-chart, whose renderer it wraps so that no name or number from the input
// can break a drawing.
//
// A Kind gathers what it draws from a metrics.Context into plain data and lays
// it out once; the same layout is then written as SVG or PNG. Heat is the one
// quantity in colour. Labels that find no room are left out, never put over
// one another; what they would have said is in Drawing.Numbers.
//
// SVGs keep every text as written. PNGs are set in one font, which has Latin,
// Greek and Cyrillic letters: a run of other characters comes out as "…".
package chart

import (
	"fmt"
	"hash/fnv"

	"threadheat/metrics"
	"threadheat/thread"
)

// Drawing is a figure ready to be written, with its words and numbers. Its
// strings may come from strangers and are not escaped.
type Drawing struct {
	Title    string // the finding
	Subtitle string // what is drawn
	Alt      string // the drawing in words
	Empty    string // why there is nothing to draw; "" where there is
	Width    int
	Height   int
	Header   []string   // of Numbers
	Numbers  [][]string // the numbers behind the drawing, with decimal points
	kind     string
	opt      Options
	head     head
	paint    func(*canvas)
}

// Options are what a figure may be told. The zero Options are sensible.
type Options struct {
	Lang metrics.Lang // "" is English
	// A and B are the two sides of an exchange; where Named is false the busiest
	// pair is drawn.
	A, B  thread.AuthorID
	Named bool
	Turns bool // exchange: by turn instead of by time
	Dark  bool
	Bare  bool // without title and subtitle, for a page that prints them itself
	// Given is the name of the scores brought along (Context.Given), which are drawn
	// instead of our own heat; "" draws ours.
	Given string
}

// Kind is a figure that can be drawn of a thread.
type Kind struct {
	Name string // as typed after `chart`
	Doc  string
	Draw func(*metrics.Context, Options) (*Drawing, error)
}

// Kinds lists every figure.
var Kinds = []*Kind{exchangeKind, heatKind, driftKind, timelineKind, treeKind}

// Measures of the page.
const (
	pageWidth = 880
	margin    = 24
	gutter    = 132 // left of a plot, where lanes and scales are named
	aside     = 118 // right of a plot, where lines are named
	plotLeft  = margin + gutter
	plotRight = pageWidth - margin - aside
)

// newDrawing is a drawing with its head; the caller adds the rest, from
// d.head.bottom on downwards.
func newDrawing(kind string, o Options, title, subtitle string, key bool) *Drawing {
	if key {
		subtitle = sentences(o.whose(), subtitle)
	}
	d := &Drawing{Title: clean(title), Subtitle: tidy(subtitle, maxAlt), Width: pageWidth, kind: kind, opt: o}
	d.head = o.layoutHead(d.Title, d.Subtitle, key)
	return d
}

// empty is a drawing of which nothing can be drawn, and why.
func empty(kind string, o Options, title, why string) *Drawing {
	d := newDrawing(kind, o, title, "", false)
	d.Empty, d.Alt = why, title+". "+why
	d.Height = int(d.head.bottom) + 64
	return d
}

func (d *Drawing) paintEmpty(c *canvas) {
	y := d.head.bottom + 20
	for i, line := range wrap(clean(d.Empty), bodySize, c.w-2*margin, 2) {
		c.write(text{body: line, at: pt{margin, y + 18*float64(i)}, size: bodySize, colour: c.muted})
	}
}

// id makes the ids in an SVG differ from those of the other figures of a page.
func (d *Drawing) id() string {
	h := fnv.New64a()
	fmt.Fprint(h, d.Title, "\x00", d.Alt, "\x00", d.opt)
	return fmt.Sprintf("%s-%016x", d.kind, h.Sum64())
}

// head is the title and subtitle of a drawing, broken into lines, and the key to
// the colour of heat.
type head struct {
	title, subtitle []string
	key             bool
	bottom          float64
}

const keyWidth = 150

func (o Options) layoutHead(title, subtitle string, key bool) head {
	h := head{key: key, bottom: 14}
	if !o.Bare {
		h.title = wrap(title, titleSize, pageWidth-2*margin-90, 2) // bold faces differ most in width
		h.subtitle = wrap(subtitle, bodySize, pageWidth-2*margin, 3)
		h.bottom = margin + 24*float64(len(h.title)) + 18*float64(len(h.subtitle)) + 4
	}
	if key {
		h.bottom += 26
	}
	return h
}

func (h head) paint(c *canvas, o Options) {
	y := float64(margin)
	for _, line := range h.title {
		c.write(text{body: line, at: pt{margin, y + 14}, size: titleSize, colour: c.ink, bold: true})
		y += 24
	}
	for _, line := range h.subtitle {
		c.write(text{body: line, at: pt{margin, y + 13}, size: bodySize, colour: c.muted})
		y += 18
	}
	if h.key {
		c.paintKey(o.tongue(), pt{c.w - margin - keyWidth, h.bottom - 16})
	}
}

// paintKey draws the scale of heat, its left end at p.
func (c *canvas) paintKey(l tongue, p pt) {
	const steps = 25
	for i := range steps {
		x := p.x + keyWidth*float64(i)/steps
		c.rect(box{x, p.y, x + keyWidth/steps, p.y + 7}, c.heat(float64(i)/(steps-1)))
	}
	note := text{size: 10.5, colour: c.muted}
	for i, name := range []string{"0", l.dec(.5, 1), "1"} {
		note.body, note.anchor = name, anchor(i)
		note.at = pt{p.x + keyWidth*float64(i)/2, p.y + 18}
		c.write(note)
	}
	note.body, note.anchor, note.at = l.say("heat", "chaleur"), end, pt{p.x - 7, p.y + 8}
	c.write(note)
}
