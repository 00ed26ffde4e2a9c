package build

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"threadheat/metrics"
	"threadheat/metrics/compare"
	"threadheat/render"
)

// finding is the q-value up to which a difference is called one.
const finding = 0.05

// maxFindings is how many differences the summary names.
const maxFindings = 5

// Comparison makes the report of how two sides differ.
func Comparison(c *compare.Result, l metrics.Lang, version string) *render.Report {
	b := &comparison{words{l}, c}
	r := &render.Report{Lang: l, Version: version, Title: b.title(), Keys: b.keys(), Summary: b.summary()}
	for _, s := range []render.Section{b.sides(), b.inWords(), b.tables(), b.series(), b.methods()} {
		if len(s.Blocks) > 0 {
			r.Sections = append(r.Sections, s)
		}
	}
	return r
}

// Sentences says what each row of a comparison shows, in the order of its rows.
func Sentences(c *compare.Result, l metrics.Lang) []string {
	b := &comparison{words{l}, c}
	out := make([]string, len(c.Rows))
	for k := range c.Rows {
		out[k] = b.sentence(&c.Rows[k])
	}
	return out
}

type comparison struct {
	words
	*compare.Result
}

func (b *comparison) title() string {
	if !b.Split.IsZero() {
		return b.t2("Before and after", "Avant et après")
	}
	return b.t2("Two sides compared", "Deux côtés comparés")
}

// unit counts what was observed: threads, or branches of one.
func (b *comparison) unit(n int) string {
	if b.Branches {
		return b.count(n, render.Branches)
	}
	return b.count(n, render.Threads)
}

func (b *comparison) keys() []render.Key {
	noun := render.Threads
	if b.Branches {
		noun = render.Branches
	}
	var keys []render.Key
	for s, letter := range []string{"A", "B"} {
		n := len(b.Sides[s].Observations)
		keys = append(keys, render.Key{Label: b.of(n, noun) + " " + letter, Value: b.int(n), Note: b.Sides[s].Name, Ref: "sides"})
	}
	return append(keys,
		render.Key{Label: b.t2("tests", "tests"), Value: b.int(b.Tests), Ref: "table"},
		render.Key{Label: b.t2("differences shown", "différences montrées"), Value: b.int(len(b.found())), Ref: "in-words"})
}

// found are the rows that show a difference, the surest first.
func (b *comparison) found() []*compare.Row {
	var out []*compare.Row
	for k := range b.Rows {
		if t := b.Rows[k].Test; t != nil && t.Q <= finding {
			out = append(out, &b.Rows[k])
		}
	}
	slices.SortStableFunc(out, func(x, y *compare.Row) int {
		return cmp.Or(cmp.Compare(x.Test.Q, y.Test.Q), cmp.Compare(math.Abs(y.Dominance.X), math.Abs(x.Dominance.X)))
	})
	return out
}

func (b *comparison) summary() []render.Line {
	found := b.found()
	tested := 0
	for k := range b.Rows {
		if b.Rows[k].Test != nil {
			tested++
		}
	}
	lines := []render.Line{b.line("{1} in A ({2}), {3} in B ({4}).", "{1} en A ({2}), {3} en B ({4}).",
		b.unit(len(b.Sides[0].Observations)), strange(b.Sides[0].Name), b.unit(len(b.Sides[1].Observations)), strange(b.Sides[1].Name))}
	if len(found) == 0 {
		return append(lines, b.line("Measures that could be tested: {1}; different by more than chance explains (q ≤ 0.05): none. That is no proof that the sides are alike.",
			"Mesures qui ont pu être testées : {1} ; différentes plus que le hasard ne l’explique (q ≤ 0,05) : aucune. Cela ne prouve pas que les côtés se ressemblent.", b.int(tested)))
	}
	lines = append(lines, b.line("Measures that could be tested: {1}; different by more than chance explains (q ≤ 0.05): {2}. The surest first:",
		"Mesures qui ont pu être testées : {1} ; différentes plus que le hasard ne l’explique (q ≤ 0,05) : {2}. Les plus sûres d’abord :", b.int(tested), render.Span{Text: b.int(len(found)), Ref: "in-words"}))
	for _, row := range found[:min(len(found), maxFindings)] {
		lines = append(lines, render.Line{{Text: b.sentence(row)}})
	}
	return lines
}

