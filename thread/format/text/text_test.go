package text

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// Pages that look like discussions and are none.
func TestDecoys(t *testing.T) {
	form := "\n\nLeave a Reply Cancel reply\n\nYour email address will not be published.\n"
	for name, page := range map[string]string{
		"footnotes": "Un article.\n\n(1) AFHADS, Ikoula\n(2) La lettre : http://a.example/\n1. Première note :\n2. Deuxième note : voir plus haut\n",
		"speakers":  "Entretien\n\nALICE : Que pensez-vous ?\n\nBOB : Rien.\n\nAlice dit :\n\nPourquoi ?\n",
		"teasers": "Article\n\nTexte.\n\nÀ lire également.\n\nUn titre - avec un sous-titre\n20 oct. 2025 - 15:51,\nActualité\n- Par Jeanne Dupuis, Paris\nTexte.\n\n" +
			"Un autre titre\n06 oct. 2025 - 21:41,\nActualité\n- Texte.\n",
		"teasers above a form":               "Ten ways\nMarch 11, 2017 at 2:00 AM\nText.\n\nEleven ways\nMarch 12, 2017 at 2:00 AM\nText." + form,
		"teasers below no comments":          "Article\n\nNo Comments\n\nTen ways\nMarch 11, 2017 at 2:00 AM\nText.\n\nEleven ways\nMarch 12, 2017 at 2:00 AM\nText." + form,
		"an archive with counts in its menu": "Blog\n\n  * Comments (3)\n  * Posts\n\nTen ways\nMarch 11, 2017 at 2:00 AM\nText.\n\nEleven ways\nMarch 12, 2017 at 2:00 AM\nText.\n",
		"a shop":                             "Livres\n\n1. La compagnie par Michel\n14,90 €\nAjouter au panier\n2. Le passé par Jean\n19,00 €\nAjouter au panier\n" + form,
		"questions and answers":              "Menu\n\n  * Fragen und Antworten\n      + Antrag\n      + Anzeige\n  * Kontakt\n",
		"a quotation in a list":              "Article\n\n  * Le ministre dit :\n    rien.\n  * Texte.\n",
		"dates in a text":                    "Journal\n\n3 mai 2011 à 12:30\n\nJe me lève.\n\n4 mai 2011 à 8:15\n\nJe dors.\n",
		"a menu with a form":                 "  * Accueil\n  * Contact\n  * Alice\n" + form,
		"says without a section":             "Roman\n\n— Alice dit :\n— Bob dit :\n",
		"blank":                              " \n\u00A0\n\t\n",
		"a number":                           "8",
		"count and nothing below":            "Article\n\n8 commentaires\n",
	} {
		t.Run(name, func(t *testing.T) {
			th := parse(t, "page.txt", page, format.Options{})
			if th.Len() != 0 {
				t.Errorf("found %q, want no comments", brief(th))
			}
			if c, why := Format.Sniff(format.Head{Bytes: []byte(page)}); c != format.Possible {
				t.Errorf("Sniff = %v (%s), want possible", c, why)
			}
		})
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     format.Confidence
	}{
		{"empty", "", format.Possible},
		{"prose", "Once upon a time.\n", format.Possible},
		{"comments", "2 Comments\n\n  1. Alice says:\n\n    Hi.\n\n  2. Bob says:\n\n    Ho.\n", format.Likely},
		{"comments in utf-16", "\xFF\xFE2\x00 \x00C\x00o\x00m\x00m\x00e\x00n\x00t\x00s\x00\n\x001\x00.\x00 \x00A\x00 \x00s\x00a\x00y\x00s\x00:\x00\n\x00H\x00i\x00", format.Likely},
		{"html", "\n <!DOCTYPE html><p>Alice says:", format.No},
		{"html with a mark", "\xEF\xBB\xBF<html><body>", format.No},
		{"xml", "<?xml version=\"1.0\"?><rss>", format.No},
		{"json", "{\"a\":1}", format.No},
		{"json lines", "{\"a\":1}\n{\"a\":2}\n", format.No},
		{"json list", "[ {\"a\":1}]", format.No},
		{"a text that starts with a bracket", "[0] Alice says:", format.Possible},
		{"nul", "abc\x00def", format.No},
		{"gzip", "\x1F\x8B\x08\x00\x00\x00", format.No},
		{"control characters", strings.Repeat("\x01\x02a", 20), format.No},
		{"one stray control character", "abc\x01 and much more text than that", format.Possible},
	} {
		got, why := Format.Sniff(format.Head{Bytes: []byte(c.in)})
		if got != c.want || why == "" {
			t.Errorf("%s: Sniff = %v (%q), want %v", c.name, got, why, c.want)
		}
	}
}

