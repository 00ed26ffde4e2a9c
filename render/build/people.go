package build

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/pace"
	"threadheat/render"
	"threadheat/thread"
)

// replies is who answers whom.
func (b *builder) replies() (render.Section, error) {
	s := b.section("replies", "Who replies to whom", "Qui répond à qui")
	for _, kind := range []string{"replies", "matrix"} {
		fig, err := b.figure(kind)
		if err != nil {
			return s, err
		}
		if fig != nil {
			s.Blocks = append(s.Blocks, fig)
		}
	}
	type edge struct{ from, to thread.AuthorID }
	edges := map[edge]int{}
	total, lost := 0, 0
	takesPart := make([]bool, b.t.Authors())
	for i := range b.t.All() {
		up := b.t.Parent(i)
		if up == thread.NoIndex || !metrics.Spoken(b.t, i) {
			continue
		}
		from, to := b.t.Author(i), b.t.Author(up)
		if b.t.AuthorName(from) == "" || b.t.AuthorName(to) == "" {
			lost++
			continue
		}
		total++
		edges[edge{from, to}]++
		takesPart[from], takesPart[to] = true, true
	}
	if total == 0 {
		s.Blocks = append(s.Blocks, b.note("No known person answers another.", "Aucune personne connue ne répond à une autre."))
		return s, nil
	}
	people := slices.DeleteFunc(b.busiest(), func(a thread.AuthorID) bool { return !takesPart[a] })
	all := len(people)
	people = people[:min(all, maxMatrix)]
	t := &render.Table{
		ID:      b.prefix + "reply-matrix",
		Caption: b.t2("Replies: the person of the row answers the person of the column", "Réponses : la personne de la ligne répond à celle de la colonne"),
		Columns: []render.ColumnHead{b.head("answers ↓ to →", "répond ↓ à →")},
	}
	for _, a := range people {
		t.Columns = append(t.Columns, render.ColumnHead{Title: b.t.AuthorName(a), Numeric: true})
	}
	inside := 0
	for _, from := range people {
		row := []render.Cell{textCell(b.t.AuthorName(from))}
		for _, to := range people {
			n := edges[edge{from, to}]
			inside += n
			if n == 0 {
				row = append(row, render.Cell{Text: "·"})
				continue
			}
			row = append(row, b.intCell(n))
		}
		t.Rows = append(t.Rows, row)
	}
	s.Blocks = append(s.Blocks, t)
	if all > len(people) {
		s.Blocks = append(s.Blocks, b.note("The {1} busiest of {2} people who take part in replies; {3} of {4} replies are among them.",
			"Les {1} personnes les plus actives sur les {2} qui répondent ou reçoivent une réponse ; {3} des {4} réponses sont entre elles.",
			b.int(len(people)), b.int(all), b.int(inside), b.int(total)))
	}
	if lost > 0 {
		s.Blocks = append(s.Blocks, b.note("Not counted: {1} in which one side has no name.", "Non comptées : {1} dont un côté n’a pas de nom.", b.count(lost, render.Replies)))
	}
	groups, err := b.communities()
	if err != nil {
		return s, err
	}
	s.Blocks = append(s.Blocks, groups...)
	return s, nil
}

// person is what the table of people tells beside measures.
type person struct {
	peak        thread.Index // their hottest comment, NoIndex for none
	first, last thread.Stamp
}

func (b *builder) persons() []person {
	out := make([]person, b.t.Authors())
	for a := range out {
		out[a].peak = thread.NoIndex
	}
	for i := range b.t.All() {
		if !metrics.Spoken(b.t, i) {
			continue
		}
		p := &out[b.t.Author(i)]
		if v := b.heatOf(i); v.Defined() && (p.peak == thread.NoIndex || v.X > b.heatOf(p.peak).X) {
			p.peak = i
		}
		if w := b.t.Time(i); !w.IsZero() {
			if p.first.IsZero() || w.UnixMilli() < p.first.UnixMilli() {
				p.first = w
			}
			if p.last.IsZero() || w.UnixMilli() > p.last.UnixMilli() {
				p.last = w
			}
		}
	}
	return out
}

// shownOfPeople are the measures of authors that stand in the table of people;
// toldAsDates are told there as dates. The others have a table of their own.
var (
	shownOfPeople = []string{"comments", "words", "replies-given", "replies-received", "heat-mean"}
	toldAsDates   = []string{"first-comment", "last-comment"}
)

func (b *builder) people() (render.Section, error) {
	s := b.section("people", "People", "Personnes")
	who := b.busiest()
	if len(who) == 0 {
		s.Blocks = append(s.Blocks, b.note("No author is known.", "Aucun auteur n’est connu."))
		return s, nil
	}
	shown := who[:min(len(who), maxPeople)]
	s.Blocks = append(s.Blocks, b.peopleTable(shown))
	if more := b.morePeople(shown); len(more.Columns) > 1 {
		s.Blocks = append(s.Blocks, more)
	}
	if left := len(who) - len(shown); left > 0 {
		s.Blocks = append(s.Blocks, b.note("Not listed: {1} with fewer comments.", "Non listées : {1} avec moins de commentaires.", b.count(left, render.People)))
	}
	if b.census.unnamed > 0 {
		s.Blocks = append(s.Blocks, b.note("Without a name, and not in the table: {1}.", "Sans nom, et absents du tableau : {1}.", b.count(b.census.unnamed, render.Comments)))
	}
	return s, nil
}

