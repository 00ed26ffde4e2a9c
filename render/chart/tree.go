package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/render"
)

var treeKind = &Kind{
	Name: "tree",
	Doc:  "the thread as a tree, coloured by heat: a list of branches when small, an icicle when large",
	Draw: func(c *metrics.Context, o Options) (*Drawing, error) {
		rs, err := gather(c, o)
		if err != nil {
			return nil, err
		}
		return drawTree(rs, o), nil
	},
}

const (
	smallTree = 40 // comments up to which each has a line of its own
	lineStep  = 24
	cellWidth = 2  // of an icicle's finest parts
	maxLevels = 60 // rows of an icicle; deeper threads share rows
)

// treePlan is where the parts of the figure stand.
type treePlan struct {
	rs     []remark
	l      tongue
	levels int // depth of the deepest comment, plus 1
	share  int // levels to a row of the icicle
	top    float64
	row    float64 // height of a row
	words  int     // of the longest comment
}

func drawTree(rs []remark, o Options) *Drawing {
	l := o.tongue()
	p := &treePlan{rs: rs, l: l, share: 1, words: 1}
	if len(rs) == 0 {
		return empty("tree", o, l.say("No tree to draw", "Aucun arbre à dessiner"), l.say("There are no comments.", "Il n’y a aucun commentaire."))
	}
	hot := false
	for _, r := range rs {
		p.levels = max(p.levels, r.depth+1)
		p.words = max(p.words, r.words)
		hot = hot || r.heat.ok
	}
	small := len(rs) <= smallTree
	d := newDrawing("tree", o, p.title(), p.subtitle(small), hot)
	p.top = d.head.bottom + 22
	if small {
		p.row = lineStep
		d.Height = int(p.top+lineStep*float64(len(rs))) + 20
		d.paint = p.paintLines
	} else {
		p.share = (p.levels + maxLevels - 1) / maxLevels
		rows := (p.levels + p.share - 1) / p.share
		p.row = clamp(420/float64(rows), 6, 34)
		d.Height = int(p.top+p.row*float64(rows)) + 46
		d.paint = p.paintIcicle
	}
	d.Alt = p.alt()
	d.Header, d.Numbers = p.numbers()
	return d
}

func (p *treePlan) roots() (n int) {
	for i := 0; i < len(p.rs); i = p.rs[i].end {
		n++
	}
	return n
}

// largest is the top-level comment with the most below it.
func (p *treePlan) largest() int {
	best := 0
	for i := 0; i < len(p.rs); i = p.rs[i].end {
		if p.rs[i].end-i > p.rs[best].end-best {
			best = i
		}
	}
	return best
}

func (p *treePlan) title() string {
	l, n, roots := p.l, len(p.rs), p.roots()
	switch {
	case n == 1:
		return l.say("One comment, no reply", "Un commentaire, aucune réponse")
	case roots == n:
		return l.say("%s, none of which answers another", "%s, dont aucun ne répond à un autre", l.comments(n))
	}
	branches := render.Branches.Count(l.lang(), roots)
	return l.say("%s in %s, up to %s deep", "%s en %s, sur %s au plus", l.comments(n), branches, render.Levels.Count(l.lang(), p.levels))
}

func (p *treePlan) subtitle(small bool) string {
	l := p.l
	if small {
		drawn := l.say("One line per comment, in reading order; the area of a disc is its words.", "Une ligne par commentaire, dans l’ordre de lecture ; la surface d’un disque est ses mots.")
		if slices.ContainsFunc(p.rs, func(r remark) bool { return r.heat.ok }) {
			drawn = l.say("One line per comment, in reading order; the area of a disc is its words, its colour the heat.", "Une ligne par commentaire, dans l’ordre de lecture ; la surface d’un disque est ses mots, sa couleur la chaleur.")
		}
		return sentences(drawn, l.hollow(p.rs))
	}
	s := l.say("Each block is a comment, as wide as all that stands below it; replies hang below what they answer.", "Chaque bloc est un commentaire, aussi large que tout ce qui en dépend ; les réponses pendent sous ce à quoi elles répondent.")
	share := ""
	if p.levels > maxLevels {
		share = l.say("Rows gather several levels.", "Une rangée réunit plusieurs niveaux.")
	}
	return sentences(s, l.say("Where blocks are too narrow to draw, the colour is their mean heat.", "Là où les blocs sont trop étroits, la couleur est leur chaleur moyenne."), share)
}

