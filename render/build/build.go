// Package build makes a report of a thread and its measures: what is said, in
// which order and in which words, in English or French. How it looks is up to
// the renderers.
//
// A sentence stands only where its values are there: a measure is looked up by
// name, and where it was not computed, or is undefined, the report goes without
// or says why.
package build

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/metrics/exchange"
	"threadheat/metrics/heat"
	"threadheat/metrics/intervals"
	"threadheat/render"
	"threadheat/render/chart"
	"threadheat/thread"
)

// Limits on what is shown in full. Where one bites, the report says so.
const (
	MaxParts       = 50     // threads
	maxNodes       = 20_000 // comments in the tree: browsers cope with some 10 MB
	maxExchanges   = 3      // with a figure and their turns
	fewTurns       = 3      // fewer have counts only
	maxPairs       = 20     // in the list of exchanges
	maxTurns       = 60     // of one exchange
	maxHot         = 10     // comments in the tables of heat and drift
	maxRepeats     = 50     // near-duplicates
	maxMatrix      = 16     // people, each way
	maxPeople      = 300    // in the table of people
	maxDiagnostics = 50
	maxNumbers     = 500  // rows behind a figure
	fewComments    = 20   // fewer are too few for statistics
	coolPeak       = 0.15 // no comment above it: nothing reads as heated
)

// Input is what a report is made of.
type Input struct {
	Tables  []*metrics.Table // one per thread
	Lang    metrics.Lang     // "" is English
	Version string           // of threadheat
	Kinds   []*chart.Kind    // the figures; nil is chart.Kinds
}

// Report makes the report of one thread, or of several: then an overview and
// one part for each, up to MaxParts. It takes O(n log n) time beside the
// drawings.
func Report(in Input) (*render.Report, error) {
	if in.Lang == "" {
		in.Lang = metrics.English
	}
	if in.Kinds == nil {
		in.Kinds = chart.Kinds
	}
	if len(in.Tables) == 1 {
		return one(in, in.Tables[0], "")
	}
	return overview(in)
}

// builder makes the report of one thread.
type builder struct {
	words
	in      Input
	prefix  string
	table   *metrics.Table
	t       *thread.Thread
	heat    []heat.Score
	drift   *drift.Distances
	pairs   []exchange.Exchange
	repeats []drift.Duplicate
	census  census
	figures int  // so far, for their IDs
	rewired bool // the reply graph was tested against chance
}

// words writes in one language.
type words struct{ lang metrics.Lang }

func newBuilder(in Input, table *metrics.Table, prefix string) (*builder, error) {
	c := table.Context
	b := &builder{words: words{in.Lang}, in: in, prefix: prefix, table: table, t: c.Thread}
	var err error
	if b.heat, err = heat.Scores.Of(c); err != nil {
		return nil, fmt.Errorf("heat: %w", err)
	}
	if b.drift, err = drift.All.Of(c); err != nil {
		return nil, fmt.Errorf("drift: %w", err)
	}
	if b.pairs, err = exchange.Exchanges.Of(c); err != nil {
		return nil, fmt.Errorf("exchanges: %w", err)
	}
	if b.repeats, err = drift.NearDuplicates.Of(c); err != nil {
		return nil, fmt.Errorf("near-duplicates: %w", err)
	}
	b.census = count(b.t)
	return b, nil
}

func one(in Input, table *metrics.Table, prefix string) (*render.Report, error) {
	table, err := intervals.Beside(table)
	if err != nil {
		return nil, err
	}
	table, rewired, err := againstChance(in, table)
	if err != nil {
		return nil, err
	}
	table = metrics.Corrected(table)
	b, err := newBuilder(in, table, prefix)
	if err != nil {
		return nil, err
	}
	b.rewired = rewired
	r := &render.Report{
		Lang: in.Lang, Version: in.Version, Prefix: prefix,
		Title: b.title(), Subtitle: b.subtitle(), Keys: b.keys(), Summary: b.summary(),
	}
	for _, section := range []func() (render.Section, error){
		b.reading, b.tree, b.exchanges, b.heatSection, b.driftSection, b.replies, b.pace, b.people, b.measures, b.methods,
	} {
		s, err := section()
		if err != nil {
			return nil, err
		}
		if len(s.Blocks) > 0 {
			r.Sections = append(r.Sections, s)
		}
	}
	return r, nil
}

// section starts a section.
func (b *builder) section(id, en, fr string) render.Section {
	return render.Section{ID: b.prefix + id, Title: b.t2(en, fr)}
}

// t2 is the text of our own in the language of the report.
func (w words) t2(en, fr string) string {
	return render.Typeset(w.lang, metrics.Text{EN: en, FR: fr}.In(w.lang))
}

// own is a text that a measure brought along.
func (w words) own(t metrics.Text) string { return render.Typeset(w.lang, t.In(w.lang)) }

// strange is a stranger's words amid ours.
type strange string

