// Package evidence finds in a comment what makes it sound hot or cool, says
// where it stands and at whom it is aimed. It counts and does not weigh: the
// weights are those of package heat, or of a model.
package evidence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics/internal/words"
)

// Cue is a kind of evidence that a text can hold.
type Cue uint8

// The cues, in the order in which they are shown. All but Politeness and Hedge
// heat.
const (
	Shouting     Cue = iota // words in capitals
	Exclamation             // !, !!, ?!
	SecondPerson            // "you", "vous"; about the reader only in a reply
	Insult                  // "moron", "crétin"
	Dehumanising            // people as vermin
	Profanity               // coarse words said of nobody
	Threat                  // harm announced or wished
	Disagreement            // "you forget", "au contraire"
	Dismissal               // "get a life", "à votre âge"
	Sarcasm                 // "yeah right", "comme par hasard"
	ScareQuotes             // one to three words in quotation marks
	Sic                     // "(sic)"
	Pause                   // "your … experts"
	Rebuttal                // words of the parent in quotation marks
	Rhetorical              // questions that want no answer
	Negative                // unpleasant words
	Politeness              // thanks, greetings, apologies, requests, agreement
	Hedge                   // "it seems to me", "peut-être"
	NumCues      = iota
)

// Names are the names of the cues, as in metrics.Evidence.
var Names = [NumCues]string{
	"shouting", "exclamation", "second-person", "insult", "dehumanising", "profanity", "threat", "disagreement", "dismissal",
	"sarcasm", "scare-quotes", "sic", "pause", "rebuttal", "rhetorical-question", "negative", "politeness", "hedge",
}

// String is the name of the cue.
func (c Cue) String() string { return Names[c] }

// Target is at whom a hit is aimed, as far as its neighbourhood tells.
type Target uint8

// The targets.
const (
	Nobody     Target = iota // not told
	Addressee                // the person answered
	Readers                  // "you" where nobody is answered
	ThirdParty               // somebody spoken about
	Group                    // a group of people
	Article                  // the article, its author or its paper
	Self                     // the writer
	NumTargets = iota
)

var targetNames = [NumTargets]string{"", "addressee", "readers", "third-party", "group", "article", "self"}

// String is the name of the target, "" for Nobody.
func (t Target) String() string { return targetNames[t] }

// Hit is one cue at one place of a text.
type Hit struct {
	Start, End int32 // bytes
	Sentence   int32
	Strength   float32 // above 0; 1 for a plain hit
	Cue        Cue
	Target     Target
}

// Input is a comment to read.
type Input struct {
	Text   string
	Parent string     // text of the comment it answers, "" where none is known
	Reply  bool       // it answers a comment
	Lang   words.Lang // language to assume where the text is too short to tell
}

// Reader reads comments for evidence. The zero Reader is ready; it keeps its
// memory, so that in steady state a comment costs no allocation. What it gives,
// that of the embedded words.Reader included, is valid until the next Read. It
// must not be used by two goroutines at once.
type Reader struct {
	words.Reader
	Hits  []Hit   // by Start
	Calm  []int32 // own words of each sentence outside what is said in anger
	Reply bool

	sentences []sentence
	covered   []Cue  // by word: 1 + the cue whose hit covers it
	aside     []bool // by word: it is outside the length
	negated   int    // insults that a "not" takes back
	starts    int    // sentences that begin with "you"
	lower     bool   // some word has a small letter
}

// sentence is what a sentence holds, for its hits.
type sentence struct {
	you, third, group, article, asks bool
}

// angry tells whether the words of a hit are no part of the length that the
// other cues are measured against: so that an insult more can never make a text
// cooler.
func angry(c Cue) bool { return c >= Insult && c <= Threat || c == Dismissal }

