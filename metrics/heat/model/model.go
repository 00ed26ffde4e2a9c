// Package model is the trained score of a comment: a linear model over words,
// letters, classes of words and the evidence of package evidence. It is trained
// by threadheat/metrics/heat/train, which writes weights.bin, the only thing that
// is kept of the comments it has learned from.
package model

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/internal/words"
)

//go:embed weights.bin
var weights []byte

// The languages that have weights of their own.
const (
	english = iota
	french
	numLangs
)

// View is a group of features that share a scale by the length of the text.
type View uint8

// The views.
const (
	Plain   View = iota // whatever the length
	OfWords             // words and pairs of words
	OfChars             // letters
	OfClass             // classes of words
	NumViews
)

// ViewOf is the view of a kind.
func ViewOf(k Kind) View {
	switch k {
	case Word, Word2:
		return OfWords
	case Char2, Char3, Char4:
		return OfChars
	case Class:
		return OfClass
	}
	return Plain
}

// Scale is what the weights of each view are multiplied with in a text, so that
// a long text is not hot for its length: the square root of 40 words over what
// there is. The two count the features of those views that are not of lifted words.
func Scale(nWords, nChars int) (s [NumViews]float64) {
	s[Plain] = 1
	s[OfWords] = math.Sqrt(40 / float64(nWords+5))
	s[OfChars] = math.Sqrt(200 / float64(nChars+20))
	s[OfClass] = s[OfWords]
	return s
}

// Weights is a trained model as it is stored.
type Weights struct {
	Bias [numLangs]float64    // log-odds of a text without features
	Fit  [numLangs][2]float64 // calibration: log-odds = Fit[0] + Fit[1]·z
	Max  float64              // that of the largest weight
	Keys []uint32             // features, ascending
	Vals [][numLangs]int8     // weights; see Value
	Mark uint32               // Fingerprint of the features it was trained with
}

// Value is the weight that q stands for: sign(q)·(q/127)²·max, so that small
// weights, of which there are most, lie closer together.
func Value(q int8, max float64) float64 {
	x := float64(q) / 127
	return math.Copysign(x*x*max, x)
}

// Quantise is the q whose Value is nearest to w.
func Quantise(w, max float64) int8 {
	x := math.Sqrt(min(1, math.Abs(w)/max))
	return int8(math.Copysign(math.RoundToEven(x*127), w))
}

const magic = "heat1\n"

// Append appends the weights as they are stored: little endian, the keys as
// differences in varints, then the values of each language.
func (w *Weights) Append(b []byte) []byte {
	b = append(b, magic...)
	for l := range numLangs {
		for _, x := range []float64{w.Bias[l], w.Fit[l][0], w.Fit[l][1]} {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
		}
	}
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(w.Max))
	b = binary.LittleEndian.AppendUint32(b, w.Mark)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.Keys)))
	last := uint32(0)
	for _, k := range w.Keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	// A feature mostly has the same weight in both languages: one bit tells.
	same := make([]byte, (len(w.Keys)+7)/8)
	for i, v := range w.Vals {
		if v[english] == v[french] {
			same[i/8] |= 1 << (i % 8)
		}
	}
	b = append(b, same...)
	for _, v := range w.Vals {
		b = append(b, byte(v[english]))
		if v[english] != v[french] {
			b = append(b, byte(v[french]))
		}
	}
	return b
}

var errWeights = errors.New("weights are damaged")

