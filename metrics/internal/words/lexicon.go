package words

import (
	"bufio"
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// List is a list of words and phrases with one use in common. The lists are the
// files of the folder lexicon, one for each list and language: entries between
// commas or on lines of their own, under heads of sections in brackets. A head
// says how strong its entries are, 1 for most, and may add "framed" (they count
// only where they are said of somebody), "any" (in every language) and "hidden"
// (they are looked for under disguise, as all plain insults of strength 1 are).
// What is written without its accents is found too, unless "=" stands before the
// entry.
type List uint8

// The lists.
const (
	Insults       List = iota // said of a person: "connard", "moron"
	Dehumanising              // people as vermin, dirt, illness
	Profanity                 // coarse words that need nobody: "putain", "damn"
	Threats                   // announcing or wishing harm
	Dismissals                // ending the talk or the talker: "brisons là", "whatever"
	Disagreements             // rejecting what was said
	Sarcasm                   // praise and laughter that mock
	Politeness                // thanks, greetings, apologies, requests, agreement
	Hedges                    // "il me semble", "perhaps"
	Groups                    // names of groups of people; never heat, only target
	Articles                  // the article, its author, its paper; only target
	Rhetorical                // beginnings of questions that want no answer
	Neutral                   // idioms that hold a word of another list and are none
	NumLists      = iota
)

var listFiles = [NumLists]string{
	"insults", "dehumanising", "profanity", "threats", "dismissals", "disagreements",
	"sarcasm", "politeness", "hedges", "groups", "articles", "rhetorical", "neutral",
}

// String is the name of the list, that of its files.
func (l List) String() string { return listFiles[l] }

// Sense is what a word or phrase is in one list.
type Sense struct {
	List     List
	Lang     Lang    // Unknown where it counts in every language
	Framed   bool    // counts only where it is said of somebody: "you pig", "bande de porcs"
	Strength float32 // above 0, up to 1
}

// Trait is a set of properties of a single word, whatever its lists.
type Trait uint32

// The traits.
const (
	SecondPerson  Trait = 1 << iota // "vous", "your"
	FirstPerson                     // "je", "I'm"
	ThirdPerson                     // "il", "they"
	Negator                         // "pas", "not", "never"
	Copula                          // forms of to be, in the persons an insult is said in
	Frame                           // words before an insult: "espèce", "bande", "fucking"
	Plural                          // determiners of several: "ces", "those"
	Acronym                         // pronounceable in capitals without being shouted
	AlsoElsewhere                   // second person in French only: "ton", "ta"
	Determines                      // announces a noun
	Booster                         // "very", "vraiment"
	Damper                          // "slightly", "un peu"
	But                             // turns from one half of a sentence to the other
	Saying                          // verbs of saying and naming: "called", "traiter"
	Foul                            // makes an insult of the name of a group: "sale", "filthy"
	Only                            // behind a negator it takes the negation away: "not only"
)

// lexicon is all lists and traits, by the numbers of words. 0 is no word.
type lexicon struct {
	ids    map[string]uint16
	plain  map[string]uint16 // of words with accents, by what they are without
	traits []Trait
	langs  []uint16 // languages of which it is a function word
	values []int8   // valence, in valenceScale parts
	vlangs []uint16 // languages of the valence
	starts []uint16 // node of the phrases that begin with the word, 0 where none
	more   []bool   // whether a node has children
	senses [][]Sense
	edges  map[uint32]uint16 // node<<16 | word → node
	masks  [26][]string      // plain one-word insults and profanities by first letter, the likeliest first
	masked map[string]bool
}

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

var theLexicon = sync.OnceValue(newLexicon)

func newLexicon() *lexicon {
	x := &lexicon{ids: map[string]uint16{}, plain: map[string]uint16{}, edges: map[uint32]uint16{}, masked: map[string]bool{}}
	x.grow()          // word 0
	x.node(nil)       // node 0
	var base []string // accented forms that may be written without
	for list, name := range listFiles {
		for _, lang := range []Lang{Unknown, FR, EN} {
			x.read(fileName(name, lang), func(section, entry string) {
				s := Sense{List: List(list), Lang: lang, Strength: 1}
				hidden := false
				for option := range strings.FieldsSeq(section) {
					switch v, err := strconv.ParseFloat(option, 32); {
					case err == nil:
						s.Strength = float32(v)
					case option == "framed":
						s.Framed = true
					case option == "any":
						s.Lang = Unknown
					case option == "hidden":
						hidden = true
					default:
						panic("words: unknown option " + option + " in " + name)
					}
				}
				x.phrase(entry, s, hidden, &base)
			})
		}
	}
	for _, lang := range []Lang{FR, EN, DE, NL, ES, IT, PT, PL} {
		x.read(fileName("function", lang), func(_, entry string) {
			x.langs[x.word(entry, &base)] |= 1 << lang
		})
	}
	for _, lang := range []Lang{FR, EN} {
		x.read(fileName("valence", lang), func(section, entry string) {
			v, err := strconv.ParseFloat(section, 64)
			if err != nil {
				panic("words: valence: " + err.Error())
			}
			id := x.word(entry, &base)
			x.values[id], x.vlangs[id] = int8(v*valenceScale), x.vlangs[id]|1<<lang
		})
	}
	x.read("traits.txt", func(section, entry string) {
		x.traits[x.word(entry, &base)] |= traitNames[section]
	})
	for w := range strings.FieldsSeq(determiners) {
		x.traits[x.word(w, &base)] |= Determines
	}
	for _, form := range base {
		if plain := string(unaccent(nil, form)); plain != form {
			if _, taken := x.ids[plain]; !taken {
				x.plain[plain] = x.ids[form]
			}
		}
	}
	for first := range x.masks {
		slices.Sort(x.masks[first])
		x.masks[first] = slices.Compact(x.masks[first])
	}
	for _, w := range slices.Backward(strings.Fields(usuallyMasked)) {
		m := &x.masks[w[0]-'a']
		*m = append([]string{w}, *m...)
	}
	return x
}

// usuallyMasked are what is most often written with stars, the commonest first:
// f*** is not "fags".
const usuallyMasked = "fuck fucking fucked fucker shit bitch bitches cunt con cons pute putes putain merde bite bites salope connard"

// traitNames are the heads of the sections of traits.txt.
var traitNames = map[string]Trait{
	"second person": SecondPerson, "first person": FirstPerson, "third person": ThirdPerson,
	"negator": Negator, "copula": Copula, "frame": Frame, "plural": Plural, "acronym": Acronym,
	"second person in French only": SecondPerson | AlsoElsewhere,
	"booster":                      Booster, "damper": Damper, "but": But, "only": Only, "foul": Foul, "saying": Saying,
}

// fileName is the name of the file of a list in a language.
func fileName(list string, l Lang) string {
	if l == Unknown {
		return list + ".txt"
	}
	return list + "." + l.String() + ".txt"
}

// read calls f with each entry of a file: what stands between commas, on lines
// that are neither comments (#) nor the heads of sections ([…]).
func (x *lexicon) read(file string, f func(section, entry string)) {
	in, err := lexiconFiles.Open("lexicon/" + file)
	if err != nil {
		return // not every list has words in every language
	}
	defer in.Close()
	section := ""
	for lines := bufio.NewScanner(in); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = strings.Trim(line, "[]")
		default:
			for entry := range strings.SplitSeq(line, ",") {
				if entry = strings.TrimSpace(entry); entry != "" {
					f(section, entry)
				}
			}
		}
	}
}

