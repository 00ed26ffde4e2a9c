package build

import (
	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render"
)

const (
	maxSpots  = 5  // that are listed
	maxDepths = 12 // of which the mean is told

	// slight is the rank correlation below which two measures hardly go together:
	// Cohen's small to medium effect (Statistical Power Analysis, 1988).
	slight = 0.3
)

// heatOver tells what the heat does over the thread: nothing where no measure of it
// was asked for.
func (b *builder) heatOver() ([]render.Block, error) {
	t := b.valueTable(b.prefix+"heat-over-measures", b.t2("The heat of the thread, measured", "La chaleur du fil, mesurée"))
	for _, name := range []string{
		"heat-by-time", "heat-by-depth", "heat-contagion", "heat-moran", "hot-spots", "branch-escalation", "turning-point",
		"pile-on-heat", "pile-on-heat-above", "heat-structural-mean", "heat-structural-agreement", "early-warning",
	} {
		if col, ok := b.table.Find(metrics.PerThread, name); ok {
			t.Rows = append(t.Rows, b.valueRow(col.Measure, col.Values.At(0)))
		}
	}
	if len(t.Rows) == 0 {
		return nil, nil
	}
	t.Folded = true
	blocks := []render.Block{render.Heading{ID: b.prefix + "heat-over", Title: b.t2("Heat over the thread", "La chaleur au fil de la discussion")}}
	if !b.anyDefined("heat-contagion", "heat-moran", "branch-escalation", "heat-structural-agreement", "early-warning") {
		return append(blocks, b.note(
			"There are too few comments with a heat, or too few answers among them, to tell what it does over the thread; the table below says what each measure needs.",
			"Il y a trop peu de commentaires dont la chaleur est connue, ou trop peu de réponses entre eux, pour dire ce qu’elle fait au fil de la discussion ; le tableau ci-dessous dit ce que demande chaque mesure."), t), nil
	}
	passes, err := b.contagion()
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, passes...)
	spots, err := b.hotSpots()
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, spots...)
	turn, err := b.turn()
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, turn...)
	blocks = append(blocks, b.wordsAndStructure()...)
	parts, err := b.heatOfParts()
	if err != nil {
		return nil, err
	}
	blocks = append(append(blocks, b.earlyWarning()...), t)
	if len(parts.Rows) > 0 {
		blocks = append(blocks, parts)
	}
	return blocks, nil
}

// heatOfParts is the mean heat at each depth and in each tenth of the timed comments.
func (b *builder) heatOfParts() (*render.Table, error) {
	t := &render.Table{
		ID: b.prefix + "heat-over-parts", Caption: b.t2("Mean heat by depth and by time", "Chaleur moyenne selon la profondeur et le temps"), Folded: true,
		Columns: []render.ColumnHead{b.head("part", "partie"), b.numeric("comments", "commentaires"), b.numeric("mean heat", "chaleur moyenne")},
	}
	add := func(part string, bin heat.Bin) {
		t.Rows = append(t.Rows, []render.Cell{textCell(part), b.intCell(bin.N), b.cell(metrics.Heat, metrics.Of(bin.Mean, bin.N))})
	}
	depths, err := heat.AtDepth.Of(heat.Own, b.table.Context)
	if err != nil {
		return nil, err
	}
	for _, bin := range depths[:min(len(depths), maxDepths)] {
		add(b.t2("depth ", "profondeur ")+b.int(int(bin.From)), bin)
	}
	if len(depths) > maxDepths {
		t.Caption += b.t2(" (the first levels)", " (les premiers niveaux)")
	}
	times, err := heat.OverTime.Of(heat.Own, b.table.Context)
	if err != nil {
		return nil, err
	}
	total := 0
	for _, bin := range times {
		total += bin.N
	}
	if total < fewComments {
		return t, nil
	}
	for _, bin := range times {
		from, to := render.Duration(b.lang, bin.From), render.Duration(b.lang, bin.To)
		add(b.t2("from ", "de ")+from+b.t2(" to ", " à ")+to, bin)
	}
	return t, nil
}

