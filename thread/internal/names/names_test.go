package names

import (
	"slices"
	"testing"
)

func TestTake(t *testing.T) {
	var n Set
	var got []string
	for _, want := range []string{"a", "b", "a", "a~2", "a", "a~2", "", "", "a~3"} {
		got = append(got, n.Take(want))
	}
	want := []string{"a", "b", "a~2", "a~2~2", "a~3", "a~2~3", "", "~2", "a~3~2"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
