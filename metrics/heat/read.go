package heat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/metrics/internal/words"
)

// hit is one cue at one place of a text.
type hit struct {
	cue        Cue
	start, end int // bytes
	strength   float64
	sentence   int32
	ambiguous  bool // French only if the text is
}

// reading is one pass over a text: its words in sentences, and its cues.
type reading struct {
	text      string
	tokens    []words.Token
	sentences []int32 // tokens in each
	hits      []hit   // by start

	phraseUntil int // no phrase begins before this token
	politeUntil int // tokens before this one are part of a polite phrase
	quote       quotation
	lower       bool // some word outside polite phrases is not in capitals
	plain       int  // tokens outside polite phrases
	fr, en      int  // of them: telling function words
}

// quotation is a quotation mark waiting for its partner.
type quotation struct {
	open     bool
	start    int   // byte of the mark
	token    int   // first token inside
	sentence int32 // of that token
}

// Up to maxQuoted words a quotation may be scare quotes; a mark that has no
// partner within staleQuote words is taken for a slip of the keyboard.
const (
	maxQuoted  = 3
	staleQuote = 60
)

// read goes over the text once: gap, word, gap, word, … gap. O(len(text)).
func read(text string) *reading {
	r := &reading{text: text, tokens: words.Tokens(text), sentences: []int32{0}}
	at := 0
	for k, t := range r.tokens {
		r.gap(k, at, t.Start)
		r.word(k)
		at = t.End
	}
	r.gap(len(r.tokens), at, len(text))
	r.drop()
	slices.SortStableFunc(r.hits, func(a, b hit) int { return a.start - b.start })
	return r
}

func (r *reading) hit(c Cue, start, end int, strength float64) {
	r.hits = append(r.hits, hit{cue: c, start: start, end: end, strength: strength, sentence: r.sentence()})
}

func (r *reading) sentence() int32 { return int32(len(r.sentences) - 1) }

// gap reads what stands between the tokens k-1 and k.
func (r *reading) gap(k, start, end int) {
	g := r.text[start:end]
	if g == " " || g == "" {
		return
	}
	for i := 0; i < len(g); {
		c, size := utf8.DecodeRuneInString(g[i:])
		switch {
		case isMark(c):
			n := r.marks(start+i, g[i:])
			i += n
			continue
		case isQuote(c):
			r.quotationMark(k, c, start+i, size)
		case c == '\n':
			r.quote.open = false // a quotation does not cross a line
		}
		i += size
	}
	if k == len(r.tokens) {
		return
	}
	before := ""
	if k > 0 {
		before = r.tokens[k-1].Text
	}
	if s, e, ok := words.Ellipsis(g); ok && words.ClassOf(before)&words.Determiner != 0 && !strings.ContainsRune(g, '\n') && !r.politeAt(k) {
		r.hit(Pause, start+s, start+e, 1)
	}
	if words.EndsSentence(before, g) {
		r.sentences = append(r.sentences, 0)
	}
}

func isMark(c rune) bool {
	switch c {
	case '!', '?', '‽', '⁇', '⁈', '⁉', '‼', '！', '？':
		return true
	}
	return false
}

// marks reads a run of exclamation and question marks and tells its length.
// One question mark is a question.
func (r *reading) marks(at int, s string) int {
	n, count, loud := 0, 0, false
	for _, c := range s {
		if !isMark(c) {
			break
		}
		n += utf8.RuneLen(c)
		switch c {
		case '‼', '‽', '⁈', '⁉':
			count, loud = count+2, true
		case '⁇':
			count += 2
		case '!', '！':
			count, loud = count+1, true
		default:
			count++
		}
	}
	switch {
	case loud && count > 1:
		r.hit(Exclamation, at, at+n, 2)
	case loud || count > 1:
		r.hit(Exclamation, at, at+n, 1)
	}
	return n
}

func isQuote(c rune) bool {
	switch c {
	case '"', '“', '”', '„', '‟', '«', '»', '＂':
		return true
	}
	return false
}

// quotationMark opens or closes a quotation. Which of the two a mark does shows
// in its neighbours where it touches a word on one side; the shape does not
// tell, for keyboards and typesetters write ” at both ends and a space inside.
func (r *reading) quotationMark(k int, c rune, at, size int) {
	before, _ := utf8.DecodeLastRuneInString(r.text[:at])
	after, _ := utf8.DecodeRuneInString(r.text[at+size:])
	wordBefore, wordAfter := isWord(before), isWord(after)
	if r.quote.open && k-r.quote.token > staleQuote {
		r.quote.open = false
	}
	opens := !r.quote.open
	switch {
	case c == '«' || wordAfter && !wordBefore && !isStop(before):
		opens = true
	case c == '»' || wordBefore && !wordAfter:
		opens = false
	}
	if opens {
		r.quote = quotation{open: true, start: at, token: k}
		return
	}
	if n := k - r.quote.token; r.quote.open && n > 0 && n <= maxQuoted && !r.names(r.quote.token, k) {
		r.hit(ScareQuotes, r.quote.start, at+size, 1)
		r.hits[len(r.hits)-1].sentence = r.quote.sentence
	}
	r.quote.open = false
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }

func isStop(c rune) bool { return c == '.' || c == '!' || c == '?' || c == '…' || c == ',' }

