package graphfile_test

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/people"
	"threadheat/render/graphfile"
	"threadheat/render/internal/sample"
	"threadheat/thread"
)

// three is a who answers b twice, b who answers a once, a nameless c who answers
// nobody, and a who answers herself.
func three(a, b string) *thread.Thread {
	t := thread.NewBuilder(thread.Meta{Title: "A & B"})
	for _, c := range []thread.Comment{
		{ID: "1", Author: b, Text: "One."},
		{ID: "2", Parent: "1", Author: a, Text: "Two words."},
		{ID: "3", Parent: "2", Author: b, Text: "Three."},
		{ID: "4", Parent: "3", Author: a, Text: "Four."},
		{ID: "5", Parent: "4", Author: a, Text: "Five."},
		{ID: "6", Author: "", Text: "Six."},
	} {
		t.Add(c)
	}
	return t.Build()
}

func graph(t testing.TB, th *thread.Thread, ms ...*metrics.Measure) *graphfile.Graph {
	t.Helper()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), ms)
	if err != nil {
		t.Fatal(err)
	}
	g, err := graphfile.Of(table)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func write(t testing.TB, f *graphfile.Format, g *graphfile.Graph) string {
	t.Helper()
	var b strings.Builder
	if err := f.Write(&b, g); err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return b.String()
}

func TestOf(t *testing.T) {
	g := graph(t, three("Ann", "Bo"), people.AuthorComments, people.Density)
	var names []string
	for _, n := range g.Nodes {
		names = append(names, n.Label)
	}
	if d := cmp.Diff([]string{"Bo", "Ann", ""}, names); d != "" {
		t.Errorf("nodes (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]graphfile.Edge{{From: 0, To: 1, Weight: 1}, {From: 1, To: 0, Weight: 2}}, g.Edges); d != "" {
		t.Errorf("edges (-want +got):\n%s", d)
	}
	if len(g.Attributes) != 2 || g.Attributes[0].Name != "comments" || g.Attributes[1].Name != "community" {
		t.Fatalf("attributes %v, want comments and community", g.Attributes)
	}
	if x := g.Nodes[1].Values[0].X; x != 3 {
		t.Errorf("Ann has %v comments, want 3", x)
	}
	if a, b, c := g.Nodes[0].Values[1].X, g.Nodes[1].Values[1].X, g.Nodes[2].Values[1].X; a != 1 || b != 1 || c != 2 {
		t.Errorf("communities %v, %v and %v, want 1, 1 and 2", a, b, c)
	}
	if empty := graph(t, thread.NewBuilder(thread.Meta{}).Build()); len(empty.Nodes)+len(empty.Edges) != 0 {
		t.Errorf("nothing makes the graph %+v", empty)
	}
}

func TestText(t *testing.T) {
	g := &graphfile.Graph{
		Title: `say "x\"`, Attributes: []graphfile.Attribute{{Name: "comments", Doc: "Comments"}, {Name: "heat", Doc: "Heat"}},
		Nodes: []graphfile.Node{
			{Label: "=Ann", Values: []metrics.Value{metrics.Of(3, 1), metrics.Of(.25, 1)}},
			{Label: `B\N"o`, Values: []metrics.Value{metrics.Of(2, 1), metrics.Undefined(0, &metrics.Text{})}},
		},
		Edges: []graphfile.Edge{{From: 0, To: 1, Weight: 4}},
	}
	for name, want := range map[string]string{
		"dot": `digraph replies {
  label="say \"x\\\"";
  n0 [label="=Ann", "comments"="3", "heat"="0.25"];
  n1 [label="B\\N\"o", "comments"="2"];
  n0 -> n1 [weight=4, label="4", penwidth=3];
}
`,
		"csv": "source,target,source_name,target_name,weight\nn0,n1,'=Ann,\"B\\N\"\"o\",4\n",
	} {
		f, err := graphfile.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, write(t, f, g)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
	if _, err := graphfile.Find("png"); err == nil || !strings.Contains(err.Error(), "graphml, gexf, dot, csv") {
		t.Errorf("Find(png): error %v should list what is known", err)
	}
}

// graphML and gexf are the files as another program reads them.
type graphML struct {
	Keys []struct {
		ID   string `xml:"id,attr"`
		Name string `xml:"attr.name,attr"`
	} `xml:"key"`
	Graph struct {
		Direction string `xml:"edgedefault,attr"`
		Nodes     []struct {
			ID   string `xml:"id,attr"`
			Data []struct {
				Key   string `xml:"key,attr"`
				Value string `xml:",chardata"`
			} `xml:"data"`
		} `xml:"node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
			Data   string `xml:"data"`
		} `xml:"edge"`
	} `xml:"graph"`
}

type gexf struct {
	Graph struct {
		Direction string `xml:"defaultedgetype,attr"`
		Nodes     []struct {
			ID     string `xml:"id,attr"`
			Label  string `xml:"label,attr"`
			Values []struct {
				For   string `xml:"for,attr"`
				Value string `xml:"value,attr"`
			} `xml:"attvalues>attvalue"`
		} `xml:"nodes>node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
			Weight string `xml:"weight,attr"`
		} `xml:"edges>edge"`
	} `xml:"graph"`
}

// Both hold the nodes, their names and values, and the edges with their weights.
func TestXML(t *testing.T) {
	g := graph(t, three(`A "<&>' ]]>`, "Bo"), people.AuthorComments)
	var m graphML
	if err := xml.Unmarshal([]byte(write(t, graphfile.Formats[0], g)), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Keys) != 4 || m.Keys[1].Name != "comments" || m.Graph.Direction != "directed" {
		t.Errorf("keys %v, %s", m.Keys, m.Graph.Direction)
	}
	if n := m.Graph.Nodes; len(n) != 3 || n[1].ID != "n1" || n[1].Data[0].Value != `A "<&>' ]]>` || n[1].Data[1].Key != m.Keys[1].ID || n[1].Data[1].Value != "3" {
		t.Errorf("GraphML has the nodes %v", n)
	}
	if e := m.Graph.Edges; len(e) != 2 || e[1].Source != "n1" || e[1].Target != "n0" || e[1].Data != "2" {
		t.Errorf("GraphML has the edges %v", e)
	}
	var x gexf
	if err := xml.Unmarshal([]byte(write(t, graphfile.Formats[1], g)), &x); err != nil {
		t.Fatal(err)
	}
	if n := x.Graph.Nodes; len(n) != 3 || n[1].Label != `A "<&>' ]]>` || n[1].Values[0].For != "0" || n[1].Values[0].Value != "3" || x.Graph.Direction != "directed" {
		t.Errorf("GEXF has the nodes %v", n)
	}
	if e := x.Graph.Edges; len(e) != 2 || e[1].Source != "n1" || e[1].Weight != "2" {
		t.Errorf("GEXF has the edges %v", e)
	}
}

// brokenWriter fails after some bytes.
type brokenWriter struct{ left int }

func (w *brokenWriter) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, errBroken
	}
	return len(b), nil
}

