// Package stems turns comments into the words that tell a subject: quotations,
// addresses and stop words are left out, what remains is cut to its stem, and
// each comment has the language it is written in.
package stems

import (
	_ "embed"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics/internal/words"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
	"golang.org/x/text/unicode/norm"
)

// Lang is a language that has a list of stop words here, by its place in that
// list; Unknown is any other.
type Lang int8

// Unknown has no stop words and no stems: its words are compared as they stand.
const Unknown Lang = -1

// stopwords.txt has a language a line: its code, then its stop words. NOTICE
// says where they come from.
//
//go:embed stopwords.txt
var stopwords string

// codes are the languages, by Lang; stops tells of a word in which of them it is
// a stop word, a bit each, and bare of a word without accents.
var codes, stops, bare = func() (codes []string, stops, bare map[string]uint32) {
	stops, bare = make(map[string]uint32, 12_000), make(map[string]uint32, 12_000)
	for line := range strings.Lines(stopwords) {
		ws := strings.Fields(line)
		for _, w := range ws[1:] {
			stops[letters(w)] |= 1 << len(codes)
			bare[plain(letters(w))] |= 1 << len(codes)
		}
		codes = append(codes, ws[0])
	}
	return codes, stops, bare
}()

// Code is the ISO 639 code of a language, "" for Unknown.
func (l Lang) Code() string {
	if l < 0 {
		return ""
	}
	return codes[l]
}

// ByCode is the language that a tag such as "fr" or "pt-BR" names.
func ByCode(tag string) Lang {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	for l, c := range codes {
		if c == tag {
			return Lang(l)
		}
	}
	return Unknown
}

// snowball are the stemmers, by code. Polish, Czech, Greek, Persian, Kurdish and
// Ukrainian have none: see cut.
var snowball = map[string]func(*snowballstem.Env) bool{
	"ar": arabic.Stem, "da": danish.Stem, "de": german.Stem, "en": english.Stem, "es": spanish.Stem, "fi": finnish.Stem,
	"fr": french.Stem, "hu": hungarian.Stem, "it": italian.Stem, "nl": dutch.Stem, "no": norwegian.Stem, "pt": portuguese.Stem,
	"ro": romanian.Stem, "ru": russian.Stem, "sv": swedish.Stem, "tr": turkish.Stem,
}

// Reader reads texts. It learns words as it goes, so that each is folded,
// looked up and stemmed once. It must not be used by two goroutines at once.
type Reader struct {
	ids   map[string]Word // words as written, in lower case
	words []word          // by Word
	terms map[Term]int32
	Terms []Term // by number, in order of appearance
	Shown []Word // by number of a term: the first word that it was met in
}

// Term is a stem in a language: the same letters in another are another term.
type Term struct {
	Text string
	Lang Lang
}

type word struct {
	written string
	text    string         // with letters as letters writes them
	in      uint32         // the languages in which it is a stop word as it stands
	stop    uint32         // or would be, with other accents: people leave them out
	memory  [nMemory]known // terms, by language
}

// nMemory is in how many languages a word's term is remembered: few words of a
// thread are met in more.
const nMemory = 2

type known struct {
	lang Lang // of term, where set
	set  bool
	term int32
}

// Token is a word of a text: where it stands, in bytes, and whether it stands in
// a quotation or an address.
type Token struct {
	Word
	Start, End int32
	Part       Part
}

// Word is a word that a Reader has met, by its number there.
type Word int32

// Part is what a Token stands in.
type Part uint8

// The parts of a text.
const (
	Own    Part = iota // the writer's own words
	Quoted             // a line that begins with ">"
	Link               // an address
)

// NewReader is a Reader that knows no word.
func NewReader() *Reader { return &Reader{ids: map[string]Word{}, terms: map[Term]int32{}} }

