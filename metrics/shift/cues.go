package shift

import "strings"

// Cue is a kind of words that tells something about whether a comment goes on
// with the subject of the one it answers.
type Cue uint8

// The cues. Each has words in English and in French that do the same in a
// conversation.
const (
	Marker    Cue = iota // announces another subject: "by the way", "rien à voir"
	Greeting             // "hello", "bonjour"
	Closing              // "thanks", "bonne soirée"
	Wellbeing            // asks how one is: "how are you", "ça va"
	Returned             // gives a question back: "and you", "et vous"
	Yes                  // "yes", "d’accord"
	No                   // "nope", "pas du tout"
	Applause             // "awesome", "génial"
	Reaction             // "wow", "lol", "désolé"
	Judging              // judges what was said: "that sounds", "c’est"
	Pointing             // stands for something said: "it", "them", "celui"
	Also                 // "too", "moi aussi"
	Asking               // asks the other about himself: "do you", "avez-vous"
	Opener               // a question that needs nothing said before: "what do you do", "quel âge avez-vous"
	Your                 // "your", "votre"
	You                  // "you", "vous"
	What                 // "what", "que"
	Where                // "where", "when", "who", "old"
	FollowUp             // asks on: "why", "which one", "combien"
	Broad                // opens a wide choice: "any", "favourite", "ever"
	I                    // "i", "je"
	Mine                 // "my", "mon"
	Mirror               // says the same of oneself: "mine is", "le mien"
	Hang                 // hangs on to what was said, at the beginning: "but", "because", "donc"
	Negation             // "not", "jamais"
	Supposed             // "would", "could", "maybe"
	NumCues              // how many there are
)

// cueNames are the names in evidence and in the file of weights.
var cueNames = [NumCues]string{
	"marker", "greeting", "closing", "wellbeing", "returned", "yes", "no", "applause", "reaction", "judging", "pointing",
	"also", "asking", "opener", "your", "you", "what", "where", "follow-up", "broad", "i", "mine", "mirror", "hang", "negation", "supposed",
}

// String is the name of the cue in evidence: "follow-up".
func (c Cue) String() string { return cueNames[c] }

