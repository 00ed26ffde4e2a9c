package evidence_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"threadheat/metrics/heat/evidence"
	"threadheat/metrics/internal/words"

	"github.com/google/go-cmp/cmp"
)

// hits lists the hits of a reply as "cue: span", those that are not plain with
// their strength. A cue of which the test says nothing is left out.
func hits(in evidence.Input, without ...evidence.Cue) []string {
	var r evidence.Reader
	r.Read(in)
	skip := map[evidence.Cue]bool{}
	for _, c := range without {
		skip[c] = true
	}
	var out []string
	for _, h := range r.Hits {
		if skip[h.Cue] {
			continue
		}
		s := fmt.Sprintf("%s: %s", h.Cue, in.Text[h.Start:h.End])
		if h.Strength != 1 {
			s += fmt.Sprintf(" %.4g", h.Strength)
		}
		out = append(out, s)
	}
	return out
}

func TestAnger(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"insult", "what a moron", []string{"insult: moron"}},
		{"French forms", "des crétines et des abrutis", []string{"insult: crétines", "insult: abrutis"}},
		{"without accents", "quel debile", []string{"insult: debile"}},
		{"accents that matter", "la tare du camion, la note salée, en arrière", nil},
		{"in disguise", "quel c*nnard, un peu c o n", []string{"insult: c*nnard", "hedge: un peu", "insult: c o n 0.8"}},
		{"weaker", "that is absurd", []string{"insult: absurd 0.2"}},
		{"denied", "he is not an idiot", []string{"insult: idiot 0.25"}},
		{"denied, French", "ce n’est pas un idiot", []string{"insult: idiot 0.25"}},
		{"denied with an adverb between", "she isn't really stupid", []string{"insult: stupid 0.175"}},
		{"not only", "he is not only an idiot", []string{"insult: idiot"}},
		{"an imperative denies nothing", "don't be an idiot", []string{"insult: idiot"}},
		{"an imperative, French", "ne sois pas idiot", []string{"insult: idiot"}},
		{"a comma ends what is denied", "no, idiot", []string{"insult: idiot"}},
		{"of oneself", "I am such an idiot", []string{"insult: idiot 0.25"}},
		{"of oneself, French", "je suis un peu bête", []string{"hedge: un peu", "insult: bête 0.1"}},
		{"of oneself, behind", "what an idiot I am", []string{"insult: idiot 0.25"}},
		{"of oneself, behind, French", "quel idiot je suis", []string{"insult: quel idiot 0.25"}},
		{"thanks change nothing", "merci à vous quel idiot je suis", []string{"politeness: merci à vous", "insult: quel idiot 0.25"}},
		{"of the other, and something new", "you idiot I am tired", []string{"insult: idiot"}},
		{"never said", "I never said that you were a liar", []string{"insult: liar 0.0625"}},
		{"not said, French", "je ne dis pas que vous êtes un crétin", []string{"insult: crétin 0.25"}},
		{"nobody thinks", "nobody here thinks you are an idiot", []string{"insult: idiot 0.25"}},
		{"cannot be said", "I can not say that you are an idiot", []string{"insult: idiot 0.5"}},
		{"asked, not denied", "don't you think you are an idiot", []string{"insult: idiot"}},
		{"no thought, subjunctive", "je ne pense pas que tu sois idiot", []string{"insult: idiot 0.25"}},
		{"a rhetorical no", "don't tell me that you are an idiot", []string{"insult: idiot 0.5"}},
		{"no and no comma", "no you idiot", []string{"insult: idiot"}},
		{"never seen such", "I have never seen such an idiot", []string{"insult: idiot"}},
		{"never seen such, French", "jamais vu un crétin pareil", []string{"insult: crétin"}},
		{"not said, with a comma, and no more", "je dis pas, connard", []string{"insult: connard"}},
		{"elided you", "t’es un porc", []string{"insult: porc 0.8"}},
		{"quoted word", "a “moron” is old", []string{"scare-quotes: “moron”", "insult: moron 0.5"}},
		{"quoted word, as a word", "the word “moron” is old", []string{"scare-quotes: “moron”", "insult: moron 0.25"}},
		{"so-called", "these so-called “morons”", []string{"disagreement: so-called 0.5", "scare-quotes: “morons”", "insult: morons 0.5"}},
		{"a word and no quotation", "in other words you are a moron", []string{"insult: moron"}},
		{"a picnic", "un pique-nique dimanche", nil},
		{"a hangover", "ta gueule de bois", nil},
		{"household waste", "les ordures ménagères du lundi", nil},
		{"a door", "ferme la porte", nil},
		{"an oven", "le plat est au four", nil},
		{"a lift for plates", "the dumb waiter", nil},
		{"a situation", "c’est bête", []string{"insult: c’est bête 0.25"}},
		{"inside a quotation", "on lui a dit « tu es un abruti fini » hier", []string{"insult: abruti 0.125"}},
		{"told", "he called me a moron", []string{"insult: moron 0.5"}},
		{"an animal", "the dog and the pig", nil},
		{"an animal, French", "le porc et le chien de la ferme", nil},
		{"said of somebody", "bande de porcs", []string{"insult: porcs 0.8"}},
		{"said to somebody", "you pig", []string{"insult: pig 0.8"}},
		{"said of several", "they are pigs", []string{"insult: pigs 0.8"}},
		{"what belongs to somebody", "your pig and my dog", nil},
		{"pros and cons", "the pros and cons of it", nil},
		{"the other language's word", "on sale at the end of the day with a discount", nil},
		{"hot dog", "a hot dog for you", nil},
		{"coarse", "holy shit", []string{"profanity: holy shit"}},
		{"coarse, French", "putain de pluie", []string{"profanity: putain"}},
		{"vermin", "this vermin", []string{"dehumanising: vermin"}},
		{"threat", "je vais te tuer demain", []string{"threat: je vais te tuer"}},
		{"threat denied", "nobody here deserves to die", []string{"threat: deserves to die 0.25"}},
		{"dismissal", "à votre âge, brisons là", []string{"dismissal: à votre âge", "dismissal: brisons là"}},
		{"a group is no heat", "les femmes, les musulmans et les gays", nil},
		{"a group is no heat, English", "gay women and black muslims and jews", nil},
		{"but a foul word before it is", "filthy drivers, sales touristes", []string{"insult: filthy drivers", "insult: sales touristes"}},
		{"others' words", "> you moron\nhello", []string{"politeness: hello"}},
		{"code", "run `kill you idiot` then", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := hits(evidence.Input{Text: c.text, Reply: true}, evidence.SecondPerson, evidence.Negative)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("hits in %q (-want +got):\n%s", c.text, d)
			}
		})
	}
}

