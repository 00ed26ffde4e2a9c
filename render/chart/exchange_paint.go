package chart

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"threadheat/render"
	"threadheat/thread"
)

func (p *exchangePlan) paint(c *canvas) {
	p.paintScale(c)
	p.paintNames(c)
	if p.hasDelay {
		p.paintDelay(c)
	}
	if p.hasHeat {
		p.paintHeat(c)
	}
	if p.hasDrift {
		p.paintDrift(c)
	}
	for i := range p.e.turns {
		at := pt{p.x[i], p.lane[p.e.turns[i].side]}
		c.solid = append(c.solid, dotBox(at, p.r[i]))
	}
	p.paintArrows(c)
	p.paintTurns(c)
}

// paintScale draws what runs behind everything: lanes, grid, the names of ticks.
func (p *exchangePlan) paintScale(c *canvas) {
	lane := stroke{colour: mix(c.grid, c.muted, .3), width: 1}
	if !p.byTurn {
		c.paintTicks(p.axis, p.l, p.top+10, p.axisBottom)
		for _, y := range p.lane {
			c.paintBase(p.axis, plotLeft, plotRight, y, lane)
		}
		return
	}
	c.write(text{body: p.l.say("turn", "tour"), at: pt{plotLeft - 7, p.axisBottom + 17}, anchor: end, size: noteSize, colour: c.muted})
	grid := stroke{colour: c.grid, width: 1}
	day, step := "", 1
	for _, step = range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000} {
		if float64(step)*(plotRight-plotLeft) >= 26*float64(len(p.x)) {
			break
		}
	}
	for i, x := range p.x {
		if i > 0 && (i+1)%step != 0 {
			continue
		}
		if !c.label(text{body: strconv.Itoa(i + 1), size: noteSize, colour: c.muted}, place{pt{x, p.axisBottom + 17}, middle}) {
			continue
		}
		c.line(pt{x, p.top + 10}, pt{x, p.axisBottom + 3}, grid)
		if s := p.e.turns[i].stamp; s.Precision() >= thread.Day {
			name := fmt.Sprintf("%s\u00a0%d", p.l.day(s.Time()), s.Time().Year())
			if name != day && c.label(text{body: name, size: noteSize, colour: c.muted}, place{pt{x, p.axisBottom + 32}, middle}) {
				day = name
			}
		}
	}
	for _, y := range p.lane {
		c.line(pt{plotLeft, y}, pt{plotRight, y}, lane)
	}
}

func (p *exchangePlan) paintNames(c *canvas) {
	for side, name := range p.e.names {
		lines := wrap(name, bodySize, (gutter-14)/1.06, 2)
		count := 0
		for _, t := range p.e.turns {
			if t.side == side {
				count++
			}
		}
		y := p.lane[side] + 4 - 8*float64(len(lines))
		for _, line := range lines {
			c.write(text{body: line, at: pt{margin, y}, size: bodySize, colour: c.ink, bold: true})
			y += 16
		}
		c.write(text{body: p.l.turns(count), at: pt{margin, y}, size: noteSize, colour: c.muted})
	}
}

// delayTicks are the lengths of time on the log scale of delays, in minutes.
var delayTicks = []struct {
	minutes float64
	en, fr  string
}{
	{1, "1 min", "1 min"}, {60, "1 h", "1 h"}, {1440, "1 d", "1 j"}, {30.44 * 1440, "1 month", "1 mois"}, {365.25 * 1440, "1 year", "1 an"}, {10 * 365.25 * 1440, "10 years", "10 ans"}, {1000 * 365.25 * 1440, "1,000 years", "1000 ans"},
}

