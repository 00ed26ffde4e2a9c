package words_test

import (
	"fmt"
	"strings"
	"testing"

	"threadheat/metrics/internal/words"

	"github.com/google/go-cmp/cmp"
)

// seen lists the words of a text as the reader sees them: the form, behind it
// what is not plain and own.
func seen(text, parent string) []string {
	var r words.Reader
	r.Read(text, parent, words.Unknown)
	var out []string
	for i, w := range r.Words {
		s := string(r.Form(i))
		switch w.Kind {
		case words.Emoji:
			s += "/emoji"
		case words.Mention:
			s += "/mention"
		case words.Hashtag:
			s += "/tag"
		case words.Address:
			s += "/address"
		}
		switch w.Zone {
		case words.Others:
			s += ">"
		case words.Code:
			s += "`"
		}
		if w.Shape&words.Disguise != 0 {
			s += "~"
		}
		out = append(out, s)
	}
	return out
}

func TestReaderWords(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
	}{
		{"empty", "", ""},
		{"elision, both apostrophes", "L’État n'est", "l état n est"},
		{"a decomposed accent", "e\u0301cole", "école"},
		{"address", "see https://example.org/idiot?a=b, thanks", "see /address thanks"},
		{"address without scheme", "www.example.org/a b", "/address b"},
		{"mail", "write to ada.b@example.org today", "write to ada /address today"},
		{"mention and hashtag", "@Ada_B says #Oui, #42", "ada_b/mention says oui/tag 42"},
		{"no mail", "tu@cloud.!!!", "tu cloud"},
		{"an at in the middle", "rendezvous @ noon", "rendezvous noon"},
		{"emoji", "oui 👍🏽👍 👩‍🔬!", "oui 👍/emoji 👍/emoji 👩🔬/emoji"},
		{"quoted line", "> your words\nmine", "your> words> mine"},
		{"quoted line, escaped and indented", "  &gt; your words\nmine", "gt> your> words> mine"},
		{"a comparison is no quotation", "a > b", "a b"},
		{"forum quotation", "[QUOTE=Ada]hers\nhers too[/quote] mine", "hers> hers> too> mine"},
		{"code in backticks", "call `f(x)` now", "call f` x` now"},
		{"a lone backtick", "call ` now\nor `never", "call now or never"},
		{"fence", "so\n```go\nreturn x\n```\nthen", "so go` return` x` then"},
		{"indented code", "so\n\n    if (a) { b }\n    c = d;\nthen", "so if` a` b` c` d` then"},
		{"indented prose", "so\n\n    it begins like this\nand ends", "so it begins like this and ends"},
		{"scripts without spaces", "我是 ok", "我 是 ok"},

		{"a star for a letter", "quel c*nnard et c*n", "quel connard~ et con~"},
		{"stars at the end", "f*** that", "fuck~ that"},
		{"bold is no disguise", "a **bold** idea and *one* more", "a bold idea and one more"},
		{"one star at the end marks a note", "idiot* and facts*", "idiot and facts"},
		{"signs", "b!tch, a$$hole, @sshole", "bitch~ asshole~ sshole/mention"},
		{"points", "p.tain de m...e", "putain~ de merde~"},
		{"initials", "la C.E.E. et l’O.N.U", "la c e e et l o n u"},
		{"a sentence without space", "fini.con", "fini con"},
		{"digits", "c0nnard 1d10t B2B4 2nd", "connard~ idiot~ b2b4 2nd"},
		{"a number is a number", "50% C#7 100$", "50 c 7 100"},
		{"letters repeated", "coooonard stuuupid aaah", "conard~ stupid~ aaah"},
		{"letters apart", "gros c o n n a r d va", "gros connard~ va"},
		{"letters apart with points", "i.d.i.o.t", "idiot~"},
		{"a longer word apart", "c o n f i a n c e", "c o n f i a n c e"},
		{"spelt out before an elision", "i d i o t s’il", "idiot~ s il"},
		{"zero width", "con\u200bnard sa\u00adlaud", "connard~ salaud~"},
		{"bidi marks", "\u202econnard\u202c", "connard"},
		{"Cyrillic letters", "сoнnаrd and сonnаrd", "cohnard~ and connard~"},
		{"Russian stays", "нет", "нет"},
		{"full width", "ｃｏｎ", "con~"},
		{"snake case", "as_hole of_a kind", "asshole~ of a kind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, strings.Join(seen(c.text, ""), " ")); d != "" {
				t.Errorf("words of %q (-want +got):\n%s", c.text, d)
			}
		})
	}
}

