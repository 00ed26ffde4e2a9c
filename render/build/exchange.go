package build

import (
	"fmt"
	"math"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/render"
	"threadheat/render/chart"
	"threadheat/thread"
)

func pairID(k int) string { return fmt.Sprintf("exchange-%d", k+1) }

func (b *builder) exchanges() (render.Section, error) {
	s := b.section("exchanges", "Exchanges", "Échanges")
	if len(b.pairs) == 0 {
		s.Blocks = append(s.Blocks, b.note(
			"No two known people answer each other here, so there is no exchange to show.",
			"Ici, deux personnes connues ne se répondent jamais : il n’y a pas d’échange à montrer."))
		return s, nil
	}
	// One exchange at least is shown; of two turns there is little to say.
	shown := 1
	for shown < min(len(b.pairs), maxExchanges) && len(b.pairs[shown].Turns) >= fewTurns {
		shown++
	}
	intro := b.line("An exchange is two people of whom at least one answers the other.", "Un échange, ce sont deux personnes dont l’une au moins répond à l’autre.")
	if len(b.pairs) > 1 {
		intro = append(intro, b.line(" The one with the most turns comes first. In full: {1} of {2}.", " Celui qui a le plus de tours vient en premier. En entier : {1} sur {2}.",
			b.int(shown), b.int(len(b.pairs)))...)
	}
	s.Blocks = append(s.Blocks, render.Paragraph{Line: intro})
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
func (b *builder) exchange(k int, p exchange.Exchange) ([]render.Block, error) {
	a, z := b.t.AuthorName(p.A), b.t.AuthorName(p.B)
	id := b.prefix + pairID(k)
	blocks := []render.Block{render.Heading{ID: id, Title: a + " ↔ " + z}}
	fig, err := b.exchangeFigure(p.Pair)
	if err != nil {
		return nil, err
	}
	if fig != nil {
		blocks = append(blocks, fig)
	}
	if b.table.Context.Given != nil {
		if fig, err = b.givenFigure("exchange", chart.Options{A: p.A, B: p.B, Named: true}); err != nil {
			return nil, err
		}
		if fig != nil {
			blocks = append(blocks, fig)
		}
	}
	turns := b.count(len(p.Turns), render.Turns) + b.exchangeTime(p.Pair)
	if p.Said[len(p.Said)-1].ByA {
		blocks = append(blocks, b.paragraph("{1}. {2} wrote the first turn and the last.", "{1}. {2} a écrit le premier tour et le dernier.", turns, strange(a)))
	} else {
		blocks = append(blocks, b.paragraph("{1}. {2} wrote the first turn, {3} the last.", "{1}. {2} a écrit le premier tour, {3} le dernier.", turns, strange(a), strange(z)))
	}
	if len(p.Turns) < fewTurns {
		blocks = append(blocks, b.note("Fewer than 3 turns: counts only.", "Moins de 3 tours : des comptes seulement."))
	}
	return append(blocks, b.sidesTable(id, p), b.turnsTable(id, p), b.pairMeasures(id, k)), nil
}

func (b *builder) sidesTable(id string, p exchange.Exchange) *render.Table {
	sides := [2]exchange.Side{p.Side(true), p.Side(false)}
	total := sides[0].Words + sides[1].Words
	t := &render.Table{
		ID: id + "-sides", Caption: b.t2("The two sides", "Les deux côtés"),
		Columns: []render.ColumnHead{
			b.head("person", "personne"), b.numeric("turns", "tours"), b.numeric("words", "mots"), b.numeric("share of words", "part des mots"),
			b.numeric("median latency", "délai médian"), b.numeric("timed replies", "réponses datées"), b.numeric("mean heat", "chaleur moyenne"), b.numeric("peak heat", "chaleur maximale"),
		},
	}
	for k, s := range sides {
		who := p.A
		if k == 1 {
			who = p.B
		}
		share := noCell
		if total > 0 {
			x := float64(s.Words) / float64(total)
			share = render.Cell{Text: render.Percent(b.lang, x), Sort: x}
		}
		peak := noCell
		if s.Peak != thread.NoIndex {
			peak = b.cell(metrics.Heat, b.heatOf(s.Peak))
			peak.Ref = b.nodeRef(s.Peak)
		}
		t.Rows = append(t.Rows, []render.Cell{
			textCell(b.t.AuthorName(who)), b.intCell(s.Turns), b.intCell(s.Words), share,
			b.cell(metrics.Minutes, s.Latency), b.intCell(s.Latency.N), b.cell(metrics.Heat, s.Heat), peak,
		})
	}
	return t
}

func (b *builder) turnsTable(id string, p exchange.Exchange) *render.Table {
	t := &render.Table{
		ID: id + "-turns", Caption: b.t2("The turns", "Les tours"),
		Columns: []render.ColumnHead{
			b.numeric("turn", "tour"), b.head("who", "qui"), b.dated("when", "quand"), b.numeric("latency", "délai"),
			b.numeric("words", "mots"), b.numeric("heat", "chaleur"), b.numeric("drift", "dérive"), b.head("begins", "début"),
		},
	}
	shown := p.Said
	if len(shown) > maxTurns {
		shown = shown[:maxTurns]
		t.Caption += b.t2(" (the first ", " (les ") + b.int(maxTurns) + b.t2(" of ", " premiers sur ") + b.int(len(p.Turns)) + ")"
	}
	for k, u := range shown {
		i := u.Comment
		t.Rows = append(t.Rows, []render.Cell{
			b.intCell(k + 1), b.citeCell(i), b.timeCell(i), b.cell(metrics.Minutes, u.Latency), b.intCell(u.Words),
			b.cell(metrics.Heat, u.Heat), b.cell(metrics.Heat, b.driftOf(i)), textCell(render.Clip(b.t.Text(i), 60)),
		})
	}
	return t
}

// pairMeasures lists the PerPair measures of the k-th pair: all of a long one,
// those with a value of a short one.
func (b *builder) pairMeasures(id string, k int) *render.Table {
	t := b.valueTable(id+"-measures", b.t2("Measures of this exchange", "Mesures de cet échange"))
	for _, c := range b.table.Columns {
		if c.Measure.Scope == metrics.PerPair && k < c.Values.Len() && (c.Values.At(k).Defined() || len(b.pairs[k].Turns) >= fewTurns) {
			t.Rows = append(t.Rows, b.valueRow(c.Measure, c.Values.At(k)))
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
		peak := noCell
		best := math.Inf(-1)
		for _, u := range p.Said {
			if u.Heat.Defined() && u.Heat.X > best {
				best = u.Heat.X
				peak = b.cell(metrics.Heat, u.Heat)
				peak.Ref = b.nodeRef(u.Comment)
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
