package locale

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// every runs f over the phrase of each locale under a key, and tells how many
// there were: a key that no locale has would make a test that cannot fail.
func every(t *testing.T, key string, atLeast int, f func(t *testing.T, phrase string)) {
	t.Helper()
	n := 0
	c := core()
	for _, l := range slices.Sorted(maps.Keys(c)) {
		if s := c[l][key]; s != "" {
			n++
			t.Run(key+"/"+l, func(t *testing.T) { f(t, s) })
		}
	}
	if n < atLeast {
		t.Errorf("%d locales have %q, want at least %d", n, key, atLeast)
	}
}

func TestLocales(t *testing.T) {
	if n := len(core()); n != 63 {
		t.Errorf("strings.json holds %d locales, want 63", n)
	}
}

func TestSaysEveryLocale(t *testing.T) {
	every(t, "says", 59, func(t *testing.T, phrase string) {
		for _, name := range []string{"Ada", "Jean-Loup d’Aix", "Ōe", "x_y"} {
			line := strings.Replace(phrase, "%s", name, 1)
			if verbless(phrase) {
				if got, ok := Says(line); ok {
					t.Errorf("Says(%q) = %q, want none: it has no verb", line, got)
				}
				if got, ok := SaysBare(line); !ok || got != name {
					t.Errorf("SaysBare(%q) = %q, %v, want %q", line, got, ok, name)
				}
				continue
			}
			for _, l := range []string{line, strings.ReplaceAll(line, " ", "\u00A0"), "\t" + line + "  ", strings.ReplaceAll(line, ":", "："), strings.ToUpper(line)} {
				want := name
				switch l {
				case strings.ToUpper(line):
					want = strings.ToUpper(name)
				case strings.ReplaceAll(line, " ", "\u00A0"):
					want = strings.ReplaceAll(name, " ", "\u00A0")
				}
				if got, ok := Says(l); !ok || got != want {
					t.Errorf("Says(%q) = %q, %v, want %q", l, got, ok, want)
				}
			}
		}
		if got, ok := Says(strings.Replace(phrase, "%s", "", 1)); ok {
			t.Errorf("Says without a name = %q, want none", got)
		}
	})
}

func TestReplyEveryLocale(t *testing.T) {
	for _, key := range []string{"reply", "login_reply"} {
		every(t, key, 58, func(t *testing.T, phrase string) {
			for _, s := range []string{phrase, phrase + " ↓", "- " + phrase, "· " + phrase, phrase + " »", "(" + phrase + ")", "[" + phrase + "]", "**" + phrase + "**", strings.ReplaceAll(phrase, " ", "_")} {
				if !IsReply(s) {
					t.Errorf("IsReply(%q) = false, want true", s)
				}
			}
			for _, header := range []string{"Ada " + phrase, "Ada · " + phrase, "Ada\u00A0" + phrase + " ↓"} {
				if got, ok := TrimReply(header); !ok || got != "Ada" {
					t.Errorf("TrimReply(%q) = %q, %v, want Ada", header, got, ok)
				}
			}
			if IsEnd(phrase) {
				t.Errorf("IsEnd(%q) = true, want false: it is a reply link", phrase)
			}
		})
	}
}

func TestEndEveryLocale(t *testing.T) {
	cancel := map[string]string{}
	c := core()
	for _, m := range c {
		cancel[m["leave"]] = m["cancel"]
	}
	for _, key := range []string{"leave", "leave_comment", "closed", "older", "newer", "email"} {
		every(t, key, 49, func(t *testing.T, phrase string) {
			if ambiguous := IsReply(phrase); !ambiguous && !IsEnd(phrase) {
				t.Errorf("IsEnd(%q) = false, want true", phrase)
			}
			if key == "leave" && cancel[phrase] != "" {
				if heading := phrase + " " + cancel[phrase]; !IsEnd(heading) {
					t.Errorf("IsEnd(%q) = false, want true", heading)
				}
			}
			if (key == "older" || key == "newer") && !IsPager(phrase) {
				t.Errorf("IsPager(%q) = false, want true", phrase)
			}
		})
	}
	every(t, "leave_to", 58, func(t *testing.T, phrase string) {
		if s := strings.Replace(phrase, "%s", "Ada", 1); !IsEnd(s) && !IsReply(s) {
			t.Errorf("%q is neither a reply link nor the heading of a form", s)
		}
	})
}

