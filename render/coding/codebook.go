package coding

import (
	"strconv"

	"threadheat/metrics"
	"threadheat/metrics/sampling"
	"threadheat/render"
)

// Drawn tells how a sample was drawn, for the codebook.
type Drawn struct {
	Threads bool
	Seed    uint64
	Strata  []sampling.Stratum
	Left    int // comments that could not be drawn
}

// Codebook is what coders read before they begin and keep beside them: what each
// column asks, its values, the rules by which to decide, examples of our own. How the
// sample was drawn stands at its end.
func Codebook(d Drawn, l metrics.Lang, version string) *render.Report {
	b := book{l}
	r := &render.Report{
		Lang: l, Version: version,
		Title:    b.t("Codebook: how hostile is a comment?", "Guide de codage : à quel point un commentaire est-il hostile ?"),
		Subtitle: b.t("For people who label comments of online discussions", "Pour les personnes qui codent des commentaires de discussions en ligne"),
		Sections: []render.Section{b.before(), b.hostility(), b.target(), b.irony(), b.rules(), b.examples(), b.after(), b.drawn(d)},
	}
	return r
}

type book struct{ lang metrics.Lang }

func (b book) t(en, fr string) string {
	return render.Typeset(b.lang, metrics.Text{EN: en, FR: fr}.In(b.lang))
}

func (b book) section(id, en, fr string, blocks ...render.Block) render.Section {
	return render.Section{ID: id, Title: b.t(en, fr), Blocks: blocks}
}

func (b book) p(en, fr string) render.Block { return render.P(b.t(en, fr)) }

