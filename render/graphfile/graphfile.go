// Package graphfile writes the graph of who answered whom in the formats that
// programs for graphs read: GraphML, GEXF, DOT, and a list of edges as CSV.
package graphfile

import (
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/replygraph"
	"threadheat/render"
)

// Graph is who answered whom, and what is known of each author.
type Graph struct {
	Title      string
	Attributes []Attribute
	Nodes      []Node
	Edges      []Edge
}

// Attribute is a number that nodes have.
type Attribute struct{ Name, Doc string }

// Node is an author.
type Node struct {
	Label  string // the name; "" where unknown
	Values []metrics.Value
}

// Edge says how many comments of one node answer another. Answers to oneself are
// no edge; the attribute self-replies counts them.
type Edge struct{ From, To, Weight int }

// Of is the graph of a thread that was measured: its authors with the values of the
// measures of authors, and the community that the Louvain method puts each in,
// numbered from the largest. O(authors · measures + edges), beside Louvain's.
func Of(table *metrics.Table) (*Graph, error) {
	c := table.Context
	g, err := replygraph.Replies.Of(c)
	if err != nil {
		return nil, fmt.Errorf("reply graph: %w", err)
	}
	communities, err := replygraph.Louvain.Of(c)
	if err != nil {
		return nil, fmt.Errorf("communities: %w", err)
	}
	out := &Graph{Title: c.Thread.Meta().Title}
	var columns []metrics.Column
	for _, col := range table.Columns {
		if col.Measure.Scope == metrics.PerAuthor {
			columns = append(columns, col)
			out.Attributes = append(out.Attributes, Attribute{col.Measure.Name, col.Measure.Title.EN})
		}
	}
	group := make([]metrics.Value, c.Thread.Authors())
	if communities != nil {
		out.Attributes = append(out.Attributes, Attribute{"community", "Community, the largest first"})
		for k, members := range communities.Groups {
			for _, a := range members {
				group[a] = metrics.Of(float64(k+1), len(members))
			}
		}
	}
	place := make([]int, c.Thread.Authors())
	for k, a := range g.Authors() {
		place[a] = k
		n := Node{Label: c.Thread.AuthorName(a)}
		for _, col := range columns {
			n.Values = append(n.Values, col.Values.At(int(a)))
		}
		if communities != nil {
			n.Values = append(n.Values, group[a])
		}
		out.Nodes = append(out.Nodes, n)
	}
	for _, a := range g.Authors() {
		for _, arc := range g.Out(a) {
			out.Edges = append(out.Edges, Edge{place[a], place[arc.Author], int(arc.Replies)})
		}
	}
	return out, nil
}

// Format is one way to write a graph.
type Format struct {
	Name  string // as typed after --to, and the ending of files
	Doc   string
	Write func(io.Writer, *Graph) error
}

// Formats lists every format.
var Formats = []*Format{
	{"graphml", "GraphML, for networkx, igraph, Gephi, Cytoscape", GraphML},
	{"gexf", "GEXF 1.2, for Gephi", GEXF},
	{"dot", "DOT, for Graphviz", DOT},
	{"csv", "edges, one a line; names that begin like a formula get an apostrophe in front", CSV},
}

// Find is the format of the given name.
func Find(name string) (*Format, error) {
	var names []string
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return nil, fmt.Errorf("unknown kind of graph file %q: known are %s", name, strings.Join(names, ", "))
}

