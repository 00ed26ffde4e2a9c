// Package columns reads comments from tables: it guesses from the names of the
// columns what they hold, and knows the ways in which tables write parents,
// times and deleted authors.
package columns

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"threadheat/thread/format"
)

// Field is something a table may tell of a comment.
type Field int

// The fields. Those of a thread stand with every comment of it.
const (
	ID Field = iota
	Parent
	Thread
	Author
	AuthorKey
	Time
	Edited
	Text
	Score
	State
	Title
	URL
	fields
)

// Names are the fields as users name them, in order.
var Names = format.Columns

// known are the names of columns, folded, the surer first.
var known = [fields][]string{
	ID: {"id", "comment id", "commentid", "cid", "message id", "msg id", "utterance id", "tweet id", "uuid", "identifiant", "identifier", "kommentar id", "numero", "no", "nr"},
	Parent: {"parent", "parent id", "parentid", "comment parent", "parent comment", "parent comment id", "reply to", "replyto", "reply to id", "in reply to", "in reply to id",
		"in reply to status id", "reply to message id", "replied to", "pid", "reponse a", "en reponse a", "repond a", "antwort auf", "antwort an", "respuesta a", "risposta a", "resposta a"},
	Thread: {"thread", "thread id", "threadid", "conversation", "conversation id", "link id", "root", "root id", "discussion", "discussion id", "topic", "topic id", "submission id",
		"story id", "video id", "article id", "post", "post id", "comment post id", "fil", "sujet"},
	Author: {"author", "author name", "comment author", "user", "username", "user name", "user login", "screen name", "speaker", "name", "nick", "nickname", "from", "by",
		"auteur", "pseudo", "autor", "autorin", "benutzer", "usuario", "autore", "utente", "usuario nome"},
	AuthorKey: {"author key", "author id", "authorid", "author fullname", "user id", "userid", "uid", "user key", "speaker id"},
	Time: {"unix timestamp", "created utc", "created at i", "time", "timestamp", "datetime", "date time", "date utc", "date", "created at", "created", "published at", "published", "publishedat", "posted at",
		"comment date gmt", "comment date", "createdat", "date heure", "horodatage", "heure", "datum", "zeit", "fecha"},
	Edited: {"edited", "edited at", "last edited", "modifie le", "bearbeitet"},
	Text: {"text", "body", "comment", "content", "message", "comment text", "comment content", "comment body", "commenttext", "texte", "commentaire", "contenu",
		"kommentar", "inhalt", "nachricht", "texto", "comentario", "mensaje", "testo", "commento", "messaggio"},
	Score: {"score", "likes", "like count", "likecount", "points", "votes", "vote", "upvotes", "ups", "meta score", "note", "punkte", "puntos"},
	State: {"state"},
	Title: {"title", "thread title", "post title", "subject", "headline", "titre", "titel", "titulo", "titolo"},
	URL:   {"thread url", "page url", "link url", "article url", "post url"},
}

// Map tells in which column a field stands.
type Map [fields]int // -1: in none

// MissingError tells that a table lacks a column.
type MissingError struct {
	Field  Field
	Wanted string // the column that was named, "" where one was looked for
	Found  []string
}

// Error names the columns there are.
func (e *MissingError) Error() string {
	found := "the table has no columns"
	if len(e.Found) > 0 {
		list := e.Found
		if len(list) > 40 {
			list = append(slices.Clone(list[:40]), "…")
		}
		found = "there are " + strings.Join(list, ", ")
	}
	if e.Wanted != "" {
		return fmt.Sprintf("no column is called %q, which --columns names for %s: %s", e.Wanted, Names[e.Field], found)
	}
	return fmt.Sprintf("no column for the %s of the comments: %s; name it with --columns %s=NAME", Names[e.Field], found, Names[e.Field])
}

// Guess finds the fields among the names of columns. given settles them by
// name; a field given as "" is in no column. Each column is one field at most.
// The text of the comments must be there.
func Guess(header []string, given map[string]string) (Map, error) {
	var m Map
	taken := make([]bool, len(header))
	for f := range m {
		m[f] = -1
	}
	for name := range given {
		if !slices.Contains(Names, name) {
			return m, fmt.Errorf("--columns knows no %q; it knows %s", name, strings.Join(Names, ", "))
		}
	}
	folded := make([]string, len(header))
	for i, h := range header {
		folded[i] = fold(h)
	}
	for f, name := range Names {
		want, ok := given[name]
		if !ok || want == "" {
			continue
		}
		i := slices.Index(header, want)
		if i < 0 {
			i = slices.Index(folded, fold(want))
		}
		if i < 0 {
			return m, &MissingError{Field(f), want, header}
		}
		m[f], taken[i] = i, true
	}
	for f, names := range known {
		if _, ok := given[Names[f]]; ok {
			continue
		}
		for _, name := range names {
			if i := slices.Index(folded, name); i >= 0 && !taken[i] {
				m[f], taken[i] = i, true
				break
			}
		}
	}
	if m[Text] < 0 {
		return m, &MissingError{Text, "", header}
	}
	return m, nil
}

// fold makes names alike that a person would take for one: "Réponse à",
// "reponse_a" and "REPONSE-A".
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r): // accents
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
