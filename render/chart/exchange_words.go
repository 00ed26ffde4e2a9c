package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"threadheat/render"
)

// certain tells that the figure may say that heat rises or falls.
func (p *exchangePlan) certain() bool { return p.e.trend != nil && p.e.trend.Certain() }

// slope writes a change of heat a turn; small ones need more decimals.
func (p *exchangePlan) slope(x float64) string {
	if math.Abs(p.e.trend.Slope()) < .01 {
		return render.Signed(p.l.lang(), x, 4)
	}
	return render.Signed(p.l.lang(), x, 2)
}

func (p *exchangePlan) title() string {
	l, n := p.l, len(p.e.turns)
	a, b := fit(p.e.names[0], titleSize, 220), fit(p.e.names[1], titleSize, 220)
	if p.certain() {
		first, last := clamp(p.e.trend.At(0), 0, 1), clamp(p.e.trend.At(float64(n-1)), 0, 1)
		if p.e.trend.Slope() > 0 {
			return l.say("%s and %s: heat rises from about %s to %s in %s", "%s et %s : la chaleur monte d’environ %s à %s en %s", a, b, l.dec(first, 2), l.dec(last, 2), l.turns(n))
		}
		return l.say("%s and %s: heat falls from about %s to %s in %s", "%s et %s : la chaleur descend d’environ %s à %s en %s", a, b, l.dec(first, 2), l.dec(last, 2), l.turns(n))
	}
	if p.hasHeat {
		t := p.e.turns[p.hottest]
		if t.heat.v == 0 {
			return l.say("%s and %s: %s without heat", "%s et %s : %s sans chaleur", a, b, l.turns(n))
		}
		return l.say("%s and %s: %s, the hottest is no.\u00a0%d (%s)", "%s et %s : %s, le plus chaud est le n°\u00a0%d (%s)", a, b, l.turns(n), p.hottest+1, l.dec(t.heat.v, 2))
	}
	return l.say("%s and %s answer each other in %s", "%s et %s se répondent en %s", a, b, l.turns(n))
}

func (p *exchangePlan) subtitle() string {
	l := p.l
	drawn := l.say("Each disc is a comment, its area the words.", "Chaque disque est un commentaire, sa surface les mots.")
	if p.hasHeat {
		drawn = l.say("Each disc is a comment: its area the words, its colour the heat.", "Chaque disque est un commentaire : sa surface les mots, sa couleur la chaleur.")
	}
	arrows := l.say("An arrow leads to the comment it answers, with the time that took.", "Une flèche mène au commentaire auquel il répond, avec le délai.")
	switch {
	case !p.anyDelay():
		arrows = l.say("An arrow leads to the comment it answers.", "Une flèche mène au commentaire auquel il répond.")
	case p.hasDelay:
		arrows = l.say("An arrow leads to the comment it answers; how long that took stands below.", "Une flèche mène au commentaire auquel il répond ; le délai se lit dessous.")
	case len(p.e.turns) > 12:
		arrows = l.say("An arrow leads to the comment it answers, with the time that took where there is room.", "Une flèche mène au commentaire auquel il répond, avec le délai s’il y a la place.")
	}
	scale := ""
	switch {
	case p.uneven:
		scale = l.say("By turn: the times are too uneven to draw to scale.", "Par tour : les heures sont trop inégales pour une échelle de temps.")
	case p.byTurn && !p.o.Turns:
		scale = l.say("By turn, as the times are not known or all the same.", "Par tour, les heures étant inconnues ou toutes les mêmes.")
	case p.byTurn:
		scale = l.say("By turn, not to scale in time.", "Par tour, sans échelle de temps.")
	}
	if !p.byTurn && len(p.axis.spans) > 1 {
		scale = l.say("Shaded: silences cut short.", "En grisé : des silences raccourcis.")
	}
	when := l.when(remarksOf(p.e.turns))
	if when != "" {
		when += "."
	}
	return sentences(drawn, l.hollow(remarksOf(p.e.turns)), arrows, scale, when)
}

func (p *exchangePlan) alt() string {
	l, n := p.l, len(p.e.turns)
	ss := []string{p.title() + ".", l.say("Two lanes, one per person.", "Deux couloirs, un par personne.")}
	for i, t := range p.e.turns {
		if i == 12 && n > 13 {
			ss = append(ss, l.say("And %d more turns.", "Et %d tours encore.", n-i))
			break
		}
		s := l.say("Turn %d, %s, %s", "Tour %d, %s, %s", i+1, t.name, l.words(t.words))
		if t.heat.ok {
			s += l.say(", heat %s", ", chaleur %s", l.dec(t.heat.v, 2))
		}
		if j := t.answers; j >= 0 {
			s += l.say(", answers turn %d", ", répond au tour %d", j+1)
			if t.delay.ok {
				s += l.say(" after %s", " après %s", l.lapse(t.delay.v))
			}
		}
		ss = append(ss, s+".")
	}
	if p.e.trend == nil {
		return sentences(ss...)
	}
	if ci, ok := p.e.trend.Interval(); ok {
		ss = append(ss, l.say("Heat changes by %s a turn (95%% interval %s to %s).", "La chaleur change de %s par tour (intervalle à 95"+thin+"%% : %s à %s).",
			p.slope(p.e.trend.Slope()), p.slope(ci[0]), p.slope(ci[1])))
	}
	return sentences(ss...)
}

func (p *exchangePlan) numbers() ([]string, [][]string) {
	l := p.l
	head := strings.Split(l.say(
		"turn,comment,author,time,words,heat,trend,answers turn,minutes later,drift from the turn it answers,drift from the article",
		"tour,commentaire,auteur,heure,mots,chaleur,tendance,répond au tour,minutes après,dérive du tour auquel il répond,dérive de l’article"), ",")
	var rows [][]string
	for i, t := range p.e.turns {
		trend, answers, after := opt{}, "", ""
		if p.e.trend != nil {
			trend = some(math.Round(p.e.trend.At(float64(i))*1e4) / 1e4)
		}
		if j := t.answers; j >= 0 {
			answers = strconv.Itoa(j + 1)
			if t.delay.ok {
				after = plain(some(math.Round(t.delay.v/600) / 100))
			}
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), t.id, t.name, t.stamp.String(), fmt.Sprint(t.words), plain(t.heat), plain(trend), answers, after, plain(t.reply), plain(t.article)})
	}
	return head, rows
}
