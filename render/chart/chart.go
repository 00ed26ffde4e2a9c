// Package chart draws the figures of threadheat. It is the only importer of
// go-chart, whose renderer it wraps so that no name or number from the input
// can break a drawing.
package chart

import (
	"io"

	"threadheat/metrics"
	"threadheat/thread"
)

// Drawing is a figure ready to be written, with its words and numbers.
type Drawing struct {
	Title    string // the finding
	Subtitle string // what is drawn
	Alt      string // the drawing in words
	Empty    string // why there is nothing to draw; "" where there is
	Width    int
	Height   int
	Header   []string   // of Numbers
	Numbers  [][]string // the numbers behind the drawing
	paint    func(*canvas)
}

// canvas is the safe wrapper round go-chart's renderer.
type canvas struct{}

// SVG writes the drawing as a complete SVG document that is safe inside HTML.
func (d *Drawing) SVG(w io.Writer) error { return nil }

// PNG writes the drawing as a picture, scale pixels to the SVG's unit.
func (d *Drawing) PNG(w io.Writer, scale float64) error { return nil }

// Options are what a figure may be told. The zero Options are sensible.
type Options struct {
	Lang metrics.Lang // "" is English
	// A and B are the two sides of an exchange; where Named is false the busiest
	// pair is drawn.
	A, B  thread.AuthorID
	Named bool
	Turns bool // exchange: by turn instead of by time
	Dark  bool
}

// Kind is a figure that can be drawn of a thread.
type Kind struct {
	Name string // as typed after `chart`
	Doc  string
	Draw func(*metrics.Context, Options) (*Drawing, error)
}

// Kinds lists every figure.
var Kinds = []*Kind{}