// Tokens appends the words of a text to out. O(len(text)).
func (r *Reader) Tokens(out []Token, text string) []Token {
	skip := parts(text)
	for k := range words.All(text) {
		for len(skip) > 0 && skip[0].end <= k.Start {
			skip = skip[1:]
		}
		part := Own
		if len(skip) > 0 && skip[0].start <= k.Start {
			part = skip[0].part
		}
		if c, _ := utf8.DecodeRuneInString(k.Text); c < 0x0e00 || !unicode.In(c, unspaced...) {
			out = append(out, Token{r.word(k.Text), int32(k.Start), int32(k.End), part})
			continue
		}
		// Every two characters: only a dictionary could tell where words end.
		before := k.Start
		for i := range text[k.Start:k.End] {
			at := k.Start + i
			_, size := utf8.DecodeRuneInString(text[at:])
			if at > k.Start || at+size == k.End {
				out = append(out, Token{r.word(text[before : at+size]), int32(before), int32(at + size), part})
			}
			before = at
		}
	}
	return out
}

// Ballot are votes by language.
type Ballot [32]float64

// unspaced are scripts that put no spaces between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar}

// word is the number of a word in lower case.
func (r *Reader) word(w string) Word {
	id, ok := r.ids[w]
	if !ok {
		id = Word(len(r.words))
		w = strings.Clone(w)
		r.ids[w] = id
		one := letters(w)
		r.words = append(r.words, word{written: w, text: one, in: stops[one], stop: bare[plain(one)]})
	}
	return id
}

// Votes adds to by, a number for each language, how much the tokens speak for it:
// each stop word one vote, shared among the languages that have it.
func (r *Reader) Votes(by *Ballot, tokens []Token) {
	for _, k := range tokens {
		if in := r.words[k.Word].in; in != 0 && k.Part == Own {
			vote := 1 / float64(bits.OnesCount32(in))
			for ; in != 0; in &= in - 1 {
				by[bits.TrailingZeros32(in)] += vote
			}
		}
	}
}

// Language is the language of a text with the given votes in a thread that is
// mostly in another: the one that leads, where it leads clearly, else usual.
func Language(votes *Ballot, usual Lang) Lang {
	best, most, second := Unknown, 0.0, 0.0
	for l := range codes {
		switch v := votes[l]; {
		case v > most:
			best, most, second = Lang(l), v, most
		case v > second:
			second = v
		}
	}
	if usual >= 0 && votes[usual] >= most/2 || most < 3 || second > most*0.7 {
		return usual
	}
	return best
}

// Leader is the language with the most votes, Unknown where there are none.
func Leader(votes *Ballot) Lang {
	best, most := Unknown, 0.0
	for l := range codes {
		if votes[l] > most {
			best, most = Lang(l), votes[l]
		}
	}
	return best
}

// None is the term of a token that tells no subject.
const None = -1

// Term is the number of the term that a word is in a language: None for stop
// words and single letters.
func (r *Reader) Term(k Word, l Lang) int32 {
	w := &r.words[k]
	for i := range w.memory {
		if m := &w.memory[i]; m.set && m.lang == l {
			return m.term
		}
	}
	t := r.term(w, l)
	if int(t) == len(r.Shown) {
		r.Shown = append(r.Shown, k)
	}
	for i := range w.memory {
		if m := &w.memory[i]; !m.set || i == nMemory-1 {
			*m = known{l, true, t}
			break
		}
	}
	return t
}

func (r *Reader) term(w *word, l Lang) int32 {
	if l >= 0 && w.stop&(1<<l) != 0 {
		return None
	}
	if c, size := utf8.DecodeRuneInString(w.text); size == len(w.text) && !unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana) {
		return None
	}
	key := Term{Stem(w.text, l), l}
	t, ok := r.terms[key]
	if !ok {
		t = int32(len(r.Terms))
		r.terms[key] = t
		r.Terms = append(r.Terms, key)
	}
	return t
}

// Word is a word as it was written, in lower case.
func (r *Reader) Word(w Word) string { return r.words[w].written }

// maxStem is the longest word, in bytes, that is stemmed: no longer one is
// anything but a string of characters.
const maxStem = 64

