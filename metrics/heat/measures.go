package heat

import (
	"fmt"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/stats"
	"threadheat/thread"
)

// Measures are the measures of heat, in the order in which they are shown.
var Measures = slices.Concat(of(Own), []*metrics.Measure{StructuralMean, EarlyWarning, OfComment, OfStructure, AnswersBack}, cueRates())

// ofSources makes the measures that every Source has.
var ofSources = []func(*Source) *metrics.Measure{Mean, peak, p90, share, meanOfAuthor}

func of(s *Source) []*metrics.Measure {
	var ms []*metrics.Measure
	for _, f := range slices.Concat(ofSources, inContext) {
		ms = append(ms, f(s))
	}
	return ms
}

var (
	vader = metrics.Citation{
		Authors: "Hutto, Gilbert", Title: "VADER: A parsimonious rule-based model for sentiment analysis of social media text",
		Venue: "ICWSM", Year: 2014, Where: "capitals and exclamation marks as intensity", WhereFR: "majuscules et points d’exclamation comme marques d’intensité",
	}
	politenessPaper = metrics.Citation{
		Authors: "Danescu-Niculescu-Mizil, Sudhof, Jurafsky, Leskovec, Potts",
		Title:   "A computational approach to politeness with application to social factors", Venue: "ACL", Year: 2013,
	}
	awry = metrics.Citation{
		Authors: "Zhang, Chang, Danescu-Niculescu-Mizil, Dixon, Hua, Thain, Taraborelli",
		Title:   "Conversations gone awry: Detecting early signs of conversational failure", Venue: "ACL", Year: 2018,
		DOI: "10.18653/v1/P18-1125",
	}
	sources = []metrics.Citation{awry, politenessPaper, vader, cite.Own}
)

// OfComment is the heat of each comment, with the evidence for it; see Of. N is
// the number of words.
var OfComment = &metrics.Measure{
	Name: "heat", Group: "heat",
	Title: metrics.Text{EN: "Heat", FR: "Chaleur"},
	Doc: metrics.Text{
		EN: "How hostile the manner of a comment is, from its own words: insults, threats, coarse words, dismissal, shouting, exclamation, talk about the reader, disagreement, mockery, less politeness. It sees manner and not meaning: a cold insult is missed, friendly swearing and warm help full of “you” are not told from the other kind. A model trained on labelled comments gives most of it, and cues whose weights are set by hand raise it; metrics/heat/MODEL.md says how good it is, and where it errs. Trust the order more than the number: the probability behind it takes for granted that three comments in ten are hot.",
		FR: "L’hostilité du ton d’un commentaire, d’après ses propres mots : insultes, menaces, grossièretés, mépris, majuscules, exclamations, adresse au lecteur, désaccord, moquerie, moins la politesse. Elle voit la manière et non le sens : une insulte froide lui échappe, et les jurons amicaux ou l’aide pleine de « vous » ne se distinguent pas du reste. Un modèle entraîné sur des commentaires annotés en donne l’essentiel, et des indices aux poids fixés à la main l’augmentent ; metrics/heat/MODEL.md dit ce qu’elle vaut et où elle se trompe. Fiez-vous à l’ordre plus qu’au nombre : la probabilité sous-jacente suppose que trois commentaires sur dix sont vifs.",
	},
	Math:   "1 − (1 − model)·(1 − cues)^0.4, cues = 1 − exp(−(Λ(text) + Λ(hottest sentence))/2), Λ = max(0, Σ wₖ xₖ), xₖ = min(1, hitsₖ/(words + 50)/fullₖ), or 1 − exp(−hitsₖ/fullₖ) for anger",
	MathFR: "1 − (1 − modèle)·(1 − indices)^0,4, indices = 1 − exp(−(Λ(texte) + Λ(phrase la plus vive))/2), Λ = max(0, Σ wₖ xₖ), xₖ = min(1, indicesₖ/(mots + 50)/pleinₖ), ou 1 − exp(−indicesₖ/pleinₖ) pour la colère",
	Scope:  metrics.PerComment, Unit: metrics.Heat, Range: metrics.Fraction,
	Source: sources,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		ss, err := Scores.Of(c)
		if err != nil {
			return nil, err
		}
		vs := make(metrics.List, len(ss))
		for i, s := range ss {
			vs[i] = s.value()
		}
		return vs, nil
	},
}

