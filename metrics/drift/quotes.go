package drift

import (
	"cmp"
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/internal/cite"
	"threadheat/metrics/internal/words"
	"threadheat/thread"
)

// Quote is a run of words that a comment takes over from one before it.
type Quote struct {
	By, Of     thread.Index
	Start, End int // in the text of By, in bytes
	From, To   int // in the text of Of
	Words      int
	Marked     bool         // within quotation marks, or on a line that begins with ">"
	Origin     thread.Index // who said it first: Of, or whom Of quotes there, and so on
}

// A run of quoteWords words, telling of them no function words, is quoted if it is
// in a comment above, or is marked as a quotation. From a comment that is not above,
// without marks, it takes farWords: four words in a row return by chance.
const (
	quoteWords   = 4
	tellingWords = 2
	farWords     = 8
)

// Quotes are the quotations of a thread, by comment and place. Where several
// comments have the words, the one with most of them is quoted; of equals, the
// nearest above, else the first in the document. Each run of four words is looked
// up in the first maxHolders comments that have it. O(words · log words).
var Quotes = &metrics.Fact[[]Quote]{Name: "quotations", Compute: func(c *metrics.Context) ([]Quote, error) {
	return quotesOf(c.Thread), nil
}}

// said are the words of all comments that are read, one after the other in the
// order of the document.
type said struct {
	t       *thread.Thread
	hash    []uint64
	telling []bool
	span    [][2]int32     // in the text of the comment, in bytes
	of      []thread.Index // by word
	begin   []int          // by comment: its first word; as long as it has words
	place   []int32        // by comment: its place in the document
}

func wordsSaid(t *thread.Thread) *said {
	s := &said{t: t, begin: make([]int, t.Len()), place: make([]int32, t.Len())}
	k := int32(0)
	for i := range t.Document() {
		s.begin[i], s.place[i] = len(s.hash), k
		k++
		if words.Unread(t, i) != nil {
			continue
		}
		for w := range words.All(t.Text(i)) {
			s.hash = append(s.hash, hashWord(w.Text))
			s.telling = append(s.telling, words.ClassOf(w.Text)&words.Function == 0)
			s.span = append(s.span, [2]int32{int32(w.Start), int32(w.End)})
			s.of = append(s.of, i)
		}
	}
	return s
}

// gram is the place of a run of quoteWords words.
type gram struct {
	hash uint64
	at   int32
}

// holders are, by word, the places of the run that begins there, where another
// comment has it too; nil where none has.
func (s *said) holders() [][]gram {
	var all []gram
	for at := range s.hash {
		if end := at + quoteWords; end <= len(s.hash) && s.of[end-1] == s.of[at] {
			var h uint64
			for _, w := range s.hash[at:end] {
				h = mix(h ^ w)
			}
			all = append(all, gram{h, int32(at)})
		}
	}
	slices.SortFunc(all, func(a, b gram) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) })
	out := make([][]gram, len(s.hash))
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j].hash == all[i].hash {
			j++
		}
		if s.of[all[i].at] != s.of[all[j-1].at] {
			for _, g := range all[i:j] {
				out[g.at] = all[i:j]
			}
		}
		i = j
	}
	return out
}

func quotesOf(t *thread.Thread) []Quote {
	s := wordsSaid(t)
	holders := s.holders()
	var out []Quote
	byComment := make([][]Quote, t.Len())
	for i := range t.Document() {
		marks := marked(t.Text(i))
		for at := s.begin[i]; at < len(s.hash) && s.of[at] == i; {
			q, ok := s.quote(at, holders[at], marks)
			if !ok {
				at++
				continue
			}
			q.Origin = originOf(q, byComment)
			byComment[i] = append(byComment[i], q)
			at += q.Words
		}
	}
	for i := range t.All() {
		out = append(out, byComment[i]...)
	}
	return out
}

// quote is the quotation that begins with the word at, if one does: the longest, of
// equals that from the nearest comment above, else the first.
func (s *said) quote(at int, holders []gram, marks [][2]int) (q Quote, ok bool) {
	i := s.of[at]
	best := false // whether q is from above
	for k, g := range holders {
		h := int(g.at)
		if h >= at || s.of[h] == i || k == maxHolders { // the others come later in the document
			break
		}
		if s.t.Author(s.of[h]) == s.t.Author(i) {
			continue
		}
		n, telling := 0, 0
		for at+n < len(s.hash) && s.of[at+n] == i && s.of[h+n] == s.of[h] && s.hash[at+n] == s.hash[h+n] {
			if s.telling[at+n] {
				telling++
			}
			n++
		}
		start, end := int(s.span[at][0]), int(s.span[at+n-1][1])
		above := s.of[h] < i && i < s.t.End(s.of[h])
		within := inside(marks, start, end)
		if telling < tellingWords || !above && !within && n < farWords {
			continue
		}
		if n > q.Words || n == q.Words && above && (!best || s.of[h] > q.Of) {
			q = Quote{By: i, Of: s.of[h], Start: start, End: end, From: int(s.span[h][0]), To: int(s.span[h+n-1][1]), Words: n, Marked: within}
			best, ok = above, true
		}
	}
	return q, ok
}

