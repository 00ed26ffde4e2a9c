package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Node splits on a column: rows of bin ≤ Bin go Left, the others Right. A child
// below 0 is the leaf ^child.
type Node struct {
	Column, Bin uint8
	Left, Right int8
}

// Tree is a regression tree; Nodes[0] is its root.
type Tree struct {
	Nodes  []Node
	Leaves []float32
}

// Model ranks candidates by the sum of its trees.
type Model struct {
	Edges [][]float32 // by column, ascending: bin b holds values ≤ Edges[b]
	Trees []Tree
}

// Bins puts the values of a row, or of several, into their bins.
func (m *Model) Bins(rows []float32, out []uint8) []uint8 {
	out = out[:0]
	for i, v := range rows {
		e := m.Edges[i%len(m.Edges)]
		b, _ := slices.BinarySearch(e, v)
		out = append(out, uint8(b))
	}
	return out
}

// Leaf is the leaf of t in which a row of bins ends.
func (t *Tree) Leaf(row []uint8) int {
	at := int8(0)
	for at >= 0 {
		n := &t.Nodes[at]
		if row[n.Column] <= n.Bin {
			at = n.Left
		} else {
			at = n.Right
		}
	}
	return int(^at)
}

// Score is the sum of the trees' leaves for a row of bins.
func (m *Model) Score(row []uint8) float32 {
	var s float32
	for i := range m.Trees {
		t := &m.Trees[i]
		s += t.Leaves[t.Leaf(row)]
	}
	return s
}

// Softmax turns scores into probabilities in place.
func Softmax(s []float32) {
	top := slices.Max(s)
	sum := float32(0)
	for i, v := range s {
		s[i] = float32(math.Exp(float64(v - top)))
		sum += s[i]
	}
	for i := range s {
		s[i] /= sum
	}
}

// leafScale is the step in which leaves are kept in a file.
const leafScale = 1.0 / 4096

// Round makes v what Encode keeps of it.
func Round(v float64) float32 {
	return float32(min(max(math.Round(v/leafScale), math.MinInt16), math.MaxInt16) * leafScale)
}

// Encode writes m: counts, then edges, then trees, little endian.
func (m *Model) Encode() []byte {
	var b []byte
	b = append(b, uint8(len(m.Edges)))
	for _, e := range m.Edges {
		b = append(b, uint8(len(e)))
		for _, v := range e {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	b = binary.LittleEndian.AppendUint16(b, uint16(len(m.Trees)))
	for _, t := range m.Trees {
		b = append(b, uint8(len(t.Nodes)))
		for _, n := range t.Nodes {
			b = append(b, n.Column, n.Bin, uint8(n.Left), uint8(n.Right))
		}
		for _, v := range t.Leaves {
			b = binary.LittleEndian.AppendUint16(b, uint16(int16(math.Round(float64(v)/leafScale))))
		}
	}
	return b
}

// Decode reads what Encode wrote, and refuses what could not be scored.
func Decode(b []byte) (*Model, error) {
	short := errors.New("the model ends early")
	u8 := func() int {
		if len(b) == 0 {
			return -1
		}
		v := int(b[0])
		b = b[1:]
		return v
	}
	m := &Model{}
	columns := u8()
	for range columns {
		n := u8()
		if n < 0 || len(b) < 4*n {
			return nil, short
		}
		e := make([]float32, n)
		for i := range e {
			e[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		b = b[4*n:]
		m.Edges = append(m.Edges, e)
	}
	if len(b) < 2 {
		return nil, short
	}
	trees := int(binary.LittleEndian.Uint16(b))
	b = b[2:]
	for range trees {
		n := u8()
		if n < 1 || len(b) < 4*n+2*(n+1) {
			return nil, short
		}
		t := Tree{Nodes: make([]Node, n), Leaves: make([]float32, n+1)}
		for i := range t.Nodes {
			t.Nodes[i] = Node{b[0], b[1], int8(b[2]), int8(b[3])}
			b = b[4:]
			c := &t.Nodes[i]
			for _, child := range []int8{c.Left, c.Right} {
				if child >= 0 && (int(child) <= i || int(child) >= n) || child < 0 && int(^child) > n {
					return nil, fmt.Errorf("the model's tree %d leads nowhere", len(m.Trees))
				}
			}
			if int(c.Column) >= columns {
				return nil, fmt.Errorf("the model's tree %d asks for column %d of %d", len(m.Trees), c.Column, columns)
			}
		}
		for i := range t.Leaves {
			t.Leaves[i] = float32(int16(binary.LittleEndian.Uint16(b))) * leafScale
			b = b[2:]
		}
		m.Trees = append(m.Trees, t)
	}
	if len(b) > 0 {
		return nil, errors.New("the model goes on after its end")
	}
	return m, nil
}
