package heat

import (
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/internal/words"
)

// Alone is the heat of a comment that stands in no thread: parent is the text that it
// answers, where it is a reply, and tag that of its language, "" where nobody says. A
// text of which somebody says that it is in another language than French and English
// has none, however short.
func (c *Scorer) Alone(text, parent string, reply bool, tag string) Score {
	lang := tagged(tag)
	if lang != words.Unknown && lang != words.FR && lang != words.EN {
		return Score{Tokens: words.Count(text), Lang: lang, Reason: Language}
	}
	return c.Score(evidence.Input{Text: text, Parent: parent, Reply: reply, Lang: lang})
}

// tagged is the language with the given tag, of two letters or of three.
func tagged(tag string) words.Lang {
	tag = strings.TrimSpace(tag)
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	switch strings.ToLower(primary) {
	case "fra", "fre":
		return words.FR
	case "eng":
		return words.EN
	case "mul", "zxx": // several, or none
		return words.Unknown
	}
	return words.ParseLang(tag)
}

// NoText is why something without a text has no heat.
var NoText = &metrics.Text{EN: "there is no text", FR: "il n’y a pas de texte"}
