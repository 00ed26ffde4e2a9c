package build

import (
	"cmp"
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/render"
	"threadheat/render/chart"
	"threadheat/thread"
)

// given adds what the scores say that were brought along, and where they and our
// heat part; nothing where there are none.
func (b *builder) given(blocks []render.Block) ([]render.Block, error) {
	c := b.table.Context
	if c.Given == nil {
		return blocks, nil
	}
	scores, err := heat.Brought.Values.Of(c)
	if err != nil {
		return nil, err
	}
	known := 0
	for _, v := range scores {
		if v.Defined() {
			known++
		}
	}
	blocks = append(blocks, b.paragraph(
		"Scores were brought along under the name “{1}”, for {2} of {3} comments. They are taken as they are and stand beside our heat; where a measure is of them, its title says so.",
		"Des scores ont été fournis sous le nom « {1} », pour {2} commentaires sur {3}. Ils sont pris tels quels, à côté de notre chaleur ; quand une mesure porte sur eux, son titre le dit.",
		strange(render.Clip(c.Given.Name, 60)), b.int(known), b.int(b.t.Len())))
	if known == 0 {
		return blocks, nil
	}
	fig, err := b.givenFigure("heat", chart.Options{})
	if err != nil {
		return nil, err
	}
	if fig != nil {
		blocks = append(blocks, fig)
	}
	t := b.valueTable(b.prefix+"given", b.t2("The scores brought along", "Les scores fournis"))
	for _, name := range []string{"given-heat-mean", "given-heat-p90", "given-heat-peak", "given-heat-share", "given-heat-spearman", "given-heat-auc"} {
		if col, ok := b.table.Find(metrics.PerThread, name); ok {
			t.Rows = append(t.Rows, b.valueRow(col.Measure, col.Values.At(0)))
		}
	}
	if len(t.Rows) > 0 {
		blocks = append(blocks, t)
	}
	if apart := b.apart(scores); apart != nil {
		blocks = append(blocks, apart)
	}
	return blocks, nil
}

// givenFigure draws the scores that were brought along where the figure of a kind
// shows our heat.
func (b *builder) givenFigure(kind string, o chart.Options) (*render.Figure, error) {
	o.Lang, o.Bare, o.Given = b.lang, true, cmp.Or(b.table.Context.Given.Name, "?")
	return b.draw(kind, "given-"+kind, o)
}

// apart lists the comments that our heat and the scores brought along put at the
// most different places; nil where there are fewer than three.
func (b *builder) apart(scores metrics.List) *render.Table {
	var both []thread.Index
	for i := range b.t.All() {
		if scores[i].Defined() && b.heatOf(i).Defined() {
			both = append(both, i)
		}
	}
	if len(both) < 3 {
		return nil
	}
	ours := places(both, func(i thread.Index) float64 { return b.heat[i].Value })
	theirs := places(both, func(i thread.Index) float64 { return scores[i].X })
	order := make([]int, len(both))
	for k := range order {
		order[k] = k
	}
	far := func(k int) float64 { return max(ours[k]-theirs[k], theirs[k]-ours[k]) }
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(far(y), far(x)) })
	order = slices.DeleteFunc(order[:min(len(order), maxHot)], func(k int) bool { return far(k) == 0 })
	if len(order) == 0 {
		return nil
	}
	t := &render.Table{
		ID: b.prefix + "given-apart", Caption: b.t2("Where the two differ most in their order", "Là où les deux ordres diffèrent le plus") + b.ofAll(len(order)),
		Columns: []render.ColumnHead{
			b.head("comment", "commentaire"), b.dated("when", "quand"), b.numeric("our heat", "notre chaleur"), b.numeric("place, hottest 1", "rang, 1 le plus vif"),
			b.numeric("score brought along", "score fourni"), b.numeric("place, highest 1", "rang, 1 le plus haut"), b.numeric("words", "mots"), b.head("begins", "début"),
		},
	}
	for _, k := range order {
		i := both[k]
		t.Rows = append(t.Rows, []render.Cell{
			b.citeCell(i), b.timeCell(i), b.cell(metrics.Heat, b.heatOf(i)), b.placeCell(ours[k]),
			b.cell(metrics.Heat, scores[i]), b.placeCell(theirs[k]), b.intCell(b.heat[i].Tokens), textCell(render.Clip(b.t.Text(i), 60)),
		})
	}
	return t
}

// placeCell is a place among others, which for ties may lie between two.
func (b *builder) placeCell(place float64) render.Cell {
	digits := 0
	if place != float64(int(place)) {
		digits = 1
	}
	return render.Cell{Text: render.Fixed(b.lang, place, digits), Sort: place}
}

// places are the places of comments by a value, the highest first, ties in the
// middle of theirs.
func places(of []thread.Index, value func(thread.Index) float64) []float64 {
	order := make([]int, len(of))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(value(of[y]), value(of[x])) })
	out := make([]float64, len(of))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && value(of[order[to]]) == value(of[order[from]]) {
			to++
		}
		for _, k := range order[from:to] {
			out[k] = float64(from+1+to) / 2
		}
		from = to
	}
	return out
}
