// Package markdown writes a report as GitHub-flavoured Markdown. Figures are
// told by their title, their words and their numbers; replies are list items,
// nested as far as Markdown can be read.
package markdown

import (
	"bufio"
	"html"
	"io"
	"strconv"
	"strings"
	"unicode"

	"threadheat/metrics"
	"threadheat/render"
)

// Renderer writes a report as Markdown.
var Renderer = &render.Renderer{
	Name:   "markdown",
	Doc:    "Markdown with tables, for a repository or a wiki",
	Render: Render,
}

// maxNested is how many levels of replies are nested lists; deeper ones stand
// at the deepest and tell their level.
const maxNested = 8

// writer writes Markdown; bufio keeps the first error.
type writer struct {
	*bufio.Writer
	lang metrics.Lang
}

// Render writes r.
func Render(out io.Writer, r *render.Report) error {
	w := &writer{bufio.NewWriter(out), r.Lang}
	w.report(r, "#")
	return w.Flush()
}

func (w *writer) put(parts ...string) {
	for _, s := range parts {
		w.WriteString(s)
	}
}

func (w *writer) say(en, fr string) string {
	return render.Typeset(w.lang, metrics.Text{EN: en, FR: fr}.In(w.lang))
}

func (w *writer) report(r *render.Report, level string) {
	w.put(level, " ", anchor(r.Prefix+"top"), inline(r.Title), "\n\n")
	if r.Subtitle != "" {
		w.put(begin(r.Subtitle), "\n\n")
	}
	for k, key := range r.Keys {
		if k > 0 {
			w.put(" · ")
		}
		w.put("**", inline(key.Value), "** ", inline(key.Label))
		if key.Note != "" {
			w.put(" (", inline(key.Note), ")")
		}
	}
	if len(r.Keys) > 0 {
		w.put("\n\n")
	}
	for _, l := range r.Summary {
		w.put("- ", line(l), "\n")
	}
	if len(r.Summary) > 0 {
		w.put("\n")
	}
	for _, s := range r.Sections {
		w.put(level, "# ", anchor(s.ID), inline(s.Title), "\n\n")
		for _, b := range s.Blocks {
			w.block(b, level)
		}
	}
	for _, part := range r.Parts {
		w.report(part, level+"#")
	}
}

func (w *writer) block(block render.Block, level string) {
	switch b := block.(type) {
	case render.Heading:
		w.put(level, "## ", anchor(b.ID), inline(b.Title), "\n\n")
	case render.Paragraph:
		w.put(line(b.Line), "\n\n")
	case *render.Table:
		w.table(b)
	case *render.Figure:
		w.figure(b)
	case *render.Tree:
		w.put(anchor(b.ID), "\n\n")
		w.tree(b)
	}
}

func (w *writer) figure(f *render.Figure) {
	w.put(anchor(f.ID), "**", inline(f.Title), "**")
	for _, s := range []string{f.Subtitle, f.Words()} {
		if s != "" {
			w.put("  \n", inline(s))
		}
	}
	if f.SVG == nil && f.Empty != "" {
		w.put("  \n", inline(f.Empty))
	}
	w.put("\n\n")
	if f.Numbers != nil {
		w.table(f.Numbers)
	}
}

func (w *writer) table(t *render.Table) {
	if len(t.Columns) == 0 || len(t.Rows) == 0 {
		return
	}
	if t.Folded {
		w.put("<details><summary>", html.EscapeString(oneLine(t.Caption)), "</summary>\n\n", anchor(t.ID), "\n\n")
	} else {
		w.put(anchor(t.ID), "*", inline(t.Caption), "*\n\n")
	}
	for _, c := range t.Columns {
		w.put("| ", inline(c.Title), " ")
	}
	w.put("|\n")
	for _, c := range t.Columns {
		if c.Numeric {
			w.put("|--:")
		} else {
			w.put("|---")
		}
	}
	w.put("|\n")
	for _, row := range t.Rows {
		for k := range t.Columns {
			var c render.Cell
			if k < len(row) {
				c = row[k]
			}
			w.put("| ", link(c.Text, c.Ref))
			if c.Empty && c.Note != "" {
				w.put(" (", inline(c.Note), ")")
			}
			w.put(" ")
		}
		w.put("|\n")
	}
	w.put("\n")
	w.notes(t)
	if t.Folded {
		w.put("</details>\n\n")
	}
}

