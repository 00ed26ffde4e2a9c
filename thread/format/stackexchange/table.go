package stackexchange

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strconv"
)

// table maps numbers to numbers, in 16 bytes a pair: a map takes three times
// that, and the largest site has tens of millions of users and answers. Dumps
// are sorted by number, so there is seldom anything to sort.
type table struct {
	pairs    []pair
	unsorted bool
}

type pair struct{ key, value int64 }

// add takes a pair. A key that is no number is left out.
func (t *table) add(key string, value int64) {
	k, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return
	}
	if n := len(t.pairs); n > 0 && t.pairs[n-1].key > k {
		t.unsorted = true
	}
	t.pairs = append(t.pairs, pair{k, value})
}

// sort must come between add and get.
func (t *table) sort() {
	if t.unsorted {
		slices.SortStableFunc(t.pairs, func(a, b pair) int { return cmp.Compare(a.key, b.key) })
		t.unsorted = false
	}
}

// get is the value that was added last with a key.
func (t *table) get(key string) (value int64, ok bool) {
	k, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return 0, false
	}
	i := sort.Search(len(t.pairs), func(i int) bool { return t.pairs[i].key > k })
	if i == 0 || t.pairs[i-1].key != k {
		return 0, false
	}
	return t.pairs[i-1].value, true
}

// names are those of users, by number.
type names struct {
	table table // place and length in text
	text  []byte
}

const lengthBits = 16

func (n *names) add(id, name string) {
	if name == "" || len(name) >= 1<<lengthBits || len(n.text) > math.MaxInt>>lengthBits-len(name) {
		return
	}
	n.table.add(id, int64(len(n.text)<<lengthBits|len(name)))
	n.text = append(n.text, name...)
}

// get is the name of a user, "" where it is not known.
func (n *names) get(id string) string {
	v, ok := n.table.get(id)
	if !ok {
		return ""
	}
	at, length := int(v>>lengthBits), int(v&(1<<lengthBits-1))
	return string(n.text[at : at+length])
}
