package stems

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func of(text, lang string) []string {
	r := NewReader()
	var out []string
	for _, k := range r.Tokens(nil, text) {
		if t := r.Term(k.Word, ByCode(lang)); k.Part == Own && t != None {
			out = append(out, r.Terms[t].Text)
		}
	}
	return out
}

func TestStems(t *testing.T) {
	for _, c := range []struct {
		name, lang, in string
		want           []string
	}{
		{"empty", "fr", "", nil},
		{"stop words only", "fr", "Je ne suis pas avec vous, et ils l’ont été", nil},
		{"elisions are split", "fr", "L’éolienne d'Arles qu’aujourd’hui j’installe", []string{"eolien", "arle", "install"}},
		{"numbers of a French noun meet", "fr", "turbine turbines, nuage nuages", []string{"turbin", "turbin", "nuag", "nuag"}},
		{"forms of a French verb meet", "fr", "hébergeait hébergent hébergé", []string{"heberg", "heberg", "heberg"}},
		{"accents may be left out", "fr", "souveraineté souverainete", []string{"souverainet", "souverainet"}},
		{"a stop word without its accents", "fr", "deja déjà meme même nuage", []string{"nuag"}},
		{"ligatures are letters", "fr", "bœuf boeuf", []string{"boeuf", "boeuf"}},
		{"English", "en", "The servers' hosting doesn't hosted", []string{"server", "host", "host"}},
		{"German compounds begin alike", "de", "Windräder und Windrädern", []string{"windra", "windra"}},
		{"Polish is cut", "pl", "elektrowniach elektrowni", []string{"elektr", "elektr"}},
		{"Arabic letters that keyboards mix up", "ckb", "كوردی کوردي", []string{"کوردی", "کوردی"}},
		{"an unknown language keeps its words", "xx", "Mots entiers", []string{"mots", "entiers"}},
		{"scripts without spaces, by two characters", "en", "世界和平 turbine 風", []string{"世界", "界和", "和平", "turbin", "風"}},
		{"single letters tell nothing", "en", "x y turbine", []string{"turbin"}},
		{"a quoted line is not the writer's", "en", "> turbine\n  > nuclear\nclouds", []string{"cloud"}},
		{"an escaped quotation", "en", "&gt; turbine\nclouds", []string{"cloud"}},
		{"an address is no word", "en", "clouds (https://example.org/turbine) www.example.com/nuclear", []string{"cloud"}},
		{"an address at the end", "fr", "nuages http://exemple.fr/turbine", []string{"nuag"}},
		{"an arrow inside a line is no quotation", "en", "clouds > turbines", []string{"cloud", "turbin"}},
		{"a string of characters is kept whole", "en", strings.Repeat("ing", 30), []string{strings.Repeat("ing", 30)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, of(c.in, c.lang)); d != "" {
				t.Errorf("stems of %q (-want +got):\n%s", c.in, d)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		in, usual, want string
	}{
		{"The wind turbines are not what they were before the war, and you know it.", "", "en"},
		{"Je ne crois pas que ce soit la même chose, mais vous avez peut-être raison.", "", "fr"},
		{"Das ist doch nicht der Punkt, wenn man es so sieht wie ich.", "en", "de"},
		{"Non è questo il punto, ma se la vedi così non posso farci niente.", "en", "it"},
		{"Nie wiem, czy to jest prawda, ale tak mi się wydaje.", "en", "pl"},
		{"Je ne crois pas que ce soit la même chose, mais vous avez peut-être raison.", "en", "fr"},
		{"Turbine nuage", "fr", "fr"},
		{"Turbine nuage", "", ""},
		{"ok", "en", "en"},
		{"", "fr", "fr"},
		{"I agree.", "fr", "fr"}, // too short to leave the language of the thread
	} {
		r := NewReader()
		var votes Ballot
		r.Votes(&votes, r.Tokens(nil, c.in))
		if got := Language(&votes, ByCode(c.usual)).Code(); got != c.want {
			t.Errorf("Language(%q) in a thread in %q = %q, want %q", c.in, c.usual, got, c.want)
		}
	}
}

func TestTermsAreOfOneLanguage(t *testing.T) {
	r := NewReader()
	k := r.Tokens(nil, "coin")[0]
	en, fr, de := r.Term(k.Word, ByCode("en")), r.Term(k.Word, ByCode("fr")), r.Term(k.Word, ByCode("de"))
	if en == fr || fr == de || en == de {
		t.Errorf("one term for a word of several languages: %d, %d, %d", en, fr, de)
	}
	if again := r.Term(k.Word, ByCode("en")); again != en {
		t.Errorf("the term is %d the second time, %d the first", again, en)
	}
}

func FuzzStems(f *testing.F) {
	for _, s := range []string{"", "> a\nhttp://", "www.", "://", "a\xff\xfe", "ﷺ ى ي", "L’État œuf", strings.Repeat("ǰ̌", 40), "世界 ᄀ\u1161", "iii çççğı", "&gt;&gt;", "lllll'''s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := NewReader()
		start, end := int32(-1), int32(0)
		tokens := r.Tokens(nil, s)
		for _, k := range tokens {
			if k.Start <= start || k.End <= k.Start || k.End < end || int(k.End) > len(s) {
				t.Fatalf("token %+v after one from %d to %d", k, start, end)
			}
			start, end = k.Start, k.End
			for l := range len(codes) {
				if id := r.Term(k.Word, Lang(l)); id != None {
					if got := r.Terms[id]; got.Text == "" || got.Lang != Lang(l) || !utf8.ValidString(got.Text) {
						t.Fatalf("term of %q in %s is %+v", s[k.Start:k.End], Lang(l).Code(), got)
					}
				}
			}
		}
		var votes Ballot
		r.Votes(&votes, tokens)
		Language(&votes, Unknown)
	})
}
