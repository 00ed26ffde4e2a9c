package replies_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/replies"
)

// said is a comment of a test: who says what, and the ID of what the source
// says it answers.
type said struct{ author, text, parent string }

// page is a thread of comments called 1, 2, 3, …, without times.
func page(comments ...said) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for i, c := range comments {
		basis := thread.NoBasis
		if c.parent != "" {
			basis = thread.Declared
		}
		b.Add(thread.Comment{ID: strconv.Itoa(i + 1), Author: c.author, Text: c.text, Parent: c.parent, Basis: basis})
	}
	return b.Build()
}

// links lists what answers what in document order: "3>1 quoted".
func links(t *thread.Thread) string {
	var s []string
	for i := range t.Document() {
		if p := t.Parent(i); p != thread.NoIndex {
			s = append(s, fmt.Sprintf("%s>%s %s", t.ID(i), t.ID(p), t.Basis(i)))
		}
	}
	return strings.Join(s, ", ")
}

const prose = "Je ne suis pas certain que cette mesure suffise à elle seule, et le calendrier me paraît bien court."

func TestMentions(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []said
		want string
	}{
		{"nothing", nil, ""},
		{"one", []said{{"Ann", "@Ann hello", ""}}, ""},
		{"@name", []said{{"Ann", prose, ""}, {"Bo", "@Ann That is not so.", ""}}, "2>1 mentioned"},
		{"@ name", []said{{"Ann", prose, ""}, {"Bo", "@ Ann : no.", ""}}, "2>1 mentioned"},
		{"@ name without a mark", []said{{"Ann", prose, ""}, {"Bo", "@ Ann no.", ""}, {"Cy", "me @ Ann house", ""}}, "2>1 mentioned"},
		{"@name of two words", []said{{"Ann Lee", prose, ""}, {"Ann", prose, ""}, {"Bo", "@Ann Lee no.", ""}}, "3>1 mentioned"},
		{"@name in the text", []said{{"Ann", prose, ""}, {"Bo", "As @Ann wrote above, no.", ""}}, "2>1 mentioned"},
		{"@first name", []said{{"Ann Lee", prose, ""}, {"Bo", "@Ann no.", ""}}, "2>1 mentioned"},
		{"@first name of two people", []said{{"Ann Lee", prose, ""}, {"Ann Roe", prose, ""}, {"Bo", "@Ann no.", ""}}, ""},
		{"@beginning of a name", []said{{"Annabelle77", prose, ""}, {"Bo", "@Annabelle no.", ""}}, "2>1 mentioned"},
		{"@too short a beginning", []said{{"Annabelle77", prose, ""}, {"Bo", "@Ann no.", ""}}, ""},
		{"@without accents", []said{{"Zoé", prose, ""}, {"Bo", "@zoe non.", ""}}, "2>1 mentioned"},
		{"@two names that differ in case", []said{{"zoe", prose, ""}, {"Zoe", prose, ""}, {"Bo", "@zoe no.", ""}}, "3>1 mentioned"},
		{"@handle shown with its @", []said{{"@ann-lee", prose, ""}, {"Bo", "@ann-lee no.", ""}}, "2>1 mentioned"},
		{"@name inside a longer one", []said{{"Ann", prose, ""}, {"Bo", "@Ann-Marie, @Anna, @ann.lee@host", ""}}, ""},
		{"e-mail", []said{{"Ann", prose, ""}, {"Bo", "Write to bo@ann or bo@Ann.example.", ""}}, ""},
		{"@media", []said{{"Media", prose, ""}, {"Bo", "Use @media print { p { margin: 0 } }", ""}}, ""},
		{"@ of a name that is a common word, as it is written", []said{{"Will", prose, ""}, {"Bo", "@Will no.", ""}}, "2>1 mentioned"},
		{"name that is a common word", []said{{"Will", prose, ""}, {"ok", prose, ""}, {"me", prose, ""}, {"the", prose, ""}, {"Bo", "Will, he be there?", ""}, {"Cy", "ok: fine", ""}, {"Di", "me, I think so", ""}, {"Ed", "the - hm", ""}}, ""},
		{"stand-ins are nobody", []said{{"Anonymous", prose, ""}, {"Guest", prose, ""}, {"Bo", "@Anonymous no.", ""}, {"Cy", "Guest: no.", ""}}, ""},
		{"the latest comment", []said{{"Ann", prose, ""}, {"Ann", prose + " Et puis non.", ""}, {"Bo", "@Ann no.", ""}}, "3>2 mentioned"},
		{"nobody answers what comes later", []said{{"Bo", "@Ann no.", ""}, {"Ann", prose, ""}}, ""},
		{"nobody answers himself", []said{{"Ann", prose, ""}, {"Ann", "@Ann (me) again", ""}}, ""},
		{"the second who is addressed has spoken", []said{{"Ann", prose, ""}, {"Bo", "@Zed and @Ann: no.", ""}, {"Zed", prose, ""}}, "2>1 mentioned"},

		{"Name :", []said{{"Ann", prose, ""}, {"Bo", "Ann : non.", ""}}, "2>1 mentioned"},
		{"Name,", []said{{"Ann", prose, ""}, {"Bo", "Ann, non.", ""}}, "2>1 mentioned"},
		{"**Name**", []said{{"Ann", prose, ""}, {"Bo", "**Ann**: no.", ""}}, ""},
		{"name without a mark", []said{{"Ann", prose, ""}, {"Bo", "Ann is right.", ""}}, ""},
		{"name as a sentence", []said{{"Ann", prose, ""}, {"Bo", "Ann. No.", ""}}, ""},
		{"name on a line of its own", []said{{"Ann", prose, ""}, {"Bo", "Ann\nYou are right.", ""}}, "2>1 mentioned"},
		{"text of nothing but a name", []said{{"Ann", prose, ""}, {"Bo", "Ann", ""}}, ""},
		{"small name and comma", []said{{"Rose", prose, ""}, {"Bo", "rose, lila und blau", ""}}, ""},
		{"name written small and comma", []said{{"rose", prose, ""}, {"Bo", "rose, you are right", ""}}, "2>1 mentioned"},
		{"à Name :", []said{{"Ann", prose, ""}, {"Bo", "À Ann : non.", ""}}, "2>1 mentioned"},
		{"à Name Name,", []said{{"Ann Lee", prose, ""}, {"Bo", "à Ann Lee, non.", ""}}, "2>1 mentioned"},
		{"a place", []said{{"Lyon", prose, ""}, {"Bo", "À Lyon, il pleut.", ""}, {"Cy", "à Lyon il pleut", ""}}, ""},
		{"a greeting", []said{{"Ann", prose, ""}, {"Bo", "Bonjour Ann, tout à fait.", ""}}, "2>1 mentioned"},
		{"where the source gives a tree", []said{{"Ann", prose, ""}, {"Cy", "Oui.", "1"}, {"Bo", "Bonjour Ann, tout à fait.", ""}, {"Di", "@Ann: no.", ""}}, "2>1 declared"},
		{"thanks", []said{{"Ann", prose, ""}, {"Bo", "Merci Ann !", ""}}, "2>1 mentioned"},
		{"en réponse à", []said{{"Ann", prose, ""}, {"Bo", "En réponse à Ann\nNon.", ""}}, "2>1 mentioned"},
		{"replying to", []said{{"Ann", prose, ""}, {"Bo", "Replying to @Ann no.", ""}}, "2>1 mentioned"},
		{"Antwort an", []said{{"Ann", prose, ""}, {"Bo", "Antwort an Ann: nein", ""}}, "2>1 mentioned"},
		{"labels", []said{{"Source", prose, ""}, {"NB", prose, ""}, {"Bo", "Source : le journal", ""}, {"Cy", "NB : non", ""}, {"Di", "Edit: yes", ""}}, ""},

		{"@12", []said{{"Ann", prose, ""}, {"Bo", prose, ""}, {"Cy", "@1 non", ""}, {"Di", "@2: non", ""}}, "3>1 mentioned, 4>2 mentioned"},
		{"#12", []said{{"Ann", prose, ""}, {"Bo", prose, ""}, {"Cy", "#2 : non", ""}, {"Di", "#1 reason to go", ""}, {"Ed", "#2nd", ""}}, "3>2 mentioned"},
		{">>12", []said{{"Ann", prose, ""}, {"Bo", ">>1\nno", ""}}, "2>1 mentioned"},
		{"a number of one's own", []said{{"Ann", prose, ""}, {"Ann", "@1 no", ""}, {"Anonyme", prose, ""}, {"Anonyme", "@3 no", ""}}, "4>3 mentioned"},
		{"a number to come", []said{{"Ann", "@2 no", ""}, {"Bo", "@2 no", ""}, {"Cy", "@99 no, @99999999999999999999 no", ""}}, ""},
		{"an hour", []said{{"Ann", prose, ""}, {"Bo", "@1h30 at the café", ""}}, ""},

		{"quoted line", []said{{"Ann", prose, ""}, {"Cy", "Autre chose, sans rapport avec la mesure.", ""}, {"Bo", "> cette mesure suffise à elle seule\n\nSi.", ""}}, "3>1 quoted"},
		{"quotation of a quotation", []said{{"Ann", prose, ""}, {"Bo", "> cette mesure suffise à elle seule\n\nSi, elle suffit, voilà dix ans que cela marche.", ""}, {"Cy", "> > cette mesure suffise à elle seule\n>\n> voilà dix ans que cela marche\n\nOù ?", ""}}, "2>1 quoted, 3>2 quoted"},
		{"who repeats a quotation is not its author", []said{{"Ann", prose, ""}, {"Bo", "> cette mesure suffise à elle seule\n\nSi.", ""}, {"Cy", "> cette mesure suffise à elle seule\n\nNon.", ""}}, "2>1 quoted, 3>1 quoted"},
		{"quotation of the article", []said{{"Ann", prose, ""}, {"Bo", "> une phrase que personne n'a dite ici\n\nSi.", ""}}, ""},
		{"own words quoted", []said{{"Ann", prose, ""}, {"Ann", "> cette mesure suffise à elle seule\n\nJe précise.", ""}}, ""},
		{"too little quoted", []said{{"Ann", prose, ""}, {"Bo", "> bien court\n\nOui.", ""}}, ""},
		{"X a écrit :", []said{{"Ann", prose, ""}, {"Bo", "Ann a écrit :\n> bien court\n\nOui.", ""}}, "2>1 quoted"},
		{"X wrote: inside the quotation", []said{{"Ann Lee", prose, ""}, {"Bo", "> Ann Lee wrote:\n> bien court\n\nYes.", ""}}, "2>1 quoted"},
		{"On … X wrote:", []said{{"Ann Lee", prose, ""}, {"Bo", "On Mon, 3 May 2021 at 10:00, Ann Lee <a@b.example> wrote:\n> bien court\n\nYes.", ""}}, "2>1 quoted"},
		{"words decide against the latest", []said{{"Ann", prose, ""}, {"Ann", "Autre chose.", ""}, {"Bo", "Ann a écrit :\n> cette mesure suffise à elle seule\n\nSi.", ""}}, "3>1 quoted"},
		{"scripts without spaces", []said{{"花子", "この計画は予算が足りないと思います。", ""}, {"太郎", "> 予算が足りない\n\nそうですね。", ""}}, "2>1 quoted"},

		{"declared wins", []said{{"Ann", prose, ""}, {"Bo", prose + " Bon.", ""}, {"Cy", "@Ann no.", "2"}}, "3>2 declared"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := page(c.in...)
			if got := links(replies.Infer(before, replies.Mentions)); got != c.want {
				t.Errorf("links = %q, want %q", got, c.want)
			}
		})
	}
}

