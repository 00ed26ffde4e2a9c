package shape

import (
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// Levels are the numbers of nodes at each depth of the rooted frame: Levels[0]
// is the article, always 1, Levels[1] counts the top-level comments, and so on.
// The widths of the forest frame are Levels[1:]. O(n).
var Levels = &metrics.Fact[[]int]{Name: "levels", Compute: func(c *metrics.Context) ([]int, error) {
	t, err := Rooted.Of(c)
	if err != nil {
		return nil, err
	}
	return t.whole().levels(), nil
}}

// levels are the numbers of nodes at each depth, from that of node 0.
func (p part) levels() []int {
	w := make([]int, slices.Max(p.depth)-p.top+1)
	for _, d := range p.depth {
		w[d-p.top]++
	}
	return w
}

// MaxWidth is the largest number of nodes at one depth: 0 without comments. The
// article is alone on its level, so that both frames agree.
var MaxWidth, ForestMaxWidth = ofNodes(metrics.Measure{
	Name:  "max-width",
	Title: metrics.Text{EN: "Width", FR: "Largeur"},
	Doc: metrics.Text{
		EN: "How many comments stand at the most crowded depth.",
		FR: "Nombre de commentaires à la profondeur la plus peuplée.",
	},
	Math:   "max w(d), w(d) = |{v : depth(v) = d}|",
	MathFR: "max w(d), w(d) = |{v : profondeur(v) = d}|",
	Unit:   metrics.Count, Range: metrics.NonNegative,
	Source:   []metrics.Citation{cite.Own},
	Interval: metrics.Extreme,
}, func(p part) metrics.Value {
	return count(slices.Max(p.levels()), p.len())
})

// MeanWidth is the mean number of nodes at a depth, n over the number of depths,
// and DepthOverWidth the sum of each depth divided by the number of nodes there,
// Σ d / w(d): large where few stand deep down. O(n).
var (
	MeanWidth, ForestMeanWidth = ofNodes(metrics.Measure{
		Name:  "mean-width",
		Title: metrics.Text{EN: "Mean width", FR: "Largeur moyenne"},
		Doc: metrics.Text{
			EN: "How many nodes stand at a depth on average.",
			FR: "Nombre moyen de nœuds par profondeur.",
		},
		Math:   "n / (number of depths)",
		MathFR: "n / (nombre de profondeurs)",
		Unit:   metrics.Count, Range: metrics.NonNegative, MinN: 1,
		Source:   []metrics.Citation{cite.Own},
		Interval: metrics.Extreme,
	}, func(p part) metrics.Value { return ratio(p.len(), len(p.levels()), p.len()) })

	DepthOverWidth, ForestDepthOverWidth = ofNodes(metrics.Measure{
		Name:  "depth-over-width",
		Title: metrics.Text{EN: "Depth over width", FR: "Profondeur sur largeur"},
		Doc: metrics.Text{
			EN: "Each depth divided by the number of nodes there, summed: large where a few go on alone deep down, small where many answer near the top.",
			FR: "Chaque profondeur divisée par le nombre de nœuds qui s’y trouvent, en somme : grande quand quelques-uns poursuivent seuls loin en bas, petite quand beaucoup répondent près du sommet.",
		},
		Math: "Σ_d d / w(d)",
		Unit: metrics.Ratio, Range: metrics.NonNegative,
		Source:   []metrics.Citation{cite.Own},
		Interval: metrics.Extreme,
	}, func(p part) metrics.Value {
		sum := 0.0
		for d, w := range p.levels() {
			sum += float64(d) / float64(w)
		}
		return metrics.Of(sum, p.len())
	})
)

// LevelEntropy is the entropy of the depths of nodes, in bits: how evenly the
// profile of depth by width spreads. O(n log n).
var LevelEntropy, ForestLevelEntropy = ofNodes(metrics.Measure{
	Name:  "level-entropy",
	Title: metrics.Text{EN: "Spread over depths", FR: "Étalement sur les profondeurs"},
	Doc: metrics.Text{
		EN: "How evenly the nodes spread over the depths, in bits: 0 where all stand at one depth, 3 as if over eight depths alike.",
		FR: "Égalité de la répartition des nœuds entre les profondeurs, en bits : 0 quand tous sont à la même, 3 comme s’ils se partageaient également huit profondeurs.",
	},
	Math: "−Σ_d p(d) log₂ p(d), p(d) = w(d) / n",
	Unit: metrics.Bits, Range: metrics.NonNegative, MinN: 1,
	Source:   []metrics.Citation{cite.Shannon},
	Interval: fewerDepths,
}, func(p part) metrics.Value {
	w := p.levels()
	widths := make([]int32, len(w))
	for d, n := range w {
		widths[d] = int32(n)
	}
	return metrics.Of(stats.Entropy(widths), p.len())
})

// HIndex is the largest h such that level k holds at least k comments for each
// k from 1 to h: 1 for a flat thread, 0 for an empty one. ForestHIndex does not
// count the top level, as if it were the article: its level 1 are the answers to
// top-level comments.
var HIndex, ForestHIndex = ofNodes(metrics.Measure{
	Name:  "h-index",
	Title: metrics.Text{EN: "h-index of the discussion", FR: "Indice h de la discussion"},
	Doc: metrics.Text{
		EN: "The largest h such that every level k from 1 to h holds at least k comments. It asks for depth and breadth at once: a long duel and a flat crowd both stay at 1.",
		FR: "Le plus grand h tel que chaque niveau k de 1 à h compte au moins k commentaires. Il demande à la fois profondeur et ampleur : un long duel comme une foule sans réponses restent à 1.",
	},
	Math:   "max{h : w(k) ≥ k for k = 1…h}",
	MathFR: "max{h : w(k) ≥ k pour k = 1…h}",
	Unit:   metrics.Count, Range: metrics.NonNegative,
	Source: []metrics.Citation{{
		Authors: "Gómez, Kaltenbrunner, López", Title: "Statistical analysis of the social network and discussion threads in Slashdot",
		Venue: "Proceedings of WWW", Year: 2008,
	}},
	Interval: metrics.Extreme,
}, func(p part) metrics.Value {
	h, w := 0, p.levels()
	for h+1 < len(w) && w[h+1] >= h+1 {
		h++
	}
	return count(h, p.len())
})

// Of made-up threads of 40 branches, intervals held the mean of all such threads in
// 82 of 100 cases, of 20 in 78.
var fewerDepths = &metrics.Interval{None: metrics.Text{
	EN: "branches drawn anew reach fewer depths, so that an interval would lie too low",
	FR: "des branches tirées de nouveau au sort atteignent moins de profondeurs : un intervalle serait trop bas",
}}
