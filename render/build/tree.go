package build

import (
	"slices"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/drift"
	"threadheat/render"
	"threadheat/thread"
)

// Tree is a thread as the reader sees it, without the rest of a report. Heat
// and drift are worked out for it where the table's Context has not yet.
func Tree(table *metrics.Table, lang metrics.Lang) (*render.Tree, error) {
	b, err := newBuilder(Input{Lang: lang}, table, "")
	if err != nil {
		return nil, err
	}
	return b.nodes(b.t.Len()), nil
}

func (b *builder) tree() (render.Section, error) {
	s := b.section("tree", "The discussion", "La discussion")
	if b.t.Len() == 0 {
		s.Blocks = append(s.Blocks, b.note("There is no comment to show.", "Il n’y a pas de commentaire à montrer."))
		return s, nil
	}
	fig, err := b.figure("tree")
	if err != nil {
		return s, err
	}
	if fig != nil {
		s.Blocks = append(s.Blocks, fig)
	}
	s.Blocks = append(s.Blocks, b.note(
		"Heat runs from 0 (cool) to 1 (hot) and drift from 0 (the words of what it is compared with) to 1 (no word in common). Marked words made a comment hot; the share of each is told where it is marked.",
		"La chaleur va de 0 (froid) à 1 (brûlant), la dérive de 0 (les mots de ce à quoi on compare) à 1 (aucun mot commun). Les mots marqués ont échauffé un commentaire ; la part de chacun est dite à l’endroit marqué."))
	if n := b.t.Len(); n > maxNodes {
		s.Blocks = append(s.Blocks, render.Paragraph{Note: true, Line: b.line(
			"Shown are the first {1} of {2} comments, in reading order; all of them are counted and measured.",
			"Sont montrés les {1} premiers commentaires sur {2}, dans l’ordre de lecture ; tous sont comptés et mesurés.", b.int(maxNodes), b.int(n))})
	}
	s.Blocks = append(s.Blocks, b.nodes(maxNodes))
	return s, nil
}

// nodes are the first limit comments. In reading order none of them stands
// below one that is left out.
func (b *builder) nodes(limit int) *render.Tree {
	limit = min(limit, b.t.Len())
	t := &render.Tree{ID: b.prefix + "comments", Nodes: make([]render.Node, limit)}
	repeats := map[thread.Index]drift.Duplicate{}
	for _, d := range b.repeats {
		repeats[d.Later] = d
	}
	for i := range thread.Index(limit) {
		n := &t.Nodes[i]
		*n = render.Node{
			ID: b.nodeID(i), Label: b.t.ID(i), Parent: int(b.t.Parent(i)), Depth: b.t.Depth(i), End: min(int(b.t.End(i)), limit),
			Author: b.author(i), Time: render.Date(b.lang, b.t.Time(i)), When: b.t.Time(i).String(),
			Flags: b.flags(i), Text: b.t.Text(i),
		}
		if d, ok := repeats[i]; ok {
			n.Flags = append(n.Flags, b.line("repeats {1} of {2}", "répète {1} de {2}", render.Percent(b.lang, d.Containment), b.cite(d.Earlier).Text).String())
		}
		if v := b.heatOf(i); v.Defined() && metrics.Spoken(b.t, i) {
			n.HasHeat, n.Heat, n.HeatText = true, v.X, render.Value(b.lang, metrics.Heat, v)
			n.Marks = b.marks(i)
			if why := b.why(i, 3); why != "" && v.X >= coolPeak {
				n.Why = b.line("Hot for {1}.", "Échauffé par {1}.", why).String()
			}
		} else {
			n.HeatText = b.reason(v)
		}
		if v := b.driftOf(i); v.Defined() && metrics.Spoken(b.t, i) {
			n.HasDrift, n.Drift, n.DriftText = true, v.X, render.Value(b.lang, metrics.Heat, v)
		} else {
			n.DriftText = b.reason(v)
		}
	}
	return t
}

// reason is why a value is undefined, or that it does not apply.
func (b *builder) reason(v metrics.Value) string {
	if v.Defined() {
		return b.t2("does not apply", "sans objet")
	}
	return b.own(*v.Reason)
}

// flags are what a reader should know of a comment beside its words.
func (b *builder) flags(i thread.Index) []string {
	var out []string
	add := func(en, fr string) { out = append(out, b.t2(en, fr)) }
	switch b.t.Kind(i) {
	case thread.Pingback, thread.Trackback:
		add("link from another page", "lien depuis une autre page")
	case thread.System:
		add("system message", "message du système")
	case thread.Post:
		add("opening post", "message d’ouverture")
	}
	switch b.t.State(i) {
	case thread.Missing:
		add("not on the page", "absent de la page")
	case thread.Deleted:
		add("deleted", "supprimé")
	case thread.Removed:
		add("removed by moderation", "retiré par la modération")
	case thread.Hidden:
		add("folded away", "replié")
	case thread.Pending:
		add("awaiting moderation", "en attente de modération")
	}
	sure := b.t.Certainty(i) == 0 // the link is the source's, not inferred
	switch basis := b.t.Basis(i); {
	case basis == thread.Mentioned && sure:
		add("answers whom it names", "répond à qui il nomme")
	case basis == thread.Quoted && sure:
		add("answers what it quotes", "répond à ce qu’il cite")
	case basis == thread.Mentioned:
		add("parent guessed from a name", "parent deviné d’après un nom")
	case basis == thread.Quoted:
		add("parent guessed from a quotation", "parent deviné d’après une citation")
	case basis == thread.Inferred:
		add("parent guessed from who spoke when", "parent deviné d’après qui parlait quand")
	}
	if p := b.t.Certainty(i); p > 0 {
		out = append(out, b.line("certainty {1}", "certitude {1}", render.Percent(b.lang, p)).String())
	}
	if !b.t.Edited(i).IsZero() {
		add("edited", "modifié")
	}
	if score, ok := b.t.Score(i); ok {
		out = append(out, b.t2("votes: ", "votes : ")+b.int(score))
	}
	return out
}

// marks are the spans of a comment that made it hot: sorted, inside the text,
// on character borders and not overlapping. Of two that overlap the one with
// the larger share keeps its place; the other's share is not lost to the
// reader, for the table of the hottest comments counts all.
func (b *builder) marks(i thread.Index) []render.Mark {
	text := b.t.Text(i)
	var all []render.Mark
	for _, e := range b.heat[i].Evidence {
		if 0 <= e.Start && e.Start < e.End && e.End <= len(text) && e.Share > 0 && onBorder(text, e.Start) && onBorder(text, e.End) {
			all = append(all, render.Mark{Start: e.Start, End: e.End, Cue: b.cue(e.Cue), Share: e.Share})
		}
	}
	slices.SortStableFunc(all, func(x, y render.Mark) int {
		switch {
		case x.Start != y.Start:
			return x.Start - y.Start
		case x.Share > y.Share:
			return -1
		case x.Share < y.Share:
			return 1
		}
		return 0
	})
	var out []render.Mark
	for _, m := range all {
		last := len(out) - 1
		switch {
		case last < 0 || out[last].End <= m.Start:
			out = append(out, m)
		case out[last].Start == m.Start && out[last].End == m.End:
			out[last].Share += m.Share
			if !strings.Contains(out[last].Cue, m.Cue) {
				out[last].Cue += " + " + m.Cue
			}
		case m.Share > out[last].Share:
			out[last] = m
		}
	}
	return out
}

// onBorder tells that a character of s starts, or s ends, at byte k.
func onBorder(s string, k int) bool { return k == len(s) || s[k]&0xC0 != 0x80 }
