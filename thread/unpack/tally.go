package unpack

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"threadheat/thread"
)

// shelf hands out the pages of one web archive, and keeps account of them and
// of what else is in it.
type shelf struct {
	u       *unpacker
	name    string
	pages   int
	cut     int // pages known to be cut short before they are read
	over    map[string]int
	first   map[string]string // address of the first of some kinds
	handed  map[uint64]int32  // how many pages of an address, by its hash: 16 bytes a page are kept
	remarks int
}

// shelve reads a web archive, notes the account of it, and yields its error.
// False means that the receiver has had enough.
func (u *unpacker) shelve(name string, read func(*shelf) (more bool, err error)) bool {
	s := &shelf{u: u, name: name, over: map[string]int{}, first: map[string]string{}, handed: map[uint64]int32{}}
	more, err := read(s)
	if !more {
		return false
	}
	s.close()
	return err == nil || u.yield(Member{Name: name}, fmt.Errorf("%s: %w", name, err))
}

const (
	maxRemarks = 20 // on places that are broken, for an archive
	maxKinds   = 40 // told apart in the account
	maxKind    = 80 // bytes of a media type
	maxName    = 300
)

// passOver counts what is no page. kind is a noun in the singular, or a media
// type.
func (s *shelf) passOver(kind string) {
	if s.over[kind] == 0 && (len(s.over) >= maxKinds || len(kind) > maxKind || kind != shortName(kind)) {
		kind = "other file"
	}
	s.over[kind]++
}

// mention keeps the address of the first of its kind for the account.
func (s *shelf) mention(kind, url string) {
	if s.first[kind] == "" {
		s.first[kind] = shortName(url)
	}
}

// remark notes that something is broken, the first few times.
func (s *shelf) remark(format string, args ...any) {
	if s.remarks++; s.remarks <= maxRemarks {
		s.u.note(s.name + ": " + fmt.Sprintf(format, args...))
	}
}

// member is a page to be yielded. where stands for the address where the page
// has none.
func (s *shelf) member(url, where string, captured thread.Stamp) Member {
	s.pages++
	m := Member{Captured: captured}
	if web(url) {
		m.URL = url
	}
	label := shortName(cmp.Or(url, where))
	h := fnv.New64a()
	h.Write([]byte(label))
	s.handed[h.Sum64()]++
	if n := s.handed[h.Sum64()]; n > 1 {
		label += " (" + strconv.Itoa(int(n)) + ")"
	}
	m.Name = s.name + "/" + label
	return m
}

// web tells whether an address is one of the web: those of local files say more
// of who saved a page than of the page.
func web(url string) bool {
	return strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://")
}

// printable is what a stranger called something without what would garble a
// message, or steer a terminal.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "\uFFFD"))
}

// shortName is an address as a message can hold it.
func shortName(url string) string {
	url = printable(url)
	if len(url) > maxName {
		url = strings.ToValidUTF8(url[:maxName], "") + "…"
	}
	return url
}

// close notes the account.
func (s *shelf) close() {
	if s.remarks > maxRemarks {
		s.u.note(fmt.Sprintf("%s: %d more places are broken", s.name, s.remarks-maxRemarks))
	}
	said := fmt.Sprintf("%s: %s", s.name, count(s.pages, "page"))
	if s.pages == 0 {
		said = s.name + ": no pages"
	}
	if s.cut > 0 {
		said += fmt.Sprintf(", of which %d cut short when saved (first %s)", s.cut, s.first[truncated])
	}
	kinds := slices.SortedFunc(maps.Keys(s.over), func(a, b string) int {
		return cmp.Or(s.over[b]-s.over[a], strings.Compare(a, b))
	})
	before := "; passed over "
	for _, kind := range kinds {
		said += before + count(s.over[kind], kind)
		before = ", "
		if s.first[kind] != "" {
			said += " (first " + s.first[kind] + ")"
		}
	}
	s.u.note(said)
}

// count is "1 image", "2 images", "2 of type application/pdf".
func count(n int, kind string) string {
	switch {
	case strings.Contains(kind, "/"):
		return fmt.Sprintf("%d of type %s", n, kind)
	case n == 1:
		return "1 " + kind
	}
	return fmt.Sprintf("%d %ss", n, kind)
}
