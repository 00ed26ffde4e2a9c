package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// disguised looks whether the word from start to end goes on behind a sign that
// stands for a letter: "c*nnard", "f**k", "b!tch", "sal@ud", "a$$hole". It tells
// where the disguise ends, 0 where there is none; then the form, from byte form
// of forms, is the word under it. Only whole insults and coarse words are looked
// for.
func (r *Reader) disguised(start, end, form int) int {
	if start < r.noDisguise || !isLetter(r.text[start]) || start > 0 && isMask(r.text[start-1]) {
		return 0
	}
	switch c := r.text[end]; {
	case isMask(c):
	case (c == '!' || c == '|' || c == '.' || c == '+') && goesOn(r.text[end:]):
	default:
		return 0
	}
	var pattern [maxDisguise]byte
	n, stop, stars, letters := 0, start, 0, 0
	dots, paired := false, false
	for stop < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[stop:])
		switch {
		case c < utf8.RuneSelf && class[c] == 'a':
			letters++
			c |= 0x20
		case c < utf8.RuneSelf && class[c] == '0':
			c = leet(c)
		case int(c) < len(plainLetters) && plainLetters[unicode.ToLower(c)] != "":
			c = rune(plainLetters[unicode.ToLower(c)][0])
			letters++
		case c == '@':
			c = 'a'
		case c == '$':
			c = 's'
		case c == '!' || c == '|':
			c = 'i'
		case c == '+':
			c = 't'
		case c == '*' || c == '#' || c == '%' || c == '.' || c == '_' || c == '•' || c == '×':
			c = '*'
			stars++
		default:
			size = 0
		}
		if size == 0 || strings.IndexByte("!|+.", r.text[stop]) >= 0 && !goesOn(r.text[stop:]) {
			break
		}
		if n == len(pattern) {
			r.noDisguise = stop
			return 0
		}
		dots = dots || r.text[stop] == '.'
		paired = paired || n > 0 && (pattern[n-1] == '*') == (c == '*')
		pattern[n] = byte(c)
		n++
		stop += size
	}
	// Marks at the end may be no letters: "**c*n**".
	for cut := 0; cut < 4 && n >= 3; cut++ {
		last := pattern[n-1]
		tail := r.text[stop-1]
		// Initials have points too: "C.E.E".
		ok := tail != '.' && (!dots || paired) && (stars == 0 && letters >= n-letters || tail != '*' && letters >= 2 && stars <= 5 || tail == '*' && n >= 4 && stars >= letters)
		if ok && stop > end {
			if w := r.lex.under(pattern[:n], stars > 0); w != "" {
				r.forms = append(r.forms[:form], w...)
				return stop
			}
		}
		if last == '*' {
			stars--
		}
		if tail >= utf8.RuneSelf || class[tail] == 'a' || class[tail] == '0' {
			break
		}
		n--
		stop--
	}
	r.noDisguise = stop
	return 0
}

// goesOn tells whether behind a mark of punctuation, or two of the same, the
// word goes on.
func goesOn(s string) bool {
	i := 1
	for i < len(s) && i < 8 && s[i] == s[0] {
		i++
	}
	return i < len(s) && (isLetter(s[i]) || isMask(s[i]) || s[i] >= '0' && s[i] <= '9')
}

func isLetter(c byte) bool { return c < utf8.RuneSelf && class[c] == 'a' }

// isMask tells whether a byte, or the character that begins with it, may stand
// for a letter and seldom for anything else in the middle of a word.
func isMask(c byte) bool {
	switch c {
	case '*', '#', '%', '@', '$', '_', 0xe2, 0xc3:
		return true
	}
	return false
}

// under is the insult or coarse word that a pattern covers, in which * is any
// letter; the likeliest where several fit.
func (x *lexicon) under(pattern []byte, stars bool) string {
	first := pattern[0]
	if first < 'a' || first > 'z' {
		return ""
	}
	if !stars {
		if x.masked[string(pattern)] {
			return string(pattern)
		}
		return ""
	}
next:
	for _, w := range x.masks[first-'a'] {
		if len(w) != len(pattern) {
			continue
		}
		for i, c := range pattern {
			if c != '*' && c != w[i] {
				continue next
			}
		}
		return w
	}
	return ""
}

// leet is the letter that a digit looks like.
func leet(c rune) rune {
	if c < '0' || c > '9' {
		return c
	}
	return rune("oizeasgtbg"[c-'0'])
}

// id is the number of a word, accents left out or not.
func (x *lexicon) id(form []byte) uint16 {
	if id := x.ids[string(form)]; id != 0 {
		return id
	}
	return x.plain[string(form)]
}