func TestCountEveryLocale(t *testing.T) {
	every(t, "ncomments", 55, func(t *testing.T, phrase string) {
		for _, n := range []int{0, 2, 17, 1234} {
			num := strconv.Itoa(n)
			s := strings.NewReplacer("%s", num, "%", num).Replace(phrase)
			if got, known, ok := CountHeading(s); got != n || !known || !ok {
				t.Errorf("CountHeading(%q) = %d, %v, %v, want %d", s, got, known, ok, n)
			}
		}
	})
	every(t, "one", 60, func(t *testing.T, phrase string) {
		if got, known, ok := CountHeading(phrase); got != 1 || !known || !ok {
			t.Errorf("CountHeading(%q) = %d, %v, %v, want 1", phrase, got, known, ok)
		}
	})
	every(t, "zero", 60, func(t *testing.T, phrase string) {
		if got, known, ok := CountHeading(phrase); got != 0 || !known || !ok {
			t.Errorf("CountHeading(%q) = %d, %v, %v, want 0", phrase, got, known, ok)
		}
	})
}

func TestLabelsEveryLocale(t *testing.T) {
	every(t, "pingback", 60, func(t *testing.T, phrase string) {
		s := label(phrase) + " Another Page – Blog"
		if got, ok := Pingback(s); !ok || got != "Another Page – Blog" {
			t.Errorf("Pingback(%q) = %q, %v", s, got, ok)
		}
	})
	every(t, "await", 58, func(t *testing.T, phrase string) {
		for _, s := range []string{phrase, " _" + phrase + "_", "(" + phrase + ")"} {
			if !IsAwaiting(s) {
				t.Errorf("IsAwaiting(%q) = false, want true", s)
			}
		}
	})
	every(t, "closed", 55, func(t *testing.T, phrase string) {
		if s := strings.ReplaceAll(phrase, "%s", "A page"); !IsClosed(s) || !IsEnd(s) {
			t.Errorf("IsClosed(%q) = %v, IsEnd %v, want true", s, IsClosed(s), IsEnd(s))
		}
	})
	for s, want := range map[string]bool{"Comments are now closed.": true, "Die Kommentare sind geschlossen.": true, "The shop is closed.": false, "": false} {
		if got := IsClosed(s); got != want {
			t.Errorf("IsClosed(%q) = %v, want %v", s, got, want)
		}
	}
	for _, key := range []string{"edit", "edit_c"} {
		every(t, key, 60, func(t *testing.T, phrase string) {
			if !IsNoise(phrase) {
				t.Errorf("IsNoise(%q) = false, want true", phrase)
			}
		})
	}
}

func TestSays(t *testing.T) {
	for line, want := range map[string]string{
		"Alice dit\u00A0:":                    "Alice",
		"Alice dit:":                          "Alice",
		"ALICE SAYS:":                         "ALICE",
		"Alice said...":                       "Alice",
		"Alice a dit…":                        "Alice",
		"Alice hat gesagt…":                   "Alice",
		"Alice schreef:":                      "Alice",
		"Alice schreibt:":                     "Alice",
		"Alice diyor ki:":                     "Alice",
		"Ο/Η Alice λέει:":                     "Alice",
		"מאת Alice:":                          "Alice",
		"\u200fAlice قال:\u200e":              "Alice",
		"Tha Alice ag ràdh:":                  "Alice",
		"Jürgen说道：":                           "Jürgen",
		"Max & Moritz sagt:":                  "Max & Moritz",
		"john_doe_ says:":                     "john_doe_",
		"İpek diyor ki:":                      "İpek",
		"says:":                               "",
		"Alice:":                              "",
		"Voici le texte publié :":             "",
		"Petite explication : les hébergeurs": "",
		"Alice says: hello":                   "",
		strings.Repeat("x ", 300) + "says:":   "",
		"":                                    "",
	} {
		if got, ok := Says(line); got != want || ok != (want != "") {
			t.Errorf("Says(%q) = %q, %v, want %q", line, got, ok, want)
		}
	}
	for line, want := range map[string]string{"Иван:": "Иван", "Иван Петров :": "Иван Петров", "Alicesagt:": "Alice", "Alicedit :": "Alice", "sagt:": "sagt", ":": "", "one two three four five six:": "", "Иван": ""} {
		if got, ok := SaysBare(line); got != want || ok != (want != "") {
			t.Errorf("SaysBare(%q) = %q, %v, want %q", line, got, ok, want)
		}
	}
}

