package build

import (
	"cmp"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render"
	"threadheat/thread"
)

// ranked lists the comments with the largest defined values, at most n; ties in
// reading order.
func (b *builder) ranked(n int, value func(thread.Index) metrics.Value) []thread.Index {
	var out []thread.Index
	for i := range b.t.All() {
		if v := value(i); v.Defined() && metrics.Spoken(b.t, i) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(x, y thread.Index) int { return cmp.Compare(value(y).X, value(x).X) })
	return out[:min(n, len(out))]
}

func (b *builder) hottest(n int) []thread.Index  { return b.ranked(n, b.heatOf) }
func (b *builder) furthest(n int) []thread.Index { return b.ranked(n, b.driftOf) }

func (b *builder) heatSection() (render.Section, error) {
	s := b.section("heat", "Heat", "Chaleur")
	s.Blocks = append(s.Blocks, b.note(
		"Heat is not hatred: it is made of certain words and signs, listed with each comment. It sees little of irony, counts quoted words less but counts them, and does not know who is right.",
		"La chaleur n’est pas la haine : elle est faite de certains mots et signes, montrés dans chaque commentaire. Elle voit peu l’ironie, compte les mots cités pour moins mais les compte, et ignore qui a raison."))
	fig, err := b.figure("heat")
	if err != nil {
		return s, err
	}
	if fig != nil {
		s.Blocks = append(s.Blocks, fig)
	}
	if s.Blocks, err = b.given(s.Blocks); err != nil {
		return s, err
	}
	hot := b.hottest(maxHot)
	if len(hot) == 0 {
		s.Blocks = append(s.Blocks, b.note("No comment has a heat: {1}.", "Aucun commentaire n’a de chaleur : {1}.", b.whyNone(b.heatOf)))
		return s, nil
	}
	t := &render.Table{
		ID: b.prefix + "hottest", Caption: b.t2("The hottest comments", "Les commentaires les plus chauds") + b.ofAll(len(hot)),
		Columns: []render.ColumnHead{
			b.head("comment", "commentaire"), b.dated("when", "quand"), b.numeric("heat", "chaleur"), b.numeric("words", "mots"), b.head("what made it hot", "ce qui l’a échauffé"),
		},
	}
	for _, i := range hot {
		why := b.why(i, 4)
		if why == "" {
			why = render.None
		}
		t.Rows = append(t.Rows, []render.Cell{
			b.citeCell(i), b.timeCell(i), b.cell(metrics.Heat, b.heatOf(i)), b.intCell(b.heat[i].Tokens), textCell(why),
		})
	}
	s.Blocks = append(s.Blocks, t)
	over, err := b.heatOver()
	s.Blocks = append(s.Blocks, over...)
	return s, err
}

// ofAll tells how many of all comments a table shows.
func (b *builder) ofAll(shown int) string {
	return " (" + b.int(shown) + b.t2(" of ", " sur ") + b.int(b.census.comments) + ")"
}

// why names the cues that made a comment hot, the largest share first, each
// with a word of the text: "shouting 41% (“RIEN”)". At most n.
func (b *builder) why(i thread.Index, n int) string {
	type sum struct {
		cue   string
		share float64
		best  metrics.Evidence
	}
	var sums []sum
	text := b.t.Text(i)
	for _, e := range b.heat[i].Evidence {
		if e.Share <= 0 || e.Start < 0 || e.End > len(text) || e.Start >= e.End {
			continue
		}
		k := slices.IndexFunc(sums, func(s sum) bool { return s.cue == e.Cue })
		if k < 0 {
			sums = append(sums, sum{cue: e.Cue, best: e})
			k = len(sums) - 1
		}
		sums[k].share += e.Share
		if e.Share > sums[k].best.Share {
			sums[k].best = e
		}
	}
	slices.SortStableFunc(sums, func(x, y sum) int { return cmp.Compare(y.share, x.share) })
	var out []string
	for _, s := range sums[:min(n, len(sums))] {
		said := b.cue(s.cue) + " " + render.Percent(b.lang, s.share)
		// The quotation marks and brackets of the text would meet our own.
		if words := strings.Trim(render.Clip(text[s.best.Start:s.best.End], 30), "\"'“”„«»‹›()[] \u00a0\u202f"); words != "" {
			said += " (" + render.Quote(b.lang, words) + ")"
		}
		out = append(out, said)
	}
	return render.List(b.lang, out)
}

