package chart

import (
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render"
)

var heatKind = &Kind{
	Name: "heat",
	Doc:  "heat of each comment, in reading order and over time, with its mean",
	Draw: func(c *metrics.Context, o Options) (*Drawing, error) {
		rs, err := gather(c, o)
		if err != nil {
			return nil, err
		}
		mean, err := heat.Mean(o.source()).Run(c)
		if err != nil {
			return nil, err
		}
		return drawHeat(rs, mean.At(0), o), nil
	},
}

// heatPlan is where the parts of the figure stand.
type heatPlan struct {
	rs      []remark
	l       tongue
	order   panel
	time    panel
	axis    axis
	hasTime bool
	byOrder []point
	byTime  []point
	mean    metrics.Value
}

// drawHeat draws the heats of rs and their mean.
func drawHeat(rs []remark, mean metrics.Value, o Options) *Drawing {
	l := o.tongue()
	p := &heatPlan{rs: rs, l: l, mean: mean}
	var vs []float64
	hottest := -1
	for i, r := range rs {
		if r.heat.ok {
			vs = append(vs, r.heat.v)
			if hottest < 0 || r.heat.v > rs[hottest].heat.v {
				hottest = i
			}
		}
	}
	if len(vs) == 0 {
		return empty("heat", o, l.say("No heat to draw", "Aucune chaleur à dessiner"), l.say("No comment has a heat.", "Aucun commentaire n’a de chaleur."))
	}
	h := rs[hottest]
	title := l.say("No heat in %s", "Aucune chaleur dans %s", l.comments(len(vs)))
	if h.heat.v > 0 {
		title = l.say("The hottest comment is %s: %s, where the mean is %s", "Le commentaire le plus chaud est %s : %s, pour une moyenne de %s", l.by(fit(h.name, titleSize, 240)), l.dec(h.heat.v, 2), l.dec(p.mean.X, 2))
	}
	if len(vs) == 1 {
		title = l.say("One comment, %s, with heat %s", "Un seul commentaire, %s, de chaleur %s", l.by(fit(h.name, titleSize, 240)), l.dec(h.heat.v, 2))
	}
	p.axis, p.hasTime = axisOf(rs, plotLeft, plotRight)
	d := newDrawing("heat", o, title, p.subtitle(len(vs)), true)
	p.layout(d, vs)
	d.Alt = sentences(title+".", l.say("Heat of %s, from 0 to 1.", "Chaleur de %s, de 0 à 1.", l.comments(len(vs))), p.altMean(), p.altHottest())
	d.Header, d.Numbers = p.numbers()
	d.paint = p.paint
	return d
}

func (p *heatPlan) subtitle(n int) string {
	l := p.l
	drawn := l.say("Heat of each comment in reading order.", "Chaleur de chaque commentaire dans l’ordre de lecture.")
	if p.hasTime {
		drawn = l.say("Heat of each comment in reading order and over time.", "Chaleur de chaque commentaire dans l’ordre de lecture et dans le temps.")
	}
	if len(p.rs) > manyPoints {
		drawn = l.say("Heat of %s: each column gathers neighbours, the bar is their mean, the dot the hottest.", "Chaleur de %s : chaque colonne réunit des voisins, la barre est leur moyenne, le point le plus chaud.", l.comments(len(p.rs)))
	}
	without := ""
	if k := len(p.rs) - n; k > 0 {
		without = l.say("No heat is known of %s.", "Chaleur inconnue pour %s.", l.comments(k))
	}
	cut := ""
	if len(p.axis.spans) > 1 {
		cut = l.say("Shaded: silences cut short.", "En grisé : des silences raccourcis.")
	}
	when := ""
	if s := l.when(p.rs); s != "" {
		when = s + "."
	}
	return sentences(drawn, cut, without, when)
}

// interval is that of the mean, false where there are too few comments for one.
func (p *heatPlan) interval() (ci [2]float64, ok bool) {
	if p.mean.More == nil || p.mean.More.CI == nil {
		return ci, false
	}
	return *p.mean.More.CI, true
}

func (p *heatPlan) altMean() string {
	ci, ok := p.interval()
	if !ok {
		return ""
	}
	return p.l.say("The mean is %s, 95%% interval %s to %s.", "La moyenne est %s, intervalle à 95"+thin+"%% : %s à %s.",
		p.l.dec(p.mean.X, 2), p.l.dec(ci[0], 2), p.l.dec(ci[1], 2))
}

func (p *heatPlan) altHottest() string {
	var ss []string
	for _, q := range highest(p.byOrder, 3) {
		if q.v > 0 {
			ss = append(ss, p.l.say("%s (comment %d, %s)", "%s (commentaire %d, %s)", p.rs[q.i].name, q.i+1, p.l.dec(q.v, 2)))
		}
	}
	if len(ss) == 0 {
		return ""
	}
	return p.l.say("Hottest: %s.", "Les plus chauds : %s.", render.List(p.l.lang(), ss))
}