func TestReaderParent(t *testing.T) {
	const parent = "The tram costs far too much, and nobody wants to ride it in winter."
	for _, c := range []struct{ name, text, want string }{
		{"four words of the parent", `You say "costs far too much" again`, "you say costs> far> too> much> again"},
		{"among others", `"it costs far too much today" you say`, "it> costs> far> too> much> today> you say"},
		{"folded alike", `« COSTS far too MUCH » ?`, "costs> far> too> much>"},
		{"three words", `"far too much" again`, "far too much again"},
		{"not in a row", `"tram far much nobody wants winter"`, "tram far much nobody wants winter"},
		{"not in quotation marks", `costs far too much again`, "costs far too much again"},
	} {
		if d := cmp.Diff(c.want, strings.Join(seen(c.text, parent), " ")); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// One sentence in each language, and what is too short or foreign.
func TestReaderLanguage(t *testing.T) {
	for _, c := range []struct {
		text string
		want words.Lang
	}{
		{"Le nuage n’appartient à personne et celui qui veut le vendre n’a rien compris", words.FR},
		{"le nuage est a tout le monde et vous le vendez quand meme", words.FR},
		{"jsuis pas la", words.FR},
		{"The cloud belongs to nobody and whoever wants to sell it has understood nothing", words.EN},
		{"u dont even know why", words.EN},
		{"Go to the station", words.EN},
		{"Go to hell", words.Unknown}, // "go" and "to" are Polish too
		{"Die Wolke gehört niemandem, und wer sie verkaufen will, hat nichts begriffen", words.DE},
		{"De wolk is van niemand en wie haar wil verkopen heeft er niets van begrepen", words.NL},
		{"La nube no pertenece a nadie y quien quiera venderla no ha entendido nada", words.ES},
		{"La nuvola non appartiene a nessuno e chi vuole venderla non ha capito niente", words.IT},
		{"A nuvem não pertence a ninguém e quem quer vendê-la não entendeu nada", words.PT},
		{"Chmura nie należy do nikogo, a kto chce ją sprzedać, ten niczego nie zrozumiał", words.PL},
		{"Облако никому не принадлежит", words.Other},
		{"雲は誰のものでもない", words.Other},
		{"Bulut kimseye ait değildir ve onu satmak isteyen hiçbir şey anlamamıştır", words.Other},
		{"", words.Unknown},
		{"!!! 42", words.Unknown},
		{"Wolken sind frei!", words.Unknown},
		{"connard connard connard connard idiot idiot idiot idiot merci merci", words.Unknown},
		{"> The cloud belongs to nobody and whoever wants to sell it\nKlar", words.Unknown},
	} {
		if got := words.LangOf(c.text); got != c.want {
			t.Errorf("language of %q = %q, want %q", c.text, got, c.want)
		}
	}
	var r words.Reader
	if r.Read("Klar!", "", words.DE); r.Lang != words.DE {
		t.Errorf("a short text has the language %q, want that of the hint", r.Lang)
	}
}

func TestParseLang(t *testing.T) {
	for code, want := range map[string]words.Lang{
		"fr": words.FR, "FR-ca": words.FR, "en_GB": words.EN, "": words.Unknown, "und": words.Unknown, "ckb": words.Other,
	} {
		if got := words.ParseLang(code); got != want {
			t.Errorf("ParseLang(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestReaderSentences(t *testing.T) {
	var r words.Reader
	r.Read("Oui. Le … nuage est là !\n> non non\nM. Dupont part… Bien", "", words.Unknown)
	if d := cmp.Diff([]int32{1, 4, 0, 3, 1}, r.Sentences); d != "" {
		t.Errorf("own words of the sentences (-want +got):\n%s", d)
	}
	if r.Own != 9 {
		t.Errorf("%d own words, want 9", r.Own)
	}
}

func TestReaderMarks(t *testing.T) {
	var r words.Reader
	text := "Quoi ?! Non... Si‼ « deux mots » et “un"
	r.Read(text, "", words.Unknown)
	var got []string
	for _, m := range r.Marks {
		got = append(got, fmt.Sprintf("%s %d %v %v", text[m.Start:m.End], m.Count, m.Loud, m.Asks))
	}
	if d := cmp.Diff([]string{"?! 2 true true", "... 0 false false", "‼ 2 true false"}, got); d != "" {
		t.Errorf("marks (-want +got):\n%s", d)
	}
	if len(r.Quotes) != 1 || text[r.Quotes[0].Start:r.Quotes[0].End] != "« deux mots »" || r.Quotes[0].To-r.Quotes[0].From != 2 {
		t.Errorf("quotes = %+v, want « deux mots » alone", r.Quotes)
	}
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{
		"", "L’État", "c*n c o n i.d.i.o.t", "> a\n```\nb", "[quote]x", "a`b`c", "\u202e\u200bx\u0301", "a\xff\xfeb", "www.x", "a@b.c", "👩‍🔬🏽",
		`"a b c d"`, strings.Repeat("a ", 40), "ｃｏｎ сon", "İ ǰ̌", "\u0301", "((sic))", "....", "“”«»",
	} {
		f.Add(s, "a b c d e")
	}
	var r words.Reader
	f.Fuzz(func(t *testing.T, text, parent string) {
		r.Read(text, parent, words.Unknown)
		end, own, sentence := int32(0), 0, int32(0)
		for i, w := range r.Words {
			if w.Start < end || w.End <= w.Start || int(w.End) > len(text) || w.Sentence < sentence || int(w.Sentence) >= len(r.Sentences) {
				t.Fatalf("word %d %+v after byte %d and sentence %d of %d", i, w, end, sentence, len(r.Sentences))
			}
			if w.Kind != words.Address && len(r.Form(i)) == 0 {
				t.Fatalf("word %d %+v has no form", i, w)
			}
			if w.Zone == words.Own && w.Kind == words.Plain {
				own++
			}
			end, sentence = w.End, w.Sentence
		}
		sum := 0
		for _, n := range r.Sentences {
			sum += int(n)
		}
		if own != r.Own || own != sum {
			t.Fatalf("%d own words, Own = %d, in sentences %d", own, r.Own, sum)
		}
		end = 0
		for _, m := range r.Marks {
			if m.Start < end || m.End <= m.Start || int(m.End) > len(text) || int(m.Word) > len(r.Words) || int(m.Sentence) >= len(r.Sentences) {
				t.Fatalf("mark %+v after %d in %d bytes", m, end, len(text))
			}
			end = m.End
		}
		for _, q := range r.Quotes {
			if q.Start >= q.End || int(q.End) > len(text) || q.From >= q.To || int(q.To) > len(r.Words) || int(q.Sentence) >= len(r.Sentences) {
				t.Fatalf("quotation %+v of %d words in %d bytes", q, len(r.Words), len(text))
			}
		}
		to := int32(0)
		for _, x := range r.Finds {
			if x.From >= x.To || int(x.To) > len(r.Words) || x.From < to && x.To != to || x.Strength <= 0 || x.Strength > 1 {
				t.Fatalf("find %+v after word %d of %d", x, to, len(r.Words))
			}
			to = x.To
		}
	})
}

// TestReaderAllocates: in steady state, nothing.
func TestReaderAllocates(t *testing.T) {
	var r words.Reader
	text := "Vous dites « la tour est trop haute » : c’est un c*nnard, E\u0301TE\u0301 stuuupid, n’importe quoi !!"
	parent := "Je crois que la tour est trop haute pour le quartier."
	if n := testing.AllocsPerRun(50, func() { r.Read(text, parent, words.Unknown) }); n > 0 {
		t.Errorf("%v allocations for each comment, want none", n)
	}
}
