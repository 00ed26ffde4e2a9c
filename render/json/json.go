// Package json writes a report as JSON: the same words, tables and numbers as
// the page, for programs. Drawings are left out; the numbers behind them are in.
package json

import (
	encoding "encoding/json"
	"io"
	"math"

	"threadheat/metrics"
	"threadheat/render"
)

// Schema names the form of the output.
const Schema = "threadheat/report/v1"

// Renderer writes a report as JSON.
var Renderer = &render.Renderer{
	Name:   "json",
	Doc:    "the content of the page as data (" + Schema + ")",
	Render: Render,
}

// Render writes r, indented, with a line feed at the end.
func Render(w io.Writer, r *render.Report) error {
	e := encoding.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	out := newReport(r)
	out.Schema = Schema
	return e.Encode(out)
}

type report struct {
	Schema   string       `json:"schema,omitempty"` // of the whole, not of its parts
	Version  string       `json:"version,omitempty"`
	Lang     metrics.Lang `json:"lang,omitempty"`
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Subtitle string       `json:"subtitle,omitempty"`
	Keys     []key        `json:"keys"`
	Summary  []words      `json:"summary"`
	Sections []section    `json:"sections"`
	Parts    []report     `json:"parts,omitempty"`
}

type key struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Note  string `json:"note,omitempty"`
	Ref   string `json:"ref,omitempty"`
}

// words is prose: the whole, and the parts of it that point somewhere.
type words struct {
	Text  string `json:"text"`
	Links []span `json:"links,omitempty"`
}

type span struct {
	Text string `json:"text"`
	Ref  string `json:"ref"`
}

type section struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Blocks []any  `json:"blocks"`
}

type heading struct {
	Kind  string `json:"kind"` // heading
	ID    string `json:"id"`
	Title string `json:"title"`
}

type paragraph struct {
	Kind string `json:"kind"` // paragraph or note
	words
}

type table struct {
	Kind    string   `json:"kind"` // table
	ID      string   `json:"id"`
	Caption string   `json:"caption"`
	Columns []column `json:"columns"`
	Rows    [][]cell `json:"rows"`
}

type column struct {
	Title   string `json:"title"`
	Numeric bool   `json:"numeric,omitempty"`
	Ordered bool   `json:"ordered,omitempty"` // dates: value is in ms since 1970
}

type cell struct {
	Text  string   `json:"text"`
	Value *float64 `json:"value,omitempty"` // in numeric and ordered columns
	Ref   string   `json:"ref,omitempty"`
	Note  string   `json:"note,omitempty"`
}

type figure struct {
	Kind     string `json:"kind"` // figure
	ID       string `json:"id"`
	Title    string `json:"title"`
	Subtitle string `json:"subtitle,omitempty"`
	Alt      string `json:"alt,omitempty"`
	Empty    string `json:"empty,omitempty"`
	Numbers  *table `json:"numbers,omitempty"`
}

type tree struct {
	Kind  string `json:"kind"` // tree
	ID    string `json:"id"`
	Nodes []node `json:"nodes"`
}

type node struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Parent  *string  `json:"parent"` // ID of a node; null at top level
	Depth   int      `json:"depth"`
	Author  string   `json:"author"`
	Time    string   `json:"time,omitempty"`
	Flags   []string `json:"flags,omitempty"`
	Text    string   `json:"text"`
	Heat    *float64 `json:"heat"` // null where there is none
	Drift   *float64 `json:"drift"`
	NoHeat  string   `json:"no_heat,omitempty"` // why there is none
	NoDrift string   `json:"no_drift,omitempty"`
	Why     string   `json:"why,omitempty"`
	Marks   []mark   `json:"marks,omitempty"`
}

type mark struct {
	Start int      `json:"start"` // bytes of text, UTF-8
	End   int      `json:"end"`
	Cue   string   `json:"cue"`
	Share *float64 `json:"share"`
}

// number is x, null where it is not finite: JSON has no NaN.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func newReport(r *render.Report) report {
	out := report{
		Version: r.Version, Lang: r.Lang, ID: r.Prefix + "top", Title: r.Title, Subtitle: r.Subtitle,
		Keys: []key{}, Summary: []words{}, Sections: []section{},
	}
	for _, k := range r.Keys {
		out.Keys = append(out.Keys, key(k))
	}
	for _, l := range r.Summary {
		out.Summary = append(out.Summary, newWords(l))
	}
	for _, s := range r.Sections {
		to := section{ID: s.ID, Title: s.Title, Blocks: []any{}}
		for _, b := range s.Blocks {
			to.Blocks = append(to.Blocks, newBlock(b))
		}
		out.Sections = append(out.Sections, to)
	}
	for _, p := range r.Parts {
		out.Parts = append(out.Parts, newReport(p))
	}
	return out
}

func newWords(l render.Line) words {
	out := words{Text: l.String()}
	for _, s := range l {
		if s.Ref != "" {
			out.Links = append(out.Links, span{s.Text, s.Ref})
		}
	}
	return out
}

func newBlock(block render.Block) any {
	switch b := block.(type) {
	case render.Heading:
		return heading{"heading", b.ID, b.Title}
	case render.Paragraph:
		kind := "paragraph"
		if b.Note {
			kind = "note"
		}
		return paragraph{kind, newWords(b.Line)}
	case *render.Table:
		return newTable(b)
	case *render.Figure:
		f := figure{Kind: "figure", ID: b.ID, Title: b.Title, Subtitle: b.Subtitle, Alt: b.Alt, Empty: b.Empty}
		if b.Numbers != nil {
			f.Numbers = newTable(b.Numbers)
		}
		return f
	case *render.Tree:
		return newTree(b)
	}
	return nil
}

func newTable(t *render.Table) *table {
	out := &table{Kind: "table", ID: t.ID, Caption: t.Caption, Columns: []column{}, Rows: [][]cell{}}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, column(c))
	}
	for _, row := range t.Rows {
		cells := make([]cell, len(row))
		for k, c := range row {
			cells[k] = cell{Text: c.Text, Ref: c.Ref, Note: c.Note}
			if k < len(t.Columns) && (t.Columns[k].Numeric || t.Columns[k].Ordered) && !c.Empty {
				cells[k].Value = number(c.Sort)
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func newTree(t *render.Tree) *tree {
	out := &tree{Kind: "tree", ID: t.ID, Nodes: make([]node, len(t.Nodes))}
	for i := range t.Nodes {
		n := &t.Nodes[i]
		to := node{
			ID: n.ID, Label: n.Label, Depth: n.Depth, Author: n.Author, Time: n.When, Flags: n.Flags, Text: n.Text, Why: n.Why,
		}
		if n.Parent >= 0 && n.Parent < len(t.Nodes) {
			to.Parent = &t.Nodes[n.Parent].ID
		}
		if n.HasHeat {
			to.Heat = number(n.Heat)
		} else {
			to.NoHeat = n.HeatText
		}
		if n.HasDrift {
			to.Drift = number(n.Drift)
		} else {
			to.NoDrift = n.DriftText
		}
		for _, m := range n.Marks {
			to.Marks = append(to.Marks, mark{m.Start, m.End, m.Cue, number(m.Share)})
		}
		out.Nodes[i] = to
	}
	return out
}