// Parse reads what Append wrote.
func Parse(b []byte) (*Weights, error) {
	const head = len(magic) + numLangs*24 + 16
	if len(b) < head || string(b[:len(magic)]) != magic {
		return nil, errWeights
	}
	w := &Weights{}
	b = b[len(magic):]
	float := func() float64 {
		x := math.Float64frombits(binary.LittleEndian.Uint64(b))
		b = b[8:]
		return x
	}
	for l := range numLangs {
		w.Bias[l], w.Fit[l][0], w.Fit[l][1] = float(), float(), float()
	}
	w.Max = float()
	w.Mark = binary.LittleEndian.Uint32(b)
	n := int(binary.LittleEndian.Uint32(b[4:]))
	b = b[8:]
	if n > len(b) { // every key has a byte at least
		return nil, errWeights
	}
	w.Keys, w.Vals = make([]uint32, n), make([][numLangs]int8, n)
	last := uint64(0)
	for i := range w.Keys {
		d, size := binary.Uvarint(b)
		if size <= 0 || last+d > math.MaxUint32 || i > 0 && d == 0 {
			return nil, errWeights
		}
		last += d
		w.Keys[i] = uint32(last)
		b = b[size:]
	}
	if len(b) < (n+7)/8 {
		return nil, errWeights
	}
	same := b[:(n+7)/8]
	b = b[len(same):]
	for i := range w.Vals {
		need := 2
		if same[i/8]>>(i%8)&1 == 1 {
			need = 1
		}
		if len(b) < need {
			return nil, errWeights
		}
		w.Vals[i] = [numLangs]int8{int8(b[0]), int8(b[need-1])}
		b = b[need:]
	}
	if len(b) > 0 {
		return nil, errWeights
	}
	return w, nil
}

// Model is a model ready to score. It may be used by many goroutines at once.
type Model struct {
	weights Weights // without Keys and Vals
	values  [256]int64
	slots   []slot
	shift   uint32
	maybe   []uint64 // a bit for each key that may be there; most are not
}

type slot struct {
	key  uint32
	vals [numLangs]int8
	used bool
}

// one is the unit of the values that are summed up: whole numbers, so that the
// sum is the same on every machine and in every order.
const one = 1 << 24

// New makes a Model of weights.
func New(w *Weights) *Model {
	m := &Model{weights: *w}
	m.weights.Keys, m.weights.Vals = nil, nil
	for q := range 256 {
		m.values[q] = int64(math.RoundToEven(Value(int8(q), w.Max) * one))
	}
	bits := uint32(4)
	for 1<<bits < 2*len(w.Keys) {
		bits++
	}
	m.slots, m.shift = make([]slot, 1<<bits), 32-bits
	m.maybe = make([]uint64, 1<<bits/8)
	for i, k := range w.Keys {
		j := k >> m.shift
		for m.slots[j].used {
			j = (j + 1) & uint32(len(m.slots)-1)
		}
		m.slots[j] = slot{k, w.Vals[i], true}
		b := k >> (m.shift - 3)
		m.maybe[b>>6] |= 1 << (b & 63)
	}
	return m
}

// find is the place of a key, -1 where it has none.
func (m *Model) find(k uint32) int {
	b := k >> (m.shift - 3)
	if m.maybe[b>>6]>>(b&63)&1 == 0 {
		return -1
	}
	j := k >> m.shift
	for m.slots[j].used {
		if m.slots[j].key == k {
			return int(j)
		}
		j = (j + 1) & uint32(len(m.slots)-1)
	}
	return -1
}

// Embedded is the model that comes with the program.
var Embedded = sync.OnceValue(func() *Model {
	w, err := Parse(weights)
	if err != nil {
		panic(fmt.Sprintf("metrics/heat/model/weights.bin: %v", err))
	}
	return New(w)
})

// Fingerprint tells whether the features of a few sentences are still those that
// the weights were trained with: it changes with most changes to the reader, the
// lists of words and the features.
func Fingerprint() uint32 {
	var in evidence.Reader
	var r Reader
	h := uint64(offset64)
	for _, s := range []string{
		"You are a complete moron, shut up!!", "Merci beaucoup, je ne suis pas d’accord avec vous.",
		"T’es qu’un c*nnard de MENTEUR...", "I don’t think “experts” would agree, sorry :) https://a.example",
		"Ces gens sont de la vermine ; dehors ! 😡 #honte",
	} {
		in.Read(evidence.Input{Text: s})
		r.Read(&in)
		for _, f := range r.Features {
			h = (h ^ uint64(f.Hash) ^ uint64(uint8(f.Lift))<<40) * prime64
		}
	}
	return uint32(h >> 32)
}