// table has a row for each two or three texts, by language.
func (b book) table(id string, caption metrics.Text, head []metrics.Text, rows ...[]metrics.Text) *render.Table {
	t := &render.Table{ID: id, Caption: b.t(caption.EN, caption.FR)}
	for _, h := range head {
		t.Columns = append(t.Columns, render.ColumnHead{Title: b.t(h.EN, h.FR)})
	}
	for _, row := range rows {
		var cells []render.Cell
		for _, c := range row {
			cells = append(cells, render.Cell{Text: b.t(c.EN, c.FR)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func text(en, fr string) metrics.Text { return metrics.Text{EN: en, FR: fr} }

// same is a text that is the same in both languages: a code.
func same(s string) metrics.Text { return metrics.Text{EN: s, FR: s} }

func (b book) before() render.Section {
	return b.section("before", "Before you begin", "Avant de commencer",
		b.p("You are given a sheet with a comment in each row, the comment that it answers beside it, and what stood above that. Read the context first, then the comment, then fill in the columns hostility, target and irony; note is for you. Write your name, or the letter that you were given, in the column coder of each row.",
			"Vous recevez une feuille avec un commentaire par ligne, à côté celui auquel il répond, et ce qui se trouvait au-dessus. Lisez d’abord le contexte, puis le commentaire, puis remplissez les colonnes hostility, target et irony ; note est à vous. Inscrivez votre nom, ou la lettre reçue, dans la colonne coder de chaque ligne."),
		b.p("Work alone, and in the order of the sheet. Do not talk about single comments with other coders before all have finished: what is measured is whether people who read the same words come to the same answer without help.",
			"Travaillez seul, dans l’ordre de la feuille. Ne parlez pas de commentaires précis avec les autres codeurs avant que tous aient fini : ce qu’on mesure, c’est si des personnes qui lisent les mêmes mots arrivent à la même réponse sans aide."),
		b.p("Some comments are ugly. Take a break whenever you want one, leave out what you do not want to judge, and tell whoever gave you the sheet if it becomes too much.",
			"Certains commentaires sont laids. Faites une pause quand vous le voulez, laissez vide ce que vous ne voulez pas juger, et dites à la personne qui vous a remis la feuille si cela devient trop lourd."),
	)
}

func (b book) hostility() render.Section {
	return b.section("hostility", "hostility: how hostile is the manner?", "hostility : à quel point le ton est-il hostile ?",
		b.p("Hostile is what puts somebody down or wants to hurt. Judge how it is said and not whether it is right: a false claim may be made politely, and a true one with contempt.",
			"Est hostile ce qui rabaisse quelqu’un ou veut blesser. Jugez la manière et non si c’est vrai : une chose fausse peut être dite poliment, et une chose vraie avec mépris."),
		b.table("hostility-scale", text("The scale", "L’échelle"), []metrics.Text{text("code", "code"), text("name", "nom"), text("when", "quand")},
			[]metrics.Text{same("0"), text("civil", "civil"), text("Agrees, informs, asks, or disagrees about the matter. Firm is still civil.", "Approuve, informe, demande, ou n’est pas d’accord sur le fond. Ferme reste civil.")},
			[]metrics.Text{same("1"), text("sharp", "vif"), text("Annoyed, impatient, ironic or loud; nobody is put down.", "Agacé, impatient, ironique ou bruyant ; personne n’est rabaissé.")},
			[]metrics.Text{same("2"), text("hostile", "hostile"), text("Puts somebody down: contempt, mockery of the person, bad faith imputed, being told to keep quiet.", "Rabaisse quelqu’un : mépris, moquerie de la personne, procès d’intention, ordre de se taire.")},
			[]metrics.Text{same("3"), text("abusive", "injurieux"), text("Insults, threatens, denies that a person or group is human or may be there.", "Insulte, menace, dénie à une personne ou à un groupe son humanité ou le droit d’être là.")},
			[]metrics.Text{text("(empty)", "(vide)"), text("cannot tell", "indécidable"), text("Another language, no words, or not to be understood even with the context.", "Autre langue, pas de mots, ou incompréhensible même avec le contexte.")},
		),
	)
}

func (b book) target() render.Section {
	return b.section("target", "target: at whom is it aimed?", "target : qui est visé ?",
		b.p("Only where hostility is 1 or more; else N. If there are several, take the one that the sharpest words are for.",
			"Seulement si hostility vaut 1 ou plus ; sinon N. S’il y en a plusieurs, prenez celui que visent les mots les plus durs."),
		b.table("target-codes", text("The codes", "Les codes"), []metrics.Text{text("code", "code"), text("aimed at", "visé")},
			[]metrics.Text{same("N"), text("nobody, or a thing, the weather, a machine", "personne, ou une chose, le temps, une machine")},
			[]metrics.Text{same("P"), text("the person answered", "la personne à qui l’on répond")},
			[]metrics.Text{same("O"), text("another person: somebody else in the discussion, a politician, the author of the article", "une autre personne : quelqu’un d’autre dans la discussion, une élue, l’auteur de l’article")},
			[]metrics.Text{same("G"), text("a group of people", "un groupe de personnes")},
			[]metrics.Text{same("A"), text("the article, the paper, the site, an institution", "l’article, le journal, le site, une institution")},
		),
	)
}

func (b book) irony() render.Section {
	return b.section("irony", "irony: does it say the contrary of what it means?", "irony : dit-il le contraire de ce qu’il pense ?",
		b.p("1 if the comment, or a part of it, must not be taken at its word; 0 if all of it may be. Quotation marks around a word, “of course” and praise that is too high are hints, not proof.",
			"1 si le commentaire, ou une partie, ne doit pas être pris au mot ; 0 si tout peut l’être. Des guillemets autour d’un mot, « bien sûr » et un éloge excessif sont des indices, non des preuves."),
	)
}

func (b book) rules() render.Section {
	return b.section("rules", "How to decide", "Comment décider",
		b.table("rules-list", text("Rules, the first that fits", "Règles, la première qui convient"), []metrics.Text{text("if", "si"), text("then", "alors")},
			[]metrics.Text{text("hostile words are quoted, or told of, to object to them", "des mots hostiles sont cités ou rapportés pour les refuser"), text("judge what the writer adds, not what is quoted", "jugez ce que l’auteur ajoute, non ce qu’il cite")},
			[]metrics.Text{text("a swear word is aimed at nobody", "un gros mot ne vise personne"), text("hostility 1 at most", "hostility 1 au plus")},
			[]metrics.Text{text("an insult is denied (“you are no fool”)", "une insulte est niée (« vous n’êtes pas un sot »)"), text("as if it were not there, unless it is ironic", "comme si elle n’y était pas, sauf ironie")},
			[]metrics.Text{text("a word that can be a slur is used by somebody of himself or herself", "un mot qui peut être une injure est employé par quelqu’un pour parler de soi"), text("as any other word", "comme un autre mot")},
			[]metrics.Text{text("a group is named", "un groupe est nommé"), text("naming is not hostile; what is said of it may be", "nommer n’est pas hostile ; ce qui en est dit peut l’être")},
			[]metrics.Text{text("friends seem to tease each other", "des amis semblent se taquiner"), text("hostility 1 at most, and say so in note", "hostility 1 au plus, et dites-le dans note")},
			[]metrics.Text{text("one sentence is harsh and nine are civil", "une phrase est dure et neuf sont civiles"), text("the harsh one decides", "la dure décide")},
			[]metrics.Text{text("you hesitate between two codes", "vous hésitez entre deux codes"), text("the lower one, and say so in note", "le plus bas, et dites-le dans note")},
			[]metrics.Text{text("you know who wrote it", "vous savez qui l’a écrit"), text("judge the words as if you did not", "jugez les mots comme si vous l’ignoriez")},
		),
	)
}

func (b book) examples() render.Section {
	return b.section("examples", "Examples", "Exemples",
		b.p("They are made up. The comment answers somebody who wrote: “The new tram line will ruin the shops of the old town.”",
			"Ils sont inventés. Le commentaire répond à quelqu’un qui a écrit : « La nouvelle ligne de tram va ruiner les commerces de la vieille ville. »"),
		b.table("examples-list", text("The answer, and how to code it", "La réponse, et comment la coder"), []metrics.Text{text("comment", "commentaire"), same("hostility"), same("target"), same("irony"), text("because", "parce que")},
			[]metrics.Text{text("I do not think so: the market street gained customers when the first line came.", "Je ne le crois pas : la rue du marché a gagné des clients avec la première ligne."), same("0"), same("N"), same("0"), text("disagrees about the matter", "désaccord sur le fond")},
			[]metrics.Text{text("For the third time: the plan is online, on page 12!!", "Pour la troisième fois : le plan est en ligne, page 12 !!"), same("1"), same("P"), same("0"), text("impatient, but nobody is put down", "impatient, mais personne n’est rabaissé")},
			[]metrics.Text{text("Damn, it is raining again and the stop has no roof.", "Zut et re-zut, il pleut encore et l’arrêt n’a pas de toit."), same("1"), same("N"), same("0"), text("cross, at the weather", "fâché, contre le temps")},
			[]metrics.Text{text("Of course, and trams eat children as well. What a scholar we have here.", "Bien sûr, et les trams mangent aussi les enfants. Quel savant nous avons là."), same("2"), same("P"), same("1"), text("mocks the person, says the contrary", "moque la personne, dit le contraire")},
			[]metrics.Text{text("People from the hills should leave the town to those who understand it.", "Que ceux des collines laissent la ville à ceux qui la comprennent."), same("2"), same("G"), same("0"), text("denies a group a say", "dénie à un groupe la parole")},
			[]metrics.Text{text("Another fine piece by our “journalists”, paid by the line.", "Encore un bel article de nos « journalistes », payés à la ligne."), same("2"), same("A"), same("1"), text("bad faith imputed, in irony", "procès d’intention, par ironie")},
			[]metrics.Text{text("You cretin, learn to read before you write.", "Espèce de crétin, apprends à lire avant d’écrire."), same("3"), same("P"), same("0"), text("an insult", "une insulte")},
			[]metrics.Text{text("Yesterday somebody here called the mayor a parasite. That is not how we should talk.", "Hier quelqu’un ici a traité la maire de parasite. On ne devrait pas parler ainsi."), same("0"), same("N"), same("0"), text("quotes an insult to object to it", "cite une insulte pour la refuser")},
		),
	)
}

func (b book) after() render.Section {
	return b.section("after", "For whoever puts the answers together", "Pour qui réunit les réponses",
		b.p("Let three people or more code every row, and the first twenty rows together, for practice; leave those out. threadheat agree SHEET.csv SHEET.csv … then tells how far the coders agree, label by label: Krippendorff’s alpha with its interval, pair by pair, and how far the score agrees with them (--scores key.csv). By convention, conclusions are drawn from an alpha of 0.8 and more, and tentative ones from 0.667.",
			"Faites coder chaque ligne par trois personnes ou plus, et les vingt premières ensemble, pour l’exercice ; laissez celles-ci de côté. threadheat agree FEUILLE.csv FEUILLE.csv … dit ensuite à quel point les codeurs s’accordent, étiquette par étiquette : l’alpha de Krippendorff avec son intervalle, paire par paire, et à quel point le score s’accorde avec eux (--scores key.csv). Par convention, on conclut à partir d’un alpha de 0,8, et avec réserve à partir de 0,667."),
		b.p("Not every comment had the same chance to be drawn. What is to hold of all comments must be weighted: the share of hostile ones is the sum of the weights of those coded hostile over the sum of all weights. Agreement and the figures of the score hold of the sample as it was drawn.",
			"Tous les commentaires n’avaient pas la même chance d’être tirés. Ce qui doit valoir pour tous se pondère : la part des commentaires hostiles est la somme des poids de ceux codés hostiles sur la somme de tous les poids. L’accord et les chiffres du score valent pour l’échantillon tel qu’il a été tiré."),
	)
}

func (b book) drawn(d Drawn) render.Section {
	t := &render.Table{ID: "strata", Caption: b.t("The strata", "Les strates"), Columns: []render.ColumnHead{
		{Title: b.t("stratum", "strate")}, {Title: b.t("in all", "en tout"), Numeric: true}, {Title: b.t("drawn", "tirés"), Numeric: true}, {Title: b.t("weight", "poids"), Numeric: true},
	}}
	for _, s := range d.Strata {
		name := s.Name
		if name == "" {
			name = b.t("all", "tous")
		}
		t.Rows = append(t.Rows, []render.Cell{
			{Text: name}, {Text: render.Int(b.lang, s.Of), Sort: float64(s.Of)}, {Text: render.Int(b.lang, s.Drawn), Sort: float64(s.Drawn)},
			{Text: render.Fixed(b.lang, s.Weight, 3), Sort: s.Weight, Empty: s.Drawn == 0},
		})
	}
	what := b.t("comments", "commentaires")
	if d.Threads {
		what = b.t("threads", "fils")
	}
	said := b.t("Drawn were ", "Ont été tirés des ") + what + b.t(", at random within each stratum, with the seed ", ", au hasard dans chaque strate, avec la graine ") + strconv.FormatUint(d.Seed, 10) + ". " +
		b.t("The same input and seed give the same sample. Comments that could not be drawn, having no text or no person behind them: ", "La même entrée et la même graine donnent le même échantillon. Commentaires non tirables, sans texte ou sans personne derrière : ") +
		render.Int(b.lang, d.Left) + "."
	return b.section("drawn", "How the sample was drawn", "Comment l’échantillon a été tiré", render.P(said), t)
}
