package model

import (
	"math/bits"
	"slices"
	"unicode/utf8"

	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/internal/words"
)

// Kind is a kind of feature.
type Kind uint8

// The kinds of features.
const (
	Word  Kind = iota // one word
	Word2             // two words in a row
	Char2             // two to four letters of a word, its ends counted as letters
	Char3
	Char4
	Loud    // a mark, an emoji, a word in capitals
	Shape   // a fact of the whole text
	Class   // a word of a class, alone or beside another
	Angry   // of the words of an insult, a threat and the like; never cools
	Polite  // of the words of thanks and the like; never heats
	Written // a cue that is not of anger, and what is quoted
	NumKinds
)

// Feature is one feature of a text, and the words From ≤ i < To of the reader
// on which it rests; From = To for the whole text.
type Feature struct {
	Hash     uint32
	From, To int32
	Kind     Kind
	Lift     int8 // 1 of a word of anger, -1 of politeness, 0 of the rest
}

// token is a word or mark as the features see it.
type token struct {
	from, to int32 // letters, in Reader.letters
	word     int32 // of the evidence.Reader
	hash     uint64
	class    uint64
	what     uint16
	loud     uint8 // exclamation marks of a mark, up to 3
	asks     uint8 // question marks, up to 2; neither: an ellipsis or an emoji
}

const (
	breaks   = 1 << iota // a sentence begins here
	isMark               // a mark or an emoji
	isYou                // second person
	isNot                // negation
	isAngry              // lifted out, as it never cools
	isPolite             // lifted out, as it never heats
	isLoud               // in capitals
	isQuoted             // between quotation marks
	isLed
	isIdentity // what people are: a word without features
)

// Reader makes the features of what an evidence.Reader has read. The zero Reader
// is ready; it keeps its memory. It must not be used by two goroutines at once.
//
// Words of anger and of politeness are lifted out of the text: they have
// features of their own, and the rest is read as if they were not there. So a
// weight that never has the wrong sign is enough to make sure that an insult
// more never cools, and that thanks never heat.
type Reader struct {
	Features []Feature
	Words    int // words that are not lifted out
	// CountWords and CountChars are how many Features there are of the views
	// OfWords and OfChars, those of lifted words apart.
	CountWords, CountChars int

	letters []byte
	tokens  []token
	lifted  []uint32 // words of anger and politeness that were counted
}

const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hashOf(s string) uint64 {
	h := uint64(offset64)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * prime64
	}
	return h
}

// MaxWords is how many words of a text the model looks at.
const MaxWords = 800

// Read makes the Features. O(words).
func (r *Reader) Read(in *evidence.Reader) {
	r.Features = r.Features[:0]
	r.lifted = r.lifted[:0]
	r.tokenise(in)
	r.plain()
	r.hits(in)
	r.whole()
}

func (r *Reader) add(k Kind, h uint64, from, to int32) {
	r.Features = append(r.Features, Feature{Hash: key(k, h), Kind: k, From: from, To: to})
}

// key is the number of a feature of a kind.
func key(k Kind, h uint64) uint32 {
	h = (h ^ uint64(k+1)*0xD6E8FEB86659FD93) * prime64
	h ^= h >> 32
	h *= 0x9E3779B97F4A7C15
	return uint32(h >> 32)
}

// ClassNames are the names of the classes of words.
func ClassNames() []string { return classNames }

// ClassKey is the key of a word of the i-th class.
func ClassKey(i int) uint32 { return key(Class, oneOfClass+uint64(i)) }

// oneOfClass, with the number of a class, is a word of it.
const oneOfClass = 0x100

// quotedWords is the number of words from which on what stands between quotation
// marks is somebody else's, and not a word at which the writer frowns.
const quotedWords = 3

