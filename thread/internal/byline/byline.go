// Package byline takes the name out of the lines that tell who wrote something
// and when: "by NAME on DATE", "NAME says:", "DATE – NAME".
package byline

import (
	"regexp"
	"strings"
	"unicode"

	"threadheat/thread/internal/dates"
	"threadheat/thread/internal/locale"
)

// Name is the name in a line without a date: what software writes around it is
// cut, and an e-mail address, which is private, to what stands before the @.
func Name(s string) string {
	if rest, ok := locale.Says(s); ok && rest != "" {
		s = rest
	}
	if m := leadIn.FindString(s); m != "" && m != s {
		s = s[len(m):]
	}
	return Public(strings.TrimRight(s, ": ·•|,–—"))
}

// Public is a name without what is private in it: of an e-mail address what
// stands before the @. Two people whose addresses differ only behind it become
// one.
func Public(name string) string {
	if strings.IndexByte(name, '@') > 0 {
		if m := mailAddress.FindStringSubmatch(name); m != nil {
			return m[1]
		}
	}
	return name
}

// Loose cuts from a line what may stand there beside the name: a date and what
// is on its other side, a verb ("NAME said"), a word for answering.
func Loose(s string) string {
	s = verbOut.ReplaceAllString(Undated(s), "")
	if rest, ok := locale.TrimReply(s); ok && rest != "" {
		s = rest
	}
	return s
}

// IsLead tells that s is a word that stands between a date and a name: "by".
func IsLead(s string) bool { return leads[strings.ToLower(strings.TrimRight(s, ": "))] }

var leads = map[string]bool{"by": true, "par": true, "von": true, "por": true, "door": true, "di": true, "da": true, "av": true, "af": true, "przez": true, "от": true, "од": true}

// TrimEnd cuts what leads from a name to a date behind it: "NAME on".
func TrimEnd(s string) string { return leadOut.ReplaceAllString(s, "") }

// LeadsIn tells that s begins as a line about an author does ("Posted by").
func LeadsIn(s string) bool { return leadIn.MatchString(s) }

// Readable tells whether any character of s would be seen: a Builder drops
// control characters.
func Readable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

// IsBadge tells that s, which stands after a name, says who somebody is.
func IsBadge(s string) bool { return badges[strings.ToLower(strings.Trim(s, "()[] -–·:"))] }

// badges are what themes write beside the names of the article's author and of
// those who run the site.
var badges = map[string]bool{
	"post author": true, "author": true, "article author": true, "author of the post": true, "op": true, "admin": true, "administrator": true,
	"mod": true, "moderator": true, "editor": true, "staff": true, "team": true, "guest": true, "member": true, "verified": true, "verified owner": true,
	"auteur": true, "auteur de l’article": true, "auteur de l'article": true, "auteur/autrice": true, "modérateur": true, "invité": true,
	"autor": true, "beitragsautor": true, "beitragsverfasser": true, "artikelautor": true, "autor dieses beitrags": true, "gast": true,
	"autor de la entrada": true, "autor de la publicación": true, "autor do post": true, "autor del artículo": true, "autore": true, "autore articolo": true,
	"autore dell'articolo": true, "berichtauteur": true, "auteur van het bericht": true, "autor wpisu": true, "автор": true, "автор записи": true,
	"inläggsförfattare": true, "indlægsforfatter": true, "artikkelin kirjoittaja": true, "autor příspěvku": true, "yazı yazarı": true, "yazar": true,
	"投稿者": true, "作者": true, "博主": true, "글쓴이": true, "الكاتب": true, "نویسنده": true,
}

var (
	leadIn      = regexp.MustCompile(`^(?:(?i:comment|posted|written|submitted|left) (?i:by|from)|(?:Kommentar|Geschrieben|Gespeichert|Verfasst|Eingetragen|Eingestellt|Erstellt|Beitrag|Antwort) von|Commentaire n° ?\d+ (?:posté|écrit) par|(?:Écrit|Rédigé|Publié|Envoyé|Soumis|Ajouté) par|Commentaire (?:par|de)|Posté par|Comentario (?:por|de)|(?:Publicado|Enviado|Escrito) por|Commento di|(?:Scritto|Inviato|Postato) da|Geplaatst door|Dodane przez|Reactie (?:door|van)|[Bb]y|Von|Par)(?: ?:)? |^(?:Autor|Author|Auteur|Autore|Name|Nom|Автор) ?: |^#\d+ |^\d+[.)] `)
	leadOut     = regexp.MustCompile(`(?:[ \t\-–—|·•@,(/:]|\b(?:on|at|am|um|le|Le|Am|On|à|el|il|alle|op|om|em|às|på|den|dne|dnia)\b|\b\d?\d[:.h]\d\d(?:\s*[aApP]\.?[mM]\.?)?)+$`)
	verbOut     = regexp.MustCompile(`(?i)[\s,]+(?:said|says|posted|wrote|writes|replied|commented|schrieb|a écrit)[\s:,]*$`)
	mailAddress = regexp.MustCompile(`^([^\s@<>]+)@[^\s@<>]+\.[A-Za-z]{2,}$`)
)

// openings are the words that begin a line before a date: "On DATE, NAME said".
var openings = map[string]bool{"on": true, "at": true, "am": true, "le": true, "el": true, "il": true, "op": true, "den": true, "em": true, "posted": true, "posted on": true, "date": true}

// Undated cuts a date from a line, and what stands on the other side of it than
// the name: the name is before the date, or after it where nothing is before.
func Undated(s string) string {
	m, ok := dates.Find(s, dates.Options{})
	if !ok || m.End-m.Start < 8 {
		return s
	}
	if before := leadOut.ReplaceAllString(s[:m.Start], ""); Readable(before) && !openings[strings.ToLower(before)] {
		return before
	}
	if after := strings.TrimLeft(s[m.End:], " \t-–—|·•,:)/"); Readable(after) {
		if lead, rest, ok := strings.Cut(after, " "); ok && IsLead(lead) && Readable(rest) {
			return rest
		}
		return after
	}
	return s
}