// originOf follows a quotation: where the words that it takes are a quotation there,
// to whom that one takes them from. Who was quoted is never quoting what comes
// later, so that it ends.
func originOf(q Quote, byComment [][]Quote) thread.Index {
	for _, before := range byComment[q.Of] {
		if before.Start <= q.From && q.To <= before.End {
			return before.Origin
		}
	}
	return q.Of
}

// marked are the parts of a text within quotation marks, and its lines that begin
// with ">", in bytes and in order of their beginnings.
func marked(text string) (out [][2]int) {
	for at := 0; at < len(text); {
		end := len(text)
		if k := strings.IndexByte(text[at:], '\n'); k >= 0 {
			end = at + k + 1
		}
		line := text[at:end]
		if bare := strings.TrimLeft(line, " \t"); strings.HasPrefix(bare, ">") || strings.HasPrefix(bare, "&gt;") {
			out = append(out, [2]int{at, end})
		} else {
			open, closing := -1, rune(0)
			for k, c := range line {
				switch {
				case open >= 0 && c == closing:
					out = append(out, [2]int{at + open, at + k})
					open = -1
				case open >= 0:
				case c == '«':
					open, closing = k, '»'
				case c == '“':
					open, closing = k, '”'
				case c == '„':
					open, closing = k, '“'
				case c == '"' || c == '”': // some pages open with the closing mark
					open, closing = k, c
				}
			}
		}
		at = end
	}
	return out
}

func inside(parts [][2]int, start, end int) bool {
	k, _ := slices.BinarySearchFunc(parts, start, func(p [2]int, at int) int { return cmp.Compare(p[1], at) })
	for ; k < len(parts) && parts[k][0] <= start; k++ {
		if end <= parts[k][1] {
			return true
		}
	}
	return false
}

// Quoting is the share of a comment's words that it takes over from comments of
// others before it. N is the number of its words.
var Quoting = &metrics.Measure{
	Name: "quoted-share", Group: "drift",
	Title: metrics.Text{EN: "Share quoted", FR: "Part citée"},
	Doc: metrics.Text{
		EN: "The share of a comment’s words that stand, at least four in a row and two of them no function words, in a comment above it by somebody else; or in any comment before it, where they are marked as a quotation or are at least eight. What is quoted from the article or in other words is not seen.",
		FR: "Part des mots d’un commentaire qui figurent, au moins quatre à la suite dont deux ne sont pas des mots-outils, dans un commentaire d’autrui au-dessus ; ou dans tout commentaire précédent, s’ils sont marqués comme citation ou sont au moins huit. Ce qui est cité de l’article, ou en d’autres mots, n’est pas vu.",
	},
	Math:   "words of quotations / words",
	MathFR: "mots des citations / mots",
	Scope:  metrics.PerComment, Unit: metrics.Ratio, Range: metrics.Fraction, Needs: metrics.NeedText, MinN: 1,
	Source: []metrics.Citation{cite.Own},
	Run: func(c *metrics.Context) (metrics.Values, error) {
		quotes, err := Quotes.Of(c)
		if err != nil {
			return nil, err
		}
		t := c.Thread
		taken := make([]int, t.Len())
		for _, q := range quotes {
			taken[q.By] += q.Words
		}
		vs := make(metrics.List, t.Len())
		for i := range t.All() {
			if why := words.Unread(t, i); why != nil {
				vs[i] = metrics.Undefined(0, why)
			} else if n := words.Count(t.Text(i)); n == 0 {
				vs[i] = metrics.TooFew(0, 1, metrics.Words)
			} else {
				vs[i] = metrics.Of(float64(taken[i])/float64(n), n)
			}
		}
		for _, q := range quotes {
			v := &vs[q.By]
			if v.More == nil {
				v.More = &metrics.More{}
			}
			v.More.Evidence = append(v.More.Evidence, metrics.Evidence{Start: q.Start, End: q.End, Cue: "quotation", Share: float64(q.Words) / float64(taken[q.By])})
		}
		return vs, nil
	},
}

// QuoteCount counts the quotations of a thread. N is how many comments have words.
var QuoteCount = &metrics.Measure{
	Name: "quotations", Group: "drift",
	Title: metrics.Text{EN: "Quotations", FR: "Citations"},
	Doc: metrics.Text{
		EN: "How many times a comment takes over words of another’s before it, as told by quoted-share. Who quotes is not yet agreeing, nor mocking.",
		FR: "Combien de fois un commentaire reprend les mots d’un autre avant lui, au sens de quoted-share. Citer n’est encore ni approuver ni railler.",
	},
	Math:   "number of quotations",
	MathFR: "nombre de citations",
	Scope:  metrics.PerThread, Unit: metrics.Count, Range: metrics.NonNegative, Needs: metrics.NeedText,
	Source: []metrics.Citation{cite.Own}, Interval: metrics.Counted,
	Run: func(c *metrics.Context) (metrics.Values, error) {
		quotes, err := Quotes.Of(c)
		if err != nil {
			return nil, err
		}
		n := 0
		for i := range c.Thread.All() {
			if words.Unread(c.Thread, i) == nil && words.Count(c.Thread.Text(i)) > 0 {
				n++
			}
		}
		return metrics.One(metrics.Of(float64(len(quotes)), n)), nil
	},
}
