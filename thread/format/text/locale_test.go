package text

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread/format"
)

// A page as each of the 63 translations writes it, drawn in four ways: nested
// lists in the manner of Resiliparse, with all that belongs to a comment and with
// parts lost, and marker lines that stand alone in the manner of lynx on real pages. What a translation lacks, WordPress writes in
// English.
func TestEveryLocale(t *testing.T) {
	b, err := os.ReadFile("../../internal/locale/strings.json")
	if err != nil {
		t.Fatal(err)
	}
	var locales map[string]map[string]string
	if err := json.Unmarshal(b, &locales); err != nil {
		t.Fatal(err)
	}
	if len(locales) != 63 {
		t.Fatalf("%d locales, want 63", len(locales))
	}
	english := locales["en_CA"]
	for _, l := range slices.Sorted(maps.Keys(locales)) {
		phrase := func(key string) string {
			if s := locales[l][key]; s != "" {
				return s
			}
			return english[key]
		}
		says := func(name string) string { return strings.Replace(phrase("says"), "%s", name, 1) }
		heading := strings.NewReplacer("%s", "3", "%", "3").Replace(phrase("ncomments"))
		ping := phrase("pingback")
		if last := []rune(strings.TrimSpace(ping)); !strings.ContainsRune(":：-", last[len(last)-1]) {
			ping += ":"
		}
		reply, end := phrase("reply"), phrase("leave")+" "+phrase("cancel")
		drawn := []string{"1 <Ada>: Eins.//Zwei:", "1.1 <Bo Li> re 1: Drei.", "2 <Seite> pingback: ", "3 <Cy> pending: Vier."}
		wants := map[string][]string{
			"nested": drawn,
			"alone":  drawn,
			"names":  {"1 <Ada>: Eins.//Zwei:", "1.1 <Bo Li> re 1: Drei.", "2 <Cy>: Vier."},
			"texts":  {"1 <>: Eins, und was folgt.//Zwei:", "1.1 <> re 1: Drei, nicht mehr.", "2 <>: Vier, wie immer."},
		}
		for name, page := range map[string]string{
			// What is left where an extractor drops dates and links, and where names too.
			"names": heading + "\n\n  1. Ada\n\n    Eins.\n\n    Zwei:\n\n    1. Bo Li\n\n      Drei.\n\n  2. Cy\n\n    Vier.\n\n" + end + "\n\nfoot\n",
			"texts": heading + "\n\n  1. Eins, und was folgt.\n\n    Zwei:\n\n    1. Drei, nicht mehr.\n\n  2. Vier, wie immer.\n\n" + end + "\n\nfoot\n",
			"nested": heading + "\n\n  1. " + says("Ada") + "\n\n    Eins.\n\n    Zwei:\n\n    " + reply + "\n    1. " + says("Bo Li") + "\n\n      Drei.\n\n      " + reply +
				"\n  2. " + ping + " Seite\n  3. " + says("Cy") + "\n\n    " + phrase("await") + "\n\n    Vier.\n\n    " + reply + "\n\n" + end + "\n\nfoot\n",
			"alone": heading + "\n\n    1.\n   " + says("Ada") + "\n       Eins.\n\n       Zwei:\n       " + reply + "\n          +\n         " + says("Bo Li") + "\n            Drei.\n            " + reply +
				"\n    2.\n   " + ping + " Seite\n    3.\n   " + says("Cy") + "\n       " + phrase("await") + "\n       Vier.\n       " + reply + "\n\n" + end + "\n\n   foot\n",
		} {
			t.Run(l+"/"+name, func(t *testing.T) {
				th := parse(t, l, page, format.Options{})
				if diff := cmp.Diff(wants[name], brief(th)); diff != "" {
					t.Errorf("-want +got\n%s\n%s", diff, page)
				}
				if m := th.Meta(); !m.HasDeclared || m.Declared != 3 {
					t.Errorf("%q declares %d, %v, want 3", heading, m.Declared, m.HasDeclared)
				}
			})
		}
	}
}