// tokenise makes tokens of the writer's own words and marks, in their order.
func (r *Reader) tokenise(in *evidence.Reader) {
	r.letters = append(r.letters[:0], ' ')
	r.tokens = r.tokens[:0]
	sentence := int32(-1)
	mark, quote := 0, 0
	for k := 0; k < len(in.Words) && k < MaxWords; k++ {
		w := &in.Words[k]
		for ; mark < len(in.Marks) && int(in.Marks[mark].Word) <= k; mark++ {
			r.mark(&in.Marks[mark], k)
		}
		if w.Zone != words.Own {
			continue
		}
		var what uint16
		if w.Sentence != sentence {
			sentence = w.Sentence
			what = breaks
		}
		switch w.Kind {
		case words.Mention, words.Address:
			continue
		case words.Emoji:
			h := uint64(offset64)
			for _, c := range in.Form(k) {
				h = (h ^ uint64(c)) * prime64
			}
			r.tokens = append(r.tokens, token{word: int32(k), hash: h, what: what | isMark})
			continue
		}
		form := in.Form(k)
		if n := len(r.tokens); w.Shape&words.After != 0 && n > 0 && r.tokens[n-1].word == int32(k-1) && r.tokens[n-1].what&isMark == 0 && clitic(form) {
			// "don’t" is one word here, as it is where the apostrophe is forgotten.
			t := &r.tokens[n-1]
			r.letters = r.letters[:len(r.letters)-1]
			r.fold(form)
			r.end(t, in.Trait(k))
			continue
		}
		t := token{from: int32(len(r.letters)), word: int32(k), what: what}
		if w.Shape&words.Capitals != 0 && len(form) >= 4 {
			t.what |= isLoud
		}
		for quote < len(in.Quotes) && int(in.Quotes[quote].To) <= k {
			quote++
		}
		if quote < len(in.Quotes) && int(in.Quotes[quote].From) <= k && in.Quotes[quote].To-in.Quotes[quote].From >= quotedWords {
			t.what |= isQuoted
		}
		switch {
		case in.Angry(k):
			t.what |= isAngry
		case in.Polite(k):
			t.what |= isPolite
		}
		r.fold(form)
		r.end(&t, in.Trait(k))
		if t.to > t.from {
			r.tokens = append(r.tokens, t)
		}
	}
	for ; mark < len(in.Marks); mark++ {
		r.mark(&in.Marks[mark], len(in.Words))
	}
	r.lead(in)
}

// led is how many words before one of anger may lead to it.
const led = 4

// lead lifts out the words that lead to one of anger: "you are an".
func (r *Reader) lead(in *evidence.Reader) {
	for i := range r.tokens {
		if r.tokens[i].what&isAngry == 0 {
			continue
		}
		for j, n := i-1, 0; j >= 0 && n < led; j, n = j-1, n+1 {
			t := &r.tokens[j]
			if t.what&(isMark|isAngry|isPolite|isQuoted) != 0 || in.Words[r.tokens[j+1].word].Shape&words.Apart != 0 {
				break
			}
			if in.Trait(int(t.word))&(words.Frame|words.SecondPerson|words.Copula|words.Determines) == 0 && !leads(r.letters[t.from:t.to]) {
				break
			}
			t.what |= isLed
		}
	}
	for i := range r.tokens {
		if t := &r.tokens[i]; t.what&isLed != 0 {
			t.what = t.what&^isLed | isAngry
		}
	}
}

func leads(word []byte) bool {
	switch string(word) {
	case "a", "an", "de", "d", "qu", "que", "un", "une", "des", "the", "such":
		return true
	}
	return false
}

// end ends the word of a token.
func (r *Reader) end(t *token, traits words.Trait) {
	t.to = int32(len(r.letters))
	t.hash, t.class = classify(r.letters[t.from:t.to])
	r.letters = append(r.letters, ' ')
	if traits&words.SecondPerson != 0 {
		t.what |= isYou
	}
	if traits&words.Negator != 0 {
		t.what |= isNot
	}
	if identities[string(r.letters[t.from:t.to])] {
		t.what |= isIdentity
	} else {
		t.what &^= isIdentity
	}
}

func clitic(form []byte) bool {
	switch string(form) {
	case "t", "s", "d", "m", "re", "ve", "ll":
		return true
	}
	return false
}

func (r *Reader) mark(m *words.Mark, k int) {
	if m.Zone != words.Own {
		return
	}
	t := token{word: int32(max(0, k-1)), what: isMark}
	if m.Loud {
		t.loud = uint8(min(3, m.Count))
	}
	if m.Asks {
		t.asks = uint8(min(2, m.Count))
	}
	r.tokens = append(r.tokens, t)
}

// fold appends the letters of a form without accents, digits as 0, and no letter
// more than twice in a row.
func (r *Reader) fold(form []byte) {
	start := len(r.letters)
	for i := 0; i < len(form) && len(r.letters)-start < 40; {
		c := form[i]
		if c < utf8.RuneSelf {
			i++
			if c >= '0' && c <= '9' {
				c = '0'
			}
			if n := len(r.letters); n-start >= 2 && r.letters[n-1] == c && r.letters[n-2] == c {
				continue
			}
			r.letters = append(r.letters, c)
			continue
		}
		u, size := utf8.DecodeRune(form[i:])
		if u < rune(len(bare)) && bare[u] != "" {
			r.letters = append(r.letters, bare[u]...)
		} else {
			r.letters = append(r.letters, form[i:i+size]...)
		}
		i += size
	}
}

