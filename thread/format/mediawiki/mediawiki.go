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
	"io"
	"iter"
	"regexp"

	"threadheat/thread"
	"threadheat/thread/format"
	"threadheat/thread/internal/charset"
	"threadheat/thread/internal/dom"
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

// MaxPage is how much of a page is read. The largest talk pages have some
// megabytes.
const MaxPage = 256 << 20

var (
	traces    = regexp.MustCompile(`\bmw-parser-output\b|\bmw-headline\b|\brel=["']mw:WikiLink["']|"wgNamespaceNumber":|\bmw-content-text\b|<meta name=["']generator["'] content=["']MediaWiki`)
	namespace = regexp.MustCompile(`"wgNamespaceNumber":(\d+)|property="mw:pageNamespace" content="(\d+)"`)
	link      = regexp.MustCompile(`<a\s[^<>]*?href=["']([^"'<>]+)["']|class=["']mw-selflink selflink`)
	tag       = regexp.MustCompile(`<[^<>]*>`)
)

// A signature has its time within so many bytes after its link; so many links to
// users are looked at.
const (
	signatureReach = 1500
	maxLinks       = 1000
)

func sniff(h format.Head) (format.Confidence, string) {
	b := h.Bytes
	if bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) {
		text, _ := charset.UTF8(b, "")
		b = []byte(text)
	}
	if start := bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), " \t\r\n\x00"); len(start) == 0 || start[0] != '<' {
		return format.No, "not an HTML page"
	}
	trace := traces.Find(b)
	if trace == nil {
		return format.No, "no page of MediaWiki"
	}
	talk := false
	if m := namespace.FindSubmatch(b); m != nil {
		digits := append(m[1], m[2]...)
		talk = (digits[len(digits)-1]-'0')%2 == 1 // talk namespaces have odd numbers
	}
	if user := signature(b); user != "" {
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
	for _, m := range link.FindAllSubmatchIndex(b, -1) {
		target := "this page"
		if m[2] >= 0 {
			target = wiki.Title(string(bytes.ReplaceAll(b[m[2]:m[3]], []byte("&amp;"), []byte("&"))))
			if wiki.User(target) == "" {
				continue
			}
		}
		if users++; users > maxLinks {
			break
		}
		after := tag.ReplaceAll(b[m[0]:min(len(b), m[0]+signatureReach)], nil)
		if _, ok := wiki.FindTime(string(bytes.ReplaceAll(after, []byte("&nbsp;"), []byte(" ")))); ok {
			return target
		}
	}
	return ""
}

func decode(src format.Source, out format.Sink) iter.Seq2[thread.Comment, error] {
	return func(yield func(thread.Comment, error) bool) {
		raw, err := io.ReadAll(io.LimitReader(src.Reader, MaxPage+1))
		cut := ""
		if len(raw) > MaxPage {
			raw, cut = raw[:MaxPage], "the page is longer than 256 MiB; it was read up to there"
		}
		text, guessed := charset.UTF8(raw, dom.Charset(raw))
		if len(text) > 2*MaxPage {
			text, cut = text[:2*MaxPage], "the page is longer than 512 MiB in UTF-8; it was read up to there"
		}
		raw = nil
		p := newPage(dom.Parse(text), src, out)
		if guessed != "" {
			p.note(thread.EncodingGuessed, "the encoding of the page is not told or told wrongly; it was read as "+guessed)
		}
		if cut == "" {
			cut = p.t.Cut()
		}
		if cut != "" {
			p.note(thread.Truncated, cut)
		}
		for c := range p.comments() {
			if !yield(c, nil) {
				return
			}
		}
		if err != nil {
			yield(thread.Comment{}, fmt.Errorf("read page: %w", err))
		}
	}
}
