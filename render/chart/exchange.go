package chart

import (
	"math"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/metrics/heat"
)

var exchangeKind = &Kind{
	Name: "exchange",
	Doc:  "two people answering each other: who, when, how long, how hot and how far from the subject",
	Draw: func(c *metrics.Context, o Options) (*Drawing, error) {
		e, why, err := gatherExchange(c, o)
		if err != nil {
			return nil, err
		}
		if why != "" {
			return empty("exchange", o, o.tongue().say("No exchange to draw", "Aucun échange à dessiner"), why), nil
		}
		return drawExchange(e, o), nil
	},
}

// exchangeData is what the figure of an exchange shows.
type exchangeData struct {
	names [2]string
	turns []turn          // in the order in which they were written
	trend *exchange.Trend // nil where too few turns have a heat
}

// turn is a comment of an exchange.
type turn struct {
	remark
	side    int      // of names
	answers int      // place among the turns, -1 where it answers none of the other's
	delay   opt      // ms since the turn it answers
	hot     []string // the words that made most of its heat, the hottest first
}

// gatherExchange is the pair asked for, or why there is none.
func gatherExchange(c *metrics.Context, o Options) (e exchangeData, why string, err error) {
	l := o.tongue()
	xs, err := exchange.Exchanges.Of(c)
	if err != nil {
		return e, "", err
	}
	trendsOf := exchange.Trends
	if o.Given != "" {
		trendsOf = exchange.GivenTrends
	}
	trends, err := trendsOf.Of(c)
	if err != nil {
		return e, "", err
	}
	k := 0
	if o.Named {
		k = slices.IndexFunc(xs, func(x exchange.Exchange) bool {
			return x.A == o.A && x.B == o.B || x.A == o.B && x.B == o.A
		})
		if k < 0 {
			a, b := authorName(c.Thread, o.A, l), authorName(c.Thread, o.B, l)
			return e, l.say("%s and %s never answer each other.", "%s et %s ne se répondent jamais.", a, b), nil
		}
	}
	if len(xs) == 0 {
		return e, l.say("Nobody here answers anybody else by name.", "Personne ici ne répond à quelqu’un d’autre dont le nom soit connu."), nil
	}
	rs, err := gather(c, o)
	if err != nil {
		return e, "", err
	}
	scores, err := heat.Scores.Of(c)
	if err != nil {
		return e, "", err
	}
	x := xs[k]
	e.trend = trends[k]
	e.names = [2]string{authorName(c.Thread, x.A, l), authorName(c.Thread, x.B, l)}
	for _, u := range x.Said {
		t := turn{remark: rs[u.Comment], side: 1, answers: u.Answers}
		if o.Given == "" {
			t.hot = hotWords(c.Thread.Text(u.Comment), scores[u.Comment])
		}
		if u.ByA {
			t.side = 0
		}
		if t.delay = fromValue(u.Latency); t.delay.ok {
			t.delay.v *= minute
		}
		e.turns = append(e.turns, t)
	}
	return e, "", nil
}

// minute is a minute in ms.
const minute = 60_000.

// quoteMarks round hot words go: the figure puts its own.
const quoteMarks = " \"'“”„«»‘’\u00a0\u202f"

// hotWords are up to three spans of a text that made most of its heat.
func hotWords(body string, s heat.Score) []string {
	ev := slices.Clone(s.Evidence)
	slices.SortStableFunc(ev, func(a, b metrics.Evidence) int {
		switch {
		case a.Share > b.Share:
			return -1
		case a.Share < b.Share:
			return 1
		}
		return a.Start - b.Start
	})
	var out []string
	for _, e := range ev {
		if e.Share <= 0 || e.Start < 0 || e.End > len(body) || e.Start >= e.End {
			continue
		}
		w := fit(strings.Trim(clean(body[e.Start:e.End]), quoteMarks), noteSize, 150)
		if w == "" || slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, w) }) {
			continue
		}
		if out = append(out, w); len(out) == 3 {
			break
		}
	}
	return out
}

// exchangePlan is where the parts of the figure stand.
type exchangePlan struct {
	e          exchangeData
	o          Options
	l          tongue
	byTurn     bool
	uneven     bool // the times cannot be drawn to scale
	axis       axis // unless byTurn
	x          []float64
	r          []float64 // of the discs
	rmax       float64
	lane       [2]float64
	delay      panel // log scale; where there is no room to label arrows
	heat       panel
	drift      panel
	hasDelay   bool
	hasHeat    bool
	hasDrift   bool
	hottest    int // -1 where no heat is known
	top        float64
	axisBottom float64
}