// value is the score with its evidence.
func (s Score) value() metrics.Value {
	if s.Reason != nil {
		return metrics.Undefined(s.Tokens, s.Reason)
	}
	v := metrics.Of(s.Value, s.Tokens)
	if len(s.Evidence) > 0 {
		v.More = &metrics.More{Evidence: s.Evidence}
	}
	return v
}

// cueRates are measures of the single cues, for those who want to weigh them
// otherwise.
func cueRates() []*metrics.Measure {
	ms := make([]*metrics.Measure, 0, NumCues)
	for cue, info := range Cues {
		ms = append(ms, &metrics.Measure{
			Name: "heat-" + info.Name, Group: "heat",
			Title: metrics.Text{EN: "Rate of " + info.Title.EN, FR: "Taux : " + info.Title.FR},
			Doc: metrics.Text{
				EN: info.Doc.EN + " Hits per word of the text, in all comments, whether they count for the heat or not.",
				FR: info.Doc.FR + " Occurrences par mot du texte, dans tous les commentaires, qu’elles comptent pour la chaleur ou non.",
			},
			Math:   "hits / words",
			MathFR: "indices / mots",
			Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.NonNegative, MinN: 1,
			Source: sources,
			Run: func(c *metrics.Context) (metrics.Values, error) {
				ss, err := Scores.Of(c)
				if err != nil {
					return nil, err
				}
				vs := make(metrics.List, len(ss))
				for i, s := range ss {
					vs[i] = s.rate(Cue(cue))
				}
				return vs, nil
			},
		})
	}
	return ms
}

func (s Score) rate(c Cue) metrics.Value {
	switch {
	case s.Reason != nil:
		return metrics.Undefined(s.Tokens, s.Reason)
	case s.Tokens == 0:
		return metrics.TooFew(0, 1, metrics.Words)
	}
	return metrics.Of(float64(s.Counts[c])/float64(s.Tokens), s.Tokens)
}

// Mean is the mean heat of a thread's comments; peak, p90 and share sum them up
// otherwise. N is how many have a heat. Undefined where none has.
func Mean(s *Source) *metrics.Measure {
	return s.ofThread("mean", metrics.Text{EN: "mean of heat", FR: "moyenne de la chaleur"}, metrics.Heat,
		metrics.Text{EN: "Mean heat", FR: "Chaleur moyenne"},
		metrics.Text{
			EN: "The mean heat of the comments that have one. A few hot comments among many short calm ones hardly show in it: read it beside the peak. With fewer than twenty top-level comments, the 95% interval takes comments for independent, which replies are not.",
			FR: "La chaleur moyenne des commentaires qui en ont une. Quelques commentaires vifs parmi beaucoup de courts et calmes s’y voient à peine : lisez-la avec le maximum. À moins de vingt commentaires de premier niveau, l’intervalle à 95 % suppose des commentaires indépendants, ce que des réponses ne sont pas.",
		},
		overMean(s), mean)
}

func peak(s *Source) *metrics.Measure {
	return s.ofThread("peak", metrics.Text{EN: "max of heat", FR: "maximum de la chaleur"}, metrics.Heat,
		metrics.Text{EN: "Peak heat", FR: "Chaleur maximale"},
		metrics.Text{
			EN: "The heat of the hottest comment. It can only grow with the number of comments, so that long threads look hotter.",
			FR: "La chaleur du commentaire le plus vif. Elle ne peut que croître avec le nombre de commentaires : les longs fils paraissent plus vifs.",
		},
		metrics.Extreme, plain(slices.Max[[]float64]))
}

func p90(s *Source) *metrics.Measure {
	return s.ofThread("p90", metrics.Text{EN: "0.9-quantile of heat (type 7)", FR: "quantile 0,9 de la chaleur (type 7)"}, metrics.Heat,
		metrics.Text{EN: "90th percentile of heat", FR: "90e centile de la chaleur"},
		metrics.Text{
			EN: "One comment in ten is hotter than this. With fewer than ten comments it lies between the two hottest.",
			FR: "Un commentaire sur dix est plus vif. Avec moins de dix commentaires, il se situe entre les deux plus vifs.",
		},
		overP90(s), plain(func(xs []float64) float64 { return stats.Quantile(xs, 0.9) }), cite.Quantile7)
}