// names tells whether the quoted tokens from ≤ i < to are a name or a title:
// one of them has a capital. A single word after a determiner is not: that is
// how the ” Expert ” is mocked. (So is the “Titanic”: an error we accept.)
func (r *reading) names(from, to int) bool {
	capital := false
	for _, t := range r.tokens[from:to] {
		c, _ := utf8.DecodeRuneInString(r.text[t.Start:])
		capital = capital || unicode.IsUpper(c)
	}
	if !capital || to-from > 1 || from == 0 {
		return capital
	}
	before := r.tokens[from-1]
	return words.ClassOf(before.Text)&words.Determiner == 0 || strings.Trim(r.text[before.End:r.quote.start], " \u00a0’'") != ""
}

// word reads the token k.
func (r *reading) word(k int) {
	t := r.tokens[k]
	r.sentences[r.sentence()]++
	if r.quote.token == k {
		r.quote.sentence = r.sentence()
	}
	if k >= r.phraseUntil {
		if cue, n, ok := r.phraseAt(k); ok {
			r.phraseUntil = k + n
			if cue < NumCues {
				r.hit(cue, t.Start, r.tokens[k+n-1].End, 1)
			}
			if cue != Disagreement {
				r.politeUntil = k + n // the "you" of "thank you" is nobody's fault
			}
		}
	}
	if k < r.politeUntil {
		return
	}
	r.plain++
	class := words.ClassOf(t.Text)
	if class&words.French != 0 {
		r.fr++
	}
	if class&words.English != 0 {
		r.en++
	}
	raw := r.text[t.Start:t.End]
	lower, shouted := capitals(raw, t.Text)
	r.lower = r.lower || lower
	if shouted {
		r.hit(Shouting, t.Start, t.End, 1)
	}
	switch {
	case secondPerson[t.Text]:
		r.hit(SecondPerson, t.Start, t.End, 1)
		r.hits[len(r.hits)-1].ambiguous = t.Text == "ton" || t.Text == "ta"
	case t.Text == "t" && elided(r.text, t):
		r.hit(SecondPerson, t.Start, t.End, 1)
	case t.Text == "sic":
		if s, e, ok := bracketed(r.text, t); ok {
			r.hit(Sic, s, e, 1)
		}
	}
}

// capitals tells whether a word has a small letter, and whether it is shouted:
// at least four letters, all capital, and no acronym. A word that cannot be
// said, having no vowel, is an acronym; so is one with a digit.
func capitals(raw, folded string) (lower, shouted bool) {
	letters, vowel := 0, false
	for _, c := range raw {
		switch {
		case unicode.IsLower(c):
			return true, false
		case !unicode.IsUpper(c):
			return false, false
		}
		letters++
		vowel = vowel || strings.ContainsRune("AEIOUYÀÂÄÆÉÈÊËÎÏÔÖŒÙÛÜŸ", c)
	}
	return false, letters >= 4 && vowel && !acronyms[folded]
}

// elided tells whether an apostrophe follows the t, and none precedes: "t'es",
// but not "don't" nor "a-t-il".
func elided(text string, t words.Token) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:t.Start])
	after, _ := utf8.DecodeRuneInString(text[t.End:])
	return isApostrophe(after) && !isApostrophe(before)
}

func isApostrophe(c rune) bool { return c == '\'' || c == '’' || c == 'ʼ' }

// bracketed tells whether the token stands alone in brackets, give or take
// spaces and an exclamation mark, and where those begin and end.
func bracketed(text string, t words.Token) (start, end int, ok bool) {
	start, end = t.Start, t.End
	// Bounded, or a text of nothing but spaces and "sic" would cost its square.
	for n := 0; n < 4 && start > 0; n++ {
		c, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
		if c == '(' || c == '[' {
			ok = true
			break
		}
		if !unicode.IsSpace(c) {
			return 0, 0, false
		}
	}
	if !ok {
		return 0, 0, false
	}
	for n := 0; n < 4 && end < len(text); n++ {
		c, size := utf8.DecodeRuneInString(text[end:])
		end += size
		if c == ')' || c == ']' {
			return start, end, true
		}
		if !unicode.IsSpace(c) && c != '!' {
			break
		}
	}
	return 0, 0, false
}

// phraseAt is the longest phrase that begins with token k, and how many tokens
// it has.
func (r *reading) phraseAt(k int) (c Cue, n int, ok bool) {
	for _, p := range phrases[r.tokens[k].Text] {
		if r.follow(k, p.rest) {
			return p.cue, 1 + len(p.rest), true
		}
	}
	return 0, 0, false
}

func (r *reading) politeAt(k int) bool {
	c, _, ok := r.phraseAt(k)
	return ok && c == Politeness
}

// follow tells whether the tokens after k are these, with nothing but spaces,
// apostrophes and hyphens between.
func (r *reading) follow(k int, rest []string) bool {
	if k+len(rest) >= len(r.tokens) {
		return false
	}
	for i, w := range rest {
		t := r.tokens[k+i+1]
		if t.Text != w || strings.Trim(r.text[r.tokens[k+i].End:t.Start], " \u00a0\u202f'’ʼ-‑") != "" {
			return false
		}
	}
	return true
}

// drop removes the hits that only the whole text shows to be none: capitals
// where there is nothing but capitals, and French words in an English text.
func (r *reading) drop() {
	r.hits = slices.DeleteFunc(r.hits, func(h hit) bool {
		return h.cue == Shouting && !r.lower || h.ambiguous && r.en > r.fr
	})
}

// foreign tells whether the words are in a language that the cues do not know:
// there are at least foreignWords of them, and fewer than one in telling is a
// function word of French or of English.
func (r *reading) foreign() bool {
	return r.plain >= foreignWords && max(r.fr, r.en)*telling < r.plain
}

// French and English prose has one telling function word in four to eight.
const (
	foreignWords = 8
	telling      = 25
)