// bare are the letters of Latin scripts without their accents.
var bare = func() (t [0x250]string) {
	for _, p := range []struct{ from, to string }{
		{"àáâãäåāăą", "a"}, {"çćĉċč", "c"}, {"ďđ", "d"}, {"èéêëēĕėęě", "e"}, {"ĝğġģ", "g"}, {"ĥħ", "h"},
		{"ìíîïĩīĭįı", "i"}, {"ĵ", "j"}, {"ķ", "k"}, {"ĺļľŀł", "l"}, {"ñńņňŉ", "n"}, {"òóôõöøōŏő", "o"},
		{"ŕŗř", "r"}, {"śŝşšſ", "s"}, {"ţťŧ", "t"}, {"ùúûüũūŭůűų", "u"}, {"ŵ", "w"}, {"ýÿŷ", "y"}, {"źżž", "z"},
		{"æ", "ae"}, {"œ", "oe"}, {"ß", "ss"},
	} {
		for _, r := range p.from {
			t[r] = p.to
		}
	}
	return t
}()

// near is how many words from a second person a word is near to it.
const near = 3

// plain makes the features of what is not lifted out.
func (r *Reader) plain() {
	r.Words = 0
	var count [64]uint8
	you := -near - 1
	last := -1 // token before, -1 at the beginning of a sentence
	var before [3]uint64
	starts := hashOf("<s>")
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.what&breaks != 0 {
			you, last = -near-1, -1
			before = [3]uint64{}
		}
		at, to := t.word, t.word+1
		if t.what&isQuoted != 0 {
			// What is quoted is only told by its classes, apart from the writer's own.
			for m := t.class; m != 0; m &= m - 1 {
				r.add(Written, 0x100+uint64(bits.TrailingZeros64(m)), at, to)
			}
			r.add(Written, 1, at, to)
			continue
		}
		if t.what&(isAngry|isPolite) != 0 {
			n := len(r.Features)
			r.add(Word, t.hash, at, to)
			for m := t.class; m != 0; m &= m - 1 {
				c := uint64(bits.TrailingZeros64(m))
				r.add(Class, oneOfClass+c, at, to)
			}
			r.grams(i)
			for ; n < len(r.Features); n++ {
				r.Features[n].Lift = 1
				if t.what&isPolite != 0 {
					r.Features[n].Lift = -1
				}
			}
			continue
		}
		if t.what&isMark != 0 {
			r.marks(t)
			last = -1
			continue
		}
		r.Words++
		if t.what&isIdentity != 0 {
			last = i
			before[2], before[1], before[0] = before[1], before[0], 0
			continue
		}
		r.add(Word, t.hash, at, to)
		if last >= 0 && r.tokens[last].what&isIdentity != 0 {
			// The pair would tell of the identity.
		} else if last >= 0 {
			r.add(Word2, r.tokens[last].hash*31+t.hash, r.tokens[last].word, to)
		} else {
			r.add(Word2, starts*31+t.hash, at, to)
		}
		if t.what&isLoud != 0 {
			r.add(Loud, t.hash, at, to)
			r.add(Loud, 1, at, to)
		}
		if t.what&isYou != 0 {
			for j, n := i-1, 0; j >= 0 && n < near && r.tokens[j].what&isMark == 0; j-- {
				if b := &r.tokens[j]; b.what&(isAngry|isPolite) == 0 {
					for m := b.class; m != 0; m &= m - 1 {
						r.add(Class, 0x300+uint64(bits.TrailingZeros64(m)), b.word, b.word+1)
					}
					n++
				}
				if r.tokens[j].what&breaks != 0 {
					break
				}
			}
			you = r.Words
		}
		for m := t.class; m != 0; m &= m - 1 {
			c := uint64(bits.TrailingZeros64(m))
			r.add(Class, oneOfClass+c, at, to)
			if count[c] < 255 {
				count[c]++
			}
			if count[c] == 2 || count[c] == 4 {
				r.add(Class, 0x200+c+uint64(count[c])<<16, at, to)
			}
			if r.Words-you <= near && t.what&isYou == 0 {
				r.add(Class, 0x300+c, at, to)
			}
		}
		r.pairs(t, &before)
		before[2], before[1], before[0] = before[1], before[0], t.class
		r.grams(i)
		last = i
	}
}

