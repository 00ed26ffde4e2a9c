package build

import (
	"path"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/exchange"
	"threadheat/render"
	"threadheat/thread"
)

// title is that of the page, or the name of the file it came from.
func (b *builder) title() string {
	m := b.t.Meta()
	switch {
	case strings.TrimSpace(m.Title) != "":
		return strings.Join(strings.Fields(m.Title), " ")
	case m.Source.Name == "-":
		return b.t2("standard input", "entrée standard")
	case m.ID != "" && m.ID != m.Source.Name:
		return m.ID
	case m.Source.Name != "":
		return path.Base(m.Source.Name)
	}
	return b.t2("A thread", "Un fil")
}

func (b *builder) subtitle() string {
	var parts []string
	m := b.t.Meta()
	if m.URL != "" {
		parts = append(parts, m.URL)
	} else if name := path.Base(m.Source.Name); m.Source.Name != "" && m.Source.Name != "-" && name != b.title() {
		parts = append(parts, name)
	}
	if b.census.dated > 0 {
		parts = append(parts, render.DateRange(b.lang, b.census.first, b.census.last))
	} else if b.census.comments > 0 {
		parts = append(parts, b.t2("no dates", "sans dates"))
	}
	return strings.Join(parts, " · ")
}

// span is the time from the first comment to the last, "" where it is not known.
func (b *builder) span() string {
	c := b.census
	if c.timed < 2 || !c.first.Timed() || !c.last.Timed() {
		return ""
	}
	return render.Duration(b.lang, float64(c.last.UnixMilli()-c.first.UnixMilli())/60_000)
}

func (b *builder) keys() []render.Key {
	c := b.census
	keys := []render.Key{{Label: b.of(c.comments, render.Comments), Value: b.int(c.comments), Ref: b.prefix + "tree"}}
	if c.comments == 0 {
		return keys
	}
	if m := b.t.Meta(); m.HasDeclared && m.Declared != c.found {
		keys[0].Note = b.t2("declared: ", "annoncés : ") + b.int(m.Declared)
	}
	people := render.Key{Label: b.of(c.named, render.People), Value: b.int(c.named), Ref: b.prefix + "people"}
	if c.unnamed > 0 {
		people.Note = b.t2("unnamed comments: ", "commentaires sans nom : ") + b.int(c.unnamed)
	}
	keys = append(keys, people)
	keys = append(keys, render.Key{Label: b.of(c.replies, render.Replies), Value: b.int(c.replies), Ref: b.prefix + "replies"})
	if s := b.span(); s != "" {
		keys = append(keys, render.Key{Label: b.t2("first to last", "du premier au dernier"), Value: s, Ref: b.prefix + "pace"})
	}
	for _, k := range []struct{ name, en, fr, ref string }{
		{"heat-mean", "mean heat", "chaleur moyenne", "heat"},
		{"heat-peak", "peak heat", "chaleur maximale", "heat"},
		{"drift-mean", "mean drift", "dérive moyenne", "drift"},
	} {
		col, ok := b.table.Find(metrics.PerThread, k.name)
		if ok && col.Values.At(0).Defined() {
			keys = append(keys, render.Key{
				Label: b.t2(k.en, k.fr), Value: render.Value(b.lang, col.Measure.Unit, col.Values.At(0)),
				Note: "n\u00a0=\u00a0" + b.int(col.Values.At(0).N), Ref: b.prefix + k.ref,
			})
		}
	}
	return keys
}

// summary is three to five sentences, each of measured values.
func (b *builder) summary() []render.Line {
	if b.census.comments == 0 {
		return []render.Line{b.line(
			"No comment was found here: there is nothing to measure. {1} tells how the page was read.",
			"Aucun commentaire n’a été trouvé ici : il n’y a rien à mesurer. {1} dit comment la page a été lue.",
			b.link(b.t2("The next section", "La section suivante"), "reading"))}
	}
	var out []render.Line
	for _, sentence := range []func() render.Line{b.sayWho, b.sayExchange, b.sayHeat, b.sayDrift, b.sayUnusual} {
		if l := sentence(); l != nil {
			out = append(out, l)
		}
	}
	return out
}