// Read reads a comment. O(len(Text)), and O(64 KiB) for a parent where something
// is quoted.
func (r *Reader) Read(in Input) {
	r.Reader.Read(in.Text, in.Parent, in.Lang)
	r.Reply = in.Reply
	r.Hits = r.Hits[:0]
	r.negated, r.starts, r.lower = 0, 0, false
	r.Calm = append(r.Calm[:0], r.Sentences...)
	r.sentences = slices.Grow(r.sentences[:0], len(r.Sentences))[:len(r.Sentences)]
	clear(r.sentences)
	r.covered = slices.Grow(r.covered[:0], len(r.Words))[:len(r.Words)]
	clear(r.covered)
	r.aside = slices.Grow(r.aside[:0], len(r.Words))[:len(r.Words)]
	clear(r.aside)

	r.survey()
	r.anger()
	r.phrases()
	r.words()
	r.marks()
	r.quotes()
	if !r.lower {
		r.Hits = slices.DeleteFunc(r.Hits, func(h Hit) bool { return h.Cue == Shouting })
	}
	slices.SortStableFunc(r.Hits, func(a, b Hit) int { return int(a.Start) - int(b.Start) })
	for i := range r.Hits {
		if h := &r.Hits[i]; h.Target == Nobody {
			h.Target = r.targetOf(h)
		}
	}
}

// own tells whether word k is the writer's, and a word.
func (r *Reader) own(k int) bool {
	w := &r.Words[k]
	return w.Zone == words.Own && w.Kind == words.Plain
}

// survey looks at what each sentence speaks of.
func (r *Reader) survey() {
	last := int32(-1)
	for k := range r.Words {
		w := &r.Words[k]
		if !r.own(k) {
			continue
		}
		t := r.Trait(k)
		s := &r.sentences[w.Sentence]
		if t&words.SecondPerson != 0 {
			s.you = true
			if w.Sentence != last {
				r.starts++
			}
		}
		s.third = s.third || t&words.ThirdPerson != 0
		last = w.Sentence
	}
	for _, f := range r.Finds {
		s := &r.sentences[r.Words[f.From].Sentence]
		s.group = s.group || f.List == words.Groups
		s.article = s.article || f.List == words.Articles
	}
	for _, m := range r.Marks {
		if m.Asks && m.Zone == words.Own {
			r.sentences[m.Sentence].asks = true
		}
	}
}

// listCues are the cues of the lists; NumCues for lists that are none.
var listCues = [words.NumLists]Cue{
	words.Insults: Insult, words.Dehumanising: Dehumanising, words.Profanity: Profanity, words.Threats: Threat,
	words.Dismissals: Dismissal, words.Disagreements: Disagreement, words.Sarcasm: Sarcasm,
	words.Politeness: Politeness, words.Hedges: Hedge,
	words.Groups: NumCues, words.Articles: NumCues, // but see phrases
	words.Rhetorical: Rhetorical, words.Neutral: NumCues,
}

// phrases reads what stands in the lists.
func (r *Reader) phrases() {
	for _, f := range r.Finds {
		from, to := int(f.From), int(f.To)
		first := &r.Words[from]
		if first.Zone != words.Own {
			continue
		}
		c := listCues[f.List]
		switch f.List {
		case words.Neutral:
			r.cover(from, to, NumCues)
			continue
		case words.Articles:
			continue
		case words.Groups:
			if from == 0 || r.Trait(from-1)&words.Foul == 0 || first.Shape&words.Apart != 0 {
				continue
			}
			from, c = from-1, Insult // "sale" with a group, which alone is none
		case words.Rhetorical:
			if !r.sentences[first.Sentence].asks {
				continue
			}
		}
		h := Hit{Start: r.Words[from].Start, End: r.Words[to-1].End, Sentence: first.Sentence, Strength: f.Strength, Cue: c}
		if f.Framed && first.Shape&words.Disguise == 0 && !r.framed(from) {
			continue
		}
		if c == Insult || c == Dehumanising || c == Threat {
			r.temper(&h, from, to)
		}
		if angry(c) {
			h.Strength *= r.reported(from)
		}
		r.cover(from, to, c)
		r.Hits = append(r.Hits, h)
	}
}

// anger takes out of the length what is said in anger: every word that is rude
// in one of the languages, whether it counts here or not, and what leads to it.
func (r *Reader) anger() {
	for k := range r.Words {
		if r.Words[k].Shape&words.Rude != 0 && r.own(k) {
			r.outside(k)
			r.lead(k)
		}
	}
}

