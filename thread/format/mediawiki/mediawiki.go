// Package mediawiki reads the discussions of saved talk pages of MediaWiki:
// Wikipedia and its sisters, and any other wiki that runs the software.
//
// A talk page is a page like any other: nothing in it marks a comment. People
// sign with a link to their user page and the time, and indent what answers
// something else. The rules here are those of MediaWiki's own DiscussionTools,
// restated: a comment ends with a signature, that is a time in the manner of
// signatures with a link to a user, a user's talk page or a user's
// contributions at most 100 letters before it in the same paragraph. It begins
// where the comment before it ends. Its level is the number of list items
// around it, and it answers the last comment of a lower level under the same
// heading. More signatures in the same paragraph sign the same comment again:
// the first tells its time, the last that of its last edit. What quotations,
// headings, references and parts marked mw-notalk hold is not a comment. Text
// that nobody signed is left out, which a diagnostic says. Beyond DiscussionTools
// a comment below an outdent mark answers the comment above the mark.
//
// Pages of the classic parser and of Parsoid differ in their links and
// headings only. Each section of the second level is a thread of its own, under
// its heading: people start a section to start a discussion, and never answer
// across sections. Sections below them are parts of the same thread.
//
// People without an account sign with their IP address, which the wiki shows to
// everybody: it is the name under which they speak. "--pseudonymize" replaces it
// as it does any name.
//
// The three parts: mediawiki.go knows the pages, walk.go finds the comments,
// signature.go who wrote them and when.
package mediawiki

import (
	"bytes"
	"fmt"
	"iter"
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	pages "threadheat/thread/internal/page"
	"threadheat/thread/internal/wiki"
)

// Format reads saved talk pages of MediaWiki.
var Format = &format.Format{
	Name:   "mediawiki",
	Doc:    "saved talk pages of Wikipedia and other MediaWiki sites (HTML of the classic parser and of Parsoid), a thread for each section; IP addresses that sign are names (--pseudonymize replaces them)",
	URL:    "https://www.mediawiki.org/wiki/Extension:DiscussionTools/How_it_works",
	Sniff:  sniff,
	Decode: decode,
}

var (
	traces    = regexp.MustCompile(`\bmw-parser-output\b|\bmw-headline\b|\brel=["']mw:WikiLink["']|"wgNamespaceNumber":|\bmw-content-text\b|<meta name=["']generator["'] content=["']MediaWiki`)
	namespace = regexp.MustCompile(`"wgNamespaceNumber":(\d+)|property="mw:pageNamespace" content="(\d+)"`)
	// parts of what they match
	traceMarks     = []string{"mw-parser-output", "mw-headline", "mw:WikiLink", `"wgNamespaceNumber":`, "mw-content-text", "MediaWiki"}
	namespaceMarks = []string{`"wgNamespaceNumber":`, "mw:pageNamespace"}
)

// A signature has its time within so many bytes after its link; so many links to
// users are looked at.
const (
	signatureReach = 1500
	maxLinks       = 1000
)

func sniff(h format.Head) (format.Confidence, string) {
	h = pages.Narrow(h)
	if start := bytes.TrimLeft(bytes.TrimPrefix(h.Bytes, []byte("\xEF\xBB\xBF")), " \t\r\n\x00"); len(start) == 0 || start[0] != '<' {
		return format.No, "not an HTML page"
	}
	trace := pages.FindAround(h, traces, traceMarks...)
	if trace == nil {
		return format.No, "no page of MediaWiki"
	}
	talk := false
	if m := namespace.FindSubmatch(pages.FindAround(h, namespace, namespaceMarks...)); m != nil {
		digits := append(m[1], m[2]...)
		talk = (digits[len(digits)-1]-'0')%2 == 1 // talk namespaces have odd numbers
	}
	if user := signature(h.Bytes); user != "" {
		return format.Certain, fmt.Sprintf("comments signed as on talk pages of MediaWiki (link to %.60q, then a time)", user)
	}
	if talk {
		return format.Likely, "a talk page of MediaWiki without a signature"
	}
	return format.Possible, fmt.Sprintf("a page of MediaWiki (%.40s) without a signature", trace)
}

// signature is the target of the first link to a user that a time as in
// signatures follows.
func signature(b []byte) string {
	users := 0
	for at, href := range links(b) {
		target := "this page"
		if href != nil {
			target = wiki.Title(string(bytes.ReplaceAll(href, []byte("&amp;"), []byte("&"))))
			if wiki.User(target) == "" {
				continue
			}
		}
		if users++; users > maxLinks {
			break
		}
		if _, ok := wiki.FindTime(textOf(b[at:min(len(b), at+signatureReach)])); ok {
			return target
		}
	}
	return ""
}

// links are the links of a page: where they stand, and their addresses, nil
// where the page links to itself.
func links(b []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		self := selfLink(b, 0)
		for at := 0; ; {
			if self < at {
				self = selfLink(b, at)
			}
			a := len(b)
			if i := bytes.Index(b[at:], []byte("<a")); i >= 0 {
				a = at + i
			}
			switch href, end := address(b[a:]); {
			case self < a:
				if !yield(self, nil) {
					return
				}
				at = self + 1
			case a == len(b):
				return
			case href == nil:
				at = a + 1
			default:
				if !yield(a, href) {
					return
				}
				at = a + end
			}
		}
	}
}

// selfLink is where the first link to the page itself stands at or after at, the
// length of b where there is none.
func selfLink(b []byte, at int) int {
	const key, class = len(`class="`), "mw-selflink selflink"
	for from := at; ; from++ {
		i := bytes.Index(b[from:], []byte(class))
		if i < 0 {
			return len(b)
		}
		from += i
		if lo := from - key; lo >= at && (b[from-1] == '"' || b[from-1] == '\'') && string(b[lo:from-1]) == "class=" {
			return lo
		}
	}
}

// address is the address of the link whose start tag b begins with, and where it
// ends; nil for any other tag.
func address(b []byte) (href []byte, end int) {
	if len(b) < 3 || bytes.IndexByte([]byte(" \t\r\n\f"), b[2]) < 0 {
		return nil, 0
	}
	in := b
	if i := bytes.IndexAny(b[3:], "<>"); i >= 0 {
		in = b[:3+i]
	}
	for at := 3; ; {
		i := bytes.Index(in[at:], []byte("href="))
		if i < 0 {
			return nil, 0
		}
		at += i + len("href=")
		if at == len(in) || in[at] != '"' && in[at] != '\'' {
			continue
		}
		n := bytes.IndexAny(in[at+1:], `"'`)
		if n > 0 {
			return in[at+1 : at+1+n], at + 1 + n + 1
		}
	}
}

// textOf is b without tags, as far as it takes to find times in it.
func textOf(b []byte) string {
	text := make([]byte, 0, len(b))
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			break
		}
		text = append(text, b[:i]...)
		n := bytes.IndexAny(b[i+1:], "<>")
		switch {
		case n < 0:
			text, b = append(text, b[i:]...), nil
		case b[i+1+n] == '<': // no tag
			text, b = append(text, b[i:i+1+n]...), b[i+1+n:]
		default:
			b = b[i+1+n+1:]
		}
	}
	text = append(text, b...)
	return string(bytes.ReplaceAll(text, []byte("&nbsp;"), []byte(" ")))
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		d, err := pages.Load(src)
		p := newPage(d.Tree, src, out)
		p.notes = d.Notes(src.Name)
		for c := range p.comments() {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, err)
		}
	}
}
