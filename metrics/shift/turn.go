package shift

import (
	"math"
	"slices"
	"strings"

	"threadheat/metrics/internal/stems"
	"threadheat/metrics/internal/words"
)

// turn is what a text tells by itself.
type turn struct {
	words     int
	terms     []int32 // content stems, each once, ascending
	askedOf   []int32 // those of the questions; empty where nothing is asked
	lastOf    []int32 // those of the last sentence
	asked     [NumCues]bool
	last      [NumCues]bool // in the last sentence
	said      [NumCues]bool
	first     [NumCues]bool // begins with it, or right after a greeting or the like
	questions int
	asks      bool // the last sentence is a question
	tellsLast bool // something is said after a question
	sentences int
	hits      []hit
}

// hit is a cue found in a text: where it stands, in bytes and among the sentences.
type hit struct {
	cue                Cue
	asked, first, last bool
	start, end         int32
}

// reader reads texts into turns.
type reader struct {
	stems  *stems.Reader
	tokens []stems.Token
	words  []words.Token
	terms  []int32 // by word
	ends   []int   // by word: the number of its sentence
}

func newReader() *reader { return &reader{stems: stems.NewReader()} }

// maxRead is in how many of its words the cues of a comment are looked for: how it
// begins tells most.
const maxRead = 2000

// read is the turn of a text in a language. O(len(text)).
func (r *reader) read(text string, lang stems.Lang) turn {
	var t turn
	r.tokens = r.stems.Tokens(r.tokens[:0], text)
	r.words, r.terms, r.ends = r.words[:0], r.terms[:0], r.ends[:0]
	for _, k := range r.tokens {
		if k.Part != stems.Own {
			continue
		}
		t.words++
		term := r.stems.Term(k.Word, lang)
		if term != stems.None {
			t.terms = append(t.terms, term)
		}
		if len(r.terms) < maxRead {
			r.terms = append(r.terms, term)
		}
	}
	slices.Sort(t.terms)
	t.terms = slices.Clip(slices.Compact(t.terms))
	k := 0
	for w := range words.All(text) {
		if r.tokens[k].Part == stems.Own {
			r.words = append(r.words, w)
		}
		if k++; len(r.words) == len(r.terms) {
			break
		}
	}

	// A sentence is what stands up to a full stop, a question or exclamation mark or
	// the end of a line.
	var questions []bool
	for k, w := range r.words {
		r.ends = append(r.ends, len(questions))
		stop := len(text)
		if k+1 < len(r.words) {
			stop = r.words[k+1].Start
		}
		gap := text[w.End:stop]
		if k+1 == len(r.words) || strings.ContainsAny(gap, ".?!\n;…") {
			questions = append(questions, strings.Contains(gap, "?"))
		}
	}
	t.sentences = len(questions)
	for k, q := range questions {
		if q {
			t.questions++
		} else if k > 0 && questions[k-1] {
			t.tellsLast = true
		}
		t.asks = q
	}
	for k, term := range r.terms {
		if term == stems.None {
			continue
		}
		if questions[r.ends[k]] {
			t.askedOf = append(t.askedOf, term)
		}
		if r.ends[k] == len(questions)-1 {
			t.lastOf = append(t.lastOf, term)
		}
	}
	by := lists[lang.Code()]
	open := 0 // words up to which the text still begins
	for k, w := range r.words {
		for _, p := range by[w.Text] {
			if !r.matches(k, p.rest) {
				continue
			}
			end := k + len(p.rest)
			q := questions[r.ends[k]]
			if q {
				t.asked[p.cue] = true
			} else {
				t.said[p.cue] = true
			}
			if k <= open {
				t.first[p.cue] = true
			}
			if r.ends[k] == len(questions)-1 {
				t.last[p.cue] = true
			}
			t.hits = append(t.hits, hit{p.cue, q, k <= open, r.ends[k] == len(questions)-1, int32(w.Start), int32(r.words[end].End)})
			switch p.cue {
			case Greeting, Yes, No, Applause, Reaction, Closing:
				if k <= open {
					open = max(open, end+1)
				}
			}
		}
	}
	return t
}