// outside takes word k out of the length.
func (r *Reader) outside(k int) {
	if !r.aside[k] {
		r.aside[k] = true
		r.Calm[r.Words[k].Sentence]--
	}
}

// leads are words before an insult that no trait tells.
var leads = map[string]bool{"a": true, "de": true, "d": true, "qu": true, "t": true, "ne": true, "n": true}

// lead takes the words before an insult out of the length: "you are an", "espèce
// d’".
func (r *Reader) lead(k int) {
	r.before(k, neighbours, func(j int) bool {
		if !r.own(j) || r.Trait(j)&(words.Frame|words.SecondPerson|words.Copula|words.Determines|words.Only) == 0 && !leads[string(r.Form(j))] {
			return true
		}
		r.outside(j)
		return false
	})
}

// cover notes that the words belong to a hit.
func (r *Reader) cover(from, to int, c Cue) {
	for k := from; k < to; k++ {
		if angry(c) && r.own(k) {
			r.outside(k)
		}
		r.covered[k] = c + 1
	}
}

// neighbours is the number of words before an insult that are looked at for what
// it is said of.
const neighbours = 4

// reported is what is left of the strength of words that are as likely another's:
// half of a single word in quotation marks, a quarter inside a longer quotation,
// half behind a word for saying ("he called me an idiot"). In quotation marks it is
// both, and so behind "the word" and its like; but not behind "so-called".
func (r *Reader) reported(k int) float32 {
	part := float32(1)
	quoted := r.scared(k)
	switch {
	case quoted && (r.scared(k-1) || r.scared(k+1)):
		part = 0.25
	case quoted:
		part = 0.5
	}
	r.before(k, 2*neighbours, func(j int) bool {
		said := r.Trait(j)&words.Saying != 0 && !(j > 0 && r.Is(j, "called") && r.Is(j-1, "so")) || quoted && namesWords[string(r.Form(j))]
		if said {
			part /= 2
		}
		return said
	})
	return part
}

// namesWords are what words are called that are spoken of.
var namesWords = map[string]bool{
	"word": true, "words": true, "term": true, "terms": true, "mot": true, "mots": true, "terme": true, "termes": true,
	"slur": true, "slurs": true, "insult": true, "insults": true, "insulte": true, "insultes": true, "injure": true, "injures": true,
}

// scared tells whether word k stands inside quotation marks.
func (r *Reader) scared(k int) bool {
	return k >= 0 && k < len(r.Words) && r.Words[k].Shape&words.Scared != 0
}

// before calls f with the words before k, the nearest first, within its
// sentence and up to a number.
func (r *Reader) before(k, most int, f func(j int) (stop bool)) {
	for j := k - 1; j >= 0 && j >= k-most && r.Words[j].Sentence == r.Words[k].Sentence; j-- {
		if f(j) {
			return
		}
	}
}

// framed tells whether word k is said of somebody: "you pig", "bande de porcs",
// "they are pigs"; but not what belongs to somebody: "you and your pig".
func (r *Reader) framed(k int) (yes bool) {
	if k > 0 && r.Trait(k-1)&words.Determines != 0 && r.Trait(k-1)&(words.FirstPerson|words.SecondPerson|words.ThirdPerson) != 0 && r.Trait(k-1)&words.Plural == 0 {
		return false
	}
	copula := false
	r.before(k, neighbours, func(j int) bool {
		if r.covered[j] == Politeness+1 {
			return true // the "you" of "thank you"
		}
		t := r.Trait(j)
		yes = t&words.Frame != 0 && j >= k-2 || t&(words.SecondPerson|words.Determines) == words.SecondPerson || r.elidedYou(j) || copula && t&words.ThirdPerson != 0
		copula = copula || t&words.Copula != 0
		return yes
	})
	return yes
}

