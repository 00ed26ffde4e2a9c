package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

var timelineKind = &Kind{
	Name: "timeline",
	Doc:  "who wrote when, one row per author, with arcs from replies to what they answer",
	Draw: func(c *metrics.Context, o Options) (*Drawing, error) {
		rs, err := gather(c, o)
		if err != nil {
			return nil, err
		}
		return drawTimeline(rs, o), nil
	},
}

const (
	maxRows  = 12
	maxArcs  = 400
	rowStep  = 30
	rowInset = 10
)

// timelinePlan is where the parts of the figure stand.
type timelinePlan struct {
	rs     []remark
	l      tongue
	byTime bool
	axis   axis
	rows   []timelineRow
	row    []int // of each remark, -1 where it is not drawn
	x      []float64
	top    float64
	bottom float64
	left   int // remarks not drawn
	arcs   bool
	binned bool
}

type timelineRow struct {
	name string
	n    int
	fold int // authors in the row of others, else 0
}

func drawTimeline(rs []remark, o Options) *Drawing {
	l := o.tongue()
	p := &timelinePlan{rs: rs, l: l, row: make([]int, len(rs)), x: make([]float64, len(rs))}
	p.axis, p.byTime = axisOf(rs, plotLeft, plotRight)
	p.place()
	if len(p.rows) == 0 {
		return empty("timeline", o, l.say("No timeline to draw", "Aucune chronologie à dessiner"), l.say("There are no comments by people.", "Il n’y a aucun commentaire d’une personne."))
	}
	d := newDrawing("timeline", o, p.title(), p.subtitle(), p.anyHeat())
	p.top = d.head.bottom + 8
	p.bottom = p.top + rowStep*float64(len(p.rows)) + rowInset
	d.Height = int(p.bottom) + 48
	d.Alt = p.alt()
	d.Header, d.Numbers = p.numbers()
	d.paint = p.paint
	return d
}

func (p *timelinePlan) anyHeat() bool {
	return slices.ContainsFunc(p.rs, func(r remark) bool { return r.heat.ok })
}

// place gives each author a row, the busiest first, and each comment a place.
func (p *timelinePlan) place() {
	type author struct {
		id       thread.AuthorID
		n, first int
	}
	var authors []author
	at := map[thread.AuthorID]int{}
	order := byOrder(len(p.rs), plotLeft, plotRight)
	drawn, replies := 0, 0
	for i, r := range p.rs {
		p.row[i] = -1
		if !r.spoken {
			continue
		}
		if p.byTime && !r.dated() {
			p.left++
			continue
		}
		p.row[i] = 0
		drawn++
		if r.parent >= 0 && p.row[r.parent] >= 0 {
			replies++
		}
		if p.byTime {
			p.x[i] = p.axis.at(r.ms())
		} else {
			p.x[i] = order(i)
		}
		k, ok := at[r.author]
		if !ok {
			k = len(authors)
			at[r.author] = k
			authors = append(authors, author{r.author, 0, i})
		}
		authors[k].n++
	}
	p.binned = drawn > manyPoints
	p.arcs = !p.binned && replies <= maxArcs
	slices.SortStableFunc(authors, func(a, b author) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return a.first - b.first
	})
	own := len(authors)
	if own > maxRows+1 { // one row for a single other would gain nothing
		own = maxRows
	}
	rowOf := map[thread.AuthorID]int{}
	for k, a := range authors {
		if k < own {
			rowOf[a.id] = k
			p.rows = append(p.rows, timelineRow{name: p.rs[a.first].name, n: a.n})
			continue
		}
		if k == own {
			p.rows = append(p.rows, timelineRow{})
		}
		rowOf[a.id] = own
		p.rows[own].n += a.n
		p.rows[own].fold++
	}
	if own < len(authors) {
		p.rows[own].name = p.l.say("%s others", "%s autres", p.l.count(p.rows[own].fold))
	}
	for i, r := range p.rs {
		if p.row[i] >= 0 {
			p.row[i] = rowOf[r.author]
		}
	}
}