func TestCharsets(t *testing.T) {
	page := "2 commentaires\n\n  1. Hélène dit :\n\n    Été.\n\n  2. Zoé dit :\n\n    Été à café.\n"
	want := []string{"1 <Hélène>: Été.", "2 <Zoé>: Été à café."}
	latin := strings.NewReplacer("é", "\xE9", "É", "\xC9", "è", "\xE8", "à", "\xE0").Replace(page)
	wide := "\xFE\xFF"
	for _, r := range page {
		wide += string([]byte{byte(r >> 8), byte(r)})
	}
	for name, c := range map[string]struct {
		page    string
		guessed bool
	}{
		"utf-8": {page, false}, "utf-8 with mark": {"\uFEFF" + page, false}, "utf-16": {wide, false}, "windows-1252": {latin, true},
		"carriage returns alone": {strings.ReplaceAll(page, "\n", "\r"), false}, "windows line ends": {strings.ReplaceAll(page, "\n", "\r\n"), false},
	} {
		t.Run(name, func(t *testing.T) {
			th := parse(t, "page.txt", c.page, format.Options{})
			if diff := cmp.Diff(want, brief(th)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			guessed := false
			for _, d := range th.Diagnostics() {
				guessed = guessed || d.Code == thread.EncodingGuessed
			}
			if guessed != c.guessed {
				t.Errorf("encoding guessed: %v, want %v", guessed, c.guessed)
			}
		})
	}
}

func TestDates(t *testing.T) {
	page := "3 Comments\n\n  1. A says:\n    03/04/2020 at 9:52\n\n    a\n\n  2. B says:\n    04/04/2020 at 9:52\n\n    b\n\n  3. C says:\n    %s\n\n    c\n"
	times := func(third string, o format.Options) (out []string, codes []thread.Code) {
		th := parse(t, "page.txt", fmt.Sprintf(page, third), o)
		for i := range th.All() {
			out = append(out, th.Time(i).String())
		}
		for _, d := range th.Diagnostics() {
			codes = append(codes, d.Code)
		}
		return out, codes
	}
	base := time.Date(2020, 5, 10, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, third string
		o           format.Options
		want        []string
		codes       []thread.Code
	}{
		{"a later date settles day before month", "23/04/2020 at 9:52", format.Options{}, []string{"2020-04-03T09:52:00", "2020-04-04T09:52:00", "2020-04-23T09:52:00"}, nil},
		{"a later date settles month before day", "04/23/2020 at 9:52", format.Options{}, []string{"2020-03-04T09:52:00", "2020-04-04T09:52:00", "2020-04-23T09:52:00"}, nil},
		{"the reader settles it", "05/04/2020 at 9:52", format.Options{DateOrder: format.MDY}, []string{"2020-03-04T09:52:00", "2020-04-04T09:52:00", "2020-05-04T09:52:00"}, nil},
		{"the zone is told", "23/04/2020 at 9:52", format.Options{Zone: time.FixedZone("", 7200)}, []string{"2020-04-03T09:52:00+02:00", "2020-04-04T09:52:00+02:00", "2020-04-23T09:52:00+02:00"}, nil},
		{"relative without a base", "2 days ago", format.Options{DateOrder: format.DMY}, []string{"2020-04-03T09:52:00", "2020-04-04T09:52:00", ""}, []thread.Code{thread.UnknownDate}},
		{"relative with a base", "2 days ago", format.Options{DateOrder: format.DMY, Base: base}, []string{"2020-04-03T09:52:00", "2020-04-04T09:52:00", "2020-05-08"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, codes := times(c.third, c.o)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("times: -want +got\n%s", diff)
			}
			if diff := cmp.Diff(c.codes, codes); diff != "" {
				t.Errorf("diagnostics: -want +got\n%s", diff)
			}
		})
	}
	_, codes := times("05/04/2020 at 9:52", format.Options{})
	ambiguous := 0
	for _, c := range codes {
		if c == thread.AmbiguousDate {
			ambiguous++
		}
	}
	if ambiguous != 2 { // 04/04 is the same either way
		t.Errorf("%d ambiguous dates were reported, want 2", ambiguous)
	}
}