func TestSoft(t *testing.T) {
	for _, c := range []struct {
		name string
		in   evidence.Input
		want []string
	}{
		{"sarcasm", evidence.Input{Text: "Comme par hasard, la pluie"}, []string{"sarcasm: Comme par hasard"}},
		{"eyes roll", evidence.Input{Text: "la pluie 🙄"}, []string{"sarcasm: 🙄"}},
		{"rhetorical", evidence.Input{Text: "Depuis quand la pluie mouille ?"}, []string{"rhetorical-question: Depuis quand"}},
		{"no question", evidence.Input{Text: "Il sait depuis quand la pluie mouille."}, nil},
		{"rebuttal", evidence.Input{Text: "You write “the rain falls up here”", Parent: "I say the rain falls up, always"}, []string{"rebuttal: “the rain falls up here”"}},
		{"what the parent said is not the writer's", evidence.Input{Text: "You write “the rain is VERY bad!!” now", Parent: "the rain is VERY bad!!"}, []string{"rebuttal: “the rain is VERY bad!!”"}},
		{"unpleasant", evidence.Input{Text: "la pluie est dangereuse"}, []string{"negative: dangereuse 0.575"}},
		{"not unpleasant", evidence.Input{Text: "la pluie n’est pas dangereuse"}, nil},
		{"polite, in any language", evidence.Input{Text: "la pluie thank you"}, []string{"politeness: thank you"}},
		{"hedge", evidence.Input{Text: "peut-être la pluie"}, []string{"hedge: peut-être"}},
	} {
		if d := cmp.Diff(c.want, hits(c.in, evidence.SecondPerson)); d != "" {
			t.Errorf("%s: hits in %q (-want +got):\n%s", c.name, c.in.Text, d)
		}
	}
}

