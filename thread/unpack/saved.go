package unpack

import (
	"io"
	"regexp"
	"strings"
	"time"

	"threadheat/thread"
)

// Programs that save a page as HTML leave a remark on where it was and when it
// was saved, before it or in its first elements.
var (
	// SingleFile, and under the older name for it.
	singleFile = regexp.MustCompile(`<!--\s*(?:Page saved with|Archive processed by) SingleFile\S*\s+url:[ \t]*(\S+)[ \t]*\s+saved date:[ \t]*([^\n]*)`)
	// Browsers: "(0025)" is the length of the address.
	savedFrom = regexp.MustCompile(`<!-- saved from url=\(\d+\)(\S+) -->`)
	// monolith.
	monolith = regexp.MustCompile(`<!-- Saved from (\S+) at (\S+) using monolith`)
)

// saved is an input of its own, with what such a remark in its head says.
func saved(name string, head []byte, r io.Reader) Member {
	m := Member{Name: name, Reader: r}
	head = head[:min(len(head), remarkWithin)]
	url := ""
	if f := singleFile.FindSubmatch(head); f != nil {
		url, m.Captured = string(f[1]), scriptDate(string(f[2]))
	} else if f := monolith.FindSubmatch(head); f != nil {
		url, m.Captured = string(f[1]), w3cDate(string(f[2]))
	} else if f := savedFrom.FindSubmatch(head); f != nil {
		url = string(f[1])
	}
	if web(url) {
		m.URL = url
	}
	return m
}

// remarkWithin is how far into a page the remark may stand: behind the <html>
// tag, which can carry a style sheet.
const remarkWithin = 1 << 14

// scriptDate reads a date as JavaScript writes it: "Thu Mar 10 2022 19:12:36
// GMT-0800 (Pacific Standard Time)", the words in brackets in the user's language.
func scriptDate(s string) thread.Stamp {
	s, _, _ = strings.Cut(s, "(")
	t, err := time.Parse("Mon Jan 2 2006 15:04:05 GMT-0700", strings.TrimSpace(s))
	if err != nil {
		return thread.Stamp{}
	}
	return thread.At(t, thread.Second)
}
