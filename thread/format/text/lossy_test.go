package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadheat/thread/format"
)

// TestLossy reads pages of which an extractor or a browser's clipboard has lost
// names, dates, links, markers or their order, a page for each kind of loss.
func TestLossy(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{
			name: "names, dates and links lost; a list typed into a text",
			page: `Un billet

4 réflexions au sujet de « Un billet »

  1. Je retiens deux choses de tout cela :

    1. le four doit être chaud,
    2. la pâte doit reposer,

    et le reste viendra avec le temps.

    1. Et la farine ?

      Sans elle, rien à faire.

      1. De la bise, bien sûr, comme toujours.

  2. Merci pour ce billet.

Laisser un commentaire`,
			want: []string{
				"1 <>: Je retiens deux choses de tout cela ://1. le four doit être chaud,/2. la pâte doit reposer,//et le reste viendra avec le temps.",
				"1.1 <> re 1: Et la farine ?//Sans elle, rien à faire.",
				"1.1.1 <> re 1.1: De la bise, bien sûr, comme toujours.",
				"2 <>: Merci pour ce billet.",
			},
		},
		{
			name: "replies in bullets below numbers, names and days below the texts",
			page: `Ein Beitrag

3 Comments:
  1. Bei mir läuft das seit Jahren ohne Fehler.

    Nur der Lüfter ist laut.

    Tilo · April 19, 2019
    • Welcher Lüfter denn?

      Marit · Mai 05, 2019
  2. Danke für die Mühe!

    Ole Brink · Mai 08, 2019

Leave a Comment! Antworten abbrechen`,
			want: []string{
				"1 <Tilo> 2019-04-19: Bei mir läuft das seit Jahren ohne Fehler.//Nur der Lüfter ist laut.",
				"1.1 <Marit> re 1 2019-05-05: Welcher Lüfter denn?",
				"2 <Ole Brink> 2019-05-08: Danke für die Mühe!",
			},
		},
		{
			name: "dates lost, and one name",
			page: `Ein Beitrag

4 Kommentare

  1. Edda sagt:

    Erster Text.

  2. Liebe Runde,

    ohne Namen, weil er verlinkt war.

  3. Lars sagt:

    Dritter Text.

  4. Kurz gesagt: nein.

Schreibe einen Kommentar`,
			want: []string{
				"1 <Edda>: Erster Text.",
				"2 <>: Liebe Runde,//ohne Namen, weil er verlinkt war.",
				"3 <Lars>: Dritter Text.",
				"4 <>: Kurz gesagt: nein.",
			},
		},
		{
			name: "Blogger, names lost",
			page: `Comentarios:

  1. No estoy de acuerdo, y diré por qué.

    Hace falta agua.

    ResponderEliminar
    Respuestas
    1. Agua sobra en invierno.

      Eliminar
  2. Gracias.

    ResponderEliminar

Añadir comentario`,
			want: []string{
				"1 <>: No estoy de acuerdo, y diré por qué.//Hace falta agua.",
				"1.1 <> re 1: Agua sobra en invierno.",
				"2 <>: Gracias.",
			},
		},
		{
			name: "the heading lost, links for quoting beside the dates",
			page: `Gutschein für Seife

Bis Sonntag gültig.

Tilda

17.10.2019, 23:30 Zitieren #

Bei mir war das Fach leer.

    Jorin

    17.10.2019, 23:48 Zitieren #

    Bei mir nicht.

Wenke

18.10.2019, 00:10 Zitieren #

Duftet gut.

Kommentar verfassen`,
			want: []string{
				"1 <Tilda> 2019-10-17T23:30:00: Bei mir war das Fach leer.",
				"1.1 <Jorin> re 1 2019-10-17T23:48:00: Bei mir nicht.",
				"2 <Wenke> 2019-10-18T00:10:00: Duftet gut.",
			},
		},
		{
			name: "dates below the texts, right above the next name",
			page: `Kuchen

Hinterlasse einen Kommentar

Benachrichtige mich zu:
Fine

Backt sich wie von selbst.

Daumen hoch0Daumen runter  Antworten
19. Februar 2017 20:00
Arne

Meiner blieb sitzen.
Viele Grüße

Daumen hoch3Daumen runter  Antworten
21. Februar 2017 7:45
Fine

Lag es am Mehl?

Daumen hoch0Daumen runter  Antworten
21. Februar 2017 9:10

Impressum`,
			want: []string{
				"1 <Fine> 2017-02-19T20:00:00: Backt sich wie von selbst.",
				"2 <Arne> 2017-02-21T07:45:00: Meiner blieb sitzen./Viele Grüße",
				"3 <Fine> 2017-02-21T09:10:00: Lag es am Mehl?",
			},
		},
		{
			name: "copied from a browser, dates before the names",
			page: `How to mend a kettle

Comments (3)
June 21, 2018 at 7:52 pm Orla Finch
Mine has a hole in the spout.

Reply
June 22, 2018 at 6:28 am Bram

Solder it.

Reply
June 22, 2018 at 9:03 am Orla Finch

With what?

Leave a Reply`,
			want: []string{
				"1 <Orla Finch> 2018-06-21T19:52:00: Mine has a hole in the spout.",
				"2 <Bram> 2018-06-22T06:28:00: Solder it.",
				"3 <Orla Finch> 2018-06-22T09:03:00: With what?",
			},
		},
		{
			name: "copied from a browser, names and dates run together",
			page: `2 comments:
Dana BellOctober 27, 2011 at 5:39 AM

First thought.

ReplyDelete
miroOctober 27, 2011 at 8:55 AM

Second thought.

ReplyDelete

Post a Comment`,
			want: []string{
				"1 <Dana Bell> 2011-10-27T05:39:00: First thought.",
				"2 <miro> 2011-10-27T08:55:00: Second thought.",
			},
		},
		{
			name: "numbers of links",
			page: `   [1]Blog [2]Archive

A post

   A claim[1] with a footnote.

2 Comments

    1.
   [3]Ines says:
       [4]3 January 2014 at 17:12
       One.
       [5]Reply
         1.
        Paul says:
            [6]4 January 2014 at 06:00
            As [7]she wrote.
            [8]Reply

Leave a Reply [9]Cancel reply`,
			want: []string{
				"1 <Ines> 2014-01-03T17:12:00: One.",
				"1.1 <Paul> re 1 2014-01-04T06:00:00: As she wrote.",
			},
		},
		{
			name: "Markdown with fences",
			page: "## 2 Gedanken zu „Moos\" {#gedanken .comments-title}\n\n" +
				"1.  ::: {#comment-1}\n    ::: {.comment-author .vcard}\n    ![](https://a.example/b.png){.avatar srcset=\"https://a.example/c.png 2x\"} **Rike** sagt:\n    :::\n\n" +
				"    ::: comment-metadata\n    [25. Februar 2020 um 13:02 Uhr](https://a.example/#comment-1)\n    :::\n\n    ::: comment-content\n    Es wächst.\n    :::\n\n" +
				"    ::: reply\n    [Antworten](https://a.example/?replytocom=1#respond){.comment-reply-link rel=\"nofollow\"}\n    :::\n    :::\n\n" +
				"    1.  ::: {#comment-2}\n        **Sven** sagt:\n\n        [25. Februar 2020 um 14:01 Uhr](https://a.example/#comment-2)\n\n        Leider.\n        :::\n\n" +
				"### Schreibe einen Kommentar\n",
			want: []string{
				"1 <Rike> 2020-02-25T13:02:00: Es wächst.",
				"1.1 <Sven> re 1 2020-02-25T14:01:00: Leider.",
			},
		},
		{
			name: "dates before the names, each in the item of its text",
			page: `2 Kommentare zu Deiche

Vielen Dank für Ihren Kommentar.

  • Am 29. Mai 2017 um 14:38 von Hauke

    Der Deich hält.

  • Am 29. Mai 2017 um 23:16 von Elke

    Noch.

Kommentare sind bei diesem Artikel deaktiviert.`,
			want: []string{
				"1 <Hauke> 2017-05-29T14:38:00: Der Deich hält.",
				"2 <Elke> 2017-05-29T23:16:00: Noch.",
			},
		},
		{
			name: "reply links drawn as lists of their own",
			page: `There are 3 comments

Ana Reis · March 10, 2017 at 12:20 AM

One.

  • Reply
Timo · March 10, 2017 at 1:26 AM

Two.

Bea · March 11, 2017 at 8:41 PM

Three.

  • Reply

Leave a Reply`,
			want: []string{
				"1 <Ana Reis> 2017-03-10T00:20:00: One.",
				"2 <Timo> 2017-03-10T01:26:00: Two.",
				"3 <Bea> 2017-03-11T20:41:00: Three.",
			},
		},
		{
			name: "the form above the list, which is one page of several",
			page: `This Post Has 40 Comments

Leave a Comment

Your email address will not be published. Required fields are marked *

Rate this Recipe

  1. I made it twice, and twice it was gone by noon.

  2. Can I take honey in place of the sugar?

    1. Yes, but less of it.

  3. Lovely.

Back To Top`,
			want: []string{
				"1 <>: I made it twice, and twice it was gone by noon.",
				"2 <>: Can I take honey in place of the sugar?",
				"2.1 <> re 2: Yes, but less of it.",
				"3 <>: Lovely.",
			},
		},
		{
			name: "titles of pages that link here on several lines, addresses for pictures",
			page: `3 Kommentare

  1. [rike@a.example']
     [rike@a.example']
     Rike 20. Juni 2018 um 10:50 Uhr - Antworten

     Sehr schön.

  2. Was man über das Gießen von Zimmerpflanzen im Winter wissen sollte:
     Alles über Wasser - Blog für Haus und Garten 6. Juli 2018 um
     23:55 Uhr - Antworten

     […] wie dort steht […]

  3. Sven 21. Juni 2018 um 11:00 Uhr - Antworten

     Danke.

Schreibe einen Kommentar`,
			want: []string{
				"1 <Rike> 2018-06-20T10:50:00: Sehr schön.",
				"2 <Was man über das Gießen von Zimmerpflanzen im Winter wissen sollte: Alles über Wasser - Blog für Haus und Garten> 2018-07-06T23:55:00: […] wie dort steht […]",
				"3 <Sven> 2018-06-21T11:00:00: Danke.",
			},
		},
		{
			name: "names twice, as text and in place of a picture",
			page: `2 Kommentare

20. Juni 2018 um 10:50 Uhr
Rike Rike
Rike

Erster.

Antworten
21. Juni 2018 um 10:50 Uhr
Sven Moor Sven Moor
Sven Moor

Zweiter.

Antworten

Schreibe einen Kommentar`,
			want: []string{
				"1 <Rike> 2018-06-20T10:50:00: Erster.",
				"2 <Sven Moor> 2018-06-21T10:50:00: Zweiter.",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, brief(parse(t, "page.txt", c.page, format.Options{}))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestSoftware reads what Resiliparse leaves of pages of other software than
// WordPress, and of its themes.
func TestSoftware(t *testing.T) {
	const top = "Titre du billet\n\nLe texte du billet, qui dit une chose ou deux sur le temps.\n\n"
	const form = "\n\nLaisser un commentaire\n\nVotre adresse e-mail ne sera pas publiée.\n"
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{
			name: "Dotclear, numbers before the names, dates below",
			page: top + `2 commentaires

#1  - Alice a dit :

Premier texte.

mardi 3 mars 2015, 10:05

#2  - Bob a dit :

Second texte.

mardi 3 mars 2015, 11:05

Ajouter un commentaire`,
			want: []string{
				"1 <Alice> 2015-03-03T10:05:00: Premier texte.",
				"2 <Bob> 2015-03-03T11:05:00: Second texte.",
			},
		},
		{
			name: "SPIP, subjects before the dates",
			page: top + `2 Messages de forum

  • Titre du message Le 11 septembre 2018 à 12:57, par Alice

    Premier texte.

    Répondre à ce message

    • Re: titre Le 12 septembre 2018 à 13:57, par Bob

      Second texte.

      Répondre à ce message

Un message, un commentaire ?`,
			want: []string{
				"1 <Alice> 2018-09-11T12:57:00: Premier texte.",
				"1.1 <Bob> re 1 2018-09-12T13:57:00: Second texte.",
			},
		},
		{
			name: "Over-blog, a letter in place of a picture",
			page: top + `Commenter cet article

A

Alice

12/03/2015 10:05

Premier texte.

Répondre

B

Bob

12/03/2015 11:05

Second texte.

Répondre`,
			want: []string{
				"1 <Alice> 2015-03-12T10:05:00: Premier texte.",
				"2 <Bob> 2015-03-12T11:05:00: Second texte.",
			},
		},
		{
			name: "Canalblog, names below the texts",
			page: top + `Commentaires sur Titre du billet

Premier texte.

Posté par Alice, 03 janvier 2014 à 17:12 | | Répondre
Second texte.

Posté par Bob, 04 janvier 2014 à 17:12 | | Répondre

Poster un commentaire`,
			want: []string{
				"1 <Alice> 2014-01-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-01-04T17:12:00: Second texte.",
			},
		},
		{
			name: "Drupal, subjects above the names",
			page: top + `Commentaires

Un sujet

Soumis par Alice (non vérifié) le lun, 03/03/2014 - 17:12

Premier texte.

  • répondre

Soumis par Bob le mar, 04/03/2014 - 17:12

Second texte.

  • répondre

Ajouter un commentaire`,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-03-04T17:12:00: Second texte.",
			},
		},
		{
			name: "Genesis, no colon",
			page: top + `Comments

  1. Alice says

    March 3, 2014 at 5:12 pm

    Premier texte ici.

    Reply

    • Bob says

      March 4, 2014 at 6:12 pm

      Second.

      Reply` + form,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte ici.",
				"1.1 <Bob> re 1 2014-03-04T18:12:00: Second.",
			},
		},
		{
			name: "the mark of the author between name and date",
			page: top + `2 Commentaires

  • Alice
    Auteur
    3 mars 2014 à 17 h 12 min

    Premier texte.

    Répondre
  • Bob
    4 mars 2014

    Second texte.

    Répondre` + form,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-03-04: Second texte.",
			},
		},
		{
			name: "Divi, its English glue translated",
			page: top + `2 Commentaires

  • Alice sur 3 mars 2014 à 17 h 12 min

    Premier texte.

    Répondre
  • Bob sur 4 mars 2014 à 6 h 12 min

    Second texte.

    Répondre` + form,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-03-04T06:12:00: Second texte.",
			},
		},
		{
			name: "verb and date on one line",
			page: top + `2 commentaires

Alice a écrit le 3 mars 2014 à 17:12 :

Premier texte.

Bob a écrit le 4 mars 2014 à 17:12 :

Second texte.` + form,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-03-04T17:12:00: Second texte.",
			},
		},
		{
			name: "a number line above each name",
			page: top + `Commentaires (2)

#1
Alice
3 mars 2014 17:12
Premier texte.
#2
Bob
4 mars 2014 17:12
Second texte.` + form,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-03-04T17:12:00: Second texte.",
			},
		},
		{
			name: "names and reply links, nothing else",
			page: top + `2 commentaires

Alice

Premier texte.

Répondre

Bob

Second texte.

Répondre` + form,
			want: []string{
				"1 <Alice>: Premier texte.",
				"2 <Bob>: Second texte.",
			},
		},
		{
			name: "a heading of the readers",
			page: top + `Vos réactions

Alice le 03/03/2014 à 17:12

Premier texte.

Bob le 04/03/2014 à 17:12

Second texte.` + form,
			want: []string{
				"1 <Alice> 2014-03-03T17:12:00: Premier texte.",
				"2 <Bob> 2014-03-04T17:12:00: Second texte.",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, brief(parse(t, "page.txt", c.page, format.Options{}))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
