package heat

import (
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat/evidence"
)

// Version names the table below. It changes with every change to a weight, a
// scale or a list of words, so that two heats with one Version compare.
const Version = "model-1"

// Cue is a kind of evidence that a text can hold.
type Cue = evidence.Cue

// The cues, in the order in which they are shown.
const (
	Shouting     = evidence.Shouting
	Exclamation  = evidence.Exclamation
	SecondPerson = evidence.SecondPerson
	Insult       = evidence.Insult
	Dehumanising = evidence.Dehumanising
	Profanity    = evidence.Profanity
	Threat       = evidence.Threat
	Disagreement = evidence.Disagreement
	Dismissal    = evidence.Dismissal
	Sarcasm      = evidence.Sarcasm
	ScareQuotes  = evidence.ScareQuotes
	Sic          = evidence.Sic
	Pause        = evidence.Pause
	Rebuttal     = evidence.Rebuttal
	Rhetorical   = evidence.Rhetorical
	Negative     = evidence.Negative
	Politeness   = evidence.Politeness
	Hedge        = evidence.Hedge
	NumCues      = evidence.NumCues
)

// CueInfo is what a cue is, and what it counts for.
//
// Hits have strengths, 1 for a plain one. For most cues the sum of them counts
// by the length of the text: over n + Kappa, where n are the writer's own words,
// and over Full, at most 1. For the cues of anger (Flat) it does not, as one
// insult is one insult in a long text too: there x = 1 − exp(−sum/Full). x times
// Weight is what the cue adds to the sum that heat is made of.
type CueInfo struct {
	Name   string // as in Evidence.Cue
	Title  metrics.Text
	Doc    metrics.Text
	Weight float64 // negative where it cools
	Full   float64 // hits per word, or hits where Flat, at which the cue counts in full
	Flat   bool
}

// Kappa is the number of words that every text is taken to have beside its
// own, so that one cue in three words is not more than ten in fifty.
const Kappa = 50

// CueShare is the power of the cues in the heat. On labelled comments that nothing
// was learned from, 0.2 to 0.5 differ by less than 0.01 in AUC (train/variants.txt);
// of these it is the smallest tenth that keeps the order of the sample exchange and
// of the real pages of the tests.
const CueShare = 0.4

// WordingLeast is the part of what the strongest word adds to the model's score
// below which a word is no evidence.
const WordingLeast = 0.2

// Wording is the cue of words that heat for the trained model alone.
const Wording = "wording"

var wordingTitle = metrics.Text{EN: "wording", FR: "formulation"}

// Hot is the heat from which heat-share counts a comment as hot.
const Hot = 0.4