var errBroken = errors.New("broken")

func TestErrorsAreTold(t *testing.T) {
	g := graph(t, three("Ann", "Bo"), people.AuthorComments)
	for _, f := range graphfile.Formats {
		for _, left := range []int{0, 20} {
			if err := f.Write(&brokenWriter{left}, g); !errors.Is(err, errBroken) {
				t.Errorf("%s on a full disk: %v", f.Name, err)
			}
		}
	}
}

// Whatever people are called, the files are whole: XML that parses, two fields
// more than the header's none, no string of DOT that ends early.
func FuzzWrite(f *testing.F) {
	for _, s := range []string{"", "Ann", sample.Hostile, `\`, `\"`, "=1", "\xff\x00", "a\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		g := &graphfile.Graph{
			Title: name, Attributes: []graphfile.Attribute{{Name: name, Doc: name}},
			Nodes: []graphfile.Node{{Label: name, Values: []metrics.Value{metrics.Of(1, 1)}}, {Label: "b", Values: []metrics.Value{metrics.Of(1, 1)}}},
			Edges: []graphfile.Edge{{From: 0, To: 1, Weight: 1}},
		}
		for _, format := range graphfile.Formats[:2] {
			d := xml.NewDecoder(strings.NewReader(write(t, format, g)))
			elements := 0
			for {
				token, err := d.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v", format.Name, err)
				}
				if _, ok := token.(xml.StartElement); ok {
					elements++
				}
			}
			if elements < 8 || elements > 20 {
				t.Errorf("%s has %d elements", format.Name, elements)
			}
		}
		records, err := csv.NewReader(strings.NewReader(write(t, graphfile.Formats[3], g))).ReadAll()
		if err != nil || len(records) != 2 || len(records[1]) != 5 {
			t.Errorf("csv: %v, %v", records, err)
		}
		dot := write(t, graphfile.Formats[2], g)
		if !utf8.ValidString(dot) || strings.Count(dot, "\n") != strings.Count(dot, ";\n")+2 {
			t.Errorf("dot has a line that does not end as it should: %q", dot)
		}
		inside := false
		for i := 0; i < len(dot); i++ {
			switch c := dot[i]; {
			case inside && c == '\\':
				i++
			case c == '"':
				inside = !inside
			case !inside && c != '\n' && unicode.IsControl(rune(c)):
				t.Errorf("dot holds %q outside of a string", c)
			}
		}
		if inside {
			t.Errorf("a string of dot does not end: %q", dot)
		}
	})
}