// matches tells whether the words after word k, in the same sentence, are rest.
func (r *reader) matches(k int, rest []string) bool {
	if k+len(rest) >= len(r.words) {
		return false
	}
	for i, w := range rest {
		if r.words[k+1+i].Text != w || r.ends[k+1+i] != r.ends[k] {
			return false
		}
	}
	return true
}

// numFeatures is the length of a vector of features; featureNames are their
// names, in order.
var featureNames = func() []string {
	var out []string
	for _, of := range []string{"asked ", "said ", "first "} {
		for _, c := range cueNames {
			out = append(out, of+c)
		}
	}
	for _, c := range cueNames {
		out = append(out, "before asked "+c)
	}
	for _, c := range cueNames {
		out = append(out, "before said "+c)
	}
	for _, c := range cueNames {
		out = append(out, "last "+c)
	}
	return append(out,
		"bias", "question", "questions", "ends asking", "answers and asks", "only asks", "tells after asking",
		"length", "length squared", "sentences", "before length", "before question", "before ends asking", "second before asks",
		"after question", "question after question", "question after telling", "telling after telling",
		"shared", "shared any", "novelty", "nothing new", "shared second", "before novelty",
		"question shares nothing", "telling shares nothing", "depth", "early", "asking after telling", "all new",
		"telling of oneself after telling", "before shared", "second before question and telling", "length against before", "third before asks",
		"question shares", "question shares with any", "question of nothing said", "question of itself", "last shares", "last shares with any", "last of nothing said",
		"asking of nothing said", "pointing at nothing new", "question without content", "opener of nothing said", "your of nothing said", "asked by both", "question content",
		"answered", "answer shares", "answer shares with before", "answer asks", "answer asks of nothing said", "answer novelty", "answer said you", "answer first you", "answer last your",
		"answer said judging", "answer first judging", "answer last reaction", "answer said what", "answer asked follow-up", "answer said no",
	)
}()

// history are the turns before one: the one that it answers, the one before
// that, and the one before that; nil where there is none.
type history [3]*turn

// overlap counts stems of a turn that are in the turn before and in the second
// before, and in any before; and the stems of the turn before that are in any
// before that.
type overlap struct {
	shared      [2]int
	inAny       int
	beforeInAny int
	asked, last [2]int // of the questions, of the last sentence: in the turn before, in any before
	answers     answers
}

// overlapOf compares a turn with those before it. known tells how many turns before
// it have a stem; beforeInAny is the inAny of the turn before.
func overlapOf(now *turn, h history, known *counter, beforeInAny int) (o overlap) {
	for k := range o.shared {
		if h[k] != nil {
			o.shared[k] = common(now.terms, h[k].terms)
		}
	}
	o.inAny, o.beforeInAny = known.of(now.terms), beforeInAny
	o.asked = [2]int{within(now.askedOf, h[0].terms), known.of(now.askedOf)}
	o.last = [2]int{within(now.lastOf, h[0].terms), known.of(now.lastOf)}
	return o
}

// counter counts in how many turns a stem is.
type counter []int32

func (c *counter) add(terms []int32, by int32) {
	for _, t := range terms {
		for int(t) >= len(*c) {
			*c = append(*c, 0)
		}
		(*c)[t] += by
	}
}

// of is how many of some stems are in any turn.
func (c *counter) of(terms []int32) (n int) {
	for _, t := range terms {
		if int(t) < len(*c) && (*c)[t] > 0 {
			n++
		}
	}
	return n
}

// within is how many of some stems are in an ascending list.
func within(some, list []int32) (n int) {
	for _, t := range some {
		if _, in := slices.BinarySearch(list, t); in {
			n++
		}
	}
	return n
}

