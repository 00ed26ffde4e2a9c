package build

import (
	"math"

	"threadheat/metrics"
	"threadheat/render"
)

// inferred tells what the inferred links change: each measure of the thread that
// has another value without them, beside the two. Heat and drift are left out:
// they read words before they read links, and would be worked out twice.
func (b *builder) inferred() ([]render.Block, error) {
	n := b.t.Inferred()
	if n == 0 {
		return nil, nil
	}
	var ms []*metrics.Measure
	var with []metrics.Value
	for _, c := range b.columns(metrics.PerThread) {
		if g := c.Measure.Group; g != "heat" && g != "drift" {
			ms, with = append(ms, c.Measure), append(with, c.Values[0])
		}
	}
	without, err := metrics.Run(metrics.NewContext(b.t.Explicit(), b.table.Context.Options), ms)
	if err != nil {
		return nil, err
	}
	sum := 0.0
	for i := range b.t.All() {
		sum += b.t.Certainty(i)
	}
	blocks := []render.Block{b.paragraph(
		"{1} of {2} are no facts of the page: they were inferred from the words, with a certainty of {3} on average. Facts always win; where the page says whom a comment answers, nothing was inferred. The command line leaves them out with --infer none.",
		"{1} des {2} ne sont pas des faits de la page : ils ont été déduits des mots, avec une certitude moyenne de {3}. Les faits l’emportent toujours ; là où la page dit à qui un commentaire répond, rien n’a été déduit. En ligne de commande, --infer none les écarte.",
		b.int(n), b.count(b.census.replies, render.Replies), render.Percent(b.lang, sum/float64(n)))}
	t := &render.Table{
		ID: b.prefix + "inferred-difference", Caption: b.t2("What the inferred links change", "Ce que changent les liens déduits"),
		Columns: []render.ColumnHead{b.head("measure", "mesure"), b.numeric("with them", "avec eux"), b.numeric("without", "sans eux")},
	}
	for i, c := range without.Columns {
		if v := c.Values[0]; !sameValue(v, with[i]) {
			t.Rows = append(t.Rows, []render.Cell{{Text: b.own(c.Measure.Title), Note: b.definition(c.Measure)}, b.cell(c.Measure.Unit, with[i]), b.cell(c.Measure.Unit, v)})
		}
	}
	if len(t.Rows) == 0 {
		return append(blocks, b.note("No measure of the thread changes with them.", "Aucune mesure du fil ne change avec eux.")), nil
	}
	return append(blocks, t), nil
}

// sameValue tells that two values say the same, up to rounding in the last digits.
func sameValue(v, w metrics.Value) bool {
	return v.Defined() == w.Defined() && math.Abs(v.X-w.X) <= 1e-12*math.Max(math.Abs(v.X), math.Abs(w.X))
}
