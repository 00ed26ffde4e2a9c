package jsontree

import "testing"

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