// paintDelay draws how long each turn took to come, on a log scale, for
// exchanges with no room beside the arrows. Less than a minute, and a reply
// dated before what it answers, stand at the bottom.
func (p *exchangePlan) paintDelay(c *canvas) {
	hi := 1
	for _, t := range p.e.turns {
		for t.delay.ok && hi < len(delayTicks)-1 && t.delay.v > delayTicks[hi].minutes*minute {
			hi++
		}
	}
	q := p.delay
	y := func(minutes float64) float64 {
		return q.y(math.Log(math.Max(minutes, 1)) / math.Log(delayTicks[hi].minutes))
	}
	for k := 0; k <= hi; k++ {
		at := y(delayTicks[k].minutes)
		c.line(pt{q.x0, at}, pt{q.x1, at}, stroke{colour: c.grid, width: 1})
		c.label(text{body: p.l.say(delayTicks[k].en, delayTicks[k].fr), size: 10.5, colour: c.muted}, place{pt{q.x0 - 7, at + 3.5}, end})
	}
	c.write(text{body: p.l.say("Delay", "Délai"), at: pt{margin, q.y0 + 4}, size: bodySize, colour: c.ink, bold: true})
	c.write(text{body: p.l.say("log scale", "échelle log"), at: pt{margin, q.y0 + 20}, size: noteSize, colour: c.muted})
	longest := -1
	for i, t := range p.e.turns {
		if !t.delay.ok {
			continue
		}
		at := pt{p.x[i], y(t.delay.v / minute)}
		c.line(pt{at.x, q.y1}, at, stroke{colour: mix(c.paper, c.ink, .45), width: 1})
		c.disc(at, 2.5, c.ink, stroke{})
		c.solid = append(c.solid, dotBox(at, 3))
		if longest < 0 || t.delay.v > p.e.turns[longest].delay.v {
			longest = i
		}
	}
	d := p.e.turns[longest].delay.v
	c.label(text{body: p.l.lapse(d), size: noteSize, colour: c.ink}, around(pt{p.x[longest], y(d / minute)}, 3, noteSize)...)
}

func (p *exchangePlan) paintHeat(c *canvas) {
	l := p.l
	c.paintPanel(p.heat, l, l.say("Heat", "Chaleur"), l.say("of each turn", "de chaque tour"))
	if p.e.trend != nil {
		p.paintTrend(c)
	}
	r := markSize(len(p.e.turns))
	for i, t := range p.e.turns {
		if !t.heat.ok {
			continue
		}
		at := pt{p.x[i], p.heat.y(t.heat.v)}
		fill := c.theme.heat(t.heat.v)
		c.disc(at, r, fill, stroke{colour: c.edge(fill), width: min(1, r/3)})
		c.solid = append(c.solid, dotBox(at, r))
	}
	named := map[int]bool{}
	for _, i := range append([]int{p.hottest, 0, len(p.e.turns) - 1}, p.all()...) {
		t := p.e.turns[i]
		if t.heat.ok && !named[i] {
			named[i] = true
			at := pt{p.x[i], p.heat.y(t.heat.v)}
			c.label(text{body: l.dec(t.heat.v, 2), size: noteSize, colour: c.ink}, around(at, r, noteSize)...)
		}
	}
}

// all is every turn, where there are few enough to name each.
func (p *exchangePlan) all() (out []int) {
	if len(p.e.turns) > 12 {
		return nil
	}
	for i := range p.e.turns {
		out = append(out, i)
	}
	return out
}

// paintTrend draws the escalation line, fitted by turn, and its band. The line is
// dashed where it is not certain.
func (p *exchangePlan) paintTrend(c *canvas) {
	trend := p.e.trend
	var line, over, under []pt
	for i := range p.e.turns {
		line = append(line, pt{p.x[i], p.heat.y(trend.At(float64(i)))})
		if band, ok := trend.Band(float64(i)); ok {
			over = append(over, pt{p.x[i], p.heat.y(band[1])})
			under = append(under, pt{p.x[i], p.heat.y(band[0])})
		}
	}
	slices.Reverse(under)
	c.area(append(over, under...), mix(c.paper, c.muted, .13))
	ink := stroke{colour: c.ink, width: 1.3}
	if !p.certain() {
		ink.dash = []float64{5, 3}
	}
	c.lines([][]pt{line}, ink)
	last := line[len(line)-1]
	for i := range line[1:] {
		c.avoid(line[i], line[i+1])
	}
	second := p.l.say("grey: 95%% interval", "gris : intervalle à 95"+thin+"%%")
	switch {
	case len(over) == 0:
		second = p.l.say("too few turns for an interval", "trop peu de tours pour un intervalle")
	case !p.certain():
		second = p.l.say("uncertain: grey is the 95%% interval", "incertain : en gris l’intervalle à 95"+thin+"%%")
	}
	y := clamp(last.y, p.heat.y0+6, p.heat.y1-42)
	c.write(text{body: p.l.say("%s a turn", "%s par tour", p.slope(trend.Slope())), at: pt{plotRight + 8, y + 4}, size: noteSize, colour: c.ink})
	for i, s := range wrap(second, noteSize, aside-10, 3) {
		c.write(text{body: s, at: pt{plotRight + 8, y + 18 + 14*float64(i)}, size: noteSize, colour: c.muted})
	}
}

