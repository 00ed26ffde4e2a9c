package charset

import (
	"testing"
	"unicode/utf8"
)

func TestUTF8(t *testing.T) {
	// The bytes are written out from the encodings' own tables: é is C3 A9 in
	// UTF-8, E9 in windows-1252, 00 E9 in UTF-16; € is 80 in windows-1252; я is D1 in
	// KOI8-R and FF in windows-1251.
	for _, c := range []struct {
		name, in, declared, want, guessed string
	}{
		{"empty", "", "", "", ""},
		{"ascii", "abc", "", "abc", ""},
		{"ascii declared as something else", "abc", "windows-1251", "abc", ""},
		{"utf-8", "caf\xC3\xA9", "", "café", ""},
		{"utf-8 with mark", "\xEF\xBB\xBFcaf\xC3\xA9", "", "café", ""},
		{"mark and a broken byte", "\xEF\xBB\xBFa\xE9b", "", "a\uFFFDb", ""},
		{"utf-16 little end", "\xFF\xFEc\x00\xE9\x00", "", "cé", ""},
		{"utf-16 big end", "\xFE\xFF\x00c\x00\xE9", "", "cé", ""},
		{"utf-16 declared, but decoded by somebody", "caf\xC3\xA9", "utf-16", "café", ""},
		{"utf-16 cut in half", "\xFE\xFF\x00c\x00", "", "c\uFFFD", ""},
		{"windows-1252 guessed", "caf\xE9 \x80", "", "café €", "windows-1252"},
		{"latin1 declared", "caf\xE9 \x80", "ISO-8859-1", "café €", ""},
		{"koi8-r declared", "\xD1", "koi8-r", "я", ""},
		{"unknown name declared", "caf\xE9", "klingon", "café", "windows-1252"},
		{"utf-8 declared, windows-1252 written", "caf\xE9", "utf-8", "café", "windows-1252"},
		{"latin1 declared, utf-8 written", "caf\xC3\xA9", "latin1", "café", "utf-8"},
		{"utf-8 cut in a letter", "éèàôü\xC3", "", "éèàôü\uFFFD", "utf-8"},
		{"iso-2022-jp", "\x1B$B$\"\x1B(B", "iso-2022-jp", "あ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, guessed := UTF8([]byte(c.in), c.declared)
			if got != c.want || guessed != c.guessed {
				t.Errorf("UTF8(%q, %q) = %q, %q, want %q, %q", c.in, c.declared, got, guessed, c.want, c.guessed)
			}
		})
	}
}

func FuzzUTF8(f *testing.F) {
	f.Add([]byte("caf\xE9"), "utf-8")
	f.Add([]byte("\xFF\xFE\x00\xD8"), "")
	f.Add([]byte("\x1B$B\xFF"), "iso-2022-jp")
	f.Add([]byte{0x84, 0x31, 0x95, 0x33, 0xFF}, "gb18030")
	f.Fuzz(func(t *testing.T, b []byte, declared string) {
		text, _ := UTF8(b, declared)
		if !utf8.ValidString(text) {
			t.Errorf("UTF8(%q, %q) is not valid UTF-8: %q", b, declared, text)
		}
	})
}
