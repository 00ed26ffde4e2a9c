package words

import (
	"path/filepath"
	"strings"
	"testing"
)

// entries are the entries of a file of the lexicon, with their sections.
func entries(file string) (out [][2]string) {
	theLexicon().read(file, func(section, entry string) { out = append(out, [2]string{section, entry}) })
	return out
}

// TestLexiconFiles: each entry stands once in its file, is folded, and the file
// belongs to a list.
func TestLexiconFiles(t *testing.T) {
	files, err := filepath.Glob("lexicon/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	known := map[string]bool{"function": true, "valence": true, "traits": true}
	for _, name := range listFiles {
		known[name] = true
	}
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		if !known[name] {
			t.Errorf("%s is no list", file)
		}
		seen := map[string]bool{}
		for _, e := range entries(filepath.Base(file)) {
			key := e[1]
			if name == "traits" {
				key = e[0] + ": " + key
			}
			switch {
			case e[1] == "" || fold(e[1]) != e[1]:
				t.Errorf("%s: entry %q is empty or not folded", file, e[1])
			case seen[key]:
				t.Errorf("%s: %q stands twice", file, e[1])
			}
			seen[key] = true
		}
	}
}

// TestOneList: no entry is heat of two kinds at once, which would count it twice.
// What counts only framed may be coarse as well.
func TestOneList(t *testing.T) {
	for _, lang := range []Lang{FR, EN} {
		in := map[string]List{}
		for list := range Groups {
			for _, e := range entries(fileName(list.String(), lang)) {
				if strings.Contains(e[0], "framed") {
					continue
				}
				if other, twice := in[e[1]]; twice {
					t.Errorf("%q stands in %s.%s and in %s", e[1], other, lang, list)
				}
				in[e[1]] = list
			}
		}
	}
}

// TestLexiconFound: what stands in a list is found in a text of its language,
// with the strength of its section or more, unless it is an idiom as well.
func TestLexiconFound(t *testing.T) {
	var r Reader
	for list := range Neutral {
		for _, lang := range []Lang{FR, EN} {
			for _, e := range entries(fileName(list.String(), lang)) {
				text := strings.TrimPrefix(e[1], "=")
				r.Read(text, "", lang)
				// An entry with function words of the other language may be read as that.
				ok := r.Lang != lang
				for _, f := range r.Finds {
					ok = ok || f.List == list && f.From == 0 && int(f.To) == len(r.Words) || f.List == Neutral
				}
				if !ok {
					t.Errorf("%s.%s: %q is not found: %+v", list, lang, e[1], r.Finds)
				}
			}
		}
	}
}

// TestGroupsAreNoInsults: the name of a group is never heat by itself.
func TestGroupsAreNoInsults(t *testing.T) {
	for _, lang := range []Lang{FR, EN} {
		hot := map[string]string{}
		for _, list := range []List{Insults, Dehumanising, Profanity, Threats, Dismissals} {
			for _, e := range entries(fileName(list.String(), lang)) {
				hot[e[1]] = list.String()
			}
		}
		for _, e := range entries(fileName("groups", lang)) {
			if in, bad := hot[e[1]]; bad {
				t.Errorf("%q is the name of a group and stands in %s.%s", e[1], in, lang)
			}
		}
	}
}

func TestUnaccent(t *testing.T) {
	for in, want := range map[string]string{"éàçœß": "eacoess", "e\u0301": "e", "сон": "сон", "": ""} {
		if got := string(unaccent(nil, in)); got != want {
			t.Errorf("unaccent(%q) = %q, want %q", in, got, want)
		}
	}
}
