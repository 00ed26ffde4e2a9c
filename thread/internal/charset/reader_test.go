package charset

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReader(t *testing.T) {
	ascii := strings.Repeat("plain, ", 40_000) // more than the window
	tests := []struct{ name, in, declared, want, guessed string }{
		{"empty", "", "", "", ""},
		{"ascii", ascii, "", ascii, ""},
		{"utf-8", "é" + ascii, "", "é" + ascii, ""},
		{"utf-8 late", ascii + "é", "", ascii + "é", ""},
		{"byte order mark", "\xEF\xBB\xBFé", "windows-1252", "é", ""},
		{"utf-16 little", "\xFF\xFEa\x00\xE9\x00", "utf-8", "aé", ""},
		{"utf-16 big", "\xFE\xFF\x00a\x00\xE9", "", "aé", ""},
		{"windows-1252 late", ascii + "\xE9t\xE9", "", ascii + "été", "windows-1252"},
		{"declared latin", "\xE9t\xE9", "ISO-8859-1", "été", ""},
		{"declared cyrillic", "\xE9", "windows-1251", "й", ""},
		{"declared falsely", "été", "ISO-8859-1", "été", "utf-8"},
		{"damaged utf-8", "éééé\xFFé", "", "éééé\xFFé", "utf-8"},
		{"unknown name", "é", "klingon", "é", ""},
		// 65,535 ASCII bytes from the first é on and then the first half of one.
		{"letter at the window's end", "é" + ascii[:window-3] + "é", "", "é" + ascii[:window-3] + "é", ""},
	}
	for _, test := range tests {
		for _, slow := range []bool{false, true} {
			var in io.Reader = strings.NewReader(test.in)
			if slow {
				in = iotest.OneByteReader(in)
			}
			r := NewReader(in, test.declared)
			got, err := io.ReadAll(r)
			if err != nil || string(got) != test.want || r.Guessed() != test.guessed {
				t.Errorf("%s: %.40q…, guessed %q, error %v, want %.40q…, %q", test.name, got, r.Guessed(), err, test.want, test.guessed)
			}
		}
	}
}
