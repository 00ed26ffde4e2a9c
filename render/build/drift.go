package build

import (
	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/render"
)

const (
	maxPoints    = 10 // drift points that are listed
	maxTold      = 3  // of which it is said where the branch turned
	typicalCites = 3  // comments named of a topic
)

// driftOver tells where branches leave their subject, how many comments are off the
// article, what the thread does as it goes on, and what the drifted branches speak
// of: nothing where no measure of it was asked for.
func (b *builder) driftOver() ([]render.Block, error) {
	t := b.valueTable(b.prefix+"drift-measures", b.t2("The drift of the thread, measured", "La dérive du fil, mesurée"))
	for _, name := range []string{"drift-points", "off-article-share", "drift-trend", "drift-topics", "drift-mean"} {
		if col, ok := b.table.Find(metrics.PerThread, name); ok {
			t.Rows = append(t.Rows, b.valueRow(col.Measure, col.Values.At(0)))
		}
	}
	if _, ok := b.table.Find(metrics.PerThread, "drift-points"); !ok {
		return nil, nil
	}
	t.Folded = true
	var blocks []render.Block
	for _, part := range []func() ([]render.Block, error){b.driftPoints, b.offArticle, b.driftCurves, b.driftTopics} {
		more, err := part()
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, more...)
	}
	return append(blocks, t), nil
}

// driftPoints names the comments that begin something else.
func (b *builder) driftPoints() ([]render.Block, error) {
	v := b.table.Value("drift-points")
	turns, err := drift.Points.Of(b.table.Context)
	if err != nil {
		return nil, err
	}
	if len(turns.Points) == 0 {
		if !v.Defined() {
			return []render.Block{b.paragraph("Whether a branch leaves its subject cannot be told: {1}.", "On ne peut dire si une branche quitte son sujet : {1}.", b.own(*v.Reason))}, nil
		}
		return []render.Block{b.paragraph(
			"No branch is seen to leave what it answers: of {1} with words enough, none begins with words clearly other than those above it.",
			"On ne voit aucune branche quitter ce à quoi elle répond : sur {1} ayant assez de mots, aucune n’entame des mots nettement autres que ceux d’au-dessus.",
			b.count(v.N, render.Replies))}, nil
	}
	var blocks []render.Block
	for _, p := range turns.Points[:min(maxTold, len(turns.Points))] {
		parent := b.cite(b.t.Parent(p.At))
		if len(p.Before) == 0 || len(p.After) == 0 {
			blocks = append(blocks, b.paragraph(
				"{1} begins something else than {2}.", "{1} entame autre chose que {2}.", b.cite(p.At), parent))
			continue
		}
		blocks = append(blocks, b.paragraph(
			"{1} begins something else than {2}: before it {3}, from it on {4}.",
			"{1} entame autre chose que {2} : avant, {3} ; à partir de là, {4}.",
			b.cite(p.At), parent, strange(b.named(p.Before, 3)), strange(b.named(p.After, 3))))
	}
	shown := turns.Points[:min(maxPoints, len(turns.Points))]
	t := &render.Table{
		ID: b.prefix + "drift-points", Caption: b.t2("Where branches leave their subject", "Où des branches quittent leur sujet"),
		Columns: []render.ColumnHead{
			b.head("comment", "commentaire"), b.dated("when", "quand"), b.head("answers", "répond à"), b.numeric("evidence (nats)", "indices (nats)"),
			b.head("words before and beside", "mots d’avant et d’à côté"), b.head("words from there on", "mots à partir de là"),
		},
	}
	if len(shown) < len(turns.Points) {
		t.Caption += " (" + b.int(len(shown)) + b.t2(" of ", " sur ") + b.int(len(turns.Points)) + ")"
	}
	for _, p := range shown {
		t.Rows = append(t.Rows, []render.Cell{
			b.citeCell(p.At), b.timeCell(p.At), b.citeCell(b.t.Parent(p.At)), {Text: render.Fixed(b.lang, p.Nats, 1), Sort: p.Nats},
			textCell(b.named(p.Before, len(p.Before))), textCell(b.named(p.After, len(p.After))),
		})
	}
	if !turns.Whole {
		t.Caption += b.t2("; the search ended before all were found", " ; la recherche s’est arrêtée avant de les trouver tous")
	}
	return append(blocks, t, b.note(
		"About one ordinary reply in twenty looks like this by chance; the words say whether it is a turn.",
		"Environ une réponse ordinaire sur vingt a cet air par hasard ; les mots disent si c’est un tournant.")), nil
}

// named are the first n words.
func (b *builder) named(ws []drift.Word, n int) string {
	var out []string
	for _, w := range ws[:min(n, len(ws))] {
		out = append(out, render.Quote(b.lang, render.Clip(w.Text, 30)))
	}
	return render.List(b.lang, out)
}

