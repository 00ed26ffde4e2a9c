package text

import (
	"fmt"
	"strings"

	"threadheat/render"
)

// maxRails is how many levels are drawn by indentation; deeper ones are told by
// a number.
const maxRails = 10

// tree writes one line a comment, and below it the whole text where full. Lines of the tree are drawn as in a
// directory listing, from the ends of subtrees alone, without a stack.
func (p *printer) tree(t *render.Tree, full bool) {
	// open[d] tells that a comment at depth d has a sibling still to come.
	var open [maxRails + 1]bool
	for i := range t.Nodes {
		n := &t.Nodes[i]
		d := max(0, min(n.Depth, maxRails))
		more := n.End < len(t.Nodes) && n.End > i && t.Nodes[n.End].Depth == n.Depth
		if n.Depth <= maxRails {
			open[d] = more && n.Depth > 0
		}
		var rail strings.Builder
		for k := 1; k < d; k++ {
			if open[k] {
				rail.WriteString("│ ")
			} else {
				rail.WriteString("  ")
			}
		}
		if d > 0 {
			if more {
				rail.WriteString("├ ")
			} else {
				rail.WriteString("└ ")
			}
		}
		if n.Depth > maxRails {
			fmt.Fprintf(&rail, "(%d) ", n.Depth+1)
		}
		p.node(n, rail.String(), !full)
		if full {
			p.body(n, strings.Repeat("  ", d)+"    ")
		}
	}
}

// body writes the whole text of a comment, set in.
func (p *printer) body(n *render.Node, indent string) {
	if text := strings.TrimSpace(Plain(n.Text)); text != "" {
		for _, l := range wrap(text, p.width-len(indent)) {
			p.line(strings.TrimRight(indent+l, " "))
		}
	}
	if n.Why != "" {
		p.prose(indent+"▸ ", inline(n.Why))
	}
	p.line("")
}

// node writes one comment on one line: who, when, how hot and, where words are
// wanted, the first of them in what is left of the line.
func (p *printer) node(n *render.Node, rail string, words bool) {
	head := rail + clip(inline(n.Author), 24)
	var after []string
	if n.Time != "" {
		after = append(after, inline(n.Time))
	}
	if n.HasHeat {
		after = append(after, p.heat(n))
	}
	if n.HasDrift && !words {
		after = append(after, p.say("drift ", "dérive ")+inline(n.DriftText))
	}
	for _, f := range n.Flags {
		after = append(after, inline(f))
	}
	line := clip(head+"  "+strings.Join(after, " · "), p.width)
	room := p.width - Width(line) - 2
	if start := render.Clip(Plain(n.Text), p.width); words && room >= 20 && start != "" {
		line += "  " + clip(start, room)
	}
	p.line(strings.TrimRight(p.paint(n, line), " "))
}

// heat is a bar of five steps and the number: one glance, and one that can be
// read without colour.
func (p *printer) heat(n *render.Node) string {
	const steps = "▁▂▄▆█"
	k := min(4, max(0, int(n.Heat*5)))
	return string([]rune(steps)[k]) + " " + inline(n.HeatText)
}

// paint colours a line by heat, where colour was asked for: from plain over
// yellow to red, by the 256-colour table that every terminal has.
func (p *printer) paint(n *render.Node, line string) string {
	if !p.colour || !n.HasHeat {
		return line
	}
	for _, step := range []struct {
		from float64
		code string
	}{{0.6, "38;5;160"}, {0.4, "38;5;202"}, {0.2, "38;5;172"}} {
		if n.Heat >= step.from {
			return "\x1b[" + step.code + "m" + line + "\x1b[0m"
		}
	}
	return line
}
