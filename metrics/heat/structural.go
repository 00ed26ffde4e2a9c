package heat

import (
	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// The parts of structural heat. Each is x/(x + half), so that it is 0 where there
// is nothing, 1/2 at half, and never 1; tempo is half/(x + half), x in minutes.
const (
	alternationWeight, alternationHalf = 0.35, 2.0  // turns of the same two beyond the second
	tempoWeight, tempoHalf             = 0.25, 30.0 // minutes since what is answered
	reEntryWeight, reEntryHalf         = 0.2, 2.0   // earlier comments of the author in the branch
	depthWeight, depthHalf             = 0.2, 4.0   // levels below top level
)

// Structural is what the structural heat of a comment is made of.
type Structural struct {
	Turns   int32 // how many turns of two people in strict alternation end with it
	Earlier int32 // comments above it in the branch by the same author
	Depth   int32
	Minutes float64 // since the comment of another that it answers; −1 where unknown
	Answers bool    // somebody else
}

// Value is the structural heat, and of how many of the four parts.
func (s Structural) Value() (x float64, parts int) {
	grows := func(n int32, half float64) float64 { return float64(n) / (float64(n) + half) }
	x = alternationWeight*grows(max(s.Turns-2, 0), alternationHalf) + reEntryWeight*grows(s.Earlier, reEntryHalf) + depthWeight*grows(s.Depth, depthHalf)
	switch {
	case !s.Answers:
		return x, 4 // nobody was answered in haste
	case s.Minutes < 0:
		return x / (1 - tempoWeight), 3
	}
	return x + tempoWeight*tempoHalf/(s.Minutes+tempoHalf), 4
}

// Structure is what Structural heat is made of, by thread.Index. O(n).
var Structure = &metrics.Fact[[]Structural]{Name: "structural heat", Compute: func(c *metrics.Context) ([]Structural, error) {
	t := c.Thread
	out := make([]Structural, t.Len())
	above := make([]int32, t.Authors()) // comments of each author in the branch at hand
	var branch []thread.Index
	for i := range t.All() {
		for len(branch) > 0 && t.End(branch[len(branch)-1]) <= i {
			last := branch[len(branch)-1]
			branch = branch[:len(branch)-1]
			if metrics.Spoken(t, last) {
				above[t.Author(last)]--
			}
		}
		s := &out[i]
		s.Depth, s.Turns, s.Minutes = int32(t.Depth(i)), 1, -1
		if metrics.Spoken(t, i) {
			s.Earlier = above[t.Author(i)]
			above[t.Author(i)]++
		}
		branch = append(branch, i)
		p := t.Parent(i)
		if p == thread.NoIndex || !metrics.Spoken(t, i) || !metrics.Spoken(t, p) || t.Author(p) == t.Author(i) {
			continue
		}
		s.Answers, s.Turns = true, 2
		if _, ok := rebuts(t, i); ok {
			s.Turns = out[p].Turns + 1
		}
		from, to := t.Time(p), t.Time(i)
		if from.Timed() && to.Timed() && from.ZoneKnown() == to.ZoneKnown() && to.UnixMilli() >= from.UnixMilli() {
			s.Minutes = float64(to.UnixMilli()-from.UnixMilli()) / 60_000
		}
	}
	return out, nil
}}

// OfStructure is the structural heat of each comment. N is how many of its four
// parts are known.
var OfStructure = &metrics.Measure{
	Name: "heat-structural", Group: "heat",
	Title: metrics.Text{EN: "Structural heat", FR: "Chaleur structurelle"},
	Doc: metrics.Text{
		EN: "How much a comment stands where quarrels stand, without a look at its words, and so in any language: late in a run of turns of the same two people, quickly after what it answers, by somebody who was in the branch before, deep down. Friends who chat look the same. The weights and scales are chosen by hand and not validated. An answer without a usable time is measured by the other three parts; people without a name are never recognised again.",
		FR: "À quel point un commentaire se trouve là où se trouvent les querelles, sans regarder ses mots, donc dans toute langue : tard dans une suite de tours des deux mêmes personnes, vite après ce à quoi il répond, par quelqu’un déjà venu dans la branche, en profondeur. Des amis qui bavardent ont la même allure. Poids et échelles sont choisis à la main et non validés. Une réponse sans heure utilisable est mesurée par les trois autres parts ; une personne sans nom n’est jamais reconnue.",
	},
	Math:   "0.35 a/(a + 2) + 0.25 · 30/(m + 30) + 0.2 r/(r + 2) + 0.2 d/(d + 4); a turns of the same two in alternation beyond the second, m minutes since the comment of another that it answers (no such: 0), r comments of the author above, d depth",
	MathFR: "0,35 a/(a + 2) + 0,25 · 30/(m + 30) + 0,2 r/(r + 2) + 0,2 d/(d + 4) ; a tours alternés des deux mêmes au-delà du deuxième, m minutes depuis le commentaire d’un autre auquel il répond (à défaut : 0), r commentaires de l’auteur au-dessus, d profondeur",
	Scope:  metrics.PerComment, Unit: metrics.Heat, Range: metrics.Fraction, MinN: 3,
	Source: []metrics.Citation{cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		ss, err := Structure.Of(c)
		if err != nil {
			return nil, err
		}
		return metrics.Each(len(ss), func(i int) metrics.Value {
			if !metrics.Spoken(c.Thread, thread.Index(i)) {
				return metrics.Undefined(0, notSpoken)
			}
			return metrics.Of(ss[i].Value())
		}), nil
	},
}

// StructuralMean is the mean structural heat of the comments that people wrote.
var StructuralMean = &metrics.Measure{
	Name: "heat-structural-mean", Group: "heat",
	Title: metrics.Text{EN: "Mean structural heat", FR: "Chaleur structurelle moyenne"},
	Doc: metrics.Text{
		EN: "The mean structural heat of all comments. Sites that show replies flat, or hide names or times, have less of it for that reason alone. With fewer than twenty top-level comments, the 95% interval takes comments for independent, which those of one branch are not.",
		FR: "La chaleur structurelle moyenne de tous les commentaires. Les sites qui montrent les réponses à plat, ou cachent noms ou heures, en ont moins pour cette seule raison. À moins de vingt commentaires de premier niveau, l’intervalle à 95 % suppose des commentaires indépendants, ce que ceux d’une branche ne sont pas.",
	},
	Math:   "mean of structural heat",
	MathFR: "moyenne de la chaleur structurelle",
	Scope:  metrics.PerThread, Unit: metrics.Heat, Range: metrics.Fraction, MinN: 1, Interval: overStructure(),
	Source: []metrics.Citation{cite.Own},
	Run: metrics.From(spokenStructure, func(xs []float64) metrics.Value {
		if len(xs) == 0 {
			return metrics.TooFew(0, 1, metrics.Comments)
		}
		return mean(xs)
	}),
}

// spokenStructure are the structural heats of the comments that people wrote.
var spokenStructure = &metrics.Fact[[]float64]{Name: "structural heats", Compute: func(c *metrics.Context) ([]float64, error) {
	ss, err := Structure.Of(c)
	if err != nil {
		return nil, err
	}
	var xs []float64
	for i, s := range ss {
		if metrics.Spoken(c.Thread, thread.Index(i)) {
			x, _ := s.Value()
			xs = append(xs, x)
		}
	}
	return xs, nil
}}

// fewestForAgreement is the number of replies below which a rank correlation says
// nothing.
const fewestForAgreement = 5

// structuralAgreement is the rank correlation of heat and structural heat over the
// replies. N is their number.
func structuralAgreement(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "structural-agreement",
		Title: metrics.Text{EN: "Words and structure agree", FR: "Accord des mots et de la structure"},
		Doc: metrics.Text{
			EN: "Whether the replies that are hot by their words are those that stand where quarrels stand: the rank correlation of heat and structural heat. Near 0 the two tell different things, and each is to be read on its own; neither is the truth for the other. Replies only: at top level structure is 0 by definition. The 95% interval, from 10 replies on, takes them for independent.",
			FR: "Les réponses chaudes par leurs mots sont-elles celles qui se trouvent là où se trouvent les querelles ? Corrélation des rangs de la chaleur et de la chaleur structurelle. Près de 0, les deux disent autre chose, et chacune se lit pour elle-même ; aucune n’est la vérité de l’autre. Réponses seulement : au premier niveau, la structure vaut 0 par définition. L’intervalle à 95 %, à partir de 10 réponses, les suppose indépendantes.",
		},
		Math:   "Spearman’s ρ of h and structural heat over replies",
		MathFR: "ρ de Spearman de h et de la chaleur structurelle, sur les réponses",
		Scope:  metrics.PerThread, Unit: metrics.Ratio, Range: metrics.Signed, Needs: metrics.NeedReplies, MinN: fewestForAgreement, Interval: ofRanks,
		Source: []metrics.Citation{spearman1904, bonettWright},
		Run: func(c *metrics.Context) (metrics.Values, error) {
			l, err := AllLinked.Of(s, c)
			if err != nil {
				return nil, err
			}
			ss, err := Structure.Of(c)
			if err != nil {
				return nil, err
			}
			var words, structure []float64
			for k, i := range l.Comments {
				if c.Thread.Parent(i) != thread.NoIndex {
					x, _ := ss[i].Value()
					words, structure = append(words, l.Heat[k]), append(structure, x)
				}
			}
			if len(words) < fewestForAgreement {
				return metrics.One(l.few(len(words), fewestForAgreement, metrics.Text{EN: "replies with a heat", FR: "réponses dont la chaleur est connue"})), nil
			}
			return metrics.One(ranked(words, structure)), nil
		},
	})
}

var (
	spearman1904 = metrics.Citation{
		Authors: "Spearman", Title: "The proof and measurement of association between two things", Venue: "American Journal of Psychology 15", Year: 1904,
	}
	bonettWright = metrics.Citation{
		Authors: "Bonett, Wright", Title: "Sample size requirements for estimating Pearson, Kendall and Spearman correlations", Venue: "Psychometrika 65", Year: 2000,
		DOI: "10.1007/BF02294183",
	}
)

// ranked is the rank correlation of xs and ys with its interval.
func ranked(xs, ys []float64) metrics.Value {
	r, ok := stats.Spearman(xs, ys)
	if !ok {
		return metrics.Undefined(len(xs), oneIsConstant)
	}
	v := metrics.Of(r, len(xs))
	if ci, ok := stats.SpearmanBand(r, len(xs)); ok {
		v = v.With(func(more *metrics.More) { more.CI = &ci })
	}
	return v
}

var oneIsConstant = &metrics.Text{
	EN: "one of the two is the same for all",
	FR: "l’une des deux est la même pour tous",
}
