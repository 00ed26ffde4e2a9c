package heat

import (
	"strings"

	"threadheat/metrics"
)

// OfAlone is the heat of a comment that stands in no thread: parent is the text
// that it answers, where it is a reply, and lang the tag of its language, "" where
// nobody says. A text in another language than French and English has none,
// however short.
func OfAlone(text, parent string, reply bool, lang string) Score {
	if !spoken(lang) {
		return Score{Reason: Language}
	}
	return Of(text, reply)
}

// spoken tells that the cues may know the language with the given tag.
func spoken(tag string) bool {
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	switch strings.ToLower(primary) {
	case "", "fr", "en", "fra", "fre", "eng", "und", "mul":
		return true
	}
	return false
}

// NoText is why something without a text has no heat.
var NoText = &metrics.Text{EN: "there is no text", FR: "il n’y a pas de texte"}
