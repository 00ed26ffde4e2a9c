package render

import (
	"strings"

	"threadheat/metrics"
)

// Noun is a word in both numbers and both languages.
type Noun struct{ One, Many metrics.Text }

// The nouns that reports and figures count.
var (
	Comments = Noun{metrics.Text{EN: "comment", FR: "commentaire"}, metrics.Text{EN: "comments", FR: "commentaires"}}
	People   = Noun{metrics.Text{EN: "person", FR: "personne"}, metrics.Text{EN: "people", FR: "personnes"}}
	Turns    = Noun{metrics.Text{EN: "turn", FR: "tour"}, metrics.Text{EN: "turns", FR: "tours"}}
	Words    = Noun{metrics.Text{EN: "word", FR: "mot"}, metrics.Text{EN: "words", FR: "mots"}}
	Replies  = Noun{metrics.Text{EN: "reply", FR: "réponse"}, metrics.Text{EN: "replies", FR: "réponses"}}
	Threads  = Noun{metrics.Text{EN: "thread", FR: "fil"}, metrics.Text{EN: "threads", FR: "fils"}}
	Branches = Noun{metrics.Text{EN: "branch", FR: "branche"}, metrics.Text{EN: "branches", FR: "branches"}}
	Levels   = Noun{metrics.Text{EN: "level", FR: "niveau"}, metrics.Text{EN: "levels", FR: "niveaux"}}
)

// Of is the form that goes with a number: English has the singular for 1,
// French below 2.
func (o Noun) Of(l metrics.Lang, n int) string {
	if n == 1 || n == 0 && l == metrics.French {
		return o.One.In(l)
	}
	return o.Many.In(l)
}

// Count is a number with its noun: "7 comments", with a no-break space.
func (o Noun) Count(l metrics.Lang, n int) string { return Int(l, n) + nbsp + o.Of(l, n) }

// List joins things: "a, b and c".
func List(l metrics.Lang, things []string) string {
	if len(things) < 2 {
		return strings.Join(things, "")
	}
	last := len(things) - 1
	return strings.Join(things[:last], ", ") + metrics.Text{EN: " and ", FR: " et "}.In(l) + things[last]
}
