// Package render holds what a report is, as plain data, and what turns one into
// bytes. The renderers are in the packages below it (html, markdown, text,
// json), the drawings in chart, and the making of a Report from a thread and its
// measures in build.
//
// A Report holds no markup: every string in it may come from a stranger, and
// each renderer escapes for its own target at the last moment.
package render

import (
	"fmt"
	"io"
	"strings"

	"threadheat/metrics"
)

// Report is everything a reader is shown, independent of how.
type Report struct {
	Lang     metrics.Lang
	Title    string
	Subtitle string    // source and date range, on one line
	Keys     []Key     // a few numbers to begin with
	Summary  []Line    // three to five sentences, each linked to its evidence
	Sections []Section // in the order of the page
	Parts    []*Report // one per thread, where the report is about several; parts have no parts
	Prefix   string    // of every ID in this part; Prefix + "top" is the ID of its title
	Version  string    // of threadheat
}

// Key is one of the numbers at the head of a report.
type Key struct {
	Label string // "comments"
	Value string // "7"
	Note  string // "by 2 people"
	Ref   string // as in Span
}

// Line is a run of words, parts of which point at sections, figures or
// comments of the report.
type Line []Span

// Span is a piece of a Line.
type Span struct {
	Text string
	Ref  string // ID of a section, block or tree node in this report; "" for none
	// Strange tells that these are a stranger's words amid ours: whichever way
	// they run, ours must not turn with them. Words with a Ref are always so.
	Strange bool
}

// String is the words alone.
func (l Line) String() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Section is a part of a report under a heading.
type Section struct {
	ID     string // lower-case words joined by hyphens, unique in the report
	Title  string
	Blocks []Block
}

// Block is a Heading, Paragraph, *Table, *Tree or *Figure.
type Block interface{ block() }

// Heading starts a part of a section.
type Heading struct {
	ID    string
	Title string
}

// Paragraph is prose.
type Paragraph struct {
	Line Line
	Note bool // an aside: a limit, a caveat, a "too few"
}

// Table is rows of cells under headings.
type Table struct {
	ID      string
	Caption string
	Columns []ColumnHead
	Rows    [][]Cell
	Folded  bool // long and rarely wanted: shown when asked for, where that is possible
}

// ColumnHead is the heading of a column.
type ColumnHead struct {
	Title   string
	Numeric bool // right-aligned, sorts by Cell.Sort
	Ordered bool // sorts by Cell.Sort too, but is aligned like words: dates
}

// Cell is what stands in a table.
type Cell struct {
	Text string
	Sort float64 // for numeric and ordered columns
	// Empty tells that there is no value, in such a column; it sorts last.
	Empty bool
	Ref   string // as in Span
	Note  string // said when asked for: a definition, a reason
}

// Figure is a drawing with the numbers behind it.
type Figure struct {
	ID       string
	Title    string // the finding
	Subtitle string // what is drawn
	Alt      string // the drawing in words
	SVG      []byte // complete, safe to stand inside HTML; nil where there was too little to draw
	Dark     []byte // the same for a dark page; nil where there is none
	Empty    string // why there is no drawing, where SVG is nil
	Numbers  *Table // behind the drawing; nil where there are none
	// Other is the same drawn otherwise, for who wants it, and what it is called;
	// nil where there is none. Only a page shows it.
	Other      *Figure
	OtherLabel string
}

// Words is the drawing in words without its title, with which Alt may begin.
func (f *Figure) Words() string { return strings.TrimPrefix(f.Alt, f.Title+". ") }

// Tree is a thread as the reader sees it.
type Tree struct {
	ID    string
	Nodes []Node // in reading order
}

// Node is one comment of a Tree.
type Node struct {
	ID     string // "c-" and the comment's place: safe as an anchor
	Label  string // the comment's own ID in the source
	Parent int    // place in Tree.Nodes, -1 at top level
	Depth  int
	Author string // as shown; never empty
	Time   string // as shown, "" where unknown
	When   string // machine-readable time, "" where unknown
	Flags  []string
	Text   string
	Marks  []Mark  // sorted, not overlapping
	Heat   float64 // 0 to 1, where HasHeat
	Drift  float64 // 0 to 1, where HasDrift
	// HeatText and DriftText are the values as shown, or why there is none.
	HeatText, DriftText string
	HasHeat, HasDrift   bool
	Why                 string // the cues that made it hot, in words; "" where it is not
	// End is one past the last node below this one in Tree.Nodes.
	End int
}

// Mark is a span of a node's text that made it hot.
type Mark struct {
	Start, End int     // bytes of Node.Text
	Cue        string  // what kind of cue, in the report's language
	Share      float64 // of the comment's heat
}

func (Heading) block()   {}
func (Paragraph) block() {}
func (*Table) block()    {}
func (*Figure) block()   {}
func (*Tree) block()     {}

// Renderer turns a Report into bytes of one kind.
type Renderer struct {
	Name   string // as typed after --to
	Doc    string
	Render func(io.Writer, *Report) error
}

// Find is the renderer of the given name.
func Find(rs []*Renderer, name string) (*Renderer, error) {
	var names []string
	for _, r := range rs {
		if r.Name == name {
			return r, nil
		}
		names = append(names, r.Name)
	}
	return nil, fmt.Errorf("unknown output %q: known are %s", name, strings.Join(names, ", "))
}

// P is a paragraph of plain words.
func P(text string) Paragraph { return Paragraph{Line: Line{{Text: text}}} }

// N is an aside of plain words.
func N(text string) Paragraph { return Paragraph{Line: Line{{Text: text}}, Note: true} }