// id names a node in a file.
func id(node int) string { return "n" + strconv.Itoa(node) }

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// text is s with what XML means something by escaped; what it cannot hold becomes
// U+FFFD.
func text(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// printer keeps the first error of writing.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) f(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// GraphML writes g as GraphML (Brandes et al. 2002). The label of a node is its
// name, the weight of an edge the number of replies; what is undefined is left out.
func GraphML(w io.Writer, g *Graph) error {
	p := &printer{w: w}
	p.f("%s", xml.Header+`<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`+"\n")
	p.f(`<key id="label" for="node" attr.name="label" attr.type="string"/>` + "\n")
	for k, a := range g.Attributes {
		p.f(`<key id="a%d" for="node" attr.name="%s" attr.type="double"><desc>%s</desc></key>`+"\n", k, text(a.Name), text(a.Doc))
	}
	p.f(`<key id="weight" for="edge" attr.name="weight" attr.type="int"/>` + "\n")
	p.f(`<graph id="replies" edgedefault="directed">` + "\n")
	if g.Title != "" {
		p.f("<desc>%s</desc>\n", text(g.Title))
	}
	for k, n := range g.Nodes {
		p.f(`<node id="%s"><data key="label">%s</data>`, id(k), text(n.Label))
		for j, v := range n.Values {
			if v.Defined() {
				p.f(`<data key="a%d">%s</data>`, j, number(v.X))
			}
		}
		p.f("</node>\n")
	}
	for _, e := range g.Edges {
		p.f(`<edge source="%s" target="%s"><data key="weight">%d</data></edge>`+"\n", id(e.From), id(e.To), e.Weight)
	}
	p.f("</graph>\n</graphml>\n")
	return p.err
}

// GEXF writes g as GEXF 1.2. What is undefined is left out.
func GEXF(w io.Writer, g *Graph) error {
	p := &printer{w: w}
	p.f("%s", xml.Header+`<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">`+"\n")
	p.f("<meta><creator>threadheat</creator><description>%s</description></meta>\n", text(g.Title))
	p.f(`<graph mode="static" defaultedgetype="directed">` + "\n" + `<attributes class="node" mode="static">` + "\n")
	for k, a := range g.Attributes {
		p.f(`<attribute id="%d" title="%s" type="double"/>`+"\n", k, text(a.Name))
	}
	p.f("</attributes>\n<nodes>\n")
	for k, n := range g.Nodes {
		p.f(`<node id="%s" label="%s"><attvalues>`, id(k), text(n.Label))
		for j, v := range n.Values {
			if v.Defined() {
				p.f(`<attvalue for="%d" value="%s"/>`, j, number(v.X))
			}
		}
		p.f("</attvalues></node>\n")
	}
	p.f("</nodes>\n<edges>\n")
	for k, e := range g.Edges {
		p.f(`<edge id="%d" source="%s" target="%s" weight="%d"/>`+"\n", k, id(e.From), id(e.To), e.Weight)
	}
	p.f("</edges>\n</graph>\n</gexf>\n")
	return p.err
}

// DOT writes g in the language of Graphviz. Arrows are as wide as the logarithm of
// their weight, so that one busy pair does not hide the others.
func DOT(w io.Writer, g *Graph) error {
	p := &printer{w: w}
	p.f("digraph replies {\n")
	if g.Title != "" {
		p.f("  label=%s;\n", quoted(g.Title))
	}
	for k, n := range g.Nodes {
		p.f("  %s [label=%s", id(k), quoted(n.Label))
		for j, v := range n.Values {
			if v.Defined() {
				p.f(", %s=%s", quoted(g.Attributes[j].Name), quoted(number(v.X)))
			}
		}
		p.f("];\n")
	}
	for _, e := range g.Edges {
		p.f("  %s -> %s [weight=%d, label=%s, penwidth=%d];\n", id(e.From), id(e.To), e.Weight, quoted(strconv.Itoa(e.Weight)), len(strconv.FormatInt(int64(e.Weight), 2)))
	}
	p.f("}\n")
	return p.err
}

// quoted is s as a string of DOT: a backslash begins an escape in labels, and a
// quotation mark ends the string.
func quoted(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// CSV writes the edges of g, one a line, with a header:
//
//	source,target,source_name,target_name,weight
//
// source and target tell apart people without a name and of the same name. Who
// exchanged with nobody is not in it.
func CSV(w io.Writer, g *Graph) error {
	out := csv.NewWriter(w)
	records := [][]string{{"source", "target", "source_name", "target_name", "weight"}}
	for _, e := range g.Edges {
		records = append(records, []string{id(e.From), id(e.To), render.CSVText(g.Nodes[e.From].Label), render.CSVText(g.Nodes[e.To].Label), strconv.Itoa(e.Weight)})
	}
	return out.WriteAll(records)
}
