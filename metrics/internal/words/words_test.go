package words_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"threadheat/metrics/internal/words"
	"threadheat/metrics/internal/words/seedtest"

	"github.com/google/go-cmp/cmp"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"empty", "", nil},
		{"only marks", " … !!! «»", nil},
		{"apostrophes of both kinds split", "L’État n'importe", []string{"l", "état", "n", "importe"}},
		{"hyphen and underscore split", "rendez-vous snake_case", []string{"rendez", "vous", "snake", "case"}},
		{"a decomposed accent is composed", "e\u0301cole", []string{"école"}},
		{"digits are words", "49.3 en 2021", []string{"49", "3", "en", "2021"}},
		{"zero-width space splits", "a\u200bb", []string{"a", "b"}},
		{"bidi marks split", "a\u202eb\u2069c", []string{"a", "b", "c"}},
		{"broken bytes split", "a\xffb", []string{"a", "b"}},
		{"other scripts", "Привет 世界", []string{"привет", "世界"}},
		{"a mark alone is no word", "\u0301", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, k := range words.Tokens(c.in) {
				got = append(got, k.Text)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("Tokens(%q) (-want +got):\n%s", c.in, d)
			}
			if n := words.Count(c.in); n != len(c.want) {
				t.Errorf("Count(%q) = %d, want %d", c.in, n, len(c.want))
			}
		})
	}
}

// TestCountsOfRealPages checks the tokens and types that the published numbers
// rest on.
func TestCountsOfRealPages(t *testing.T) {
	for _, c := range []struct {
		page          string
		article       [2]int
		tokens, types []int
	}{
		{"004", [2]int{411, 223}, []int{43, 577, 140, 323, 85, 375, 113}, []int{38, 324, 96, 196, 67, 244, 79}},
		{"000", [2]int{1309, 548}, []int{53, 111, 45, 117, 43, 46, 374, 79}, nil},
	} {
		t.Run(c.page, func(t *testing.T) {
			th := seedtest.Load(t, c.page)
			if n, k := count(th.Meta().Article); n != c.article[0] || k != c.article[1] {
				t.Errorf("article: %d tokens, %d types, want %v", n, k, c.article)
			}
			for i := range th.All() {
				n, k := count(th.Text(i))
				if n != c.tokens[i] || c.types != nil && k != c.types[i] {
					t.Errorf("comment %s: %d tokens, %d types, want %d and %v", th.ID(i), n, k, c.tokens[i], c.types)
				}
			}
		})
	}
}

func count(s string) (tokens, types int) {
	seen := map[string]bool{}
	for _, k := range words.Tokens(s) {
		seen[k.Text] = true
		tokens++
	}
	return tokens, len(seen)
}

func TestEndsSentence(t *testing.T) {
	for _, c := range []struct {
		name, before, gap string
		want              bool
	}{
		{"point", "cloud", ". ", true},
		{"no mark", "cloud", " ", false},
		{"comma", "cloud", ", ", false},
		{"French spaced mark", "cloud", " ! ", true},
		{"line break", "cloud", "\n", true},
		{"initial", "e", ". ", false},
		{"title", "mr", ". ", false},
		{"decimal point", "8", ".", false},
		{"question mark in an address", "watch", "?", false},
		{"closing quote before the space", "cloud", ".” ", true},
		{"point and comma", "cloud", "., ", false},
		{"ellipsis", "cloud", " … ", true},
		{"three points", "cloud", "... ", true},
		{"pause before the noun", "le", " … ", false},
		{"pause at the end of a line", "le", " …\n", true},
		{"ideographic full stop", "雲", "。", true},
		{"empty", "cloud", "", false},
	} {
		if got := words.EndsSentence(c.before, c.gap); got != c.want {
			t.Errorf("%s: EndsSentence(%q, %q) = %v, want %v", c.name, c.before, c.gap, got, c.want)
		}
	}
}

func TestEllipsis(t *testing.T) {
	for _, c := range []struct {
		in         string
		start, end int
		ok         bool
	}{
		{"", 0, 0, false}, {".", 0, 0, false}, {" … ", 1, 4, true}, {"..", 0, 2, true}, {", .... x", 2, 6, true}, {"…….!", 0, 7, true},
	} {
		if s, e, ok := words.Ellipsis(c.in); s != c.start || e != c.end || ok != c.ok {
			t.Errorf("Ellipsis(%q) = %d, %d, %v, want %d, %d, %v", c.in, s, e, ok, c.start, c.end, c.ok)
		}
	}
}

func TestClassOf(t *testing.T) {
	for _, c := range []struct {
		word string
		want words.Class
	}{
		{"le", words.Function | words.Determiner},
		{"votre", words.Function | words.Determiner | words.French},
		{"the", words.Function | words.Determiner | words.English},
		{"dans", words.Function | words.French},
		{"would", words.Function | words.English},
		{"de", words.Function},
		{"cloud", 0},
		{"", 0},
	} {
		if got := words.ClassOf(c.word); got != c.want {
			t.Errorf("ClassOf(%q) = %b, want %b", c.word, got, c.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "L’État", "e\u0301\u0301", "a\xff\xfeb", "\u200f\u202eabc", strings.Repeat("ǰ̌", 40), "İstanbul", "한국어 ᄀ\u1161"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		toks := words.Tokens(s)
		if n := words.Count(s); n != len(toks) {
			t.Fatalf("Count = %d, Tokens gives %d", n, len(toks))
		}
		end := 0
		for _, k := range toks {
			if k.Start < end || k.End <= k.Start || k.End > len(s) {
				t.Fatalf("token %+v after %d in %d bytes", k, end, len(s))
			}
			if k.Text == "" || !utf8.ValidString(s[k.Start:k.End]) {
				t.Fatalf("token %+v is cut inside a character", k)
			}
			end = k.End
		}
	})
}
