package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Reader reads a comment for who speaks in it and how: its words as they would
// be without disguise, whose they are, the marks and quotations between them,
// its language, and which words and phrases stand in the lists of the lexicon.
//
// The zero Reader is ready. It keeps its memory, so that in steady state a text
// costs no allocation; what it gives is valid until the next Read. It must not
// be used by two goroutines at once.
//
// All places are bytes of the text. Read costs O(len(text)), and O(maxParent)
// for a parent where something is quoted.
type Reader struct {
	Words     []Word
	Marks     []Mark
	Quotes    []Quote
	Finds     []Find  // by place; those of others' words and of code too
	Sentences []int32 // the writer's own words in each; at least one
	Own       int     // the writer's own words, emoji and addresses not counted
	Lang      Lang

	text   string
	forms  []byte
	lex    *lexicon
	langs  langEvidence
	parent parentIndex

	at         int  // end of the last word
	zone       Zone // of what is being read
	lineZone   Zone // of the line
	fenced     bool
	bracket    bool // inside [quote] … [/quote]
	noTick     int  // no backtick stands before this byte
	noDisguise int  // no disguised word begins before this byte
	letters    int  // single letters at the end of Words, one mark apart
	quote      quotation
	scratch    []byte
	folded     []byte
}

// Zone tells whose words they are.
type Zone uint8

// The zones.
const (
	Own    Zone = iota // the writer's
	Others             // lines that begin with ">", [quote] … [/quote], and quotations of the parent
	Code               // between backticks or fences, or indented
)

// Kind is what a Word is.
type Kind uint8

// The kinds.
const (
	Plain   Kind = iota // letters and digits
	Emoji               // one pictograph with its modifiers
	Mention             // @name
	Hashtag             // #word, the form without the mark
	Address             // of a page or of e-mail; the form is empty
)

// Shape is a set of properties of how a Word is written.
type Shape uint16

// The shapes.
const (
	Capital  Shape = 1 << iota // begins with a capital
	Capitals                   // has no small letter, and at least one capital
	Digits                     // has a digit
	Disguise                   // was written "c*n", "c o n", "c0n", "coooon" or in letters of two scripts
	Apart                      // something other than spaces, hyphens and apostrophes stands before it
	Elision                    // an apostrophe follows: "l’", "don’"
	After                      // an apostrophe stands before: "’t"
	Scared                     // stands inside quotation marks
	Script                     // is written in another script than the Latin
	Rude                       // is part of an insult or coarse phrase in one of the languages, whichever that of the text
)

// Word is a word of the text.
type Word struct {
	Start, End int32
	from, to   int32 // its form, in Reader.forms
	Sentence   int32
	id         uint16
	langs      uint16 // that have its letters
	Shape      Shape
	Zone       Zone
	Kind       Kind
}

// Mark is a run of ! and ?, or an ellipsis.
type Mark struct {
	Start, End int32
	Word       int32 // words before it
	Sentence   int32
	Count      int16 // of the marks in it, at most 1000; 0 for an ellipsis
	Loud       bool  // has a "!"
	Asks       bool  // has a "?"
	Zone       Zone
}

// Quote is what stands between two quotation marks on one line.
type Quote struct {
	Start, End int32
	From, To   int32 // words inside, From ≤ i < To
	Sentence   int32 // of the first of them
	Parent     bool  // at least sharedWords of them stand so in the parent
	Zone       Zone
}

// Find is a place where a word or phrase of a list stands, the longest that
// begins there. Where one stands in several lists, each has its Find.
type Find struct {
	From, To int32 // words, From ≤ i < To
	Sense
}

// Form is the form of word i: lower case, composed (NFC, for letters that take
// the accents of Latin scripts), without characters that cannot be seen, and with
// its disguise taken off where a word of the lexicon was under it. It is valid
// until the next Read.
func (r *Reader) Form(i int) []byte { w := &r.Words[i]; return r.forms[w.from:w.to] }

// Trait are the traits of word i.
func (r *Reader) Trait(i int) Trait { return r.lex.traits[r.Words[i].id] }

