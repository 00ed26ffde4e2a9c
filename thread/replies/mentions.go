package replies

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/thread"
	"threadheat/thread/replies/internal/talk"
)

// Certainties of links that a name or number makes. That of chats was measured
// on the training logs (BENCHMARK.md); no annotated data has the others: they
// are judgements.
const (
	certainNumber  = 0.95 // "@12"
	certainAt      = 0.92 // "@name" as an opening: of several comments of that author the latest
	certainInner   = 0.75 // "@name" further on, which may only speak of somebody
	certainPhrase  = 0.92 // "en réponse à name"
	certainOpening = 0.90 // "name :", "à name :"
	certainPart    = 0.85 // a first name, the beginning of a name
	certainSole    = 0.04 // more where the author had written one comment only
	certainChat    = 0.96 // an address in a chat that only one line can be meant by
)

// mentions links comments to those that their words point at.
func (s *search) mentions() {
	quotes := newQuotes(s.t, s.talk, s.names)
	numbers := newNumbers(s.t, s.talk)
	voices := make([]voice, s.t.Authors())
	for n := range s.talk.Lines {
		l := &s.talk.Lines[n]
		if s.open(l.At) {
			s.mention(int32(n), l, quotes, numbers, voices)
		}
		quotes.learn(int32(n))
		voices[l.Author].add(int32(n))
	}
}

// voice is what an author has said so far.
type voice struct {
	last, before int32 // 1 + the last line, 1 + the one before
	lines        int32
}

func (v *voice) add(n int32) { v.last, v.before, v.lines = n+1, v.last, v.lines+1 }

func (s *search) mention(n int32, l *talk.Line, quotes *quotes, numbers *numbers, voices []voice) {
	text := s.t.Text(l.At)
	own, quoting, header := s.split(text)
	if quoting {
		j, certainty := quotes.find(n)
		if j < 0 && header != talk.Nobody && header != l.Author {
			j, certainty = voices[header].last-1, certainHeader
		}
		if j >= 0 && s.add(l.At, s.talk.Lines[j].At, thread.Quoted, certainty) {
			return
		}
	}
	if s.chat {
		if j := s.sole(n, l, voices); j >= 0 {
			s.add(l.At, s.talk.Lines[j].At, thread.Mentioned, certainChat)
		}
		return
	}
	if digits, ok := number(own); ok {
		if j := numbers.find(digits); j != thread.NoIndex && (s.t.Author(j) != l.Author || !s.names.Person(l.Author)) && s.add(l.At, j, thread.Mentioned, certainNumber) {
			return
		}
	}
	for author, certainty := range s.addressed(own) {
		v := &voices[author]
		if author == l.Author || v.lines == 0 {
			continue
		}
		if v.lines == 1 {
			certainty += certainSole
		}
		if s.add(l.At, s.talk.Lines[v.last-1].At, thread.Mentioned, certainty) {
			return
		}
	}
}

// sole is the line that line n of a chat answers, if the name it opens with
// leaves no choice; else -1. Those addressed speak in many short lines, and the
// last of them is meant in two cases of three only. It is meant nearly always
// where it is not long ago and the only line they said since the writer's own
// last one, where they address nobody else with it, and where it does not go
// on what they said just before.
func (s *search) sole(n int32, l *talk.Line, voices []voice) int32 {
	if l.Form < talk.Comma {
		return -1
	}
	own := voices[l.Author].last - 1
	last, before := voices[l.To].last-1, voices[l.To].before-1
	if last < 0 || last < own || n-last > farthest || before > own && before >= 0 && n-before <= window {
		return -1
	}
	j := &s.talk.Lines[last]
	switch {
	case j.To == l.Author && j.Form >= talk.Comma && (before < 0 || last-before > 2):
	case j.To != talk.Nobody || before >= 0 && last-before <= pause:
		return -1
	}
	return last
}

