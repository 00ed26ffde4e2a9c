package model

import (
	_ "embed"
	"strings"
)

//go:embed classes.txt
var classText string

//go:embed identities.txt
var identityText string

// identities are the folded words of identities.txt.
var identities = func() map[string]bool {
	m := map[string]bool{}
	for line := range strings.Lines(identityText) {
		if line[0] != '#' {
			for w := range strings.FieldsSeq(line) {
				m[w] = true
			}
		}
	}
	return m
}()

// classTable are the classes of words by the hash of their letters, those of all
// words that begin so apart from those of the word alone. Open addressing.
type classTable struct {
	keys          []uint64
	exact, prefix []uint64
}

// entry is the place of a key, or the free one where it would stand.
func (t *classTable) entry(h uint64) int {
	mask := uint64(len(t.keys) - 1)
	i := h * 0x9E3779B97F4A7C15 >> 40 & mask
	for t.keys[i] != h && t.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return int(i)
}

// classTableSize is a power of two, a few times what classes.txt holds.
const classTableSize = 1 << 13

// readClasses reads classes.txt, and tells the names of the classes too.
func readClasses() (t *classTable, names []string) {
	t = &classTable{make([]uint64, classTableSize), make([]uint64, classTableSize), make([]uint64, classTableSize)}
	for line := range strings.Lines(classText) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			names = append(names, strings.Trim(line, "[]"))
		default:
			bit := uint64(1) << (len(names) - 1)
			for w := range strings.FieldsSeq(line) {
				stem, isPrefix := strings.CutSuffix(w, "*")
				h := hashOf(stem)
				i := t.entry(h)
				t.keys[i] = h
				if isPrefix {
					t.prefix[i] |= bit
				} else {
					t.exact[i] |= bit
				}
			}
		}
	}
	return t, names
}

var classes, classNames = readClasses()

// shortestStem is the number of letters of the shortest stem with a *.
const shortestStem = 3

// classify is the hash of a folded word, and its classes, one bit each.
func classify(b []byte) (h, set uint64) {
	h = offset64
	for i, c := range b {
		h = (h ^ uint64(c)) * prime64
		if i+1 >= shortestStem {
			if e := classes.entry(h); classes.keys[e] == h {
				set |= classes.prefix[e]
				if i+1 == len(b) {
					set |= classes.exact[e]
				}
			}
		} else if i+1 == len(b) {
			if e := classes.entry(h); classes.keys[e] == h {
				set |= classes.exact[e]
			}
		}
	}
	return h, set
}