// grow makes room for one more word.
func (x *lexicon) grow() {
	x.traits = append(x.traits, 0)
	x.langs = append(x.langs, 0)
	x.values = append(x.values, 0)
	x.vlangs = append(x.vlangs, 0)
	x.starts = append(x.starts, 0)
}

// node is a new place in the tree of phrases.
func (x *lexicon) node(s []Sense) uint16 {
	if len(x.senses) > 1<<16-1 {
		panic("words: the lexicon has too many phrases")
	}
	x.senses = append(x.senses, s)
	x.more = append(x.more, false)
	return uint16(len(x.senses) - 1)
}

// word is the number of a word, a new one where it has none. With "=" before it
// the word is only itself, and not what it is without accents.
func (x *lexicon) word(form string, base *[]string) uint16 {
	form, exact := strings.CutPrefix(form, "=")
	if id, ok := x.ids[form]; ok {
		return id
	}
	if len(x.traits) > 1<<16-2 {
		panic("words: the lexicon has too many words")
	}
	id := uint16(len(x.traits))
	x.ids[form] = id
	x.grow()
	if !exact {
		*base = append(*base, form)
	}
	return id
}

// phrase adds an entry. What can be an insult or a coarse word by itself, or is
// hidden, is looked for under disguise.
func (x *lexicon) phrase(entry string, s Sense, hidden bool, base *[]string) {
	exact := strings.HasPrefix(entry, "=")
	var node uint16
	n := 0
	toks := Tokens(entry)
	if len(toks) == 0 { // an emoji
		toks = []Token{{Text: entry}}
	}
	for _, t := range toks {
		form := t.Text
		if exact {
			form = "=" + form
		}
		id := x.word(form, base)
		if n++; n == 1 {
			if x.starts[id] == 0 {
				x.starts[id] = x.node(nil)
			}
			node = x.starts[id]
			continue
		}
		key := uint32(node)<<16 | uint32(id)
		next, ok := x.edges[key]
		if !ok {
			next = x.node(nil)
			x.edges[key] = next
			x.more[node] = true
		}
		node = next
	}
	for i, have := range x.senses[node] {
		if have.List == s.List && have.Lang == s.Lang { // "any" in two languages
			x.senses[node][i].Strength = max(have.Strength, s.Strength)
			return
		}
	}
	x.senses[node] = append(x.senses[node], s)
	if n == 1 && (hidden || !s.Framed && s.Strength == 1 && (s.List == Insults || s.List == Profanity)) && len(toks[0].Text) > 2 {
		plain := string(unaccent(nil, toks[0].Text))
		if c := plain[0]; c >= 'a' && c <= 'z' {
			x.masks[c-'a'] = append(x.masks[c-'a'], plain)
			x.masked[plain] = true
		}
	}
}

// unaccent appends s without the accents of its Latin letters.
func unaccent(dst []byte, s string) []byte {
	for _, c := range s {
		switch {
		case c < utf8.RuneSelf:
			dst = append(dst, byte(c))
		case c >= 0x300 && c < 0x370: // combining
		case int(c) < len(plainLetters) && plainLetters[c] != "":
			dst = append(dst, plainLetters[c]...)
		default:
			dst = utf8.AppendRune(dst, c)
		}
	}
	return dst
}

// plainLetters are the letters of Latin-1 and Latin Extended-A without accents,
// "" for those that have none.
var plainLetters = func() (t [0x180]string) {
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăą", "ae": "æ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
		"i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŉ", "o": "òóôõöøōŏő", "oe": "œ",
		"r": "ŕŗř", "s": "śŝşšſ", "ss": "ß", "t": "ţťŧ", "u": "ùúûüũūŭůűų", "w": "ŵ", "y": "ýÿŷ", "z": "źżž",
	} {
		for _, c := range accented {
			t[c] = plain
		}
	}
	return t
}()