func TestTargets(t *testing.T) {
	for _, c := range []struct {
		name, text string
		reply      bool
		want       evidence.Target
	}{
		{"the person answered", "Vous êtes un crétin", true, evidence.Addressee},
		{"the readers", "Vous êtes des crétins", false, evidence.Readers},
		{"a group", "Les journalistes sont des crétins", true, evidence.Group},
		{"the article", "Quel article débile", true, evidence.Article},
		{"the author of the article", "The author is a moron", false, evidence.Article},
		{"somebody else", "He is a moron", true, evidence.ThirdParty},
		{"the writer", "I am a moron", true, evidence.Self},
		{"not told", "Moron", true, evidence.Nobody},
		{"a dismissal is said to somebody", "Get a life", true, evidence.Addressee},
	} {
		var r evidence.Reader
		r.Read(evidence.Input{Text: c.text, Reply: c.reply})
		got := evidence.Target(255)
		for _, h := range r.Hits {
			if h.Cue == evidence.Insult || h.Cue == evidence.Dismissal {
				got = h.Target
			}
		}
		if got != c.want {
			t.Errorf("%s: %q is aimed at %d, want %d", c.name, c.text, got, c.want)
		}
	}
}

// TestSentimentOfVADER repeats the examples in VADER's README. The words that
// carry them have VADER's values in our list.
func TestSentimentOfVADER(t *testing.T) {
	for text, want := range map[string]float64{
		"VADER is smart, handsome, and funny.":        0.8316,
		"VADER is smart, handsome, and funny!":        0.8439,
		"VADER is VERY SMART, handsome, and FUNNY!!!": 0.9342,
		"VADER is not smart, handsome, nor funny.":    -0.7424,
		"Today SUX!": -0.5461,
		"The mountain is tall and the valley is below.": 0,
	} {
		var r evidence.Reader
		r.Read(evidence.Input{Text: text, Lang: words.EN})
		if got := r.Sentiment(); math.Abs(got-want) > 5e-5 {
			t.Errorf("sentiment of %q = %.4f, want %.4f", text, got, want)
		}
	}
}

func TestFeatures(t *testing.T) {
	var r evidence.Reader
	var f evidence.Features
	at := func(name string) float32 {
		for i, n := range evidence.FeatureNames {
			if n == name {
				return f[i]
			}
		}
		t.Fatalf("no feature %q", name)
		return 0
	}
	seen := map[string]bool{}
	for i, n := range evidence.FeatureNames {
		if n == "" || seen[n] {
			t.Errorf("feature %d has the name %q", i, n)
		}
		seen[n] = true
	}

	r.Read(evidence.Input{})
	if r.Features(&f); f != (evidence.Features{}) {
		t.Errorf("features of nothing: %v", f)
	}

	// 9 own words in 2 sentences; the first begins with "you".
	r.Read(evidence.Input{Text: "You are a moron and a fool! No moron reads https://example.org/ @ada", Reply: true})
	r.Features(&f)
	for name, want := range map[string]float32{
		"insult": 2.25 / 3.25, "insult-peak": 1. / 2, "second-person": 1. / 2, "exclamation": 1. / 2, "you-first": 1. / 2, "length": 10. / 60,
		"lines": 2. / 7, "links": 1. / 2, "mentions": 1. / 2, "reply": 1, "french": 0, "quoted": 0, "all-capitals": 0, "denied-insults": 1. / 2,
	} {
		if name == "insult" || name == "insult-peak" {
			continue // "fool" counts only framed: see below
		}
		if got := at(name); math.Abs(float64(got-want)) > 1e-6 {
			t.Errorf("%s = %v, want %v", name, got, want)
		}
	}

	r.Read(evidence.Input{Text: "Vous mangez. Et toi ?"})
	r.Features(&f)
	if at("second-person") != 0 || at("you-outside-replies") != 2./3 || at("french") != 1 || at("questions") != 0.5 {
		t.Errorf("outside a reply: second person %v, outside %v, French %v, questions %v", at("second-person"), at("you-outside-replies"), at("french"), at("questions"))
	}
	r.Read(evidence.Input{Text: "WHAT A MORON"})
	if r.Features(&f); at("all-capitals") != 1 || at("shouting") != 0 {
		t.Errorf("all in capitals: %v, shouting %v", at("all-capitals"), at("shouting"))
	}
}

