package chart

import (
	"slices"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/render"
)

var driftKind = &Kind{
	Name: "drift",
	Doc:  "how far the words of each comment are from the article’s and from those it answers, branch by branch",
	Draw: func(c *metrics.Context, o Options) (*Drawing, error) {
		rs, err := gather(c, o)
		if err != nil {
			return nil, err
		}
		return drawDrift(rs, o), nil
	},
}

// driftPlan is where the parts of the figure stand.
type driftPlan struct {
	rs    []remark
	l     tongue
	rows  []driftRow
	links bool // few enough comments to draw branches
}

// driftRow is one of the distances.
type driftRow struct {
	name   string
	panel  panel
	points []point
	value  func(remark) opt
}

func drawDrift(rs []remark, o Options) *Drawing {
	l := o.tongue()
	p := &driftPlan{rs: rs, l: l, links: len(rs) <= manyPoints}
	for _, row := range []driftRow{
		{name: l.say("from the article", "de l’article"), value: func(r remark) opt { return r.article }},
		{name: l.say("from the comment it answers", "du commentaire auquel il répond"), value: func(r remark) opt { return r.reply }},
	} {
		at := byOrder(len(rs), plotLeft, plotRight)
		row.points = pointsOf(rs, func(i int) (float64, bool) { return at(i), true }, panel{max: 1}, row.value)
		if len(row.points) > 0 {
			p.rows = append(p.rows, row)
		}
	}
	if len(p.rows) == 0 {
		return empty("drift", o, l.say("No drift to draw", "Aucune dérive à dessiner"),
			l.say("No comment can be compared with the article or with a comment it answers.", "Aucun commentaire ne peut être comparé à l’article ni à un commentaire auquel il répond."))
	}
	d := newDrawing("drift", o, p.title(), p.subtitle(), false)
	p.layout(d)
	d.Alt = p.alt()
	d.Header, d.Numbers = p.numbers()
	d.paint = p.paint
	return d
}

func (p *driftPlan) title() string {
	l, row := p.l, p.rows[0]
	far := highest(row.points, 1)[0]
	name := fit(p.rs[far.i].name, titleSize, 240)
	if row.name == l.say("from the article", "de l’article") {
		return l.say("%s goes furthest from the article: %s of 1", "%s s’éloigne le plus de l’article : %s sur 1", name, l.dec(far.v, 2))
	}
	return l.say("%s goes furthest from the comment answered: %s of 1", "%s s’éloigne le plus du commentaire d’origine : %s sur 1", name, l.dec(far.v, 2))
}

func (p *driftPlan) subtitle() string {
	l := p.l
	drawn := l.say("Distance in words, 0 the same, 1 none in common, in reading order.", "Distance entre les mots, 0 les mêmes, 1 aucun en commun, dans l’ordre de lecture.")
	how := l.say("A line joins each comment to the one it answers; the furthest are filled.", "Un trait relie chaque commentaire à celui auquel il répond ; les plus éloignés sont pleins.")
	if !p.links {
		how = l.say("Each column gathers neighbours: the line is their mean, the grey their range.", "Chaque colonne réunit des voisins : le trait est leur moyenne, le gris leur étendue.")
	}
	scale := ""
	if slices.ContainsFunc(p.rows, func(r driftRow) bool { return floorFor(valuesOf(r.points)) > 0 }) {
		scale = l.say("Note that not every scale begins at 0.", "Attention : les échelles ne partent pas toutes de 0.")
	}
	return sentences(drawn, how, scale, l.say("Drift is other words, not a judgement of them.", "La dérive, ce sont d’autres mots, pas un jugement sur eux."))
}

func (p *driftPlan) layout(d *Drawing) {
	y := d.head.bottom + 28
	for k := range p.rows {
		row := &p.rows[k]
		row.panel = panel{plotLeft, plotRight, y, y + 170, floorFor(valuesOf(row.points)), 1}
		for i := range row.points {
			q := &row.points[i]
			q.at = pt{q.x, row.panel.y(q.v)}
		}
		y += 170 + 34
	}
	d.Height = int(y) + 4
}

