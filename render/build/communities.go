package build

import (
	"slices"
	"strconv"

	"threadheat/metrics"
	"threadheat/metrics/nulls"
	"threadheat/metrics/replygraph"
	"threadheat/render"
)

// The reply graph is tested against rewired ones in reports on one thread, where it
// has at most so many arcs: a second at most.
const (
	maxRewired = 500
	rewirings  = 199
)

// rewiredMeasures are those of the reply graph that are tested.
var rewiredMeasures = []string{"reciprocity", "reciprocity-weighted", "modularity", "transitivity", "assortativity"}

// againstChance puts beside the measures of the reply graph where they lie among
// those of rewired graphs, and tells whether it did.
func againstChance(in Input, table *metrics.Table) (*metrics.Table, bool, error) {
	g, err := replygraph.Replies.Of(table.Context)
	if err != nil || len(in.Tables) > 1 || g.Arcs() < 2 || g.Arcs() > maxRewired {
		return table, false, err
	}
	out, err := nulls.Beside(table, nulls.Arcs, nulls.Options{
		Draws: rewirings,
		Only:  func(m *metrics.Measure) bool { return slices.Contains(rewiredMeasures, m.Name) },
	})
	return out, true, err
}

// communities tells which groups answer each other, at several resolutions.
func (b *builder) communities() ([]render.Block, error) {
	profile, err := replygraph.Profile.Of(b.table.Context)
	if err != nil || len(profile) == 0 {
		return nil, err
	}
	t := &render.Table{
		ID: b.prefix + "communities", Caption: b.t2("Groups who answer each other, at several resolutions", "Groupes de gens qui se répondent, à plusieurs résolutions"), Folded: true,
		Columns: []render.ColumnHead{
			b.numeric("resolution γ", "résolution γ"), b.numeric("groups of two and more", "groupes de deux et plus"),
			b.numeric("people in the largest", "personnes dans le plus grand"), b.numeric("modularity", "modularité"),
		},
	}
	for _, r := range profile {
		number := func(x float64) render.Cell { return render.Cell{Text: render.Number(b.lang, x), Sort: x} }
		t.Rows = append(t.Rows, []render.Cell{number(r.Resolution), b.intCell(r.Groups), b.intCell(r.Largest), number(r.Q)})
	}
	blocks := []render.Block{b.paragraph("Groups are found by the Louvain method with the seed {1}. The larger the resolution, the more and the smaller the groups; those that stay the same over several are there whatever one looks for. The measures take γ = 1.",
		"Les groupes sont trouvés par la méthode de Louvain avec la graine {1}. Plus la résolution est grande, plus les groupes sont nombreux et petits ; ceux qui restent les mêmes à plusieurs résolutions existent quoi que l’on cherche. Les mesures prennent γ = 1.",
		strconv.FormatUint(b.table.Context.Seed, 10)), t}
	if b.rewired {
		blocks = append(blocks, b.note("Reciprocity, modularity, transitivity and assortativity are compared with those of {1} graphs rewired by chance, in which everybody answers as many people as often as here; see all measures.",
			"Réciprocité, modularité, transitivité et assortativité sont comparées à celles de {1} graphes recâblés au hasard, où chacun répond à autant de gens et aussi souvent qu’ici ; voir toutes les mesures.", b.int(rewirings)))
	}
	return blocks, nil
}