// sayWho tells how many comments by how many people, and how they hang together.
func (b *builder) sayWho() render.Line {
	c := b.census
	by := b.link(b.count(c.named, render.People), "people")
	if c.named == 0 {
		by = b.link(b.t2("unnamed people", "personnes sans nom"), "people")
	}
	comments := b.link(b.count(c.comments, render.Comments), "tree")
	when := ""
	if s := b.span(); s != "" {
		when = b.t2(" in ", " en ") + s
	}
	var l render.Line
	switch {
	case c.comments == 1:
		l = b.line("There is {1}: what follows can describe it, not compare it.",
			"Il y a {1} : ce qui suit peut le décrire, pas le comparer.", comments)
	case c.replies == 0:
		l = b.line("{1} by {2}{3}; none answers another, as far as the page shows.",
			"{1} de {2}{3} ; aucun ne répond à un autre, d’après ce que montre la page.", comments, by, when)
	default:
		l = b.line("{1} by {2}{3}: {4} to the article, {5} to another comment.",
			"{1} de {2}{3} : {4} à l’article, {5} à un autre commentaire.",
			comments, by, when, b.int(c.roots), b.int(c.replies))
	}
	if 1 < c.comments && c.comments < fewComments {
		l = append(l, b.line(" That is few: read differences as anecdotes, and look at the n beside each number.",
			" C’est peu : les écarts sont des anecdotes, et chaque nombre est donné avec son n.")...)
	}
	return l
}

// sayExchange tells of the longest exchange and who led it.
func (b *builder) sayExchange() render.Line {
	if len(b.pairs) == 0 {
		return nil
	}
	p := b.pairs[0]
	if len(p.Turns) < 3 {
		return nil
	}
	opener, other := p.Side(true).Words, p.Side(false).Words
	a, z := b.t.AuthorName(p.A), b.t.AuthorName(p.B)
	l := b.line("The longest exchange is {1}: {2}{3}. {4} opened it",
		"L’échange le plus long est {1} : {2}{3}. {4} l’a ouvert",
		b.link(a+" ↔ "+z, pairID(0)), b.count(len(p.Turns), render.Turns), b.exchangeTime(p.Pair), strange(a))
	share := 0.0
	if total := opener + other; total > 0 {
		share = float64(opener) / float64(total)
	}
	switch {
	case share >= 0.5:
		l = append(l, b.line(" and wrote {1} of its words", " et a écrit {1} de ses mots", render.Percent(b.lang, share))...)
	case share > 0:
		l = append(l, b.line(", {1} wrote {2} of its words", ", {1} a écrit {2} de ses mots", strange(z), render.Percent(b.lang, 1-share))...)
	}
	if last := p.Said[len(p.Said)-1]; last.ByA {
		return append(l, b.line("; {1} also had the last word.", " ; {1} a aussi eu le dernier mot.", strange(a))...)
	}
	return append(l, b.line("; {1} had the last word.", " ; {1} a eu le dernier mot.", strange(z))...)
}

// exchangeTime is the time between the first turn and the last.
func (b *builder) exchangeTime(p exchange.Pair) string {
	first, last := b.t.Time(p.Turns[0]), b.t.Time(p.Turns[len(p.Turns)-1])
	if !first.Timed() || !last.Timed() {
		return ""
	}
	return b.t2(" in ", " en ") + render.Duration(b.lang, float64(last.UnixMilli()-first.UnixMilli())/60_000)
}

// sayHeat tells where it got hot, and which words did it.
func (b *builder) sayHeat() render.Line {
	hot := b.hottest(1)
	if len(hot) == 0 {
		return b.line("No {1} could be computed: {2}.", "Aucune {1} n’a pu être calculée : {2}.", b.link(b.t2("heat", "chaleur"), "heat"), b.whyNone(b.heatOf))
	}
	i := hot[0]
	v := b.heatOf(i)
	value := render.Value(b.lang, metrics.Heat, v)
	if v.X < coolPeak {
		return b.line("Nothing reads as heated: the {1} is {2}, by {3}.", "Rien ne se lit comme échauffé : la {1} est {2}, chez {3}.",
			b.link(b.t2("highest heat", "plus forte chaleur"), "heat"), value, b.cite(i))
	}
	mean := ""
	if m := b.table.Value("heat-mean"); m.Defined() && b.census.comments > 1 {
		mean = b.t2(" against a mean of ", " pour une moyenne de ") + render.Value(b.lang, metrics.Heat, m)
	}
	l := b.line("The hottest comment is by {1}: {2} {3}{4}", "Le commentaire le plus chaud est signé {1} : {2} {3}{4}",
		b.cite(i), b.link(b.t2("heat", "chaleur"), "heat"), value, mean)
	if why := b.why(i, 3); why != "" {
		l = append(l, b.line(", mostly for {1}", ", surtout pour {1}", strange(why))...)
	}
	return append(l, render.Span{Text: "."})
}

