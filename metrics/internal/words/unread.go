package words

import (
	"threadheat/metrics"
	"threadheat/thread"
)

// Unread is why the words of a comment are not looked at: it is a ghost, not a
// person's comment, or its text was removed; nil where they are. A comment
// whose text is empty is read, and has no words.
func Unread(t *thread.Thread, i thread.Index) *metrics.Text {
	switch t.Kind(i) {
	case thread.Pingback, thread.Trackback, thread.System:
		return notPeople
	}
	switch s := t.State(i); {
	case s == thread.Missing:
		return notInInput
	case (s == thread.Deleted || s == thread.Removed) && t.Text(i) == "":
		return removed
	}
	return nil
}

var (
	notInInput = &metrics.Text{EN: "the comment itself is not in the input", FR: "le commentaire lui-même n’est pas dans l’entrée"}
	notPeople  = &metrics.Text{EN: "not a person’s comment", FR: "ce n’est pas le commentaire d’une personne"}
	removed    = &metrics.Text{EN: "the text was removed", FR: "le texte a été retiré"}
)