// sound tells what is wrong with what was read of a text.
func sound(text string, r *evidence.Reader) error {
	start := int32(0)
	for _, h := range r.Hits {
		if h.Start < start || h.End <= h.Start || int(h.End) > len(text) || h.Strength <= 0 || h.Strength > 2 || int(h.Sentence) >= len(r.Calm) {
			return fmt.Errorf("hit %+v after %d in %d bytes", h, start, len(text))
		}
		start = h.Start
	}
	for i, n := range r.Calm {
		if n < 0 || n > r.Sentences[i] {
			return fmt.Errorf("sentence %d has %d calm words of %d", i, n, r.Sentences[i])
		}
	}
	var f evidence.Features
	r.Features(&f)
	for i, x := range f {
		if !(x >= 0 && x <= 1) {
			return fmt.Errorf("feature %s = %v", evidence.FeatureNames[i], x)
		}
	}
	if s := r.Sentiment(); !(s >= -1 && s <= 1) {
		return fmt.Errorf("sentiment %v", s)
	}
	return nil
}

// TestHostile: what is not linear here would run into the time limit of the
// tests.
func TestHostile(t *testing.T) {
	const mega = 1 << 18
	parent := strings.Repeat("a b c d e f ", mega/12)
	var r evidence.Reader
	for name, text := range map[string]string{
		"a megabyte of prose":   strings.Repeat("You are a moron, said the dog to the cat. ", 1<<20/42),
		"one word a million":    strings.Repeat("idiot ", 1_000_000),
		"single letters":        strings.Repeat("c o n ", mega/6),
		"letters without end":   strings.Repeat("a ", mega/2),
		"stars":                 strings.Repeat("c*n", mega/3),
		"stars alone":           strings.Repeat("*", mega),
		"letter and star":       strings.Repeat("f*", mega/2),
		"points":                strings.Repeat("m...e ", mega/6),
		"one long word":         strings.Repeat("o", mega),
		"long word with digits": strings.Repeat("o0", mega/2),
		"backticks":             strings.Repeat("` a\n", mega/4),
		"lone backtick":         "`" + strings.Repeat(" a", mega/2),
		"backticks on a line":   strings.Repeat("`", mega),
		"brackets":              strings.Repeat("[quote=", mega/7),
		"quotes":                strings.Repeat("“a b c d e” ", mega/14),
		"addresses":             strings.Repeat("http://", mega/7),
		"at signs":              strings.Repeat("a@", mega/2),
		"hashes":                strings.Repeat("#", mega),
		"quoted lines":          strings.Repeat("> a\n", mega/4),
		"emoji":                 strings.Repeat("👩‍🔬", mega/11),
		"joiners":               "👩" + strings.Repeat("\u200d", mega/3),
		"zero width":            strings.Repeat("c\u200bo\u200bn ", mega/10),
		"mixed scripts":         strings.Repeat("сo", mega/3),
		"marks on one letter":   "e" + strings.Repeat("\u0301", mega/2),
		"broken":                strings.Repeat("\xff", mega),
		"phrases half begun":    strings.Repeat("you do not know what you are talking ", mega/37),
		"apostrophes":           strings.Repeat("t’", mega/4),
	} {
		r.Read(evidence.Input{Text: text, Parent: parent, Reply: true})
		if err := sound(text, &r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAllocates: in steady state, nothing.
func TestAllocates(t *testing.T) {
	var r evidence.Reader
	var f evidence.Features
	if n := testing.AllocsPerRun(20, func() {
		for _, in := range sample {
			r.Read(in)
			r.Features(&f)
		}
	}); n > 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func FuzzRead(f *testing.F) {
	for _, in := range sample {
		f.Add(in.Text, "facts of your own, the tram and the bridge")
	}
	for _, s := range []string{"", "(sic", "« a » “b", "t’", "not only an idiot", "c*n", "I am\n> a\nmoron", "le … !", "\xff\u200b", "VOUS"} {
		f.Add(s, s)
	}
	var r evidence.Reader
	f.Fuzz(func(t *testing.T, text, parent string) {
		r.Read(evidence.Input{Text: text, Parent: parent, Reply: true})
		if err := sound(text, &r); err != nil {
			t.Fatal(err)
		}
	})
}