// notes lists what the rows of a table say when asked: the definitions of its
// measures.
func (w *writer) notes(t *render.Table) {
	some := false
	for _, row := range t.Rows {
		for _, c := range row {
			if c.Note == "" || c.Empty {
				continue
			}
			if !some {
				w.put("<details><summary>", w.say("Definitions", "Définitions"), "</summary>\n\n")
				some = true
			}
			w.put("- **", inline(c.Text), "**")
			for _, l := range strings.Split(c.Note, "\n") {
				w.put("  \n  ", begin(l))
			}
			w.put("\n")
		}
	}
	if some {
		w.put("\n</details>\n\n")
	}
}

// tree writes one list item a comment, its text as a quotation.
func (w *writer) tree(t *render.Tree) {
	level := -1
	for i := range t.Nodes {
		n := &t.Nodes[i]
		level = max(0, min(n.Depth, maxNested, level+1))
		indent := strings.Repeat("  ", level)
		w.put(indent, "- ", anchor(n.ID), "**", inline(n.Author), "**")
		if n.Time != "" {
			w.put(" · ", inline(n.Time))
		}
		if n.Depth != level {
			w.put(" · ", w.say("level ", "niveau "), strconv.Itoa(n.Depth+1))
		}
		w.put(" · ", w.say("heat ", "chaleur "), orNone(n.HasHeat, n.HeatText), " · ", w.say("drift ", "dérive "), orNone(n.HasDrift, n.DriftText))
		for _, f := range n.Flags {
			w.put(" · ", inline(f))
		}
		w.put("\n")
		if text := strings.TrimSpace(n.Text); text != "" {
			for _, l := range strings.Split(text, "\n") {
				w.put(strings.TrimRight(indent+"  > "+begin(l), " "), "\n")
			}
		}
		if n.Why != "" {
			w.put("\n", indent, "  *", inline(n.Why), "*\n")
		}
		w.put("\n")
	}
}

func orNone(has bool, text string) string {
	if !has {
		return render.None
	}
	return inline(text)
}

func line(l render.Line) string {
	var b strings.Builder
	for _, s := range l {
		// The spaces at the ends of a span join it to its neighbours.
		text := link(s.Text, s.Ref)
		if s.Ref == "" && b.Len() == 0 {
			text = begin(s.Text)
		}
		if strings.HasPrefix(s.Text, " ") {
			text = " " + text
		}
		if strings.HasSuffix(s.Text, " ") && strings.TrimSpace(s.Text) != "" {
			text += " "
		}
		b.WriteString(text)
	}
	return b.String()
}

func link(text, ref string) string {
	if ref == "" {
		return inline(text)
	}
	return "[" + inline(text) + "](#" + ref + ")"
}

// anchor is a place that links can point at. IDs are made by this program and
// hold nothing to escape.
func anchor(id string) string { return `<a id="` + id + `"></a>` }

// oneLine drops what has no place in a line: control characters, and those that
// turn the direction of writing.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		case r == '\u2028' || r == '\u2029' || unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

// begin is inline at the start of a line, where more means something: a number
// with a dot would begin a list.
func begin(s string) string {
	s = inline(s)
	end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	switch {
	case end < 0:
		return s
	case end == 0 && strings.IndexByte("+-=:", s[0]) >= 0, end > 0 && (s[end] == '.' || s[end] == ')'):
		return s[:end] + "\\" + s[end:]
	}
	return s
}

// inline escapes text of strangers for the middle of a line. Every ASCII
// punctuation mark may be escaped by a backslash; those that can begin or end
// something are.
func inline(s string) string {
	s = oneLine(s)
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		if strings.IndexByte("\\`*_{}[]<>#|~&$@", s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
