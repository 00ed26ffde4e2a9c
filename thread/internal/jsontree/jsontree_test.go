package jsontree

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// value is n as encoding/json would give it, numbers as written.
func value(t *Tree, n Node) any {
	switch t.Kind(n) {
	case Bool:
		return t.True(n)
	case Number:
		return json.Number(t.Raw(n))
	case String:
		return t.Text(n)
	case Array:
		a := []any{}
		for e, end := t.Span(n); e < end; e = t.End(e) {
			a = append(a, value(t, e))
		}
		return a
	case Object:
		o := map[string]any{}
		for k, v := range t.Members(n) {
			o[string(k)] = value(t, v)
		}
		return o
	}
	return nil
}

var texts = []string{
	`null`, `true`, ` false `, `0`, `-0`, `12`, `-1.5e+3`, `1E9`, `""`, `"a"`, `"\"\\\/\b\f\n\r\t"`, `"\u00e9\ud83d\ude00"`,
	`"\ud83d"`, `"\ud83dx"`, `"\ude00\ud83d"`, `"\ud83d\u0041"`, "\"é😀\"", "\"\xff\"",
	`[]`, `[ ]`, `{}`, `{ }`, `[1,"a",null,[],{}]`, `{"a":1,"b":[{"c":{}}],"a":2}`, `{"\u0061":1}`, "\t{\r\n\"a\" : [ 1 , 2 ] }\n", `[[[[]]],[]]`,
	``, ` `, `nul`, `nulx`, `tru`, `+1`, `01`, `1.`, `.5`, `1e`, `-`, `"`, `"a`, `"\`, `"\x"`, `"\u12"`, `"\u12g4"`, "\"\n\"", `[`, `[1`, `[1,`, `[1,]`, `[,1]`, `[1 2]`,
	`{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{a:1}`, `{"a" 1}`, `{"a":1]`, `[1}`, `1 2`, `{}{}`, `]`, `{"a":tru`, `{"a":[1,{"b`, `{"a":"x`,
}

// The twin of Parse is encoding/json, which knows the same grammar.
func compare(t *testing.T, text string) {
	var tree Tree
	err := tree.Parse([]byte(text))
	if want := json.Valid([]byte(text)); (err == nil) != want && len(text) < 10_000 { // longer ones may be deeper than encoding/json goes
		t.Fatalf("Parse(%q) = %v, want valid: %v", text, err, want)
	}
	if err != nil {
		value(&tree, 0) // what came before is a tree
		return
	}
	if !utf8.ValidString(text) {
		return // encoding/json replaces it; we leave it to the reader
	}
	var want any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if d.Decode(&want) != nil {
		return
	}
	gotJSON, _ := json.Marshal(value(&tree, 0))
	wantJSON, _ := json.Marshal(want)
	if diff := cmp.Diff(string(wantJSON), string(gotJSON)); diff != "" {
		t.Errorf("Parse(%q) (-want +got):\n%s", text, diff)
	}
}

func TestParse(t *testing.T) {
	for _, text := range texts {
		compare(t, text)
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { compare(t, text) })
}

func TestParseKeepsWhatCameBefore(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"a":[1,{"b":"c","d`, `{"a":[1,{"b":"c"}]}`},
		{`{"a":[1,{"b":"c","d":`, `{"a":[1,{"b":"c"}]}`},
		{`{"a":[1,{"b":"c","d":"x`, `{"a":[1,{"b":"c"}]}`},
		{`{"a":[1,{"b":"c","d":{`, `{"a":[1,{"b":"c","d":{}}]}`},
		{`{"a":[1,{"b":"c"} "x"]}`, `{"a":[1,{"b":"c"}]}`},
		{`[1,2,`, `[1,2]`},
		{`"x`, `null`},
	} {
		var tree Tree
		err := tree.Parse([]byte(c.text))
		got, _ := json.Marshal(value(&tree, 0))
		if err == nil || string(got) != c.want {
			t.Errorf("Parse(%s) keeps %s, %v, want %s and an error", c.text, got, err, c.want)
		}
		for n := range Node(tree.Len()) {
			if inside := tree.End(n) == Node(tree.Len()) && tree.Kind(n) >= Array && !strings.HasSuffix(string(tree.Raw(n)), "}"); tree.Whole(n) == inside {
				t.Errorf("of %s, %s is whole: %v", c.text, tree.Raw(n), !inside)
			}
		}
		if cut := !strings.Contains(c.text, `"x"`); errors.Is(err, ErrCut) != cut {
			t.Errorf("Parse(%s) = %v, want cut: %v", c.text, err, cut)
		}
	}
}

func TestAt(t *testing.T) {
	for rec := range Records(strings.NewReader("\n {\n \"a\":\n  [1,\n2]}")) {
		var got []string
		for n := range Node(rec.Len()) {
			p := rec.At("", n)
			got = append(got, fmt.Sprintf("%d@%d", p.Line, p.Offset))
		}
		if diff := cmp.Diff([]string{"2@2", "3@5", "4@12", "4@13", "5@16"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestParseDeep(t *testing.T) {
	const depth = 1_000_000
	var tree Tree
	if err := tree.Parse([]byte(strings.Repeat(`{"a":[`, depth) + strings.Repeat("]}", depth))); err != nil || tree.Len() != 3*depth {
		t.Errorf("%d levels: %d nodes, %v, want %d", 2*depth, tree.Len(), err, 3*depth)
	}
	if err := tree.Parse([]byte(strings.Repeat(`[`, depth))); !errors.Is(err, ErrCut) || tree.End(0) != depth {
		t.Errorf("%d levels, cut: %v, the root ends at %d", depth, err, tree.End(0))
	}
}

func TestInt(t *testing.T) {
	for _, c := range []struct {
		text string
		want int64
		ok   bool
	}{
		{`12`, 12, true}, {`"12"`, 12, true}, {`12.0`, 12, true}, {`-12.9`, -12, true}, {`1.64e9`, 1640000000, true}, {`-3`, -3, true},
		{`9223372036854775807`, 9223372036854775807, true}, {`9223372036854775808`, 0, false}, {`1e30`, 0, false}, {`1e999`, 0, false},
		{`"x"`, 0, false}, {`""`, 0, false}, {`"-"`, 0, false}, {`"NaN"`, 0, false}, {`"Inf"`, 0, false}, {`null`, 0, false}, {`true`, 0, false}, {`[1]`, 0, false},
		{`123456789012345678901234567890`, 0, false},
	} {
		var tree Tree
		tree.Parse([]byte(c.text))
		if got, ok := tree.Int(0); ok != c.ok || ok && got != c.want {
			t.Errorf("Int(%s) = %d, %v, want %d, %v", c.text, got, ok, c.want, c.ok)
		}
	}
	var tree Tree
	if _, ok := tree.Int(None); ok || tree.Kind(None) != Null || tree.Text(None) != "" || tree.Get(None, "a") != None || tree.End(None) != 0 {
		t.Error("None has something")
	}
}

func records(r io.Reader) (got []string) {
	for rec, err := range Records(r) {
		if err != nil {
			return append(got, "error "+err.Error())
		}
		text, _ := json.Marshal(value(&rec.Tree, 0))
		p := rec.At("", 0)
		s := fmt.Sprintf("%d@%d %s", p.Line, p.Offset, text)
		if rec.Err != nil {
			s += " !" + rec.Err.Error()
		}
		got = append(got, s)
	}
	return got
}

func TestRecords(t *testing.T) {
	long := `"` + strings.Repeat("x", 1<<20) + `"`
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"blank", "\n \r\n", nil},
		{"lines", "{}\n[1]\n2", []string{"1@0 {}", "2@3 [1]", "3@7 2"}},
		{"byte order mark, blank lines", "\uFEFF1\n\n\r\n2\r\n", []string{"1@3 1", "4@8 2"}},
		{"a broken line", "1\n{\"a\":1,\n3\n", []string{"1@0 1", `2@2 {"a":1} !it ends in the middle`, "3@10 3"}},
		{"a broken first line", "{\"a\":1 x\n3\n", []string{`1@0 {"a":1} !byte 8: neither a comma nor the end follows a value`, "2@9 3"}},
		{"indented", "\n{\n \"a\": [\n  1\n ]\n}\n", []string{`2@1 {"a":[1]}`}},
		{"indented lines", " 1\n\t 2 \n", []string{"1@1 1", "2@5 2"}},
		{"indented, cut", "[\n 1,\n {\"a\": 2", []string{`1@0 [1,{"a":2}] !it ends in the middle`}},
		{"indented, longer than the reader holds", "[\n" + long + "\n]", []string{"1@0 [" + long + "]"}},
		{"rows of an array", "[1,\n2]\n", []string{`1@0 [1,2]`}},
		{"rows of an array, led by commas", "[1\n,2]\n", []string{`1@0 [1,2]`}},
		{"one line, cut", "[1,", []string{`1@0 [1] !it ends in the middle`}},
		{"long lines", long + "\n1\n" + long, []string{"1@0 " + long, "2@1048579 1", "3@1048581 " + long}},
	} {
		if diff := cmp.Diff(c.want, records(strings.NewReader(c.in))); diff != "" {
			t.Errorf("%s (-want +got):\n%.2000s", c.name, diff)
		}
	}
	failing := io.MultiReader(strings.NewReader("1\n2"), iotest.ErrReader(io.ErrUnexpectedEOF))
	if diff := cmp.Diff([]string{"1@0 1", "2@2 2", "error unexpected EOF"}, records(failing)); diff != "" {
		t.Errorf("failing reader (-want +got):\n%s", diff)
	}
}
