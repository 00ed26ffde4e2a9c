package growth

import (
	"math"

	"threadheat/metrics"
)

const group = "growth"

// What makes people answer one comment rather than another, by the Fit of the
// thread's first 1,000 timed comments. Undefined below 30 choices, and where any
// larger value explains the choices as well. The interval is that of the profile
// likelihood; p is that of the likelihood ratio test against the model without the
// term, by the chi-squared distribution with one degree of freedom, which makes it
// too large: the term cannot be below 0. A value on the edge has a note.
var (
	Popularity = ofTerm(metrics.Measure{
		Name:  "growth-popularity",
		Title: metrics.Text{EN: "Pull of answered comments", FR: "Attrait des commentaires déjà discutés"},
		Doc: metrics.Text{
			EN: "How much each answer that a comment already has draws further ones, on a scale on which newness alone counts at most 1. At 0, how much was said about a comment does not matter. p tests that it is 0. It tells where answers went, not what people read.",
			FR: "Combien chaque réponse déjà reçue par un commentaire en attire d’autres, sur une échelle où la nouveauté seule compte au plus 1. À 0, peu importe ce qui en a déjà été dit. p teste la valeur 0. Cela dit où sont allées les réponses, non ce que les gens ont lu.",
		},
		Math:   "α in P(k) ∝ α d(k) + β [k = article] + τ^lag(k) + κ [k answers me]",
		MathFR: "α dans P(k) ∝ α d(k) + β [k = article] + τ^âge(k) + κ [k me répond]",
	}, func(f *Fit) *Term { return &f.Popularity })

	RootBias = ofTerm(metrics.Measure{
		Name:  "growth-root-bias",
		Title: metrics.Text{EN: "Pull of the article", FR: "Attrait de l’article"},
		Doc: metrics.Text{
			EN: "How much more the article itself draws comments than its age and its answers explain. At 0, it is a candidate like any comment. p tests that it is 0.",
			FR: "Combien l’article lui-même attire de commentaires au-delà de ce qu’expliquent son âge et ses réponses. À 0, il est un candidat comme les autres. p teste la valeur 0.",
		},
		Math:   "β in P(k) ∝ α d(k) + β [k = article] + τ^lag(k) + κ [k answers me]",
		MathFR: "β dans P(k) ∝ α d(k) + β [k = article] + τ^âge(k) + κ [k me répond]",
	}, func(f *Fit) *Term { return &f.RootBias })

	Reciprocity = ofTerm(metrics.Measure{
		Name:  "growth-reciprocity",
		Title: metrics.Text{EN: "Pull of answers to oneself", FR: "Attrait des réponses reçues"},
		Doc: metrics.Text{
			EN: "How much more a comment draws those whom it answers: whether people answer back. At 0, they do no more than its age and place explain. p tests that it is 0.",
			FR: "Combien un commentaire attire ceux à qui il répond : les gens répliquent-ils ? À 0, pas plus que ne l’expliquent son âge et sa place. p teste la valeur 0.",
		},
		Math:   "κ in P(k) ∝ α d(k) + β [k = article] + τ^lag(k) + κ [k answers me]",
		MathFR: "κ dans P(k) ∝ α d(k) + β [k = article] + τ^âge(k) + κ [k me répond]",
	}, func(f *Fit) *Term { return &f.Reciprocity })

	// Novelty is τ itself, in [0, 1]: 1 where age does not matter.
	Novelty = ofGrowth(metrics.Measure{
		Name:  "growth-novelty",
		Title: metrics.Text{EN: "Fading of comments with age", FR: "Effacement des commentaires avec l’âge"},
		Doc: metrics.Text{
			EN: "What remains of a comment’s newness each time another comes: 1 where age does not matter, 0.9 where half is gone after seven further comments, near 0 where only the latest is answered. p tests that it is 1.",
			FR: "Ce qui reste de la nouveauté d’un commentaire à chaque nouveau venu : 1 quand l’âge n’importe pas, 0,9 quand la moitié s’en perd en sept commentaires, près de 0 quand seul le dernier reçoit réponse. p teste la valeur 1.",
		},
		Math:   "τ in P(k) ∝ α d(k) + β [k = article] + τ^lag(k) + κ [k answers me]",
		MathFR: "τ dans P(k) ∝ α d(k) + β [k = article] + τ^âge(k) + κ [k me répond]",
		Unit:   metrics.Ratio, Range: metrics.Fraction,
	}, func(f *Fit) metrics.Value {
		t := f.Novelty
		if t.Edge == Unbounded {
			return metrics.Undefined(f.N, onlyTheNewest)
		}
		low := 1 - t.Interval[1]
		if t.Open {
			low = 0
		}
		v := metrics.Of(1-t.Value, f.N)
		v.More = &metrics.More{P: &t.P, CI: &[2]float64{low, 1 - t.Interval[0]}}
		if t.Edge == Absent {
			v.More.Note = atTheEdge
		}
		return v
	})

	// Gain is what the model knows of a choice, in bits: (ln L − ln L₀) / (n ln 2),
	// L₀ that of the uniform recursive tree.
	Gain = ofGrowth(metrics.Measure{
		Name:  "growth-gain",
		Title: metrics.Text{EN: "What growth explains", FR: "Ce que la croissance explique"},
		Doc: metrics.Text{
			EN: "How much better the four pulls together foretell whom a comment answers than blind choice does, in bits a comment: 0 not at all, 1 as if half of the candidates were ruled out. Fitted to the same comments, so that it is a little too high. p tests that choice is blind.",
			FR: "De combien les quatre attraits réunis prédisent mieux que le hasard à qui répond un commentaire, en bits par commentaire : 0 en rien, 1 comme si la moitié des candidats était écartée. Ajusté sur les mêmes commentaires, donc un peu trop haut. p teste un choix au hasard.",
		},
		Math: "(ln L − ln L₀) / (n ln 2), L₀ = Π 1/t",
		Unit: metrics.Bits, Range: metrics.NonNegative,
		Interval: gainOnly,
	}, func(f *Fit) metrics.Value {
		v := metrics.Of((f.LogLikelihood-f.Blind)/(float64(f.N)*math.Ln2), f.N)
		v.More = &metrics.More{P: &f.P}
		return v
	})
)