// A blog page in French full of words that look like addresses, by people
// called what people on blogs are called: no link is in the text.
func TestSillyLinks(t *testing.T) {
	authors := []string{"Marie", "Le Vieux", "Source", "Paris", "PS", "Bonne Nouvelle", "ok", "Propos", "Anonyme", "Question"}
	texts := []string{
		"À propos de la mesure : elle ne dit rien.", "à Paris, on roule mal.", "NB : je ne suis pas juriste.", "Source : le journal de mardi.", "PS : désolé pour la longueur.",
		"Bonne question, mais sans réponse.", "Ok, admettons.", "Question : qui paie ?", "Vieux débat, en effet.", "Le Monde : article de mardi.",
		"Pour Marie et les autres c'est pareil.", "Marie a raison.", "contact@marie.example", "a: oui\nb: non", "- Paris : 12\n- Lyon : 8", "Propos de table, sans plus.",
		"http://example.org/@x/12 et https://example.org/#3", "12 : le nombre de voix", "# 3 raisons", "Nouvelle version demain.",
	}
	var in []said
	for i, text := range texts {
		in = append(in, said{authors[i%len(authors)], text, ""})
	}
	if got := links(replies.Infer(page(in...), replies.Mentions)); got != "" {
		t.Errorf("links = %q, want none", got)
	}
}

