// Package talk reads a thread as a conversation: who speaks when, whom each
// comment addresses, and what few signs it gives of being a question, an
// answer or a greeting. It is what the rules and the model of package replies
// share.
package talk

import (
	"math/bits"
	"slices"
	"strings"

	"threadheat/thread"
)

// Nobody is the author addressed by a line that addresses none.
const Nobody thread.AuthorID = -1

// Form is how a line names the author it addresses.
type Form uint8

// The forms, from none to the surest.
const (
	NoForm   Form = iota
	Inside        // the name stands somewhere in the text
	Bare          // the text opens with the name and no mark
	AtInside      // "@name" somewhere in the text
	Comma         // "name, …"
	Colon         // "name: …"
	At            // "@name …" as an opening
)

// Sign is a set of what the words of a line tell.
type Sign uint16

// The signs.
const (
	Question Sign = 1 << iota // a question mark
	Asks                      // opens with a question word
	Anyone                    // asks everybody
	Greets
	Thanks
	Answers // opens with yes, no, ok and the like
	Link    // holds an address of the web
	Action  // "/me" of chats
)

// Line is one comment that people wrote.
type Line struct {
	At     thread.Index
	Author thread.AuthorID
	To     thread.AuthorID // Nobody where the text addresses none
	Form   Form
	Sign   Sign
	Minute int32 // since the first timed comment; -1 where unknown
	Words  int32 // how many, at most maxWords
	Notice int32 // lines since a notice ("X joined") named the author; -1 where none did
	// content[lo:hi] are its content words, named[nlo:nhi] the authors it names.
	lo, hi, nlo, nhi int32
}

// Talk is the comments of a thread that people wrote, in document order.
// Ghosts, notices, pingbacks and what was deleted are no part of it.
type Talk struct {
	Lines   []Line
	Order   []thread.Index // all comments in the order of writing
	content []uint32       // hashes of words, ascending and once per line
	named   []thread.AuthorID
	df      []int32 // by hash of a word, as far as it fits: in how many lines
}

// maxWords bounds what is read of a comment: who is addressed stands early,
// and a text of a megabyte has no place in memory twice.
const maxWords = 80

// Speaks tells that comment i is somebody's words, there to be answered.
func Speaks(t *thread.Thread, i thread.Index) bool {
	if k := t.Kind(i); k != thread.Ordinary && k != thread.Post {
		return false
	}
	s := t.State(i)
	return s == thread.Visible || s == thread.Hidden
}

// Detail is how much Read reads.
type Detail uint8

// The details. Each costs more than the one before.
const (
	Openings Detail = iota // whom each text addresses with its first words
	Inner                  // and whom it names in its first 80 words
	Content                // and what these words are: Sign, Words, Shared
)

// Read reads t. O(length of the texts).
func Read(t *thread.Thread, names *Names, d Detail) *Talk {
	k := &Talk{Lines: make([]Line, 0, t.Len()), Order: Order(t)}
	if d == Content {
		k.df = make([]int32, 1<<min(max(bits.Len(uint(t.Len()))+5, 16), 20))
	}
	noticed := map[thread.AuthorID]int32{}
	var first int64
	timed := false
	var buf [maxWords]string
	for _, i := range k.Order {
		if !Speaks(t, i) {
			if d == Content && t.Kind(i) == thread.System {
				notice(t.Text(i), names, noticed, int32(len(k.Lines)))
			}
			continue
		}
		l := Line{At: i, Author: t.Author(i), To: Nobody, Minute: -1, Notice: -1}
		if n, ok := noticed[l.Author]; ok {
			l.Notice = int32(len(k.Lines)) - n
		}
		if s := t.Time(i); s.Timed() {
			if !timed {
				timed, first = true, s.UnixMilli()
			}
			if m := (s.UnixMilli() - first) / 60_000; m >= 0 && m < 1<<30 {
				l.Minute = int32(m)
			}
		}
		text := t.Text(i)
		words := buf[:0]
		if d >= Inner {
			words = fields(text, words)
		}
		l.To, l.Form = k.address(&l, text, words, names)
		if d == Content {
			l.Words = int32(len(words))
			l.Sign = signs(words)
			k.take(&l, words)
		}
		k.Lines = append(k.Lines, l)
	}
	return k
}

// notice notes the author whom a notice names first.
func notice(text string, names *Names, noticed map[thread.AuthorID]int32, at int32) {
	var buf [5]string
	for _, w := range fields(text, buf[:0]) {
		if a, _ := names.Word(w); a != Nobody {
			noticed[a] = at
			return
		}
	}
}

// fields are the first words of s, quoted lines left out.
func fields(s string, out []string) []string {
	for s != "" && len(out) < cap(out) {
		i := 0
		for i < len(s) && s[i] <= ' ' {
			i++
		}
		s = s[i:]
		i = 0
		for i < len(s) && s[i] > ' ' {
			i++
		}
		if i > 0 {
			out = append(out, s[:min(i, 64)])
		}
		s = s[i:]
	}
	return out
}