// Valence is how pleasant word i is in the language of the text, from -4 to 4;
// 0 where the lexicon does not tell.
func (r *Reader) Valence(i int) float64 {
	id := r.Words[i].id
	if set := r.lex.vlangs[id]; set == 0 || r.Lang != Unknown && set&(1<<r.Lang) == 0 {
		return 0
	}
	return float64(r.lex.values[id]) / valenceScale
}

// valenceScale is how many steps of the lexicon make 1 of valence.
const valenceScale = 30

// Bounds of what is read: of a text, of a parent in which a quotation is looked
// for, and of what a disguise may cover.
const (
	maxText     = 1 << 24
	maxParent   = 1 << 16
	maxDisguise = 24
)

// Read reads a text. parent is the text it answers, "" where none is known.
// hint is the language to assume where the text is too short to tell, Unknown
// for none. Of a text of more than 16 MiB it reads the first 16, of the parent
// the first 64 KiB.
func (r *Reader) Read(text, parent string, hint Lang) {
	if len(text) > maxText {
		text = text[:maxText]
	}
	*r = Reader{
		Words: r.Words[:0], Marks: r.Marks[:0], Quotes: r.Quotes[:0], Finds: r.Finds[:0],
		Sentences: append(r.Sentences[:0], 0),
		text:      text, forms: r.forms[:0], scratch: r.scratch, folded: r.folded, lex: theLexicon(), parent: r.parent,
	}
	r.scan()
	r.find()
	r.Lang = r.langs.decide()
	if r.Lang == Unknown {
		r.Lang = hint
	}
	r.keep()
	r.markQuoted(parent)
	for i := range r.Words {
		if w := &r.Words[i]; w.Zone == Own && w.Kind == Plain {
			r.Own++
			r.Sentences[w.Sentence]++
		}
	}
}

// class is what an ASCII byte is to the scanner.
var class = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			t[c] = 'a'
		case c >= '0' && c <= '9':
			t[c] = '0'
		case strings.IndexByte("!?\"@#`[\n.", byte(c)) >= 0:
			t[c] = byte(c)
		}
	}
	return t
}()

func (r *Reader) scan() {
	text := r.text
	i := r.line(0)
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			switch class[c] {
			case 'a', '0':
				i = r.word(i)
			case '\n':
				r.quote.open = false
				i = r.line(i + 1)
			case '!', '?':
				i = r.marks(i)
			case '"':
				r.quotationMark('"', i, 1)
				i++
			case '.':
				i = r.points(i)
			case '@':
				i = r.tagged(i, Mention)
			case '#':
				i = r.tagged(i, Hashtag)
			case '`':
				i = r.code(i)
			case '[':
				i = r.bbcode(i)
			default:
				i++
			}
			continue
		}
		u, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(u) || unicode.IsNumber(u):
			i = r.word(i)
		case isMark(u):
			i = r.marks(i)
		case u == '…':
			i = r.points(i)
		case isQuote(u):
			r.quotationMark(u, i, size)
			i += size
		case isEmoji(u):
			i = r.emoji(i)
		default:
			i += size
		}
	}
}

// line looks at how the line that begins at i begins, and tells where to read on.
func (r *Reader) line(i int) int {
	text := r.text
	j := i
	for j < len(text) && (text[j] == ' ' || text[j] == '\t') {
		j++
	}
	before := r.lineZone
	r.lineZone = Own
	switch {
	case strings.HasPrefix(text[j:], "```") || strings.HasPrefix(text[j:], "~~~"):
		r.fenced = !r.fenced
		j += 3
		r.lineZone = Code // what stands behind the fence names a language
	case r.fenced:
		r.lineZone = Code
	case r.bracket || j < len(text) && text[j] == '>' || strings.HasPrefix(text[j:], "&gt;"):
		r.lineZone = Others
	case (j >= i+4 || j > i && text[i] == '\t') && (i < 2 || text[i-2] == '\n' || before == Code) && codeLine(text[j:]):
		r.lineZone = Code
	}
	r.zone = r.lineZone
	return j
}

// codeLine tells whether an indented line looks like a program's: prose is
// indented too.
func codeLine(s string) bool {
	if len(s) > 200 {
		s = s[:200]
	}
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	return strings.ContainsAny(s, "{}=;<>") || strings.HasSuffix(s, ":") && strings.Contains(s, "(")
}

