package metrics

// Lang is a language that reports are written in.
type Lang string

// The report languages.
const (
	English Lang = "en"
	French  Lang = "fr"
)

// Langs lists the report languages.
var Langs = []Lang{English, French}

// Text is a piece of writing for the reader of a report, in each language.
type Text struct{ EN, FR string }

// In is the text in the given language; English where there is no other.
func (t Text) In(l Lang) string {
	if l == French && t.FR != "" {
		return t.FR
	}
	return t.EN
}