// offArticle says how many comments are off the article.
func (b *builder) offArticle() ([]render.Block, error) {
	v := b.table.Value("off-article-share")
	if !v.Defined() {
		return []render.Block{b.note("How many comments are off the article cannot be told: {1}.", "On ne peut dire combien de commentaires sont hors de l’article : {1}.", b.own(*v.Reason))}, nil
	}
	o, err := drift.FromOpening.Of(b.table.Context)
	if err != nil {
		return nil, err
	}
	what := b.t2("the article", "l’article")
	if !o.Article {
		what = b.t2("the comment that opens the thread", "le commentaire qui ouvre le fil")
	}
	off := o.Count(drift.OffArticle)
	beside := ""
	if v.More != nil && v.More.CI != nil {
		beside = b.t2("; ", " ; ") + b.tests(metrics.Ratio, v)
	}
	return []render.Block{b.paragraph(
		"With hardly a word of {1}: {2} of {3} whose words tell ({4}{5}). Whose words do not tell: {6}.",
		"Avec à peine un mot repris à {1} : {2} sur {3} dont les mots tranchent ({4}{5}). Dont les mots ne tranchent pas : {6}.",
		what, b.int(off), b.count(v.N, render.Comments), render.Percent(b.lang, v.X), beside, b.count(o.Count(drift.Undecided), render.Comments))}, nil
}

// driftCurves tells how far from the article the comments are as the thread goes on.
func (b *builder) driftCurves() ([]render.Block, error) {
	curves, err := drift.DriftCurves.Of(b.table.Context)
	if err != nil || curves.Why != nil {
		return nil, err
	}
	var blocks []render.Block
	if v := b.table.Value("drift-trend"); v.Defined() {
		args := []any{render.Fixed(b.lang, v.X, 2), b.tests(metrics.Ratio, v), b.count(v.N, render.Comments)}
		switch {
		case !found(v):
			blocks = append(blocks, b.paragraph(
				"Over time there is no drift beyond what the same comments give in random order: rank correlation {1} ({2}; {3}).",
				"Avec le temps, pas de dérive au-delà de ce que donnent les mêmes commentaires en ordre aléatoire : corrélation des rangs {1} ({2} ; {3}).", args...))
		case v.X > 0:
			blocks = append(blocks, b.paragraph(
				"The later, the further from where it began: rank correlation {1} ({2}; {3}).",
				"Plus on avance, plus on s’éloigne du point de départ : corrélation des rangs {1} ({2} ; {3}).", args...))
		default:
			blocks = append(blocks, b.paragraph(
				"The later, the closer to where it began: rank correlation {1} ({2}; {3}).",
				"Plus on avance, plus on se rapproche du point de départ : corrélation des rangs {1} ({2} ; {3}).", args...))
		}
	}
	t := &render.Table{
		ID: b.prefix + "drift-curves", Caption: b.t2("Distance from where the thread began, step by step", "Distance au point de départ du fil, pas à pas"), Folded: true,
		Columns: []render.ColumnHead{
			b.head("along", "le long de"), b.head("from", "de"), b.head("to", "à"), b.numeric("comments", "commentaires"),
			b.numeric("mean distance", "distance moyenne"), b.head("in random order, 95%", "en ordre aléatoire, 95 %"),
		},
	}
	add := func(along string, c drift.Curve) {
		for _, s := range c.Steps {
			mark := ""
			switch {
			case s.Mean > s.High:
				mark = b.t2(" (further)", " (plus loin)")
			case s.Mean < s.Low:
				mark = b.t2(" (closer)", " (plus près)")
			}
			t.Rows = append(t.Rows, []render.Cell{
				textCell(along), b.citeCell(s.From), b.citeCell(s.To), b.intCell(s.N), {Text: render.Signed(b.lang, s.Mean, 2), Sort: s.Mean},
				textCell(render.Signed(b.lang, s.Low, 2) + b.t2(" to ", " à ") + render.Signed(b.lang, s.High, 2) + mark),
			})
		}
	}
	if curves.Time.N >= fewComments {
		add(b.t2("time", "temps"), curves.Time)
	}
	for k, c := range curves.Branches {
		add(b.t2("branch ", "branche ")+b.int(k+1), c)
	}
	if len(t.Rows) > 0 {
		blocks = append(blocks, t)
	}
	return blocks, nil
}

// driftTopics names the topics of the drifted branches, where there are any.
func (b *builder) driftTopics() ([]render.Block, error) {
	x, err := drift.DriftTopics.Of(b.table.Context)
	if err != nil {
		return nil, err
	}
	if len(x.List) == 0 {
		return nil, nil // why stands in the table of measures
	}
	t := &render.Table{
		ID: b.prefix + "drift-topics", Caption: b.t2("What the drifted branches speak of", "De quoi parlent les branches dérivées"),
		Columns: []render.ColumnHead{b.head("words", "mots"), b.numeric("comments", "commentaires"), b.head("most typical", "les plus typiques")},
	}
	for _, topic := range x.List {
		var names, cites []string
		for _, w := range topic.Words {
			names = append(names, render.Quote(b.lang, render.Clip(w, 30)))
		}
		for _, i := range topic.Comments[:min(typicalCites, len(topic.Comments))] {
			cites = append(cites, b.author(i))
		}
		last := textCell(render.List(b.lang, cites))
		last.Ref = b.nodeRef(topic.Comments[0])
		t.Rows = append(t.Rows, []render.Cell{textCell(render.List(b.lang, names)), b.intCell(len(topic.Comments)), last})
	}
	return []render.Block{t, b.note(
		"Topics are words that come together, counted; nobody named them.",
		"Les thèmes sont des mots qui vont ensemble, comptés ; personne ne les a nommés.")}, nil
}
