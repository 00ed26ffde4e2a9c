package catalogue

import "threadheat/metrics"

// Group is what several measures have in common.
type Group struct {
	Name   string       // as measures give it, and as typed by a user
	Limits metrics.Text // what none of them tells
}

// Groups are the groups of the measures.
var Groups = []Group{
	{"shape", metrics.Text{
		EN: "Measures of shape know where and when comments stand, not what they say. A comment in the wrong place counts where it stands.",
		FR: "Les mesures de forme savent où et quand sont les commentaires, non ce qu’ils disent. Un commentaire mal placé compte là où il est.",
	}},
	{"pace", metrics.Text{
		EN: "Measures of pace know when people wrote and who, not why: sleep, work and the delays of moderators set the pace too.",
		FR: "Les mesures de rythme savent quand les gens ont écrit et qui, non pourquoi : le sommeil, le travail et les délais des modérateurs font aussi le rythme.",
	}},
	{"people", metrics.Text{
		EN: "Measures of people count comments, words and answers, not what they are worth. One person under two names is two; those who only read are not seen.",
		FR: "Les mesures de personnes comptent des commentaires, des mots et des réponses, non ce qu’ils valent. Une personne sous deux noms en fait deux ; qui ne fait que lire n’est pas vu.",
	}},
	{"replygraph", metrics.Text{
		EN: "Measures of the reply graph know who answered whom and how often: to answer is neither to agree nor to contradict. Those who only read are not seen.",
		FR: "Les mesures du graphe des réponses savent qui a répondu à qui et combien de fois : répondre n’est ni approuver ni contredire. Qui ne fait que lire n’est pas vu.",
	}},
	{"exchange", metrics.Text{
		EN: "Measures of exchanges know who answered whom, when, at what length and how hotly, not who is right. What the same people said elsewhere is not seen.",
		FR: "Les mesures d’échange savent qui a répondu à qui, quand, en combien de mots et avec quelle chaleur, non qui a raison. Ce que les mêmes ont dit ailleurs n’est pas vu.",
	}},
	{"growth", metrics.Text{
		EN: "Measures of growth describe where answers went among the comments that are there. What people saw on their screens, and in what order, is not known, and shapes it too.",
		FR: "Les mesures de croissance décrivent où sont allées les réponses parmi les commentaires présents. Ce que les gens voyaient à l’écran, et dans quel ordre, n’est pas connu et joue aussi.",
	}},
	{"hyperconvo", metrics.Text{
		EN: "These features stand here under ConvoKit’s names to be compared with what it gives. Most of them grow with the size of the thread.",
		FR: "Ces caractéristiques figurent ici sous les noms de ConvoKit, pour être comparées à ce qu’il donne. La plupart croissent avec la taille du fil.",
	}},
	{"delab", metrics.Text{
		EN: "These measures stand here under the names of delab-trees to be compared with what it gives. They know who answered whom, not what was said.",
		FR: "Ces mesures figurent ici sous les noms de delab-trees, pour être comparées à ce qu’il donne. Elles savent qui a répondu à qui, non ce qui s’est dit.",
	}},
	{"heat", metrics.Text{
		EN: "Heat is not hatred: it counts signs of a heated tone in the words, and knows neither what is meant nor who began.",
		FR: "La chaleur n’est pas la haine : elle compte dans les mots des signes d’un ton vif, et ne sait ni ce qu’on veut dire ni qui a commencé.",
	}},
	{"drift", metrics.Text{
		EN: "Drift is not derailment: it compares words, and the same thought in other words looks far.",
		FR: "La dérive n’est pas un déraillement : elle compare des mots, et la même idée en d’autres mots semble loin.",
	}},
}

// Limits is what the measures of a group do not tell; empty for an unknown one.
func Limits(group string) metrics.Text {
	for _, g := range Groups {
		if g.Name == group {
			return g.Limits
		}
	}
	return metrics.Text{}
}
