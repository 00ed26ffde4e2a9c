package jsondoc

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// cutError tells that the input ends inside a document.
type cutError struct{ where string }

func (e cutError) Error() string {
	return "the JSON breaks off at " + e.where + "; was the file copied as a whole?"
}

// Parse reads all documents of src. The Tree holds what was read even where
// there is an error. It takes a little more than JSON allows: raw control
// characters and unknown escapes in strings, and the NaN and Infinity that
// Python writes, which are Null. src must be shorter than 2 GiB. O(len(src)).
func Parse(src string) (*Tree, error) {
	t := &Tree{src: src, ids: map[string]int32{}, nodes: make([]node, 0, len(src)/32+4)}
	p := parser{t: t, name: -1}
	err := p.run()
	for _, n := range p.stack {
		t.nodes[n].end = int32(len(t.nodes))
	}
	for n := int32(0); int(n) < len(t.nodes); n = t.nodes[n].end {
		t.docs = append(t.docs, Value{t, n})
	}
	return t, err
}

type parser struct {
	t     *Tree
	at    int
	stack []int32 // open arrays and objects
	name  int32   // of the value that comes next, -1 for none
}

// expect is what may come next.
type expect uint8

const (
	value  expect = iota
	first         // a value or the end of the array
	key           // after a comma in an object
	opened        // a key or the end of the object
	comma         // or the end of what is open
)

func (p *parser) run() error {
	src := p.t.src
	for next := value; ; {
		for p.at < len(src) && (src[p.at] == ' ' || src[p.at] == '\n' || src[p.at] == '\t' || src[p.at] == '\r') {
			p.at++
		}
		if p.at == len(src) {
			if len(p.stack) > 0 {
				return p.cut()
			}
			return nil
		}
		c := src[p.at]
		switch {
		case next == comma && c == ',':
			p.at++
			next = value
			if p.top() == Object {
				next = key
			}
		case c == ']' && (next == first || next == comma && p.top() == Array),
			c == '}' && (next == opened || next == comma && p.top() == Object):
			p.at++
			next = p.close()
		case (next == key || next == opened) && c == '"':
			if err := p.key(); err != nil {
				return err
			}
			next = value
		case next == value || next == first:
			if len(p.t.nodes) == maxValues {
				return fmt.Errorf("more than %d values; the input was read up to %s", maxValues, p.t.position(p.at))
			}
			if c == '[' || c == '{' {
				next = p.openNode(c)
				continue
			}
			if err := p.scalar(c); err != nil {
				return err
			}
			next = p.after()
		default:
			return p.bad()
		}
	}
}

// top is the kind of the innermost open value.
func (p *parser) top() Kind { return p.t.nodes[p.stack[len(p.stack)-1]].kind }

// after is what may come behind a whole value.
func (p *parser) after() expect {
	if len(p.stack) == 0 {
		return value
	}
	return comma
}

func (p *parser) openNode(c byte) expect {
	kind, next := Array, first
	if c == '{' {
		kind, next = Object, opened
	}
	p.stack = append(p.stack, int32(len(p.t.nodes)))
	p.add(kind, p.at, 0)
	p.at++
	return next
}

func (p *parser) close() expect {
	n := &p.t.nodes[p.stack[len(p.stack)-1]]
	p.stack = p.stack[:len(p.stack)-1]
	n.hi, n.end = int32(p.at), int32(len(p.t.nodes))
	return p.after()
}

func (p *parser) add(kind Kind, lo, hi int) {
	p.t.nodes = append(p.t.nodes, node{lo: int32(lo), hi: int32(hi), end: int32(len(p.t.nodes)) + 1, name: p.name, kind: kind})
	p.name = -1
}

