package drift

import (
	"fmt"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/intervals"
)

// Measures are the measures of drift, in the order in which they are shown.
var Measures = []*metrics.Measure{
	Mean, PointCount, OffArticleShare, Trend, TopicCount, Duplicates, QuoteCount, LinkCount,
	Branch, Own, Nats, OffTopic, OffArticleEvidence, PointRank, Segment,
	Novelty, Transience, Resonance,
	FromArticle, FromParent, FromPath, FromThread,
	CosineArticle, CosineParent, CosinePath, JSDArticle, JSDParent,
	Repeats, Quoting,
}

var (
	salton = metrics.Citation{
		Authors: "Salton, Buckley", Title: "Term-weighting approaches in automatic text retrieval",
		Venue: "Information Processing & Management 24(5)", Year: 1988, DOI: "10.1016/0306-4573(88)90021-0",
	}
	lin = metrics.Citation{
		Authors: "Lin", Title: "Divergence measures based on the Shannon entropy",
		Venue: "IEEE Transactions on Information Theory 37(1)", Year: 1991, DOI: "10.1109/18.61115",
	}
	broder = metrics.Citation{
		Authors: "Broder", Title: "On the resemblance and containment of documents",
		Venue: "Compression and Complexity of Sequences", Year: 1997, DOI: "10.1109/SEQUEN.1997.666900",
	}
)

const (
	notDerailment = " It sees other words, not whether they are out of place, and takes a synonym for another subject."
	pasDerive     = " Elle voit d’autres mots, non s’ils sont hors de propos, et prend un synonyme pour un autre sujet."
)

// The distances are 1 − cosine of TF-IDF vectors without function words.
var (
	FromArticle = distance("drift-from-article",
		metrics.Text{EN: "Drift from the article", FR: "Dérive depuis l’article"},
		metrics.Text{
			EN: "How little a comment’s words have in common with the article’s: 0 the same words in the same proportions, 1 none. Short comments lie near 1 whatever they say.",
			FR: "Combien les mots d’un commentaire ont peu en commun avec ceux de l’article : 0 les mêmes mots dans les mêmes proportions, 1 aucun. Les commentaires courts sont proches de 1 quoi qu’ils disent.",
		}, metrics.NeedText|metrics.NeedArticle, func(d *Distances) []metrics.Value { return d.FromArticle })
	FromParent = distance("drift-from-parent",
		metrics.Text{EN: "Drift from the parent", FR: "Dérive depuis le parent"},
		metrics.Text{
			EN: "How little a reply’s words have in common with those of the comment it answers.",
			FR: "Combien les mots d’une réponse ont peu en commun avec ceux du commentaire auquel elle répond.",
		}, metrics.NeedText|metrics.NeedReplies, func(d *Distances) []metrics.Value { return d.FromParent })
	FromPath = distance("drift-from-path",
		metrics.Text{EN: "Drift from the branch", FR: "Dérive depuis la branche"},
		metrics.Text{
			EN: "How little a reply’s words have in common with those of all comments above it, up to the one that opened the branch. Long comments above weigh more.",
			FR: "Combien les mots d’une réponse ont peu en commun avec ceux de tous les commentaires au-dessus, jusqu’à celui qui a ouvert la branche. Les plus longs pèsent plus.",
		}, metrics.NeedText|metrics.NeedReplies, func(d *Distances) []metrics.Value { return d.FromPath })
	FromThread = distance("drift-from-thread",
		metrics.Text{EN: "Drift from the other comments", FR: "Dérive depuis les autres commentaires"},
		metrics.Text{
			EN: "How little a comment’s words have in common with those of all the others together. It stands in where the article is not known, but it is another thing: a thread that has left its article as one man does not show here.",
			FR: "Combien les mots d’un commentaire ont peu en commun avec ceux de tous les autres ensemble. Elle sert quand l’article est inconnu, mais c’est autre chose : un fil qui a quitté l’article d’un seul mouvement n’y paraît pas.",
		}, metrics.NeedText, func(d *Distances) []metrics.Value { return d.FromThread })
)

