package heat_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/heat/evidence"
	"threadheat/thread"

	"github.com/google/go-cmp/cmp"
)

// found lists the evidence of cues in a reply as "cue: span".
func found(text string) []string {
	var out []string
	for _, e := range heat.Of(text, true).Evidence {
		if e.Cue != heat.Wording {
			out = append(out, e.Cue+": "+text[e.Start:e.End])
		}
	}
	return out
}

func TestEvidence(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"shouting", "Il faut une VRAIE réponse", []string{"shouting: VRAIE"}},
		{"three letters are no shout", "La fin du PLU", nil},
		{"acronyms", "L’OTAN et la SNCF et le GAFAM", nil},
		{"a word with a digit", "le virus COVID19 et B2B4", nil},
		{"dotted initials", "le vote à l’O.N.U. et à la C.E.E. hier", nil},
		{"all in capitals is a habit", "CECI EST UNE PHRASE ENTIÈRE", nil},
		{"polite small letters do not make the rest a shout", "CECI EST UNE PHRASE ENTIÈRE merci", []string{"politeness: merci"}},
		{"capitals with accents", "un ÉCHEC total", []string{"shouting+negative: ÉCHEC"}},

		{"one mark", "Demain !", []string{"exclamation: !"}},
		{"a run", "Demain!!! Encore?!", []string{"exclamation: !!!", "exclamation: ?!"}},
		{"a question is calm", "Vraiment ?", nil},
		{"questions are not", "Vraiment ???", []string{"exclamation: ???"}},
		{"interrobang", "Vraiment‽", []string{"exclamation: ‽"}},

		{"second person, French", "Vous et votre chien, toi et tes amis", []string{"second-person: Vous", "second-person: votre", "second-person: toi", "second-person: tes"}},
		{"second person, English", "You and yours, yourself", []string{"second-person: You", "second-person: yours", "second-person: yourself"}},
		{"elided", "Je t’entends", []string{"second-person: t"}},
		{"not elided", "Y a-t-il ? I don't. We can’t.", nil},
		{"a ton of it", "the weight of a ton of these", nil},
		{"ton is yours in French", "c’est pas ton idée, même pas", []string{"second-person: ton"}},
		{"a polite you", "S’il vous plaît, thank you", []string{"politeness: S’il vous plaît", "politeness: thank you"}},

		{"disagreement with second person", "Tu oublies le prix", []string{"disagreement+second-person: Tu oublies"}},
		{"phrase across an apostrophe with a space", "c’ est n’ importe quoi", []string{"disagreement: c’ est n’ importe quoi"}},
		{"no phrase across a full stop", "Ce n’est pas. D’accord", nil},
		{"the longer phrase wins", "Je ne suis pas d’accord avec vous", []string{"disagreement: Je ne suis pas d’accord", "second-person: vous"}},
		{"English contraction", "That's wrong, it isn't true", []string{"disagreement: wrong", "disagreement: isn't true"}},
		{"an idiom is no greeting", "et alors bonjour la facture", nil},

		{"sic", "une réparation éternelle ( sic ) enfin", []string{"sic: ( sic )"}},
		{"sic with a mark", "éternelle [sic !]", []string{"sic+exclamation: [sic !]"}},
		{"sic transit", "sic transit gloria", nil},
		{"scare quotes, guillemets", "ces « experts » parlent", []string{"scare-quotes: « experts »"}},
		{"scare quotes, the same mark twice with spaces", "un ” petit ” cadeau et ” rien ” de plus", []string{"scare-quotes: ” petit ”", "scare-quotes: ” rien ”"}},
		{"scare quotes, straight", `the "so-called" help`, []string{`scare-quotes+disagreement: "so-called"`}},
		{"a title", "lisez “Le Petit Prince” ce soir", nil},
		{"a name", "le bateau “Marie” coule", nil},
		{"a mocked noun with a capital", "demandez au “Expert” local", []string{"scare-quotes: “Expert”"}},
		{"a long quotation", "il a dit « je viendrai demain matin » et puis rien", nil},
		{"a mark without partner", "le noir complet”. Puis “trois mots ici” enfin", []string{"scare-quotes: “trois mots ici”"}},
		{"a quotation does not cross a line", "” un\ndeux ”", nil},
		{"inches", `a 5" disc and a 3" disc`, nil},

		{"pause before a noun", "pour les … experts", []string{"pause: …"}},
		{"pause with points", "pour vos ... experts", []string{"second-person: vos", "pause: ..."}},
		{"pause that is an end", "on verra … demain", nil},
		{"no pause before thanks", "pour les … merci", []string{"politeness: merci"}},

		{"cues that overlap", "donnez « votre » avis", []string{"scare-quotes+second-person: « votre »"}},
		{"shouted you", "c’est VOUS qui parlez", []string{"shouting+second-person: VOUS"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, found(c.text)); d != "" {
				t.Errorf("evidence in %q (-want +got):\n%s", c.text, d)
			}
		})
	}
}

