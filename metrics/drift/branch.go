package drift

import (
	"math"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

var madsen = metrics.Citation{
	Authors: "Madsen, Kauchak, Elkan", Title: "Modeling word burstiness using the Dirichlet distribution",
	Venue: "ICML", Year: 2005, DOI: "10.1145/1102351.1102420", Where: "the model of a bag of words; its use on reply trees is ours", WhereFR: "le modèle d’un sac de mots ; son usage sur les arbres de réponses est le nôtre",
}

var contentStems = metrics.Text{EN: "stems of words with a subject", FR: "racines de mots porteurs d’un sujet"}

var nothingAbove = &metrics.Text{
	EN: "nothing above it has words in its language",
	FR: "rien au-dessus n’a de mots dans sa langue",
}

const bayesMath = "(ln BF(S, path) + ½·ln BF(S, branch − S) + ln BF(S, thread − S)/branches + ¼·mixture) / √(s + 5) + 0.8·ln(1 + stems), less 0.4·the highest above, if > 0; " +
	"ln BF(S, R) = lnΓ(s+r+a) + lnΓ(a) − lnΓ(s+a) − lnΓ(r+a) + Σ_{w in both} [lnΓ(S_w+α_w) + lnΓ(R_w+α_w) − lnΓ(S_w+R_w+α_w) − lnΓ(α_w)], a = 60, α_w = a·p(w), path = Σ 0.7^k·k-th ancestor + title"

const bayesMathFR = "(ln BF(S, chemin) + ½·ln BF(S, branche − S) + ln BF(S, fil − S)/branches + ¼·mélange) / √(s + 5) + 0,8·ln(1 + racines), moins 0,4·la plus forte au-dessus, si > 0 ; " +
	"ln BF(S, R) = lnΓ(s+r+a) + lnΓ(a) − lnΓ(s+a) − lnΓ(r+a) + Σ_{w dans les deux} [lnΓ(S_w+α_w) + lnΓ(R_w+α_w) − lnΓ(S_w+R_w+α_w) − lnΓ(α_w)], a = 60, α_w = a·p(w), chemin = Σ 0,7^k·k-ième ancêtre + titre"

// Branch is the drift of the branch that a comment opens, over the edge above it.
var Branch = &metrics.Measure{
	Name: "drift", Group: "drift",
	Title: metrics.Text{EN: "Drift of the branch", FR: "Dérive de la branche"},
	Doc: metrics.Text{
		EN: "How much the words of a comment and of all below it speak for another subject than those above it: the logarithm of a Bayes factor, two bags of words over one, brought to one scale for short and long branches. It ranks the edges of one thread: the highest are where the subject most likely turned. Between threads compare drift-nats. Addresses and stop words are left out, and quotations count where they quote what is answered; a synonym still counts as another word, and irony as meant.",
		FR: "Combien les mots d’un commentaire et de tout ce qui suit parlent pour un autre sujet que ceux d’au-dessus : le logarithme d’un facteur de Bayes, deux sacs de mots contre un, ramené à une même échelle pour branches courtes et longues. Il classe les liens d’un même fil : les plus élevés sont ceux où le sujet a le plus probablement tourné. Entre fils, comparer drift-nats. Adresses et mots vides sont écartés, et les citations comptent là où elles citent ce à quoi l’on répond ; un synonyme compte pourtant comme un autre mot, et l’ironie comme dite au premier degré.",
	},
	Math: bayesMath, MathFR: bayesMathFR,
	Scope: metrics.PerComment, Unit: metrics.Ratio, Range: metrics.AnyNumber, Needs: metrics.NeedText | metrics.NeedReplies, MinN: MinStems,
	Source: []metrics.Citation{madsen, cite.Own},
	Run:    branchValues(func(d *Branches, i thread.Index) (float64, int) { return d.Score[i], d.Stems[i] }),
}

// Own is the drift of a comment alone.
var Own = &metrics.Measure{
	Name: "drift-own", Group: "drift",
	Title: metrics.Text{EN: "Drift of the comment alone", FR: "Dérive du seul commentaire"},
	Doc: metrics.Text{
		EN: "The drift of the branch, worked out from the comment’s own words without what answers it. It knows less: in a short comment a single word decides.",
		FR: "La dérive de la branche, calculée sur les seuls mots du commentaire, sans ce qui lui répond. Elle en sait moins : dans un commentaire court, un seul mot décide.",
	},
	Math: bayesMath + "; S = the comment, nothing taken off", MathFR: bayesMathFR + " ; S = le commentaire, rien n’est retiré",
	Scope: metrics.PerComment, Unit: metrics.Ratio, Range: metrics.AnyNumber, Needs: metrics.NeedText | metrics.NeedReplies, MinN: MinStems,
	Source: []metrics.Citation{madsen, cite.Own},
	Run:    branchValues(func(d *Branches, i thread.Index) (float64, int) { return d.Own[i], d.OwnStems[i] }),
}

// Nats is the evidence that a branch has left the path above it.
var Nats = &metrics.Measure{
	Name: "drift-nats", Group: "drift",
	Title: metrics.Text{EN: "Evidence of drift", FR: "Indices de dérive"},
	Doc: metrics.Text{
		EN: "The logarithm of the Bayes factor of “the branch and the path above it are two bags of words” over “they are one”: above 0 the words speak for two subjects, below 0 for one. Some 4 % of ordinary replies lie above 6.6, on pages that bundle subjects up to a quarter. Long branches give more evidence either way.",
		FR: "Le logarithme du facteur de Bayes de « la branche et le chemin au-dessus sont deux sacs de mots » contre « ils n’en font qu’un » : au-dessus de 0 les mots parlent pour deux sujets, au-dessous pour un seul. Quelque 4 % des réponses ordinaires dépassent 6,6, jusqu’à un quart sur les pages qui réunissent des sujets. Les longues branches donnent plus d’indices dans les deux sens.",
	},
	Math: "ln BF(S, path), as for drift", MathFR: "ln BF(S, chemin), comme pour drift",
	Scope: metrics.PerComment, Unit: metrics.Nats, Range: metrics.AnyNumber, Needs: metrics.NeedText | metrics.NeedReplies, MinN: MinStems,
	Source: []metrics.Citation{madsen, cite.Own},
	Run:    branchValues(func(d *Branches, i thread.Index) (float64, int) { return d.Nats[i], d.Stems[i] }),
}

// branchValues are the values of the comments that are measured; n counts stems.
func branchValues(of func(d *Branches, i thread.Index) (x float64, n int)) func(*metrics.Context) (metrics.Values, error) {
	return func(c *metrics.Context) (metrics.Values, error) {
		d, err := Drifts.Of(c)
		if err != nil {
			return nil, err
		}
		t := c.Thread
		vs := make(metrics.List, t.Len())
		for i := range t.All() {
			x, n := of(d, i)
			switch why := words.Unread(t, i); {
			case why != nil:
				vs[i] = metrics.Undefined(0, why)
			case t.Parent(i) == thread.NoIndex:
				vs[i] = metrics.Undefined(n, noParent)
			case n < MinStems:
				vs[i] = metrics.TooFew(n, MinStems, contentStems)
			case d.Above[i] == 0:
				vs[i] = metrics.Undefined(n, nothingAbove)
			default:
				vs[i] = metrics.Of(x, n)
			}
		}
		return vs, nil
	}
}

// OffTopic is how far a comment has drifted in all.
var OffTopic = &metrics.Measure{
	Name: "off-topic", Group: "drift",
	Title: metrics.Text{EN: "Off topic", FR: "Hors sujet"},
	Doc: metrics.Text{
		EN: "How far a comment stands from where its branch began: the highest drift on the way up to the top-level comment, from 0 (it has left nothing) to 1. At 0.5 a planted branch is as likely as an ordinary one, if both were as frequent; it is a rank, not a verdict. A comment with too few words is where the one it answers is.",
		FR: "À quelle distance un commentaire se trouve du début de sa branche : la plus forte dérive sur le chemin jusqu’au commentaire de premier niveau, de 0 (il n’a rien quitté) à 1. À 0,5, une branche greffée est aussi probable qu’une branche ordinaire, si les deux étaient aussi fréquentes ; c’est un rang, non un verdict. Un commentaire qui a trop peu de mots est où est celui auquel il répond.",
	},
	Math:   "1 / (1 + e^−0.28·(x − 1.2)), x = highest drift from the comment up; 0 at top level",
	MathFR: "1 / (1 + e^−0,28·(x − 1,2)), x = plus forte dérive en remontant du commentaire ; 0 au premier niveau",
	Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedText | metrics.NeedReplies,
	Source: []metrics.Citation{madsen, cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		d, err := Drifts.Of(c)
		if err != nil {
			return nil, err
		}
		t := c.Thread
		vs := make(metrics.List, t.Len())
		far := make([]float64, t.Len())
		for i := range t.All() {
			if p := t.Parent(i); p != thread.NoIndex {
				if far[i] = far[p]; d.measured(i) {
					far[i] = max(far[i], sigmoid(offSlope*(d.Score[i]-offAt)))
				}
			}
			if why := words.Unread(t, i); why != nil {
				vs[i] = metrics.Undefined(0, why)
			} else {
				vs[i] = metrics.Of(far[i], int(d.bags.total[i]))
			}
		}
		return vs, nil
	},
}

// The line from drift to the odds of a planted branch, fitted to one seed of the
// development grafts with as many planted as ordinary edges.
const (
	offAt    = 1.2
	offSlope = 0.28
)

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
