package text

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread"
	"threadheat/thread/format"
)

// brief writes each comment on a line: ID, author, time, what is unusual about
// it, text.
func brief(th *thread.Thread) []string {
	var out []string
	for i := range th.Document() {
		c := th.Comment(i)
		s := c.ID + " <" + c.Author + ">"
		if c.Parent != "" {
			s += " re " + c.Parent
		}
		if !c.Time.IsZero() {
			s += " " + c.Time.String()
		}
		if c.Kind != thread.Ordinary {
			s += " " + c.Kind.String()
		}
		if c.State != thread.Visible {
			s += " " + c.State.String()
		}
		out = append(out, s+": "+strings.ReplaceAll(c.Text, "\n", "/"))
	}
	return out
}

// One invented page, drawn by seven renderers. What each does to the page is
// told in its line below: the tree, the names, the times and the states are the
// same for all, the white space inside the texts is not.
func TestRenderings(t *testing.T) {
	quoted := map[string]string{ // the text of Bob, which starts with a quotation
		"elinks.txt":             "  Premier paragraphe.//Je réponds.",
		"html2text.txt":          "     Premier paragraphe./Je réponds.",
		"lynx.txt":               "Premier paragraphe./Je réponds.", // the quotation is drawn left of its item
		"pandoc.txt":             "  Premier paragraphe.//Je réponds.",
		"pyhtml2text-nolinks.md": "> Premier paragraphe.//Je réponds.",
		"pyhtml2text.md":         "> Premier paragraphe.//Je réponds.",
		"w3m.txt":                "    Premier paragraphe.//Je réponds.",
	}
	list := map[string]string{ // the text of Alice, which holds a list of its own
		"elinks.txt":             "Premier paragraphe./Suite.//Deuxième paragraphe :// \u00A01.\u00A0point un/ \u00A02.\u00A0point deux",
		"html2text.txt":          "Premier paragraphe./Suite./Deuxième paragraphe :/   1. point un/   2. point deux",
		"lynx.txt":               "Premier paragraphe./Suite./Deuxième paragraphe :/  1. point un/  2. point deux",
		"pandoc.txt":             "Premier paragraphe./Suite.//Deuxième paragraphe ://1.  point un/2.  point deux",
		"pyhtml2text-nolinks.md": "Premier paragraphe./Suite.//Deuxième paragraphe ://1. point un/2. point deux",
		"pyhtml2text.md":         "Premier paragraphe./Suite.//Deuxième paragraphe ://1. point un/2. point deux",
		"w3m.txt":                "Premier paragraphe./Suite.//Deuxième paragraphe :// 1. point un/ 2. point deux",
	}
	files, err := filepath.Glob("testdata/wp-html5.*")
	if err != nil || len(files) != len(quoted) {
		t.Fatalf("%d renderings in testdata, want %d (%v)", len(files), len(quoted), err)
	}
	for _, file := range files {
		kind := strings.TrimPrefix(filepath.Base(file), "wp-html5.")
		t.Run(kind, func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			th := parse(t, file, string(b), format.Options{})
			title := "Autre article – Blog B"
			if strings.HasSuffix(kind, ".md") {
				title = "Autre article - Blog B"
			}
			got := brief(th)
			if diff := cmp.Diff([]string{
				"1 <Alice> 2021-12-25T08:12:00: " + list[kind],
				"1.1 <Bob> re 1 2021-12-26T09:44:00: " + quoted[kind],
				"2 <" + title + "> pingback: ",
				"3 <Carole> 2021-12-27T21:09:00 pending: Fin.",
			}, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			m := th.Meta()
			if m.Title != "Article" || m.Article != "Corps de l’article." || m.Declared != 3 || !m.HasDeclared {
				t.Errorf("title %q, article %q, declared %d", m.Title, m.Article, m.Declared)
			}
			if c, why := Format.Sniff(format.Head{Bytes: b}); c != format.Likely {
				t.Errorf("Sniff = %v (%s), want likely", c, why)
			}
		})
	}
}

