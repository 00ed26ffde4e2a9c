package text

import "testing"

// TestLookalikes reads pages that look like comments in one way or another and have
// none: no line of them may become a comment.
func TestLookalikes(t *testing.T) {
	for _, test := range []struct{ name, page string }{
		{"interview, French", `Entretien avec une apicultrice

Clara Vasseur : Bonjour Inès, depuis quand gardez-vous des abeilles ?

Inès Roumier : Depuis douze ans, au fond du jardin.

Clara Vasseur : Et cet hiver ?

Inès Roumier : Trop doux, elles sortaient en janvier.

Laisser un commentaire

Votre adresse e-mail ne sera pas publiée.`},
		{"interview in a list, German", `Drei Fragen an den Müller

  • Redaktion:

    Wie lange mahlen Sie schon?

  • Jonas Kehl:

    Seit dem Winter 1998, damals noch mit Wasser.

  • Redaktion:

    Und heute?

  • Jonas Kehl:

    Mit Strom, leider.

Schreibe einen Kommentar`},
		{"recipe steps below the link to the comments", `Plum cake

3 Comments

  1. Preheat the oven to 180 degrees and butter a tin of medium size.

  2. Stone the plums and cut them in halves, or leave them whole if they are small.

  3. Stir butter and sugar until pale, then add the eggs.

Bake for forty minutes, until a needle comes out clean, and let the cake cool in its tin before you cut it.

Serve with cream. The cake keeps for three days in a cool place, wrapped in a cloth.

Leave a Reply`},
		{"recipe steps before an empty comment form", `Ratatouille

Préparation

  1. Couper les légumes en dés, sans trop les serrer.

  2. Les faire revenir dans l’huile, les aubergines d’abord.

  3. Laisser mijoter une heure à feu doux.

0 commentaire

Laisser un commentaire`},
		{"numbered list of dated events", `Concerts de l’été

  1. Orchestre des collines

    12 juin 2019 à 20 h 30

    Salle des fêtes, entrée libre.

  2. Les Voix du marais

    3 juillet 2019 à 21 h 00

    Église Saint-Roch.

  3. Fanfare du port

    14 juillet 2019 à 18 h 00

    Quai nord.

Réservations au bureau d’accueil.`},
		{"events of a club with times, German", `Termine

Jahresversammlung
12.03.2018, 19:00 Uhr
Gasthaus Linde

Frühjahrsputz
07.04.2018, 09:00 Uhr
Treffpunkt am Schuppen

Sommerfest
23.06.2018, 15:00 Uhr
Festwiese

Impressum`},
		{"table of a forum", `Board index

Topics
Replies
Views
Last post

Which pump for a small pond?
by Marlow » March 3, 2015 at 7:40 pm
14
602
by Quentin
March 9, 2015 at 8:11 am

Algae again
by Tess » March 1, 2015 at 6:02 pm
3
180
by Marlow
March 2, 2015 at 10:20 am

Users browsing this forum: none`},
		{"teasers of a blog", `Latest posts

The hedge that came back
March 4, 2016
Nora Whitby
4 Comments

Seeds from the attic
February 27, 2016
Nora Whitby
1 Comment

A spade for life
February 20, 2016
Paul Denning
No Comments

Older posts`},
		{"teasers in a list, with counts", `Aktuell

  • Kanal wird saniert

    von Petra Holm am 3. Mai 2017

    12 Kommentare

  • Brücke bleibt zu

    von Uwe Brandt am 2. Mai 2017

    3 Kommentare

  • Markt zieht um

    von Petra Holm am 30. April 2017

    Keine Kommentare

Weitere Artikel`},
		{"chat transcript", `Log of the support channel

[10:02] mira: does anybody know where the key is?
[10:03] tobi: under the mat
[10:03] mira: thanks
[10:10] lea: the mat is gone

End of log`},
		{"chat with names on lines, no section", `Session du 12 mai

mira
10:02
Quelqu’un a la clé ?

tobi
10:03
Sous le tapis.

mira
10:04
Merci.`},
		{"bibliography", `Literatur

  1. Adler, K.: Wege im Moor. Verlag am Deich, 2004.

  2. Bruns, H.: Torf und Tang. 12. März 2010.

  3. Claasen, P.: Deiche, 3. Auflage, 1998.

Zitieren

Zurück`},
		{"footnotes with a reply heading far above", `Responses

The word has two senses, which this note sets apart. It came into use late.

Another paragraph stands here, to keep the list away from the heading.

And one more, because pages are long and lists stand late.

A fourth one, about nothing in particular.

  1. See the first volume, which has been out of print for many years now.

  2. So says the letter of May 3, 1871.

  3. The editor disagrees with all of this, at length.`},
		{"book shop", `Les Heures lentes
Roman
Jeanne Aubrac
Paru le 12 mars 2015
Broché, 18,00 €
Ajouter au panier

La Digue
Récit
Paul Merle
Paru le 3 avril 2014
Broché, 15,50 €
Ajouter au panier

Cliquez ici pour voir votre panier

Vos commentaires nous intéressent : écrivez-nous.`},
		{"press review with quotations", `Revue de presse

Le maire dit :

« Nous n’avons rien signé. »

La préfète a dit :

« Le dossier est complet. »

Le syndicat écrit :

« On attend. »

Laisser un commentaire`},
		{"steps with dates and a form, Italian", `Come rinnovare la tessera

  1. Compilare il modulo entro il 5 maggio 2019.

  2. Portarlo in ufficio il 12 maggio 2019 alle 9:30.

  3. Ritirare la tessera.

Lascia un commento`},
		{"latest comments in a sidebar", `Un matin au marché

Il faisait froid, et les étals ouvraient tard.

Commentaires récents

  • Lucie dans Un matin au marché
  • Armand dans La soupe du dimanche
  • Zoé dans À propos

Archives

  • mai 2014
  • avril 2014`},
		{"votes of a poll", `Qual è la tua stagione preferita?

  • Primavera 12
  • Estate 31
  • Autunno 7
  • Inverno 3

53 voti

Rispondi al sondaggio`},
		{"timetable", `Linha 14

Segunda-feira
08:10 Praça Velha
08:25 Hospital

Terça-feira
08:10 Praça Velha
08:25 Hospital

Deixe um comentário`},
		{"job offers", `Stellen

Gärtner (m/w)
15. Januar 2018 um 9:00 Uhr
Baumschule Kordes

Fahrer
14. Januar 2018 um 16:30 Uhr
Spedition Wiek

2 Ergebnisse`},
		{"news ticker, newest first", `Ticker

21.4.2021, 16:41 Uhr
Spiel beginnt
Die Mannschaften stehen auf dem Platz.

21.4.2021, 16:20 Uhr
Aufwärmen
Noch zwanzig Minuten.

21.4.2021, 15:58 Uhr
Anreise
Der Bus ist da.`},
		{"frequently asked questions", `Veelgestelde vragen

  1. Hoe laat gaat de winkel open?

    Om negen uur, behalve op zondag.

  2. Kan ik met een kaart betalen?

    Ja, vanaf vijf euro.

  3. Mag de hond mee?

    Aan de lijn wel.

Reacties zijn gesloten.`},
		{"a declared zero and a list", `Domingo en la costa

Sin comentarios

  1. Playa grande

    Arena fina y poca sombra, pero el agua es clara.

  2. Cala del norte

    Se llega a pie por un sendero de piedras.

Deja un comentario`},
		{"chronicle in Russian", `Хроника села

  1. Школа

    12.05.1934 в 10:00

    Открыта в новом доме.

  2. Мост

    03.09.1951 в 12:30

    Построен заново.

Контакты`},
		{"a title that counts answers", `1000 Antworten

Die Sendung für Neugierige

Warum ist der Himmel blau?
` + filler(8) + `
STAND
21.4.2021, 16:41 Uhr
AUTOR/IN
Jona Richter
` + filler(60) + `
STAND
22.4.2021, 10:05 Uhr
AUTOR/IN
Jona Richter`},
	} {
		t.Run(test.name, func(t *testing.T) {
			lines := split(test.page)
			for _, h := range gate(lines, scan(lines)).heads {
				t.Errorf("line %d %q became a comment by %q", h.first+1, lines[h.first], h.name)
			}
		})
	}
}

// filler is some lines of prose.
func filler(n int) string {
	s := ""
	for range n {
		s += "Der Text geht seinen Gang und sagt nichts, was hier von Belang wäre.\n"
	}
	return s
}
