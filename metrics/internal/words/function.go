package words

import "strings"

// Class is a set of properties of a word that need no grammar to know.
type Class uint8

// The classes. French and English are given only to function words that the
// other, and the commoner neighbours (German, Dutch, Spanish, Italian,
// Portuguese), do not share, so that counting them tells the language.
const (
	Function   Class = 1 << iota // carries grammar, not subject matter: "the", "dont", "wouldn"
	Determiner                   // announces a noun: "le", "votre", "the"
	French
	English
)

// ClassOf is the class of a folded token; 0 for a word with a subject, and for
// every word that is neither French nor English. Elisions stand under their
// letter, as Tokens splits them: "l", "qu", "n".
func ClassOf(token string) Class { return classes[token] }

var classes = func() map[string]Class {
	m := map[string]Class{}
	for _, list := range []struct {
		class Class
		words string
	}{
		{Function | Determiner, determiners},
		{Function | French, french},
		{Function | English, english},
		{Function, shared},
	} {
		for _, w := range strings.Fields(list.words) {
			m[w] |= list.class
		}
	}
	return m
}()

// The lists are our own, written from grammars' closed classes: articles,
// pronouns, prepositions, conjunctions, auxiliaries, negation, and the adverbs
// that any subject uses.
const (
	determiners = `
		le la les l un une des du au aux ce cet cette ces mon ton son ma ta sa mes tes ses
		notre votre nos vos leur leurs quel quelle quels quelles chaque
		the an my your his its our their these those every`

	french = `
		les une aux cet cette ces mes notre votre nos vos leur leurs chaque
		je nous vous ils elles eux moi toi soi celui celle ceux celles ceci cela ça
		quoi dont où lequel laquelle lesquels qu
		dans pour avec chez vers sous depuis pendant selon malgré
		donc parce puisque lorsque quand comme
		est sont suis êtes sommes était étaient étions étiez sera serait seront été étant être
		ont avons avez avait avaient aurait aurais aura ayant avoir
		fait faire peut peux peuvent pouvez pouvons pourrait faut veut veux veulent voulez doit doivent devez
		pas jamais rien aucun aucune personne guère
		très trop aussi alors encore déjà toujours souvent ici même mêmes autre autres tout tous toute toutes
		beaucoup peu puis ensuite ainsi cependant pourtant quelque quelques plusieurs`

	english = `
		the my your these those every
		you they them he she it him himself herself itself themselves myself yourself
		which who whom whose what where why how
		with from into about between through during against without upon
		but because although though unless while when
		are were being isn aren wasn weren
		has having haven hasn hadn
		does did doing don doesn didn would could should might must cannot couldn wouldn shouldn won
		not nor never nothing none nobody any some each few more most much many
		this that there here then than too very just only again ever still
		and`

	shared = `
		le la l un des du au ce mon ton son ma ta sa tes ses quel quelle quels quelles
		me te se tu il elle on que en y de d à a c j m n s t et ou or ni ne si non oui car par sans sur contre avant après plus moins bien
		qui lui mais entre là font as ai ait soit es sois avais
		a an i we us our ours his her hers theirs yours in on at by for of to off out over under up down
		is also had have been was be do can will may shall if so all both own same such
		re ve ll`
)