// address is the author whom the text addresses, and how; on the way it notes
// all authors it names.
func (k *Talk) address(l *Line, text string, words []string, names *Names) (thread.AuthorID, Form) {
	l.nlo = int32(len(k.named))
	to, form := Nobody, NoForm
	text = strings.TrimLeft(text, " \n\t")
	handle := strings.HasPrefix(text, "@")
	if m, ok := names.At(strings.TrimPrefix(text, "@"), Whole); ok && m.Author != l.Author {
		rest := strings.TrimPrefix(text, "@")[m.End:]
		switch {
		case handle:
			form = At
		case strings.HasPrefix(rest, ":"), strings.HasPrefix(rest, ">"):
			form = Colon
		case strings.HasPrefix(rest, ","):
			form = Comma
		default:
			form = Bare
		}
		to = m.Author
		k.named = append(k.named, to)
	}
	for n, w := range words {
		if n == 0 {
			continue
		}
		a, _ := names.Word(w)
		if a == Nobody || a == l.Author || a == to || w[0] != '@' && Common(w) {
			continue
		}
		if len(k.named) < int(l.nlo)+8 {
			k.named = append(k.named, a)
		}
		f := Inside
		if w[0] == '@' {
			f = AtInside
		}
		if form == NoForm || form == Inside && f == AtInside {
			to, form = a, f
		}
	}
	l.nhi = int32(len(k.named))
	return to, form
}

// Names tells that line i names author a.
func (k *Talk) Names(i int, a thread.AuthorID) bool {
	for _, b := range k.named[k.Lines[i].nlo:k.Lines[i].nhi] {
		if a == b {
			return true
		}
	}
	return false
}

// Named is how many authors line i names, at most 8.
func (k *Talk) Named(i int) int { return int(k.Lines[i].nhi - k.Lines[i].nlo) }

// take notes the content words of a line.
func (k *Talk) take(l *Line, words []string) {
	l.lo = int32(len(k.content))
	var buf [64]byte
	for _, w := range words {
		low := appendLower(buf[:0], strings.Trim(w, ".,:;!?()[]{}\"'<>*=-_"))
		if len(low) < 3 || function[string(low)] {
			continue
		}
		h := uint32(2166136261)
		for _, c := range low {
			h = (h ^ uint32(c)) * 16777619
		}
		h ^= h >> 15
		at := len(k.content)
		for at > int(l.lo) && k.content[at-1] > h {
			at--
		}
		if at > int(l.lo) && k.content[at-1] == h {
			continue
		}
		k.content = slices.Insert(k.content, at, h)
		k.df[h&uint32(len(k.df)-1)]++
	}
	l.hi = int32(len(k.content))
}

// Shared is what lines i and j have in common: how many content words, and the
// number of lines that hold the rarest of them (0 where there is none).
func (k *Talk) Shared(i, j int) (n int, rarest int32) {
	a, b := k.content[k.Lines[i].lo:k.Lines[i].hi], k.content[k.Lines[j].lo:k.Lines[j].hi]
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			if d := k.df[a[0]&uint32(len(k.df)-1)]; n == 0 || d < rarest {
				rarest = d
			}
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n, rarest
}

func signs(words []string) Sign {
	var s Sign
	var buf [64]byte
	for n, w := range words {
		if w[len(w)-1] == '?' || strings.Contains(w, "?") && !strings.Contains(w, "://") {
			s |= Question
		}
		if strings.Contains(w, "://") || strings.HasPrefix(w, "www.") {
			s |= Link
			continue
		}
		if n == 0 && w == "/me" {
			s |= Action
		}
		sign := signWords[string(appendLower(buf[:0], strings.Trim(w, ".,:;!?()\"'*")))]
		if sign&(Asks|Answers) != 0 && n > 1 {
			sign &^= Asks | Answers
		}
		if n > 6 {
			sign &^= Greets
		}
		s |= sign
	}
	return s
}

// appendLower appends w with its ASCII letters in lower case, as far as it fits.
func appendLower(buf []byte, w string) []byte {
	for i := 0; i < len(w) && len(buf) < cap(buf); i++ {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return buf
}

// Turn tells that line i is the third of a run A B A in which nobody else is
// named: A goes on talking with B.
func (k *Talk) Turn(i int) bool {
	if i < 2 {
		return false
	}
	a, b := &k.Lines[i], &k.Lines[i-1]
	other := func(l *Line, to thread.AuthorID) bool { return l.To != Nobody && l.To != to }
	return a.Author != b.Author && k.Lines[i-2].Author == a.Author && !other(a, b.Author) && !other(b, a.Author)
}
