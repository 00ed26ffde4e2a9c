package unpack

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// Long strings are cut, and stay strings: no escape is cut in two.
func TestShortened(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"bcd","efg":"h"}`:            `{"a":"bcd","efg":"h"}`,
		`{"a":"bcde","efgh":"h"}`:          `{"a":"bcd","efg":"h"}`,
		`["ab\"c","abc\"d"]`:               `["ab\"","abc"]`,
		`["ab\u00e9d","abc\u00e9d\u00e9"]`: `["ab\u00e9","abc"]`,
		`["abcd\\\\","\\\\\\\\\\"]`:        `["abc","\\\\"]`,
		"[1,  2,\n\n\t3]":                  `[1, 2,` + "\n" + `3]`,
		`"a  b`:                            `"a  `,
	} {
		got, err := io.ReadAll(&shortened{in: bufio.NewReaderSize(strings.NewReader(in), 16), max: 3})
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, %v, want %s", in, got, err, want)
		}
		if json.Valid([]byte(in)) != json.Valid(got) {
			t.Errorf("%s: %s is valid: %v", in, got, json.Valid(got))
		}
	}
}

func TestAllowed(t *testing.T) {
	a := &allowed{r: strings.NewReader("abcdef"), left: 2}
	b := make([]byte, 3)
	if n, err := a.Read(b); n != 3 || err != nil {
		t.Errorf("the first reading: %d bytes, %v, want 3", n, err)
	}
	if n, err := a.Read(b); n != 0 || err == nil {
		t.Errorf("the second reading: %d bytes, %v, want an error", n, err)
	}
}