// TestByHand works one heat out with pencil and paper: 6 words, two of them
// second person and one scare quotes, in one sentence.
func TestByHand(t *testing.T) {
	text := "Gardez « votre » avis pour vous demain"
	rate := 1.0 / (6 + heat.Kappa)
	you := .6 * 2 * rate / .06
	quotes := .35 * rate / .05
	s := heat.Of(text, true)
	if want := 1 - math.Exp(-(you + quotes)); math.Abs(s.ByCues-want) > 1e-12 {
		t.Errorf("by cues = %v, want %v", s.ByCues, want)
	}
	if want := 1 - (1-s.ByModel)*math.Pow(1-s.ByCues, heat.CueShare); math.Abs(s.Value-want) > 1e-12 {
		t.Errorf("heat = %v, want %v", s.Value, want)
	}
	// Outside a reply the two do not count, and only the quotes are left.
	if got, want := heat.Of(text, false).ByCues, 1-math.Exp(-quotes); math.Abs(got-want) > 1e-12 {
		t.Errorf("heat of a top-level comment = %v, want %v", got, want)
	}
}

// TestPeak: a hot sentence in a long calm text counts more than its density.
func TestPeak(t *testing.T) {
	calm := strings.Repeat("La turbine tourne dans la vallée et le courant passe. ", 30)
	hot := "Vous racontez n’importe quoi, vous et votre clique !!"
	whole := heat.Of(calm+hot, true).ByCues
	alone := heat.Of(hot, true).ByCues
	if !(whole > alone/2*0.9 && whole < alone) {
		t.Errorf("heat of the long text = %.3f, want between about half of %.3f and all of it", whole, alone)
	}
}

// TestPeakOfQuotation: scare quotes that open a sentence belong to it, and not
// to the one that ends before the mark.
func TestPeakOfQuotation(t *testing.T) {
	calm := strings.Repeat("la turbine tourne dans la vallée et le courant passe ", 30)
	text := calm + ". « Experts » dites-vous. " // the capital makes it a title
	if got := heat.Of(text, false).ByCues; got != 0 {
		t.Fatalf("by cues %v, want 0", got)
	}
	text = calm + ". « votre » avis. "
	n := float64(30*10 + 2)
	want := (0.35/(n+heat.Kappa)/.05 + 0.35/(2+heat.Kappa)/.05) / 2
	if got := heat.Of(text, false).ByCues; math.Abs(got-(1-math.Exp(-want))) > 1e-12 {
		t.Errorf("heat = %v, want %v", got, 1-math.Exp(-want))
	}
}

func TestOtherLanguages(t *testing.T) {
	for _, c := range []struct {
		name, text string
		abstain    bool
	}{
		{"German", "Die Wolke gehört niemandem, und wer sie verkaufen will, der hat wohl nichts begriffen!", true},
		{"Russian", "Облако никому не принадлежит, и тот, кто хочет его продать, ничего не понял!", true},
		{"Japanese", "雲 は 誰 の もの でも ない と 思います が 違います か", true},
		{"Spanish", "La nube no pertenece a nadie y quien quiera venderla es que no ha entendido absolutamente nada", true},
		{"Italian", "La nuvola non appartiene a nessuno e chi vuole venderla non ha capito proprio niente di niente", true},
		{"Dutch", "De wolk is van niemand en wie haar wil verkopen heeft er helemaal niets van begrepen", true},
		{"Polish", "Chmura nie należy do nikogo, a kto chce ją sprzedać, ten niczego nie zrozumiał!", true},
		{"French", "Le nuage n’appartient à personne et celui qui veut le vendre n’a rien compris", false},
		{"English", "The cloud belongs to nobody and whoever wants to sell it has understood nothing", false},
		{"French without accents", "le nuage est a tout le monde et vous le vendez quand meme", false},
		{"too short to tell", "Wolken sind frei!", false},
	} {
		s := heat.Of(c.text, true)
		if got := s.Reason == heat.Language; got != c.abstain {
			t.Errorf("%s: abstains = %v, want %v (%+v)", c.name, got, c.abstain, s)
		}
		if s.Reason != nil && (s.Value != 0 || s.Evidence != nil) {
			t.Errorf("%s: has a reason and a value: %+v", c.name, s)
		}
	}
}

