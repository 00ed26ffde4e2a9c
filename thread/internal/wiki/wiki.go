// Package wiki knows what talk pages of MediaWiki have in common, whether they
// come as HTML or as wikitext: titles and their namespaces in many languages,
// who a link in a signature leads to, and the time at a signature's end.
package wiki

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadheat/thread/internal/charset"
)

// User is the account that a title belongs to: of a user page, a user's talk
// page, or a list of contributions ("User:Ann", "Benutzerin Diskussion:Ann",
// "Speciale:Contributi/Ann"). Subpages belong to nobody: people link to their
// essays. Nothing is "" where the title is of another kind.
func User(title string) string {
	if strings.ContainsFunc(title, unicode.IsControl) {
		return "" // no wiki has such titles
	}
	title, _, _ = strings.Cut(title, "#")
	space, rest, ok := strings.Cut(strings.TrimPrefix(Clean(title), ":"), ":")
	if !ok {
		return ""
	}
	switch spaces()[fold(space)] {
	case userSpace, talkSpace:
		if rest = strings.TrimSpace(rest); strings.Contains(rest, "/") {
			return ""
		}
		return upperFirst(rest)
	case specialSpace:
		page, name, ok := strings.Cut(rest, "/")
		if ok && contributionPages()[fold(page)] {
			return upperFirst(strings.TrimSpace(name))
		}
	}
	return ""
}

// Title is the page that a link in a page of a wiki leads to: "/wiki/User:Ann",
// "./User:Ann", "//fr.wikipedia.org/wiki/Utilisateur:Ann",
// "/w/index.php?title=User:Ann&action=edit&redlink=1". Of an address of another
// kind it is the path, which has no namespace that anybody knows; of none it is
// "".
func Title(href string) string {
	if strings.HasPrefix(href, "#") {
		return ""
	}
	href, _, _ = strings.Cut(href, "#")
	path, query, _ := strings.Cut(href, "?")
	for part := range strings.SplitSeq(query, "&") {
		if v, ok := strings.CutPrefix(part, "title="); ok {
			return Clean(unescape(strings.ReplaceAll(v, "+", " ")))
		}
	}
	if _, after, ok := strings.Cut(path, "/wiki/"); ok {
		path = after
	} else if after, ok := strings.CutPrefix(path, "./"); ok {
		path = after
	} else if _, after, ok := strings.Cut(path, "/index.php/"); ok {
		path = after
	} else {
		if _, after, ok := strings.Cut(path, "//"); ok {
			_, path, _ = strings.Cut(after, "/")
		}
		path = strings.TrimPrefix(path, "/")
		// Wikis in a folder, and those that show one language in several scripts: /zh-tw/User:Ann.
		if first, rest, ok := strings.Cut(path, "/"); ok && !strings.Contains(first, ":") {
			path = rest
		}
	}
	return Clean(unescape(path))
}

// unescape decodes percent signs. Old links may be in windows-1252.
func unescape(s string) string {
	t, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	if !utf8.ValidString(t) {
		t, _ = charset.UTF8([]byte(t), "windows-1252")
	}
	return t
}

// Clean is a title with plain spaces, one between words, and without marks of
// direction.
func Clean(title string) string {
	return strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return r == '_' || unicode.IsSpace(r) || r == 0x200E || r == 0x200F
	}), " ")
}

// upperFirst writes the first letter large, as user names have it.
func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || unicode.IsUpper(r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// fold is a name for comparing: case does not count.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// isAddress tells that a name is an IP address: that of somebody who wrote
// without an account.
func isAddress(name string) bool {
	name = strings.TrimSpace(name)
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	// Old software hid the last part: 192.0.2.xxx.
	if head, ok := strings.CutSuffix(strings.ToLower(name), ".xxx"); ok {
		_, err := netip.ParseAddr(head + ".0")
		return err == nil
	}
	return false
}