func TestNeitherEnd(t *testing.T) {
	for _, c := range []struct {
		name string
		a    thread.Comment
	}{
		{"deleted", thread.Comment{State: thread.Deleted}},
		{"removed", thread.Comment{State: thread.Removed}},
		{"pending", thread.Comment{State: thread.Pending}},
		{"ghost", thread.Comment{State: thread.Missing}},
		{"pingback", thread.Comment{Kind: thread.Pingback}},
		{"trackback", thread.Comment{Kind: thread.Trackback}},
		{"notice", thread.Comment{Kind: thread.System}},
	} {
		for _, mode := range replies.Modes {
			b := thread.NewBuilder(thread.Meta{})
			b.Add(thread.Comment{ID: "0", Author: "Cy", Text: prose})
			c.a.ID, c.a.Author, c.a.Text = "a", "Ann", "@Cy hello"
			b.Add(c.a)
			b.Add(thread.Comment{ID: "b", Author: "Bo", Text: "@Ann hello"})
			b.Add(thread.Comment{ID: "c", Author: "Bo", Text: "@2 hello"})
			if got := links(replies.Infer(b.Build(), mode)); got != "" {
				t.Errorf("%s, %s: links = %q, want none", c.name, mode, got)
			}
		}
	}
}

func TestNewestFirst(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	for i, c := range []said{{"Ann", "@Bo no.", ""}, {"Cy", "@1: so you say", ""}, {"Bo", "@Ann no.", ""}, {"Di", prose, ""}, {"Ann", prose, ""}} {
		b.Add(thread.Comment{ID: string(rune('e' - i)), Author: c.author, Text: c.text, Time: thread.Local(time.Date(2021, 5, 9-i, 0, 0, 0, 0, time.UTC), thread.Day)})
	}
	// Written in the order a Ann, b Di, c Bo, d Cy, e Ann.
	if got, want := links(replies.Infer(b.Build(), replies.Mentions)), "e>c mentioned, d>a mentioned, c>a mentioned"; got != want {
		t.Errorf("links = %q, want %q", got, want)
	}
}