func (p *driftPlan) paint(c *canvas) {
	var panels []panel
	for _, row := range p.rows {
		c.paintPanel(row.panel, p.l, p.l.say("Drift", "Dérive"), row.name)
		panels = append(panels, row.panel)
	}
	c.paintOrder(p.l, len(p.rs), panels...)
	for _, row := range p.rows {
		if p.links {
			p.paintBranches(c, row)
		} else {
			p.paintColumns(c, row)
		}
		p.nameMean(c, row)
	}
}

// paintBranches draws each comment and the line that joins it to its parent, so
// that a branch reads as a path.
func (p *driftPlan) paintBranches(c *canvas, row driftRow) {
	at := map[int]pt{}
	var links [][]pt
	for _, q := range row.points {
		at[q.i] = q.at
		if up, ok := at[p.rs[q.i].parent]; ok {
			links = append(links, []pt{up, q.at})
		}
	}
	c.lines(links, stroke{colour: mix(c.paper, c.ink, .45), width: 1})
	if len(links) <= 200 {
		for _, k := range links {
			c.avoid(k[0], k[1])
		}
	}
	r := markSize(len(row.points))
	for _, q := range row.points {
		c.disc(q.at, r, c.paper, stroke{colour: c.ink, width: min(1.1, r/2)})
		c.solid = append(c.solid, dotBox(q.at, r))
	}
	for _, q := range highest(row.points, 3) {
		c.disc(q.at, r, c.ink, stroke{colour: c.ink, width: min(1.1, r/2)})
		t := text{body: fit(p.rs[q.i].name, noteSize, 150) + " " + p.l.dec(q.v, 2), size: noteSize, colour: c.ink}
		c.label(t, around(q.at, r, noteSize)...)
	}
}

func (p *driftPlan) paintColumns(c *canvas, row driftRow) {
	var mean []pt
	var ranges []box
	for _, b := range columns(row.points, row.panel.x0, row.panel.x1, 3) {
		ranges = append(ranges, box{b.x0, row.panel.y(b.top), b.x1, row.panel.y(b.low) + .5})
		mean = append(mean, pt{(b.x0 + b.x1) / 2, row.panel.y(b.mean)})
	}
	c.rects(ranges, mix(c.paper, c.muted, .3))
	c.lines([][]pt{mean}, stroke{colour: c.ink, width: 1.2})
}

// nameMean marks the mean at the right of the panel.
func (p *driftPlan) nameMean(c *canvas, row driftRow) {
	mean := meanOf(valuesOf(row.points))
	y := row.panel.y(mean)
	c.line(pt{row.panel.x1, y}, pt{row.panel.x1 + 6, y}, stroke{colour: c.ink, width: 1.3})
	c.write(text{body: p.l.say("mean %s", "moyenne %s", p.l.dec(mean, 2)), at: pt{row.panel.x1 + 10, y + 4}, size: noteSize, colour: c.ink})
}

func (p *driftPlan) alt() string {
	l := p.l
	ss := []string{p.title() + "."}
	for _, row := range p.rows {
		mean := meanOf(valuesOf(row.points))
		var far []string
		for _, q := range highest(row.points, 3) {
			far = append(far, l.say("%s (comment %d, %s)", "%s (commentaire %d, %s)", p.rs[q.i].name, q.i+1, l.dec(q.v, 2)))
		}
		ss = append(ss, l.say("Distance %s of %s: mean %s, furthest %s.", "Distance %s de %s : moyenne %s, les plus éloignés %s.",
			row.name, l.comments(len(row.points)), l.dec(mean, 2), render.List(l.lang(), far)))
	}
	return sentences(ss...)
}

func (p *driftPlan) numbers() ([]string, [][]string) {
	head := strings.Split(p.l.say(
		"place,comment,author,answers,drift from the article,drift from the comment it answers",
		"place,commentaire,auteur,répond à,dérive de l’article,dérive du commentaire auquel il répond"), ",")
	var rows [][]string
	for i, r := range p.rs {
		up := ""
		if r.parent >= 0 {
			up = p.rs[r.parent].id
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), r.id, r.name, up, plain(r.article), plain(r.reply)})
	}
	return head, rows
}