func (b *builder) anyDefined(names ...string) bool {
	for _, name := range names {
		if b.table.Value(name).Defined() {
			return true
		}
	}
	return false
}

// found tells that a value has a p that chance hardly gives, corrected where it was.
func found(v metrics.Value) bool {
	return suspected(v) && (v.More.Q == nil || *v.More.Q <= finding)
}

// suspected tells that a value has a p that chance hardly gives, if it were the only
// one looked at.
func suspected(v metrics.Value) bool {
	return v.Defined() && v.More != nil && v.More.P != nil && *v.More.P <= finding
}

// tests is what stands beside a value, but for why it has no interval.
func (b *builder) tests(u metrics.Unit, v metrics.Value) string {
	return render.Beside(b.lang, u, v.With(func(m *metrics.More) { m.NoCI = nil }))
}

// contagion says whether answers to hotter comments are hotter.
func (b *builder) contagion() ([]render.Block, error) {
	v := b.table.Value("heat-contagion")
	if !v.Defined() {
		return nil, nil
	}
	k, err := heat.Contagions.Of(heat.Own, b.table.Context)
	if err != nil {
		return nil, err
	}
	args := []any{
		render.Number(b.lang, v.X), b.tests(metrics.Ratio, v), b.count(v.N, render.Replies), render.Number(b.lang, k.NullMean),
	}
	switch {
	case found(v):
		return []render.Block{b.paragraph(
			"Heat answers heat: the same author is hotter, by {1} for each 1 of heat, when answering something hotter ({2}; {3}). Where answers of like depth and time exchange what they answer, it is {4} on average. Heat and heat stand together; which makes which is not told.",
			"La chaleur répond à la chaleur : un même auteur est plus chaud, de {1} pour chaque 1 de chaleur, quand il répond à plus chaud ({2} ; {3}). Quand des réponses de profondeur et de moment voisins échangent ce à quoi elles répondent, c’est {4} en moyenne. Chaleur et chaleur vont ensemble ; laquelle fait l’autre n’est pas dit.",
			args...)}, nil
	case suspected(v):
		return []render.Block{b.paragraph(
			"Heat may answer heat: the same author is hotter, by {1} for each 1 of heat, when answering something hotter ({2}; {3}). Where answers of like depth and time exchange what they answer, it is {4} on average; but among all tests of this report one as clear may well come by chance.",
			"La chaleur répond peut-être à la chaleur : un même auteur est plus chaud, de {1} pour chaque 1 de chaleur, quand il répond à plus chaud ({2} ; {3}). Quand des réponses de profondeur et de moment voisins échangent ce à quoi elles répondent, c’est {4} en moyenne ; mais parmi tous les tests de ce rapport, le hasard peut bien en donner un aussi net.",
			args...)}, nil
	}
	return []render.Block{b.paragraph(
		"There is no sign that heat passes from a comment to its answers: the same author is hotter by {1} for each 1 of heat when answering something hotter ({2}; {3}), and by {4} on average where answers of like depth and time exchange what they answer.",
		"Rien n’indique que la chaleur passe d’un commentaire à ses réponses : un même auteur est plus chaud de {1} pour chaque 1 de chaleur quand il répond à plus chaud ({2} ; {3}), et de {4} en moyenne quand des réponses de profondeur et de moment voisins échangent ce à quoi elles répondent.",
		args...)}, nil
}