func TestDiagnostics(t *testing.T) {
	codes := func(page string) (out []thread.Code) {
		for _, d := range parse(t, "page.txt", page, format.Options{}).Diagnostics() {
			out = append(out, d.Code)
		}
		return out
	}
	for name, c := range map[string]struct {
		page string
		want []thread.Code
	}{
		"nothing odd":       {"One comment\n\n  1. A says:\n\n    a\n", nil},
		"no comments":       {"Text.", []thread.Code{thread.NoComments}},
		"count differs":     {"5 Comments\n\n  1. A says:\n\n    a\n", []thread.Code{thread.CountMismatch}},
		"more on next page": {"One comment\n\n  1. A says:\n\n    a\n\nOlder Comments\n", []thread.Code{thread.MoreComments}},
	} {
		if diff := cmp.Diff(c.want, codes(c.page)); diff != "" {
			t.Errorf("%s: -want +got\n%s", name, diff)
		}
	}
}

// deep is a page whose replies nest n levels, drawn in the manner of Python's
// html2text: only the markers are indented.
func deep(n int) string {
	var b strings.Builder
	b.Grow(n * (n + 40))
	fmt.Fprintf(&b, "Page\n\n%d Comments\n\n", n)
	for i := range n {
		b.WriteString(strings.Repeat(" ", 2*i))
		fmt.Fprintf(&b, "1. A%d says:\nText.\n", i)
	}
	return b.String()
}

func TestDeep(t *testing.T) {
	const levels = 10_000
	if testing.Short() {
		t.Skip("NOT CHECKED: 10,000 levels, in short mode")
	}
	th := parse(t, "deep.txt", deep(levels), format.Options{})
	if th.Len() != levels {
		t.Fatalf("%d comments, want %d", th.Len(), levels)
	}
	longest := 0
	for i := range th.All() {
		if th.Depth(i) != int(i) || th.Text(i) != "Text." {
			t.Fatalf("comment %d has depth %d and text %q", i, th.Depth(i), th.Text(i))
		}
		longest = max(longest, len(th.ID(i)))
	}
	// The IDs of a chain must not grow with its depth: 64 levels of "1." and a number.
	if longest > 200 {
		t.Errorf("the longest ID has %d bytes", longest)
	}
}

// A quadratic step would make each of these take hours.
func TestLarge(t *testing.T) {
	for name, page := range map[string]string{
		"one line":             strings.Repeat("x ", 4<<20),
		"one line of brackets": strings.Repeat("[", 1<<20),
		"empty lines":          strings.Repeat("\n", 4<<20),
		"markers":              strings.Repeat("1.\n", 1<<16),
		"headings":             strings.Repeat("2 Comments\n", 1<<14),
		"reply links":          strings.Repeat("Reply\n", 1<<15),
		"says lines":           "2 Comments\n" + strings.Repeat("* A says:\n", 1<<15),
		"dates":                "2 Comments\n" + strings.Repeat("3 May 2011 at 12:30\n", 1<<13),
		"indent":               strings.Repeat(" ", 4<<20) + "x",
	} {
		t.Run(name, func(t *testing.T) {
			parse(t, "page.txt", page, format.Options{})
		})
	}
}