// undisguise looks for a known word under letters that are repeated ("coooon")
// or replaced by digits ("c0nnard") or written without their accents, and
// changes the form where there is one.
func (r *Reader) undisguise(w *Word, repeated, leeted bool) uint16 {
	form := r.forms[w.from:w.to]
	r.folded = r.folded[:0]
	accented := false
	for _, c := range form {
		accented = accented || c >= utf8.RuneSelf
	}
	if accented {
		r.folded = r.appendPlain(r.folded, form)
		if id := r.lex.ids[string(r.folded)]; id != 0 {
			return id
		}
	} else {
		r.folded = append(r.folded, form...)
		if id := r.lex.plain[string(form)]; id != 0 {
			return id
		}
	}
	if leeted {
		for i, c := range r.folded {
			r.folded[i] = byte(leet(rune(c)))
		}
		for range 2 {
			if r.lex.masked[string(r.folded)] {
				return r.replace(w, r.folded)
			}
			for i, c := range form { // 1 is an l too
				if c == '1' && i < len(r.folded) {
					r.folded[i] = 'l'
				}
			}
		}
	}
	if repeated {
		for _, most := range [2]int{2, 1} {
			r.scratch = squeeze(r.scratch[:0], r.folded, most)
			if r.lex.id(r.scratch) != 0 {
				return r.replace(w, r.scratch)
			}
		}
	}
	return 0
}

func (r *Reader) appendPlain(dst, form []byte) []byte {
	for i := 0; i < len(form); {
		c, size := utf8.DecodeRune(form[i:])
		i += size
		switch {
		case c >= 0x300 && c < 0x370:
		case int(c) < len(plainLetters) && plainLetters[c] != "":
			dst = append(dst, plainLetters[c]...)
		default:
			dst = utf8.AppendRune(dst, c)
		}
	}
	return dst
}

// replace gives a word a new form.
func (r *Reader) replace(w *Word, form []byte) uint16 {
	w.from = int32(len(r.forms))
	r.forms = append(r.forms, form...)
	w.to = int32(len(r.forms))
	w.Shape |= Disguise
	return r.lex.id(form)
}

// squeeze appends s with runs of more than two letters cut to most.
func squeeze(dst, s []byte, most int) []byte {
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		n := j - i
		if n > 2 {
			n = most
		}
		dst = append(dst, s[i:i+n]...)
		i = j
	}
	return dst
}

// singleLetter joins letters that stand one by one ("c o n n a r d", "i.d.i.o.t")
// as soon as they make an insult or a coarse word of at least three letters.
func (r *Reader) singleLetter(w *Word) {
	form := r.forms[w.from:w.to]
	if len(form) != 1 || form[0] < 'a' || w.Shape&Elision != 0 {
		r.letters = 0
		return
	}
	if gap := w.Start - r.before(); gap != 1 || strings.IndexByte(" .-*_", r.text[w.Start-1]) < 0 {
		r.letters = 0
	}
	if r.letters++; r.letters < 3 || r.letters > maxDisguise {
		return
	}
	if continues(r.text[w.End:]) {
		return // the "con" of "c o n f i a n c e" is none
	}
	first := len(r.Words) - r.letters
	for skip := range 3 {
		if r.letters-skip < 3 {
			return
		}
		r.scratch = r.scratch[:0]
		for _, l := range r.Words[first+skip:] {
			r.scratch = append(r.scratch, r.forms[l.from])
		}
		if !r.lex.masked[string(r.scratch)] {
			continue
		}
		at := first + skip
		end := w.End
		joined := &r.Words[at]
		r.Words = r.Words[:at+1]
		joined.End = end
		joined.id = r.replace(joined, r.scratch)
		r.letters = 0
		return
	}
}

// continues tells whether a text goes on with one more single letter.
func continues(rest string) bool {
	if len(rest) < 2 || strings.IndexByte(" .-*_", rest[0]) < 0 || !isLetter(rest[1]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[2:])
	return !isWord(next) && !unicode.IsMark(next) && next != '\'' && next != '’' && next != 'ʼ'
}

// before is where the word before the last ends, well before the text where there
// is none.
func (r *Reader) before() int32 {
	if len(r.Words) < 2 {
		return -2
	}
	return r.Words[len(r.Words)-2].End
}

// oneScript writes the last word's form in Latin letters, where it mixes them
// with Cyrillic or Greek ones that look the same.
func (r *Reader) oneScript(form int) Shape {
	r.scratch = append(r.scratch[:0], r.forms[form:]...)
	r.folded = r.folded[:0]
	for i := 0; i < len(r.scratch); {
		c, size := utf8.DecodeRune(r.scratch[i:])
		i += size
		if plain := lookalike(c); plain != 0 {
			r.folded = append(r.folded, plain)
			continue
		}
		if c > 0x24f {
			return 0
		}
		r.folded = utf8.AppendRune(r.folded, c)
	}
	r.forms = append(r.forms[:form], r.folded...)
	return Disguise
}

// lookalike is the small Latin letter that a character looks like, 0 for none.
func lookalike(c rune) byte {
	switch {
	case c < 0x370:
		return 0
	case c >= 0xff21 && c <= 0xff3a:
		return byte(c - 0xff21 + 'a')
	case c >= 0xff41 && c <= 0xff5a:
		return byte(c - 0xff41 + 'a')
	case c >= 0x24b6 && c <= 0x24e9:
		return byte((c-0x24b6)%26 + 'a')
	case c >= 0x1d400 && c < 0x1d6a4:
		return byte((c-0x1d400)%26 + 'a')
	}
	return lookalikes[c]
}

var lookalikes = map[rune]byte{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'і': 'i', 'ј': 'j', 'к': 'k', 'м': 'm', 'н': 'h',
	'о': 'o', 'р': 'p', 'ѕ': 's', 'т': 't', 'у': 'y', 'х': 'x', 'ё': 'e', 'ї': 'i',
	'α': 'a', 'ε': 'e', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x',
}
