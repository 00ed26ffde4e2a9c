package talk

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"threadheat/thread"
)

// maxName bounds the names that are looked for in texts, in bytes.
const maxName = 60

// several marks a spelling that more than one author has.
const several thread.AuthorID = -2

// Names finds the authors of a thread where a text names them. Letter case and
// accents do not matter, except where two names differ in nothing else.
// Stand-ins such as "Anonymous" and names of digits only are no names.
type Names struct {
	exact  map[string]thread.AuthorID // as shown
	folded map[string]thread.AuthorID
	first  map[string]thread.AuthorID // by first word of names of several words
	sorted []string                   // folded, for unique beginnings
	shown  []string                   // by author
	person []bool                     // by author: not a stand-in
	buf    []byte
	ends   []end
}

// end is a place where a name may end: of the folded text and of the text.
type end struct{ folded, raw int }

// NewNames lists the authors of t. O(names).
func NewNames(t *thread.Thread) *Names {
	n := &Names{exact: map[string]thread.AuthorID{}, folded: map[string]thread.AuthorID{}, first: map[string]thread.AuthorID{}}
	for a := range thread.AuthorID(t.Authors()) {
		name := strings.TrimPrefix(t.AuthorName(a), "@")
		n.shown = append(n.shown, name)
		f := Fold(name)
		n.person = append(n.person, !standIns[f])
		if len(name) > maxName || !isName(f) {
			continue
		}
		put(n.exact, name, a)
		put(n.folded, f, a)
		if w, _, more := strings.Cut(f, " "); more && utf8.RuneCountInString(w) >= 3 {
			put(n.first, w, a)
		}
	}
	for a := range thread.AuthorID(t.Authors()) {
		// Handles: "@alice" is Alice Q. where that is her account.
		key := Fold(strings.TrimPrefix(t.AuthorKey(a), "@"))
		if _, taken := n.folded[key]; !taken && len(key) >= 3 && len(key) <= maxName && isName(key) && !strings.Contains(key, " ") {
			n.folded[key] = a
		}
	}
	for f := range n.folded {
		n.sorted = append(n.sorted, f)
	}
	slices.Sort(n.sorted)
	return n
}

func put(m map[string]thread.AuthorID, name string, a thread.AuthorID) {
	if _, taken := m[name]; taken {
		a = several
	}
	m[name] = a
}

// Person tells that a is one person, as far as the name tells: many people are
// called "Anonymous".
func (n *Names) Person(a thread.AuthorID) bool { return n.person[a] }

// isName tells that a folded name can stand for one person: it holds a letter
// and is none of the words that stand in for names.
func isName(folded string) bool {
	return !standIns[folded] && strings.ContainsFunc(folded, unicode.IsLetter)
}

// Match is a name found in a text.
type Match struct {
	Author thread.AuthorID
	End    int  // of the name in the text
	Exact  bool // letter case and accents as the author writes it
	Part   bool // only the first name or the beginning
}

// Part is how much of a name must stand in a text.
type Part uint8

// The parts.
const (
	Whole     Part = iota
	FirstName      // or the first of several words
	Beginning      // or the first four letters and more
)

// At is the longest name that s begins with. Where none does, less of a name
// counts, as far as part allows and only one author's name begins so.
func (n *Names) At(s string, part Part) (Match, bool) {
	n.fold(s)
	for e := len(n.ends) - 1; e >= 0; e-- {
		at := n.ends[e]
		a, ok := n.folded[string(n.buf[:at.folded])]
		if !ok {
			continue
		}
		raw := s[:at.raw]
		if a == several {
			if a, ok = n.exact[raw]; !ok || a == several {
				continue
			}
		}
		return Match{a, at.raw, raw == n.shown[a], false}, true
	}
	if part == Whole || len(n.ends) == 0 {
		return Match{}, false
	}
	word := n.buf[:n.ends[0].folded]
	if utf8.RuneCount(word) < 3 || common[string(word)] {
		return Match{}, false
	}
	if a, ok := n.first[string(word)]; ok && a != several {
		return Match{a, n.ends[0].raw, startsAlike(s, n.shown[a]), true}, true
	}
	if part < Beginning || utf8.RuneCount(word) < 4 {
		return Match{}, false
	}
	if at, _ := slices.BinarySearch(n.sorted, string(word)); at < len(n.sorted) && strings.HasPrefix(n.sorted[at], string(word)) &&
		(at+1 == len(n.sorted) || !strings.HasPrefix(n.sorted[at+1], string(word))) {
		if a := n.folded[n.sorted[at]]; a != several {
			return Match{a, n.ends[0].raw, startsAlike(s, n.shown[a]), true}, true
		}
	}
	return Match{}, false
}

// startsAlike tells that the first letters are the same, case included.
func startsAlike(a, b string) bool {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return x == y
}

// fold folds the beginning of s into buf and notes where names may end.
func (n *Names) fold(s string) {
	n.buf, n.ends = n.buf[:0], n.ends[:0]
	inWord := false
	for i := 0; i < len(s) && i < maxName; {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		word := isWord(r)
		if i > 0 && !(word && inWord) && !joins(s, i, inWord) {
			n.ends = append(n.ends, end{len(n.buf), i})
		}
		if r == '\n' {
			return
		}
		n.buf = appendFolded(n.buf, r)
		inWord = word
		i += size
		if i >= len(s) {
			n.ends = append(n.ends, end{len(n.buf), i})
		}
	}
}

// joins tells that the mark at i stands inside a word: "Jean-Paul", "d'Arc",
// "alice.b".
func joins(s string, i int, inWord bool) bool {
	if !inWord {
		return false
	}
	switch s[i] {
	case '-', '_', '\'', '.', '@':
		r, _ := utf8.DecodeRuneInString(s[i+1:])
		return i+1 < len(s) && isWord(r)
	case '/': // a path, an address
		return i+1 < len(s) && s[i+1] == '/'
	}
	return false
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// Fold is s in lower case, without accents.
func Fold(s string) string {
	var b []byte
	for _, r := range s {
		b = appendFolded(b, r)
	}
	return string(b)
}

func appendFolded(b []byte, r rune) []byte {
	switch {
	case 'A' <= r && r <= 'Z':
		return append(b, byte(r)+'a'-'A')
	case r < utf8.RuneSelf:
		return append(b, byte(r))
	case r == '’':
		return append(b, '\'')
	case r == '\u00a0':
		return append(b, ' ')
	case int(r) < len(plain()):
		r = plain()[r]
	case unicode.Is(unicode.Mn, r):
		return b
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// plain are the Latin letters without their accents.
var plain = sync.OnceValue(func() *[0x250]rune {
	var t [0x250]rune
	for r := range rune(len(t)) {
		t[r], _ = utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	}
	return &t
})

// Word is the author whose name w is, with marks around it or not, and the
// mark that follows the name.
func (n *Names) Word(w string) (thread.AuthorID, byte) {
	w = strings.TrimLeft(w, "@(\"'")
	m, ok := n.At(w, Whole)
	if !ok {
		return Nobody, 0
	}
	rest := w[m.End:]
	if rest == "" {
		return m.Author, 0
	}
	if len(rest) > 3 || strings.Trim(rest, ".,:;>!?)\"'-") != "" {
		return Nobody, 0
	}
	return m.Author, rest[0]
}

// Common tells that a name is too ordinary a word to be taken for a name
// wherever it stands.
func Common(name string) bool {
	f := Fold(strings.Trim(name, ".,:;!?()\"'"))
	return len(f) < 2 || common[f]
}
