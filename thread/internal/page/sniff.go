package page

import (
	"bytes"
	"fmt"
	"regexp"

	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
)

// Head is the head of an HTML page, in which ASCII marks can be searched for;
// why says so where h is that of something else.
func Head(h format.Head) (page format.Head, why string) {
	page = Narrow(h)
	start := bytes.TrimLeft(bytes.TrimPrefix(page.Bytes, []byte("\xEF\xBB\xBF")), " \t\r\n\x00")
	if len(start) == 0 || start[0] != '<' || !hasMarkup(start[:min(len(start), 4096)]) {
		return format.Head{}, "not an HTML page"
	}
	if bytes.HasPrefix(start, []byte("<?xml")) && !bytes.Contains(start[:min(len(start), 1024)], []byte("<html")) {
		return format.Head{}, "XML, but not an HTML page"
	}
	return page, ""
}

// Narrow is h as bytes in which ASCII marks can be searched for: UTF-16 becomes
// UTF-8.
func Narrow(h format.Head) format.Head {
	if bytes.HasPrefix(h.Bytes, []byte("\xFF\xFE")) || bytes.HasPrefix(h.Bytes, []byte("\xFE\xFF")) {
		text, _ := charset.UTF8(h.Bytes, "")
		return format.Head{Name: h.Name, Bytes: []byte(text)}
	}
	return h
}

// HTML is Head for those who need its bytes only, nil where it is no page.
func HTML(h format.Head) (b []byte, why string) {
	h, why = Head(h)
	return h.Bytes, why
}

// opening are the elements of which one stands near the start of every page.
var opening = []string{"!doctype html", "html", "head", "body", "div", "table", "article", "ol", "ul", "p", "meta", "title"}

// hasMarkup tells whether one of those elements is in b.
func hasMarkup(b []byte) bool {
	for {
		_, after, found := bytes.Cut(b, []byte("<"))
		if !found {
			return false
		}
		for _, name := range opening {
			if len(after) > len(name) && bytes.IndexByte([]byte(" \t\r\n\f>"), after[len(name)]) >= 0 && bytes.EqualFold(after[:len(name)], []byte(name)) {
				return true
			}
		}
		b = after
	}
}

// Sign is a mark by which the pages of a site are known.
type Sign struct {
	Has   []string       // the page has all of these, in so many bytes
	Match *regexp.Regexp // and this somewhere; asked only where Has holds
	Why   string         // "comments as Hacker News marks them"
}

// Sniff is the Sniff of a format whose pages carry one of the signs, none of
// which another format shows.
func Sniff(signs ...Sign) func(format.Head) (format.Confidence, string) {
	return func(h format.Head) (format.Confidence, string) {
		h, why := Head(h)
		if h.Bytes == nil {
			return format.No, why
		}
		for _, s := range signs {
			if m := s.find(h); m != nil {
				return format.Certain, fmt.Sprintf("%s (%.60s)", s.Why, m)
			}
		}
		return format.No, "no comments of this kind of page"
	}
}

func (s *Sign) find(h format.Head) []byte {
	for _, has := range s.Has {
		if !h.Has(has) {
			return nil
		}
	}
	return s.Match.Find(h.Bytes)
}

// FindAround is the first match of an expression of which every match holds one
// of the marks, and no "<" but as its first and no ">" but as its last
// character. It looks only at the tags and texts that hold a mark, so that
// expressions can be asked of large pages that begin with no letter that tells
// them apart.
func FindAround(h format.Head, match *regexp.Regexp, marks ...string) []byte {
	b := h.Bytes
	next := make([]int, len(marks)) // where each mark stands next, at the end for nowhere
	for i, m := range marks {
		if next[i] = h.Index(m); next[i] < 0 {
			next[i] = len(b)
		}
	}
	for from := 0; ; {
		at := len(b)
		for i, m := range marks {
			if next[i] < from {
				if next[i] = bytes.Index(b[from:], []byte(m)); next[i] < 0 {
					next[i] = len(b)
				} else {
					next[i] += from
				}
			}
			at = min(at, next[i])
		}
		if at == len(b) {
			return nil
		}
		lo := max(bytes.LastIndexAny(b[:at], "<>"), 0)
		hi := len(b)
		if i := bytes.IndexAny(b[at:], "<>"); i >= 0 {
			hi = at + i + 1
		}
		if m := match.Find(b[lo:hi]); m != nil {
			return m
		}
		from = hi - 1
	}
}