// key reads a field's name and its colon.
func (p *parser) key() error {
	lo := p.at
	if err := p.quoted(); err != nil {
		return err
	}
	raw := p.t.src[lo+1 : p.at-1]
	for p.at < len(p.t.src) && strings.IndexByte(" \n\t\r", p.t.src[p.at]) >= 0 {
		p.at++
	}
	if p.at == len(p.t.src) {
		return p.cut()
	}
	if p.t.src[p.at] != ':' {
		return p.bad()
	}
	p.at++
	if strings.IndexByte(raw, '\\') >= 0 {
		raw = unescape(raw)
	}
	id, ok := p.t.ids[raw]
	if !ok {
		id = int32(len(p.t.names))
		p.t.names = append(p.t.names, raw)
		p.t.ids[raw] = id
	}
	p.name = id
	return nil
}

// quoted moves past a string.
func (p *parser) quoted() error {
	src := p.t.src
	for i := p.at + 1; ; {
		k := strings.IndexByte(src[i:], '"')
		if k < 0 {
			return p.cut()
		}
		i += k
		slashes := 0
		for src[i-1-slashes] == '\\' { // stops at the opening quote at the latest
			slashes++
		}
		i++
		if slashes%2 == 0 {
			p.at = i
			return nil
		}
	}
}

// words are what may stand without quotes beside numbers.
var words = map[string]Kind{"true": Bool, "false": Bool, "null": Null, "NaN": Null, "Infinity": Null, "-Infinity": Null}

func (p *parser) scalar(c byte) error {
	lo := p.at
	if c == '"' {
		if err := p.quoted(); err != nil {
			return err
		}
		p.add(String, lo, p.at)
		return nil
	}
	hi := lo
	for hi < len(p.t.src) && isBare(p.t.src[hi]) {
		hi++
	}
	if hi == len(p.t.src) && len(p.stack) > 0 {
		return p.cut() // perhaps there was more of the word or number
	}
	word := p.t.src[lo:hi]
	kind, ok := words[word]
	if !ok && isNumber(word) {
		kind, ok = Number, true
	}
	if !ok {
		return p.bad()
	}
	p.add(kind, lo, hi)
	p.at = hi
	return nil
}

func isBare(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '+' || c == '-' || c == '.'
}

// isNumber tells that s is a number as JSON writes them, give or take leading
// zeros.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	if whole == 0 {
		return false
	}
	s = s[whole:]
	if after, ok := strings.CutPrefix(s, "."); ok {
		part := digits(after)
		if part == 0 {
			return false
		}
		s = after[part:]
	}
	if s == "" {
		return true
	}
	if s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && digits(s) == len(s)
}

// digits is how many digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return n
}

func (p *parser) cut() error { return cutError{p.t.position(len(p.t.src))} }

func (p *parser) bad() error {
	r, _ := utf8.DecodeRuneInString(p.t.src[p.at:])
	return fmt.Errorf("not JSON at %s: %q was not expected there", p.t.position(p.at), r)
}

// unescape is the content of a string. A half of a surrogate pair becomes
// U+FFFD, an escape that JSON does not know stands for itself. The result does
// not hold on to the source.
func unescape(raw string) string {
	k := strings.IndexByte(raw, '\\')
	if k < 0 {
		return strings.Clone(raw)
	}
	var b strings.Builder
	b.Grow(len(raw))
	for ; k >= 0; k = strings.IndexByte(raw, '\\') {
		b.WriteString(raw[:k])
		c := raw[k+1] // a string never ends in half an escape
		raw = raw[k+2:]
		switch c {
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u':
			r, ok := hex(raw)
			if !ok {
				b.WriteByte('u')
				continue
			}
			raw = raw[4:]
			if utf16.IsSurrogate(r) && strings.HasPrefix(raw, `\u`) {
				if low, ok := hex(raw[2:]); ok {
					if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
						r, raw = pair, raw[6:]
					}
				}
			}
			b.WriteRune(r)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteString(raw)
	return b.String()
}

// hex is the number that the first four characters of s write.
func hex(s string) (rune, bool) {
	if len(s) < 4 || s[0] == '+' || s[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[:4], 16, 32)
	return rune(n), err == nil
}
