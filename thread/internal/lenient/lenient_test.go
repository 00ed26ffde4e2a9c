package lenient

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
)

func objects(in string) string {
	var b strings.Builder
	for o, err := range Objects(iotest.OneByteReader(strings.NewReader(in))) {
		if err != nil {
			fmt.Fprintf(&b, " error: %v", err)
		} else {
			fmt.Fprintf(&b, "%d%s", o.Offset, o.JSON)
		}
	}
	return b.String()
}

func TestObjects(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"none", " \n", ""},
		{"list", `[{"a":1}, {"b":{}}]`, `1{"a":1}10{"b":{}}`},
		{"lists", "[]\n[{}][{}]", `4{}8{}`},
		{"lines", "{}\n{}", `0{}3{}`},
		{"braces in strings", `{"a":"}\"}\\"}`, `0{"a":"}\"}\\"}`},
		{"cut in an object", `[{},{"a":`, `1{} error: byte 4: the file ends inside of an object; was it copied as a whole?`},
		{"cut in a list", `[{},`, `1{} error: the file ends inside of a list; was it copied as a whole?`},
		{"a number", `[{},7]`, `1{} error: byte 4: '7' where an object should begin`},
		{"a bracket too many", `[{}]]`, `1{} error: byte 4: ']' where an object should begin`},
		{"no JSON", `{a}`, ` error: byte 0: an object is no JSON, or is nested beyond 10,000 levels`},
	}
	for _, test := range tests {
		if got := objects(test.in); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	deep := strings.Repeat(`{"a":`, 10_002) + "1" + strings.Repeat("}", 10_002)
	if got := objects(deep); !strings.Contains(got, "10,000 levels") {
		t.Errorf("10,002 levels: %.80q, want an error that says so", got)
	}
	if got := objects(strings.Repeat("[", 100_000) + "{}"); !strings.HasPrefix(got, "100000{}") {
		t.Errorf("100,000 lists in each other: %.80q, want the object", got)
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]Text{
		`"x\u00e9"`: "xé", `12345678901234567890`: "12345678901234567890", `1.5`: "1.5", `true`: "true", `null`: "", `{"a":1}`: "", `[1]`: "", `"\ud800"`: "\uFFFD",
	} {
		got := Text("before")
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s: %q, error %v, want %q", in, got, err, want)
		}
	}
	for in, want := range map[Text]int{"3": 3, "-2": -2, "3.0": 3} {
		if got, ok := in.Int(); !ok || got != want {
			t.Errorf("%q: %d, %v, want %d", in, got, ok, want)
		}
	}
	for _, in := range []Text{"", "x", "NaN", "1e300", "Inf"} {
		if got, ok := in.Int(); ok {
			t.Errorf("%q: %d, want no number", in, got)
		}
	}
}
