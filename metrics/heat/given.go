package heat

import (
	"slices"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
)

// OfGiven are the measures of scores that were brought along: what every Source has,
// and how far they agree with our own heat. They have no value without Context.Given.
var OfGiven = slices.Concat(of(Brought), []*metrics.Measure{GivenSpearman, GivenAUC, OfCommentGiven})

// OfCommentGiven is the score of each comment.
var OfCommentGiven = &metrics.Measure{
	Name: "given-heat", Group: "heat",
	Title: metrics.Text{EN: "Score given", FR: "Score fourni"},
	Doc: metrics.Text{
		EN: "The score that was brought along with --scores for this comment, taken as it is. What it means, and how good it is, whoever made it must say.",
		FR: "Le score fourni pour ce commentaire avec --scores, pris tel quel. Ce qu’il signifie et ce qu’il vaut, c’est à qui l’a produit de le dire.",
	},
	Math:  "s(v)",
	Scope: metrics.PerComment, Unit: metrics.Heat, Range: metrics.Fraction,
	Source: []metrics.Citation{cite.Own},
	Run:    metrics.EachFrom(Brought.Values, func(vs metrics.List) metrics.Values { return vs }),
}

// both are the comments of which both heats are known.
func both(c *metrics.Context) (ours, given []float64, err error) {
	o, err := Own.Values.Of(c)
	if err != nil {
		return nil, nil, err
	}
	g, err := Brought.Values.Of(c)
	if err != nil {
		return nil, nil, err
	}
	for i := range g {
		if o[i].Defined() && g[i].Defined() {
			ours, given = append(ours, o[i].X), append(given, g[i].X)
		}
	}
	return ours, given, nil
}

var scoredByBoth = metrics.Text{EN: "comments that both score", FR: "commentaires scorés par les deux"}

const fewestForRanks = 3

// GivenSpearman is how far the scores brought along and our heat put the comments
// in the same order. CI is the 95 % interval of Bonett and Wright, from 10 comments
// on, as if comments were independent. N is the number of comments that both score.
// Undefined below 3 of them, and where either gives all the same.
var GivenSpearman = &metrics.Measure{
	Name: "given-heat-spearman", Group: "heat",
	Title: metrics.Text{EN: "Agreement in order with the scores given", FR: "Accord d’ordre avec les scores fournis"},
	Doc: metrics.Text{
		EN: "Whether the scores brought along and our heat put the comments in the same order: 1 in the same, 0 in orders that have nothing to do with each other, −1 in the opposite one. It does not tell which of the two is right. The 95% interval takes comments for independent, which replies are not.",
		FR: "Si les scores fournis et notre chaleur rangent les commentaires dans le même ordre : 1 dans le même, 0 dans des ordres sans rapport, −1 dans l’ordre inverse. Cela ne dit pas lequel des deux a raison. L’intervalle à 95 % suppose des commentaires indépendants, ce que des réponses ne sont pas.",
	},
	Math:   "Spearman’s ρ of heat and score, over the comments that have both",
	MathFR: "ρ de Spearman de la chaleur et du score, sur les commentaires qui ont les deux",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, MinN: fewestForRanks,
	Source: []metrics.Citation{
		{Authors: "Spearman", Title: "The proof and measurement of association between two things", Venue: "American Journal of Psychology 15", Year: 1904},
		{Authors: "Bonett, Wright", Title: "Sample size requirements for estimating Pearson, Kendall and Spearman correlations", Venue: "Psychometrika 65(1)", Year: 2000, DOI: "10.1007/BF02294183"},
	},
	Interval: ofRanks,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		ours, given, err := both(c)
		if err != nil {
			return nil, err
		}
		return metrics.One(spearman(c, ours, given)), nil
	},
}