// hotSpots lists where neighbouring comments are hotter than chance would have it.
func (b *builder) hotSpots() ([]render.Block, error) {
	if !b.table.Value("hot-spots").Defined() {
		return nil, nil
	}
	h, err := heat.Hotnesses.Of(heat.Own, b.table.Context)
	if err != nil {
		return nil, err
	}
	if len(h.Spots) == 0 {
		return []render.Block{b.paragraph(
			"No place in the reply tree is shown to be hotter than the same heats in any order would make it ({1}).",
			"Aucun endroit de l’arbre des réponses n’est plus chaud, de façon établie, que ne le feraient les mêmes chaleurs dans n’importe quel ordre ({1}).",
			b.tests(metrics.Count, b.table.Value("hot-spots")))}, nil
	}
	shown := h.Spots[:min(len(h.Spots), maxSpots)]
	t := &render.Table{
		ID: b.prefix + "hot-spots", Caption: b.t2("Hot spots: neighbours hotter than chance would have it", "Points chauds : des voisins plus chauds que ne le voudrait le hasard"),
		Columns: []render.ColumnHead{
			b.head("around", "autour de"), b.dated("when", "quand"), b.numeric("comments", "commentaires"), b.numeric("mean heat", "chaleur moyenne"),
			{Title: "G*", Numeric: true}, {Title: "p", Numeric: true},
		},
	}
	if len(shown) < len(h.Spots) {
		t.Caption += " (" + b.int(len(shown)) + b.t2(" of ", " sur ") + b.int(len(h.Spots)) + ")"
	}
	for _, s := range shown {
		t.Rows = append(t.Rows, []render.Cell{
			b.citeCell(s.Top), b.timeCell(s.Top), b.intCell(len(s.Comments)), b.cell(metrics.Heat, metrics.Of(s.Mean, len(s.Comments))),
			{Text: render.Fixed(b.lang, s.Z, 1), Sort: s.Z}, {Text: render.Fixed(b.lang, s.P, 3), Sort: s.P},
		})
	}
	return []render.Block{t}, nil
}

// turn names the comment from which the steepest branch is hotter, where chance hardly
// makes such a turn.
func (b *builder) turn() ([]render.Block, error) {
	if !b.table.Value("branch-escalation").Defined() {
		return nil, nil
	}
	all, err := heat.Branchings.Of(heat.Own, b.table.Context)
	if err != nil {
		return nil, err
	}
	first := all.Steepest[0]
	if v := b.table.Value("turning-point"); found(v) {
		return []render.Block{b.paragraph(
			"One branch turns: from {1} on it is hotter by {2} on average ({3}, for {4}).",
			"Une branche bascule : à partir de {1}, elle est plus chaude de {2} en moyenne ({3}, pour {4}).",
			b.cite(first.Comments[all.Turn.At]), render.Fixed(b.lang, all.Turn.Rise, 2), b.tests(metrics.Count, v), b.count(all.Looked, render.Branches))}, nil
	}
	if v := b.table.Value("branch-escalation"); found(v) {
		return []render.Block{b.paragraph(
			"One branch gets hotter step by step, down to {1}: {2} a level ({3}, for {4}).",
			"Une branche s’échauffe pas à pas, jusqu’à {1} : {2} par niveau ({3}, pour {4}).",
			b.cite(first.Comments[len(first.Comments)-1]), render.Signed(b.lang, first.Slope, 2), b.tests(metrics.Heat, v), b.count(all.Looked, render.Branches))}, nil
	}
	if v := b.table.Value("branch-escalation"); suspected(v) {
		return []render.Block{b.paragraph(
			"One branch may get hotter step by step, down to {1}: {2} a level ({3}, for {4}); but among all tests of this report one as clear may well come by chance.",
			"Une branche s’échauffe peut-être pas à pas, jusqu’à {1} : {2} par niveau ({3}, pour {4}) ; mais parmi tous les tests de ce rapport, le hasard peut bien en donner un aussi net.",
			b.cite(first.Comments[len(first.Comments)-1]), render.Signed(b.lang, first.Slope, 2), b.tests(metrics.Heat, v), b.count(all.Looked, render.Branches))}, nil
	}
	if all.Looked == 1 {
		return []render.Block{b.paragraph(
			"The one branch with at least 4 comments is not shown to get hotter beyond what chance gives.",
			"La seule branche d’au moins 4 commentaires ne s’échauffe pas, de façon établie, plus que par hasard.")}, nil
	}
	return []render.Block{b.paragraph(
		"Of {1} with at least 4 comments, none is shown to get hotter beyond what chance gives among as many.",
		"Parmi {1} d’au moins 4 commentaires, aucune ne s’échauffe, de façon établie, plus que le hasard n’en donne parmi autant.", b.count(all.Looked, render.Branches))}, nil
}

