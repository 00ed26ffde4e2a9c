package heat

import (
	"strings"

	"threadheat/metrics"
)

// Version names the table below. It changes with every change to a weight, a
// scale or a list of words, so that two heats with one Version compare.
const Version = "hand-1"

// Cue is a kind of evidence that a text can hold.
type Cue uint8

// The cues, in the order in which they are shown. All but Politeness heat.
const (
	Shouting Cue = iota
	Exclamation
	SecondPerson
	Disagreement
	ScareQuotes
	Sic
	Pause
	Politeness
	NumCues = iota
)

// CueInfo is what a cue is, and what it counts for.
//
// A text of n words in which the cue is hit h times has the rate h/(n+Kappa);
// the rate over Full, at most 1, times Weight is what the cue adds to the sum
// that heat is made of.
type CueInfo struct {
	Name   string // as in Evidence.Cue
	Title  metrics.Text
	Doc    metrics.Text
	Weight float64 // negative where it cools
	Full   float64 // hits per word at which the cue counts in full
}

// Kappa is the number of words that every text is taken to have beside its
// own, so that one cue in three words is not more than ten in fifty.
const Kappa = 50

// Hot is the heat from which heat-share counts a comment as hot.
const Hot = 0.4

// Cues are the cues by Cue. The weights are chosen by hand, on what each cue is
// known for in the literature and on two pages of comments. No labelled data
// stands behind them: they put comments in a plausible order, and their
// decimals mean nothing.
//
// Second person weighs most, because a reply full of "you" is about the person
// and not the subject; but that is also how help sounds, so that alone it never
// reaches a heat of 0.5. Capitals weigh little: many write names in them.
// "(sic)" is rarer and plainer than quotation marks, hence the small Full.
var Cues = [NumCues]CueInfo{
	Shouting: {
		Name: "shouting", Weight: 0.2, Full: 0.05,
		Title: metrics.Text{EN: "shouting", FR: "majuscules"},
		Doc: metrics.Text{
			EN: "Words of four letters or more in capitals that are not acronyms; not where the whole comment is in capitals.",
			FR: "Mots d’au moins quatre lettres en capitales qui ne sont pas des sigles ; pas quand tout le commentaire est en capitales.",
		},
	},
	Exclamation: {
		Name: "exclamation", Weight: 0.3, Full: 0.05,
		Title: metrics.Text{EN: "exclamation", FR: "exclamation"},
		Doc: metrics.Text{
			EN: "Exclamation marks; a run such as !! or ?! counts double, a run of question marks once.",
			FR: "Points d’exclamation ; une suite comme !! ou ?! compte double, une suite de points d’interrogation une fois.",
		},
	},
	SecondPerson: {
		Name: "second-person", Weight: 0.65, Full: 0.05,
		Title: metrics.Text{EN: "second person", FR: "deuxième personne"},
		Doc: metrics.Text{
			EN: "“You” and its forms (vous, votre, tu, toi …), in replies only: elsewhere they speak to every reader.",
			FR: "« Vous », « tu » et leurs formes (votre, toi, you …), dans les réponses seulement : ailleurs ils s’adressent à tous les lecteurs.",
		},
	},
	Disagreement: {
		Name: "disagreement", Weight: 0.45, Full: 0.03,
		Title: metrics.Text{EN: "disagreement", FR: "désaccord"},
		Doc: metrics.Text{
			EN: "Set phrases that reject what another said or that say one has had enough (“you forget”, “on the contrary”, “n’importe quoi”).",
			FR: "Tournures qui rejettent ce qu’un autre a dit ou qui disent qu’on en a assez (« vous oubliez », « au contraire », « fed up »).",
		},
	},
	ScareQuotes: {
		Name: "scare-quotes", Weight: 0.4, Full: 0.05,
		Title: metrics.Text{EN: "scare quotes", FR: "guillemets ironiques"},
		Doc: metrics.Text{
			EN: "One to three words in quotation marks that are not a name or title. A plain quotation that short is taken for one too.",
			FR: "Un à trois mots entre guillemets qui ne sont ni un nom ni un titre. Une simple citation aussi courte est prise pour telle.",
		},
	},
	Sic: {
		Name: "sic", Weight: 0.25, Full: 0.01,
		Title: metrics.Text{EN: "(sic)", FR: "(sic)"},
		Doc: metrics.Text{
			EN: "“(sic)”, said of another’s words or, mockingly, of one’s own.",
			FR: "« (sic) », dit des mots d’un autre ou, par moquerie, des siens.",
		},
	},
	Pause: {
		Name: "pause", Weight: 0.1, Full: 0.03,
		Title: metrics.Text{EN: "pause before a noun", FR: "pause avant un nom"},
		Doc: metrics.Text{
			EN: "An ellipsis between an article or possessive and its noun (“your … experts”).",
			FR: "Des points de suspension entre un article ou possessif et son nom (« vos … experts »).",
		},
	},
	Politeness: {
		Name: "politeness", Weight: -0.6, Full: 0.04,
		Title: metrics.Text{EN: "politeness", FR: "politesse"},
		Doc: metrics.Text{
			EN: "Thanks, greetings, apologies, requests with “please”, hedges and agreement. They cool all that heats, in proportion.",
			FR: "Remerciements, salutations, excuses, « s’il vous plaît », précautions et accord. Ils refroidissent tout ce qui échauffe, en proportion.",
		},
	},
}

// CueTitle is the title of an Evidence.Cue: of the cue with that name, or of
// several joined by "+", where their spans overlap. A name it does not know is
// its own title.
func CueTitle(name string) metrics.Text {
	var en, fr []string
	for one := range strings.SplitSeq(name, "+") {
		title := metrics.Text{EN: one, FR: one}
		for _, c := range Cues {
			if c.Name == one {
				title = c.Title
			}
		}
		en, fr = append(en, title.EN), append(fr, title.FR)
	}
	return metrics.Text{EN: strings.Join(en, " + "), FR: strings.Join(fr, " + ")}
}
