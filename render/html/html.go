// Package html writes a report as one HTML file that asks nothing of the
// network: styles, script and figures are inside, and its content policy
// forbids the rest. It works with scripts off; with them on, the discussion can
// be searched, sorted and filtered, and tables sort.
//
// Every string of the report is escaped by html/template. Figures are taken as
// they are: package chart has made them safe.
package html

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/render"
)

// Renderer writes a report as HTML.
var Renderer = &render.Renderer{
	Name:   "html",
	Doc:    "one self-contained page with figures, for a browser",
	Render: Render,
}

//go:embed page.tmpl
var pageText string

//go:embed style.css
var style string

//go:embed script.js
var script string

var page = template.Must(template.New("").Parse(pageText))

// policy allows the page's own style and script and nothing else. Styles
// cannot be named by hash, because figures carry style attributes.
var policy = func() string {
	sum := sha256.Sum256([]byte(script))
	return "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'"
}()

// Limits on the markup of the tree. Browsers give up on deeply nested elements
// (the HTML parser of Chromium flattens beyond 512), so deeper replies stand at
// the deepest nested level and tell theirs in words.
const (
	maxNested = 24
	maxStrip  = 1200 // comments in the strip above the tree
)

// Render writes r. It takes O(size of r) time and memory.
func Render(w io.Writer, r *render.Report) error {
	// Into memory first: a failure must not leave half a page behind.
	var b bytes.Buffer
	v := newReport(r, false)
	err := page.ExecuteTemplate(&b, "page", struct {
		*reportView
		Policy string
		Style  template.CSS
		Script template.JS
		First  string
	}{v, policy, template.CSS(style), template.JS(script), firstSection(r)})
	if err != nil {
		return fmt.Errorf("html: %w", err)
	}
	_, err = w.Write(bytes.ToValidUTF8(b.Bytes(), []byte("\uFFFD")))
	return err
}

func firstSection(r *render.Report) string {
	if len(r.Sections) > 0 {
		return r.Sections[0].ID
	}
	return r.Prefix + "top"
}

// labels are the words of the page itself.
type labels metrics.Lang

var words = map[string]metrics.Text{
	"skip":      {EN: "Skip to the content", FR: "Aller au contenu"},
	"kicker":    {EN: "report on a discussion", FR: "rapport sur une discussion"},
	"contents":  {EN: "Contents", FR: "Sommaire"},
	"foot":      {EN: "This page is complete in itself and asks nothing of the network.", FR: "Cette page se suffit à elle-même et ne demande rien au réseau."},
	"heat":      {EN: "heat", FR: "chaleur"},
	"drift":     {EN: "drift", FR: "dérive"},
	"level":     {EN: "level", FR: "niveau"},
	"here":      {EN: "link to this comment", FR: "lien vers ce commentaire"},
	"search":    {EN: "search", FR: "chercher"},
	"author":    {EN: "author", FR: "auteur"},
	"everyone":  {EN: "everyone", FR: "tout le monde"},
	"order":     {EN: "order", FR: "ordre"},
	"by-thread": {EN: "as a tree", FR: "en arbre"},
	"by-heat":   {EN: "hottest first", FR: "les plus chauds d’abord"},
	"by-drift":  {EN: "furthest first", FR: "les plus éloignés d’abord"},
	"by-time":   {EN: "oldest first", FR: "les plus anciens d’abord"},
	"fold":      {EN: "fold or unfold replies", FR: "plier ou déplier les réponses"},
	"shown":     {EN: "{1} of {2} shown", FR: "{1} sur {2} affichés"},
	"key-j":     {EN: "next", FR: "suivant"},
	"key-k":     {EN: "previous", FR: "précédent"},
	"key-h":     {EN: "next hottest", FR: "plus chaud suivant"},
	"key-p":     {EN: "parent", FR: "parent"},
	"key-o":     {EN: "fold", FR: "plier"},
	"key-/":     {EN: "search", FR: "chercher"},
}