// wordsAndStructure says how far the heat of words and that of structure agree.
func (b *builder) wordsAndStructure() []render.Block {
	v := b.table.Value("heat-structural-agreement")
	if !v.Defined() {
		return nil
	}
	beside := b.tests(metrics.Ratio, v)
	if beside != "" {
		beside += b.t2("; ", " ; ")
	}
	beside += b.count(v.N, render.Replies)
	rho := render.Fixed(b.lang, v.X, 2)
	switch {
	case v.More == nil || v.More.CI == nil:
		return []render.Block{b.paragraph(
			"Whether heat in the words and heat in the structure (tempo, alternation, depth, coming back) agree cannot be told here: rank correlation {1} ({2}), and nothing says how far chance alone would go.",
			"Impossible de dire ici si la chaleur des mots et celle de la structure (tempo, alternance, profondeur, retours) s’accordent : corrélation des rangs {1} ({2}), et rien ne dit jusqu’où irait le seul hasard.", rho, beside)}
	case v.More.CI[0] > -slight && v.More.CI[1] < slight:
		return []render.Block{b.paragraph(
			"Heat in the words and heat in the structure (tempo, alternation, depth, coming back) hardly go together: rank correlation {1} ({2}). Here they tell different things.",
			"La chaleur des mots et celle de la structure (tempo, alternance, profondeur, retours) ne vont guère ensemble : corrélation des rangs {1} ({2}). Ici, elles disent des choses différentes.", rho, beside)}
	case v.More.CI[0] <= 0 && v.More.CI[1] >= 0:
		return []render.Block{b.paragraph(
			"Whether heat in the words and heat in the structure (tempo, alternation, depth, coming back) agree is not shown here: rank correlation {1} ({2}). The interval leaves room for both, so that neither agreement nor its absence can be claimed.",
			"Rien n’établit ici si la chaleur des mots et celle de la structure (tempo, alternance, profondeur, retours) s’accordent : corrélation des rangs {1} ({2}). L’intervalle laisse place aux deux : on ne peut affirmer ni leur accord ni son absence.", rho, beside)}
	case v.X < 0:
		return []render.Block{b.paragraph(
			"Heat in the words and heat in the structure (tempo, alternation, depth, coming back) go against each other: rank correlation {1} ({2}). Where people are quick and alternate, their words are cooler.",
			"La chaleur des mots et celle de la structure (tempo, alternance, profondeur, retours) s’opposent : corrélation des rangs {1} ({2}). Là où l’on est rapide et alterne, les mots sont plus froids.", rho, beside)}
	}
	return []render.Block{b.paragraph(
		"Heat in the words and heat in the structure (tempo, alternation, depth, coming back) agree in part: rank correlation {1} ({2}).",
		"La chaleur des mots et celle de la structure (tempo, alternance, profondeur, retours) s’accordent en partie : corrélation des rangs {1} ({2}).", rho, beside)}
}

// earlyWarning says what the first comments showed, and how little that tells.
func (b *builder) earlyWarning() []render.Block {
	v := b.table.Value("early-warning")
	if !v.Defined() {
		return nil
	}
	return []render.Block{b.note(
		"Early warning after {1} comments: {2}, from 0 to 1. It is a rule of thumb and no probability: on the labelled discussions at hand it did not tell better than chance which civil ones would turn. Nothing should be decided on it.",
		"Alerte précoce après {1} commentaires : {2}, de 0 à 1. C’est une règle empirique et non une probabilité : sur les discussions étiquetées disponibles, elle n’a pas dit mieux que le hasard lesquelles, civiles au début, tourneraient mal. Rien ne devrait se décider sur elle.",
		b.int(heat.WarnAfter), render.Fixed(b.lang, v.X, 2))}
}