// features are what the model sees of a turn of which depth stand above it,
// written to x.
func (now *turn) features(x []float64, h history, o *overlap, depth int) {
	clear(x)
	inBefore, inSecond, inAny, beforeKnown := o.shared[0], o.shared[1], o.inAny, o.beforeInAny
	before, second, third := h[0], h[1], h[2]
	at := 0
	set := func(v float64) { x[at] = v; at++ }
	flag := func(b bool) {
		if b {
			x[at] = 1
		}
		at++
	}
	for _, list := range []*[NumCues]bool{&now.asked, &now.said, &now.first, &before.asked, &before.said, &now.last} {
		for _, b := range list {
			flag(b)
		}
	}
	q, bq := now.questions > 0, before.questions > 0
	tells := now.sentences > now.questions
	content := len(now.terms)
	share := func(n, of int) float64 {
		if of == 0 {
			return 0
		}
		return float64(n) / float64(of)
	}
	secondAsks := second != nil && second.questions > 0
	set(1)
	flag(q)
	set(min(float64(now.questions), 3))
	flag(now.asks)
	flag(now.asks && tells)
	flag(q && !tells)
	flag(now.tellsLast)
	length := math.Log1p(float64(min(now.words, 60)))
	set(length - 2.4)
	set((length - 2.4) * (length - 2.4))
	set(min(float64(now.sentences), 5) - 2)
	set(math.Log1p(float64(min(before.words, 60))) - 2.4)
	flag(bq)
	flag(before.asks)
	flag(secondAsks)
	flag(bq && !q)
	flag(bq && q)
	flag(q && !bq)
	flag(!q && !bq)
	set(share(inBefore, content))
	flag(inBefore > 0)
	set(share(content-inAny, content))
	flag(content == 0)
	flag(inSecond > 0)
	set(share(len(before.terms)-beforeKnown, len(before.terms)))
	flag(q && inBefore == 0)
	flag(!q && inBefore == 0)
	set(math.Log(float64(min(depth, 20))) - 1.8)
	flag(depth <= 1)
	flag(now.asked[Asking] && !bq)
	flag(content > 0 && inAny == 0)
	flag(!q && !bq && (now.first[I] || now.first[Mine]))
	set(share(beforeKnown, len(before.terms)))
	flag(second != nil && second.asks && !before.asks)
	set(length - math.Log1p(float64(min(before.words, 60))))
	flag(third != nil && third.questions > 0)
	flag(o.asked[0] > 0)
	flag(o.asked[1] > 0)
	flag(q && len(now.askedOf) > 0 && o.asked[1] == 0)
	flag(q && len(now.askedOf) == 0)
	flag(o.last[0] > 0)
	flag(o.last[1] > 0)
	flag(len(now.lastOf) > 0 && o.last[1] == 0)
	flag(now.asked[Asking] && o.asked[1] == 0 && len(now.askedOf) > 0)
	flag(now.asked[Pointing] && o.asked[1] == 0)
	flag(now.asked[Asking] && len(now.askedOf) == 0)
	flag(now.asked[Opener] && o.asked[1] == 0 && len(now.askedOf) > 0)
	flag(now.asked[Your] && o.asked[1] == 0 && len(now.askedOf) > 0)
	flag(now.asked[Asking] && before.asked[Asking])
	set(min(float64(len(now.askedOf)), 4))
	copy(x[at:], o.answers.means())
}

// numAnswers is how many features the answers have.
const numAnswers = 15

// answers sums what those who answer a turn make of it; the first number is how
// many do.
type answers [numAnswers]float64

// add counts one answer, with what it shares with others.
func (a *answers) add(answer *turn, o *overlap) {
	novelty := 0.0
	if n := len(answer.terms); n > 0 {
		novelty = float64(n-o.inAny) / float64(n)
	}
	a[0]++
	a[5] += novelty
	for k, is := range [numAnswers]bool{
		1: o.shared[0] > 0, 2: o.shared[1] > 0, 3: answer.questions > 0, 4: answer.questions > 0 && o.shared[0] == 0,
		6: answer.said[You], 7: answer.first[You], 8: answer.last[Your], 9: answer.said[Judging], 10: answer.first[Judging],
		11: answer.last[Reaction], 12: answer.said[What], 13: answer.asked[FollowUp], 14: answer.said[No],
	} {
		if is {
			a[k]++
		}
	}
}

// means are the features: whether there is an answer, then shares of the answers.
func (a *answers) means() []float64 {
	out := make([]float64, numAnswers)
	if a[0] > 0 {
		out[0] = 1
		for k := 1; k < numAnswers; k++ {
			out[k] = a[k] / a[0]
		}
	}
	return out
}

// common is how many numbers two ascending lists have in common.
func common(a, b []int32) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}
