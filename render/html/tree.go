package html

import (
	"fmt"
	"math"

	"threadheat/render"
)

type treeView struct {
	labels
	ID    string
	Ramp  []string
	Strip []stripView
	Nodes []nodeView
}

// stripView is one comment in the strip above the tree.
type stripView struct {
	ID, Class, Title string
	Depth            int
}

type nodeView struct {
	*render.Node
	LI        string // class of the list item
	Level     int    // from 1, where the nesting does not tell; else 0
	Name      string // of the comment, for those who do not see the page
	Heat      string // class, "" where there is no heat
	HeatSort  string
	DriftSort string
	DriftPart int          // percent
	Up        *render.Node // what it answers
	Segments  []segment
	Replies   string     // words on the fold of its replies, "" where none are nested below
	Closes    []struct{} // one for each list of replies that ends here
}

// segment is a run of a comment's text, marked or not.
type segment struct{ Text, Mark, Title string }

func newTree(t *render.Tree, l labels) *treeView {
	v := &treeView{labels: l, ID: t.ID, Nodes: make([]nodeView, len(t.Nodes))}
	for k := range 11 {
		v.Ramp = append(v.Ramp, fmt.Sprintf("h%d", k))
	}
	nested := levels(t.Nodes)
	for i := range t.Nodes {
		v.Nodes[i] = newNode(t, i, nested[i], nested[i+1], l)
	}
	if n := len(v.Nodes); 1 < n && n <= maxStrip {
		for i := range v.Nodes {
			n := &v.Nodes[i]
			v.Strip = append(v.Strip, stripView{n.ID, n.Heat, n.Name, min(n.Depth, 7)})
		}
	}
	return v
}

// levels are how deep each comment is nested in the markup, and a 0 for what
// comes after the last. No level is more than one below the last, whatever the
// depths say.
func levels(nodes []render.Node) []int {
	out := make([]int, len(nodes)+1)
	for i, n := range nodes {
		if i > 0 {
			out[i] = max(0, min(n.Depth, maxNested, out[i-1]+1))
		}
	}
	return out
}

// newNode shows comment i, nested at the given level, before one nested at the
// level next.
func newNode(t *render.Tree, i, at, next int, l labels) nodeView {
	n := &t.Nodes[i]
	v := nodeView{Node: n, Segments: segments(n, l), Name: n.Author}
	if n.Time != "" {
		v.Name += ", " + n.Time
	}
	if n.HasHeat && !math.IsNaN(n.Heat) {
		v.Heat, v.HeatSort = fmt.Sprintf("h%.0f", 10*unit(n.Heat)), number(n.Heat)
		v.Name += ", " + words["heat"].In(l.lang()) + " " + n.HeatText
	}
	if n.HasDrift && !math.IsNaN(n.Drift) {
		v.DriftSort, v.DriftPart = number(n.Drift), int(math.Round(100*unit(n.Drift)))
	}
	if n.Parent >= 0 && n.Parent < len(t.Nodes) {
		v.Up = &t.Nodes[n.Parent]
	}
	if n.Depth != at {
		v.Level = n.Depth + 1
	}
	switch {
	case next > at:
		v.Replies = render.Replies.Count(l.lang(), n.End-i-1)
	case at > next:
		v.Closes = make([]struct{}, at-next)
	}
	switch n.Depth {
	case 4, 8:
		// Narrow screens stop indenting at the one, wide ones at the other.
		v.LI = fmt.Sprintf("d%d", n.Depth)
	}
	return v
}

func unit(x float64) float64 { return max(0, min(1, x)) }

// segments cuts a text at its marks. Marks that do not fit the text are left out.
func segments(n *render.Node, l labels) []segment {
	var out []segment
	at := 0
	for _, m := range n.Marks {
		if m.Start < at || m.End <= m.Start || m.End > len(n.Text) {
			continue
		}
		if at < m.Start {
			out = append(out, segment{Text: n.Text[at:m.Start]})
		}
		out = append(out, segment{
			Text: n.Text[m.Start:m.End], Mark: weight(m.Share * n.Heat),
			Title: m.Cue + render.Typeset(l.lang(), colon(l)) + render.Percent(l.lang(), m.Share),
		})
		at = m.End
	}
	if at < len(n.Text) {
		out = append(out, segment{Text: n.Text[at:]})
	}
	return out
}

func colon(l labels) string {
	if l.lang() == "fr" {
		return " : "
	}
	return ": "
}

// weight is the class of a mark: the more heat it made, the stronger.
func weight(heat float64) string {
	switch {
	case heat >= 0.12:
		return "m3"
	case heat >= 0.04:
		return "m2"
	}
	return "m1"
}