// name is what a row compares.
func (b *comparison) name(row *compare.Row) string {
	if row.OfComments {
		return b.own(row.Title) + b.t2(", mean of the comments", ", moyenne des commentaires")
	}
	return b.own(row.Title)
}

func (b *comparison) quantity(row *compare.Row, x float64) string {
	return render.Quantity(b.lang, row.Unit, x)
}

func (b *comparison) signed(row *compare.Row, x float64) string {
	s := b.quantity(row, x)
	if x > 0 && s[0] != '+' {
		return "+" + s
	}
	return s
}

// sentence says what a row shows, so that it can stand alone.
func (b *comparison) sentence(row *compare.Row) string {
	if !row.Difference.Defined() {
		return b.line("{1}: cannot be compared; {2}.", "{1} : incomparable ; {2}.", b.name(row), b.own(*row.Difference.Reason)).String()
	}
	means := b.line("mean {1} in A (n = {2}), {3} in B (n = {4}), difference {5}", "moyenne {1} en A (n = {2}), {3} en B (n = {4}), écart {5}",
		b.quantity(row, row.Sides[0].Mean), b.int(row.Sides[0].N), b.quantity(row, row.Sides[1].Mean), b.int(row.Sides[1].N), b.signed(row, row.Difference.X)).String()
	if more := row.Difference.More; more != nil {
		means += b.line(" (95% interval {1} to {2})", " (intervalle à 95 % de {1} à {2})", b.signed(row, more.CI[0]), b.signed(row, more.CI[1])).String()
	}
	if b.Branches && row.Sides[0].Whole.Defined() && row.Sides[1].Whole.Defined() {
		means += b.line("; the threads as a whole {1} and {2}", " ; les fils entiers {1} et {2}",
			b.quantity(row, row.Sides[0].Whole.X), b.quantity(row, row.Sides[1].Whole.X)).String()
	}
	small := ""
	if min(row.Sides[0].N, row.Sides[1].N) < compare.Few {
		small = b.t2(" Few observations.", " Peu de données.")
	}
	if row.Test == nil {
		return b.line("{1}: not tested, {2}; {3}.", "{1} : sans test, {2} ; {3}.", b.name(row), b.own(*row.NoTest), means).String() + small
	}
	effect := b.line("Cliff’s delta {1}, {2}; {3}", "delta de Cliff {1}, {2} ; {3}",
		render.Signed(b.lang, row.Dominance.X, 2), b.own(compare.Size(row.Dominance.X)), equation(b.lang, row.Test.Q)).String()
	switch {
	case row.Test.Q > finding:
		return b.line("{1}: no difference shown; {2}; {3}.", "{1} : pas de différence montrée ; {2} ; {3}.", b.name(row), means, effect).String() + small
	case row.Dominance.X > 0:
		return b.line("{1}: values tend to be higher in B; {2}; {3}.", "{1} : valeurs en général plus élevées en B ; {2} ; {3}.", b.name(row), means, effect).String() + small
	}
	return b.line("{1}: values tend to be lower in B; {2}; {3}.", "{1} : valeurs en général plus faibles en B ; {2} ; {3}.", b.name(row), means, effect).String() + small
}

// probability writes a p or q with three decimals, or that it is less.
func probability(l metrics.Lang, p float64) string {
	if p < 0.001 {
		return "<" + render.Fixed(l, 0.001, 3)
	}
	return render.Fixed(l, p, 3)
}

// equation is a q-value in a sentence.
func equation(l metrics.Lang, q float64) string {
	if q < 0.001 {
		return "q < " + render.Fixed(l, 0.001, 3)
	}
	return "q = " + render.Fixed(l, q, 3)
}