func (p *timelinePlan) people() (n int) {
	for _, r := range p.rows {
		n += max(r.fold, 1)
	}
	return n
}

func (p *timelinePlan) written() (n int) {
	for _, r := range p.rows {
		n += r.n
	}
	return n
}

func (p *timelinePlan) title() string {
	l := p.l
	people := render.People.Count(l.lang(), p.people())
	if p.byTime {
		last := p.axis.spans[len(p.axis.spans)-1].t1
		span := l.lapse(last - p.axis.spans[0].t0)
		return l.say("%s by %s within %s", "%s de %s en %s", l.comments(p.written()), people, span)
	}
	return l.say("%s by %s", "%s de %s", l.comments(p.written()), people)
}

func (p *timelinePlan) subtitle() string {
	l := p.l
	drawn := l.say("One dot per comment, one row per person, the busiest first.", "Un point par commentaire, une ligne par personne, les plus actives d’abord.")
	if p.binned {
		drawn = l.say("One row per person, the busiest first; the height of a bar is the number of comments, each row to its own scale, its colour their mean heat.", "Une ligne par personne, les plus actives d’abord ; la hauteur d’une barre est le nombre de commentaires, à l’échelle de sa ligne, sa couleur leur chaleur moyenne.")
	}
	arcs := ""
	if p.arcs && p.hasReplies() {
		arcs = l.say("Arcs lead from replies to what they answer.", "Les arcs vont des réponses à ce à quoi elles répondent.")
	} else if p.hasReplies() {
		arcs = l.say("Too many replies to draw.", "Trop de réponses pour être tracées.")
	}
	order, cut, left, when := "", "", "", ""
	if !p.byTime {
		order = l.say("In reading order, as the times are not known or all the same.", "Dans l’ordre de lecture, les heures étant inconnues ou toutes les mêmes.")
	}
	if len(p.axis.spans) > 1 {
		cut = l.say("Shaded: silences cut short.", "En grisé : des silences raccourcis.")
	}
	if p.left > 0 {
		left = l.say("Without %s whose day is not known.", "Sans %s dont le jour est inconnu.", l.comments(p.left))
	}
	if s := l.when(p.rs); s != "" {
		when = s + "."
	}
	return sentences(drawn, l.hollow(p.rs), arcs, order, cut, left, when)
}

func (p *timelinePlan) hasReplies() bool {
	return slices.ContainsFunc(p.rs, func(r remark) bool { return r.parent >= 0 && r.spoken && p.rs[r.parent].spoken })
}

func (p *timelinePlan) y(row int) float64 { return p.top + rowInset + rowStep*(float64(row)+.5) }

func (p *timelinePlan) paint(c *canvas) {
	if p.byTime {
		c.paintTicks(p.axis, p.l, p.top, p.bottom)
	} else {
		c.paintOrder(p.l, len(p.rs), panel{plotLeft, plotRight, p.top, p.bottom, 0, 1})
	}
	for k, r := range p.rows {
		y := p.y(k)
		s := stroke{colour: mix(c.grid, c.muted, .12), width: 1}
		if p.byTime {
			c.paintBase(p.axis, plotLeft, plotRight, y, s)
		} else {
			c.line(pt{plotLeft, y}, pt{plotRight, y}, s)
		}
		p.paintName(c, r, y)
		count := p.l.count(r.n)
		if k == 0 {
			count = p.l.comments(r.n)
		}
		c.write(text{body: count, at: pt{plotRight + 12, y + 4}, size: noteSize, colour: c.muted})
	}
	if p.binned {
		p.paintBins(c)
		return
	}
	if p.arcs {
		p.paintArcs(c)
	}
	p.paintDots(c)
}

// paintName writes who a row belongs to, a long name on two lines.
func (p *timelinePlan) paintName(c *canvas, r timelineRow, y float64) {
	t := text{body: r.name, at: pt{plotLeft - 10, y + 4}, anchor: end, size: bodySize, colour: c.ink}
	if r.fold > 0 {
		t.colour = c.muted
	}
	if t.width() <= gutter-12 {
		c.write(t)
		return
	}
	t.size = noteSize
	lines := wrap(r.name, t.size, gutter-12, 2)
	t.at.y += 7 - 7*float64(len(lines))
	for _, line := range lines {
		t.body = line
		c.write(t)
		t.at.y += 14
	}
}