func distance(name string, title, doc metrics.Text, needs metrics.Needs, of func(*Distances) []metrics.Value) *metrics.Measure {
	return &metrics.Measure{
		Name: name, Group: "drift", Title: title,
		Doc:   metrics.Text{EN: doc.EN + notDerailment, FR: doc.FR + pasDerive},
		Math:  "1 − a·b/(‖a‖‖b‖), a, b = counts · (ln((1+N)/(1+df)) + 1), function words left out",
		Scope: metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: needs, MinN: MinWords,
		Source: []metrics.Citation{salton},
		Run:    column(of),
	}
}

// The raw comparisons keep function words and use no weights.
var (
	CosineArticle = raw("cosine-article", true,
		metrics.Text{EN: "Word-count cosine to the article", FR: "Cosinus des comptes de mots avec l’article"},
		metrics.NeedText|metrics.NeedArticle, func(d *Distances) []metrics.Value { return d.Raw.CosineArticle })
	CosineParent = raw("cosine-parent", true,
		metrics.Text{EN: "Word-count cosine to the parent", FR: "Cosinus des comptes de mots avec le parent"},
		metrics.NeedText|metrics.NeedReplies, func(d *Distances) []metrics.Value { return d.Raw.CosineParent })
	CosinePath = raw("cosine-path", true,
		metrics.Text{EN: "Word-count cosine to the branch above", FR: "Cosinus des comptes de mots avec la branche au-dessus"},
		metrics.NeedText|metrics.NeedReplies, func(d *Distances) []metrics.Value { return d.Raw.CosinePath })
	JSDArticle = raw("jsd-article", false,
		metrics.Text{EN: "Divergence from the article", FR: "Divergence d’avec l’article"},
		metrics.NeedText|metrics.NeedArticle, func(d *Distances) []metrics.Value { return d.Raw.JSDArticle })
	JSDParent = raw("jsd-parent", false,
		metrics.Text{EN: "Divergence from the parent", FR: "Divergence d’avec le parent"},
		metrics.NeedText|metrics.NeedReplies, func(d *Distances) []metrics.Value { return d.Raw.JSDParent })
)

func raw(name string, cosine bool, title metrics.Text, needs metrics.Needs, of func(*Distances) []metrics.Value) *metrics.Measure {
	m := &metrics.Measure{
		Name: name, Group: "drift", Title: title,
		Scope: metrics.PerComment, Range: metrics.Fraction, Needs: needs, MinN: MinWords, Run: column(of),
	}
	if cosine {
		m.Unit, m.Math, m.Source = metrics.Ratio, "a·b/(‖a‖‖b‖), a, b = counts of all words", []metrics.Citation{salton}
		m.Doc = metrics.Text{
			EN: "The cosine of the angle between two texts’ counts of all words: 1 the same proportions, 0 no word in common. Function words make up most of it, and long texts look alike.",
			FR: "Le cosinus de l’angle entre les comptes de tous les mots de deux textes : 1 les mêmes proportions, 0 aucun mot commun. Les mots-outils en font l’essentiel, et les longs textes se ressemblent.",
		}
		return m
	}
	m.Unit, m.Math, m.Source = metrics.Bits, "H((p+q)/2) − (H(p)+H(q))/2, p, q = shares of all words, H in bits", []metrics.Citation{lin}
	m.Doc = metrics.Text{
		EN: "The Jensen-Shannon divergence between two texts’ word frequencies: 0 the same, 1 no word in common. It depends on length: a short text is far from every long one.",
		FR: "La divergence de Jensen-Shannon entre les fréquences de mots de deux textes : 0 les mêmes, 1 aucun mot commun. Elle dépend de la longueur : un texte court est loin de tout texte long.",
	}
	return m
}

func column(of func(*Distances) []metrics.Value) func(*metrics.Context) (metrics.Values, error) {
	return func(c *metrics.Context) (metrics.Values, error) {
		d, err := All.Of(c)
		if err != nil {
			return nil, err
		}
		return metrics.List(of(d)), nil
	}
}