func (b *comparison) sides() render.Section {
	s := render.Section{ID: "sides", Title: b.t2("The two sides", "Les deux côtés")}
	t := &render.Table{ID: "sides-table", Caption: b.t2("What is compared", "Ce qui est comparé"), Columns: []render.ColumnHead{
		b.head("side", "côté"), b.head("what", "quoi"), b.numeric("observations", "observations"), b.numeric("comments", "commentaires"), b.dated("first", "premier"), b.dated("last", "dernier"), b.numeric("undated", "sans date"),
	}}
	for k, side := range b.Sides {
		comments, undated := 0, 0
		var first, last = noCell, noCell
		for _, o := range side.Observations {
			comments += o.Size
			if o.Start.IsZero() {
				undated++
				continue
			}
			at := float64(o.Start.UnixMilli())
			if first.Empty || at < first.Sort {
				first = b.stampCell(o.Start)
			}
			if last.Empty || at > last.Sort {
				last = b.stampCell(o.Start)
			}
		}
		t.Rows = append(t.Rows, []render.Cell{textCell(string(rune('A' + k))), textCell(side.Name), b.intCell(len(side.Observations)), b.intCell(comments), first, last, b.intCell(undated)})
	}
	if b.Branches {
		s.Blocks = append(s.Blocks, b.note("Each side is one thread: what is compared are its branches, each top-level comment with all below it, as if each were a thread. Branches of one thread are not independent, and two threads may differ for any reason: this describes the two, and proves nothing about where they come from.",
			"Chaque côté est un seul fil : on compare ses branches, chaque commentaire de premier niveau avec tout ce qui le suit, comme si chacune était un fil. Les branches d’un fil ne sont pas indépendantes, et deux fils peuvent différer pour bien des raisons : ceci les décrit, sans rien prouver sur leur origine."))
	} else if least := min(len(b.Sides[0].Observations), len(b.Sides[1].Observations)); least == 0 {
		s.Blocks = append(s.Blocks, b.note("One side is empty: there is nothing to compare.", "Un côté est vide : il n’y a rien à comparer."))
	} else if least < compare.Few {
		s.Blocks = append(s.Blocks, b.note("One side has only {1}: only large differences can show, and those that show are likely to look larger than they are.",
			"Un côté n’a que {1} : seules de grandes différences peuvent apparaître, et celles qui apparaissent ont des chances de sembler plus grandes qu’elles ne sont.", b.unit(least)))
	}
	s.Blocks = append(s.Blocks, t)
	return s
}

// inWords says what every row shows, differences first.
func (b *comparison) inWords() render.Section {
	s := render.Section{ID: "in-words", Title: b.t2("Measure by measure", "Mesure par mesure")}
	list := func(id, en, fr string, rows []*compare.Row) {
		if len(rows) == 0 {
			return
		}
		s.Blocks = append(s.Blocks, render.Heading{ID: id, Title: b.t2(en, fr)})
		for _, row := range rows {
			s.Blocks = append(s.Blocks, render.P(b.sentence(row)))
		}
	}
	found := b.found()
	var open, untested []*compare.Row
	for k := range b.Rows {
		switch row := &b.Rows[k]; {
		case row.Test == nil:
			untested = append(untested, row)
		case row.Test.Q > finding:
			open = append(open, row)
		}
	}
	list("differences", "Differences", "Différences", found)
	list("no-differences", "No difference shown", "Pas de différence montrée", open)
	list("not-tested", "Not tested", "Sans test", untested)
	return s
}

// tables has all numbers, group by group.
func (b *comparison) tables() render.Section {
	s := render.Section{ID: "table", Title: b.t2("All numbers", "Tous les nombres")}
	s.Blocks = append(s.Blocks, b.paragraph("Differences are B less A. δ is Cliff’s delta: how much more often a value of B is above one of A than below. p is that of the Mann-Whitney test, q what it becomes among all {1} tests of this report (Benjamini-Hochberg).",
		"Les écarts sont B moins A. δ est le delta de Cliff : combien plus souvent une valeur de B est au-dessus d’une de A qu’en dessous. p est celui du test de Mann-Whitney, q ce qu’il devient parmi les {1} tests de ce rapport (Benjamini-Hochberg).", b.int(b.Tests)))
	byGroup := map[string]*render.Table{}
	for k := range b.Rows {
		row := &b.Rows[k]
		t := byGroup[row.Group]
		if t == nil {
			t = &render.Table{ID: "compare-" + row.Group, Caption: capital(b.group(row.Group)), Columns: b.columns()}
			byGroup[row.Group] = t
			s.Blocks = append(s.Blocks, t)
		}
		t.Rows = append(t.Rows, b.cells(row))
	}
	return s
}

