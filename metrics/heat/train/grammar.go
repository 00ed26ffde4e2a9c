package main

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	//go:embed grammar.en.txt
	grammarEN string
	//go:embed grammar.fr.txt
	grammarFR string
)

// splitMix is the generator SplitMix64 (Steele, Lea, Flood 2014).
type splitMix uint64

func (r *splitMix) next() uint64 {
	*r += 0x9E3779B97F4A7C15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// n is below k.
func (r *splitMix) n(k int) int { return int(r.next() % uint64(k)) }

// grammar makes sentences; see grammar.en.txt.
type grammar struct {
	slots map[string][]string
	lists map[string][]string
}

func parseGrammar(text string) grammar {
	g := grammar{map[string][]string{}, map[string][]string{}}
	list := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			name, words, _ := strings.Cut(line[1:], "]")
			if words = strings.TrimSpace(words); words != "" {
				g.slots[name] = strings.Split(words, "|")
			} else {
				list = name
			}
			continue
		}
		g.lists[list] = append(g.lists[list], line)
	}
	return g
}

// mostChoices bounds the choices of one sentence, in case a slot holds itself.
const mostChoices = 60

// expand makes every choice, the innermost first.
func (g *grammar) expand(s string, r *splitMix) string {
	for range mostChoices {
		end := strings.IndexByte(s, '}')
		if end < 0 {
			break
		}
		begin := strings.LastIndexByte(s[:end], '{')
		choices := strings.Split(s[begin+1:end], "|")
		pick := choices[r.n(len(choices))]
		if words, ok := g.slots[pick]; ok {
			pick = words[r.n(len(words))]
		}
		s = s[:begin] + pick + s[end+1:]
	}
	return s
}

func (g *grammar) any(list string, r *splitMix) string {
	return g.expand(g.lists[list][r.n(len(g.lists[list]))], r)
}

// How many comments are made of each sentence of a list. Those that name groups
// are fewer: enough to take the blame off the names.
var perSentence = map[string]int{"civil": 30, "ident": 8, "counter": 14, "hostile": 40}

// sentences are the comments of the two sets that the grammars make.
func sentences(hostile bool) []row {
	var out []row
	for _, lang := range []string{"en", "fr"} {
		text := grammarEN
		if lang == "fr" {
			text = grammarFR
		}
		g := parseGrammar(text)
		r := splitMix(7)
		lists := []string{"civil", "ident", "counter"}
		if hostile {
			lists = []string{"hostile"}
		}
		for _, list := range lists {
			for _, pattern := range g.lists[list] {
				for range perSentence[list] {
					s := g.expand(pattern, &r)
					switch {
					case list == "civil" && r.n(2) == 0:
						s += " " + g.any("civil", &r)
					case list == "hostile":
						switch r.n(4) {
						case 0:
							s += " " + g.any("hostile", &r)
						case 1:
							s = g.any("civil", &r) + " " + s
						}
					}
					if list != "hostile" || r.n(3) > 0 {
						c, size := utf8.DecodeRuneInString(s)
						s = string(unicode.ToUpper(c)) + s[size:]
					}
					x := row{Text: s, Lang: lang, Group: pattern}
					if hostile {
						x.Label = 1
					}
					out = append(out, x)
				}
			}
		}
	}
	return out
}