func (p *exchangePlan) paintDrift(c *canvas) {
	l := p.l
	c.paintPanel(p.drift, l, l.say("Drift", "Dérive"), l.say("0 same words, 1 none in common", "0 mêmes mots, 1 aucun en commun"))
	for _, s := range []struct {
		of     func(turn) opt
		name   string
		hollow bool
	}{
		{func(t turn) opt { return t.reply }, l.say("from the turn it answers", "du tour auquel il répond"), false},
		{func(t turn) opt { return t.article }, l.say("from the article", "de l’article"), true},
	} {
		var ps []pt
		for i, t := range p.e.turns {
			if v := s.of(t); v.ok {
				ps = append(ps, pt{p.x[i], p.drift.y(v.v)})
			}
		}
		if len(ps) == 0 {
			continue
		}
		ink := stroke{colour: mix(c.paper, c.ink, clamp(60/float64(len(p.e.turns)), .3, 1)), width: 1.2}
		fill := c.ink
		if s.hollow {
			ink.dash, fill = []float64{3, 3}, c.paper
		}
		c.lines([][]pt{ps}, ink)
		r := min(3, markSize(len(ps)))
		for _, at := range ps {
			c.disc(at, r, fill, stroke{colour: c.ink, width: r / 2.5})
		}
		p.nameLine(c, s.name, ps[len(ps)-1].y, fill)
	}
}

// nameLine names a line of the drift panel beside its end, up or down from
// there where another name stands, with one of the line's discs before it.
func (p *exchangePlan) nameLine(c *canvas, name string, y float64, fill colour) {
	lines := wrap(name, noteSize, aside-24, 2)
	for _, dy := range []float64{0, 14, -14, 28, -28, 42, -42} {
		var ts []text
		ok := true
		for i, line := range lines {
			t := text{body: line, at: pt{plotRight + 20, y + 4 + dy + 14*float64(i)}, size: noteSize, colour: c.ink}
			ok = ok && c.free(t.box(), true)
			ts = append(ts, t)
		}
		if ok {
			c.disc(pt{plotRight + 11, y + dy}, 3, fill, stroke{colour: c.ink, width: 1.2})
			for _, t := range ts {
				c.write(t)
			}
			return
		}
	}
}

// arrow is a reply, from the edge of its disc to that of the one it answers.
type arrow struct {
	from, to pt
	label    string
}

// along is the point at fraction f of the way.
func (a arrow) along(f float64) pt {
	return pt{a.from.x + f*(a.to.x-a.from.x), a.from.y + f*(a.to.y-a.from.y)}
}

func (p *exchangePlan) arrows() []arrow {
	var out []arrow
	for i, t := range p.e.turns {
		j := t.answers
		if j < 0 || j == i {
			continue
		}
		from, to := pt{p.x[i], p.lane[t.side]}, pt{p.x[j], p.lane[p.e.turns[j].side]}
		a := arrow{}
		if t.delay.ok && !p.hasDelay {
			a.label = p.l.lapse(t.delay.v)
		}
		a.from, a.to = toward(from, to, p.r[i]+2), toward(to, from, p.r[j]+2)
		out = append(out, a)
	}
	return out
}

// toward is the point at a distance from a in the direction of b.
func toward(a, b pt, d float64) pt {
	l := math.Hypot(b.x-a.x, b.y-a.y)
	if l == 0 {
		return a
	}
	return pt{a.x + (b.x-a.x)*d/l, a.y + (b.y-a.y)*d/l}
}