func (b *comparison) columns() []render.ColumnHead {
	cols := []render.ColumnHead{b.head("measure", "mesure")}
	if b.Branches {
		cols = append(cols, b.numeric("thread A", "fil A"), b.numeric("thread B", "fil B"))
	}
	return append(cols,
		render.ColumnHead{Title: "n A", Numeric: true}, render.ColumnHead{Title: "n B", Numeric: true},
		b.numeric("mean A", "moyenne A"), b.numeric("mean B", "moyenne B"), b.numeric("median A", "médiane A"), b.numeric("median B", "médiane B"),
		b.numeric("difference", "écart"), b.numeric("from", "de"), b.numeric("to", "à"),
		render.ColumnHead{Title: "δ", Numeric: true}, render.ColumnHead{Title: "p", Numeric: true}, render.ColumnHead{Title: "q", Numeric: true})
}

func (b *comparison) cells(row *compare.Row) []render.Cell {
	cells := []render.Cell{{Text: b.name(row), Note: b.definition(row.Measure)}}
	if b.Branches {
		cells = append(cells, b.cell(row.Unit, row.Sides[0].Whole), b.cell(row.Unit, row.Sides[1].Whole))
	}
	cells = append(cells, b.intCell(row.Sides[0].N), b.intCell(row.Sides[1].N))
	for _, of := range []func(compare.Summary) float64{
		func(s compare.Summary) float64 { return s.Mean }, func(s compare.Summary) float64 { return s.Median },
	} {
		for _, side := range row.Sides {
			v := metrics.Undefined(0, side.Why)
			if side.N > 0 {
				v = metrics.Of(of(side), side.N)
			}
			cells = append(cells, b.cell(row.Unit, v))
		}
	}
	return append(cells, b.changeCells(row, row.Difference, row.NoInterval, row.Dominance, row.Test, row.NoTest)...)
}

// changeCells are a difference with its interval, a dominance, p and q.
func (b *comparison) changeCells(row *compare.Row, d metrics.Value, noInterval *metrics.Text, delta metrics.Value, test *compare.Test, noTest *metrics.Text) []render.Cell {
	none := func(why *metrics.Text) render.Cell {
		c := noCell
		if why != nil {
			c.Note = b.own(*why)
		}
		return c
	}
	number := func(x float64) render.Cell { return render.Cell{Text: b.signed(row, x), Sort: x} }
	cells := []render.Cell{none(noInterval), none(noInterval), none(noInterval)}
	if d.Defined() {
		cells[0] = number(d.X)
		if d.More != nil {
			cells[1], cells[2] = number(d.More.CI[0]), number(d.More.CI[1])
		}
	}
	if delta.Defined() {
		cell := render.Cell{Text: render.Signed(b.lang, delta.X, 2), Sort: delta.X}
		if delta.More != nil {
			cell.Note = b.t2("95% interval: ", "intervalle à 95 % : ") + render.Signed(b.lang, delta.More.CI[0], 2) + " … " + render.Signed(b.lang, delta.More.CI[1], 2)
		}
		cells = append(cells, cell)
	} else {
		cells = append(cells, none(delta.Reason))
	}
	return append(cells, b.testCells(test, noTest)...)
}

func (b *comparison) testCells(test *compare.Test, why *metrics.Text) []render.Cell {
	if test == nil {
		c := noCell
		if why != nil {
			c.Note = b.own(*why)
		}
		return []render.Cell{c, c}
	}
	return []render.Cell{{Text: probability(b.lang, test.P), Sort: test.P}, {Text: probability(b.lang, test.Q), Sort: test.Q}}
}

