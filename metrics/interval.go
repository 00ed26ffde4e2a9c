package metrics

// Interval says how the 95 % interval beside the value of a measure of the thread
// is made, or why there is none. Every such measure says one or the other.
type Interval struct {
	How Text // how it is made; empty where there is none
	// None is why there is none: never, or, where How is not empty, where a value
	// lacks it all the same.
	None Text
	// Sample is what is resampled; nil where Run makes the interval itself, and
	// where there is none.
	Sample func(*Context) (*Sample, error)
}

// Sample is a thread taken apart into units that can be drawn anew.
type Sample struct {
	Units  int   // that are drawn
	Fewest int   // below which there is no interval; 0 where the usual 20 do
	Of     Text  // what they are, in the plural
	Why    *Text // why nothing can be drawn; nil where it can
	// Statistic is the value if each unit stood in the thread as often as drawn
	// says; where each stands once, the value of the measure. It is not finite where
	// the measure would be undefined. It is not for two goroutines at once.
	Statistic func(drawn []uint16) float64
}

// What measures say that have no interval.
var (
	Counted = &Interval{None: Text{
		EN: "counted, not estimated: the thread is all there is",
		FR: "compté et non estimé : le fil est tout ce qu’il y a",
	}}
	Extreme = &Interval{None: Text{
		EN: "an extreme of the thread: of its parts drawn anew none could go beyond it",
		FR: "un extrême du fil : de ses parties tirées de nouveau au sort, aucune ne pourrait le dépasser",
	}}
	OneTree = &Interval{None: Text{
		EN: "the tree as a whole is one observation",
		FR: "l’arbre entier est une seule observation",
	}}
	OneSequence = &Interval{None: Text{
		EN: "what follows one another in time is one observation: its parts depend on each other",
		FR: "ce qui se suit dans le temps est une seule observation : ses parties dépendent les unes des autres",
	}}
	Linked = &Interval{None: Text{
		EN: "who answers whom is one observation: no part of the graph stands for the whole; what chance would give is told by --null",
		FR: "qui répond à qui est une seule observation : aucune partie du graphe ne vaut pour le tout ; --null dit ce que donnerait le hasard",
	}}
	FromSize = &Interval{None: Text{
		EN: "it follows from the number of comments alone",
		FR: "elle découle du seul nombre de commentaires",
	}}
	Misfit = &Interval{None: Text{
		EN: "a distance between a curve and what it was fitted to, no estimate",
		FR: "un écart entre une courbe et ce à quoi elle a été ajustée, et non une estimation",
	}}
	AsThePeer = &Interval{None: Text{
		EN: "as another program defines it, which gives none",
		FR: "selon la définition d’un autre programme, qui n’en donne pas",
	}}
)

// complete tells whether an interval says what it has to.
func (i *Interval) complete() bool {
	if i == nil || i.None.EN == "" || i.None.FR == "" || (i.How.EN == "") != (i.How.FR == "") {
		return false
	}
	return i.Sample == nil || i.How.EN != ""
}
