package build

import (
	"slices"
	"strconv"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render"
)

// valueTable starts a table of measures with their values.
func (b *builder) valueTable(id, caption string) *render.Table {
	return &render.Table{ID: id, Caption: caption, Columns: []render.ColumnHead{
		b.head("measure", "mesure"), b.numeric("value", "valeur"), {Title: "n", Numeric: true}, b.head("95% interval, p or reason", "intervalle à 95 %, p ou raison"),
	}}
}

// valueRow is one measure with its value; the definition is in the note.
func (b *builder) valueRow(m *metrics.Measure, v metrics.Value) []render.Cell {
	value := b.cell(m.Unit, v)
	value.Note = ""
	return []render.Cell{
		{Text: b.own(m.Title), Note: b.definition(m)}, value, b.intCell(v.N), textCell(render.Beside(b.lang, m.Unit, v)),
	}
}

// definition is all that is known of a measure, one thing a line.
func (w words) definition(m *metrics.Measure) string {
	lines := []string{oneLine(w.own(m.Doc))}
	lines = append(lines, oneLine(m.Formula(w.lang)))
	if i := m.Interval; i != nil && i.How.EN != "" {
		lines = append(lines, w.t2("95% interval: ", "Intervalle à 95 % : ")+w.own(i.How))
	}
	for _, c := range m.Source {
		lines = append(lines, w.t2("Source: ", "Source : ")+c.In(w.lang))
	}
	return strings.Join(append(lines, w.t2("Name: ", "Nom : ")+m.Name), "\n")
}

// measures lists everything that was computed.
func (b *builder) measures() (render.Section, error) {
	s := b.section("measures", "All measures", "Toutes les mesures")
	if len(b.table.Columns) == 0 {
		s.Blocks = append(s.Blocks, b.note("No measure was computed.", "Aucune mesure n’a été calculée."))
		return s, nil
	}
	s.Blocks = append(s.Blocks, b.paragraph("Each measure tells its definition, its source and the name by which the command line knows it. n is the number of observations a value rests on. Intervals are at 95%; q is p corrected for all tests of this thread (Benjamini-Hochberg).",
		"Chaque mesure donne sa définition, sa source et le nom sous lequel la ligne de commande la connaît. n est le nombre d’observations sur lequel repose une valeur. Les intervalles sont à 95 % ; q est p corrigé pour tous les tests de ce fil (Benjamini-Hochberg)."))
	byGroup := map[string]*render.Table{}
	for _, c := range b.columns(metrics.PerThread) {
		g := c.Measure.Group
		if byGroup[g] == nil {
			byGroup[g] = b.valueTable(b.prefix+"measures-"+g, b.t2("Of the thread: ", "Du fil : ")+b.group(g))
			s.Blocks = append(s.Blocks, byGroup[g])
		}
		byGroup[g].Rows = append(byGroup[g].Rows, b.valueRow(c.Measure, c.Values.At(0)))
	}
	for _, scope := range []struct {
		of     metrics.Scope
		en, fr string
	}{
		{metrics.PerComment, "Of each comment", "De chaque commentaire"},
		{metrics.PerAuthor, "Of each person", "De chaque personne"},
		{metrics.PerPair, "Of each exchange", "De chaque échange"},
	} {
		cols := b.columns(scope.of)
		if len(cols) == 0 {
			continue
		}
		t := &render.Table{ID: b.prefix + scope.of.String() + "-measures", Caption: b.t2(scope.en, scope.fr), Columns: []render.ColumnHead{
			b.head("measure", "mesure"), b.numeric("lowest", "minimum"), b.numeric("median", "médiane"), b.numeric("highest", "maximum"),
			b.numeric("values", "valeurs"), b.head("without a value", "sans valeur"),
		}}
		for _, c := range cols {
			t.Rows = append(t.Rows, b.spreadRow(c))
		}
		s.Blocks = append(s.Blocks, t)
	}
	return s, nil
}

// spreadRow is one measure of many values: the least, the median, the most,
// and why some are undefined.
func (b *builder) spreadRow(c metrics.Column) []render.Cell {
	undefined, why := 0, ""
	for _, v := range metrics.All(c.Values) {
		if v.Defined() {
			continue
		}
		if undefined++; why == "" {
			why = b.own(*v.Reason)
		}
	}
	low, mid, high := noCell, noCell, noCell
	least, median, greatest, n := metrics.Spread(c.Values)
	if n > 0 {
		show := func(x float64) render.Cell {
			return render.Cell{Text: render.Quantity(b.lang, c.Measure.Unit, x), Sort: x}
		}
		low, mid, high = show(least), show(median), show(greatest)
	}
	left := ""
	if undefined > 0 {
		left = b.int(undefined) + b.t2(": ", " : ") + why
	}
	return []render.Cell{
		{Text: b.own(c.Measure.Title), Note: b.definition(c.Measure)}, low, mid, high, b.intCell(n), textCell(left),
	}
}

var groupNames = map[string]metrics.Text{
	"shape":      {EN: "shape", FR: "forme"},
	"pace":       {EN: "pace", FR: "rythme"},
	"growth":     {EN: "growth", FR: "croissance"},
	"people":     {EN: "people", FR: "personnes"},
	"replygraph": {EN: "reply graph", FR: "graphe des réponses"},
	"hyperconvo": {EN: "HyperConvo", FR: "HyperConvo"},
	"delab":      {EN: "delab-trees", FR: "delab-trees"},
	"exchange":   {EN: "exchange", FR: "échange"},
	"heat":       {EN: "heat", FR: "chaleur"},
	"drift":      {EN: "drift", FR: "dérive"},
}