func (b *builder) driftSection() (render.Section, error) {
	s := b.section("drift", "Drift", "Dérive")
	article := b.t.Meta().Article != ""
	from := metrics.Text{EN: "the article", FR: "l’article"}
	if !article {
		from = metrics.Text{EN: "all other comments together, for the input holds no article", FR: "tous les autres commentaires ensemble, car l’entrée ne contient pas d’article"}
	}
	s.Blocks = append(s.Blocks, b.note(
		"Drift is not derailment: it sees other words, not whether they are out of place. A short comment has few words to share and looks far from everything. Compared with: {1}.",
		"La dérive n’est pas un déraillement : elle voit d’autres mots, pas s’ils sont hors de propos. Un commentaire court a peu de mots à partager et semble loin de tout. Comparé avec : {1}.", b.own(from)))
	over, err := b.driftOver()
	if err != nil {
		return s, err
	}
	s.Blocks = append(s.Blocks, over...)
	fig, err := b.figure("drift")
	if err != nil {
		return s, err
	}
	if fig != nil {
		s.Blocks = append(s.Blocks, fig)
	}
	far := b.furthest(maxHot)
	if len(far) == 0 {
		s.Blocks = append(s.Blocks, b.note("No comment has a drift: {1}.", "Aucun commentaire n’a de dérive : {1}.", b.whyNone(b.driftOf)))
	} else {
		s.Blocks = append(s.Blocks, b.furthestTable(far))
	}
	if len(b.repeats) > 0 {
		s.Blocks = append(s.Blocks, b.repeatsTable())
	}
	return s, nil
}

func (b *builder) furthestTable(far []thread.Index) *render.Table {
	t := &render.Table{
		ID: b.prefix + "furthest", Caption: b.t2("The furthest comments", "Les commentaires les plus éloignés") + b.ofAll(len(far)),
		Columns: []render.ColumnHead{
			b.head("comment", "commentaire"), b.dated("when", "quand"), b.numeric(b.driftColumn()), b.numeric("from its parent", "de son parent"),
			b.numeric("drift of its branch", "dérive de sa branche"), b.numeric("words", "mots"), b.head("begins", "début"),
		},
	}
	branch, found := b.table.Find(metrics.PerComment, "drift")
	for _, i := range far {
		left := noCell
		if found {
			left = b.cell(metrics.Ratio, branch.Values.At(int(i)))
		}
		t.Rows = append(t.Rows, []render.Cell{
			b.citeCell(i), b.timeCell(i), b.cell(metrics.Heat, b.driftOf(i)), b.cell(metrics.Heat, b.drift.FromParent[i]), left,
			b.intCell(b.heat[i].Tokens), textCell(render.Clip(b.t.Text(i), 60)),
		})
	}
	return t
}

// driftColumn is the heading of what driftOf gives.
func (b *builder) driftColumn() (en, fr string) {
	if b.t.Meta().Article != "" {
		return "from the article", "de l’article"
	}
	return "from all others", "de tous les autres"
}

// repeatsTable lists the comments that repeat another.
func (b *builder) repeatsTable() *render.Table {
	t := &render.Table{
		ID: b.prefix + "repeats", Caption: b.t2("Comments that repeat another", "Commentaires qui en répètent un autre"),
		Columns: []render.ColumnHead{
			b.head("comment", "commentaire"), b.dated("when", "quand"), b.head("repeats", "répète"), b.dated("when", "quand"),
			b.numeric("share of its three-word runs", "part de ses suites de trois mots"), b.numeric("Jaccard", "Jaccard"), b.head("by the same person", "de la même personne"),
		},
	}
	shown := b.repeats[:min(len(b.repeats), maxRepeats)]
	if len(shown) < len(b.repeats) {
		t.Caption += " (" + b.int(len(shown)) + b.t2(" of ", " sur ") + b.int(len(b.repeats)) + ")"
	}
	for _, d := range shown {
		same := b.t2("no", "non")
		if d.SameAuthor {
			same = b.t2("yes", "oui")
		}
		t.Rows = append(t.Rows, []render.Cell{
			b.citeCell(d.Later), b.timeCell(d.Later), b.citeCell(d.Earlier), b.timeCell(d.Earlier),
			{Text: render.Percent(b.lang, d.Containment), Sort: d.Containment}, {Text: render.Fixed(b.lang, d.Jaccard, 2), Sort: d.Jaccard}, textCell(same),
		})
	}
	return t
}

// whyNone is the reason that the first undefined of some values gives.
func (b *builder) whyNone(value func(thread.Index) metrics.Value) string {
	for i := range b.t.All() {
		if v := value(i); !v.Defined() {
			return b.own(*v.Reason)
		}
	}
	return b.own(*metrics.NotComputed)
}

// cue is what a cue of heat is called.
func (b *builder) cue(name string) string { return b.own(heat.CueTitle(name)) }
