package build

import (
	"fmt"
	"strings"

	"threadheat/metrics"
	"threadheat/render"
	"threadheat/thread"
)

// facts starts a table of things and what is known of them.
func (b *builder) facts(id, en, fr string) *render.Table {
	return &render.Table{ID: b.prefix + id, Caption: b.t2(en, fr), Columns: []render.ColumnHead{b.head("what", "quoi"), b.head("found", "constat")}}
}

// reading tells how the page was read, and how far that can be trusted.
func (b *builder) reading() (render.Section, error) {
	s := b.section("reading", "How the page was read", "Comment la page a été lue")
	t := b.facts("reading-facts", "What was found in the input", "Ce qui a été trouvé dans l’entrée")
	add := func(en, fr string, value string) {
		if value != "" {
			t.Rows = append(t.Rows, []render.Cell{textCell(capital(b.t2(en, fr))), textCell(value)})
		}
	}
	m, c := b.t.Meta(), b.census
	add("address", "adresse", m.URL)
	add("input", "entrée", m.Source.Name)
	add("format", "format", b.format())
	add("comments", "commentaires", b.foundAgainstDeclared())
	add("links from other pages", "liens depuis d’autres pages", b.some(c.links))
	add("system messages", "messages du système", b.some(c.system))
	add("answered but not on the page", "auxquels on répond, absents de la page", b.some(c.ghosts))
	add("set aside", "mis de côté", b.some(len(b.t.Quarantined())))
	if c.comments > 0 {
		add("reply links", "liens de réponse", b.replyLinks())
		add("authors", "auteurs", b.authors())
		add("times", "dates", b.times())
	}
	add("article", "article", b.article())
	add("language the page declares", "langue déclarée par la page", m.Lang)
	add("comments that repeat another", "commentaires qui en répètent un autre", b.some(len(b.repeats)))
	add("oddities in reading", "anomalies de lecture", b.oddities())
	s.Blocks = append(s.Blocks, t)
	if ds := b.t.Diagnostics(); len(ds) > 0 {
		s.Blocks = append(s.Blocks, b.diagnostics(ds)...)
	}
	s.Blocks = append(s.Blocks, b.inferred()...)
	return s, nil
}

// some is a number that is worth a row only where it is not 0.
func (b *builder) some(n int) string {
	if n == 0 {
		return ""
	}
	return b.int(n)
}

var confidences = map[string]metrics.Text{
	"possible": {EN: "possible: nothing speaks against it", FR: "possible : rien ne s’y oppose"},
	"likely":   {EN: "likely: several signs speak for it", FR: "probable : plusieurs signes l’indiquent"},
	"certain":  {EN: "certain: a sign that no other format shows", FR: "certain : un signe qu’aucun autre format ne porte"},
	"given":    {EN: "as told on the command line", FR: "donné sur la ligne de commande"},
}

func (b *builder) format() string {
	src := b.t.Meta().Source
	if src.Format == "" {
		return ""
	}
	sure := src.Confidence
	if t, ok := confidences[sure]; ok {
		sure = b.own(t)
	}
	if sure == "" {
		return src.Format
	}
	return src.Format + " (" + sure + ")"
}

func (b *builder) foundAgainstDeclared() string {
	m, c := b.t.Meta(), b.census
	switch {
	case !m.HasDeclared:
		return b.line("{1}; the page declares no number", "{1} ; la page n’annonce pas de nombre", b.int(c.found)).String()
	case m.Declared == c.found:
		return b.line("{1}, as many as the page declares", "{1}, autant que la page en annonce", b.int(m.Declared)).String()
	}
	return b.line("{1}, but the page declares {2}: some may stand on other pages, or were not recognised", "{1}, mais la page en annonce {2} : certains sont peut-être sur d’autres pages, ou n’ont pas été reconnus",
		b.int(c.found), b.int(m.Declared)).String()
}

var bases = []struct {
	basis thread.Basis
	text  metrics.Text
}{
	{thread.Declared, metrics.Text{EN: "named by the source", FR: "donnés par la source"}},
	{thread.Nested, metrics.Text{EN: "from nesting", FR: "d’après l’emboîtement"}},
	{thread.Mentioned, metrics.Text{EN: "by a name in the text", FR: "d’après un nom dans le texte"}},
	{thread.Quoted, metrics.Text{EN: "by a quotation", FR: "d’après une citation"}},
	{thread.Inferred, metrics.Text{EN: "by who spoke when", FR: "d’après qui parlait quand"}},
}