// The pages below are inventions, each in the layout of one renderer and one
// kind of site. Every one has decoys beside its comments.
func TestPages(t *testing.T) {
	for _, c := range []struct {
		name, page string
		declared   int // -1: none
		title      string
		want       []string
	}{
		{
			name: "german, lynx, marker alone on its line", declared: 12, title: "Zehn Wege zum Kompost",
			page: `
                              Zehn Wege zum Kompost

   Die Bäckerin sagt: "Ohne Wärme geht nichts." Der Gärtner antwortet:

    1. Laub sammeln
    2. Mai 2019 abwarten

   Geschrieben am 3. April 2019 von Redaktion

12 Gedanken zu „Zehn Wege zum Kompost“

    1.
   [avatar] Ada Lorenz sagt:
       23. Juni 2016 um 17:21 Uhr
       Bei mir klappt das nie.
       Ich habe drei Dinge versucht:
         1. mehr Laub
         2. weniger Laub
       Antworten
          +
         Bernd sagt:
            24. Juni 2016 um 9:05 Uhr
            Mehr Wasser!

     Bei mir klappt das nie.
            Das liegt am Wasser.
            Antworten
    2.
   Pingback: Kompost und andere Freuden | Gartenblog
    9.
   Clara M. sagt:
       1. Juli 2016 um 0:07 Uhr
       Dein Kommentar wartet auf Freischaltung.
       Er sagt:
       das geht so nicht.
       Antworten
   10.
   Dirk sagt:
       2. Juli 2016 um 10:00 Uhr
       Zehnter.
       Antworten

Schreibe einen Kommentar Antworten abbrechen

   Deine E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert

Neueste Kommentare

     * Ada Lorenz bei Zehn Wege zum Kompost
     * Emil sagt:
`,
			want: []string{
				"1 <Ada Lorenz> 2016-06-23T17:21:00: Bei mir klappt das nie./Ich habe drei Dinge versucht:/  1. mehr Laub/  2. weniger Laub",
				"1.1 <Bernd> re 1 2016-06-24T09:05:00: Mehr Wasser!//Bei mir klappt das nie./Das liegt am Wasser.",
				"2 <Kompost und andere Freuden | Gartenblog> pingback: ",
				"3 <Clara M.> 2016-07-01T00:07:00 pending: Er sagt:/das geht so nicht.",
				"4 <Dirk> 2016-07-02T10:00:00: Zehnter.",
			},
		},
		{
			name: "spanish, w3m", declared: 2, title: "El huerto",
			page: `El huerto

Texto. Como dice:

• una lista
• otra línea

2 respuestas a “El huerto”

 1. [c2f40b] Inés dice:
    3 marzo, 2014 a las 5:12 pm

    Muy bien. Mi lista:

     1. agua
     2. sol
    Responder
     1. [image] José Ángel dice:
        4 marzo, 2014 a las 10:00 am

        Gracias, Inés.

        Responder

Deja una respuesta Cancelar respuesta

Tu dirección de correo electrónico no será publicada.

• Entradas recientes
• Juan 5 marzo, 2014
`,
			want: []string{
				"1 <Inés> 2014-03-03T17:12:00: Muy bien. Mi lista:// 1. agua/ 2. sol",
				"1.1 <José Ángel> re 1 2014-03-04T10:00:00: Gracias, Inés.",
			},
		},
		{
			name: "italian, elinks", declared: 2, title: "Pane",
			page: strings.ReplaceAll(`                                      Pane

   Ricetta: farina, acqua.

2 commenti

   ~1.~Piero scrive~:
       3 gennaio 2015 alle 18:05

       Buono.

       Rispondi

       ~1.~Anna scrive~:
            4 gennaio 2015 alle 9:30

            Anche per me. Mia nonna diceva:
            mai senza sale.

            Rispondi

  Lascia un commento Annulla risposta
`, "~", "\u00A0"),
			want: []string{
				"1 <Piero> 2015-01-03T18:05:00: Buono.",
				"1.1 <Anna> re 1 2015-01-04T09:30:00: Anche per me. Mia nonna diceva:/mai senza sale.",
			},
		},
		{
			name: "portuguese, html2text", declared: 3, title: "A horta",
			page: `****** A horta ******
Um texto_com_ligação de 3 de maio de 2013.
***** 3 comentários em “A horta” *****
   1.  João_Silva disse:
      3_de_maio_de_2013_às_14:22
      Gostei.
      Responder
         1. Rui disse:
            3_de_maio_de_2013_às_15:00
            Também.
            Responder
   2.  snake_case disse:
      4_de_maio_de_2013_às_8:00
      Texto com sublinhado_aqui.
      Responder
**** Deixe uma resposta Cancelar_resposta ****
O seu endereço de e-mail não será publicado.
`,
			want: []string{
				"1 <João Silva> 2013-05-03T14:22:00: Gostei.",
				"1.1 <Rui> re 1 2013-05-03T15:00:00: Também.",
				"2 <snake case> 2013-05-04T08:00:00: Texto com sublinhado_aqui.", // the renderer leaves no way to tell
			},
		},
		{
			name: "dutch, python html2text", declared: 2, title: "De tuin",
			page: `# De tuin

Tekst. De buurman zegt:

  * niets
  * weinig

## 2 gedachten over “De tuin”

  1. ![](https://a.example/x.png) **[Els van Dijk](https://els.example)** schreef:

[3 mei 2012 om 20:15](https://t.example/#comment-1)

> De buurman zegt:

Mooi.

[Beantwoorden](https://t.example/?replytocom=1)

    1. **Kees** schreef:

[4 mei 2012 om 07:01](https://t.example/#comment-2)

Dank.

[Beantwoorden](https://t.example/?replytocom=2)

### Geef een reactie [Reactie annuleren](https://t.example/#respond)
`,
			want: []string{
				"1 <Els van Dijk> 2012-05-03T20:15:00: > De buurman zegt://Mooi.",
				"1.1 <Kees> re 1 2012-05-04T07:01:00: Dank.",
			},
		},
		{
			name: "polish, pandoc", declared: 2, title: "Ogród",
			page: `Ogród

Tekst z datą 3 maja 2011.

2 odpowiedzi do “Ogród”

1.  [] Łukasz pisze:

    3 maja 2011 o 12:30

    Dobrze.

    1.  pierwsze
    2.  drugie

    Odpowiedz

    -   Żaneta pisze:

        4 maja 2011 o 08:15

        Zgoda.

        Odpowiedz

Dodaj komentarz Anuluj pisanie odpowiedzi
`,
			want: []string{
				"1 <Łukasz> 2011-05-03T12:30:00: Dobrze.//1.  pierwsze/2.  drugie",
				"1.1 <Żaneta> re 1 2011-05-04T08:15:00: Zgoda.",
			},
		},
		{
			name: "russian, no verb", declared: 3, title: "Сад",
			page: `Сад

Садовник говорил: копать.

Комментарии (3)

  1. Иван:

    12.03.2011 в 10:15

    Хорошо. Три вещи:

      • вода
      • солнце

    Ответить

    1. Ольга Петрова:

      13.03.2011 в 08:00

      Согласна.

      Ответить

  2. Уведомление: Другой сад

Добавить комментарий
`,
			want: []string{
				"1 <Иван> 2011-03-12T10:15:00: Хорошо. Три вещи://  • вода/  • солнце",
				"1.1 <Ольга Петрова> re 1 2011-03-13T08:00:00: Согласна.",
				"2 <Другой сад> pingback: ",
			},
		},
		{
			name: "swedish, lynx", declared: 2, title: "Trädgården",
			page: `                                   Trädgården

   Text.

2 kommentarer

     * Åsa skriver:
       3 maj, 2010 kl. 14:05
       Fint.
       Svara
          + Örjan skriver:
            3 maj, 2010 kl. 15:10
            Tack.
            Svara

Kommentera Avbryt svar
`,
			want: []string{
				"1 <Åsa> 2010-05-03T14:05:00: Fint.",
				"1.1 <Örjan> re 1 2010-05-03T15:10:00: Tack.",
			},
		},
		{
			name: "japanese, as Resiliparse draws it", declared: 2, title: "",
			page: `庭について書きます。

「庭」への2件の返信

  • 太郎 より:

    2012年5月3日 2:15 PM

    いいですね。

    返信
    • 花子 より：

      2012年5月4日 9:05 AM

      ありがとう。

      返信

コメントを残す コメントをキャンセル
`,
			want: []string{
				"1 <太郎> 2012-05-03T14:15:00: いいですね。",
				"1.1 <花子> re 1 2012-05-04T09:05:00: ありがとう。",
			},
		},
		{
			name: "blogger", declared: 2, title: "A post",
			page: `A post

Some text.

2 comments:

Alice said...

First!

January 3, 2014 at 5:12 PM

Bob Ray said...

She said:
nothing at all.

January 4, 2014 at 6:00 AM

Post a Comment
`,
			want: []string{
				"1 <Alice> 2014-01-03T17:12:00: First!",
				"2 <Bob Ray> 2014-01-04T06:00:00: She said:/nothing at all.",
			},
		},
		{
			name: "blogger in a list, name and date glued", declared: 2, title: "A post",
			page: `A post

2 comments:

    1. [b36.png]
       Ann ArborOctober 27, 2011 at 5:39 AM
       One.
       ReplyDelete
         1. [b36.png]
            BenOctober 27, 2011 at 5:44 AM
            Two.
            Delete

Post a Comment
`,
			want: []string{
				"1 <Ann Arbor> 2011-10-27T05:39:00: One.",
				"1.1 <Ben> re 1 2011-10-27T05:44:00: Two.",
			},
		},
		{
			name: "typepad, name below the text", declared: -1, title: "Un billet",
			page: `Un billet

Du texte.

Commentaires

Le premier avis,
sur deux lignes.

Posted by: Alice | January 03, 2014 at 05:12 PM

Le second.

Posted by: Bob | January 04, 2014 at 06:00 AM

Comments are closed.
`,
			want: []string{
				"1 <Alice> 2014-01-03T17:12:00: Le premier avis,/sur deux lignes.",
				"2 <Bob> 2014-01-04T06:00:00: Le second.",
			},
		},
		{
			name: "typepad, name above the text", declared: -1, title: "Un billet",
			page: `Un billet

Commentaires

Posted by: Alice | January 03, 2014 at 05:12 PM

Le premier avis.

Posted by: Bob | January 04, 2014 at 06:00 AM

Le second.
`,
			want: []string{
				"1 <Alice> 2014-01-03T17:12:00: Le premier avis.",
				"2 <Bob> 2014-01-04T06:00:00: Le second.",
			},
		},
		{
			name: "old WordPress, name below a numbered text", declared: 2, title: "A post",
			page: `A post

2 Comments »

    1. Short one.
       Comment by Alice — 17.07.2011 @ 13:04
    2. Another one, on
       two lines.
       Comment by Bob — 18.07.2011 @ 8:00

   RSS feed for comments on this post.
`,
			want: []string{
				"1 <Alice> 2011-07-17T13:04:00: Short one.",
				"2 <Bob> 2011-07-18T08:00:00: Another one, on/two lines.",
			},
		},
		{
			name: "dotclear", declared: 2, title: "Un billet",
			page: `Un billet

Commentaires (2)

  1. Le mardi 3 janvier 2012, 18:05 par Alice

     Premier.

  2. Le mercredi 4 janvier 2012, 09:30 par Bob Durand

     Second, le 5 janvier 2012 par hasard.

Ajouter un commentaire
`,
			want: []string{
				"1 <Alice> 2012-01-03T18:05:00: Premier.",
				"2 <Bob Durand> 2012-01-04T09:30:00: Second, le 5 janvier 2012 par hasard.",
			},
		},
		{
			name: "spip", declared: -1, title: "Un article",
			page: `Un article

Messages de forum

  * Le 11 septembre 2018 à 12:57, par Alice

    Bonjour.

    Répondre à ce message

      + Le 12 septembre 2018 à 08:01, par Bob

        Bonsoir.

        Répondre à ce message
`,
			want: []string{
				"1 <Alice> 2018-09-11T12:57:00: Bonjour.",
				"1.1 <Bob> re 1 2018-09-12T08:01:00: Bonsoir.",
			},
		},
		{
			name: "twenty eleven, the date inside the phrase", declared: 2, title: "A post",
			page: `A post

2 Responses to A post

    1. Alice on January 3, 2014 at 5:12 pm said:
       One.
       Reply ↓
         1. Bob on January 4, 2014 at 6:00 am said:
            Two.
            Reply ↓

Leave a Reply Cancel reply
`,
			want: []string{
				"1 <Alice> 2014-01-03T17:12:00: One.",
				"1.1 <Bob> re 1 2014-01-04T06:00:00: Two.",
			},
		},
		{
			name: "no markers: name, date, text, reply link", declared: 2, title: "A post",
			page: `A post

By Carol Writer

June 1, 2017

Text.

There are 2 comments

Alice Smith · March 10, 2017 at 12:20 AM

One.
Still one.

Reply

Bob

March 10, 2017 at 1:26 AM

Two.

Reply

Leave a Reply

You may also like

Ten ways to fail

March 11, 2017 at 2:00 AM

Teaser text.
`,
			want: []string{
				"1 <Alice Smith> 2017-03-10T00:20:00: One./Still one.",
				"2 <Bob> 2017-03-10T01:26:00: Two.",
			},
		},
		{
			name: "the form stands above the list", declared: 2, title: "A post",
			page: `A post

Leave a Reply Cancel reply

Your email address will not be published.

2 Comments

  1. Alice says:

    3 January 2014 at 17:12

    One.

    Reply

  2. Bob says:

    4 January 2014 at 06:00

    Two.

    Reply

Older Comments

Comments are closed.
`,
			want: []string{
				"1 <Alice> 2014-01-03T17:12:00: One.",
				"2 <Bob> 2014-01-04T06:00:00: Two.",
			},
		},
		{
			name: "windows line ends, no-break spaces, ten and more", declared: 11, title: "Un billet",
			page: strings.ReplaceAll(strings.ReplaceAll(`Un billet

11 commentaires

  9. Alice dit~:

    Neuf.

  10. Bob dit~:

    Dix.
    ~ Avec un retrait.

    1. Carole dit~:

      Sous dix.

  11. Dan dit~:

    Onze.

Laisser un commentaire`, "~", "\u00A0"), "\n", "\r\n"),
			want: []string{
				"1 <Alice>: Neuf.",
				"2 <Bob>: Dix./\u00A0 Avec un retrait.",
				"2.1 <Carole> re 2: Sous dix.",
				"3 <Dan>: Onze.",
			},
		},
		{
			name: "all at once: english phrases under french headings, one comment", declared: 1, title: "Un billet",
			page: "Un billet\n\nUn commentaire\n\n  1. Alice says:\n\n    Une phrase.\n\nLaisser un commentaire\n",
			want: []string{"1 <Alice>: Une phrase."},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			th := parse(t, "page.txt", c.page, format.Options{})
			if diff := cmp.Diff(c.want, brief(th)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			m := th.Meta()
			if m.Title != c.title {
				t.Errorf("title = %q, want %q", m.Title, c.title)
			}
			if got := map[bool]int{true: m.Declared, false: -1}[m.HasDeclared]; got != c.declared {
				t.Errorf("declared = %d, want %d", got, c.declared)
			}
			if conf, why := Format.Sniff(format.Head{Bytes: []byte(c.page)}); conf != format.Likely {
				t.Errorf("Sniff = %v (%s), want likely", conf, why)
			}
			if again := fmt.Sprint(brief(parse(t, "page.txt", c.page, format.Options{}))); again != fmt.Sprint(brief(th)) {
				t.Error("read twice, the page gives two results")
			}
		})
	}
}