// code reads a backtick: up to the next on the same line it is code.
func (r *Reader) code(i int) int {
	if r.zone == Code {
		if !r.fenced && r.lineZone != Code {
			r.zone = r.lineZone
		}
		return i + 1
	}
	if i >= r.noTick {
		rest := r.text[i+1:]
		end := strings.IndexAny(rest, "`\n")
		switch {
		case end < 0:
			r.noTick = len(r.text)
		case rest[end] == '\n':
			r.noTick = i + 1 + end
		case end > 0:
			r.zone = Code
		}
	}
	return i + 1
}

// bbcode reads a bracket that may begin or end the quotation of a forum.
func (r *Reader) bbcode(i int) int {
	rest := r.text[i+1:]
	switch {
	case foldPrefix(rest, "quote]") || foldPrefix(rest, "quote="):
		if end := strings.IndexByte(rest[:min(len(rest), 200)], ']'); end >= 0 {
			r.bracket, r.lineZone, r.zone = true, Others, Others
			return i + 1 + end + 1
		}
	case foldPrefix(rest, "/quote]"):
		r.bracket, r.lineZone, r.zone = false, Own, Own
		return i + len("[/quote]")
	}
	return i + 1
}

func foldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// add ends a word that began at start, whose form is the end of forms.
func (r *Reader) add(start, end, form int, kind Kind, shape Shape) *Word {
	gap := r.text[r.at:start]
	if gap != " " {
		if gap != "" && r.endsSentence(gap) {
			r.Sentences = append(r.Sentences, 0)
		}
		shape |= gapShape(gap)
	}
	r.at = end
	r.Words = append(r.Words, Word{
		Start: int32(start), End: int32(end), from: int32(form), to: int32(len(r.forms)),
		Sentence: r.sentence(), Zone: r.zone, Kind: kind, Shape: shape,
	})
	if r.quote.open {
		if r.quote.word == len(r.Words)-1 {
			r.quote.sentence = r.sentence()
		}
	}
	return &r.Words[len(r.Words)-1]
}

func (r *Reader) sentence() int32 { return int32(len(r.Sentences) - 1) }

func (r *Reader) endsSentence(gap string) bool {
	if len(r.Words) == 0 {
		return endsSentence(gap, false, true)
	}
	w := &r.Words[len(r.Words)-1]
	form := r.forms[w.from:w.to]
	short := w.Kind == Plain && (utf8.RuneCount(form) < 2 || abbreviations[string(form)])
	return endsSentence(gap, r.lex.traits[w.id]&Determines != 0, short)
}

// gapShape tells what stands before a word from the gap before it.
func gapShape(gap string) (s Shape) {
	for _, c := range gap {
		switch c {
		case ' ', '\u00a0', '\u202f', '-', '‑':
			s &^= After
		case '\'', '’', 'ʼ':
			s |= After
		default:
			s = s&^After | Apart
		}
	}
	return s
}