func (p *timelinePlan) paintDots(c *canvas) {
	r := clamp(500/float64(len(p.rs)), 2.2, 5.5)
	for i, m := range p.rs {
		if p.row[i] < 0 {
			continue
		}
		at := pt{p.x[i], p.y(p.row[i])}
		if !m.heat.ok {
			c.disc(at, r, c.paper, stroke{colour: c.muted, width: 1})
			continue
		}
		fill := c.theme.heat(m.heat.v)
		c.disc(at, r, fill, stroke{colour: c.edge(fill), width: min(1, r/3)})
	}
}

// paintArcs joins replies to what they answer: bowed to the left between rows,
// upwards within one.
func (p *timelinePlan) paintArcs(c *canvas) {
	s := stroke{colour: mix(c.paper, c.ink, .45), width: .9}
	if len(p.rs) > 80 {
		s = stroke{colour: mix(c.paper, c.ink, .25), width: .7}
	}
	for i, r := range p.rs {
		if r.parent < 0 || p.row[i] < 0 || p.row[r.parent] < 0 {
			continue
		}
		a, b := pt{p.x[i], p.y(p.row[i])}, pt{p.x[r.parent], p.y(p.row[r.parent])}
		mid := pt{(a.x + b.x) / 2, (a.y + b.y) / 2}
		if a.y == b.y {
			mid.y -= math.Min(rowStep*.8, 8+.15*math.Abs(a.x-b.x))
		} else {
			// A quarter of the way to the corner below or above the earlier comment.
			corner := pt{b.x, a.y}
			mid = pt{mid.x + .5*(corner.x-mid.x), mid.y + .5*(corner.y-mid.y)}
		}
		c.curve(a, mid, b, s)
	}
}

// paintBins draws a small histogram on each row, to its own scale.
func (p *timelinePlan) paintBins(c *canvas) {
	const width = 4.
	n := int(math.Ceil((plotRight - plotLeft) / width))
	type bin struct {
		n, heats int
		heat     float64
	}
	bins := make([]bin, n*len(p.rows))
	most := make([]int, len(p.rows))
	for i, r := range p.rs {
		row := p.row[i]
		if row < 0 {
			continue
		}
		b := &bins[row*n+min(max(int((p.x[i]-plotLeft)/width), 0), n-1)]
		b.n++
		most[row] = max(most[row], b.n)
		if r.heat.ok {
			b.heats++
			b.heat += r.heat.v
		}
	}
	for k, b := range bins {
		if b.n == 0 {
			continue
		}
		x, y := plotLeft+width*float64(k%n), p.y(k/n)
		fill := c.grid
		if b.heats > 0 {
			fill = c.theme.heat(b.heat / float64(b.heats))
		}
		high := math.Max(3, (rowStep-8)*float64(b.n)/float64(most[k/n]))
		c.rect(box{x, y - high, x + width - .5, y}, fill)
	}
}

func (p *timelinePlan) alt() string {
	l := p.l
	var rows []string
	for k, r := range p.rows {
		if k == maxRows {
			break
		}
		rows = append(rows, r.name+" "+l.count(r.n))
	}
	return sentences(p.title()+".", l.say("Comments by person: %s.", "Commentaires par personne : %s.", render.List(l.lang(), rows)))
}

func (p *timelinePlan) numbers() ([]string, [][]string) {
	head := strings.Split(p.l.say("place,comment,author,time,answers,heat", "place,commentaire,auteur,heure,répond à,chaleur"), ",")
	var rows [][]string
	for i, r := range p.rs {
		up := ""
		if r.parent >= 0 {
			up = p.rs[r.parent].id
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), r.id, r.name, r.stamp.String(), up, plain(r.heat)})
	}
	return head, rows
}