func (b *builder) replyLinks() string {
	c := b.census
	if c.replies == 0 {
		return b.t2("none: every comment stands on its own", "aucun : chaque commentaire est seul")
	}
	var parts []string
	for _, k := range bases {
		if n := c.basis[k.basis]; n > 0 {
			parts = append(parts, b.own(k.text)+b.t2(": ", " : ")+b.int(n))
		}
	}
	if len(parts) == 0 {
		return b.int(c.replies)
	}
	return b.int(c.replies) + " (" + strings.Join(parts, ", ") + ")"
}

func (b *builder) authors() string {
	c := b.census
	if c.unnamed == 0 {
		return b.line("{1}; every comment has a name", "{1} ; chaque commentaire porte un nom", b.int(c.named)).String()
	}
	return b.line("{1}; comments without a name, each counted as a person of its own: {2}", "{1} ; commentaires sans nom, chacun compté comme une personne à part : {2}",
		b.int(c.named), b.int(c.unnamed)).String()
}

func (b *builder) times() string {
	c := b.census
	if c.dated == 0 {
		return b.t2("none", "aucune")
	}
	zone := b.t2("zone unknown: the page’s own clock", "fuseau inconnu : l’horloge de la page")
	if c.zoned == c.dated {
		zone = b.t2("zone known", "fuseau connu")
	} else if c.zoned > 0 {
		zone = b.t2("zone known for ", "fuseau connu pour ") + b.int(c.zoned)
	}
	return b.line("{1} of {2}, {3} of them to the minute; {4}", "{1} sur {2}, dont {3} à la minute près ; {4}", b.int(c.dated), b.count(c.comments, render.Comments), b.int(c.timed), zone).String()
}

func (b *builder) article() string {
	text := b.t.Meta().Article
	if text == "" {
		return b.t2("not in the input: drift from the article cannot be told", "absent de l’entrée : la dérive par rapport à l’article est inconnue")
	}
	n := 0
	for range strings.FieldsSeq(text) {
		n++
	}
	return b.count(n, render.Words)
}

func (b *builder) oddities() string {
	var by [thread.Quarantined + 1]int
	for _, d := range b.t.Diagnostics() {
		by[min(d.Severity, thread.Quarantined)]++
	}
	if len(b.t.Diagnostics()) == 0 {
		return b.t2("none", "aucune")
	}
	return b.line("noted: {1}, repaired: {2}, set aside: {3}", "notées : {1}, réparées : {2}, mises de côté : {3}",
		b.int(by[thread.Note]), b.int(by[thread.Repaired]), b.int(by[thread.Quarantined])).String()
}

var severities = map[thread.Severity]metrics.Text{
	thread.Note:        {EN: "noted", FR: "notée"},
	thread.Repaired:    {EN: "repaired", FR: "réparée"},
	thread.Quarantined: {EN: "set aside", FR: "mise de côté"},
}

func (b *builder) diagnostics(ds []thread.Diagnostic) []render.Block {
	t := &render.Table{
		ID: b.prefix + "oddities", Caption: b.t2("Oddities, and what was done about them", "Anomalies, et ce qui en a été fait"), Folded: len(ds) > 5,
		Columns: []render.ColumnHead{b.head("done", "suite"), b.head("where", "où"), b.head("what", "quoi"), b.head("code", "code")},
	}
	at := map[string]thread.Index{}
	for i := range b.t.All() {
		at[b.t.ID(i)] = i
	}
	for _, d := range ds[:min(len(ds), maxDiagnostics)] {
		where := render.Cell{Text: render.None}
		if d.Pos.Line > 0 {
			where.Text = fmt.Sprintf("%s %d", b.t2("line", "ligne"), d.Pos.Line)
		}
		if i, ok := at[d.Comment]; ok && d.Comment != "" {
			where.Ref = b.nodeRef(i)
			if d.Pos.Line == 0 {
				where.Text = b.author(i)
			}
		}
		t.Rows = append(t.Rows, []render.Cell{textCell(b.own(severities[d.Severity])), where, textCell(b.oddity(d)), textCell(string(d.Code))})
	}
	blocks := []render.Block{t}
	if left := len(ds) - maxDiagnostics; left > 0 {
		blocks = append(blocks, b.note("Not listed: {1} more.", "Non listées : {1} autres.", b.int(left)))
	}
	return blocks
}