// Bounds of sole, in lines, chosen on the training logs.
const (
	farthest = 25
	window   = 60
	pause    = 20
)

// split finds the writer's own words in a text, from their first line on, and
// tells whether there are quoted lines, and whom a header such as "X wrote:"
// names as their author.
func (s *search) split(text string) (own string, quoting bool, header thread.AuthorID) {
	header = talk.Nobody
	if !strings.Contains(text, ">") {
		return text, false, header
	}
	rest := text
	for line, depth := range lines(text) {
		here := rest
		if _, rest, _ = strings.Cut(rest, "\n"); line == "" {
			continue
		}
		if depth > 0 && !isReference(here) {
			quoting = true
		}
		if header == talk.Nobody && (own == "" || !quoting) {
			header = s.wrote(line)
		}
		if own == "" && (depth == 0 || isReference(here)) && s.wrote(line) == talk.Nobody {
			own = here
		}
		if own != "" && quoting {
			break
		}
	}
	return own, quoting, header
}

// isReference tells that s opens with ">>12", which is no quotation.
func isReference(s string) bool {
	_, ok := number(s)
	return ok && strings.HasPrefix(strings.TrimLeft(s, " \t"), ">>")
}

// number are the digits of the number or ID that a text opens with, as in
// "@12", "#12 :", ">>12".
func number(s string) (string, bool) {
	s = strings.TrimLeft(s, " \t")
	mark := 0
	for mark < len(s) && mark < 2 && strings.IndexByte("@#>", s[mark]) >= 0 {
		mark++
	}
	rest, sign := s[mark:], s[:min(mark, len(s))]
	end := 0
	for end < len(rest) && end < 20 && '0' <= rest[end] && rest[end] <= '9' {
		end++
	}
	if sign == "" || sign == ">" || end == 0 {
		return "", false
	}
	if r, _ := utf8.DecodeRuneInString(rest[end:]); end < len(rest) && !unicode.IsSpace(r) && !strings.ContainsRune(",:;.!?)-–—", r) {
		return "", false // "@12h", "#3D", "#1er"
	}
	if sign == "#" && !marked(rest[end:]) {
		return "", false // "#1 reason"
	}
	return rest[:end], true
}

// marked tells that what follows a name or number shows it to be an address: a
// colon, a comma, a dash, the end of the line.
func marked(s string) bool {
	s = strings.TrimLeft(s, " \u00a0\u202f")
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case ':', ',', '\n', '>', '：', '，', '、':
		return true
	case '-', '–', '—', '!', ';':
		return n == len(s) || s[n] == ' ' || s[n] == '\n'
	}
	return s == ""
}

// numbers finds comments by ID or by their number in the order of writing.
type numbers struct {
	t     *thread.Thread
	talk  *talk.Talk
	byID  map[string]thread.Index // made when first asked
	order []thread.Index
}

func newNumbers(t *thread.Thread, k *talk.Talk) *numbers { return &numbers{t: t, talk: k} }

// find is the comment with that ID, or else with that number: sites count all
// comments that they show, from 1. It is NoIndex where nobody speaks there.
func (n *numbers) find(digits string) thread.Index {
	if n.byID == nil {
		n.byID = make(map[string]thread.Index, n.t.Len())
		for _, i := range n.talk.Order {
			n.byID[n.t.ID(i)] = i
			if n.t.State(i) != thread.Missing && n.t.Kind(i) != thread.System {
				n.order = append(n.order, i)
			}
		}
	}
	i, ok := n.byID[digits]
	if !ok {
		at := 0
		for _, d := range digits[:min(len(digits), 9)] {
			at = at*10 + int(d-'0')
		}
		if at < 1 || at > len(n.order) || len(digits) > 9 {
			return thread.NoIndex
		}
		i = n.order[at-1]
	}
	if !talk.Speaks(n.t, i) {
		return thread.NoIndex
	}
	return i
}

// openers are the marks that may stand before an address.
const openers = " \t\n\u00a0*_«\"(["

