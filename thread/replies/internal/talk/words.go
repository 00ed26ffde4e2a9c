package talk

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// standIns are what stands where a name is not known, folded.
var standIns = set(`anonymous anonyme anonym anonimo anonima anonieme anon guest gast invite invitado ospite visitor visiteur
	unknown inconnu unbekannt user utilisateur nobody personne deleted [deleted] [removed] admin-deleted`)

// function words tell nothing about what is talked about.
var function = set(`the and for you that this with have but not are was can what how your
	its it's don't just there get out from they will would all any some one too then than
	know does did why who when where has had been were him her his she them about into over
	yes yeah like want need should could try use using i'm i've im you're that's
	les des une est que qui pas pour dans sur avec mais vous nous ils elle sont tout plus c'est
	der die das und ist nicht mit auf ein eine ich sie wir den dem von`)

// signWords are the words that signs are read from.
var signWords = func() map[string]Sign {
	m := map[string]Sign{}
	for _, s := range []struct {
		sign  Sign
		words string
	}{
		{Asks, "how what where why when who which is does do can could will would have has are did should any anyone comment pourquoi quel quelle où quand qui wie was warum wo wer wann"},
		{Anyone, "anyone anybody someone somebody everyone guys folks all quelqu'un jemand"},
		{Greets, "hi hello hey hiya heya greetings morning evening hallo bonjour salut bonsoir hola ciao moin"},
		{Thanks, "thanks thank thx ty tnx thankyou cheers merci danke gracias grazie"},
		{Answers, "yes yeah yep yup no nope nah ok okay sure right true well oh ah hmm actually maybe probably exactly cool great nice lol haha because oui non d'accord ja nein doch genau si"},
	} {
		for _, w := range strings.Fields(s.words) {
			m[w] |= s.sign
		}
	}
	return m
}()

// common words open sentences and lists so often that they name nobody, even
// where somebody is called so: folded.
var common = func() map[string]bool {
	m := set(`nb ps pps edit edition note notes source sources update maj info infos question questions answer answers reponse reponses example exemple
		result resultat remarque conclusion resume summary warning attention link lien liens sujet subject re fw tldr tl dr quote citation zitat spoiler off hs fyi imho imo
		me you he she it we they i my your one two three first second third finally also so but and or if then now here there this that these those
		je tu il elle on nous vous ils elles moi toi lui un une deux trois premier deuxieme enfin aussi donc mais et ou si alors voila ici ca cela ce ces
		ich du er es wir ihr sie ein eine zwei drei also aber und oder wenn dann jetzt hier da das dies
		well sorry please bonne bon bien super bravo wow hmm ah oh eh ben bah bref sinon pardon exact vrai faux true false good bad fine best
		man men mate dude guys all everyone everybody people media admin moderator author auteur help test root linux ubuntu windows
		today tomorrow yesterday aujourd'hui demain hier monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
		paris london berlin france europe le la l au aux du de en dans sur a in on at by up to no not just get can with will the`)
	for w := range function {
		m[Fold(w)] = true
	}
	for w := range signWords {
		m[Fold(w)] = true
	}
	return m
}()