// TestReasons: "cannot tell" is no 0.
func TestReasons(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       *metrics.Text
	}{
		{"two words", "Beau temps", heat.TooShort},
		{"two words with a cue", "Abruti fini", nil},
		{"an address", "https://example.org/vallee", heat.TooShort},
		{"names", "@ada @bob", heat.TooShort},
		{"three words", "Le beau temps", nil},
		{"only a quotation", "> Vous êtes un crétin fini\n> et un menteur", heat.QuotesOnly},
		{"only code", "```\nkill you\n```", heat.QuotesOnly},
		{"a quotation and an answer", "> Vous êtes un crétin fini\nCe n’est pas une façon de parler", nil},
		{"marks alone are loud", "!!!", nil},
		{"nothing", "", nil},
	} {
		s := heat.Of(c.text, true)
		if s.Reason != c.want {
			t.Errorf("%s: reason %v, want %v", c.name, s.Reason, c.want)
		}
		if c.want != nil && (s.Value != 0 || s.Evidence != nil) {
			t.Errorf("%s: has a reason and a value: %+v", c.name, s)
		}
	}
}

// TestOfParent: what a comment quotes of the one it answers is not its own.
func TestOfParent(t *testing.T) {
	const parent = "La vallée est pleine de crétins finis et de menteurs."
	reply := evidence.Input{Text: "Vous écrivez « pleine de crétins finis et de menteurs », vraiment, et personne ne le croit", Reply: true}
	var s heat.Scorer
	alone := s.Score(reply)
	reply.Parent = parent
	with := s.Score(reply)
	if alone.Counts[heat.Insult] != 2 || with.Counts[heat.Insult] != 0 || with.Counts[heat.Rebuttal] != 1 || with.Value >= alone.Value {
		t.Errorf("without the parent %v %v, with it %v %v", alone.Value, alone.Counts, with.Value, with.Counts)
	}
	if with.Target != evidence.Addressee {
		t.Errorf("aimed at %v, want the person answered", with.Target)
	}
}

// A short text takes the language of the thread it stands in.
func TestShortTextsAmongOthers(t *testing.T) {
	const german = "Die Wolke gehört niemandem, und wer sie verkaufen will, der hat wohl nichts begriffen!"
	const english = "The cloud belongs to nobody and whoever wants to sell it has understood nothing"
	for _, c := range []struct {
		name    string
		others  []string
		abstain bool
	}{
		{"German thread", []string{german, german, english}, true},
		{"English thread", []string{english, english, german}, false},
		{"undecided", []string{german, english}, false},
		{"nothing else", nil, false},
	} {
		b := thread.NewBuilder(thread.Meta{})
		for _, text := range append(c.others, "Ach was!!!", "") {
			b.Add(thread.Comment{ID: fmt.Sprint(b.Len()), Text: text})
		}
		ss, err := heat.Scores.Of(metrics.NewContext(b.Build(), metrics.Options{}))
		if err != nil {
			t.Fatal(err)
		}
		short, blank := ss[len(ss)-2], ss[len(ss)-1]
		if got := short.Reason == heat.Language; got != c.abstain || got == (short.Value > 0) {
			t.Errorf("%s: the short text has %+v, want abstention %v", c.name, short, c.abstain)
		}
		if blank.Reason != nil || blank.Value != 0 {
			t.Errorf("%s: the empty text has %+v, want 0", c.name, blank)
		}
	}
}

// sound tells what is wrong with a score of a text.
func sound(text string, s heat.Score) error {
	if math.IsNaN(s.Value) || s.Value < 0 || s.Value >= 1 {
		return fmt.Errorf("heat %v is not in [0, 1)", s.Value)
	}
	end, sum := 0, 0.0
	for _, e := range s.Evidence {
		switch {
		case e.Start < end || e.End <= e.Start || e.End > len(text):
			return fmt.Errorf("evidence %+v after %d in %d bytes", e, end, len(text))
		case !boundary(text, e.Start) || !boundary(text, e.End):
			return fmt.Errorf("evidence %+v cuts a character", e)
		case e.Share < 0 || e.Share > 1+1e-9 || math.IsNaN(e.Share):
			return fmt.Errorf("evidence %+v has no share in [0, 1]", e)
		}
		end, sum = e.End, sum+e.Share
	}
	if s.Value > 0 && math.Abs(sum-1) > 1e-9 {
		return fmt.Errorf("shares add up to %v", sum)
	}
	if s.Value == 0 && sum != 0 {
		return fmt.Errorf("no heat, but shares of %v", sum)
	}
	return nil
}