func (w words) group(name string) string {
	if t, ok := groupNames[name]; ok {
		return w.own(t)
	}
	return name
}

// methods is what the numbers cannot tell, and how to get them again.
func (b *builder) methods() (render.Section, error) {
	s := b.section("methods", "Methods and limits", "Méthodes et limites")
	m := b.t.Meta()
	s.Blocks = append(s.Blocks,
		b.paragraph("Heat is not hatred. It is made of a model trained on labelled comments in French and English ({1}) and of listed signs in the words (shouting, “you” in a reply, contradiction, sarcasm) against signs of politeness, and explains every point. It misses hatred in calm words and irony without marks; the quotation of somebody else’s insult, coarse words among friends and the name of a group may heat. How often it is right, on which comments and for which groups, is in its model card, metrics/heat/MODEL.md of the source of threadheat.",
			"La chaleur n’est pas la haine. Elle est faite d’un modèle entraîné sur des commentaires annotés en français et en anglais ({1}) et d’une liste de signes dans les mots (majuscules, « vous » dans une réponse, contradiction, sarcasme) contre des signes de politesse, et explique chaque point. La haine en mots calmes et l’ironie sans marque lui échappent ; la citation d’une insulte d’autrui, les gros mots entre amis et le nom d’un groupe peuvent échauffer. Combien de fois elle a raison, sur quels commentaires et pour quels groupes, est dans sa fiche, metrics/heat/MODEL.md des sources de threadheat.", heat.Version),
		b.paragraph("Drift is not derailment. It compares the words of a comment with those of the article and of its parent. Other words for the same thing look like drift; a short comment looks far from everything.",
			"La dérive n’est pas un déraillement. Elle compare les mots d’un commentaire à ceux de l’article et de son parent. D’autres mots pour la même chose ressemblent à une dérive ; un commentaire court semble loin de tout."),
		b.paragraph("One thread is one case. Values with a small n describe it; they prove nothing about people or pages. What could not be computed says why and is never shown as 0.",
			"Un fil est un cas. Les valeurs avec un petit n le décrivent ; elles ne prouvent rien sur les gens ni sur les pages. Ce qui n’a pu être calculé dit pourquoi et n’est jamais montré comme 0."),
		b.paragraph("This page reproduces byte for byte: the same input, version and parameters give the same report. It holds no clock and asks nothing of the network.",
			"Cette page se reproduit à l’octet près : la même entrée, la même version et les mêmes paramètres donnent le même rapport. Elle ne contient pas d’horloge et ne demande rien au réseau."),
	)
	readings, err := b.readings()
	if err != nil {
		return s, err
	}
	s.Blocks = append(s.Blocks, readings...)
	t := b.facts("parameters", "Version, input and parameters", "Version, entrée et paramètres")
	add := func(en, fr, value string) {
		if value != "" {
			t.Rows = append(t.Rows, []render.Cell{textCell(capital(b.t2(en, fr))), textCell(value)})
		}
	}
	add("program", "programme", strings.TrimSpace("threadheat "+b.in.Version))
	add("heat", "chaleur", heat.Version)
	add("input", "entrée", m.Source.Name)
	add("SHA-256 of the input", "SHA-256 de l’entrée", m.Source.SHA256)
	add("seed", "graine", strconv.FormatUint(b.table.Context.Seed, 10))
	add("language of the report", "langue du rapport", string(b.lang))
	add("measures computed", "mesures calculées", b.int(len(b.table.Columns)))
	s.Blocks = append(s.Blocks, t)
	s.Blocks = append(s.Blocks, b.howToCite())
	if sources := b.sources(); len(sources.Rows) > 0 {
		s.Blocks = append(s.Blocks, sources)
	}
	return s, nil
}

func (b *builder) howToCite() render.Paragraph {
	input := b.t.Meta().Source.SHA256
	if len(input) > 16 {
		input = input[:16] + "…"
	}
	if input == "" {
		input = b.own(*metrics.NotComputed)
	}
	return b.paragraph("How to cite: threadheat {1}, report on {2}, input SHA-256 {3}, seed {4}. Measures are cited by their own sources, below.",
		"Pour citer : threadheat {1}, rapport sur {2}, SHA-256 de l’entrée {3}, graine {4}. Les mesures se citent par leurs propres sources, ci-dessous.",
		b.in.Version, strange(render.Quote(b.lang, b.title())), input, strconv.FormatUint(b.table.Context.Seed, 10))
}

// sources lists every work that a computed measure rests on, once, by author.
func (b *builder) sources() *render.Table {
	t := &render.Table{ID: b.prefix + "sources", Caption: b.t2("Sources", "Sources"), Folded: true, Columns: []render.ColumnHead{
		b.head("work", "ouvrage"), b.head("measures", "mesures"),
	}}
	var works []string
	used := map[string][]string{}
	for _, c := range b.table.Columns {
		for _, work := range c.Measure.Source {
			work.Where = ""
			name := work.String()
			if used[name] == nil {
				works = append(works, name)
			}
			if !slices.Contains(used[name], c.Measure.Name) {
				used[name] = append(used[name], c.Measure.Name)
			}
		}
	}
	slices.Sort(works)
	for _, name := range works {
		t.Rows = append(t.Rows, []render.Cell{textCell(name), textCell(strings.Join(used[name], ", "))})
	}
	return t
}