func drawExchange(e exchangeData, o Options) *Drawing {
	l := o.tongue()
	if len(e.turns) < 2 {
		return empty("exchange", o, l.say("No exchange to draw", "Aucun échange à dessiner"),
			l.say("An exchange needs at least 2 turns; here there are %d.", "Un échange demande au moins 2 tours ; il y en a %d.", len(e.turns)))
	}
	p := planExchange(e, o)
	d := newDrawing("exchange", o, p.title(), p.subtitle(), p.hasHeat)
	p.layout(d)
	d.Alt = p.alt()
	d.Header, d.Numbers = p.numbers()
	d.paint = p.paint
	return d
}

func planExchange(e exchangeData, o Options) *exchangePlan {
	p := &exchangePlan{e: e, o: o, l: o.tongue(), byTurn: o.Turns, hottest: -1}
	for i, t := range e.turns {
		if !t.stamp.Timed() {
			p.byTurn = true
		}
		p.hasDrift = p.hasDrift || t.reply.ok || t.article.ok
		if t.heat.ok {
			p.hasHeat = true
			if p.hottest < 0 || t.heat.v > e.turns[p.hottest].heat.v {
				p.hottest = i
			}
		}
	}
	ts := moments(remarksOf(e.turns))
	if len(ts) > 0 && ts[0] == ts[len(ts)-1] {
		p.byTurn = true
	}
	p.place()
	p.hasDelay = p.byTurn && len(e.turns) > 12 && p.anyDelay()
	return p
}

// place puts the turns from left to right: by time, or by turn where time is
// not asked for, not known, or so uneven that many turns would stand on one
// another even with the silences cut.
func (p *exchangePlan) place() {
	ts := p.e.turns
	n := float64(len(ts))
	p.rmax = clamp(.42*(plotRight-plotLeft)/n, 4.5, 26)
	left, right := plotLeft+p.rmax-spanPad, plotRight-p.rmax+spanPad
	if !p.byTurn {
		rs := remarksOf(ts)
		p.axis = newAxis(moments(rs), left, right, zoneOf(rs))
		tight := 0
		for i, t := range ts {
			p.x = append(p.x, p.axis.at(t.ms()))
			if i > 0 && math.Abs(p.x[i]-p.x[i-1]) < 5 {
				tight++
			}
		}
		if float64(tight) <= .45*(n-1) {
			return
		}
		p.byTurn, p.uneven, p.x = true, true, nil
	}
	step := (right - left - 2*spanPad) / math.Max(n-1, 1)
	for i := range ts {
		p.x = append(p.x, left+spanPad+step*float64(i))
	}
}

func remarksOf(ts []turn) []remark {
	out := make([]remark, len(ts))
	for i, t := range ts {
		out[i] = t.remark
	}
	return out
}

// layout fixes all heights and places, below the head of d.
func (p *exchangePlan) layout(d *Drawing) {
	rmax := p.rmax
	most := 1
	for _, t := range p.e.turns {
		most = max(most, t.words)
	}
	for _, t := range p.e.turns {
		r := rmax * math.Sqrt(float64(max(t.words, 0))/float64(most))
		p.r = append(p.r, math.Max(r, 2.5))
	}
	p.top = d.head.bottom
	p.lane[0] = p.top + 42 + rmax
	p.lane[1] = p.lane[0] + 104 + rmax
	y := p.lane[1] + rmax + 62
	if p.hasDelay {
		p.delay = panel{plotLeft, plotRight, y - 12, y + 48, 0, 1}
		y += 48 + 34
	}
	if p.hasHeat {
		var most []float64
		for _, t := range p.e.turns {
			most = append(most, t.heat.v)
		}
		p.heat = panel{plotLeft, plotRight, y, y + 100, 0, roomFor(slices.Max(most) * 1.12)}
		y += 100 + 34
	}
	if p.hasDrift {
		var far []float64
		for _, t := range p.e.turns {
			for _, v := range []opt{t.reply, t.article} {
				if v.ok {
					far = append(far, v.v)
				}
			}
		}
		p.drift = panel{plotLeft, plotRight, y, y + 76, floorFor(far), 1}
		y += 76 + 16
	}
	p.axisBottom = y - 10
	if !p.hasHeat && !p.hasDrift && !p.hasDelay {
		p.axisBottom = p.lane[1] + rmax + 44
	}
	d.Height = int(p.axisBottom) + 44
}

func (p *exchangePlan) anyDelay() bool {
	return slices.ContainsFunc(p.e.turns, func(t turn) bool { return t.delay.ok })
}
