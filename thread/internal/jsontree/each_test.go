package jsontree

import (
	"strings"
	"testing"
)

func TestEach(t *testing.T) {
	for in, want := range map[string]string{
		`[{"a":[1]},2,[3]]`: `{"a":[1]} 2 [3] `, `{"a":1}`: `{"a":1} `, `7`: "7 ", `[]`: "", "[1,": "1 ",
	} {
		got := ""
		for r := range Records(strings.NewReader(in)) {
			for n := range r.Each() {
				got += string(r.Raw(n)) + " "
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestScalar(t *testing.T) {
	for in, want := range map[string]string{
		`"x\u00e9"`: "xé", `12345678901234567890`: "12345678901234567890", `1.50`: "1.50", `true`: "true", `null`: "", `{"a":1}`: "", `["x"]`: "", ``: "",
	} {
		var tree Tree
		tree.Parse([]byte(in))
		if got := tree.Scalar(0); got != want {
			t.Errorf("Scalar(%s) = %q, want %q", in, got, want)
		}
	}
}
