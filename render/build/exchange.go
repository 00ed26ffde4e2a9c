package build

import (
	"fmt"
	"math"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/render"
	"threadheat/thread"
)

func pairID(k int) string { return fmt.Sprintf("exchange-%d", k+1) }

// side is what one person did in an exchange.
type side struct {
	who      thread.AuthorID
	turns    int
	words    int
	lags     []float64 // minutes, of timed replies
	heat     float64   // sum
	hot      int       // turns with a heat
	peak     thread.Index
	peakHeat float64
}

func (b *builder) sides(p exchange.Pair) [2]side {
	s := [2]side{{who: p.A, peak: thread.NoIndex}, {who: p.B, peak: thread.NoIndex}}
	for _, i := range p.Turns {
		k := 0
		if b.t.Author(i) == p.B {
			k = 1
		}
		s[k].turns++
		s[k].words += b.heat[i].Tokens
		if lag, ok := b.lag(p, i); ok {
			s[k].lags = append(s[k].lags, lag)
		}
		if v := b.heatOf(i); v.Defined() {
			s[k].heat += v.X
			s[k].hot++
			if s[k].peak == thread.NoIndex || v.X > s[k].peakHeat {
				s[k].peak, s[k].peakHeat = i, v.X
			}
		}
	}
	return s
}

// lag is the minutes between a turn and the other's comment that it answers.
func (b *builder) lag(p exchange.Pair, i thread.Index) (float64, bool) {
	up := b.t.Parent(i)
	if up == thread.NoIndex {
		return 0, false
	}
	if a := b.t.Author(up); a == b.t.Author(i) || a != p.A && a != p.B {
		return 0, false
	}
	from, to := b.t.Time(up), b.t.Time(i)
	if !from.Timed() || !to.Timed() {
		return 0, false
	}
	return float64(to.UnixMilli()-from.UnixMilli()) / 60_000, true
}

func (b *builder) exchanges() (render.Section, error) {
	s := b.section("exchanges", "Exchanges", "Échanges")
	if len(b.pairs) == 0 {
		s.Blocks = append(s.Blocks, b.note(
			"No two known people answer each other here, so there is no exchange to show.",
			"Ici, deux personnes connues ne se répondent jamais : il n’y a pas d’échange à montrer."))
		return s, nil
	}
	shown := min(len(b.pairs), maxExchanges)
	s.Blocks = append(s.Blocks, b.paragraph(
		"An exchange is two people of whom at least one answers the other; the one with the most turns comes first. In full: {1} of {2}.",
		"Un échange, ce sont deux personnes dont l’une au moins répond à l’autre ; celui qui a le plus de tours vient en premier. En entier : {1} sur {2}.",
		b.int(shown), b.int(len(b.pairs))))
	for k, p := range b.pairs[:shown] {
		blocks, err := b.exchange(k, p)
		if err != nil {
			return s, err
		}
		s.Blocks = append(s.Blocks, blocks...)
	}
	if len(b.pairs) > shown {
		s.Blocks = append(s.Blocks, b.otherPairs(shown)...)
	}
	return s, nil
}

// exchange is one pair in full: its figure, its sides, its turns, its measures.
func (b *builder) exchange(k int, p exchange.Pair) ([]render.Block, error) {
	a, z := b.t.AuthorName(p.A), b.t.AuthorName(p.B)
	id := b.prefix + pairID(k)
	blocks := []render.Block{render.Heading{ID: id, Title: a + " ↔ " + z}}
	fig, err := b.exchangeFigure(p)
	if err != nil {
		return nil, err
	}
	if fig != nil {
		blocks = append(blocks, fig)
	}
	last := b.t.AuthorName(b.t.Author(p.Turns[len(p.Turns)-1]))
	blocks = append(blocks, b.paragraph("{1}{2}. {3} wrote the first turn, {4} the last.", "{1}{2}. {3} a écrit le premier tour, {4} le dernier.",
		b.count(len(p.Turns), render.Turns), b.exchangeTime(p), strange(a), strange(last)))
	if len(p.Turns) < 3 {
		blocks = append(blocks, b.note("Fewer than 3 turns: counts only.", "Moins de 3 tours : des comptes seulement."))
	}
	return append(blocks, b.sidesTable(id, p), b.turnsTable(id, p), b.pairMeasures(id, k)), nil
}