// line fills {1}, {2}, … of the text with its arguments, each a string, strange
// or a render.Span. What is filled in is not looked at, so that a name may hold
// braces.
func (w words) line(en, fr string, args ...any) render.Line {
	var out render.Line
	text := func(s string) {
		switch last := len(out) - 1; {
		case s == "":
		case last >= 0 && out[last].Ref == "" && !out[last].Strange:
			out[last].Text += s
		default:
			out = append(out, render.Span{Text: s})
		}
	}
	rest := w.t2(en, fr)
	for {
		before, after, found := strings.Cut(rest, "{")
		text(before)
		if !found {
			return out
		}
		number, tail, _ := strings.Cut(after, "}")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(args) {
			panic("build: no argument for {" + number + "} in " + en)
		}
		switch a := args[n-1].(type) {
		case string:
			text(a)
		case strange:
			out = append(out, render.Span{Text: string(a), Strange: true})
		case render.Span:
			out = append(out, a)
		default:
			panic(fmt.Sprintf("build: argument %d of %q is a %T", n, en, a))
		}
		rest = tail
	}
}

func (w words) note(en, fr string, args ...any) render.Paragraph {
	return render.Paragraph{Line: w.line(en, fr, args...), Note: true}
}

func (w words) paragraph(en, fr string, args ...any) render.Paragraph {
	return render.Paragraph{Line: w.line(en, fr, args...)}
}

// of is the form of a noun that goes with a number.
func (w words) of(n int, o render.Noun) string { return o.Of(w.lang, n) }

// count is a number with its noun: "7 comments".
func (w words) count(n int, o render.Noun) string { return o.Count(w.lang, n) }

func (w words) int(n int) string { return render.Int(w.lang, n) }

// link is words that point at a place of this report.
func (b *builder) link(text, id string) render.Span {
	return render.Span{Text: text, Ref: b.prefix + id}
}

// author is the name of who wrote i as shown.
func (b *builder) author(i thread.Index) string {
	if name := b.t.AuthorName(b.t.Author(i)); name != "" {
		return name
	}
	if b.t.State(i) == thread.Missing {
		return b.t2("missing comment", "commentaire manquant")
	}
	return b.t2("unnamed", "sans nom")
}

// cite names a comment by its author and time, and points at it.
func (b *builder) cite(i thread.Index) render.Span {
	text := b.author(i)
	if when := render.Date(b.lang, b.t.Time(i)); when != "" {
		text += " (" + when + ")"
	} else {
		text += b.t2(" (no. ", " (nº ") + b.int(int(i)+1) + ")"
	}
	return render.Span{Text: text, Ref: b.nodeRef(i)}
}

// nodeRef points at a comment, where the report shows it.
func (b *builder) nodeRef(i thread.Index) string {
	if i >= maxNodes {
		return ""
	}
	return b.nodeID(i)
}

func (b *builder) nodeID(i thread.Index) string { return b.prefix + "c-" + strconv.Itoa(int(i)+1) }

// heatOf is the heat of a comment as a value.
func (b *builder) heatOf(i thread.Index) metrics.Value {
	s := b.heat[i]
	if s.Reason != nil {
		return metrics.Undefined(s.Tokens, s.Reason)
	}
	return metrics.Of(s.Value, s.Tokens)
}

// driftOf is how far a comment is from the article, or from all other comments
// where the input holds no article.
func (b *builder) driftOf(i thread.Index) metrics.Value {
	if b.t.Meta().Article != "" {
		return b.drift.FromArticle[i]
	}
	return b.drift.FromThread[i]
}

// cell shows a value in a table, with the reason where there is none.
func (w words) cell(u metrics.Unit, v metrics.Value) render.Cell {
	if !v.Defined() {
		return render.Cell{Text: render.None, Empty: true, Note: w.own(*v.Reason)}
	}
	return render.Cell{Text: render.Quantity(w.lang, u, v.X), Sort: v.X}
}

func (w words) intCell(n int) render.Cell { return render.Cell{Text: w.int(n), Sort: float64(n)} }

// noCell stands in a numeric column where there is no value.
var noCell = render.Cell{Text: render.None, Empty: true}

func textCell(s string) render.Cell { return render.Cell{Text: s} }

func (b *builder) timeCell(i thread.Index) render.Cell { return b.stampCell(b.t.Time(i)) }

func (b *builder) citeCell(i thread.Index) render.Cell {
	return render.Cell{Text: b.author(i), Ref: b.nodeRef(i)}
}

// head is the heading of a column of words.
func (w words) head(en, fr string) render.ColumnHead {
	return render.ColumnHead{Title: capital(w.t2(en, fr))}
}

// numeric is the heading of a column of numbers.
func (w words) numeric(en, fr string) render.ColumnHead {
	return render.ColumnHead{Title: capital(w.t2(en, fr)), Numeric: true}
}

// dated is the heading of a column of dates.
func (w words) dated(en, fr string) render.ColumnHead {
	return render.ColumnHead{Title: capital(w.t2(en, fr)), Ordered: true}
}

// capital is s with a capital first letter.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
