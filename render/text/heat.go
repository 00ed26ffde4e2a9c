package text

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strings"

	"threadheat/metrics"
	"threadheat/metrics/heat"
	"threadheat/metrics/heat/evidence"
	"threadheat/render"
)

// Where evidence begins and ends until lines are broken. Plain leaves no control
// character in a text.
const (
	colourOn  = "\x01"
	colourOff = "\x02"
)

var targetTitles = [evidence.NumTargets]metrics.Text{
	{EN: "not told", FR: "non dit"},
	{EN: "the person answered", FR: "la personne à qui il répond"},
	{EN: "readers", FR: "les lecteurs"},
	{EN: "a third party", FR: "un tiers"},
	{EN: "a group", FR: "un groupe"},
	{EN: "the article", FR: "l’article"},
	{EN: "the writer", FR: "celui qui écrit"},
}

var langTitles = map[string]metrics.Text{
	"":      {EN: "too short to tell", FR: "trop court pour le dire"},
	"fr":    {EN: "French", FR: "français"},
	"en":    {EN: "English", FR: "anglais"},
	"de":    {EN: "German", FR: "allemand"},
	"nl":    {EN: "Dutch", FR: "néerlandais"},
	"es":    {EN: "Spanish", FR: "espagnol"},
	"it":    {EN: "Italian", FR: "italien"},
	"pt":    {EN: "Portuguese", FR: "portugais"},
	"pl":    {EN: "Polish", FR: "polonais"},
	"other": {EN: "another language", FR: "une autre langue"},
}

// Heat writes the heat of a text and what it is made of: the text with its
// evidence between numbered brackets, and a line for each of them with its share.
// Title stands above it, where there is one. O(len(text)).
func Heat(w io.Writer, title, text string, s heat.Score, o Options) error {
	p := newPrinter(w, o)
	if title != "" {
		p.title(title, "─")
	}
	var marked strings.Builder
	at := 0
	for k, e := range s.Evidence {
		if e.Start < at || e.End > len(text) || e.Start >= e.End {
			continue // so that a text is never written twice
		}
		fmt.Fprintf(&marked, "%s%s[%d %s]%s", Plain(text[at:e.Start]), colourOn, k+1, Plain(text[e.Start:e.End]), colourOff)
		at = e.End
	}
	marked.WriteString(Plain(text[at:]))
	on, off := "", ""
	if p.colour {
		on, off = "\x1b[1m", "\x1b[0m"
	}
	colours := strings.NewReplacer(colourOn, on, colourOff, off)
	for _, l := range wrap(strings.TrimSpace(marked.String()), p.width) {
		p.line(colours.Replace(strings.TrimRight(l, " ")))
	}
	p.line("")

	item := func(en, fr, value string) {
		p.prose(pad(p.say(en, fr), 14, false), render.Typeset(p.lang, value))
	}
	if s.Reason != nil {
		item("heat", "chaleur", p.say("cannot tell: ", "impossible à dire : ")+s.Reason.In(p.lang))
	} else {
		item("heat", "chaleur", render.Fixed(p.lang, s.Value, 2))
		item("model", "modèle", p.part(s.ByModel, -math.Log1p(-s.ByModel), s.Value))
		item("cues", "indices", p.part(s.ByCues, -heat.CueShare*math.Log1p(-s.ByCues), s.Value))
	}
	item("language", "langue", cmp.Or(langTitles[s.Lang.String()], metrics.Text{EN: s.Lang.String(), FR: s.Lang.String()}).In(p.lang))
	item("words", "mots", render.Int(p.lang, s.Tokens))
	if s.Reason == nil {
		if s.Value > 0 {
			item("aimed at", "vise", targetTitles[s.Target].In(p.lang))
		}
		if c := s.Confidence(); c != heat.NoConfidence {
			item("confidence", "confiance", c.Title().In(p.lang)+p.say(": ", " : ")+heat.ConfidenceRests[c].In(p.lang))
		}
	}
	if len(s.Evidence) > 0 {
		p.line("")
	}
	for k, e := range s.Evidence {
		words := ""
		if e.Start >= 0 && e.Start < e.End && e.End <= len(text) {
			words = render.Quote(p.lang, render.Clip(inline(text[e.Start:e.End]), 40))
		}
		lead := fmt.Sprintf("%4d %s  ", k+1, pad(render.Percent(p.lang, e.Share), 5, true))
		p.prose(lead, inline(heat.CueTitle(e.Cue).In(p.lang))+"  "+words)
	}
	return p.w.Flush()
}

// part is one of the two heats of which a heat is made, and its part of
// −ln(1 − heat).
func (p *printer) part(by, exponent, whole float64) string {
	said := render.Fixed(p.lang, by, 2)
	if whole <= 0 {
		return said
	}
	share := min(1, max(0, exponent/-math.Log1p(-whole)))
	return said + p.say(", its part ", ", sa part ") + render.Percent(p.lang, share)
}
