package accommodation

import "strings"

// Class is a closed class of function words. People hardly notice that they use
// them, nor that they take them over.
type Class uint8

// The classes.
const (
	Articles Class = iota
	Pronouns
	Prepositions
	Conjunctions
	Negations
	Quantifiers
	Auxiliaries
	Adverbs
	NumClasses // how many there are
)

// classNames are the names of the classes, as typed.
var classNames = [NumClasses]string{"articles", "pronouns", "prepositions", "conjunctions", "negations", "quantifiers", "auxiliaries", "adverbs"}

// String is the name: "articles".
func (c Class) String() string { return classNames[c] }

// lists are our own, from grammars. A word stands in the class that it mostly has;
// apostrophes and hyphens split words, as they do in the texts. Words that two
// classes claim alike ("that", "so", "que") are left to one.
var lists = map[string][NumClasses]string{
	"en": {
		Articles: "a an the",
		Pronouns: `i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
			it its itself they them their theirs themselves this these those that who whom whose which what one someone somebody anyone anybody
			everyone everybody something anything everything`,
		Prepositions: `about above across after against along among around at before behind below beneath beside between beyond by despite down
			during except for from in inside into like near of off on onto out outside over past since through throughout to toward towards under
			until up upon with within without`,
		Conjunctions: "and but or nor so because although though unless while whereas whether if than as when whenever where wherever once",
		Negations:    "no not never none nothing nobody nowhere neither cannot don didn doesn isn aren wasn weren won wouldn shouldn couldn haven hasn hadn ain",
		Quantifiers:  "all any both each either enough every few fewer half less little lot lots many more most much several some couple plenty",
		Auxiliaries:  "am is are was were be been being have has had having do does did doing can could may might must shall should will would ought m re ve ll d",
		Adverbs:      "again almost already also always anyway away back even ever here just maybe now often only perhaps quite rather really soon still then there too very well yet actually probably",
	},
	"fr": {
		Articles: "le la les l un une des du au aux",
		Pronouns: `je j me m moi nous vous tu te t toi il elle ils elles on se s soi lui leur eux en y ce c ça cela ceci celui celle ceux celles
			qui que qu quoi dont lequel laquelle lesquels lesquelles mien tien sien nôtre vôtre mon ma mes ton ta tes son sa ses notre nos votre vos leurs quelqu chacun`,
		Prepositions: `à de d dans par pour sur avec sans sous entre chez vers contre depuis pendant avant après dès jusqu jusque malgré parmi selon
			hors durant envers derrière devant outre près`,
		Conjunctions: "et ou mais donc or ni car si comme quand lorsque lorsqu puisque puisqu parce quoique tandis afin",
		Negations:    "ne n pas jamais rien aucun aucune personne guère nul nulle non",
		Quantifiers:  "tout tous toute toutes chaque plusieurs quelque quelques beaucoup peu trop assez moins tant autant certains certaines combien",
		Auxiliaries: `suis es est sommes êtes sont étais était étions étiez étaient serai sera serons serez seront serais serait seraient été être étant
			ai as a avons avez ont avais avait avions aviez avaient aurai aura aurons aurez auront aurais aurait auraient eu avoir ayant
			peux peut pouvons pouvez peuvent pouvait pourrait dois doit devons devez doivent devait devrait faut fallait vais va allons allez vont`,
		Adverbs: "très bien mal encore déjà toujours souvent parfois ici là alors ensuite puis aussi ainsi même surtout vraiment plutôt presque seulement maintenant aujourd hier demain enfin pourtant cependant",
	},
}

// sets are the classes of each word as bits, by language.
var sets = func() map[string]map[string]uint8 {
	out := map[string]map[string]uint8{}
	for lang, byClass := range lists {
		set := map[string]uint8{}
		for c, list := range byClass {
			for _, w := range strings.Fields(list) {
				set[w] |= 1 << c
			}
		}
		out[lang] = set
	}
	return out
}()