// boundary tells whether byte i of s begins a character or ends s. A byte that
// is no UTF-8 is a character of its own.
func boundary(s string, i int) bool {
	if i == len(s) || utf8.RuneStart(s[i]) {
		return true
	}
	for back := 1; back < utf8.UTFMax && back <= i; back++ {
		if utf8.RuneStart(s[i-back]) {
			_, size := utf8.DecodeRuneInString(s[i-back:])
			return size <= back
		}
	}
	return true
}

var pieces = []string{
	"vous", "Tu", "t’", "your", "VRAIMENT", "le", "the", "…", "...", " … ", "!", "?!", "???", "« votre »", "” a ”", "\"", "”", "(sic)", "( sic", ")",
	"pas d’accord", "merci", "thank you", "s’il vous plaît", "bonjour", "wrong", "no", "ras le bol", "turbine", "cloud", ". ", ", ", "\n", "E.", "OTAN",
	"idiot", "connards", "not", "pas", "you are", "vous êtes", "fuck", "c*n", "i d i o t", "je vais te tuer", "get a life", "@ada", "#oui", "https://example.org/a", "😂", "🙏", "\n> ", "`", "[quote]", "[/quote]",
	"ton", "dans", "with", "перо", "雲", "\u200b", "\u202e", "\xff", "e\u0301", "42", "ÉTÉ", "LA", "peut-être",
}