func (b *builder) peopleTable(shown []thread.AuthorID) *render.Table {
	t := &render.Table{
		ID: b.prefix + "people-table", Caption: b.t2("Everyone with a name, the most comments first", "Toutes les personnes nommées, les plus actives d’abord"),
		Columns: []render.ColumnHead{b.head("person", "personne")},
	}
	var measured []metrics.Column
	for _, name := range shownOfPeople {
		if c, ok := b.table.Find(metrics.PerAuthor, name); ok {
			measured = append(measured, c)
			t.Columns = append(t.Columns, render.ColumnHead{Title: b.own(c.Measure.Title), Numeric: true})
		}
	}
	t.Columns = append(t.Columns, b.numeric("peak heat", "chaleur maximale"), b.dated("first", "premier"), b.dated("last", "dernier"))
	own := b.persons()
	for _, a := range shown {
		row := b.authorRow(a, measured)
		peak := noCell
		if i := own[a].peak; i != thread.NoIndex {
			peak = b.cell(metrics.Heat, b.heatOf(i))
			peak.Ref = b.nodeRef(i)
		}
		t.Rows = append(t.Rows, append(row, peak, b.stampCell(own[a].first), b.stampCell(own[a].last)))
	}
	return t
}

// morePeople holds the measures of authors that peopleTable does not.
func (b *builder) morePeople(shown []thread.AuthorID) *render.Table {
	t := &render.Table{
		ID: b.prefix + "people-more", Caption: b.t2("More of each person", "Autres mesures de chaque personne"), Folded: true,
		Columns: []render.ColumnHead{b.head("person", "personne")},
	}
	var measured []metrics.Column
	for _, c := range b.columns(metrics.PerAuthor) {
		if !slices.Contains(shownOfPeople, c.Measure.Name) && !slices.Contains(toldAsDates, c.Measure.Name) {
			measured = append(measured, c)
			t.Columns = append(t.Columns, render.ColumnHead{Title: b.own(c.Measure.Title), Numeric: true})
		}
	}
	for _, a := range shown {
		t.Rows = append(t.Rows, b.authorRow(a, measured))
	}
	return t
}

func (b *builder) authorRow(a thread.AuthorID, measured []metrics.Column) []render.Cell {
	row := []render.Cell{textCell(b.t.AuthorName(a))}
	for _, c := range measured {
		row = append(row, b.cell(c.Measure.Unit, c.Values.At(int(a))))
	}
	return row
}

// columns are the columns of one scope.
func (b *builder) columns(s metrics.Scope) []metrics.Column {
	var out []metrics.Column
	for _, c := range b.table.Columns {
		if c.Measure.Scope == s {
			out = append(out, c)
		}
	}
	return out
}

func (b *builder) pace() (render.Section, error) {
	s := b.section("pace", "Pace", "Rythme")
	fig, err := b.figure("timeline")
	if err != nil {
		return s, err
	}
	if fig != nil {
		s.Blocks = append(s.Blocks, fig)
	}
	for _, kind := range []string{"arrivals", "depth"} {
		more, err := b.figure(kind)
		if err != nil {
			return s, err
		}
		if more != nil {
			s.Blocks = append(s.Blocks, more)
		}
	}
	c := b.census
	switch {
	case c.dated == 0:
		s.Blocks = append(s.Blocks, b.note("No comment has a time, so nothing can be said about pace.", "Aucun commentaire n’a de date : on ne peut rien dire du rythme."))
		return s, nil
	case c.timed < c.comments:
		s.Blocks = append(s.Blocks, b.note("With a time to the minute: {1} of {2}. The others take no part in measures of pace.",
			"Avec une heure à la minute près : {1} sur {2}. Les autres ne comptent pas dans les mesures de rythme.", b.int(c.timed), b.count(c.comments, render.Comments)))
	}
	if c.zoned == 0 {
		s.Blocks = append(s.Blocks, b.note("Times are the page’s own clock; its zone is unknown.", "Les heures sont celles de la page ; leur fuseau est inconnu."))
	}
	labels, err := pace.Pattern.Of(b.table.Context)
	if err != nil {
		return s, err
	}
	if len(labels) > 1 {
		s.Blocks = append(s.Blocks, b.paragraph("Who wrote the first comments, in order of time, a letter for each person: {1}.", "Qui a écrit les premiers commentaires, dans l’ordre du temps, une lettre par personne : {1}.", pace.Label(labels)))
	}
	t := b.valueTable(b.prefix+"pace-measures", b.t2("Measures of pace", "Mesures du rythme"))
	for _, c := range b.columns(metrics.PerThread) {
		if c.Measure.Group == "pace" {
			t.Rows = append(t.Rows, b.valueRow(c.Measure, c.Values.At(0)))
		}
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	return s, nil
}

func (w words) stampCell(s thread.Stamp) render.Cell {
	if s.IsZero() {
		return noCell
	}
	return render.Cell{Text: render.ShortDate(w.lang, s), Sort: float64(s.UnixMilli())}
}

// oneLine joins what may stand on several lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