func TestIsReply(t *testing.T) {
	for s, want := range map[string]bool{
		"Reply ↓": true, "- Antworten": true, "· Antwort": true, "Reply »": true, "Log in to Reply": true, "Zum Antworten anmelden": true,
		"Répondre à Alice": true, "Reply to Alice": true, "Auf Alice antworten": true, "[Répondre](https://x.example/#respond)": false,
		"": false, "Leave a Reply": false, "I will reply tomorrow": false, "Répondre à la question de savoir si le nuage restera français demande du temps et des moyens": false,
	} {
		if got := IsReply(s); got != want {
			t.Errorf("IsReply(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestTrimReply(t *testing.T) {
	for s, want := range map[string]string{
		"quinctius Répondre": "quinctius", "Alice Reply ↓": "Alice", "Alice - Antworten": "Alice", "Alice (Log in to Reply)": "Alice",
		"Reply": "", "Alice": "", "Alicereply": "",
	} {
		got, ok := TrimReply(s)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("TrimReply(%q) = %q, %v, want %q", s, got, ok, want)
		}
	}
}

func TestCountHeading(t *testing.T) {
	for s, want := range map[string]int{
		"8 commentaires": 8, "Comments (7)": 7, "3 réflexions au sujet de « Article »": 3, "## 3 réflexions au sujet de « Article »": 3,
		"***** 3 réflexions au sujet de « Article » *****": 3, "This Post Has 4 Comments": 4, "Comments: 5": 5, "댓글 3개": 3, "3件のコメント": 3, "Комментарии (5)": 5, "Komentáře: 2": 2,
		"1,234 Comments": 1234, "۱ دیدگاه": 1, "٣ تعليق": 3,
		"Ein Gedanke zu “Zehn Wege”": 1, "2 Gedanken zu „10 Wege“": 2, "Une réflexion au sujet de « 5 raisons »": 1, "One thought on “X”": 1, "Un commentaire": 1, "一条评论": 1,
		"4 Antworten zu “X”": 4, "4 Antworten auf X": 4, "12 Responses to Why": 12, "3 Reaktionen auf X": 3, "2 respuestas a “X”": 2, "2 risposte a “X”": 2, "3 Respostas para “X”": 3, "5 odpowiedzi do “X”": 5,
		"3 réponses à «X»": 3, "3 комментария к записи «X»": 3, "「題名」への2件の返信": 2, "No Comments": 0, "Aucun commentaire": 0, "[5] Comments": 5, "5 comments so far": 5, "11 Kommentare zu X": 11,
	} {
		if got, known, ok := CountHeading(s); got != want || !known || !ok {
			t.Errorf("CountHeading(%q) = %d, %v, %v, want %d, known", s, got, known, ok, want)
		}
	}
	for _, s := range []string{"Comments", "Kommentare", "Commentaires :", "**Comments**"} {
		if n, known, ok := CountHeading(s); n != 0 || known || !ok {
			t.Errorf("CountHeading(%q) = %d, %v, %v, want a heading without number", s, n, known, ok)
		}
	}
	for _, s := range []string{"", "49.3", "14,90 €", "2021", "8 mois", "30 comments were deleted by us in 2020 and people complained", "Un commentaire de la rédaction", "Ein Gedanke, der mich nicht loslässt", "99999999999999999999 comments", "Comment", "One commentator wrote"} {
		if n, known, ok := CountHeading(s); ok {
			t.Errorf("CountHeading(%q) = %d, %v, true, want none", s, n, known)
		}
	}
}

func TestIsEnd(t *testing.T) {
	for s, want := range map[string]bool{
		"Laisser un commentaire": true, "Laisser un commentaire Annuler la réponse": true, "**** Laisser un commentaire Annuler_la_réponse ****": true, "### Leave a Reply Cancel reply": true,
		"Schreibe einen Kommentar Antworten abbrechen": true, "Leave a Reply to Alice Cancel reply": true, "DEJA UNA RESPUESTA": true, "Vastaa Peruuta vastaus": true,
		"Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *":   true,
		"Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert": true,
		"← Older Comments": true, "Comments are closed.": true, "This site uses Akismet to reduce spam. Learn how": true,
		"": false, "Vastaa": false, "Reply": false, "Leave a reply and I will answer it": false, "Comments are useful": false,
	} {
		if got := IsEnd(s); got != want {
			t.Errorf("IsEnd(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestPingback(t *testing.T) {
	for s, want := range map[string]string{
		"Ping : Autre article – Blog B": "Autre article – Blog B", "Pingback: X": "X", "PINGBACK:X": "X", "Pingback：页": "页", "Pingback:": "",
		"Pingback: " + strings.Repeat("long ", 200) + "end": strings.Repeat("long ", 200) + "end",
	} {
		if got, ok := Pingback(s); !ok || got != want {
			t.Errorf("Pingback(%q) = %q, %v, want %q", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "Ping-pong : un sport", "Pingbacks are odd", "Trackback: X"} {
		if got, ok := Pingback(s); ok || got != s {
			t.Errorf("Pingback(%q) = %q, %v, want none", s, got, ok)
		}
	}
	if got, ok := Trackback("Rétrolien : X"); !ok || got != "X" {
		t.Errorf("Trackback = %q, %v, want X", got, ok)
	}
}

// The names and titles that the functions return are parts of what they were
// given, whatever that is.
func FuzzLocale(f *testing.F) {
	for _, s := range []string{"Alice dit\u00A0:", "  8 commentaires", "_x_ Reply ↓", "Ping : a", "\xFF says:", "İ\u0130 diyor ki:", "1.2.3,4 Comments on", "\u00A0:", "a\u200Esays:", "\tA__b : `C`\v\f ", "_", " :"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for what, got := range map[string]string{"Says": first(Says(s)), "SaysBare": first(SaysBare(s)), "TrimReply": first(TrimReply(s)), "Pingback": first(Pingback(s)), "Trackback": first(Trackback(s))} {
			if !strings.Contains(s, got) {
				t.Errorf("%s(%q) = %q, which is no part of it", what, s, got)
			}
		}
		if fast, ok := foldASCII(s); ok {
			var slow strings.Builder
			for _, r := range folded(s) {
				slow.WriteRune(r)
			}
			if fast != slow.String() {
				t.Errorf("foldASCII(%q) = %q, want %q", s, fast, slow.String())
			}
		}
		if n, known, ok := CountHeading(s); n < 0 || known && !ok {
			t.Errorf("CountHeading(%q) = %d, %v, %v", s, n, known, ok)
		}
		IsReply(s)
		IsEnd(s)
		IsAwaiting(s)
		IsClosed(s)
		IsNoise(s)
		IsPager(s)
	})
}

func first(s string, _ bool) string { return s }

func BenchmarkLine(b *testing.B) {
	line := "Ce que Boko Haram fait comme atrocités, il le fait sous couvert des autres :"
	for b.Loop() {
		Says(line)
		IsReply(line)
		IsEnd(line)
		CountHeading(line)
	}
}
