package wikitext

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/internal/dom"
	"threadheat/thread/internal/wiki"
)

// signature is who signed and when, and where that stands in a line.
type signature struct {
	user       string
	time       thread.Stamp
	start, end int
}

const (
	maxSignature = 100  // letters between the link and the time
	maxReach     = 2000 // bytes between them, with all the colours of a signature
)

var (
	userLink = regexp.MustCompile(`\[\[:?([^\[\]|]+:[^\[\]|]+)(?:\|[^\[\]]*)?\]\]`)
	// Templates that say who wrote what nobody signed, in several wikis.
	unsigned = regexp.MustCompile(`(?i)\{\{\s*(?:subst:)?(?:unsigned ?\d?|unsigned ?ip ?\d?|un?sig|nosign|non signé|nonsigné|sans signature|nicht signiert|unsigniert|non firmato|nonfirmato|firma inválida|niepodpisany|не подписано|ikke signert|usignert|osignerat|allekirjoittamaton)\s*\|([^{}]*)\}\}`)
)

// firstSignature is the first signature of a line.
func firstSignature(line string) (signature, bool) {
	if !strings.Contains(line, "[[") && !strings.Contains(line, "{{") {
		return signature{}, false // neither a link nor a template
	}
	s, ok := linked(line)
	before := line
	if ok {
		before = line[:s.end]
	}
	for _, m := range unsigned.FindAllStringSubmatchIndex(before, -1) {
		if ok && s.start < m[0] {
			break
		}
		if t, known := templated(line[m[2]:m[3]]); known {
			t.start, t.end = m[0], m[1]
			return t, true
		}
	}
	return s, ok
}

// linked is the first time in a line that a link to a user stands before.
func linked(line string) (signature, bool) {
	for from := 0; ; {
		at, ok := wiki.FindTime(line[from:])
		if !ok {
			return signature{}, false
		}
		at.Start, at.End = at.Start+from, at.End+from
		s := signature{time: at.Stamp, end: at.End}
		from = max(from, at.Start-maxReach)
		for _, m := range userLink.FindAllStringSubmatchIndex(line[from:at.Start], -1) {
			user := wiki.User(line[from+m[2] : from+m[3]])
			if user == "" || utf8.RuneCountInString(plain(line[from+m[1]:at.Start])) > maxSignature {
				continue
			}
			// The link nearest to the time tells who signs; links to the same
			// user right before it are part of the signature.
			if user != s.user {
				s.user, s.start = user, from+m[0]
			}
		}
		if s.user != "" {
			return s, true
		}
		from = at.End
	}
}

// templated reads the parameters of a template that signs: a user and a time,
// in either order; the zone may be left out.
func templated(parameters string) (s signature, ok bool) {
	for v := range strings.SplitSeq(parameters, "|") {
		if name, value, named := strings.Cut(v, "="); named && len(name) < 12 {
			v = value
		}
		v = strings.TrimSpace(v)
		if v == "" {
			continue
		}
		if at, isTime := wiki.FindTime(v); isTime {
			s.time = at.Stamp
		} else if at, isTime := wiki.FindTime(v + " (UTC)"); isTime {
			s.time = thread.Local(at.Stamp.Time(), at.Stamp.Precision())
		} else if s.user == "" && utf8.RuneCountInString(v) <= maxSignature {
			if s.user = wiki.User(v); s.user == "" {
				s.user = v
			}
		}
	}
	return s, s.user != "" && !s.time.IsZero()
}

var (
	template = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	link     = regexp.MustCompile(`\[\[:?([^\[\]|]*)((?:\|[^\[\]|]*)*)\]\]`)
	external = regexp.MustCompile(`\[(?:https?:)?//[^\s\[\]]+(?:\s+([^\[\]]*))?\]`)
	quotes   = regexp.MustCompile(`'{2,5}`)
	markup   = regexp.MustCompile(`<[a-zA-Z/]|&[#\w]+;`)
	media    = regexp.MustCompile(`(?i)^\s*(?:file|image|fichier|datei|bild|immagine|archivo|ficheiro|imagem|plik|bestand|afbeelding|файл|изображение|fil|tiedosto|soubor|ملف|ファイル|category|catégorie|kategorie|categoría|categoria|kategoria|categorie|категория)\s*:`)
)

// maxNested is how many templates are looked for inside templates.
const maxNested = 8

// plain is the text of a piece of wikitext, in one pass for each level of
// nesting that people use.
func plain(s string) string {
	for range maxNested {
		t := template.ReplaceAllStringFunc(s, func(m string) string { return parameters(m[2 : len(m)-2]) })
		if t == s {
			break
		}
		s = t
	}
	for range 2 { // captions hold links
		s = link.ReplaceAllStringFunc(s, func(m string) string {
			target, label, labelled := strings.Cut(strings.TrimPrefix(m[2:len(m)-2], ":"), "|")
			switch {
			case media.MatchString(target) && m[2] != ':':
				return ""
			case labelled && label != "":
				return label
			}
			return target
		})
	}
	s = external.ReplaceAllString(s, "$1")
	s = quotes.ReplaceAllString(s, "")
	if markup.MatchString(s) {
		s = dom.Parse(s).Text(dom.Root, nil)
	}
	return strings.TrimSpace(s)
}

// parameters is what a template says: its parameters without names, or its own
// name where it has none ("{{done}}").
func parameters(inside string) string {
	name, rest, _ := strings.Cut(inside, "|")
	var says []string
	for v := range strings.SplitSeq(rest, "|") {
		if v = strings.TrimSpace(v); v != "" && !named.MatchString(v) {
			says = append(says, v)
		}
	}
	if len(says) == 0 {
		return strings.TrimSpace(name)
	}
	return strings.Join(says, " ")
}

var named = regexp.MustCompile(`^[\pL\pN_-]+ *=`)

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