// Stem is the stem of a folded word in a language, without accents: people leave
// them out.
func Stem(w string, l Lang) string {
	if len(w) > maxStem || l < 0 {
		return w
	}
	if stem, ok := snowball[codes[l]]; ok {
		if codes[l] == "ar" {
			w = strings.NewReplacer("ک", "ك", "ی", "ي").Replace(w)
		}
		env := snowballstem.NewEnv(w)
		stem(env)
		if s := env.Current(); s != "" {
			w = s
		}
		switch w = plain(w); codes[l] {
		case "de":
			return cut(w)
		case "fr":
			return plural(w)
		}
		return w
	}
	return cut(plain(w))
}

// plural takes off the ending of French verbs in the third person plural, which
// the stemmer leaves on ("hébergent", but "hébergeait").
func plural(w string) string {
	if bare, ok := strings.CutSuffix(w, "ent"); ok && len(bare) >= 4 && !strings.HasSuffix(bare, "m") {
		return bare
	}
	return w
}

// cut is what stands for a stem where there is no stemmer: the first cutAt
// letters. Inflection stands at the end. German has a stemmer and is cut besides:
// compounds that speak of one thing mostly begin alike.
func cut(w string) string {
	n := 0
	for i := range w {
		if n == cutAt {
			return w[:i]
		}
		n++
	}
	return w
}

const cutAt = 6

// plain takes the accents off Latin letters.
func plain(w string) string {
	ascii := true
	for i := range len(w) {
		ascii = ascii && w[i] < utf8.RuneSelf
	}
	if ascii {
		return w
	}
	var b strings.Builder
	latin := false
	for _, c := range norm.NFD.String(w) {
		if unicode.Is(unicode.Mn, c) && latin {
			continue
		}
		latin = unicode.Is(unicode.Latin, c)
		switch c {
		case 'œ':
			b.WriteString("oe")
		case 'æ':
			b.WriteString("ae")
		case 'ß':
			b.WriteString("ss")
		case 'ł':
			b.WriteByte('l')
		case 'ø':
			b.WriteByte('o')
		default:
			b.WriteRune(c)
		}
	}
	return norm.NFC.String(b.String())
}

// letters writes letters of the Arabic script that keyboards mix up in one way.
func letters(w string) string {
	for _, c := range w {
		if c < 0x600 || c > 0x6ff {
			return w
		}
	}
	return arabicLetters.Replace(w)
}

var arabicLetters = strings.NewReplacer("ك", "ک", "ي", "ی", "ى", "ی", "ھ", "ه", "ة", "ه", "ـ", "")

type span struct {
	start, end int
	part       Part
}

// parts are the quotations and addresses of a text, in order.
func parts(text string) []span {
	var out []span
	if !strings.Contains(text, ">") && !strings.Contains(text, "://") && !strings.Contains(text, "www.") && !strings.Contains(text, "&gt;") {
		return nil
	}
	for at := 0; at < len(text); {
		end := at + strings.IndexByte(text[at:], '\n') + 1
		if end == at {
			end = len(text)
		}
		line := text[at:end]
		if bare := strings.TrimLeft(line, " \t"); strings.HasPrefix(bare, ">") || strings.HasPrefix(bare, "&gt;") {
			out = append(out, span{at, end, Quoted})
		} else {
			out = links(out, line, at)
		}
		at = end
	}
	return out
}

// links appends the addresses in line, which begins at the given byte.
func links(out []span, line string, base int) []span {
	for at := 0; ; {
		i := strings.Index(line[at:], "://")
		j := strings.Index(line[at:], "www.")
		if i < 0 && j < 0 {
			return out
		}
		start := at + j
		if i >= 0 && (j < 0 || i < j) {
			start = at + i
			for start > at && 'a' <= line[start-1]|0x20 && line[start-1]|0x20 <= 'z' {
				start--
			}
		}
		end := strings.IndexFunc(line[start:], func(c rune) bool { return unicode.IsSpace(c) || c == '>' || c == ')' || c == ']' || c == '"' })
		if end < 0 {
			end = len(line) - start
		}
		out = append(out, span{base + start, base + start + end, Link})
		at = start + end
	}
}
