package dom

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// slowMatch is Match as Selector says it, without numbers and short cuts.
func slowMatch(t *Tree, n Node, s *Selector) bool {
	one := func(n Node, st step) bool {
		if t.IsText(n) || st.tag != "" && st.tag != t.Tag(n) {
			return false
		}
		for _, c := range st.tests {
			v, ok := t.Attr(n, c.key)
			switch c.op {
			case '=':
				ok = v == c.val
			case '~':
				ok = strings.Contains(" "+strings.Join(strings.Fields(v), " ")+" ", " "+c.val+" ")
			case '^':
				ok = strings.HasPrefix(v, c.val)
			case '$':
				ok = strings.HasSuffix(v, c.val)
			case '*':
				ok = strings.Contains(v, c.val)
			}
			if !ok {
				return false
			}
		}
		return true
	}
	for _, chain := range s.chains {
		at := map[Node]bool{}
		if one(n, chain[len(chain)-1]) {
			at[n] = true
		}
		for i := len(chain) - 2; i >= 0; i-- {
			up := map[Node]bool{}
			for c := range at {
				for a := range t.Ancestors(c) {
					if one(a, chain[i]) {
						up[a] = true
					}
					if chain[i+1].child {
						break
					}
				}
			}
			at = up
		}
		if len(at) > 0 {
			return true
		}
	}
	return false
}

// randomPage has many names, few of which selectors ask for, some too alike for
// the quick look-up to tell apart, and values beyond the size from which on a
// tree keeps a set of what they hold.
func randomPage(r *rand.Rand, elements int) string {
	var b strings.Builder
	tags := []string{"div", "p", "b", "ul", "li", "x-ab", "x-ba"}
	keys := []string{"id", "class", "rel", "data-ab", "data-ba"}
	values := []string{"comment", "comment even", "commented", "li-1", "url", "even", "", "&#99;omment", "nofollow url"}
	for range elements {
		if r.IntN(3) == 0 {
			fmt.Fprintf(&b, "</%s>", tags[r.IntN(len(tags))])
			continue
		}
		tag := tags[r.IntN(len(tags))]
		if r.IntN(10) == 0 {
			tag = fmt.Sprint("y", r.IntN(400))
		}
		fmt.Fprintf(&b, "<%s", tag)
		for range r.IntN(4) {
			key := keys[r.IntN(len(keys))]
			if r.IntN(10) == 0 {
				key = fmt.Sprint("k", r.IntN(400))
			}
			fmt.Fprintf(&b, ` %s="%s"`, key, values[r.IntN(len(values))])
		}
		b.WriteString(">text ")
	}
	return b.String()
}

func TestMatchAgainstTwin(t *testing.T) {
	var selectors []*Selector
	for _, s := range []string{
		"div", "x-ab", "x-ba", "y7", "y399", ".comment", ".even", "#comment", "[rel]", "[k7]", "[rel=url]", "[rel~=url]", "[class^=comm]", "[class$=even]", "[class*=mente]",
		"[data-ab=li-1]", "[data-ba=li-1]", "div.comment[rel], li#even, .absent", "ul li", "ul > li", "div .comment p > b", "missing", "div.missing", ".comment .commented, missing li",
		"[class*=x]", "[id=url][rel*=f]",
	} {
		selectors = append(selectors, Select(s))
	}
	r := rand.New(rand.NewPCG(5, 6))
	matched := map[*Selector]int{}
	for round := range 60 {
		page := Parse(randomPage(r, 20+round*12))
		young := Select("li.even") // made after the page was read
		for n := range Node(page.Len()) {
			for _, s := range append(selectors, young) {
				got, want := page.Match(n, s), slowMatch(page, n, s)
				if got != want {
					t.Fatalf("Match(<%s %v>, %s) = %v, want %v", page.Tag(n), page.Source(page.Offset(n), page.Offset(n)+60), s, got, want)
				}
				if got {
					matched[s]++
				}
			}
		}
		for _, s := range selectors {
			count := 0
			for range page.All(Root, s, nil) {
				count++
			}
			for n := Root + 1; int(n) < page.Len(); n++ {
				if page.Match(n, s) {
					count--
				}
			}
			if count != 0 {
				t.Fatalf("All(%s) finds %d more nodes than Match", s, count)
			}
		}
	}
	for _, s := range selectors {
		if absent := strings.Contains(s.String(), "missing") && !strings.Contains(s.String(), ",") || s.String() == "[class*=x]"; (matched[s] == 0) != absent {
			t.Errorf("%s was matched %d times", s, matched[s])
		}
	}
}

func TestInterner(t *testing.T) {
	var s interner
	names := []string{"", "a", "ab", "ba", "class", "id"}
	for i := range 600 { // beyond what the quick look-up can number
		names = append(names, fmt.Sprint("name-", i))
	}
	for range 3 {
		for want, name := range names {
			if got := s.id([]byte(name)); int(got) != want || s.names[got] != name || s.find(name) != got {
				t.Fatalf("id(%q) = %d, find = %d, want %d", name, got, s.find(name), want)
			}
		}
	}
	if got := s.find("absent"); got != -1 {
		t.Errorf("find of a name that was never met = %d, want -1", got)
	}
}
