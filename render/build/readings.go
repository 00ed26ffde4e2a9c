package build

import (
	"threadheat/metrics"
	"threadheat/metrics/sensitivity"
	"threadheat/render"
)

// inferred tells how many links are no facts. What they change stands among the
// other readings.
func (b *builder) inferred() []render.Block {
	n := b.t.Inferred()
	if n == 0 {
		return nil
	}
	sum := 0.0
	for i := range b.t.All() {
		sum += b.t.Certainty(i)
	}
	return []render.Block{b.paragraph(
		"{1} of {2} are no facts of the page: they were inferred from the words, with a certainty of {3} on average. Facts always win; where the page says whom a comment answers, nothing was inferred. The command line leaves them out with --infer none.",
		"{1} des {2} ne sont pas des faits de la page : ils ont été déduits des mots, avec une certitude moyenne de {3}. Les faits l’emportent toujours ; là où la page dit à qui un commentaire répond, rien n’a été déduit. En ligne de commande, --infer none les écarte.",
		b.int(n), b.count(b.census.replies, render.Replies), render.Percent(b.lang, sum/float64(n)))}
}

// Threads of more comments are not measured again under other readings, and heat
// and drift, which read every word, not of that many.
const (
	maxReread      = 10_000
	maxRereadWords = 2_000
)

// readings tells what other readings of the thread change: each measure of the
// thread that changes by more than a tenth, beside what it is under each of them.
func (b *builder) readings() ([]render.Block, error) {
	if b.t.Len() > maxReread {
		return []render.Block{b.note("The thread was not measured under other readings (without inferred links, near-duplicates as one): it has more than {1}.",
			"Le fil n’a pas été mesuré selon d’autres lectures (sans liens déduits, quasi-doublons réunis) : il a plus de {1}.", b.count(maxReread, render.Comments))}, nil
	}
	words := b.t.Len() <= maxRereadWords
	r, err := sensitivity.Of(b.table, func(m *metrics.Measure) bool { return words || m.Group != "heat" && m.Group != "drift" })
	if err != nil || len(r.Readings) == 0 || len(r.Ranges) == 0 {
		return nil, err
	}
	t := &render.Table{
		ID: b.prefix + "sensitivity", Caption: b.t2("What other readings of the thread change", "Ce que changent d’autres lectures du fil"),
		Columns: []render.ColumnHead{b.head("measure", "mesure"), b.numeric("value", "valeur"), b.numeric("lowest", "minimum"), b.numeric("highest", "maximum")},
	}
	var titles []string
	for _, reading := range r.Readings {
		title := b.own(reading.Title)
		titles = append(titles, title)
		t.Columns = append(t.Columns, render.ColumnHead{Title: capital(title), Numeric: true})
	}
	for k := range r.Ranges {
		s := &r.Ranges[k]
		if !s.Notable() {
			continue
		}
		number := func(x float64) render.Cell { return b.cell(s.Measure.Unit, metrics.Of(x, 0)) }
		row := []render.Cell{{Text: b.own(s.Measure.Title), Note: b.definition(s.Measure)}, b.cell(s.Measure.Unit, s.Value), number(s.Low), number(s.High)}
		for _, v := range s.Others {
			row = append(row, b.cell(s.Measure.Unit, v))
		}
		t.Rows = append(t.Rows, row)
	}
	blocks := []render.Block{b.paragraph("The thread could also be read {1}. Measures that change by more than a tenth of their value, or are lost or gained: {2} of {3}.",
		"Le fil pourrait aussi se lire {1}. Mesures qui changent de plus d’un dixième de leur valeur, se perdent ou s’ajoutent : {2} sur {3}.",
		render.List(b.lang, titles), b.int(len(t.Rows)), b.int(len(r.Ranges)))}
	if !words {
		blocks = append(blocks, b.note("Heat and drift were left out of this: the thread has more than {1}.", "La chaleur et la dérive n’y figurent pas : le fil a plus de {1}.", b.count(maxRereadWords, render.Comments)))
	}
	if len(t.Rows) > 0 {
		t.Folded = len(t.Rows) > fewReadings // of a flat list nearly everything changes
		blocks = append(blocks, t)
	}
	return blocks, nil
}

// fewReadings is up to how many rows the table of readings stands open.
const fewReadings = 12