func (p *exchangePlan) paintArrows(c *canvas) {
	as := p.arrows()
	ink := stroke{colour: mix(c.paper, c.ink, .62), width: 1.2}
	head := 6.5
	switch {
	case len(as) > 80:
		ink, head = stroke{colour: mix(c.paper, c.ink, .35), width: .6}, 3
	case len(as) > 16:
		ink.width, head = .9, 4.5
	}
	for _, a := range as {
		neck := toward(a.to, a.from, head)
		c.line(a.from, neck, ink)
		dx, dy := (neck.y-a.to.y)*.42, (a.to.x-neck.x)*.42
		c.area([]pt{a.to, {neck.x + dx, neck.y + dy}, {neck.x - dx, neck.y - dy}}, ink.colour)
	}
	for i, a := range as {
		if a.label == "" {
			continue
		}
		for _, f := range []float64{.5, .42, .58, .34, .66, .27, .73} {
			t := text{body: a.label, at: a.along(f), anchor: middle, size: noteSize, colour: c.ink}
			t.at.y += 4
			b := t.box().grow(2)
			if !c.free(b, false) || crossed(as, i, b) {
				continue
			}
			c.rect(box{b.x0, b.y0 + 1, b.x1, b.y1 - 1}, c.paper)
			c.write(t)
			break
		}
	}
}

// crossed tells that an arrow other than i runs through b.
func crossed(as []arrow, i int, b box) bool {
	for j, a := range as {
		if j == i {
			continue
		}
		const steps = 40
		for k := range steps + 1 {
			q := a.along(float64(k) / steps)
			if (box{q.x, q.y, q.x, q.y}).grow(1.5).hits(b) {
				return true
			}
		}
	}
	return false
}

func (p *exchangePlan) paintTurns(c *canvas) {
	for _, i := range p.bySize() {
		t := p.e.turns[i]
		at := pt{p.x[i], p.lane[t.side]}
		if p.hasHeat && !t.heat.ok {
			c.disc(at, p.r[i], c.paper, stroke{colour: c.muted, width: 1.2, dash: []float64{2, 2}})
			continue
		}
		fill := mix(c.paper, c.muted, .4)
		if t.heat.ok {
			fill = c.theme.heat(t.heat.v)
		}
		c.disc(at, p.r[i]+math.Min(1.5, p.r[i]/5), c.paper, stroke{})
		c.disc(at, p.r[i], fill, stroke{colour: c.edge(fill), width: 1})
	}
	if p.hottest >= 0 {
		p.paintHotWords(c)
	}
	for k, i := range p.bySize() {
		if (k >= 12 || len(p.x) > 60) && i != p.hottest {
			continue
		}
		t := p.e.turns[i]
		c.label(text{body: p.l.words(t.words), size: noteSize, colour: c.muted}, p.outside(i, 0)...)
	}
}

// outside lists places on the outer side of turn i's disc, a number of lines
// away from it.
func (p *exchangePlan) outside(i, lines int) []place {
	t := p.e.turns[i]
	y := p.lane[t.side] - p.r[i] - 6 - 15*float64(lines)
	if t.side == 1 {
		y = p.lane[1] + p.r[i] + 6 + .8*noteSize + 15*float64(lines)
	}
	x := p.x[i]
	return []place{{pt{x, y}, middle}, {pt{x - 8, y}, start}, {pt{x + 8, y}, end}}
}

// paintHotWords writes the words that made most of the heat beside the hottest
// turn: all of them if there is room, else fewer.
func (p *exchangePlan) paintHotWords(c *canvas) {
	hot := p.e.turns[p.hottest].hot
	for n := len(hot); n > 0; n-- {
		var quoted []string
		for _, w := range hot[:n] {
			quoted = append(quoted, render.Quote(p.l.lang(), w))
		}
		t := text{body: strings.Join(quoted, ", "), size: noteSize, colour: c.ink, bold: true}
		places := p.outside(p.hottest, 1)
		if p.x[p.hottest]-t.width()/2 < plotLeft {
			places = places[1:] // not over the names
		}
		if c.label(t, places...) {
			return
		}
	}
}

// bySize lists the turns, the longest first, so that small discs are painted
// over large ones.
func (p *exchangePlan) bySize() []int {
	out := make([]int, len(p.e.turns))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int {
		switch {
		case p.r[a] > p.r[b]:
			return -1
		case p.r[a] < p.r[b]:
			return 1
		}
		return 0
	})
	return out
}
