// Package text writes reports, tables and reply trees for a terminal.
//
// Nothing that a stranger wrote reaches the terminal as a control character;
// columns are aligned by how wide characters are shown. Figures are told by
// their title, their words and their numbers.
package text

import (
	"bufio"
	"io"
	"strings"

	"threadheat/metrics"
	"threadheat/render"
)

// Renderer writes a report as text, 80 columns wide and without colour.
var Renderer = &render.Renderer{
	Name:   "text",
	Doc:    "plain text, for a terminal",
	Render: func(w io.Writer, r *render.Report) error { return Render(w, r, Options{}) },
}

// Options are how the terminal is. The zero Options are 80 columns, no colour.
type Options struct {
	Width  int  // columns; 0 is 80, less than 40 is 40
	Colour bool // escape codes for heat
	Lang   metrics.Lang
}

// printer writes lines, and keeps the first error.
type printer struct {
	w      *bufio.Writer
	width  int
	colour bool
	lang   metrics.Lang
}

func newPrinter(w io.Writer, o Options) *printer {
	if o.Width == 0 {
		o.Width = 80
	}
	return &printer{w: bufio.NewWriter(w), width: max(40, o.Width), colour: o.Colour, lang: o.Lang}
}

// line writes one line. bufio keeps the first error for Flush.
func (p *printer) line(s string) {
	p.w.WriteString(s)
	p.w.WriteByte('\n')
}

// prose writes wrapped lines, all but the first led by spaces as wide as lead.
func (p *printer) prose(lead, s string) {
	indent := Width(lead)
	for _, l := range wrap(s, p.width-indent) {
		p.line(strings.TrimRight(lead+l, " "))
		lead = strings.Repeat(" ", indent)
	}
}

func (p *printer) title(s string, rule string) {
	lines := wrap(inline(s), p.width)
	long := 0
	for _, l := range lines {
		p.line(l)
		long = max(long, Width(l))
	}
	p.line(strings.Repeat(rule, long))
}

func (p *printer) say(en, fr string) string {
	return render.Typeset(p.lang, metrics.Text{EN: en, FR: fr}.In(p.lang))
}

// Render writes r.
func Render(w io.Writer, r *render.Report, o Options) error {
	o.Lang = r.Lang
	p := newPrinter(w, o)
	p.report(r)
	return p.w.Flush()
}

// Tables writes tables one after the other.
func Tables(w io.Writer, ts []*render.Table, o Options) error {
	p := newPrinter(w, o)
	for _, t := range ts {
		p.table(t)
	}
	return p.w.Flush()
}

// Tree writes a reply tree, one comment a line: who, when, heat and the first
// words.
func Tree(w io.Writer, t *render.Tree, o Options) error {
	p := newPrinter(w, o)
	p.tree(t, false)
	return p.w.Flush()
}

func (p *printer) report(r *render.Report) {
	p.title(r.Title, "═")
	if r.Subtitle != "" {
		p.prose("", inline(r.Subtitle))
	}
	var keys []string
	for _, k := range r.Keys {
		s := inline(k.Value) + " " + inline(k.Label)
		if k.Note != "" {
			s += " (" + inline(k.Note) + ")"
		}
		keys = append(keys, strings.ReplaceAll(s, " ", "\u00a0"))
	}
	if len(keys) > 0 {
		p.line("")
		p.prose("", strings.Join(keys, " · "))
	}
	p.line("")
	for _, l := range r.Summary {
		p.prose("• ", inline(l.String()))
	}
	if len(r.Summary) > 0 {
		p.line("")
	}
	for _, s := range r.Sections {
		p.line("")
		p.title(s.Title, "─")
		p.line("")
		for _, b := range s.Blocks {
			p.block(b)
		}
	}
	for _, part := range r.Parts {
		p.line("")
		p.line("")
		p.report(part)
	}
}

func (p *printer) block(block render.Block) {
	switch b := block.(type) {
	case render.Heading:
		p.title(b.Title, "┄")
		p.line("")
	case render.Paragraph:
		p.prose("", inline(b.Line.String()))
		p.line("")
	case *render.Table:
		p.table(b)
	case *render.Figure:
		p.figure(b)
	case *render.Tree:
		p.tree(b, true)
	}
}

// figure tells a drawing in words. Its numbers are left to the other outputs
// where they are many.
func (p *printer) figure(f *render.Figure) {
	p.prose("▪ ", inline(f.Title))
	if f.Subtitle != "" {
		p.prose("  ", inline(f.Subtitle))
	}
	if words := f.Words(); words != "" {
		p.prose("  ", inline(words))
	}
	if f.SVG == nil && f.Empty != "" {
		p.prose("  ", inline(f.Empty))
	}
	p.line("")
	switch n := f.Numbers; {
	case n == nil:
	case len(n.Rows) <= maxNumbers:
		p.table(n)
	default:
		p.prose("  ", p.say("Its numbers are in the other outputs.", "Ses nombres sont dans les autres sorties."))
		p.line("")
	}
}

const maxNumbers = 12