// pairs makes the features of the classes of a token beside those of the three
// before it.
func (r *Reader) pairs(t *token, before *[3]uint64) {
	for m := t.class; m != 0; m &= m - 1 {
		c := uint64(bits.TrailingZeros64(m))
		for _, b := range before {
			for ; b != 0; b &= b - 1 {
				r.add(Class, 0x10000+c<<8+uint64(bits.TrailingZeros64(b)), t.word, t.word+1)
			}
		}
	}
}

// marks makes the features of a mark, which rest on no word: those of three are
// also those of two and of one, so that a mark more never cools.
func (r *Reader) marks(t *token) {
	if t.loud == 0 && t.asks == 0 {
		r.add(Loud, t.hash, t.word, t.word)
	}
	for n := range t.loud {
		r.add(Angry, 0x10+uint64(n), t.word, t.word)
	}
	for n := range t.asks {
		r.add(Angry, 0x20+uint64(n), t.word, t.word)
	}
}

// grams makes the features of the letters of a token.
func (r *Reader) grams(i int) {
	t := &r.tokens[i]
	b := r.letters[t.from-1 : t.to+1]
	for j := range b {
		h := uint64(offset64)
		for n := 0; n < 4 && j+n < len(b); n++ {
			h = (h ^ uint64(b[j+n])) * prime64
			if n > 0 && n+1 < len(b) {
				r.add(Char2+Kind(n-1), h, t.word, t.word+1)
			}
		}
	}
}

// hits makes the features of the hits of the evidence.
func (r *Reader) hits(in *evidence.Reader) {
	word := int32(0)
	for i := range in.Hits {
		h := &in.Hits[i]
		for int(word) < len(in.Words) && in.Words[word].End <= h.Start {
			word++
		}
		to := word
		for int(to) < len(in.Words) && in.Words[to].Start < h.End {
			to++
		}
		k := Written
		switch {
		case r.isQuoted(word):
			r.add(Written, 0x4000+uint64(h.Cue), word, to)
			continue
		case evidence.IsAngry(h.Cue):
			k = Angry
		case h.Cue == evidence.Politeness || h.Cue == evidence.Hedge:
			k = Polite
		}
		level := uint64(0)
		switch {
		case h.Strength >= 0.75:
			level = 3
		case h.Strength >= 0.4:
			level = 2
		case h.Strength >= 0.2:
			level = 1
		}
		for ; ; level-- {
			r.add(k, 0x2000+uint64(h.Cue)<<4+level, word, to)
			if level == 0 {
				break
			}
		}
	}
}

// isQuoted tells whether a word of the evidence.Reader is quoted.
func (r *Reader) isQuoted(word int32) bool {
	i, ok := slices.BinarySearchFunc(r.tokens, word, func(t token, w int32) int { return int(t.word) - int(w) })
	return ok && r.tokens[i].what&isQuoted != 0
}

// whole makes the features of the whole text.
func (r *Reader) whole() {
	r.CountWords, r.CountChars = 0, 0
	for i := range r.Features {
		if f := &r.Features[i]; f.Lift == 0 {
			switch ViewOf(f.Kind) {
			case OfWords:
				r.CountWords++
			case OfChars:
				r.CountChars++
			}
		}
	}
	if r.Words == 0 {
		return
	}
	size := uint64(0)
	for _, n := range [...]int{4, 10, 25, 60, 120} {
		if r.Words >= n {
			size++
		}
	}
	r.add(Shape, size, 0, 0)
	loud := 0
	for i := range r.tokens {
		if t := &r.tokens[i]; t.what&isLoud != 0 && t.what&(isAngry|isPolite) == 0 {
			loud++
		}
	}
	switch {
	case loud > 2 && 2*loud > r.Words:
		r.add(Shape, 0x11, 0, 0)
	case loud > 0:
		r.add(Shape, 0x10, 0, 0)
	}
}

// Sets calls f with the places of the Features that count once: first those of
// the text without its lifted words, then those of each different lifted word.
func (r *Reader) Sets(f func(features []int32)) {
	var of []int32
	for i := range r.Features {
		if r.Features[i].Lift == 0 {
			of = append(of, int32(i))
		}
	}
	f(of)
	seen := map[uint32]bool{}
	for i := 0; i < len(r.Features); {
		first := &r.Features[i]
		j := i + 1
		if first.Lift == 0 {
			i = j
			continue
		}
		of = append(of[:0], int32(i))
		for ; j < len(r.Features) && r.Features[j].Lift != 0 && r.Features[j].From == first.From; j++ {
			of = append(of, int32(j))
		}
		if !seen[first.Hash] {
			seen[first.Hash] = true
			f(of)
		}
		i = j
	}
}