func TestLaterIsNoParent(t *testing.T) {
	b := thread.NewBuilder(thread.Meta{})
	at := func(minute int) thread.Stamp {
		return thread.Local(time.Date(2021, 5, 9, 10, minute, 0, 0, time.UTC), thread.Minute)
	}
	b.Add(thread.Comment{ID: "a", Author: "Ann", Text: prose, Time: at(30)})
	b.Add(thread.Comment{ID: "b", Author: "Bo", Text: "@Ann no.", Time: at(20)})
	b.Add(thread.Comment{ID: "c", Author: "Cy", Text: "@Ann no.", Time: at(30)})
	if got, want := links(replies.Infer(b.Build(), replies.Mentions)), "c>a mentioned"; got != want {
		t.Errorf("links = %q, want %q", got, want)
	}
}

// Two people who take turns on a page: only mode all links them.
func TestExchanges(t *testing.T) {
	in := []said{{"Ann", prose, ""}, {"Bo", prose, ""}, {"Ann", prose, ""}, {"Bo", prose, ""}, {"Cy", prose, ""}, {"Bo", prose, ""}, {"Cy", "Zed, " + prose, ""}}
	if got := links(replies.Infer(page(in...), replies.Mentions)); got != "" {
		t.Errorf("mentions: links = %q, want none", got)
	}
	if got, want := links(replies.Infer(page(in...), replies.All)), "3>2 inferred, 4>3 inferred, 6>5 inferred, 7>6 inferred"; got != want {
		t.Errorf("all: links = %q, want %q", got, want)
	}
}

