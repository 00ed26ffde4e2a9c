package drift

import (
	_ "embed"
	"math"
	"strconv"
	"strings"

	"threadheat/metrics/internal/stems"
)

// rare is the probability of a stem that the background does not list: one of
// 50,000.
const rare = 1.0 / 50_000

// A level is how common a stem is in its language, in doublings: its probability
// is rare·2^level. Sixteen numbers instead of as many as there are words let
// logarithms of Γ be tabled.
const (
	levels      = 16
	commonLevel = 7 // of the words of common.txt: one in 400
)

// background.txt has the stems that are used more than others whatever the
// subject: a language and a level a line, then its stems. They were counted in
// comments whose licences allow it (NOTICE).
//
//go:embed background.txt
var backgroundText string

// common.txt has, for languages that nothing could be counted in, words that
// people use of discussing as such (page, comment, thanks, question), of our own
// writing: a language a line, then its words.
//
//go:embed common.txt
var commonText string

// background is the level of every listed stem.
var background = func() map[stems.Term]uint8 {
	m := map[stems.Term]uint8{}
	for line := range strings.Lines(backgroundText) {
		ws := strings.Fields(line)
		level, err := strconv.Atoi(ws[1])
		if err != nil || level < 1 || level >= levels {
			panic("drift: background.txt: " + ws[0] + " " + ws[1])
		}
		for _, w := range ws[2:] {
			m[stems.Term{Text: w, Lang: stems.ByCode(ws[0])}] = uint8(level)
		}
	}
	r := stems.NewReader()
	for line := range strings.Lines(commonText) {
		code, text, _ := strings.Cut(line, " ")
		for _, k := range r.Tokens(nil, text) {
			if t := r.Term(k.Word, stems.ByCode(code)); t != stems.None {
				m[r.Terms[t]] = max(m[r.Terms[t]], commonLevel)
			}
		}
	}
	return m
}()

// levelsOf are the levels of terms.
func levelsOf(terms []stems.Term) []uint8 {
	out := make([]uint8, len(terms))
	for w, term := range terms {
		out[w] = background[term]
	}
	return out
}

// Level is the level of a probability, for those who count a background.
func Level(p float64) int {
	return min(max(int(math.Round(math.Log2(p/rare))), 0), levels-1)
}

// gammas has ln Γ(k + α) of whole k by level of α, as far as it was asked for.
type gammas struct {
	a     float64 // concentration: α = a·p
	table [levels][]float64
}

// tabled is up to what count logarithms are kept.
const tabled = 4096

func (g *gammas) alpha(level uint8) float64 { return g.a * rare * float64(int(1)<<level) }

// of is ln Γ(k + α).
func (g *gammas) of(level uint8, k int32) float64 {
	t := g.table[level]
	if int(k) < len(t) {
		return t[k]
	}
	a := g.alpha(level)
	if k >= tabled {
		return lnGamma(float64(k) + a)
	}
	for n := len(t); n <= int(k); n++ {
		t = append(t, lnGamma(float64(n)+a))
	}
	g.table[level] = t
	return t[k]
}

// lnGamma is ln Γ(x) for x > 0, by Stirling's series from 8 on: within 1e-11, and
// three times as fast as math.Lgamma, which most of the time would go into.
func lnGamma(x float64) float64 {
	below := 1.0
	for ; x < 8; x++ {
		below *= x
	}
	y := 1 / (x * x)
	series := (1.0/12 - y*(1.0/360-y*(1.0/1260-y*(1.0/1680-y/1188)))) / x
	sum := (x-0.5)*math.Log(x) - x + lnRoot2Pi + series
	if below != 1 {
		sum -= math.Log(below)
	}
	return sum
}

const lnRoot2Pi = 0.918938533204672741780329736406 // ln √(2π)
