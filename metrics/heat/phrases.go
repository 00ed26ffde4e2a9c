package heat

import (
	"slices"
	"strings"

	"threadheat/metrics/internal/words"
)

// secondPerson holds the words that address somebody. "ton" and "ta" are
// English words too; see reading.drop. The elided t' is told by its apostrophe.
var secondPerson = set(`
	vous votre vos vôtre vôtres tu te toi ton ta tes tien tienne tiens
	you your yours yourself yourselves`)

// acronyms are pronounceable in capitals of four letters or more without being
// shouted; those without a vowel need no list.
var acronyms = set(`
	otan nato onu unesco unicef nasa opep opec usaid ocde oecd omc asean brics aiea iaea
	gafa gafam insee cnil inserm urssaf smic ademe ehpad tafta ceta aena
	covid sida aids sras rgpd edvige hadopi pisa ieee
	html json ajax isbn yaml ascii jpeg
	asap faq imho afaik rofl lmao mdr
	viii xiii xviii xxii xxiii xxviii xxiv xxvi xxvii`)

// The phrases are our own list, written from the classes of phrases that the
// sources of the heat measure describe. Where two begin alike the longer wins.
const disagreement = `
	c'est faux | est faux | tout faux | tout à fait faux | c'est archifaux | faux et archi faux
	au contraire | bien au contraire | pas du tout | absolument pas | certainement pas | sûrement pas | mais non | mais enfin
	pas d'accord | je ne suis pas d'accord | en désaccord
	n'importe quoi | rien à voir | aucun rapport | aucun sens | pas de sens | hors sujet | hors de propos
	ridicule | absurde | grotesque | inadmissible | inacceptable | scandaleux | honteux | c'est une honte | quelle honte
	vous oubliez | tu oublies | vous omettez | tu omets | vous n'omettez | vous ignorez | tu ignores
	vous ne dites pas | tu ne dis pas | vous ne dites rien | vous ne savez pas | tu ne sais pas | vous ne comprenez | tu ne comprends
	vous vous trompez | tu te trompes | vous avez tort | tu as tort | vous faites erreur | vous confondez | tu confonds
	vous mentez | tu mens | vous racontez | tu racontes | vous prétendez | tu prétends | vous déformez | tu déformes
	rien compris | arrêtez de | arrête de | cessez de | cesse de | assez de
	soyez sérieux | sois sérieux | soyons sérieux | un peu de sérieux | à d'autres
	ras le bol | ça suffit | cela suffit | y en a marre | en ai marre | en avons marre | plein le dos | c'en est assez
	wrong | that's false | is false | are false | totally false | not true | isn't true | untrue
	on the contrary | quite the opposite | the opposite is true | not at all | absolutely not | certainly not | of course not | no way
	disagree | i disagree | don't agree | do not agree | can't agree | cannot agree
	nonsense | ridiculous | absurd | outrageous | unacceptable | disgraceful | shameful | what a joke | beside the point
	makes no sense | make no sense | doesn't make sense | does not make sense | nothing to do with | has no bearing
	you forget | you forgot | you omit | you omitted | you ignore | you ignored | you fail to | you failed to | you neglect
	you don't say | you don't know | you do not know | you don't understand | you do not understand | you have no idea | you know nothing
	you're mistaken | you are mistaken | you confuse | you're confusing | you pretend | you claim | you twist
	you lie | you're lying | you are lying | stop lying | stop pretending | stop it | spare me | spare us
	fed up | sick of | sick and tired | enough is enough | had enough | give me a break | so what | get real | grow up`

const politeness = `
	merci | merci beaucoup | merci bien | merci d'avance | un grand merci | je vous remercie | je te remercie | nous vous remercions | remerciements
	bonjour | bonsoir | salut | bonne journée | bonne soirée | cordialement | bien cordialement | bien à vous | amicalement | bienvenue
	pardon | désolé | désolée | navré | navrée | excusez moi | excuse moi | veuillez m'excuser | je m'excuse | mes excuses | toutes mes excuses
	s'il vous plaît | s'il vous plait | s'il te plaît | s'il te plait | svp | stp | je vous prie | je vous en prie | pourriez vous | pourrais tu | auriez vous
	peut être | il me semble | me semble t'il | à mon avis | à mon humble avis | je crois que | je pense que | j'imagine que | j'ai l'impression | selon moi | sauf erreur | si je ne me trompe
	vous avez raison | tu as raison | je suis d'accord | d'accord avec vous | d'accord avec toi | bien vu | bonne question | bonne remarque | je comprends
	thanks | thanks a lot | many thanks | thank you | thank you very much | thank you so much | thx | grateful
	hello | hi | good morning | good afternoon | good evening | dear all | welcome | best regards | kind regards | cheers
	sorry | i'm sorry | i am sorry | apologies | my apologies | i apologise | i apologize | excuse me | pardon me | my mistake | my bad
	please | could you please | would you please | could you | would you mind | may i
	perhaps | maybe | i think | i believe | i guess | i suppose | it seems | it seems to me | in my opinion | in my view | if i'm not mistaken | imho | imo | as far as i know
	i agree | you're right | you are right | good point | fair point | fair enough | good question | well said | i understand`

// idioms look like a cue and are none. They take part so that the longer wins.
const idioms = `
	bonjour le | bonjour la | bonjour les dégâts`

// phrase is a run of tokens that is a cue, or an idiom (NumCues).
type phrase struct {
	cue  Cue
	rest []string // the tokens after the first
}

// phrases are the phrases by their first token, the longest first.
var phrases = func() map[string][]phrase {
	m := map[string][]phrase{}
	for _, list := range []struct {
		cue  Cue
		text string
	}{{Disagreement, disagreement}, {Politeness, politeness}, {NumCues, idioms}} {
		for line := range strings.FieldsFuncSeq(list.text, func(r rune) bool { return r == '|' || r == '\n' }) {
			var toks []string
			for _, t := range words.Tokens(line) {
				toks = append(toks, t.Text)
			}
			if len(toks) > 0 {
				m[toks[0]] = append(m[toks[0]], phrase{list.cue, toks[1:]})
			}
		}
	}
	for _, ps := range m {
		slices.SortStableFunc(ps, func(a, b phrase) int { return len(b.rest) - len(a.rest) })
	}
	return m
}()

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