// series is the interrupted time series.
func (b *comparison) series() render.Section {
	s := render.Section{ID: "series", Title: b.t2("The series through the change", "La série au passage du changement")}
	if b.Split.IsZero() {
		return s
	}
	if b.NoSeries != nil {
		s.Blocks = append(s.Blocks, render.N(capital(b.own(*b.NoSeries))+"."))
		return s
	}
	s.Blocks = append(s.Blocks, b.paragraph("All {1} dated threads in the order of their start, with a line before the change and one after it: how far the second begins from where the first ends, and how much steeper it is, per day. A plain difference of means would mistake a trend that was there before for an effect. Anything else that happened at the same time would show too.",
		"Les {1} fils datés dans l’ordre de leur début, avec une droite avant le changement et une après : à quelle distance de la fin de la première commence la seconde, et de combien elle est plus pentue, par jour. Une simple différence de moyennes prendrait pour un effet une tendance déjà présente. Tout ce qui serait arrivé au même moment apparaîtrait aussi.",
		b.int(b.Series[0]+b.Series[1])))
	t := &render.Table{ID: "series-table", Caption: b.t2("Jump and change of slope at the split", "Saut et changement de pente au moment du changement"), Columns: []render.ColumnHead{
		b.head("measure", "mesure"), {Title: "n", Numeric: true},
		b.numeric("jump", "saut"), b.numeric("from", "de"), b.numeric("to", "à"), {Title: "p", Numeric: true}, {Title: "q", Numeric: true},
		b.numeric("slope, per day", "pente, par jour"), b.numeric("from", "de"), b.numeric("to", "à"), {Title: "p", Numeric: true}, {Title: "q", Numeric: true},
	}}
	for k := range b.Rows {
		row := &b.Rows[k]
		if row.LevelTest == nil {
			continue
		}
		cells := []render.Cell{{Text: b.name(row), Note: b.definition(row.Measure)}, b.intCell(row.Level.N)}
		for _, c := range []struct {
			v    metrics.Value
			test *compare.Test
		}{{row.Level, row.LevelTest}, {row.Slope, row.SlopeTest}} {
			for _, x := range []float64{c.v.X, c.v.More.CI[0], c.v.More.CI[1]} {
				cells = append(cells, render.Cell{Text: b.signed(row, x), Sort: x})
			}
			cells = append(cells, b.testCells(c.test, nil)...)
		}
		t.Rows = append(t.Rows, cells)
		for _, c := range []struct {
			v      metrics.Value
			test   *compare.Test
			en, fr string
		}{
			{row.Level, row.LevelTest, "{1}: a jump of {2} at the split; {3}.", "{1} : un saut de {2} au moment du changement ; {3}."},
			{row.Slope, row.SlopeTest, "{1}: a change of slope of {2} a day; {3}.", "{1} : un changement de pente de {2} par jour ; {3}."},
		} {
			if c.test.Q <= finding {
				s.Blocks = append(s.Blocks, b.paragraph(c.en, c.fr, b.name(row), b.signed(row, c.v.X), equation(b.lang, c.test.Q)))
			}
		}
	}
	s.Blocks = append(s.Blocks, t)
	return s
}

func (b *comparison) methods() render.Section {
	s := render.Section{ID: "methods", Title: b.t2("Methods and limits", "Méthodes et limites")}
	s.Blocks = append(s.Blocks,
		b.paragraph("Intervals of differences are BCa bootstrap intervals at 95 % of {1} samples drawn anew from each side (Efron 1987), widened for few observations as Hesterberg (2015) does, beyond 2,000 observations those of the normal law. They treat the observations as independent. p is exact up to 50 observations, ties included (Mann & Whitney 1947). The interval of δ is Newcombe’s (2006, method 5); negligible, small, medium and large follow Romano et al. (2006).",
			"Les intervalles des écarts sont des intervalles BCa à 95 % sur {1} échantillons tirés à nouveau de chaque côté (Efron 1987), élargis pour les petits nombres à la manière de Hesterberg (2015), et ceux de la loi normale au-delà de 2 000 observations. Ils traitent les observations comme indépendantes. p est exact jusqu’à 50 observations, ex æquo compris (Mann & Whitney 1947). L’intervalle de δ est celui de Newcombe (2006, méthode 5) ; négligeable, faible, moyen et fort suivent Romano et al. (2006).", b.int(b.Draws)),
		b.paragraph("A difference between two sides does not tell its cause. Many measures say nearly the same thing, and grow with the size of a thread: read them together with the number of comments.",
			"Une différence entre deux côtés ne dit pas sa cause. Bien des mesures disent presque la même chose, et croissent avec la taille du fil : à lire avec le nombre de commentaires."))
	if !b.Split.IsZero() {
		s.Blocks = append(s.Blocks, b.paragraph("The series is a segmented regression (Wagner et al. 2002) whose errors bear with neighbours that resemble each other (the larger of Newey & West 1987 with leverage, and of a correlation of neighbours). A thread belongs to the moment of its first comment; times without a zone are taken for UTC.",
			"La série est une régression segmentée (Wagner et al. 2002) dont les erreurs supportent que des voisins se ressemblent (la plus grande de celle de Newey & West 1987 avec levier et de celle d’une corrélation des voisins). Un fil appartient au moment de son premier commentaire ; les heures sans fuseau sont prises pour UTC."))
	}
	s.Blocks = append(s.Blocks, b.paragraph("Seed: {1}.", "Graine : {1}.", strconv.FormatUint(b.Seed, 10)))
	return s
}