// word reads the word that begins at i.
func (r *Reader) word(i int) int {
	text := r.text
	form, start := len(r.forms), i
	upper, lower, digits, others, latin := 0, 0, 0, 0, 0
	veiled, hidden := false, false // an invisible character was seen; and stands inside
	run, repeated := 0, false
	var prev byte
	var langs uint16
	mark := false
	end := i // of the last character that is seen
loop:
	for i < len(text) {
		c := text[i]
		if c < utf8.RuneSelf {
			switch class[c] {
			case 'a':
				if c < 'a' {
					upper++
					c += 'a' - 'A'
				} else {
					lower++
				}
				latin++
			case '0':
				digits++
			default:
				break loop
			}
			r.forms = append(r.forms, c)
			if c == prev {
				run++
				repeated = repeated || run >= 2 && c >= 'a'
			} else {
				run, prev = 0, c
			}
			i++
			end = i
			continue
		}
		u, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(u) || unicode.IsNumber(u):
			if i > start && unspaced(u) {
				break loop // each is a word of its own
			}
			if plain := lookalike(u); plain != 0 && u >= 0x2460 {
				u = rune(plain) // letters in other clothes: full width, circled, mathematical
				hidden = true
			}
			switch {
			case unicode.IsUpper(u):
				upper++
				u = unicode.ToLower(u)
			case unicode.IsLetter(u):
				lower++
			default:
				digits++
			}
			switch {
			case u < 0x250:
				latin++
				if u < 0x180 {
					langs |= letterLangs[u]
				}
			case !unicode.Is(unicode.Latin, u):
				others++
			}
			r.forms = utf8.AppendRune(r.forms, u)
			if u < 0x100 && byte(u) == prev {
				run++
				repeated = repeated || run >= 2
			} else {
				run, prev = 0, byte(min(u, 0xff))
			}
			end = i + size
			if unspaced(u) {
				i += size
				break loop
			}
		case unicode.IsMark(u):
			mark = mark || u < 0x370 // only these compose with Latin letters
			r.forms = utf8.AppendRune(r.forms, u)
			end = i + size
		case invisible(u):
			veiled = true
		default:
			break loop
		}
		i += size
	}
	hidden = hidden || veiled && insideVeil(text[start:end])
	if kind, stop := addressAt(text, start, end); kind {
		r.forms = r.forms[:form]
		r.letters = 0
		r.add(start, stop, form, Address, 0)
		return stop
	}
	var shape Shape
	if upper > 0 {
		if first, _ := utf8.DecodeRuneInString(text[start:]); unicode.IsUpper(first) {
			shape |= Capital
		}
		if lower == 0 {
			shape |= Capitals
		}
	}
	if digits > 0 {
		shape |= Digits
	}
	if mark {
		r.compose(form)
	}
	if end < len(text) {
		if stop := r.disguised(start, end, form); stop > end {
			r.letters = 0
			r.add(start, stop, form, Plain, shape|Disguise)
			r.lookUp(len(r.Words) - 1)
			return stop
		}
		if c, _ := utf8.DecodeRuneInString(text[end:]); c == '\'' || c == '’' || c == 'ʼ' {
			shape |= Elision
		}
	}
	if hidden {
		shape |= Disguise
	}
	if others > 0 && latin > 0 {
		shape |= r.oneScript(form)
	}
	w := r.add(start, end, form, Plain, shape)
	id := r.lex.ids[string(r.forms[form:])]
	if id == 0 && len(r.forms)-form <= maxDisguise*2 {
		id = r.undisguise(w, repeated, digits > 0 && latin > 0)
	}
	w.id, w.langs = id, langs
	if others > 0 && w.Shape&Disguise == 0 {
		w.Shape |= Script
	}
	r.singleLetter(w)
	return max(i, end)
}

// insideVeil tells whether a word has an invisible character within.
func insideVeil(s string) bool { return strings.IndexFunc(s, invisible) >= 0 }

// compose brings the last form to NFC. The letters of our languages have a table:
// package norm allocates.
func (r *Reader) compose(form int) {
	r.scratch = r.scratch[:0]
	last, size := rune(0), 0 // of the letter that a mark may join
	left := false            // a mark joined nothing
	for i := form; i < len(r.forms); {
		c, n := utf8.DecodeRune(r.forms[i:])
		i += n
		if whole, ok := composed[[2]rune{last, c}]; ok {
			r.scratch = r.scratch[:len(r.scratch)-size]
			c = whole
		} else {
			left = left || unicode.IsMark(c)
		}
		last, size = c, utf8.RuneLen(c)
		r.scratch = utf8.AppendRune(r.scratch, c)
	}
	if left {
		r.scratch = norm.NFC.Append(r.scratch[:0], r.forms[form:]...)
	}
	r.forms = append(r.forms[:form], r.scratch...)
}

// composed are the letters of Latin-1 and Latin Extended-A by letter and accent.
var composed = func() map[[2]rune]rune {
	m := map[[2]rune]rune{}
	for c := rune(0xc0); c < 0x180; c++ {
		if parts := []rune(norm.NFD.String(string(c))); len(parts) == 2 {
			m[[2]rune{parts[0], parts[1]}] = c
		}
	}
	return m
}()

// lookUp finds the number of a word whose form is final.
func (r *Reader) lookUp(i int) { r.Words[i].id = r.lex.id(r.Form(i)) }

// unspaced tells whether a letter is of a script that does not put spaces
// between words.
func unspaced(u rune) bool {
	return u >= 0x2e80 && (unicode.Is(unicode.Han, u) || unicode.Is(unicode.Hiragana, u) || unicode.Is(unicode.Katakana, u))
}