// maxHandles bounds how many names behind an @ are looked up in one text.
const maxHandles = 32

// addressed yields the authors whom a text addresses, the one it opens with
// first, with how certain it is that this author is answered.
func (s *search) addressed(text string) iter.Seq2[thread.AuthorID, float64] {
	return func(yield func(thread.AuthorID, float64) bool) {
		if a, certainty, ok := s.opening(strings.TrimLeft(text, openers)); ok && !yield(a, certainty) {
			return
		}
		before, handles := rune(' '), 0
		for i := 0; i < len(text) && handles < maxHandles; {
			at := strings.IndexByte(text[i:], '@')
			if at < 0 {
				return
			}
			if i += at; i > 0 {
				before, _ = utf8.DecodeLastRuneInString(text[:i])
			}
			i++
			if unicode.IsLetter(before) || unicode.IsNumber(before) || before == '.' || before == '_' || before == '-' || before == '/' {
				continue // an e-mail address, a path
			}
			handles++
			first := strings.Trim(text[:i-1], openers) == ""
			if a, certainty, ok := s.handle(text[i:], first); ok {
				if !first {
					certainty = min(certainty, certainInner)
				}
				if !yield(a, certainty) {
					return
				}
			}
		}
	}
}

// handle is the author named at the start of what follows an @, which may be
// the first sign of the text. A space between the two is for whole names there.
func (s *search) handle(rest string, first bool) (thread.AuthorID, float64, bool) {
	rest, space := strings.CutPrefix(rest, " ")
	m, ok := s.names.At(rest, talk.Beginning)
	switch {
	case !ok || space && !(first && m.Exact && !m.Part) && !marked(rest[m.End:]):
		return talk.Nobody, 0, false
	case m.Part:
		return m.Author, certainPart, true
	case !m.Exact && talk.Common(rest[:m.End]):
		return talk.Nobody, 0, false // "@media" does not name Media
	}
	return m.Author, certainAt, true
}

// opening is the author whom a text addresses with its first words, unless an
// @ does it.
func (s *search) opening(text string) (thread.AuthorID, float64, bool) {
	head := talk.Fold(text[:cut(text, 48)])
	if n := cutWord(head, phrases); n > 0 {
		rest := strings.TrimLeft(after(text, n), " :@\u00a0")
		if m, ok := s.names.At(rest, talk.FirstName); ok && !m.Part {
			return m.Author, certainPhrase, true
		}
		return talk.Nobody, 0, false
	}
	rest, direct := text, true
	if n := cutWord(head, greetings); n > 0 {
		rest, direct = strings.TrimLeft(after(text, n), " ,\u00a0"), false
	} else if n := cutWord(head, towards); n > 0 {
		rest, direct = strings.TrimLeft(after(text, n), " \u00a0"), false
		if m, ok := s.names.At(rest, talk.FirstName); !ok || strings.HasPrefix(strings.TrimLeft(rest[m.End:], " "), ",") && !strings.Contains(rest[:m.End], " ") {
			return talk.Nobody, 0, false // "à Paris, …"
		}
	}
	m, ok := s.names.At(rest, talk.FirstName)
	if !ok {
		return talk.Nobody, 0, false
	}
	name, tail := rest[:m.End], rest[m.End:]
	first, _ := utf8.DecodeRuneInString(name)
	switch {
	case !marked(tail) || talk.Common(name):
		return talk.Nobody, 0, false
	case strings.TrimSpace(tail) == "" && direct:
		return talk.Nobody, 0, false // a text of nothing but a name
	case !m.Exact && !unicode.IsUpper(first) && !strings.HasPrefix(strings.TrimLeft(tail, " \u00a0\u202f"), ":"):
		return talk.Nobody, 0, false // an ordinary word
	case m.Part:
		return m.Author, certainPart, true
	}
	return m.Author, certainOpening, true
}

