package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"

	"threadheat/metrics"
	"threadheat/metrics/roles"
	"threadheat/render"
	"threadheat/render/text"
)

// RolesSchema names the form of roles as JSON.
const RolesSchema = "threadheat/roles/v1"

// person is a roles.Person in JSON and CSV. What does not apply is null: a share of
// nothing, the role of somebody who has none.
type person struct {
	Author     string   `json:"author"`
	Key        string   `json:"key,omitempty"`
	Role       *string  `json:"role"`
	Reason     string   `json:"reason,omitempty"` // why there is no role
	Threads    int      `json:"threads"`
	Comments   int      `json:"comments"`
	Openings   int      `json:"openings"`
	Answers    int      `json:"answers"`
	ToSelf     int      `json:"to_self"`
	Answered   int      `json:"answered"`
	Partners   int      `json:"partners"`
	Isolated   *float64 `json:"isolated"`
	Strong     *float64 `json:"strong"`
	Mutual     *float64 `json:"mutual"`
	Clustering *float64 `json:"clustering"`
	PerThread  float64  `json:"per_thread"`
}

var noRole = metrics.Text{EN: "no role fits", FR: "aucun rôle ne convient"}

func newPerson(p *roles.Person, l metrics.Lang) person {
	out := person{
		Author: p.Name, Key: p.Key, Threads: p.Threads, Comments: p.Comments, Openings: p.Openings,
		Answers: p.Answers, ToSelf: p.ToSelf, Answered: p.Answered, Partners: p.Partners, PerThread: p.PerThread,
	}
	switch {
	case p.Role != "":
		title := p.Role.Title().In(l)
		out.Role = &title
	case p.Why != nil:
		out.Reason = p.Why.In(l)
	default:
		out.Reason = noRole.In(l)
	}
	if p.Answers > 0 {
		out.Isolated = &p.Isolated
	}
	if p.Partners > 0 {
		out.Strong, out.Mutual = &p.Strong, &p.Mutual
	}
	if p.Partners > 1 {
		out.Clustering = &p.Clustering
	}
	return out
}

// RolesJSON writes how people take part in threads as one JSON object (RolesSchema).
func RolesJSON(w io.Writer, people []roles.Person, threads int, l metrics.Lang) error {
	list := make([]person, len(people))
	for k := range people {
		list[k] = newPerson(&people[k], l)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(struct {
		Schema  string   `json:"schema"`
		Threads int      `json:"threads"`
		People  []person `json:"people"`
	}{RolesSchema, threads, list}); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// RolesCSV writes a line for each person, with a header; texts are made safe as CSV
// does.
func RolesCSV(w io.Writer, people []roles.Person, _ int, l metrics.Lang) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{
		"author", "key", "role", "reason", "threads", "comments", "openings", "answers", "to_self", "answered", "partners",
		"isolated", "strong", "mutual", "clustering", "per_thread",
	}); err != nil {
		return err
	}
	for k := range people {
		p := newPerson(&people[k], l)
		role := ""
		if p.Role != nil {
			role = *p.Role
		}
		rec := []string{render.CSVText(p.Author), render.CSVText(p.Key), role, p.Reason}
		for _, n := range []int{p.Threads, p.Comments, p.Openings, p.Answers, p.ToSelf, p.Answered, p.Partners} {
			rec = append(rec, strconv.Itoa(n))
		}
		for _, x := range []*float64{p.Isolated, p.Strong, p.Mutual, p.Clustering, &p.PerThread} {
			rec = append(rec, number(x))
		}
		if err := out.Write(rec); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// RolesTable writes the first people as a table to be read.
func RolesTable(w io.Writer, people []roles.Person, _ int, l metrics.Lang) error {
	say := func(en, fr string) string { return render.Typeset(l, metrics.Text{EN: en, FR: fr}.In(l)) }
	t := &render.Table{Caption: say("People", "Personnes"), Columns: []render.ColumnHead{
		{Title: say("author", "auteur")}, {Title: say("role", "rôle")}, {Title: say("threads", "fils"), Numeric: true},
		{Title: say("comments", "commentaires"), Numeric: true}, {Title: say("openings", "ouvertures"), Numeric: true},
		{Title: say("answers", "réponses"), Numeric: true}, {Title: say("partners", "interlocuteurs"), Numeric: true},
		{Title: say("mutual", "mutuels"), Numeric: true}, {Title: say("clustering", "regroupement"), Numeric: true},
	}}
	if len(people) > maxRows {
		t.Caption += " (" + say("the first", "les premiers") + " " + render.Int(l, maxRows) + "/" + render.Int(l, len(people)) + ")"
		people = people[:maxRows]
	}
	for k := range people {
		p := newPerson(&people[k], l)
		role := p.Reason
		if p.Role != nil {
			role = *p.Role
		}
		name := p.Author
		if name == "" {
			name = p.Key
		}
		cells := []render.Cell{{Text: name}, {Text: render.Typeset(l, role)}}
		for _, n := range []int{p.Threads, p.Comments, p.Openings, p.Answers, p.Partners} {
			cells = append(cells, render.Cell{Text: render.Int(l, n)})
		}
		for _, x := range []*float64{p.Mutual, p.Clustering} {
			cell := render.Cell{Text: render.None}
			if x != nil {
				cell.Text = render.Number(l, *x)
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, cells)
	}
	return text.Tables(w, []*render.Table{t}, text.Options{Lang: l, Width: 100})
}