func spearman(c *metrics.Context, ours, given []float64) metrics.Value {
	n := len(ours)
	if c.Given == nil {
		return metrics.Undefined(0, noneGiven)
	}
	if n < fewestForRanks {
		return metrics.TooFew(n, fewestForRanks, scoredByBoth)
	}
	r, ok := stats.Spearman(ours, given)
	if !ok {
		return metrics.Undefined(n, &metrics.Text{
			EN: "one of the two gives all comments the same", FR: "l’un des deux donne le même score à tous les commentaires",
		})
	}
	v := metrics.Of(r, n)
	if ci, ok := stats.SpearmanBand(r, n); ok {
		v = v.With(func(m *metrics.More) { m.CI = &ci })
	}
	return v
}

// GivenAUC is how well our heat tells the comments whose score is at least
// Brought.Hot from the others. CI is Newcombe's 95 % interval (see
// stats.Dominance). N is the number of comments that both score. Undefined unless
// there are some of each kind.
var GivenAUC = &metrics.Measure{
	Name: "given-heat-auc", Group: "heat",
	Title: metrics.Text{EN: "Our heat against the labels given (AUC)", FR: "Notre chaleur face aux étiquettes fournies (AUC)"},
	Doc: metrics.Text{
		EN: "How often, of two comments, one with a given score of 0.5 or more and one with less, the former has the higher heat of ours: 1 always, 0.5 as by chance. Made for labels of people, 0 or 1. The 95% interval takes comments for independent, which replies are not.",
		FR: "Combien de fois, de deux commentaires dont l’un a un score fourni d’au moins 0,5 et l’autre moins, le premier a la chaleur la plus haute chez nous : 1 toujours, 0,5 comme au hasard. Pensé pour des étiquettes humaines, 0 ou 1. L’intervalle à 95 % suppose des commentaires indépendants, ce que des réponses ne sont pas.",
	},
	Math:   "P(heat⁺ > heat⁻) + P(heat⁺ = heat⁻)/2, ⁺ with a score ≥ 0.5, ⁻ below",
	MathFR: "P(chaleur⁺ > chaleur⁻) + P(chaleur⁺ = chaleur⁻)/2, ⁺ avec un score ≥ 0,5, ⁻ au-dessous",
	Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, MinN: 2,
	Source: []metrics.Citation{
		{Authors: "Hanley, McNeil", Title: "The meaning and use of the area under a receiver operating characteristic (ROC) curve", Venue: "Radiology 143(1)", Year: 1982, DOI: "10.1148/radiology.143.1.7063747"},
		{Authors: "Newcombe", Title: "Confidence intervals for an effect size measure based on the Mann–Whitney statistic. Part 2", Venue: "Statistics in Medicine 25(4)", Year: 2006, Where: "method 5", WhereFR: "méthode 5"},
	},
	Interval: &metrics.Interval{
		How:  metrics.Text{EN: "Newcombe’s method 5", FR: "méthode 5 de Newcombe"},
		None: metrics.Text{EN: "needs comments of both kinds", FR: "demande des commentaires des deux sortes"},
	},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		ours, given, err := both(c)
		if err != nil {
			return nil, err
		}
		if c.Given == nil {
			return metrics.One(metrics.Undefined(0, noneGiven)), nil
		}
		return metrics.One(AUC(ours, given, Brought.Hot)), nil
	},
}

// AUC is the area under the ROC curve of scores against labels, of which those of
// at least positive count as such: how often a positive has the higher score, ties
// for one half. CI is Newcombe's 95 % interval. Both slices have one length, which
// is N. Undefined unless there are positives and others. O(n log n).
func AUC(scores, labels []float64, positive float64) metrics.Value {
	var yes, no []float64
	for k, x := range scores {
		if labels[k] >= positive {
			yes = append(yes, x)
		} else {
			no = append(no, x)
		}
	}
	delta, ci, ok := stats.Dominance(yes, no)
	if !ok {
		return metrics.Undefined(len(scores), &metrics.Text{
			EN: "needs comments with the label and comments without it", FR: "demande des commentaires avec l’étiquette et d’autres sans",
		})
	}
	v := metrics.Of((delta+1)/2, len(scores))
	v.More = &metrics.More{CI: &[2]float64{max(0, (ci[0]+1)/2), min(1, (ci[1]+1)/2)}}
	return v
}