// channel is a chat of our own: a question, two talks at once, an answer.
func channel() *thread.Thread {
	b := thread.NewBuilder(thread.Meta{})
	for i, c := range []said{
		{"mira", "hi all, how do I mount a second disk?", ""},
		{"tolk", "anyone tried the new kernel?", ""},
		{"osso", "mira: which file system?", ""},
		{"mira", "osso: ext3", ""},
		{"zeta", "tolk: works here", ""},
		{"osso", "mira: then mount -t ext3 /dev/sdb1 /mnt", ""},
		{"tolk", "zeta: with sound?", ""},
		{"mira", "osso: thanks!", ""},
		{"zeta", "tolk: yes", ""},
	} {
		b.Add(thread.Comment{ID: strconv.Itoa(i + 1), Author: c.author, Text: c.text, Time: thread.Local(time.Date(2021, 5, 9, 10, i/2, 0, 0, time.UTC), thread.Minute)})
	}
	return b.Build()
}

func TestChat(t *testing.T) {
	const want = "3>1 mentioned, 4>3 mentioned, 5>2 mentioned, 6>4 mentioned, 7>5 mentioned, 8>6 mentioned, 9>7 mentioned"
	if got := links(replies.Infer(channel(), replies.Mentions)); got != want {
		t.Errorf("links = %q, want %q", got, want)
	}
}

func TestNoneIsIdentity(t *testing.T) {
	in := channel()
	for _, mode := range []replies.Mode{replies.None, "", "every"} {
		if replies.Infer(in, mode) != in {
			t.Errorf("mode %q makes another thread", mode)
		}
	}
}

func ExampleInfer() {
	b := thread.NewBuilder(thread.Meta{})
	b.Add(thread.Comment{ID: "1", Author: "Hélène", Text: "Le nouveau pont ouvre en mai."})
	b.Add(thread.Comment{ID: "2", Author: "Aubin", Text: "Enfin une bonne nouvelle !"})
	b.Add(thread.Comment{ID: "3", Author: "Marc", Text: "@Hélène : en mai de quelle année ?"})
	b.Add(thread.Comment{ID: "4", Author: "Zoé", Text: "> Enfin une bonne nouvelle !\n\nAttendons de voir."})
	t := replies.Infer(b.Build(), replies.Mentions)
	for i := range t.All() {
		if p := t.Parent(i); p != thread.NoIndex {
			fmt.Printf("%s answers %s: %s, %.2f\n", t.ID(i), t.ID(p), t.Basis(i), t.Certainty(i))
		}
	}
	// Output:
	// 3 answers 1: mentioned, 0.96
	// 4 answers 2: quoted, 0.92
}

func TestParseMode(t *testing.T) {
	for _, m := range replies.Modes {
		if got, err := replies.ParseMode(string(m)); got != m || err != nil {
			t.Errorf("ParseMode(%q) = %q, %v", m, got, err)
		}
	}
	if _, err := replies.ParseMode("some"); err == nil {
		t.Error("ParseMode takes \"some\"")
	}
}