// paintLines draws a small tree: one line per comment, its branch at the left.
func (p *treePlan) paintLines(c *canvas) {
	indent := clamp(300/float64(p.levels), 4, 26)
	const rmax = 9.
	at := func(i int) pt {
		return pt{margin + rmax + 2 + indent*float64(p.rs[i].depth), p.top + p.row*(float64(i)+.5)}
	}
	var links [][]pt
	for i, r := range p.rs {
		if r.parent >= 0 {
			up, q := at(r.parent), at(i)
			links = append(links, []pt{up, {up.x, q.y}, q})
		}
	}
	c.lines(links, stroke{colour: mix(c.grid, c.muted, .5), width: 1.2})
	for i, r := range p.rs {
		q := at(i)
		radius := math.Max(3, rmax*math.Sqrt(float64(max(r.words, 0))/float64(p.words)))
		if r.heat.ok {
			fill := c.theme.heat(r.heat.v)
			c.disc(q, radius, fill, stroke{colour: c.edge(fill), width: 1})
		} else {
			c.disc(q, radius, c.paper, stroke{colour: c.muted, width: 1, dash: []float64{2, 2}})
		}
		p.paintLine(c, r, pt{q.x + rmax + 7, q.y + 4.5})
	}
	for k, name := range []string{p.l.say("words", "mots"), p.l.say("heat", "chaleur"), p.l.say("written", "écrit")} {
		if !slices.ContainsFunc(p.rs, func(r remark) bool { return p.notes(r)[k] != "" }) {
			continue
		}
		c.write(text{body: name, at: pt{treeColumns[k], p.top - 4}, anchor: end, size: noteSize, colour: c.muted})
	}
}

// treeColumns are where the columns beside a small tree end.
var treeColumns = [...]float64{648, 708, pageWidth - margin}

// paintLine writes who, how long, how hot and when.
func (p *treePlan) paintLine(c *canvas, r remark, at pt) {
	name := text{body: fit(r.name, bodySize, (treeColumns[0]-56-at.x)/1.06), at: at, size: bodySize, colour: c.ink, bold: true}
	if r.ghost {
		name.colour, name.bold = c.muted, false
	}
	c.write(name)
	for k, s := range p.notes(r) {
		c.write(text{body: s, at: pt{treeColumns[k], at.y}, anchor: end, size: noteSize, colour: c.muted})
	}
}

// notes are what stands in the columns beside a comment.
func (p *treePlan) notes(r remark) (ns [len(treeColumns)]string) {
	if !r.ghost {
		ns[0] = p.l.count(r.words)
	}
	if r.heat.ok {
		ns[1] = p.l.dec(r.heat.v, 2)
	}
	ns[2] = render.ShortDate(p.l.lang(), r.stamp)
	return ns
}

// paintIcicle draws a large tree. A block wide enough is drawn itself; narrower
// ones, and all where rows share levels, are averaged in cells.
func (p *treePlan) paintIcicle(c *canvas) {
	x0, x1 := float64(margin), float64(pageWidth-margin)
	step := (x1 - x0) / float64(len(p.rs))
	y := func(row int) float64 { return p.top + p.row*float64(row) }
	fills := map[colour][]box{}
	var wide []int
	rows := (p.levels + p.share - 1) / p.share
	across := int(math.Ceil((x1 - x0) / cellWidth))
	sum := newCells(rows, across)
	for i, r := range p.rs {
		w := step * float64(r.end-i)
		if p.share == 1 && w >= 2*cellWidth {
			b := box{x0 + step*float64(i), y(r.depth), x0 + step*float64(r.end), y(r.depth + 1)}
			f := c.blockColour(r.heat)
			fills[f] = append(fills[f], box{b.x0, b.y0, b.x1 - .6, b.y1 - .8})
			wide = append(wide, i)
			continue
		}
		from := int(step * float64(i) / cellWidth)
		to := max(from+1, int(math.Round(step*float64(r.end)/cellWidth)))
		sum.add(r.depth/p.share, from, min(to, across), r.heat)
	}
	sum.each(func(row, from, to int, v opt) {
		f := c.blockColour(v)
		fills[f] = append(fills[f], box{x0 + cellWidth*float64(from), y(row), math.Min(x0+cellWidth*float64(to), x1), y(row+1) - .8})
	})
	for _, f := range sortedColours(fills) {
		c.rects(fills[f], f)
	}
	p.nameBlocks(c, wide, func(i int) box {
		r := p.rs[i]
		return box{x0 + step*float64(i), y(r.depth), x0 + step*float64(r.end), y(r.depth + 1)}
	})
	foot := text{body: p.l.say("in reading order, %s from left to right", "dans l’ordre de lecture, %s de gauche à droite", p.l.comments(len(p.rs))), at: pt{margin, y(rows) + 20}, size: noteSize, colour: c.muted}
	c.write(foot)
}