// The lists are our own. An apostrophe or a hyphen splits words, as it does in
// the texts; phrases are separated by commas. A contraction stands beside what
// it is short for, as chats write both.
var phrases = map[string][NumCues]string{
	"en": {
		Marker: `by the way, btw, anyway, anyways, anyhow, speaking of, on another note, on a different note, off topic, unrelated, not related, different subject,
			different topic, change of subject, changing the subject, change the subject, that reminds me, completely different, another question, another thing,
			one more thing, in other news, guess what, moving on, side note, random question, new topic`,
		Greeting:  "hi, hello, hey, good morning, good evening, good afternoon, greetings, howdy, nice to meet you, hiya",
		Closing:   "thanks, thank you, thx, bye, goodbye, good night, see you, see ya, talk to you later, take care, have a good, have a great, cheers, good luck, nice talking",
		Wellbeing: "how are you, how you doing, how are things, how is it going, how s it going, what s up, what is up, how do you do, i am good, i m good, doing well, doing good, i am well, i am fine, i am doing, i m doing, how is your day, how was your day",
		Returned:  "and you, what about you, how about you, what about yours, how about yours, and yours, are you too, do you too, what of you",
		Yes:       "yes, yeah, yea, yep, yup, sure, ok, okay, right, agreed, i agree, exactly, true, of course, indeed, definitely, absolutely, i do, i am too, i know, i see, got it, makes sense, for sure, totally, i understand",
		No:        "no, nope, nah, not really, i do not, i don t, i am not, i m not, never, not at all, i have not, i haven t",
		Applause:  "cool, nice, great, awesome, amazing, wonderful, neat, interesting, fun, good for you, lovely, excellent, fantastic, sweet, impressive, congrats, congratulations, beautiful, lucky",
		Reaction:  "wow, oh, ah, lol, haha, ha, hahaha, hmm, really, sorry, omg, aww, aw, ouch, yikes, oops, yay, whoa, ugh, well, gosh, damn, darn, bummer",
		Judging:   "that is, that s, that sounds, sounds, i bet, that must, must be, it is, it s, that was, it was, it sounds, seems, that would, i hear, i hope, i guess, i wish, how cool, what a",
		Pointing:  "it, that, them, they, those, this, he, she, him, her, there, one, ones, these, then, here, his, their",
		Also:      "too, also, as well, same, me too, me neither, so do i, likewise, similar, either, same here",
		Asking:    "do you, are you, have you, did you, can you, would you, will you, were you, do u, are u, you have, you like, you ever, you do, you from, you live, you work, you got, tell me, so you, you been",
		Opener: `what do you, what is your, what s your, what are your, where do you, where are you, how old are, do you like, do you have, do you have any, do you work, do you play, do you live, do you go,
			do you enjoy, do you ever, do you own, have you ever, are you married, are you from, are you in, are you a, are you into, who is your, what kind of, what type of, got any, you have any, you like to, tell me about`,
		Your:     "your, yours, ur",
		You:      "you, u, yourself",
		What:     "what, whats",
		Where:    "where, when, who, old, from",
		FollowUp: "why, which, which one, how long, how many, how much, how often, how did, how do, what happened, what made, how come, what kind, what type, what sort, like what, what did, what does, is it, is that, is he, is she, are they, was it, does it, did it, do they, does he, does she",
		Broad:    "any, anything, favorite, favourite, ever, else, hobbies, hobby, free time, spare time, for fun, for a living, usually, kind of, some, something, sometimes, these days, lately, recently, today, tonight",
		I:        "i, im, ive",
		Mine:     "my",
		Mirror:   "mine, mine is, mine are, i also, i too, for me, same with me, as for me, myself, me",
		Hang:     "but, because, and, so, or, since, unless, although, though, except, maybe, probably, if, as long as, just, only, especially, like",
		Negation: "not, t, none, nothing, nobody",
		Supposed: "would, could, should, might, may, maybe, perhaps, probably, hopefully",
	},
	"fr": {
		Marker: `au fait, à propos, a propos, rien à voir, rien a voir, sinon, bref, d ailleurs, hors sujet, hs, autre sujet, autre chose, changeons de sujet, changer de sujet,
			passons, en passant, tant que j y suis, ça me rappelle, ça me fait penser, autre question, une autre question, tout autre chose, sans transition, ceci dit, quoi qu il en soit, en parlant de, puisqu on parle de`,
		Greeting:  "bonjour, salut, coucou, bonsoir, hello, hey, enchanté, enchantée, bienvenue",
		Closing:   "merci, au revoir, bonne nuit, bonne journée, bonne soirée, à bientôt, à plus, a plus, adieu, cordialement, bien à vous, bonne chance, bon courage, bonne continuation",
		Wellbeing: "ça va, comment vas tu, comment allez vous, comment va, tu vas bien, vous allez bien, quoi de neuf, je vais bien, ca va, comment ça va",
		Returned:  "et toi, et vous, et le tien, et la tienne, et le vôtre, et la vôtre, toi aussi, vous aussi, et de ton côté, et de votre côté",
		Yes:       "oui, ouais, ouaip, d accord, ok, okay, exact, exactement, tout à fait, bien sûr, en effet, effectivement, absolument, c est vrai, c est ça, je sais, je vois, je comprends, certes, carrément, voilà, entendu",
		No:        "non, nan, pas vraiment, pas du tout, jamais, absolument pas, moi non, je ne, pas moi",
		Applause:  "cool, super, génial, bravo, excellent, formidable, magnifique, chouette, sympa, parfait, bien joué, félicitations, intéressant, impressionnant, top, merveilleux, chanceux",
		Reaction:  "oh, ah, mdr, lol, ptdr, haha, hein, hum, euh, vraiment, désolé, désolée, zut, mince, aïe, oups, waouh, wahou, eh bien, ben, bah, dis donc, pardon, dommage",
		Judging:   "c est, ça a l air, ça doit, cela doit, c était, il paraît, ça semble, cela semble, je parie, j imagine, j espère, ce serait, ça serait, quel, quelle, quels, quelles",
		Pointing:  "ça, cela, celui, celle, ceux, celles, ceci, ils, elles, elle, il, eux, leur, leurs, là, y, lui, ces, alors",
		Also:      "aussi, également, pareil, moi aussi, moi non plus, non plus, idem, de même, même chose",
		Asking:    "est ce que tu, est ce que vous, as tu, es tu, avez vous, êtes vous, tu as, tu es, vous avez, vous êtes, tu aimes, aimes tu, aimez vous, vous aimez, fais tu, faites vous, tu fais, vous faites, peux tu, pouvez vous, veux tu, voulez vous, connais tu, connaissez vous, tu connais, vous connaissez, sais tu, savez vous, pensez vous, penses tu, tu viens, habites tu, habitez vous, dis moi, dites moi",
		Opener: `que fais tu, que faites vous, qu est ce que tu, qu est ce que vous, quel est ton, quel est votre, quelle est ta, quelle est votre, quels sont tes, quels sont vos, où habites, où habitez, quel âge, où vis, où vivez, où travailles, où travaillez,
			tu aimes, vous aimez, aimes tu, aimez vous, as tu des, as tu un, as tu une, avez vous des, avez vous un, avez vous une, tu as des, vous avez des, as tu déjà, avez vous déjà, tu travailles, vous travaillez, es tu marié, êtes vous marié, viens tu, venez vous, quel genre, quelle sorte, parle moi, parlez moi`,
		Your:     "ton, ta, tes, votre, vos, tien, tienne, vôtre",
		You:      "tu, toi, te, vous, t",
		What:     "que, quoi, qu",
		Where:    "où, quand, qui, âge",
		FollowUp: "pourquoi, lequel, laquelle, lesquels, combien, comment, depuis quand, quel genre, quelle sorte, par exemple, comment ça, qu est ce qui, est ce qu il, est ce qu elle, est ce que c est, était ce, est ce, a t il, a t elle, est il, est elle",
		Broad:    "préféré, préférée, préférés, préférées, quelque chose, quelconque, d autre, d autres, loisirs, passe temps, temps libre, déjà, parfois, récemment, en général, d habitude, ces jours ci, dernièrement, aujourd hui, ce soir",
		I:        "je, j",
		Mine:     "mon, ma, mes",
		Mirror:   "le mien, la mienne, les miens, les miennes, moi, pour moi, quant à moi, pour ma part, moi je, moi c est",
		Hang:     "mais, parce que, parce qu, et, donc, ou, car, puisque, sauf, bien que, peut être, si, tant que, juste, seulement, surtout, comme",
		Negation: "pas, ne, n, rien, aucun, aucune, personne, guère",
		Supposed: "serait, pourrait, devrait, aurait, peut être, sans doute, probablement, aimerais, voudrais, pourrais",
	},
}

// phrase is one entry of the lists: its words after the first, and the cue.
type phrase struct {
	rest []string
	cue  Cue
}

// lists are the phrases of each language by their first word.
var lists = func() map[string]map[string][]phrase {
	out := map[string]map[string][]phrase{}
	for lang, all := range phrases {
		by := map[string][]phrase{}
		for c, list := range all {
			for p := range strings.SplitSeq(list, ",") {
				ws := strings.Fields(p)
				by[ws[0]] = append(by[ws[0]], phrase{ws[1:], Cue(c)})
			}
		}
		out[lang] = by
	}
	return out
}()