// sayDrift tells where it left the article's subject, and where branches left theirs.
func (b *builder) sayDrift() render.Line {
	l := b.sayFurthest()
	if v := b.table.Value("drift-points"); v.Defined() && v.X > 0 {
		if col, ok := b.table.Find(metrics.PerComment, "drift-point"); ok {
			for i, rank := range metrics.All(col.Values) {
				if rank.Defined() && rank.X == 1 {
					l = append(l, b.line(" Branches leave their subject most clearly with {1}; {2}: {3}.", " C’est avec {1} qu’une branche quitte le plus nettement son sujet ; {2} : {3}.",
						b.cite(thread.Index(i)), b.link(b.t2("drift points", "points de dérive"), "drift-points"), b.int(int(v.X)))...)
				}
			}
		}
	}
	return l
}

func (b *builder) sayFurthest() render.Line {
	article := b.t.Meta().Article != ""
	far := b.furthest(1)
	if len(far) == 0 {
		return b.line("How far it left the article’s subject cannot be told: {1}.", "On ne peut dire combien il s’est éloigné de l’article : {1}.",
			b.link(b.whyNone(b.driftOf), "drift"))
	}
	i := far[0]
	value := render.Value(b.lang, metrics.Heat, b.driftOf(i))
	if !article {
		return b.line("The article is not in the input; the comment whose words are furthest from those of all others is by {1}: {2} {3}.",
			"L’article n’est pas dans l’entrée ; le commentaire dont les mots sont les plus loin de ceux de tous les autres est signé {1} : {2} {3}.",
			b.cite(i), b.link(b.t2("drift", "dérive"), "drift"), value)
	}
	typical := ""
	if m := b.table.Value("drift-mean"); m.Defined() && m.N > 1 {
		typical = b.t2(" against a mean of ", " pour une moyenne de ") + render.Value(b.lang, metrics.Heat, m)
	}
	return b.line("The comment whose words are furthest from the article’s is by {1}: {2} {3}{4}.",
		"Le commentaire dont les mots sont les plus loin de ceux de l’article est signé {1} : {2} {3}{4}.",
		b.cite(i), b.link(b.t2("drift", "dérive"), "drift"), value, typical)
}

// sayUnusual lists what is odd about the page or the thread; nil where nothing is.
func (b *builder) sayUnusual() render.Line {
	var odd []render.Line
	if len(b.repeats) > 0 {
		d := b.repeats[0]
		odd = append(odd, b.line("{1} shares {2} of its three-word runs with {3}", "{1} partage {2} de ses suites de trois mots avec {3}",
			b.cite(d.Later), b.link(render.Percent(b.lang, d.Containment), "repeats"), b.cite(d.Earlier)))
		if more := len(b.repeats) - 1; more > 0 {
			odd = append(odd, b.line("other near-duplicates: {1}", "autres quasi-doublons : {1}", b.link(b.int(more), "repeats")))
		}
	}
	c := b.census
	if m := b.t.Meta(); m.HasDeclared && m.Declared != c.found {
		odd = append(odd, b.line("the page declares {1} ({2}: {3})", "la page annonce {1} ({2} : {3})",
			b.count(m.Declared, render.Comments), b.link(b.t2("found", "trouvés"), "reading"), b.int(c.found)))
	}
	if c.ghosts > 0 {
		odd = append(odd, b.line("answered but not on the page: {1}", "auxquels on répond sans qu’ils soient dans la page : {1}",
			b.link(b.count(c.ghosts, render.Comments), "reading")))
	}
	if q := len(b.t.Quarantined()); q > 0 {
		odd = append(odd, b.line("set aside: {1}", "mis de côté : {1}", b.link(b.count(q, render.Comments), "reading")))
	}
	if len(odd) == 0 {
		return nil
	}
	l := b.line("Unusual: ", "À remarquer : ")
	for k, o := range odd {
		if k > 0 {
			l = append(l, render.Span{Text: b.t2("; ", " ; ")})
		}
		l = append(l, o...)
	}
	return append(l, render.Span{Text: "."})
}