// Mean is the mean drift from the article. N is how many comments have one;
// undefined where none has.
var Mean = &metrics.Measure{
	Name: "drift-mean", Group: "drift",
	Title: metrics.Text{EN: "Mean drift", FR: "Dérive moyenne"},
	Doc: metrics.Text{
		EN: "The mean drift of the comments from the article. Compare it between threads of like comments only: short ones raise it.",
		FR: "La dérive moyenne des commentaires depuis l’article. À ne comparer qu’entre fils aux commentaires semblables : les courts l’élèvent.",
	},
	Math:  "mean of drift-from-article",
	Scope: metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedText | metrics.NeedArticle, MinN: 1,
	Source: []metrics.Citation{salton, cite.Own},
	Interval: intervals.OverBranches(func(c *metrics.Context, u *intervals.Units) (intervals.Statistic, error) {
		d, err := All.Of(c)
		if err != nil {
			return nil, err
		}
		return u.Means(metrics.List(d.FromArticle)), nil
	}),
	Run: func(c *metrics.Context) (metrics.Values, error) {
		d, err := All.Of(c)
		if err != nil {
			return nil, err
		}
		sum, n := 0.0, 0
		for _, v := range d.FromArticle {
			if v.Defined() {
				sum, n = sum+v.X, n+1
			}
		}
		if n == 0 {
			return metrics.One(metrics.Undefined(0, noDrift)), nil
		}
		return metrics.One(metrics.Of(sum/float64(n), n)), nil
	},
}

var noDrift = &metrics.Text{
	EN: "no comment has words enough to compare with the article",
	FR: "aucun commentaire n’a assez de mots pour être comparé à l’article",
}

// Duplicates counts the comments that repeat another. N is how many comments
// have words enough to tell.
var Duplicates = &metrics.Measure{
	Name: "near-duplicates", Group: "drift",
	Title: metrics.Text{EN: "Near-duplicates", FR: "Quasi-doublons"},
	Doc: metrics.Text{
		EN: fmt.Sprintf("How many comments repeat one before them on the page: at least %.0f %% of their runs of three words stand in it. Replies that quote what they answer are left out. The line is drawn by hand; chance overlap lies far below.", 100*Repeated),
		FR: fmt.Sprintf("Combien de commentaires en répètent un qui précède sur la page : au moins %.0f %% de leurs suites de trois mots y figurent. Les réponses qui citent ce à quoi elles répondent sont exclues. Le seuil est fixé à la main ; les ressemblances fortuites sont bien en dessous.", 100*Repeated),
	},
	Math:  "|{c : max over earlier e of |S(c)∩S(e)|/|S(c)| ≥ 0.2, |S(c)| ≥ 8}|, S = sets of 3-word shingles",
	Scope: metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText,
	Source: []metrics.Citation{broder}, Interval: metrics.Counted,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		found, err := NearDuplicates.Of(c)
		if err != nil {
			return nil, err
		}
		ms, err := matches.Of(c)
		if err != nil {
			return nil, err
		}
		n := 0
		for _, m := range ms {
			if m.shingles >= minShingles {
				n++
			}
		}
		return metrics.One(metrics.Of(float64(len(found)), n)), nil
	},
}

// Repeats is how much of each comment stands in the comment before it that
// holds most of it. N is the number of its shingles. Undefined below three
// words, and where no such comment comes before.
var Repeats = &metrics.Measure{
	Name: "near-duplicate", Group: "drift",
	Title: metrics.Text{EN: "Repeated share", FR: "Part répétée"},
	Doc: metrics.Text{
		EN: "The share of a comment’s runs of three words that stand in one comment before it on the page, the one that holds most. Words quoted from the comments it answers are not looked at, nor is which of the two was written first.",
		FR: "Part des suites de trois mots d’un commentaire qui figurent dans un même commentaire placé avant lui sur la page, celui qui en contient le plus. Les mots repris des commentaires auxquels il répond ne comptent pas, ni lequel des deux a été écrit le premier.",
	},
	Math:  "max over earlier e of |S(c)∩S(e)|/|S(c)|, S = sets of 3-word shingles",
	Scope: metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedText, MinN: 1,
	Source: []metrics.Citation{broder},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		ms, err := matches.Of(c)
		if err != nil {
			return nil, err
		}
		vs := make(metrics.List, len(ms))
		for i, m := range ms {
			switch {
			case m.why != nil:
				vs[i] = metrics.Undefined(0, m.why)
			case m.shingles == 0:
				vs[i] = metrics.TooFew(m.words, shingleWords, metrics.Words)
			case m.compared == 0:
				vs[i] = metrics.Undefined(m.shingles, nothingBefore)
			default:
				vs[i] = metrics.Of(m.Containment, m.shingles)
			}
		}
		return vs, nil
	},
}

var nothingBefore = &metrics.Text{
	EN: "no comment with words enough stands before it",
	FR: "aucun commentaire ayant assez de mots ne le précède",
}
