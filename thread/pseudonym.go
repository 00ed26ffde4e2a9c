package thread

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pseudonymize is t with every author's name replaced by a pseudonym, in the
// author field and wherever the name stands as whole words in a text, the
// title or the article. The same name gets the same pseudonym in every thread
// under the same key, and without the key nobody can tell who it is. Names of
// fewer than three letters are replaced in the author field only: in a text
// they would hit ordinary words. E-mail addresses and decentralised identifiers
// (did:…) get pseudonyms of their own wherever they stand. Author keys and the
// address of the page go, for they identify too, also out of IDs and names of
// files. Quarantined comments are dropped. O(length of the texts).
//
// It cannot find what is spelled differently in the text, nor what the words
// themselves give away.
func Pseudonymize(t *Thread, key []byte) *Thread {
	r, ids := replacer{}, replacer{}
	ids.addID(t.meta.URL, Pseudonym(t.meta.URL, key))
	for a, name := range t.names {
		if name != "" {
			pseudonym := Pseudonym(identity(name, t.keys[a]), key)
			r.add(name, pseudonym)
			ids.addID(name, pseudonym)
			ids.addID(t.keys[a], pseudonym)
		}
	}
	text := func(s string) string { return r.replace(r.addresses(s, key)) }
	id := func(s string) string { return ids.replace(ids.addresses(s, key)) }
	m := t.meta
	m.Title, m.Article, m.URL = text(m.Title), text(m.Article), ""
	m.ID, m.Source.Name = id(m.ID), id(m.Source.Name)
	b := NewBuilder(m)
	for i := range t.Document() {
		c := t.Comment(i)
		if c.Author != "" {
			c.Author, c.AuthorKey = Pseudonym(identity(c.Author, c.AuthorKey), key), ""
		} else if c.AuthorKey != "" {
			c.AuthorKey = Pseudonym(c.AuthorKey, key)
		}
		c.ID, c.Parent, c.Pos.File = id(c.ID), id(c.Parent), id(c.Pos.File)
		c.Text = text(c.Text)
		b.Add(c)
	}
	for _, d := range t.diagnostics {
		d.Comment, d.Pos.File = id(d.Comment), id(d.Pos.File)
		d.Message = id(text(d.Message))
		b.Report(d)
	}
	return b.Build()
}

// identity tells two people of one name apart.
func identity(name, key string) string {
	if key == "" {
		return name
	}
	return name + "\x00" + key
}

// Pseudonym is the name that stands for identity under a key: "P-" and eight
// letters or digits of an HMAC-SHA256.
func Pseudonym(identity string, key []byte) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(identity))
	return "P-" + base32.StdEncoding.EncodeToString(h.Sum(nil))[:8]
}

// replacer replaces whole-word names in texts. Names are looked up by their
// first word, then by their lengths: a page of ten thousand people called "x 1",
// "x 2", … must not cost ten thousand comparisons for each x in its texts.
type replacer map[string]*namesakes

// namesakes are the names that begin with the same word.
type namesakes struct {
	with    map[string]string // pseudonym by name
	lengths []int             // of the names, the longest first
}

func (r replacer) add(name, with string) {
	if utf8.RuneCountInString(name) < 3 {
		return
	}
	w := name[:wordEnd(name, 0)]
	if r[w] == nil {
		r[w] = &namesakes{with: map[string]string{}}
	}
	n := r[w]
	if _, known := n.with[name]; known {
		return // of two people of one name, the first
	}
	n.with[name] = with
	if at, known := slices.BinarySearchFunc(n.lengths, len(name), func(l, target int) int { return target - l }); !known {
		n.lengths = slices.Insert(n.lengths, at, len(name))
	}
}

// addID is add for what may stand in an ID. Numbers alone do not tell there what
// they count.
func (r replacer) addID(name, with string) {
	if strings.Trim(name, "0123456789") != "" {
		r.add(name, with)
	}
}

// address finds what identifies people in any text.
var address = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+|\bdid:[a-z]+:[A-Za-z0-9.:%-]*[A-Za-z0-9]`)

// addresses replaces addresses, those that are names by the name's pseudonym.
func (r replacer) addresses(s string, key []byte) string {
	if !strings.Contains(s, "@") && !strings.Contains(s, "did:") {
		return s
	}
	return address.ReplaceAllStringFunc(s, func(a string) string {
		if n := r[a[:wordEnd(a, 0)]]; n != nil && n.with[a] != "" {
			return n.with[a]
		}
		return Pseudonym(strings.ToLower(a), key)
	})
}

func (r replacer) replace(s string) string {
	if len(r) == 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		end := wordEnd(s, i)
		if n := r.match(s, i, end, &b); n > 0 {
			i += n
			continue
		}
		b.WriteString(s[i:end])
		i = end
	}
	return b.String()
}

// match writes the replacement of the longest name that stands at i, and
// returns the name's length; 0 where none does.
func (r replacer) match(s string, i, end int, b *strings.Builder) int {
	n := r[s[i:end]]
	if n == nil {
		return 0
	}
	for _, l := range n.lengths {
		if i+l > len(s) {
			continue
		}
		if with, ok := n.with[s[i:i+l]]; ok && !splitsWord(s, i+l) {
			b.WriteString(with)
			return l
		}
	}
	return 0
}

// wordEnd is the end of the word that starts at i, or of the one character
// there that is no part of a word.
func wordEnd(s string, i int) int {
	end := i
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !isWord(r) {
			if end == i {
				end += n
			}
			break
		}
		end += n
	}
	return end
}

func splitsWord(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	return at < len(s) && isWord(before) && isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
