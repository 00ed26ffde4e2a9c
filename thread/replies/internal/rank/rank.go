package rank

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"sync"

	"threadheat/thread/replies/internal/talk"
)

//go:embed model.bin
var modelBytes []byte

// Pair is the models of both passes.
type Pair struct{ First, Second *Model }

// Shipped is the pair that `go run ./thread/replies/train` wrote.
var Shipped = sync.OnceValue(func() *Pair {
	p, err := DecodePair(modelBytes)
	if err != nil {
		panic("rank: model.bin: " + err.Error())
	}
	return p
})

// Encode writes both models, each behind its length.
func (p *Pair) Encode() []byte {
	var b []byte
	for _, m := range []*Model{p.First, p.Second} {
		e := m.Encode()
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(e))), e...)
	}
	return b
}

// DecodePair reads what Encode wrote, and refuses models of other columns than
// today's.
func DecodePair(b []byte) (*Pair, error) {
	var m [2]*Model
	for i, columns := range []int{len(Features), len(Features) + len(SecondFeatures)} {
		if len(b) < 4 || uint64(len(b)-4) < uint64(binary.LittleEndian.Uint32(b)) {
			return nil, errors.New("the models end early")
		}
		n := 4 + int(binary.LittleEndian.Uint32(b))
		var err error
		if m[i], err = Decode(b[4:n]); err != nil {
			return nil, err
		}
		if len(m[i].Edges) != columns {
			return nil, errors.New("the models were trained for other columns")
		}
		b = b[n:]
	}
	if len(b) > 0 {
		return nil, errors.New("the models go on after their end")
	}
	return &Pair{m[0], m[1]}, nil
}

// Choice is what a line most likely answers, None where it most likely starts a
// conversation, and how probable that is.
type Choice struct {
	Line int32
	P    float32
}

// rows walks a talk line by line and yields the candidates of each.
type rows interface {
	Next() (i int, cands []int32, rows []float32)
}

// Each calls f for every line of a walk with its candidates and their
// probabilities, which f must not keep.
func (m *Model) Each(w rows, lines int, f func(i int, cands []int32, p []float32)) {
	var bins []uint8
	var p []float32
	n := len(m.Edges)
	for range lines {
		i, cands, rows := w.Next()
		bins = m.Bins(rows, bins)
		p = p[:0]
		for c := range cands {
			p = append(p, m.Score(bins[c*n:(c+1)*n]))
		}
		Softmax(p)
		f(i, cands, p)
	}
}

// FirstPass is the likeliest candidates of every line.
func (m *Model) FirstPass(k *talk.Talk) []Kept {
	kept := make([]Kept, 0, len(k.Lines))
	m.Each(NewWalker(k), len(k.Lines), func(_ int, cands []int32, p []float32) { kept = append(kept, keepOf(cands, p)) })
	return kept
}

// FirstChoice is the choice of the first pass for every line.
func (m *Model) FirstChoice(k *talk.Talk) []Choice {
	choices := make([]Choice, 0, len(k.Lines))
	m.Each(NewWalker(k), len(k.Lines), func(_ int, cands []int32, p []float32) { choices = append(choices, best(cands, p)) })
	return choices
}

// Choose is the choice for every line. O(lines), about 110 bytes a line.
func (p *Pair) Choose(k *talk.Talk) []Choice {
	choices := make([]Choice, 0, len(k.Lines))
	p.Second.Each(NewSeconder(k, p.First.FirstPass(k)), len(k.Lines), func(_ int, cands []int32, p []float32) {
		choices = append(choices, best(cands, p))
	})
	return choices
}

// best is the likeliest candidate, the newest of equals.
func best(cands []int32, p []float32) Choice {
	top := Choice{None, -1}
	for c, j := range cands {
		if p[c] > top.P || p[c] == top.P && j > top.Line {
			top = Choice{j, p[c]}
		}
	}
	return top
}