// Cues are the cues by Cue. The weights are set by hand. Those of insults,
// threats and the like were chosen where they tell hostile comments from others
// in labelled sets of comments, tweets and talk pages in both languages, the
// others on what each cue is known for in the literature and on two pages of
// comments: the order of comments means something, the decimals do not.
//
// Second person, because a reply full of "you" is about the person and not the
// subject; but that is also how help sounds, so that alone it never reaches a
// heat of 0.5. Capitals weigh little: many write names in them. "(sic)" is rarer
// and plainer than quotation marks, hence the small Full.
var Cues = [NumCues]CueInfo{
	Shouting: {
		Name: "shouting", Weight: 0.15, Full: 0.05,
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
		Name: "second-person", Weight: 0.6, Full: 0.06,
		Title: metrics.Text{EN: "second person", FR: "deuxième personne"},
		Doc: metrics.Text{
			EN: "“You” and its forms (vous, votre, tu, toi …), in replies only: elsewhere they speak to every reader.",
			FR: "« Vous », « tu » et leurs formes (votre, toi, you …), dans les réponses seulement : ailleurs ils s’adressent à tous les lecteurs.",
		},
	},
	Insult: {
		Name: "insult", Weight: 2, Full: 1, Flat: true,
		Title: metrics.Text{EN: "insult", FR: "insulte"},
		Doc: metrics.Text{
			EN: "Words and phrases that insult, from our own lists, also in disguise (“c*n”, “1d10t”, spaced or repeated letters). A quarter where a “not” stands before or where it is said of oneself, half inside quotation marks. Words with a harmless use as well count only where they are said of somebody.",
			FR: "Mots et tournures qui insultent, de nos propres listes, même déguisés (« c*n », « 1d10t », lettres espacées ou répétées). Un quart quand une négation précède ou quand on le dit de soi, la moitié entre guillemets. Les mots qui ont aussi un emploi anodin ne comptent que dits de quelqu’un.",
		},
	},
	Dehumanising: {
		Name: "dehumanising", Weight: 1, Full: 1, Flat: true,
		Title: metrics.Text{EN: "dehumanising", FR: "déshumanisation"},
		Doc: metrics.Text{
			EN: "People spoken of as vermin, dirt, illness or a flood.",
			FR: "Des gens dits vermine, ordure, maladie ou invasion.",
		},
	},
	Profanity: {
		Name: "profanity", Weight: 0.9, Full: 0.9, Flat: true,
		Title: metrics.Text{EN: "coarse words", FR: "grossièretés"},
		Doc: metrics.Text{
			EN: "Coarse words that are said of nobody.",
			FR: "Mots grossiers qui ne visent personne.",
		},
	},
	Threat: {
		Name: "threat", Weight: 2.2, Full: 1, Flat: true,
		Title: metrics.Text{EN: "threat", FR: "menace"},
		Doc: metrics.Text{
			EN: "Harm announced or wished.",
			FR: "Un mal annoncé ou souhaité.",
		},
	},
	Disagreement: {
		Name: "disagreement", Weight: 0.4, Full: 0.02,
		Title: metrics.Text{EN: "disagreement", FR: "désaccord"},
		Doc: metrics.Text{
			EN: "Set phrases that reject what another said or that say one has had enough (“you forget”, “on the contrary”, “n’importe quoi”).",
			FR: "Tournures qui rejettent ce qu’un autre a dit ou qui disent qu’on en a assez (« vous oubliez », « au contraire », « fed up »).",
		},
	},
	Dismissal: {
		Name: "dismissal", Weight: 0.7, Full: 1, Flat: true,
		Title: metrics.Text{EN: "dismissal", FR: "mépris"},
		Doc: metrics.Text{
			EN: "Phrases that end the talk or the talker (“get a life”, “à votre âge”).",
			FR: "Tournures qui congédient l’autre ou son propos (« à votre âge », « get a life »).",
		},
	},
	Sarcasm: {
		Name: "sarcasm", Weight: 0.15, Full: 0.03,
		Title: metrics.Text{EN: "sarcasm", FR: "sarcasme"},
		Doc: metrics.Text{
			EN: "Praise and laughter that often mock (“yeah right”, “comme par hasard”, 🙄). Said in earnest they are taken for the same.",
			FR: "Éloges et rires qui souvent se moquent (« comme par hasard », « yeah right », 🙄). Dits sérieusement, ils sont pris pour tels.",
		},
	},
	ScareQuotes: {
		Name: "scare-quotes", Weight: 0.35, Full: 0.05,
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
	Rebuttal: {
		Name: "rebuttal", Weight: 0.15, Full: 0.02,
		Title: metrics.Text{EN: "quoted to rebut", FR: "cité pour réfuter"},
		Doc: metrics.Text{
			EN: "A quotation with at least four words in a row of the comment answered. What stands inside is the other’s, and no evidence.",
			FR: "Une citation d’au moins quatre mots consécutifs du commentaire auquel on répond. Ce qu’elle contient est de l’autre, et n’est pas un indice.",
		},
	},
	Rhetorical: {
		Name: "rhetorical-question", Weight: 0.3, Full: 0.03,
		Title: metrics.Text{EN: "rhetorical question", FR: "question rhétorique"},
		Doc: metrics.Text{
			EN: "Beginnings of questions that want no answer (“how dare you”, “depuis quand”), where the sentence has a question mark.",
			FR: "Débuts de questions qui n’attendent pas de réponse (« depuis quand », « how dare you »), quand la phrase a un point d’interrogation.",
		},
	},
	Negative: {
		Name: "negative", Weight: 0.4, Full: 0.03,
		Title: metrics.Text{EN: "unpleasant words", FR: "mots négatifs"},
		Doc: metrics.Text{
			EN: "Words for what is unpleasant, each by how much; not behind a “not”. They tell the subject as often as the manner.",
			FR: "Mots désignant ce qui est désagréable, chacun selon son intensité ; pas après une négation. Ils disent le sujet aussi souvent que le ton.",
		},
	},
	Politeness: {
		Name: "politeness", Weight: -0.6, Full: 0.04,
		Title: metrics.Text{EN: "politeness", FR: "politesse"},
		Doc: metrics.Text{
			EN: "Thanks, greetings, apologies, requests with “please” and agreement. They cool all that heats, in proportion.",
			FR: "Remerciements, salutations, excuses, « s’il vous plaît » et accord. Ils refroidissent tout ce qui échauffe, en proportion.",
		},
	},
	Hedge: {
		Name: "hedge", Weight: -0.3, Full: 3, Flat: true,
		Title: metrics.Text{EN: "hedge", FR: "précaution"},
		Doc: metrics.Text{
			EN: "Precautions of speech (“it seems to me”, “peut-être”). They cool as politeness does.",
			FR: "Précautions oratoires (« il me semble », « perhaps »). Elles refroidissent comme la politesse.",
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
		if one == Wording {
			title = wordingTitle
		}
		for _, c := range Cues {
			if c.Name == one {
				title = c.Title
			}
		}
		en, fr = append(en, title.EN), append(fr, title.FR)
	}
	return metrics.Text{EN: strings.Join(en, " + "), FR: strings.Join(fr, " + ")}
}