func share(s *Source) *metrics.Measure {
	hot := fmt.Sprintf("%.1f", s.Hot)
	return s.ofThread("share", metrics.Text{EN: "|{heat ≥ " + hot + "}| / n", FR: "|{chaleur ≥ " + strings.Replace(hot, ".", ",", 1) + "}| / n"}, metrics.Ratio,
		metrics.Text{EN: "Share of hot comments", FR: "Part des commentaires vifs"},
		metrics.Text{
			EN: fmt.Sprintf("The share of the comments with a heat of %.1f or more. The line is drawn by hand.", s.Hot),
			FR: strings.Replace(fmt.Sprintf("La part des commentaires dont la chaleur atteint %.1f. Le seuil est fixé à la main.", s.Hot), "0.", "0,", 1),
		},
		overHot(s), plain(func(xs []float64) float64 {
			n := 0
			for _, x := range xs {
				if x >= s.Hot {
					n++
				}
			}
			return float64(n) / float64(len(xs))
		}))
}

var noHeat = &metrics.Text{EN: "no comment has a heat", FR: "aucun commentaire n’a de chaleur"}

// fewestForCI is the number of comments below which the mean has no interval.
const fewestForCI = 4

// mean is the mean with a 95 % interval, which intervals.Beside replaces where there
// are branches enough.
func mean(xs []float64) metrics.Value {
	m, half := stats.MeanBand(xs)
	v := metrics.Of(m, len(xs))
	if len(xs) >= fewestForCI {
		v.More = &metrics.More{CI: &[2]float64{max(m-half, 0), min(m+half, 1)}}
	}
	return v
}

// plain makes a Value of what f gives.
func plain(f func([]float64) float64) func([]float64) metrics.Value {
	return func(xs []float64) metrics.Value { return metrics.Of(f(xs), len(xs)) }
}

// ofThread is a measure of the heats that a thread's comments have, at least one.
func (s *Source) ofThread(name string, math metrics.Text, u metrics.Unit, title, doc metrics.Text, ci *metrics.Interval, f func([]float64) metrics.Value, more ...metrics.Citation) *metrics.Measure {
	m := metrics.Measure{
		Name: name, Title: title, Doc: doc, Math: math.EN, MathFR: math.FR,
		Scope: metrics.PerThread, Unit: u, Range: metrics.Fraction, MinN: 1, Source: more, Interval: ci,
		Run: func(c *metrics.Context) (metrics.Values, error) {
			xs, _, err := s.Defined(c)
			if err != nil {
				return nil, err
			}
			if len(xs) == 0 {
				return metrics.One(metrics.Undefined(0, s.none(c))), nil
			}
			return metrics.One(f(xs)), nil
		},
	}
	if s == Own {
		m.Needs = metrics.NeedText
	}
	return s.Measure(m)
}

// meanOfAuthor is the mean heat of what each author wrote. N is how many of the
// author's comments have a heat; undefined where none has.
func meanOfAuthor(s *Source) *metrics.Measure {
	return s.Measure(metrics.Measure{
		Name:  "mean",
		Title: metrics.Text{EN: "Mean heat written", FR: "Chaleur moyenne des écrits"},
		Doc: metrics.Text{
			EN: "The mean heat of the author’s comments. It tells how this person writes here, not what this person is like; with one or two comments it tells next to nothing.",
			FR: "La chaleur moyenne des commentaires de l’auteur. Elle dit comment cette personne écrit ici, non comment elle est ; avec un ou deux commentaires, elle ne dit presque rien.",
		},
		Math:   "mean of heat over the author’s comments",
		MathFR: "moyenne de la chaleur des commentaires de l’auteur",
		Scope:  metrics.PerAuthor, Unit: metrics.Heat, Range: metrics.Fraction, MinN: 1,
		Run: func(c *metrics.Context) (metrics.Values, error) {
			xs, at, err := s.Defined(c)
			if err != nil {
				return nil, err
			}
			sum, n := make([]float64, c.Thread.Authors()), make([]int, c.Thread.Authors())
			for k, x := range xs {
				a := c.Thread.Author(thread.Index(at[k]))
				sum[a] += x
				n[a]++
			}
			vs := make(metrics.List, len(sum))
			for a := range vs {
				if n[a] == 0 {
					vs[a] = metrics.Undefined(0, s.none(c))
					continue
				}
				vs[a] = metrics.Of(sum[a]/float64(n[a]), n[a])
			}
			return vs, nil
		},
	})
}