// Scorer scores comments with a Model. It keeps its memory, so that in steady
// state a comment costs no allocation. It must not be used by two goroutines at
// once.
type Scorer struct {
	Model *Model // Embedded where nil
	// Parts are what each word of the reader adds to the log-odds of the comment
	// last scored, where Explain is set.
	Parts   []float64
	Explain bool

	reader Reader
	stamps []uint32 // by slot: the text in which it was last counted
	text   uint32
}

// LogOdds are the log-odds of a comment before calibration: the bias of its
// language, the weights of its features scaled by its length, each feature once.
// A word of anger adds what its features add up to, at least 0; one of
// politeness at most 0. O(words).
func (s *Scorer) LogOdds(in *evidence.Reader) float64 {
	if s.Model == nil {
		s.Model = Embedded()
	}
	m := s.Model
	s.reader.Read(in)
	s.Parts = s.Parts[:0]
	if s.Explain {
		for range in.Words {
			s.Parts = append(s.Parts, 0)
		}
	}
	if len(s.stamps) != len(m.slots) || s.text > math.MaxUint32-MaxWords-2 {
		s.stamps, s.text = make([]uint32, len(m.slots)), 0
	}
	lang := english
	if in.Lang == words.FR {
		lang = french
	}
	scale := Scale(s.reader.CountWords, s.reader.CountChars)
	fs := s.reader.Features
	var sums [NumViews]int64 // of what is not lifted
	s.text++
	for i := range fs {
		f := &fs[i]
		if f.Lift != 0 {
			continue
		}
		if v := s.value(f, lang); v != 0 {
			view := ViewOf(f.Kind)
			sums[view] += v
			if s.Explain && f.To > f.From {
				part := float64(v) / one * scale[view] / float64(f.To-f.From)
				for k := f.From; k < f.To; k++ {
					s.Parts[k] += part
				}
			}
		}
	}
	z := m.weights.Bias[lang]
	for v := range sums {
		z += float64(sums[v]) / one * scale[v]
	}
	for i := 0; i < len(fs); {
		j := i + 1
		if fs[i].Lift == 0 {
			i = j
			continue
		}
		for j < len(fs) && fs[j].Lift != 0 && fs[j].From == fs[i].From {
			j++
		}
		z += s.liftedWord(fs[i:j], lang, &scale)
		i = j
	}
	return z
}

// liftedWord is what one word of anger or politeness adds, given its features,
// the same word only once.
func (s *Scorer) liftedWord(fs []Feature, lang int, scale *[NumViews]float64) float64 {
	for i := range s.reader.lifted {
		if s.reader.lifted[i] == fs[0].Hash {
			return 0
		}
	}
	if len(s.reader.lifted) < maxLifted {
		s.reader.lifted = append(s.reader.lifted, fs[0].Hash)
	}
	s.text++
	var sums [NumViews]int64
	for i := range fs {
		sums[ViewOf(fs[i].Kind)] += s.value(&fs[i], lang)
	}
	z := 0.0
	for v := range sums {
		z += float64(sums[v]) / one * scale[v]
	}
	if float64(fs[0].Lift)*z <= 0 {
		return 0
	}
	if s.Explain {
		s.Parts[fs[0].From] += z
	}
	return z
}

// maxLifted is how many different words of anger and politeness a text may have
// before they are no longer told apart from those before.
const maxLifted = 64

// value is the weight of a feature, 0 where the text had it before.
func (s *Scorer) value(f *Feature, lang int) int64 {
	j := s.Model.find(f.Hash)
	if j < 0 || s.stamps[j] == s.text {
		return 0
	}
	s.stamps[j] = s.text
	return s.Model.values[uint8(s.Model.slots[j].vals[lang])]
}

// Words is how many words of the comment last scored the model has read beside
// those of anger and politeness.
func (s *Scorer) Words() int { return s.reader.Words }

// Base are the LogOdds of a text without features.
func (m *Model) Base(lang words.Lang) float64 {
	if lang == words.FR {
		return m.weights.Bias[french]
	}
	return m.weights.Bias[english]
}

// Calibrate is the calibrated log-odds of a comment in the language of in.
func (m *Model) Calibrate(z float64, lang words.Lang) float64 {
	l := english
	if lang == words.FR {
		l = french
	}
	return m.weights.Fit[l][0] + m.weights.Fit[l][1]*z
}
