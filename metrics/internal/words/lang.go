package words

import (
	"math/bits"
	"strings"
)

// Lang is the language of a text, as far as its words tell.
type Lang uint8

// The languages that function words and letters tell apart.
const (
	Unknown Lang = iota // too little to tell
	FR
	EN
	DE
	NL
	ES
	IT
	PT
	PL
	Other // told not to be one of the above
	numLangs
)

var langNames = [numLangs]string{"", "fr", "en", "de", "nl", "es", "it", "pt", "pl", "other"}

// String is the ISO 639-1 code, "" for Unknown and "other" for Other.
func (l Lang) String() string { return langNames[l] }

// ParseLang is the language with the given ISO 639-1 code, whatever stands
// behind a hyphen or underscore ("fr-CA"); Unknown for "", "und" and "auto",
// and Other for every code that is not in the list.
func ParseLang(code string) Lang {
	code = strings.ToLower(code)
	if i := strings.IndexAny(code, "-_"); i >= 0 {
		code = code[:i]
	}
	if code == "" || code == "und" || code == "auto" {
		return Unknown
	}
	for l := FR; l < Other; l++ {
		if langNames[l] == code {
			return l
		}
	}
	return Other
}

// langEvidence is what the words of one text say about its language.
//
// A function word gives each of the languages that have it an equal part of one
// vote ("de" says little, "dont" a lot), a word with a letter that few of them
// write half as much.
type langEvidence struct {
	votes   [numLangs]float32
	words   int // of letters
	foreign int // of them: in another script than the Latin
}

// add gives the vote of weight w to the languages of a set.
func (e *langEvidence) add(set uint16, w float32) {
	w /= float32(bits.OnesCount16(set))
	for l := FR; set>>l != 0; l++ {
		if set&(1<<l) != 0 {
			e.votes[l] += w
		}
	}
}

// A language needs fewestVotes, and a lead over the second. Prose has one
// function word in two; a text of at least foreignWords words with fewer votes
// than one in telling is in none of the languages.
const (
	fewestVotes  = 1.4
	lead         = 1.25
	foreignWords = 8
	telling      = 16
)

func (e *langEvidence) decide() Lang {
	if e.foreign*2 > e.words {
		return Other
	}
	best, second := FR, Unknown
	for l := EN; l < Other; l++ {
		switch {
		case e.votes[l] > e.votes[best]:
			best, second = l, best
		case e.votes[l] > e.votes[second]:
			second = l
		}
	}
	b, s := e.votes[best], e.votes[second]
	if e.words >= foreignWords && b*telling < float32(e.words) {
		return Other
	}
	if b < fewestVotes || b < lead*s {
		return Unknown
	}
	return best
}

// letterLangs are the languages that use a letter of Latin-1 or Latin Extended-A
// which most of the others do not.
var letterLangs = func() (sets [0x180]uint16) {
	for l, letters := range map[Lang]string{
		FR: "çœêèàùûîôâëïé",
		DE: "ßäöü",
		NL: "ĳëï",
		ES: "ñáéíóú",
		IT: "àèìòù",
		PT: "ãõçáâéêíóôú",
		PL: "ąćęłńśźżó",
	} {
		for _, c := range letters {
			sets[c] |= 1 << l
		}
	}
	return sets
}()

// LangOf is the language of a text: a Reader's Lang, for those who want nothing
// else of it. O(len(text)).
func LangOf(text string) Lang {
	var r Reader
	r.Read(text, "", Unknown)
	return r.Lang
}