// blockColour is the colour of a heat in 24 steps, so that neighbours merge.
func (c *canvas) blockColour(v opt) colour {
	if !v.ok {
		return c.grid
	}
	return c.theme.heat(math.Round(v.v*23) / 23)
}

func sortedColours(m map[colour][]box) []colour {
	var out []colour
	for f := range m {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b colour) int {
		key := func(c colour) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }
		return key(a) - key(b)
	})
	return out
}

// nameBlocks writes the author into each block with room for a good part of the
// name.
func (p *treePlan) nameBlocks(c *canvas, wide []int, where func(int) box) {
	if p.row < 15 {
		return
	}
	for _, i := range wide {
		b := where(i)
		if b.x1-b.x0 < 46 {
			continue
		}
		name := fit(p.rs[i].name, noteSize, b.x1-b.x0-10)
		if len([]rune(name)) < 4 && name != p.rs[i].name {
			continue
		}
		c.label(text{body: name, size: noteSize, colour: c.on(c.blockColour(p.rs[i].heat))}, place{pt{b.x0 + 5, (b.y0+b.y1)/2 + 3.5}, start})
	}
}

// cells averages values over stretches of rows: a stretch costs two additions,
// however long it is.
type cells struct {
	across       int
	sum          []float64
	heats, count []int32
}

func newCells(rows, across int) *cells {
	n := rows * (across + 1)
	return &cells{across: across, sum: make([]float64, n), heats: make([]int32, n), count: make([]int32, n)}
}

func (s *cells) add(row, from, to int, v opt) {
	a, b := row*(s.across+1)+from, row*(s.across+1)+to
	s.count[a]++
	s.count[b]--
	if v.ok {
		s.heats[a]++
		s.heats[b]--
		s.sum[a] += v.v
		s.sum[b] -= v.v
	}
}

// each gives the stretches of equal value, in 24 steps, row by row.
func (s *cells) each(f func(row, from, to int, mean opt)) {
	for row := 0; row*(s.across+1) < len(s.sum); row++ {
		sum, heats, count := 0., int32(0), int32(0)
		start, open := 0, false
		var last opt
		for k := range s.across + 1 {
			at := row*(s.across+1) + k
			sum += s.sum[at]
			heats += s.heats[at]
			count += s.count[at]
			var v opt
			if heats > 0 {
				v = some(math.Round(clamp(sum/float64(heats), 0, 1)*23) / 23)
			}
			if open && (count == 0 || v != last) {
				f(row, start, k, last)
				open = false
			}
			if count > 0 && !open {
				start, open, last = k, true, v
			}
		}
	}
}

func (p *treePlan) alt() string {
	l := p.l
	ss := []string{p.title() + "."}
	if n, i := len(p.rs), p.largest(); n > 1 && p.rs[i].end-i > 1 {
		ss = append(ss, l.say("The largest branch begins with %s and holds %s.", "La plus grande branche commence par %s et compte %s.", p.rs[i].name, l.comments(p.rs[i].end-i)))
	}
	var vs []float64
	for _, r := range p.rs {
		if r.heat.ok {
			vs = append(vs, r.heat.v)
		}
	}
	if len(vs) > 0 {
		ss = append(ss, l.say("Mean heat %s, highest %s.", "Chaleur moyenne %s, la plus forte %s.", l.dec(meanOf(vs), 2), l.dec(highestValue(vs), 2)))
	}
	return sentences(ss...)
}

func (p *treePlan) numbers() ([]string, [][]string) {
	head := strings.Split(p.l.say("place,comment,author,answers,depth,comments below,words,heat", "place,commentaire,auteur,répond à,profondeur,commentaires dessous,mots,chaleur"), ",")
	var rows [][]string
	for i, r := range p.rs {
		up := ""
		if r.parent >= 0 {
			up = p.rs[r.parent].id
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), r.id, r.name, up, strconv.Itoa(r.depth), strconv.Itoa(r.end - i - 1), strconv.Itoa(r.words), plain(r.heat)})
	}
	return head, rows
}