func randomText(rng *rand.Rand) string {
	var b strings.Builder
	for range rng.IntN(40) {
		b.WriteString(pieces[rng.IntN(len(pieces))])
		if rng.IntN(4) > 0 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// checkLaws checks what must hold of every text: the score is sound, "!!!" at
// the end and insults at either end never cool (unless their "you" or "t’es"
// settles the language of a text in two), thanks at either end never heat (the
// same said), and
// no reply is cooler than the same words at top level.
func checkLaws(text string) error {
	const eps = 1e-12
	// What stands before a text may take away that it begins as a quotation or code.
	plain := !strings.ContainsAny(text[:min(len(text), 1)], "> \t`~&")
	for _, reply := range []bool{false, true} {
		s := heat.Of(text, reply)
		if err := sound(text, s); err != nil {
			return err
		}
		if reply && s.Reason == nil && s.Value < heat.Of(text, false).Value-eps {
			return fmt.Errorf("cooler as a reply: %v", s.Value)
		}
		if s.Reason != nil {
			continue
		}
		if loud := heat.Of(text+"!!!", reply); loud.Reason != nil || loud.Value < s.Value-eps {
			return fmt.Errorf("!!! cools it from %v to %v", s.Value, loud.Value)
		}
		for _, insult := range []string{" connard", ", you idiot", ", espèce d’abruti", ". C*nnard !", "\nMORON", ", t’es qu’un crétin"} {
			if angry := heat.Of(text+insult, reply); angry.Reason == nil && angry.Lang == s.Lang && angry.Value < s.Value-eps {
				return fmt.Errorf("%q cools it from %v to %v", insult, s.Value, angry.Value)
			}
			if angry := heat.Of(insult+", "+text, reply); plain && angry.Reason == nil && angry.Lang == s.Lang && angry.Value < s.Value-eps {
				return fmt.Errorf("%q before it cools it from %v to %v", insult, s.Value, angry.Value)
			}
		}
		for _, thanks := range []string{" merci", " thank you", " s’il vous plaît"} {
			if kind := heat.Of(text+thanks, reply); kind.Reason == nil && kind.Lang == s.Lang && kind.Value > s.Value+eps {
				return fmt.Errorf("%q heats it from %v to %v", thanks, s.Value, kind.Value)
			}
			if kind := heat.Of(thanks+" "+text, reply); plain && kind.Reason == nil && kind.Lang == s.Lang && kind.Value > s.Value+eps {
				return fmt.Errorf("%q before it heats it from %v to %v", thanks, s.Value, kind.Value)
			}
		}
	}
	return nil
}

func TestLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 800 {
		text := randomText(rng)
		if err := checkLaws(text); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	}
}

// TestMonotone puts one hit of each heating cue in place of a neutral word, so
// that the length stays, and expects more heat up to the cap, and politeness
// less.
func TestMonotone(t *testing.T) {
	for _, c := range []struct {
		cue     heat.Cue
		without string
		with    string
	}{
		{heat.Shouting, " vallée", " VALLÉE"},
		{heat.Exclamation, " vallée,", " vallée!"},
		{heat.SecondPerson, " la", " votre"},
		{heat.Disagreement, " remarquable", " ridicule"},
		{heat.ScareQuotes, " petite vallée", " « petite » vallée"},
		{heat.Sic, " (hum)", " (sic)"},
		{heat.Pause, " la vallée", " la … vallée"},
		{heat.Insult, " sapin", " crétin"},
		{heat.Dehumanising, " sapin", " vermine"},
		{heat.Profanity, " sapin", " putain"},
		{heat.Threat, " au sapin", " au peloton"},
		{heat.Dismissal, " sapin,", " dégage,"},
		{heat.Sarcasm, " sapin", " mdr"},
		{heat.Negative, " utile", " dangereux"},
	} {
		base := "Vous dites que la turbine, VRAIMENT, tourne dans la vallée et c’est faux"
		last := -1.0
		for k := range 12 {
			text := base + strings.Repeat(c.with, k) + strings.Repeat(c.without, 11-k)
			s := heat.Of(text, true)
			if s.ByCues < last-1e-12 {
				t.Errorf("%s: heat falls from %v to %v at %d hits", heat.Cues[c.cue].Name, last, s.ByCues, k)
			}
			if k == 1 && s.ByCues <= last {
				t.Errorf("%s: the first hit adds no heat", heat.Cues[c.cue].Name)
			}
			last = s.ByCues
		}
	}
	hot, kind := heat.Of("Vous dites n’importe quoi demain", true), heat.Of("Vous dites n’importe quoi merci", true)
	if kind.Value >= hot.Value {
		t.Errorf("politeness: heat goes from %v to %v, want less", hot.Value, kind.Value)
	}
}

func TestEmpty(t *testing.T) {
	for _, text := range []string{"", " ", "\n\t\u00a0", "\u200b", "\u202e\u2069"} {
		if s := heat.Of(text, true); s.Value != 0 || s.Reason != nil || s.Evidence != nil {
			t.Errorf("Of(%q) = %+v, want no heat", text, s)
		}
	}
}

// TestHostile checks that the work stays linear: each text is a quarter of a
// megabyte or more, a second at most on a busy machine, where a square would
// take many minutes.
func TestHostile(t *testing.T) {
	const mega = 1 << 18
	for name, text := range map[string]string{
		"one word a million times": strings.Repeat("vous ", 1_000_000),
		"one long word":            strings.Repeat("a", mega),
		"capitals":                 "oui " + strings.Repeat("VOUS ", mega/5),
		"marks":                    strings.Repeat("!?", mega/2),
		"quotes":                   strings.Repeat("\"", mega),
		"quotes and words":         strings.Repeat("” a ", mega/4),
		"points":                   "le " + strings.Repeat(".", mega) + " mot",
		"points and words":         strings.Repeat("le .. ", mega/6),
		"point and space":          "mot" + strings.Repeat(". ", mega/2) + "mot",
		"point and bracket":        "mot" + strings.Repeat(".)", mega/2) + "mot",
		"sic in spaces":            strings.Repeat("sic ", mega/4) + strings.Repeat(" ", mega) + "sic",
		"beginnings of phrases":    strings.Repeat("je ne suis pas ", mega/15),
		"broken bytes":             strings.Repeat("\xff\xfe", mega/2),
		"zero width":               strings.Repeat("v\u200bous ", mega/8),
		"bidi":                     strings.Repeat("\u202evous\u202c ", mega/11),
		"combining marks":          "e" + strings.Repeat("\u0301", mega/2),
		"lines":                    strings.Repeat("!\n", mega/2),
	} {
		s := heat.Of(text, true)
		if err := sound(text, s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCues(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range heat.Cues {
		if c.Name == "" || seen[c.Name] || c.Title.EN == "" || c.Title.FR == "" || c.Doc.EN == "" || c.Doc.FR == "" || c.Full <= 0 || c.Weight == 0 {
			t.Errorf("cue %+v is not fully described", c)
		}
		if (c.Weight < 0) != (c.Name == "politeness" || c.Name == "hedge") {
			t.Errorf("cue %s has the weight %v", c.Name, c.Weight)
		}
		seen[c.Name] = true
	}
	if got := heat.CueTitle("sic+second-person").FR; got != "(sic) + deuxième personne" {
		t.Errorf("CueTitle = %q", got)
	}
}

// sample is a thread with a comment of every kind.
func sample() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for _, c := range []thread.Comment{
		{ID: "1", Author: "Ada", Text: "Le projet avance bien dans la vallée."},
		{ID: "2", Parent: "1", Author: "Bob", Text: "Vous oubliez de dire que VOUS ne payez pas, c’est ridicule !!! Vos « amis » non plus !"},
		{ID: "3", Parent: "gone", Author: "Ada", Text: "Merci à vous."},
		{ID: "4", Author: "blog", Kind: thread.Pingback, Text: "[…] Vous avez tort !!! […]"},
		{ID: "5", Author: "Cleo", State: thread.Removed},
		{ID: "6", Author: "Dora", Text: "Wer das hier lesen kann, der versteht auch etwas von Wolken!"},
		{ID: "7", Author: "Eve", Text: ""},
	} {
		b.Add(c)
	}
	return b.Build()
}

func TestMeasures(t *testing.T) {
	if err := metrics.Validate(heat.Measures); err != nil {
		t.Fatal(err)
	}
	th := sample()
	table, err := metrics.Run(metrics.NewContext(th, metrics.Options{}), heat.Measures)
	if err != nil {
		t.Fatal(err)
	}
	col, _ := table.Find(metrics.PerComment, "heat")
	defined := map[string]bool{"1": true, "2": true, "3": true, "7": true}
	sum, peak, second := 0.0, 0.0, 0.0
	for i := range th.All() {
		v := col.Values.At(int(i))
		if v.Defined() != defined[th.ID(i)] {
			t.Errorf("heat of comment %q: %+v", th.ID(i), v)
		}
		sum += v.X
		if v.X > peak {
			peak, second = v.X, peak
		} else {
			second = max(second, v.X)
		}
	}
	if peak < heat.Hot {
		t.Fatalf("the hot comment has %v", peak)
	}
	// Of four heats p90 lies 0.7 of the way from the second to the first.
	for name, want := range map[string]float64{"heat-mean": sum / 4, "heat-peak": peak, "heat-p90": second + 0.7*(peak-second), "heat-share": 0.25} {
		if v := table.Value(name); math.Abs(v.X-want) > 1e-12 || v.N != 4 {
			t.Errorf("%s = %+v, want %v of 4", name, v, want)
		}
	}
	authors, _ := table.Find(metrics.PerAuthor, "heat-mean")
	for name, want := range map[string]int{"Ada": 2, "Bob": 1, "blog": 0, "Cleo": 0, "Dora": 0, "Eve": 1} {
		a, _ := th.FindAuthor(name)
		if v := authors.Values.At(int(a)); v.N != want || v.Defined() != (want > 0) {
			t.Errorf("heat-mean of %s = %+v, want of %d", name, v, want)
		}
	}
	for _, c := range table.Columns {
		for i, v := range metrics.All(c.Values) {
			if !v.Defined() && (v.Reason.EN == "" || v.Reason.FR == "") {
				t.Errorf("%s[%d] is undefined without a reason", c.Measure.Name, i)
			}
		}
	}
}

func TestMeasuresOfSmallThreads(t *testing.T) {
	for n := range 3 {
		b := thread.NewBuilder(thread.Meta{})
		for range n {
			b.Add(thread.Comment{})
		}
		table, err := metrics.Run(metrics.NewContext(b.Build(), metrics.Options{}), heat.Measures)
		if err != nil {
			t.Fatalf("%d comments: %v", n, err)
		}
		if v := table.Value("heat-mean"); v.Defined() {
			t.Errorf("%d empty comments: heat-mean = %+v, want undefined", n, v)
		}
	}
}

func FuzzOf(f *testing.F) {
	for _, p := range pieces {
		f.Add(p)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		f.Add(randomText(rng))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := checkLaws(text); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkScorer(b *testing.B) {
	const text = "Vous confondez le tram et le métro, comme toujours dans cette ville où personne ne lit les plans. " +
		"Le tram, ON VOUS L’A DIT, coûte trois fois moins cher au kilomètre ; vos « calculs » oublient les … ponts ! " +
		"Merci quand même pour le lien, je le lirai peut-être ce soir si le train est encore en retard."
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var s heat.Scorer
	for b.Loop() {
		s.Score(evidence.Input{Text: text, Reply: true})
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "comments/s")
}