func TestReadError(t *testing.T) {
	broken := errors.New("the disk is gone")
	src := format.Source{Name: "page.txt", Reader: io.MultiReader(strings.NewReader("One comment\n\n  1. A says:\n\n    a\n"), failing{broken})}
	var got []string
	var last error
	for th, err := range format.Threads(Format, src, thread.Source{}) {
		if last = err; err == nil {
			got = brief(th)
		}
	}
	if !errors.Is(last, broken) || len(got) != 1 {
		t.Errorf("threads = %q, error = %v; want the comment that was read, then the error", got, last)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Indexes at which many right-aligned and left-aligned numbers meet.
func TestTree(t *testing.T) {
	type at struct{ start, end, num int }
	for _, c := range []struct {
		name string
		in   []at
		want string
	}{
		{"flat", []at{{2, 4, 1}, {2, 4, 2}}, "1 2"},
		{"nested", []at{{2, 3, -1}, {4, 5, -1}, {6, 7, -1}, {4, 5, -1}, {2, 3, -1}}, "1 1.1 1.1.1 1.2 2"},
		{"right-aligned numbers", []at{{4, 6, 9}, {3, 6, 10}, {3, 6, 11}}, "1 2 3"},
		{"left-aligned numbers", []at{{2, 4, 9}, {2, 5, 10}, {4, 6, 1}, {2, 5, 11}}, "1 2 2.1 3"},
		{"a second list starts again", []at{{3, 6, 10}, {4, 6, 1}, {4, 6, 2}}, "1 2 3"},
		{"a reply to the hundredth", []at{{2, 6, 100}, {4, 6, 1}}, "1 1.1"},
		{"a step of two levels", []at{{2, 3, -1}, {8, 9, -1}, {4, 5, -1}}, "1 1.1 1.2"},
		{"starting deep", []at{{8, 9, -1}, {2, 3, -1}}, "1 2"},
	} {
		tr := newTree()
		var got []string
		for _, m := range c.in {
			id, _ := tr.add(marker(m))
			got = append(got, id)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: IDs = %s, want %s", c.name, s, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"**Alice** says:": "Alice says:", "[0] Alice dit :": "Alice dit :", "[] Alice": "Alice", "[c2f40b] Alice": "Alice", "[b36-x.png] Alice": "Alice",
		"![](https://a.example/x.png) **[Alice](http://alice.example)** dit :": "Alice dit :",
		"[![](x.png)](http://a.example) Bob says:":                             "Bob says:",
		"[Alice](http://a.example) says:":                                      "Alice says:", "_Alice_": "Alice", "[Alice] says:": "[Alice] says:", `3\. Mai`: "3. Mai",
		"Avatar for Alice Alice says:": "Alice says:", "avatar Bob says:": "Bob says:", "Avatar": "Avatar", "[": "[", "![": "![", "![](": "![](", "": "",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCutMarker(t *testing.T) {
	for in, want := range map[string]string{
		"  1. Alice": "2 4 1 Alice", "  12) Alice": "2 5 12 Alice", "• Bob": "0 1 -1 Bob", "    *": "4 5 -1 ", "   10.": "3 6 10 ", "\u00A01.\u00A0Alice": "1 3 1 Alice", "\to Al": "8 9 -1 Al",
		"1.5 euros": "", "-5": "", "12345. x": "", "o'clock": "", "Alice": "", "": "", "1": "", "49.3": "",
	} {
		m, rest, ok := cutMarker(in)
		got := ""
		if ok {
			got = fmt.Sprint(m.start, m.end, m.num, " ", rest)
			got = strings.Replace(got, "  ", " ", 1)
		}
		if got != want {
			t.Errorf("cutMarker(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzText checks what must hold for every input: the decoder ends, every ID is
// its own, every parent stands before its reply, and nothing is lost on the way
// to the thread.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "\x00", "\xFF\xFE\x00", "8 commentaires\n\n  1. Alice dit :\n\n    Oui.\n\n  2. Bob dit :\n    * x Répondre\n", deep(5),
		"Comments (2)\n\n  • A Répondre\n\n    a\n\n    31 décembre 2021 à 16 h 41 min\n    • B Répondre\n\n      b\n\n      1 janvier 2022 à 1 h 02 min\n",
		"2 Comments\n\nx\nPosted by: A | January 03, 2014 at 05:12 PM\ny\nComment by B — 17.07.2011 @ 13:04\n",
		"1.\n1\nA on 11/08/2020 at 9:52\nReply\n", "Comments\n* 29. Mai 2019\nPar A\n", "*** x ***\n1. A_b says:\n3_May_2011\nReply", "1 Comment\n1. [](![a](b) says:\n",
		"2 Comments\r\r1. A says:\r\r\x01\xE9\rOlder Comments\r", "3 Comments\n 9. A:\n3 May 2011\n10. B:\n3 May 2011\n 1. C:\n3 May 2011",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		Format.Sniff(format.Head{Bytes: b})
		sink := &counter{}
		ids := map[string]bool{}
		n := 0
		for c, err := range Format.Decode(format.Source{Name: "f", Reader: strings.NewReader(string(b))}, sink) {
			if err != nil {
				t.Fatal(err)
			}
			if ids[c.ID] || c.ID == "" {
				t.Errorf("the ID %q is used twice or empty", c.ID)
			}
			if c.Parent != "" && !ids[c.Parent] {
				t.Errorf("the parent %q of %q has not come", c.Parent, c.ID)
			}
			if (c.Parent == "") != (c.Basis == thread.NoBasis) {
				t.Errorf("%q has parent %q and basis %q", c.ID, c.Parent, c.Basis)
			}
			if c.Pos.Line < 1 {
				t.Errorf("%q stands on line %d", c.ID, c.Pos.Line)
			}
			ids[c.ID] = true
			n++
		}
		if sink.described != 1 {
			t.Errorf("the page was described %d times, want once", sink.described)
		}
		if th := parse(t, "f", string(b), format.Options{}); th.Len() != n || th.Ghosts() != 0 || len(th.Quarantined()) != 0 {
			t.Errorf("%d comments became %d, with %d ghosts and %d set aside", n, th.Len(), th.Ghosts(), len(th.Quarantined()))
		}
	})
}

type counter struct{ described int }

func (c *counter) Describe(string, thread.Meta)     { c.described++ }
func (c *counter) Report(string, thread.Diagnostic) {}