// random is a thread in which anything may stand.
func random(seed uint64) *thread.Thread {
	r := rand.New(rand.NewPCG(seed, 0))
	names := []string{"ann", "Bo", "Cy Q", "12", "Anonymous", "", "ok", "Zoé", "zoe"}
	openings := []string{"@%s ", "%s: ", "%s, ", "> %s wrote:\n> ", "> ", "à %s : ", "@%d ", ">>%d\n", "", "", "En réponse à %s\n", "see @%s "}
	words := strings.Fields("mount disk kernel the a sound thanks yes no how why ? hello it works here and there again")
	n := r.IntN(60)
	b := thread.NewBuilder(thread.Meta{})
	clock := time.Date(2021, 5, 9, 10, 0, 0, 0, time.UTC)
	step := []time.Duration{time.Minute, time.Hour, -time.Hour}[r.IntN(3)]
	for i := range n {
		var s strings.Builder
		o := openings[r.IntN(len(openings))]
		if strings.Contains(o, "%s") {
			o = strings.ReplaceAll(o, "%s", names[r.IntN(len(names))])
		}
		s.WriteString(strings.ReplaceAll(o, "%d", strconv.Itoa(r.IntN(n+2))))
		for range r.IntN(12) {
			s.WriteString(words[r.IntN(len(words))] + " ")
		}
		c := thread.Comment{ID: strconv.Itoa(i), Author: names[r.IntN(len(names))], Text: s.String()}
		if r.IntN(4) == 0 {
			c.Parent, c.Basis = strconv.Itoa(r.IntN(n+3)), thread.Nested
		}
		if r.IntN(8) > 0 {
			clock = clock.Add(time.Duration(r.IntN(3)) * step)
			c.Time = thread.Local(clock, thread.Precision(r.IntN(7)))
		}
		if r.IntN(8) == 0 {
			c.Kind, c.State = thread.Kind(r.IntN(5)), thread.State(r.IntN(6))
		}
		b.Add(c)
	}
	return b.Build()
}

// snapshot is everything about the comments of a thread in document order.
func snapshot(t *thread.Thread) []thread.Comment {
	var all []thread.Comment
	for i := range t.Document() {
		all = append(all, t.Comment(i))
	}
	return all
}

// check asserts what holds of every thread and mode.
func check(t *testing.T, in *thread.Thread, mode replies.Mode) {
	t.Helper()
	before := snapshot(in)
	out := replies.Infer(in, mode)
	after := snapshot(out)
	if len(before) != len(after) {
		t.Fatalf("%s: %d comments became %d", mode, len(before), len(after))
	}
	for i, c := range after {
		b := before[i]
		if b.Parent == "" && c.Parent != "" {
			if c.Certainty <= 0 || c.Certainty > 1 || c.Basis != thread.Mentioned && c.Basis != thread.Quoted && c.Basis != thread.Inferred {
				t.Errorf("%s: %s answers %s with basis %s and certainty %v", mode, c.ID, c.Parent, c.Basis, c.Certainty)
			}
			if mode == replies.Mentions && c.Basis == thread.Inferred {
				t.Errorf("mentions infers that %s answers %s", c.ID, c.Parent)
			}
			p := slices.IndexFunc(before, func(x thread.Comment) bool { return x.ID == c.Parent })
			if x := before[p]; x.State != thread.Visible && x.State != thread.Hidden || x.Kind != thread.Ordinary && x.Kind != thread.Post || x.Author == c.Author && c.Basis != thread.Inferred && c.Author != "" && c.Author != "Anonymous" {
				t.Errorf("%s: %s by %q answers %s of state %s, kind %s, by %q", mode, c.ID, c.Author, x.ID, x.State, x.Kind, x.Author)
			}
			c.Parent, c.Basis, c.Certainty = "", 0, 0
		}
		if diff := cmp.Diff(b, c, cmp.AllowUnexported(thread.Stamp{})); diff != "" {
			t.Errorf("%s: comment %d changed (-before +after):\n%s", mode, i, diff)
		}
	}
	for _, d := range out.Diagnostics() {
		if d.Code == thread.Cycle && !slices.ContainsFunc(in.Diagnostics(), func(x thread.Diagnostic) bool { return x.Code == thread.Cycle }) {
			t.Errorf("%s: a circle arose: %s", mode, d.Message)
		}
	}
	if again := links(replies.Infer(out, mode)); again != links(out) {
		t.Errorf("%s: inferred twice: %s\nonce: %s", mode, again, links(out))
	}
	if again := links(replies.Infer(in, mode)); again != links(out) {
		t.Errorf("%s: another time: %s\nfirst: %s", mode, again, links(out))
	}
}