// temper weakens an insult that is denied ("not an idiot") or said of oneself.
func (r *Reader) temper(h *Hit, k, to int) {
	if h.Cue == Insult && r.selfBehind(k, to-1) {
		h.Strength /= 4
		h.Target = Self
		return
	}
	you, said, reach := false, false, neighbours-1
	if h.Cue == Threat {
		reach = 2 * neighbours // "nobody who lives here deserves to die"
	}
	r.before(k, 2*neighbours, func(j int) bool {
		t := r.Trait(j)
		switch {
		case t&words.Negator != 0 && (j >= k-reach && r.denies(j, k) || j+1 < k && r.unsaid(j, said) && r.denies(j+1, k)):
			h.Strength /= 4
			r.negated++
			return true
		case t&words.SecondPerson != 0:
			you = r.covered[j] != Politeness+1
		case r.says(j):
			said = true // "I never said that you were a liar"
		case j >= k-neighbours && t&words.FirstPerson != 0 && !you && h.Cue == Insult && r.copulaBetween(j, k):
			h.Strength /= 4
			h.Target = Self
			return true
		}
		return false
	})
}

// thinks are words for thinking, which a "not" takes back with what is thought.
var thinks = map[string]bool{
	"think": true, "thinks": true, "thought": true, "thinking": true, "claim": true, "claimed": true, "dis": true, "dites": true, "disais": true, "mean": true, "meant": true,
	"pense": true, "pensent": true, "pensait": true, "pensé": true, "prétends": true, "prétendu": true,
}

// unsaid tells whether the negator at j takes back what is said or thought behind
// it, said telling whether a word for that stands between: "I never said …", "je ne
// dis pas …"; but not "I can't say how stupid …" and "don't you think …".
func (r *Reader) unsaid(j int, said bool) bool {
	if j > 0 {
		switch string(r.Form(j - 1)) {
		case "can", "could", "peux", "peut", "puis", "pouvez", "saurais":
			return false
		}
		said = said || r.says(j-1)
	}
	for i := max(0, j-3); i < min(j+4, len(r.Words)); i++ {
		if r.Is(i, "me") {
			return false // "don't tell me", "ne me dis pas"
		}
	}
	return said && r.Trait(j+1)&words.SecondPerson == 0 && !(r.Is(j+1, "t") && r.Trait(j+2)&words.SecondPerson != 0)
}

// says tells whether word k is one for saying or thinking.
func (r *Reader) says(k int) bool {
	return r.Trait(k)&words.Saying != 0 || thinks[string(r.Form(k))]
}

// selfBehind tells whether the writer takes an insult for himself behind it: "what
// an idiot I am". Something more behind it would be another sentence.
func (r *Reader) selfBehind(k, end int) bool {
	in := func(i int) bool {
		return i < len(r.Words) && r.own(i) && r.Words[i].Sentence == r.Words[k].Sentence && r.Words[i].Shape&words.Apart == 0
	}
	you := false
	r.before(k, 2*neighbours, func(j int) bool {
		you = r.Trait(j)&words.SecondPerson != 0 && r.covered[j] != Politeness+1
		return you
	})
	return !you && in(end+1) && in(end+2) && !in(end+3) && r.Trait(end+1)&words.FirstPerson != 0 && r.Trait(end+2)&words.Copula != 0
}

// denies tells whether the negator at j takes back what stands at k. That of
// "not only" does not, nor that of an imperative ("don't be an idiot"), nor one
// with a comma behind it or none ("no, idiot", "no you idiot"), nor "never seen such".
func (r *Reader) denies(j, k int) bool {
	for i := j + 1; i <= k; i++ {
		if r.Words[i].Shape&words.Apart != 0 {
			return false
		}
	}
	if next := r.Trait(j + 1); next&words.Only != 0 || r.Is(j, "no") && next&words.SecondPerson != 0 {
		return false
	}
	if j+2 < k && (r.Is(j+1, "vu") || r.Is(j+1, "seen") || r.Is(j+1, "met")) {
		switch string(r.Form(j + 2)) {
		case "un", "une", "autant", "such", "so":
			return false
		}
	}
	for i := max(0, j-2); i <= min(j+2, k); i++ {
		switch string(r.Form(i)) {
		case "be":
			return false
		case "sois", "soyez": // but not "que tu sois"
			if i == 0 || r.Trait(i-1)&(words.FirstPerson|words.SecondPerson) == 0 {
				return false
			}
		}
	}
	return true
}

