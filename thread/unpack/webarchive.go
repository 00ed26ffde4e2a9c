package unpack

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"

	"threadheat/thread"
)

// The reader of what Safari saves as a "web archive": a binary property list,
// with the page under WebMainResource and the pages shown within it under
// WebSubframeArchives.

// webarchive yields the page and those within it. The file says nowhere when it
// was saved.
func (s *shelf) webarchive(in *bufio.Reader) (more bool, err error) {
	all, err := io.ReadAll(io.LimitReader(in, MaxSpool+1))
	if err != nil {
		return true, err
	}
	if len(all) > MaxSpool {
		return true, fmt.Errorf("a web archive of Safari may have %d MB", MaxSpool>>20)
	}
	p, top, ok := openPlist(all)
	if !ok {
		return true, fmt.Errorf("the property list is broken: %w", io.ErrUnexpectedEOF)
	}
	archives := []int{top}
	for i := 0; i < len(archives) && p.left >= 0; i++ {
		if s.u.swollen() {
			return true, fmt.Errorf("what follows in it is not read: %w", ErrBomb)
		}
		page, ok := p.get(archives[i], "WebMainResource")
		if !ok {
			s.remark("an archive without a page in it")
			continue
		}
		if !s.resource(p, page) {
			return false, nil
		}
		others, _ := p.get(archives[i], "WebSubresources")
		for _, r := range p.array(others) {
			if p.left < 0 {
				break
			}
			kind, _ := p.get(r, "WebResourceMIMEType")
			what, _ := mediaType(p.text(kind))
			if named := nonPage(what); named != "" {
				what = named
			}
			if what == "" {
				what = "unknown file"
			}
			s.passOver(what)
		}
		frames, _ := p.get(archives[i], "WebSubframeArchives")
		more := p.array(frames)
		if len(archives)+len(more) > maxFrames { // a list that holds itself has no end
			s.remark("it shows more than %d pages; the rest is not read", maxFrames)
			more = more[:maxFrames-len(archives)]
		}
		archives = append(archives, more...)
	}
	if p.left < 0 {
		s.remark("it is too intricate; the rest is not read")
	}
	return true, nil
}

const (
	maxFrames  = 1000
	maxLookups = 1 << 22 // in a property list; each is a step or two
	maxThings  = 1 << 16 // in a dictionary or list, or bytes in a string
)

// resource yields a page.
func (s *shelf) resource(p *plist, page int) bool {
	field := func(key string) int { r, _ := p.get(page, key); return r }
	kind, _ := mediaType(p.text(field("WebResourceMIMEType")))
	if what := nonPage(kind); what != "" {
		s.passOver(what)
		return true
	}
	content := p.data(field("WebResourceData"))
	if unlabelled(kind) && !textual(content[:min(len(content), 512)]) {
		s.passOver("unknown file")
		return true
	}
	m := s.member(p.text(field("WebResourceURL")), fmt.Sprintf("page %d", s.pages+1), thread.Stamp{})
	// What stands there once can be told of many times: it swells.
	r := &layer{s.u.account, bytes.NewReader(content), "web archive"}
	m.Reader = newPage(inUTF8(r, kind, p.text(field("WebResourceTextEncodingName"))), "")
	return s.u.yield(m, nil)
}

// plist is a binary property list, version 00: objects, a table of where they
// stand, and a trailer of 32 bytes that tells of the table. An object is named by
// its place in the table; none is at a negative one.
type plist struct {
	b, table []byte
	offset   int // bytes of an entry in the table
	ref      int // bytes of a reference from one object to another
	left     int // how many objects may still be looked at
}

func openPlist(b []byte) (p *plist, top int, ok bool) {
	const trailer = 32
	if len(b) < 8+trailer {
		return nil, 0, false
	}
	end := b[len(b)-trailer:]
	p = &plist{b: b[:len(b)-trailer], offset: int(end[6]), ref: int(end[7]), left: maxLookups}
	n, first, at := binary.BigEndian.Uint64(end[8:]), binary.BigEndian.Uint64(end[16:]), binary.BigEndian.Uint64(end[24:])
	size := uint64(len(p.b))
	if p.offset < 1 || p.offset > 8 || p.ref < 1 || p.ref > 8 || at > size || n > size || n*uint64(p.offset) > size-at || first >= n {
		return nil, 0, false
	}
	p.table = p.b[at : at+n*uint64(p.offset)]
	return p, int(first), true
}

// number reads a whole number; one that is no place in a file is -1.
func number(b []byte) int {
	n := uint64(0)
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	if n > 1<<40 {
		return -1
	}
	return int(n)
}

// object is the kind of an object, the upper half of its mark, how many things it
// holds, and the bytes from the first of them on; kind is 0 where there is none.
func (p *plist) object(r int) (kind byte, n int, body []byte) {
	if p.left--; p.left < 0 || r < 0 || r >= len(p.table)/p.offset {
		return 0, 0, nil
	}
	at := number(p.table[r*p.offset : (r+1)*p.offset])
	if at < 0 || at >= len(p.b) {
		return 0, 0, nil
	}
	kind, n, body = p.b[at]>>4, int(p.b[at]&15), p.b[at+1:]
	if n == 15 { // a number object tells
		if len(body) == 0 || body[0]>>4 != 1 || body[0]&15 > 3 || len(body) < 1+1<<(body[0]&15) {
			return 0, 0, nil
		}
		size := 1 << (body[0] & 15)
		n, body = number(body[1:1+size]), body[1+size:]
	}
	if n < 0 || n > len(body) {
		return 0, 0, nil
	}
	return kind, n, body
}

// get is what a dictionary holds under a key, or -1.
func (p *plist) get(r int, key string) (value int, ok bool) {
	kind, n, body := p.object(r)
	if kind != 13 || n > maxThings || 2*n*p.ref > len(body) {
		return -1, false
	}
	at := func(i int) int { return number(body[i*p.ref : (i+1)*p.ref]) }
	for i := range n { // all keys, then all values
		if kind, length, name := p.object(at(i)); kind == 5 && string(name[:length]) == key {
			return at(n + i), true
		}
	}
	return -1, false
}

func (p *plist) array(r int) []int {
	kind, n, body := p.object(r)
	if kind != 10 || n > maxThings || n*p.ref > len(body) {
		return nil
	}
	refs := make([]int, n)
	for i := range refs {
		refs[i] = number(body[i*p.ref : (i+1)*p.ref])
	}
	return refs
}

func (p *plist) data(r int) []byte {
	kind, n, body := p.object(r)
	if kind != 4 {
		return nil
	}
	return body[:n]
}

// text is a string, of ASCII or of UTF-16 letters.
func (p *plist) text(r int) string {
	kind, n, body := p.object(r)
	n = min(n, maxThings)
	switch {
	case kind == 5:
		return string(body[:n])
	case kind == 6 && 2*n <= len(body):
		letters := make([]uint16, n)
		for i := range letters {
			letters[i] = binary.BigEndian.Uint16(body[2*i:])
		}
		return string(utf16.Decode(letters))
	}
	return ""
}