// Measures are those of this package.
var Measures = []*metrics.Measure{Popularity, RootBias, Novelty, Reciprocity, Gain}

var source = []metrics.Citation{
	{Authors: "Gómez, Kappen, Litvak, Kaltenbrunner", Title: "A likelihood-based framework for the analysis of discussion threads", Venue: "World Wide Web 16", Year: 2013, DOI: "10.1007/s11280-012-0162-8"},
	{Authors: "Aragón, Gómez, Kaltenbrunner", Title: "To thread or not to thread: the impact of conversation threading on online discussion", Venue: "Proceedings of ICWSM", Year: 2017},
}

var (
	atTheEdge = &metrics.Text{
		EN: "on the edge: the model does as well without this",
		FR: "au bord : le modèle s’en passe aussi bien",
	}
	openEnded = &metrics.Text{
		EN: "the comments rule out no larger value",
		FR: "les commentaires n’excluent aucune valeur plus grande",
	}
	beyondBounds = &metrics.Text{
		EN: "on the edge: the larger it is taken, the better it fits",
		FR: "au bord : plus la valeur est grande, mieux elle convient",
	}
	ratiosOnly = &metrics.Text{
		EN: "another weight is on its edge: only the ratios of weights mean anything",
		FR: "un autre poids est au bord : seuls les rapports des poids ont un sens",
	}
	onlyTheNewest = &metrics.Text{
		EN: "on the edge: the closer to 0 it is taken, the better it fits",
		FR: "au bord : plus la valeur est proche de 0, mieux elle convient",
	}
	nobodyBack = &metrics.Text{
		EN: "nobody wrote again after being answered by another",
		FR: "personne n’a réécrit après une réponse d’autrui",
	}
	choicesText = metrics.Text{
		EN: "timed comments after the first whose place is known",
		FR: "commentaires datés après le premier dont la place est connue",
	}
)

var (
	profiled = &metrics.Interval{
		How:  metrics.Text{EN: "profile likelihood", FR: "vraisemblance profilée"},
		None: metrics.Text{EN: "open: the comments rule out no larger value", FR: "ouvert : les commentaires n’excluent aucune valeur plus grande"},
	}
	gainOnly = &metrics.Interval{None: metrics.Text{
		EN: "fitted to the same comments; p tells whether it is more than chance",
		FR: "ajusté sur les mêmes commentaires ; p dit si c’est plus que le hasard",
	}}
)

// ofTerm completes a measure of a weight.
func ofTerm(m metrics.Measure, of func(*Fit) *Term) *metrics.Measure {
	m.Unit, m.Range = metrics.Ratio, metrics.NonNegative
	return ofGrowth(m, func(f *Fit) metrics.Value {
		t := of(f)
		switch {
		case t == &f.Reciprocity && f.Returns == 0:
			return metrics.Undefined(f.N, nobodyBack)
		case t.Edge == Unbounded:
			return metrics.Undefined(f.N, beyondBounds)
		}
		v := metrics.Of(t.Value, f.N)
		v.More = &metrics.More{P: &t.P}
		if !t.Open {
			v.More.CI = &t.Interval
		}
		switch {
		case t.Edge == Absent:
			v.More.Note = atTheEdge
		case f.scaleless():
			v.More.Note = ratiosOnly
		case t.Open:
			v.More.Note = openEnded
		}
		return v
	})
}

// ofGrowth completes a measure of the fit. N is the number of choices.
func ofGrowth(m metrics.Measure, value func(*Fit) metrics.Value) *metrics.Measure {
	m.Group, m.Scope, m.Needs, m.MinN, m.Source = group, metrics.PerThread, metrics.NeedTimes, minChoices, source
	if m.Interval == nil {
		m.Interval = profiled
	}
	valueOf[&m] = value
	m.Run = metrics.From(Grown, func(f Fit) metrics.Value { return f.Value(&m) })
	return &m
}
