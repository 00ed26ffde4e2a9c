package dom

import (
	"slices"
	"strings"
	"sync/atomic"

	"threadheat/thread/internal/grams"
)

// interner numbers names: those that are known beforehand by their place in the
// list, the others in the order in which they are first met.
type interner struct {
	known *known // nil: none
	names []string
	ids   map[string]int32 // of the others
	// recent are the numbers of names met of late, plus one, by a hash that
	// need not be good: what is not here is in ids.
	recent [64]uint8
}

func (s *interner) id(name []byte) int32 {
	k := len(name)
	if k > 0 {
		k += int(name[0])*5 + int(name[k-1])*3 + int(name[k/2])
	}
	slot := &s.recent[k%len(s.recent)]
	if i := int(*slot) - 1; i >= 0 && s.names[i] == string(name) {
		return int32(i)
	}
	id, ok := s.known.find(string(name))
	if !ok {
		id, ok = s.ids[string(name)]
	}
	if !ok {
		if s.ids == nil {
			s.ids = map[string]int32{}
		}
		id = int32(len(s.names))
		own := string(name)
		s.names, s.ids[own] = append(s.names, own), id
	}
	if id < 255 {
		*slot = uint8(id) + 1
	}
	return id
}

// find is the number of a name, -1 where it was never met.
func (s *interner) find(name string) int32 {
	if id, ok := s.known.find(name); ok {
		return id
	}
	if id, ok := s.ids[name]; ok {
		return id
	}
	return -1
}

// known are names that have the same number in every interner.
type known struct {
	names []string
	ids   map[string]int32
}

func newKnown(names ...string) *known {
	k := &known{names, map[string]int32{}}
	for i, name := range names {
		k.ids[name] = int32(i)
	}
	return k
}

func (k *known) find(name string) (id int32, ok bool) {
	if k != nil {
		id, ok = k.ids[name]
	}
	return id, ok
}

// start is an interner that knows these names.
func (k *known) start() interner { return interner{known: k, names: slices.Clip(k.names)} }

// bound is what is left of a selector in one tree: names are numbers there, and
// chains that no node can answer are gone.
type bound struct{ chains [][]boundStep }

type boundStep struct {
	child bool
	tag   int32 // -1: any
	tests []boundTest
}

type boundTest struct {
	key int32
	op  byte
	val string
}

// selectors is how many selectors there are: each tree keeps what it has found
// out of each.
var selectors atomic.Int32

// bind is what is left of s in this tree.
func (t *Tree) bind(s *Selector) *bound {
	slots := t.bounds.Load()
	if slots == nil {
		fresh := make([]atomic.Pointer[bound], selectors.Load())
		slots = &fresh
		if !t.bounds.CompareAndSwap(nil, slots) {
			slots = t.bounds.Load()
		}
	}
	if int(s.number) >= len(*slots) { // younger than the tree
		return t.compile(s)
	}
	slot := &(*slots)[s.number]
	b := slot.Load()
	if b == nil {
		b = t.compile(s)
		slot.Store(b)
	}
	return b
}

func (t *Tree) compile(s *Selector) *bound {
	var b bound
chains:
	for _, chain := range s.chains {
		steps := make([]boundStep, 0, len(chain))
		for _, st := range chain {
			bs := boundStep{child: st.child, tag: -1, tests: make([]boundTest, 0, len(st.tests))}
			if st.tag != "" {
				if bs.tag = t.tagNames.find(st.tag); bs.tag < 0 {
					continue chains
				}
			}
			for _, c := range st.tests {
				key := t.keys.find(c.key)
				if key < 0 || c.op != 0 && !t.mayHold(c.val) {
					continue chains
				}
				bs.tests = append(bs.tests, boundTest{key, c.op, c.val})
			}
			steps = append(steps, bs)
		}
		b.chains = append(b.chains, steps)
	}
	return &b
}

// smallest is from which length of attributes on they are worth a set of what
// they hold.
const smallest = 8 << 10

// mayHold tells whether an attribute can hold val.
func (t *Tree) mayHold(val string) bool {
	if len(t.vals) < smallest {
		return strings.Contains(t.vals, val)
	}
	set := t.held.Load()
	if set == nil {
		set = grams.Of(t.vals)
		t.held.Store(set)
	}
	return set.May(val)
}