// copulaBetween tells whether one of the words from j to k is a form of to be,
// "suis" and "am" counting for themselves.
func (r *Reader) copulaBetween(j, k int) bool {
	for i := j; i < k; i++ {
		if r.Trait(i)&words.Copula != 0 || r.Is(i, "im") {
			return true
		}
	}
	return false
}

// words reads the single words.
func (r *Reader) words() {
	for k := range r.Words {
		if !r.own(k) {
			continue
		}
		w := &r.Words[k]
		cue := r.covered[k]
		if cue == Politeness+1 {
			continue // the "you" of "thank you" is nobody's fault
		}
		r.lower = r.lower || w.Shape&words.Capitals == 0 && w.Shape&words.Digits == 0
		t := r.Trait(k)
		if w.Shape&words.Capitals != 0 && r.shouted(k, t) {
			r.hit(Shouting, w.Start, w.End, w.Sentence, 1)
		}
		if cue == NumCues+1 {
			continue
		}
		switch {
		case t&words.SecondPerson != 0 && r.secondPerson(k, t):
			r.hit(SecondPerson, w.Start, w.End, w.Sentence, 1)
		case r.elidedYou(k):
			r.hit(SecondPerson, w.Start, w.End, w.Sentence, 1)
		case w.End-w.Start == 3 && r.Is(k, "sic"):
			if s, e, ok := bracketed(r.Text(), int(w.Start), int(w.End)); ok {
				r.hit(Sic, int32(s), int32(e), w.Sentence, 1)
			}
		case cue == 0:
			if v := r.Valence(k); v < 0 && !r.taken(k) {
				r.hit(Negative, w.Start, w.End, w.Sentence, float32(-v/4))
			}
		}
	}
}

func (r *Reader) hit(c Cue, start, end, sentence int32, strength float32) {
	r.Hits = append(r.Hits, Hit{Cue: c, Start: start, End: end, Sentence: sentence, Strength: strength})
}

// secondPerson tells whether a word that can address somebody does in the
// language of the text.
func (r *Reader) secondPerson(k int, t words.Trait) bool {
	switch {
	case t&words.AlsoElsewhere != 0:
		return r.Lang == words.FR
	case r.Lang == words.FR:
		return !r.Is(k, "ya") && !r.Is(k, "u") && !r.Is(k, "ur")
	}
	return true
}

// elidedYou tells whether word k is the "t’" of "t’es".
func (r *Reader) elidedYou(k int) bool {
	w := &r.Words[k]
	return w.End-w.Start == 1 && w.Shape&words.Elision != 0 && w.Shape&words.After == 0 && (r.Text()[w.Start]|0x20) == 't'
}

// taken tells whether a "not" stands before word k.
func (r *Reader) taken(k int) (yes bool) {
	r.before(k, 3, func(j int) bool {
		yes = r.Trait(j)&words.Negator != 0
		return yes
	})
	return yes
}

// shouted tells whether a word without small letters is shouted: at least four
// letters and no acronym. A word that cannot be said, having no vowel, is an
// acronym; so is one with a digit.
func (r *Reader) shouted(k int, t words.Trait) bool {
	w := &r.Words[k]
	if t&words.Acronym != 0 || w.Shape&words.Digits != 0 || w.End-w.Start < 4 {
		return false
	}
	letters, vowel := 0, false
	for _, c := range r.Text()[w.Start:w.End] {
		if unicode.IsUpper(c) {
			letters++
			vowel = vowel || strings.ContainsRune("AEIOUYÀÂÄÆÉÈÊËÎÏÔÖŒÙÛÜŸ", c)
		}
	}
	return letters >= 4 && vowel
}