// invisible tells whether a character shows nothing: of no width, or only for
// the direction of writing.
func invisible(u rune) bool {
	return u == 0xad || u >= 0x200b && u <= 0x200f || u >= 0x202a && u <= 0x202e || u >= 0x2060 && u <= 0x206f || u == 0xfeff || u == 0x34f || u == 0x61c || u == 0x180e
}

// marks reads a run of exclamation and question marks.
func (r *Reader) marks(i int) int {
	m := Mark{Start: int32(i), Word: int32(len(r.Words)), Sentence: r.sentence(), Zone: r.zone}
	count := 0
	for i < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[i:])
		if !isMark(c) {
			break
		}
		i += size
		count++
		switch c {
		case '‼', '‽', '⁈', '⁉':
			count++
			m.Loud = true
			m.Asks = m.Asks || c != '‼'
		case '⁇':
			count++
			m.Asks = true
		case '!', '！':
			m.Loud = true
		default:
			m.Asks = true
		}
	}
	m.End, m.Count = int32(i), int16(min(count, 1000))
	r.Marks = append(r.Marks, m)
	return i
}

func isMark(c rune) bool {
	switch c {
	case '!', '?', '‽', '⁇', '⁈', '⁉', '‼', '！', '？':
		return true
	}
	return false
}

// points reads what may be an ellipsis.
func (r *Reader) points(i int) int {
	if !dots(r.text[i:]) {
		return i + 1
	}
	end := i + len(r.text[i:]) - len(strings.TrimLeft(r.text[i:], ".…"))
	r.Marks = append(r.Marks, Mark{Start: int32(i), End: int32(end), Word: int32(len(r.Words)), Sentence: r.sentence(), Zone: r.zone})
	return end
}

// tagged reads a name behind an @ or a word behind a #.
func (r *Reader) tagged(i int, kind Kind) int {
	if i > 0 && i == r.at && r.Words[len(r.Words)-1].Kind == Plain {
		return i + 1 // in the middle of something
	}
	form, j := len(r.forms), i+1
	letters := false
	for j < len(r.text) {
		u, size := utf8.DecodeRuneInString(r.text[j:])
		if !isWord(u) && !unicode.IsMark(u) && u != '_' {
			break
		}
		letters = letters || unicode.IsLetter(u)
		r.forms = utf8.AppendRune(r.forms, unicode.ToLower(u))
		j += size
	}
	if !letters {
		r.forms = r.forms[:form]
		return i + 1
	}
	r.letters = 0
	r.add(i, j, form, kind, 0)
	if kind == Hashtag {
		r.lookUp(len(r.Words) - 1)
	}
	return j
}

// addressAt tells whether the word from start to end begins an address, and
// where that ends.
func addressAt(text string, start, end int) (ok bool, stop int) {
	rest := text[end:]
	switch {
	case strings.HasPrefix(rest, "://") && end-start <= 8:
	case end-start == 3 && (rest != "" && rest[0] == '.') && strings.EqualFold(text[start:end], "www"):
	case strings.HasPrefix(rest, "@"):
		// ada.b@example.org, with a point behind the @ and before any space
		host := rest[1:min(len(rest), 64)]
		n := strings.IndexFunc(host, func(c rune) bool {
			return c != '.' && c != '-' && (c >= utf8.RuneSelf || class[c] != 'a' && class[c] != '0')
		})
		if n < 0 {
			n = len(host)
		}
		if p := strings.LastIndexByte(host[:n], '.'); p < 1 || p+2 >= n {
			return false, 0
		}
		return true, end + 1 + n
	default:
		return false, 0
	}
	for stop = end; stop < len(text); {
		u, size := utf8.DecodeRuneInString(text[stop:])
		if unicode.IsSpace(u) || strings.ContainsRune("<>\"«»“”", u) {
			break
		}
		stop += size
	}
	return true, end + len(strings.TrimRight(text[end:stop], ".,;:!?)'’"))
}