func TestProperties(t *testing.T) {
	made := 0
	for seed := range uint64(400) {
		in := random(seed)
		for _, mode := range replies.Modes {
			check(t, in, mode)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
		made += len(links(replies.Infer(in, replies.All))) - len(links(in))
	}
	if made == 0 {
		t.Error("no link was inferred at all")
	}
}

func FuzzInfer(f *testing.F) {
	for seed := range uint64(8) {
		f.Add(seed, "@ann no\x00> ann wrote:\n> x\x00à Bo : \x00")
	}
	f.Add(uint64(1), "@\x00>\x00#\x00>>1\x00: ,\x00En réponse à ")
	f.Fuzz(func(t *testing.T, seed uint64, texts string) {
		b := thread.NewBuilder(thread.Meta{Source: thread.Source{Format: []string{"slack", "x"}[seed%2]}})
		for i, c := range snapshot(random(seed)) {
			if parts := strings.Split(texts, "\x00"); i < len(parts) {
				c.Text = parts[i]
			} else if i == len(parts) {
				c.Author = strings.ReplaceAll(texts, "\x00", " ")
			}
			b.Add(c)
		}
		in := b.Build()
		for _, mode := range replies.Modes {
			check(t, in, mode)
		}
	})
}

// A text of a megabyte that is nothing but marks, a thread of many people, and
// all at once: what does not grow with the input alone runs into the time limit of
// the tests.
func TestLongInputs(t *testing.T) {
	if testing.Short() {
		t.Skip("long inputs were not tried: short tests only")
	}
	t.Parallel()
	long := func(s string) string { return strings.Repeat(s, 1<<20/len(s)) }
	for _, s := range []string{"@", "@Ann ", "a@b ", "> ", "> Ann wrote:\n", ">", ">>1\n", "#", "Ann:\n", " ", "\n", "\u0301", "x", "à Ann : ", "(@", "日本", "> one two three four five\n"} {
		in := page(said{"Ann", prose + long("one two three four five six "), ""}, said{"Bo", long(s), ""}, said{"Cy", long(s), ""}, said{"Bo", long(s), ""})
		for _, mode := range replies.Modes {
			if got := replies.Infer(in, mode).Len(); got != in.Len() {
				t.Errorf("%q over a megabyte, %s: %d comments, want %d", s, mode, got, in.Len())
			}
		}
	}
}

// crowd is a chat, or a page, of n comments by 10,000 people.
func crowd(n int, format string) *thread.Thread {
	b := thread.NewBuilder(thread.Meta{Source: thread.Source{Format: format}})
	r := rand.New(rand.NewPCG(1, 2))
	clock := time.Date(2021, 5, 9, 0, 0, 0, 0, time.UTC)
	for i := range n {
		clock = clock.Add(time.Duration(r.IntN(20)) * time.Second)
		text := "the disk is mounted but there is no sound"
		if i%2 == 0 {
			text = "@user" + strconv.Itoa(r.IntN(10_000)) + " which disk and which sound?"
		}
		b.Add(thread.Comment{ID: strconv.Itoa(i), Author: "user" + strconv.Itoa(r.IntN(10_000)), Text: text, Time: thread.At(clock, thread.Second)})
	}
	return b.Build()
}

func BenchmarkInfer(b *testing.B) {
	for _, c := range []struct {
		name, format string
		mode         replies.Mode
		n            int
	}{{"page/mentions", "", replies.Mentions, 100_000}, {"chat/mentions", "slack", replies.Mentions, 100_000}, {"chat/all", "slack", replies.All, 10_000}} {
		in := crowd(c.n, c.format)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				replies.Infer(in, c.mode)
			}
			b.ReportMetric(float64(b.N*c.n)/b.Elapsed().Seconds(), "comments/s")
		})
	}
}