// bracketed tells whether a word stands alone in brackets, give or take spaces
// and an exclamation mark, and where those begin and end.
func bracketed(text string, start, end int) (int, int, bool) {
	// Bounded, or a text of nothing but spaces and "sic" would cost its square.
	opened := false
	for n := 0; n < 4 && start > 0 && !opened; n++ {
		c, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
		if opened = c == '(' || c == '['; !opened && !unicode.IsSpace(c) {
			return 0, 0, false
		}
	}
	for n := 0; opened && n < 4 && end < len(text); n++ {
		c, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if c == ')' || c == ']' {
			return start, end, true
		}
		if !unicode.IsSpace(c) && c != '!' {
			break
		}
	}
	return 0, 0, false
}

// marks reads exclamations and pauses.
func (r *Reader) marks() {
	q := 0
	for i := range r.Marks {
		m := &r.Marks[i]
		for q < len(r.Quotes) && r.Quotes[q].End <= m.Start {
			q++
		}
		if m.Zone != words.Own || q < len(r.Quotes) && r.Quotes[q].Parent && r.Quotes[q].Start <= m.Start {
			continue
		}
		switch {
		case m.Count == 0:
			if r.pause(m) {
				r.hit(Pause, m.Start, m.End, m.Sentence, 1)
			}
		case m.Loud && m.Count > 1:
			r.hit(Exclamation, m.Start, m.End, m.Sentence, 2)
		case m.Loud || m.Count > 1:
			r.hit(Exclamation, m.Start, m.End, m.Sentence, 1)
		}
	}
}

// pause tells whether an ellipsis stands between an article or possessive and
// its noun.
func (r *Reader) pause(m *words.Mark) bool {
	k := int(m.Word)
	if k == 0 || k == len(r.Words) || r.Trait(k-1)&words.Determines == 0 {
		return false
	}
	return !strings.Contains(r.Text()[r.Words[k-1].End:r.Words[k].Start], "\n") && r.covered[k] != Politeness+1 && r.own(k)
}

// maxScare is the number of words up to which a quotation may be scare quotes.
const maxScare = 3

// quotes reads scare quotes and quotations of the parent.
func (r *Reader) quotes() {
	for i := range r.Quotes {
		q := &r.Quotes[i]
		switch {
		case q.Zone != words.Own:
		case q.Parent:
			r.hit(Rebuttal, q.Start, q.End, q.Sentence, 1)
		case q.To-q.From <= maxScare && !r.names(q):
			r.hit(ScareQuotes, q.Start, q.End, q.Sentence, 1)
		}
	}
}

// names tells whether the quoted words are a name or a title: one of them has a
// capital. A single word after a determiner is not: that is how the ” Expert ”
// is mocked. (So is the “Titanic”: an error we accept.)
func (r *Reader) names(q *words.Quote) bool {
	capital := false
	for k := q.From; k < q.To; k++ {
		capital = capital || r.Words[k].Shape&words.Capital != 0
	}
	if !capital || q.To-q.From > 1 || q.From == 0 {
		return capital
	}
	before := int(q.From - 1)
	return r.Trait(before)&words.Determines == 0 || strings.Trim(r.Text()[r.Words[before].End:q.Start], " \u00a0’'") != ""
}

// targetOf tells at whom a hit is aimed, by what its sentence speaks of, in this
// order: the reader, where a "you" stands in it, or where the cue is said to
// somebody by its nature; a group named; the article; somebody in the third
// person.
func (r *Reader) targetOf(h *Hit) Target {
	s := r.sentences[h.Sentence]
	switch {
	case s.you || h.Cue == SecondPerson || h.Cue == Dismissal || h.Cue == Rebuttal:
		if r.Reply {
			return Addressee
		}
		if s.article {
			return Article
		}
		return Readers
	case s.group:
		return Group
	case s.article:
		return Article
	case s.third:
		return ThirdParty
	}
	return Nobody
}

// IsAngry tells whether a cue is one of anger: insults, threats and the like.
func IsAngry(c Cue) bool { return angry(c) }

// Angry tells whether word k belongs to a hit of a cue of anger.
func (r *Reader) Angry(k int) bool {
	return r.covered[k] > 0 && r.covered[k] <= NumCues && angry(r.covered[k]-1)
}

// Polite tells whether word k belongs to a hit of Politeness.
func (r *Reader) Polite(k int) bool { return r.covered[k] == Politeness+1 }