// emoji reads one pictograph with what changes it: skin, sex, joined others.
func (r *Reader) emoji(i int) int {
	form, start := len(r.forms), i
	for n := 0; i < len(r.text); n++ {
		u, size := utf8.DecodeRuneInString(r.text[i:])
		switch {
		case n == 0 || isEmoji(u) && n < 16 && strings.HasSuffix(r.text[start:i], "\u200d"):
			if u >= 0x1f3fb && u <= 0x1f3ff && n > 0 {
				break
			}
			r.forms = utf8.AppendRune(r.forms, u)
		case u == 0x200d || u == 0xfe0f || u >= 0x1f3fb && u <= 0x1f3ff:
		default:
			goto done
		}
		i += size
	}
done:
	r.letters = 0
	r.add(start, i, form, Emoji, 0)
	r.lookUp(len(r.Words) - 1)
	return i
}

func isEmoji(u rune) bool {
	return u >= 0x1f000 && u <= 0x1faff || u >= 0x2600 && u <= 0x27bf || u == 0x2b50 || u == 0x2b55
}

// quotation is a quotation mark waiting for its partner.
type quotation struct {
	open     bool
	start    int   // byte of the mark
	word     int   // first word inside
	sentence int32 // of that word
}

// staleQuote is the number of words within which a quotation mark has its
// partner; without, it is taken for a slip of the keyboard.
const staleQuote = 60

// quotationMark opens or closes a quotation. Which of the two a mark does shows
// in its neighbours where it touches a word on one side; the shape does not
// tell, for keyboards and typesetters write ” at both ends and a space inside.
func (r *Reader) quotationMark(c rune, at, size int) {
	before, _ := utf8.DecodeLastRuneInString(r.text[:at])
	after, _ := utf8.DecodeRuneInString(r.text[at+size:])
	wordBefore, wordAfter := isWord(before), isWord(after)
	k := len(r.Words)
	if r.quote.open && k-r.quote.word > staleQuote {
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
		r.quote = quotation{open: true, start: at, word: k, sentence: r.sentence()}
		return
	}
	if r.quote.open && k > r.quote.word {
		r.Quotes = append(r.Quotes, Quote{
			Start: int32(r.quote.start), End: int32(at + size), From: int32(r.quote.word), To: int32(k),
			Sentence: r.quote.sentence, Zone: r.zone,
		})
		for i := r.quote.word; i < k; i++ {
			r.Words[i].Shape |= Scared
		}
	}
	r.quote.open = false
}

func isQuote(c rune) bool {
	switch c {
	case '"', '“', '”', '„', '‟', '«', '»', '＂':
		return true
	}
	return false
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }

func isStop(c rune) bool { return c == '.' || c == '!' || c == '?' || c == '…' || c == ',' }

// find goes over the words for what the lists hold, of any language, and for
// the language. What is said alike in all languages, or may be put behind any
// text (insults, thanks), is no evidence of language.
func (r *Reader) find() {
	for k := 0; k < len(r.Words); {
		best, to := r.longest(k)
		rude, polite := false, false
		if best != 0 {
			for _, s := range r.lex.senses[best] {
				r.Finds = append(r.Finds, Find{From: int32(k), To: int32(to), Sense: s})
				rude, polite = rude || s.List <= Profanity, polite || s.List == Politeness
			}
		}
		for ; k < to; k++ {
			switch w := &r.Words[k]; {
			case rude:
				w.Shape |= Rude
			case !polite && w.Zone == Own && w.Kind == Plain:
				r.tell(w)
			}
		}
	}
}

// longest is the node of the longest phrase that begins with word k, 0 for
// none, and the word behind it.
func (r *Reader) longest(k int) (best uint16, to int) {
	to = k + 1
	node := r.lex.starts[r.Words[k].id]
	if node == 0 {
		return 0, to
	}
	if len(r.lex.senses[node]) > 0 {
		best = node
	}
	for j := k + 1; r.lex.more[node] && j < len(r.Words); j++ {
		w := &r.Words[j]
		if w.Shape&Apart != 0 || w.Zone != r.Words[k].Zone {
			break
		}
		next, ok := r.lex.edges[uint32(node)<<16|uint32(w.id)]
		if !ok {
			break
		}
		if node = next; len(r.lex.senses[node]) > 0 {
			best, to = node, j+1
		}
	}
	return best, to
}

