// Package charset turns the bytes of a saved page into UTF-8.
package charset

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// UTF8 decodes b to valid UTF-8 without byte order mark. declared is the
// encoding that the page or its server names, "" where none; its names are those
// of the web ("latin1" is windows-1252). guessed is "" where the encoding is
// sure, else the name of the one that was taken:
//
//   - a byte order mark decides (UTF-8, UTF-16),
//   - then what is valid UTF-8 is UTF-8, even where something else is declared:
//     saving a page often rewrites its bytes and forgets the declaration,
//   - then the declared encoding,
//   - then UTF-8 with damage, where there are at least as many sound multi-byte
//     characters as broken bytes (a page cut in the middle of a letter): the
//     accents of another encoding hardly ever form one,
//   - and windows-1252 for the rest.
//
// Bytes that mean nothing in the encoding become U+FFFD. O(len(b)).
func UTF8(b []byte, declared string) (text, guessed string) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		return string(bytes.ToValidUTF8(b[3:], []byte("\uFFFD"))), ""
	case IsUTF16(b):
		return decode(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)), ""
	}
	named := get(declared)
	// ISO-2022-JP and its like are plain ASCII bytes that mean something else.
	if named != nil && bytes.IndexByte(b, 0x1B) >= 0 && isASCII(b) {
		return decode(b, named), ""
	}
	if utf8.Valid(b) {
		if named != nil && nameOf(named) != "utf-8" && !isASCII(b) {
			return string(b), "utf-8"
		}
		return string(b), ""
	}
	if named != nil && nameOf(named) != "utf-8" {
		return decode(b, named), ""
	}
	if sound, broken := count(b); sound >= broken {
		return string(bytes.ToValidUTF8(b, []byte("\uFFFD"))), "utf-8"
	}
	return decode(b, charmap.Windows1252), "windows-1252"
}

// IsUTF16 tells that an input that begins with b is in UTF-16, which its byte
// order mark says.
func IsUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF"))
}

// get is the declared encoding, nil where none is known. What can be read as far
// as the declaration of UTF-16 is not in UTF-16: it was decoded by somebody.
func get(declared string) encoding.Encoding {
	named, err := htmlindex.Get(declared)
	if err != nil || strings.HasPrefix(nameOf(named), "utf-16") {
		return nil
	}
	return named
}

func decode(b []byte, e encoding.Encoding) string {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		// No decoder of x/text fails on bad bytes today; should one begin to,
		// what it cannot read is still text of some kind.
		out, _ = charmap.Windows1252.NewDecoder().Bytes(b)
	}
	return string(bytes.ToValidUTF8(out, []byte("\uFFFD")))
}

func nameOf(e encoding.Encoding) string {
	name, _ := htmlindex.Name(e)
	return name
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// count tells how many characters of several bytes b holds, and how many bytes
// that belong to none.
func count(b []byte) (sound, broken int) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			broken++
		} else {
			sound++
		}
		i += n
	}
	return sound, broken
}
