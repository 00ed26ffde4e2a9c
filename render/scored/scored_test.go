package scored

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"threadheat/metrics"
	"threadheat/metrics/heat"
)

// line is what Append writes, read back.
type line struct {
	ID   any `json:"id"`
	Heat struct {
		Value    *float64 `json:"value"`
		N        int      `json:"n"`
		Reason   string   `json:"reason"`
		Evidence []struct {
			Start, End int
			Cue        string
			Share      float64
		} `json:"evidence"`
	} `json:"heat"`
}

func read(t testing.TB, b []byte) line {
	t.Helper()
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return l
}

func TestAppend(t *testing.T) {
	score := heat.Score{Value: 0.25, Tokens: 3, Evidence: []metrics.Evidence{{Start: 1, End: 2, Cue: "a+b", Share: 0.75}, {Start: 2, End: 4, Cue: "c", Share: 0.25}}}
	for _, c := range []struct {
		name, id string
		score    heat.Score
		o        Options
		want     string
	}{
		{"cool", `"x"`, heat.Score{}, Options{}, `{"id":"x","heat":{"value":0,"n":0}}`},
		{
			"hot", "17", score, Options{},
			`{"id":17,"heat":{"value":0.25,"n":3,"confidence":"medium","evidence":[{"start":1,"end":2,"cue":"a+b","share":0.75},{"start":2,"end":4,"cue":"c","share":0.25}]}}`,
		},
		{"no evidence asked for", "17", score, Options{NoEvidence: true}, `{"id":17,"heat":{"value":0.25,"n":3,"confidence":"medium"}}`},
		{"none", "null", heat.Score{Tokens: 9, Reason: heat.NoText}, Options{Lang: metrics.French}, `{"id":null,"heat":{"value":null,"n":9,"reason":"il n’y a pas de texte"}}`},
	} {
		if d := cmp.Diff("before"+c.want+"\n", string(Append([]byte("before"), c.id, "abcd", c.score, c.o))); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// The same span in three units: é is two bytes and one of the others, 😀 four
// bytes, one rune and two of UTF-16.
func TestOffsets(t *testing.T) {
	const text = "é😀 non !!"
	s := heat.Score{Value: 1, Evidence: []metrics.Evidence{{Start: 0, End: 6, Share: 0.5}, {Start: 7, End: 10, Share: 0.25}, {Start: 6, End: 13, Share: 0.25}}}
	for _, c := range []struct {
		unit Offsets
		want [][2]int
	}{
		{Bytes, [][2]int{{0, 6}, {7, 10}, {6, 13}}},
		{Runes, [][2]int{{0, 2}, {3, 6}, {2, 9}}},
		{UTF16, [][2]int{{0, 3}, {4, 7}, {3, 10}}},
	} {
		var got [][2]int
		for _, e := range read(t, Append(nil, "1", text, s, Options{Offsets: c.unit})).Heat.Evidence {
			got = append(got, [2]int{e.Start, e.End})
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.unit, d)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("Vous avez TORT, « mon cher » é😀 !!", "x", true)
	f.Add("\x00\u202e you\xff ARE wrong", "", false)
	f.Fuzz(func(t *testing.T, text, parent string, reply bool) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		var scorer heat.Scorer
		s := scorer.Alone(text, parent, reply, "")
		for _, unit := range AllOffsets {
			out := Append(nil, `"i"`, text, s, Options{Offsets: unit})
			if !utf8.Valid(out) || strings.Count(string(out), "\n") != 1 {
				t.Fatalf("not one line of UTF-8: %q", out)
			}
			l := read(t, out)
			if (l.Heat.Value == nil) != (s.Reason != nil) || l.Heat.Value != nil && *l.Heat.Value != s.Value {
				t.Errorf("value %v, want %v", l.Heat.Value, s.Value)
			}
			wide := utf16.Encode([]rune(text))
			for k, e := range s.Evidence {
				got, span := l.Heat.Evidence[k], ""
				switch unit {
				case Bytes:
					span = text[got.Start:got.End]
				case Runes:
					span = string([]rune(text)[got.Start:got.End])
				case UTF16:
					span = string(utf16.Decode(wide[got.Start:got.End]))
				}
				if want := text[e.Start:e.End]; span != want || math.Abs(got.Share-e.Share) > 0 {
					t.Errorf("%s: span %q with share %v, want %q with %v", unit, span, got.Share, want, e.Share)
				}
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	const text = "Vous avez tort, vous OMETTEZ tout, et vos « experts » aussi !!"
	var scorer heat.Scorer
	s := scorer.Alone(text, "", true, "")
	buf := make([]byte, 0, 1<<12)
	b.ReportAllocs()
	for b.Loop() {
		buf = Append(buf[:0], `"c1"`, text, s, Options{Offsets: Runes})
	}
}