func (p *heatPlan) layout(d *Drawing, vs []float64) {
	y := d.head.bottom + 24
	top := roomFor(highestValue(vs) * 1.12)
	p.order = panel{plotLeft, plotRight, y, y + 190, 0, top}
	at := byOrder(len(p.rs), plotLeft, plotRight)
	of := func(r remark) opt { return r.heat }
	p.byOrder = pointsOf(p.rs, func(i int) (float64, bool) { return at(i), true }, p.order, of)
	y = p.order.y1 + 28
	if p.hasTime {
		p.time = panel{plotLeft, plotRight, y + 34, y + 34 + 130, 0, top}
		p.byTime = pointsOf(p.rs, func(i int) (float64, bool) { return p.axis.at(p.rs[i].ms()), p.rs[i].dated() }, p.time, of)
		y = p.time.y1 + 36
	}
	d.Height = int(y) + 14
}

func highestValue(vs []float64) float64 {
	top := 0.
	for _, v := range vs {
		top = max(top, v)
	}
	return top
}

func (p *heatPlan) paint(c *canvas) {
	l := p.l
	c.paintPanel(p.order, l, l.say("Heat", "Chaleur"), l.say("in reading order", "dans l’ordre de lecture"))
	c.paintOrder(l, len(p.rs), p.order)
	p.paintBand(c)
	p.paintPoints(c, p.order, p.byOrder)
	p.paintMean(c)
	p.nameHottest(c)
	if p.hasTime {
		c.paintPanel(p.time, l, l.say("Heat", "Chaleur"), l.say("over time", "dans le temps"))
		c.paintTicks(p.axis, l, p.time.y0, p.time.y1)
		p.paintPoints(c, p.time, p.byTime)
	}
}

// paintBand draws the interval of the mean, behind the comments.
func (p *heatPlan) paintBand(c *canvas) {
	if ci, ok := p.interval(); ok {
		q := p.order
		c.rect(box{q.x0, q.y(ci[1]), q.x1, q.y(ci[0])}, mix(c.paper, c.muted, .13))
	}
}

// paintMean draws the mean and names it and its interval.
func (p *heatPlan) paintMean(c *canvas) {
	if len(p.byOrder) < 2 {
		return
	}
	q, y := p.order, p.order.y(p.mean.X)
	c.line(pt{q.x0, y}, pt{q.x1, y}, stroke{colour: c.ink, width: 1})
	c.solid = append(c.solid, box{q.x0, y - 1.5, q.x1, y + 1.5})
	y = clamp(y, q.y0+6, q.y1-26)
	c.write(text{body: p.l.say("mean %s", "moyenne %s", p.l.dec(p.mean.X, 2)), at: pt{q.x1 + 8, y + 4}, size: noteSize, colour: c.ink})
	if _, ok := p.interval(); !ok {
		return
	}
	for i, s := range wrap(p.l.say("grey: 95%% interval", "gris : intervalle à 95"+thin+"%%"), noteSize, aside-10, 2) {
		c.write(text{body: s, at: pt{q.x1 + 8, y + 18 + 14*float64(i)}, size: noteSize, colour: c.muted})
	}
}

func (p *heatPlan) paintPoints(c *canvas, q panel, ps []point) {
	if len(p.rs) > manyPoints {
		for _, b := range columns(ps, q.x0, q.x1, 3) {
			c.rect(box{b.x0, q.y(b.mean), b.x1, q.y1}, c.theme.heat(b.mean))
			top := box{b.x0 + .3, q.y(b.top) - 1.4, b.x1 - .3, q.y(b.top) + 1.4}
			c.rect(top, c.theme.heat(b.top))
			c.solid = append(c.solid, top)
		}
		return
	}
	r := markSize(len(ps))
	if len(ps) <= 120 {
		for _, s := range ps {
			c.line(pt{s.x, q.y1}, pt{s.x, s.at.y}, stroke{colour: mix(c.grid, c.muted, .35), width: 1})
			c.avoid(pt{s.x, q.y1}, pt{s.x, s.at.y})
		}
	}
	for _, s := range ps {
		fill := c.theme.heat(s.v)
		c.disc(s.at, r, fill, stroke{colour: c.edge(fill), width: min(1, r/3)})
		c.solid = append(c.solid, dotBox(s.at, r))
	}
}

func (p *heatPlan) nameHottest(c *canvas) {
	r := markSize(len(p.byOrder))
	for _, q := range highest(p.byOrder, 3) {
		if q.v > 0 {
			t := text{body: fit(p.rs[q.i].name, noteSize, 150) + " " + p.l.dec(q.v, 2), size: noteSize, colour: c.ink}
			c.label(t, around(q.at, r, noteSize)...)
		}
	}
}

func (p *heatPlan) numbers() ([]string, [][]string) {
	head := strings.Split(p.l.say("place,comment,author,time,words,heat", "place,commentaire,auteur,heure,mots,chaleur"), ",")
	var rows [][]string
	for i, r := range p.rs {
		rows = append(rows, []string{strconv.Itoa(i + 1), r.id, r.name, r.stamp.String(), strconv.Itoa(r.words), plain(r.heat)})
	}
	return head, rows
}