// cut is the largest place up to at that does not split a character of s.
func cut(s string, at int) int {
	if at >= len(s) {
		return len(s)
	}
	for at > 0 && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}

// cutWord is how many characters of head are the longest phrase of list that it
// begins with, 0 where it begins with none.
func cutWord(head string, list []string) int {
	n := 0
	for _, p := range list {
		if strings.HasPrefix(head, p) {
			n = max(n, utf8.RuneCountInString(p))
		}
	}
	return n
}

// after is s without its first n characters.
func after(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[i:]
		}
		n--
	}
	return ""
}

// Words that stand before the name of whom a comment answers, folded.
var (
	phrases = []string{
		"en reponse a ", "reponse a ", "je reponds a ", "pour repondre a ", "in reply to ", "reply to ", "replying to ", "in response to ", "response to ", "to answer ", "answering ",
		"als antwort auf ", "antwort auf ", "antwort an ", "en respuesta a ", "respuesta a ", "respondiendo a ", "in risposta a ", "risposta a ", "rispondo a ", "em resposta a ", "resposta a ", "respondendo a ",
		"in antwoord op ", "antwoord op ", "reactie op ", "w odpowiedzi na ", "odpowiedz do ", "в ответ на ", "ответ для ", "som svar pa ", "svar till ", "svar til ", "svar pa ", "vastaus ",
	}
	greetings = []string{"bonjour ", "bonsoir ", "salut ", "coucou ", "cher ", "chere ", "merci ", "hello ", "hi ", "hey ", "dear ", "thanks ", "thank you ", "hallo ", "lieber ", "liebe ", "danke ", "hola ", "gracias ", "ciao ", "caro ", "cara ", "grazie ", "ola ", "obrigado ", "beste ", "hoi ", "hej "}
	towards   = []string{"a ", "pour ", "to ", "for ", "an ", "fur ", "para ", "per ", "voor ", "aan ", "till ", "til ", "dla ", "do ", "для "}
	verbs     = []string{" a ecrit", " a dit", " ecrit", " ecrivait", " dit", " wrote", " said", " writes", " says", " schrieb", " hat geschrieben", " schreibt", " sagte", " escribio", " dijo", " escribe", " ha scritto", " scrive", " escreveu", " disse", " schreef", " napisal", " napisala", " написал", " написала", " пишет", " skrev", " kirjoitti", " yazdi", " さんは書きました"}
)

// wrote is the author whom a header such as "X a écrit :" names, Nobody where
// line is no such header or X unknown.
func (s *search) wrote(line string) thread.AuthorID {
	line = strings.TrimRight(line, " \u00a0\u202f")
	colon := strings.HasSuffix(line, ":") || strings.HasSuffix(line, "：")
	if !colon || len(line) > 200 {
		return talk.Nobody
	}
	// Folding drops no character of composed text, so that places agree.
	folded := []rune(talk.Fold(line))
	raw := []rune(line)
	if len(folded) != len(raw) {
		return talk.Nobody
	}
	text := string(folded)
	end := -1
	for _, v := range verbs {
		if at := strings.LastIndex(text, v); at >= 0 {
			if n := utf8.RuneCountInString(text[:at]); end < 0 || n < end {
				end = n
			}
		}
	}
	if end <= 0 {
		return talk.Nobody
	}
	who := strings.TrimRight(string(raw[:end]), " \u00a0")
	if i := strings.LastIndexAny(who, "<(["); i > 0 && strings.IndexByte(">)]", who[len(who)-1]) >= 0 {
		who = strings.TrimRight(who[:i], " ") // an address behind the name
	}
	for start, fresh := 0, true; start < len(who); start++ {
		if fresh {
			if m, ok := s.names.At(strings.TrimPrefix(who[start:], "@"), talk.Whole); ok && m.End == len(strings.TrimPrefix(who[start:], "@")) {
				return m.Author
			}
		}
		fresh = who[start] == ' ' || who[start] == '"'
	}
	return talk.Nobody
}