// tell adds what a word tells of the language.
func (r *Reader) tell(w *Word) {
	if w.Shape&Digits != 0 && w.id == 0 {
		return
	}
	r.langs.words++
	if set := r.lex.langs[w.id]; set != 0 {
		r.langs.add(set, 1)
	}
	if w.langs != 0 {
		r.langs.add(w.langs, 0.5)
	}
	if w.Shape&Script != 0 {
		r.langs.foreign++
	}
}

// keep leaves only the finds in the language of the text, one of each list.
func (r *Reader) keep() {
	kept := r.Finds[:0]
	for _, f := range r.Finds {
		if f.Lang != Unknown && r.Lang != Unknown && f.Lang != r.Lang {
			continue
		}
		if n := len(kept); n > 0 && kept[n-1].From == f.From && kept[n-1].List == f.List {
			kept[n-1].Strength = max(kept[n-1].Strength, f.Strength)
			kept[n-1].Framed = kept[n-1].Framed && f.Framed
			continue
		}
		kept = append(kept, f)
	}
	r.Finds = kept
}

// sharedWords is how many words of a quotation must stand side by side in the
// parent for it to be the parent's.
const sharedWords = 4

// parentIndex holds the runs of sharedWords words of a parent, as hashes.
type parentIndex struct {
	text  string
	ready bool
	runs  map[uint64]struct{}
}

// markQuoted gives to the parent what is quoted from it.
func (r *Reader) markQuoted(parent string) {
	if parent == "" {
		return
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		if q.To-q.From < sharedWords || q.Zone != Own {
			continue
		}
		r.indexParent(parent)
		h := runHash{}
		for j := q.From; j < q.To; j++ {
			if h.add(r.Form(int(j))); h.n < sharedWords {
				continue
			}
			if _, shared := r.parent.runs[h.sum()]; shared {
				q.Parent = true
				break
			}
		}
		if q.Parent {
			for j := q.From; j < q.To; j++ {
				r.Words[j].Zone = Others
			}
		}
	}
}

// runHash is the hash of the last sharedWords words added.
type runHash struct {
	last [sharedWords]uint64
	n    int
}

func (h *runHash) add(form []byte) {
	x := uint64(14695981039346656037)
	for _, c := range form {
		x = (x ^ uint64(c)) * 1099511628211
	}
	h.last[h.n%sharedWords] = x
	h.n++
}

func (h *runHash) sum() uint64 {
	x := uint64(0)
	for i := range uint64(sharedWords) {
		x = (x ^ h.last[(uint64(h.n)+i)%sharedWords]) * 0x9e3779b97f4a7c15
		x ^= x >> 29
	}
	return x
}

// indexParent reads the parent's words, once for all that quote it in a row.
func (r *Reader) indexParent(parent string) {
	if len(parent) > maxParent {
		parent = parent[:maxParent]
	}
	p := &r.parent
	if p.ready && p.text == parent {
		return
	}
	p.text, p.ready = parent, true
	if p.runs == nil {
		p.runs = map[uint64]struct{}{}
	}
	clear(p.runs)
	h := runHash{}
	start := -1
	for i, c := range parent {
		switch {
		case isWord(c):
			if start < 0 {
				start = i
			}
		case start >= 0 && !unicode.IsMark(c):
			r.parentWord(&h, parent[start:i])
			start = -1
		}
	}
	if start >= 0 {
		r.parentWord(&h, parent[start:])
	}
}

func (r *Reader) parentWord(h *runHash, s string) {
	r.folded = r.folded[:0]
	plain := true
	for _, c := range s {
		plain = plain && c < 0x300
		r.folded = utf8.AppendRune(r.folded, unicode.ToLower(c))
	}
	if !plain && !norm.NFC.IsNormal(r.folded) {
		r.scratch = norm.NFC.Append(r.scratch[:0], r.folded...)
		r.folded = append(r.folded[:0], r.scratch...)
	}
	if h.add(r.folded); h.n >= sharedWords {
		r.parent.runs[h.sum()] = struct{}{}
	}
}

// Text is the text as it was read.
func (r *Reader) Text() string { return r.text }

// Is tells whether the form of word i is s.
func (r *Reader) Is(i int, s string) bool { return string(r.Form(i)) == s }