func (b *builder) sidesTable(id string, p exchange.Pair) *render.Table {
	sides := b.sides(p)
	total := sides[0].words + sides[1].words
	t := &render.Table{
		ID: id + "-sides", Caption: b.t2("The two sides", "Les deux côtés"),
		Columns: []render.ColumnHead{
			b.head("person", "personne"), b.numeric("turns", "tours"), b.numeric("words", "mots"), b.numeric("share of words", "part des mots"),
			b.numeric("median latency", "délai médian"), b.numeric("timed replies", "réponses datées"), b.numeric("mean heat", "chaleur moyenne"), b.numeric("peak heat", "chaleur maximale"),
		},
	}
	for _, s := range sides {
		share, lag, mean, peak := render.Cell{Text: render.None, Empty: true}, render.Cell{Text: render.None, Empty: true}, render.Cell{Text: render.None, Empty: true}, render.Cell{Text: render.None, Empty: true}
		if total > 0 {
			x := float64(s.words) / float64(total)
			share = render.Cell{Text: render.Percent(b.lang, x), Sort: x}
		}
		if m, ok := median(s.lags); ok {
			lag = render.Cell{Text: render.Duration(b.lang, m), Sort: m}
		}
		if s.hot > 0 {
			x := s.heat / float64(s.hot)
			mean = render.Cell{Text: render.Fixed(b.lang, x, 2), Sort: x}
			peak = render.Cell{Text: render.Fixed(b.lang, s.peakHeat, 2), Sort: s.peakHeat, Ref: b.nodeID(s.peak)}
		}
		t.Rows = append(t.Rows, []render.Cell{textCell(b.t.AuthorName(s.who)), b.intCell(s.turns), b.intCell(s.words), share, lag, b.intCell(len(s.lags)), mean, peak})
	}
	return t
}

// median is the middle of xs, or the mean of the two in the middle.
func median(xs []float64) (float64, bool) {
	if len(xs) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(xs))
	h := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[h], true
	}
	return sorted[h-1]/2 + sorted[h]/2, true
}

func (b *builder) turnsTable(id string, p exchange.Pair) *render.Table {
	t := &render.Table{
		ID: id + "-turns", Caption: b.t2("The turns", "Les tours"),
		Columns: []render.ColumnHead{
			b.numeric("turn", "tour"), b.head("who", "qui"), b.dated("when", "quand"), b.numeric("latency", "délai"),
			b.numeric("words", "mots"), b.numeric("heat", "chaleur"), b.numeric("drift", "dérive"), b.head("begins", "début"),
		},
	}
	shown := p.Turns
	if len(shown) > maxTurns {
		shown = shown[:maxTurns]
		t.Caption += b.t2(" (the first ", " (les ") + b.int(maxTurns) + b.t2(" of ", " premiers sur ") + b.int(len(p.Turns)) + ")"
	}
	for k, i := range shown {
		lag := render.Cell{Text: render.None, Empty: true}
		if m, ok := b.lag(p, i); ok {
			lag = render.Cell{Text: render.Duration(b.lang, m), Sort: m}
		}
		t.Rows = append(t.Rows, []render.Cell{
			b.intCell(k + 1), b.citeCell(i), b.timeCell(i), lag, b.intCell(b.heat[i].Tokens),
			b.cell(metrics.Heat, b.heatOf(i)), b.cell(metrics.Heat, b.driftOf(i)), textCell(render.Clip(b.t.Text(i), 60)),
		})
	}
	return t
}

// pairMeasures lists every PerPair measure of the k-th pair.
func (b *builder) pairMeasures(id string, k int) *render.Table {
	t := b.valueTable(id+"-measures", b.t2("Measures of this exchange", "Mesures de cet échange"))
	for _, c := range b.table.Columns {
		if c.Measure.Scope == metrics.PerPair && k < len(c.Values) {
			t.Rows = append(t.Rows, b.valueRow(c.Measure, c.Values[k]))
		}
	}
	t.Folded = true
	return t
}

func (b *builder) otherPairs(from int) []render.Block {
	t := &render.Table{
		ID: b.prefix + "other-exchanges", Caption: b.t2("Other exchanges", "Autres échanges"),
		Columns: []render.ColumnHead{
			b.head("first", "en premier"), b.head("with", "avec"), b.numeric("turns", "tours"),
			b.numeric("first answers", "réponses du premier"), b.numeric("other answers", "réponses de l’autre"), b.numeric("peak heat", "chaleur maximale"),
		},
	}
	to := min(len(b.pairs), from+maxPairs)
	for _, p := range b.pairs[from:to] {
		peak := render.Cell{Text: render.None, Empty: true}
		best := math.Inf(-1)
		for _, i := range p.Turns {
			if v := b.heatOf(i); v.Defined() && v.X > best {
				best = v.X
				peak = render.Cell{Text: render.Fixed(b.lang, v.X, 2), Sort: v.X, Ref: b.nodeID(i)}
			}
		}
		t.Rows = append(t.Rows, []render.Cell{
			textCell(b.t.AuthorName(p.A)), textCell(b.t.AuthorName(p.B)), b.intCell(len(p.Turns)), b.intCell(p.AtoB), b.intCell(p.BtoA), peak,
		})
	}
	blocks := []render.Block{t}
	if left := len(b.pairs) - to; left > 0 {
		blocks = append(blocks, b.note("Not listed: {1} pairs with fewer turns.", "Non listées : {1} paires avec moins de tours.", b.int(left)))
	}
	return blocks
}
