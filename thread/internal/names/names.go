// Package names gives out names that no two bear.
package names

import "strconv"

// Set gives out names, each once: a name that is taken comes as name~2,
// name~3, … The zero Set is ready for use. It keeps all names it gave.
type Set struct {
	taken map[string]int // the next suffix to try
}

// Take is want where that is free, else want with the first free suffix.
func (n *Set) Take(want string) string {
	if n.taken == nil {
		n.taken = map[string]int{}
	}
	name := want
	for i := max(n.taken[want], 2); ; i++ {
		if _, used := n.taken[name]; !used {
			n.taken[name] = 0
			return name
		}
		name = want + "~" + strconv.Itoa(i)
		n.taken[want] = i + 1
	}
}