// L is a word of the page in its language. A missing one is a bug.
func (l labels) L(name string) (string, error) {
	t, ok := words[name]
	if !ok {
		return "", fmt.Errorf("no label %q", name)
	}
	return render.Typeset(metrics.Lang(l), t.In(metrics.Lang(l))), nil
}

func (l labels) lang() metrics.Lang { return metrics.Lang(l) }

type reportView struct {
	labels
	*render.Report
	IsPart   bool
	Sections []sectionView
	Parts    []*reportView
}

// Top is the ID of the title.
func (v *reportView) Top() string { return v.Prefix + "top" }

type sectionView struct {
	ID, Title string
	IsPart    bool
	Blocks    []blockView
}

// blockView is one kind of block; the others are nil.
type blockView struct {
	IsPart    bool
	Heading   *render.Heading
	Paragraph *render.Paragraph
	Figure    *figureView
	Table     *tableView
	Tree      *treeView
}

func newReport(r *render.Report, isPart bool) *reportView {
	v := &reportView{labels: labels(r.Lang), Report: r, IsPart: isPart}
	for _, s := range r.Sections {
		sv := sectionView{ID: s.ID, Title: s.Title, IsPart: isPart}
		for _, block := range s.Blocks {
			bv := blockView{IsPart: isPart}
			switch b := block.(type) {
			case render.Heading:
				bv.Heading = &b
			case render.Paragraph:
				bv.Paragraph = &b
			case *render.Figure:
				bv.Figure = newFigure(b)
			case *render.Table:
				bv.Table = newTable(b)
			case *render.Tree:
				bv.Tree = newTree(b, labels(r.Lang))
			}
			sv.Blocks = append(sv.Blocks, bv)
		}
		v.Sections = append(v.Sections, sv)
	}
	for _, p := range r.Parts {
		v.Parts = append(v.Parts, newReport(p, true))
	}
	return v
}

type figureView struct {
	*render.Figure
	Light, Dark template.HTML
	Numbers     *tableView
	Other       *figureView
}

func newFigure(f *render.Figure) *figureView {
	v := &figureView{Figure: f, Light: inline(f.SVG, f.ID), Dark: inline(f.Dark, f.ID+"-dark")}
	if f.Numbers != nil {
		v.Numbers = newTable(f.Numbers)
	}
	if f.Other != nil {
		v.Other = newFigure(f.Other)
	}
	return v
}

// inline is an SVG document without what stands before its root, and with IDs
// of its own: those of a drawing come from what it says, so that two threads
// alike would have them twice on one page.
func inline(svg []byte, id string) template.HTML {
	if k := bytes.Index(svg, []byte("<svg")); k > 0 {
		svg = svg[k:]
	}
	root, _, _ := bytes.Cut(svg, []byte(">"))
	if m := labelled.FindSubmatch(root); m != nil {
		svg = bytes.ReplaceAll(svg, []byte(string(m[1])+"-"), []byte(id+"-"))
	}
	return template.HTML(svg)
}

// labelled finds the stem of a drawing's IDs.
var labelled = regexp.MustCompile(`aria-labelledby="([^" ]+)-title `)

type tableView struct {
	*render.Table
	Rows [][]cellView
}

type cellView struct {
	render.Cell
	Head, Numeric, Ordered bool
	Sort                   string // "" where there is nothing to sort by
	Notes                  []string
}

func newTable(t *render.Table) *tableView {
	v := &tableView{Table: t, Rows: make([][]cellView, len(t.Rows))}
	for r, row := range t.Rows {
		v.Rows[r] = make([]cellView, len(row))
		for k, c := range row {
			cv := cellView{Cell: c, Head: k == 0}
			if k < len(t.Columns) {
				cv.Numeric, cv.Ordered = t.Columns[k].Numeric, t.Columns[k].Ordered
			}
			if (cv.Numeric || cv.Ordered) && !c.Empty {
				cv.Sort = number(c.Sort)
			}
			if c.Note != "" {
				cv.Notes = strings.Split(c.Note, "\n")
			}
			v.Rows[r][k] = cv
		}
	}
	return v
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
